from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.errors import DataError, FitError
from forecast.nowcast import (
    Indicator,
    Nowcasted,
    NowcastSpec,
    Panel,
    due,
    months_to_nowcast,
    nowcast,
    nowcasted,
)
from forecast.nowcast.answer import _tables
from forecast.parallel import generator
from forecast.series import History
from tests.nowcast import samples

DAY = pd.Timestamp("2016-12-12")  # x0 and x1 are out for 2016-11, x4 and x5 too, the others not
ORIGIN = "2016-09"
SPEC = NowcastSpec(paths=60)
MODELS = ("factor", "bridge", "lags")


def made(
    table: pd.DataFrame, given: Panel | None = None, spec: NowcastSpec = SPEC, **rest: object
) -> Nowcasted:
    given = samples.panel(table) if given is None else given
    return nowcasted(given, samples.history(table["target"], ORIGIN), DAY, spec, generator(5), **rest)  # type: ignore[arg-type]


def test_the_months_are_those_over_or_published():
    table = samples.levels(samples.growth(1))
    target = samples.history(table["target"], ORIGIN)
    early = replace(
        samples.panel(table),
        indicators=tuple(replace(i, release_lag_days=-25) for i in samples.panel(table).indicators),
    )
    for given, day, last in (
        (samples.panel(table), "2016-12-12", "2016-11"),
        (samples.panel(table), "2016-12-31", "2016-12"),
        (early, "2016-12-12", "2016-12"),
    ):
        months = months_to_nowcast(given, target, pd.Timestamp(day))
        assert (str(months[0]), str(months[-1])) == ("2016-10", last)
    assert str(months_to_nowcast(early, target, DAY, ahead=2)[-1]) == "2017-02"


@pytest.mark.parametrize("poison", ["noise", "huge", "missing"])
def test_poisoning_the_future_of_a_panel_moves_nothing(poison: str):
    table = samples.levels(samples.growth(1))
    given = samples.panel(table)
    spoiled = given.table.copy()
    for indicator in given.indicators:
        later = (
            pd.PeriodIndex(table.index).end_time.normalize() + pd.Timedelta(days=indicator.release_lag_days)
            > DAY
        )
        assert later.any()
        spoiled.loc[later, indicator.name] = {"noise": 3.7, "huge": 1e12, "missing": np.nan}[poison]
    ours, other = made(table), made(table, replace(given, table=spoiled))
    assert_array_equal(ours.paths.values, other.paths.values)
    assert ours.notes == other.notes


def test_an_indicator_of_which_nothing_is_out_is_as_if_it_were_not_there():
    table = samples.levels(samples.growth(1))
    given = samples.panel(table)
    fresh = table["x0"].where(pd.PeriodIndex(table.index) > pd.Period("2016-11", "M"))
    later = Panel(given.table.assign(fresh=fresh), (*given.indicators, Indicator("fresh")))
    ours, other = made(table), made(table, later)
    assert_array_equal(ours.paths.values, other.paths.values)
    assert ours.notes == other.notes
    until = pd.Timestamp("2017-01-05")
    pd.testing.assert_frame_equal(due(ours, given, DAY, until), due(other, later, DAY, until))


def test_a_path_is_the_growth_that_a_model_draws_on_the_last_level():
    """In percent of logs, month after month, with the season of each month put back."""
    table = samples.levels(samples.growth(1))
    target = samples.history(table["target"], ORIGIN, season=0.1)
    spec = replace(SPEC, models=("bridge",))
    now = nowcasted(samples.panel(table), target, DAY, spec, generator(5))
    fit, seed = now.fits["bridge"], int(generator(5).integers(2**63))
    tables = _tables(now.growth[list(fit.columns)], 100 * np.diff(target.adjusted, axis=1))
    drawn = fit.simulate(tables, np.zeros(60, dtype=np.int64), generator(seed, "nowcast", "bridge"))
    m, months = len(target.months), len(now.months)
    z = np.log(target.values[0, -1]) - target.effects[0, m - 1] + np.cumsum(drawn, axis=1) / 100
    assert_allclose(now.paths.future, np.exp(z + target.effects[:, m : m + months]), rtol=1e-12)


def test_the_same_seed_gives_the_same_bytes():
    table = samples.levels(samples.growth(1))
    one, other = made(table), made(table)
    assert one.paths.values.tobytes() == other.paths.values.tobytes()
    assert_array_equal(
        nowcast(
            samples.panel(table), samples.history(table["target"], ORIGIN), DAY, SPEC, generator(5)
        ).values,
        one.paths.values,
    )


def test_each_model_draws_from_a_stream_of_its_own(monkeypatch: pytest.MonkeyPatch):
    named = []
    monkeypatch.setattr(
        "forecast.nowcast.answer.generator", lambda *words: named.append(words[1:]) or generator(*words)
    )
    table = samples.levels(samples.growth(1))
    spec = NowcastSpec(models=("bridge", "lags"), paths=6)
    target = samples.history(table["target"], "2016-09")
    nowcasted(samples.panel(table), target, pd.Timestamp("2016-12-12"), spec, generator(5))
    assert named == [("nowcast", "bridge"), ("nowcast", "lags")]


def test_adding_a_model_moves_no_path_of_another():
    table = samples.levels(samples.growth(1))
    alone, both = (made(table, spec=replace(SPEC, models=m)) for m in (("lags",), ("bridge", "lags")))
    of_both = both.paths.values[both.paths.model == "lags"]
    assert_array_equal(made(table, spec=replace(SPEC, models=("lags",), paths=30)).paths.values, of_both)
    assert len(alone.paths.values) == len(both.paths.values) == 60


def test_units_of_the_panel_and_scale_of_the_target_do_not_matter():
    table = samples.levels(samples.growth(1))
    plain = made(table)
    scaled = made(table.assign(target=table["target"] * 7.0, x1=table["x1"] / 1000.0))
    assert_allclose(scaled.paths.values, 7.0 * plain.paths.values, rtol=1e-6)


def test_effects_are_put_back():
    table = samples.levels(samples.growth(1))
    plain = made(table)
    target = samples.history(table["target"], ORIGIN, season=0.2)
    seasonal = replace(target, values=target.values * np.exp(target.effects[:, : len(target.months)]))
    answer = nowcasted(samples.panel(table), seasonal, DAY, SPEC, generator(5))
    effects = np.exp(target.effects[0, len(target.months) :][:2])
    assert_allclose(answer.paths.future, plain.paths.future * effects, rtol=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_a_target_that_is_a_multiple_of_a_published_indicator_is_recovered(model: str):
    growth = samples.growth(2, series=1)
    growth[:, 0] = 0.3 + 0.5 * growth[:, 1]
    table = samples.levels(growth)
    answer = made(table, samples.panel(table, lags=(5,)), replace(SPEC, models=(model,)))
    assert_allclose(answer.mean[model], _true(growth), atol=0.02)


def _true(growth: np.ndarray) -> np.ndarray:
    """Growth of 2016-10 and 2016-11, the months nowcast."""
    first = (pd.Period("2016-10", "M") - pd.Period(samples.START, "M")).n
    return growth[first : first + 2, 0]


def test_each_draw_goes_on_from_its_own_past():
    table = samples.levels(samples.growth(1))
    one = samples.history(table["target"], ORIGIN)
    rng = np.random.default_rng(8)
    values = one.values * np.exp(rng.normal(0, [[0.0], [0.05]], (2, len(one.months))))
    two = History(one.months, values, np.repeat(one.effects, 2, axis=0), one.reconstructed, "target")
    answer = nowcasted(samples.panel(table), two, DAY, replace(SPEC, paths=600), generator(5))
    for draw in (0, 1):
        rows = answer.paths.draw == draw
        assert rows.sum() == 300
        assert_array_equal(
            answer.paths.values[rows][:, : len(one.months)], np.repeat(values[draw : draw + 1], 300, 0)
        )


def test_estimates_can_be_kept():
    table = samples.levels(samples.growth(1))
    first = made(table)
    assert_array_equal(made(table, fits=first.fits).paths.values, first.paths.values)
    moved = made(table.assign(x0=table["x0"] * 1.01 ** np.arange(len(table))), fits=first.fits)
    assert moved.fits["lags"] is first.fits["lags"]
    assert not np.allclose(moved.mean["lags"], first.mean["lags"])


def test_a_model_that_fails_is_a_row_and_the_others_answer():
    table = samples.levels(samples.growth(1))
    short = replace(samples.history(table["target"]["2011-09":], ORIGIN), name="ip")  # 60 months of growth
    answer = nowcasted(samples.panel(table), short, DAY, SPEC, generator(5))
    assert [(f.model, f.series, f.origin) for f in answer.failed] == [
        ("bridge", "ip", ORIGIN),
        ("lags", "ip", ORIGIN),
    ]
    assert "the bridge has 57 months with a target" in answer.failed[0].reason
    assert answer.shares == {"factor": 1.0}
    assert len(answer.paths.values) == SPEC.paths
    assert set(answer.paths.model) == {"factor"}


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"day": "2016-10-15"}, DataError, "2016-09 is published and no later month is over"),
        ({"day": "2018-01-31"}, DataError, "16 months back; a nowcast bridges 12"),
        ({"horizon": 1}, DataError, "continued over 1 months; continue them over 2"),
        (
            {"models": ("lags", "oracle")},
            DataError,
            "no nowcast model.*oracle.*there are factor, bridge, lags",
        ),
        ({"first": "2015-09"}, DataError, "13 months of history; it needs 24"),
        ({"first": "2011-10"}, FitError, "59 months of the target; it needs 60: give a longer history"),
    ],
)
def test_where_nothing_can_be_said_the_reason_and_the_remedy_are(
    change: dict[str, object], error: type[Exception], words: str
):
    table = samples.levels(samples.growth(1))
    target = samples.history(
        table["target"][str(change.get("first", "2005-01")) :], ORIGIN, int(change.get("horizon", 20))
    )
    spec = replace(SPEC, models=change.get("models", MODELS))
    with pytest.raises(error, match=words):
        nowcasted(
            samples.panel(table),
            target,
            pd.Timestamp(str(change.get("day", "2016-12-12"))),
            spec,
            generator(5),
        )


def test_the_target_is_no_indicator_of_itself():
    table = samples.levels(samples.growth(1)).rename(columns={"x0": "ip"})
    target = replace(samples.history(table["target"], ORIGIN), name="ip")
    with pytest.raises(DataError, match="ip is the target itself"):
        nowcasted(samples.panel(table), target, DAY, SPEC, generator(5))


def test_a_panel_without_any_usable_indicator_is_refused():
    table = samples.levels(samples.growth(1, series=1))
    given = samples.changed(samples.panel(table), "x0", pd.Series(3.0, table.index))
    with pytest.raises(DataError, match="no indicator has enough growth up to 2016-12-12"):
        made(table, given)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_intervals_cover(model: str):
    times = 200
    assert abs(_coverage(model, times) - 0.8) < 4 * np.sqrt(0.8 * 0.2 / times)


def _coverage(model: str, times: int) -> float:
    """Share of made-up targets inside the central 80 % two months after the origin."""
    inside = 0
    for seed in range(times):
        table = samples.levels(samples.growth(1000 + seed, series=3))
        answer = made(table, samples.panel(table, (1, 10, 20)), replace(SPEC, models=(model,), paths=200))
        low, high = np.quantile(answer.paths.future[:, 1], [0.1, 0.9])
        inside += bool(low < table.loc["2016-11", "target"] < high)
    return inside / times


@pytest.mark.parametrize("model", MODELS)
def test_a_month_that_the_target_did_not_publish_is_bridged(model: str):
    table = samples.levels(samples.growth(1))
    hole, straight = table.copy(), table.copy()
    hole.loc["2012-03", "target"] = np.nan
    straight.loc["2012-03", "target"] = np.sqrt(table["target"]["2012-02"] * table["target"]["2012-04"])
    found, expected = (
        made(t, samples.panel(table), replace(SPEC, models=(model,))) for t in (hole, straight)
    )
    assert_allclose(found.mean["pool"], expected.mean["pool"], rtol=1e-9)
    assert_allclose(found.paths.values, expected.paths.values, rtol=1e-9)
