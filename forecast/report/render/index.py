"""The page of many questions: one line each, what changed most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecast.outcome import Outcome
from forecast.report.chapters import answer
from forecast.report.phrases import baseline, when
from forecast.report.render.templates import FOLDER, filled
from forecast.report.words import Language

HEADS = ("index.question", "index.answer", "tile.median", "tile.within", "index.change")


@dataclass(frozen=True)
class Entry:
    """One question: its outcome and the address of its report."""

    outcome: Outcome
    address: str


@dataclass(frozen=True)
class Line:
    """Hold what the page says of one question."""

    address: str
    title: str
    day: str
    headline: str
    numbers: tuple[str, str]  # half of the outcomes by, chance within a year
    change: str


def page(entries: Sequence[Entry], language: Language) -> str:
    """Return the index as HTML, sorted by how far the chance of a return within 12 months has moved."""
    rows = [_line(entry, language) for entry in sorted(entries, key=_moved)]
    style = (FOLDER / "index.css").read_text(encoding="utf-8")
    return filled("index", code=language.code, text=language.text, style=style, heads=HEADS, rows=rows)


def _moved(entry: Entry) -> tuple[float, str]:
    """Largest change first; questions without an earlier report last, by name."""
    earlier = entry.outcome.snapshots
    if not earlier:
        return 1.0, entry.outcome.name
    return -abs(baseline(entry.outcome).p_within_12 - earlier[-1].p_within_12), entry.outcome.name


def _line(entry: Entry, language: Language) -> Line:
    outcome = entry.outcome
    now = baseline(outcome)
    numbers = ("–", "–")
    if outcome.slump is not None:
        numbers = (when(now, outcome, language), language.odds(now.p_within_12))
    return Line(
        entry.address,
        language.label(outcome.title),
        language.day(outcome.as_of),
        answer.headline(outcome, language.of(outcome.measure)),
        numbers,
        _change(outcome, language),
    )


def _change(outcome: Outcome, language: Language) -> str:
    """How far the chance within a year has moved since the report before."""
    if not outcome.snapshots:
        return language.text["index.first"]
    before = outcome.snapshots[-1]
    moved = 100 * (baseline(outcome).p_within_12 - before.p_within_12)
    return language.say(
        "index.points" if round(moved) else "index.same",
        points=language.number(moved, 0, sign=True),
        as_of=language.day(before.as_of),
    )
