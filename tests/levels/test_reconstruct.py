from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast import figures as published
from forecast.calendar import regressors
from forecast.errors import DataError
from forecast.levels import Levels, reconstruct
from forecast.levels.prior import covariances, kernels, parameters
from tests.levels.synthetic import RATES, bulletins, figures, level, rows, span

MONTHS = span("2016-01", "2021-12")
HERE = ("here", "total")
DATA = Path(__file__).resolve().parents[2] / "configs/data/vietnam_published_figures.csv"


def rebuild(table, related=(), draws=100, *, seed=0, as_of="2030-01-01", **options) -> Levels:
    rng = np.random.default_rng(seed)
    return reconstruct(table, HERE, related, draws, as_of=as_of, rng=rng, **{"country": None, **options})


def scaled(y: pd.Series, found: Levels) -> np.ndarray:
    y = y[found.months]
    first, last = found.window
    return 100.0 * (y / y[(y.index >= first) & (y.index <= last)].mean()).to_numpy()


def thinned(y: pd.Series, seed: int, share: float = 0.35, **options) -> pd.DataFrame:
    table = rows(y, **options)
    return table[np.random.default_rng(seed).random(len(table)) < share]


@pytest.fixture(scope="module")
def truth() -> pd.Series:
    return level(MONTHS, np.random.default_rng(11))


@pytest.fixture(scope="module")
def thin(truth) -> Levels:
    other = truth * np.exp(0.02 * np.random.default_rng(3).standard_normal(len(truth)))
    table = figures(thinned(truth, 1), thinned(other, 2, region="there"))
    return rebuild(table, [("there", "total")], horizon=18, country="VN")


def test_complete_rates_give_the_levels_to_their_rounding(truth):
    found = rebuild(figures(rows(truth)))
    values = found.history.values
    # 0.1-point figures: some hundredths of a percent, as the posterior itself says
    assert np.sqrt(np.mean((values.mean(axis=0) - scaled(truth, found)) ** 2)) < 0.05
    assert values.std(axis=0).max() < 0.08
    assert len(found.suspects) == 0
    assert (found.fitted["slack"] < 1e-9).all()


def test_hundredfold_finer_figures_give_tenfold_finer_levels_or_better(truth):
    coarse, fine = (rebuild(figures(rows(truth, decimals=d))).history.values for d in (1, 3))
    assert fine.std(axis=0).max() < 0.1 * coarse.std(axis=0).max()


def test_published_index_values_are_the_levels(truth):
    found = rebuild(figures(rows(truth, ("index",), decimals=2)))
    assert found.anchored
    assert not found.history.reconstructed.any()
    assert_allclose(found.history.values.mean(axis=0), truth, rtol=2e-4)


def test_one_index_value_sets_the_scale_of_all_rates(truth):
    table = rows(truth, ("index",), decimals=2)
    found = rebuild(figures(rows(truth), table[table["period"] == pd.Period("2018-05", "M")]))
    assert found.anchored
    assert found.history.reconstructed.sum() == len(MONTHS) - 1
    assert_allclose(found.history.values.mean(axis=0), truth, rtol=2e-3)


def test_quarters_with_mom_give_the_levels(truth):
    found = rebuild(figures(rows(truth, ("mom_pct", "qtr_yoy_pct"))))
    error = found.history.values.mean(axis=0) - scaled(truth, found)
    assert_array_equal(np.abs(error) < 4.5 * found.history.values.std(axis=0) + 1e-9, True)
    assert np.abs(error).max() < 1.0


@pytest.mark.slow
def test_the_year_to_date_alone_is_not_explained_by_ever_larger_seasons():
    y = level(span("2014-01", "2024-04"), np.random.default_rng(31), level_sd=0.008)
    found = rebuild(figures(rows(y, ("ytd_yoy_pct",), delay_days=6)), country="VN")
    away = np.log(found.history.values.mean(axis=0) / y.to_numpy())
    assert np.std(away) < 0.3  # months apart by more than a factor of two, where the search leaps to and fro
    januaries = away[::12]
    assert_allclose(januaries, np.full(11, januaries[0]), atol=0.02)  # their growth is printed


def test_without_scale_every_draw_has_mean_100_over_the_window(thin):
    last = thin.history.values[:, -12:].mean(axis=1)
    assert_allclose(last, 100.0)
    moved = thin.rescaled("2018-01", "2018-12")
    inside = moved.months.year == 2018
    for history in (moved.history, moved.related["there_total"]):
        assert_allclose(history.values[:, inside].mean(axis=1), 100.0)
    assert_allclose(
        moved.history.values / moved.history.values[:, [0]], thin.history.values / thin.history.values[:, [0]]
    )
    with pytest.raises(ValueError, match="2012-01 to 2012-12 is not within 2016-01 to 2021-12"):
        thin.rescaled("2012-01", "2012-12")


def test_intervals_are_quantiles_of_the_draws(thin):
    table = thin.intervals(0.9)
    assert list(table) == ["median", "lower", "upper"]
    assert_allclose(table["lower"], np.quantile(thin.history.values, 0.05, axis=0))
    assert_allclose(table["upper"], np.quantile(thin.history.values, 0.95, axis=0))


def test_effects_go_on_over_the_horizon_as_season_plus_calendar(thin):
    """A year ahead the profile is the same but for what evolves and for the calendar."""
    effects, m = thin.history.effects, len(thin.months)
    assert effects.shape == (100, m + 18)
    ahead = span("2016-01", "2023-06")
    x = regressors(ahead).to_numpy()
    gap = effects[:, m : m + 18] - effects[:, m - 12 : m + 6]
    calendar = x[m : m + 18] - x[m - 12 : m + 6]
    beta, *_ = np.linalg.lstsq(calendar, gap.T, rcond=None)
    assert (gap.T - calendar @ beta).std() < 0.03 < effects.std()


def test_seasonal_effects_of_a_calendar_year_sum_to_nothing_without_a_calendar(truth):
    found = rebuild(figures(thinned(truth, 1)), horizon=12)
    years = found.history.effects.reshape(100, -1, 12).sum(axis=2)
    # only the evolving part, which is free to drift within a year, leaves a remainder
    assert np.abs(years).max() < 0.1


def test_levels_and_effects_of_a_draw_belong_together(truth):
    """Where the profile is open, the level less its effects is known better than the level."""
    found = rebuild(figures(rows(truth, ("yoy_pct",))), draws=200)
    of_level = np.log(found.history.values).std(axis=0).mean()
    assert found.history.adjusted.std(axis=0).mean() < 0.6 * of_level


def test_draws_are_the_same_for_one_seed_and_others_for_another(truth):
    table = figures(thinned(truth, 1))
    one, same, other = (rebuild(table, draws=20, seed=s).history for s in (1, 1, 2))
    assert_array_equal(one.values, same.values)
    assert_array_equal(one.effects, same.effects)
    assert not np.array_equal(one.values, other.values)


def test_any_number_of_draws_is_given(truth):
    table = figures(thinned(truth, 1))
    assert [rebuild(table, draws=k).history.values.shape[0] for k in (1, 13)] == [1, 13]


def test_figures_published_later_change_nothing(truth):
    """Nonsense in place of every later figure, of the target and of the related series: bit-identical."""
    truth = truth["2018-06":]
    tables = [rows(truth, delay_days=20), rows(truth, RATES[1:], region="there", delay_days=3)]
    first = pd.concat(tables, ignore_index=True)
    second = first.assign(value=first["value"] + 0.7, published=first["published"] + pd.Timedelta(days=60))
    real = pd.concat([first, second], ignore_index=True)
    poisoned = real.copy()
    later = poisoned["published"] > "2020-08-15"
    poisoned.loc[later, "value"] = np.random.default_rng(0).normal(0, 40, int(later.sum())).round(1)
    known = real[~later]
    results = [
        rebuild(figures(t), [("there", "total")], 30, as_of="2020-08-15", horizon=6)
        for t in (real, poisoned, known)
    ]
    for other in results[1:]:
        assert_array_equal(results[0].history.values, other.history.values)
        assert_array_equal(results[0].history.effects, other.history.effects)
        columns = ["value", "fitted", "left_out_z", "status"]
        pd.testing.assert_frame_equal(results[0].fitted[columns], other.fitted[columns])
    assert results[0].history.origin == pd.Period("2020-06", "M")


def test_the_target_alone_sets_the_origin(truth):
    tables = thinned(truth[:-5], 1), rows(truth, ("yoy_pct",), region="there")
    found = rebuild(figures(*tables), [("there", "total")])
    assert found.months[-1] == found.history.origin == pd.Period("2021-07", "M")
    assert found.continued.months.equals(found.related["there_total"].months)


def test_a_related_series_informs_the_months_the_target_lacks(truth):
    gap = span("2018-01", "2019-12")
    own = rows(truth, ("mom_pct", "ytd_yoy_pct"))
    own = own[~own["period"].isin(list(gap))]
    other = truth**0.9 * np.exp(0.01 * np.random.default_rng(4).standard_normal(len(truth)))
    alone = rebuild(figures(own))
    there = rebuild(figures(own, rows(other, RATES[:2], region="there")), [("there", "total")])
    spread = [np.log(f.history.values[:, f.months.isin(gap)]).std(axis=0).mean() for f in (alone, there)]
    assert spread[1] < 0.6 * spread[0]


@pytest.mark.slow
def test_two_related_series(truth):
    rng = np.random.default_rng(8)
    others = [truth * np.exp(0.01 * rng.standard_normal(len(truth))) for _ in range(2)]
    tables = [
        thinned(y, i, region=r) for i, (y, r) in enumerate(zip(others, ("there", "yonder"), strict=True))
    ]
    found = rebuild(figures(thinned(truth, 9), *tables), [("there", "total"), ("yonder", "total")])
    assert list(found.related) == ["there_total", "yonder_total"]
    error = found.history.values.mean(axis=0) - scaled(truth, found)
    assert np.sqrt(np.mean(error**2)) < 1.5


def test_all_vintages_stay_in_and_first_prints_are_told_from_revisions(truth):
    early = rows(truth, ("yoy_pct",), delay_days=5)
    error = 2.0 * np.random.default_rng(1).standard_normal(len(early))
    early = early.assign(value=(early["value"] + error).round(1))
    found = rebuild(figures(early, rows(truth)))
    of = found.fitted[found.fitted["measure"] == "yoy_pct"]
    assert of["first_print"].sum() == 60
    status = of.loc[of["first_print"], "status"]
    assert (
        status == "superseded"
    ).sum() >= 59  # a clean series in ten may raise an alarm, and here one print does
    assert set(status) <= {"superseded", "contradictory"}
    assert (of.loc[~of["first_print"], "status"] == "used").all()
    noise = found.noise.set_index("error")["sd_pct"]
    assert 1.4 < noise["first_print"] < 2.6  # 2 points on some 100; 4 standard errors of 60 figures
    assert np.abs(of.loc[~of["first_print"], "residual"]).max() < 0.1


@pytest.mark.parametrize("seed", [2, 5, 11])
@pytest.mark.slow
def test_complete_bulletins_without_a_slip_raise_no_alarm(seed):
    """First estimates of 2 % bend a year to date by more than its rounding, and later prints differ from them."""
    rng = np.random.default_rng(seed)
    table = bulletins(level(span("2012-01", "2016-12"), rng), rng)
    found = rebuild(figures(table), draws=10)
    assert found.suspects.empty
    assert found.contradictions == ()
    assert published.contradictions(figures(table)) == []
    table.loc[(table["measure"] == "ytd_yoy_pct") & (table["period"] == "2015-08"), "value"] += 1.0
    suspect = rebuild(figures(table), draws=10).suspects.iloc[0]
    assert (str(suspect["period"]), suspect["measure"]) == ("2015-08", "ytd_yoy_pct")


def test_a_new_region_begins_its_own_history(truth):
    """One mom figure of a merged region: two months, whatever is known of its predecessor and its country."""
    merged = rows(truth, ("mom_pct",), "here").tail(1)
    old = rows(truth, region="old")
    found = rebuild(figures(merged, old, rows(truth, region="country")), [("country", "total")])
    assert list(found.months) == list(span("2021-11", "2021-12"))
    assert found.identification.rank == 1
    assert not found.fitted["region"].eq("old").any()


def test_start_cuts_the_history_and_the_figures(truth):
    found = rebuild(figures(rows(truth)), start="2018-01")
    assert found.months[0] == pd.Period("2018-01", "M")
    assert found.fitted["period"].min() == pd.Period("2018-02", "M")


def test_two_separate_contradictions_are_numbered_figure_by_figure(truth):
    """Year to date must lie between the one to the month before and the month's own rate: 2020 and 2021 do not."""
    table = rows(truth)
    kept = [table[(table["measure"] == "mom_pct") & (table["period"] < pd.Period("2019-01", "M"))]]
    for year, off in ((2020, 1.5), (2021, 4.0)):
        april, may = pd.Period(year=year, month=4, freq="M"), pd.Period(year=year, month=5, freq="M")
        wrong = (table["measure"] == "ytd_yoy_pct") & (table["period"] == may)
        others = (table["measure"] == "ytd_yoy_pct") & (table["period"] == april)
        others |= (table["measure"] == "yoy_pct") & (table["period"] == may)
        kept += [table[others], table[wrong].assign(value=table.loc[others, "value"].max() + off)]
    found = rebuild(figures(*kept), draws=20)
    numbered = found.fitted[found.fitted["sets"].map(len) > 0]
    assert set(zip(numbered["period"].dt.year, numbered["sets"], strict=True)) == {(2021, (1,)), (2020, (2,))}
    assert sorted(numbered["measure"]) == ["yoy_pct"] * 2 + ["ytd_yoy_pct"] * 4
    assert (numbered["status"] == "contradictory").all()
    assert [words.count("2021") for words in found.contradictions] == [3, 0]
    assert [words.count("2020") for words in found.contradictions] == [0, 3]
    assert {(1,), (2,)} <= set(found.suspects["sets"])


def test_what_is_missing_is_said(truth):
    table = figures(rows(truth), rows(truth, region="there"))
    with pytest.raises(DataError, match='no figures of region "hear".*here'):
        reconstruct(table, ("hear", "total"), as_of="2025-01-01", rng=np.random.default_rng(0))
    with pytest.raises(
        DataError, match="no figure had been published by 2010-01-01; the first was published on"
    ):
        rebuild(table, as_of="2010-01-01")
    with pytest.raises(DataError, match="a series is named twice; name each once"):
        rebuild(table, [HERE])
    with pytest.raises(
        DataError, match="no figure of there total lies within 2021-06 to 2021-12; choose an earlier"
    ):
        rebuild(
            figures(rows(truth), rows(truth[:-12], region="there")), [("there", "total")], start="2021-06"
        )


def test_bac_ninh_agrees_with_the_trial():
    """12 months to August 2022 = 100; the trial's mean and standard error, within its own uncertainty."""
    known = published.read(DATA)
    trial = {
        "2024-05-20": {"2024-04": (82.6, 4.8), "2024-02": (72, 9)},
        "2026-12-31": {"2024-04": (83.2, 3.5), "2024-02": (71, 8), "2025-03": (99, 5.5)},
    }
    for as_of, expected in trial.items():
        rng = np.random.default_rng(1)
        found = reconstruct(known, ("bac_ninh", "total"), [("vietnam", "total")], 200, as_of=as_of, rng=rng)
        history = found.rescaled("2021-09", "2022-08").history
        for month, (mean, se) in expected.items():
            draws = history.values[:, history.months == month][:, 0]
            assert abs(draws.mean() - mean) < 0.5 * se
            assert 0.5 < draws.std() / se < 1.5
    year = history.values[:, history.months.year == 2023].mean(axis=1)
    assert abs(year.mean() - 85.3) < 1.0
    last = history.values[:, -12:].mean(axis=1)
    assert abs(last.mean() - 92.6) < 1.5


def test_april_2024_is_superseded_when_may_is_out():
    known = published.read(DATA)
    rng = np.random.default_rng(1)
    found = reconstruct(known, ("bac_ninh", "total"), [("vietnam", "total")], 20, as_of="2024-05-30", rng=rng)
    of = found.fitted[(found.fitted["region"] == "bac_ninh") & (found.fitted["period"] == "2024-04")]
    of = of[of["measure"] == "yoy_pct"].set_index("value")
    assert of.loc[6.25, "status"] == "superseded"
    # by the printed mom of both Mays and yoy of May 2024 it is some five points too low
    assert of.loc[4.89, "status"] == "contradictory"
    assert any("2024-04 yoy_pct +4.89" in words for words in found.contradictions)


def drawn(seed: int) -> tuple[pd.Series, pd.DataFrame]:
    """A truth and a third of its figures, with their errors, from the prior itself, hyperparameters included."""
    rng, given = np.random.default_rng(seed), parameters(1)
    z, side = rng.standard_normal(len(given)), rng.random(len(given))
    # One height at the centre: a side as much wider holds as much more of the mass.
    wide = [
        (-q.lower if u < q.lower / (q.lower + q.spread) else q.spread)
        for q, u in zip(given, side, strict=True)
    ]
    across = covariances(given, np.array([q.centre for q in given]) + np.array(wide) * np.abs(z), 1).across
    prior = kernels(MONTHS, 0, pd.DataFrame(index=MONTHS))
    log = prior.mean.copy()
    for component, factor in prior.factors.items():
        log += np.sqrt(across[component][0, 0]) * factor @ rng.standard_normal(factor.shape[1])
    y = pd.Series(np.exp(log), index=MONTHS)
    table = pd.concat([thinned(y, seed, decimals=6), rows(y, ("yoy_pct",), decimals=6).tail(1)])
    sd = [np.sqrt(across["monthly" if m == "mom_pct" else "rest"][0, 0]) for m in table["measure"]]
    ratio = (1.0 + table["value"] / 100.0) * np.exp(sd * rng.standard_normal(len(table)))
    value = (100.0 * (ratio - 1.0)).round(1)
    return y, table.assign(value=value, half_unit=0.05).drop_duplicates(["period", "measure"])


@pytest.mark.slow
def test_intervals_of_thin_figures_are_calibrated():
    """50 truths, a third of the figures: means of 50 shares, 4 standard errors, as months are dependent."""
    shares = {0.5: [], 0.8: [], 0.95: []}
    for seed in range(50):
        y, table = drawn(100 + seed)
        found = rebuild(figures(table), draws=200, seed=seed)
        true = scaled(y, found)
        for of, inside in shares.items():
            band = found.intervals(of)
            inside.append(np.mean((true >= band["lower"]) & (true <= band["upper"])))
    for of, inside in shares.items():
        error = np.std(inside, ddof=1) / np.sqrt(50)
        assert abs(np.mean(inside) - of) < 4 * error + 0.01  # 200 draws place a quantile to a point


def test_rates_cover_every_measure_of_the_office():
    assert set(RATES) < set(published.MEASURES)


def test_figures_are_judged_once_and_only_where_asked_for(truth, monkeypatch):
    judged = importlib.import_module("forecast.levels.judged")
    calls, real = [], judged.contradictions

    def counted(*args, **options):
        calls.append(1)
        return real(*args, **options)

    monkeypatch.setattr(judged, "contradictions", counted)
    found = rebuild(figures(rows(truth[:36])), draws=10)
    assert not calls
    of = found.rescaled(found.months[12], found.months[23])
    assert of.fitted["residual"].abs().max() < 0.1
    assert (of.contradictions, len(of.suspects), found.fitted is of.fitted, len(calls)) == ((), 0, True, 1)
