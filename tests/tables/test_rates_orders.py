"""What is compared and what with, in any order and any split into lines, is one rate or is not understood."""

from __future__ import annotations

import random
from itertools import product

import pytest

from forecast.tables import rates

EXPECTED = {
    "month": {"year": "yoy_pct 2024-04", "month": "mom_pct 2024-04"},
    "to date": {"year": "ytd_yoy_pct 2024-04"},
    "quarter": {"year": "qtr_yoy_pct 2024-03"},
    "whole": {"year": "ytd_yoy_pct 2023-12"},
}
"""What is compared -> what with -> the rate that it is."""

TIMES = {
    "en": {
        "month": ("April 2024", "Apr 2024", "Apr-24", "2024-04", "2024M04"),
        "to date": ("Jan-Apr 2024", "First 4 months of 2024", "4M 2024", "Cumulative to April 2024"),
        "quarter": ("Q1 2024", "First quarter 2024", "1st quarter of 2024"),
        "whole": ("2023", "Full year 2023"),
    },
    "vi": {
        "month": ("Tháng 4/2024", "Tháng 4 năm 2024", "T4/2024", "Tháng Tư năm 2024"),
        "to date": ("4 tháng đầu năm 2024", "4T/2024", "Cộng dồn 4 tháng năm 2024", "Lũy kế 4 tháng 2024"),
        "quarter": ("Quý I/2024", "Quý 1 năm 2024"),
        "whole": ("Cả năm 2023",),
    },
    "de": {
        "month": ("April 2024", "04/2024"),
        "to date": ("Januar bis April 2024", "Jan.-Apr. 2024"),
        "quarter": ("1. Quartal 2024", "Q1 2024"),
        "whole": ("Jahr 2023",),
    },
    "fr": {
        "month": ("avril 2024", "04/2024"),
        "to date": ("janvier-avril 2024", "Cumul janvier-avril 2024", "4 premiers mois 2024"),
        "quarter": ("1er trimestre 2024", "Premier trimestre 2024"),
        "whole": ("Année 2023",),
    },
    "es": {
        "month": ("abril de 2024", "abr 2024"),
        "to date": ("enero-abril 2024", "acumulado enero-abril 2024"),
        "quarter": ("1er trimestre 2024", "I trimestre 2024"),
        "whole": ("Año 2023",),
    },
    "pt": {
        "month": ("abril de 2024", "abr/2024"),
        "to date": ("janeiro a abril de 2024", "acumulado janeiro-abril 2024"),
        "quarter": ("1.º trimestre 2024",),
        "whole": ("2023",),
    },
    "ru": {
        "month": ("Апрель 2024 г.", "апрель 2024 года"),
        "to date": ("Январь-апрель 2024 г.",),
        "quarter": ("I квартал 2024 г.", "1 квартал 2024"),
        "whole": ("2023 год",),
    },
}
BASES = {
    "en": {
        "year": (
            "YoY",
            "y/y",
            "year on year change",
            "compared with the same period of last year",
            "annual change",
        ),
        "month": ("MoM", "month-on-month", "% change on previous month", "monthly change"),
    },
    "vi": {
        "year": ("so với cùng kỳ năm trước", "so cùng kỳ (%)", "tăng/giảm so với cùng kỳ (%)", "YoY"),
        "month": ("so với tháng trước", "MoM", "so với tháng liền kề trước"),
    },
    "de": {
        "year": ("Veränderung gegenüber dem Vorjahr in %", "im Jahresvergleich", "YoY"),
        "month": ("gegenüber Vormonat", "im Monatsvergleich"),
    },
    "fr": {
        "year": (
            "par rapport à la même période de l'année précédente",
            "glissement annuel",
            "variation sur un an (%)",
        ),
        "month": ("par rapport au mois précédent", "variation mensuelle"),
    },
    "es": {
        "year": ("variación interanual", "respecto al mismo periodo del año anterior", "variación anual (%)"),
        "month": ("variación (%) mensual", "respecto al mes anterior"),
    },
    "pt": {
        "year": ("variação homóloga", "em relação a igual período do ano anterior"),
        "month": ("variação mensal", "em relação ao mês anterior"),
    },
    "ru": {
        "year": ("к соответствующему периоду предыдущего года", "год к году"),
        "month": ("к предыдущему месяцу", "месяц к месяцу"),
    },
}


def _ways(time: str, base: str) -> list[tuple[str, ...]]:
    """Return the lines of headings that say both: in either order, on one line or two, the year above or below."""
    ways = [
        (f"{time} {base}",), (f"{base} {time}",), (f"{time}, {base}",), (time, base), (base, time),
        (f"{base} ({time})",), (f"{time} ({base})",), (f"{base}: {time}",),
    ]  # fmt: skip
    bare = time.removesuffix(" 2024")
    if bare != time and not bare.endswith((" năm", " de", " of")):
        ways += [("2024", bare, base), ("2024", f"{bare} {base}")]
    return ways


def _read(lines: tuple[str, ...]) -> str:
    (found,) = rates.headings([lines])
    return f"{found.measure} {found.period}" if isinstance(found, rates.Rate) else ""


@pytest.mark.parametrize("language", TIMES)
def test_the_order_of_words_and_lines_changes_no_rate(language: str) -> None:
    every = [
        (lines, EXPECTED[what][of])
        for what, bases in EXPECTED.items()
        for of in bases
        for time, base in product(TIMES[language][what], BASES[language][of])
        for lines in _ways(time, base)
    ]
    drawn = random.Random(7).sample(every, min(len(every), 250))
    read = [(lines, _read(lines), expected) for lines, expected in drawn]
    assert [one for one in read if one[1] not in ("", one[2])] == []
    understood = sum(found == expected for _, found, expected in read) / len(read)
    assert understood >= 0.93, [lines for lines, found, _ in read if not found]
