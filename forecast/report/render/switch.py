"""What the web page's script shows under each scenario: the finding, the tiles, the chance by month and the fan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forecast.outcome import FanMonth, Outcome, RecoveryResult
from forecast.report.blocks import Facts
from forecast.report.chapters import answer
from forecast.report.phrases import baseline
from forecast.report.render.embedded import for_script
from forecast.report.words import Language

PAST = 24
"""Months of history that the fan of the page shows. chosen: room for the forecast on a phone."""


@dataclass(frozen=True)
class Switch:
    """Hold the names of the scenarios and, as JSON, what the page says and draws of each."""

    labels: tuple[str, ...]
    answers: str


def switch_of(outcome: Outcome, language: Language) -> Switch:
    """Return the scenarios that have an answer, the baseline first, and the fan of the baseline."""
    answered = [one for one in outcome.recovery.values() if one.distribution]
    content = {
        "answers": [_answer(one, outcome, language) for one in answered],
        "past": [round(row.level_pct_of_normal, 2) for row in outcome.history[-PAST:]],
        "fan": _fan(outcome.fan, language),
    }
    return Switch(tuple(language.label(one.label) for one in answered), for_script(content))


def _answer(one: RecoveryResult, outcome: Outcome, language: Language) -> dict[str, object]:
    """The chances of one scenario month by month, and what page one would say were it the baseline."""
    alone = replace(outcome, recovery={"baseline": one}) if one is not baseline(outcome) else outcome
    lines = [
        language.say(
            "html.said",
            month=language.month(row.month),
            by=language.odds(row.cumulative),
            inside=language.odds(row.probability),
        )
        for row in one.distribution
    ]
    return {
        "label": language.label(one.label),
        "headline": answer.headline(alone, language),
        "tiles": [
            [tile.label] if isinstance(tile, Facts) else [tile.label, tile.value, *tile.lines]
            for tile in answer.tiles(alone, language).tiles
        ],
        "by": [round(row.cumulative, 4) for row in one.distribution],
        "months": [language.short(row.month) for row in one.distribution],
        "said": lines,
    }


def _fan(fan: tuple[FanMonth, ...], language: Language) -> dict[str, object]:
    """The bands from the widest to the narrowest, the median, and each month in words."""
    bands = [
        ([row.lower_90 for row in fan], [row.upper_90 for row in fan]),
        ([row.lower_80 for row in fan], [row.upper_80 for row in fan]),
        ([row.lower_50 for row in fan], [row.upper_50 for row in fan]),
    ]
    return {
        "limits": [[[round(value, 2) for value in limit] for limit in band] for band in bands],
        "median": [round(row.median, 2) for row in fan],
        "months": [language.short(row.month) for row in fan],
        "said": [
            language.say(
                "fan.alt_point",
                month=language.month(row.month),
                median=language.percent(row.median),
                lower=language.percent(row.lower_80),
                upper=language.percent(row.upper_80),
            )
            for row in fan
        ],
    }
