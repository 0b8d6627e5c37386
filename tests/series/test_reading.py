"""Levels as offices hand them out: which series is meant, what is left out, what is refused and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

OFFICES = Path(__file__).parents[3] / "shared" / "data" / "offices"
needs_offices = pytest.mark.skipif(
    not OFFICES.is_dir(), reason="the folder ../shared/data/offices is not there"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return path


MONTHS = "".join(f"2024-{m:02d},{90 + m}.5,{80 + m}.5\n" for m in range(1, 13))


@pytest.mark.parametrize("asked", ["General Index", "general index", "K222", "general", "index general"])
def test_a_series_answers_to_its_name_its_code_or_its_words(tmp_path: Path, asked: str) -> None:
    text = "Title,General Index,Mining and quarrying\nCDID,K222,K223\nUnit,Index,Index\n" + MONTHS
    y = series.read(written(tmp_path, text), asked)
    assert (y.name, y.iloc[0], y.iloc[-1]) == ("General Index", 91.5, 102.5)


def test_words_of_several_series_are_asked_about(tmp_path: Path) -> None:
    text = "month,Mining of coal,Mining of ores\n" + MONTHS
    with pytest.raises(
        DataError, match=r'2 series answer to "mining" \(Mining of coal, Mining of ores\); name one'
    ):
        series.read(written(tmp_path, text), "mining")


def test_countries_are_no_codes(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "month,NO,ID,id\n" + "".join(f"2024-{m:02d},9{m % 7}.5,10{m % 5},{m}\n" for m in range(1, 13)),
    )
    assert list(series.read_panel(path)) == ["NO", "ID"]


def test_marks_are_kept_beside_the_values(tmp_path: Path) -> None:
    y = series.read(
        written(tmp_path, "Sector,2024-01,2024-02 r,2024-03 (P),2024-04\nTotal,98.2,99.1,97.4,100.3*\n")
    )
    assert y.to_list() == [98.2, 99.1, 97.4, 100.3]
    assert y.attrs["status"] == {"2024-02": "r", "2024-03": "p", "2024-04": "*"}


def test_a_status_column_marks_its_rows_and_splits_no_series(tmp_path: Path) -> None:
    y = series.read(
        written(tmp_path, "REF_DATE,GEO,VALUE,STATUS\n2024-01,CA,98.2,\n2024-02,CA,99.1,p\n2024-03,CA,..,x\n")
    )
    assert (len(y), y.attrs["status"]) == (2, {"2024-02": "p"})


def test_every_number_is_accounted_for(tmp_path: Path) -> None:
    text = (
        "Sector;Weight;T11/2023;T12/2023;2023;T1/2024;Quý I/2024\n"
        "Total;1000;98,5;99,5;99,9;101,5;100,1\nMining;120;88,5;89,5;89,9;91,5;90,1\n"
    )
    panel = series.read_panel(written(tmp_path, text))
    assert panel.attrs["account"] == (
        "12 numbers: 6 values of 2 series, 2 annual totals, 2 quarterly values, 2 weights"
    )
    assert panel.attrs["left_out"] == (
        'annual total "2023": 2 numbers left out (a.csv:2)',
        'quarterly value "Quý I/2024": 2 numbers left out (a.csv:2)',
        'weight "Weight": 2 numbers left out (a.csv:2)',
    )


def test_rates_beside_levels_are_left_out_and_never_chosen(tmp_path: Path) -> None:
    path = written(tmp_path, "month,IIP,Growth rate of IIP\n" + MONTHS)
    y = series.read(path)
    assert y.name == "IIP"
    assert y.attrs["account"] == "24 numbers: 12 values of 1 series, 12 rates of change"
    with pytest.raises(DataError, match='"Growth rate of IIP" holds rates of change'):
        series.read(path, "Growth rate of IIP")
    assert series.read_panel(path, ["Growth rate of IIP"]).iloc[0, 0] == 81.5
    assert list(series.read_panel(path)) == ["IIP"]
    assert list(series.read_panel(path, rates=True)) == ["IIP", "Growth rate of IIP"]


@pytest.mark.parametrize(
    "title",
    [
        "% change on same month of previous year",
        "Chỉ số sản xuất so với cùng kỳ năm trước (%)",
        "前年同月比",
        "Темп роста, в % к предыдущему месяцу",
    ],
)
def test_months_under_a_title_of_rates_are_no_levels(tmp_path: Path, title: str) -> None:
    path = written(tmp_path, f"{title}\n\nSector;2024-01;2024-02\nTotal;103.5;98.5\n".replace(";", "\t"))
    with pytest.raises(DataError, match="holds rates of change"):
        series.read(path)
    with pytest.raises(DataError, match="holds rates of change"):
        series.read_panel(path)


def test_tables_of_one_sheet_with_the_same_rows_are_told_apart(tmp_path: Path) -> None:
    table = "Sector,2024-01,2024-02\nTotal,{0}1.5,{0}2.5\n"
    path = written(tmp_path, "Production\n" + table.format(9) + "\nSales\n" + table.format(7))
    assert list(series.read_panel(path)) == ["Total (Production)", "Total (Sales)"]
    with pytest.raises(DataError, match='2 series answer to "Total"'):
        series.read(path, "Total")
    assert series.read(path, "Total (Sales)").to_list() == [71.5, 72.5]


REFUSED = {  # text, what is said, what to do about it, and the values then
    "a month misspelled": (
        "month,IIP\nJanury 2024,91.5\n2024-02,92.5\n",
        'period "Janury 2024" is not a month',
        ("Janury 2024", "2024-01"),
    ),
    "a month across misspelled": (
        "Sector,2024-01,Feburary 2024\nTotal,91.5,92.5\n",
        'heading "Feburary 2024" stands over numbers and names no month',
        ("Feburary 2024", "2024-02"),
    ),
    "a year of another calendar": (
        "month,IIP\n2080-01,91.5\n2080-02,92.5\n",
        "years from now; are its years of another calendar",
        ("2080", "2024"),
    ),
    "a year out of range": (
        "month,IIP\n3024-01,91.5\n3024-02,92.5\n",
        '"3024-01" has year 3024',
        ("3024", "2024"),
    ),
    "no year": (
        "Ngành,Tháng 1,Tháng 2\nTổng số,91.5,92.5\n",
        "write them as 2024-04",
        ("Tháng 1,Tháng 2", "2024-01,2024-02"),
    ),
    "a stamp in UTC": (
        "date,IIP\n2024-01-15T17:00:00Z,91.5\n2024-02-15T17:00:00Z,92.5\n",
        "write the month as 2024-04",
        ("-15T17:00:00Z", ""),
    ),
    "a code for missing": (
        "month,IIP\n2024-01,91.5\n2024-02,92.5\n2024-03,9999\n",
        "leave a month without a figure empty",
        (",9999", ","),
    ),
    "minus 999": (
        "month,IIP\n2024-01,91.5\n2024-02,92.5\n2024-03,-999\n",
        "leave a month without a figure empty",
        (",-999", ","),
    ),
    "no headings": (
        "2024-01,91.5\n2024-02,92.5\n",
        "put a line such as month,IIP above it",
        ("2024-01", "month,IIP\n2024-01"),
    ),
    "an unknown column": (
        "Sector,Factor,2024-01,2024-02\nTotal,3,91.5,92.5\n",
        "delete the column where it holds",
        ("Factor,", ""),
        (",3,", ","),
    ),
    "a thousand or not": (
        "month,IIP\n2024-01,1.234\n2024-02,987\n",
        'declare decimal "." or ","',
        ("1.234", "91.5"),
        ("987", "92.5"),
    ),
    "mixed orders of date": (
        "date,IIP\n1/31/2024,91.5\n29/2/2024,92.5\n",
        "write 2024-04-15",
        ("1/31/2024", "2024-01-31"),
        ("29/2/2024", "2024-02-29"),
    ),
    "a no-day": (
        "date,IIP\n2024-01-31,91.5\n2024-02-30,92.5\n",
        "2024-02 ends on day 29",
        ("02-30", "02-29"),
    ),
    "a remark with a number": (
        "month,IIP\n2024-01,91.5\n2024-02,92.5\nSee page,12\n",
        "delete rows of totals and remarks",
        ("See page,12\n", ""),
    ),
    "a title of rates": (
        "Change on previous year\nmonth,IIP\n2024-01,91.5\n2024-02,92.5\n",
        "reword that text",
        ("Change on previous year\n", ""),
    ),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_is_refused_reads_once_mended_as_told(tmp_path: Path, case: str) -> None:
    text, said, *mends = REFUSED[case]
    with pytest.raises(DataError) as error:
        series.read(written(tmp_path, text))
    assert said in str(error.value)
    assert str(error.value).startswith("a.csv:")
    for old, new in mends:
        text = text.replace(old, new)
    np.testing.assert_array_equal(series.read(written(tmp_path, text)).dropna(), [91.5, 92.5])


@needs_offices
@pytest.mark.slow
def test_files_of_offices() -> None:
    known = json.loads((OFFICES / "expected.json").read_text(encoding="utf-8"))["files"]
    for name, case in known.items():
        asked = case["arguments_at_most"]
        if case["result"] == "refuse" or "rates" in asked:
            with pytest.raises(DataError):
                series.read(OFFICES / name)
            continue
        y = series.read(OFFICES / name, asked.get("column")).dropna()
        assert (str(y.index[0]), str(y.index[-1]), len(y)) == (
            case["first_month"],
            case["last_month"],
            case["count"],
        ), name
        np.testing.assert_allclose(
            [y.iloc[0], y.iloc[-1]], [case["first_value"], case["last_value"]], rtol=1e-6
        )


def test_a_column_may_be_called_as_a_mark_is(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("month,x\n2024-01,98.5\n2024-02,..\n2024-03,97.25\n", encoding="utf-8")
    y = series.read(file)
    assert (y.name, y.dropna().tolist()) == ("x", [98.5, 97.25])


def _from_csv(table: pd.DataFrame, folder: Path) -> pd.Series:
    table.to_csv(folder / "l.csv", index=False)
    return series.read(folder / "l.csv")


def _from_workbook(table: pd.DataFrame, folder: Path) -> pd.Series:
    table.to_excel(folder / "l.xlsx", index=False)
    return series.read(folder / "l.xlsx")


def _from_pandas(table: pd.DataFrame, folder: Path) -> pd.Series:
    return series.level_of(table.set_index("month"))


@pytest.mark.parametrize("huge", [1e15, 1e308])
@pytest.mark.parametrize("read", [_from_csv, _from_workbook, _from_pandas])
def test_a_number_beyond_all_figures_is_refused_wherever_it_stands(
    tmp_path: Path, read: Callable[[pd.DataFrame, Path], pd.Series], huge: float
) -> None:
    table = pd.DataFrame({"month": ["2015-01", "2015-02", "2015-03"], "iip": [huge, 98.2, 94.6]})
    with pytest.raises(DataError, match="too large for a number"):
        read(table, tmp_path)
