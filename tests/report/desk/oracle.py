"""The numbers of the desk by the rooms that answer a report: what the page must come to on the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from forecast.config.assumptions import scenario
from forecast.config.scenarios import Scenario
from forecast.onset import Calm
from forecast.paths import Paths, quantiles
from forecast.report.desk.page import ENOUGH
from forecast.scenario import Enough, RefusedError
from forecast.what_if import Answer, Grounds

FAN, THREE = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95), (0.1, 0.5, 0.9)


def answer(
    grounds: Grounds,
    spec: Mapping[str, Any],
    targets: Mapping[int, float],
    enough: Enough = ENOUGH,
    calm: Calm | None = None,
) -> dict[str, Any]:
    """Answer a scenario given by the keys of a config, in the form of the page."""
    keys = {key: value for key, value in spec.items() if key != "horizon"}
    asked = scenario("x", [Scenario.model_validate({"name": "x", **keys})])
    grounds = replace(grounds, horizon=spec.get("horizon", grounds.horizon))
    try:
        found = grounds.under(asked, least=enough)
    except RefusedError as refused:
        return {"refused": {"code": refused.code, "values": list(refused.values)}}
    said = asked.definition
    normal = grounds.normals[said.kind or grounds.kind] * said.scale_pct / 100
    gap = 100 * found.paths.values / normal[found.paths.draw]
    past, h = found.paths.past, grounds.horizon
    return {
        "refused": None, "plausibility": found.plausibility, "distance": found.distance,
        "effective": found.paths.effective_number, **dates(found, h),
        "past": quantiles(gap[:, :past], found.paths.weights, [0.5])[0].tolist(),
        "fan": quantiles(gap[:, past : past + h], found.paths.weights, FAN).tolist(),
        "growth": growth(found.paths, targets), "prints": prints(found.paths),
        "begun": None if calm is None else [*replace(calm, effects=calm.effects[:, :h]).by_month(found.paths)],
    }  # fmt: skip


def dates(found: Answer, horizon: int) -> dict[str, Any]:
    back = found.recovery
    early, median, late = ((None if m is None else (m - back.origin).n) for m in map(back.quantile, THREE))
    return {
        "horizon": horizon, "by": [back.by(h) for h in range(horizon + 1)], "already": back.p_already_back,
        "within12": back.p_within_12, "notWithin": back.p_not_within_horizon, "early": early, "median": median,
        "late": late, "below": back.mean_months_below, "relapse": back.p_relapse,
    }  # fmt: skip


def growth(paths: Paths, targets: Mapping[int, float]) -> dict[str, Any]:
    out = {}
    for year in sorted(set(paths.future_months.year)):
        try:
            values = paths.annual_growth(year)
        except ValueError:
            continue
        of = {"quantiles": of_values(values, paths, THREE)}
        if year in targets:
            due = needed(paths, year, targets[year])
            of |= {
                "target": targets[year],
                "reached": float(paths.weights[values >= targets[year]].sum()),
                "needed": of_values(due, paths, [0.5])[0],
            }
        out[str(year)] = of
    return out


def needed(paths: Paths, year: int, target: float) -> np.ndarray:
    """Growth that the months to come need on a year ago, month by month from the definition."""
    at = {str(month): i for i, month in enumerate(paths.months)}
    own, before = ([at[f"{y}-{m:02d}"] for m in range(1, 13)] for y in (year, year - 1))
    known = [i for i in own if i < paths.past]
    to_come = (1 + target / 100) * paths.values[:, before].sum(1) - paths.values[:, known].sum(1)
    return 100 * (to_come / paths.values[:, before[len(known) :]].sum(1) - 1)


def prints(paths: Paths) -> dict[str, Any]:
    return {
        measure: [of_values(paths.printed(measure)[:, h], paths, THREE) for h in range(3)]
        for measure in ("yoy_pct", "mom_pct", "ytd_yoy_pct")
    }


def of_values(values: np.ndarray, paths: Paths, q: Any) -> list[float]:
    found: list[float] = quantiles(values[:, None], paths.weights, q)[:, 0].tolist()
    return found
