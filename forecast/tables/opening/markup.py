"""Tables of web pages, which offices also hand out under the name .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from forecast.errors import DataError
from forecast.tables.cells import Area, Sheet, Value
from forecast.tables.opening import raised, tcvn3, values
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.encodings import decoded
from forecast.tables.signs import direction
from forecast.tables.words import suggestion

_CHARSET = re.compile(rb"""charset=["']?([\w-]+)""", re.IGNORECASE)
_UNREAD = ("script", "style", "head")
_MOST_SPANNED = 1000  # what browsers allow a cell
_EMPTY = frozenset(
    {"br", "col", "hr", "img", "input", "wbr"}
)  # elements without an end, for which none is waited
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_OFF_LINE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SET = {"sup": raised.RAISED, "super": raised.RAISED, "sub": raised.LOWERED}


def is_page(content: bytes) -> bool:
    """Tell whether the bytes are an HTML page."""
    head = content[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith(b"<") and any(tag in head for tag in (b"<html", b"<table", b"<!doctype html"))


def sheets(name: str, content: bytes, chosen: str | None, budget: Budget) -> tuple[Sheet, ...]:
    """Return the tables of a page, called "table 1", "table 2" and so on.

    Raises DataError for a page without a table, an unknown table, and tables larger than allowed.
    """
    page = _Page()
    page.feed(_text(name, content))
    page.close()
    tables = [table for table in page.tables if any(any(cell for cell, _, _ in row) for row in table.rows)]
    if not tables:
        raise DataError(f"{name}: is a web page without a table; save the table as CSV or Excel")
    titles = [f"table {i}" for i in range(1, len(tables) + 1)]
    if chosen is not None and chosen not in titles:
        raise DataError(f'{name}: no table "{chosen}"; {suggestion(chosen, titles)}')
    return tuple(
        _sheet(name if len(tables) == 1 else f"{name}[{title}]", title, table, budget)
        for title, table in zip(titles, tables, strict=True)
        if chosen in (None, title)
    )


def _text(name: str, content: bytes) -> str:
    """Return the page as text, in the encoding that it declares."""
    declared = _CHARSET.search(content[:4000])
    if declared:
        try:
            return content.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # pages that say one encoding and use another are common
    return decoded(name, content)[0]


@dataclass
class _Cell:
    """Hold a cell as it is read: columns and rows that it spans, its text in pieces, and the elements open in it."""

    across: int
    down: int
    pieces: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    inside: list[tuple[str, bool, str]] = field(
        default_factory=list
    )  # element, whether hidden, how it is set

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element, which takes on how the one around it looks."""
        if tag == "p":
            self.end(tag)  # a paragraph ends where the next begins
        style = attributes.get("style", "")
        off_line = _OFF_LINE.search(style)
        _, hidden, how = self.inside[-1] if self.inside else ("", False, "")
        hidden = hidden or "hidden" in attributes or _HIDDEN.search(style) is not None
        self.inside.append((tag, hidden, _SET.get(off_line[1].lower() if off_line else tag, how)))

    def end(self, tag: str) -> None:
        """Leave the innermost element of that name with all that was left open in it."""
        names = [name for name, _, _ in self.inside]
        if tag in names:
            del self.inside[len(names) - 1 - names[::-1].index(tag) :]

    def add(self, text: str) -> None:
        """Take in text as the innermost element shows it."""
        _, hidden, how = self.inside[-1] if self.inside else ("", False, "")
        if hidden:
            self.hidden.append(text)
        else:
            self.pieces.append((text, how))


@dataclass
class _Table:
    """Hold the cells of one table as they come: text, columns and rows that each spans; its titles; hidden texts.

    heading, caption : what the page says above it, and it of itself
    """

    heading: str = ""
    caption: str = ""
    rows: list[list[tuple[str, int, int]]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """Collect the tables of a page, those inside others apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: list[_Cell | None] = []
        self._unread = 0
        self._title: list[str] | None = None
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "body":
            self._unread = 0
        elif tag == "table":
            self._open.append(_Table(self._heading))
            self._cell.append(None)
            self.tables.append(self._open[-1])
        elif self._open and tag == "tr":
            self._end_cell()
            self._open[-1].rows.append([])
        elif self._open and tag in ("td", "th"):
            self._end_cell()
            spans = dict(attrs)
            self._cell[-1] = _Cell(_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "caption" or tag in _HEADINGS and not self._open:
            self._title = []
        elif tag == "img" and direction(alt := dict(attrs).get("alt") or ""):
            self.handle_data(f" {alt} ")  # an arrow that is a picture
        elif self._cell and self._cell[-1] is not None and tag not in _EMPTY:
            self._cell[-1].begin(tag, {key: value or "" for key, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif self._open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table":
                self._open.pop()
                self._cell.pop()
        elif self._title is not None and (tag == "caption" or tag in _HEADINGS):
            self._entitle(" ".join("".join(self._title).split()))
        elif self._cell and self._cell[-1] is not None:
            self._cell[-1].end(tag)

    def _entitle(self, text: str) -> None:
        """Give a title to the table around it, or to those that follow."""
        self._title = None
        if self._open:
            self._open[-1].caption = text
        else:
            self._heading = text

    def handle_data(self, data: str) -> None:
        if self._title is not None and not self._unread:
            self._title.append(data)
        elif self._cell and self._cell[-1] is not None and not self._unread:
            self._cell[-1].add(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._end_cell()
            self._open.pop()
            self._cell.pop()

    def _end_cell(self) -> None:
        cell = self._cell[-1]
        if cell is None:
            return
        rows = self._open[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append((raised.joined(cell.pieces), cell.across, cell.down))
        if hidden := values.text("".join(cell.hidden)):
            self._open[-1].hidden.append(hidden)
        self._cell[-1] = None


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST_SPANNED) if text and text.strip().isdecimal() else 1


def _sheet(place: str, title: str, table: _Table, budget: Budget) -> Sheet:
    """Lay the cells of a table out, those that span several beside the room they take."""
    old = tcvn3.read(text for row in table.rows for text, _, _ in row if not text.isascii())
    cells: dict[tuple[int, int], Value] = {}
    until: dict[int, int] = {}  # column -> last row that a cell above reaches down to
    merged = []
    count = 0
    for r, row in enumerate(table.rows):
        column = 0
        for text, across, down in row:
            while until.get(column, -1) >= r:
                column += 1
            down = min(down, len(table.rows) - r)
            count += across
            if count > budget.cells:
                raise budget.refusal(place, f"has over {count:,} cells", "cells")
            if len(text) > budget.text:
                raise budget.refusal(f"{place}, row {r + 1}", f"a text of {len(text):,} characters", "text")
            until |= dict.fromkeys(range(column, column + across), r + down - 1)
            cells[r, column] = values.text(old.get(text, text)) or None
            if across * down > 1:
                merged.append(Area(r, column, r + down - 1, column + across - 1))
            column += across
    width = max(until) + 1
    if len(table.rows) * width > budget.cells:
        raise budget.refusal(place, f"has {len(table.rows):,} rows of {width:,} columns", "cells")
    rows = tuple(tuple(cells.get((r, c)) for c in range(width)) for r in range(len(table.rows)))
    above = [text for text in (table.heading, table.caption) if text and len(text) <= budget.text]
    titles = tuple((values.text(old.get(text, text)) or None, *[None] * (width - 1)) for text in above)
    areas = tuple(Area(a.top + len(above), a.left, a.bottom + len(above), a.right) for a in merged)
    lines = (*(0,) * len(above), *range(1, len(rows) + 1))
    return Sheet(place, title, (*titles, *rows), lines, areas, _hidden(table.hidden), lettered=True)


def _hidden(texts: list[str]) -> tuple[str, ...]:
    """Return what to tell of texts that the page does not show, such as keys to sort by."""
    if not texts:
        return ()
    return (f'text that the page hides was left out of {len(texts)} cells, such as "{texts[0][:20]}"',)
