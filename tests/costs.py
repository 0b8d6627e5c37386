"""Which tests are light: `make test` runs those, `.ci/run` the heavy ones too.

    pytest -m "not slow" --light    functions that took at most LIGHT, all their cases together, and new ones
    pytest -m "not slow" --heavy    the others
    pytest -m "not slow" --weigh    all; what was run is weighed anew, and the record written

What `always` marks is light whatever it takes. A fixture counts for the function that asks for it first, so after a
weighing of all comes one of the light.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

RECORD = Path(__file__).with_suffix(".txt")
LIGHT = 0.2
"""CPU seconds of a function, all its cases. chosen: the light ones together stay under two minutes and a half."""

_UNTIL = pytest.StashKey[float]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("costs")
    group.addoption(
        "--light", action="store_true", help=f"functions of at most {LIGHT} CPU seconds, as recorded"
    )
    group.addoption("--heavy", action="store_true", help="the others")
    group.addoption("--weigh", action="store_true", help=f"record what is run: {RECORD.name}")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("weigh") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Weighing())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    light, heavy = config.getoption("light"), config.getoption("heavy")
    if light == heavy:
        return
    costs = recorded(RECORD)
    chosen = [item for item in items if is_light(item, costs) == light]
    kept = {item.nodeid for item in chosen}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
    items[:] = chosen


def is_light(item: pytest.Item, costs: Mapping[str, float]) -> bool:
    """Tell a test whose function is marked `always`, is not in the record or cost little."""
    return item.get_closest_marker("always") is not None or costs.get(function(item.nodeid), 0.0) <= LIGHT


def function(nodeid: str) -> str:
    """Return the name of a test without that of its case.

    >>> function("tests/test_a.py::test_b[x/y.py::z-1]")
    'tests/test_a.py::test_b'
    """
    return nodeid.partition("[")[0]


def recorded(file: Path) -> dict[str, float]:
    """Return function -> CPU seconds of a record; empty where there is none yet."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {name: float(seconds) for seconds, name in (line.split(maxsplit=1) for line in lines)}


def write(file: Path, costs: Mapping[str, float]) -> None:
    """Write a record of what is not light, by name."""
    lines = [f"{seconds:.1f} {name}\n" for name, seconds in sorted(costs.items()) if seconds > LIGHT]
    file.write_text("".join(lines), encoding="utf-8")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    item.stash[_UNTIL] = _cpu()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    now = _cpu()
    report.user_properties.append(("cpu", now - item.stash[_UNTIL]))
    item.stash[_UNTIL] = now
    return report


class _Weighing:
    """What adds up the reports, of all processes, and writes the record."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.spent[function(report.nodeid)] += dict(report.user_properties)["cpu"]

    def pytest_sessionfinish(self) -> None:
        write(RECORD, {**recorded(RECORD), **self.spent})


def _cpu() -> float:
    return sum(os.times()[:4])
