"""Which tests prove which room, the quickest first: a mutant of a file is killed by those, or it lives."""

from __future__ import annotations

from pathlib import Path

REPO = Path(__file__).parents[2]

ORACLE = ("tests/oracle",)
CHAPTERS = (
    "tests/report/test_told.py", "tests/report/test_quoted.py", "tests/report/chapters", "tests/report/test_numbers.py",
)  # fmt: skip
PROVEN_BY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("forecast/rule.py", ("tests/test_rule.py", "tests/test_recovery.py", "tests/test_slump.py", *ORACLE)),
    ("forecast/slump.py", ("tests/test_slump.py", *ORACLE)),
    ("forecast/normal.py", ("tests/test_normal.py", *ORACLE)),
    ("forecast/recovery/*.py", ("tests/test_recovery.py", *ORACLE)),
    ("forecast/what_if.py", ("tests/test_assume.py", "tests/test_scenario.py", *ORACLE)),
    ("forecast/scenario/*.py", ("tests/test_assume.py", "tests/test_scenario.py", *ORACLE)),
    (
        "forecast/estimate/*.py",
        ("tests/estimate", *ORACLE, "tests/test_ahead.py", "tests/test_estimate.py", "tests/test_leaks.py"),
    ),
    ("forecast/answers/*.py", (*ORACLE, "tests/answers")),
    ("forecast/report/chapters/*.py", CHAPTERS),
    ("forecast/report/phrases.py", CHAPTERS),
    ("forecast/report/summary.py", ("tests/backtest/test_record.py",)),
    ("forecast/report/csvs.py", ("tests/report/test_told.py", "tests/report/test_csvs.py")),
)
"""Files of a room, and the tests that prove it."""

BELOW = (
    "jinja2", "matplotlib.figure", "pyarrow", "pydantic", "scipy.optimize", "scipy.stats", "statsmodels.api",
    "forecast.adjust", "forecast.levels", "forecast.models", "forecast.nowcast", "forecast.vintages",
)  # fmt: skip
"""What the rooms and their tests stand on and no mistake is put into: imported once for all mutants."""

ABOVE_ESTIMATE = ("forecast/answers/", "forecast/report/")
"""A mistake in these rooms leaves every estimate as it is."""


def files() -> dict[str, tuple[str, ...]]:
    """Return every file of the rooms of numbers with the tests that prove it."""
    found: dict[str, tuple[str, ...]] = {}
    for pattern, tests in PROVEN_BY:
        for file in sorted(REPO.glob(pattern)):
            there = tuple(test for test in tests if (REPO / test).exists())
            found.setdefault(file.relative_to(REPO).as_posix(), there)
    return found
