"""What changed since an earlier report, a row per release."""

from __future__ import annotations

from forecast.outcome import Change, Changes, Outcome, Printed
from forecast.report import what_changed
from forecast.report.blocks import Column, Row, Table, table
from forecast.report.findings import moment, span
from forecast.report.tables.columns import head, words
from forecast.report.words import Language

SHOWN = 4
"""Figures of one release that are listed; a release of many says how many more there were."""


def changes(found: Changes, language: Language) -> Table:
    """Each release, what it printed and how far it moved the chance; the last row is the whole change."""
    columns = (
        words(language, "column.published", 1.1),
        words(language, "column.series", 1.6),
        words(language, "column.printed", 3.6),
        head(language, "column.effect", 0.9),
        Column(language.say("changes.yoy", month=language.short(found.month)), share=1.1),
    )
    rows: list[Row] = [_row(change, language) for change in found.rows]
    total = language.say("changes.total", since=language.day(found.since))
    moved = language.number(sum(row.effect_on_yoy for row in found.rows), 1, sign=True)
    rows.append((total, "", "", _points(found.now - found.before, language), moved))
    return table(language.say("changes.title", by=language.month(found.by)), columns, rows)


def evolution(outcome: Outcome, language: Language) -> Table:
    """What each report answered, the latest last."""
    columns = (
        words(language, "evolution.report", 1.1),
        head(language, "evolution.origin", 1.0),
        head(language, "column.half", 1.3),
        head(language, "evolution.most", 1.7),
        head(language, "column.within_12", 1.0),
        head(language, "hangs.not", 1.2),
    )
    rows: list[Row] = [
        (
            language.day(one.as_of),
            language.short(one.origin),
            moment(one.median, one, language),
            span(one.interval_80, one, language),
            language.odds(one.p_within_12),
            language.odds(one.p_not_within_horizon),
        )
        for one in what_changed.told(outcome)
    ]
    return table(language.text["evolution.table"], columns, rows)


def _row(change: Change, language: Language) -> Row:
    region, sector = language.name("region", change.region), language.name("sector", change.sector)
    said = [_figure(one, language) for one in change.printed[-SHOWN:]]
    more = len(change.printed) - len(said)
    if more:
        said.append(language.text["changes.more"].format(count=language.number(more, 0)))
    return (
        language.day(change.published),
        f"{region}: {sector}",
        "; ".join(said),
        _points(change.effect, language),
        language.number(change.effect_on_yoy, 1, sign=True),
    )


def _points(change: float, language: Language) -> str:
    """A change of a chance in percentage points."""
    return language.number(100 * change, 1, sign=True)


def _figure(one: Printed, language: Language) -> str:
    """A printed number with its expectation."""
    rate = one.measure != "index"
    value = language.percent(one.value, 2, sign=True) if rate else language.number(one.value)
    said = f"{language.short(one.period)}, {language.name('rate', one.measure)}: {value}"
    if one.expected is None:
        return said
    expected = language.percent(one.expected, 1, sign=True) if rate else language.number(one.expected)
    awaited = language.text["changes.expected"].format(value=expected)
    return f"{said} ({awaited})"
