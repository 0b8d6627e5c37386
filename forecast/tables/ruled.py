"""`without_rules`: a sheet whose rows of "***", "-----" or "====" alone, drawn between others, hold nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from forecast.tables.cells import Sheet, Value

_RULE = re.compile(r"(?:([*=_~#+–—―─━═•·-])\s*)(?:\1\s*){2,}")
"""One sign thrice at least. chosen: "-" and "--" mark values that are missing."""


def without_rules(sheet: Sheet) -> Sheet:
    """Return a sheet with the rows that are a rule empty, and what is told of them."""
    ruled = [r for r, row in enumerate(sheet.rows) if _is_rule(row)]
    if not ruled:
        return sheet
    empty = (None,) * sheet.width
    rows = tuple(empty if r in ruled else row for r, row in enumerate(sheet.rows))
    text = next(str(value).strip() for value in sheet.rows[ruled[0]] if value not in (None, ""))
    more = (
        f" and {len(ruled) - 1} more like it were taken as rules"
        if len(ruled) > 1
        else " was taken as a rule"
    )
    told = f'line {sheet.lines[ruled[0]]} "{text}"{more} between rows'
    return replace(sheet, rows=rows, notes=(*sheet.notes, told))


def _is_rule(row: tuple[Value, ...]) -> bool:
    """Tell a row whose cells all hold one sign again and again, and one does.

    >>> [_is_rule(row) for row in (("-----", None), ("* * *", "***"), ("--", "--"), ("2020", "---"), (None,))]
    [True, True, False, False, False]
    """
    filled = [value for value in row if value not in (None, "")]
    return bool(filled) and all(isinstance(v, str) and _RULE.fullmatch(v.strip()) for v in filled)
