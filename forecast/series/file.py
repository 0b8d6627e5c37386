"""`grid`: the series of a file, of the one sheet that holds months by series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from forecast import tables
from forecast.arrays import YEAR
from forecast.errors import DataError
from forecast.series.downward import NoMonthsError
from forecast.series.labelled import year_of_titles
from forecast.series.layout import Grid, begun, seen, together
from forecast.series.periods import OF_YEAR
from forecast.series.table import read_sheet
from forecast.tables import LeftOut, Source
from forecast.tables.cells import Sheet
from forecast.tables.kinds import Kind, kind

_EPOCH = 1970  # year of the month with the ordinal 0


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
    if len(read) > 1 and names:
        wanted = {tables.fold(name) for name in names}
        having = [g for g in read if wanted <= {tables.fold(line.name) for line in g.levels}]
        if len(having) == 1:
            others += [one for one in opened if one.file != having[0].file and one not in others]
            read = having
    read = _of_years(read, until)
    strange = [error for error in refused if not isinstance(error, NoMonthsError)]
    if len(read) > 1:
        raise DataError(
            f"{Path(path).name}: {len(read)} sheets hold data ({', '.join(_title(g.file) for g in read)}); "
            "name one as sheet"
        )
    if read and strange:
        raise DataError(*strange[0].problems, f"{Path(path).name}: or name another sheet as sheet")
    if not read:
        raise (strange or refused)[0]
    left = (_unread(one) for one in others)
    return replace(read[0], left_out=(*read[0].left_out, *(item for item in left if item.count)))


def _of_years(parts: Sequence[Grid], until: pd.Period | None) -> list[Grid]:
    """Return sheets that are each called by the year of their months as one; others as they are."""
    early = begun(parts, until)
    held = [{cell.month // YEAR + _EPOCH for line in part.lines for cell in line.cells} for part in early]
    named = {year_of_titles([_title(part.file)]): part for part in early}
    if len(parts) < 2 or len(named) < len(early) or held != [{year} for year in named]:
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


def _unread(sheet: Sheet) -> LeftOut:
    """Count the numbers of a sheet without months."""
    count = sum(kind(value) is Kind.NUMBER for row in sheet.rows for value in row)
    return LeftOut("number of another sheet", sheet.title, count, sheet.file)


def _title(file: str) -> str:
    """Return the sheet's own name in "x.xlsx[IIP]"."""
    return file.partition("[")[2].removesuffix("]") or file
