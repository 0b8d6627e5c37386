"""Headings of a monthly bulletin: the month and the measure that they name together."""

from __future__ import annotations

import re

import pandas as pd

from forecast.tables import parse_period, parse_quarter, parse_year_to_date, unaccented

_AGAINST = re.compile(r"^(?P<what>.+?) so voi (?:chi so )?(?P<base>.+)$")
_BEFORE = re.compile(r"^(?:chi so |iip |uoc tinh |uoc |so bo |chinh thuc |thuc hien |luy ke |cong don )+")
_BASE_YEAR = re.compile(r"(?:thang )?binh quan (?:nam|thang) goc|nam goc")
_BASES = {"thang truoc": 1, "cung ky": 12, "cung thang nam truoc": 12}


def compares(text: str) -> bool:
    """Tell a heading that compares a month with another, whether or not it says which month.

    >>> compares("Tháng 4 so với tháng 3"), compares("Tháng 4")
    (True, False)
    """
    return " so voi " in f" {' '.join(unaccented(text).split())} "


def heading(text: str) -> tuple[pd.Period, str] | None:
    """Return month and measure of a heading such as "4 tháng đầu năm 2024 so với cùng kỳ (%)"; else None.

    >>> heading("Tháng 4/2024 so với tháng trước"), heading("Quý I năm 2024 so với cùng kỳ năm trước (%)")
    ((Period('2024-04', 'M'), 'mom_pct'), (Period('2024-03', 'M'), 'qtr_yoy_pct'))
    """
    plain = " ".join(re.sub(r"\([^)]*\)|%", " ", unaccented(text)).split())
    hit = _AGAINST.match(plain)
    if hit is None:
        return None
    what, base = _BEFORE.sub("", hit["what"] + " ").strip(), _BEFORE.sub("", hit["base"])
    for read, measure in (
        (parse_period, None),
        (parse_year_to_date, "ytd_yoy_pct"),
        (parse_quarter, "qtr_yoy_pct"),
    ):
        try:
            period = read(what)
        except ValueError:
            continue
        if _BASE_YEAR.match(base):
            measure = None if measure else "index"
        else:
            back = _months_back(base, period)
            measure = {1: None if measure else "mom_pct", 12: measure or "yoy_pct"}.get(back)
        return None if measure is None else (period, measure)
    return None


def _months_back(base: str, period: pd.Period) -> int:
    """Say how many months before the period its base lies, 0 where that is not told."""
    for words, back in _BASES.items():
        if base.startswith(words):
            return back
    try:
        return int((period - parse_period(base)).n)
    except ValueError:
        return 0
