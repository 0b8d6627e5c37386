"""Light and heavy tests: each is run by one of the two, and the record says which."""

from pathlib import Path

import pytest

from tests.costs import LIGHT, function, recorded, write

TESTS = """
import pytest

@pytest.mark.parametrize("x", [1, 2])
def test_cases(x): pass

def test_heavy(): pass

def test_new(): pass

@pytest.mark.always
def test_whole(): pass
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Three tests that the record calls heavy, of which one is always run, and a new one."""
    pytester.makepyfile(test_some=TESTS)
    pytester.makeini("[pytest]\nmarkers =\n    always: whatever it costs\n")
    record = pytester.path / "costs.txt"
    write(record, {f"test_some.py::{name}": LIGHT + 1 for name in ("test_cases", "test_heavy", "test_whole")})
    monkeypatch.setattr("tests.costs.RECORD", record)
    return pytester


def passed(project: pytest.Pytester, *options: str) -> set[str]:
    run = project.inline_run("-p", "tests.costs", "-p", "no:cacheprovider", *options)
    return {
        report.nodeid.removeprefix("test_some.py::") for report in run.getreports("pytest_runtest_logreport")
    }


def test_light_and_heavy_together_are_all(project: pytest.Pytester):
    assert passed(project, "--light") == {"test_new", "test_whole"}
    assert passed(project, "--heavy") == {"test_cases[1]", "test_cases[2]", "test_heavy"}
    assert len(passed(project)) == len(passed(project, "--light", "--heavy")) == 5


def test_weighing_writes_what_is_not_light_and_forgets_what_has_become_so(project: pytest.Pytester):
    record = project.path / "costs.txt"
    project.makepyfile(
        test_other="import time\n\ndef test_busy():\n    end = time.process_time() + 0.6\n"
        "    while time.process_time() < end: pass\n"
    )
    project.inline_run("-p", "tests.costs", "-p", "no:cacheprovider", "--weigh")
    assert set(recorded(record)) == {"test_other.py::test_busy"}
    assert LIGHT < recorded(record)["test_other.py::test_busy"] < 2.0


def test_a_record_is_read_as_it_was_written(tmp_path: Path):
    costs = {"a.py::test_b": 1.5, "a.py::test_a": 20.0, "a.py::test_c": LIGHT}
    write(tmp_path / "r.txt", costs)
    assert (tmp_path / "r.txt").read_text() == "20.0 a.py::test_a\n1.5 a.py::test_b\n"
    assert recorded(tmp_path / "r.txt") == {"a.py::test_a": 20.0, "a.py::test_b": 1.5}
    assert recorded(tmp_path / "none.txt") == {}
    assert function("a.py::T::test_x[a-b]") == "a.py::T::test_x"
