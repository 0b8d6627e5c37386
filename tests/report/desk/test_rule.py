"""The rule of recovery on paths whose month of return is known; `test_browser` runs the same cases in the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from forecast.recovery import recovery
from tests.test_recovery import PAST, worlds

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "rule_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["said"] for case in CASES])
def test_the_month_of_return_and_the_relapse(case: dict[str, Any]) -> None:
    rule = case["rule"]
    assert rule["origin"] == PAST - 1
    gap = np.concatenate([np.full(count, float(pct)) for pct, count in case["runs"]])[None]
    paths, normal = worlds(gap)
    found = recovery(
        paths, normal, rule["hold"], rule["window"],
        horizon=rule["horizon"], slump_start=paths.origin - 10, threshold_pct=rule["threshold"],
    )  # fmt: skip
    assert found.months.tolist() == [np.inf if case["month"] is None else case["month"]]
    assert found.p_relapse == (None if case["relapse"] is None else float(case["relapse"]))
