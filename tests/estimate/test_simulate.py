"""Every path by a second route: one course of what is known, one model, one stream named by its words alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import adjust, figures, models, series
from forecast.estimate import Data, FigureData, LevelData, Plan, estimate, known_beside
from tests.oracle.questions import REPO
from tests.oracle.seeds import stream

PLAN = Plan(
    horizon=13, paths=67, draws=20, country="DE",
    models=("noisy_walk", "random_walk_drift_block", "autoregression", "panel_autoregression", "sarima_airline"),
)  # fmt: skip
SEED = 5


def rates(as_of: str) -> tuple[Data, Plan]:
    read = figures.read(REPO / "configs/data/vietnam_published_figures.csv")
    data = FigureData(read, ("bac_ninh", "total"), (("vietnam", "total"),), pd.Timestamp(as_of))
    return data, Plan(horizon=13, paths=67, draws=20, models=("noisy_walk", "autoregression"))


def levels() -> LevelData:
    y = series.sample("elec_equip")["2001":"2009-12"]
    like = pd.DataFrame({"twin": 3 * y * np.random.default_rng(2).lognormal(0, 0.03, len(y))})
    return LevelData(y, "euro", pd.Timestamp("2009-12-31"), panel=like)


QUESTIONS: dict[str, tuple[Data, Plan]] = {
    "rates": rates("2024-05-20"),
    "rates of which others are ahead": rates("2024-05-05"),
    "levels": (levels(), PLAN),
}


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_a_path_is_its_model_s_on_its_own_course_from_its_own_stream(question: str):
    data, plan = QUESTIONS[question]
    found = estimate(data, plan, SEED)
    history, ahead = found.history, found.ahead
    k, m = history.values.shape
    assert (ahead.months > 0) == ("ahead" in question)
    counts = [67 // k + (i < 67 % k) for i in range(k)]
    end = m + ahead.months
    months = pd.period_range(history.months[0], periods=m + plan.span, freq="M")
    x = plan.regressors(months)
    beside = known_beside(data, found.levels, ahead.all_months(history), plan)
    panels = np.exp(np.stack(list(beside.values()), axis=2))
    if k == 1:
        now = adjust.builtin_effects(np.log(history.values[0]), history.months, plan.span, x)
    for name, paths in found.simulated.items():
        member = models.member(name)
        assert np.bincount(paths.draw).tolist() == counts
        assert set(paths.model.tolist()) == {name}
        for i in range(k):
            effects = history.effects[i]
            if k == 1 and member.sees != "adjusted":  # what is estimated at the origin, or left to the model
                effects = now if member.sees == "adjusted_now" else np.zeros(m + plan.span)
            own = x if member.sees == "level" else None
            level = np.concatenate([history.values[i], ahead.values[i]])
            rng = stream(SEED, history.name, str(history.months[-1]), name, i)
            fit = models.fit(
                member.spec, level / np.exp(effects[:end]), None if own is None else own[:end], rng=rng,
                panel=panels[i] if member.panel else None,
            )  # fmt: skip
            future = fit.simulate(
                plan.span - ahead.months, counts[i], rng, None if own is None else own[end:]
            )
            rows = paths.values[paths.draw == i]
            known = np.tile(level[m - paths.past :], (counts[i], 1))
            assert_allclose(rows[:, : paths.past + ahead.months], known, rtol=1e-12)
            assert_allclose(rows[:, paths.past + ahead.months :], future * np.exp(effects[end:]), rtol=1e-8)


def test_a_model_that_draws_what_is_no_number_has_failed_and_the_others_answer(
    monkeypatch: pytest.MonkeyPatch,
):
    drawn = models.simulate_draws

    def one_lost(fits, *rest):
        paths = drawn(fits, *rest)
        if isinstance(fits[0], models.autoregression.AutoregressionFit):
            paths[3, 2] = np.nan
        return paths

    plan = Plan(horizon=12, paths=50, models=("noisy_walk", "autoregression"))
    alone = estimate(levels(), Plan(horizon=12, paths=50, models=("noisy_walk",)), SEED)
    monkeypatch.setattr(models, "simulate_draws", one_lost)
    found = estimate(levels(), plan, SEED)
    assert [(row.model, row.reason) for row in found.failed] == [
        ("autoregression", "paths were drawn that are no numbers")
    ]
    assert_allclose(found.paths.values, alone.paths.values, rtol=0)


def test_fewer_paths_than_draws_are_of_draws_from_all_over_the_history_and_the_same_for_every_model():
    data, _ = QUESTIONS["rates"]
    plan = Plan(horizon=13, paths=24, draws=40, models=("noisy_walk", "panel_autoregression"))
    found = estimate(data, plan, SEED)
    walk, panel = (found.simulated[name].draw for name in plan.models)
    assert len(found.paths.values) == 2 * 24
    assert (walk == panel).all()
    assert len(np.unique(walk)) == 24
    assert walk.min() < 5
    assert walk.max() >= 35
    assert (
        found.history.values[walk, -1] == found.simulated["noisy_walk"].values[:, found.paths.past - 1]
    ).all()
    other = estimate(data, plan, SEED + 1).simulated["noisy_walk"].draw
    assert (other != walk).any()  # at random, so that no place in the order is favoured
    first = estimate(data, Plan(horizon=13, paths=40, draws=40, models=("noisy_walk",)), SEED)
    assert first.paths.draw.tolist() == list(range(40))
