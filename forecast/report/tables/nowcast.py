"""What is due next and how far it could move a nowcast."""

from __future__ import annotations

from forecast.outcome import Nowcast
from forecast.report.blocks import Row, Table, table
from forecast.report.tables.columns import head, words
from forecast.report.words import Language


def due(found: Nowcast, language: Language) -> Table:
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
        for row in found.due
    ]
    return table(language.text["nowcast.due_title"], columns, rows)
