"""Lines of one text within the section of a series are remarks or are refused; they begin no other series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from forecast import series
from forecast.errors import DataError

NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TOTAL = [round(97.3 + (5 * i) % 13 + 0.1 * i, 1) for i in range(51)]
MINING = [round(203.0 - v, 1) for v in TOTAL]


def years(values: Sequence[float], first: int = 2022) -> list[str]:
    rows = [values[i : i + 12] for i in range(0, len(values), 12)]
    return [f"{first + k};" + ";".join(map(str, row)) for k, row in enumerate(rows)]


def put(folder: Path, rows: Sequence[str]) -> Path:
    path = folder / "x.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def with_line(line: str) -> list[str]:
    total = years(TOTAL)
    return ["Year;" + ";".join(NAMES), "Total industry", *total[:4], line, total[4], "Mining", *years(MINING)]


@pytest.mark.parametrize(
    "line",
    [
        "Page 2",
        "Note: break in series",
        "(provisional)",
        "Provisional",
        "(continued)",
        "* revised",
        "p = provisional",
    ]
    + ["Total industry (continued)", "Trang 2"],
)
def test_a_remark_before_the_newest_year_of_a_section_begins_no_other_series(
    tmp_path: Path, line: str
) -> None:
    panel = series.read_panel(put(tmp_path, with_line(line)))
    assert [str(name).removesuffix(" level") for name in panel] == ["Total industry", "Mining"]
    np.testing.assert_allclose(panel.iloc[:, 0].dropna(), TOTAL)
    assert f'line 7 "{line}" among the rows of "Total industry" was taken as a remark' in panel.attrs["notes"]


@pytest.mark.parametrize("line", ["Break in series", "New sample since 2026", "Manufacturing"])
def test_another_line_where_the_years_go_on_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(DataError, match=rf'x.csv:7: "{line}" .* of "Total industry" go on from 2025 to 2026'):
        series.read_panel(put(tmp_path, with_line(line)))


def test_a_base_where_the_years_go_on_is_refused_also_in_a_note(tmp_path: Path) -> None:
    for line in ("2025 = 100", "Note: 2025 = 100"):
        with pytest.raises(DataError, match="link the two parts to one base"):
            series.read_panel(put(tmp_path, with_line(line)))


def test_a_page_breaks_every_section_of_years_that_fall(tmp_path: Path) -> None:
    total, mining = years(TOTAL)[::-1], years(MINING)[::-1]
    rows = ["Year;" + ";".join(NAMES), "Total industry", *total[:2], "Page 2", *total[2:]]
    panel = series.read_panel(put(tmp_path, [*rows, "Mining", *mining[:4], "Page 3", *mining[4:]]))
    np.testing.assert_allclose(panel.dropna().to_numpy().T, [TOTAL, MINING])


def test_a_note_below_the_name_of_a_section_is_not_its_name(tmp_path: Path) -> None:
    rows = ["Year;" + ";".join(NAMES), "Total industry", *years(TOTAL), "Mining", "Note: new weights"]
    panel = series.read_panel(put(tmp_path, [*rows, *years(MINING)]))
    assert [str(name).removesuffix(" level") for name in panel] == ["Total industry", "Mining"]


def test_sections_that_each_name_a_base_stay_series_of_their_own(tmp_path: Path) -> None:
    total = years(TOTAL)
    rows = [
        "Year;" + ";".join(NAMES),
        "Total (2015=100)",
        *total[:3],
        "Total (2020=100)",
        *total[3:],
        "Mining",
    ]
    panel = series.read_panel(put(tmp_path, [*rows, *years(MINING)]))
    assert list(panel.count()) == [36, 15, 51]


def test_a_remark_among_the_months_of_years_across_begins_no_other_series(tmp_path: Path) -> None:
    def rows(values: Sequence[float]) -> list[str]:
        return [f"{name};{values[i]};{values[12 + i]}" for i, name in enumerate(NAMES)]

    total = rows(TOTAL)
    table = ["Month;2023;2024", "Total industry", *total[:9], "Page 2", *total[9:], "Mining", *rows(MINING)]
    panel = series.read_panel(put(tmp_path, table))
    assert list(panel) == ["Total industry", "Mining"]
    np.testing.assert_allclose(panel["Total industry"], TOTAL[:24])


@pytest.mark.parametrize(
    "line",
    ["New methodology since January 2023", "New weights since January", "Neue Methode seit Januar 2023"],
)
def test_a_sentence_with_a_date_among_series_is_no_measure_of_those_below(tmp_path: Path, line: str) -> None:
    heading = "Industry;" + ";".join(f"{name} 2024" for name in NAMES)
    rows = [
        f"{k};" + ";".join(map(str, TOTAL[i : i + 12])) for i, k in enumerate(("Total", "Mining", "Food"))
    ]
    panel = series.read_panel(put(tmp_path, [heading, rows[0], line, *rows[1:]]))
    assert list(panel) == ["Total", "Mining", "Food"]
    assert f'line 3 "{line}" among the rows was taken as a remark' in panel.attrs["notes"]


@pytest.mark.parametrize(
    "line", ["Since January", "Production since January 2024", "Year to date", "Seit Januar"]
)
def test_a_line_that_says_year_to_date_is_of_the_series_below(tmp_path: Path, line: str) -> None:
    heading = "Industry;" + ";".join(f"{name} 2024" for name in NAMES)
    rows = [
        f"{k};" + ";".join(map(str, TOTAL[i : i + 12])) for i, k in enumerate(("Total", "Mining", "Food"))
    ]
    panel = series.read_panel(put(tmp_path, [heading, rows[0], line, *rows[1:]]))
    assert list(panel) == ["Total"]
    assert "24 values of the year to date" in panel.attrs["account"]


def test_a_sub_head_with_dashes_across_is_left_out_and_told(tmp_path: Path) -> None:
    heading = "Industry;" + ";".join(f"{name} 2024" for name in NAMES)
    path = put(tmp_path, [heading, f"Total;{';'.join(map(str, TOTAL[:12]))}", "Groupings" + ";-" * 12])
    panel = series.read_panel(path)
    assert list(panel) == ["Total"]
    assert '"Groupings" holds no number and was left out' in panel.attrs["notes"]
    with pytest.raises(DataError, match='column "Groupings" holds no number; choose another'):
        series.read(path, "Groupings")


def test_days_in_figures_across_are_refused_with_a_remedy_that_helps(tmp_path: Path) -> None:
    def rows(dash: str, day: str) -> list[str]:
        heading = "Industry;" + ";".join(f"2018{dash}{m + 1:02d}{day}" for m in range(12))
        return [
            heading,
            *(f"{k};{';'.join(map(str, v[:12]))}" for k, v in (("Total", TOTAL), ("Mining", MINING))),
        ]

    with pytest.raises(
        DataError, match="x.csv:1: 20180101 heads a column as a day in figures; write the months as"
    ):
        series.read_panel(put(tmp_path, rows("", "01")))
    assert list(series.read_panel(put(tmp_path, rows("-", "")))) == ["Total", "Mining"]


@pytest.mark.parametrize("line", ["Winter 2022", "Covid-19", "Lockdown", "Ngừng sản xuất", "Streik"])
def test_a_remark_among_the_years_of_a_single_series_is_told(tmp_path: Path, line: str) -> None:
    rows = years(TOTAL)
    level = series.read(put(tmp_path, ["Year;" + ";".join(NAMES), *rows[:2], line, *rows[2:]]))
    assert np.allclose(level.dropna(), TOTAL)
    assert any(f'"{line}" among the rows' in note for note in level.attrs["notes"])


@pytest.mark.parametrize("line", ["2020=100", "Base 2020", "new base", "Gốc mới"])
def test_a_base_among_the_years_of_a_single_series_is_refused(tmp_path: Path, line: str) -> None:
    rows = years(TOTAL)
    file = put(tmp_path, ["Year;" + ";".join(NAMES), *rows[:2], line, *rows[2:]])
    with pytest.raises(DataError, match=f'x.csv:4: "{line}" stands .* go on from 2023 to 2024; link the two'):
        series.read(file)


@pytest.mark.parametrize("base", ["(2020 = 100)", "2020=100"])
def test_a_base_below_the_name_of_each_section_takes_no_name_away(tmp_path: Path, base: str) -> None:
    head = "Year;" + ";".join(NAMES)
    rows = ["IIP", "", head, "Mining", base, *years(MINING), "Total", base, *years(TOTAL)]
    assert [name.split()[0] for name in series.read_panel(put(tmp_path, rows))] == ["Mining", "Total"]


@pytest.mark.parametrize("label", ["Jan-Dec {}", "Jan–Oct {}", "enero–octubre {}", "Jan - Dez {}"])
@pytest.mark.parametrize("each", [True, False])
def test_months_of_a_year_together_are_no_row_of_that_year(tmp_path: Path, label: str, each: bool) -> None:
    rows = years(TOTAL)
    means = [[f"{label.format(2022 + k)};98.4"] if each or k == 4 else [] for k in range(len(rows))]
    table = [row for year, mean in zip(rows, means, strict=True) for row in (year, *mean)]
    level = series.read(put(tmp_path, ["Year;" + ";".join(NAMES), *table]))
    assert np.allclose(level.dropna(), TOTAL)
    assert any(label.format(2026) in text for text in level.attrs["left_out"])
