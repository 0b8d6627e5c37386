"""`Paths`, `Recovery`, `Outcome` and `Backtest` show themselves in notebooks: tables with the numbers they hold."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from forecast.backtest import Backtest
from forecast.paths import Paths, quantiles
from forecast.recovery import recovery
from tests.report import sample

ORIGIN = pd.Period("2024-04", "M")
EMPTY = pd.DataFrame()


def cells(shown: str) -> tuple[str, list[list[str]]]:
    """The caption and the rows, head first; raises where the HTML is not well formed."""
    tree = ElementTree.fromstring(shown)
    caption = tree.findtext("caption")
    assert caption
    return caption, [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def paths(horizon: int = 36 + 14, n: int = 500) -> Paths:
    rng = np.random.default_rng(4)
    months = pd.period_range(end=ORIGIN + horizon, periods=24 + horizon, freq="M")
    steps = rng.normal(0.004, 0.03, (n, 24 + horizon))
    weights = rng.uniform(0.5, 1.5, n)
    model = np.where(np.arange(n) % 2, "autoregression", "noisy<walk>")
    values = 90 * np.exp(np.cumsum(steps, axis=1))
    return Paths(months, ORIGIN, values, weights / weights.sum(), np.zeros(n, np.int64), model)


def test_paths_show_quantiles_of_the_level() -> None:
    found = paths()
    caption, rows = cells(found._repr_html_())
    assert caption.startswith("500 paths of noisy<walk>, autoregression, worth 4")
    assert rows[0][1:] == ["5 %", "10 %", "25 %", "50 %", "75 %", "90 %", "95 %"]
    assert [row[0] for row in rows[1:]] == ["2024-05", "2024-07", "2024-10", "2025-04", "2026-04", "2028-06"]
    year = quantiles(found.future[:, 11:12], found.weights, [0.05, 0.5, 0.95])[:, 0]
    assert_allclose([float(rows[4][at]) for at in (1, 4, 7)], year, atol=0.051)


def test_paths_without_a_future_show_their_caption() -> None:
    assert len(cells(paths(horizon=0)._repr_html_())[1]) == 1


def test_a_recovery_shows_chances_that_are_never_certain() -> None:
    found = paths()
    normal = np.full((1, found.values.shape[1]), 1000.0)
    never = recovery(found, normal, 3, 3, horizon=36, slump_start=ORIGIN - 10, threshold_pct=5.0)
    caption, rows = cells(never._repr_html_())
    assert caption == "Back at normal, seen from 2024-04"
    assert [row[0] for row in rows[1:]] == [
        "already back", "by 2024-10", "by 2025-04", "by 2026-04", "not by 2027-04"
    ]  # fmt: skip
    assert [row[1] for row in rows[1:]] == ["under 1 %"] * 4 + ["over 99 %"]
    some = recovery(found, normal / 9, 3, 3, horizon=36, slump_start=ORIGIN - 10, threshold_pct=5.0)
    assert cells(some._repr_html_())[1][3][1] == f"{round(100 * some.by(12))} %"


def test_an_outcome_shows_the_answer_of_every_scenario() -> None:
    outcome = replace(sample.what_if(), title={"en": "Steel & <tin>"})
    caption, rows = cells(outcome._repr_html_())
    assert caption == "Steel & <tin>, as of 2024-05-20"
    assert [row[0] for row in rows[1:]] == list(outcome.recovery)
    base = outcome.recovery["baseline"]
    assert rows[1][1:] == [
        "2025-11",
        f"{round(100 * base.p_within_12)} %",
        f"{round(100 * base.p_not_within_horizon)} %",
    ]


def test_a_backtest_shows_the_record_of_every_model() -> None:
    record = {
        "pool": {"crps": 3.921, "skill_pct": 10.4, "coverage_80": 0.861},
        "random_walk_drift_block": {"crps": 4.376, "skill_pct": None, "coverage_80": 0.74},
    }
    summary = {
        "headline": {"origins": 303, "episodes": 59, "follow_up_at_least": 36},
        "best_naive": "random_walk_drift_block",
        "models": record,
    }
    done = Backtest(EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, summary, {})
    caption, rows = cells(done._repr_html_())
    assert caption == "303 forecasts in 59 slumps, each followed at least 36 months"
    assert rows[1:] == [
        ["pool", "3.92", "+10 %", "86 %"],
        ["random_walk_drift_block (best naive rule)", "4.38", "–", "74 %"],
    ]
