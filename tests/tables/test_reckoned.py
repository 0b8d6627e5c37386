"""Short years of the eras that a sheet names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError

THAI = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

PLACES = [("臺北", 100), ("臺中", 200)]

Label = Callable[[int, int], str]
"""Years after the first and month, from 0 on -> cell."""


def _file(tmp_path: Path, label: Label, title: str = "", heading: str = "Month,IIP", n: int = 26) -> Path:
    path = tmp_path / "iip.csv"
    rows = "".join(f"{label(k // 12, k % 12)},{100 + 1.3 * k:.1f}\n" for k in range(n))
    path.write_text(f"{title}\n{heading}\n{rows}".lstrip("\n"), encoding="utf-8")
    return path


def _span(path: Path) -> tuple[str, str]:
    index = series.read(path).index
    return str(index[0]), str(index[-1])


@pytest.mark.parametrize(
    ("label", "title", "heading"),
    [
        (lambda y, m: f"{THAI[m]} {65 + y}", "ดัชนีผลผลิตอุตสาหกรรม (2564=100)", "เดือน,ดัชนี"),
        (lambda y, m: f"{THAI[m]}{65 + y}", "ปีฐาน 2564", "เดือน,ดัชนี"),
        (lambda y, m: f"{THAI[m]} {65 + y}", "พ.ศ.", "เดือน,ดัชนี"),
        (lambda y, m: f"{THAI[m]} {2565 if y == 0 else 65 + y}", "", "เดือน,ดัชนี"),
        (lambda y, m: f"{ENGLISH[m]}-{65 + y}", "MPI (2564=100)", "Month,MPI"),
        (lambda y, m: f"{ENGLISH[m]}-{65 + y}", "", "Month,MPI (2564=100)"),
        (lambda y, m: f"{65 + y}-{ENGLISH[m]}", "MPI of 2565 and after", "Month,MPI"),
    ],
)
def test_two_digits_of_the_buddhist_era_are_its_years(
    tmp_path: Path, label: Label, title: str, heading: str
) -> None:
    assert _span(_file(tmp_path, label, title, heading)) == ("2022-01", "2024-02")


def test_levels_of_2400_and_more_name_no_era(tmp_path: Path) -> None:
    path = tmp_path / "iip.csv"
    rows = "".join(f"{ENGLISH[k % 12]}-{60 + k // 12},{2452 + k}\n" for k in range(84))
    path.write_text(f"Month,Output\n{rows}", encoding="utf-8")
    assert _span(path) == ("1960-01", "1966-12")


def test_short_years_of_the_buddhist_era_stand_across_too(tmp_path: Path) -> None:
    path = tmp_path / "iip.csv"
    path.write_text("MPI (2564=100),Nov-66,Dec-66,Jan-67\nTotal,100.5,101.5,102.5\n", encoding="utf-8")
    assert _span(path) == ("2023-11", "2024-01")


@pytest.mark.parametrize("heading", ["Month,IIP", "เดือน,ดัชนี"])
def test_thai_months_of_two_digit_years_are_refused_where_nothing_names_the_era(
    tmp_path: Path, heading: str
) -> None:
    file = _file(tmp_path, lambda y, m: f"{THAI[m]} {65 + y}", heading=heading)
    with pytest.raises(DataError) as refused:
        series.read(file)
    assert '"ม.ค. 65" may be of 1965 or of 2565 in the Buddhist era' in str(refused.value)
    followed = file.read_text(encoding="utf-8").replace(heading, f"2564=100\n{heading}")
    file.write_text(followed, encoding="utf-8")
    assert _span(file) == ("2022-01", "2024-02")


@pytest.mark.parametrize(
    ("label", "title", "n", "span"),
    [
        (lambda y, m: f"{ENGLISH[m]}-{22 + y}", "MPI (2564=100)", 26, ("2022-01", "2024-02")),
        (lambda y, m: f"{THAI[m]} {22 + y}", "", 26, ("2022-01", "2024-02")),
        (lambda y, m: f"{ENGLISH[m]}-{(65 + y) % 100:02d}", "", 720, ("1965-01", "2024-12")),
        (lambda y, m: f"{ENGLISH[m]}-{(95 + y) % 100:02d}", "MPI (2564=100)", 348, ("1995-01", "2023-12")),
        (lambda y, m: f"{ENGLISH[m]}-{65 + y}", "Survey of 2500 firms", 26, ("1965-01", "1967-02")),
    ],
)
def test_two_digits_of_the_common_era_stay(
    tmp_path: Path, label: Label, title: str, n: int, span: tuple[str, str]
) -> None:
    assert _span(_file(tmp_path, label, title, n=n)) == span


def test_a_century_that_was_chosen_is_told(tmp_path: Path) -> None:
    level = series.read(_file(tmp_path, lambda y, m: f"{ENGLISH[m]}-{68 + y}"))
    assert 'two-digit years such as "Jan-68" were read as 1968' in level.attrs["notes"]
    level = series.read(_file(tmp_path, lambda y, m: f"{ENGLISH[m]}-{22 + y}"))
    assert not any("two-digit" in note for note in level.attrs["notes"])


def _changing(y: int, m: int) -> str:
    """Return months from Heisei 30 to Reiwa 2, the era named where it begins."""
    k = 12 * y + m
    if k < 16:
        return f"{'平成' if m == 0 else ''}{30 + y}年{m + 1}月"
    return f"{'令和' if k == 16 else ''}{'元' if y == 1 else y}年{m + 1}月"


@pytest.mark.parametrize(
    ("label", "title", "heading", "first"),
    [
        (lambda y, m: f"{4 + y}年{m + 1}月", "令和 鉱工業指数", "年月,指数", "2022-01"),
        (lambda y, m: f"{4 + y}年{m + 1}月", "令和 鉱工業指数（平成27年基準）", "年月,指数", "2022-01"),
        (_changing, "", "年月,指数", "2018-01"),
        (lambda y, m: f"R{4 + y}.{m + 1}", "", "年月,指数", "2022-01"),
        (lambda y, m: f"H{29 + y}年{m + 1}月", "", "Month,IIP", "2017-01"),
        (lambda y, m: f"{111 + y}/{m + 1:02d}", "民國111至113年", "年月,指數", "2022-01"),
        (lambda y, m: f"{98 + y}年{m + 1}月", "中華民國98至100年", "年月,指數", "2009-01"),
        (lambda y, m: f"{111 + y}.{m + 1:02d}", "", "民國年月,指數", "2022-01"),
        (lambda y, m: f"{111 + y}{m + 1:02d}", "", "日期(民國),指數", "2022-01"),
    ],
)
def test_months_of_a_named_era_are_read(
    tmp_path: Path, label: Label, title: str, heading: str, first: str
) -> None:
    file = _file(tmp_path, label, title, heading)
    level = series.read(file)
    assert (str(level.index[0]), level.size, level.iloc[-1]) == (first, 26, 132.5)
    assert any("era such as" in note for note in level.attrs["notes"])


def test_months_of_named_eras_stand_across_too(tmp_path: Path) -> None:
    path = tmp_path / "iip.csv"
    months = [f"H31.{m}" for m in range(1, 5)] + [f"R1.{m}" for m in range(5, 9)]
    path.write_text(
        f"区分,{','.join(months)}\n鉱工業,{','.join(map(str, range(101, 109)))}\n", encoding="utf-8"
    )
    assert _span(path) == ("2019-01", "2019-08")


@pytest.mark.parametrize(
    ("label", "title", "heading"),
    [
        (lambda y, m: f"{111 + y}/{m + 1:02d}", "", "年月,指數"),
        (lambda y, m: f"{4 + y}年{m + 1}月", "鉱工業指数（平成27年＝100）", "年月,指数"),
        (lambda y, m: f"{4 + y}年{m + 1}月", "平成30年から令和6年まで", "年月,指数"),
        (lambda y, m: f"R{4 + y}.{m + 1}", "", "Month,IIP"),
    ],
)
def test_short_years_of_no_named_era_are_refused(
    tmp_path: Path, label: Label, title: str, heading: str
) -> None:
    with pytest.raises(DataError, match="write months as 2024-04"):
        series.read(_file(tmp_path, label, title, heading))


def test_levels_under_the_name_of_an_era_stay_levels(tmp_path: Path) -> None:
    path = tmp_path / "iip.csv"
    path.write_text("月份,民國指數\n2024-01,100.01\n2024-02,100.02\n2024-03,100.03\n", encoding="utf-8")
    assert series.read(path).to_list() == [100.01, 100.02, 100.03]


def test_months_of_a_row_per_value_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(
        f"{place},{111 + k // 12}/{k % 12 + 1:02d},{k + at}.5\n" for k in range(14) for place, at in PLACES
    )
    path.write_text(f"地區,民國年月,指數\n{rows}", encoding="utf-8")
    level = series.read(path, "臺中")
    assert (str(level.index[0]), level.size, level.iloc[-1]) == ("2022-01", 14, 213.5)
