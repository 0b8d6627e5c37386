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
        ("Variação homóloga (%)", "yoy_pct 2024-06"),
        ("Variação percentual em relação ao mesmo mês do ano anterior", "yoy_pct 2024-06"),
        ("Variação mensal (%)", "mom_pct 2024-06"),
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
