"""Nothing published after the day of a report moves a letter of it: whole reports, word for word, in poisoned worlds.

And the positions of months: what is out on the very day is seen, what comes out the day after is not, so that a lag
read a day or a month wrong fails here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast import figures, series
from forecast.adjust import x13_available
from forecast.answers import Case, Labelled, assemble
from forecast.answers.earlier_slumps import earlier_slumps
from forecast.answers.record import SHIPPED
from forecast.estimate import Data, FigureData, LevelData, Plan, estimate
from forecast.models import POOL
from forecast.nowcast import Indicator, NowcastSpec, Panel, StoredPanel
from forecast.outcome import Stamp
from forecast.scenario import Assumed, Scenario
from forecast.targets import AnnualTarget
from forecast.vintages import Store, StoredLevel
from tests.oracle import questions

DAY = pd.Timestamp("2009-12-20")
LAGS = {"target": 51, "like": 21, "survey": -10, "quarter": 82}
"""Days from a month's end to its publication: the next month of each comes out on the very next day."""

PLAN = Plan(
    horizon=13, models=("noisy_walk", "panel_autoregression"), paths=240,
    nowcast=NowcastSpec(models=("bridge", "lags"), paths=40), annual_targets=(AnnualTarget(2009, -12.0),),
    scenarios=(Scenario("twin", assumed=(Assumed("twin", holds_at_pct=4.0),)),),
)  # fmt: skip
LABELS = Labelled(
    "q", {"en": "Q"}, {"baseline": {}, "twin": {}}, "none",
    Stamp("forecast run q.yaml", "0" * 64, "1" * 64, 7, 240, 1, {"iip-forecast": "0"}),
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """Everything that came to be published of four series, each on its own months."""

    target: pd.Series
    like: pd.Series
    survey: pd.Series
    quarter: pd.Series

    def data(self, day: pd.Timestamp = DAY) -> LevelData:
        survey = Indicator("survey", LAGS["survey"], "difference")
        quarter = Indicator("quarter", LAGS["quarter"], quarterly=True)
        panels = (
            Panel(self.survey.to_frame("survey"), (survey,)),
            Panel(self.quarter.to_frame("quarter"), (quarter,)),
        )
        return LevelData(
            self.target, "euro", day, release_lag_days=LAGS["target"], panel=self.like.to_frame("twin"),
            panel_lag_days=LAGS["like"], indicators=panels,
        )  # fmt: skip

    def changed(self, part: str, change: Callable[[pd.Series], pd.Series]) -> World:
        """The world with one series changed in the months that are out after the day."""
        y = getattr(self, part)
        later = y.index.end_time.normalize() + pd.Timedelta(days=LAGS[part]) > DAY
        assert later.sum() > 60
        return replace(self, **{part: y.where(~later, change(y))})


@pytest.fixture(scope="module")
def world() -> World:
    rng = np.random.default_rng(9)
    y = series.sample("elec_equip")["2001":]
    survey = 100 * np.log(y).diff(12).fillna(0) + rng.normal(0, 1, len(y))
    quarter = (y * rng.lognormal(0, 0.01, len(y))).where(y.index.month % 3 == 0)
    return World(y, 3 * y * rng.lognormal(0, 0.02, len(y)), survey, quarter)


def report(data: Data, plan: Plan = PLAN, **told: Any) -> str:
    """All that a report says, as text."""
    labels = replace(LABELS, scenarios={"baseline": {}, **{one.name: {} for one in plan.scenarios}})
    return assemble(Case(data, estimate(data, plan, 7), labels, **told)).to_json()


@pytest.fixture(scope="module")
def untouched(world: World) -> str:
    method = "x13" if x13_available() else "stl"
    return report(world.data(), adjust=method)


def test_the_report_that_is_poisoned_rests_on_all_four_series(untouched: str):
    told = json.loads(untouched)
    assert told["origin"] == "2009-09"
    assert told["slump"] is not None
    assert set(told["nowcast"]["series"]) == {"twin", "survey"}
    assert [row["assumed"] != [] for row in told["scenarios"]] == [False, True]
    assert told["models"][1]["summary"]["series"] == 2
    assert told["adjustment"] is not None


@pytest.mark.parametrize("part", [field.name for field in fields(World)])
def test_what_a_series_prints_after_the_day_moves_no_word(world: World, untouched: str, part: str):
    worlds = [world.changed(part, lambda y: 0 * y + 1e7), world.changed(part, lambda y: y * np.nan)]
    for spoiled in worlds[: 2 if part == "target" else 1]:
        assert report(spoiled.data(), adjust=json.loads(untouched)["adjustment"]["method"]) == untouched


@pytest.mark.parametrize(
    ("days", "months"),
    [(1, ("2009-10", "2009-11", "2009-12", "2009-09")), (0, ("2009-09", "2009-10", "2009-11", "2009-06"))],
)
def test_a_month_is_seen_from_the_day_of_its_publication_on(world: World, days: int, months: tuple[str, ...]):
    data = world.data(DAY + pd.Timedelta(days=days))
    survey, quarter = (panel.as_of(data.as_of).table.iloc[:, 0] for panel in data.indicators)
    parts = (data.known, data.known_panel["twin"], survey, quarter)
    assert tuple(str(part.last_valid_index()) for part in parts) == months


def test_later_releases_of_a_store_move_no_word(tmp_path: Path, world: World):
    """Of target and indicator; a release of the very day is seen."""

    def told(file: Path, after: Callable[[pd.Series], pd.Series] | None) -> str:
        store = Store(file)
        for day, last in (("2009-10-14", "2009-08"), ("2009-11-14", "2009-09"), ("2009-12-20", "2009-10")):
            store.add(world.target[:last].rename("ip"), day)
            store.add(world.survey[: month(last) + 2].rename("survey"), day)
        if after is not None:
            for day, last in (("2009-12-21", "2009-11"), ("2010-03-02", "2010-01")):
                store.add(after(world.target[:last]).rename("ip"), day)
                store.add(after(world.survey[: month(last) + 2]).rename("survey"), day)
        released = StoredLevel(file, "ip")
        indicators = (StoredPanel(file, (Indicator("survey", transform="difference"),)),)
        data = LevelData(released.as_of(DAY), "ip", DAY, indicators=indicators, releases=released)
        assert str(data.known.index[-1]) == "2009-10"
        plan = replace(PLAN, models=("noisy_walk",), scenarios=())
        return report(data, plan, since=pd.Timestamp("2009-11-20"))

    clean = told(tmp_path / "clean.duckdb", None)
    assert len(json.loads(clean)["changes"]["rows"]) == 2
    assert told(tmp_path / "spoiled.duckdb", lambda y: y * 3 + 50) == clean


def month(text: str) -> pd.Period:
    return pd.Period(text, "M")


@pytest.mark.slow  # ten seconds
@pytest.mark.poison
def test_later_figures_move_no_word_of_a_report_with_scenarios_and_sectors():
    """Also not as rows that are there or not: the figures of later days are values of 77.7, or are missing."""
    asked = questions.rates()
    table = asked.data.figures.table
    later = table["published"] > asked.data.as_of
    assert later.sum() > 100
    spoiled = replace(asked.data.figures, table=table.assign(value=table["value"].mask(later, 77.7)))
    data = replace(asked.data, figures=spoiled)
    again = estimate(data, asked.found.plan, questions.SEED)
    clean = assemble(asked.case).to_json()
    assert assemble(replace(asked.case, data=data, estimate=again)).to_json() == clean


@pytest.mark.parametrize(
    ("as_of", "sees"),
    [("2024-05-09", False), ("2024-05-10", True), ("2023-04-29", False), ("2023-04-30", True)],
)
def test_a_figure_is_seen_from_its_day_on_and_one_dated_by_its_month_from_the_last_day(
    as_of: str, sees: bool
):
    read = figures.read(questions.REPO / "configs/data/vietnam_published_figures.csv")
    data = FigureData(read, ("bac_ninh", "total"), (), pd.Timestamp(as_of))
    table = data.figures.as_of(data.as_of).select("bac_ninh", "total").table
    dated = {"2024": "2024-05-10", "2023": "2023-04-30"}[as_of[:4]]
    assert (table["published"] == pd.Timestamp(dated)).any() == sees
    assert (table["published"] <= pd.Timestamp(as_of)).all()


def test_tampered_dates_of_earlier_slumps_say_no_more_than_the_day_knew(tmp_path: Path):
    """`learned.json` may claim to have judged slumps to any month, or hold later ones: what was out counts."""
    y = series.sample("elec_equip")["2001":"2009-12"]
    data = LevelData(y, "euro", pd.Timestamp("2009-12-31"))
    found = estimate(data, replace(PLAN, nowcast=None, scenarios=(), models=POOL), 7)
    plain = json.loads((SHIPPED / "backtest_us.json").read_text(encoding="utf-8"))

    def told(
        change: Callable[[dict[str, Any]], dict[str, Any]], more: tuple[dict[str, Any], ...] = ()
    ) -> Any:
        rows = [change(dict(row)) for row in plain["slumps"]["list"]]
        content = plain | {"slumps": plain["slumps"] | {"list": [*rows, *more]}}
        (tmp_path / "one.json").write_text(json.dumps(content), encoding="utf-8")
        return earlier_slumps(found, data.as_of, tmp_path)

    clean = told(lambda row: row)
    assert len(clean) == 1
    assert told(lambda row: row | {"judged_to": "2099-12"}) == clean
    later = {
        "series": "x",
        "start": "2010-01",
        "recovered": "2010-09",
        "judged_to": "2024-04",
        "lag_days": 0,
        "hold": 3,
    }
    assert told(lambda row: row, (later, later | {"start": "2009-10", "recovered": "2009-11"})) == clean
    after = partial(moved_after, last="2009-10")  # out to December, judged two months before
    assert told(after) == clean
    assert told(lambda row: row | {"start": str(month(row["start"]) + 1)}) != clean


def moved_after(row: dict[str, Any], last: str) -> dict[str, Any]:
    """A slump that ended after a month ends four years later still."""
    ended = row["recovered"]
    return row | {"recovered": str(month(ended) + 48)} if ended is not None and ended > last else row
