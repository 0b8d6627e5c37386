from __future__ import annotations

from pathlib import Path

import pytest

import forecast
from forecast.errors import DataError
from forecast.tables.cells import Sheet
from tests.figures.sheets import read, sheet, table, whole

FILL = {"region": "here", "published": "2026-10-06"}
VI = ("Chỉ số sản xuất công nghiệp tháng 9 năm 2026", "Toàn ngành")
EN = ("Index of industrial production, September 2026", "Total industry")
LAST = "so với cùng kỳ năm trước"
EARLIER, MOM = f"Tháng 8 năm 2026 {LAST}", "Tháng 9 năm 2026 so với tháng trước"
YOY, YTD = f"Tháng 9 năm 2026 {LAST}", f"9 tháng đầu năm 2026 {LAST}"
HEADS = (EARLIER, MOM, YOY, YTD)
OF_EN = "compared with the same period of last year"


def bulletin(*heads: str, of: tuple[str, str] = VI) -> Sheet:
    title, label = of
    return sheet(
        table([(head,) for head in heads], {label: (4.2, 6.3, 1.7, 5.8, 2.6, 3.3)[: len(heads)]}, title)
    )


def refused(*heads: str, of: tuple[str, str] = VI, **said: object) -> str:
    with pytest.raises(DataError) as caught:
        read(bulletin(*heads, of=of), fill=FILL, **said)
    return str(caught.value)


@pytest.mark.parametrize(
    ("at", "slip", "named", "meant"),
    [
        (2, f"Tháng 9 năm 2025 {LAST}", "2025-09", "yoy_pct 2026-09"),
        (1, "Tháng 9 năm 2025 so với tháng trước", "2025-09", "mom_pct 2026-09"),
        (3, f"9 tháng đầu năm 2025 {LAST}", "2025-09", "ytd_yoy_pct 2026-09"),
        (0, f"Tháng 8 năm 2025 {LAST}", "2025-08", "yoy_pct 2026-08"),
        (0, f"Tháng 8 năm 2024 {LAST}", "2024-08", "yoy_pct 2026-08"),
        (2, f"Tháng 6 năm 2026 {LAST}", "2026-06", "yoy_pct 2026-09"),
        (1, "Tháng 6 năm 2026 so với tháng trước", "2026-06", "mom_pct 2026-09"),
    ],
)
def test_a_month_that_is_mistyped_in_a_heading_is_asked_about(
    at: int, slip: str, named: str, meant: str
) -> None:
    heads = [*HEADS[:at], slip, *HEADS[at + 1 :]]
    said = refused(*heads)
    assert f'{"BCDE"[at]}4: the heading "{slip}" names {named}, the title 2026-09' in said
    assert (
        f'which is right? Mend the one that is wrong, or say under columns of which month the numbers are ({meant}: "'
        in said
    )
    assert said.count("which is right") == 1
    for month in (meant, f"{meant.partition(' ')[0]} {named}"):
        measure, _, period = month.partition(" ")
        assert ("here", "total", period, measure) in read(bulletin(*heads), fill=FILL, columns={month: slip})


@pytest.mark.parametrize("said", ["2026-09", "2025-09"])
def test_what_it_asks_to_say_can_be_said_of_a_heading_over_two_lines(tmp_path: Path, said: str) -> None:
    path = tmp_path / "2026-10-06-bulletin.html"
    path.write_text(
        f"<meta charset=utf-8><h3>{VI[0]} tỉnh Bắc Ninh</h3><table><tr><th rowspan=2>Ngành<th rowspan=2>{EARLIER}"
        f"<th colspan=2>Tháng 9 năm 2025 so với<th rowspan=2>{YTD}<tr><th>Tháng trước<th>Cùng kỳ năm trước"
        "<tr><td>Toàn ngành<td>4,2<td>6,3<td>1,7<td>5,8</table>",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="which is right"):
        forecast.read_figures(path)
    of = "Tháng 9 năm 2025 so với"
    columns = {f"mom_pct {said}": f"{of} Tháng trước", f"yoy_pct {said}": f"{of} Cùng kỳ năm trước"}
    table = forecast.read_figures(path, columns=columns).table
    assert table.loc[table["measure"] == "mom_pct", "period"].astype(str).tolist() == [said]
    with pytest.raises(DataError, match='columns: no column "Cùng kỳ"'):
        forecast.read_figures(path, columns={f"yoy_pct {said}": "Cùng kỳ"})


def test_a_year_that_is_mistyped_where_no_year_to_date_is_published() -> None:
    said = refused(EARLIER, "Tháng 9 năm 2025 so với tháng trước", f"Tháng 9 năm 2025 {LAST}")
    assert said.count("which is right") == 2


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        (f"September 2025 {OF_EN}", "2026-09"),
        (f"August 2025 {OF_EN}", "2026-08"),
        (f"June 2026 {OF_EN}", "2026-09"),
    ],
)
def test_a_month_that_is_mistyped_in_english(slip: str, meant: str) -> None:
    others = [f"{month} 2026 {OF_EN}" for month in ("August", "September") if month not in slip]
    others = others[:1] if meant == "2026-09" else others
    said = refused(*others, slip, f"First 9 months of 2026 {OF_EN}", of=EN)
    assert f'(yoy_pct {meant}: "{slip}")' in said


@pytest.mark.parametrize(
    "heads",
    [
        HEADS,
        (f"Tháng 9/2025 {LAST}", f"Tháng 9/2026 {LAST}"),
        (f"Tháng 8/2025 {LAST}", f"Tháng 9/2025 {LAST}", f"Tháng 8/2026 {LAST}", f"Tháng 9/2026 {LAST}"),
        (f"Tháng 7/2026 {LAST}", EARLIER, YOY, f"Quý III năm 2026 {LAST}", YTD),
        (EARLIER, YTD),
        (MOM, YOY, f"6 tháng đầu năm 2026 {LAST}", YTD),
        (MOM, YOY, f"9 tháng đầu năm 2025 {LAST}", YTD),
    ],
)
def test_months_beside_that_of_the_title_are_read(heads: tuple[str, ...]) -> None:
    assert len(read(bulletin(*heads), fill=FILL)) == len(heads)


def test_a_title_of_which_no_heading_is_may_be_the_one_that_is_wrong() -> None:
    heads = [f"Tháng 5 năm 2026 {LAST}", f"5 tháng đầu năm 2026 {LAST}"]
    _, notes, _ = whole(bulletin(*heads), fill=FILL)
    assert any("the title names 2026-09, the newest figures are of 2026-05" in note for note in notes)


@pytest.mark.parametrize(
    "label",
    ["Năm gốc 2020 = 100", "1. Năm gốc 2020 = 100", "Kỳ gốc 2020", "2020 = 100", "Base year 2020 = 100"],
)
def test_a_row_of_a_base_is_no_sector(label: str) -> None:
    rows = {"Toàn ngành": (104.2, 106.3), "Dệt": (101.0, 99.0), label: (100, 100)}
    records, _, left_out = whole(sheet(table([(MOM,), (YOY,)], rows, VI[0])), fill=FILL)
    assert {record["sector"] for record in records} == {"total", "det"}
    assert [(one.reason, one.what, one.count) for one in left_out] == [("number of a base", label, 2)]


@pytest.mark.parametrize("label", ["Total (2020 = 100)", "Total, base year 2020 = 100", "IIP (2020 = 100)"])
def test_a_sector_with_its_base_is_one(label: str) -> None:
    records, _, left_out = whole(sheet(table([(MOM,)], {label: (4.2,), "Dệt": (1.5,)}, VI[0])), fill=FILL)
    assert (len(records), left_out) == (2, ())
