"""Rates of change, sums of the year to date and means of several months: none may pass for a monthly index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from forecast.arrays import YEAR
from forecast.series.layout import Line
from forecast.series.titles import base_of, is_percent
from forecast.tables import unaccented
from forecast.tables.blocks import Block
from forecast.tables.languages import listed
from forecast.tables.moments import TO_DATE, moment, names_in
from forecast.tables.rates import speaks_of_rates
from forecast.tables.rates.statement import of_quarter, statement

_WORD = re.compile(r"[^\W\d_]{2}")  # "D_1-3" is a code
_BASE = re.compile(r"\([^()]*=\s*100[^()]*\)")
_SPACES = re.compile(r"[^\w%=]+|_")
_BEFORE = re.compile(
    r" (?:[a-z]{0,3}[pl][ymq]|[mnty] 1?[12]"
    r"|(?:prev|prec|prior|last|preced|previous) (?:month|mth|mon|year|yr|quarter|qtr|period)) = 100 "
)
"""A time before as 100: in the letters of its words (SPLY, CPPY), as a lag (t-12), or cut short (prev. month)."""
_DELTA = re.compile(r"[Δ∆](?=[\d%(A-Za-z])")
"""The sign of a difference in front of what it is of, which begins no Greek word: "ΔIIP", "Δ12"."""
_NEGATIVE = re.compile(r"\s*[-−]\s*[\d.,]*\d")
_SEVERAL = 3  # chosen: one sign may be a slip
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def rate_of(texts: Sequence[str]) -> str:
    """Return the first text that says a change, a sum of the year to date or a mean of several months, "" for none.

    >>> rate_of(["Khai khoáng", "so với cùng kỳ"]), rate_of(["General Index"]), rate_of(["IIP (% y/y)"])
    ('so với cùng kỳ', '', 'IIP (% y/y)')
    """
    return next((text for text in texts if _says(text) or _is_change(text) or over_months(text)), "")


def of_section(text: str) -> str:
    """Return a line above rows as a text that may say what their values are, "" for a sentence on a January.

    >>> of_section("Production since January"), of_section("New methodology since January 2023")
    ('Production since January', '')
    """
    plain = f" {_plain(text)} "
    since = next((p for p in _phrases("cumulative") if names_in(p) and p in plain), "")
    strange = statement([text]).strange
    return "" if since and not set(strange) <= set(since.split()) else text


def _is_change(text: str) -> bool:
    """Tell a text that says a change where it says nothing else: "Rate", "p.p.", "12m (%)"."""
    words = _plain(text).replace("%", " ").split()
    return " ".join(words) in _alone() or _DELTA.search(text) is not None


def over_months(text: str) -> str:
    """Return what a text says of several months that its values are over, "" where it says none.

    >>> over_months("IIP, 3-month moving average"), over_months("YTD"), over_months("Monthly average 2015=100")
    ('mean of several months', 'value of the year to date', '')
    """
    if is_to_date(text):
        return "value of the year to date"
    return "mean of several months" if (_rolls(text) or _ends(text)) and not _says(text) else ""


def _rolls(text: str) -> bool:
    """Tell a text that speaks of means of several months, other than that of a base: (12-month average 2015=100)."""
    return _has(_BASE.sub("", text), _phrases("rolling"))


def _ends(text: str) -> bool:
    """Tell a text that leaves to the months beside it where several of them end: "12 months to", "Quarter ending"."""
    return f" {_plain(text)} ".endswith(_phrases("ending"))


@lru_cache(maxsize=5_000)
def is_to_date(text: str) -> bool:
    """Tell a text that speaks of the months of a year so far, and of no change.

    >>> [is_to_date(text) for text in ("Lũy kế từ đầu năm", "4 tháng", "Jan–month total", "01-05", "YTD, % y/y")]
    [True, True, True, False, False]
    """
    if _says(text):
        return False
    said, when = statement([text]), moment(text)
    lasts = [
        span.last for span in said.whats if span.kind == "months" and span.first == 1 and not said.strange
    ]
    lasts += [when.month or 0] if when is not None and when.span == TO_DATE else []
    if _WORD.search(text) and any(1 < last < YEAR for last in lasts):
        return True
    return is_cumulative(text)


@lru_cache(maxsize=5_000)
def is_cumulative(text: str) -> bool:
    """Tell a text that says that months are summed up, and does not only name some of a year.

    >>> [is_cumulative(text) for text in ("Lũy kế từ đầu năm", "Jan–month total", "First half", "YTD")]
    [True, True, False, True]
    """
    to_date = any(span.kind == "to date" for span in statement([text]).whats)
    return to_date or _has(text, _phrases("cumulative"))


def titled(lines: Sequence[Line], block: Block, timed: Sequence[int] = ()) -> tuple[Line, ...]:
    """Return the series of a table, all of them rates where a title or its sheet's name says so and no heading.

    timed : columns of time, whose headings say it too: "12 months to"
    Nor are levels of single months what a title calls cumulated, or a mean of several months. Beside headings that
    say rates, those are rates whose heading compares or is in percent, or that hold several
    numbers below 0.
    """
    titles = (*block.titles, block.sheet.title)
    rate = next((t for t in titles if _says(t) or is_cumulative(t) or _rolls(t)), "")
    headings = [" ".join(block.headings[j]) for j in timed]
    rate = rate or next((t for t in headings if _says(t) or _ends(t)), "")
    if not rate:
        return tuple(lines)
    some = any(line.rate for line in lines)
    return tuple(
        replace(line, rate=rate) if not line.rate and (not some or _like_rates(line)) else line
        for line in lines
    )


def _like_rates(line: Line) -> bool:
    """Tell a series that a title of rates is of, too, though its own heading does not say enough."""
    texts = (line.name, *line.parts)
    if any(is_percent(text) and base_of([text]) is None or _compares(text) for text in texts):
        return True
    return sum(bool(_NEGATIVE.match(str(cell.value))) for cell in line.cells) >= _SEVERAL


def _compares(text: str) -> bool:
    """Tell a text that names a base other than a year, whatever else it says that is not understood."""
    base = statement([text]).base
    return base is not None and base.kind != "base year"


@lru_cache(maxsize=5_000)
def _says(text: str) -> bool:
    """Tell by the grammar of rates, by a word of change in a language that has none, or by a year before as 100.

    Words of change that are of something else than the numbers, as growth sectors are, do not count.
    """
    said = statement([text])
    if (
        of_quarter(text)
        or not said.strange
        and (speaks_of_rates([text]) or said.growth and said.base is None)
    ):
        return True
    plain = f" {_plain(text)} "
    for aside in _phrases("change_aside"):
        plain = plain.replace(aside, " ")
    return _BEFORE.search(plain) is not None or any(phrase in plain for phrase in _phrases("change"))


def _has(text: str, phrases: Sequence[str]) -> bool:
    plain = f" {_plain(text)} "
    return any(phrase in plain for phrase in phrases)


@cache
def _alone() -> frozenset[str]:
    """Return what says a change where it stands alone."""
    return frozenset(map(_plain, listed("change_alone")))


@cache
def _phrases(kind_of_word: str) -> tuple[str, ...]:
    """Return the phrases of a kind, between spaces in the scripts that have them."""
    return tuple(p if _UNSPACED.search(p) else f" {p} " for p in map(_plain, listed(kind_of_word)))


def _plain(text: str) -> str:
    """Return the words of a text and its signs % and =, no article among them."""
    words = _SPACES.sub(" ", unaccented(text)).replace("=", " = ").replace("%", " % ").split()
    return " ".join(word for word in words if word != "the")
