"""The plain warnings of a run, in one point of page one."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report.phrases import kind
from forecast.report.words import Language


def points(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the warnings; nothing where there are none."""
    normal = kind(outcome.normal.kind, outcome, language, "explain")
    undated = "note.no_slump_dated" if "short_history" in outcome.notes else "note.no_slump"
    sentences = " ".join(
        language.say(undated, normal=normal) if code == "no_slump" else language.name("note", code)
        for code in outcome.notes
    )
    return ((language.text["notes"], sentences),) if sentences else ()
