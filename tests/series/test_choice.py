"""Why a name is not that of one series, said alike where one series is wanted and where several are."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError

HEADER = "Month,Mining raw,Mining SA,Growth y/y,Empty"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [f"2021-{m:02d},{100 + m}.5,{101 + m}.5,{m}.5," for m in range(1, 13)]
    (tmp_path / "a.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Mining", r'2 series answer to "Mining" \(Mining raw, Mining SA\); name one in full'),
        ("Growth", r'"Growth y/y" holds rates of change \("Growth y/y"\), no index level'),
        ("Empty", 'column "Empty" holds no number; choose another, or leave it out'),
        ("Minig raw", 'no column "Minig raw"; did you mean "Mining raw"'),
    ],
)
def test_a_name_of_no_one_level_is_refused_with_the_reason(path: Path, name: str, why: str) -> None:
    with pytest.raises(DataError, match=f"^a.csv:1: {why}"):
        series.read(path, name)
    with pytest.raises(DataError, match=f"^a.csv:1: {why}"):
        series.read_panel(path, [name], positive=True)


def test_a_rate_is_taken_where_it_may_be_one(path: Path) -> None:
    assert series.read_panel(path, ["Growth"]).iloc[0].to_list() == [1.5]


@pytest.mark.parametrize(("usual", "refused"), [(100.5, True), (300.5, False)])
def test_nines_are_the_code_of_a_missing_value_far_above_all_others_alone(
    tmp_path: Path, usual: float, refused: bool
) -> None:
    rows = [f"2021-{m:02d},{999.0 if m == 7 else usual + m}" for m in range(1, 13)]
    (tmp_path / "b.csv").write_text("\n".join(["Month,IIP", *rows]) + "\n", encoding="utf-8")
    if refused:
        with pytest.raises(DataError, match="b.csv:8: IIP 999.0 looks like the code of a missing value"):
            series.read(tmp_path / "b.csv")
    else:
        assert series.read(tmp_path / "b.csv")["2021-07"] == 999.0


def test_places_are_those_of_the_series_that_is_read_by_the_same_name(tmp_path: Path) -> None:
    file = tmp_path / "levels.csv"
    file.write_text("industry,2024-01,2024-02\nB Mining,101.5,102.5\nC Manufacturing,98.2,97.1\n")
    for named in ("C Manufacturing", "manufacturing", "C"):
        assert list(series.read(file, named)) == [98.2, 97.1]
        assert list(series.places_of(file, named).values()) == ["levels.csv:3"] * 2
