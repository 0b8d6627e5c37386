"""The tables of the report: `Outcome` in, `Table` out; every number comes from the outcome."""

from __future__ import annotations

from forecast.report.tables.answer import (
    afterwards,
    chances,
    definitions,
    fan,
    intervals,
    milestones,
)
from forecast.report.tables.changes import changes, evolution
from forecast.report.tables.evidence import (
    adjusted,
    contradictions,
    failed,
    figures,
    history,
    models,
    reproduction,
)
from forecast.report.tables.findings import findings
from forecast.report.tables.nowcast import due
from forecast.report.tables.planning import next_releases, printed, scenarios, targets
from forecast.report.tables.record import record
from forecast.report.tables.sectors import sectors
from forecast.report.tables.sensitivity import sensitivity

__all__ = [
    "adjusted",
    "afterwards",
    "chances",
    "changes",
    "contradictions",
    "definitions",
    "due",
    "evolution",
    "failed",
    "fan",
    "figures",
    "findings",
    "history",
    "intervals",
    "milestones",
    "models",
    "next_releases",
    "printed",
    "record",
    "reproduction",
    "scenarios",
    "sectors",
    "sensitivity",
    "targets",
]
