"""Slips in the series that inform a level: the same said by check, run and the report, seen as of the date."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import config, series
from forecast.cli import main
from forecast.errors import DataError
from forecast.run.data import load
from forecast.run.doubts import findings, refuse

QUESTION = """
name: toy
title: Toy
as_of: 2012-05-15
target:
  {levels: levels.csv, column: IIP, seasonally_adjusted: true, release_lag_days: 40, like: [b, c], like_lag_days: 10}
indicators:
  - {levels: survey.csv, columns: [balance], release_lag_days: 5, transform: none}
  - {levels: survey.csv, columns: [IIP], release_lag_days: 5}
models: [noisy_walk]
paths: 400
horizon: 12
report: {languages: [en, vi], formats: [html]}
"""
SEEN = {"levels.csv": "2012-04", "survey.csv": "2012-04"}


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target and two series like it, and a survey with a column of the target's name."""
    monkeypatch.chdir(tmp_path)
    months = pd.period_range("2000-01", periods=150, freq="M", name="period")
    rng = np.random.default_rng(2)
    levels = 100 * np.exp(np.cumsum(rng.normal(0.002, 0.01, (150, 4)), axis=0))
    table = pd.DataFrame(levels.round(1), months, ["IIP", "b", "c", "prices"])
    table[["IIP", "b", "c"]].to_csv("levels.csv")
    survey = pd.DataFrame(
        {"IIP": table["prices"], "balance": (8 * rng.standard_normal(150)).round(1)}, months
    )
    survey.to_csv("survey.csv")
    Path("q.yaml").write_text(QUESTION, encoding="utf-8")


def planted(file: str, month: str, column: str, value: object) -> None:
    table = pd.read_csv(file, index_col="period", dtype=str)
    table.loc[month, column] = str(value)
    table.to_csv(file)


def told(accept: str = "") -> list[str]:
    Path("q.yaml").write_text(QUESTION + accept, encoding="utf-8")
    question = config.read("q.yaml")
    return [str(of) for of in findings(question, load(question, None, show_outcome=False))]


def value(file: str, month: str, column: str) -> float:
    return float(pd.read_csv(file, index_col="period").loc[month, column])


def test_true_series_are_said_nothing_of() -> None:
    assert told() == []


def test_a_slip_in_an_indicator_is_told_by_all_and_first_on_page_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ten = round(10 * value("survey.csv", "2012-04", "IIP"), 1)
    planted("survey.csv", "2012-04", "IIP", ten)
    assert main(["check", "q.yaml"]) == 0
    said = capsys.readouterr().out
    line = f"survey.csv:149: IIP: {ten:g} in 2012-04 is implausible: "
    assert line in said
    assert f"it seems to be 10 times too large: {ten / 10:g} would fit" in said
    assert main(["run", "q.yaml"]) == 0
    assert line in capsys.readouterr().out
    report = json.loads(Path("reports/toy/2012-05-15/report.json").read_text("utf-8"))
    (row,) = report["findings"]
    assert (row["code"], row["place"], row["series"], row["months"], row["doubt"]) == (
        "implausible", "survey.csv:149", "IIP", ["2012-04"], True,
    )  # fmt: skip
    assert row["size"] == pytest.approx(10, rel=0.15)
    assert report["without"]["figures"] == [["indicator", "2012-04", ten]]
    assert report["without"]["origin"] == "2012-03"  # the target's own month of that name is not left out
    for language, sentence in (
        ("en", "Apr 2012 value {}: implausible, "),
        ("vi", "giá trị {}: bất thường, "),
    ):
        page = Path(f"reports/toy/2012-05-15/report.{language}.html").read_text("utf-8")
        number = f"{ten:,.1f}" if language == "en" else f"{ten:,.1f}".translate({44: ".", 46: ","})
        assert sentence.format(number) in page


def test_a_slip_in_a_like_series_stops_as_the_target_s_unless_it_is_accepted() -> None:
    ten = round(10 * value("levels.csv", "2012-04", "b"), 1)
    planted("levels.csv", "2012-04", "b", ten)
    (line,) = told()
    assert line.startswith(f"levels.csv:149: b: {ten:g} in 2012-04 seems to be 10 times too large")
    question = config.read("q.yaml")
    with pytest.raises(DataError, match=r"levels.csv:149: b: .* accept: \[\{period: 2012-04"):
        refuse(findings(question, load(question, None, show_outcome=False)))
    for series_named, stops in (("b", False), ("IIP", True)):
        told(f"accept: [{{period: 2012-04, series: {series_named}, reason: so printed}}]\n")
        question = config.read("q.yaml")
        assert [of.stops for of in findings(question, load(question, None, show_outcome=False))] == [stops]


@pytest.mark.parametrize(
    ("file", "month", "column", "slip", "said"),
    [
        ("levels.csv", "2006-03", "c", 9999, "c: 9999 in 2006-03 is implausible: it lies far outside the ten years"),
        ("levels.csv", "2012-03", "b", -999, "b: -999 in 2012-03 is not positive, so no level, and left out"),
        ("levels.csv", "2008-03", "b", 0, "b: 0 in 2008-03 is not positive, so no level, and left out"),
        ("survey.csv", "2009-05", "balance", 9999, "balance: 9999 in 2009-05 is implausible"),
        ("survey.csv", "2012-02", "balance", -999, "balance: -999 in 2012-02 is implausible"),
        ("survey.csv", "2012-04", "IIP", -999, "IIP: -999 in 2012-04 is implausible"),
    ],
)  # fmt: skip
def test_codes_and_slips_are_told_with_their_line(
    file: str, month: str, column: str, slip: float, said: str
) -> None:
    planted(file, month, column, slip)
    line = 2 + pd.period_range("2000-01", month, freq="M").size - 1
    (found,) = told()
    assert found.startswith(f"{file}:{line}: {said}")


def test_later_months_of_no_series_move_what_is_told() -> None:
    planted("survey.csv", "2012-04", "balance", 9999)
    planted("levels.csv", "2009-04", "c", 9999)
    before = told()
    assert len(before) == 2
    for file, seen in SEEN.items():
        table = pd.read_csv(file, index_col="period")
        table.loc[table.index > seen] = -9999.0
        table.to_csv(file)
    assert told() == before


def test_in_a_table_in_memory_the_series_is_the_place() -> None:
    table = series.read_panel("levels.csv")
    table.loc["2012-05", "b"] *= 10
    asked = {"name": "toy", "title": "Toy", "target": {"levels": "x", "column": "IIP", "like": ["b", "c"]}}
    question = config.parse(asked, table.loc[:"2012-05"])
    (found,) = findings(question, load(question, None, show_outcome=False))
    assert (found.place, found.kind, found.stops) == ("b", "slip", True)


def test_an_indicator_that_is_the_target_once_more_is_told() -> None:
    survey = pd.read_csv("survey.csv", index_col="period")
    survey["IIP"] = pd.read_csv("levels.csv", index_col="period")["IIP"]
    survey.to_csv("survey.csv")
    assert (
        "survey.csv: IIP: is IIP once more; it tells the months that IIP lacks, and nothing of later ones"
        in told()
    )
