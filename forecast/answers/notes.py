"""Codes of the plain warnings that a report prints."""

from __future__ import annotations

import pandas as pd

from forecast import calendar
from forecast.estimate import Data, Estimate, FigureData
from forecast.series import History
from forecast.slump import FIRST_CANDIDATE, Slump

STALE_MONTHS = 4
"""Months between the last figure and the date of the report from which the report says so. chosen: three are usual."""


def notes(data: Data, estimate: Estimate) -> tuple[str, ...]:
    """Return the codes of the plain warnings that the report prints."""
    slump, history, plan = estimate.slump, estimate.history, estimate.plan
    span = pd.period_range(history.months[0], history.origin + plan.horizon, freq="M")
    delay = 0 if isinstance(data, FigureData) else data.release_lag_days
    seen = (data.as_of - pd.Timedelta(days=delay)).to_period("M")
    given = slump.under_way and slump.start == plan.slump.start
    holding = {
        "stale": (seen - history.origin).n >= STALE_MONTHS,
        "no_slump": not slump.under_way,
        "slump_start_given": given,
        "given_slump_over": plan.slump.start is not None and not given,
        "slump_start_open": plan.slump.start is None and _first_candidate(history, slump),
        "short_history": len(history.months) < FIRST_CANDIDATE and not slump.under_way,
        "reconstructed": estimate.levels is not None and bool(history.reconstructed.any()),
        "gaps": estimate.levels is None and bool(history.reconstructed.any()),
        "holidays_unknown": bool(calendar.beyond_known(span, plan.country, plan.holidays)),
        "failed_fits": bool(estimate.failed),
    }
    return tuple(code for code, holds in holding.items() if holds)


def _first_candidate(history: History, slump: Slump) -> bool:
    """Whether the slump was found in the first month that can be judged, so that it may have begun before."""
    at = FIRST_CANDIDATE - 1
    return slump.under_way and len(history.months) > at and slump.start == history.months[at]
