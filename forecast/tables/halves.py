"""`in_two_cells`: what to say of a number whose decimal comma has put it into two cells."""

from __future__ import annotations


def in_two_cells(a: str, b: str) -> str:
    """Say that two cells seem to be one number, and what to do about it.

    >>> in_two_cells("104", "5")[:58]
    '"104" and "5" seem to be one number with a decimal comma: '
    """
    return (
        f'"{a}" and "{b}" seem to be one number with a decimal comma: put such numbers in quotes ("{a},{b}"), '
        "separate the columns by semicolons, or use a decimal point; where they are two columns, give both a heading"
    )
