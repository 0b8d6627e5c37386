"""`grid`: the series of a file, of the one sheet that holds months by series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.downward import NoMonthsError
from forecast.series.indexed import periods
from forecast.series.labelled import year_of_titles
from forecast.series.layout import Grid, begun, held, seen, together
from forecast.series.periods import OF_YEAR
from forecast.series.table import read_sheet
from forecast.series.titles import goes_on
from forecast.tables import LeftOut, Source
from forecast.tables.cells import Sheet
from forecast.tables.kinds import Kind, kind

_YEARS_AS_ONE = "sheets called by their years are read as one where all hold the same series on one base"


def grid(
    path: Source,
    sheet: str | None,
    headings: Mapping[str, str] | None,
    names: Sequence[str] = (),
    until: pd.Period | None = None,
) -> Grid:
    """Return the series of a file whatever its layout.

    names : series asked for; of several sheets the one that has them all is meant
    until : last month looked at, None for all
    Raises DataError where no table of the file holds months, or several sheets do and none is named.
    """
    read: list[Grid] = []
    others: list[Sheet] = []
    refused: list[DataError] = []
    opened = tables.sheets(path, sheet)
    for one in opened:
        try:
            read.append(read_sheet(one, headings or {}, until))
        except DataError as error:
            refused.append(error)
            others.append(one)
    heads = {of for one in opened if one not in others for of in _heads(one)}
    strange = [
        error
        for error, one in zip(refused, others, strict=True)
        if not isinstance(error, NoMonthsError) or (_unread(one).count and heads & _heads(one))
    ]
    if len(read) > 1 and names:
        wanted = {tables.fold(name) for name in names}
        having = [g for g in read if wanted <= {tables.fold(line.name) for line in g.levels}]
        if len(having) == 1:
            others += [one for one in opened if one.file != having[0].file and one not in others]
            read = having
    read = _of_years(read, until)
    if len(read) > 1:
        titles = [_title(g.file) for g in read]
        called = any(year_of_titles([title]) for title in titles)
        raise DataError(
            f"{Path(path).name}: {len(read)} sheets hold data ({', '.join(titles)}); name one as sheet"
            + (f" ({_YEARS_AS_ONE})" if called else "")
        )
    if read and strange:
        raise DataError(*strange[0].problems, f"{Path(path).name}: or name another sheet as sheet")
    if not read:
        raise (strange or refused)[0]
    left = (_unread(one) for one in others)
    return replace(held(read[0]), left_out=(*read[0].left_out, *(item for item in left if item.count)))


def _of_years(parts: Sequence[Grid], until: pd.Period | None) -> list[Grid]:
    """Return sheets that are each called by the year of their months, and hold the same series, as one; others as they
    are.
    """
    early = begun(parts, until)
    held = [{*periods([cell.month for line in part.lines for cell in line.cells]).year} for part in early]
    named = {year_of_titles([_title(part.file)]): part for part in early}
    if len(parts) < 2 or len(named) < len(early) or held != [{year} for year in named]:
        return list(parts)
    alike = len({frozenset(tables.fold(line.name) for line in part.levels) for part in early}) == 1
    if not alike or not all(goes_on(early[0].titles, part.titles) for part in early):
        return list(parts)
    whole = seen(together([_placed(part) for _, part in sorted(named.items())], ()), until)
    told = f"the sheets {', '.join(_title(part.file) for part in early)} were read as one table"
    notes = (told, *(note for note in whole.notes if not note.startswith(OF_YEAR)))
    return [replace(whole, file=whole.file.partition("[")[0], notes=notes)]


def _placed(part: Grid) -> Grid:
    """Return a grid whose cells name their sheet."""
    lines = (
        replace(line, cells=tuple(cell._replace(file=part.file) for cell in line.cells))
        for line in part.lines
    )
    return replace(part, lines=tuple(lines))


def _heads(sheet: Sheet) -> set[tuple[str, ...]]:
    """Return the rows of a sheet that may head a table: two texts or more, and no number."""
    kinds = [{kind(value) for value in row} - {Kind.EMPTY} for row in sheet.rows]
    rows = (row for row, of in zip(sheet.rows, kinds, strict=True) if Kind.NUMBER not in of)
    texts = (tuple(tables.fold(str(value)) for value in row if value not in (None, "")) for row in rows)
    return {of for of in texts if len(of) > 1}


def _unread(sheet: Sheet) -> LeftOut:
    """Count the numbers of a sheet without months."""
    count = sum(kind(value) is Kind.NUMBER for row in sheet.rows for value in row)
    return LeftOut("number of another sheet", sheet.title, count, sheet.file)


def _title(file: str) -> str:
    """Return the sheet's own name in "x.xlsx[IIP]"."""
    return file.partition("[")[2].removesuffix("]") or file
