"""Three questions, asymmetric throughout: rates with scenarios and sectors, levels, and a level that slumps nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast import figures, series
from forecast.adjust import builtin_effects
from forecast.answers import Case, Labelled
from forecast.estimate import Data, Estimate, FigureData, LevelData, Plan, estimate
from forecast.normal import NormalSpec
from forecast.nowcast import Indicator, NowcastSpec, Panel
from forecast.outcome import Snapshot, Stamp
from forecast.scenario import Assumed, Condition, Judgement, Scenario, Shock, Slope
from forecast.slump import SlumpSpec
from forecast.tables import Finding
from forecast.targets import AnnualTarget
from tests.shared import estimated

REPO = Path(__file__).parents[2]
SEED = 11
MODELS = ("noisy_walk", "random_walk_drift_block")


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


GROWTH = ((month("2024-06"), 9.0), (month("2024-11"), 12.0))
SCENARIOS = (
    Scenario("weak", (Shock(month("2024-07"), -8.0, 5.0),), (Slope(month("2024-09"), 1.5),)),
    Scenario("nation", assumed=(Assumed("vietnam_total", yoy_pct=GROWTH),)),
    Scenario("reached", conditions=(Condition(2025, growth_at_least_pct=4.0),)),
    Scenario("believed", judgements=(Judgement(month("2025-09"), 41.0),)),
    Scenario("absurd", conditions=(Condition(2024, growth_at_least_pct=300.0),)),
)  # fmt: skip
RATES = Plan(
    horizon=26, country="VN", holidays=("tet",), models=MODELS, beside=("random_walk_drift",), paths=440, draws=20,
    also=NormalSpec("same_month"), sectors=(("manufacturing", 0.9), ("electricity", 0.07), ("water", 0.03)),
    slump=SlumpSpec(window=3, hold=2),
    annual_targets=(AnnualTarget(2023, 1.0), AnnualTarget(2024, 6.0), AnnualTarget(2025, 5.0)),
    scenarios=SCENARIOS, asked_again=True,
)  # fmt: skip
LEVELS = Plan(
    horizon=25, country="DE", models=MODELS, paths=440, normal=NormalSpec("pre_slump_mean", months=60),
    slump=SlumpSpec(threshold_pct=6.0, window=2, hold=4),
    annual_targets=(AnnualTarget(2010, 9.0), AnnualTarget(2011, 6.5)),
)  # fmt: skip
CALM = Plan(
    horizon=13, models=MODELS, paths=440, nowcast=NowcastSpec(models=("bridge", "lags"), paths=440),
    annual_targets=(AnnualTarget(2007, 6.5),),
    scenarios=(Scenario("weak", (Shock(month("2007-09"), -9.0),)),),
)  # fmt: skip

INDICATORS = (
    Indicator("twin"), Indicator("orders", 12, "none"), Indicator("flat", 3),
)  # fmt: skip
EARLIER = Snapshot(
    "2009-09-14",
    "2009-07",
    "2011-08",
    "2008-10",
    "2011-05",
    ("2010-11", None),
    ("2010-02", None),
    0.004,
    0.213,
    0.385,
)


@dataclass(frozen=True, eq=False)
class Asked:
    """A question with its answer: what a report is assembled from."""

    data: Data
    found: Estimate
    case: Case


def rates() -> Asked:
    """Bắc Ninh in May 2024 with the nation beside it; what a third place printed a day before is no figure of its."""
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    row = read.table[(read.table["region"] == "bac_ninh") & (read.table["sector"] == "total")].iloc[[-1]]
    elsewhere = row.assign(region="elsewhere", period=month("2024-04"), published=pd.Timestamp("2024-05-19"))
    read = replace(read, table=pd.concat([read.table, elsewhere], ignore_index=True))
    data = FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp("2024-05-20"))
    newest = (("yoy_pct", "2024-04", 6.25),)
    return _asked(data, RATES, findings=(
        Finding("contradiction", "x.csv:7", "small", data.name, ("2024-03",), 0.4, "points"),
        Finding("contradiction", "x.csv:8", "elsewhere", "vietnam_total", ("2024-04",), 2.5, "points"),
        Finding("contradiction", "x.csv:9", "large", data.name, ("2024-04",), 0.5, "points", figures=newest),
    ))  # fmt: skip


def levels() -> Asked:
    """Electrical equipment late in 2010, come back faster, beside an earlier day; a like series is out already."""
    y = series.sample("elec_equip")["2001":]
    y *= np.exp(0.008 * np.maximum(np.arange(len(y)) - 108.0, 0.0))  # from 2010 on
    like = pd.DataFrame({"twin": 3 * y * np.random.default_rng(3).lognormal(0, 0.02, len(y))})
    day = pd.Timestamp("2010-12-15")
    data = LevelData(y, "euro", day, release_lag_days=40, panel=like, panel_lag_days=9)
    slips = tuple(("level", month, float(y[month])) for month in ("2010-04", "2010-10"))
    return _asked(data, LEVELS, since=pd.Timestamp("2010-09-12"), earlier=(EARLIER,), findings=(
        Finding("slip", "y.csv:90", "old", "euro", ("2010-04",), 10.0, "factor", figures=slips[:1]),
        Finding("gap", "y.csv:95", "new", "euro", ("2010-05",)),
        Finding("slip", "y.csv:96", "newest", "euro", ("2010-10",), 1.4, "factor", figures=slips[1:], accepted="so"),
    ))  # fmt: skip


def calm() -> Asked:
    """The same in the summer of 2007, in which nothing slumps; two indicators are out sooner, a third never moves."""
    y = series.sample("elec_equip")
    rng = np.random.default_rng(5)
    log = np.log(y.to_numpy())
    z = log - builtin_effects(log, pd.PeriodIndex(y.index), 0)
    noise = rng.normal(0, 0.01, (len(y), 2))
    orders = 60 * np.diff(z, prepend=z[0]) + 100 * noise[:, 1]
    beside = pd.DataFrame({"twin": np.exp(z + noise[:, 0]), "orders": orders, "flat": 50.0}, index=y.index)
    data = LevelData(
        y, "euro", pd.Timestamp("2007-06-30"), release_lag_days=20, indicators=(Panel(beside, INDICATORS),)
    )
    return _asked(data, CALM)


def _asked(data: Data, plan: Plan, **rest: Any) -> Asked:
    names = ("baseline", *(one.name for one in plan.scenarios))
    labels = Labelled(
        "q", {"en": "Q"}, {name: {"en": name.upper()} for name in names}, "VN: tet",
        Stamp("forecast run q.yaml", "0" * 64, "1" * 64, SEED, plan.paths, plan.draws, {"iip-forecast": "0"}),
    )  # fmt: skip
    found = estimated(repr(plan), lambda: estimate(data, plan, SEED))
    levels = isinstance(data, LevelData)
    return Asked(
        data, found,
        Case(data, found, labels, adjust="stl" if levels else None, later=data if levels else None, **rest),
    )  # fmt: skip


QUESTIONS = {"calm": calm, "levels": levels, "rates": rates}
