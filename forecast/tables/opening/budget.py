"""`Budget`: how much a file may ask of the machine, and how to allow more."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from forecast.errors import DataError


@dataclass(frozen=True)
class Budget:
    """Bound what one file may take; each bound has a variable of the environment that raises it.

    cells : filled cells of a sheet, and cells of the rectangle around them
    columns : cells of one line
    megabytes : size of a file, unpacked where it is packed
    memory : megabytes for the process that opens workbooks
    seconds : seconds for that process, which may also stand still where memory ends
    text : characters of one cell
    """

    cells: int = 10_000_000
    columns: int = 16_384  # what a line of a spreadsheet can hold
    megabytes: int = 500
    memory: int = 2000
    seconds: int = 50
    text: int = 32_767  # what a cell of a spreadsheet can hold

    def refusal(self, place: str, what: str, bound: str) -> DataError:
        """Return the refusal of a file that passes a bound, naming the way to raise it."""
        limit = getattr(self, bound)
        return DataError(
            f"{place}: {what}, more than the {limit:,} allowed; take out what is not needed, "
            f"or allow more with the environment variable {_variable(bound)}"
        )


def budget(environment: Mapping[str, str] = os.environ) -> Budget:
    """Return the budget with what the environment raises or lowers.

    Raises DataError for a variable that is not a whole number above zero.

    >>> budget({"FORECAST_MAX_CELLS": "100"}).cells
    100
    """
    given = {}
    for bound in fields(Budget):
        text = environment.get(_variable(bound.name))
        if text is None:
            continue
        if not text.strip().isascii() or not text.strip().isdigit() or int(text) < 1:
            raise DataError(f'{_variable(bound.name)}: "{text}" is not a whole number above zero')
        given[bound.name] = int(text)
    return Budget(**given)


def _variable(bound: str) -> str:
    return f"FORECAST_MAX_{bound.upper()}"
