"""Blocks: the tables of a sheet with titles, stacked headings, labels and body."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import figures
from forecast.tables import dotted, rows
from forecast.tables.blocks import blocks
from forecast.tables.cells import Area, Sheet, Value
from forecast.tables.opening import sheets


def sheet(*rows: tuple[Value, ...], merged: tuple[Area, ...] = ()) -> Sheet:
    width = max(map(len, rows))
    whole = tuple((*row, *[None] * (width - len(row))) for row in rows)
    return Sheet("a.csv", "", whole, tuple(range(1, len(rows) + 1)), merged)


def test_headings_of_five_rows_with_an_empty_first_cell() -> None:
    (block,) = blocks(
        sheet(
            ("2. Chỉ số sản xuất công nghiệp",),
            (None, None, "%"),
            (None, "Tháng 4", "4 tháng"),
            (None, "năm 2024", "năm 2024"),
            (None, "so với", "so với"),
            (None, "tháng", "cùng kỳ"),
            (None, "trước", "năm trước"),
            (),
            ("Toàn ngành", 101.2, 103.4),
            ("Khai khoáng", 99.1, 96.3),
        )
    )
    assert block.titles == ("2. Chỉ số sản xuất công nghiệp", "%")
    assert block.headings == (
        (),
        ("Tháng 4", "năm 2024", "so với", "tháng", "trước"),
        ("4 tháng", "năm 2024", "so với", "cùng kỳ", "năm trước"),
    )
    assert block.body == (("Toàn ngành", 101.2, 103.4), ("Khai khoáng", 99.1, 96.3))
    assert (block.rows, block.columns) == ((8, 9), (0, 1, 2))
    assert block.place(1, 2) == "a.csv:10"


@pytest.mark.parametrize("merged", [(), (Area(0, 1, 0, 3),)])
def test_a_heading_spans_the_columns_below_it(merged: tuple[Area, ...]) -> None:
    (block,) = blocks(
        sheet(
            (None, "So với cùng kỳ", None, None),
            ("Ngành", "Quý I", "Quý II", "6 tháng"),
            ("Tổng số", 1.5, 2.5, 3.5),
            merged=merged,
        )
    )
    assert block.headings == (
        ("Ngành",),
        ("So với cùng kỳ", "Quý I"),
        ("So với cùng kỳ", "Quý II"),
        ("So với cùng kỳ", "6 tháng"),
    )


def test_an_empty_cell_under_a_heading_of_its_own_is_not_spanned() -> None:
    (block,) = blocks(
        sheet(
            ("Period", "Basic", "Consumer goods", None, "General"),
            ("Month", "goods", "Total", "Durables", "Index"),
            ("2024-01", 1.5, 2.5, 3.5, 4.5),
            ("2024-02", 1.5, 2.5, 3.5, 4.5),
        )
    )
    assert [" ".join(h) for h in block.headings] == [
        "Period Month",
        "Basic goods",
        "Consumer goods Total",
        "Consumer goods Durables",
        "General Index",
    ]


def test_a_table_goes_on_below_with_its_heading_again() -> None:
    found = blocks(
        sheet(
            ("Tỉnh", "T4/2024"),
            ("Hà Nội", 101.5),
            (),
            ("(Tiếp theo)",),
            ("Tỉnh", "T4/2024"),
            ("Đà Nẵng", 98.5),
            ("Nguồn: Cục Thống kê",),
        )
    )
    assert [b.headings for b in found] == [(("Tỉnh",), ("T4/2024",))] * 2
    assert [b.body for b in found] == [(("Hà Nội", 101.5),), (("Đà Nẵng", 98.5),)]
    assert found[1].titles == ("(Tiếp theo)",)
    assert found[1].foot == ("Nguồn: Cục Thống kê",)


def test_words_below_the_last_table_are_its_footnotes_and_no_heading() -> None:
    (block,) = blocks(
        sheet(("Month", "IIP"), ("2024-01", 101.5), ("2024-02", 98.5), ("Source", "office"), (), ("Page 2",))
    )
    assert block.foot == ("Source office", "Page 2")
    assert "line 4 and below were taken as footnotes" in block.notes


def test_years_and_months_in_figures_are_headings_not_numbers() -> None:
    (block,) = blocks(
        sheet((None, "2023", None, "2024"), ("Sector", "11", "12", "1"), ("Total", "98.2", "99.1", "97.4"))
    )
    assert block.headings == (("Sector",), ("2023", "11"), ("2023", "12"), ("2024", "1"))
    assert block.body == (("Total", "98.2", "99.1", "97.4"),)


def test_a_row_that_numbers_the_columns_is_no_body() -> None:
    (block,) = blocks(sheet(("Ngành", "a", "b"), ("A", "1", "2"), ("Tổng số", "98.2", "99.1")))
    assert block.numbered == 1
    assert block.body == (("Tổng số", "98.2", "99.1"),)


def test_merged_labels_are_given_to_each_of_their_rows_and_numbers_are_not() -> None:
    rows = (("Region", "Sector", "T1/2024"), ("North", "a", 1.5), (None, "b", 2.5), ("South", "a", 3.5))
    (block,) = blocks(sheet(*rows, merged=(Area(1, 0, 2, 0), Area(2, 2, 3, 2))))
    assert [row[0] for row in block.body] == ["North", "North", "South"]
    assert [row[2] for row in block.body] == [1.5, 2.5, 3.5]


def test_columns_between_without_a_cell_are_none() -> None:
    (block,) = blocks(sheet((None, None, "T1/2024", None, "T2/2024"), (None, "Hà Nội", 1.5, None, 2.5)))
    assert block.columns == (1, 2, 4)
    assert block.headings == ((), ("T1/2024",), ("T2/2024",))


def test_rows_of_missing_values_and_labels_alone_stay_in_their_place() -> None:
    (block,) = blocks(
        sheet(("Ngành", "T1/2024"), ("A", 1.5), ("Phân theo khu vực",), ("B", ".."), ("C", 2.5))
    )
    assert [row[0] for row in block.body] == ["A", "Phân theo khu vực", "B", "C"]


def test_a_sheet_of_text_has_no_block() -> None:
    assert blocks(sheet(("Title",), ("Note", "more"))) == ()


def test_a_first_row_of_spoilt_numbers_belongs_to_the_body() -> None:
    heads = ("Sector", "2024-01", "2024-02")
    for spoilt in (("10l.5", "1O3.2"), ("#REF!", "~6"), ("không đổi", "2,9 giảm")):
        (block,) = blocks(sheet(heads, ("Total", *spoilt), ("Mining", "99.1", "98.2")))
        assert block.heading_rows == (0,)
        assert block.body[0] == ("Total", *spoilt)


def test_a_row_of_headings_with_figures_in_them_is_none_of_spoilt_numbers() -> None:
    for texts in (("m/m-1", "m/m-12"), ("C10.1", "C10.2"), ("Tăng", "Giảm")):
        (block,) = blocks(sheet(("Ngành", *texts), ("Total", "1.1", "2.2"), ("Mining", "1.0", "2.0")))
        assert block.headings[1:] == tuple((text,) for text in texts)


def test_every_number_of_a_large_table_is_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: Counter[str] = Counter()
    for module in (rows, dotted):
        of = module.kind
        monkeypatch.setattr(
            module, "kind", lambda v, of=of, name=module.__name__: looked.update([name]) or of(v)
        )
    table = pd.DataFrame(np.linspace(90.25, 110.75, 400 * 30).reshape(400, 30))
    file = tmp_path / "large.csv"
    table.rename(columns="c{}".format).to_csv(file, index=False)
    figures.recognises(file)
    cells = 401 * 30
    assert looked[rows.__name__] == cells  # for all who ask for its tables
    assert (
        looked[dotted.__name__] < cells / 5
    )  # the first number of a row or column tells that it is no months


def test_an_index_with_its_base_heads_a_column_only_where_nothing_else_but_a_month_does(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.csv"
    body = "".join(f"Row {i},{98.5 + i},{7.5 + i}\n" for i in range(4))
    path.write_text(f"Sector,Index 2015=100,Exports\n,May 2024,May 2024\n{body}", encoding="utf-8")
    (alone,) = blocks(sheets(path)[0])
    assert alone.headings[1:] == (("Index 2015=100", "May 2024"), ("Exports", "May 2024"))
    path.write_text(f"Sector,IIP,Exports\n,Index 2015=100,mn USD\n{body}", encoding="utf-8")
    (named,) = blocks(sheets(path)[0])
    assert named.headings[1:] == (("IIP",), ("Exports", "mn USD"))
