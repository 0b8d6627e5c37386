"""From an estimate to the rows that a report prints: a module for each topic, and one table of who fills which field.

`assemble(case)` returns the `Outcome`; each topic is computed by a plain function of the estimate, of use by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forecast.answers import (
    adjustment,
    afterwards,
    answer,
    changes,
    definitions,
    earlier_slumps,
    figures_used,
    findings,
    models,
    needed,
    next_releases,
    notes,
    nowcast,
    onset,
    record,
    scenarios,
    season,
    sectors,
    sensitivity,
    targets,
    watch,
)
from forecast.answers.case import Case, Labelled
from forecast.estimate import FigureData
from forecast.outcome import Outcome
from forecast.rooms import furnish

__all__ = ["Case", "Labelled", "assemble"]

ANSWERS: dict[str, Callable[[Case], Any]] = {
    "name": lambda case: case.labelled.name,
    "title": lambda case: case.labelled.title,
    "unit": lambda case: "figures" if isinstance(case.data, FigureData) else "levels",
    "as_of": lambda case: str(case.data.as_of.date()),
    "origin": lambda case: case.estimate.history.origin,
    "data_to": lambda case: figures_used.data_to(case.data, (name for name, _ in case.estimate.plan.sectors)),
    "horizon": lambda case: case.estimate.plan.horizon,
    "calendar": lambda case: case.labelled.calendar,
    "latest": lambda case: figures_used.latest(case.data),
    "normal": lambda case: definitions.normal(case.estimate),
    "slump": lambda case: answer.slump(case.estimate),
    "rule": lambda case: answer.rule(case.estimate),
    "history": lambda case: answer.history(case.estimate),
    "fan": lambda case: answer.fan(case.estimate),
    "recovery": lambda case: answer.recoveries(case.estimate, case.labelled.scenarios),
    "figures": lambda case: figures_used.figures(case.data, case.estimate.levels),
    "models": lambda case: models.models(case.estimate),
    "failed": lambda case: models.failed(case.estimate),
    "notes": lambda case: notes.notes(case.data, case.estimate),
    "stamp": lambda case: case.labelled.stamp,
    "scenarios": lambda case: scenarios.scenarios(case.estimate, case.labelled.scenarios),
    "targets": lambda case: targets.targets(case.estimate),
    "needed": lambda case: needed.needed(case.estimate),
    "next_releases": lambda case: next_releases.next_releases(case.estimate),
    "changes": lambda case: changes.changes(case.data, case.estimate, case.since, case.seed),
    "snapshots": lambda case: case.earlier,
    "record": lambda case: record.shipped(case.estimate.plan.models),
    "earlier_slumps": lambda case: earlier_slumps.earlier_slumps(case.estimate, case.data.as_of),
    "sensitivity": lambda case: sensitivity.sensitivity(case.estimate),
    "adjustment": lambda case: adjustment.adjustment(case.estimate, case.adjust),
    "season": lambda case: season.season(case.estimate),
    "sectors": lambda case: sectors.sectors(case.estimate),
    "watch": lambda case: watch.watch(case.estimate),
    "watch_related": lambda case: watch.watch_related(case.data, case.estimate, case.seed),
    "onset": lambda case: onset.onset(case.estimate),
    "nowcast": lambda case: nowcast.nowcast(case.estimate, case.data.as_of),
    "outcome": lambda case: (
        None if case.later is None else afterwards.observed(case.later, case.estimate, case.seed)
    ),
    "findings": lambda case: findings.rows(case.findings, case.estimate.history.origin, case.data.name),
    "without": lambda case: findings.without(case.data, case.estimate, case.findings, case.seed),
    "measure": lambda case: case.labelled.measure,
}
"""Who fills each field of an outcome, in the order of report.json."""


def assemble(case: Case) -> Outcome:
    """Put the answer into the form of a report: levels in percent of normal, shares as shares."""
    return Outcome(**{field: fill(case) for field, fill in ANSWERS.items()})


furnish(__name__)
