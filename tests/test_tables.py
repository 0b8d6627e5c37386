"""Tables: months, days, numbers and headings in every spelling an office uses."""

from __future__ import annotations

import calendar
import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast import tables
from forecast.errors import DataError

exact = settings(deadline=None, max_examples=200, derandomize=True)

SPELLINGS = (
    "{y}-{m:02d}",
    "{y}/{m}",
    "{y}M{m:02d}",
    "{y}-M{m:02d}",
    "{y}{m:02d}",
    "{y}.{m:02d}",
    "{m:02d}/{y}",
    "{m}-{y}",
    "{m:02d}.{y}",
    "T{m}/{y}",
    "T{m:02d}-{y}",
    "Tháng {m}/{y}",
    "tháng {m:02d} năm {y}",
    "THÁNG {m}, {y}",
    "{name} {y}",
    "{abbr} {y}",
    "{abbr}-{y}",
    "{y} {abbr}",
    "{y}{abbr}",
    "{y}-{m:02d}-15",
    "{y}-{m:02d}-15 00:00:00",
    "{y}-{m:02d}-15T00:00:00Z",
    "{y}{m:02d}15",
    "15/{m:02d}/{y}",
    "15.{m}.{y}",
    "ngày 15/{m}/{y}",
    "ngày 15 tháng {m} năm {y}",
    "15 {name} {y}",
    "{name} 15, {y}",
)


@exact
@given(st.integers(1850, 2150), st.integers(1, 12), st.sampled_from(SPELLINGS))
def test_every_spelling_names_its_month(year: int, month: int, spelling: str) -> None:
    text = spelling.format(y=year, m=month, name=calendar.month_name[month], abbr=calendar.month_abbr[month])
    assert tables.parse_period(text) == pd.Period(year=year, month=month, freq="M")
    published, known = tables.parse_published(text)
    assert known == ("15" in spelling)
    assert published == pd.Timestamp(year, month, 15 if known else calendar.monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("tháng Giêng năm 2024", 1),
        ("tháng tư/2024", 4),
        ("tháng mười hai 2024", 12),
        ("tháng Chạp năm 2024", 12),
    ],
)
def test_months_counted_in_vietnamese(text: str, month: int) -> None:
    assert tables.parse_period(text) == pd.Period(year=2024, month=month, freq="M")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-00", "month 0"),
        ("13/2024", "month 13"),
        ("2024-13-01", "month 13"),
        ("0999-01", "year 999"),
        ("", "is empty"),
        ("2024", "is a year"),
        ("năm 2024", "is a year"),
        ("quý I/2024", "write its last month as 2024-03"),
        ("44927.0", "day number"),
        ("April", "is not a month with its year"),
        ("tháng tư", "is not a month with its year"),
        ("04-24", "two-digit year"),
        ("T4-24", '"T4-24" has a two-digit year; write the month as 2024-04'),
        ("Thg4-12", "has a two-digit year; up to 12 it may also be a month; write the month as 2012-04"),
        ("Cả năm", "delete rows of totals"),
        ("2024-04*", "write it as 2024-04"),
        ("2024-4-", "is not a month"),
    ],
)
def test_what_is_no_month_says_why(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=".") as error:
        tables.parse_period(text)
    assert said in str(error.value)


def test_days_are_checked_against_their_month() -> None:
    assert tables.parse_published("29/02/2024") == (pd.Timestamp("2024-02-29"), True)
    with pytest.raises(ValueError, match="2023-02 ends on day 28"):
        tables.parse_published("29/02/2023")


@pytest.mark.parametrize("text", ["2024-Q2", "2024Q2", "Q2/2024", "Q2 2024", "quý II năm 2024", "Quý 2/2024"])
def test_quarters_end_in_their_last_month(text: str) -> None:
    assert tables.parse_quarter(text) == pd.Period("2024-06", "M")


def test_month_first_only_where_nothing_else_fits() -> None:
    assert tables.month_first(["1/1/1959", "2/1/1959", "12/1/1959"])
    assert not tables.month_first(["1/1/1959", "1/2/1959"])
    assert not tables.month_first(["1959-01", "1959-02"])
    assert tables.parse_period("2/1/1959", month_first=True) == pd.Period("1959-02", "M")
    assert tables.parse_period("1959-02-01", month_first=True) == pd.Period("1959-02", "M")


@exact
@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.sampled_from([".", ","]), st.booleans())
def test_numbers_survive_either_style(units: int, places: int, decimal: str, grouped: bool) -> None:
    value = units / 10**places
    text = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    if decimal == ",":
        text = text.translate(str.maketrans(".,", ",."))
    style = tables.Style(decimal, grouped=True)
    assert tables.parse_number(text, style) == value
    assert tables.parse_number(text.replace("-", "\u2212"), style) == value
    assert tables.decimals(text, style) == places


@exact
@given(
    st.lists(st.tuples(st.integers(-9999, 9999), st.sampled_from([1, 2, 4])), min_size=1, max_size=30),
    st.sampled_from([".", ","]),
)
def test_the_decimal_sign_is_found_and_values_kept(numbers: list[tuple[int, int]], decimal: str) -> None:
    texts = [f"{n / 10**p:.{p}f}".replace(".", decimal) for n, p in numbers]
    style, notes = tables.detect_style(texts)
    assert style.decimal == decimal
    assert notes == (("decimal comma detected",) if decimal == "," else ())
    assert [tables.parse_number(t, style) for t in texts] == [n / 10**p for n, p in numbers]


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["101.029", "99.03", "107.236"], (".", False)),  # three decimals are no thousands
        (["1.234,5", "1.198"], (",", True)),
        (["1,234.5", "1,198"], (".", True)),
        (["1.234.567", "88"], (",", True)),
        (["12", "7"], (".", False)),
        (["0,125", "3"], (",", False)),
        (["6,25", "4.8", "5.1"], (".", False)),  # the commoner one; the other cell fails
    ],
)
def test_styles_that_need_thought(texts: list[str], style: tuple[str, bool]) -> None:
    found, _ = tables.detect_style(texts)
    assert (found.decimal, found.grouped) == style


def test_a_thousand_is_not_guessed() -> None:
    with pytest.raises(ValueError, match='declare decimal "." or ","'):
        tables.parse_number("1,234")
    with pytest.raises(ValueError, match='declare decimal "." or ","'):
        tables.parse_number("1.234", tables.Style(","))
    assert tables.parse_number("1.234") == 1.234
    declared, notes = tables.detect_style(["1.234"], ",")
    assert tables.parse_number("1.234", declared) == 1234
    assert notes == ('decimal "," declared',)
    with pytest.raises(
        ValueError, match='decimal "," is declared, and 2 of 2 numbers, such as "98.5", have the decimal'
    ):
        tables.detect_style(["1.234", "98.5", "97.25"], ",")
    mixed, _ = tables.detect_style(["98.5", "97,25", "96,1", "95,5"], ",")  # the one is told with its place
    assert mixed.decimal == ","
    with pytest.raises(ValueError, match='must be "." or ","'):
        tables.detect_style([], ";")


@exact
@given(st.text(max_size=12) | st.text("0123456789.,-+eE/ tTqQ%Mà", max_size=12))
def test_any_text_is_read_or_explained(text: str) -> None:
    for style in (tables.Style("."), tables.Style(","), tables.Style(",", grouped=True)):
        value, said = _tried(lambda style=style: tables.parse_number(text, style))
        assert np.isfinite(value) if not said else "number" in said or "decimal" in said
    for parse in (tables.parse_period, tables.parse_published, tables.parse_quarter):
        value, said = _tried(lambda parse=parse: parse(text))
        assert value is not None if not said else "is" in said or "has" in said


def _tried(work: Callable[[], object]) -> tuple[object, str]:
    """Return the value and no words, or no value and the words of the ValueError; let any other error through."""
    try:
        return work(), ""
    except ValueError as error:
        return None, str(error)


def test_headings_are_found_whatever_their_accents() -> None:
    aliases = {"period": ("ky",), "value": ("gia_tri",), "unit": ("don_vi",)}
    assert tables.match_headings(["Giá trị", "KỲ"], aliases) == {"value": 0, "period": 1}
    assert tables.match_headings(["IIP", "Tháng báo cáo"], aliases, {"period": "tháng báo cáo"}) == {
        "period": 1
    }
    with pytest.raises(
        ValueError, match='no column "Thang bao ca" .wanted as period.; did you mean "Tháng báo cáo"'
    ):
        tables.match_headings(["IIP", "Tháng báo cáo"], aliases, {"period": "Thang bao ca"})


def test_the_separator_survives_text_full_of_the_others(tmp_path: Path) -> None:
    rows = [
        "month;iip;source",
        '2024-01;101,5;"Cục Thống kê; Bắc Ninh, tr. 2"',
        "2024-02;98,25;a, b, c, d, e",
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    (sheet,) = tables.sheets(path)
    assert sheet.rows[:2] == (
        ("month", "iip", "source"),
        ("2024-01", "101,5", "Cục Thống kê; Bắc Ninh, tr. 2"),
    )
    assert sheet.lines == (1, 2, 3)


@exact
@given(
    st.lists(
        st.lists(
            st.text("abđệ日я ;,|\t\"'\r\n.01", max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_quoted_text_comes_back_stripped(rows: list[list[str]]) -> None:
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["one", "two", "three"])
    full = [["x" + row[0], "x" + row[1], row[2]] for row in rows]
    writer.writerows(full)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(written.getvalue().encode())
        (sheet,) = tables.sheets(path)
    expected = [tuple(" ".join(cell.split()) or None for cell in row) for row in full]
    width = sheet.width
    assert [row + (None,) * (3 - width) for row in sheet.rows[1:]] == expected


def test_a_long_list_of_problems_is_cut() -> None:
    with pytest.raises(DataError) as error:
        tables.fail([f"problem {i}" for i in range(33)])
    assert error.value.problems[-1] == "and 13 more"
    assert len(error.value.problems) == 21
