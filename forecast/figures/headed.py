"""`headed`: rates with months down the rows, each column headed by its sector or region, its measure or both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from forecast import tables
from forecast.errors import DataError
from forecast.figures.across import (
    Row,
    as_lines,
    measure_of,
    other_tables,
    refuse_another_measure,
    refuse_cut,
    refuse_merged,
    refuse_signs,
    titles_of,
)
from forecast.figures.bulletin import place, place_named
from forecast.figures.denied import against
from forecast.figures.heads import Head, head, sector_of, split
from forecast.figures.lines import IN_PER_MILLE, YEARS_MOVED, Lines, cell_text, years_moved
from forecast.figures.vocabulary import ALIASES, is_sector
from forecast.tables import LeftOut, rates
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Sheet
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.labels import bare, marks_of
from forecast.tables.marks import split_number
from forecast.tables.moments import moment

_BASE = re.compile(r"[(\[]?\b(?:\d{4}\s*=\s*100|100\s*=\s*\d{4})\b[)\]]?")
"""The base of an index in a title that says its growth."""
_FEWEST = 2  # months that make a column one of months; chosen: one might be a date of something else

_HOW = "months were read down the rows, sectors and measures by what headings and titles say"


@dataclass(frozen=True)
class _Headed:
    """Hold a table of this kind.

    titles : lines above it, and the name of its sheet · months : of each row as written, "" where it names none
    dated : column of months · heads : of each column of numbers · notes : how months were read
    """

    block: Block
    titles: Sequence[str]
    months: Sequence[str]
    dated: int
    heads: Mapping[int, Head]
    notes: tuple[str, ...]

    @property
    def rates(self) -> dict[int, Head]:
        """The columns that are none but of rates."""
        return {c: head for c, head in self.heads.items() if not head.denied}

    @property
    def unclear(self) -> list[int]:
        """The columns whose words of time or change make no measure."""
        return [c for c, head in self.rates.items() if not head.measure]

    def heading(self, c: int) -> str:
        """Return the heading of a column in one line."""
        return " ".join(self.block.headings[c])


def headed(
    opened: Sequence[Sheet], columns: Mapping[str, str], fill: Mapping[str, str]
) -> tuple[Lines, tuple[LeftOut, ...]] | None:
    """Return the rates of such tables as a file of one figure a row, with what is left out; None where there are none.

    columns, fill : as given to `figures.read`; the measure of fill counts for columns of which neither the heading nor
        a title says it
    Raises DataError for what says against the rates, and for columns or rows of which it is not clear what they are.
    """
    if columns:
        return None
    every = [block for sheet in opened for block in blocks(sheet)]
    found = {block: table for block in every if (table := _headed(block, fill)) is not None}
    if not found:
        return None
    problems = [problem for table in found.values() for problem in _problems(table)]
    if problems:
        raise DataError(*problems)
    rows: list[Row] = []
    left_out: list[LeftOut] = []
    for table in found.values():
        _refuse_shape(table, fill)
        rows += _rows(table, _owners(table, fill))
        left_out += _denied(table)
    _refuse_twice(opened[0].file, rows)
    left_out += other_tables([block for block in every if block not in found], list(found))
    whole = as_lines(opened, rows, fill, _HOW)
    titles = dict.fromkeys(line for table in found.values() for line in table.titles)
    notes = dict.fromkeys(note for table in found.values() for note in table.notes)
    return replace(whole, titles=tuple(titles), notes=(*whole.notes, *notes)), tuple(left_out)


def is_headed(opened: Sequence[Sheet]) -> bool:
    """Tell sheets whose tables are all of this kind, headings or titles saying the measure of each column."""
    every = [_headed(block, {}) for sheet in opened for block in blocks(sheet)]
    return bool(every) and all(table is not None and not table.unclear for table in every)


def _headed(block: Block, fill: Mapping[str, str]) -> _Headed | None:
    """Return a table of this kind, None for another: one of levels, with labels down its rows, or without a sector."""
    header = [" ".join(pieces) for pieces in block.headings]
    titles = titles_of(block)
    titled = measure_of((), titles) or _titled(titles) or fill.get("measure", "")
    if _has_columns_of_its_own(header) or _ends_in_levels(block, titled):  # before each cell is read
        return None
    texts = [[cell_text(v) for v in row] for row in block.body]
    year = years_moved(header, texts)
    kept = [c for c in range(len(header)) if c != year]
    whole = [[_is_month(row[i]) for row in texts] for i in range(len(kept))]
    dated = next((i for i, column in enumerate(whole) if sum(column) >= _FEWEST), None)
    if dated is None:
        return None
    heads: dict[int, Head] = {}
    for c in (c for i, c in enumerate(kept) if i != dated):
        kinds = {kind(row[c]) for r, row in enumerate(block.body) if whole[dated][r]}
        of = head(block.headings[c], titled) if Kind.NUMBER in kinds else None
        if of is not None:
            heads[c] = of
        elif kinds & {Kind.NUMBER, Kind.TEXT, Kind.DATE}:
            return None
    heads = _unmarked(block, heads)
    if not any(of.names for of in heads.values() if not of.denied) or "sector" in fill and _sectors(heads):
        return None
    months = tuple(row[dated] for row in texts)
    return _Headed(block, titles, months, kept[dated], heads, () if year is None else (YEARS_MOVED,))


def _ends_in_levels(block: Block, titled: str) -> bool:
    """Tell a table whose last column holds numbers of which neither its heading nor a title says a measure."""
    numbers = any(kind(row[-1]) is Kind.NUMBER for row in block.body)
    return numbers and head(block.headings[-1], titled) is None


def _is_month(text: str) -> bool:
    """Tell a text that names a month with its year."""
    when = moment(text)
    return when is not None and bool(when.whole) and when.span == 1


def _unmarked(block: Block, heads: Mapping[int, Head]) -> dict[int, Head]:
    """Return columns with names without the marks of footnotes and the numbers of their columns."""
    named = {c: of for c, of in heads.items() if of.names}
    last = [of.names[-1] for of in named.values()]
    plain = bare(last, [(*of.names[:-1], of.measure) for of in named.values()], marks_of(block.sheet))
    return {
        c: replace(of, names=(*of.names[:-1], plain[of.names[-1]])) if c in named else of
        for c, of in heads.items()
    }


def _has_columns_of_its_own(header: Sequence[str]) -> bool:
    """Tell headings of a file of one figure a row, or of its day of publication: not months alone."""
    try:
        return bool(tables.match_headings(header, ALIASES).keys() - {"period"})
    except ValueError:
        return True


def _titled(titles: Sequence[str]) -> str:
    """Return the measure that one title says beside a name, "" for none or several."""
    measures = {measure for title in titles if (measure := split(_BASE.sub("", title))[1])}
    return measures.pop() if len(measures) == 1 else ""


def _sectors(heads: Mapping[int, Head]) -> list[str]:
    """Return the sectors that columns name, without those of regions."""
    return [of.names[-1] for of in heads.values() if of.names and not any(map(place, of.names))]


def _problems(table: _Headed) -> Iterator[str]:
    """Yield what says against the rates of a table, and what is not clear in it."""
    block = table.block
    if why := rates.objection(table.titles):
        yield f"{block.first_place}: {why}; delete it where it does not hold, or leave the table out"
    around = [*table.titles, block.sheet.title, table.heading(table.dated), *block.foot]
    for text in dict.fromkeys(around):
        if why := against(text):
            said = (
                IN_PER_MILLE
                if rates.per_mille(text)
                else "delete it where it does not hold, or leave the table out"
            )
            yield f'{block.first_place}: "{text}" says {why}; {said}'
    for r, row in enumerate(block.body):
        filled = [c for c, v in enumerate(row) if v not in (None, "")]
        if not any(c in table.heads for c in filled) and not _is_month(table.months[r]):
            text = " ".join(heading_text(row[c]) for c in filled)
            yield (
                f'{block.place(r, filled[0])}: "{text}" among the months does not say what it makes of the rows below; '
                "delete it where it says nothing, or put what it heads in a file or sheet of its own"
            )
    for c, of in table.rates.items():
        if problem := _problem(table.heading(c), of):
            yield f"{block.first_place}: {problem}"


def _problem(heading: str, of: Head) -> str:
    """Say what keeps a column of rates from being read, "" for nothing."""
    if not of.measure:
        name = next(iter(of.names), "Mining")
        return (
            f'heading "{heading}": its words make no measure; write it as "{name}: % on previous month", "… % on same '
            'month of previous year" or "… year to date, % on a year ago", or delete the column'
        )
    if not of.names:
        return f'heading "{heading}" names no sector, others do; write its sector in front of it'
    return ""


def _refuse_shape(table: _Headed, fill: Mapping[str, str]) -> None:
    """Raise DataError for signs, rows and cells of which it is not clear what they are."""
    refuse_another_measure(table.block, table.titles, fill)
    refuse_signs(table.block)
    refuse_cut(table.block, [r for r, month in enumerate(table.months) if month])
    refuse_merged(table.block, [list(table.rates)] * len(table.block.body))


def _owners(table: _Headed, fill: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    """Return the region and the sector of each column, the region "" where nothing names one.

    Of columns of sectors the lowest name is theirs; of those of regions the sector is the one of the title.
    Raises DataError where some columns name regions and others none, and for titles of another region or sector.
    """
    block = table.block
    regions = {c: next(filter(None, map(place, of.names)), "") for c, of in table.rates.items()}
    said = [name for name, measure in map(split, table.titles) if measure and name]
    if all(regions.values()):
        others = [name for name in said if not is_sector(name) and sector_of(name) != "total"]
        if others and "sector" not in fill:
            raise DataError(
                f'{block.first_place}: columns of regions below "{others[0]}"; give their sector under fill (sector=…)'
            )
        sector = fill.get("sector") or next(filter(is_sector, said), "total")
        return {c: (region, sector) for c, region in regions.items()}
    if any(regions.values()):
        unknown = next(c for c, region in regions.items() if not region)
        known = next(c for c, region in regions.items() if region)
        raise DataError(
            f'{block.first_place}: "{table.heading(known)}" names a region, "{table.heading(unknown)}" none that is '
            "known; give each region a file of its own, and name it under fill"
        )
    titled = {region for text in (*said, *table.titles, block.sheet.title) if (region := place_named(text))}
    given = fill.get("region", "")
    other = next((region for region in titled if given and region not in (given, place_named(given))), "")
    if len(titled) > 1 or other:
        raise DataError(
            f"{block.first_place}: its titles name {' and '.join(sorted(titled))}, fill says region={given}; "
            "give the one that holds, or delete what does not hold from the title or the name of the sheet"
        )
    region = next(iter(titled), "")
    return {c: (region, sector_of(of.names[-1])) for c, of in table.rates.items()}


def _refuse_twice(file: str, rows: Sequence[Row]) -> None:
    """Raise DataError for two columns or tables that hold the same sector, measure and month."""
    first: dict[tuple[str, ...], int] = {}
    for (region, sector, month, measure, _), line in rows:
        key = tuple(map(tables.fold, (region, sector, month, measure)))
        if key in first:
            raise DataError(
                f"{file}:{line}: a second {measure} of {sector} in {month}, the first in line {first[key]}; name in "
                "its heading what tells the column apart, or put each table in a file of its own"
            )
        first[key] = line


def _rows(table: _Headed, owners: Mapping[int, tuple[str, str]]) -> list[Row]:
    """Return the figures of a table."""
    block = table.block
    rows: list[Row] = []
    for r, (row, month) in enumerate(zip(block.body, table.months, strict=True)):
        for c, of in table.rates.items():
            if kind(row[c]) not in (Kind.EMPTY, Kind.MISSING):
                value = split_number(heading_text(row[c]))[0]
                rows.append(((*owners[c], month, of.measure, value), block.sheet.lines[block.rows[r]]))
    return rows


def _denied(table: _Headed) -> list[LeftOut]:
    """Return the numbers of columns that are no rates of production."""
    block = table.block
    left_out = []
    for c, of in ((c, of) for c, of in table.heads.items() if of.denied):
        rows = [r for r, row in enumerate(block.body) if kind(row[c]) is Kind.NUMBER]
        left_out.append(LeftOut(of.denied, table.heading(c), len(rows), block.place(rows[0], c)))
    return left_out
