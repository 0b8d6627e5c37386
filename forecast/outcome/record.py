"""How good the pool's dates have been on past slumps: the record that a backtest leaves for later reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forecast.outcome import serial

SHIPPED = Path(__file__).with_name("learned")
POOL = "pool"


@dataclass(frozen=True)
class AgeSkill:
    """Share of the best naive rule's error that was saved `months` after slumps began; None where it made none."""

    months: int
    origins: int
    skill_pct: float | None


@dataclass(frozen=True)
class Stated:
    """Chances of being back within `horizon` months, in one class: as stated on average, and as they came true."""

    horizon: int
    predicted: float
    observed: float
    forecasts: int


@dataclass(frozen=True)
class Record:
    """The record of one pool on one panel of slumps, each forecast followed for `followed_months`.

    error_months, naive_error_months : mean CRPS of the recovery month · skill_interval_pct : 95 %, by start year
    coverage_80 : share of the outcomes in the central 80 % of the randomised PIT · known_on : day of the data that
    it was judged by
    """

    panel: str
    title: dict[str, str]
    pool: tuple[str, ...]
    real_time: bool
    episodes: int
    origins: int
    followed_months: int
    best_naive: str
    error_months: float
    naive_error_months: float
    skill_pct: float | None
    skill_interval_pct: tuple[float, float] | None
    coverage_80: float
    by_age: tuple[AgeSkill, ...]
    reliability: tuple[Stated, ...]
    known_on: str


def record_of(
    name: str, title: Mapping[str, str], summary: Mapping[str, Any], known_on: str
) -> Record | None:
    """Return the record that a backtest's summary holds; None where nothing could be followed to the horizon."""
    if not summary["models"]:
        return None
    kept, pool = summary["headline"], summary["models"][POOL]
    best = summary["best_naive"]
    return Record(
        panel=name,
        title=dict(title),
        pool=tuple(summary["protocol"]["pool"]),
        real_time=summary["protocol"]["data"].startswith("real time"),
        episodes=kept["episodes"],
        origins=kept["origins"],
        followed_months=kept["follow_up_at_least"],
        best_naive=best,
        error_months=pool["crps"],
        naive_error_months=summary["models"][best]["crps"],
        skill_pct=pool["skill_pct"],
        skill_interval_pct=pool["skill_interval_pct"] and tuple(pool["skill_interval_pct"]),
        coverage_80=pool["coverage_80"],
        by_age=tuple(
            AgeSkill(row["months"], row["origins"], row["skill_pct"][POOL])
            for row in summary["by_months_since_start"]
        ),
        reliability=tuple(
            Stated(row["horizon"], row["predicted"], row["observed"], row["forecasts"])
            for row in summary["reliability"]
            if row["model"] == POOL
        ),
        known_on=known_on,
    )


def shipped(pool: Sequence[str], folder: Path = SHIPPED) -> tuple[Record, ...]:
    """Return the records in the `learned.json` files of a folder that were made by exactly this pool.

    Raises ConfigError where a later version of the package wrote one.
    """
    found = [(file.name, learned(file)) for file in sorted(folder.glob("*.json"))]
    rows = (
        (name, row["record"] | {"known_on": row["known_on"]})
        for name, row in found
        if row["record"] is not None
    )
    records = (serial.read(Record, json.dumps(row), name) for name, row in rows)
    return tuple(record for record in records if set(record.pool) == set(pool))


def learned(file: Path) -> dict[str, Any]:
    """Return a `learned.json` of this version or an earlier one. Raises ConfigError for one of a later version."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    serial.check_version(content, file.name)
    return content
