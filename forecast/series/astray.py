"""`astray`: rows among months that name none and hold no number where one is expected, though one was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forecast.series.labelled import is_total, is_weight
from forecast.series.periods import Down
from forecast.series.rows import When, is_remark
from forecast.tables import LeftOut, detect_style, parse_number
from forecast.tables.axis import axis
from forecast.tables.blocks import Block
from forecast.tables.cells import Place, Value
from forecast.tables.footnotes import alike, numbers_footnote
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, is_year, kind, whole_number
from forecast.tables.languages import holds
from forecast.tables.marks import split_number
from forecast.tables.meant import holds_decimal
from forecast.tables.run_together import cells_of_month, names_day

_YEAR_LIKE = re.compile(r"(?<!\d)(?:1[89]|2[01Oo])[\dOolI]{2}(?!\d)")
"""A year, a letter in the place of a digit or not."""
_MOST_WORDS = 3  # of a month, and of a number with its mark; chosen: sentences are longer
_OR_NOTE = 'or begin the row with "Note:" where it is a footnote'


@dataclass(frozen=True)
class Astray:
    """Hold what is wrong with rows, by their places in the body and on below it, and numbers that are no values."""

    problems: dict[int, str]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class _Row:
    """Hold a row: its position in the sheet, its cells, those in the place of its month, and the others with theirs."""

    position: int
    cells: Sequence[Value]
    own: tuple[int, ...]
    others: tuple[int, ...]


def astray(block: Block, when: Down, dated: When) -> Astray:
    """Return the rows that would vanish: no month, and no number but in the place of the month or beside other signs.

    Numbers of pages, alone below a blank row, and of remarks are left out.
    """
    problems: dict[int, str] = {}
    left_out: list[LeftOut] = []
    for r, row in _rows(block, when, dated):
        number = next((c for c in row.own if kind(row.cells[c]) is Kind.NUMBER), None)
        if r >= len(block.body) and len(row.others) == 1 and kind(row.cells[row.others[0]]) is Kind.NUMBER:
            place = block.sheet.place(Place(row.position, row.others[0]))
            left_out.append(LeftOut("number of a page", "", 1, place))
            continue
        if number is None:
            text = _joined(block, when, dated, row) or _spoilt(block, when, dated, row)
        elif reason := _no_value(block, when, row, number, dated):
            place = block.sheet.place(Place(row.position, number))
            left_out.append(LeftOut(reason, "", 1, place))
            continue
        else:
            text = _misplaced(block, row, number)
        if text:
            problems[r] = text
    return Astray(problems, tuple(left_out))


def _rows(block: Block, when: Down, dated: When) -> Iterator[tuple[int, _Row]]:
    """Yield the rows of the body that are not understood, and those below it, each behind its place."""
    timed = dict.fromkeys(when.columns)
    for r, row in enumerate((*block.rows, *block.foot_rows)):
        if r in dated.months or r in dated.left_out or r in dated.wrong:
            continue
        inside = r < len(block.body)
        cells = block.sheet.rows[row]
        named = {
            j for j, a in zip(when.columns, when.axes, strict=True) if not inside or a.moments[r] is None
        }
        filled = [c for c, v in enumerate(cells) if v not in (None, "")]
        own = tuple(block.columns[j] for j in timed if j in named and not is_year(cells[block.columns[j]]))
        if own:
            yield r, _Row(row, cells, own, tuple(c for c in filled if c not in own))


def _no_value(block: Block, when: Down, row: _Row, number: int, dated: When) -> str:
    """Return what a number in the place of the month is besides a value: of a remark, or of a page; "" for neither."""
    value = row.cells[number]
    texts = [v for c, v in enumerate(row.cells) if c != number and v not in (None, "")]
    if any(kind(v) is Kind.TEXT for v in texts) and numbers_footnote(value):
        return "number of a remark"
    rows = block.sheet.rows
    blank = row.position > 0 and not any(v not in (None, "") for v in rows[row.position - 1])
    page = whole_number(value)
    if texts or page is None or not blank:
        return ""
    above = max((block.rows[r] for r in dated.months if block.rows[r] < row.position), default=None)
    timed = {block.columns[j] for j in when.columns}
    near = (
        ()
        if above is None
        else (v for c, v in enumerate(rows[above]) if c not in timed and kind(v) is Kind.NUMBER)
    )
    if any(_alike(page, v) for v in near):
        return ""
    return "number of a page"


def _alike(page: int, value: Value) -> bool:
    """Tell a number that may be one of the series that another is of."""
    if isinstance(value, str):
        text = split_number(value)[0]
        try:
            value = parse_number(text, detect_style([text])[0])
        except ValueError:
            return True
    return isinstance(value, int | float) and alike(page, value)


def _misplaced(block: Block, row: _Row, number: int) -> str:
    """Say that a number stands where a month is expected."""
    shown = heading_text(row.cells[number])
    place = block.sheet.place(Place(row.position, number))
    months = (c for c in row.others if (m := axis([row.cells[c]]).moments[0]) is not None and m.whole)
    if (month := next(months, None)) is not None:
        return (
            f'{place}: "{shown}" stands where a month is expected, and "{heading_text(row.cells[month])}" where a '
            "number is; write the month there, and the number under its heading"
        )
    return (
        f'{place}: "{shown}" stands where a month is expected, and its row has no other number; write the month there '
        "and the number under its heading, or delete it"
    )


def _joined(block: Block, when: Down, dated: When, row: _Row) -> str:
    """Say that month and number of a row stand in one cell, "" where they do not."""
    telling = [c for c in (*row.own, *row.others) if kind(row.cells[c]) not in (Kind.EMPTY, Kind.MISSING)]
    if len(telling) != 1 or not isinstance(text := row.cells[telling[0]], str):
        return ""
    usual = block.body[next(iter(dated.months))]
    daily = names_day([v for j in when.columns if isinstance(v := usual[j], str)])
    cells = cells_of_month(text.strip(), len(block.columns), daily)
    if not cells:
        return ""
    apart = f"{', '.join(cells[:-1])} and {cells[-1]}"
    place = block.sheet.place(Place(row.position, telling[0]))
    return f'{place}: "{text}" stands in one cell; write {apart} in cells of their own, {_OR_NOTE}'


def _spoilt(block: Block, when: Down, dated: When, row: _Row) -> str:
    """Say that neither the month nor the number of a row can be read, "" where none was meant."""
    own = next((v for c in row.own if isinstance(v := row.cells[c], str) and v), "")
    meant = next((v for c in row.others if _is_value(v := row.cells[c])), "")
    if not own or not meant or len(own.split()) > _MOST_WORDS:
        return ""
    if is_remark(own) or is_total(own) or is_weight(own):
        return ""
    shape, months = _shape(own), (str(block.body[r][j]) for r in dated.months for j in when.columns)
    if not (_YEAR_LIKE.search(own) or any(_shape(month) == shape for month in months)):
        return ""
    return (
        f'{block.sheet.place(Place(row.position, row.own[0]))}: "{own}" is no month and "{meant}" no number; write the '
        f"month as 2024-04 and the number alone, {_OR_NOTE}"
    )


def _is_value(value: Value) -> bool:
    """Tell a text that is meant as a number: with a decimal sign or a mark of status, whatever stands beside it."""
    if not isinstance(value, str) or kind(value) is not Kind.TEXT or _YEAR_LIKE.search(value):
        return False
    marked = value[:1].isdigit() and any(holds(value, of) for of in ("provisional", "revised", "forecast"))
    return (marked or holds_decimal(value)) and ":" not in value and len(value.split()) <= _MOST_WORDS


def _shape(text: str) -> str:
    """Return a text with all digits and words alike: "Nov-24" as "a-9"."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", text.strip()))
