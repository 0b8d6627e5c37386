"""What a user says of a file, and what is said to the user: options, findings, and problems all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from forecast.errors import DataError

SHOWN = 20
"""Problems printed at once; more only bury the first."""


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


@dataclass(frozen=True)
class Finding:
    """One remark of a quality report: a kind to count by, a place and a plain sentence."""

    kind: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def fail(problems: Sequence[str]) -> NoReturn:
    """Raise the problems as one DataError, the first of them in full and the rest as a count."""
    more = (f"and {len(problems) - SHOWN} more",) if len(problems) > SHOWN else ()
    raise DataError(*problems[:SHOWN], *more)
