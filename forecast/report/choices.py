"""What the answer hangs on, in words: how far other choices would move the chance of a return within a year."""

from __future__ import annotations

from forecast.outcome import Outcome, Variation
from forecast.report.words import Language

NAMED = {"normal": "kind", "without": "model", "with": "model"}
"""Whose words a value is told in; numbers stand as they are."""


def name(row: Variation, language: Language) -> str:
    """Return a choice as a table prints it."""
    value = language.name(NAMED[row.choice], row.value) if row.choice in NAMED else row.value
    return language.say(f"choice.{row.choice}", value=value)


def heading(outcome: Outcome, language: Language) -> str:
    """Return the range of the chance within a year, and the choice that moves it most."""
    base, *others = outcome.sensitivity
    most = max(others, key=lambda row: abs(row.p_within_12 - base.p_within_12))
    return language.say(
        "hangs.heading",
        base=language.odds(base.p_within_12),
        low=language.odds(min(row.p_within_12 for row in others)),
        high=language.odds(max(row.p_within_12 for row in others)),
        most=name(most, language),
    )


def note(outcome: Outcome, language: Language) -> str:
    """Return the choices of the answer itself."""
    return language.say(
        "hangs.note",
        normal=language.name("kind", outcome.normal.kind),
        hold=str(outcome.rule.hold),
        window=str(outcome.rule.window),
        horizon=str(outcome.horizon),
    )
