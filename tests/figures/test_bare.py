"""Columns headed as rates that hold no number, or fractions of 1: refused or told, never taken as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import figures
from forecast.errors import DataError
from tests.figures.sheets import FILE, read, sheet, table, whole

HEADS = (("Tháng 4/2024 so với tháng trước",), ("Tháng 4/2024 so với cùng kỳ",))
TITLE = "Chỉ số sản xuất công nghiệp tháng 4 năm 2024 (%)"
RATES = {"Toàn ngành": (4.1, -2.5), "Khai khoáng": (-5.0, 4.8), "Chế biến, chế tạo": (-0.9, -8.3)}


def _refused(rows: dict[str, tuple[object, ...]], **said: object) -> str:
    with pytest.raises(DataError) as error:
        read(sheet(table(HEADS, rows, TITLE)), **said)  # type: ignore[arg-type]
    return str(error.value)


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize(
    "form", ["{} pct", "l{}", "{}!", "{}?", "#{}", "n.a. {}", "x{}", "{} kg", "→{}", "approx. {}"]
)
def test_a_column_of_words_with_numbers_is_refused_at_its_cells(form: str, column: int) -> None:
    rows = {
        label: tuple(form.format(v) if c == column else v for c, v in enumerate(values))
        for label, values in RATES.items()
    }
    said = _refused(rows)
    for line, values in enumerate(rows.values(), start=4):
        assert f'{FILE}[IIP]:{"BC"[column]}{line}: "{values[column]}" is not a number' in said


def test_a_column_of_words_is_left_out_as_asked() -> None:
    rows = {label: (f"{mom} pct", yoy) for label, (mom, yoy) in RATES.items()}
    found = read(sheet(table(HEADS, rows, TITLE)), columns={"left_out": HEADS[0][0]})
    assert found == {
        ("here", "total", "2024-04", "yoy_pct"): -2.5,
        ("here", "mining", "2024-04", "yoy_pct"): 4.8,
        ("here", "manufacturing", "2024-04", "yoy_pct"): -8.3,
    }


@pytest.mark.parametrize(("cell", "column"), [("n.a.", 0), ("...", 1), ("see text", 0)])
def test_a_column_without_a_number_is_told(cell: str, column: int) -> None:
    rows = {
        label: tuple(cell if c == column else v for c, v in enumerate(values))
        for label, values in RATES.items()
    }
    records, notes, _ = whole(sheet(table(HEADS, rows, TITLE)))
    assert [r["value"] for r in records] == [values[1 - column] for values in RATES.values()]
    assert f'{FILE}[IIP]:{"BC"[column]}4: no number stands under "{HEADS[column][0]}", only "{cell}"' in notes


def test_labels_under_a_heading_of_rates_are_labels() -> None:
    rows = [
        [TITLE],
        ["Tháng 4/2024", "Tháng 4/2024", "Tháng 4/2024"],
        ["", "so với cùng kỳ", "so với tháng trước"],
        ["C10 Thực phẩm", -2.5, 4.1],
        ["C13 Dệt", 4.8, -5.0],
    ]
    assert len(read(sheet(rows))) == 4


def test_a_last_row_of_words_with_numbers_is_no_footnote(tmp_path: Path) -> None:
    assert '"approx. -0.9" is not a number' in _refused(
        {**RATES, "Chế biến, chế tạo": ("approx. -0.9", "approx. -8.3")}
    )
    path = tmp_path / "across.csv"
    path.write_text(
        "Indicator,2024-03,2024-04\nIIP so với cùng kỳ (%),2.5,1.9\n"
        "IIP so với tháng trước (%),approx. 1.6,approx. 2.1\n"
    )
    with pytest.raises(DataError, match=r':3: mom_pct "approx\. 1\.6" is not a number'):
        figures.read(path, fill={"region": "here", "sector": "total", "published": "2024-05-30"})


SMALL = (0.0277, -0.032, 0.079)


def _beside(
    small: tuple[object, ...], large: tuple[object, ...] = (9.6, -4.8, 7.3)
) -> dict[str, tuple[object, ...]]:
    return dict(zip(RATES, zip(large, small, strict=True), strict=True))


@pytest.mark.parametrize("small", [SMALL, ("0,0277", "-0,032", "0,079"), (0.1, -0.0321, 0.2512)])
@pytest.mark.parametrize("large", [(9.6, -4.8, 7.3), (109.6, 95.2, 107.3)])
def test_fractions_beside_a_column_in_percent_are_asked_about(
    small: tuple[object, ...], large: tuple[object, ...]
) -> None:
    said = _refused(_beside(small, large))
    assert f'{FILE}[IIP]:C4: the numbers under "{HEADS[1][0]}"' in said
    assert "as small and as fine as fractions of 1 beside others in percent" in said
    (told,) = said.splitlines()
    assert f'(yoy_pct 2024-04: "{HEADS[1][0]}")' in told
    declared = read(
        sheet(table(HEADS, _beside(small, large), TITLE)), columns={"yoy_pct 2024-04": HEADS[1][0]}
    )
    assert abs(declared["here", "mining", "2024-04", "yoy_pct"] + 0.03) < 0.005


@pytest.mark.parametrize(
    "small", [(0.1, -0.3, 0.2), (0.12, -0.04, 0.31), (0.0277, -0.032, 2.5), ("5.3%", "-0.3%", "0.1%")]
)
def test_a_quiet_column_in_ordinary_decimals_is_read(small: tuple[object, ...]) -> None:
    assert len(read(sheet(table(HEADS, _beside(small), TITLE)))) == 6
