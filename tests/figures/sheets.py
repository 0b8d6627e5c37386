"""Sheets made in memory, as a workbook would give them, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forecast.figures import bulletin
from forecast.figures.bulletin import Declared
from forecast.tables import LeftOut
from forecast.tables.cells import Area, Sheet, Value

Rows = Sequence[Sequence[Value]]
PUBLISHED = {"region": "here", "published": "2024-05-29"}
FILE = "b.xlsx"


def sheet(rows: Rows, title: str = "IIP", merged: Sequence[Area] = ()) -> Sheet:
    """Return a sheet of rows, shorter ones filled up, empty texts as empty cells."""
    wide = max(map(len, rows))
    cells = tuple(tuple(None if v == "" else v for v in (*row, *[""] * (wide - len(row)))) for row in rows)
    numbered = tuple(range(1, len(rows) + 1))
    return Sheet(f"{FILE}[{title}]", title, cells, numbered, tuple(merged), lettered=True)


def table(
    headings: Sequence[Sequence[str]], values: Mapping[str, Sequence[Value]], *titles: str
) -> list[list[Value]]:
    """Return the rows of a table: titles, headings from top to bottom, a row per label."""
    deep = max(map(len, headings))
    heads: list[list[Value]] = [["", *(h[i] if i < len(h) else "" for h in headings)] for i in range(deep)]
    return [*[[title] for title in titles], [""], *heads, *[[label, *row] for label, row in values.items()]]


def read(
    *sheets: Sheet, fill: Mapping[str, str] = PUBLISHED, **said: object
) -> dict[tuple[str, str, str, str], float]:
    """Return region, sector, month, measure -> value of a bulletin."""
    records, _, _ = whole(*sheets, fill=fill, **said)
    return {
        (str(r["region"]), str(r["sector"]), str(r["period"]), str(r["measure"])): float(str(r["value"]))
        for r in records
    }


def whole(
    *sheets: Sheet, fill: Mapping[str, str] = PUBLISHED, **said: object
) -> tuple[list[dict[str, object]], tuple[str, ...], tuple[LeftOut, ...]]:
    """Return the records of a bulletin, its notes and what was left out."""
    return bulletin.read(FILE, sheets, Declared(fill=fill, **said))  # type: ignore[arg-type]
