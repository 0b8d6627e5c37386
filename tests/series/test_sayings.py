"""What a file of levels says of its own numbers: decimals of a comma, forecasts, bases, sums of the year to date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from tests.series.test_reading import written

MONTHS = [str(month) for month in pd.period_range("2021-01", "2024-04", freq="M")]
LEVELS = [f"{100 + i + i % 7 / 10:.1f}" for i in range(len(MONTHS))]
FIRST_FORECAST = 38  # 2024-03


def rows(header: str, row: Callable[[int, str, str], str]) -> str:
    lines = (row(i, *pair) for i, pair in enumerate(zip(MONTHS, LEVELS, strict=True)))
    return "\n".join([header, *lines]) + "\n"


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(DataError) as error:
        series.read(written(folder, text))
    return str(error.value)


@pytest.mark.parametrize(
    ("header", "behind"),
    [("Month,IIP", ""), ("Month,IIP,Mining", ",98,7"), ("Month,IIP,Status", ",p"), ("Month,IIP,Note", ",p")],
)
def test_a_decimal_comma_between_commas_is_refused(tmp_path: Path, header: str, behind: str) -> None:
    said = refusal(
        tmp_path, rows(header, lambda i, month, level: f"{month},{level.replace('.', ',')}{behind}")
    )
    cells = 3 + behind.count(",")
    assert said.startswith(
        f'a.csv:2: {cells} cells where the header has {header.count(",") + 1}; "100" and "0" seem to be one number'
    )
    assert '("100,0")' in said
    assert "decimal point" in said


@pytest.mark.parametrize(
    "text",
    [
        rows("Month,IIP", lambda i, month, level: f'{month},"{level.replace(".", ",")}"'),
        rows("Month;IIP", lambda i, month, level: f"{month};{level.replace('.', ',')}"),
        rows(",Month,IIP", lambda i, month, level: f"{i},{month},{level}"),
    ],
    ids=["quotes", "semicolons", "unnamed index"],
)
def test_what_the_remedy_says_and_an_index_column_are_read(tmp_path: Path, text: str) -> None:
    assert series.read(written(tmp_path, text)).to_list() == [float(level) for level in LEVELS]


def test_whole_numbers_under_headings_of_their_own_are_no_halves(tmp_path: Path) -> None:
    text = rows("Month,Workers,Firms,", lambda i, month, level: f"{month},{500 + i},{40 + i},{'x' * (i % 2)}")
    assert list(series.read_panel(written(tmp_path, text)).columns) == ["Workers", "Firms"]


def marked(mark: str, other: str = "") -> Callable[[int], str]:
    return lambda i: mark if i >= FIRST_FORECAST else other


@pytest.mark.parametrize(
    "text",
    [
        *(
            rows("Month,IIP", lambda i, month, level, mark=mark: f"{month}{marked(mark)(i)},{level}")
            for mark in (" (forecast)", " f", " (f)", " (dự báo)", " (prévision)", " Prognose")
        ),
        rows("Month,IIP", lambda i, month, level: f"{month},{level}{marked(' f')(i)}"),
        rows("Month,IIP,Status", lambda i, month, level: f"{month},{level},{marked('Forecast', 'Actual')(i)}"),
        rows("Month,IIP,Loại", lambda i, month, level: f"{month},{level},{marked('Dự báo', 'Thực hiện')(i)}"),
        rows("Month,Value,Type", lambda i, month, level: f"{month},{level},{marked('Prognose', 'Ist')(i)}"),
        rows("TIME_PERIOD,OBS_VALUE,OBS_STATUS", lambda i, month, level: f"{month},{level},{marked('F', 'A')(i)}"),
        rows("Month,IIP", lambda i, m, v: f"{'Projection,' + chr(10) if i == FIRST_FORECAST else ''}{m},{v}"),
    ],
)  # fmt: skip
def test_forecasts_are_left_out_and_named(tmp_path: Path, text: str) -> None:
    y = series.read(written(tmp_path, text))
    assert y.to_list() == [float(level) for level in LEVELS[:FIRST_FORECAST]]
    (left,) = y.attrs["left_out"]
    assert left.startswith("forecast ")
    assert "2024-03, 2024-04" in left
    assert "2 numbers left out" in left
    assert any("no published figure" in note for note in y.attrs["notes"])


@pytest.mark.parametrize(
    ("header", "marks"),
    [
        ("Month,IIP,Status", ("p", "")),
        ("Month,IIP,Status", ("P", "F")),
        ("Month,IIP,CONF_STATUS", ("F", "C")),
    ],
    ids=["provisional", "final", "free for publication"],
)
def test_other_marks_are_published(tmp_path: Path, header: str, marks: tuple[str, str]) -> None:
    text = rows(header, lambda i, month, level: f"{month},{level},{marked(*marks)(i)}")
    assert len(series.read(written(tmp_path, text))) == len(LEVELS)


def test_nothing_but_forecasts_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, rows("Month,IIP,Status", lambda i, month, level: f"{month},{level},Forecast"))
    assert said.startswith("a.csv:2: every value is marked as a forecast")


@pytest.mark.parametrize(
    ("text", "line", "first", "second"),
    [
        (
            rows("Month,IIP,Notes", lambda i, m, v: f"{m},{v},{'2015=100' if i < 12 else '2020 = 100'}"),
            14, "2015=100", "2020 = 100",
        ),
        (
            rows("Month,IIP (2015=100)", lambda i, m, v: f"{'Base 2020=100,' + chr(10) if i == 12 else ''}{m},{v}"),
            14, "IIP (2015=100)", "Base 2020=100",
        ),
        (
            rows("Tháng,IIP,Ghi chú", lambda i, m, v: f"{m},{v},{ {0: 'năm 2015=100', 12: 'năm 2020=100'}.get(i, '')}"),
            14, "năm 2015=100", "năm 2020=100",
        ),
    ],
)  # fmt: skip
def test_two_bases_in_one_column_are_refused(
    tmp_path: Path, text: str, line: int, first: str, second: str
) -> None:
    said = refusal(tmp_path, text)
    assert said.startswith(
        f'a.csv:{line}: "{second}" begins here, where the levels above are of "{first}"; link the two parts'
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2015年=100", "2020年=100"),
        ("平成27年＝100", "令和2年＝100"),
        ("2015年基準", "2020年基準"),
        ("2558=100", "2563=100"),
        ("100=2015", "100=2020"),
        ("2015 = 100.0", "2020 = 100.0"),
        ("Năm gốc 2015", "Năm gốc 2020"),
        ("Base year: 2015", "Base year: 2020"),
    ],
)
@pytest.mark.parametrize("beside", [True, False], ids=["in a column of notes", "in a row of its own"])
def test_two_bases_are_known_however_they_are_written(
    tmp_path: Path, one: str, other: str, beside: bool
) -> None:
    def row(i: int, month: str, level: str) -> str:
        base = one if i < 12 else other
        above = f"{base},\n" if i in (0, 12) else ""
        return f"{month},{level},{base}" if beside else f"{above}{month},{level}"

    said = refusal(tmp_path, rows("Month,IIP" + ",Notes" * beside, row))
    assert f'"{other}" begins here, where the levels above are of "{one}"' in said
    same = rows("Month,IIP,Notes", lambda i, month, level: f"{month},{level},{one}")
    assert series.read(written(tmp_path, same)).to_list() == list(map(float, LEVELS))


def test_a_note_of_base_metals_is_no_base(tmp_path: Path) -> None:
    text = rows("Month,IIP,Notes", lambda i, m, v: f"{m},{v},Base metals {2015 if i < 12 else 2020}")
    assert series.read(written(tmp_path, text)).to_list() == list(map(float, LEVELS))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (rows("Month,IIP,Notes", lambda i, m, v: f"{m},{v},{'2015=100' if i < 12 else ''}"), ["IIP"]),
        (rows("Month,A (2020=100),Notes", lambda i, m, v: f"{m},{v},{'from 2015=100' if i == 12 else ''}"), ["A"]),
        (rows("Month,A 2015=100,A 2020=100", lambda i, m, v: f"{m},{v},{v}"), ["A 2015=100", "A 2020=100"]),
        (rows("Month,Name,Value,Unit", lambda i, m, v: f"{m},A,{v},2015=100\n{m},B,{v},2020=100"), ["A", "B"]),
    ],
    ids=["one text", "a remark", "two columns", "two series of a long table"],
)  # fmt: skip
def test_a_base_each_is_read(tmp_path: Path, text: str, names: list[str]) -> None:
    read = series.read_panel(written(tmp_path, text))
    assert read.shape == (len(MONTHS), len(names))


SUMS = [f"{v:.1f}" for v in pd.Series(map(float, LEVELS)).groupby([m[:4] for m in MONTHS]).cumsum()]


@pytest.mark.parametrize(
    "heading",
    ["Cumulative output since January", "Lũy kế từ đầu năm", "Jan–month total", "IIP (year to date)", "4 tháng",
     "Index, kumuliert", "Cumul depuis janvier", "累计"],
)  # fmt: skip
def test_a_heading_of_the_year_to_date_makes_no_level(tmp_path: Path, heading: str) -> None:
    said = refusal(tmp_path, rows(f"Month;{heading}", lambda i, m, v: f"{m};{SUMS[i]}"))
    assert said.startswith(f'a.csv:1: holds values of the year to date ("{heading}"), no levels')
    both = written(tmp_path, rows(f"Month;IIP;{heading}", lambda i, m, v: f"{m};{v};{SUMS[i]}"))
    y = series.read(both)
    assert y.to_list() == [float(level) for level in LEVELS]
    assert any(left.startswith("value of the year to date") for left in y.attrs["left_out"])
    with pytest.raises(DataError, match="holds values of the year to date"):
        series.read(both, heading)


@pytest.mark.parametrize("heading", ["D_1-3", "Batteries and accumulators", "IIP 2015=100", "Total"])
def test_other_headings_are_of_months(tmp_path: Path, heading: str) -> None:
    assert len(series.read(written(tmp_path, rows(f"Month,{heading}", lambda i, m, v: f"{m},{v}")))) == 40


def test_levels_that_sum_their_years_up_are_told_as_such() -> None:
    index = pd.PeriodIndex(MONTHS, freq="M")
    sums = pd.Series(np.array(SUMS, dtype=float), index=index, name="IIP")
    findings = [of for of in series.check(sums) if "2024-01" in of.months]
    assert [of.kind for of in findings] == ["unit"]
    assert "look cumulative" in findings[0].sentence
    later = series.check(sums["2022-01":])
    assert not any("cumulative" in of.sentence for of in later)


@pytest.mark.parametrize("newest_first", [False, True])
def test_another_base_of_later_months_is_nothing_to_a_day_before_them(
    tmp_path: Path, newest_first: bool
) -> None:
    months = pd.period_range("2020-01", "2023-12", freq="M")
    rows = [f"{m},{100 + i},{'2015=100' if m.year < 2022 else '2020=100'}" for i, m in enumerate(months)]
    file = tmp_path / "a.csv"
    file.write_text(
        "\n".join(["month,iip,note", *(reversed(rows) if newest_first else rows)]) + "\n", encoding="utf-8"
    )
    early = series.read(file, until=pd.Period("2021-12", "M"))
    assert (str(early.index[-1]), early.iloc[-1]) == ("2021-12", 123.0)
    for until in (pd.Period("2022-01", "M"), None):
        with pytest.raises(DataError, match="link the two parts to one base"):
            series.read(file, until=until)


@pytest.mark.parametrize(
    "later",
    [
        "{m},{v} f,p", "{m},{v},F", "{m},{v},Forecast", "{m},closed,p", "{m},100,0,p", "{m},{v},12", "{m},-1,p",
        "{m},{v},",
    ],
    ids=["f beside the number", "f as status", "word", "text", "halves", "number as status", "negative", "no status"],
)  # fmt: skip
def test_no_later_row_says_how_the_rows_before_it_are_read(tmp_path: Path, later: str) -> None:
    """An "f" of a month may mean final, of the last ones a forecast: what follows must not decide it."""
    seen = 12

    def row(i: int, m: str, v: str) -> str:
        return f"{m},{v},{'f' if i == seen - 1 else 'p'}" if i < seen else later.format(m=m, v=v)

    until = pd.Period(MONTHS[seen - 1], "M")
    whole = rows("Month,IIP,Status", row)
    alone = "\n".join(whole.splitlines()[: seen + 1]) + "\n"
    poisoned, known = (series.read(written(tmp_path, text), until=until) for text in (whole, alone))
    pd.testing.assert_series_equal(poisoned, known)
    assert len(known) == seen - 1
    assert poisoned.attrs["status"] == known.attrs["status"]


@pytest.mark.parametrize("mark", ["M", "L", "O"])
def test_a_level_whose_status_says_that_there_is_none_is_refused(tmp_path: Path, mark: str) -> None:
    text = rows(
        "TIME_PERIOD,OBS_VALUE,OBS_STATUS", lambda i, month, level: f"{month},{level},{marked(mark, 'A')(i)}"
    )
    with pytest.raises(
        DataError, match=f'OBS_STATUS stands beside a number, and "{mark}" says that there is none'
    ):
        series.read(written(tmp_path, text))
    emptied = "".join(
        line.replace(f",{line.split(',')[1]},", ",,") if line.strip().endswith(f",{mark}") else line
        for line in text.splitlines(keepends=True)
    )
    assert series.read(written(tmp_path, emptied)).size == FIRST_FORECAST
