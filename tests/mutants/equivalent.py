"""Mutants that no test can kill, each with the reason: they change no number that is printed."""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str, int], str] = {
    ("forecast/recovery.py", "max -> min", 2): "months before the slump are left out for speed alone",
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
    (
        "forecast/answers/watch.py",
        "0 -> -1",
        5,
    ): "one column of growth was asked about: the first is the last",
    **{
        (
            "forecast/answers/next_releases.py",
            f"6 -> {other}",
            end,
        ): "ends of a search: what is sought is well inside"
        for other in (5, 7)
        for end in (1, 2)
    },
    (
        "forecast/scenario/exact.py",
        "np.linalg.eigvalsh(_correlation(variance)).min() < ALIKE -> "
        "np.linalg.eigvalsh(_correlation(variance)).min() <= ALIKE",
        1,
    ): "a computed root is never the limit itself",
    (
        "forecast/scenario/exact.py",
        "paths.weights > 0 -> paths.weights >= 0",
        1,
    ): "weights are scaled to sum to one",
    (
        "forecast/scenario/tilting.py",
        "there.value > here.value + 1e-14 -> there.value >= here.value + 1e-14",
        1,
    ): "a step that rises by the limit itself: rounding error either way",
    ("forecast/report/chapters/return_month.py", "0 -> 1", 1): "every horizon has a first month",
    (
        "forecast/report/chapters/scenario_panels.py",
        "1.1 -> 1.2100000000000002",
        1,
    ): "the width of a line on paper",
    ("forecast/report/chapters/changes.py", "0.44 -> 0.48400000000000004", 1): "the width of a bar on paper",
}
"""File and text of a mutant, the how manieth of that text in its file, and why it changes nothing."""


def reason(file: str, text: str, nth: int) -> str | None:
    """Return why a mutant changes nothing; None where it is not known to be equivalent."""
    return EQUIVALENT.get((file, text, nth))
