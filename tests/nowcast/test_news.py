"""News rows add up, and say of each release what a nowcast without the others would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.errors import DataError
from forecast.nowcast import Indicator, Nowcasted, NowcastSpec, Panel, by_release, news, nowcasted
from forecast.parallel import generator
from forecast.series import History
from tests.nowcast import samples

VINTAGES = Path(__file__).parents[2].parent / "shared" / "data" / "us_nyfed_vintages.csv"
SPEC = NowcastSpec(paths=3)
OLD, NEW = pd.Timestamp("2016-12-05"), pd.Timestamp("2016-12-12")


def made(table: pd.DataFrame, day: pd.Timestamp, origin: str = "2016-09", **rest: object) -> Nowcasted:
    given = samples.panel(table)
    spec = rest.pop("spec", SPEC)
    return nowcasted(given, samples.history(table["target"], origin), day, spec, generator(5), **rest)  # type: ignore[arg-type]


def change(old: Nowcasted, new: Nowcasted, months: pd.PeriodIndex) -> float:
    """Change of the pooled expectation of growth over months, what is published since included."""
    return float(_expected(new, months) - _expected(old, months))


def _expected(made: Nowcasted, months: pd.PeriodIndex) -> float:
    known = made.growth.iloc[:, 0].dropna()
    return float(sum(known[m] if m in known.index else made.mean.loc[m, "pool"] for m in months))


def test_a_release_is_told_from_nothing_else():
    table = samples.levels(samples.growth(1))
    old = made(table, OLD)
    new = made(table, NEW, fits=old.fits)
    rows = news(old, new)
    assert set(rows["indicator"][rows["kind"] == "release"]) == {"x1"}
    assert list(rows["model"].unique()) == ["factor", "bridge", "lags"]
    release = rows[rows["kind"] == "release"]
    assert (release["month"] == "2016-11").all()
    assert_allclose(release["actual"], 100.0 * np.log(table["x1"]["2016-11"] / table["x1"]["2016-10"]))
    assert_allclose(release["effect"], release["weight"] * (release["actual"] - release["expected"]) / 3.0)
    assert_allclose(rows["effect"][rows["kind"] == "re_estimation"], 0.0, atol=1e-9)
    assert_allclose(rows["effect"].sum(), change(old, new, old.months), atol=1e-9)
    assert abs(rows["effect"].sum()) > 0.01


def test_expectations_are_those_of_the_old_nowcast():
    table = samples.levels(samples.growth(1))
    old, new = made(table, OLD), made(table, NEW)
    rows = news(old, new).query("kind == 'release'").set_index("model")
    for model, fit in old.fits.items():
        filled = fit.filled(old.growth[list(fit.columns)].to_numpy()[None])[0]
        expected = pd.DataFrame(filled, old.growth.index, list(fit.columns)).loc["2016-11", "x1"]
        assert_allclose(rows.loc[model, "expected"], expected)


@pytest.mark.parametrize(
    "kind", ["all models again", "a figure of the target", "revisions", "withdrawn", "model gone"]
)
def test_rows_add_up_to_the_change(kind: str):
    table = samples.levels(samples.growth(1))
    old = made(table, OLD)
    match kind:
        case "all models again":
            new = made(table, pd.Timestamp("2016-12-31"))
        case "a figure of the target":
            new = made(table, pd.Timestamp("2016-12-31"), origin="2016-10")
        case "revisions":
            noise = np.random.default_rng(0).lognormal(0, 0.003, (12, 3))
            table.loc["2016-01":"2016-12", ["target", "x0", "x4"]] *= noise
            new = made(table, NEW)
        case "withdrawn":
            table.loc["2016-10":, "x4"] = np.nan
            new = made(table, NEW)
        case "model gone":
            new = made(table, NEW, spec=replace(SPEC, models=("lags", "bridge")))
    rows = news(old, new)
    assert_allclose(rows["effect"].sum(), change(old, new, old.months), atol=1e-9)
    assert_allclose(by_release(rows)["effect"].sum(), rows["effect"].sum(), atol=1e-12)
    kinds = {
        "revisions": {"release", "revision", "re_estimation"},
        "withdrawn": {"release", "withdrawn", "re_estimation"},
    }
    assert set(rows["kind"]) == kinds.get(kind, {"release", "re_estimation"})
    told = rows[rows["kind"] != "re_estimation"]
    assert told.loc[told["kind"] == "revision", "indicator"].isin(["target", "x0", "x4"]).all()
    assert np.isfinite(rows["effect"]).all()


def test_what_is_withdrawn_undoes_its_release():
    table = samples.levels(samples.growth(1))
    old = made(table, OLD)
    new = made(table, NEW, fits=old.fits)
    there, back = (rows.query("kind != 're_estimation'") for rows in (news(old, new), news(new, old)))
    assert set(there["kind"]) == {"release"}
    assert set(back["kind"]) == {"withdrawn"}
    for column in ("expected", "actual"):
        assert_allclose(back[column], there[column])
    assert_allclose(back["effect"], -there["effect"])


def test_any_weights_of_months_may_be_asked():
    table = samples.levels(samples.growth(1))
    old, new = made(table, OLD), made(table, NEW)
    months = old.months
    one, other = (news(old, new, {m: 1.0})["effect"].sum() for m in months)
    assert_allclose(
        news(old, new, {months[0]: 2.0, months[1]: -0.5})["effect"].sum(), 2.0 * one - 0.5 * other
    )
    assert_allclose(one, change(old, new, months[:1]), atol=1e-9)


def test_releases_are_added_up_over_models():
    rows = pd.DataFrame(
        {
            "model": ["a", "b", "a", "b"],
            "kind": ["release", "release", "re_estimation", "re_estimation"],
            "indicator": ["x", "x", "", ""],
            "month": ["2020-01", "2020-01", "", ""],
            "expected": [1.0, 2.0, np.nan, np.nan],
            "actual": [4.5, 4.5, np.nan, np.nan],
            "weight": [0.4, 0.8, np.nan, np.nan],
            "effect": [0.7, 1.0, 0.25, -0.5],
        }
    )
    found = by_release(rows)
    assert list(found["kind"]) == ["release", "re_estimation"]
    assert_allclose(found[["expected", "actual", "weight", "effect"]].iloc[0], [1.5, 4.5, 1.7 / 3.0, 1.7])
    assert_allclose(found["effect"].iloc[1], -0.25)


def test_two_targets_have_no_news_of_each_other():
    table = samples.levels(samples.growth(1))
    old, new = made(table, OLD), made(table, NEW)
    with pytest.raises(DataError, match="the old nowcast is of target, the new one of other"):
        news(old, replace(new, growth=new.growth.rename(columns={"target": "other"})))
    with pytest.raises(DataError, match="2017-03 lies outside a nowcast that ends in 2016-11"):
        news(old, new, {pd.Period("2017-03", "M"): 1.0})


# -- the vintages of the New York Fed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "count", [3, pytest.param(None, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_news_of_the_new_york_fed_s_vintages_add_up_in_every_step(count: int | None):
    if not VINTAGES.exists():
        pytest.skip(f"{VINTAGES} is missing")
    days = np.sort(pd.read_csv(VINTAGES, usecols=["vintage"])["vintage"].unique())[:count]
    made = [_of_vintage(table, pd.Timestamp(day)) for day, table in _tables(days)]
    assert len(made) == (count or 78)
    kinds: set[str] = set()
    for old, new in zip(made[:-1], made[1:], strict=True):
        rows = news(old, new)
        assert abs(rows["effect"].sum() - change(old, new, old.months)) < 1e-8
        assert {"factor", "bridge", "lags"} == set(rows["model"])
        kinds |= set(rows["kind"])
    assert kinds >= {"release", "re_estimation"}
    assert count or "revision" in kinds


def _tables(days: np.ndarray):
    """The level of every series on each of the days: the file holds changes only."""
    rows = pd.read_csv(VINTAGES)
    rows["month"] = pd.PeriodIndex(rows["date"], freq="M")
    for day in days:
        latest = rows[rows["vintage"] <= day].sort_values("vintage", kind="stable")
        latest = latest.drop_duplicates(["series", "month"], keep="last")
        yield day, latest.pivot(index="month", columns="series", values="value").sort_index()


def _of_vintage(table: pd.DataFrame, day: pd.Timestamp) -> Nowcasted:
    months = pd.period_range(table.index[0], table.index[-1], freq="M")
    table = table.reindex(months)
    y = table.pop("INDPRO").dropna()
    history = History(
        pd.PeriodIndex(y.index),
        y.to_numpy()[None],
        np.zeros((1, len(y) + 12)),
        np.zeros(len(y), dtype=bool),
        "INDPRO",
    )
    quarterly = {"GDPC1", "A261RX1Q020SBEA", "ULCNFB"}
    plain = {"GACDISA066MSFRBNY", "GACDFSA066MSFRBPHI"}
    indicators = tuple(
        Indicator(str(name), -62, "none" if name in plain else "log_difference", name in quarterly)
        for name in table
    )  # the vintage is what was published: no day is asked of its months
    return nowcasted(
        Panel(table, indicators),
        history,
        day,
        NowcastSpec(paths=3, window=120, em_rounds=10, ahead=1),
        generator(5),
    )
