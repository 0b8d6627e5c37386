"""The heading of a table: where it begins, and two rows of headings as one."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.tables.dates import month_of_year, parse_period, year_column
from forecast.tables.numbers import detect_style, missing, parse_number
from forecast.tables.words import unaccented

_LETTERS = tuple("ABCDEFG")


def joined(top: Sequence[str], below: Sequence[str]) -> tuple[str, ...] | None:
    """Return one heading a column where the row below a header with spanning headings goes on with it, else None.

    A heading spans the empty cells, or the cells that repeat it, to its right. The row below belongs to the header
    where it names each of the columns spanned and holds no number.

    >>> joined(["Ngành", "Tháng 4/2024", ""], ["", "so với tháng trước", "so với cùng kỳ"])
    ('Ngành', 'Tháng 4/2024 so với tháng trước', 'Tháng 4/2024 so với cùng kỳ')
    """
    width = max(len(top), len(below))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (top, below))
    spanned = [i for i in range(1, width) if upper[i] in ("", upper[i - 1]) and any(upper[:i])]
    if not spanned or not all(lower[i] for i in spanned) or any(map(_holds_value, lower)):
        return None
    for i in spanned:
        upper[i] = upper[i - 1]
    return tuple(a if b in ("", a) else f"{a} {b}".strip() for a, b in zip(upper, lower, strict=True))


def headless(row: Sequence[str]) -> bool:
    """Tell a row of data, months and numbers alone, where headings are expected.

    >>> headless(["2024-01", "97.3"]), headless(["", "2024-01", "2024"]), headless(["2024-01", "2024-02"])
    (True, False, False)
    """
    months = [cell for cell in row if _is_month(cell)]
    others = [cell for cell in row if cell and not _is_month(cell)]
    return bool(row and row[0] and months and others) and all(map(_holds_value, others))


def _is_month(cell: str) -> bool:
    try:
        parse_period(cell)
    except ValueError:
        return False
    return True


def numbers_columns(row: Sequence[str]) -> bool:
    """Tell the row under a heading that only counts the columns: A, B, 1, 2, 3.

    >>> numbers_columns(["A", "B", "1", "2"]), numbers_columns(["1", "2", "4"]), numbers_columns(["1", "", "2"])
    (True, False, False)
    """
    letters = [cell for cell in row if cell in _LETTERS]
    numbers = [str(n) for n in range(1, len(row) - len(letters) + 1)]
    return len(row) > 2 and bool(numbers) and list(row) == [*_LETTERS[: len(letters)], *numbers]


def _holds_value(cell: str) -> bool:
    """Tell a number, or a mark of one that is missing, from a heading; an empty cell is neither."""
    text = cell.rstrip("% ")
    if not text:
        return bool(cell)
    try:
        parse_number(text, detect_style([text])[0])
    except ValueError:
        return missing(cell)
    return True


def dated(
    header: Sequence[str], rows: Sequence[tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    """Return header and rows with the year of its own column moved into the month's, None where there are not both.

    >>> dated(["year", "month", "iip"], [("2024", "4", "98.5")])
    (('month', 'iip'), (('2024-04', '98.5'),))
    """
    year = year_column(header)
    month = next((i for i, text in enumerate(header) if unaccented(text).strip() in ("thang", "month")), None)
    if year is None or month is None:
        return None
    numbers = [month_of_year(row[month]) for row in rows]
    if not any(numbers):
        return None
    whole = [
        row if number is None else (*row[:month], f"{row[year]}-{number:02d}", *row[month + 1 :])
        for row, number in zip(rows, numbers, strict=True)
    ]
    return (*header[:year], *header[year + 1 :]), tuple((*row[:year], *row[year + 1 :]) for row in whole)
