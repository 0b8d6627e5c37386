"""The gate itself: what it mistakes, what it leaves alone, and that what it names is still there."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants import equivalent, planted, rooms
from tests.mutants.__main__ import controls, sample
from tests.mutants.mutations import mistaken, mutations
from tests.mutants.running import BROKEN, KILLED, LIVED

SOURCE = '''
"""Text of 3 words."""
__all__ = ["f"]
FAN = (0.05, 12)

@wraps(7)
def f(x: int = 2) -> list[3]:
    """Return 1."""
    if not x < 4:
        raise ValueError("at most", 5)
    return row.lower_80 + x * -1

def told(rows) -> Table:
    return table(rows, long=True)

def draw(axes, row):
    axes.plot(row.upper_90 + 6)
'''


def test_every_number_operator_condition_and_easily_taken_name_is_mistaken_once_each_way() -> None:
    made = [(one.line, one.text) for one in mutations(SOURCE)]
    assert made == [
        (4, "0.05 -> 0.05500000000000001"), (4, "12 -> 13"), (4, "12 -> 11"), (7, "2 -> 3"), (7, "2 -> 1"),
        (9, "if not x < 4: raise ValueError('at most', 5) -> if not not x < 4: raise ValueError('at most', 5)"),
        (9, "x < 4 -> x <= 4"), (9, "4 -> 5"), (9, "4 -> 3"),
        (11, "row.lower_80 + x * -1 -> row.lower_80 - x * -1"), (11, "row.lower_80 -> row.lower_90"),
        (11, "x * -1 -> x / -1"), (11, "-1 -> +1"), (11, "1 -> 2"), (11, "1 -> 0"),
        (17, "row.upper_90 -> row.upper_80"),
    ]  # fmt: skip
    trees = [ast.unparse(mistaken(SOURCE, one)) for one in mutations(SOURCE)]
    assert len(set(trees)) == len(trees)
    assert ast.unparse(ast.parse(SOURCE)) not in trees


def test_planted_mistakes_are_still_mistakes_of_their_files() -> None:
    found = planted.mutants(rooms.files())
    assert len({one.text for one in found}) == len(found) > 30
    assert all(one.tests for one in found)


def test_what_is_named_as_equivalent_is_made_by_the_rules() -> None:
    made = {
        (file, text.splitlines()[one.line - 1].strip(), one.text)
        for file, text in {file: source(file) for file, _, _ in equivalent.EQUIVALENT}.items()
        for one in mutations(text)
    }
    assert equivalent.EQUIVALENT.keys() - made == set()


def source(file: str) -> str:
    return (rooms.REPO / file).read_text(encoding="utf-8")


def test_a_sample_is_that_of_its_seed() -> None:
    one, same, other = (sample(5, seed, "forecast/rule.py") for seed in ("1", "1", "2"))
    assert [m.text for m in one] == [m.text for m in same] != [m.text for m in other]


def test_controls_hold_all_tests_of_the_mutants_and_no_mistake() -> None:
    chosen = sample(40, "1")
    whole = controls(chosen)
    assert {test for one in whole for test in one.tests} == {test for one in chosen for test in one.tests}
    assert [one.file.startswith(rooms.ABOVE_ESTIMATE) for one in whole] == [True, False]
    assert all(one.source == source(one.file) for one in whole)


ONE = """
import os, sys
from pathlib import Path
from tests.mutants.running import Mutant, begin
body = Path("forecast/rule.py").read_text(encoding="utf-8").replace(*sys.argv[1:3])
child = begin(Mutant("forecast/rule.py", 1, "", body, (sys.argv[3],)), Path(sys.argv[4]))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize(
    ("becomes", "tests", "code"),
    [
        ("return 1 - hold", "tests/test_rule.py", LIVED),
        ("return 2 - hold", "tests/test_rule.py", KILLED),
        ("return 2 - hold", "tests/test_nothing.py", BROKEN),
    ],
)
def test_a_mutant_lives_where_no_test_fails_dies_where_one_does_and_else_nothing_is_said(
    tmp_path: Path, becomes: str, tests: str, code: int
) -> None:
    log = tmp_path / "log.txt"
    asked = [sys.executable, "-c", ONE, "return 1 - hold", becomes, tests, str(log)]
    assert subprocess.run(asked, cwd=rooms.REPO, check=False).returncode == code, log.read_text(
        encoding="utf-8"
    )
