"""`denial`: what a text beside figures says against them: another time or subject, an adjustment, a forecast."""

from __future__ import annotations

import re
from collections.abc import Collection

from forecast.tables import rates
from forecast.tables.languages import holds, plain_words, words
from forecast.tables.rates import REASONS
from forecast.tables.rates.statement import Statement, statement
from forecast.tables.rates.titles import WHOLE_TABLE

_AGAINST = {
    "month before": ("mom_pct",),
    "quarter before": (),
    "same": ("yoy_pct", "ytd_yoy_pct", "qtr_yoy_pct"),
}
"""What a rate is compared with -> the measures that are."""

_SUBJECTS = re.compile(r"\b(?:indicator|variable|subject|series|title|dataset|concept|chi tieu|chi so)\b")
"""Headings of columns that name what a file is about, folded."""

ADJUSTED = f"a {REASONS['adjusted']}"

_TREATED = frozenset({"sa", "ca", "sca", "wda", "swda"})
_LONGER = frozenset({"q", "a", "quarterly", "annual", "annually", "yearly"})
"""Codes and words of frequencies of more than a month."""


def denial(heading: str, text: str, measures: Collection[str]) -> str:
    """Return what a short text in a column of words denies of figures of some measures, "" where it denies nothing.

    >>> denial("description", "Seasonally adjusted", ["mom_pct"]), denial("vs", "previous month", ["yoy_pct"])
    ('a rate adjusted for the season', 'a comparison that is no yoy_pct')
    >>> denial("s_adj", "NSA", ["mom_pct"]), denial("product", "Consumer goods", ["yoy_pct"])
    ('', '')
    """
    said = statement([text])
    plain = plain_words(text)
    treatment = holds(heading.replace("_", " "), "treatment")
    if not said.strange and not said.whats and said.left_out in WHOLE_TABLE and (treatment or len(plain) > 3):
        return "an annualised rate" if said.left_out == "annualised" else f"a {REASONS[said.left_out]}"
    if treatment and plain in _TREATED:
        return ADJUSTED
    if plain in words("outlook"):
        return "a plan or forecast"
    if rates.says(text, "average") and re.search(r"\d", text):
        return "a mean of months"
    if _SUBJECTS.search(plain_words(heading)) and rates.says(text, "another table"):
        return "" if rates.says(text, "production") else "another subject"
    spans = _LONGER | words("quarter") | words("year")
    if treatment and plain in spans and set(measures) - {"qtr_yoy_pct"}:
        return "a time that is no month"
    return _against(said, measures)


def _against(said: Statement, measures: Collection[str]) -> str:
    """Return that a text compares with another time than the measures of figures do, "" where it does not."""
    if said.strange or said.left_out or said.whats or said.base is None or said.base.kind not in _AGAINST:
        return ""
    other = next((m for m in measures if m != "index" and m not in _AGAINST[said.base.kind]), "")
    return f"a comparison that is no {other}" if other else ""
