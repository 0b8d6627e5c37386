"""Milestones on the way back: a median beyond the horizon is told by the month after which it lies."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from forecast.answers.milestones import bottomed_out
from forecast.outcome import Milestone

ORIGIN = pd.Period("2024-04", "M")


@pytest.mark.parametrize(
    ("median", "after"), [(None, ORIGIN + 24), (ORIGIN + 7, None)], ids=["beyond the horizon", "within it"]
)
def test_a_trough_beyond_the_horizon_is_told_by_its_last_month(
    median: pd.Period | None, after: pd.Period | None
) -> None:
    trough = SimpleNamespace(quantile=lambda share: median, by=lambda months: months / 100.0)
    told = bottomed_out(SimpleNamespace(trough=trough, horizon=24, origin=ORIGIN, p_trough_passed=0.05))  # type: ignore[arg-type]
    assert told == Milestone(median, after, 0.05, 0.12, 0.76)
