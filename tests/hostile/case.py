"""`Case`: a folder of bad input, the command line that meets it, and what a right answer would be."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Truth = Mapping[tuple[str, str], frozenset[float]]
"""(series, month): the values that the file may be said to hold there."""


@dataclass(frozen=True)
class Case:
    """One bad input, or one that only looks bad.

    argv : the command line, run in the case's folder
    places : words of which a refusal must hold one: the file or option that is wrong
    truth : what may be read where the command line accepts it; a month not in it must not be read
    store : file that the command line fills, compared with the truth
    whole : months of the truth that must all be read where the input is accepted
    said : all that may be printed where the input is accepted; None where that is not known
    untouched : whether a refusal leaves every file as it was
    """

    argv: tuple[str, ...]
    places: tuple[str, ...]
    truth: Truth = field(default_factory=dict)
    store: str | None = None
    whole: frozenset[tuple[str, str]] = frozenset()
    said: frozenset[str] | None = None
    untouched: bool = False


Generator = Callable[[random.Random, Path], Case]
"""Makes the files of a case in an empty folder, the same ones for the same state of the random numbers."""

MONTHS = tuple(f"{year}-{month:02d}" for year in range(2015, 2023) for month in range(1, 13))

WORDS = (
    "nan", "inf", "-inf", "1e308", "-1e308", "1e-400", "1e999", "-0", "0x10", "1_000", "٣٤", "18446744073709551616",
    "9" * 400, "0000-01", "9999-12", "2024-13", "2024-02-31", "-5", "true", "null", "~", "''", "[]", "{}", "[[]]",
    ".nan", ".inf", "!!python/object/apply:os.system ['false']", "!!binary gA==", "&a x", "*nowhere", "<<", "=1+1",
    '"\\0"', '"\\ud800"', '"\\u202e"', "a" * 5000, "../../etc/passwd", "/dev/null", ".", "%s%n", "{0}", "NO", "1:30",
    "2024-05-20T00:00:00Z", "'x': y", "- -", "? a", "|", ">", "@", "`", "%", "\t", "é\u0301", "\U0001f3ed", "𝟏𝟐",
)  # fmt: skip
"""Scalars that are none of what they stand in for."""


def broken(content: bytes, chance: random.Random) -> bytes:
    """Damage a file: cut, overwritten, doubled, with bytes flipped, taken out or put in."""
    if not content:
        return chance.randbytes(chance.choice([1, 10, 1000]))
    damaged, at = bytearray(content), chance.randrange(len(content))
    match chance.randrange(6):
        case 0:
            del damaged[at:]
        case 1:
            for _ in range(chance.choice([1, 5, 100])):
                damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        case 2:
            length = chance.choice([1, 10, 1000])
            damaged[at : at + length] = chance.randbytes(length)
        case 3:
            del damaged[at : at + chance.choice([1, 10, 1000])]
        case 4:
            damaged[at:at] = bytes(chance.choice([1, 10, 4096]))
        case _:
            damaged += damaged[at:]
    return bytes(damaged)
