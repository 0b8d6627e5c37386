"""Results come out as tables on months, fit on one screen, and draw themselves; a recovery has one set of names."""

from __future__ import annotations

from dataclasses import fields
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose, assert_array_equal

import forecast as fc
from forecast import config
from forecast.outcome import RecoveryResult
from forecast.paths import quantiles
from forecast.run import answered
from forecast.series import sample
from tests.levels import synthetic

ASKED = {
    "name": "turnover", "title": {"en": "Turnover", "vi": "Doanh thu"}, "target": {"sample": "elec_equip"},
    "as_of": "2010-12", "horizon": 30, "paths": 400, "models": ["noisy_walk", "random_walk_drift_block"],
}  # fmt: skip
SCREEN = 30, 140  # lines, letters


@pytest.fixture(scope="module")
def made() -> tuple[fc.Outcome, fc.Estimate]:
    return answered(config.parse(ASKED))


@pytest.fixture(scope="module")
def figures() -> fc.Figures:
    y = synthetic.level(synthetic.span("2019-01", "2021-12"), np.random.default_rng(3))
    return synthetic.figures(synthetic.rows(y, ("mom_pct", "index")))


@pytest.fixture(scope="module")
def levels(figures: fc.Figures) -> fc.Levels:
    return fc.reconstruct(figures, ("here", "total"), draws=20, country=None)


def record() -> fc.Backtest:
    """A backtest with nothing but its record."""
    models = {
        "pool": {
            "crps": 3.9,
            "skill_pct": 10.4,
            "coverage_80": 0.86,
            "skill_interval_pct": [1.0, 20.0],
            "failed": 0,
        },
        "kaplan_meier": {
            "crps": 4.4,
            "skill_pct": None,
            "coverage_80": 0.74,
            "skill_interval_pct": None,
            "failed": 0,
        },
    }
    counts = {"origins": 303, "episodes": 59, "follow_up_at_least": 36}
    empty = pd.DataFrame()
    summary = {"headline": counts, "best_naive": "kaplan_meier", "models": models}
    return fc.Backtest(empty, empty, empty, empty, empty, empty, summary, {})


def results(made: tuple[fc.Outcome, fc.Estimate], figures: fc.Figures, levels: fc.Levels) -> list[object]:
    outcome, found = made
    return [outcome, found, found.paths, found.recovery["trend"], found.history, levels, figures, record()]


def test_every_result_fits_on_a_screen_and_says_the_same_in_a_notebook(made, figures, levels) -> None:
    for result in results(made, figures, levels):
        text, tree = repr(result), ElementTree.fromstring(result._repr_html_())
        assert text.count("\n") < SCREEN[0], type(result)
        assert max(map(len, text.splitlines())) < SCREEN[1], type(result)
        assert text.splitlines()[0] == tree.findtext("caption")
        rows = [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]
        for line, cells in zip(text.splitlines()[1:], rows, strict=True):
            assert line.split() == " ".join(cells).split()


@pytest.mark.parametrize(
    "name", ["sarima_airline", "autoregression", "structural", "theta", "seasonal_naive"]
)
def test_a_fit_shows_its_summary(name: str) -> None:
    fit = fc.fit(name, sample("elec_equip"))
    assert repr(fit).count("\n") < SCREEN[0]
    assert "1995-01 to 2016-05" in repr(fit).splitlines()[0]
    caption = ElementTree.fromstring(fit._repr_html_()).findtext("caption")
    assert caption == repr(fit).splitlines()[0]


def test_an_adjustment_is_a_table_and_a_picture() -> None:
    y = sample("elec_equip")
    done = fc.adjust.adjust(y, fc.adjust.Builtin())
    table = done.to_frame()
    assert len(table) == len(y) + 12
    effects = (1 + table["seasonal_pct"] / 100) * (1 + table["calendar_pct"] / 100)
    assert_allclose((table["adjusted"] * effects).dropna(), y)
    assert repr(done).splitlines()[-1].split()[0] == "2016-05"
    level = next(line for line in done.plot().axes[0].get_lines() if line.get_label() == "known")
    assert_allclose(level.get_ydata(), y)


def test_every_result_is_a_table(made, figures, levels) -> None:
    for result in results(made, figures, levels):
        table = result.to_frame()
        assert len(table)
        assert isinstance(table, pd.DataFrame)


def test_what_a_picture_says_is_drawn(made, levels) -> None:
    outcome, found = made
    for result in (outcome, found, found.paths, found.history, levels, record()):
        assert isinstance(result.plot(), Figure)
    axes = Figure().subplots()
    drawn = found.recovery["trend"].plot(axes)
    assert drawn is axes.get_figure()
    line = next(line for line in axes.get_lines() if line.get_label() == "by the month")
    assert_allclose(line.get_ydata(), 100 * found.recovery["trend"].to_frame()["by"])
    assert outcome.recovery["baseline"].plot().axes[0].get_title("left") == "Baseline"


def test_paths_need_no_arrays(made) -> None:
    paths = made[1].paths
    table = paths.to_frame()
    assert list(table.columns[:3]) == ["model", "draw", "weight"]
    assert list(table.columns[3:]) == list(paths.months)
    assert_array_equal(table[paths.origin + 3], paths.values[:, paths.past + 2])
    level = paths.quantiles([0.1, 0.5])
    assert level.index.equals(paths.future_months)
    assert_array_equal(level.to_numpy().T, quantiles(paths.future, paths.weights, [0.1, 0.5]))
    rate = paths.intervals((80,), "yoy_pct")
    assert list(rate) == ["median", "lower_80", "upper_80"]
    assert_array_equal(rate.to_numpy().T, quantiles(paths.printed("yoy_pct"), paths.weights, [0.5, 0.1, 0.9]))


def test_a_recovery_has_one_set_of_names(made) -> None:
    outcome, found = made
    told, held = outcome.recovery["baseline"], found.recovery["pre_slump_peak"]
    shared = {f.name for f in fields(RecoveryResult)} - {"label", "old_trend", "distribution", "trough"}
    shared -= {"p_within_12_error"}  # of the draws, which a recovery by itself does not know
    assert len(shared) == 13

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(map(plain, value))
        return pytest.approx(value, rel=1e-9) if isinstance(value, float) else value

    for name in shared:
        assert getattr(told, name) == plain(getattr(held, name)), name
    pd.testing.assert_frame_equal(told.to_frame(), held.to_frame())


def test_a_recovery_s_table_adds_up(made) -> None:
    held = made[1].recovery["trend"]
    table = held.to_frame()
    assert str(table.index[0]) == "2010-12"
    assert str(table.index[-1]) == str(pd.Period("2010-12", "M") + 30)
    assert_allclose(table["probability"].sum() + held.p_not_within_horizon, 1.0)
    assert_allclose(table["by"].iloc[12], held.by(12))
    assert_allclose(table["probability"].iloc[1:], held.distribution)


def test_tables_of_the_answer_agree(made) -> None:
    outcome, found = made
    asked, shown = found.to_frame(), outcome.to_frame()
    assert len(asked) == len(shown) == 30
    assert_allclose(asked["by"], shown["by"])
    assert_allclose(asked["gap_pct"], shown["median"] - 100, atol=1e-9)
    assert_allclose(asked["median"], found.paths.quantiles([0.5])[0.5].iloc[:30])


def test_history_and_levels_agree_with_their_intervals(made, levels) -> None:
    table = levels.to_frame()
    assert_allclose(table[["median", "lower_80", "upper_80"]], levels.intervals(0.8))
    exact = made[1].history.to_frame()
    y = sample("elec_equip")[:"2010-12"]
    assert_allclose(exact["median"], y)
    assert_allclose(exact["lower_80"], y)
    assert not exact["reconstructed"].any()
    z = made[1].history.adjusted[0]
    assert_allclose(np.log(exact["adjusted"]), z)


def test_figures_give_a_copy(figures) -> None:
    table = figures.to_frame()
    table["value"] = 0.0
    assert figures.table["value"].abs().sum() > 0


def test_a_backtest_s_table_holds_numbers(made) -> None:
    table = record().to_frame()
    assert table.loc["pool"].to_dict() == {"crps": 3.9, "skill_pct": 10.4, "coverage_80": 0.86, "failed": 0.0}
    assert np.isnan(table.loc["kaplan_meier", "skill_pct"])


def test_estimate_and_backtest_take_a_series() -> None:
    y = sample("elec_equip").rename("turnover")
    plan = fc.Plan(horizon=12, paths=200, models=("random_walk_drift_block",))
    stamped = y.set_axis(y.index.to_timestamp())
    by_hand = fc.estimate(fc.LevelData(y, "turnover", pd.Timestamp("2016-05-31")), plan, 1)
    pd.testing.assert_frame_equal(fc.estimate(stamped, plan).to_frame(), by_hand.to_frame())
    at = fc.Origins(after_start=(6,), least_follow_up=12)
    given = fc.LevelData(y, "turnover", pd.Timestamp("2016-05-31"), panel=y.to_frame())
    alone = fc.backtest(stamped, plan, at)
    pd.testing.assert_frame_equal(alone.point_forecasts, fc.backtest([given], plan, at).point_forecasts)
    assert set(alone.point_forecasts["series"]) == {"turnover"}


def test_a_reconstruction_needs_neither_date_nor_generator(figures, levels) -> None:
    last = figures.table["published"].max()
    by_hand = fc.reconstruct(
        figures, ("here", "total"), draws=20, country=None, as_of=last, rng=np.random.default_rng(1)
    )
    assert_array_equal(levels.history.values, by_hand.history.values)
