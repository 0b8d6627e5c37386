"""The content of an .ods workbook: percentages, merged cells, and cells far from all others.

LibreOffice writes empty rows and columns as one with a count, a million of them where a sheet ends in a stray cell.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from forecast.tables.cells import Area
from forecast.tables.opening import raised
from forecast.tables.opening.spots import Gathered, Marks, Spot

_CONTENT = "content.xml"
_ATTRIBUTES = r"""(?:\s+[\w:.-]+=(?:"[^"]*+"|'[^']*+'))*+"""
_TABLE = re.compile(rf"<table:table(?P<head>{_ATTRIBUTES})\s*>(?P<body>.*?)</table:table>", re.DOTALL)
_PART = re.compile(
    rf"<table:(?:table-row(?P<row>{_ATTRIBUTES})\s*/?>"
    rf"|(?:covered-)?table-cell(?P<cell>{_ATTRIBUTES})\s*(?:/>|>(?P<text>.*?)</table:(?:covered-)?table-cell>))",
    re.DOTALL,
)
_STYLE = re.compile(
    rf"<style:style(?P<head>{_ATTRIBUTES})\s*>(?:(?!</style:style>).){{0,4000}}?"
    r"""\sstyle:text-position=["'](?P<place>super|sub|-?\d)""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)=(?:"([^"]*)"|'([^']*)')""")
_MOST = 16384 * 1000  # cells that repeat one: beyond, the sheet is counted and no more


class _Cell(NamedTuple):
    """A filled cell as written, which may stand for a rectangle of equal ones."""

    spot: Spot
    across: int
    down: int
    attributes: dict[str, str]
    text: str


def prepared(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], dict[str, bytes]]:
    """Return the marks of every sheet by its name, and the parts to be replaced before opening."""
    written = archive.read(_CONTENT).decode("utf-8", "replace")
    content = _with_marks(written)
    marks: dict[str, Marks] = {}
    changed = []
    for table in _TABLE.finditer(content):
        name = html.unescape(_attributes(table["head"]).get("table:name", ""))
        cells = list(_cells(table["body"]))
        marks[name] = _marks(cells)
        if marks[name].scattered and marks[name].rows:
            changed.append((table.span("body"), _drawn_together(cells, marks[name])))
    for (start, end), body in reversed(changed):
        content = content[:start] + body + content[end:]
    return marks, {_CONTENT: content.encode()} if content != written else {}


def _with_marks(content: str) -> str:
    """Return the content with text above or below the line as marks of footnotes."""
    styles: dict[str, set[str]] = {raised.RAISED: set(), raised.LOWERED: set()}
    for style in _STYLE.finditer(content):
        how = raised.LOWERED if style["place"].startswith(("sub", "-")) else raised.RAISED
        if style["place"] != "0":
            styles[how].add(re.escape(_attributes(style["head"]).get("style:name", "")))
    for how, names in styles.items():
        if names:
            span = rf"""<text:span\b[^>]*\btext:style-name=["'](?:{"|".join(sorted(names))})["'][^>]*>"""
            runs = rf"(?P<start><text:p\b[^>]*>)?{span}(?P<text>[^<]*)</text:span>(?P<end></text:p>)?"
            content = raised.rewritten(content, re.compile(runs), how)
    return content


def _marks(cells: list[_Cell]) -> Marks:
    gathered = Gathered()
    count = sum(cell.across * cell.down for cell in cells)
    if count > _MOST:
        return Marks(count)
    for cell in cells:
        for row in range(cell.spot.row, cell.spot.row + cell.down):
            for column in range(cell.spot.column, cell.spot.column + cell.across):
                gathered.add(Spot(row, column), cell.attributes.get("office:value-type") == "percentage")
        wide = int(cell.attributes.get("table:number-columns-spanned", "1"))
        high = int(cell.attributes.get("table:number-rows-spanned", "1"))
        if wide * high > 1:
            row, column = cell.spot
            gathered.merged.append(Area(row, column, row + high - 1, column + wide - 1))
    return gathered.marks()


def _drawn_together(cells: list[_Cell], marks: Marks) -> str:
    """Return the rows of a table with its filled rows and columns side by side from A1 on, in their order."""
    column_of = {column: i for i, column in enumerate(marks.columns)}
    lines: dict[int, dict[int, str]] = {row: {} for row in marks.rows}
    for cell in cells:
        attributes = {
            key: value for key, value in cell.attributes.items() if key.startswith(("office:", "calcext:"))
        }
        head = "".join(f' {key}="{value}"' for key, value in attributes.items())
        written = f"<table:table-cell{head}>{cell.text}</table:table-cell>"
        for row in range(cell.spot.row, cell.spot.row + cell.down):
            for column in range(cell.spot.column, cell.spot.column + cell.across):
                lines[row][column_of[column]] = written
    empty = "<table:table-cell/>"
    rows = ("".join(line.get(i, empty) for i in range(len(column_of))) for line in lines.values())
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def _cells(body: str) -> Iterator[_Cell]:
    """Yield the filled cells of a table with their places."""
    row, column, next_row, down = 0, 0, 0, 1
    for part in _PART.finditer(body):
        if part["row"] is not None:
            row, column = next_row, 0
            down = int(_attributes(part["row"]).get("table:number-rows-repeated", "1"))
            next_row = row + down
            continue
        attributes = _attributes(part["cell"])
        across = int(attributes.get("table:number-columns-repeated", "1"))
        if "office:value-type" in attributes:
            yield _Cell(Spot(row, column), across, down, attributes, part["text"] or "")
        column += across


def _attributes(head: str) -> dict[str, str]:
    return {key: double or single for key, double, single in _ATTRIBUTE.findall(head)}
