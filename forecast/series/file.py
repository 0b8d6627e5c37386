"""`grid`: the series of a file, of the one sheet that holds months by series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.downward import NoMonthsError
from forecast.series.labelled import year_of_titles
from forecast.series.layout import Grid, held
from forecast.series.table import read_sheet
from forecast.series.year_sheets import as_one, refuse_several
from forecast.tables import LeftOut, Source
from forecast.tables.cells import Sheet
from forecast.tables.kinds import Kind, kind


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
    alike = {of for one in opened if one not in others for of in _kinds(one)}
    strange = [
        error
        for error, one in zip(refused, others, strict=True)
        if not isinstance(error, NoMonthsError) or (_unread(one).count and alike & _kinds(one))
    ]
    if len(read) > 1 and names:
        wanted = {tables.fold(name) for name in names}
        having = [g for g in read if wanted <= {tables.fold(line.name) for line in g.levels}]
        if len(having) == 1:
            others += [one for one in opened if one.file != having[0].file and one not in others]
            read = having
    read = as_one(read, until)
    if len(read) > 1:
        refuse_several(Path(path).name, read)
    if read and strange:
        joined = read[0].file == Path(path).name
        other = (
            "delete that sheet, or move it to a file of its own" if joined else "name another sheet as sheet"
        )
        raise DataError(*strange[0].problems, f"{Path(path).name}: or {other}")
    if not read:
        raise (strange or refused)[0]
    left = (_unread(one) for one in others)
    return replace(held(read[0]), left_out=(*read[0].left_out, *(item for item in left if item.count)))


def _kinds(sheet: Sheet) -> set[tuple[str, ...]]:
    """Return what tells sheets of one kind: rows that may head a table, two texts or more and no number, and its name
    where that holds a year, without it.
    """
    kinds = [{kind(value) for value in row} - {Kind.EMPTY} for row in sheet.rows]
    rows = (row for row, of in zip(sheet.rows, kinds, strict=True) if Kind.NUMBER not in of)
    texts = (tuple(tables.fold(str(value)) for value in row if value not in (None, "")) for row in rows)
    year = year_of_titles([sheet.title])
    return {of for of in texts if len(of) > 1} | ({(sheet.title.replace(f"{year}", ""),)} if year else set())


def _unread(sheet: Sheet) -> LeftOut:
    """Count the numbers of a sheet without months."""
    count = sum(kind(value) is Kind.NUMBER for row in sheet.rows for value in row)
    return LeftOut("number of another sheet", sheet.title, count, sheet.file)
