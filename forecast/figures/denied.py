"""`denial`: what a text beside figures says against them: another time or subject, an adjustment, a forecast."""

from __future__ import annotations

import re
from collections.abc import Collection

from forecast.tables import rates
from forecast.tables.labels import without_number
from forecast.tables.languages import holds, plain_words, words
from forecast.tables.rates import REASONS
from forecast.tables.rates.lexicon import fitting
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

_CONTRIBUTES = ("dong gop", "muc dong gop", "contribution")
_INDICES = ("chi so", "index of", "indices of")
"""Beginnings of labels, without accents."""

_OF_BASES = frozenset("BYy")
"""Letters of `lexicon.KINDS` with which a label of a base begins: its word, that of a year, a year."""

_PRODUCTS = re.compile(r"\b(?:san pham|products?)\b")
_MAKING = re.compile(r"\b(?:san xuat|che bien|manufactur\w*|production|processing)\b")

_TREATED = frozenset({"sa", "ca", "sca", "wda", "swda"})
_QUARTERLY = frozenset(
    {"quarterly", "trimestral", "trimestrales", "trimestrais", "trimestriel", "trimestrielle", "trimestrielles",
     "vierteljahrlich", "quartalsdaten", "квартальные"}
)  # fmt: skip
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
    if rates.says(text, "average") and re.search(r"\d", text) and "100" not in text:
        return "a mean of months"
    if _SUBJECTS.search(plain_words(heading)) and _of_another_subject(text):
        return "another subject"
    spans = _LONGER | words("quarter") | words("year")
    if treatment and plain in spans and {"mom_pct", "yoy_pct"} & set(measures):
        return "a time that is no month"
    return _against(said, measures)


def _against(said: Statement, measures: Collection[str]) -> str:
    """Return that a text compares with another time than the measures of figures do, "" where it does not."""
    if said.strange or said.left_out or said.whats or said.base is None or said.base.kind not in _AGAINST:
        return ""
    other = next((m for m in measures if m != "index" and m not in _AGAINST[said.base.kind]), "")
    return f"a comparison that is no {other}" if other else ""


def _of_another_subject(text: str) -> bool:
    """Tell a text that names another subject than production; the making of products is none."""
    if not rates.says(text, "another table") or rates.says(text, "production"):
        return False
    plain = plain_words(text)
    return not (_PRODUCTS.search(plain) and _MAKING.search(plain))


def of_label(label: str) -> str:
    """Return what the label of a row of sectors says against its numbers, in the singular, "" where it says nothing.

    >>> of_label("Toàn ngành (đã điều chỉnh mùa vụ)"), of_label("Chỉ số tồn kho"), of_label("Sản xuất sản phẩm gỗ")
    ('rate adjusted for the season', 'number of another subject', '')
    """
    said = statement([label])
    if said.left_out in (*WHOLE_TABLE, "plan") and not said.whats and not said.strange:
        return REASONS[said.left_out]
    if rates.per_mille(label):
        return REASONS["per mille"]
    if plain_words(label).startswith(_CONTRIBUTES):
        return REASONS["contribution"]
    return "number of another subject" if is_another_subject(label) else ""


def against(text: str) -> str:
    """Return what a title, heading or remark says against monthly rates of production, in the singular, "" for nothing.

    Stricter than `of_label`: a word that says it is enough, whatever else the text says.

    >>> against("Seasonally adjusted data"), against("Producer prices, YoY (%)"), against("Forecast")
    ('rate adjusted for the season', 'number of another subject', 'plan or forecast')
    >>> against("Index of industrial production"), against("Mining: % on previous month")
    ('', '')
    """
    said = statement([text])
    if said.left_out:
        return REASONS.get(said.left_out, said.left_out)
    plain = plain_words(text)
    if plain in _TREATED or holds(text, "adjusted"):
        return REASONS["adjusted"]
    if holds(text, "outlook") or holds(text, "forecast"):
        return "plan or forecast"
    if rates.says(text, "average"):
        return "mean of months"
    if rates.per_mille(text):
        return REASONS["per mille"]
    if not _QUARTERLY.isdisjoint(plain.split()) and not said.compares:
        return "number of a quarter"
    return "number of another subject" if _of_another_subject(_PRODUCTS.sub(" ", plain)) else ""


def is_base(label: str) -> bool:
    """Tell a label that names a base year and nothing that it would be the base of.

    >>> is_base("Năm gốc 2020 = 100"), is_base("Total (base year 2020 = 100)"), is_base("Base metals")
    (True, False, False)
    """
    bare = without_number(label)
    said = statement([bare])
    if said.base is None or said.base.kind != "base year" or not said.base.year or said.whats or said.strange:
        return False
    first = fitting(bare).tokens(bare)[0]
    return first.kind in _OF_BASES and plain_words(bare).startswith(first.word)


def is_another_subject(line: str) -> bool:
    """Tell a line that names an index of another subject, or nothing but such a subject; a product is none.

    >>> is_another_subject("Lao động"), is_another_subject("Chỉ số sử dụng lao động")
    (True, True)
    """
    plain = plain_words(without_number(line))
    if not _of_another_subject(line):
        return False
    return plain.startswith(_INDICES) or rates.says(plain, "another table", alone=True)
