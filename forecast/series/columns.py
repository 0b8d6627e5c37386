"""What each column of a table is for: values, labels of series, codes, weights, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise

from forecast.errors import DataError
from forecast.series.labelled import says_fiscal, says_published, without_brackets
from forecast.series.timed import heading_says
from forecast.tables import fold, unaccented
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.forms import YEARS
from forecast.tables.kinds import Kind, holds_number, is_year, kind, whole_number
from forecast.tables.languages import folded_name, words
from forecast.tables.marks import NO_VALUE, is_forecast, is_provisional, says_none

_DAYS = range(1, 32)
_FLAGS = ("flag", "flags", "status")


class Role(Enum):
    """Say what a column is for."""

    VALUE = "value"
    LABEL = "label"
    STATUS = "status"
    CODE = "code"
    WEIGHT = "weight"
    DATE = "date of something else"
    EMPTY = "empty"


@dataclass(frozen=True)
class Columns:
    """Hold the role of each column that tells no time; None for those that do."""

    roles: tuple[Role | None, ...]

    def of(self, *roles: Role) -> tuple[int, ...]:
        """Return the columns of some roles, from left to right."""
        return tuple(j for j, role in enumerate(self.roles) if role in roles)


def columns(block: Block, rows: Sequence[int], timed: Sequence[int], value: int | None) -> Columns:
    """Return the role of each column, judged by the rows that count.

    timed : columns of time · value : the column named as the value
    """
    taken = set(timed)
    return Columns(
        tuple(
            None
            if j in taken
            else Role.VALUE
            if j == value
            else _role(block, j, [block.body[r][j] for r in rows])
            for j in range(len(block.columns))
        )
    )


def with_labels(block: Block, roles: Columns, rows: Sequence[int]) -> Columns:
    """Return the roles with a first column of figures as codes, where no other says what the rows are."""
    first = [whole_number(block.body[r][0]) for r in rows]
    alone = not roles.of(Role.LABEL, Role.CODE) and roles.roles[0] is Role.VALUE and len(rows) > 1
    if alone and None not in first and len(set(first)) == len(first):
        return Columns((Role.CODE, *roles.roles[1:]))
    return roles


def with_keys(block: Block, roles: Columns, months: Mapping[int, int]) -> Columns:
    """Return the roles with the one column of whole numbers as codes that alone tells repeated months apart.

    months : of rows
    Each of its numbers stands once beside each month, as those of 63 provinces do.
    """
    values = roles.of(Role.VALUE)
    every = len(set(months.values()))
    if len(values) < 2 or len(months) < 2 * every or roles.of(Role.LABEL, Role.CODE):
        return roles

    def tells(j: int) -> bool:
        pairs = {(whole_number(block.body[r][j]), month) for r, month in months.items()}
        keys = {key for key, _ in pairs}
        return None not in keys and len(pairs) == len(months) == len(keys) * every

    found = [j for j in values if tells(j)]
    if len(found) != 1:
        return roles
    return Columns(tuple(Role.CODE if j in found else role for j, role in enumerate(roles.roles)))


def _role(block: Block, j: int, cells: Sequence[Value]) -> Role:
    kinds = [kind(v) for v in cells]
    numbers = kinds.count(Kind.NUMBER)
    dates = kinds.count(Kind.DATE)
    texts = kinds.count(Kind.TEXT) + dates
    whole = all(whole_number(v) is not None for v, k in zip(cells, kinds, strict=True) if k is Kind.NUMBER)
    if is_status(block.headings[j]) and whole:
        return Role.STATUS
    if says(block, j, "weight") and numbers:
        return Role.WEIGHT
    if (
        _is_code(block, j, cells, numbers)
        or j == 0
        and _counts(cells)
        and (not block.headings[0] or whole_number(cells[0]) in (0, 1))
    ):
        return Role.CODE
    of_years = says(block, j, "unit") or says_fiscal(" ".join(block.headings[j]))
    if numbers and of_years and all(is_year(v) for v in cells if v is not None):
        return Role.CODE
    if (
        numbers
        and heading_says(block, j, "day")
        and all(whole_number(v) in _DAYS for v in cells if v is not None)
    ):
        return Role.CODE
    if dates * 2 > texts + numbers or says_published(" ".join(block.headings[j])) and _are_dates(cells):
        return Role.DATE
    if not numbers:
        return Role.STATUS if _tells_forecasts(cells) else Role.LABEL if texts else Role.EMPTY
    if texts > numbers and whole and not heading_says(block, j, "value"):
        return (
            Role.LABEL
        )  # such as codes "10" beside "B-D"; a decimal is a value, and the texts beside it are told
    return Role.VALUE


def _are_dates(cells: Sequence[Value]) -> bool:
    """Tell figures that are months or days run together: 202404, 20240425."""
    numbers = [whole_number(v) for v in cells if v not in (None, "")]
    return all(n is not None and (n // 100 in YEARS or n // 10_000 in YEARS) for n in numbers)


def _tells_forecasts(cells: Sequence[Value]) -> bool:
    """Tell a column of words that says which rows are forecasts and nothing else, such as "Actual" and "Forecast"."""
    texts = {v for v in cells if isinstance(v, str) and v}
    others = {v for v in texts if not is_forecast(v)}
    known = words("provisional") | words("revised")
    return any(map(_is_worded, texts)) and (len(others) < 2 or all(folded_name(v) in known for v in others))


def _is_worded(text: str) -> bool:
    """Tell a forecast by a whole word: a letter alone may be another's in a column that is none of marks."""
    return len(text) > 1 and is_forecast(text)


def _is_code(block: Block, j: int, cells: Sequence[Value], numbers: int) -> bool:
    """Tell a column of codes by its heading; "NO" and "ID" are countries too, unless their figures count."""
    if heading_says(block, j, "quarter"):
        return True
    if not heading_says(block, j, "code") and not any(fold(p).endswith("_code") for p in block.headings[j]):
        return False
    short = all(len(p) <= 2 for p in block.headings[j])
    return not (short and numbers) or j == 0 or _counts(cells)


def _counts(cells: Sequence[Value]) -> bool:
    """Tell a column that only counts the rows."""
    numbers = [whole_number(v) for v in cells]
    steps = {b - a for a, b in pairwise(numbers) if a is not None and b is not None}
    return None not in numbers and steps == {1}


def says(block: Block, j: int, kind_of_word: str) -> bool:
    """Tell whether a heading is a word of a kind, or begins or ends with one: "Weight (%)", "Mã ngành"."""
    for piece in block.headings[j]:
        piece = without_brackets(piece) or piece
        folded = folded_name(piece)
        plain = " ".join(fold(piece).split("_")) or folded
        starts, ends = _at_an_end(kind_of_word)
        if {plain, folded} & words(kind_of_word) or plain.startswith(starts) or plain.endswith(ends):
            return True
    return False


@cache
def _at_an_end(kind_of_word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the longer words of a kind as a heading begins, and as it ends, with one."""
    longer = [word for word in words(kind_of_word) if len(word) > 3]
    return tuple(f"{word} " for word in longer), tuple(f" {word}" for word in longer)


def is_status(heading: Sequence[str]) -> bool:
    """Tell a column of marks by its heading: "STATUS", "SU0503_FLAGS", "Codes".

    >>> is_status(("OBS_STATUS",)), is_status(("SU0503_FLAGS",)), is_status(("Total",))
    (True, True, False)
    """
    for piece in heading[:1]:
        plain = fold(piece).replace("_", " ") or unaccented(piece)
        if plain in words("status_column") or plain.split(" ")[-1] in _FLAGS:
            return True
    return False


def marks(block: Block, roles: Columns, row: int) -> tuple[str, ...]:
    """Return the marks of status that a row holds in columns of their own, and a label that says "forecast".

    Raises DataError for a mark beside a number that says that there is none.
    """
    for j in roles.of(Role.STATUS):
        mark = block.body[row][j]
        denied = isinstance(mark, str) and any(says_none(piece, mark) for piece in block.headings[j])
        if denied and any(holds_number(block.body[row][k]) for k in roles.of(Role.VALUE)):
            raise DataError(f"{block.place(row, j)}: {' '.join(block.headings[j])} {NO_VALUE.format(mark)}")
    cells = (block.body[row][j] for j in roles.of(Role.STATUS) if not _is_confidentiality(block.headings[j]))
    labels = (block.body[row][j] for j in roles.of(Role.LABEL))
    return (
        *(v for v in cells if isinstance(v, str) and is_mark(v)),
        *(v for v in labels if isinstance(v, str) and _is_worded(v)),
    )


def _is_confidentiality(heading: Sequence[str]) -> bool:
    """Tell a column whose marks say who may see a value, where "F" is free: "CONF_STATUS"."""
    return any(word.startswith("conf") for piece in heading[:1] for word in fold(piece).split("_"))


def is_mark(text: str) -> bool:
    """Tell a mark of status, a letter or two or a word for "provisional" or "forecast", from a remark.

    >>> is_mark("p"), is_mark("Preliminary"), is_mark("Dự báo"), is_mark("holiday")
    (True, True, True, False)
    """
    return is_provisional(text) or is_forecast(text) or 0 < len(text) <= 2
