"""The data that a config names: like series and indicators, from files and stores, and what is wrong with them."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast import config, series
from forecast.cli import main
from forecast.errors import ConfigError, DataError
from forecast.figures.asked import day_asked
from forecast.nowcast import Panel, StoredPanel
from forecast.run import _fingerprint, answered
from forecast.run.data import last_seen, load
from forecast.run.doubts import findings
from forecast.vintages import Store

REPO = Path(__file__).parents[2]
QUESTION = """
name: toy
title: {{en: Toy, vi: Toy}}
as_of: 2012-05-15
target: {{levels: levels.csv, column: a, seasonally_adjusted: true, release_lag_days: 40{like}}}
{more}
models: [noisy_walk]
paths: 400
horizon: 12
report: {{languages: [en], formats: [html]}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    months = pd.period_range("2000-01", periods=149, freq="M")
    growth = np.random.default_rng(2).normal(0.002, 0.01, (149, 3))
    table = pd.DataFrame(100 * np.exp(np.cumsum(growth, axis=0)), index=months, columns=["a", "b", "survey"])
    table.index.name = "period"
    table[["a", "b"]].to_csv(tmp_path / "levels.csv")
    table[["survey"]].to_csv(tmp_path / "survey.csv")
    return tmp_path


def asked(folder: Path, more: str = "", like: str = "") -> config.Question:
    file = folder / "question.yaml"
    file.write_text(QUESTION.format(more=more, like=like), encoding="utf-8")
    return config.read(file)


def test_like_series_and_indicators_reach_the_forecast_with_their_delays(folder: Path):
    more = "indicators: [{levels: survey.csv, release_lag_days: 5, transform: difference}]"
    question = asked(folder, more, ', like: ["*"], like_lag_days: 10')
    data = load(question, None, show_outcome=False)
    assert str(data.known.index[-1]) == "2012-03"
    assert list(data.known_panel) == ["b"]
    assert str(data.known_panel.index[-1]) == "2012-04"
    (panel,) = data.indicators
    assert isinstance(panel, Panel)
    assert panel.indicators[0].transform == "difference"
    assert str(panel.as_of(data.as_of).last_month) == "2012-04"
    assert question.plan.nowcast is not None
    assert asked(folder, "", ', like: ["*"]').plan.nowcast is None


def test_a_store_shows_each_day_its_own_release(folder: Path):
    store = Store(folder / "releases.duckdb")
    survey = pd.read_csv(folder / "survey.csv")
    for day, last, scale in (("2012-04-10", "2012-03", 1.0), ("2012-05-10", "2012-04", 2.0)):
        known = survey[survey["period"] <= last]
        known = known.assign(survey=scale * known["survey"])
        file = folder / f"{day}.csv"
        known.to_csv(file, index=False)
        store.ingest(file, day)
    later = pd.Series([1.0, 2.0], pd.period_range("2012-03", periods=2, freq="M"), name="later")
    store.add(later, "2012-05-16")  # a day late: not even its name is told
    data = load(asked(folder, "indicators: [{store: releases.duckdb}]"), None, show_outcome=False)
    (panel,) = data.indicators
    assert [one.name for one in panel.as_of(data.as_of).indicators] == ["survey"]
    assert isinstance(panel, StoredPanel)
    (folder / "other.csv").write_text(
        (folder / "survey.csv").read_text(encoding="utf-8").replace("survey", "later"), encoding="utf-8"
    )
    both = asked(folder, "indicators: [{levels: other.csv}, {store: releases.duckdb}]")
    assert [one.name for of in load(both, None, show_outcome=False).indicators for one in of.indicators] == [
        "later", "survey",
    ]  # fmt: skip
    with pytest.raises(DataError, match='"later" stands there twice'):
        load(both, "2012-05-16", show_outcome=False)
    now, before = (
        panel.as_of(pd.Timestamp(day)).table["survey"].dropna() for day in ("2012-05-15", "2012-04-30")
    )
    assert [str(table.index[-1]) for table in (now, before)] == ["2012-04", "2012-03"]
    np.testing.assert_allclose(now["2012-03"], 2.0 * before["2012-03"])
    assert panel.as_of(pd.Timestamp("2011-01-01")).last_month is None


@pytest.mark.parametrize(
    ("more", "like", "said"),
    [
        (
            "indicators: [{levels: survey.csv, columns: [surveys]}]",
            "",
            'indicators.0.columns: no series of survey.csv is "surveys"; did you mean "survey"?',
        ),
        ("indicators: [{levels: survey.csv}, {levels: survey.csv}]", "", '"survey" stands there twice'),
        ("", ", like: [c]", 'target.like: no series of levels.csv is "c"'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(folder: Path, more: str, like: str, said: str):
    with pytest.raises(DataError) as error:
        load(asked(folder, more, like), None, show_outcome=False)
    assert said in str(error.value)


def test_every_missing_file_is_told_at_once(folder: Path):
    with pytest.raises(ConfigError) as error:
        asked(folder, "indicators: [{levels: one.csv}, {levels: two.csv}]")
    assert len(error.value.problems) == 2
    with pytest.raises(ConfigError, match="exactly one of levels and store"):
        asked(folder, "indicators: [{levels: survey.csv, store: releases.duckdb}]")


def test_the_command_tells_months_ahead_and_what_is_due(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        "forecast.answers.nowcast.LEAST_DUE", 0.0
    )  # the toy's survey surprises by next to nothing
    asked(folder, "indicators: [{levels: survey.csv, release_lag_days: 5}]")
    assert main(["nowcast", str(folder / "question.yaml"), "--since", "2012-05-01"]) == 0
    said = capsys.readouterr().out
    assert "toy as of 2012-05-15: last month published 2012-03" in said
    assert "2012-04: nowcast from survey" in said
    assert "due 2012-06-05: survey of 2012-05" in said
    assert "since 2012-05-01" in said


def test_a_day_by_which_all_that_is_asked_about_is_over_is_refused(folder: Path):
    asked(folder, "")
    question = config.read(folder / "question.yaml")
    last = load(question, "2013-01-31", show_outcome=False).known.index[-1]
    over = last + 12  # the question's horizon
    assert load(question, str(over), show_outcome=False).as_of == over.end_time.normalize()
    with pytest.raises(
        ConfigError, match=f"all of the 12 months after the last that is known, {last}, are over"
    ):
        load(question, str(over + 1), show_outcome=False)


def test_the_command_tells_what_is_no_date(folder: Path, capsys: pytest.CaptureFixture[str]):
    asked(folder)
    for flag in ("--as-of", "--since"):
        assert main(["nowcast", str(folder / "question.yaml"), flag, "tomorrow"]) == 2
        assert '"tomorrow" is no date; write a day as 2024-05-20' in capsys.readouterr().err
    for day in ("2012-05-15", "2031-01-01"):
        assert main(["nowcast", str(folder / "question.yaml"), "--since", day]) == 2
        said = f"--since: {day} is not before the day of the answer, 2012-05-15; name an earlier day"
        assert capsys.readouterr().err.startswith(said)


def test_a_target_in_a_store_is_told_by_its_releases(folder: Path, capsys: pytest.CaptureFixture[str]):
    level = pd.read_csv(folder / "levels.csv", index_col="period")["a"]
    store = Store(folder / "releases.duckdb")
    for day, last in (("2012-04-25", "2012-02"), ("2012-05-11", "2012-03"), ("2012-06-08", "2012-05")):
        table = level[level.index <= last].rename("level")
        table.index = pd.PeriodIndex(table.index, freq="M")
        store.add(table, day)
    (folder / "question.yaml").write_text(
        QUESTION.format(like="", more="").replace(
            "levels: levels.csv, column: a, seasonally_adjusted: true, release_lag_days: 40",
            "store: releases.duckdb, column: level, seasonally_adjusted: true",
        ),
        encoding="utf-8",
    )
    data = load(config.read(folder / "question.yaml"), None, show_outcome=False)
    assert str(data.known.index[-1]) == "2012-03"
    assert str(data.last_published.date()) == "2012-05-11"
    assert main(["nowcast", str(folder / "question.yaml"), "--since", "2012-04-30"]) == 0
    assert "2012-05-11 toy total: " in capsys.readouterr().out
    out = folder / "reports"
    assert main(["run", str(folder / "question.yaml"), "--out", str(out), "--show-outcome"]) == 0
    told = json.loads((out / "toy/2012-05-15/report.json").read_text(encoding="utf-8"))
    assert told["data_to"] == "2012-05-11"
    assert told["outcome"]["data_to"] == "2012-05"
    assert len(told["outcome"]["months"]) == 2
    undated = (folder / "question.yaml").read_text(encoding="utf-8").replace("as_of: 2012-05-15\n", "")
    (folder / "question.yaml").write_text(undated, encoding="utf-8")
    data = load(config.read(folder / "question.yaml"), None, show_outcome=False)
    assert str(data.as_of.date()) == str(data.last_published.date()) == "2012-06-08"


def test_a_release_before_its_month_is_over_counts_on_its_day(folder: Path):
    level = pd.read_csv(folder / "levels.csv", index_col="period")["a"].rename("level")
    level.index = pd.PeriodIndex(level.index, freq="M")
    store = Store(folder / "releases.duckdb")
    for day, last in (("2012-04-29", "2012-04"), ("2012-05-29", "2012-05")):
        store.add(level[:last], day)
    text = QUESTION.format(like="", more="").replace(
        "levels: levels.csv, column: a, seasonally_adjusted: true, release_lag_days: 40",
        "store: releases.duckdb, column: level, seasonally_adjusted: true",
    )
    (folder / "question.yaml").write_text(text, encoding="utf-8")
    asked = config.read(folder / "question.yaml")
    seen = {day: load(asked, day, show_outcome=False).known.index[-1] for day in ("2012-04-29", "2012-05-28")}
    assert {day: str(month) for day, month in seen.items()} == {
        "2012-04-29": "2012-04",
        "2012-05-28": "2012-04",
    }
    lagged = text.replace("column: level", "column: level, release_lag_days: 40")
    (folder / "question.yaml").write_text(lagged, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"release_lag_days: .* leave it out"):
        config.read(folder / "question.yaml")


def test_the_hash_of_the_data_is_of_what_the_forecast_could_see(folder: Path):
    def hashed() -> str:
        more = "indicators: [{levels: survey.csv, release_lag_days: 5, transform: difference}]"
        return _fingerprint(
            load(asked(folder, more, ', like: ["*"], like_lag_days: 10'), None, show_outcome=False)
        )

    before = hashed()
    for file, seen in (("levels.csv", "2012-04"), ("survey.csv", "2012-04")):
        table = pd.read_csv(folder / file, index_col="period")
        table.loc[table.index > seen] *= 2
        for month in ("2012-06", "2012-07"):
            table.loc[month] = 50.0
        table["later"] = np.where(table.index > seen, 7.0, np.nan)
        table.to_csv(folder / file)
    assert hashed() == before
    for file, month, name in (
        ("survey.csv", "2012-04", "survey"),
        ("levels.csv", "2012-04", "b"),
        ("levels.csv", "2012-03", "a"),
    ):
        table = pd.read_csv(folder / file, index_col="period")
        table.loc[month, name] += 0.1
        table.to_csv(folder / file)
        before, known = hashed(), before
        assert before != known


def test_figures_of_after_the_date_are_in_no_hash_and_no_finding(tmp_path: Path):
    """Whether they are not read, cannot be read, or are read to be shown beside the answer."""
    source = (REPO / "configs/data/vietnam_published_figures.csv").read_text(encoding="utf-8")
    text = (REPO / "configs/bac_ninh.yaml").read_text(encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    broken = re.sub(r"(?m)^(.*,)[-\d.]+(,2024-(0[6-9]|1\d)-\d\d,.*)$", r"\1six\2", source)
    assert broken.count(",six,") > 10
    told = []
    for figures, show in ((source, False), (broken, False), (source, True)):
        (tmp_path / "data/vietnam_published_figures.csv").write_text(figures, encoding="utf-8")
        question = config.read(tmp_path / "q.yaml")
        data = load(question, "2024-05-31", show)
        told.append((_fingerprint(data), findings(question, data)))
    assert told[0] == told[1] == told[2]


def test_a_broken_cell_of_after_the_date_is_not_seen_and_moves_nothing(
    folder: Path, capsys: pytest.CaptureFixture
):
    more = "indicators: [{levels: survey.csv, release_lag_days: 5, transform: difference}]"
    question = asked(folder, more, ', like: ["*"], like_lag_days: 10')
    before = _fingerprint(load(question, None, show_outcome=False))
    for file in ("levels.csv", "survey.csv"):
        text = (folder / file).read_text(encoding="utf-8").splitlines()
        text[-1] = "2012-05" + ",a dash -" * text[-1].count(",")
        (folder / file).write_text(
            "\n".join([*text, text[-1].replace("a dash", "-7.5")]) + "\n", encoding="utf-8"
        )
    assert _fingerprint(load(question, None, show_outcome=False)) == before
    for late in ({"as_of": "2012-07-31", "show_outcome": False}, {"as_of": None, "show_outcome": True}):
        with pytest.raises(DataError, match='a dash -" is not a number'):
            load(question, **late)


def test_later_months_of_every_part_move_no_word_whether_spoiled_absent_or_shown(folder: Path):
    def told(show: bool = False) -> dict[str, Any]:
        more = "indicators: [{levels: survey.csv, release_lag_days: 5, transform: difference}]"
        question = asked(folder, more, ', like: ["*"], like_lag_days: 10')
        answer, _ = answered(question, None, show)
        return json.loads(answer.to_json())

    tables = {name: pd.read_csv(folder / name, index_col="period") for name in ("levels.csv", "survey.csv")}
    known = {"a": "2012-03", "b": "2012-04", "survey": "2012-04", "fresh": "2012-04"}
    clean = told()
    assert clean["nowcast"]["series"] == ["b", "survey"]
    for factor, show in ((np.nan, False), (3.0, True)):  # not there at all, then another and shown
        for name, table in tables.items():
            later = table.assign(fresh=[50.0 + i % 7 for i in range(len(table))])
            for column in later:
                later.loc[later.index > known[column], column] *= factor
            later["fresh"] = later["fresh"].where(later.index > known["fresh"])  # of which nothing was out
            later.dropna(how="all").dropna(axis=1, how="all").to_csv(folder / name)
        again = told(show)
        assert (again["outcome"] is not None) == show
        assert again | {"outcome": None} == clean


@pytest.mark.parametrize(
    ("day", "lag_days", "month"),
    [("2012-04-29", 0, "2012-03"), ("2012-04-30", 0, "2012-04"), ("2012-04", 0, "2012-04"),
     ("2012-06-08", 40, "2012-03"), ("2012-06-09", 40, "2012-04"),
     ("2012-04-19", -10, "2012-03"), ("2012-04-20", -10, "2012-04")],
)  # fmt: skip
def test_a_month_is_read_from_the_day_of_its_publication_on(day: str, lag_days: int, month: str):
    assert str(last_seen(day, lag_days)) == month
    assert last_seen(None, lag_days) is None


def test_a_column_with_nothing_in_it_is_said_to_be_empty_and_not_to_be_missing(tmp_path: Path):
    (tmp_path / "e.csv").write_text("month,b,a\n2020-01,,1\n2020-02,,2\n2020-03,,3\n")
    for read in (series.read, lambda file, name: series.read_panel(file, [name])):
        with pytest.raises(
            DataError, match='e.csv:1: column "b" holds no number; choose another, or leave it out'
        ):
            read(tmp_path / "e.csv", "b")
        with pytest.raises(DataError, match='no column "c"'):
            read(tmp_path / "e.csv", "c")


@pytest.mark.parametrize("day", ["05/06/2024", "5/6/2024", "05-06-2024"])
def test_a_day_that_may_be_two_is_asked_about(day: str):
    with pytest.raises(ConfigError, match=f'as_of: "{day}" is the day 2024-06-05 or 2024-05-06; write'):
        day_asked(day, "as_of")
    assert day_asked("5.6.2024", "as_of") == pd.Timestamp("2024-06-05")
    assert day_asked("25/06/2024", "as_of") == pd.Timestamp("2024-06-25")
    assert day_asked("06/06/2024", "as_of") == pd.Timestamp("2024-06-06")


def test_a_normal_in_another_unit_is_refused(folder: Path):
    for value, refused in (("1.5", True), ("30000", True), ("120", False)):
        question = asked(folder, f"normal: {{kind: target, level: {value}}}")
        if refused:
            with pytest.raises(
                ConfigError, match=rf"normal\.level: {value} lies far from the target's level"
            ):
                load(question, None, show_outcome=False)
        else:
            load(question, None, show_outcome=False)


def test_a_normal_is_in_another_unit_from_three_times_the_middle_of_the_last_five_years_on(folder: Path):
    table = pd.read_csv(folder / "levels.csv", index_col="period")
    table.loc[:"2006-12", "a"] *= 20.0  # type: ignore[misc]
    table.to_csv(folder / "levels.csv")
    middle = table.loc[:"2012-03", "a"].iloc[-60:].median()  # type: ignore[misc]
    for times, refused in ((0.3, True), (0.4, False), (2.9, False), (3.1, True)):
        question = asked(folder, f"normal: {{kind: target, level: {times * middle:.6f}}}")
        with pytest.raises(ConfigError, match="lies far") if refused else nullcontext():
            load(question, None, show_outcome=False)


def test_an_indicator_that_no_model_looks_at_is_named(folder: Path):
    table = pd.read_csv(folder / "survey.csv", index_col=0)
    table.assign(ended=table["survey"].where(table.index < "2010-06"), still=50.0).to_csv(
        folder / "survey.csv"
    )
    question = asked(folder, "indicators: [{levels: survey.csv, release_lag_days: 5}]")
    odd = findings(question, load(question, None, show_outcome=False))
    assert [str(of) for of in odd if of.kind == "note"] == [
        "survey.csv: ended: not used, as it has been silent since 2010-05",
        "survey.csv: still: not used, as it does not move",
    ]


def test_a_like_series_that_is_the_target_once_more_is_named_and_one_left_out_as_a_rate_is_said_to_be(
    folder: Path,
):
    table = pd.read_csv(folder / "levels.csv", index_col=0)
    own = str(table.columns[0])
    table.assign(rebased=(table[own] / 1.37).round(2), same=table[own]).to_csv(folder / "levels.csv")
    question = asked(folder, like=", like: [rebased]")
    odd = findings(question, load(question, None, show_outcome=False))
    assert [str(of) for of in odd if of.kind == "note"] == [
        f"levels.csv: rebased: not used, as it is {own} once more, in another unit or on another base"
    ]
    with pytest.raises(
        DataError,
        match=r'no series of levels\.csv is "same"; rate of change "same": \d+ numbers left out .*; rename it',
    ):
        load(asked(folder, like=", like: [same]"), None, show_outcome=False)


def test_nothing_left_of_a_panel_is_refused(folder: Path):
    question = asked(folder, "indicators: [{levels: survey.csv, without: [survey]}]")
    with pytest.raises(
        DataError, match=r"indicators\.0\.without: leaves no series of survey\.csv, which holds survey"
    ):
        load(question, None, show_outcome=False)


@pytest.mark.parametrize(("since", "as_of", "fits"), [("2012-05-14", None, True), ("2012-05-15", None, False),
    ("2012-05", None, False), ("2012-06-01", None, False), ("2012-06-01", "2012-06-30", True)])  # fmt: skip
def test_a_day_to_compare_with_lies_before_the_answer(
    folder: Path, since: str, as_of: str | None, fits: bool
):
    question = asked(folder, "beside: []")
    report = question.config.report.model_copy(update={"since": since})
    question = replace(question, config=question.config.model_copy(update={"report": report}))
    if fits:
        load(question, as_of, show_outcome=False)
        return
    with pytest.raises(
        ConfigError, match=f"report.since: {since} is not before the day of the answer, 2012-05-15"
    ):
        load(question, as_of, show_outcome=False)


def test_a_decimal_sign_that_the_file_does_not_have_is_one_problem(folder: Path):
    table = pd.read_csv(folder / "levels.csv", index_col="period")
    for own, wrong in ((".", ","), (",", ".")):
        table.round(2).to_csv(folder / "levels.csv", sep=";", decimal=own)
        with pytest.raises(DataError) as error:
            load(asked(folder, "", f", decimal: '{wrong}'"), None, show_outcome=False)
        (problem,) = error.value.problems
        assert re.fullmatch(
            rf'levels.csv: decimal "\{wrong}" is declared, and \d+ of \d+ numbers, such as "[\d{own}]+", '
            rf'have the decimal sign "\{own}"; declare that, or leave decimal out',
            problem,
        )
        load(asked(folder, "", f", decimal: '{own}'"), None, show_outcome=False)
