"""Published figures as functions of log levels: rates are log ratios of sums, index values are logs of levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.figures import CELL, Figures, first_prints, provisional

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Name = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Observations:
    """Hold n figures of p series over m months as y = log Σ num − log Σ den + errors.

    y : (n,) log(1 + g/100), of an index its log value
    series, month : (n,) which series and which reference month, as positions; sorted by series
    above, below : (n, m) months summed in numerator and denominator; an index has no denominator
    first : (n,) True for first prints · provisional : (n,) True for those of a region whose prints are seen to change
    monthly, rest : (n,) True for mom, for any other rate; an index value is the level itself but for its rounding and
        the error of a first print
    rounding : (n,) standard deviation of the rounding error of y
    unit : (n,) percent points (index points) per unit of y, near the figure
    table : the rows of the figures, in the same order
    """

    y: Floats
    series: Ints
    month: Ints
    above: Floats
    below: Floats
    first: Bools
    provisional: Bools
    monthly: Bools
    rounding: Floats
    unit: Floats
    table: pd.DataFrame

    @property
    def rest(self) -> Bools:
        """Rates other than mom, (n,)."""
        return np.asarray(self.below.any(axis=1) & ~self.monthly)

    def predict(self, x: Floats) -> Floats:
        """Return what log levels x (p, m) imply for each figure, (n,)."""
        above, below = self._sums(np.exp(x)[self.series])
        return np.asarray(np.log(above) - np.log(below))

    def jacobian(self, x: Floats) -> Floats:
        """Return the derivative of each figure by the log levels of its own series, (n, m)."""
        level = np.exp(x)[self.series]
        above, below = self._sums(level)
        return np.asarray(level * (self.above / above[:, None] - self.below / below[:, None]))

    def share(self, x: Floats) -> Floats:
        """Return the share of the reference month in each figure's numerator, (n,)."""
        level = np.exp(x)[self.series]
        return np.asarray(level[np.arange(len(self.y)), self.month] / self._sums(level)[0])

    def _sums(self, level: Floats) -> tuple[Floats, Floats]:
        rated = self.below.any(axis=1)
        below = np.where(rated, np.einsum("nm,nm->n", self.below, level), 1.0)
        return np.einsum("nm,nm->n", self.above, level), below


def _reach(table: pd.DataFrame) -> tuple[Ints, Ints, Ints]:
    """Month of each figure as a number (pandas ordinals), months summed, and months back to the base; 0 has none."""
    end = pd.PeriodIndex(table["period"], freq="M")
    measure = table["measure"].to_numpy()
    length = np.select(
        [measure == "ytd_yoy_pct", measure == "qtr_yoy_pct"], [end.month.to_numpy(dtype=np.int64), 3], 1
    )
    back = np.select([measure == "index", measure == "mom_pct"], [0, 1], 12)
    return end.asi8, length, back


def first_month(figures: Figures) -> pd.Period:
    """Return the earliest month that any of the figures says something about."""
    end, length, back = _reach(figures.table)
    return pd.Period(ordinal=int((end - length + 1 - back).min()), freq="M")


def observe(figures: Figures, names: Sequence[Name], months: pd.PeriodIndex) -> Observations:
    """State the figures of the named series that lie within `months`, which have no gap, as observations."""
    table = figures.table.drop_duplicates([*CELL, "value", "published"])  # a line given twice is one print
    of = {name: i for i, name in enumerate(names)}
    series = np.array([of.get(name, -1) for name in zip(table["region"], table["sector"], strict=True)])
    table = table.assign(series=series, first=first_prints(table), provisional=provisional(table))
    end, length, back = _reach(table)
    inside = (series >= 0) & (end - length + 1 - back >= months.asi8[0]) & (end <= months.asi8[-1])
    table = table[inside].sort_values("series", kind="stable").reset_index(drop=True)
    end, length, back = (of[:, None] for of in _reach(table))
    above = (months.asi8 > end - length) & (months.asi8 <= end)
    below = (back > 0) & (months.asi8 > end - back - length) & (months.asi8 <= end - back)
    index = (table["measure"] == "index").to_numpy()
    size = np.where(index, table["value"], 100.0 + table["value"])
    return Observations(
        y=np.log(np.where(index, size, size / 100.0)),
        series=table["series"].to_numpy(dtype=np.int64),
        month=end[:, 0] - months.asi8[0],
        above=above.astype(float),
        below=below.astype(float),
        first=table["first"].to_numpy(dtype=bool),
        provisional=table["provisional"].to_numpy(dtype=bool),
        monthly=(table["measure"] == "mom_pct").to_numpy(),
        rounding=table["half_unit"].to_numpy(dtype=float) / np.sqrt(3.0) / size,
        unit=size,
        table=table.drop(columns="series"),
    )
