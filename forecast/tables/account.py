"""`Account`: what became of every number of a file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_HEAD = re.compile(r" (?:of|without|under) ")
"""What parts a noun from what is said of it."""


@dataclass(frozen=True)
class LeftOut:
    """Numbers of a file that are no values of its series, why, and where the first of them stands."""

    reason: str
    what: str
    count: int
    place: str

    def __str__(self) -> str:
        named = f' "{self.what}"' if self.what else ""
        return f"{self.reason}{named}: {_counted(self.count, 'number')} left out ({self.place})"


@dataclass(frozen=True)
class Account:
    """Count the numbers of a file: values of named series, and what was left out.

    >>> left = LeftOut("annual total", "Annual", 46, "x.csv:1"), LeftOut("weight", "", 8, "x.csv:1")
    >>> print(Account(1150, 23, left))
    1,204 numbers: 1,150 values of 23 series, 46 annual totals, 8 weights
    """

    values: int
    series: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def numbers(self) -> int:
        """All numbers of the file, its dates aside."""
        return self.values + sum(item.count for item in self.left_out)

    def __str__(self) -> str:
        by_reason: Counter[str] = Counter()
        for item in self.left_out:
            by_reason[item.reason] += item.count
        parts = [f"{self.values:,} values of {self.series:,} series"]
        parts += [_counted(n, reason) for reason, n in by_reason.items()]
        return f"{self.numbers:,} numbers: {', '.join(parts)}"


def _counted(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> _counted(1, "weight"), _counted(2, "number of another table"), _counted(3, "series")
    ('1 weight', '2 numbers of another table', '3 series')
    >>> _counted(3, "number without a heading"), _counted(2, "number under no heading")
    ('3 numbers without a heading', '2 numbers under no heading')
    """
    head = _HEAD.split(noun, maxsplit=1)[0]
    plural = head if count == 1 or head.endswith("s") else head + "s"
    return f"{count:,} {plural}{noun.removeprefix(head)}"
