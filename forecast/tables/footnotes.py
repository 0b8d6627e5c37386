"""`footnotes`: rows at the end of a body: footnotes in two cells, a page's number or line, a month said again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from forecast.tables.axis import axis
from forecast.tables.cells import Value
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, is_garbled, is_year, kind, whole_number
from forecast.tables.languages import folded_name, holds, plain_words, words
from forecast.tables.marks import is_provisional
from forecast.tables.meant import holds_decimal, says_change
from forecast.tables.moments import moment
from forecast.tables.rows import Rows

_COUNT = r"(?:1?\d|20)"
"""The number of a footnote; chosen: a table has no more than twenty."""
_MARK = re.compile(rf"[(\[]?(?:{_COUNT}|[^\W\d_]{{1,2}})[)\]]?[.:]?|[*†‡]{{1,3}}|[⁰-⁹¹²³]{{1,2}}")
_NUMBERED = re.compile(rf"\W*{_COUNT}\W*")
_WORDS = re.compile(r"(?:[^\W\d_][\W_]*){3}")
_PAGE = re.compile(r"\W*(?P<word>[^\W\d]+)\W*\d{1,3}(?:\W*[^\W\d]*\W*\d{1,3})?\W*[^\W\d]?\W*")
_CODES = range(100)
"""Whole numbers of rows, months and industries in a column of labels."""
_PAGES = range(1, 1000)
_SURELY_PAGES = 20  # chosen: no level is as small, and its pages hardly have more
_ALIKE = 2.0  # times the number above; chosen: months differ by less, and pages hardly have such numbers


def footnotes(rows: Rows, inside: Sequence[int]) -> set[int]:
    """Return the rows of a body, from its end upwards, that are footnotes and no data though they hold a number."""
    body = [r for r in inside if rows.filled[r]]
    below: list[int] = []
    while body and (not rows.holds_data(body[-1], begun=True) or _may_be(rows, body[-1])):
        below.append(body.pop())
    found: set[int] = set()
    for r in below if body else ():
        if rows.holds_data(r, begun=True):
            told = (_is_note, _is_page, _is_page_aside, _says_again, _is_imprint)
            if not _is_page_line(rows, r) and not any(tells(rows, r, body) for tells in told):
                return found
            found.add(r)
    return found


def remarks(rows: Rows, loose: Sequence[int]) -> int:
    """Count the rows directly below a table that are its remarks, before others that are of the table below."""
    said = [_is_remark(rows, r) for r in loose]
    first = next((k for k, r in enumerate(loose) if rows.filled[r] and not said[k]), len(loose))
    count = max((k + 1 for k in range(first) if said[k]), default=0)
    return count if count < len(loose) else 0


def is_dated_remark(rows: Rows, r: int) -> bool:
    """Tell a remark in two cells, the second with a year: "Note: | 2024 provisional"."""
    return len(rows.filled[r]) == 2 and rows.kinds[r][rows.filled[r][1]] is Kind.DATE and _is_remark(rows, r)


def _is_remark(rows: Rows, r: int) -> bool:
    """Tell a row that begins with the word of a source or a note."""
    text = plain_words(str(rows.sheet.rows[r][rows.filled[r][0]])) if rows.filled[r] else ""
    return any(f"{text} ".startswith(f"{word} ") for word in words("remark"))


def numbers_footnote(value: Value) -> bool:
    """Tell a cell with nothing but the number that a footnote may have, and signs around it."""
    return _NUMBERED.fullmatch(heading_text(value)) is not None


def numbers_page(text: str) -> bool:
    """Tell a text with nothing but the number of a page.

    >>> [numbers_page(text) for text in ("Page 2", "- Trang 2/10 -", "Seite 2 von 4", "Division 10")]
    [True, True, True, False]
    """
    hit = _PAGE.fullmatch(text)
    return hit is not None and folded_name(hit["word"]) in words("page")


def alike(page: int, number: float) -> bool:
    """Tell a whole number that may be one of the series that another number is of."""
    return number < _ALIKE * page < _ALIKE**2 * number


def _may_be(rows: Rows, r: int) -> bool:
    """Tell a row that holds a mark and words, or a whole number alone."""
    if r in rows.spoilt or r in rows.covered:
        return False
    cells = [rows.sheet.rows[r][c] for c in rows.filled[r]]
    if _is_page_line(rows, r) or cells and _month_alone(rows, r) is not None:
        return True
    if len(cells) == 1:
        return whole_number(cells[0]) is not None
    if r and not rows.filled[r - 1] and rows.filled[r][1:] == rows.numbers[r]:
        return _imprints(cells)
    if len(cells) == 2 and holds(str(cells[0]), "remark"):
        return isinstance(cells[1], str) and kind(cells[1]) is not Kind.NUMBER
    return len(cells) == 2 and _is_mark(cells[0]) and _is_wording(cells[1])


def _is_mark(value: Value) -> bool:
    return _MARK.fullmatch(heading_text(value)) is not None or kind(value) is Kind.MISSING or is_year(value)


def _is_code(value: Value) -> bool:
    """Tell one or two letters, with which rows may be named too."""
    return isinstance(value, str) and value.isalpha() and _MARK.fullmatch(value) is not None


def _is_wording(value: Value) -> bool:
    """Tell words, as "not available" are too, that no number was meant by."""
    if not isinstance(value, str) or kind(value) not in (Kind.TEXT, Kind.MISSING) or not _WORDS.search(value):
        return False
    return not (is_garbled(value) or says_change(value) or holds_decimal(value))


def _is_note(rows: Rows, r: int, body: Sequence[int]) -> bool:
    """Tell a mark beside words that does not go on with the years or numbers of the rows above."""
    column, cells = rows.filled[r][0], rows.sheet.rows[r]
    if len(rows.filled[r]) != 2:
        return False
    if any(_is_code(rows.sheet.rows[b][column]) for b in body):
        return not _is_code(cells[column])
    above, parted, number = _wholes(rows, column, body), r - 1 not in body, whole_number(cells[column])
    if all(map(is_year, above)):
        return not above or not is_year(number) or parted and number in above
    return parted and number != above[-1] + 1


def _is_page(rows: Rows, r: int, body: Sequence[int]) -> bool:
    """Tell a number alone below the table, in its column of labels and unlike them and the values."""
    column = rows.filled[r][0]
    page = whole_number(rows.sheet.rows[r][column])
    if len(rows.filled[r]) > 1 or page is None or column > min(rows.filled[b][0] for b in body):
        return False
    above = _wholes(rows, column, body)
    named = not above and column not in rows.dated
    parted = r - 1 not in body or named and _has_separators(rows, r)
    if not parted or is_year(page) and above or page not in _PAGES and not is_year(page):
        return False
    labels = all(n in _CODES or is_year(n) for n in above) and not _decimals(rows, column, body)
    return labels and (page < _SURELY_PAGES or not any(alike(page, v) for v in _values(rows, body)))


def _is_page_aside(rows: Rows, r: int, body: Sequence[int]) -> bool:
    """Tell a number alone below a table of dates in a column of its values, which are none of them as small."""
    if len(rows.filled[r]) > 1 or r - 1 in body or not rows.dated or rows.filled[r][0] in rows.dated:
        return False
    page = whole_number(rows.sheet.rows[r][rows.filled[r][0]])
    values = _values(rows, body)
    if page is None or page not in _PAGES or not values or min(values) <= _SURELY_PAGES:
        return False
    return page < _SURELY_PAGES or not any(alike(page, value) for value in values)


def _is_page_line(rows: Rows, r: int) -> bool:
    """Tell a row of "Page 1" and the like in a cell, alone or beside days."""
    cells = [rows.sheet.rows[r][c] for c in rows.filled[r]]
    pages = [isinstance(v, str) and numbers_page(v) for v in cells]
    kinds = (rows.kinds[r][c] for c in rows.filled[r])
    return any(pages) and all(page or of is Kind.DATE for page, of in zip(pages, kinds, strict=True))


def _says_again(rows: Rows, r: int, body: Sequence[int]) -> bool:
    """Tell a month with a mark of its status alone, where a row above has its numbers, or none there names its year."""
    month, column = _month_alone(rows, r), rows.filled[r][0]
    above = [(b, m) for b in body if (m := _whole(rows.sheet.rows[b][column])) is not None]
    return month is not None and (not above or any(m == month and rows.numbers[b] for b, m in above))


def _month_alone(rows: Rows, r: int) -> int | None:
    """Return the month of a row that holds one with a mark of its status and nothing else."""
    first, *others = (rows.sheet.rows[r][c] for c in rows.filled[r])
    if not isinstance(first, str) or not all(isinstance(v, str) and is_provisional(v) for v in others):
        return None
    named = moment(first)
    return _whole(first) if named is not None and (named.mark or others) else None


def _whole(value: Value) -> int | None:
    """Return the month that a cell names with its year."""
    named = axis([value]).moments[0]
    return named.ordinal if named is not None and named.whole else None


def _imprints(cells: Sequence[Value]) -> bool:
    """Tell the number of a page, a telephone, an edition or the like behind what it is, or that of a page behind a day.

    Editions may have numbers that are not whole.
    """
    label = heading_text(cells[0])
    plain = plain_words(label)
    if not all(whole_number(v) is not None or plain in words("imprint") for v in cells[1:]):
        return False
    when = moment(label)
    if when is not None and when.day is not None:
        return len(cells) == 2 and whole_number(cells[1]) in _PAGES
    if plain in words("imprint") | words("page") or plain_words(label.partition(":")[0]) in words("remark"):
        return True
    told = label.strip().startswith("©") or any(
        f"{plain} ".startswith(f"{word} ") for word in words("remark")
    )
    return told and len(cells) == 2 and (is_year(cells[1]) or _is_day(cells[1]))  # "Nguồn điện" is a sector


def _is_day(value: Value) -> bool:
    """Tell a day in figures, such as 20241129."""
    when = moment(heading_text(value))
    return when is not None and when.day is not None


def _is_imprint(rows: Rows, r: int, body: Sequence[int]) -> bool:
    """Tell such a row below a blank one, months across, with fewer numbers than every row above.

    So is a page in the middle, a number alone and unlike the others where every row above has a name.
    """
    filled, above = rows.filled[r], [b for b in body if rows.numbers[b]]
    if (
        rows.dated
        or r == 0
        or rows.filled[r - 1]
        or len(rows.numbers[r]) >= min(map(len, map(rows.values, above)))
    ):
        return False
    labels = min(rows.filled[b][0] for b in body)
    cells = rows.sheet.rows[r]
    if filled[0] == labels:
        return len(filled) > 1 and _imprints([cells[c] for c in filled])
    page = whole_number(cells[filled[0]])
    named = all(rows.filled[b][0] == labels and rows.kinds[b][labels] is Kind.TEXT for b in above)
    if len(filled) > 1 or page is None or not named or page not in _PAGES and not is_year(page):
        return False
    return not any(alike(page, _number(rows.sheet.rows[b][c])) for b in above for c in rows.numbers[b])


def _has_separators(rows: Rows, r: int) -> bool:
    """Tell a line that is no rest of one broken in two: one of a workbook, or with empty cells beside its own."""
    return not rows.sheet.counts or rows.sheet.counts[r] > 1


def _wholes(rows: Rows, column: int, body: Collection[int]) -> list[int]:
    """Return the whole numbers of a column."""
    return [n for b in body if (n := whole_number(rows.sheet.rows[b][column])) is not None]


def _decimals(rows: Rows, column: int, body: Collection[int]) -> bool:
    """Tell a column with numbers that are not whole."""
    return any(column in rows.numbers[b] and whole_number(rows.sheet.rows[b][column]) is None for b in body)


def _values(rows: Rows, body: Sequence[int]) -> list[float]:
    """Return the numbers of the last row that has some, its year aside."""
    last = next((b for b in reversed(body) if rows.numbers[b]), body[-1])
    return [n for c in rows.numbers[last] if not is_year(v := rows.sheet.rows[last][c]) and (n := _number(v))]


def _number(value: Value) -> float:
    """Return about how large a number is, whatever sign of decimals it has; 0 where nothing says."""
    if isinstance(value, int | float):
        return float(value)
    hit = re.match(r"\d+(?:[.,]\d{1,2}(?!\d))?", str(value))
    return float(hit[0].replace(",", ".")) if hit else 0.0
