"""Codes of the plain warnings that a report prints."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import calendar
from forecast.answers.answer import pct_of_normal
from forecast.arrays import trailing_mean
from forecast.estimate import Data, Estimate, FigureData
from forecast.rule import TIE, first_held
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
        "was_back": slump.under_way and _was_back(estimate),
        "short_history": len(history.months) < FIRST_CANDIDATE and not slump.under_way,
        "reconstructed": estimate.levels is not None and bool(history.reconstructed.any()),
        "gaps": estimate.levels is None and bool(history.reconstructed.any()),
        "holidays_unknown": bool(calendar.beyond_known(span, plan.country, plan.holidays)),
        "failed_fits": bool(estimate.failed),
    }
    return tuple(code for code, holds in holding.items() if holds)


def _was_back(estimate: Estimate) -> bool:
    """Whether output was back at the normal in use since the slump began, for as long as the rule asks, and is not now.

    The pre-slump peak alone says when a slump is over; another normal may have been reached before.
    """
    slump, gap = estimate.slump, np.log(pct_of_normal(estimate) / 100.0).mean(axis=0)
    start = (slump.start - estimate.history.months[0]).n
    held = trailing_mean(gap, slump.window)
    return held[-1] < -TIE and int(first_held(held, slump.hold, first=start + 1)) >= 0


def _first_candidate(history: History, slump: Slump) -> bool:
    """Whether the slump was found in the first month that can be judged, so that it may have begun before."""
    at = FIRST_CANDIDATE - 1
    return slump.under_way and len(history.months) > at and slump.start == history.months[at]
