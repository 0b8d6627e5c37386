"""What is odd about the data, in words: for page one what concerns the newest months, and the answer without it."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.outcome import FindingRow, Outcome, Without
from forecast.report.findings import moment
from forecast.report.words import Language

TOLD = 2
"""Findings that page one tells one by one; it counts the others."""


def doubts(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return, for page one, which newest figures are in doubt and the answer without them; nothing where none is."""
    found = [row for row in outcome.findings if row.doubt or row.accepted]
    if not found:
        return ()
    said = [_sentence(row, language) for row in found[:TOLD]]
    if len(found) > TOLD:
        said.append(language.say("doubts.more", count=str(len(found) - TOLD)))
    if outcome.without is not None:
        said.append(_without(outcome.without, outcome, language))
    return ((language.text["doubts"], " ".join(said)),)


def _sentence(row: FindingRow, language: Language) -> str:
    """One finding: what it is about, how far off it is, and why it was accepted where it was."""
    values = {"figures": _figures(row.figures, row.series, language)}
    if row.code == "contradiction":
        return language.say("doubts.contradiction", points=language.number(row.size or 0.0, 1), **values)
    if row.code == "implausible" and row.size is not None:
        measure, _, value = row.figures[0]
        level = row.unit == "factor"
        expected = value / row.size if level else value - row.size
        return language.say(
            "doubts.implausible", expected=_value(measure, round(expected, 1), language), **values
        )
    return language.say("doubts.accepted", reason=row.accepted, **values)


def _figures(figures: Sequence[tuple[str, str, float]], series: str, language: Language) -> str:
    """Figures as they stand in a sentence, after the name of their series."""
    said = [
        language.text["doubts.figure"].format(
            measure=language.name("rate", measure),
            month=language.short(month),
            value=_value(measure, value, language),
        )
        for measure, month, value in figures
    ]
    return language.text["doubts.of"].format(series=language.series(series), figures=", ".join(said))


def _value(measure: str, value: float, language: Language) -> str:
    digits = 1 if abs(value - round(value, 1)) < 1e-9 else 2
    if measure in ("level", "index"):
        return language.number(value, digits)
    return language.percent(value, digits, sign=True)


def _without(found: Without, outcome: Outcome, language: Language) -> str:
    """The answer without the figures in doubt, beside the one with them."""
    values = {"by": language.month(found.by), "without": language.odds(found.without)}
    if not found.slump_without:
        return language.text["doubts.without_no_slump"]
    if not found.slump_now:
        return language.say("doubts.without_slump", **values)
    medians = (moment(month, outcome, language) for month in (found.median_now, found.median_without))
    half_now, half = medians
    now = language.odds(found.now)
    if (now, half_now) == (values["without"], half):
        return language.say("doubts.without_same", **values)
    return language.say("doubts.without", now=now, half=half, half_now=half_now, **values)


def months(row: FindingRow, language: Language) -> str:
    """Return the months of a finding as a table prints them: each, or the first and the last of many."""
    if len(row.months) > 2:
        return f"{language.short(row.months[0])} – {language.short(row.months[-1])}"
    return ", ".join(map(language.short, row.months))


def size(row: FindingRow, language: Language) -> str:
    """Return how large a finding is: points, or a factor."""
    if row.size is None:
        return ""
    if row.unit == "factor":
        return "× " + language.number(row.size, 1 if row.size >= 1 else 3)
    return language.text["doubts.points"].format(points=language.number(abs(row.size), 1))
