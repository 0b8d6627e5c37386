"""Tables of web pages, which offices also hand out under the name .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.doubtful import is_number
from forecast.tables.opening import laid
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.encodings import decoded
from forecast.tables.opening.shown import BLOCKS, Cell, Look, coded, within
from forecast.tables.signs import direction
from forecast.tables.words import suggestion

_CHARSET = re.compile(rb"""charset=["']?([\w-]+)""", re.IGNORECASE)
_MOST_SPANNED = 1000  # what browsers allow a cell
_DEEPEST = 500  # elements inside one another; chosen: about what browsers allow
_EMPTY = frozenset(
    {"br", "col", "hr", "img", "input", "wbr", "link", "meta", "base", "embed", "source", "area"}
)  # elements without an end, for which none is waited
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = ("td", "th")
_SECTIONS = ("thead", "tbody", "tfoot")
_PARTS = (*_CELLS, "tr", *_SECTIONS)
"""Parts of a table, which end no further out than it."""
_ENDED = {
    **dict.fromkeys(BLOCKS, ("p",)), "body": ("head",), "table": ("head", "p"),
    **dict.fromkeys(_CELLS, _CELLS), "tr": (*_CELLS, "tr"), **dict.fromkeys(_SECTIONS, _PARTS),
}  # fmt: skip
"""Element -> those that end where it begins, whether a page says so or not."""


def is_page(content: bytes) -> bool:
    """Tell whether the bytes are an HTML page."""
    head = content[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith(b"<") and any(tag in head for tag in (b"<html", b"<table", b"<!doctype html"))


def sheets(name: str, content: bytes, chosen: str | None, budget: Budget) -> tuple[Sheet, ...]:
    """Return the tables of a page that are shown, called "table 1", "table 2" and so on, or the chosen one.

    Raises DataError for a page without a table or cut short in one, an unknown table, and tables larger than allowed.
    """
    page = _Page()
    page.feed(_text(name, content))
    page.close()
    if page.cut:
        raise DataError(
            f"{name}: is a web page cut short: a table begins and never ends; fetch it again, or write </table> at its "
            "end where it is whole"
        )
    tables = [table for table in page.tables if any(any(cell.text for cell in row) for row in table.rows)]
    if not tables:
        raise DataError(f"{name}: is a web page without a table; save the table as CSV or Excel")
    titles = [f"table {i}" for i in range(1, len(tables) + 1)]
    if chosen is not None and chosen not in titles:
        raise DataError(f'{name}: no table "{chosen}"; {suggestion(chosen, titles)}')
    hidden = [title for title, table in zip(titles, tables, strict=True) if table.unseen and chosen is None]
    if len(hidden) == len(tables):
        raise DataError(f'{name}: the page hides its tables; name one as the sheet, such as "{titles[0]}"')
    notes = (
        *([f"hidden tables were left out: {', '.join(hidden)}"] if hidden else ()),
        *(
            ["the page begins and never ends (</html>); is it whole, or does it lack a table?"]
            if page.unended
            else ()
        ),
    )
    return tuple(
        laid.sheet(name if len(tables) == 1 else f"{name}[{title}]", title, table, notes, budget)
        for title, table in zip(titles, tables, strict=True)
        if chosen == title or chosen is None and not table.unseen
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


class _Page(HTMLParser):
    """Collect the tables of a page, those inside others apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[laid.Table] = []
        self.cut = self.unended = False
        self._open: list[laid.Table] = []
        self._cell: list[Cell | None] = []
        self._inside: list[tuple[str, Look]] = []
        self._title: list[str] | None = None
        self._heading = ""
        self._begun = self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag in _EMPTY:
            self._empty(tag, attributes)
            return
        self._begun |= tag in ("body", "html")
        for ended in _ENDED.get(tag, ()):
            self._leave(ended)
        look = within(self._look, tag, attributes)
        if tag in BLOCKS:
            self.handle_data(" ")
        if tag == "table":
            self._open.append(
                laid.Table(self._heading, unseen=look.unseen or any(t.unseen for t in self._open))
            )
            self._cell.append(None)
            self.tables.append(self._open[-1])
            look = Look()
        elif self._open and tag == "tr":
            self._end_cell()
            if not look.gone:
                self._open[-1].rows.append([])
        elif self._open and tag in _CELLS:
            self._end_cell()
            across, down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
            self._cell[-1] = Cell(across, down, look.gone, tag == "th", coded(attributes))
        elif tag == "caption" or tag in _HEADINGS and not self._open:
            self._title = []
        if len(self._inside) < _DEEPEST:
            self._inside.append((tag, look))

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag in (*_CELLS, "tr", "table"):
            self._end_cell()
            if tag == "table":
                self._end_table()
        elif self._title is not None and (tag == "caption" or tag in _HEADINGS):
            self._entitle(" ".join("".join(self._title).split()))
        self._ended |= tag in ("body", "html")
        self._leave(tag)
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append("" if self._look.unseen else data)
        elif self._cell and self._cell[-1] is not None:
            self._cell[-1].add(data, self._look)

    def close(self) -> None:
        super().close()
        self.cut = bool(self._open) and not self._ended
        self.unended = self._begun and not self._ended
        while self._open:
            self._end_cell()
            self._end_table()

    @property
    def _look(self) -> Look:
        return self._inside[-1][1] if self._inside else Look()

    def _empty(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in an element that holds no text: the end of a line, an arrow that is a picture, a field."""
        cell = self._cell[-1] if self._cell else None
        if tag == "br":
            self.handle_data(" ")
        elif tag == "img" and direction(alt := attributes.get("alt", "")):
            self.handle_data(f" {alt} ")
        elif tag == "input" and cell is not None:
            cell.fill_in(attributes, within(self._look, tag, attributes))

    def _leave(self, tag: str) -> None:
        """Leave the innermost element of that name with all that was left open in it, never the cell around it."""
        walls = ("table",) if tag in _PARTS else ("table", "caption", *_CELLS)
        for at in range(len(self._inside) - 1, -1, -1):
            name = self._inside[at][0]
            if name == tag:
                del self._inside[at:]
                return
            if name in walls and tag != "table":
                return

    def _entitle(self, text: str) -> None:
        """Give a title to the table around it, or to those that follow."""
        self._title = None
        if self._open:
            self._open[-1].caption = text
        elif text:
            self._heading = text

    def _end_table(self) -> None:
        """Leave a table; one of a single cell within a cell is what that cell holds, and no table of the page."""
        table = self._open.pop()
        self._cell.pop()
        around = self._cell[-1] if self._cell else None
        filled = [cell for row in table.rows for cell in row if cell.text.strip()]
        if around is None or table.unseen or not filled:
            return
        if len(filled) == 1 and not around.text.strip():
            around.pieces.extend(filled[0].pieces)
            self.tables.remove(table)
        elif any(is_number(cell.text) for cell in filled):
            around.nested = next(cell.text for cell in filled if is_number(cell.text))

    def _end_cell(self) -> None:
        """Put the cell that is read into its row, or what it holds among what is hidden."""
        cell = self._cell[-1]
        if cell is None:
            return
        self._cell[-1] = None
        table = self._open[-1]
        if cell.gone:
            table.hidden.extend(cell.hidden_text)
            return
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)


def _span(text: str | None) -> int:
    return min(max(int(text), 1), _MOST_SPANNED) if text and text.strip().isdecimal() else 1
