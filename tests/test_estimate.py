from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import chi2

from forecast import calendar, figures, series
from forecast.errors import DataError, FitError
from forecast.estimate import FigureData, LevelData, Plan, estimate
from forecast.models import POOL, REGISTRY
from forecast.models.combine import logit_pool
from forecast.normal import NormalSpec
from forecast.parallel import generator
from forecast.slump import SlumpSpec

REPO = Path(__file__).parents[1]
PLAN = Plan(horizon=24, models=("noisy_walk", "random_walk_drift_block"), paths=2_000, draws=20)
EVERY_MODEL = replace(PLAN, models=tuple(name for name in REGISTRY if name != "boosting"), paths=400)
BAC_NINH = (("bac_ninh", "total"), (("vietnam", "total"),))


def euro(as_of: str = "2009-12-31", y: pd.Series | None = None) -> LevelData:
    return LevelData(series.sample("elec_equip") if y is None else y, "euro", pd.Timestamp(as_of))


def with_panel(spoil: str | None = None) -> LevelData:
    """The sample with two like series that are known longer, spoiled after 2009 where asked."""
    y = series.sample("elec_equip")
    rng = np.random.default_rng(5)
    like = {name: y.shift(lag).bfill() * rng.lognormal(0, 0.02, len(y)) for name, lag in (("a", 1), ("b", 2))}
    panel = pd.DataFrame({"euro": y * 7.0, **like})
    later = panel.index > pd.Period("2009-12", "M")
    if spoil is not None:
        panel.loc[later] = {"huge": 1e12, "missing": np.nan, "noise": 50 + 40 * rng.random()}[spoil]
    return replace(euro(), panel=panel)


def bac_ninh(table: pd.DataFrame | None = None) -> FigureData:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    if table is not None:
        read = figures.from_table(table)
    return FigureData(read, *BAC_NINH, pd.Timestamp("2024-05-20"))


def same(a, b):
    assert_array_equal(a.paths.values, b.paths.values)
    assert_array_equal(a.paths.weights, b.paths.weights)
    for kind in a.recovery:
        assert_array_equal(a.normals[kind], b.normals[kind])
        assert_array_equal(a.recovery[kind].cumulative, b.recovery[kind].cumulative)
    assert (a.slump.start, a.slump.peak_from, a.slump.hold) == (
        b.slump.start,
        b.slump.peak_from,
        b.slump.hold,
    )


@pytest.fixture(scope="module")
def untouched():
    """The answer of every model to the level that nobody spoiled."""
    return estimate(euro(), EVERY_MODEL, 7)


@pytest.mark.parametrize("poison", ["noise", "huge", "missing"])
def test_poisoning_the_future_of_a_level_moves_nothing(untouched, poison: str):
    y = series.sample("elec_equip")
    later = y.index > pd.Period("2009-12", "M")
    rng = np.random.default_rng(1)
    spoiled = y.copy()
    spoiled[later] = {"noise": rng.lognormal(4, 1, later.sum()), "huge": 1e12, "missing": np.nan}[poison]
    same(untouched, estimate(euro(y=spoiled), EVERY_MODEL, 7))


@pytest.mark.parametrize("poison", ["noise", "huge", "missing"])
def test_poisoning_the_future_of_a_panel_moves_nothing(poison: str):
    plan = replace(PLAN, models=("panel_autoregression", "regression"), paths=300)
    same(estimate(with_panel(), plan, 7), estimate(with_panel(poison), plan, 7))


def test_a_panel_is_seen_by_the_models_that_ask_for_one_and_never_holds_the_target_itself():
    plan = replace(PLAN, models=("noisy_walk", "panel_autoregression"), paths=300)
    alone, beside = estimate(euro(), plan, 7), estimate(with_panel(), plan, 7)
    assert list(with_panel().known_panel) == ["a", "b"]
    assert with_panel().known_panel.index[-1] == pd.Period("2009-12", "M")
    assert alone.summaries["panel_autoregression"]["series"] == 1
    assert beside.summaries["panel_autoregression"]["series"] == 3
    assert_array_equal(alone.members["noisy_walk"].cumulative, beside.members["noisy_walk"].cumulative)


def test_a_release_lag_hides_the_last_month_of_the_panel_too():
    lagged = replace(with_panel(), release_lag_days=40)
    assert lagged.known_panel.index[-1] == lagged.known.index[-1] == pd.Period("2009-10", "M")


def test_related_figures_are_the_panel_of_a_reconstructed_target():
    plan = replace(PLAN, models=("panel_autoregression",), paths=400, country="VN", holidays=("tet",))
    assert estimate(bac_ninh(), plan, 7).summaries["panel_autoregression"]["series"] == 2


ON_EVERY_DRAW = pytest.param(
    EVERY_MODEL.models, marks=[pytest.mark.slow, pytest.mark.poison], id="every model"
)  # ten seconds


@pytest.mark.always
@pytest.mark.parametrize("poison", ["noise", "huge", "absent"])
@pytest.mark.parametrize(
    "models", [pytest.param((*POOL, "random_walk_drift_block"), id="pool"), ON_EVERY_DRAW]
)
def test_poisoning_later_figures_moves_nothing(models: tuple[str, ...], poison: str):
    table = bac_ninh().figures.table.copy()
    later = table["published"] > pd.Timestamp("2024-05-20")
    assert later.sum() > 100
    rng = np.random.default_rng(2)
    cell = table.groupby(["region", "sector", "period", "measure"]).ngroup().to_numpy()
    noise = rng.normal(0, 60, cell.max() + 1).clip(-90)[cell]
    if poison == "absent":  # as where a file is read to the day alone
        table = table[~later]
    else:
        table.loc[later, "value"] = noise[later] if poison == "noise" else 9e5
    plan = replace(EVERY_MODEL, models=models, country="VN", holidays=("tet",))
    same(estimate(bac_ninh(), plan, 7), estimate(bac_ninh(table), plan, 7))


@pytest.mark.usefixtures("alone")
def test_the_same_figures_and_seed_give_the_same_bytes():
    data = bac_ninh()
    quiet = data.as_of + pd.Timedelta(days=2)  # on which nothing more was published
    assert len(data.figures.as_of(quiet).table) == len(data.figures.as_of(data.as_of).table)
    one, two = (estimate(replace(data, as_of=day), PLAN, 7) for day in (data.as_of, quiet))
    same(one, two)
    assert one.paths.values.tobytes() == two.paths.values.tobytes()


def test_every_piece_of_work_has_a_seed_of_its_own(monkeypatch: pytest.MonkeyPatch):
    named = []
    room = import_module("forecast.estimate.simulate")
    monkeypatch.setattr(room, "generator", lambda *words: named.append(words) or generator(*words))
    estimate(euro(), replace(PLAN, paths=100), 7)
    assert named == [(7, "euro", "2009-12", model, 0) for model in PLAN.models]


def test_another_model_in_the_pool_moves_no_number_of_the_others():
    alone = estimate(euro(), replace(PLAN, models=("noisy_walk",)), 7)
    both = estimate(euro(), PLAN, 7)
    assert_array_equal(alone.members["noisy_walk"].cumulative, both.members["noisy_walk"].cumulative)
    shares = np.array([[(both.members[name].months <= 12).mean()] for name in PLAN.models])
    n = both.paths.effective_number
    assert_allclose(
        both.recovery["pre_slump_peak"].by(12),
        (n * logit_pool(shares)[0] + 0.5 * 12 / 24) / (n + 1),
        atol=1e-3,
    )


def test_the_error_told_of_a_chance_is_its_spread_between_seeds():
    """Σ ((p_i − p)/error)² over 30 seeds is χ² with 29 degrees of freedom, within its central 99.9 %."""
    given = SlumpSpec(start=pd.Period("2008-11", "M"), seasonally_adjusted=True)
    plan = replace(
        PLAN, models=("noisy_walk",), paths=300, slump=given, normal=NormalSpec("target", level=104.0)
    )
    found = [estimate(euro(), plan, seed).members["noisy_walk"] for seed in range(30)]
    chances = np.array([one.by(24) for one in found])
    assert 0.2 < chances.mean() < 0.8
    spread = np.square((chances - chances.mean()) / [one.error(24, np.arange(300)) for one in found]).sum()
    assert chi2.ppf(0.0005, 29) < spread < chi2.ppf(0.9995, 29)


def test_members_are_rows_of_the_pool_and_what_stands_beside_it_is_not() -> None:
    plan = replace(PLAN, beside=("random_walk_drift",), paths=200)
    found = estimate(euro(), plan, 7)
    assert found.simulated.keys() == {*plan.models, *plan.beside}
    for name, own in found.simulated.items():
        assert np.shares_memory(own.values, found.paths.values) == (name in plan.models)
        assert_array_equal(own.model, np.repeat(name, 200))
        assert_array_equal(own.values[:, : own.past], found.paths.values[:200, : own.past])
        if name in plan.models:
            assert_array_equal(own.values, found.paths.values[found.paths.model == name])


def test_an_answer_without_its_fits_is_the_same() -> None:
    found = estimate(euro(), replace(PLAN, models=("sarima_airline",), paths=200), 7)
    assert found.fits
    assert not found.without_fits().fits
    same(found, found.without_fits())


def test_paths_continue_their_own_draw_of_the_history():
    found = estimate(bac_ninh(), PLAN, 3)
    past = found.paths.values[:, : found.paths.past]
    assert_allclose(past, found.history.values[found.paths.draw][:, -found.paths.past :])
    peak = (found.history.months >= found.slump.peak_from) & (found.history.months <= found.slump.peak_to)
    assert_allclose(found.history.values[:, peak].mean(), 100.0)


def test_the_effects_of_a_level_are_those_known_at_the_slump_s_start():
    found = estimate(euro(), PLAN, 3)
    assert found.slump.profile is not None
    assert found.slump.profile.months[-1] == found.slump.start
    assert_allclose(
        found.history.effects[0], found.slump.profile.effects(
            pd.period_range("1995-01", periods=found.history.effects.shape[1], freq="M")
        )
    )  # fmt: skip


def test_where_nothing_slumps_the_answer_is_against_the_last_peak():
    y = series.sample("elec_equip")
    found = estimate(euro("2007-12-31"), PLAN, 3)
    assert not found.slump.under_way
    assert found.slump.peak_to <= y.index[-1]
    assert found.recovery["pre_slump_peak"].p_already_back > 0.3


def test_where_nothing_slumps_the_calendar_is_frozen_at_the_origin():
    y = series.sample("elec_equip")
    found = estimate(euro("2007-12-31"), replace(PLAN, country="DE", holidays=(), paths=200), 3)
    assert not found.slump.under_way
    assert found.slump.profile is not None
    assert found.slump.profile.months[-1] == pd.Period("2007-12", "M")
    assert found.slump.profile.beta.shape == (calendar.regressors(y.index, "DE", ()).shape[1],)


def test_a_model_that_cannot_be_fitted_is_a_row_not_a_crash():
    y = series.sample("elec_equip")[:30]  # too short for an autoregression's 36 growth rates
    data = LevelData(y, "short", pd.Timestamp("1999-01-01"))
    found = estimate(data, replace(PLAN, models=("autoregression", "noisy_walk")), 3)
    assert [(f.model, f.series) for f in found.failed] == [("autoregression", "short")]
    assert "needs 36 monthly growth rates" in found.failed[0].reason
    assert "; noisy_walk" in str(found)  # of the models asked for, the one that answered
    assert "autoregression" not in str(found)
    with pytest.raises(FitError, match="no model could be fitted"):
        estimate(data, replace(PLAN, models=("autoregression",)), 3)


def test_what_cannot_be_forecast_is_refused_in_plain_words():
    y = series.sample("elec_equip")
    with pytest.raises(
        DataError, match="nothing was published by 1990-01-01; the first month appeared on 1995-01-31"
    ):
        estimate(euro("1990-01-01"), PLAN, 3)
    with pytest.raises(
        DataError, match="needs 24 changes from one published month to the next, found 19 in the 20 months"
    ):
        estimate(LevelData(y[:20], "short", pd.Timestamp("1999-01-01")), PLAN, 3)
    with pytest.raises(DataError, match="found 23 in the 24 months"):
        estimate(LevelData(y[:24], "short", pd.Timestamp("1999-01-01")), PLAN, 3)
    assert (
        estimate(LevelData(y[:25], "just", pd.Timestamp("1999-01-01")), PLAN, 3).history.origin == y.index[24]
    )


def test_a_level_with_empty_months_is_answered():
    whole = euro()
    holed = replace(
        whole, y=whole.y.mask(whole.y.index.isin(pd.period_range("2009-09", "2009-11", freq="M")))
    )
    found, full = (estimate(data, PLAN, 7) for data in (holed, whole))
    assert found.history.reconstructed.sum() == 3
    assert np.isfinite(found.paths.values).all()
    assert found.slump.start == full.slump.start  # the season is still that of the level itself
    assert_allclose(found.history.effects, full.history.effects, atol=0.01)


def test_a_release_lag_hides_the_last_month():
    lagged = replace(euro(), release_lag_days=40)
    assert lagged.known.index[-1] == pd.Period("2009-10", "M")
    adjusted = replace(PLAN, slump=SlumpSpec(threshold_pct=5.0, seasonally_adjusted=True))
    assert estimate(lagged, adjusted, 1).history.origin == pd.Period("2009-10", "M")


@pytest.mark.parametrize("hole", ["2008-12", "2009-10"])
def test_a_month_that_is_not_published_leaves_no_hole_in_the_answer(hole: str):
    y = series.sample("elec_equip").copy()
    y[hole] = np.nan
    found = estimate(euro(y=y), replace(PLAN, models=("noisy_walk",)), 1)
    at = (pd.Period(hole, "M") - found.history.months[0]).n
    assert np.flatnonzero(found.history.reconstructed).tolist() == [at]
    z = found.history.adjusted[0]
    assert_allclose(z[at], (z[at - 1] + z[at + 1]) / 2)
    past = found.paths.values[:, found.paths.past - len(z) + at]
    assert_allclose(past, found.history.values[0, at], rtol=1e-15)
    for kind, path in found.normals.items():
        assert np.isfinite(path).all(), kind
    assert np.isfinite(found.paths.printed("yoy_pct")).all()
