"""Months in which values are published are not those that they are of; prints of one month are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = [f"{2023 + k // 12}-{k % 12 + 1:02d}" for k in range(14)]
RELEASED = [f"{2023 + (k + 1) // 12}-{(k + 1) % 12 + 1:02d}-25" for k in range(14)]
VALUES = [f"{100 + 1.3 * k:.1f}" for k in range(14)]


def _file(tmp_path: Path, headings: Sequence[str], *columns: Sequence[object]) -> Path:
    path = tmp_path / "iip.csv"
    rows = [",".join(map(str, row)) for row in zip(*columns, strict=True)]
    path.write_text("\n".join([",".join(headings), *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Release date",
            "release_date",
            "Published",
            "Publication date",
            "Updated",
            "Last update",
            "Next release",
        ),
        *("Retrieved", "Vintage", "Release month", "Ngày công bố", "Ngày cập nhật", "Ngày phát hành"),
        *(
            "Tháng công bố",
            "Date de publication",
            "Veröffentlichung",
            "Erscheinungsdatum",
            "Stand",
            "公布日期",
        ),
        *(
            "Data di pubblicazione",
            "Fecha de publicación",
            "Дата публикации",
            "公表日",
            "발표일",
            "วันที่เผยแพร่",
        ),
    ],
)
def test_levels_are_not_read_by_the_days_of_their_publication(tmp_path: Path, heading: str) -> None:
    file = _file(tmp_path, [heading, "IIP"], RELEASED, VALUES)
    with pytest.raises(DataError) as refused:
        series.read(file)
    assert f'iip.csv:1: its months are those of "{heading}"' in str(refused.value)
    assert f'(--column period="{heading}")' in str(refused.value)
    declared = series.read(file, headings={"period": heading})
    assert [str(t) for t in declared.index] == [day[:7] for day in RELEASED]


@pytest.mark.parametrize(
    "heading",
    [
        "Month",
        "Date",
        "Kỳ báo cáo",
        "Observation date",
        "As of",
        "Stichtag",
        "Reporting month",
        "Standort",
        "Period (last updated 25 May 2024)",
    ],
)
def test_days_of_other_headings_are_those_of_their_months(tmp_path: Path, heading: str) -> None:
    assert str(series.read(_file(tmp_path, [heading, "IIP"], RELEASED, VALUES)).index[0]) == "2023-02"


@pytest.mark.parametrize("month", ["Month", "", "Index", "Kỳ"])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("heading", "released"), [("Release date", RELEASED), ("Release month", [day[:7] for day in RELEASED])]
)
def test_months_beside_those_of_their_publication_count(
    tmp_path: Path, month: str, first: bool, heading: str, released: Sequence[str]
) -> None:
    columns = [(month, MONTHS), (heading, released)][:: 1 if first else -1]
    file = _file(tmp_path, [*(h for h, _ in columns), "IIP"], *(c for _, c in columns), VALUES)
    level = series.read(file)
    assert [str(t) for t in level.index] == MONTHS
    assert level.to_list() == [float(v) for v in VALUES]


@pytest.mark.parametrize("headings", [("Year", "Month", "Release date"), ("Năm", "Tháng", "Ngày công bố")])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1)])
def test_year_and_month_beside_a_day_of_publication_count(
    tmp_path: Path, headings: Sequence[str], order: Sequence[int]
) -> None:
    columns = [[int(m[:4]) for m in MONTHS], [int(m[5:]) for m in MONTHS], RELEASED]
    file = _file(tmp_path, [*(headings[i] for i in order), "IIP"], *(columns[i] for i in order), VALUES)
    assert [str(t) for t in series.read(file).index] == MONTHS


def test_months_of_publication_run_together_are_no_series(tmp_path: Path) -> None:
    released = [day[:7].replace("-", "") for day in RELEASED]
    level = series.read(_file(tmp_path, ["Month", "Release month", "IIP"], MONTHS, released, VALUES))
    assert level.name == "IIP"
    assert len(level.attrs["left_out"]) == 1


@pytest.mark.parametrize("again", [2, 14])
@pytest.mark.parametrize("heading", ["Release date", "Vintage"])
def test_months_that_come_in_several_releases_are_refused(tmp_path: Path, again: int, heading: str) -> None:
    months, released = [*MONTHS, *MONTHS[-again:]], [*RELEASED, *["2024-05-25"] * again]
    values = [*VALUES, *(f"{200 + k}" for k in range(again))]
    with pytest.raises(DataError) as refused:
        series.read(_file(tmp_path, ["Month", heading, "IIP"], months, released, values))
    first = MONTHS[-again]
    assert f"iip.csv:16: {first} of IIP is 200 in the release of 2024-05-25" in str(refused.value)
    assert f"{VALUES[-again]} in that of {RELEASED[-again]} (line {16 - again})" in str(refused.value)


def test_releases_down_and_months_across_are_refused(tmp_path: Path) -> None:
    released = ["2024-02-25", "2024-03-25"]
    file = _file(tmp_path, ["Vintage", "Jan 2024", "Feb 2024"], released, [101, 101.5], ["", 102])
    with pytest.raises(DataError, match=r"2024-01 of level is 101\.5 in the release of 2024-03-25 and 101"):
        series.read(file)


def test_days_of_publication_across_are_no_months(tmp_path: Path) -> None:
    file = _file(tmp_path, ["Release date", "2024-02-25", "2024-03-25"], ["IIP"], [101.2], [102.3])
    with pytest.raises(DataError, match='its months are those of "Release date"'):
        series.read(file)
    assert series.read(file, headings={"period": "Release date"}).to_list() == [101.2, 102.3]


def _titled(tmp_path: Path, title: str, months: Sequence[str]) -> Path:
    path = tmp_path / "titled.csv"
    rows = "".join(f"{month},{101.5 + i}\n" for i, month in enumerate(months))
    path.write_text(f"{title}\nMonth,IIP\n{rows}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Index of industrial production 2024 (2015=100)", ["Jan", "Feb", "Mar"]),
        ("Chỉ số sản xuất công nghiệp năm 2024", ["Tháng 1", "Tháng 2", "Tháng 3"]),
        ("IIP 2024 - released 25 March 2025", ["January", "February", "March"]),
        ("Chỉ số sản xuất công nghiệp tháng 3 năm 2024", ["Tháng 1", "Tháng 2", "Tháng 3"]),
        ("IIP 2024 (base year 2015)", ["Jan", "Feb", "Mar"]),
        ("Index of industrial production 2024 (100 = 2015)", ["Jan", "Feb", "Mar"]),
        ("鉱工業指数 令和6年", ["1月", "2月", "3月"]),
        ("Industriproduktion maj 2024", ["jan", "feb", "mar"]),
    ],
)
def test_months_down_have_the_year_of_the_title(tmp_path: Path, title: str, months: Sequence[str]) -> None:
    level = series.read(_titled(tmp_path, title, months))
    assert [str(t) for t in level.index] == ["2024-01", "2024-02", "2024-03"]
    assert "the year 2024 of the months was read from the lines above the table" in level.attrs["notes"]


@pytest.mark.parametrize(
    "title",
    [
        "IIP",
        "IIP (2015=100)",
        "Năm gốc: 2015",
        "Industrial production in February 2024",
        "Published 25 March 2024",
        "IIP 2023-24",
        "IIP 2023/2024",
    ],
)
@pytest.mark.parametrize("headings", [{}, {"period": "Month"}])
def test_months_without_a_year_are_refused_with_what_helps(
    tmp_path: Path, title: str, headings: dict[str, str]
) -> None:
    with pytest.raises(DataError) as refused:
        series.read(_titled(tmp_path, title, ["Jan", "Feb", "Mar"]), headings=headings)
    assert 'the months of "Month" have no year' in str(refused.value)
    assert "--column" not in str(refused.value)


def test_months_of_two_years_under_one_title_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="month 1 follows month 12 under one year"):
        series.read(_titled(tmp_path, "IIP 2024", ["Nov", "Dec", "Jan", "Feb"]))


@pytest.mark.parametrize("cells", [["202401", "202402"], ["2024.01", "2024.02"]])
def test_a_column_named_as_period_is_read_wherever_it_stands(tmp_path: Path, cells: Sequence[str]) -> None:
    file = _file(tmp_path, ["Code", "When", "IIP"], ["x", "x"], cells, [101.5, 102.5])
    with pytest.raises(DataError, match="name it as period under columns"):
        series.read(file)
    assert [str(t) for t in series.read(file, headings={"period": "When"}).index] == ["2024-01", "2024-02"]


def test_a_column_named_as_period_that_holds_none_is_told(tmp_path: Path) -> None:
    file = _file(tmp_path, ["Code", "When", "IIP"], ["x", "x"], ["spring", "summer"], [101.5, 102.5])
    with pytest.raises(DataError, match=r'"When", wanted as period, holds "spring" and the like'):
        series.read(file, headings={"period": "When"})


def test_a_column_headed_as_months_that_holds_none_is_not_asked_to_be_named(tmp_path: Path) -> None:
    file = _file(tmp_path, ["month", "IIP"], ["T4-24", "T5-24"], [101.5, 102.5])
    with pytest.raises(
        DataError, match=r'"month" holds "T4-24" and the like, which are no months; write months as'
    ):
        series.read(file)


def test_decimal_years_without_a_heading_are_months(tmp_path: Path) -> None:
    file = _file(tmp_path, ["", "IIP"], ["2023.917", "2024.000", "2024.083"], [101.5, 102.5, 103.5])
    level = series.read(file)
    assert [str(t) for t in level.index] == ["2023-12", "2024-01", "2024-02"]
    assert level.to_list() == [101.5, 102.5, 103.5]


@pytest.mark.parametrize("headings", [("", "", "IIP"), ("A", "A", "IIP"), ("A", "", "IIP")])
def test_a_column_without_a_heading_of_its_own_is_to_be_given_one(
    tmp_path: Path, headings: Sequence[str]
) -> None:
    file = _file(tmp_path, headings, MONTHS[:4], MONTHS[1:5], VALUES[:4])
    with pytest.raises(
        DataError, match="give each a heading of its own and name that of the values as period"
    ):
        series.read(file)
    followed = _file(tmp_path, ["Begun", "Ended", "IIP"], MONTHS[:4], MONTHS[1:5], VALUES[:4])
    assert str(series.read(followed, headings={"period": "Ended"}).index[0]) == "2023-02"


def test_years_beside_small_whole_numbers_alone_are_told(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match='"Year", "Count" were read as months, and no column of values is left'
    ):
        series.read(_file(tmp_path, ["Year", "Count"], [2023, 2024], [1, 2]))


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ([12, 14, 9, 13], True),
        ([29, 6, 6, 7], True),
        ([1] * 4, False),
        ([15] * 4, False),
        ([2, 4, 3, 2], False),
        ([31, 29, 29, 30], False),
    ],
)
def test_days_that_vary_within_their_months_are_asked_about(
    tmp_path: Path, days: list[int], asked: bool
) -> None:
    dates = [f"2024-{month:02d}-{day:02d}" for month, day in zip((1, 2, 3, 4), days, strict=True)]
    notes = series.read(_file(tmp_path, ["Date", "IIP"], dates, VALUES[:4])).attrs["notes"]
    assert any('the days of "Date", which vary' in note for note in notes) is asked


def test_two_columns_headed_as_periods_that_differ_are_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, ["as_of", "date", "IIP"], RELEASED, MONTHS, VALUES)
    with pytest.raises(DataError, match='"as_of" and "date" say different months'):
        series.read(path)
    assert str(series.read(path, headings={"period": "date"}).index[0]) == MONTHS[0]


def test_days_before_the_last_ones_of_their_months_are_asked_about(tmp_path: Path) -> None:
    days = [f"{month[:-2]}{(24, 25, 26, 29)[k % 4]}" for k, month in enumerate(RELEASED)]
    asked = 'the months were read from the days of "Date", which vary; are they those of publication?'
    assert asked in series.read(_file(tmp_path, ["Date", "IIP"], days, VALUES)).attrs["notes"]
    lasts = [f"{month}-{(31, 28, 29, 28)[k % 4]}".replace("02-31", "02-26") for k, month in enumerate(MONTHS)]
    lasts = [day.replace("-31", "-29") for day in lasts]
    assert asked not in series.read(_file(tmp_path, ["Date", "IIP"], lasts, VALUES)).attrs["notes"]


def test_a_day_within_every_month_is_asked_about_and_its_middle_is_not(tmp_path: Path) -> None:
    for day, asked in ((21, True), (25, True), (5, True), (4, False), (15, False), (1, False)):
        path = _file(tmp_path, ["Month", "IIP"], [f"{month}-{day:02d}" for month in MONTHS], VALUES)
        told = any(f"all of day {day}; are they years" in note for note in series.read(path).attrs["notes"])
        assert told is asked


@pytest.mark.parametrize("label", ["Last updated:", "Updated", "Stand", "Release date", "Ngày cập nhật"])
@pytest.mark.parametrize("day", ["29.11.2024", "2024-11-29", "29 November 2024"])
@pytest.mark.parametrize("title", [(), ("Index of industrial production,",)])
def test_a_day_of_update_directly_above_the_headings_is_a_title(
    tmp_path: Path, label: str, day: str, title: Sequence[str]
) -> None:
    (path := tmp_path / "iip.csv").write_text(
        "\n".join(
            [*title, f"{label},{day}", "Month,Industry", *map(",".join, zip(MONTHS, VALUES, strict=True))]
        )
        + "\n",
        encoding="utf-8",
    )
    level = series.read(path)
    assert level.name == "Industry"
    assert (str(level.index[0]), level.tolist()) == (MONTHS[0], [float(v) for v in VALUES])
    assert any("taken as a title" in note for note in level.attrs["notes"])
