"""Texts to the right of years by months, or of months by years: remarks, and bases that are none."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

NAMES = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "fr": [
        "janv.",
        "févr.",
        "mars",
        "avril",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
    "vi": [f"Tháng {m}" for m in range(1, 13)],
}
YEARS = range(2018, 2023)
LEVEL = {f"{y}-{m:02d}": 90 + m + (y - 2018) / 4 for y in YEARS for m in range(1, 13)}


def years_down(language: str, heading: str, remarks: dict[int, str]) -> list[list[object]]:
    """Rows of years by months, a remark at the end of some of them."""
    rows: list[list[object]] = [["", *NAMES[language], heading]]
    return rows + [[y, *(LEVEL[f"{y}-{m:02d}"] for m in range(1, 13)), remarks.get(y, "")] for y in YEARS]


def months_down(language: str, heading: str, remarks: dict[int, str]) -> list[list[object]]:
    """Rows of months by years, a remark at the end of some of them."""
    rows: list[list[object]] = [["", *YEARS, heading]]
    names = enumerate(NAMES[language], start=1)
    return rows + [[name, *(LEVEL[f"{y}-{m:02d}"] for y in YEARS), remarks.get(m, "")] for m, name in names]


def written(folder: Path, rows: list[list[object]]) -> Path:
    """A text file of rows, without separators at the ends of lines."""
    file = folder / "iip.csv"
    lines = (";".join(map(str, row)).rstrip(";") for row in rows)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("heading", ["", "Remarks", "Ghi chú", "Événements"])
@pytest.mark.parametrize(
    ("language", "remark"),
    [("en", "strike in March"), ("en", "provisional"), ("fr", "grève en mars"), ("vi", "đình công tháng 3")],
)
def test_a_remark_beside_some_rows_takes_nothing_out_and_is_told(
    language: str, remark: str, heading: str, tmp_path: Path
) -> None:
    for rows in (years_down(language, heading, {2020: remark}), months_down(language, heading, {3: remark})):
        level = series.read(written(tmp_path, rows))
        assert {str(month): value for month, value in level.items()} == LEVEL
        assert any(f'"{remark}" beside the numbers' in note for note in level.attrs["notes"])


def test_labels_to_the_right_that_tell_rows_apart_name_series(tmp_path: Path) -> None:
    rows = years_down("en", "", dict.fromkeys(YEARS, "Mining"))
    rows += [[*row[:-1], "" if row[0] == 2018 else "Water"] for row in rows[1:]]
    assert {"Mining", "Water"} <= set(series.read_panel(written(tmp_path, rows)))


@pytest.mark.parametrize("heading", ["", "Note"])
@pytest.mark.parametrize(
    "base", ["new base since 2020", "2020=100", "nouvelle base", "gốc mới từ năm 2020", "Basisjahr 2020"]
)
def test_a_remark_that_says_another_base_is_refused(base: str, heading: str, tmp_path: Path) -> None:
    file = written(tmp_path, years_down("en", heading, {2020: base}))
    with pytest.raises(DataError, match=f'csv:4.*"{base}" begins here'):
        series.read(file)


def test_a_base_beside_the_first_year_holds_for_all(tmp_path: Path) -> None:
    level = series.read(written(tmp_path, years_down("en", "", {2018: "2015=100"})))
    assert len(level) == len(LEVEL)


def test_a_later_base_moves_nothing_by_then(tmp_path: Path) -> None:
    file = written(tmp_path, years_down("en", "", {2022: "new base"}))
    assert len(series.read(file, until=pd.Period("2021-12", "M"))) == len(LEVEL) - 12


def test_a_text_that_may_say_rates_is_refused_and_its_remedy_helps(tmp_path: Path) -> None:
    remarks = {2020: "growth slowed"}
    with pytest.raises(DataError, match='csv:4: "growth slowed" .* head its column "Remarks"'):
        series.read(written(tmp_path, years_down("en", "", remarks)))
    assert len(series.read(written(tmp_path, years_down("en", "Remarks", remarks)))) == len(LEVEL)


@pytest.mark.parametrize(
    "heading", ["Observaciones", "Observações", "Remarques", "Bemerkungen", "Anmerkungen"]
)
def test_a_column_headed_remarks_names_no_series_where_every_row_has_one(
    heading: str, tmp_path: Path
) -> None:
    rows = years_down("en", heading, {y: f"strike of {y}" for y in YEARS})
    level = series.read(written(tmp_path, rows))
    assert {str(month): value for month, value in level.items()} == LEVEL


MONTHS_ACROSS = "Jan;Feb;Mar;Apr;May;Jun;Jul;Aug;Sep;Oct;Nov;Dec"


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (f"No.;Year;{MONTHS_ACROSS}", ["1;{}", "2;{}", "3;{}"]),
        (f"STT;Năm;{MONTHS_ACROSS}", ["1;{}", "2;{}", "3;{}"]),
        (f"Year;{MONTHS_ACROSS};;Sector;Weight", ["{};;Mining;20.1", "{};;Food;30.2", "{};;Metals;49.7"]),
        (f"Year;{MONTHS_ACROSS};Sector;Weight", ["{};Mining;20.1", "{};Food;30.2", "{};Metals;49.7"]),
    ],
    ids=["numbered", "numbered vi", "another table behind a gap", "another table"],
)
def test_what_stands_beside_one_year_each_names_no_series(tmp_path: Path, head: str, rows: list[str]) -> None:
    levels = [[100.0 + year + month / 10 for month in range(12)] for year in range(3)]
    years = [f"{2022 + i};" + ";".join(map(str, own)) for i, own in enumerate(levels)]
    path = tmp_path / "levels.csv"
    path.write_text("\n".join([head, *(row.format(y) for row, y in zip(rows, years, strict=True))]) + "\n")
    panel = series.read_panel(path)
    assert panel.squeeze().tolist() == [value for own in levels for value in own]
    assert any("beside one year each and name no series" in note for note in panel.attrs["notes"])


@pytest.mark.parametrize("line", ["Seasonally adjusted", "% change", "YoY (%)"])
def test_a_line_among_years_that_makes_other_values_of_those_below_is_refused(
    tmp_path: Path, line: str
) -> None:
    years = [
        f"{year};" + ";".join(str(100.0 + year % 7 + month) for month in range(12))
        for year in (2022, 2023, 2024)
    ]
    path = tmp_path / "levels.csv"
    path.write_text("\n".join([f"Year;{MONTHS_ACROSS}", years[0], line, *years[1:]]) + "\n")
    with pytest.raises(DataError, match=f'levels.csv:3: "{re.escape(line)}" stands in a line of its own'):
        series.read_panel(path)
    path.write_text(path.read_text().replace(line, f"Note: {line} below"))
    assert len(series.read_panel(path)) == 36
