"""Published figures as functions of log levels: rates are log ratios of sums, index values are logs of levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.figures import Figures, first_prints, provisional

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Name = tuple[str, str]

_LENGTH = {"mom_pct": 1, "yoy_pct": 1, "qtr_yoy_pct": 3, "index": 1}
"""Months that one figure of a measure sums."""


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


def touched(period: pd.Period, measure: str) -> tuple[pd.PeriodIndex, pd.PeriodIndex]:
    """Return the months in the numerator and in the denominator of a figure."""
    length = period.month if measure == "ytd_yoy_pct" else _LENGTH[measure]
    above = pd.period_range(end=period, periods=length, freq="M")
    if measure == "index":
        return above, above[:0]
    return above, above - (1 if measure == "mom_pct" else 12)


def first_month(figures: Figures) -> pd.Period:
    """Return the earliest month that any of the figures says something about."""
    rows = figures.table[["period", "measure"]].drop_duplicates().itertuples(index=False)
    return pd.Period(min(min((*above, *below)) for above, below in (touched(*row) for row in rows)))


def observe(figures: Figures, names: Sequence[Name], months: pd.PeriodIndex) -> Observations:
    """State the figures of the named series that lie within `months` as observations.

    Raises DataError for rates of −100 % or less and index values of 0 or less, all at once.
    """
    table = figures.table
    of = {name: i for i, name in enumerate(names)}
    series = np.array([of.get(name, -1) for name in zip(table["region"], table["sector"], strict=True)])
    table = table.assign(series=series, first=first_prints(table), provisional=provisional(table))
    table = table[(series >= 0) & (table["period"] >= months[0]) & (table["period"] <= months[-1])]
    table = table.sort_values("series", kind="stable")
    place = {month: t for t, month in enumerate(months)}
    rows = list(table[["period", "measure"]].itertuples(index=False))
    parts = [touched(*row) for row in rows]
    inside = np.array([all(q in place for q in (*a, *b)) for a, b in parts], dtype=bool)
    table = table[inside].reset_index(drop=True)
    above, below = np.zeros((2, len(table), len(months)))
    for i, (a, b) in enumerate(part for part, keep in zip(parts, inside, strict=True) if keep):
        above[i, [place[q] for q in a]] = 1.0
        below[i, [place[q] for q in b]] = 1.0
    index = (table["measure"] == "index").to_numpy()
    size = np.where(index, table["value"], 100.0 + table["value"])
    _check(table, size, figures.file)
    return Observations(
        y=np.log(np.where(index, size, size / 100.0)),
        series=table["series"].to_numpy(dtype=np.int64),
        month=np.array([place[q] for q in table["period"]], dtype=np.int64),
        above=above,
        below=below,
        first=table["first"].to_numpy(dtype=bool),
        provisional=table["provisional"].to_numpy(dtype=bool),
        monthly=(table["measure"] == "mom_pct").to_numpy(),
        rounding=table["half_unit"].to_numpy(dtype=float) / np.sqrt(3.0) / size,
        unit=size,
        table=table.drop(columns="series"),
    )


def _check(table: pd.DataFrame, size: Floats, file: str) -> None:
    problems = [
        f"{file}:{row.line}: {row.measure} {row.value:g} of {row.region} {row.sector} {row.period} "
        f"{'is not positive' if row.measure == 'index' else 'leaves no output'}; correct the figure"
        for row, s in zip(table.itertuples(), size, strict=True)
        if s <= 0
    ]
    if problems:
        raise DataError(*problems)
