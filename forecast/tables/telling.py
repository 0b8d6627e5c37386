"""What a user says of a file, and problems told to the user all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from forecast.errors import DataError

SHOWN = 20
"""Problems printed at once; more only bury the first. chosen: a screen."""


@dataclass(frozen=True)
class Layout:
    """Say of a file what it does not say itself: for the commands, as the keys of a config do for a question.

    columns : name -> heading · fill : name -> value of every row · decimal : "." or "," · rates : "index" or "percent"
    """

    sheet: str | None = None
    decimal: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, str] = field(default_factory=dict)
    rates: str | None = None


AS_IT_IS = Layout()
"""A file that says everything itself."""


def fail(problems: Sequence[str]) -> NoReturn:
    """Raise the problems as one DataError, each once, the first of them in full and the rest as a count."""
    problems = list(dict.fromkeys(problems))
    more = (f"and {len(problems) - SHOWN} more",) if len(problems) > SHOWN else ()
    raise DataError(*problems[:SHOWN], *more)
