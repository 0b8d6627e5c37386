"""Scenarios at random, every lever of the desk among them."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.report.desk.grounds import HORIZON, ORIGIN

NEAR = {"yoy_pct": (-8, 3), "mom_pct": (-6, 3), "ytd_yoy_pct": (-3.5, -1)}
"""Rates that the paths print, percent."""


def specs(count: int = 60, seed: int = 8) -> list[dict[str, Any]]:
    """Return scenarios by the keys of a config, each lever in about a third of them."""
    rng = np.random.default_rng(seed)
    return [_spec(rng) for _ in range(count)]


def _spec(rng: np.random.Generator) -> dict[str, Any]:
    levers = {
        "shock": lambda: [_shock(rng) for _ in range(rng.integers(1, 4))],
        "slope": lambda: [{"start": _month(rng), "growth_pct": _number(rng, -6, 6)}],
        "condition": lambda: _years(rng),
        "next_print": lambda: _prints(rng),
        "judgement": lambda: _judgements(rng),
        "normal": lambda: {
            "kind": str(rng.choice(["pre_slump_peak", "trend", "target"])), "scale_pct": _number(rng, 92, 105),
        },
        "recovery": lambda: {"window": int(rng.integers(1, 13)), "hold": int(rng.integers(1, 7))},
        "horizon": lambda: int(rng.integers(12, HORIZON + 1)),
    }  # fmt: skip
    spec = {key: of() for key, of in levers.items() if rng.random() < 0.35}
    if "judgement" in spec:
        last = str(ORIGIN + spec.get("horizon", HORIZON))
        spec["judgement"] = [said for said in spec["judgement"] if said["by"] <= last]
    return spec


def _month(rng: np.random.Generator, most: int = HORIZON) -> str:
    return str(ORIGIN + int(rng.integers(1, most + 1)))


def _number(rng: np.random.Generator, low: float, high: float) -> float:
    return round(float(rng.uniform(low, high)), 1)


def _shock(rng: np.random.Generator) -> dict[str, Any]:
    fading = {"half_life": int(rng.integers(1, 25))} if rng.random() < 0.7 else {}
    return {"start": _month(rng), "size_pct": _number(rng, -15, 10) or 0.5, **fading}


def _years(rng: np.random.Generator) -> list[dict[str, Any]]:
    if rng.random() < 0.3:
        return [{"year": 2024, "growth_pct": _number(rng, -2, 9), "exactly": True}]
    keys = ["growth_at_least_pct", "growth_pct"]
    years = [2024, 2025] if rng.random() < 0.3 else [int(rng.choice([2024, 2025]))]
    return [{"year": year, str(rng.choice(keys)): _number(rng, -2, 9)} for year in years]


def _prints(rng: np.random.Generator) -> dict[str, Any]:
    rates = list(NEAR)
    months = [str(ORIGIN + h) for h in range(1, int(rng.integers(2, 4)))]
    chosen = {month: str(rng.choice(rates)) for month in months}
    return {month: {rate: _number(rng, *NEAR[rate])} for month, rate in chosen.items()}


def _judgements(rng: np.random.Generator) -> list[dict[str, Any]]:
    first = int(rng.integers(5, 13))
    said = [{"by": str(ORIGIN + first), "chance_pct": _number(rng, 15, 40)}]
    later = {"by": str(ORIGIN + first + int(rng.integers(2, 8))), "chance_pct": _number(rng, 45, 80)}
    return [*said, later] if rng.random() < 0.4 else said
