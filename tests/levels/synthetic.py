"""Levels whose truth is known, and the figures an office would print of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.figures import Figures, from_table

RATES = ("mom_pct", "yoy_pct", "ytd_yoy_pct")

_LENGTH = {"mom_pct": 1, "yoy_pct": 1, "qtr_yoy_pct": 3, "index": 1}


def touched(period: pd.Period, measure: str) -> tuple[pd.PeriodIndex, pd.PeriodIndex]:
    """The months in the numerator and in the denominator of a figure."""
    length = period.month if measure == "ytd_yoy_pct" else _LENGTH[measure]
    above = pd.period_range(end=period, periods=length, freq="M")
    return above, above[:0] if measure == "index" else above - (1 if measure == "mom_pct" else 12)


def span(first: str, last: str) -> pd.PeriodIndex:
    return pd.period_range(first, last, freq="M")


def level(months: pd.PeriodIndex, rng: np.random.Generator, *, level_sd: float = 0.02) -> pd.Series:
    """A random walk with drift, a fixed seasonal profile and an irregular."""
    m = len(months)
    profile = 0.07 * rng.standard_normal(12)
    walk = np.cumsum(0.003 + level_sd * rng.standard_normal(m))
    log = walk + (profile - profile.mean())[months.month - 1] + 0.012 * rng.standard_normal(m)
    return pd.Series(100.0 * np.exp(log - log[0]), index=months)


def rate(y: pd.Series, period: pd.Period, measure: str) -> float:
    above, below = touched(period, measure)
    return float(y[above].sum() if measure == "index" else 100.0 * (y[above].sum() / y[below].sum() - 1.0))


def rows(
    y: pd.Series,
    measures: tuple[str, ...] = RATES,
    region: str = "here",
    *,
    decimals: int = 1,
    delay_days: int = 400,
) -> pd.DataFrame:
    """Every figure of the measures that the levels imply, rounded, published so many days after the month."""
    out = []
    for measure in measures:
        for period in y.index:
            above, below = touched(period, measure)
            ends = measure != "qtr_yoy_pct" or period.month % 3 == 0
            if ends and {*above, *below} <= set(y.index):
                day = period.end_time.normalize() + pd.Timedelta(days=delay_days)
                value = round(rate(y, period, measure), decimals)
                out.append((region, "total", period, measure, value, day, 0.5 * 10.0**-decimals))
    columns = ["region", "sector", "period", "measure", "value", "published", "half_unit"]
    return pd.DataFrame(out, columns=columns)


def figures(*tables: pd.DataFrame) -> Figures:
    return from_table(pd.concat(tables, ignore_index=True), "toy.csv")


def bulletins(y: pd.Series, rng: np.random.Generator, region: str = "here") -> pd.DataFrame:
    """What an office prints month by month without any slip, from the second year on, at the month's end.

    mom, yoy and year to date of the month, whose first estimate is off by 2 %, and yoy of the month before as revised.
    """
    out = []
    for t in range(12, len(y)):
        seen = y.copy()
        seen.iloc[t] *= np.exp(0.02 * rng.standard_normal())
        month, day = y.index[t], y.index[t].end_time.normalize()
        said = [(month, measure) for measure in RATES] + [(month - 1, "yoy_pct")] * (t > 12)
        out += [(region, "total", p, m, round(rate(seen, p, m), 2), day, 0.005) for p, m in said]
    columns = ["region", "sector", "period", "measure", "value", "published", "half_unit"]
    return pd.DataFrame(out, columns=columns)
