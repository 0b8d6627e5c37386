"""Lines of texts among the rows of one table are refused, and tables one below the other are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = pd.period_range("2021-01", "2024-12", freq="M")
IIP = [97.5 + (7 * i) % 12 + 0.1 * i for i in range(len(MONTHS))]
MINING = [round(2 * v - 61.3, 1) for v in IIP]
Row = Sequence[object]


def months(first: int = 0, last: int = len(MONTHS), mining: bool = False) -> list[Row]:
    return [
        (str(m), v, w) if mining else (str(m), v)
        for m, v, w in list(zip(MONTHS, IIP, MINING, strict=True))[first:last]
    ]


def years(values: Sequence[float], first: int = 2021, last: int = 2025) -> list[Row]:
    return [(y, *values[12 * (y - 2021) : 12 * (y - 2020)]) for y in range(first, last)]


def in_year() -> Row:
    return ("Year", *(m.strftime("%b") for m in MONTHS[:12]))


def put(folder: Path, rows: Sequence[Row], kind: str) -> Path:
    path = folder / f"x.{kind}"
    if kind == "csv":
        text = [";".join("" if v is None else str(v) for v in row) for row in rows]
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
        return path
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


REMARKS = [
    ("Break in series", "strike"),
    ("from here:", "provisional"),
    ("New base year", "2020=100"),
    ("Preliminary", "(p)"),
    ("*", "revised"),
    ("Page 2", "Table 3"),
    ("vorläufig", "p"),
    ("Ước tính", "(ước)"),
    ("Source", "NSO"),
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_of_two_cells_is_refused_with_its_line(tmp_path: Path, remark: Row, kind: str) -> None:
    path = put(tmp_path, [("month", "IIP"), *months(0, 43), remark, *months(43)], kind)
    place = "x.csv:45" if kind == "csv" else "x.xlsx:A45"
    with pytest.raises(DataError) as refused:
        series.read(path, "IIP")
    said = f'{place}: "{" | ".join(map(str, remark))}" stands among the rows of a table that goes on below it'
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_its_remedies_are_read(tmp_path: Path, kind: str) -> None:
    for line in ([], [("Break in series: strike", None)], [(), ("month", "IIP")]):
        y = series.read(put(tmp_path, [("month", "IIP"), *months(0, 43), *line, *months(43)], kind), "IIP")
        assert (y.size, y.iloc[-1]) == (48, pytest.approx(IIP[-1]))


def test_a_base_or_a_forecast_in_one_cell_is_understood(tmp_path: Path) -> None:
    path = put(tmp_path, [("month", "IIP"), *months(0, 43), ("2020=100", None), *months(43)], "csv")
    said = 'x.csv:45: "2020=100" begins here, where the levels above are of a base that nothing names; link the two'
    with pytest.raises(DataError, match=said):
        series.read(path, "IIP")
    path.write_text("2020=100\n" + path.read_text())
    assert series.read(path, "IIP").to_list() == pytest.approx(IIP)
    wide = [in_year(), *years(IIP, 2021, 2024), ("Forecast",), *years(IIP, 2024)]
    assert series.read(put(tmp_path, wide, "xlsx")).index[-1] == MONTHS[35]


def test_three_columns_and_years_beside_months(tmp_path: Path) -> None:
    remark = ("from here:", "provisional", "estimated")
    three = [("month", "IIP", "Mining"), *months(0, 43, True), remark, *months(43, 48, True)]
    two = [("Year", "Month", "IIP"), *((m.year, m.month, v) for m, v in zip(MONTHS, IIP, strict=True))]
    for rows in (three, [*two[:44], remark, *two[44:]]):
        with pytest.raises(
            DataError, match=r'A45: "from here: \| provisional \| estimated" stands among the rows'
        ):
            series.read_panel(put(tmp_path, rows, "xlsx"))


@pytest.mark.parametrize("wrong", [("2022-5x", "129.4 rev"), ("Mya 2022", "c"), ("2O22-05", "l29.4")])
def test_a_mistyped_month_with_a_marked_value_is_refused(tmp_path: Path, wrong: Row) -> None:
    path = put(tmp_path, [("month", "IIP"), *months(0, 16), wrong, *months(17)], "csv")
    with pytest.raises(
        DataError, match=rf'x.csv:18: "{wrong[0]} \| {wrong[1]}" stands where 2022-05 is expected'
    ):
        series.read(path, "IIP")


@pytest.mark.parametrize("remark", [("Note:", "strike"), ("from here", *["prov."] * 12)])
def test_years_down_and_months_across(tmp_path: Path, remark: Row) -> None:
    path = put(tmp_path, [in_year(), *years(IIP, 2021, 2023), remark, *years(IIP, 2023)], "xlsx")
    with pytest.raises(DataError, match=r'x.xlsx:A4: ".*" stands among the rows'):
        series.read(path)
    whole = series.read(
        put(tmp_path, [in_year(), *years(IIP, 2021, 2023), in_year(), *years(IIP, 2023)], "xlsx")
    )
    assert whole.to_list() == pytest.approx(IIP)


@pytest.mark.parametrize("remark", [("Note", "strike"), ("from here", *["p"] * 4)])
def test_months_down_and_years_across(tmp_path: Path, remark: Row) -> None:
    rows = [("Month", 2021, 2022, 2023, 2024), *((MONTHS[k].strftime("%b"), *IIP[k::12]) for k in range(12))]
    for blank in ([], [()]):
        path = put(tmp_path, [*rows[:7], *blank, remark, *rows[7:]], "xlsx")
        with pytest.raises(DataError, match=r'".*" stands among the rows'):
            series.read(path)
        with pytest.raises(DataError, match="where it is a remark, delete it; where another table begins"):
            series.read(path)
    assert series.read(put(tmp_path, rows, "xlsx")).to_list() == pytest.approx(IIP)


@pytest.mark.parametrize("remark", [("Status", *["p"] * 48), ("Note", "strike")])
def test_sectors_below_a_remark_are_not_dropped(tmp_path: Path, remark: Row) -> None:
    head = ("Sector", *map(str, MONTHS))
    rows = [head, ("Mining", *MINING), remark, ("IIP", *IIP)]
    with pytest.raises(DataError, match=r'x.xlsx:A3: ".*" stands among the rows'):
        series.read_panel(put(tmp_path, rows, "xlsx"))
    weights = [
        head,
        ("Mining", *MINING),
        ("IIP", *IIP),
        ("Branch", "Weight"),
        ("Mining", 100.5),
        ("IIP", 1000),
    ]
    assert list(series.read_panel(put(tmp_path, weights, "xlsx"))) == ["Mining", "IIP"]


def test_tables_of_other_series_below_each_other_are_read(tmp_path: Path) -> None:
    mining = [(str(m), w) for m, w in zip(MONTHS, MINING, strict=True)]
    stacks: list[list[Row]] = [
        [("Total", "IIP"), *months(), ("Mining", "Volume"), *mining],
        [("Total",), ("month", "IIP"), *months(), (), ("Mining",), ("month", "Volume"), *mining],
        [("", "IIP"), *months(), (), ("", "Volume"), *mining],
    ]
    for rows in stacks:
        read = series.read_panel(put(tmp_path, rows, "xlsx"))
        assert list(read) == ["IIP", "Volume"]
        assert read.to_numpy().T.tolist() == [pytest.approx(IIP), pytest.approx(MINING)]


def test_a_page_head_that_names_a_series_goes_on(tmp_path: Path) -> None:
    head = ("Table 3 (continued)", "IIP", "Mining")
    rows = [("month", "IIP", "Mining"), *months(0, 43, True), head, *months(43, 48, True)]
    assert series.read(put(tmp_path, rows, "xlsx"), "IIP").to_list() == pytest.approx(IIP)


def test_a_remark_of_later_months_is_not_looked_at(tmp_path: Path) -> None:
    path = put(tmp_path, [("month", "IIP"), *months(0, 43), ("Break", "strike"), *months(43)], "csv")
    assert series.read(path, "IIP", until=MONTHS[42]).to_list() == pytest.approx(IIP[:43])
    with pytest.raises(DataError, match="among the rows"):
        series.read(path, "IIP", until=MONTHS[43])
