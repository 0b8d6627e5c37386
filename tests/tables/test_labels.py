"""Labels as names: letters of every script stay, marks and numbers of rows go where nothing needs them."""

from __future__ import annotations

import pytest

from forecast.tables import fold
from forecast.tables.labels import bare
from forecast.tables.words import match_headings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Добыча 10", "Обработка 10"),
        ("Добыча (CO2)", "Пищевые (CO2)"),
        ("ガス", "カス"),
        ("الأغذية 2", "التعدين 2"),
        ("เหมืองแร่ 1", "อาหาร 1"),
        ("Τρόφιμα 10", "Ορυχεία 10"),
        ("Łódki", "ódki"),
        ("खनन 1", "निर्माण 1"),
    ],
)
def test_labels_of_any_script_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ДОБЫЧА УГЛЯ", "Добыча  угля"),
        ("Ορυχεία", "ΟΡΥΧΕΙΑ"),
        ("ｶﾞｽ", "ガス"),
        ("Ещё", "еще"),
        ("MADENCİLİK", "madencilik"),
        ("Lo\u0301dz", "Łódź"),
        ("Đà\u00a0Nẵng", "da_nang"),
        ("معد\u200cن", "معدن"),
    ],
)
def test_spellings_of_one_label_are_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_a_heading_in_another_script_is_found_among_others() -> None:
    header = ["Регион", "Сектор", "Месяц", "Значение", "Measure 指标"]
    found = match_headings(header, {"measure": ()}, {"region": "Регион", "value": "значение"})
    assert found == {"region": 0, "value": 3, "measure": 4}


@pytest.mark.parametrize(
    "label",
    [
        *("Mining *", "Mining 1)", "Mining (r)", "Mining¹", "Mining²⁾", "Mining [1]", "Mining (1)"),
        *("Mining†", "Mining 1), 2)"),
        *("Mining (provisional)", "Mining (sơ bộ)", "¹ Mining", "*Mining", "Mining p"),
        *("1. Mining", "1.1 Mining", "1.1. Mining", "B. Mining", "1_Mining", "I. Mining"),
        *("III) Mining", "(1) Mining"),
        *("- Mining", "B1. Mining", "１．Mining", "一、Mining", "1. Mining *", "B. Mining p"),
    ],
)  # fmt: skip
def test_marks_and_numbers_come_off(label: str) -> None:
    assert bare([label, "Total", "Wood", "Wood²"], marks="per")[label] == "Mining"


@pytest.mark.parametrize(
    "labels",
    [
        ("Food 1", "Food 2", "NACE 10"),
        ("CO2", "H2O", "CO₂", "km²", "Category A", "Vitamin e", "Mining p"),
        ("1. Food", "2. Food"),
        ("Food 1)", "Food 2)"),
        ("Food", "Food *"),
        ("B. Mining", "I. Mining"),
        ("S. Korea", "N. Macedonia"),
        ("10_year_yield", "C10 Beef", "01 Beer", "2015=100", "1. Quarter", "Sales (m)", "IIP (SA)"),
        ("Mining (forecast)",),
        ("a) Wine", "V. Islands"),
    ],
)  # fmt: skip
def test_labels_that_need_them_keep_them(labels: tuple[str, ...]) -> None:
    assert bare(labels) == {label: label for label in labels}


def test_numbers_of_rows_count_in_any_alphabet() -> None:
    assert list(bare(["a) Wine", "b) Beer", "А. Уголь", "Б. Нефть"]).values()) == [
        "Wine",
        "Beer",
        "Уголь",
        "Нефть",
    ]


def test_a_mark_of_the_newest_months_makes_no_other_row() -> None:
    labels, months = ["Mining", "Food", "Mining p", "Food 1)"], [1, 1, 2, 2]
    assert bare(labels, months) == {
        "Mining": "Mining",
        "Food": "Food",
        "Mining p": "Mining",
        "Food 1)": "Food",
    }
    assert bare(labels, [1, 1, 1, 1])["Mining p"] == "Mining p"
