"""A sign that stands beside a number, or above several, is read; where it is not plain the file is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from forecast import figures
from forecast.errors import DataError
from forecast.tables.cells import Area, Value
from tests.figures.sheets import read, sheet, whole

TITLE = "Chỉ số sản xuất công nghiệp tháng 4 năm 2024"
YOY, MOM = "Tháng 4 so với cùng kỳ", "Tháng 4 so với tháng trước"
LONG = "region,sector,period,measure,value,{},published"
SERIES = {"region": "bn", "sector": "total", "published": "2024-05-10"}


def bulletin(
    head: Sequence[Value], *rows: Sequence[Value], title: str = TITLE, **said: object
) -> dict[str, float]:
    """Return sector -> rate of a bulletin of one measure."""
    return {key[1]: value for key, value in read(sheet([[title], [], head, *rows]), **said).items()}  # type: ignore[arg-type]


def refused(head: Sequence[Value], *rows: Sequence[Value], title: str = TITLE, **said: object) -> str:
    with pytest.raises(DataError) as error:
        bulletin(head, *rows, title=title, **said)
    return str(error.value)


def long(tmp_path: Path, heading: str, *pairs: tuple[str, str], **said: object) -> list[float]:
    """Return the rates of a file of one figure a row with one column more, by month."""
    lines = (
        f"bn,total,2024-{m:02d},yoy_pct,{value},{mark},2024-{m + 1:02d}-10"
        for m, (value, mark) in enumerate(pairs, start=1)
    )
    path = tmp_path / "f.csv"
    path.write_text("\n".join([LONG.format(heading), *lines]) + "\n", encoding="utf-8")
    return figures.read(path, **said).table["value"].tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize("heading", ["", "Tăng/giảm", "+/-", "Direction", YOY])
@pytest.mark.parametrize(
    ("up", "down"), [("▲", "▼"), ("+", "-"), ("Tăng", "Giảm"), ("hausse", "baisse"), ("", "▼")]
)
@pytest.mark.parametrize("after", [True, False])
def test_a_column_of_signs_beside_a_rate(heading: str, up: str, down: str, after: bool) -> None:
    head = ["", YOY, heading] if after else ["", heading, YOY]
    pairs = [("Toàn ngành", 6.3, up), ("Khai khoáng", 2.9, down), ("Dệt", 0, up)]
    rows = [[name, n, mark] if after else [name, mark, n] for name, n, mark in pairs]
    assert bulletin(head, *rows) == {"total": 6.3, "mining": -2.9, "det": 0.0}


def test_columns_of_signs_beside_each_of_several_rates() -> None:
    head = ["", YOY, "", MOM, ""]
    rows = [["Toàn ngành", "6,3", "▲", "2,9", "▼"], ["Khai khoáng", "2,9", "▼", "0,5", "▲"]]
    found = read(sheet([[TITLE], [], head, *rows]))
    assert {key[1:4:2]: value for key, value in found.items()} == {
        ("total", "yoy_pct"): 6.3, ("total", "mom_pct"): -2.9,
        ("mining", "yoy_pct"): -2.9, ("mining", "mom_pct"): 0.5,
    }  # fmt: skip


def test_the_reader_is_told_of_signs_beside_numbers() -> None:
    rows = [["Toàn ngành", 6.3, "▲"], ["Khai khoáng", 2.9, "▼"]]
    _, notes, _ = whole(sheet([[TITLE], [], ["", YOY, ""], *rows]))
    assert "▼ beside 2.9 is read as its sign" in notes


@pytest.mark.parametrize(
    ("total", "mining", "said"),
    [
        ((6.3, "▲"), ("+2.9", "▼"), 'B5: +2.9 stands beside "▼" and is a rise by itself; correct the one'),
        ((6.3, "▲"), (-2.9, "▲"), 'B4: "▲" beside 6.3 marks a rise, and in Japan what is negative'),
        ((6.3, "↑"), (-2.9, "↑"), 'B5: -2.9 stands beside "↑" and is a fall by itself'),
        ((106.3, "▲"), (102.9, "▼"), 'B5: 102.9 stands beside "▼" and is a rise by itself'),
        ((6.3, ""), (2.9, "▲"), 'B5: "▲" beside 2.9 marks a rise, and in Japan what is negative'),
        ((6.3, ""), (2.9, "-"), 'B5: "-" beside 2.9 may be its sign or a missing value'),
    ],
)  # fmt: skip
def test_marks_that_contradict_or_do_not_tell_are_refused(
    total: tuple[Value, str], mining: tuple[Value, str], said: str
) -> None:
    assert said in refused(["", YOY, ""], ["Toàn ngành", *total], ["Khai khoáng", *mining])


def test_a_number_without_a_mark_among_marked_ones_is_asked_about() -> None:
    rows = [["Toàn ngành", 6.3, "▲"], ["Khai khoáng", 2.9, "▼"], ["Dệt", 1.1, ""]]
    assert "B6: 1.1 has no mark of a rise or a fall as others of its column have" in refused(
        ["", YOY, ""], *rows
    )


def test_marks_that_agree_with_signs_change_nothing() -> None:
    signed = [["Toàn ngành", 6.3, "▲"], ["Khai khoáng", -2.9, "▼"], ["Dệt", 0.0, "-"]]
    assert bulletin(["", YOY, ""], *signed) == {"total": 6.3, "mining": -2.9, "det": 0.0}
    based = [["Toàn ngành", 106.3, "▲"], ["Khai khoáng", 97.1, "▼"]]
    assert bulletin(["", YOY, ""], *based) == {"total": 6.3, "mining": -2.9}


@pytest.mark.parametrize("marks", [("p", "r"), ("*", "**"), ("tăng", "do nghỉ Tết")])
def test_status_and_remarks_are_no_signs(marks: tuple[str, str]) -> None:
    rows = [["Toàn ngành", 6.3, marks[0]], ["Khai khoáng", 2.9, marks[1]]]
    assert bulletin(["", YOY, "Ghi chú"], *rows) == {"total": 6.3, "mining": 2.9}


def test_a_trend_is_asked_about_and_left_out_when_said() -> None:
    head, rows = ["", YOY, "Xu hướng"], [["Toàn ngành", 6.3, "▲"], ["Khai khoáng", 2.9, "▼"]]
    said = refused(head, *rows)
    assert '"▼" under "Xu hướng" beside 2.9 may be its sign or something else' in said
    assert 'leave the column out (left_out: "Xu hướng")' in said
    assert bulletin(head, *rows, columns={"left_out": "Xu hướng"}) == {"total": 6.3, "mining": 2.9}
    rows[1][1] = -2.9
    assert bulletin(head, *rows) == {"total": 6.3, "mining": -2.9}


def test_marks_of_another_comparison_are_not_read_as_signs() -> None:
    rows = [["Toàn ngành", 6.3, "up"], ["Khai khoáng", 2.9, "down"]]
    assert bulletin(["", YOY, "Change on previous month"], *rows) == {"total": 6.3, "mining": 2.9}


def test_one_column_of_signs_for_several_rates_is_asked_about() -> None:
    rows = [["Toàn ngành", "▲", 6.3, 1.1], ["Khai khoáng", "▼", 2.9, 1.0]]
    said = refused(["", "", YOY, MOM], *rows)
    assert 'B4: "▼" does not say of which column of numbers it is the sign' in said


@pytest.mark.parametrize(
    ("rises", "falls"),
    [("Các ngành tăng", "Các ngành giảm"), ("Increased:", "Decreased:"), ("Tăng", "giảm"), ("A. Tăng", "B. Giảm")],
)  # fmt: skip
def test_lines_that_name_rises_and_falls_above_rows(rises: str, falls: str) -> None:
    rows = [["Toàn ngành", 6.3], [rises], ["Dệt", 4.0], [falls], ["Khai khoáng", 2.9], ["Sản xuất xe", 5.0]]
    assert bulletin(["", YOY], *rows) == {"total": 6.3, "det": 4.0, "mining": -2.9, "san_xuat_xe": -5.0}


def test_lines_of_falls_above_numbers_with_signs_must_agree() -> None:
    signed = [["Toàn ngành", 6.3], ["Giảm"], ["Khai khoáng", -2.9]]
    assert bulletin(["", YOY], *signed) == {"total": 6.3, "mining": -2.9}
    said = refused(["", YOY], *signed, ["Dệt", 1.0])
    assert (
        'B7: 1 stands under "Giảm" and is a rise by itself; correct the one that is wrong, or delete the line'
        in said
    )


def test_rows_of_falls_of_which_the_line_may_not_hold_are_asked_about() -> None:
    total_last = refused(["", YOY], ["Giảm"], ["Khai khoáng", 2.9], ["Toàn ngành", 1.0])
    assert (
        'B6: 1 stands below "Giảm", which may not be said of it; write the signs in front of all numbers'
        in total_last
    )
    two = [["Giảm"], ["Khai khoáng", 2.9, 1.0], ["Dệt", 1.0, 2.0]]
    assert 'B5: 2.9 stands below "Giảm"' in refused(["", YOY, MOM], *two)
    two[1] = ["Khai khoáng", -2.9, 1.0]
    two[2] = ["Dệt", -1.0, 2.0]
    assert len(read(sheet([[TITLE], [], ["", YOY, MOM], *two]))) == 4


def test_a_table_of_falls_of_its_own() -> None:
    rows = [
        [TITLE], [], ["Industries with growth"], ["", YOY], ["Dệt", 4.0], ["Sản xuất xe", 1.0], [],
        ["Industries with decline"], ["", YOY], ["Khai khoáng", 2.9], ["Sản xuất than", 1.5],
    ]  # fmt: skip
    found = {key[1]: value for key, value in read(sheet(rows)).items()}
    assert found == {"det": 4.0, "san_xuat_xe": 1.0, "mining": -2.9, "san_xuat_than": -1.5}


def test_columns_of_rises_and_of_falls() -> None:
    rows = [
        [TITLE],
        [],
        ["", YOY, YOY],
        ["", "Tăng", "Giảm"],
        ["Toàn ngành", 6.3, ""],
        ["Khai khoáng", "", 2.9],
    ]
    assert {key[1]: value for key, value in read(sheet(rows)).items()} == {"total": 6.3, "mining": -2.9}


def test_a_heading_that_speaks_of_falls_is_asked_about() -> None:
    heading = "Tháng 4 giảm so với cùng kỳ"
    rows = [["Toàn ngành", 6.3], ["Khai khoáng", 2.9]]
    said = refused(["", heading], *rows)
    assert f'B4: 6.3 stands under "{heading}" without a sign; write -6.3 where it is a fall' in said
    assert bulletin(["", heading], *rows, columns={"yoy_pct 2024-04": heading}) == {
        "total": 6.3,
        "mining": 2.9,
    }
    assert bulletin(["", "Tháng 4 tăng/giảm so với cùng kỳ"], *rows) == {"total": 6.3, "mining": 2.9}


def test_a_title_that_speaks_of_falls_is_told() -> None:
    title = f"{TITLE}, giảm"
    _, notes, _ = whole(sheet([[title], [], ["", YOY], ["Toàn ngành", 6.3], ["Khai khoáng", 2.9]]))
    assert (
        f'the title "{title}" speaks of falls, no number below it has a minus; are the signs right?' in notes
    )


@pytest.mark.parametrize(
    ("heading", "up", "down"),
    [("direction", "increase", "decrease"), ("Dấu", "+", "-"), ("sign", "", "-"), ("tăng giảm", "Tăng", "Giảm")],
)  # fmt: skip
def test_a_column_of_signs_in_a_file_of_one_figure_a_row(
    tmp_path: Path, heading: str, up: str, down: str
) -> None:
    assert long(tmp_path, heading, ("6.3", up), ("2.9", down)) == [6.3, -2.9]
    assert long(tmp_path, heading, ("6.3", up), ("-2.9", down)) == [6.3, -2.9]
    with pytest.raises(
        DataError, match=r'f.csv:2: 6.3 stands beside ".*" and is a rise by itself; .*left_out: "'
    ):
        long(tmp_path, heading, ("6.3", down), ("-2.9", down))


def test_rates_with_their_base_as_100_tell_themselves(tmp_path: Path) -> None:
    assert long(tmp_path, "direction", ("106.3", "up"), ("97.1", "down"), rates="index") == [6.3, -2.9]


def test_what_was_published_later_decides_no_sign(tmp_path: Path) -> None:
    pairs = ("2.9", "down"), ("-1.0", "down")
    with pytest.raises(DataError, match="is a rise by itself"):
        long(tmp_path, "direction", *pairs)
    assert long(tmp_path, "direction", *pairs, until="2024-02-20") == [-2.9]


@pytest.mark.parametrize("mark", ["p", "Q", "7", "▲"])
def test_marks_published_later_do_not_make_a_column_one_of_something_else(tmp_path: Path, mark: str) -> None:
    pairs = (("2.3", "▼"), ("2.7", "▲"), *[("3.1", mark)] * 4)
    assert long(tmp_path, "sign", *pairs, until="2024-03-20") == [-2.3, 2.7]


def test_a_trend_in_a_file_of_one_figure_a_row(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r'"down" under "trend" beside 2.9 may be its sign .*left_out: "trend"'
    ):
        long(tmp_path, "trend", ("6.3", "up"), ("2.9", "down"))
    assert long(tmp_path, "trend", ("6.3", "up"), ("2.9", "down"), columns={"left_out": "trend"}) == [
        6.3,
        2.9,
    ]
    assert long(tmp_path, "trend", ("6.3", "up"), ("-2.9", "up")) == [6.3, -2.9]


def test_signs_and_lines_of_falls_in_a_file_of_one_month_a_row(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        "month,yoy_pct,sign,mom_pct,sign\n2024-03,6.3,+,1.1,-\n2024-04,2.9,-,0.4,+\n", encoding="utf-8"
    )
    found = figures.read(path, fill=SERIES).table
    assert found.pivot(index="measure", columns="period", values="value").to_numpy().tolist() == [
        [-1.1, 0.4],
        [6.3, -2.9],
    ]
    path.write_text("month,yoy_pct\n2024-02,6.3\nDecreased:,\n2024-03,2.9\n2024-04,1.9\n", encoding="utf-8")
    assert figures.read(path, fill=SERIES).table["value"].tolist() == [6.3, -2.9, -1.9]
    path.write_text(
        "month,direction,yoy_pct,mom_pct\n2024-03,up,6.3,1.1\n2024-04,down,2.9,0.4\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match='"down" does not say of which column of numbers it is the sign'):
        figures.read(path, fill=SERIES)


def memory(**more: object) -> list[float]:
    """Return the values of two figures in memory."""
    rows = {
        "region": "bn", "sector": "total", "period": ["2024-03", "2024-04"], "measure": "yoy_pct",
        "value": [6.3, 2.9], "published": ["2024-04-10", "2024-05-10"], **more,
    }  # fmt: skip
    return figures.from_table(pd.DataFrame(rows)).table["value"].tolist()


def test_figures_in_memory_take_the_signs_beside_them() -> None:
    assert memory(direction=["up", "down"]) == [6.3, -2.9]
    assert memory(direction=[None, "▼"]) == [6.3, -2.9]
    assert memory(direction=["up", "down"], value=[6.3, -2.9]) == [6.3, -2.9]
    assert memory(direction=["up", "down"], measure="index", value=[106.3, 102.9]) == [106.3, 102.9]
    assert memory(status=["p", "r"], flag=["-", "-"]) == [6.3, 2.9]
    with pytest.raises(DataError, match='figures:1: 6.3 stands beside "down" and is a rise by itself'):
        memory(direction=["down", "down"], value=[6.3, -2.9])
    with pytest.raises(DataError, match='and drop the column "trend"'):
        memory(trend=["up", "down"])


def test_signs_beside_several_months_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(
        '"IIP, % on the same month a year ago"\nSector,,2024-01,2024-02\nTotal,,2.1,3.4\nMining,▼,1.1,0.4\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match='f.csv:.: "▼" does not say of which'):
        figures.read(path, fill={"region": "bn", "published": "2024-05-10"})


@pytest.mark.parametrize(
    "line", ["5 ngành giảm nhiều nhất", "Top decliners of the month", "Ngành giảm so với tháng 3"]
)
def test_other_lines_that_speak_of_falls_are_asked_about(tmp_path: Path, line: str) -> None:
    rows = [["Toàn ngành", 6.3], [line], ["Khai khoáng", 2.9]]
    said = refused(["", YOY], *rows)
    assert f'B6: 2.9 stands below "{line}", which may not be said of it' in said
    assert f'write the signs in front of all numbers, and delete "{line}"' in said
    rows[2][1] = -2.9
    assert bulletin(["", YOY], *rows) == {"total": 6.3, "mining": -2.9}
    path = tmp_path / "f.csv"
    path.write_text(f"month,yoy_pct\n2024-02,6.3\n{line},\n2024-03,2.9\n", encoding="utf-8")
    with pytest.raises(
        DataError, match="f.csv:4: 2.9 stands below .* write the signs in front of all numbers"
    ):
        figures.read(path, fill=SERIES)


def test_signs_as_numbers_and_letters(tmp_path: Path) -> None:
    assert long(tmp_path, "sign", ("6.3", "1"), ("2.9", "-1")) == [6.3, -2.9]
    assert long(tmp_path, "direction", ("6.3", "U"), ("2.9", "D")) == [6.3, -2.9]
    assert memory(sign=[1, -1]) == [6.3, -2.9]
    assert memory(lag=[1, -1]) == [6.3, 2.9]


@pytest.mark.parametrize(("up", "down"), [("Tăng", "giảm p"), ("n/a", "giảm"), ("Tăng (ước)", "Giảm")])
def test_marks_among_cells_that_are_none_are_asked_about(tmp_path: Path, up: str, down: str) -> None:
    pairs = ("6.3", "Tăng"), ("1.1", up), ("2.9", down)
    with pytest.raises(DataError, match='leave the column out under columns .left_out: "Tăng/giảm"'):
        long(tmp_path, "Tăng/giảm", *pairs)
    assert long(tmp_path, "Tăng/giảm", *pairs, columns={"left_out": "Tăng/giảm"}) == [6.3, 1.1, 2.9]


@pytest.mark.parametrize("marks", [("-", "p"), ("-", "-"), ("growth", ""), ("stable", "final")])
def test_flags_and_dashes_are_no_signs(tmp_path: Path, marks: tuple[str, str]) -> None:
    assert long(tmp_path, "flag", ("6.3", marks[0]), ("2.9", marks[1])) == [6.3, 2.9]


def test_labels_that_are_words_of_direction_stay_labels() -> None:
    assert bulletin(["", YOY], ["Tăng", 6.3], ["Giảm", 2.9]) == {"tang": 6.3, "giam": 2.9}


def test_a_column_of_signs_between_two_rates_is_of_the_one_without_signs() -> None:
    rows = [["Toàn ngành", 6.3, "▲", -2.9], ["Khai khoáng", 2.9, "▼", 0.4]]
    found = read(sheet([[TITLE], [], ["", YOY, "", MOM], *rows]))
    assert found["here", "mining", "2024-04", "yoy_pct"] == -2.9
    assert found["here", "total", "2024-04", "mom_pct"] == -2.9


@pytest.mark.parametrize("below", [[], ["", "Tăng/giảm", "%", "Tăng/giảm", "%"]])
def test_a_heading_merged_over_signs_and_numbers(below: list[str]) -> None:
    rows = [["Toàn ngành", "▲", 6.3, "▼", 1.0], ["Khai khoáng", "▼", 2.9, "▲", 1.0]]
    merged = [Area(2, 1, 2, 2), Area(2, 3, 2, 4)]
    whole_rows = [[TITLE], [], ["", YOY, "", MOM, ""], *([below] if below else []), *rows]
    found = {key[1::2]: value for key, value in read(sheet(whole_rows, merged=merged)).items()}
    assert found == {
        ("total", "yoy_pct"): 6.3, ("total", "mom_pct"): -1.0,
        ("mining", "yoy_pct"): -2.9, ("mining", "mom_pct"): 1.0,
    }  # fmt: skip
