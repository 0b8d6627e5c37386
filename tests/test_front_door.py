"""`import forecast as fc` costs nothing, is complete by <TAB>, and rooms show what is public and nothing else."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import forecast as fc

SOURCE = Path(fc.__file__)
INSIDE = ("__init__", "cli", "rooms")
ROOMS = [
    *(f"forecast.{path.parent.name}" for path in sorted(SOURCE.parent.glob("*/__init__.py"))),
    *(f"forecast.{path.stem}" for path in sorted(SOURCE.parent.glob("*.py")) if path.stem not in INSIDE),
    "forecast.models.sarima",
]


def test_importing_it_imports_no_library() -> None:
    said = "import sys, forecast as fc; dir(fc); print(sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert not {"numpy", "pandas", "scipy", "matplotlib", "statsmodels", "yaml"} & set(
        ast.literal_eval(loaded)
    )


def test_a_run_is_imported_without_what_only_some_questions_use() -> None:
    later = {
        "duckdb", "holidays.countries", "jinja2", "matplotlib", "scipy.linalg", "scipy.optimize", "scipy.special",
        "sklearn", "statsmodels", "typst",
    }  # fmt: skip
    said = (
        "import sys, forecast.run.newest; from forecast import calendar; calendar.problems('VN', ['tet'])\n"
        f"print(sorted({later} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert ast.literal_eval(loaded) == []


def test_every_name_it_shows_is_there() -> None:
    for name in dir(fc):
        assert getattr(fc, name) is not None, name
    for name in fc.__all__:
        assert name in dir(fc)
    with pytest.raises(AttributeError, match="module 'forecast' has no attribute 'anser'"):
        fc.anser  # noqa: B018


def test_type_checkers_and_tab_know_the_same_names() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {
        alias.asname: (node.module, alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {*typed, "__version__"} == set(fc.__all__)
    for name, (module, there) in typed.items():
        found = getattr(importlib.import_module(str(module)), there)
        shown = getattr(fc, name)
        assert shown is found or inspect.signature(shown) == inspect.signature(found), name


def test_a_room_is_called_like_its_function_and_stays_a_room() -> None:
    assert inspect.signature(fc.estimate) == inspect.signature(fc.estimate.estimate)
    assert next(iter(inspect.signature(fc.backtest).parameters)) == "panel"
    assert fc.estimate.Plan is fc.Plan
    assert inspect.ismodule(fc.estimate)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_shows_what_is_public_and_nothing_else(room: str) -> None:
    module = importlib.import_module(room)
    assert dir(module) == sorted(module.__all__)
    for name in dir(module):
        assert not name.startswith("_")
        assert hasattr(module, name)


LEVEL = pd.Series(range(100, 148), pd.period_range("2020-01", periods=48, freq="M"), dtype=float)
WRONG: dict[str, tuple[Callable[[Any], object], str]] = {
    "a plan": (lambda it: fc.estimate(LEVEL, it), "plan: expected forecast.estimate.plan.Plan"),
    "origins": (
        lambda it: fc.backtest(LEVEL, fc.Plan(), it),
        "origins: expected forecast.backtest.episodes.Origins",
    ),
    "an outcome": (lambda it: fc.write_report(it, "out"), "outcome: expected forecast.outcome.Outcome"),
    "an outcome of a chart": (
        lambda it: fc.report.chart(it, "fan"),
        "outcome: expected forecast.outcome.Outcome",
    ),
    "levels": (fc.read, "path: expected a text or a Path"),
    "figures": (fc.read_figures, "path: expected a text or a Path"),
    "paths": (fc.read_paths, "file: expected a text or a Path"),
    "figures of a level": (
        lambda it: fc.reconstruct(it, ("a", "b")),
        "figures: expected forecast.figures.table.Figures",
    ),
    "an outcome in JSON": (fc.Outcome.from_json, "text: expected a text"),
    "a spec": (lambda it: fc.sarima.fit(it, LEVEL), "spec: expected forecast.models.sarima.spec.Sarima"),
    "a seed": (
        lambda it: fc.fit("seasonal_naive", LEVEL).simulated(3, 2, seed=it),
        "seed: expected a whole number",
    ),
}


@pytest.mark.parametrize("door", WRONG)
def test_what_is_given_for_something_else_is_named(door: str) -> None:
    given, said = WRONG[door]
    for it in (None, (0, 1, 1)):
        with pytest.raises(fc.ConfigError) as refused:
            given(it)
        assert refused.value.problems == (f"{said}, found {it!r}",)
