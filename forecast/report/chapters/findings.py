"""What is odd about the data: on page one what concerns the newest months, in the data part what may be wrong."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from forecast.outcome import FindingRow, Outcome, Without
from forecast.report.blocks import Block, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import decimals, moment
from forecast.report.words import Language

TOLD = 2
"""Findings that page one tells one by one; it counts the others. chosen: what page one has room for."""

LEFT_OUT = ("note", "gap", "stale")
"""Kinds that a report shows otherwise, by its dates and its history, or that say how a file was read."""

SHORT_ROWS = 12
"""More findings are set small. chosen: a third of a page."""


def among_figures(outcome: Outcome, language: Language) -> list[Block]:
    """Return published figures that may be wrong, as `check` tells them, behind those that contradict each other."""
    return _listed(outcome, language) if outcome.figures else []


def among_levels(outcome: Outcome, language: Language) -> list[Block]:
    """Return levels that may be wrong, as `check` tells them, before the history."""
    return [] if outcome.figures else _listed(outcome, language)


def _listed(outcome: Outcome, language: Language) -> list[Block]:
    return [_table(outcome, language)] if any(row.code not in LEFT_OUT for row in outcome.findings) else []


def in_doubt(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return, for page one, which newest figures are in doubt and the answer without them; nothing where none is."""
    rows = [row for row in outcome.findings if row.doubt or row.accepted]
    if not rows:
        return ()
    sentences = [_sentence(row, language) for row in rows[:TOLD]]
    if len(rows) > TOLD:
        sentences.append(language.say("findings.more", count=str(len(rows) - TOLD)))
    if outcome.without is not None:
        sentences.append(_without(outcome.without, outcome, language))
    return ((language.text["findings"], " ".join(sentences)),)


def _sentence(row: FindingRow, language: Language) -> str:
    """One finding: what it is about, how far off it is, and why it was accepted where it was."""
    values = {"figures": _figures(row.figures, row.series, language)}
    if row.code == "contradiction":
        return language.say("findings.contradiction", points=language.number(row.size or 0.0, 1), **values)
    if row.code == "repeated":
        months, series = _months(row, language), language.series(row.series)
        return language.say("findings.repeated", series=series, months=months)
    if row.code == "implausible" and row.size is not None:
        measure, _, value = row.figures[0]
        level = row.unit == "factor"
        expected = value / row.size if level else value - row.size
        return language.say(
            "findings.implausible", expected=_value(measure, round(expected, 1), language), **values
        )
    return language.say("findings.accepted", reason=row.accepted, **values)


def _figures(figures: Sequence[tuple[str, pd.Period, float]], series: str, language: Language) -> str:
    """Figures as they stand in a sentence, after the name of their series."""
    printed = [
        language.text["findings.figure"].format(
            measure=language.name("rate", measure),
            month=language.short(month),
            value=_value(measure, value, language),
        )
        for measure, month, value in figures
    ]
    return language.text["findings.of"].format(series=language.series(series), figures=", ".join(printed))


def _value(measure: str, value: float, language: Language) -> str:
    digits = decimals(value)
    if measure in ("level", "index", "indicator"):
        return language.number(value, digits)
    return language.percent(value, digits, sign=True)


def _without(without: Without, outcome: Outcome, language: Language) -> str:
    """The answer without the figures in doubt, beside the one with them."""
    values = {"by": language.month(without.by), "without": language.odds(without.without)}
    if not without.slump_without and not without.slump_now:
        return language.say("findings.without_onset", now=language.odds(without.now), **values)
    if not without.slump_without:
        return language.text["findings.without_no_slump"]
    if not without.slump_now:
        return language.say("findings.without_slump", **values)
    medians = (moment(month, outcome, language) for month in (without.median_now, without.median_without))
    half_now, half = medians
    now = language.odds(without.now)
    if (now, half_now) == (values["without"], half):
        return language.say("findings.without_same", **values)
    return language.say("findings.without", now=now, half=half, half_now=half_now, **values)


def _months(row: FindingRow, language: Language) -> str:
    """The months of a finding as a table prints them: each, or the first and the last of many."""
    if len(row.months) > 2:
        return f"{language.short(row.months[0])} – {language.short(row.months[-1])}"
    return ", ".join(map(language.short, row.months))


def _size(row: FindingRow, language: Language) -> str:
    """How large a finding is: points, or a factor."""
    if row.size is None:
        return ""
    if row.unit == "factor":
        return "× " + language.number(row.size, 1 if row.size >= 1 else 3)
    return language.text["findings.points"].format(points=language.number(abs(row.size), 1))


def _table(outcome: Outcome, language: Language) -> Table:
    """One row per finding that may mean a wrong figure, those of the newest months first."""
    rows: list[Row] = [
        (
            language.name("finding", row.code),
            language.series(row.series),
            _months(row, language),
            _size(row, language),
            row.place,
        )
        for row in outcome.findings
        if row.code not in LEFT_OUT
    ]
    columns = (
        words(language, "findings.what", 1.5),
        words(language, "column.series", 2.6),
        words(language, "column.period", 2.0),
        head(language, "findings.size", 1.0),
        words(language, "findings.place", 2.8),
    )
    title = language.say("findings.table", count=str(len(rows)))
    return table(title, columns, rows, long=len(rows) > SHORT_ROWS)
