"""`blocks`: the tables of a sheet, each with its titles, headings and body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forecast.tables.cells import Place, Sheet, Value, once
from forecast.tables.dotted import with_months
from forecast.tables.footnotes import footnotes, is_dated_remark, remarks
from forecast.tables.headings import heading_text, is_unit, numbers_columns, rows_of_heading, stacks
from forecast.tables.kinds import (
    Kind,
    is_damaged,
    is_day_alone,
    is_garbled,
    is_year,
    kind,
    whole_number,
)
from forecast.tables.languages import folded_name, holds, words
from forecast.tables.meant import holds_decimal, says_change
from forecast.tables.rows import Rows
from forecast.tables.signs import direction


@dataclass(frozen=True, eq=False)
class Block:
    """Hold one table of a sheet.

    titles : lines of text above the heading, nearest last; unit, base and month stand here
    headings : per column its heading texts from top to bottom, those spanning several columns given to each
    body : rows below the heading, the columns of labels included; rows of one label alone stay in their place
    rows, columns : positions in `sheet.rows` of the body's rows and columns
    heading_rows : positions of the rows of headings
    numbered : position of a row that only counts the columns, None where there is none
    foot_rows : positions of the rows of text below the body
    """

    sheet: Sheet
    titles: tuple[str, ...]
    headings: tuple[tuple[str, ...], ...]
    body: tuple[tuple[Value, ...], ...]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    heading_rows: tuple[int, ...] = ()
    numbered: int | None = None
    foot_rows: tuple[int, ...] = ()

    @property
    def described(self) -> bool:
        """Whether rows of codes, units or dates stand under the first heading, each with its own label."""
        describing = words("metadata") | words("code")
        labels = (self.sheet.rows[r][self.columns[0]] for r in self.heading_rows[1:])
        return any(isinstance(v, str) and folded_name(v.strip(" :")) in describing for v in labels)

    @property
    def title(self) -> str:
        """The line above the heading that names the table: the last that is no unit, "" for none."""
        return next((t for t in reversed(self.titles) if not is_unit(t)), "")

    @property
    def foot(self) -> tuple[str, ...]:
        """The lines of text below the body."""
        return tuple(_line(self.sheet, r) for r in self.foot_rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """Which lines were taken for titles, headings and footnotes."""
        lines = [self.sheet.lines[r] for r in self.heading_rows]
        notes = []
        if self.titles and lines:
            notes.append(f"lines above the header (line {lines[0]}) were taken as a title")
        if len(lines) > 1:
            span = f"{lines[0]} and {lines[1]}" if len(lines) == 2 else f"{lines[0]} to {lines[-1]}"
            notes.append(f"lines {span} were joined to one header")
        if self.numbered is not None:
            notes.append(f"line {self.sheet.lines[self.numbered]} numbers the columns and was left out")
        if self.foot_rows:
            notes.append(f"line {self.sheet.lines[self.rows[-1]] + 1} and below were taken as footnotes")
        return tuple(notes)

    def place(self, row: int, column: int) -> str:
        """Return where a cell of the body stands, as messages name it."""
        return self.sheet.place(Place(self.rows[row], self.columns[column]))

    @property
    def first_place(self) -> str:
        """Where the table begins: its heading, or its first row."""
        row = (*self.heading_rows, *self.rows)[0]
        return self.sheet.place(Place(row, self.columns[0]))


@once
def blocks(sheet: Sheet) -> tuple[Block, ...]:
    """Return the tables of a sheet from top to bottom; empty where no row holds a number."""
    rows = Rows(with_months(sheet))
    tables = []
    for above, body in _tables(rows):
        tables.append(_block(rows, above, body))
    return tuple(tables)


def _spoils(rows: Rows, r: int, body: Sequence[int], valued: Counter[int]) -> bool:
    """Tell a row directly below a body whose numbers are spoilt: a label, and garbled cells where it has values.

    Not in a table with a date in each row, nor a remark. In the last rows of a sheet a day is garbled too, as no table
    follows that it could head.
    """
    filled = rows.filled[r]
    over = [c for c in filled if 2 * valued[c] > len(body)]
    if not body or body[-1] != r - 1 or not over or filled[0] in over or filled[0] not in rows.filled[r - 1]:
        return False
    cells = rows.sheet.rows[r]
    if rows.dated or holds(str(cells[filled[0]]), "remark"):
        return False
    return all(
        is_garbled(cells[c])
        or says_change(cells[c])
        or r >= rows.last
        and (is_day_alone(cells[c]) or direction(str(cells[c])) is not None or holds_decimal(cells[c]))
        for c in over
    )


def _spoils_first(rows: Rows, r: int) -> bool:
    """Tell the first row of a body by its label and by what can only be spoilt numbers, above numbers of the next."""
    filled, cells = rows.filled[r], rows.sheet.rows[r]
    if len(filled) < 2 or r + 1 >= len(rows.filled) or not rows.numbers[r + 1] or r + 1 in rows.calendar:
        return False
    same = filled[0] == rows.filled[r + 1][0] and filled[0] not in rows.values(r + 1)
    below = set(filled[1:]) <= set(rows.values(r + 1))
    return same and below and all(is_damaged(cells[c]) or says_change(cells[c]) for c in filled[1:])


def _tables(rows: Rows) -> list[tuple[list[int], list[int]]]:
    """Return the rows above each body, blank ones among them, and the rows of the body.

    Headings below which no body follows stand below the last one.
    """
    tables: list[tuple[list[int], list[int]]] = []
    above: list[int] = []
    body: list[int] = []
    loose: list[int] = []
    valued: Counter[int] = Counter()
    for r, filled in enumerate(rows.filled):
        if not body and numbers_columns(rows.sheet.rows[r]) and _text_above(rows, above):
            above.append(r)
        elif (
            (spoilt := _spoils(rows, r, body, valued) or not body and _spoils_first(rows, r))
            or rows.holds_data(r, bool(body))
            and not _heads_again(rows, r, body, valued)
        ):
            rows.spoilt |= {r} if spoilt else set()
            body += [*loose, r]
            loose = []
            valued.update(rows.values(r))
        elif not body:
            above.append(r)
        elif filled and _heads_again(rows, r, body, valued):
            notes = remarks(rows, loose)
            tables.append((above, [*body, *loose[:notes]]))
            above, body, loose, valued = [*loose[notes:], r], [], [], Counter()
        else:
            loose.append(r)
    if body:
        tables.append((above, [*body, *loose]))
    elif tables:
        tables[-1][1].extend(above)
    return tables


def _text_above(rows: Rows, above: Sequence[int]) -> bool:
    """Tell whether the row above is a row of headings in words, which a row of numbers then only counts."""
    return bool(above) and len(rows.filled[above[-1]]) > 1 and above[-1] not in rows.calendar


def _heads_again(rows: Rows, r: int, body: Sequence[int], valued: Counter[int]) -> bool:
    """Tell a row within a body that begins another table: headings where the body has values."""
    if not body or rows.numbers[r] and r not in rows.calendar or is_dated_remark(rows, r):
        return False
    if _begins(rows, r) and not any(rows.is_dated(b, c) for b in body for c in rows.dated):
        return True
    words = (Kind.TEXT, Kind.DATE, Kind.NUMBER)
    over = [c for c in rows.filled[r] if 2 * valued[c] > len(body) and rows.kinds[r][c] in words]
    label_alone = len(rows.filled[r]) == 1 and rows.filled[r][0] == min(
        c for b in body for c in rows.filled[b][:1]
    )
    if (
        not over
        or label_alone
        or any(c in rows.dated and rows.kinds[r][c] is Kind.DATE for c in rows.filled[r])
    ):
        return False
    if not rows.dated:
        return True
    return any(rows.is_dated(b, c) for b in body for c in rows.dated)


def _begins(rows: Rows, r: int) -> bool:
    """Tell a row of words behind a blank one, with a month below the first of them: a table under its key figures."""
    cells = rows.filled[r]
    words = len(cells) > 1 and all(rows.kinds[r][c] is Kind.TEXT for c in cells)
    return words and not rows.filled[r - 1] and rows.is_dated(r + 1, cells[0])


def _block(rows: Rows, above: Sequence[int], inside: Sequence[int]) -> Block:
    """Return the table of the rows above and inside of it."""
    sheet = rows.sheet
    numbered = next((r for r in above if rows.numbers[r] and r not in rows.calendar), None)
    above = [r for r in above if r != numbered]
    notes = footnotes(rows, inside)
    last = max(r for r in inside if r not in notes and rows.holds_data(r, begun=True))
    body = [r for r in inside if r <= last and rows.filled[r]]
    foot = [r for r in inside if r > last and rows.filled[r]]
    columns = sorted({c for r in body for c in rows.filled[r]})
    counts = Counter(c for r in body for c in rows.numbers[r])
    marked = Counter(c for r in body for c in rows.values(r))
    filled = Counter(c for r in body for c in rows.filled[r])
    dates = Counter(c for r in body for c in rows.filled[r] if rows.kinds[r][c] is Kind.DATE)
    firsts = [c for c in columns if counts[c] and counts[c] >= dates[c] or marked[c] == filled[c]]
    first = _first_section(rows, [r for r in above if rows.filled[r]], body, columns[0])
    over = [r for r in above if first is None or r < first]
    titles, heading, labels = rows_of_heading(sheet, over, firsts[0] if firsts else columns[-1])
    labels += [r for r in above if r not in over and rows.filled[r]]
    columns = sorted({*columns, *_covered(rows, body, heading)})
    body = [*labels, *body]
    texts = stacks(sheet, heading, columns)
    cells = _filled_down(sheet, body)
    return Block(
        sheet,
        tuple(_line(sheet, r) for r in titles),
        tuple(texts[c] for c in columns),
        tuple(tuple(cells[r][c] for c in columns) for r in body),
        tuple(body),
        tuple(columns),
        tuple(heading),
        numbered,
        tuple(foot),
    )


def _first_section(rows: Rows, above: Sequence[int], body: Sequence[int], c: int) -> int | None:
    """Return the row of one text below a heading that names the section of the years that follow, None for none.

    above : rows that are not blank · c : the column of the years
    It does where the heading has a text over the years too, or such rows come again below.
    """
    cells = rows.sheet.rows

    def alone(r: int) -> bool:
        return rows.filled[r] == [c] and rows.kinds[r][c] is Kind.TEXT and not is_unit(str(cells[r][c]))

    numbers = [cells[r][c] for r in body if c in rows.numbers[r]]
    heading = next(
        (r for r in reversed(above) if len(rows.filled[r]) > 1), None
    )  # a base may follow the name
    if not numbers or not all(map(is_year, numbers)) or heading is None:
        return None
    named = any(len(rows.filled[r]) > 1 and rows.filled[r][0] == c for r in above)
    return (
        next((r for r in above if r > heading and alone(r)), None) if named or any(map(alone, body)) else None
    )


def _covered(rows: Rows, body: Sequence[int], heading: Sequence[int]) -> Iterator[int]:
    """Yield the columns with a heading of their own of which merged numbers of a body take the place of theirs."""
    for area in rows.sheet.merged:
        if area.top in body and rows.kinds[area.top][area.left] is Kind.NUMBER:
            across = range(area.left + 1, min(area.right + 1, rows.sheet.width))
            yield from (c for c in across if any(c in rows.filled[h] for h in heading))


def _filled_down(sheet: Sheet, body: Sequence[int]) -> dict[int, list[Value]]:
    """Return the rows of a body, texts of cells merged over several rows given to each of them."""
    cells = {r: list(sheet.rows[r]) for r in body}
    for area in sheet.merged:
        if area.bottom == area.top or area.top not in cells:
            continue
        value = cells[area.top][area.left]
        if kind(value) in (Kind.TEXT, Kind.DATE) or whole_number(value) is not None:
            for r in range(area.top + 1, area.bottom + 1):
                if r in cells and cells[r][area.left] in (None, ""):
                    cells[r][area.left] = value
    return cells


def _line(sheet: Sheet, row: int) -> str:
    """Return the texts of a row as one line."""
    cells = (v for v in sheet.rows[row] if v not in (None, ""))
    return " ".join(heading_text(v) if isinstance(v, float) else str(v) for v in cells)
