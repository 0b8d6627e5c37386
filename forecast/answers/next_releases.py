"""What the office will print: the rates of the coming months as a first print states them, and where prints fell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.estimate import Data, Estimate, FigureData
from forecast.outcome import NextRelease, PrintedSince
from forecast.paths import Paths, quantiles

NEXT_MONTHS = 3
"""Coming months whose prints are told. chosen: those before most users make their next report but one."""

MEASURES = ("mom_pct", "yoy_pct", "ytd_yoy_pct")
SHARES = (0.5, 0.25, 0.75, 0.1, 0.9, 0.05, 0.95)  # median, then the ends of 50, 80 and 90 %
POINTS = 1000
"""Equally likely values that stand for the paths where an error is added. chosen: 50 lie under the lowest quantile."""


def next_releases(estimate: Estimate) -> tuple[NextRelease, ...]:
    """Return what the coming months will print first: mom, yoy and year to date, with intervals."""
    rows = [
        NextRelease(month, measure, *_FirstPrint.of(estimate, measure, month).quantiles(SHARES))
        for measure in MEASURES
        for month in estimate.paths.future_months[:NEXT_MONTHS]
    ]
    return tuple(sorted(rows, key=lambda row: row.month))


def printed_since(data: Data, estimate: Estimate) -> tuple[PrintedSince, ...]:
    """Return each rate of the target first printed after `as_of` for a month within the horizon, with its forecast.

    None for a target known by its levels, whose rates say no more than they do.
    """
    if not isinstance(data, FigureData):
        return ()
    table = data.figures.select(*data.target).table
    months = estimate.paths.future_months[: estimate.plan.horizon]
    later = table[table["measure"].isin(MEASURES) & table["period"].isin(months)]
    first = later.drop_duplicates(["period", "measure"], keep="first")
    rows = []
    for period, measure, value, published in first[["period", "measure", "value", "published"]].itertuples(
        index=False
    ):
        expected = _FirstPrint.of(estimate, measure, period)
        median, lower, upper = expected.quantiles((0.5, 0.1, 0.9))
        rows.append(
            PrintedSince(
                period, measure, float(value), str(published.date()),
                median, lower, upper, expected.below(float(value)),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.month, MEASURES.index(row.measure))))


@dataclass(frozen=True, eq=False)
class _FirstPrint:
    """One rate as first printed, log points: growth on the paths with the bias of their draw, and a Gaussian error."""

    growth: Floats  # (POINTS,) equally likely
    sd: float

    @classmethod
    def of(cls, estimate: Estimate, measure: str, month: pd.Period) -> _FirstPrint:
        """Take the rate from the paths, a thousand values in their place."""
        growth, sd = first_print(estimate, measure, month)
        middle = (np.arange(POINTS) + 0.5) / POINTS
        return cls(quantiles(growth[:, None], estimate.paths.weights, tuple(middle))[:, 0], sd)

    def below(self, value: float) -> float:
        """P(printed < value), value in percent, of a rate that is printed with an error."""
        return self._share(np.log1p(value / 100.0))

    def quantiles(self, shares: tuple[float, ...]) -> tuple[float, ...]:
        """Return quantiles of the printed rate, percent."""
        if self.sd == 0.0:
            growth = np.quantile(self.growth, shares).tolist()
        else:
            low, high = self.growth[0] - 6 * self.sd, self.growth[-1] + 6 * self.sd
            growth = [
                scipy.optimize.brentq(lambda x, q=q: self._share(x) - q, low, high, xtol=1e-9) for q in shares
            ]
        return tuple(float(100.0 * np.expm1(x)) for x in growth)

    def _share(self, x: float) -> float:
        return float(scipy.special.ndtr((x - self.growth) / self.sd).mean())


def first_print(estimate: Estimate, measure: str, month: pd.Period) -> tuple[Floats, float]:
    """Return what a rate of a month to come is first printed around on each path, (n,), and its sd, log points.

    The first estimate of a month is off by a bias and N(0, su²), which mom and yoy carry in full and the year to date
    by the month's share of it; mom has a bias of its own, and every figure a small error, beside them (method of
    `levels`). The bias is that of the history which a path continues: what moved its levels is in its prints too.
    Published levels carry none.
    """
    paths: Paths = estimate.paths
    at = (month - paths.origin).n - 1
    growth = np.log1p(paths.until(at + 1).printed(measure)[:, at] / 100.0)
    if estimate.levels is None:
        return growth, 0.0
    noise, bias = estimate.levels.noise, estimate.levels.bias[paths.draw]
    own = noise[noise["series"] == estimate.name].set_index("error")["sd_pct"] / 100.0
    weight = 1.0 / month.month if measure == "ytd_yoy_pct" else 1.0
    growth = growth + weight * bias[:, 0]
    if measure == "mom_pct":
        growth = growth + bias[:, 1]
    return growth, float(
        np.hypot(weight * own["first_print"], own["monthly" if measure == "mom_pct" else "rest"])
    )
