"""The seasonal pattern, year by year: season, working days and Tết as the forecast takes them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import calendar
from forecast.estimate import Estimate
from forecast.outcome import SeasonMonth, SeasonYear

SMALLEST_PCT = 0.05
"""Percent: effects that no month exceeds are none, as the series came adjusted. chosen: half of what is printed."""


def season(estimate: Estimate) -> tuple[SeasonYear, ...]:
    """Return the effects of every whole calendar year from the one before the origin on; none where there are none."""
    history, plan = estimate.history, estimate.plan
    months = pd.period_range(history.months[0], periods=history.effects.shape[1], freq="M")
    effects = 100.0 * np.expm1(history.effects)  # (k, months)
    if float(np.abs(effects).max()) < SMALLEST_PCT:
        return ()
    years = []
    for year in range(history.origin.year - 1, months[-1].year + 1):
        of_year = effects[:, months.year == year]
        if of_year.shape[1] == 12:
            limits = np.quantile(of_year, (0.5, 0.1, 0.9), axis=0)
            rows = tuple(SeasonMonth(*map(float, column)) for column in limits.T)
            years.append(SeasonYear(year, _tet(year, plan.country, plan.holidays), rows))
    return tuple(years)


def _tet(year: int, country: str | None, holidays: tuple[str, ...]) -> str | None:
    """The first day of Tết, where the calendar in use has it."""
    return str(calendar.tet(year)) if "tet" in holidays and country is not None else None
