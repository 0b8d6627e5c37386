"""The content of an .ods workbook: percentages, merged cells, and cells far from all others.

LibreOffice writes empty rows and columns as one with a count, a million of them where a sheet ends in a stray cell.
"""

from __future__ import annotations

import html
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from forecast.tables.cells import Area
from forecast.tables.opening import raised, values
from forecast.tables.opening.plainxml import plain
from forecast.tables.opening.spots import UNSAVED, VALUELESS, DamagedError, Fault, Gathered, Marks, Spot, Text

_CONTENT, _STYLES = "content.xml", "styles.xml"
_ATTRIBUTES = r"""(?:\s+[\w:.-]+=(?:"[^"]*+"|'[^']*+'))*+"""
_TABLE = re.compile(rf"<table:table(?P<head>{_ATTRIBUTES})\s*>(?P<body>.*?)</table:table>", re.DOTALL)
_PART = re.compile(
    rf"<table:(?:table-row(?P<row>{_ATTRIBUTES})\s*/?>"
    rf"|(?:covered-)?table-cell(?P<cell>{_ATTRIBUTES})\s*(?:/>|>(?P<text>.*?)</table:(?:covered-)?table-cell>))",
    re.DOTALL,
)
_STYLE = re.compile(rf"<style:style(?P<head>{_ATTRIBUTES})\s*>(?P<body>.*?)</style:style>", re.DOTALL)
_SUB_TABLE = re.compile(
    r"""<table:table(?=\s)[^>]*\stable:is-sub-table=["']true["'](?:(?!<table:table[\s>]).)*?</table:table>""",
    re.DOTALL,
)
_INNER = "<table:sub-table/>"
"""What stands for a table within a cell while the cells of the table around it are looked for."""
_DECLARED = re.compile(r"""\sxmlns:[\w.-]+=(?:"[^"]*"|'[^']*')""")
_SET_APART = re.compile("<text:(?:span|a|note|ruby|tab|line-break)[ />]")
_SHOWN = re.compile(
    r"\s*(?:<office:annotation\b.*?</office:annotation>\s*)?<text:p\b[^>]*>\s*[^<\s]", re.DOTALL
)
_ERROR = re.compile(r">\s*(?:#[^\W\d_][^<]*|[^\W\d_]{3,}:\d{3})\s*<")
_COLUMN = re.compile(rf"<table:table-column(?P<head>{_ATTRIBUTES})\s*/?>")
_VALUES = {
    "float": "office:value",
    "percentage": "office:value",
    "currency": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
}
"""The attribute that holds the value of each kind of cell, but for text."""
_CELL_STYLE = re.compile(
    rf"<style:style(?P<head>{_ATTRIBUTES})\s*(?:/>|>(?P<body>.*?)</style:style>)", re.DOTALL
)
_LINES = {"style:text-line-through-style", "style:text-line-through-type"}
_USUAL = "table:default-cell-style-name"
_WITHIN = Fault("holds a table of its own", "write its numbers into cells of the sheet, and save")
_SIZE = 10.0  # points of letters where no style says it
_UNREAD = ("annotation", "note-body", "ruby-text")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)=(?:"([^"]*)"|'([^']*)')""")
_MOST = 16384 * 1000  # cells that repeat one: beyond, the sheet is counted and no more


class _Cell(NamedTuple):
    """A filled cell as written, which may stand for a rectangle of equal ones."""

    spot: Spot
    across: int
    down: int
    attributes: dict[str, str]
    text: str
    style: str

    @property
    def spots(self) -> list[Spot]:
        """The cells that it stands for, row by row."""
        row, column = self.spot
        return [Spot(row + r, column + c) for r in range(self.down) for c in range(self.across)]


def prepared(archive: zipfile.ZipFile) -> tuple[dict[str, Marks], dict[str, bytes]]:
    """Return the marks of every sheet by its name, and the parts to be replaced before opening.

    Raises DamagedError for a cell whose value is none.
    """
    written = archive.read(_CONTENT)
    content = plain(written).decode("utf-8", "replace")
    count = 1
    while count:  # from the innermost outwards
        content, count = _SUB_TABLE.subn(_INNER, content)
    named = archive.read(_STYLES).decode("utf-8", "replace") if _STYLES in archive.NameToInfo else ""
    crossed = _crossed(named + content)
    texts = _Texts.of(content, "".join(set(_DECLARED.findall(written.decode("utf-8", "replace")))))
    marks: dict[str, Marks] = {}
    changed = []
    for table in _TABLE.finditer(content):
        name = html.unescape(_attributes(table["head"]).get("table:name", ""))
        cells = list(_cells(table["body"]))
        marks[name] = _marks(cells, texts, name, crossed)
        if marks[name].scattered and marks[name].rows:
            changed.append((table.span("body"), _drawn_together(cells, marks[name])))
    for (start, end), body in reversed(changed):
        content = content[:start] + body + content[end:]
    return marks, {_CONTENT: now} if (now := content.encode()) != written else {}


@dataclass(frozen=True)
class _Texts:
    """Read the texts of cells with what is set apart in them.

    declared : prefixes of names · how : style -> how it sets its text, without those that do as most
    """

    declared: str
    how: Mapping[str, str]

    @classmethod
    def of(cls, content: str, declared: str) -> _Texts:
        """Return the reader of a document."""
        styles = (
            (_attributes(style["body"]), _attributes(style["head"])) for style in _STYLE.finditer(content)
        )
        how = {
            head.get("style:name", ""): _how(said)
            for said, head in styles
            if head.get("style:family") == "text"
        }
        return cls(declared, how)

    def read(self, xml: str, how: str = "") -> Text:
        """Return the text of a cell from the elements in it; how : its own style sets it."""
        cell = ElementTree.fromstring(f"<cell{self.declared}>{xml}</cell>")
        pieces = [piece for part in cell for piece in (*self._pieces(part, how), ("\n", ""))]
        return raised.read(pieces[:-1])

    def _pieces(self, part: Element, how: str) -> Iterator[tuple[str, str]]:
        kind = part.tag.rpartition("}")[2]
        if kind in _UNREAD:
            return
        said = {key.rpartition("}")[2]: value for key, value in part.attrib.items()}
        if kind in ("s", "tab", "line-break"):
            yield " " * int(said.get("c", "1")), how
        elif kind == "span":
            how = self.how.get(said.get("style-name", ""), "") or how
        elif kind == "note-citation":
            how = raised.RAISED
        elif kind == "a":
            how = how or raised.LINKED
        yield part.text or "", how
        for child in part:
            yield from self._pieces(child, how)
            yield child.tail or "", how


def _how(style: Mapping[str, str]) -> str:
    """Return how a style sets its text."""
    place = style.get("style:text-position", "0").split()[0]
    if style.get("style:text-line-through-style", "none") != "none" or (
        style.get("style:text-line-through-type", "none") != "none"
    ):
        return raised.STRUCK
    if not re.match("[-+]?0", place):
        return raised.LOWERED if place.startswith(("sub", "-")) else raised.RAISED
    size = re.match(r"([\d.]+)(%|pt)", style.get("fo:font-size", ""))
    share = float(size[1]) / (100 if size[2] == "%" else _SIZE) if size else 1
    return raised.SMALL if share <= raised.MUCH_SMALLER else ""


def _crossed(styles: str) -> frozenset[str]:
    """Return the styles of cells that strike out, by themselves or as the style that they rest on does."""
    parents: dict[str, str] = {}
    said: dict[str, bool] = {}
    for style in _CELL_STYLE.finditer(styles):
        head, body = _attributes(style["head"]), _attributes(style["body"] or "")
        if head.get("style:family") != "table-cell":
            continue
        name = head.get("style:name", "")
        parents[name] = head.get("style:parent-style-name", "")
        if _LINES & body.keys():
            said[name] = _how(body) == raised.STRUCK

    def strikes(name: str) -> bool:
        seen: set[str] = set()
        while name in parents and name not in said and name not in seen:
            seen.add(name)
            name = parents[name]
        return said.get(name, False)

    return frozenset(filter(strikes, parents))


def _marks(cells: list[_Cell], texts: _Texts, sheet: str, crossed: frozenset[str]) -> Marks:
    gathered = Gathered(sheet)
    count = sum(cell.across * cell.down for cell in cells)
    if count > _MOST:
        return Marks(count)
    for cell in cells:
        in_percent = cell.attributes.get("office:value-type") == "percentage"
        error = _error(cell, texts)
        for spot in cell.spots:
            gathered.add(spot, in_percent, error, cell.style in crossed)
        _look_into(gathered, cell, texts)
        wide = int(cell.attributes.get("table:number-columns-spanned", "1"))
        high = int(cell.attributes.get("table:number-rows-spanned", "1"))
        if wide * high > 1:
            row, column = cell.spot
            gathered.merged.append(Area(row, column, row + high - 1, column + wide - 1))
    return gathered.marks()


def _look_into(gathered: Gathered, cell: _Cell, texts: _Texts) -> None:
    """Take in the text of a cell that is set in several ways, or that its value is missing."""
    said = cell.attributes
    kind = said.get("office:value-type", "")
    value = said.get(_VALUES.get(kind, ""))
    if _INNER in cell.text:
        gathered.faults[cell.spot] = _WITHIN
    elif kind in _VALUES and value is not None:
        if _VALUES[kind] == "office:value" and not values.is_number(value):
            raise DamagedError(f'{gathered.name(cell.spot)} holds "{value}" for a number')
    elif kind in _VALUES or not kind:
        gathered.faults[cell.spot] = UNSAVED if "table:formula" in said else VALUELESS
    elif "office:string-value" not in said and _SET_APART.search(cell.text):
        text = texts.read(cell.text, raised.STRUCK if cell.spot in gathered.crossed else "")
        for spot in cell.spots:
            gathered.put(spot, text)


def _error(cell: _Cell, texts: _Texts) -> str:
    """Return the error that a cell shows, "" for none: of what it computed it holds nothing, or 0 as of old."""
    said = cell.attributes
    old = said.get("office:value-type") in _VALUES and "table:formula" in said and _ERROR.search(cell.text)
    return texts.read(cell.text).text or "#ERROR" if old or said.get("calcext:value-type") == "error" else ""


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
        for spot in cell.spots:
            lines[spot.row][column_of[spot.column]] = written
    empty = "<table:table-cell/>"
    rows = ("".join(line.get(i, empty) for i in range(len(column_of))) for line in lines.values())
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def _cells(body: str) -> Iterator[_Cell]:
    """Yield the filled cells of a table with their places."""
    row, column, next_row, down, of_row = 0, 0, 0, 1, ""
    ends, usual = _of_columns(body)
    for part in _PART.finditer(body):
        if part["row"] is not None:
            row, column = next_row, 0
            said = _attributes(part["row"])
            down = int(said.get("table:number-rows-repeated", "1"))
            of_row = said.get(_USUAL, "")
            next_row = row + down
            continue
        attributes = _attributes(part["cell"])
        across = int(attributes.get("table:number-columns-repeated", "1"))
        if "office:value-type" in attributes or _is_missing(part, attributes):
            own = attributes.get("table:style-name", "") or of_row
            style = own or usual[bisect_right(ends, column)]
            yield _Cell(Spot(row, column), across, down, attributes, part["text"] or "", style)
        column += across


def _of_columns(body: str) -> tuple[list[int], list[str]]:
    """Return where stretches of columns end, and the style of the cells in each and behind them that name none."""
    ends: list[int] = []
    usual: list[str] = []
    for column in _COLUMN.finditer(body):
        said = _attributes(column["head"])
        ends.append((ends[-1] if ends else 0) + int(said.get("table:number-columns-repeated", "1")))
        usual.append(said.get(_USUAL, ""))
    return ends, [*usual, ""]


def _is_missing(cell: re.Match[str], attributes: Mapping[str, str]) -> bool:
    """Tell a cell without a value that shows or computes one."""
    if cell[0].startswith("<table:covered"):
        return False
    return (
        "table:formula" in attributes
        or _INNER in (cell["text"] or "")
        or _SHOWN.match(cell["text"] or "") is not None
    )


def _attributes(head: str) -> dict[str, str]:
    return {key: double or single for key, double, single in _ATTRIBUTE.findall(head)}
