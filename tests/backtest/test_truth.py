"""What came true: the latest release, or each month as its k-th release showed it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import config, figures
from forecast.backtest import Backtest, Origins, Vintages, backtest, truth
from forecast.backtest.targets import target
from forecast.cli import USER_ERROR, main
from forecast.errors import ConfigError, DataError
from forecast.estimate import FigureData
from forecast.figures import Figures
from forecast.normal import NormalSpec
from forecast.report import summary
from forecast.series import History
from forecast.slump import Slump
from forecast.vintages import Store
from tests.backtest.panels import SMALL, data, level
from tests.backtest.test_vintages import SOME, stored


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Vintages:
    return stored(tmp_path_factory.mktemp("store") / "ip.duckdb")


@pytest.fixture(scope="module")
def latest(given: Vintages) -> Backtest:
    return backtest([given], SMALL, SOME, seed=7)


def history(start: str, values: list[float]) -> History:
    months = pd.period_range(start, periods=len(values), freq="M")
    y = np.array([values])
    return History(months, y, np.zeros_like(y), np.zeros(len(months), bool), "x")


def test_each_month_is_told_by_its_kth_release():
    releases = [
        history("2000-01", [1.0, 2.0]),
        history("2000-01", [1.1, 2.1, 3.1]),
        history("2000-01", [1.2, 2.2, 3.2]),  # brings no month, counts as a release of all
        history("2000-01", [1.3, 2.3, 3.3, 4.3, 5.3]),
    ]
    told = {k: truth.of_release(releases, k) for k in (1, 2, 3, 4)}
    month = pd.Period("2000-01", "M")
    values = {k: [one.level(month + i) for i in range(6)] for k, one in told.items()}
    nan = np.nan
    assert_allclose(values[1], [1.0, 2.0, 3.1, 4.3, 5.3, nan])
    assert_allclose(values[2], [1.1, 2.1, 3.2, nan, nan, nan])
    assert_allclose(values[3], [1.2, 2.2, 3.3, nan, nan, nan])
    assert_allclose(values[4], [1.3, 2.3, nan, nan, nan, nan])
    with pytest.raises(DataError, match="no month was released 5 times, the store holds 4 releases"):
        truth.of_release(releases, 5)


def test_a_peak_window_with_months_that_are_not_published_is_laid_on_the_forecasts_own():
    """By hand: the line between 100 and 64 passes its middle, 80; the window's mean is (10·100 + 80 + 64)/12."""
    values = [100.0] * 10 + [np.nan, 64.0, 50.0, np.nan]
    told = truth.latest(history("2000-01", values))
    month = pd.Period("2000-01", "M")
    slump = Slump(month + 12, True, month, month + 11, 0.01, 3, 3)
    assert_allclose(told.level(month + 12, (slump, 200.0)), 200.0 / ((1000.0 + 80.0 + 64.0) / 12.0) * 50.0)
    assert np.isnan(told.level(month + 13, (slump, 200.0)))


def test_a_store_lists_the_days_of_its_releases(given: Vintages):
    days = given.releases()
    assert [str(day.date()) for day in (days[0], days[1], days[-1])] == [
        "1998-05-14",
        "1998-06-14",
        "2001-12-14",
    ]
    assert len(days) == 44
    assert len(replace(given, as_of=pd.Timestamp("1998-06-30")).releases()) == 2


@pytest.mark.slow
@pytest.mark.parametrize("k", [1, 3])
def test_forecasts_are_judged_by_the_release_asked_for(given: Vintages, latest: Backtest, k: int):
    """Second route: the store read on the day of the k-th release of each month, its gap by hand."""
    found = backtest([given], SMALL, SOME, seed=7, truth=k)
    assert found.summary["protocol"]["truth"] == k
    pd.testing.assert_frame_equal(found.recovery_forecasts, latest.recovery_forecasts, check_exact=True)
    quantiles = [c for c in latest.point_forecasts if c != "observed"]
    pd.testing.assert_frame_equal(
        found.point_forecasts[quantiles], latest.point_forecasts[quantiles], check_exact=True
    )
    days = pd.PeriodIndex([f"{d:%Y-%m}" for d in given.releases()], freq="M")  # month m is out in m + 1
    last = days[-1] - k

    @cache
    def seen(month: pd.Period) -> pd.Series:
        return Store(given.store).level("ip", f"{max(month + 1, days[0]) + k - 1}-14")

    for outcome in found.recovery_outcomes.itertuples():
        start, origin = (pd.Period(m, "M") for m in (outcome.slump_start, outcome.origin))
        above = {}
        for month in pd.period_range(origin - 1, last):
            z = np.log(seen(month))
            peak = z.rolling(12).mean()[: start - 1].iloc[-36:].max()
            above[month] = z.index[-1] >= start and z[month - 2 : month].mean() >= peak
        runs = [m for m in above if all(above.get(m + i, False) for i in range(3))]
        assert outcome.recovered_after == (runs[0] - origin).n
        assert outcome.follow_up == (last - origin).n - 2
    levels = found.point_forecasts[found.point_forecasts["measure"] == "level"]
    row = levels.iloc[-1]  # forecast before, observed after the base year changed
    month = pd.Period(row["origin"], "M") + row["horizon"]
    assert month > pd.Period("2000-01", "M")
    assert abs(row["observed"] / (seen(month)[month] / 0.8) - 1) < 0.002
    if k == 1:  # first prints carry an error that the third prints have lost
        assert (found.point_forecasts["observed"] != latest.point_forecasts["observed"]).any()


def test_levels_without_releases_have_no_kth_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(ConfigError, match="truth is release 2, but one is given by levels without releases"):
        backtest([data(level(1, {100: 0.2}), "one")], SMALL, SOME, truth=2)
    file = tmp_path / "b.yaml"
    text = 'name: mine\ntitle: {en: "M", vi: "M"}\npanel: {sample: elec_equip}\ntruth: '
    for value, message in {
        "2": "truth is release 2, but the panel's levels have no releases",
        "0": "truth",
        "third": "truth",
    }.items():
        file.write_text(text + value, encoding="utf-8")
        assert main(["backtest", str(file), "--out", str(tmp_path / "out")]) == USER_ERROR
        assert message in capsys.readouterr().err


def test_the_config_and_the_table_say_what_was_true(given: Vintages, tmp_path: Path, latest: Backtest):
    file = tmp_path / "b.yaml"
    file.write_text(
        'name: mine\ntitle: {en: "M", vi: "M"}\npanel: {store: ip.duckdb, seasonally_adjusted: true}\ntruth: 3\n',
        encoding="utf-8",
    )
    assert config.read_backtest(file, [given.store.parent]).config.truth == 3
    assert "judged by" not in summary.text(latest.summary, {"en": "M", "vi": "M"})
    protocol = latest.summary["protocol"] | {"truth": 3}
    said = summary.text(latest.summary | {"protocol": protocol}, {"en": "M", "vi": "M"})
    assert "published by its own day (real time); judged by release 3 of each month" in said


def printed() -> Figures:
    rows = [
        ("2020-01", 1.0, "2020-02-05"),
        ("2020-01", 1.5, "2020-03-05"),
        ("2020-01", 1.7, "2021-03-05"),
        ("2020-02", 2.0, "2020-03-05"),
        ("2020-02", 2.0, "2020-03-05"),  # told twice on one day: one print
        ("2020-02", 2.4, "2020-04-05"),
        ("2020-03", 3.0, "2020-04-05"),
    ]
    table = pd.DataFrame(rows, columns=["period", "value", "published"])
    return figures.from_table(table.assign(region="r", sector="total", measure="yoy_pct"))


def test_the_kth_print_of_a_figure_is_its_last_where_it_was_printed_fewer_times():
    values = {k: printed().printed(k).table.drop_duplicates("period")["value"].tolist() for k in (1, 2, 3)}
    assert values == {1: [1.0, 2.0, 3.0], 2: [1.5, 2.4, 3.0], 3: [1.7, 2.4, 3.0]}
    assert len(printed().printed(1).table) == 4
    pd.testing.assert_frame_equal(printed().printed(9).table, printed().latest().table)


@pytest.mark.parametrize("scale", [1.0, 1.4, 0.6])
def test_a_return_to_a_target_does_not_depend_on_the_scale_that_rates_leave_open(scale: float):
    months = pd.period_range("2000-01", periods=90, freq="M")
    y = np.full(90, 80.0)
    y[:24] = 50.0  # the peak window, 100 in a forecast
    y[60:], y[70:] = 52.0, 53.0
    values = scale * np.repeat(y[None], 2, axis=0)
    seen = truth.latest(History(months, values, np.zeros_like(values), np.ones(90, bool), "x"))
    slump = Slump(months[24], True, months[12], months[23], 0.01, 1, 3)
    plan = replace(SMALL, normal=NormalSpec("target", level=105.0))
    assert seen.recovered(slump, months[40], plan)[0] == months[38]  # 160 % of the peak: back all along
    low = replace(
        seen.releases[0], values=np.where(np.arange(90) < 60, np.minimum(values, 50.0 * scale), values)
    )
    assert truth.latest(low).recovered(slump, months[40], plan)[0] == months[70]  # 106 after 104


@pytest.mark.parametrize(("release", "values"), [(None, [5.0, 6.0, 4.0]), (1, [5.0, 4.0]), (2, [6.0, 4.0])])
def test_the_truth_of_figures_rests_on_all_prints_or_on_the_kth_of_each(
    release: int | None, values: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("2024-01", 5.0, "2024-02-10"), ("2024-01", 6.0, "2024-03-10"), ("2024-02", 4.0, "2024-03-10")]
    table = pd.DataFrame(rows, columns=["period", "value", "published"])
    read = figures.from_table(table.assign(region="here", sector="total", measure="yoy_pct", source="office"))
    held = FigureData(read, ("here", "total"), (), pd.Timestamp("2024-03-31"))

    def seen(prints: Figures, *_: object, **__: object) -> None:
        raise DataError(str(prints.table["value"].tolist()))

    monkeypatch.setattr("forecast.levels.reconstruct", seen)
    assert target(held, SMALL, Origins(), 7, release).left_out == str(values)
