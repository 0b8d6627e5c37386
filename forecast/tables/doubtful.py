"""Numbers that a page or a workbook does not plainly show: how their cells say it, and what to write instead."""

from __future__ import annotations

import re

from forecast.tables.cells import Value

STRUCK, PARTS, ROWS, CODE = "struck out", "in two parts", "over several rows", "in no text"
TURNED, NESTED = "in another order", "in a table of its own"

_REMEDIES = {
    STRUCK: "is struck out; write the number that holds, or nothing where none does",
    PARTS: (
        "is set in two parts, of which one may be the mark of a note; write the number alone, or in one part where "
        "all of it is the number"
    ),
    ROWS: "stands in one cell over several rows; give every row its own number",
    CODE: (
        "is in the page's code and not in its text; save the table as CSV with the numbers that the page shows"
    ),
    TURNED: "holds a sign that turns its digits round; write the number anew as it is shown",
    NESTED: "is in a table within a cell, beside others; write the cell's own number alone in it",
}
_NUMBER = r"[-+\u2212\u2013]?\s?\d[\d.,\s\u00a0'’]*%?"
_ALONE = re.compile(_NUMBER)
_CELL = re.compile(rf"(?P<number>{_NUMBER}) \((?P<why>{'|'.join(_REMEDIES)})\)")


def is_number(text: str) -> bool:
    """Tell a text of digits and the signs of numbers alone.

    >>> is_number("-1 234,5 %"), is_number("2024-04"), is_number("C10")
    (True, False, False)
    """
    return _ALONE.fullmatch(text.strip()) is not None


def doubtful(number: str, why: str) -> str:
    """Return the text of a cell whose number is refused where one is read.

    >>> doubtful("101.7", STRUCK)
    '101.7 (struck out)'
    """
    return f"{number.strip()} ({why})"


def crossed(value: Value) -> Value:
    """Return a number whose cell is struck out as one in doubt, every other value as it is.

    >>> crossed(104.5), crossed(105.0), crossed("5.3%"), crossed("Mining")
    ('104.5 (struck out)', '105 (struck out)', '5.3% (struck out)', 'Mining')
    """
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        return value
    shown = value if isinstance(value, str) else str(value).removesuffix(".0")
    return doubtful(shown, STRUCK) if is_number(shown) else value


def doubt(text: str) -> str:
    """Return why a cell that was found doubtful is refused, and what to write, "" for every other.

    >>> doubt("101.7 (struck out)"), doubt("101.7 (p)")
    ('"101.7" is struck out; write the number that holds, or nothing where none does', '')
    """
    hit = _CELL.fullmatch(text) if text.endswith(")") else None
    return f'"{hit["number"]}" {_REMEDIES[hit["why"]]}' if hit else ""
