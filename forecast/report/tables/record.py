"""Table of the track record: the pool's dates on past slumps beside the best naive rule's."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.outcome.record import Record
from forecast.report.blocks import Row, Table, table
from forecast.report.tables.columns import head, words
from forecast.report.words import Language


def record(outcome: Outcome, language: Language) -> Table:
    """One row per panel of past slumps."""
    columns = (
        words(language, "track.panel", 2.8),
        head(language, "track.slumps", 0.9),
        head(language, "track.forecasts", 1.2),
        head(language, "track.error", 0.9),
        words(language, "track.naive", 3.2),
        head(language, "track.skill", 0.8),
        head(language, "track.interval", 1.2),
        head(language, "track.covered", 1.0),
    )
    return table(language.text["track.title"], columns, [_row(found, language) for found in outcome.record])


def _row(found: Record, language: Language) -> Row:
    naive = f"{language.name('model', found.best_naive)}: {language.number(found.naive_error_months, 1)}"
    interval = "–"
    if found.skill_interval_pct is not None:
        low, high = (language.number(end, 0, sign=True) for end in found.skill_interval_pct)
        interval = f"{low} … {high}%"
    return (
        language.label(found.title),
        str(found.episodes),
        str(found.origins),
        language.number(found.error_months, 1),
        naive,
        "–" if found.skill_pct is None else language.percent(found.skill_pct, sign=True),
        interval,
        language.percent(100 * found.coverage_80),
    )
