"""`headed`: rates with months down the rows, each column headed by its sector, its measure or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forecast import tables
from forecast.errors import DataError
from forecast.figures.across import (
    Row,
    as_lines,
    measure_of,
    other_tables,
    owner_of,
    refuse_another_measure,
    refuse_cut,
    refuse_merged,
    refuse_signs,
    titles_of,
)
from forecast.figures.denied import of_label
from forecast.figures.lines import IN_PER_MILLE, YEARS_MOVED, Lines, cell_text, years_moved
from forecast.figures.vocabulary import ALIASES, is_sector
from forecast.tables import LeftOut, rates
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Sheet
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.marks import split_number
from forecast.tables.moments import moment
from forecast.tables.rates.statement import statement

_FEWEST = 2  # months that make a column one of months; chosen: one might be a date of something else

_HOW = "months were read down the rows, sectors and measures by what headings and titles say"
_PARTING = " -–—:,;/|"  # what parts a sector from its measure within a heading
_BETWEEN = f"{_PARTING}()[]"


@dataclass(frozen=True)
class _Head:
    """Say what a column is: its names, its measure ("" where words of time make none), why its numbers are no rates."""

    names: Sequence[str] = ()
    measure: str = ""
    denied: str = ""


@dataclass(frozen=True)
class _Headed:
    """Hold a table of this kind.

    months : of each row, "" where it names none · heads : of each column of numbers · notes : how months were read
    """

    block: Block
    lines: Sequence[str]
    months: Sequence[str]
    heads: Mapping[int, _Head]
    notes: tuple[str, ...]

    @property
    def rates(self) -> dict[int, _Head]:
        """The columns that are none but of rates."""
        return {c: head for c, head in self.heads.items() if not head.denied}

    @property
    def unclear(self) -> list[int]:
        """The columns whose words of time or change make no measure."""
        return [c for c, head in self.rates.items() if not head.measure]


def headed(
    opened: Sequence[Sheet], columns: Mapping[str, str], fill: Mapping[str, str]
) -> tuple[Lines, tuple[LeftOut, ...]] | None:
    """Return the rates of such tables as a file of one figure a row, with what is left out; None where there are none.

    columns, fill : as given to `figures.read`; the measure of fill counts for columns of which neither the heading nor
        a title says it
    Raises DataError for a column of a measure without a sector beside others that have one, and what denies its rates.
    """
    if columns:
        return None
    every = [block for sheet in opened for block in blocks(sheet)]
    found = {block: table for block in every if (table := _headed(block, fill)) is not None}
    if not found:
        return None
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for table in found.values():
        _refuse(table, fill)
        rows += _rows(table, fill)
        left_out += _denied(table)
    left_out += other_tables([block for block in every if block not in found], list(found))
    whole = as_lines(opened, rows, fill, _HOW)
    titles = dict.fromkeys(line for table in found.values() for line in table.lines)
    notes = dict.fromkeys(note for table in found.values() for note in table.notes)
    return replace(whole, titles=tuple(titles), notes=(*whole.notes, *notes)), tuple(left_out)


def is_headed(opened: Sequence[Sheet]) -> bool:
    """Tell sheets whose tables are all of this kind, headings or titles saying the measure of each column."""
    every = [_headed(block, {}) for sheet in opened for block in blocks(sheet)]
    return bool(every) and all(table is not None and not table.unclear for table in every)


def _headed(block: Block, fill: Mapping[str, str]) -> _Headed | None:
    """Return a table of this kind, None for another: one of levels, with labels down its rows, or without a sector."""
    header = [" ".join(pieces) for pieces in block.headings]
    texts = [[cell_text(v) for v in row] for row in block.body]
    year = years_moved(header, texts)
    kept = [c for c in range(len(header)) if c != year]
    whole = [[moment(row[i]) for row in texts] for i in range(len(kept))]
    counts = [sum(m is not None and bool(m.whole and m.span == 1) for m in column) for column in whole]
    dated = next((i for i, count in enumerate(counts) if count >= _FEWEST), None)
    if dated is None or _has_columns_of_its_own(header):
        return None
    lines = titles_of(block)
    titled = measure_of((), lines) or _titled(lines) or fill.get("measure", "")
    heads: dict[int, _Head] = {}
    for c in (c for i, c in enumerate(kept) if i != dated):
        kinds = {kind(row[c]) for row in block.body}
        head = _head(block.headings[c], titled) if Kind.NUMBER in kinds else None
        if head is not None:
            heads[c] = head
        elif kinds & {Kind.NUMBER, Kind.TEXT, Kind.DATE}:
            return None
    names = [head.names for head in heads.values() if not head.denied]
    if not any(names) or "sector" in fill and _sectors(names):
        return None
    months = tuple(row[dated] for row in texts)
    return _Headed(block, lines, months, heads, () if year is None else (YEARS_MOVED,))


def _head(pieces: Sequence[str], titled: str) -> _Head | None:
    """Return what a column of numbers is by the lines of its heading, None for one of levels.

    titled : the measure of headings that say none
    """
    whole = " ".join(pieces)
    said = statement([whole])
    if why := of_label(whole) or rates.REASONS.get(said.left_out, ""):
        return _Head(denied=why)
    speaking = [piece for piece in pieces if not _is_name(piece)]
    names = [piece for piece in pieces if piece not in speaking]
    if not speaking:
        return _Head(names, titled) if titled else None
    if said.base is not None and said.base.kind == "base year":
        return None
    name, measure = _split(" ".join(speaking))
    if measure and not (name or names) and rates.says(" ".join(speaking), "production"):
        return _Head(["total"], measure)
    return _Head([*names, *([name] if name else [])], measure)


def _has_columns_of_its_own(header: Sequence[str]) -> bool:
    """Tell headings of a file of one figure a row, or of its day of publication: not months alone."""
    try:
        return bool(tables.match_headings(header, ALIASES).keys() - {"period"})
    except ValueError:
        return True


def _titled(titles: Sequence[str]) -> str:
    """Return the measure that one title says beside a name, "" for none or several."""
    measures = {measure for _, measure in map(_split, titles) if measure}
    return measures.pop() if len(measures) == 1 else ""


def _sectors(names: Sequence[Sequence[str]]) -> list[str]:
    """Return the sectors among the names of columns, without those of regions."""
    owners = (owner_of(own, {}) for own in names)
    return [sector for region, sector in owners if sector and not region]


def _is_name(text: str) -> bool:
    """Tell a text that says nothing of time or change."""
    said = statement([text])
    return not (said.whats or said.base or said.compares or said.growth or said.left_out)


def _split(text: str) -> tuple[str, str]:
    """Return the name and the measure in a text, the name "" where it is all measure, both "" where it has none.

    >>> _split("Mining: % on previous month"), _split("YoY (%)"), _split("Total YoY (%)"), _split("% change Food")
    (('Mining', 'mom_pct'), ('', 'yoy_pct'), ('Total', 'yoy_pct'), ('', ''))
    """
    words = text.split()
    ways = []
    for n in range(1, len(words)):
        for named, said in ((words[:n], words[n:]), (words[-n:], words[:-n])):
            name = " ".join(named).strip(_BETWEEN)
            if all(map(_is_name, (name, *named))) and (
                measure := rates.measure_alone(" ".join(said).strip(_PARTING))
            ):
                ways.append((name, measure))
    known = [way for way in ways if is_sector(way[0])]
    if known or not (alone := rates.measure_alone(text)):
        return next(iter(known or ways), ("", ""))
    return "", alone


def _refuse(table: _Headed, fill: Mapping[str, str]) -> None:
    """Raise DataError for what denies the rates of a table, or what keeps them from being read."""
    block = table.block
    if why := rates.objection(table.lines):
        raise DataError(
            f"{block.first_place}: {why}; delete it where it does not hold, or leave the table out"
        )
    said = [*table.lines, *(text for c in table.rates for text in block.headings[c])]
    if any(map(rates.per_mille, said)):
        raise DataError(f"{block.first_place}: {IN_PER_MILLE}")
    refuse_another_measure(block, table.lines, fill)
    refuse_signs(block)
    refuse_cut(block, [r for r, month in enumerate(table.months) if month])
    refuse_merged(block, [list(table.rates)] * len(block.body))
    problems = [_problem(" ".join(block.headings[c]), head) for c, head in table.rates.items()]
    if any(problems):
        raise DataError(*(f"{block.first_place}: {problem}" for problem in problems if problem))


def _problem(heading: str, head: _Head) -> str:
    """Say what keeps a column of rates from being read, "" for nothing."""
    if not head.measure:
        name = next(iter(head.names), "Mining")
        return (
            f'heading "{heading}": its words make no measure; write it as "{name}: % on previous month" or "… % on '
            'same month of previous year", or leave the column out'
        )
    if not head.names:
        return (
            f'heading "{heading}" names no sector, others do; write its sector into it, as "Total {heading}"'
        )
    return ""


def _rows(table: _Headed, fill: Mapping[str, str]) -> list[Row]:
    """Return the figures of a table."""
    block = table.block
    rows: list[Row] = []
    for r, (row, month) in enumerate(zip(block.body, table.months, strict=True)):
        for c, head in table.rates.items():
            if kind(row[c]) not in (Kind.EMPTY, Kind.MISSING):
                value = split_number(heading_text(row[c]))[0]
                line = block.sheet.lines[block.rows[r]]
                rows.append(((*owner_of(head.names, fill), month, head.measure, value), line))
    return rows


def _denied(table: _Headed) -> list[LeftOut]:
    """Return the numbers of columns that are no rates of production."""
    block = table.block
    left_out = []
    for c, head in ((c, head) for c, head in table.heads.items() if head.denied):
        rows = [r for r, row in enumerate(block.body) if kind(row[c]) is Kind.NUMBER]
        left_out.append(LeftOut(head.denied, " ".join(block.headings[c]), len(rows), block.place(rows[0], c)))
    return left_out
