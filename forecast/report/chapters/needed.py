"""Growth needed: the scenario of a year by quarter and sector, the chance of each quarter, and the months left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from forecast.arrays import YEAR
from forecast.outcome import Needed, NeededRow, NeededSpan, Outcome
from forecast.report.blocks import Block, Column, Group, Heading, Paragraph, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import rate, rates
from forecast.report.words import Language

QUARTERS = ("needed.quarter_1", "needed.quarter_2", "needed.quarter_3", "needed.quarter_4")
TO_DATE = {6: "needed.to_june", 9: "needed.to_september"}

NOTICED = 0.05
"""Points of growth by which a plan misses its target that are told. chosen: what is printed."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return what every year with a target needs; nothing where there is none that is not over."""
    return [block for needed in outcome.needed for block in _year(needed, outcome, language)]


def heading(needed: Needed, language: Language) -> str:
    """Return what the months left need, and the chance of the year."""
    total = needed.rows[0]
    told = (
        "needed.reached"
        if total.reached
        else "needed.heading"
        if needed.months_left > 1
        else "needed.last_month"
    )
    return language.say(
        told if needed.months_left < YEAR else "needed.year_ahead",
        year=str(needed.year), target=_target(needed, language), count=str(needed.months_left),
        left=language.percent(total.left_pct, 1), p=_chance_of_year(total, language),
    )  # fmt: skip


def span_name(span: NeededSpan, language: Language) -> str:
    """Return a quarter, the year to a month, the year or a month as the head of a column names it."""
    if span.kind == "month":
        return language.short(span.last)
    if span.kind == "year":
        return language.text["needed.year"]
    return (
        _quarter(span.last, language) if span.kind == "quarter" else language.text[TO_DATE[span.last.month]]
    )


def part_name(row: NeededRow, language: Language) -> str:
    """Return the total or a sector in words."""
    if row.name == "total":
        return language.text["needed.total"]
    name = language.name("sector", row.name)
    return name[:1].upper() + name[1:]


def _year(needed: Needed, outcome: Outcome, language: Language) -> Iterator[Block]:
    yield Heading(heading(needed, language), language.say("needed.section", year=str(needed.year)))
    if sentences := list(_told(needed, outcome, language)):
        yield Paragraph(" ".join(sentences))
    yield _scenario(needed, language)
    yield _quarters(needed, language)
    if needed.months_left < YEAR:
        yield _months(needed, language)
    yield Paragraph(" ".join(_read(needed, language)), "note")


def _told(needed: Needed, outcome: Outcome, language: Language) -> Iterator[str]:
    """The level needed, what a miss of the next quarter asks, and whether a plan is enough."""
    total, now = needed.rows[0], outcome.history[-1].level_pct_of_normal
    if needed.months_left < YEAR and not total.reached:
        yield language.say(
            "needed.level", level=language.percent(total.of_normal_pct), now=language.percent(now),
            origin=language.month(outcome.origin),
        )  # fmt: skip
    if needed.miss is not None and not total.reached:
        yield language.say(
            "needed.miss", quarter=language.quarter(needed.miss.last),
            expected=rate(needed.miss.expected_pct, language), rest=language.percent(needed.miss.rest_pct, 1),
            points=language.number(needed.miss.per_point, 1),
        )  # fmt: skip
    if needed.planned_pct is not None:
        lift = next(
            span.lifted_pct - span.planned_pct
            for span in total.spans
            if span.lifted_pct is not None and span.planned_pct is not None
        )
        yield language.say(
            "needed.plan_short" if lift >= NOTICED else "needed.plan_enough",
            planned=language.percent(needed.planned_pct, 1), points=language.number(lift, 1),
        )  # fmt: skip
    if needed.sectors_pct is not None and abs(needed.sectors_pct - needed.target_pct) >= NOTICED:
        yield language.say(
            "needed.sectors_miss",
            made=language.percent(needed.sectors_pct, 1),
            target=_target(needed, language),
        )


def _read(needed: Needed, language: Language) -> Iterator[str]:
    """How the tables are read."""
    yield language.text["needed.how"]
    sectors = needed.rows[1:]
    if any(not row.own for row in sectors):
        apart = any(row.share is None for row in sectors)
        yield language.text["needed.sectors_apart" if apart else "needed.sectors_sum"]


def _scenario(needed: Needed, language: Language) -> Table:
    """The year across: what is expected and needed of the total by each way, and of each sector."""
    spans = [span for span in needed.rows[0].spans if span.kind != "month"]
    columns = (
        words(language, "column.scenario_part", 2.6),
        *(Column(span_name(span, language), share=1.0) for span in spans),
        head(language, "column.chance_year", 1.2),
    )
    total, *sectors = needed.rows
    ways: list[tuple[str, Callable[[NeededSpan], float | None]]] = [
        ("needed.expected", lambda span: span.expected_pct),
        ("needed.evenly", lambda span: span.evenly_pct),
        ("needed.season", lambda span: span.season_pct),
    ]
    if any(span.lifted_pct is not None for span in total.spans):
        ways.append(("needed.lifted", lambda span: span.lifted_pct))
    own = [_across(language.text[key], total, way, language) for key, way in ways]
    groups = [Group(language.text["needed.total"], tuple(own))]
    if sectors:
        rows = (_across(_named(row, language), row, ways[1][1], language) for row in sectors)
        groups.append(Group(language.text["needed.sectors"], tuple(rows)))
    title = language.say("needed.scenario_title", year=str(needed.year), target=_target(needed, language))
    return Table(title, columns, tuple(groups))


def _across(name: str, row: NeededRow, way: Callable[[NeededSpan], float | None], language: Language) -> Row:
    """One way to the target: what is known of a span that is over, else what it needs."""
    cells = (
        rate(span.expected_pct if span.known else way(span), language)
        for span in row.spans
        if span.kind != "month"
    )
    return name, *cells, _chance_of_year(row, language)


def _named(row: NeededRow, language: Language) -> str:
    """A sector with its share where that is known."""
    name = part_name(row, language)
    if row.share is None:
        return name
    return language.say("needed.share", sector=name, share=language.percent(100 * row.share))


def _quarters(needed: Needed, language: Language) -> Table:
    spans = [span for span in needed.rows[0].spans if span.kind == "quarter" and not span.known]
    planned = any(span.planned_pct is not None for span in spans)
    seen = any(span.seen_of for span in spans)
    columns = (
        words(language, "column.quarter", 0.9),
        head(language, "column.weight_year", 0.8),
        words(language, "column.expected", 1.8),
        head(language, "column.evenly", 1.2),
        head(language, "column.season", 1.2),
        *([head(language, "column.planned", 1.2)] if planned else []),
        *([head(language, "column.quarters_seen", 1.2)] if seen else []),
    )
    rows: list[Row] = [
        (
            span_name(span, language),
            language.percent(100 * span.weight),
            *_weighed(span, language),
            *([_beside(span.planned_pct, span.planned_chance, language)] if planned else []),
            *([_seen(span, language)] if seen else []),
        )
        for span in spans
    ]
    return table(language.say("needed.quarters_title", year=str(needed.year)), columns, rows)


def _months(needed: Needed, language: Language) -> Table:
    columns = (
        words(language, "column.month", 1.0),
        words(language, "column.expected", 2.0),
        head(language, "column.evenly", 1.4),
        head(language, "column.season", 1.4),
    )
    rows: list[Row] = [
        (span_name(span, language), *_weighed(span, language))
        for span in needed.rows[0].spans
        if span.kind == "month"
    ]
    return table(language.say("needed.months_title", year=str(needed.year)), columns, rows)


def _weighed(span: NeededSpan, language: Language) -> tuple[str, str, str]:
    """What is expected, then what is needed by each way with its chance."""
    return (
        f"{rate(span.expected_pct, language)} ({rates(span.lower_80, span.upper_80, language)})",
        _beside(span.evenly_pct, span.evenly_chance, language),
        _beside(span.season_pct, span.season_chance, language),
    )


def _beside(need: float | None, chance: float | None, language: Language) -> str:
    if need is None or chance is None:
        return ""
    return language.text["needed.beside"].format(need=rate(need, language), p=language.odds(chance))


def _seen(span: NeededSpan, language: Language) -> str:
    if span.seen is None or not span.seen_of:
        return ""
    return language.text["needed.seen"].format(seen=str(span.seen), of=str(span.seen_of))


def _chance_of_year(row: NeededRow, language: Language) -> str:
    chance = next(span.evenly_chance for span in row.spans if span.kind == "year")
    return "" if chance is None else language.odds(chance)


def _target(needed: Needed, language: Language) -> str:
    return language.percent(needed.target_pct, 0 if needed.target_pct == round(needed.target_pct) else 1)


def _quarter(last: pd.Period, language: Language) -> str:
    return language.text[QUARTERS[(last.month - 1) // 3]]
