"""Fiscal years: read where the months say which calendar year they lie in, refused where they do not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError
from forecast.series.fiscal import compared

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Layout = Callable[[Sequence[str], Sequence[str]], list[str]]


def _months(begin: int) -> list[str]:
    return [NAMES[(begin - 1 + i) % 12] for i in range(12)]


def _value(i: int) -> float:
    return round(80 + 0.7 * i, 1)


def _across(years: Sequence[str], months: Sequence[str]) -> list[str]:
    rows = [f"{y},{','.join(str(_value(12 * k + i)) for i in range(12))}" for k, y in enumerate(years)]
    return [f"Year,{','.join(months)}", *rows]


def _columns(years: Sequence[str], months: Sequence[str]) -> list[str]:
    pairs = [(y, m) for y in years for m in months]
    return ["Year,Month,IIP", *(f"{y},{m},{_value(i)}" for i, (y, m) in enumerate(pairs))]


def _sections(years: Sequence[str], months: Sequence[str]) -> list[str]:
    rows = [
        f"{y},\n" + "\n".join(f"{m},{_value(12 * k + i)}" for i, m in enumerate(months))
        for k, y in enumerate(years)
    ]
    return ["Month,IIP", *rows]


def _sections_across(years: Sequence[str], months: Sequence[str]) -> list[str]:
    heading, *rows = _across(years, months)
    parts = [f"{y}{',' * 12}\nTotal,{row.partition(',')[2]}" for y, row in zip(years, rows, strict=True)]
    return [heading.replace("Year", "Sector"), *parts]


def _stacked(years: Sequence[str], months: Sequence[str]) -> list[str]:
    over = ",".join(year + "," * 11 for year in years)
    values = ",".join(str(_value(i)) for i in range(12 * len(years)))
    return [f",{over}", f"Sector,{','.join([*months] * len(years))}", f"Total,{values}", f"Mining,{values}"]


LAYOUTS: tuple[Layout, ...] = (_across, _columns, _sections, _sections_across, _stacked)


def _read(tmp_path: Path, lines: Sequence[str]) -> pd.Series:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return series.read(path, "Total" if any(line.startswith("Mining") for line in lines) else None)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("begin", [4, 7, 10])
@pytest.mark.parametrize(
    "years",
    [
        ("2018-19", "2019-20", "2020-21"),
        ("2005-06", "2006-07", "2007-08"),
        ("2018/19", "2019/20", "2020/21"),
        ("2018-2019", "2019-2020", "2020-2021"),
    ],
)
def test_months_of_a_fiscal_year_lie_in_the_calendar_year_they_belong_to(
    tmp_path: Path, layout: Layout, begin: int, years: Sequence[str]
) -> None:
    y = _read(tmp_path, layout(years, _months(begin)))
    assert str(y.index[0]) == f"{years[0][:4]}-{begin:02d}"
    assert y.to_list() == [_value(i) for i in range(36)]
    assert any(f"fiscal years from month {begin} on" in note for note in y.attrs["notes"])


def test_a_first_year_may_begin_late_and_a_last_end_soon(tmp_path: Path) -> None:
    heading, *rows = _columns(("2018-19", "2019-20", "2020-21"), _months(4))
    y = _read(tmp_path, [heading, *rows[5:-4]])
    assert (str(y.index[0]), str(y.index[-1]), y.iloc[0]) == ("2018-09", "2020-11", _value(5))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_year_over_months_that_run_past_december_is_refused(tmp_path: Path, layout: Layout) -> None:
    with pytest.raises(DataError, match=r"under one year, 2018: .* such as 2018-04"):
        _read(tmp_path, layout(("2018", "2019", "2020"), _months(4)))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_year_of_two_over_months_from_january_on_is_refused(tmp_path: Path, layout: Layout) -> None:
    with pytest.raises(DataError, match=r"year 2018/2019 is no calendar year, .* such as 2018-04"):
        _read(tmp_path, layout(("2018-19", "2019-20", "2020-21"), NAMES))


def test_months_counted_from_april_are_refused(tmp_path: Path) -> None:
    rows = [f"{y},{m},{100 + m}" for y in ("2018-19", "2019-20") for m in range(1, 13)]
    with pytest.raises(DataError, match="no calendar year"):
        _read(tmp_path, ["FY,Month,IIP", *rows])


def test_calendar_years_of_a_series_each_that_begins_late_are_read(tmp_path: Path) -> None:
    rows = [
        f"{name},{y},{m},{100 + n + month}"
        for n, name in enumerate(("Mining", "Total"))
        for y in (2020, 2021)
        for month, m in enumerate(NAMES, start=1)
        if (name, y) != ("Mining", 2020) or month >= 4
    ]
    y = _read(tmp_path, ["Sector,Year,Month,value", *rows])
    assert (str(y.index[0]), len(y), y.iloc[-1]) == ("2020-01", 24, 113.0)


def test_months_that_rates_compare_with_do_not_go_on() -> None:
    rate = ("Tháng 2 năm 2018 so với (%)",)
    assert compared(rate, 3) != compared(rate, 4)
    assert compared(("Total",), 3) == compared(("Total",), 4)


@pytest.mark.parametrize(("total", "read"), [("Cả năm", True), ("Average", True), ("Khai khoáng", False)])
def test_totals_among_months_in_figures_under_a_merged_year_are_left_out(
    tmp_path: Path, total: str, read: bool
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Năm", "Tháng", "IIP"])
    for k, year in enumerate((2019, 2020)):
        for i, month in enumerate((*range(1, 13), total)):
            sheet.append([year if i == 0 else None, month, _value(12 * k + i) if i < 12 else 99.9])
        sheet.merge_cells(start_row=13 * k + 2, end_row=13 * k + 14, start_column=1, end_column=1)
    path = tmp_path / "a.xlsx"
    book.save(path)
    if not read:
        with pytest.raises(DataError, match=f'a.xlsx:A14: period "{total}" is not a month; write one as'):
            series.read(path)
        return
    y = series.read(path)
    assert y.to_list() == [_value(i) for i in range(24)]
    assert any(total in item and "2 numbers" in item for item in y.attrs["left_out"])


def test_months_of_a_fiscal_year_that_go_in_no_order_are_refused_and_those_of_two_series_read(
    tmp_path: Path,
) -> None:
    def file(*years: Sequence[str]) -> Path:
        rows = [
            f"{2018 + k}-{19 + k},{m},{_value(i)}" for k, year in enumerate(years) for i, m in enumerate(year)
        ]
        (tmp_path / "a.csv").write_text("\n".join(["Year,Month,IIP", *rows]) + "\n", encoding="utf-8")
        return tmp_path / "a.csv"

    april = _months(4)
    assert str(series.read(file(april, april)).index[0]) == "2018-04"
    with pytest.raises(DataError, match="its months do not say in which of the two they lie"):
        series.read(file(april, [april[0], april[2], april[1], *april[3:]]))
    lines = [f"2018-19,{m},{s},{100 * k + i}.5" for i, m in enumerate(april) for k, s in enumerate("AB")]
    text = "\n".join(["Year,Month,Sector,Value", *sorted(lines, key=lambda line: line.split(",")[2])]) + "\n"
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    both = series.read_panel(tmp_path / "b.csv")
    assert both["B"].to_list() == [100.5 + i for i in range(12)]
    assert (str(both.index[0]), str(both.index[-1])) == ("2018-04", "2019-03")
