"""Annual targets: how likely each is, and what the remaining months need."""

from __future__ import annotations

from forecast.outcome import Outcome, TargetRow
from forecast.report.blocks import Block, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import rate, rates
from forecast.report.words import Language


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the targets in a table; nothing where there are none."""
    return [_table(outcome, language)] if outcome.targets else []


def chance(row: TargetRow, language: Language) -> str:
    """Return how likely a target is, as a part of a sentence."""
    return language.text["whatif.target"].format(
        year=str(row.year),
        target=language.percent(row.target_pct, 0 if row.target_pct == round(row.target_pct) else 1),
        p=language.odds(row.probability),
    )


def _table(outcome: Outcome, language: Language) -> Table:
    """Each annual target: its chance, what is expected, and what the remaining months need."""
    columns = (
        words(language, "column.target", 1.2),
        head(language, "column.reached", 1.0),
        words(language, "column.expected", 2.1),
        head(language, "column.remaining", 0.9),
        head(language, "column.needed_yoy", 1.2),
        head(language, "column.needed_mom", 1.1),
        head(language, "column.seen", 1.3),
    )
    return table(language.text["targets.title"], columns, [_row(row, language) for row in outcome.targets])


def _row(row: TargetRow, language: Language) -> Row:
    met = row.remaining_months > 0 and row.needed_yoy_pct is None
    beyond = row.remaining_months > 0 and row.needed_mom_pct is None
    return (
        f"{row.year}: {rate(row.target_pct, language)}",
        language.odds(row.probability),
        f"{rate(row.expected_pct, language)} ({rates(row.lower_80, row.upper_80, language)})",
        language.count(row.remaining_months),
        language.text["targets.met"] if met else rate(row.needed_yoy_pct, language),
        "" if met else language.text["targets.beyond"] if beyond else rate(row.needed_mom_pct, language),
        "" if row.history_share is None else language.percent(100 * row.history_share),
    )
