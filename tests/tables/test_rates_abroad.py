"""Headings of rates in Russian, German, French, Spanish and Portuguese: understood, and never taken for levels."""

from __future__ import annotations

import pytest

from forecast.tables import rates
from tests.tables.test_rates import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Период к аналогичному периоду предыдущего года, %", "yoy_pct 2024-06"),
        ("Январь 2024 г. в % к январю 2023 г.", "yoy_pct 2024-01"),
        ("Январь-октябрь 2023 года в % к январю-октябрю 2022 года", "ytd_yoy_pct 2023-10"),
        ("Темп прироста к предыдущему месяцу, %", "mom_pct 2024-06"),
        ("Октябрь 2023 г. к соответствующему месяцу предыдущего года", "yoy_pct 2023-10"),
        ("Индекс промышленного производства (2018 = 100)", "index 2024-06"),
        ("Удельный вес", "weight"),
    ],
)
def test_russian_headings(text: str, expected: str) -> None:
    assert read(text, "2024-06") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Veränderung gegenüber dem Vorjahresmonat in %", "yoy_pct 2024-06"),
        ("Produktion, Veränderung gegenüber Vormonat in %", "mom_pct 2024-06"),
        ("Veränderung zum Vorjahr in %", "yoy_pct 2024-06"),
        ("Januar bis April 2024 gegenüber Januar bis April 2023", "ytd_yoy_pct 2024-04"),
        ("Wägungsanteil", "weight"),
        ("Variation en glissement annuel", "yoy_pct 2024-06"),
        ("Évolution par rapport au mois précédent (%)", "mom_pct 2024-06"),
        ("Variation sur un an", "yoy_pct 2024-06"),
        ("Avril 2024 par rapport à avril 2023", "yoy_pct 2024-04"),
        ("Pondérations", "weight"),
        ("Variación interanual", "yoy_pct 2024-06"),
        ("Tasa de variación sobre el mismo mes del año anterior", "yoy_pct 2024-06"),
        ("Variación mensual (%)", "mom_pct 2024-06"),
        ("Tasa anual acumulada", "ytd_yoy_pct 2024-06"),
        ("Variación acumulada en el año (%)", "ytd_yoy_pct 2024-06"),
        ("Variação acumulada no ano (%)", "ytd_yoy_pct 2024-06"),
        ("2024\n1er trimestre\nglissement annuel", "qtr_yoy_pct 2024-03"),
        ("2024\n1er trimestre\nvariación interanual", "qtr_yoy_pct 2024-03"),
        ("2024\n1. Quartal gegenüber Vorjahr", "qtr_yoy_pct 2024-03"),
        ("Q1 2024 zum Vorjahr", "qtr_yoy_pct 2024-03"),
        ("2024\n1 квартал год к году", "qtr_yoy_pct 2024-03"),
        ("Variação homóloga dez 2023", "yoy_pct 2023-12"),
        ("jan-dez 2023 variação homóloga", "ytd_yoy_pct 2023-12"),
        ("primeiros dez meses de 2023, variação homóloga", "ytd_yoy_pct 2023-10"),
        ("Cuarto trimestre 2023 interanual", "qtr_yoy_pct 2023-12"),
        ("3-й квартал 2023 год к году", "qtr_yoy_pct 2023-09"),
        ("Variación (%) mensual", "mom_pct 2024-06"),
        ("Variación (%)\nanual", "yoy_pct 2024-06"),
        ("Variation annuelle (%)", "yoy_pct 2024-06"),
        ("Évolution sur un mois", "mom_pct 2024-06"),
        ("Monatliche Veränderung (%)", "mom_pct 2024-06"),
        ("Variação percentual anual", "yoy_pct 2024-06"),
        ("Variação homóloga (%)", "yoy_pct 2024-06"),
        ("Variação percentual em relação ao mesmo mês do ano anterior", "yoy_pct 2024-06"),
        ("Variação mensal (%)", "mom_pct 2024-06"),
        ("Mês/Mês imediatamente anterior", "mom_pct 2024-06"),
        ("Mês / Igual mês do ano anterior", "yoy_pct 2024-06"),
        ("Monat/Vormonat (%)", "mom_pct 2024-06"),
    ],
)
def test_headings_in_german_french_spanish_and_portuguese(text: str, expected: str) -> None:
    assert read(text, "2024-06") == expected
    if expected != "weight":
        assert rates.speaks_of_rates([text])


@pytest.mark.parametrize(
    "text",
    [
        "Produktionsindex (2015=100)",
        "Index der industriellen Produktion, saisonbereinigt",
        "Vorjahr",
        "Indice de la production industrielle (base 100 en 2015)",
        "Ensemble de l'industrie",
        "Índice de producción industrial. Base 2015",
        "Índice de base fixa (2012=100)",
        "Produção física industrial",
        "Индекс промышленного производства, 2018 = 100",
        "Добыча полезных ископаемых",
    ],
)
def test_headings_of_levels_speak_of_no_rates(text: str) -> None:
    assert not rates.speaks_of_rates([text])


@pytest.mark.parametrize(
    ("heading", "beside", "expected"),
    [
        ("T2 2024 / T2 2023 (%)", "Mai 2024 / mai 2023 (évolution)", "qtr_yoy_pct 2024-06"),
        ("T2 2024 / T1 2024 (%)", "Mai 2024 / mai 2023 (évolution)", "against the quarter before"),
        ("T2 2024 / T1 2024 (%)", "Mayo 2024 / mayo 2023, variación", "against the quarter before"),
        ("T2/2024 / T1/2024", "T2/2024 so với cùng kỳ", "mom_pct 2024-02"),
        ("T2/2024 / T1/2024", "", "mom_pct 2024-02"),
    ],
)
def test_t2_is_a_quarter_beside_words_of_a_language_of_trimesters(
    heading: str, beside: str, expected: str
) -> None:
    found = rates.headings([(heading,), (beside,)])[0]
    said = f"{found.measure} {found.period}" if isinstance(found, rates.Rate) else found.reason
    assert expected in said


@pytest.mark.parametrize(
    ("title", "adjusted"),
    [
        ("Chỉ số sản xuất công nghiệp (đã điều chỉnh yếu tố mùa vụ)", True),
        ("Chỉ số sản xuất công nghiệp (đã loại bỏ yếu tố mùa vụ)", True),
        ("Chỉ số sản xuất công nghiệp (chưa điều chỉnh yếu tố mùa vụ)", False),
    ],
)
def test_titles_of_factors_of_the_season_are_of_adjusted_rates(title: str, adjusted: bool) -> None:
    (found,) = rates.headings([("Tháng 5/2024 so với tháng trước",)], [title])
    assert isinstance(found, rates.NoRate) == adjusted


def test_the_plan_in_two_letters_is_a_plan() -> None:
    (found,) = rates.headings([("Thực hiện 5 tháng / KH năm 2024 (%)",)])
    assert isinstance(found, rates.NoRate)
    assert found.reason == "plan or target"


@pytest.mark.parametrize(
    "text",
    [
        "Variação (%)|Acumulado no Ano",
        "Variação (%)|Acumulado Janeiro-Junho",
        "Variación de la media en lo que va de año",
        "% change|YTD",
    ],
)
def test_a_growth_of_the_year_to_date_is_against_the_same_months_and_told(text: str) -> None:
    (found,) = rates.headings([text.split("|")], ["2024-06"])
    assert isinstance(found, rates.Rate)
    assert (found.measure, str(found.period)) == ("ytd_yoy_pct", "2024-06")
    told = f'heading "{text.replace("|", " ")}" names no base; read as against the same months of the year before'
    assert found.note == told
    (by_title,) = rates.headings([text.split("|")], ["2024-06", "So với cùng kỳ năm trước"])
    assert isinstance(by_title, rates.Rate)
    assert (by_title.measure, by_title.note) == ("ytd_yoy_pct", "")


@pytest.mark.parametrize("text", ["Growth from December 2023 to date (%)", "Acumulado no Ano", "Cumulative"])
def test_what_is_summed_up_without_a_base_or_from_another_month_is_asked_about(text: str) -> None:
    assert "it does not say with what its numbers are compared" in read(text, "2024-06")


@pytest.mark.parametrize(
    ("text", "expected"), [("% change|M on M", "mom_pct 2024-06"), ("% change|Y on Y", "yoy_pct 2024-06")]
)
def test_changes_in_letters(text: str, expected: str) -> None:
    assert read(text, "2024-06") == expected
