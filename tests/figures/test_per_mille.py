"""Rates in per mille are never taken for percent, wherever their unit stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import figures
from forecast.errors import DataError
from tests.figures.sheets import read, sheet, whole

TITLE = "Chỉ số sản xuất công nghiệp tháng 4 năm 2024"
YOY = "Tháng 4 so với cùng kỳ"
ROWS = [["Toàn ngành", 63.0], ["Khai khoáng", -29.0]]
DIVIDE = "numbers in per mille are no percent; divide them by 10, and name percent as their unit"
ONLY = "only: rate in per mille; divide those in per mille by 10 and name percent in their heading"
FILL = {"region": "bn", "sector": "total", "published": "2024-05-10"}


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (TITLE, f"{YOY} (‰)"),
        (TITLE, f"{YOY} (phần nghìn)"),
        (f"{TITLE} (‰)", YOY),
        (f"{TITLE}, phần nghìn", YOY),
        ("Industrial production, April 2024", "April on same month of last year (per mille)"),
        ("Industrial production, April 2024", "April on same month of last year (per thousand)"),
        ("Industrial production, April 2024", "April on same month of last year, in 0.1 %"),
        ("Produktionsindex Industrie April 2024", "April gegenüber Vorjahresmonat (Promille)"),
        ("Индекс промышленного производства апрель 2024", "апрель к аналогичному месяцу предыдущего года, промилле"),
        ("Indice de production industrielle avril 2024", "Avril par rapport au même mois de 2023 (pour mille)"),
        ("Índice de producción industrial abril 2024", "Abril respecto a abril de 2023 (por mil)"),
    ],
)  # fmt: skip
def test_per_mille_in_a_title_or_heading(title: str, heading: str) -> None:
    with pytest.raises(DataError) as error:
        read(sheet([[title], [], ["", heading], *ROWS]))
    assert ONLY in str(error.value)


@pytest.mark.parametrize(
    "rows",
    [
        [[TITLE], ["Đơn vị tính: ‰"], ["", YOY], *ROWS],
        [[TITLE], ["", "(‰)"], ["", YOY], *ROWS],
        [[TITLE], [], ["", YOY], ["", "(‰)"], *ROWS],
        [[TITLE], ["Unit: 0.1 %"], ["", YOY], *ROWS],
    ],
)
def test_per_mille_in_a_line_of_units(rows: list[list[object]]) -> None:
    with pytest.raises(DataError) as error:
        read(sheet(rows))  # type: ignore[arg-type]
    assert ONLY in str(error.value)


def test_a_column_in_per_mille_is_left_out_by_name_beside_others() -> None:
    rows = [["Toàn ngành", 63.0, 2.0], ["Khai khoáng", -29.0, 1.0]]
    records, _, left_out = whole(
        sheet([[TITLE], [], ["", f"{YOY} (‰)", "Tháng 4 so với tháng trước (%)"], *rows])
    )
    assert [r["measure"] for r in records] == ["mom_pct", "mom_pct"]
    assert [(one.reason, one.count) for one in left_out] == [("rate in per mille", 2)]


def test_a_column_of_units_in_a_bulletin() -> None:
    rows = [["Toàn ngành", "%", 6.3], ["Khai khoáng", "‰", -29.0]]
    with pytest.raises(DataError) as error:
        read(sheet([[TITLE], [], ["", "Đơn vị", YOY], *rows]))
    assert str(error.value) == f'b.xlsx[IIP]:C5: the unit is "‰"; {DIVIDE}'


def test_a_precision_is_no_unit() -> None:
    title = "Industrial production, April 2024, rounded to 0.1 %"
    found = read(
        sheet([[title], [], ["", "April on same month of last year (%)"], ["Total", 6.3], ["Mining", -2.9]])
    )
    assert sorted(found.values()) == [-2.9, 6.3]


def long(tmp_path: Path, *lines: str) -> list[float]:
    path = tmp_path / "f.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return figures.read(path, fill=FILL).table["value"].tolist()


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        (2, ("month,measure,value,unit", "2024-04,yoy_pct,63,‰")),
        (2, ("month,measure,value,unit", "2024-04,yoy_pct,63,per mille")),
        (2, ("month,measure,value", "2024-04,yoy (‰),63")),
        (1, ("month,yoy_pct (‰)", "2024-04,63")),
        (2, ("month,yoy_pct", ",‰", "2024-04,63")),
        (1, ("month,yoy_pct,Đơn vị đo", "2024-04,63,phần nghìn")),
    ],
)
def test_per_mille_in_a_file_of_one_figure_or_month_a_row(
    tmp_path: Path, line: int, lines: tuple[str, ...]
) -> None:
    with pytest.raises(DataError) as error:
        long(tmp_path, *lines)
    assert str(error.value).startswith(f"f.csv:{line}: ")
    assert str(error.value).endswith(DIVIDE)


def test_a_title_of_per_mille_above_a_file_of_one_month_a_row(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r'the title "Industrial production \(‰\)" speaks of .* per mille'):
        long(tmp_path, "Industrial production (‰)", "month,yoy_pct", "2024-04,63")


def test_a_cell_in_per_mille(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='f.csv:2: yoy_pct "6.2 ‰" is in per mille; write 0.62 in percent'):
        long(tmp_path, "month,yoy_pct", "2024-04,6.2 ‰")
    with pytest.raises(DataError, match='"-29‰" is in per mille; write -2.9 in percent'):
        long(tmp_path, "month,yoy_pct", "2024-04,-29‰")
