"""One thread of linear algebra behind every door, and the caller's own limits before and after."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.linalg  # noqa: F401  # brings a BLAS of its own
import sklearn.ensemble  # noqa: F401  # brings OpenMP
from threadpoolctl import ThreadpoolController, threadpool_limits

import forecast
from forecast import adjust, levels, models, normal, nowcast, scenario, series, slump
from forecast.backtest import Origins, backtest
from forecast.errors import FitError
from forecast.estimate import LevelData, Plan, estimate
from forecast.models.sarima import Sarima, fit_draws, loglike, search
from forecast.models.sarima.covid import fit_covid
from forecast.models.sarima.diagnostics import diagnose
from forecast.models.sarima.outliers import find_outliers
from forecast.parallel import one_thread, threads
from forecast.parallel.threads import OneThread
from tests.backtest import panels
from tests.levels import synthetic
from tests.nowcast import samples

PACKAGE = str(Path(forecast.__file__).parent)
OWN = str(Path(sys.modules[OneThread.__module__].__file__ or ""))
PLAN = Plan(horizon=12, models=("random_walk_drift",), paths=600, draws=10)
INPUTS = ("/figures/", "/series/", "/errors.py:", "__post_init__")
"""What the inputs of the doors are made by and checked with: no linear algebra."""

AIRLINE = Sarima((0, 1, 1), (0, 1, 1))
SMALLER: dict[str, models.Spec] = {
    "boosting": models.regression.Regression("trees", depths=(2,), iterations=(3,))
}
LIBRARIES = ThreadpoolController().lib_controllers


def limits() -> list[int]:
    return [library.num_threads for library in LIBRARIES]


@pytest.fixture
def two_threads() -> Iterator[None]:
    with threadpool_limits(2):
        assert limits() == [2] * len(LIBRARIES) != []
        yield


@contextlib.contextmanager
def watched() -> Iterator[dict[str, list[int]]]:
    """The limits in force when a function of the package first begins, by its file and name."""
    found: dict[str, list[int]] = {}

    def look(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(PACKAGE) and code.co_filename != OWN:
            name = f"{code.co_filename.removeprefix(PACKAGE)}:{code.co_qualname}"
            if not any(word in name for word in INPUTS) and name not in found:
                found[name] = limits()

    sys.settrace(look)
    try:
        yield found
    finally:
        sys.settrace(None)


WHOLE = series.sample("elec_equip")


def sample() -> pd.Series:
    return WHOLE[:"2009-12"]


def euro() -> LevelData:
    return LevelData(WHOLE, "euro", pd.Timestamp("2009-12-31"))


def history(y: pd.Series) -> series.History:
    return samples.history(y, "2009-12", horizon=24)


def a_model(name: str) -> object:
    """Fit it, see a month more where it can, and simulate."""
    spec, rng = SMALLER.get(name, models.REGISTRY[name].spec), np.random.default_rng(1)
    y = sample().to_numpy()[-100:]
    fit = models.fit(spec, y[:-1], rng=rng)
    if isinstance(fit, models.UpdatableFit):
        fit = fit.updated(y)
    return fit.simulate(3, 4, rng)


def an_adjustment(spec: adjust.Spec) -> object:
    return adjust.adjust(sample(), spec)


def a_reconstruction() -> object:
    y = synthetic.level(synthetic.span("2019-01", "2021-12"), np.random.default_rng(3))
    told = synthetic.figures(synthetic.rows(y, ("yoy_pct", "index")))
    return levels.reconstruct(
        told, ("here", "total"), draws=10, as_of="2024-01-31", rng=np.random.default_rng(1), country=None
    )


def two_nowcasts() -> object:
    table = samples.levels(samples.growth(1, 90, 2))
    spec = nowcast.NowcastSpec(models=("bridge",), paths=50)
    known = samples.history(table["target"], "2012-03")
    rng = np.random.default_rng(1)
    old, new = (
        nowcast.nowcasted(samples.panel(table), known, pd.Timestamp(day), spec, rng)
        for day in ("2012-05-03", "2012-05-25")
    )
    return nowcast.news(old, new)


def a_backtest() -> object:
    given = [panels.data(panels.level(1, {100: 0.2}), "first")]
    return backtest(given, panels.SMALL, Origins((6,), least_follow_up=24), seed=7)


def conditioned() -> object:
    said = scenario.Condition(2010, growth_pct=4.0)
    return scenario.condition(estimate(euro(), PLAN, 7).paths, [said], spread=None)


def dated() -> object:
    known = history(sample())
    found = slump.find_slump(known, slump.SlumpSpec())
    assert found is not None
    return normal.normal_path(known, found, normal.NormalSpec("trend"), known.months)


DOORS: dict[str, Callable[[], object]] = {
    "estimate": lambda: estimate(euro(), PLAN, 7),
    "reconstruct": a_reconstruction,
    "backtest": a_backtest,
    "nowcast": two_nowcasts,
    "condition": conditioned,
    "slump and normal": dated,
    "adjust": lambda: an_adjustment(adjust.Builtin()),
    "adjust by STL": lambda: an_adjustment(adjust.Stl()),
    "profile": lambda: adjust.estimate_profile(np.log(sample().to_numpy()), pd.PeriodIndex(sample().index)),
    "fit on draws": lambda: fit_draws(AIRLINE, sample().to_numpy()[None]),
    "likelihood": lambda: loglike(AIRLINE, [-0.3, -0.6], sample().to_numpy()),
    "search": lambda: search(sample().to_numpy(), log=True, differences=(1, 1), budget=1),
    "outliers": lambda: find_outliers(AIRLINE, sample()),
    "pandemic": lambda: fit_covid(AIRLINE, panels.level(1, {}, 380)),
    "diagnostics": lambda: diagnose(models.sarima.fit(AIRLINE, sample().to_numpy())),
    **{name: lambda name=name: a_model(name) for name in models.REGISTRY if name != "sarima"},
}


LONG = ("exponential_smoothing",)  # statsmodels, watched function by function


@pytest.mark.parametrize(
    "door", [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in DOORS]
)
def test_a_door_works_on_one_thread_and_leaves_the_limits_as_they_were(door: str, two_threads: None) -> None:
    with watched() as found:
        DOORS[door]()
    assert limits() == [2] * len(LIBRARIES)
    assert found
    assert [name for name, seen in found.items() if seen != [1] * len(LIBRARIES)] == []


def test_nothing_leaks_from_a_door_that_fails(two_threads: None) -> None:
    with pytest.raises(FitError):
        models.fit(AIRLINE, np.full(5, 100.0))
    assert limits() == [2] * len(LIBRARIES)


def test_a_caller_on_one_thread_stays_on_one() -> None:
    with threadpool_limits(1):
        DOORS["estimate"]()
        assert limits() == [1] * len(LIBRARIES)


def test_a_door_within_a_door_ends_no_limit(two_threads: None) -> None:
    with one_thread:
        DOORS["profile"]()
        with one_thread:
            pass
        assert limits() == [1] * len(LIBRARIES)
    assert limits() == [2] * len(LIBRARIES)


def test_the_last_thread_to_leave_gives_the_limits_back(two_threads: None) -> None:
    entered, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with one_thread:
            entered.set()
            leave.wait(60)

    other = threading.Thread(target=stay)
    with one_thread:
        other.start()
        assert entered.wait(60)
    blas = [library for library in LIBRARIES if library.user_api == "blas"]
    assert [library.num_threads for library in blas] == [1] * len(blas)
    leave.set()
    other.join()
    assert limits() == [2] * len(LIBRARIES)


class Library:
    internal_api = "blis"

    def __init__(self, filepath: str, num_threads: int) -> None:
        self.filepath, self.num_threads = filepath, num_threads

    def set_num_threads(self, threads: int) -> None:
        self.num_threads = threads


def test_a_library_that_comes_with_a_later_import_is_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = [Library("early.so", 5)]
    monkeypatch.setattr(
        threads, "ThreadpoolController", lambda: SimpleNamespace(lib_controllers=list(loaded))
    )
    own = OneThread()
    inside = own(lambda: [library.num_threads for library in loaded])
    with own:
        loaded.append(Library("late.so", 7))
        monkeypatch.setitem(sys.modules, "brought_late", ModuleType("brought_late"))
        assert inside() == [1, 1]
        assert [library.num_threads for library in loaded] == [1, 1]
    assert [library.num_threads for library in loaded] == [5, 7]
