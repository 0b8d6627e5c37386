"""Columns that no word calls rates, and that are none of levels: signs and abbreviations of change, chain indices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.series import unlike

MONTHS = [str(m) for m in pd.period_range("2022-01", periods=24, freq="M")]
LEVELS = np.round(100 + 5 * np.sin(np.arange(24)), 1).tolist()
RATES = np.round(6 + np.sin(np.arange(24)), 1).tolist()


def _file(tmp_path: Path, heading: str, values: list[float], title: str = "") -> Path:
    path = tmp_path / "iip.csv"
    rows = "".join(f"{m};{v}\n" for m, v in zip(MONTHS, values, strict=True))
    path.write_text(f"{title}\n" * bool(title) + f"month;{heading}\n{rows}", encoding="utf-8")
    return path


def _refused(path: Path, **given: str) -> str:
    with pytest.raises(DataError) as caught:
        series.read(path, **given)
    return str(caught.value)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Δ12",
            "ΔIIP",
            "∆IIP",
            "IIP (Δ12)",
            "g(12)",
            "IIP g12",
            "yr/yr",
            "% ch.",
            "%chg",
            "pct ch",
            "rel. change",
        ),
        *(
            "var. annuelle",
            "évol.",
            "Var. hom.",
            "r/r",
            "к соотв. периоду",
            "전년동기대비",
            "% points",
            "inc/dec",
        ),
        *("Y-1=100", "prev. month=100", "(t-12) = 100", "last yr = 100"),
    ],
)
def test_signs_and_short_words_of_change_are_no_levels(tmp_path: Path, heading: str) -> None:
    path = _file(tmp_path, heading, LEVELS)
    assert f'holds rates of change ("{heading}"), no index levels' in _refused(path)
    assert "or reword that text where they are levels" in _refused(path)


@pytest.mark.parametrize("heading", ["Rate", "Taux (%)", "12m", "12-month %", "p.p.", "Inflation", "Tỷ lệ"])
def test_what_is_no_level_where_it_stands_alone(tmp_path: Path, heading: str) -> None:
    assert f'holds rates of change ("{heading}")' in _refused(_file(tmp_path, heading, LEVELS))


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "ΔΕΙΚΤΗΣ",
            "Δείκτης παραγωγής",
            "Rate 2015=100",
            "Index points",
            "Base=100",
            "Index, mean=100",
            "2015 = 100",
        ),
        *(
            "Output, 12 month orders",
            "Chained index",
            "Chain-linked volume index",
            "Var 12",
            "Last observation = 100",
        ),
    ],
)
def test_headings_of_levels_stay_levels(tmp_path: Path, heading: str) -> None:
    assert series.read(_file(tmp_path, heading, LEVELS)).to_list() == LEVELS


@pytest.mark.parametrize("heading", ["Chain index", "IIP link relatives", "Kettenindex", "Índice en cadena"])
def test_a_chain_index_without_a_base_is_asked_about(tmp_path: Path, heading: str) -> None:
    told = _refused(_file(tmp_path, heading, LEVELS))
    assert f'holds rates of change ("{heading}"), no index levels' in told
    for way in (
        _file(tmp_path, f"{heading} (2015=100)", LEVELS),
        _file(tmp_path, heading, LEVELS, "2015 = 100"),
        _file(tmp_path, "IIP", LEVELS),
    ):
        assert series.read(way).to_list() == LEVELS


def test_production_in_small_percent_without_a_base_is_no_index(tmp_path: Path) -> None:
    assert 'holds rates of change ("IIP (%)")' in _refused(_file(tmp_path, "IIP (%)", RATES))
    assert 'holds rates of change ("%")' in _refused(_file(tmp_path, "%", RATES, "Industrial production"))
    assert series.read(_file(tmp_path, "IIP (%)", LEVELS)).to_list() == LEVELS
    assert series.read(_file(tmp_path, "Interest rate of banks, % p.a.", RATES)).to_list() == RATES
    assert series.read(_file(tmp_path, "IIP", RATES)).to_list() == RATES


def test_later_months_do_not_say_whether_percent_are_small(tmp_path: Path) -> None:
    until = pd.Period(MONTHS[-2], "M")
    path = _file(tmp_path, "IIP (%)", [*RATES[:-1], 130.5])
    assert series.read(path).iloc[-1] == 130.5
    with pytest.raises(DataError, match="holds rates of change"):
        series.read(path, until=until)
    path = _file(tmp_path, "IIP (%)", [*RATES[:-1], "broken"])
    with pytest.raises(DataError, match="holds rates of change"):
        series.read(path, until=until)


def test_values_below_0_again_and_again_are_told_once_as_rates(tmp_path: Path) -> None:
    told = _refused(_file(tmp_path, "IIP", [*LEVELS[:-5], -1.5, 2.5, -3.5, 0, -0.5]))
    assert told == (
        "iip.csv:21: IIP -1.5 is not positive, nor are 3 others; levels are above 0, and rates of change are not: read "
        "such as published figures (figures: in a config)"
    )
    told = _refused(_file(tmp_path, "IIP", [*LEVELS[:-3], -99.5, -99.5, -99.5]))
    assert told.count("leave a month without a figure empty") == 3


def test_each_heading_of_a_wide_table_is_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = list[str]()
    says = unlike.says
    monkeypatch.setattr(unlike, "says", lambda text, what: judged.append(text) or says(text, what))
    path = tmp_path / "wide.csv"
    names = ";".join(f"series {j}" for j in range(200))
    rows = "".join(f"{m};{';'.join([str(v)] * 200)}\n" for m, v in zip(MONTHS, LEVELS, strict=True))
    path.write_text(f"month;{names}\n{rows}", encoding="utf-8")
    series.check_file(path)
    assert len(judged) < 5 * 200
