"""The tables that this program writes are known by their headings and refused as data, at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.tables.opening import parquets, sheets

MONTHS = [str(month) for month in pd.period_range("2024-01", periods=40, freq="M")]
PATHS = {
    "paths": ({"kind": "path", "model": "sarima", "draw": 1, "weight": 0.5}, "simulated paths of a report"),
    "sectors": ({"kind": "normal", "series": "manufacturing"}, "paths of the sectors"),
    "calm": ({"kind": "adjusted", "draw": 3}, "the chance of a slump"),
}


@pytest.mark.parametrize(("own", "said"), PATHS.values(), ids=PATHS)
def test_parquet_of_this_program_is_refused_before_it_is_unpacked(
    own: dict[str, object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.parquet"
    pd.DataFrame([{**own, **dict.fromkeys(MONTHS, 101.25)}] * 3).to_parquet(file, index=False)
    monkeypatch.setattr(parquets.pd, "read_parquet", lambda *_, **__: pytest.fail("was unpacked"))
    with pytest.raises(DataError, match=rf"own.parquet: holds the .*{said}"):
        sheets(file)


def test_answers_of_earlier_reports_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "history.parquet"
    row = {"as_of": "2024-05-20", "origin": "2024-04", "last_month": "2027-04", "slump_start": "2022-05"}
    pd.DataFrame([{**row, "median": "2026-05"}]).to_parquet(file, index=False)
    with pytest.raises(DataError, match="holds the answers of earlier reports"):
        sheets(file)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_fan_saved_again_in_another_form_is_refused(ending: str, tmp_path: Path) -> None:
    limits = [f"{side}_{share}" for share in (50, 80, 90) for side in ("lower", "upper")]
    fan = pd.DataFrame([[month, *range(84, 91)] for month in MONTHS], columns=["month", "median", *limits])
    file = tmp_path / f"mine.{ending}"
    if ending == "csv":
        fan.to_csv(file, index=False, sep=";")
    else:
        fan.to_excel(file, index=False)
    with pytest.raises(DataError, match="holds the fan of a report, which this program wrote"):
        series.read_panel(file)


def test_data_under_headings_of_the_same_words_are_read(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("kind,series,2024-01,2024-02\nindex,mining,98.5,99.25\nindex,water,97.5,91.25\n")
    assert sheets(file)[0].rows[1][1] == "mining"


def test_levels_that_reconstruct_writes_are_data(tmp_path: Path) -> None:
    file = tmp_path / "levels.csv"
    file.write_text("month,median,lower,upper\n2024-01,98.5,97.5,99.25\n2024-02,99.5,98.5,100.75\n")
    assert series.read(file, "median").to_list() == [98.5, 99.5]
