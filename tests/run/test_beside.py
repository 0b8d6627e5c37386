"""A target whose levels lie in several files: like series have the months of all, findings name the file that errs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import config
from forecast.cli import main
from forecast.errors import DataError
from forecast.estimate import LevelData
from forecast.run.data import load
from forecast.run.doubts import findings

QUESTION = "name: q\ntitle: Q\nas_of: 2023-12-31\ntarget: {levels: %s, column: IIP, like: [b]}\n"
TWO = "[old.csv, new.csv]"
CUT = "2021-06"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    monkeypatch.chdir(tmp_path)
    months = pd.period_range("2014-01", periods=120, freq="M", name="month")
    steps = np.random.default_rng(4).normal(0.001, 0.01, (120, 2))
    return pd.DataFrame((100 * np.exp(np.cumsum(steps, axis=0))).round(1), months, ["IIP", "b"])


def asked(table: pd.DataFrame, files: str = TWO) -> config.Question:
    """The question on the table in one file, or in two that part it after a month."""
    table.to_csv("levels.csv")
    table[:CUT].to_csv("old.csv")
    table[pd.PeriodIndex(table.index) > CUT].to_csv("new.csv")
    Path("q.yaml").write_text(QUESTION % files, encoding="utf-8")
    return config.read("q.yaml")


def test_like_series_have_the_months_of_all_files(table: pd.DataFrame) -> None:
    both, alone = (load(asked(table, files), None, show_outcome=False) for files in (TWO, "levels.csv"))
    assert isinstance(both, LevelData)
    assert isinstance(alone, LevelData)
    assert str(both.known_panel.index[-1]) == "2023-12"
    pd.testing.assert_frame_equal(both.known_panel, alone.known_panel)


def test_a_finding_names_the_file_and_line_of_its_month(table: pd.DataFrame) -> None:
    table.loc["2022-05", "IIP"] *= 1.4
    table.loc[["2019-10", "2023-10"], "b"] *= 10.0
    question = asked(table)
    found = {(of.series, of.place) for of in findings(question, load(question, None, show_outcome=False))}
    at = {
        line[:7]: f"{file}:{n}"
        for file in ("old.csv", "new.csv")
        for n, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), start=1)
    }
    assert found == {
        *(("IIP", at[m]) for m in ("2022-05", "2022-06")),
        *(("b", at[m]) for m in ("2019-10", "2023-10")),
    }


def test_two_files_that_give_a_like_series_different_values_are_refused(
    table: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    question = asked(table)
    more = table["2021-06":].copy()
    more.loc["2021-06", "b"] += 1.5
    more.to_csv("new.csv")
    before, now = table.at[pd.Period("2021-06", "M"), "b"], more.at[pd.Period("2021-06", "M"), "b"]
    remedy = "name only the files of one base and one vintage"
    said = f"new.csv: b of 2021-06 is {now:g}, and {before:g} in another; {remedy}"
    with pytest.raises(DataError) as error:
        load(question, None, show_outcome=False)
    assert error.value.problems == (said,)
    assert main(["check", "q.yaml"]) == 2
    assert capsys.readouterr().err == f"{said}\n"
