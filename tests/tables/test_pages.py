from __future__ import annotations

from pathlib import Path

import pytest

import forecast
from forecast import series
from forecast.errors import DataError
from forecast.series import read_panel
from forecast.tables import sheets

MONTHS = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
MINING = [85.2, 86.4, 84.9, 88.3, 87.6, 89.1]
HEAD = "<tr><th>Month<th>Mining<th>Food</tr>"
ROWS = [f"<tr><td>{m}<td>{v}<td>{v + 9:.1f}</tr>" for m, v in zip(MONTHS, MINING, strict=True)]


def page(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "x.html"
    path.write_text(text, encoding="utf-8")
    return path


def with_last(tmp_path: Path, last: str, rest: str = "") -> Path:
    return page(tmp_path, f"<table>{HEAD}{''.join(ROWS[:-1])}{last}</table>{rest}")


def one(tmp_path: Path, cell: str, last: str = "") -> Path:
    """Return a page whose newest value stands in a cell as it is given, the others plainly."""
    rows = "".join(f"<tr><td>{m}<td>{v}" for m, v in zip(MONTHS[:-1], MINING, strict=False))
    return page(tmp_path, f"<table><tr><th>Month<th>IIP{rows}<tr><td>{last or MONTHS[-1]}{cell}</table>")


def refused(path: Path, column: str | None = None) -> str:
    with pytest.raises(DataError) as caught:
        series.read(path, column)
    return str(caught.value)


HIDING = [
    "hidden",
    'hidden="hidden"',
    'hidden="until-found"',
    'style="display:none"',
    "style='color:red; DISPLAY : none !important'",
]


@pytest.mark.parametrize("hiding", HIDING)
def test_a_hidden_cell_takes_no_room_in_its_row(tmp_path: Path, hiding: str) -> None:
    last = f"<tr><td>2026-09<td {hiding}>85.1<td>89.1<td>98.1</tr>"
    read = read_panel(with_last(tmp_path, last))
    assert read.loc["2026-09"].to_dict() == {"Mining": 89.1, "Food": 98.1}
    (sheet,) = sheets(with_last(tmp_path, last))
    assert sheet.notes == ('text that the page hides was left out of 1 cells, such as "85.1"',)


@pytest.mark.parametrize("hiding", [*HIDING, 'style="visibility:collapse"'])
@pytest.mark.parametrize(
    "part", ["<tr {}>{}</tr>", "<tbody {}><tr>{}</tr></tbody>", "<tfoot {}><tr>{}</tfoot>"]
)
def test_hidden_rows_and_sections_are_no_rows(tmp_path: Path, hiding: str, part: str) -> None:
    hidden = part.format(hiding, "<td>2026-10<td>70.1<td>71.1")
    read = read_panel(with_last(tmp_path, ROWS[-1] + hidden))
    assert str(read.index[-1]) == "2026-09"
    assert read["Mining"].tolist() == MINING


def test_a_cell_that_is_only_invisible_keeps_its_room(tmp_path: Path) -> None:
    read = read_panel(with_last(tmp_path, "<tr><td>2026-09<td style='visibility:hidden'>85.1<td>98.1</tr>"))
    assert read["Food"].iloc[-1] == 98.1
    assert str(read["Mining"].last_valid_index()) == "2026-08"


def test_what_is_declared_shown_is_no_hidden_cell(tmp_path: Path) -> None:
    last = "<tr><td>2026-09<td hidden style='display:table-cell'>89.1<td aria-hidden='true'>98.1</tr>"
    read = read_panel(with_last(tmp_path, last))
    assert read.loc["2026-09"].to_dict() == {"Mining": 89.1, "Food": 98.1}


OLD = f"<table {{}}>{HEAD}<tr><td>2019-01<td>1.5<td>2.5</table>"


@pytest.mark.parametrize("hiding", HIDING)
@pytest.mark.parametrize(
    "around", ["{table}", "<div {hiding}><p>old{table}</div>", "<noscript>{table}</noscript>"]
)
def test_a_hidden_table_is_read_only_by_its_name(tmp_path: Path, hiding: str, around: str) -> None:
    inner = OLD.format(hiding if around == "{table}" else "")
    path = page(tmp_path, around.format(table=inner, hiding=hiding) + f"<table>{HEAD}{''.join(ROWS)}</table>")
    (sheet,) = sheets(path)
    assert (sheet.title, sheet.rows[-1]) == ("table 2", ("2026-09", "89.1", "98.1"))
    assert sheet.notes == ("hidden tables were left out: table 1",)
    (named,) = sheets(path, "table 1")
    assert named.rows[-1] == ("2019-01", "1.5", "2.5")


def test_a_page_that_hides_all_of_its_tables_says_how_to_read_one(tmp_path: Path) -> None:
    path = page(tmp_path, f"<div hidden>{OLD.format('')}</div>")
    assert refused(path) == 'x.html: the page hides its tables; name one as the sheet, such as "table 1"'
    assert sheets(path, "table 1")[0].rows[-1] == ("2019-01", "1.5", "2.5")


@pytest.mark.parametrize("tag", ["noscript", "template", "script", "style", "datalist"])
def test_what_no_reader_sees_is_no_text(tmp_path: Path, tag: str) -> None:
    assert series.read(one(tmp_path, f"<td>89.1<{tag}>7</{tag}>")).iloc[-1] == 89.1


def test_a_hidden_heading_titles_no_table(tmp_path: Path) -> None:
    text = f"<h2>Production</h2><h3 style='display:none'>Prices</h3><table>{HEAD}{''.join(ROWS)}</table>"
    assert sheets(page(tmp_path, text))[0].rows[0][0] == "Production"


def test_a_hidden_element_ends_with_the_cell_it_is_in(tmp_path: Path) -> None:
    last = "<tr><td><span hidden>7<td>89.1</div><td>98.1"
    assert sheets(with_last(tmp_path, last))[0].rows[-1] == (None, "89.1", "98.1")


@pytest.mark.parametrize(
    "mark",
    [
        '<a href="#fn1">1</a>',
        '<a href="#fn1">[1]</a>',
        ' <a href="#fn1">1</a>',
        '<span class="sup">1</span>',
        '<span class="table-footnote-ref x">1</span>',
        '<span class="MsoFootnoteReference">1</span>',
        '<a role="doc-noteref" href="notes.html">1</a>',
        "<rt>1</rt>",
        "<rp>(</rp><rt>1</rt><rp>)</rp>",
        "<small><sup>1</sup></small>",
    ],
)
def test_the_mark_of_a_note_is_no_digit_of_the_number(tmp_path: Path, mark: str) -> None:
    assert series.read(one(tmp_path, f"<td>89.1{mark}")).iloc[-1] == 89.1
    assert str(series.read(one(tmp_path, "<td>89.1", f"2026-09{mark}")).index[-1]) == "2026-09"


@pytest.mark.parametrize("mark", ['<a href="#fn1">1</a>', '<span class="sup">1</span>', "<sup>1</sup>"])
def test_a_mark_behind_a_whole_number_is_refused_as_in_a_text(tmp_path: Path, mark: str) -> None:
    assert 'x.html:B7: IIP "102¹" is not a number' in refused(one(tmp_path, f"<td>102{mark}"))


@pytest.mark.parametrize(
    "part",
    [
        "<small>1</small>",
        "<font size=1>1</font>",
        '<span style="font-size:60%">1</span>',
        '<a href="notes.html">1</a>',
        '<span class="x1">1</span>',
        "<i>1</i>",
    ],
)
@pytest.mark.parametrize(("number", "shown"), [("89.1", "89.1 1"), ("102", "102 1")])
def test_digits_set_apart_are_asked_about(tmp_path: Path, part: str, number: str, shown: str) -> None:
    told = refused(one(tmp_path, f"<td>{number}{part}"))
    assert f'x.html:B7: IIP "{shown}" is set in two parts, of which one may be the mark of a note' in told


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<a href=x>111.8</a>", 111.8),
        ("<a href='#x'>111.8</a>", 111.8),
        ("<font size=1>111.8</font>", 111.8),
        ("<small><span class=sup>111.8</span></small>", 111.8),
        ("<b>111</b>.8", 111.8),
        ("<span>111</span><span>.8</span>", 111.8),
        ("111<small>.8</small>", 111.8),
        ("<span class=n>111.</span><small>8</small>", 111.8),
        ("<span lang=VI style='color:black'>11</span><span lang=EN>1.8</span>", 111.8),
        ("<span class=k>1</span><span class=h>234</span>.5", 1234.5),
        ("<span>1</span><span>234</span>.5", 1234.5),
        ("<p class=Mso><span style='font-size:9.0pt'>11</span><span style='font-size:9.0pt'>1.8</span></p>", 111.8),
        ("<td colspan=1><ins>111.8</ins>", 111.8),
    ],
)  # fmt: skip
def test_a_number_in_elements_of_its_own_is_read(tmp_path: Path, cell: str, value: float) -> None:
    assert series.read(one(tmp_path, cell if cell.startswith("<td") else f"<td>{cell}")).iloc[-1] == value


def test_lines_within_a_cell_are_not_run_together(tmp_path: Path) -> None:
    assert sheets(one(tmp_path, "<td><p>111.8</p><div>1</div>"))[0].rows[-1] == ("2026-09", "111.8 1")


@pytest.mark.parametrize(
    "cell",
    [
        "<del>88.8</del>89.1",
        "<s>88.8</s> <ins>89.1</ins>",
        "89.<strike>3</strike><ins>1</ins>",
        "<span style='text-decoration: line-through red'>7</span>89.1",
        "89.1<del>3</del>",
    ],
)
def test_of_struck_out_text_what_stands_is_read_and_told(tmp_path: Path, cell: str) -> None:
    path = one(tmp_path, f"<td>{cell}")
    assert series.read(path).iloc[-1] == 89.1
    (note,) = sheets(path)[0].notes
    assert note.startswith("text that is struck out was left out of 1 cells, such as ")


@pytest.mark.parametrize("number", ["89.1", "102"])
def test_a_number_struck_out_as_a_whole_is_refused(tmp_path: Path, number: str) -> None:
    told = f'x.html:B7: IIP "{number}" is struck out; write the number that holds, or nothing where none does'
    assert told in refused(one(tmp_path, f"<td><s>{number}</s>"))
    assert told in refused(one(tmp_path, f"<td style='text-decoration:line-through'>{number}"))


@pytest.mark.parametrize("number", ["88.2", "102"])
def test_a_number_over_several_months_is_refused(tmp_path: Path, number: str) -> None:
    rows = f"{''.join(ROWS[:-2])}<tr><td>2026-08<td rowspan=2>{number}<td>96.6<tr><td>2026-09<td>98.1"
    told = f'x.html:B6: Mining "{number}" stands in one cell over several rows; give every row its own number'
    assert told in refused(page(tmp_path, f"<table>{HEAD}{rows}</table>"), "Mining")


def test_years_and_numbers_that_usually_span_rows_are_read(tmp_path: Path) -> None:
    years = page(
        tmp_path,
        "<table><tr><th>Place<th>Year<th>Month<th>IIP<tr><td rowspan=4>Hà Nội<td rowspan=2>2025<td>11<td>98.5"
        "<tr><td>12<td>99.5<tr><td rowspan=2>2026<td>1<td>97.5<tr><td>2<td>96.5</table>",
    )
    assert sheets(years)[0].rows[1] == ("Hà Nội", "2025", "11", "98.5")
    quarters = page(
        tmp_path,
        "<table><tr><th>Month<th>IIP<th>Quarter<tr><td>2026-01<td>98.5<td rowspan=3>97.2<tr><td>2026-02<td>96.5"
        "<tr><td>2026-03<td>96.6<tr><td>2026-04<td>95.5<td rowspan=3>95.3<tr><td>2026-05<td>95.1<tr><td>2026-06<td>95.2"
        "<tr><td>2026-07<td>94.1<td>94.1</table>",
    )
    (sheet,) = sheets(quarters)
    assert sheet.rows[1] == ("2026-01", "98.5", "97.2")
    assert sheet.notes == (
        'numbers over several rows were read for the first of them, whole ones for each: 2, such as "97.2" at C2',
    )


CODE = "is in the page's code and not in its text; save the table as CSV"


@pytest.mark.parametrize("field", ['<input value="{}">', '<input type="text" value="{}" readonly>'])
def test_numbers_in_fields_are_refused(tmp_path: Path, field: str) -> None:
    assert f'x.html:B7: IIP "89.1" {CODE}' in refused(one(tmp_path, "<td>" + field.format("89.1")))


def test_numbers_in_attributes_alone_are_refused_where_a_column_has_no_others(tmp_path: Path) -> None:
    rows = "".join(f'<tr><td>{m}<td data-value="{v}"></td>' for m, v in zip(MONTHS, MINING, strict=True))
    assert f'x.html:B2: IIP "85.2" {CODE}' in refused(
        page(tmp_path, f"<table><tr><th>Month<th>IIP{rows}</table>")
    )


def test_a_number_in_an_attribute_of_one_empty_cell_is_told(tmp_path: Path) -> None:
    path = one(tmp_path, '<td data-value="-1"></td>')
    assert str(series.read(path).index[-1]) == "2026-08"
    (sheet,) = sheets(path)
    assert sheet.notes == ('numbers of empty cells in the page\'s code were left out: 1, such as "-1" at B7',)


def test_fields_and_attributes_that_are_no_numbers_of_a_reader(tmp_path: Path) -> None:
    cell = '<td data-value="7" data-row="3">89.1<input type=hidden value=5><input type=checkbox value=1>'
    path = one(tmp_path, cell)
    assert series.read(path).iloc[-1] == 89.1
    assert sheets(path)[0].notes == ()


def test_a_bulletin_as_a_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "2026-10-06-bulletin.html"
    path.write_text(
        "<meta charset=utf-8><h3>Chỉ số sản xuất công nghiệp tháng 9 năm 2026 tỉnh Bắc Ninh</h3><table>"
        "<tr><th>Ngành<th>Tháng 9 năm 2026 so với tháng trước<th>Tháng 9 năm 2026 so với cùng kỳ năm trước"
        "<tr><td>Toàn ngành<td>106,32<td>101,7<del>3</del><ins>0</ins>"
        "<tr><td>Khai khoáng<td hidden>1,1<td>106,06<td>111,81<tr hidden><td>Dệt<td>50<td>50</table>",
        encoding="utf-8",
    )
    read = forecast.read_figures(path).table
    assert set(zip(read["sector"], read["measure"], read["value"], strict=True)) == {
        ("total", "mom_pct", 6.32), ("total", "yoy_pct", 1.7),
        ("mining", "mom_pct", 6.06), ("mining", "yoy_pct", 11.81),
    }  # fmt: skip


WHOLE = f"<html><body><table>{HEAD}{''.join(ROWS)}</table></body></html>"


@pytest.mark.parametrize("end", ["8", "89", "89.", "89.1", "89.1</t", "89.1<td>", "89.1<td>98.1</tr>", ""])
def test_a_page_that_ends_within_a_table_is_refused_as_cut_short(tmp_path: Path, end: str) -> None:
    before = WHOLE[: WHOLE.rindex("89.1")] if end else WHOLE[: WHOLE.rindex("</table>") + 7]
    told = "x.html: is a web page cut short: a table begins and never ends; fetch it again"
    assert refused(page(tmp_path, before + end), "Mining").startswith(told)
    mended = page(tmp_path, f"<table>{HEAD}{''.join(ROWS)}" + "</table>")
    assert series.read(mended, "Mining").iloc[-1] == 89.1


def test_a_page_cut_in_the_table_around_another_is_refused(tmp_path: Path) -> None:
    inner = f"<table>{HEAD}{''.join(ROWS)}</table>"
    assert "cut short" in refused(page(tmp_path, f"<table><tr><td>{inner}</td><td>Fo"), "Mining")


def test_a_page_that_ends_may_leave_its_table_open(tmp_path: Path) -> None:
    sloppy = page(tmp_path, f"<html><body><table><table>{HEAD}{''.join(ROWS)}</table></body></html>")
    assert series.read(sloppy, "Mining").iloc[-1] == 89.1
    assert series.read(page(tmp_path, f"<table>{HEAD}{''.join(ROWS)}</body>"), "Mining").iloc[-1] == 89.1


UNENDED = "the page begins and never ends (</html>); is it whole, or does it lack a table?"


def test_a_page_that_ends_behind_a_table_and_not_itself_is_told(tmp_path: Path) -> None:
    first = f"<table>{HEAD}{''.join(ROWS)}</table>"
    for begun, told in (("<html><body>", True), ("<BODY>", True), ("", False), ("<!DOCTYPE html>", False)):
        cut = page(tmp_path, f"{begun}{first}<h2>Mining</h2><p>as in")
        assert (UNENDED in series.read(cut, "Mining").attrs["notes"]) is told
    for end in ("</body>", "</html>", "</body></html> <!-- x -->"):
        assert (
            UNENDED not in series.read(page(tmp_path, f"<html><body>{first}{end}"), "Mining").attrs["notes"]
        )


@pytest.mark.parametrize("inner", ["<tr><td>89.1</td></tr>", "<tbody><tr><td><b>89.1</b><td> </tbody>"])
@pytest.mark.parametrize("rest", ["</td></tr>", ""])
def test_a_table_of_one_cell_within_a_cell_is_what_the_cell_holds(
    tmp_path: Path, inner: str, rest: str
) -> None:
    read = series.read(one(tmp_path, f"<td><table>{inner}</table>{rest}"))
    assert read.to_list() == MINING
    assert "another sheet" not in read.attrs["account"]


@pytest.mark.parametrize(
    "cell",
    ["<table><tr><td>89.1<td>89.3</table>", "8<table><tr><td>9.1</table>", "89.3<table><tr><td>89.1</table>"],
)
def test_numbers_of_a_table_beside_others_in_a_cell_are_refused_there(tmp_path: Path, cell: str) -> None:
    told = refused(one(tmp_path, f"<td>{cell}"))
    assert "B7" in told
    assert "is in a table within a cell, beside others; write the cell's own number alone in it" in told


def test_tables_that_a_page_only_lays_out_are_read(tmp_path: Path) -> None:
    inner = f"<table>{HEAD}{''.join(ROWS)}</table>"
    laid_out = page(tmp_path, f"<table><tr><td>1<td>{inner}<td>Food 2026</table>")
    assert series.read(laid_out, "Mining").to_list() == MINING
