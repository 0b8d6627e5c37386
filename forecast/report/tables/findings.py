"""Table of what is odd about the data."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import doubts
from forecast.report.blocks import Row, Table, table
from forecast.report.tables.columns import head, words
from forecast.report.words import Language

SHORT_ROWS = 12
"""More findings are set small."""


def findings(outcome: Outcome, language: Language) -> Table:
    """One row per finding, those of the newest months first; what was only noted on reading is left out."""
    rows: list[Row] = [
        (
            language.name("finding", row.code),
            language.series(row.series),
            doubts.months(row, language),
            doubts.size(row, language),
            row.place,
        )
        for row in outcome.findings
        if row.code != "note"
    ]
    columns = (
        words(language, "doubts.what", 2.0),
        words(language, "column.series", 2.2),
        words(language, "column.period", 1.4),
        head(language, "doubts.size", 1.0),
        words(language, "doubts.place", 2.4),
    )
    title = language.say("doubts.table", count=str(len(rows)))
    return table(title, columns, rows, long=len(rows) > SHORT_ROWS)
