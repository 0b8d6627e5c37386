"""A level known by its releases: every origin sees the release of its own month, the last one is the truth."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from forecast import config
from forecast.backtest import POOL, Backtest, Origins, Vintages, backtest
from forecast.backtest.at_origin import Case, Piece
from forecast.backtest.targets import Target, target
from forecast.errors import DataError
from forecast.estimate import LevelData, estimate
from forecast.run.backtest import panel
from forecast.slump import Slump
from forecast.vintages import Store
from tests.backtest.panels import SMALL, level

SOME = Origins((0, 6, 12), least_follow_up=12)
FIRST, LAST = "1998-05", "2001-12"


def releases(final: pd.Series, spoiled_from: str | None = None) -> pd.DataFrame:
    """Monthly releases, two weeks late; the last three months of each are first prints, the base year changes in 2000.

    spoiled_from : releases from this month on are noise
    """
    rng, tables = np.random.default_rng(5), []
    error = pd.Series(rng.normal(0, 0.004, len(final)), index=final.index)
    for month in pd.period_range(FIRST, LAST, freq="M"):
        y = final[: month - 1].copy()
        y.iloc[-3:] *= np.exp(error.loc[y.index[-3:]])
        if month >= pd.Period("2000-01", "M"):
            y *= 0.8
        if spoiled_from is not None and month >= pd.Period(spoiled_from, "M"):
            y[:] = rng.lognormal(4, 1, len(y))
        day = f"{month}-14"
        tables.append(pd.DataFrame({"date": y.index.astype(str), "vintage": day, "value": y.to_numpy()}))
    return pd.concat(tables).assign(series="ip")


def stored(file: Path, **spoiled: str) -> Vintages:
    Store(file).add_vintages(releases(level(1, {100: 0.25}, months=170), **spoiled))
    return Vintages(file, "ip", pd.Timestamp("2001-12-31"))


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Vintages:
    return stored(tmp_path_factory.mktemp("store") / "ip.duckdb")


@pytest.fixture(scope="module")
def looked_at(given: Vintages) -> Target:
    return target(given, SMALL, SOME, 7)


@pytest.fixture(scope="module")
def done(given: Vintages) -> Backtest:
    return backtest([given], SMALL, SOME, seed=7)


def test_every_origin_sees_the_release_of_its_own_month(given: Vintages, done: Backtest):
    """Second route: the store read on the day, and `estimate` on what it gives, which dates the slump by itself."""
    assert done.summary["protocol"]["data"].startswith("real time")
    rows = done.recovery_forecasts[done.recovery_forecasts["model"] == POOL]
    origins = rows[["slump_start", "origin"]].drop_duplicates().itertuples(index=False)
    for start, origin in origins:
        day = (pd.Period(origin, "M") + 1).end_time.normalize()
        y = Store(given.store).level("ip", day)
        assert str(y.index[-1]) == origin
        direct = estimate(LevelData(y, "ip", day), SMALL, 7)
        assert str(direct.slump.start) == start
        ours = rows[rows["origin"] == origin]["probability"]
        assert_array_equal(ours, direct.recovery["pre_slump_peak"].cumulative[-24:])
    assert len(rows["origin"].unique()) == 3


@pytest.mark.slow
def test_what_came_true_is_the_last_release_on_the_scale_of_the_forecast(
    given: Vintages, done: Backtest, looked_at: Target
):
    truth = Store(given.store).level("ip", given.as_of)
    row = done.point_forecasts[done.point_forecasts["model"] == POOL].iloc[0]
    assert row["origin"] < "1999-11"  # forecast before the base year changed
    observed = truth[pd.Period(row["origin"], "M") + row["horizon"]] / 0.8
    assert abs(row["observed"] / observed - 1) < 0.002  # the peak of first prints is not quite the last peak
    outcome = done.recovery_outcomes.iloc[0]
    one = looked_at.cases[0]
    assert outcome["origin"] == str(one.origin)
    z = np.log(truth)
    peak = z.rolling(12).mean()[: pd.Period(outcome["slump_start"], "M") - 1].iloc[-36:].max()
    gap = z.rolling(3).mean() - peak
    after = gap[one.origin - 1 :] >= 0
    first = next(m for m in after.index if after[m : m + 2].all())
    assert outcome["recovered_after"] == (first - one.origin).n


@pytest.mark.slow
@pytest.mark.poison
def test_later_releases_move_no_forecast(looked_at: Target, tmp_path: Path):
    spoiled = stored(tmp_path / "spoiled.duckdb", spoiled_from="2000-06")
    known = [c for c in looked_at.cases if c.data.as_of < pd.Timestamp("2000-06-01")]
    seen = [c for c in target(spoiled, SMALL, SOME, 7).cases if c.data.as_of < pd.Timestamp("2000-06-01")]
    assert [(c.origin, c.start, c.data.as_of) for c in known] == [
        (c.origin, c.start, c.data.as_of) for c in seen
    ]
    assert known
    for one, other in zip(known, seen, strict=True):
        pd.testing.assert_series_equal(one.data.known, other.data.known, check_exact=True)
        assert [(e.start, e.recovered) for e in one.earlier] == [
            (e.start, e.recovered) for e in other.earlier
        ]


def test_a_recovery_that_a_revision_brought_forward_is_a_date_not_after_the_origin(looked_at: Target):
    """The last figures may show a run that was under way at the origin already: T ≤ 0, which all scores take."""
    slump = Slump(
        pd.Period("1998-07", "M"), True, *(pd.Period(m, "M") for m in ("1997-05", "1998-04")), 0.0, 3, 3
    )
    back, _ = looked_at.became_of(Piece("ip", pd.Period("1998-12", "M"), slump))
    at = back + 1
    again, follow_up = looked_at.became_of(Piece("ip", at, slump))
    assert (again - at).n == -1
    assert follow_up == (pd.Period("2001-11", "M") - at).n - 2


def test_a_store_is_a_panel_of_a_config(given: Vintages, tmp_path: Path):
    file = tmp_path / "b.yaml"
    file.write_text(
        'name: mine\ntitle: {en: "M", vi: "M"}\npanel: {store: ip.duckdb, until: 2001-06, seasonally_adjusted: true}\n',
        encoding="utf-8",
    )
    asked = config.read_backtest(file, [given.store.parent])
    assert panel(asked) == [replace(given, as_of=pd.Timestamp("2001-06-30"))]


def test_a_name_that_the_store_lacks_is_left_out_and_listed(given: Vintages):
    lacking = target(replace(given, name="gdp"), SMALL, SOME, 7)
    assert lacking.cases == ()
    assert "gdp" in lacking.left_out


def test_releases_that_show_slumps_in_no_month_that_is_chosen_are_told_with_those_that_would_do(
    given: Vintages,
):
    with pytest.raises(DataError) as caught:
        backtest([given], SMALL, Origins((48,)), seed=7)
    head, why = caught.value.problems
    assert head == "no series of the panel can be forecast from: all were left out"
    assert why.startswith(
        "ip: its releases show slumps only in other months after the start than origins choose ("
    )
    offered = int(why[why.index("(") + 1 :].split(",")[0])
    assert target(given, SMALL, Origins((offered,)), 7).cases


def test_a_case_names_its_series_and_origin(given: Vintages):
    assert repr(Case(given.released(given.as_of), pd.Period("2001-11", "M"))) == "ip 2001-11"
