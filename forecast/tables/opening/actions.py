"""What a message of SDMX says is to be done with its data: values to take, or values that are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forecast.errors import DataError
from forecast.tables.cells import Place, Sheet

DELETED = 'says of its data that they are to be deleted (action "Delete"); fetch the data themselves'
_OF_VALUES = frozenset({"a", "i", "m", "r", "append", "information", "merge", "replace"})
_DEEPEST = (
    20  # rows looked at for the headings; chosen: the standard has them first, offices put a note above
)


def deletes(action: str) -> bool:
    """Tell the action of data that are to be deleted.

    >>> deletes("Delete"), deletes("D"), deletes("Replace")
    (True, True, False)
    """
    return action.strip().lower() in ("d", "delete")


def settled(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return sheets, those in SDMX-CSV 2.0 without the actions of their rows, which tell no series apart.

    Raises DataError for rows that are to be deleted: what they take back stands elsewhere.
    """
    return tuple(map(_settled, sheets))


def _settled(sheet: Sheet) -> Sheet:
    for r, row in enumerate(sheet.rows[:_DEEPEST]):
        if "ACTION" in row and "STRUCTURE_ID" in row:
            return _without(sheet, r, row.index("ACTION"))
    return sheet


def _without(sheet: Sheet, head: int, column: int) -> Sheet:
    """Return a sheet whose cells below a heading ACTION are empty, as they say that their rows hold values."""
    said = [str(row[column] or "").strip().lower() for row in sheet.rows]
    gone = [r for r in range(head + 1, len(said)) if said[r] and said[r] not in _OF_VALUES]
    if gone:
        more = f" ({len(gone)} such rows)" if len(gone) > 1 else ""
        what = "is to be deleted" if deletes(said[gone[0]]) else "holds something else than a value"
        raise DataError(
            f'{sheet.place(Place(gone[0], column))}: ACTION "{sheet.rows[gone[0]][column]}" says that this row {what}'
            f"{more}; fetch the data themselves, or delete such rows and what they take back"
        )
    rows = (
        (*row[:column], None, *row[column + 1 :]) if r > head else row for r, row in enumerate(sheet.rows)
    )
    return replace(sheet, rows=tuple(rows))
