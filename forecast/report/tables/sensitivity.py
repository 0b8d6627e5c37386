"""Table of what the answer hangs on: the same paths under other choices."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import choices
from forecast.report.blocks import Row, Table, table
from forecast.report.findings import moment
from forecast.report.tables.columns import head, words
from forecast.report.words import Language


def sensitivity(outcome: Outcome, language: Language) -> Table:
    """One row per choice; the answer itself comes first."""
    rows: list[Row] = [
        (
            choices.name(row, language),
            moment(row.median, outcome, language)
            if row.median_after is None
            else language.text["when.after"].format(month=language.short(row.median_after)),
            language.odds(row.p_within_12),
            language.odds(row.p_not_within_horizon),
        )
        for row in outcome.sensitivity
    ]
    columns = (
        words(language, "hangs.choice", 3.0),
        head(language, "column.half", 1.4),
        head(language, "column.within_12", 1.0),
        head(language, "hangs.not", 1.2),
    )
    return table(language.text["hangs.title"], columns, rows)
