"""Files as people write them: the months and values that were meant are the ones that are read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

CODES = "\n2011,101,102,103\n2012,201,202,203\n2021,301,302,303\n"
THREE = {"2024-01": 101.5, "2024-02": 102.5, "2024-03": 103.5}

READ = {
    "months of the Buddhist era": ("เดือน,ดัชนี\nม.ค. 2567,101.5\nก.พ. 2567,102.5\nมี.ค. 2567,103.5\n", THREE),
    "ends of months of the Buddhist era": (
        "date,index\n2567-01-31,101.5\n2567-02-29,102.5\n2567-03-31,103.5\n",
        THREE,
    ),
    "years of the Republic of China": ("年月,指數\n113年1月,101.5\n113年2月,102.5\n113年3月,103.5\n", THREE),
    "years of Reiwa": ("年月,指数\n令和6年1月,101.5\n令和6年2月,102.5\n令和6年3月,103.5\n", THREE),
    "wide digits": (
        "年月,指数\n２０２４年１月,１０１．５\n２０２４年２月,１０２．５\n２０２４年３月,１０３．５\n",
        THREE,
    ),
    "Arabic digits": ("الشهر,الرقم\n٢٠٢٤-٠١,١٠١٫٥\n٢٠٢٤-٠٢,١٠٢٫٥\n٢٠٢٤-٠٣,١٠٣٫٥\n", THREE),
    "grouping of India": (
        'Month,Output\nJan 2024,"1,36,782.6"\nFeb 2024,"98,881.2"\nMar 2024,"12,30,857.0"\n',
        {"2024-01": 136782.6, "2024-02": 98881.2, "2024-03": 1230857.0},
    ),
    "marks before and behind": ("month,iip\n2024-01,r 101.5\n2024-02,(p)102.5\n2024-03,103.5 p/\n", THREE),
    "raised letters": ("month,iip\n2024-01,101.5ʳ\n2024-02,102.5 ᵖ\n2024-03,103.5ᵖ\n", THREE),
    "more marks of what is missing": (
        "month;iip\n2024-01;101,5\n2024-02;102,5\n2024-03;103,5\n2024-04;-,-\n2024-05;(D)\n2024-06;chưa có\n",
        THREE,
    ),
    "columns of spaces": (
        "month       iip\n2024-01     101,5\n2024-02     102,5\n2024-03     103,5\n",
        THREE,
    ),
    "months in two languages": (
        "Kỳ,IIP\nTháng 1/2024 - January 2024,101.5\nTháng 2/2024 - February 2024,102.5\n"
        "Tháng 3/2024 - March 2024,103.5\n",
        THREE,
    ),
    "amounts of money": ("month,output\n2024-01,$101.5\n2024-02,102.5 €\n2024-03,₹ 103.5\n", THREE),
    "points without a zero": (
        "month,ratio\n2024-01,.985\n2024-02,1.002\n2024-03,.99\n",
        {"2024-01": 0.985, "2024-02": 1.002, "2024-03": 0.99},
    ),
    "numbers of rows without a heading": (
        '"month","iip"\n1,2024-01,101.5\n2,2024-02,102.5\n3,2024-03,103.5\n',
        THREE,
    ),
    "lines in quotes": ('"month,iip"\n"2024-01,101.5"\n"2024-02,102.5"\n"2024-03,103.5"\n', THREE),
    "characters of a web page": (
        "K&#7923;,IIP\nTh&aacute;ng 1/2024,101.5\nT2/2024,102.5\nT3/2024,103.5\n",
        THREE,
    ),
    "key figures above": (
        "Latest month,Mar 2024,103.5\n\nMonth,IIP\n2024-01,101.5\n2024-02,102.5\n2024-03,103.5\n",
        THREE,
    ),
    "key figures without a month above": (
        "Latest,103.5\nPrevious,102.5\n\nMonth,IIP\n2024-01,101.5\n2024-02,102.5\n2024-03,103.5\n",
        THREE,
    ),
    "a year in January alone": (
        "Month,IIP\nNov 2023,99.5\nDec,100.5\nJan 2024,101.5\nFeb,102.5\nMar,103.5\n",
        {"2023-11": 99.5, "2023-12": 100.5} | THREE,
    ),
    "a year in January alone, the newest first": (
        "Month,IIP\nMar,103.5\nFeb,102.5\nJan 2024,101.5\nDec,100.5\nNov,99.5\n",
        {"2023-11": 99.5, "2023-12": 100.5} | THREE,
    ),
    "years with footnotes": (
        "Año,Ene,Feb,Mar\n2022,1,2,3\n2023 1/,4,5,6\n2024 p/,7,8,9\n",
        {f"{year}-0{m}": 3.0 * (year - 2022) + m for year in (2022, 2023, 2024) for m in (1, 2, 3)},
    ),
}


@pytest.mark.parametrize(("text", "meant"), READ.values(), ids=READ)
def test_what_is_meant_is_read(tmp_path: Path, text: str, meant: dict[str, float]) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(text, encoding="utf-8")
    y = series.read(file)
    assert {str(month): value for month, value in y.dropna().items()} == meant


PANELS = {
    "codes of four digits beside months": "ISIC,2024-01,2024-02,2024-03" + CODES,
    "such codes without a heading": ",2024-01,2024-02,2024-03" + CODES,
    "such codes under a year over its months": "ISIC,2024,,\n,Jan,Feb,Mar" + CODES,
    "such codes beside a year": "ISIC,Year,Jan,Feb,Mar"
    + CODES.replace(",101", ",2024,101").replace(",201", ",2024,201").replace(",301", ",2024,301"),
    "such codes as headings": "Month,2011,2012,2021\n2024-01,101,201,301\n2024-02,102,202,302\n2024-03,103,203,303\n",
    "such codes over two columns of time": "Year,Month,2011,2012,2021\n2024,1,101,201,301\n2024,2,102,202,302\n"
    "2024,3,103,203,303\n",
    "figures of regions, a row per value": "year,month,region,iip\n"
    + "".join(
        f"2024,{m},{code},{100 * k + m}\n" for m in (1, 2, 3) for k, code in enumerate((2011, 2012, 2021), 1)
    ),
}


@pytest.mark.parametrize("text", PANELS.values(), ids=PANELS)
def test_codes_in_figures_are_neither_years_nor_values(tmp_path: Path, text: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(text, encoding="utf-8")
    frame = series.read_panel(file)
    assert {name: frame[name].to_list() for name in frame} == {
        "2011": [101, 102, 103],
        "2012": [201, 202, 203],
        "2021": [301, 302, 303],
    }
    assert list(map(str, frame.index)) == ["2024-01", "2024-02", "2024-03"]


def test_headings_of_one_to_five_over_months_are_names(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text("Month,1,2,3\n2024-01,101,201,301\n2024-02,102,202,302\n", encoding="utf-8")
    assert series.read_panel(file).to_dict("list") == {"1": [101, 102], "2": [201, 202], "3": [301, 302]}


def test_totals_of_a_pivot_table_are_left_out_by_name(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(
        "Year,Month,IIP\n2023,Nov,101\n,Dec,102\n2023 Total,,203\n2024,Jan,103\n2024 Total,,103\nGrand Total,,306\n"
        "Poids (‰),,1000\n",
        encoding="utf-8",
    )
    y = series.read(file)
    assert y.to_list() == [101, 102, 103]
    assert y.attrs["left_out"] == (
        'annual total "2023 Total": 1 number left out (iip.csv:4)',
        'annual total "2024 Total": 1 number left out (iip.csv:6)',
        'annual total "Grand Total": 1 number left out (iip.csv:7)',
        'weight "Poids (‰)": 1 number left out (iip.csv:8)',
    )


def test_a_line_above_years_by_months_names_them(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    table = "Year,Jan,Feb\n2023,{}01,{}02\n2024,{}03,{}04\n"
    file.write_text(
        "Mining\n" + table.format(*"1111") + "\nEnergy\n" + table.format(*"2222"), encoding="utf-8"
    )
    assert series.read_panel(file).dropna().to_dict("list") == {
        "level (Mining)": [101, 102, 103, 104],
        "level (Energy)": [201, 202, 203, 204],
    }


def test_a_row_put_out_of_use_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text("month,iip\n2024-01,101\n#2024-02,999\n2024-02,102\n", encoding="utf-8")
    with pytest.raises(DataError, match='iip.csv:3: period "#2024-02" is not a month'):
        series.read(file)


def test_a_series_in_two_units_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(
        "FREQ,UNIT_MULT,TIME_PERIOD,OBS_VALUE\nM,3,2024-01,101000\nM,3,2024-02,102000\nM,6,2024-03,103\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match='iip.csv:4: "UNIT_MULT 6" begins here, .* are of "UNIT_MULT 3"'):
        series.read(file)


CONTRADICTIONS = {
    "a year and a month beside a period": (
        "period,year,month,iip\n2024-01,2021,1,101\n2024-02,2021,2,102\n",
        "iip.csv:1: the year 2021 stands beside months of 2024",
    ),
    "dates shown as months beside years": (
        "Year,Month,iip\n2023,2026-01-01,101\n2023,2026-02-01,102\n",
        "iip.csv:1: the year 2023 stands beside months of 2026",
    ),
    "dates shown as months over years": (
        "Year,2026-01-01,2026-02-01\n2023,101,102\n2022,99,100\n",
        "iip.csv:1: the year 2023 stands beside months of 2026",
    ),
    "dates shown as months under a year": (
        "Sector,2023,2023\n,2026-01-01,2026-02-01\nTotal,101,102\n",
        "iip.csv:1: the year 2023 stands beside months of 2026",
    ),
    "beginnings and ends of several months": (
        "start,end,value\n2024-01-01,2024-03-31,101\n2024-02-01,2024-04-30,102\n",
        'iip.csv:2: "start" and "end" say different months',
    ),
    "months of quarters": (
        "Year,Quarter,Month,IIP\n2024,1,1,101\n2024,1,2,102\n2024,1,3,103\n2024,2,1,104\n",
        'iip.csv:2: "Month" counts the months of quarters',
    ),
}


@pytest.mark.parametrize(("text", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_columns_of_time_that_contradict_each_other_are_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        series.read(file)


def test_a_fiscal_year_over_its_months_is_no_contradiction(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    months = [f"{2023 + (m > 12)}-{(m - 1) % 12 + 1:02d}" for m in range(4, 16)]
    rows = "".join(f"2023,{month},{100 + i}\n" for i, month in enumerate(months))
    file.write_text("FY,Month,iip\n" + rows, encoding="utf-8")
    assert list(map(str, series.read(file).index)) == months


ACROSS = {
    "a change over later months": (
        "Sector,Index,,% change\n,2024-01,2024-02,2024-03\nFood,101,102,1.5\nPaper,201,202,2.5\n",
        {"Food": [101, 102], "Paper": [201, 202]},
    ),
    "regions over the same months": (
        "Sector,Urban,,Rural,\n,2024-01,2024-02,2024-01,2024-02\nFood,101,102,201,202\n",
        {"Urban Food": [101, 102], "Rural Food": [201, 202]},
    ),
    "bases over different months": (
        "Sector,2010=100 old,,2020=100 new,\n,2024-01,2024-02,2024-03,2024-04\nFood,201,202,103,104\n",
        {"2010=100 old Food": [201, 202], "2020=100 new Food": [103, 104]},
    ),
    "bases alone": (
        "Sector,2010=100,,2020=100,\n,2024-01,2024-02,2024-03,2024-04\nFood,201,202,103,104\n",
        {"2010=100 Food": [201, 202], "2020=100 Food": [103, 104]},
    ),
    "bases below their months": (
        "Sector,2024-01,2024-02,2024-03\n,2010=100,2010=100,2020=100\nFood,201,202,103\n",
        {"2010=100 Food": [201, 202], "2020=100 Food": [103]},
    ),
    "one base for all": (
        "Sector,2010=100,,\n,2024-01,2024-02,2024-03\nFood,201,202,203\n",
        {"Food": [201, 202, 203]},
    ),
    "the year behind its December": (
        "Sector,2011-12,2011,2012-01,2012-02\nFood,101,77,102,103\n",
        {"Food": [101, 102, 103]},
    ),
    "halves of a year": (
        "Sector,First half,,Second half,\n,2024-05,2024-06,2024-07,2024-08\nFood,101,102,103,104\n",
        {"Food": [101, 102, 103, 104]},
    ),
    "a plan": ("Sector,Actual,,Plan\n,2024-01,2024-02,2024-03\nFood,101,102,103\n", {"Food": [101, 102]}),
}


@pytest.mark.parametrize(("text", "meant"), ACROSS.values(), ids=ACROSS)
def test_headings_over_months_tell_series_apart(
    tmp_path: Path, text: str, meant: dict[str, list[float]]
) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(text, encoding="utf-8")
    frame = series.read_panel(file)
    assert {name: frame[name].dropna().to_list() for name in frame} == meant


def test_headings_that_tell_no_series_apart_are_told(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(
        "Sector,Old,,New,\n,2024-01,2024-02,2024-03,2024-04\nFood,101,102,103,104\n", encoding="utf-8"
    )
    y = series.read(file)
    assert y.to_list() == [101, 102, 103, 104]
    assert 'headings "Old" and "New" over the months were read as of one series' in y.attrs["notes"]


@pytest.mark.parametrize("heading", ["NIC-2008", "Division", "#", "Rank", "Mã ngành cấp 2"])
def test_figures_before_the_labels_of_rows_are_codes(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(
        f"{heading},Industry,2024-01,2024-02\n13,Food,101,102\n10,Paper,201,202\n", encoding="utf-8"
    )
    frame = series.read_panel(file)
    assert frame.to_dict("list") == {"Food": [101, 102], "Paper": [201, 202]}
    assert frame.attrs["left_out"] == (f'code "{heading}": 2 numbers left out (iip.csv:2)',)


def test_sums_over_months_are_no_levels(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    head = "Sector,Monthly,,Cumulative,\n,2024-02,2024-03,2024-02,2024-03\n"
    file.write_text(head + "Food,101,102,201,303\n", encoding="utf-8")
    frame = series.read_panel(file)
    assert frame.to_dict("list") == {"Food": [101, 102]}
    assert frame.attrs["left_out"] == (
        'value of the year to date "Cumulative 2024-02": 1 number left out (iip.csv:3)',
        'value of the year to date "Cumulative 2024-03": 1 number left out (iip.csv:3)',
    )


def test_quarters_beside_months_and_a_row_of_the_base_are_no_months(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(
        "Year,Qtr,Month,IIP\n2024,Q1,Jan,101\n,,Feb,102\n,,Mar,103\n,Q2,Apr,104\n", encoding="utf-8"
    )
    assert series.read(file).to_list() == [101, 102, 103, 104]
    file.write_text("Month,IIP\n2015=100,100\n2024-01,101\n2024-02,102\n", encoding="utf-8")
    assert series.read(file).to_list() == [101, 102]


@pytest.mark.parametrize(
    "heading", ["Wachstum", "Δ%", "변화율", "النمو السنوي", "Endring fra året før", "dlog"]
)
def test_more_words_of_change(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(f"month,IIP,{heading}\n2024-01,101,1.5\n2024-02,102,1.25\n", encoding="utf-8")
    assert series.read(file).to_list() == [101, 102]


def test_thai_code_pages_are_read(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text("เดือน,ดัชนี\nม.ค. 2567,101.5\nก.พ. 2567,102.5\n", encoding="cp874")
    y = series.read(file)
    assert (y.name, y.to_list()) == ("ดัชนี", [101.5, 102.5])


@pytest.mark.parametrize("clock", ["23:00:00", "17:00"])
def test_midnights_that_lost_their_zone_are_refused(tmp_path: Path, clock: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(f"date,iip\n2024-01-31 {clock},101.5\n2024-02-29 {clock},102.5\n", encoding="utf-8")
    with pytest.raises(DataError, match=f'iip.csv:2: period "2024-01-31 {clock}" is late on the last day'):
        series.read(file)


def test_the_last_second_of_a_month_is_of_that_month(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text("date,iip\n2024-01-31 23:59:59,101.5\n2024-02-29 23:59:59,102.5\n", encoding="utf-8")
    assert list(map(str, series.read(file).index)) == ["2024-01", "2024-02"]


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (("Nov", "Dec", "Jan 2024", "Mar"), "no column of months"),
        (("Nov 2023", "Dec", "Jan 2025", "Feb", "Mar"), "no column of months"),
    ],
    ids=["a month is missing", "the years do not go on"],
)
def test_years_are_carried_on_only_where_the_months_go_on(
    tmp_path: Path, months: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(
        "Month,IIP\n" + "".join(f"{month},10{i}.5\n" for i, month in enumerate(months)), encoding="utf-8"
    )
    with pytest.raises(DataError, match=said):
        series.read(file)


@pytest.mark.parametrize(
    "row", ["2024-02,1,045.3", "2024-02,,995.5"], ids=["a thousand", "a separator too many"]
)
def test_a_number_beyond_the_headings_of_a_text_is_refused(tmp_path: Path, row: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(f"month,iip\n2024-01,987.5\n{row}\n2024-03,990.5\n", encoding="utf-8")
    with pytest.raises(DataError, match="iip.csv:3: 3 cells where the header has 2: .* under no heading"):
        series.read(file, "iip")


def test_numbers_beyond_the_headings_of_a_workbook_are_left_out_by_name(tmp_path: Path) -> None:
    file = tmp_path / "iip.xlsx"
    table = pd.DataFrame(
        {
            0: ["month", "2024-01", "2024-02", "2024-03"],
            1: ["iip", 101.5, 102.5, 103.5],
            3: [None, None, 3.14, None],
        },
        columns=range(4),
    )
    table.to_excel(file, header=False, index=False)
    y = series.read(file)
    assert y.to_list() == [101.5, 102.5, 103.5]
    assert y.attrs["left_out"] == ("number without a heading: 1 number left out (iip.xlsx:D3)",)


@pytest.mark.parametrize("heading", ["ln(IIP)", "IIP diff", "IIP (PY=100)"])
def test_logarithms_and_differences_are_no_levels(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(f"month,{heading}\n2024-01,4.6\n2024-02,4.7\n", encoding="utf-8")
    with pytest.raises(DataError, match="no index levels"):
        series.read(file)


BELOW = {
    "another base": ("(2010=100)", "(2015=100)", {"IIP (2010=100)": [101, 102], "IIP (2015=100)": [81, 82]}),
    "another unit": ("(2015=100)", "Unit: %", {"IIP (2015=100)": [101, 102], "IIP (unit: %)": [81, 82]}),
    "another title": ("Food", "Paper", {"IIP (Food)": [101, 102], "IIP (Paper)": [81, 82]}),
    "a title that goes on": ("Table 1. Food", "Table 1 (continued)", {"IIP": [101, 102, 81, 82]}),
    "a title that goes on in short": ("Table 1. Food", "Table 1 (contd.)", {"IIP": [101, 102, 81, 82]}),
    "a title of another year": ("Food in 2023", "Food in 2024", {"IIP": [101, 102, 81, 82]}),
    "a count of pages": ("Food", "Page 2 of 2", {"IIP": [101, 102, 81, 82]}),
}


@pytest.mark.parametrize(("above", "below", "meant"), BELOW.values(), ids=BELOW)
def test_a_table_below_goes_on_where_its_titles_allow(
    tmp_path: Path, above: str, below: str, meant: dict[str, list[float]]
) -> None:
    file = tmp_path / "iip.csv"
    first, second = "Month,IIP\n2023-11,101\n2023-12,102\n", "Month,IIP\n2024-01,81\n2024-02,82\n"
    file.write_text(f"{above}\n{first}\n{below}\n{second}", encoding="utf-8")
    frame = series.read_panel(file)
    assert {name: frame[name].dropna().to_list() for name in frame} == meant
    early = series.read_panel(file, until=pd.Period("2023-12", "M"))
    assert early.to_dict("list") == {"IIP": [101, 102]}


def test_a_unit_of_percent_over_levels_is_told(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text("Month,IIP\n,%\n2024-01,105.5\n2024-02,106.5\n", encoding="utf-8")
    assert 'unit "%" is read as that of levels; are they rates of change?' in series.read(file).attrs["notes"]


def test_a_note_glued_to_a_whole_number_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    file.write_text("month,iip\n2024-01,1101)\n2024-02,112 1)\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r'"1101\)" is not a number; write 110 where 1\) is a note, 1101 where'
    ) as caught:
        series.read(file)
    assert len(caught.value.problems) == 1


def test_lines_among_the_months_that_say_nothing_known_are_told(tmp_path: Path) -> None:
    file = tmp_path / "iip.csv"
    line = "Rebased to 2020=100 from here on"
    file.write_text(
        f"Month,IIP\n2023-12,101\nForecast,\n2024-01,102\n{line},\n2024-02,81\nPériode,\n2024-03,82\n",
        encoding="utf-8",
    )
    y = series.read(file)
    assert f'"{line}" stands among the months and was not understood' in y.attrs["notes"]
    assert not any(line in note for note in series.read(file, until=pd.Period("2024-01")).attrs["notes"])
    assert not any("Forecast" in note or "Période" in note for note in y.attrs["notes"])


SHIFTED = {
    "a heading over nothing": (
        "Month,,Food,Paper\n2024-01,101,201,\n2024-02,102,202,\n",
        "iip.csv:2: numbers without",
    ),
    "the heading of months over numbers": (
        ",Month,IIP\n2024-01,101,\n2024-02,102,\n",
        'iip.csv:2: heading "Month"',
    ),
}


@pytest.mark.parametrize(("text", "said"), SHIFTED.values(), ids=SHIFTED)
def test_headings_that_have_moved_are_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "iip.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        series.read_panel(file)


@pytest.mark.parametrize("mark", ["p", " r", "*", " (p)", "†", "¹", " (sơ bộ)"])
@pytest.mark.parametrize(
    "last",
    [
        ("1107.1", "1303.9"),
        ("1907.1", "1950.3"),
        ("1907", "1950"),
        ("2013.05", "2014.06"),
        ("3107.1", "999.1"),
    ],
)
def test_a_last_row_of_marked_figures_that_could_be_months_is_no_footnote(
    last: tuple[str, str], mark: str, tmp_path: Path
) -> None:
    file = tmp_path / "levels.csv"
    rows = ["2023-10,1905.4,1902.2", "2023-11,1905.5,1902.2", f"2023-12,{last[0]}{mark},{last[1]}{mark}"]
    file.write_text("\n".join(("month,IIP,Mining", *rows, "")), encoding="utf-8")
    if (last[0], mark) == ("1907", "¹"):  # or 19071
        with pytest.raises(DataError, match='levels.csv:4: IIP "1907¹" is not a number'):
            series.read_panel(file)
        return
    read = series.read_panel(file)
    assert read.loc["2023-12"].to_list() == [float(of) for of in last]
    assert str(read.attrs["account"]).startswith("6 numbers: 6 values of 2 series")
    assert set(read.attrs["status"]["IIP"]) == {"2023-12"}
