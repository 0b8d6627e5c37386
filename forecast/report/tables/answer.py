"""Tables of the answer: the fan in numbers, when output is back, and what each definition makes of it."""

from __future__ import annotations

from forecast.outcome import Milestone, Outcome
from forecast.report.blocks import Column, Row, Table, table
from forecast.report.findings import baseline, kind, last_month, moment
from forecast.report.tables.columns import dated, head, milestone_columns, words
from forecast.report.words import Language

FAN_HORIZONS = (1, 3, 6, 12, 18, 24, 30, 36, 48, 60)


def fan(outcome: Outcome, language: Language) -> Table:
    """The fan at a few horizons: median and the 50, 80 and 90 % bands, percent of normal."""
    at = [h for h in FAN_HORIZONS if h <= len(outcome.fan)]
    months = [outcome.fan[h - 1] for h in at]

    def band(lower: float, upper: float) -> str:
        return f"{language.number(lower, 0)}–{language.number(upper, 0)}"

    rows: list[Row] = [
        (language.text["column.median"], *(language.number(m.median, 0) for m in months)),
        *(
            (
                language.say("column.band", share=str(share)),
                *(band(getattr(m, f"lower_{share}"), getattr(m, f"upper_{share}")) for m in months),
            )
            for share in (50, 80, 90)
        ),
    ]
    head = (Column(language.text["column.month"], "left", 1.0),)
    return table(
        language.text["fan.table"], head + tuple(Column(language.short(m.month)) for m in months), rows
    )


def intervals(outcome: Outcome, language: Language) -> Table:
    """The central 50, 80 and 90 % intervals of the recovery month."""
    found = baseline(outcome)
    spans = ((50, found.interval_50), (80, found.interval_80), (90, found.interval_90))
    rows: list[Row] = [
        (
            language.say("column.share_of", share=str(share)),
            moment(early, outcome, language),
            moment(late, outcome, language),
        )
        for share, (early, late) in spans
    ]
    columns = (
        words(language, "column.share", 1.0),
        head(language, "column.early", 1.0),
        head(language, "column.late", 1.0),
    )
    return table(language.text["return.intervals"], columns, rows)


def chances(outcome: Outcome, language: Language) -> Table:
    """The chance of being back by a few dates, number first, then its word."""
    found = baseline(outcome)
    dated = (
        ("column.already", found.p_already_back, 0),
        ("column.within_6", found.p_within_6, 6),
        ("column.within_12", found.p_within_12, 12),
        ("column.within_24", found.p_within_24, 24),
    )
    rows: list[Row] = [
        (language.text[key], language.odds(p), language.chance(p))
        for key, p, h in dated
        if h <= outcome.horizon
    ]
    left = found.p_not_within_horizon
    label = language.text["column.not"].format(last=language.short(last_month(outcome)))
    rows.append((label, language.odds(left), language.chance(left)))
    columns = (
        words(language, "column.by_then", 1.1),
        head(language, "column.probability"),
        words(language, "column.in_words", 1.0),
    )
    return table(language.text["return.chances"], columns, rows)


def milestones(outcome: Outcome, language: Language) -> Table:
    """The dated events on the way back: trough, normal, old trend."""
    found = baseline(outcome)
    normal = Milestone(
        found.median,
        found.median_after,
        found.p_already_back,
        found.p_within_12,
        found.p_not_within_horizon,
    )
    rows: list[Row] = []
    if found.trough is not None:
        already, half, *rest = dated(found.trough, outcome, language)
        if found.trough.median is not None:
            half = language.short(found.trough.median)  # one that lies behind is dated too
        rows.append((language.text["milestone.trough"], already, half, *rest))
    rows.append((language.text["milestone.normal"], *dated(normal, outcome, language)))
    rows.append((language.text["milestone.trend"], *dated(found.old_trend, outcome, language)))
    return table(
        language.text["milestones.title"],
        (words(language, "column.event", 2.2), *milestone_columns(outcome, language)),
        rows,
    )


def definitions(outcome: Outcome, language: Language) -> Table:
    """Each definition of normal: what it is, where levels are published its own, the gap, in a slump its answer."""
    rows: list[Row] = []
    scaled, slumps = outcome.unit == "levels", outcome.slump is not None
    for found in outcome.normal.definitions:
        name = kind(found.kind, outcome, language)
        if found.kind == outcome.normal.kind:
            name = language.say("definitions.used", kind=name)
        explained = f"{name[:1].upper()}{name[1:]}: {kind(found.kind, outcome, language, 'explain')}"
        rows.append(
            (
                explained,
                *((language.number(found.level, 1),) if scaled else ()),
                language.percent(found.gap_pct, sign=True),
                *(dated(found.recovery, outcome, language)[1:] if slumps else ()),
            )
        )
    columns = (
        words(language, "column.definition", 4.0),
        *((head(language, "column.level", 1.0),) if scaled else ()),
        Column(language.say("column.gap", window=str(outcome.rule.window)), share=1.0),
        *(milestone_columns(outcome, language)[1:] if slumps else ()),
    )
    return table(language.text["definitions.title" if slumps else "definitions.title_none"], columns, rows)


def afterwards(outcome: Outcome, language: Language) -> Table:
    """Month by month what was forecast and what was published since."""
    assert outcome.outcome is not None
    bands = {row.month: row for row in outcome.fan}
    rows: list[Row] = []
    for seen in outcome.outcome.months:
        if seen.month not in bands:
            continue
        band = bands[seen.month]
        inside = band.lower_80 <= seen.level_pct_of_normal <= band.upper_80
        rows.append(
            (
                language.short(seen.month),
                language.number(seen.level_pct_of_normal, 1),
                language.number(band.median, 1),
                f"{language.number(band.lower_80, 1)}–{language.number(band.upper_80, 1)}",
                language.text["after.yes" if inside else "after.no"],
            )
        )
    columns = (
        words(language, "column.month", 1.0),
        head(language, "column.observed", 1.0),
        head(language, "column.median", 1.0),
        Column(language.say("column.band", share="80"), share=1.0),
        head(language, "column.inside", 1.0),
    )
    return table(language.text["after.table"], columns, rows, long=True)
