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

TOO_LARGE = "is too large for a number"
_SHOWN = 20  # digits quoted; chosen: enough to look for
_BEGINS = re.compile(r"\s*\[\s*[\[{]")


def loaded(name: str, text: str) -> Any:
    """Return what a text of JSON holds. Raises DataError with the line and column of what is wrong in it."""
    try:
        return _loads(text, partial(_too_large, name, text))
    except DataError as error:
        raise DataError(*(p if p.startswith(name) else f"{name}: {p}" for p in error.problems)) from None
    except json.JSONDecodeError as error:
        raise DataError(_fault(name, text, error)) from None
    except RecursionError:
        raise DataError(f"{name}: is damaged JSON, or none: too deep; fetch it again") from None


def lines(name: str, text: str) -> list[Any]:
    """Return the records of a text that holds one a line, none where a line is no JSON.

    Raises DataError with the line of a number that is too large.
    """
    held = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                held.append(_loads(line, partial(_in_line, f"{name}:{number}")))
            except (ValueError, RecursionError):
                return []
    return held


def begins_as_json(text: str) -> bool:
    """Tell a list of records or lists from a table whose first cell begins with a bracket."""
    return _BEGINS.match(text) is not None


def _loads(text: str, too_large: Callable[[str], DataError]) -> Any:
    def number(written: str) -> float | int:
        value = float(written)
        if not math.isfinite(value):
            raise too_large(written)
        return int(written) if written.lstrip("-").isdigit() else value

    return json.loads(text, object_pairs_hook=once, parse_float=number, parse_int=number)


def _in_line(place: str, written: str) -> DataError:
    shown = written if len(written) < _SHOWN else f"{written[:_SHOWN]}…"
    return DataError(f"{place}: {shown} {TOO_LARGE}; write it in other units")


def _too_large(name: str, text: str, written: str) -> DataError:
    """Say where the number stands that no computer holds."""
    hit = re.search(rf"(?<![\w.\"+-]){re.escape(written)}(?![\w.\"])", text)
    at = text.find(written) if hit is None else hit.start()
    return _in_line(f"{name}:{text.count(chr(10), 0, at) + 1}", written)


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
