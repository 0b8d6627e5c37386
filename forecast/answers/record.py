"""How good the pool's dates have been on past slumps: the record that a backtest leaves for later reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecast.outcome import AgeSkill, Record, Stated
from forecast.outcome.text import check_version, read

if TYPE_CHECKING:
    from forecast.backtest.summary import Summary

SHIPPED = Path(__file__).with_name("learned")
POOL = "pool"


def record_of(name: str, title: Mapping[str, str], summary: Summary, known_on: str) -> Record | None:
    """Return the record that a backtest's summary holds; None where nothing could be followed to the horizon."""
    best = summary["best_naive"]
    if best is None or not summary["models"]:
        return None
    headline, pool = summary["headline"], summary["models"][POOL]
    interval = pool["skill_interval_pct"]
    return Record(
        panel=name,
        title=dict(title),
        pool=tuple(summary["protocol"]["pool"]),
        real_time=summary["protocol"]["data"].startswith("real time"),
        episodes=headline["episodes"],
        origins=headline["origins"],
        followed_months=headline["follow_up_at_least"],
        best_naive=best,
        error_months=pool["crps"],
        naive_error_months=summary["models"][best]["crps"],
        skill_pct=pool["skill_pct"],
        skill_interval_pct=None if interval is None else (interval[0], interval[1]),
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
    contents = [(file.name, learned(file)) for file in sorted(folder.glob("*.json"))]
    rows = (
        (name, content["record"] | {"known_on": content["known_on"]})
        for name, content in contents
        if content["record"] is not None
    )
    records = (read(Record, json.dumps(row), name) for name, row in rows)
    return tuple(record for record in records if set(record.pool) == set(pool))


def learned(file: Path) -> dict[str, Any]:
    """Return a `learned.json` of this version or an earlier one. Raises ConfigError for one of a later version."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    check_version(content, file.name)
    return content
