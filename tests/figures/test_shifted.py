"""Rows of a bulletin that stand a column beside their headings are refused; what no heading heads is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from forecast import figures
from forecast.errors import DataError
from forecast.tables.cells import Value
from tests.figures.sheets import read, sheet, whole

TITLE = "Chỉ số sản xuất công nghiệp tháng 5 năm 2024"
MOM, YOY, YTD = (
    "Tháng 5 năm 2024 so với tháng trước",
    "Tháng 5 năm 2024 so với cùng kỳ năm trước",
    "5 tháng đầu năm 2024 so với cùng kỳ năm trước",
)
HEAD: list[Value] = ["Ngành", MOM, YOY, YTD]
TOTAL: list[Value] = ["Toàn ngành công nghiệp", 101.2, 104.4, 103.1]
MINING: list[Value] = ["Khai khoáng", 99.1, 95.5, 97.2]
MAKING: list[Value] = ["Chế biến, chế tạo", 101.5, 105.5, 103.9]


def made(*rows: Sequence[Value], head: Sequence[Value] = HEAD) -> list[Sequence[Value]]:
    return [[TITLE], [""], head, *rows]


def shifted(row: Sequence[Value], by: int = 1) -> list[Value]:
    return [row[0], *[None] * by, *row[1:]]


@pytest.mark.parametrize(
    ("rows", "place", "value", "lacks"),
    [
        ([shifted(TOTAL), MINING, MAKING], "E4", "103.1", MOM),
        ([TOTAL, MINING, shifted(MAKING)], "E6", "103.9", MOM),
        ([TOTAL, shifted(MINING, 2), MAKING], "E5", "95.5", MOM),
        ([TOTAL, ["Khai khoáng", 99.1, None, 95.5, 97.2], MAKING], "E5", "97.2", YOY),
        ([shifted(TOTAL), shifted(MINING), shifted(MAKING)], "E4", "103.1", MOM),
        ([[*TOTAL, 100.0], [*shifted(MINING), 5.1], [*MAKING, 94.9]], "F5", "5.1", MOM),
    ],
)
def test_a_row_moved_beyond_the_last_heading_is_refused(
    rows: list[list[Value]], place: str, value: str, lacks: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(sheet(made(*rows)))
    told = str(caught.value)
    assert f'[IIP]:{place}: {value} stands beyond the last heading, and nothing under "{lacks}"' in told
    assert ("nor in 2 more rows" in told) == (rows[0][1] is None and rows[1][1] is None)


def test_headings_of_two_rows_over_shifted_numbers_are_refused() -> None:
    above: list[Value] = ["Ngành", "Tháng 5 năm 2024 so với", None, YTD]
    below: list[Value] = [None, "tháng trước", "cùng kỳ năm trước", None]
    with pytest.raises(DataError, match="E5: 103.1 stands beyond the last heading"):
        read(sheet([[TITLE], [""], above, below, *map(shifted, (TOTAL, MINING, MAKING))]))


def test_so_is_one_of_a_text(tmp_path: Path) -> None:
    rows = [[TITLE, "", "", "", ""], [*HEAD, ""], [*TOTAL, ""], shifted(MINING), [*MAKING, ""]]
    lines = (";".join("" if v is None else str(v) for v in row) for row in rows)
    (path := tmp_path / "b.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.csv:4: 97.2 stands beyond the last heading"):
        figures.read(path, fill={"region": "here", "published": "2024-06-10"})


def test_its_remedies_work() -> None:
    row: list[Value] = ["Khai khoáng", None, 95.5, 97.2, 5.1]
    headed = read(sheet(made(TOTAL, row, MAKING, head=[*HEAD, "Quyền số"])))
    marked = read(sheet(made(TOTAL, [row[0], "…", *row[2:]], MAKING)))
    assert headed == marked
    assert marked["here", "mining", "2024-05", "yoy_pct"] == -4.5
    assert ("here", "mining", "2024-05", "mom_pct") not in marked


def test_a_rate_that_is_not_published_beside_weights_is_read_and_the_weights_are_told() -> None:
    rows: list[list[Value]] = [[*TOTAL, 100.0], ["Khai khoáng", None, 95.5, 97.2, 5.1], [*MAKING, 94.9]]
    records, notes, left_out = whole(sheet(made(*rows)))
    assert len(records) == 8
    assert "b.xlsx[IIP]:E4: numbers under no heading were left out; head them where they are rates" in notes
    assert [item.count for item in left_out] == [3]


def test_an_empty_cell_alone_is_a_rate_that_is_not_published() -> None:
    coded = [["IIP", *TOTAL], ["B", "Khai khoáng", None, 95.5, 97.2], ["C", *MAKING]]
    for rows in (made(TOTAL, ["Khai khoáng", None, 95.5, 97.2]), made(*coded, head=["Mã", *HEAD])):
        assert read(sheet(rows))["here", "mining", "2024-05", "ytd_yoy_pct"] == -2.8


def test_a_row_without_a_name_is_told() -> None:
    records, notes, _ = whole(sheet(made(TOTAL, MINING, [None, *MAKING[1:]])))
    assert len(records) == 6
    assert (
        "b.xlsx[IIP]:B6: the numbers of a row without a name were left out; name it to have them read"
        in notes
    )


def test_numbers_a_column_to_the_left_leave_a_heading_with_nothing_under_it_which_is_told() -> None:
    left = [[row[0], *row[2:]] for row in (TOTAL, MINING, MAKING)]
    _, notes, _ = whole(sheet(made(*left)))
    assert [n for n in notes if n.startswith(f'b.xlsx[IIP]:D3: no row has anything under "{YTD}"')]
    _, notes, _ = whole(sheet(made(TOTAL, MINING, MAKING)))
    assert not any("no row has anything" in n for n in notes)


def test_a_measure_not_yet_published_is_told_and_the_others_are_read() -> None:
    rows: list[list[Value]] = [[*row[:2], None, row[3]] for row in (TOTAL, MINING, MAKING)]
    records, notes, _ = whole(sheet(made(*rows)))
    assert {str(r["measure"]) for r in records} == {"mom_pct", "ytd_yoy_pct"}
    assert any(f'C3: no row has anything under "{YOY}"' in n for n in notes)


def test_numbers_over_the_names_of_their_rows_are_refused_with_what_helps() -> None:
    with pytest.raises(DataError, match=r"no row with numbers has a name \(the first at b.xlsx\[IIP\]:B4\)"):
        read(sheet(made(*[row[1:] for row in (TOTAL, MINING, MAKING)], head=[None, *HEAD[1:]])))


def test_the_one_row_of_many_that_lacks_a_rate_is_told() -> None:
    food: list[Value] = ["Sản xuất chế biến thực phẩm", 101.2, 104.4, 103.1]
    left = [food[0], *food[2:], None]
    _, notes, _ = whole(sheet(made(TOTAL, MINING, MAKING, left)))
    assert [
        n
        for n in notes
        if n.startswith(f'b.xlsx[IIP]:D7: nothing stands under "{YTD}", and something in every')
    ]
    for rows in (
        (TOTAL, MINING, left),
        (TOTAL, MINING, MAKING, [*left[:3], "…"]),
        (TOTAL, left, MAKING, left),
    ):
        _, notes, _ = whole(sheet(made(*rows)))
        assert not any("nothing stands under" in n for n in notes)
