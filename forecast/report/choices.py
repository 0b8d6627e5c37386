"""What the answer hangs on, in words: how far other choices would move the chance of a return within a year."""

from __future__ import annotations

from forecast.outcome import Outcome, Variation
from forecast.report.findings import kind
from forecast.report.words import Language

FELT = 0.03
"""Change of the chance within a year under which the chance of not at all tells more."""

NAMED = {"normal": "kind", "without": "model", "with": "model"}
"""Whose words a value is told in; numbers stand as they are."""


def name(row: Variation, language: Language) -> str:
    """Return a choice as a table prints it."""
    value = language.name(NAMED[row.choice], row.value) if row.choice in NAMED else row.value
    return language.say(f"choice.{row.choice}", value=value)


def heading(outcome: Outcome, language: Language) -> str:
    """Return the range of the chance that choices move most, within a year or not at all, and what moves it most."""
    base, *others = outcome.sensitivity
    near = max(abs(row.p_within_12 - base.p_within_12) for row in others)
    far = max(abs(_never(row) - _never(base)) for row in others)
    key, chance = ("hangs.heading", _within) if near >= min(far, FELT) else ("hangs.heading_never", _never)
    most = max(others, key=lambda row: abs(chance(row) - chance(base)))
    return language.say(
        key,
        base=language.odds(chance(base)),
        low=language.odds(min(chance(row) for row in others)),
        high=language.odds(max(chance(row) for row in others)),
        most=name(most, language),
    )


def _within(row: Variation) -> float:
    return row.p_within_12


def _never(row: Variation) -> float:
    return row.p_not_within_horizon


def note(outcome: Outcome, language: Language) -> str:
    """Return the choices of the answer itself."""
    return language.say(
        "hangs.note",
        normal=kind(outcome.normal.kind, outcome, language),
        hold=str(outcome.rule.hold),
        window=str(outcome.rule.window),
        horizon=str(outcome.horizon),
    )
