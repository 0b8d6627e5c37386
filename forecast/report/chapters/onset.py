"""Where nothing slumps: the chance that a slump begins."""

from __future__ import annotations

from forecast.arrays import YEAR
from forecast.outcome import Outcome
from forecast.report.blocks import Tile
from forecast.report.phrases import last_month
from forecast.report.words import Language


def begins(outcome: Outcome, language: Language) -> list[str]:
    """Return what counts as the begin of a slump, as a sentence; nothing where its chance is not known."""
    if outcome.onset is None:
        return []
    return [language.say("lead.onset", depth=language.percent(outcome.onset.depth_pct, 1))]


def tile(outcome: Outcome, language: Language) -> Tile | None:
    """Return the chance of a slump within a year as a key number; None where it is not known."""
    if outcome.onset is None:
        return None
    chance = outcome.onset.within(YEAR)
    last = language.short(last_month(outcome))
    by_then = language.odds(outcome.onset.within(outcome.horizon))
    return Tile(
        language.text["tile.onset"],
        language.odds(chance),
        (language.chance(chance), language.say("tile.onset_by", last=last, p=by_then)),
    )


def explained(outcome: Outcome, language: Language) -> list[str]:
    """Return how the chance is found, as a sentence of the method."""
    if outcome.onset is None:
        return []
    return [language.say("method.onset", outside=language.percent(100 * outcome.onset.outside))]
