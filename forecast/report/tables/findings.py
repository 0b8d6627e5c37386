"""Table of what is odd about the data."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import doubts
from forecast.report.blocks import Row, Table, table
from forecast.report.tables.columns import head, words
from forecast.report.words import Language

LEFT_OUT = ("note", "gap", "stale", "coarse")
"""Kinds that a report shows otherwise, by its dates and its history, or that say how a file was read."""

SHORT_ROWS = 12
"""More findings are set small."""


def findings(outcome: Outcome, language: Language) -> Table:
    """One row per finding that may mean a wrong figure, those of the newest months first."""
    rows: list[Row] = [
        (
            language.name("finding", row.code),
            language.series(row.series),
            doubts.months(row, language),
            doubts.size(row, language),
            row.place,
        )
        for row in outcome.findings
        if row.code not in LEFT_OUT
    ]
    columns = (
        words(language, "doubts.what", 1.5),
        words(language, "column.series", 2.6),
        words(language, "column.period", 2.0),
        head(language, "doubts.size", 1.0),
        words(language, "doubts.place", 2.8),
    )
    title = language.say("doubts.table", count=str(len(rows)))
    return table(title, columns, rows, long=len(rows) > SHORT_ROWS)
