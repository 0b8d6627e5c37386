"""Mutants that no test can kill, each with the reason: they change no number that is printed."""

from __future__ import annotations

SEARCH = "ends of a search: what is sought lies well inside"
ONE_SERIES = "what a row adds is of one series"
ALIKE = "np.linalg.eigvalsh(_correlation(variance)).min()"

EQUIVALENT: dict[tuple[str, str, int], str] = {
    ("forecast/recovery.py", "max -> min", 2): "months before the slump are left out for speed alone",
    ("forecast/answers/sectors.py", "1 -> 2", 1): "paths carry a year before the slump, so its start lies further in",
    ("forecast/answers/changes.py", "0 -> -1", 3): ONE_SERIES,
    ("forecast/answers/changes.py", "0 -> -1", 4): ONE_SERIES,
    ("forecast/answers/next_releases.py", "6 -> 5", 1): SEARCH,
    ("forecast/answers/next_releases.py", "6 -> 5", 2): SEARCH,
    ("forecast/answers/next_releases.py", "6 -> 7", 1): SEARCH,
    ("forecast/answers/next_releases.py", "6 -> 7", 2): SEARCH,
    ("forecast/answers/watch.py", "0 -> -1", 5): "one column of growth was asked about: the first is the last",
    ("forecast/scenario/exact.py", f"{ALIKE} < ALIKE -> {ALIKE} <= ALIKE", 1): "a computed root is never the limit",
    ("forecast/scenario/exact.py", "paths.weights > 0 -> paths.weights >= 0", 1): "weights are scaled to sum to one",
    (
        "forecast/scenario/tilting.py",
        "there.value > here.value + 1e-14 -> there.value >= here.value + 1e-14", 1,
    ): "a rise by the limit itself is rounding error either way",
    ("forecast/report/chapters/return_month.py", "0 -> 1", 1): "every horizon has a first month",
    ("forecast/report/chapters/scenarios.py", "_gain(row) > 0 -> _gain(row) >= 0", 1): "a gain told is 0.1 or more",
    ("forecast/report/chapters/scenario_panels.py", "1.1 -> 1.2100000000000002", 1): "the width of a line on paper",
    ("forecast/report/chapters/changes.py", "0.44 -> 0.48400000000000004", 1): "the width of a bar on paper",
}  # fmt: skip
"""File and text of a mutant, the how manieth of that text in its file, and why it changes nothing."""


def reason(file: str, text: str, nth: int) -> str | None:
    """Return why a mutant changes nothing; None where it is not known to be equivalent."""
    return EQUIVALENT.get((file, text, nth))
