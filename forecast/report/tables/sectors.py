"""Table of the sectors: what each adds to the gap, and when it is back at its own normal."""

from __future__ import annotations

import pandas as pd

from forecast.outcome import Outcome, SectorRow
from forecast.report import parts
from forecast.report.blocks import Column, Row, Table, table
from forecast.report.findings import last_month, moment
from forecast.report.tables.columns import head, words
from forecast.report.words import Language


def sectors(outcome: Outcome, language: Language) -> Table:
    """The total and its sectors; contributions where weights are known."""
    found = parts.found(outcome)
    rows: list[Row] = [_row(row, outcome, language) for row in found.rows]
    added: tuple[Column, ...] = ()
    if found.adds_up:
        added = (
            head(language, "parts.share", 1.0),
            Column(language.say("parts.trough", month=language.short(found.trough)), share=1.0),
            Column(language.say("parts.now", month=language.short(outcome.origin)), share=1.0),
            *(
                Column(language.say("parts.after", month=language.short(_after(outcome, h))), share=1.0)
                for h, value in ((12, found.rows[0].after_12), (24, found.rows[0].after_24))
                if value is not None
            ),
        )
    columns = (
        words(language, "parts.sector", 2.4),
        Column(language.say("parts.level", window=str(outcome.rule.window)), share=1.1),
        *added,
        head(language, "column.half", 1.3),
        head(language, "column.within_12", 1.0),
        Column(language.say("column.not", last=language.short(last_month(outcome))), share=1.0),
    )
    return table(language.text["parts.title"], columns, rows)


def _row(row: SectorRow, outcome: Outcome, language: Language) -> Row:
    added: tuple[str, ...] = ()
    if parts.found(outcome).adds_up:
        points = (row.at_trough, row.now, row.after_12, row.after_24)
        share = "" if row.share_of_normal is None else language.percent(100 * row.share_of_normal, 1)
        added = (share, *(language.number(value, 1, sign=True) for value in points if value is not None))
    return (
        language.say(f"sector.{row.name}") if f"sector.{row.name}" in language.text else row.name,
        language.percent(row.level_pct_of_normal),
        *added,
        moment(row.median, outcome, language),
        language.odds(row.p_within_12),
        language.odds(row.p_not_within_horizon),
    )


def _after(outcome: Outcome, h: int) -> str:
    return str(pd.Period(outcome.origin, "M") + h)
