"""Revisions by lag against a second route: what the store shows of each month on its days, one by one."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.vintages import Store

MONTHS = pd.period_range("2021-01", periods=30, freq="M")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A level released 10 or 40 days after its month; every third release holds the newest month alone."""
    made = Store(tmp_path_factory.mktemp("store") / "s.duckdb")
    rng = np.random.default_rng(3)
    true = 100 * np.exp(np.cumsum(rng.normal(0.01, 0.02, len(MONTHS))))
    for i in range(12, len(MONTHS)):
        first = i if i % 3 == 0 and i > 12 else 0
        printed = (true[first : i + 1] * np.exp(rng.normal(0, 0.01, i + 1 - first))).round(1)
        delay = 40 if i % 5 == 0 else 10
        day = MONTHS[i].end_time.normalize() + pd.Timedelta(days=delay)
        level = pd.Series(printed, MONTHS[first : i + 1], name="iip")
        made.add(level, f"{day:%Y-%m-%d}", complete=False)
    return made


@lru_cache
def prints_of(store: Store, month: pd.Period) -> pd.Series:
    return store.history("iip", month)["published"]


@lru_cache
def known_on(store: Store, day: pd.Timestamp) -> pd.Series:
    return store.as_of(day, "iip").set_index("period")["value"]


def by_hand(store: Store, lag: int, back: int, within: int) -> list[float]:
    """Change of growth between a month's first print and so many months later, of months printed again by then."""
    last, changes = store.releases("iip")[-1], []
    for month in MONTHS:
        printed = prints_of(store, month)
        day = printed.iloc[0] + pd.DateOffset(months=lag)
        early = printed.iloc[0] <= month.end_time.normalize() + pd.Timedelta(days=within)
        if not early or day > last or (printed <= day).sum() < 2:
            continue
        known = [known_on(store, on) for on in (printed.iloc[0], day)]
        if month - back in known[0]:
            before, now = (100 * (of[month] / of[month - back] - 1) for of in known)
            changes.append(now - before)
    return changes


@pytest.mark.parametrize(("growth", "back"), [("mom_pct", 1), ("yoy_pct", 12)])
@pytest.mark.parametrize("within", [20, 45])
def test_a_revision_is_that_of_growth_known_so_much_later(
    store: Store, growth: str, back: int, within: int
) -> None:
    found = store.revisions("iip", lags=(1, 2, 6), growth=growth, within_days=within).set_index("lag_months")
    counts = []
    for lag, row in found.iterrows():
        changes = by_hand(store, int(str(lag)), back, within)
        counts.append(len(changes))
        assert row["n"] == len(changes)
        assert_allclose(row["bias_points"], np.mean(changes), rtol=1e-9)
        assert_allclose(row["sd_points"], np.std(changes, ddof=1), rtol=1e-9)
        assert_allclose(row["mean_abs_points"], np.mean(np.abs(changes)), rtol=1e-9)
    assert min(counts) >= 5
    assert counts[0] < counts[1]  # a month that the next release leaves out is printed again by the one after
