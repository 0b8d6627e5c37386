"""Names of sectors in a store: of any script, the same in every release, and never those of two labels."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from forecast import figures
from forecast.errors import DataError
from forecast.figures.vocabulary import sector_word
from forecast.tables.rates import NoRate, headings, measure_alone
from tests.figures.sheets import sheet, table, whole

HEADS = [("May 2024 on April 2024",), ("May 2024 on May 2023",)]
TITLE = "Index of industrial production, May 2024"


def _sectors(labels: Sequence[str]) -> list[str]:
    rows = {label: (101.2 + k, 103.1 + k) for k, label in enumerate(labels)}
    records, _, _ = whole(sheet(table(HEADS, rows, TITLE)))
    return list(dict.fromkeys(str(record["sector"]) for record in records))


def _long(folder: Path, rows: Sequence[tuple[str, str, str]]) -> Path:
    path = folder / "figures.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["region", "sector", "period", "measure", "value", "published"])
        out.writerows(("here", sector, period, "yoy_pct", "3.1", day) for sector, period, day in rows)
    return path


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["Total", "Добыча 10", "Обработка 10"], ["total", "добыча_10", "обработка_10"]),
        (["総合", "ガス", "カス"], ["総合", "ガス", "カス"]),
        (["Total", "ТЭЦ (CO2)", "Уголь (CO2)"], ["total", "тэц_co2", "уголь_co2"]),
        (["Total", "Łódki", "ódki"], ["total", "lodki", "odki"]),
        (["Total", "Mining p", "Food *", "Wood 1)"], ["total", "mining", "food", "wood"]),
        (["Total", "Hemp p", "Paper (r)", "Glass²⁾"], ["total", "hemp", "paper", "glass"]),
        (["Total", "Food 1", "Food 2", "CO2", "Category A"], ["total", "food_1", "food_2", "co2", "category_a"]),
        (["1. Total", "1.1 Mining", "1.2 Food", "(3) Wood"], ["total", "mining", "food", "wood"]),
        (["Total", "1. Wood", "2. Wood"], ["total", "1_wood", "2_wood"]),
        (["Total 合计", "IIP добыча"], ["total", "iip_добыча"]),
    ],
)  # fmt: skip
def test_rows_of_a_bulletin_have_names_of_their_own(labels: list[str], names: list[str]) -> None:
    assert _sectors(labels) == names


@pytest.mark.parametrize(
    "label", ["Wood p", "Wood 1)", "1. Wood", "C. Wood (r)", "  Wood\u00a0 ", "Wood*", "WOOD"]
)
def test_a_release_that_marks_or_numbers_its_labels_names_no_other_sector(tmp_path: Path, label: str) -> None:
    rows = [("Wood", "2024-04", "2024-05-20"), (label, "2024-05", "2024-06-20")]
    assert set(figures.read(_long(tmp_path, rows)).table["sector"]) == {"wood"}


@pytest.mark.parametrize(
    ("one", "other"), [("ガス", "カス"), ("Добыча 10", "Обработка 10"), ("1. Wood", "2. Wood")]
)
def test_two_labels_of_rows_never_become_one_series(tmp_path: Path, one: str, other: str) -> None:
    rows = [(one, "2024-05", "2024-06-20"), (other, "2024-05", "2024-06-20")]
    assert figures.read(_long(tmp_path, rows)).table["sector"].nunique() == 2


def test_capitals_make_no_other_sector_in_another_script(tmp_path: Path) -> None:
    rows = [("ДОБЫЧА УГЛЯ", "2024-04", "2024-05-20"), ("Добыча  угля", "2024-05", "2024-06-20")]
    assert set(figures.read(_long(tmp_path, rows)).table["sector"]) == {"добыча_угля"}


def test_a_label_with_and_without_its_mark_in_one_table_is_refused() -> None:
    with pytest.raises(DataError, match="give two rows of one name names of their own"):
        _sectors(["Total", "Wood", "Wood *"])


def test_words_of_the_project_are_known_with_a_letter_of_status() -> None:
    assert [sector_word(label) for label in ("Manufacturing p", "1.2 Mining²", "IIP горной")] == [
        "manufacturing",
        "mining",
        "IIP горной",
    ]


@pytest.mark.parametrize(
    "heading", ["quarter on same quarter of previous year", "Quý so với cùng quý năm trước"]
)
def test_the_growth_of_a_quarter_without_its_number_is_of_no_month(heading: str) -> None:
    (read,) = headings([(heading,)], [TITLE])
    assert isinstance(read, NoRate)
    assert read.reason == "rate of a quarter that it does not name"
    assert measure_alone(heading) == ""


@pytest.mark.parametrize(
    ("heading", "title", "month"),
    [
        ("3-й квартал 2024 к 3-му кварталу 2023", "", "2024-09"),
        ("1Q24 / 1Q23", "", "2024-03"),
        ("1T24 / 1T23", "Índice de producción industrial, mayo de 2024", "2024-03"),
        ("2T2024/2T2023", "Índice da produção industrial, maio de 2024", "2024-06"),
        ("1° trim. 2024 contra igual trimestre del año anterior", "", "2024-03"),
    ],
)
def test_the_growth_of_a_quarter_is_of_its_last_month(heading: str, title: str, month: str) -> None:
    (read,) = headings([(heading,)], [title])
    assert not isinstance(read, NoRate)
    assert (read.measure, str(read.period)) == ("qtr_yoy_pct", month)
