"""Mutants that no test can kill, each with the reason: they change no number that is printed."""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str, int], str] = {
    (
        "forecast/recovery/__init__.py",
        "max -> min",
        2,
    ): "months before the slump are left out for speed alone",
    (
        "forecast/answers/sectors.py",
        "1 -> 2",
        1,
    ): "paths carry a year before the slump, so its start lies further in",
    (
        "forecast/report/chapters/scenarios.py",
        "_gain(row) > 0 -> _gain(row) >= 0",
        1,
    ): "a gain told is 0.1 or more",
    ("forecast/report/chapters/changes.py", "0.44 -> 0.48400000000000004", 1): "the width of a bar on paper",
}
"""File and text of a mutant, the how manieth of that text in its file, and why it changes nothing."""


def reason(file: str, text: str, nth: int) -> str | None:
    """Return why a mutant changes nothing; None where it is not known to be equivalent."""
    return EQUIVALENT.get((file, text, nth))
