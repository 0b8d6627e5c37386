"""What a report says, topic by topic: a module holds the sentences, the table, the picture of one, and its blocks.

A module has one or more functions of an outcome and a language that return blocks; `READING_ORDER` says where each
stands. A topic warns on page one by a line in `risks.POINTS`.
"""

from __future__ import annotations

from collections.abc import Callable

from forecast.outcome import Outcome
from forecast.report.blocks import Block
from forecast.report.chapters import (
    adjustment,
    afterwards,
    answer,
    changes,
    definitions,
    fan,
    figures_used,
    findings,
    method,
    milestones,
    needed,
    next_releases,
    nowcast,
    record,
    return_month,
    revisions,
    risks,
    scenarios,
    season,
    sectors,
    sensitivity,
    targets,
    watch,
)
from forecast.report.words import Language

READING_ORDER: tuple[Callable[[Outcome, Language], list[Block]], ...] = (
    answer.opening,
    fan.section,
    changes.on_page_one,
    risks.section,
    return_month.section,
    milestones.section,
    definitions.section,
    changes.section,
    scenarios.section,
    next_releases.opening,
    targets.section,
    next_releases.section,
    watch.section,
    needed.section,
    nowcast.section,
    sectors.section,
    sensitivity.section,
    record.section,
    figures_used.opening,
    findings.among_figures,
    figures_used.reproduced,
    revisions.section,
    season.section,
    adjustment.section,
    findings.among_levels,
    figures_used.listed,
    method.section,
    afterwards.section,
)
"""The report from its first line to its last."""
