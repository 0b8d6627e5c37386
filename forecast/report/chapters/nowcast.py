"""Months that are over but not published: who told of them, and what is due next."""

from __future__ import annotations

import pandas as pd

from forecast.outcome import Nowcast, Outcome
from forecast.report.blocks import Block, Paragraph, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.words import Language

NAMED = 6
"""Series named in a sentence; of more it says how many. chosen: two lines of text."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return what was nowcast and what is due; nothing where nobody published before the target."""
    nowcast = outcome.nowcast
    if nowcast is None:
        return []
    return [Paragraph(told(nowcast, language), "note"), *([_due(nowcast, language)] if nowcast.due else [])]


def told(nowcast: Nowcast, language: Language) -> str:
    """Return which months others have published before the target, and what was mended or left out of their figures."""
    if nowcast.refused:
        return language.text["nowcast.refused"]
    shown = [language.series(name) for name in nowcast.series[:NAMED]]
    more = len(nowcast.series) - len(shown)
    named = ", ".join(shown) + (language.text["nowcast.more"].format(count=str(more)) if more else "")
    sentences = [
        language.say("nowcast.text", months=", ".join(map(language.month, nowcast.months)), series=named)
    ]
    if nowcast.models:
        models = ", ".join(language.name("nowcast_model", name) for name in nowcast.models)
        sentences.append(language.say("nowcast.models", models=models))
    sentences += [
        language.say(
            f"nowcast.told_{note.kind}",
            indicator=note.indicator,
            month=language.month(pd.Period(note.month, "M")) if note.month else "",
        )
        for note in nowcast.notes
    ]
    return " ".join(sentences)


def _due(nowcast: Nowcast, language: Language) -> Table:
    """The releases of the coming weeks, with the growth expected of each and what it usually does to the level."""
    columns = (
        words(language, "column.published", 1.2),
        words(language, "column.series", 2.4),
        words(language, "column.month", 1.2),
        head(language, "column.growth_expected", 1.0),
        head(language, "column.could_move", 1.2),
    )
    rows: list[Row] = [
        (
            language.day(row.day),
            language.series(row.indicator),
            language.short(row.month),
            language.number(row.expected, 1, sign=True),
            f"±{language.percent(row.effect_pct, 1)}",
        )
        for row in nowcast.due
    ]
    return table(language.text["nowcast.due_title"], columns, rows)
