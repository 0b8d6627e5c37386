"""The sheets of a workbook: every table of the report, numbers as numbers, and the long tables month by month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from forecast.outcome import FanMonth, NeededSpan, NextRelease, Onset, Outcome
from forecast.report.blocks import Document, Facts, Heading, Link, Paragraph, Row, Side, Span, Table, Tiles
from forecast.report.chapters import needed
from forecast.report.words import Language, Printed

LONGEST_NAME = 31  # letters that a spreadsheet allows (Excel's specification)
MONTH, LEVEL, CHANCE, RATE = "mm/yyyy", "0.0", "0.0%", "+0.0%;-0.0%;0.0%"
SHARES = (50, 80, 90)  # outcomes in 100 within the bands of a report
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


@dataclass(frozen=True)
class Cell:
    """Hold one value, how a spreadsheet shows it, and the address it opens."""

    value: str | float | date | None
    shown: str = "General"
    address: str = ""


@dataclass(frozen=True)
class Sheet:
    """Hold one titled table of cells under a name of its own."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(document: Document, outcome: Outcome, language: Language) -> list[Sheet]:
    """Return the summary, the long tables with all their digits, then every table of the document as it is printed."""
    first = [_summary(document, language), *_monthly(outcome, language)]
    return _named([*first, *(_sheet(table, language) for table in _tables(document))])


def cell(text: str) -> Cell:
    """Return a printed number as a number with its digits, sign and percent; a range, a month, "under 1%" stay text."""
    return Cell(text.value, text.form) if isinstance(text, Printed) else Cell(text or None)


def _summary(document: Document, language: Language) -> Sheet:
    """The finding and the key numbers of page one."""
    first = document.blocks[: next(i for i, b in enumerate(document.blocks) if isinstance(b, Tiles)) + 1]
    rows: list[tuple[Cell, ...]] = []
    for block in first:
        if isinstance(block, Heading | Paragraph):
            rows.append((Cell(block.text),))
        elif isinstance(block, Tiles):
            for tile in block.tiles:
                if isinstance(tile, Facts):
                    rows += [(Cell(what), cell(value), Cell(tile.label)) for what, value in tile.pairs]
                else:
                    rows.append((Cell(tile.label), cell(tile.value), Cell(_joined(tile.lines))))
    return Sheet(language.text["workbook.summary"], document.title, (document.stand,), tuple(rows))


def _joined(lines: Iterable[str]) -> str:
    """The lines of a tile in one cell; one that ends in a colon opens the next."""
    return "; ".join(lines).replace(":; ", ": ")


def _monthly(outcome: Outcome, language: Language) -> Iterator[Sheet]:
    """The long tables in full, months as dates."""
    yield _history(outcome, language)
    yield _fan(outcome, language)
    if outcome.slump is not None:
        yield _return(outcome, language)
    if outcome.onset is not None:
        yield _onset(outcome, outcome.onset, language)
    if outcome.next_releases:
        yield _next(outcome, language)
    if outcome.needed:
        yield _needed(outcome, language)


def _history(outcome: Outcome, language: Language) -> Sheet:
    text = language.text
    head = (text["column.month"], text["column.level"], text["workbook.of_normal"], *_limits((80,), language))
    rows = (
        (
            _month(row.month),
            *(Cell(value, LEVEL) for value in (row.level, row.level_pct_of_normal, row.lower, row.upper)),
            Cell(language.name("status", row.kind)),
        )
        for row in outcome.history
    )
    title = text["workbook.history_title"]
    return Sheet(text["workbook.history"], title, (*head, text["column.status"]), tuple(rows))


def _fan(outcome: Outcome, language: Language) -> Sheet:
    text = language.text
    head = (text["column.month"], text["column.median"], *_limits(SHARES, language))
    rows = ((_month(row.month), *(Cell(value, LEVEL) for value in _bands(row))) for row in outcome.fan)
    return Sheet(text["workbook.fan"], text["attachment.fan.csv"], head, tuple(rows))


def _return(outcome: Outcome, language: Language) -> Sheet:
    text = language.text
    rows = (
        (
            Cell(language.label(answer.label)),
            _month(row.month),
            Cell(row.probability, CHANCE),
            Cell(row.cumulative, CHANCE),
        )
        for answer in outcome.recovery.values()
        for row in answer.distribution
    )
    head = tuple(
        text[key] for key in ("column.scenario", "column.month", "workbook.in_month", "workbook.by_month")
    )
    return Sheet(text["workbook.return"], text["attachment.recovery.csv"], head, tuple(rows))


def _onset(outcome: Outcome, onset: Onset, language: Language) -> Sheet:
    text = language.text
    rows = (
        (
            Cell(language.label(outcome.recovery[name].label)),
            _month(outcome.origin + h),
            Cell(p, CHANCE),
        )
        for name, by in onset.cumulative.items()
        for h, p in enumerate(by, start=1)
    )
    head = tuple(text[key] for key in ("column.scenario", "column.month", "workbook.begun_by"))
    return Sheet(text["workbook.onset"], text["attachment.onset.csv"], head, tuple(rows))


def _next(outcome: Outcome, language: Language) -> Sheet:
    text = language.text
    head = (
        text["column.month"], text["column.measure"], text["column.median"], *_limits(SHARES, language)
    )  # fmt: skip
    rows = (
        (
            _month(row.month),
            Cell(language.name("measure", row.measure)),
            *(Cell(value / 100.0, RATE) for value in _bands(row)),
        )
        for row in outcome.next_releases
    )
    return Sheet(text["workbook.next"], text["attachment.next_releases.csv"], head, tuple(rows))


def _needed(outcome: Outcome, language: Language) -> Sheet:
    text = language.text
    chance = text["column.chance_of"]
    keys = ("needed_evenly", "needed_season", "needed_plan")
    head = (
        *(text[f"column.{name}"] for name in ("year", "series", "span", "weight_year")),
        text["column.median"], *_limits((80,), language),
        *(title for name in keys for title in (text[f"column.{name}"], chance)),
        text["column.needed_lifted"],
    )  # fmt: skip
    rows = (
        (
            Cell(year.year, "0"), Cell(needed.part_name(row, language)), Cell(needed.span_name(span, language)),
            Cell(span.weight, CHANCE), *_needs(span),
        )
        for year in outcome.needed
        for row in year.rows
        for span in row.spans
    )  # fmt: skip
    return Sheet(text["workbook.needed"], text["workbook.needed_title"], head, tuple(rows))


def _needs(span: NeededSpan) -> Iterator[Cell]:
    """What is expected of a span, then what it needs by each way with its chance, and by the plan lifted."""
    for growth in (span.expected_pct, span.lower_80, span.upper_80):
        yield Cell(growth / 100.0, RATE)
    for need, chance in (
        (span.evenly_pct, span.evenly_chance),
        (span.season_pct, span.season_chance),
        (span.planned_pct, span.planned_chance),
    ):
        yield Cell(None if need is None else need / 100.0, RATE)
        yield Cell(chance, CHANCE)
    yield Cell(None if span.lifted_pct is None else span.lifted_pct / 100.0, RATE)


def _limits(shares: Iterable[int], language: Language) -> tuple[str, ...]:
    """The heads of the lower and upper limits of bands."""
    ends = [language.text[key] for key in ("workbook.lower", "workbook.upper")]
    return tuple(
        f"{language.say('column.band', share=str(share))}: {end}" for share in shares for end in ends
    )


def _bands(row: FanMonth | NextRelease) -> tuple[float, ...]:
    """Median and limits in the order of `_limits`."""
    limits = (getattr(row, f"{end}_{share}") for share in SHARES for end in ("lower", "upper"))
    return (row.median, *limits)


def _tables(document: Document) -> Iterator[Table]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Side):
            yield from (block.left, block.right)


def _sheet(table: Table, language: Language) -> Sheet:
    """A printed table; where its rows stand under headings, the heading becomes a column of its own."""
    grouped = any(group.title for group in table.groups)
    head = tuple(column.title for column in table.columns)
    return Sheet(
        table.title,
        table.title,
        (language.text["column.series"], *head) if grouped else head,
        tuple(
            ((Cell(group.title),) if grouped else ()) + tuple(_cells(row))
            for group in table.groups
            for row in group.rows
        ),
    )


def _cells(row: Row) -> Iterator[Cell]:
    for item in row:
        if isinstance(item, Link):
            yield Cell(item.text, address=item.address)
        elif isinstance(item, Span):
            yield Cell(item.text)
            yield from (Cell(None) for _ in range(item.columns - 1))
        else:
            yield cell(item)


def _month(month: pd.Period) -> Cell:
    return Cell(date(month.year, month.month, 1), MONTH)


def _named(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets under names that a spreadsheet takes: the title to its first colon or comma, each name once."""
    named: list[Sheet] = []
    taken: set[str] = set()
    for sheet in sheets:
        name = _short(_FORBIDDEN.sub(" ", re.split(r"[:,]", sheet.name)[0]).strip() or "–", LONGEST_NAME)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{_short(name.removesuffix(f' ({number - 1})'), LONGEST_NAME - 4)} ({number})"
        taken.add(name.casefold())
        named.append(Sheet(name, sheet.title, sheet.head, sheet.rows))
    return named


def _short(text: str, letters: int) -> str:
    """The text cut at the end of a word."""
    if len(text) <= letters:
        return text
    words: Sequence[str] = text[: letters + 1].split(" ")
    return " ".join(words[:-1]) or text[:letters]
