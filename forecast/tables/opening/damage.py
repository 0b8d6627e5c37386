"""JSON as Python holds it, or what is wrong with it and where."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from forecast.errors import DataError
from forecast.tables.opening.records import once

_SHOWN = 20  # digits quoted; chosen: enough to look for
_BEGINS = re.compile(r"\s*\[\s*[\[{]")


class DamagedError(DataError):
    """A text that is no whole JSON."""


def loaded(name: str, text: str) -> Any:
    """Return what a text of JSON holds.

    Raises DamagedError with line and column of what is wrong in it, DataError for a name given twice in one record and
    for a number that is too large.
    """
    try:
        return _loads(name, text, partial(_too_large, name, text))
    except json.JSONDecodeError as error:
        raise DamagedError(_fault(name, text, error)) from None
    except RecursionError:
        raise DamagedError(f"{name}: is damaged JSON, or none: too deep; fetch it again") from None


def lines(name: str, text: str) -> list[Any]:
    """Return the records of a text that holds one a line, none where a line is no JSON.

    Raises DataError as `loaded`.
    """
    held = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                held.append(_loads(f"{name}:{number}", line, partial(_too_large, name, line, first=number)))
            except (ValueError, RecursionError):
                return []
    return held


def begins_as_json(text: str) -> bool:
    """Tell a list of records or lists from a table whose first cell begins with a bracket."""
    return _BEGINS.match(text) is not None


def _loads(place: str, text: str, too_large: Callable[[str], DataError]) -> Any:
    def number(written: str) -> float | int:
        value = float(written)
        if not math.isfinite(value):
            raise too_large(written)
        return int(written) if written.lstrip("-").isdigit() else value

    return json.loads(text, object_pairs_hook=partial(once, place), parse_float=number, parse_int=number)


def _too_large(name: str, text: str, written: str, first: int = 1) -> DataError:
    """Say where the number stands that no computer holds; first : line of the file with which the text begins."""
    hit = re.search(rf"(?<![\w.\"+-]){re.escape(written)}(?![\w.\"])", text)
    at = text.find(written) if hit is None else hit.start()
    line, column = first + text.count("\n", 0, at), at - text.rfind("\n", 0, at)
    shown = written if len(written) < _SHOWN else f"{written[:_SHOWN]}…"
    return DataError(
        f"{name}:{line}: {shown} is too large for a number (column {column}); write it in other units"
    )


def _fault(name: str, text: str, error: json.JSONDecodeError) -> str:
    """Say where JSON ends to be such; of records one a line where the first that is none does."""
    line, fault, whole = error.lineno, error, text
    if error.msg == "Extra data":
        for number, one in enumerate(text.splitlines(), 1):
            try:
                json.loads(one or "null")
            except json.JSONDecodeError as own:
                line, fault, whole = number, own, one
                break
    cut = fault.pos >= len(whole.rstrip()) or fault.msg.startswith("Unterminated")
    what = "it ends too soon" if cut else fault.msg[0].lower() + fault.msg[1:]
    return f"{name}:{line}: is damaged JSON, or none: {what} (column {fault.colno}); fetch it again, or mend it there"
