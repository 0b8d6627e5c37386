"""`Paths`: simulated futures joined to their own past, the one currency between rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import charts
from forecast.arrays import Floats, trailing_mean
from forecast.display import SelfShown, Shown
from forecast.errors import ConfigError
from forecast.rooms import furnish

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "INTERVALS", "PAST_MONTHS", "Paths", "interval_table", "mix", "quantiles",
]  # fmt: skip

PAST_MONTHS = 24
"""Months of its own history that every path carries: enough for any year-to-date rate of the first future month."""

INTERVALS = (50, 80, 90)
"""Central intervals that a forecast shows, percent."""

_SHOWN_MONTHS = (1, 3, 6, 12, 24)  # horizons shown; chosen: a screen
_SHOWN_QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""Median and the ends of the 50, 80 and 90 % intervals."""


@dataclass(frozen=True, eq=False, repr=False)
class Paths(SelfShown):
    """Hold n coherent worlds: each row is one history draw continued by one simulated future.

    months : past then future, monthly and gap-free, length past + h
    origin : the last past month
    values : (n, past + h) index points, positive
    weights : (n,) non-negative, sum 1
    draw : (n,) which history draw the row continues
    model : (n,) which model simulated the row
    """

    months: pd.PeriodIndex
    origin: pd.Period
    values: Floats
    weights: Floats
    draw: npt.NDArray[np.int64]
    model: npt.NDArray[np.str_]

    def __post_init__(self) -> None:
        n, width = self.values.shape
        if width != len(self.months) or not (len(self.weights) == len(self.draw) == len(self.model) == n):
            raise ValueError("months, values, weights, draw and model disagree in length")
        if self.past < PAST_MONTHS:
            raise ValueError(f"a path carries at least {PAST_MONTHS} past months, got {self.past}")
        if abs(float(self.weights.sum()) - 1.0) > 1e-9 or bool((self.weights < 0).any()):
            raise ValueError("weights must be non-negative and sum to 1")

    def _shown(self) -> Shown:
        """Quantiles of the level at a few horizons, index points."""
        at = [h for h in _SHOWN_MONTHS if h < self.horizon] + [self.horizon] * (self.horizon > 0)
        levels = quantiles(self.future[:, [h - 1 for h in at]], self.weights, _SHOWN_QUANTILES)
        models = ", ".join(dict.fromkeys(self.model.tolist()))
        caption = (
            f"{len(self.values):,} paths of {models}, worth {self.effective_number:,.0f} equally weighted ones; "
            f"quantiles of the level after {self.origin}"
        )
        head = ("", *(f"{100 * q:g} %" for q in _SHOWN_QUANTILES))
        rows = [
            (str(self.origin + h), *(f"{level:.1f}" for level in column))
            for h, column in zip(at, levels.T, strict=True)
        ]
        return Shown(caption, head, rows)

    def quantiles(self, q: Sequence[float] = _SHOWN_QUANTILES, measure: str | None = None) -> pd.DataFrame:
        """Return weighted quantiles of every future month, a row each and a column per probability.

        measure : a rate as `printed` has it; by default the level in index points
        """
        values = self.future if measure is None else self.printed(measure)
        return pd.DataFrame(quantiles(values, self.weights, q).T, index=self.future_months, columns=list(q))

    def intervals(self, shares: Sequence[float] = INTERVALS, measure: str | None = None) -> pd.DataFrame:
        """Return the median and central intervals of every future month: median, lower_50, upper_50, …

        shares : percent · measure : as in `quantiles`
        """
        values = self.future if measure is None else self.printed(measure)
        return interval_table(lambda q: quantiles(values, self.weights, [q])[0], self.future_months, shares)

    def to_frame(self) -> pd.DataFrame:
        """Return a row per path: model, draw, weight, then a column per month, past and future, index points."""
        own = pd.DataFrame({"model": self.model, "draw": self.draw, "weight": self.weights})
        return pd.concat([own, pd.DataFrame(self.values, columns=list(self.months))], axis=1)

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the level: the mean of the past, the median and its bands of what may follow."""
        past = pd.Series(self.weights @ self.values[:, : self.past], index=self.months[: self.past])
        return charts.bands(self.intervals(), past, title=f"Level after {self.origin}", ax=ax)

    @property
    def past(self) -> int:
        """Number of past months, the origin included."""
        return int(self.months.get_loc(self.origin)) + 1  # type: ignore[arg-type]

    @property
    def horizon(self) -> int:
        """Number of future months."""
        return len(self.months) - self.past

    @property
    def future(self) -> Floats:
        """Levels after the origin, (n, h) index points."""
        return self.values[:, self.past :]

    @property
    def future_months(self) -> pd.PeriodIndex:
        """Months after the origin, length h."""
        return self.months[self.past :]

    @property
    def effective_number(self) -> float:
        """Number of equally weighted paths that carry the same information, 1/Σw² (Kish 1965)."""
        return float(1.0 / np.square(self.weights).sum())

    def printed(self, measure: str) -> Floats:
        """Return a published rate for every future month, (n, h) percent.

        measure : "mom_pct", "yoy_pct", "ytd_yoy_pct" or "qtr_yoy_pct", each as a statistics office computes it
        from index levels: ratios of levels, or of sums over the year to date or the quarter to that month.
        Raises ConfigError for another word.
        """
        if measure not in _RATES:
            raise ConfigError(
                f"measure: {measure!r} is not one of {', '.join(_RATES)}; leave it out for the level in index points"
            )
        lag, width = _RATES[measure]
        if width == _YEAR_TO_DATE:
            sums = self._year_to_date()[:, self.past - lag :]
        else:
            since = self.past - lag - width + 1
            sums = width * trailing_mean(self.values[:, since:], width)[:, width - 1 :]
        return 100.0 * (sums[:, lag:] / sums[:, : self.horizon] - 1.0)

    def annual_growth(self, year: int) -> Floats:
        """Return growth of the annual mean over the year before, (n,) percent.

        Raises ValueError where a month of either year lies outside the paths.
        """
        in_year, in_last = self.months.year == year, self.months.year == year - 1
        if in_year.sum() != 12 or in_last.sum() != 12:
            raise ValueError(
                f"the paths from {self.months[0]} to {self.months[-1]} do not hold {year - 1} and {year}"
            )
        return np.asarray(
            100.0 * (self.values[:, in_year].sum(axis=1) / self.values[:, in_last].sum(axis=1) - 1.0)
        )

    def until(self, h: int) -> Paths:
        """Return the same paths to h months after the origin; a rate of those months needs no more of them."""
        end = self.past + h
        return replace(self, months=self.months[:end], values=self.values[:, :end])

    def reweighted(self, weights: Floats) -> Paths:
        """Return the same paths with other weights, scaled to sum to 1."""
        return replace(self, weights=weights / weights.sum())

    def _year_to_date(self) -> Floats:
        """Sum of levels from January to each month, (n, past + h); months before the first January are partial."""
        out = self.values.copy()
        for t in range(1, out.shape[1]):
            if self.months[t].month != 1:
                out[:, t] += out[:, t - 1]
        return out


_YEAR_TO_DATE = 0  # stands for the width of a sum since January
_RATES = {  # measure: (months back to the base, months summed)
    "mom_pct": (1, 1),
    "yoy_pct": (12, 1),
    "qtr_yoy_pct": (12, 3),
    "ytd_yoy_pct": (12, _YEAR_TO_DATE),
}


class _Quantile(Protocol):
    def __call__(self, q: float, /) -> Floats: ...


def interval_table(at: _Quantile, rows: pd.Index, shares: Sequence[float] = INTERVALS) -> pd.DataFrame:
    """Return the median and the ends of central intervals, a row per month: median, lower_50, upper_50, …

    at : the quantile of every row at a probability · shares : percent. Raises ConfigError for one that is none.
    """
    if isinstance(shares, str) or not isinstance(shares, Iterable):
        raise ConfigError(f"intervals: {shares!r} is no list of percents; write (50, 80)")
    shares = list(shares)
    wrong = [share for share in shares if not (isinstance(share, Real) and 0 < share < 100)]
    if wrong:
        raise ConfigError(f"interval {wrong[0]!r} is not between 0 and 100 percent")
    columns = {"median": at(0.5)}
    for share in shares:
        columns[f"lower_{share:g}"] = at(0.5 - share / 200.0)
        columns[f"upper_{share:g}"] = at(0.5 + share / 200.0)
    return pd.DataFrame(columns, index=rows)


def quantiles(values: Floats, weights: Floats, q: Sequence[float]) -> Floats:
    """Return weighted quantiles of each column: the smallest value whose cumulative weight reaches q.

    values : (n, h) · weights : (n,), sum 1 · q : probabilities in [0, 1] -> (len(q), h)

    >>> quantiles(np.array([[1.0], [2.0], [4.0]]), np.array([0.2, 0.5, 0.3]), [0.5, 0.9])[:, 0].tolist()
    [2.0, 4.0]
    """
    columns = np.ascontiguousarray(values.T)
    least = np.asarray(q) - 1e-12
    if (
        weights == weights[0]
    ).all():  # one rank for all columns, and sorting costs less than finding an order
        rank = np.minimum(np.searchsorted(np.cumsum(weights), least), len(values) - 1)
        return np.sort(columns, axis=1)[:, rank].T
    order = np.argsort(columns, axis=1)
    cumulative = np.cumsum(weights[order], axis=1)
    at = [np.searchsorted(of, least) for of in cumulative]
    ranks = np.minimum(np.array(at, dtype=np.int64).reshape(-1, len(least)), len(values) - 1)  # (h, len(q))
    return np.take_along_axis(columns, np.take_along_axis(order, ranks, axis=1), axis=1).T


def mix(parts: Sequence[Paths], shares: Sequence[float] | None = None) -> Paths:
    """Pool models as weighted paths: part m keeps its own weights times shares[m] (equal by default).

    Raises ValueError where the parts do not cover the same months.
    """
    first = parts[0]
    if any(not p.months.equals(first.months) or p.origin != first.origin for p in parts):
        raise ValueError("paths can be mixed only over the same months and origin")
    share = np.full(len(parts), 1.0 / len(parts)) if shares is None else np.asarray(shares, float)
    share = share / share.sum()
    return Paths(
        first.months,
        first.origin,
        np.concatenate([p.values for p in parts]),
        np.concatenate([p.weights * s for p, s in zip(parts, share, strict=True)]),
        np.concatenate([p.draw for p in parts]),
        np.concatenate([p.model for p in parts]),
    )


furnish(__name__)
