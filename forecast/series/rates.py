"""Rates of change among levels: what headings and titles call a change must not pass for an index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from forecast.series.layout import Line
from forecast.tables import unaccented
from forecast.tables.languages import listed
from forecast.tables.rates import speaks_of_rates
from forecast.tables.rates.statement import statement

_SPACES = re.compile(r"[^\w%=]+|_")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def rate_of(texts: Sequence[str]) -> str:
    """Return the first text that says a change, "" for none.

    >>> rate_of(["Khai khoáng", "so với cùng kỳ"]), rate_of(["General Index"]), rate_of(["IIP (% y/y)"])
    ('so với cùng kỳ', '', 'IIP (% y/y)')
    """
    return next((text for text in texts if _says(text)), "")


def titled(lines: Sequence[Line], titles: Sequence[str]) -> tuple[Line, ...]:
    """Return the series of a table, all of them rates where a title says so and no heading tells them apart."""
    rate = rate_of(titles)
    if not rate or any(line.rate for line in lines):
        return tuple(lines)
    return tuple(replace(line, rate=rate) for line in lines)


@lru_cache(maxsize=5_000)
def _says(text: str) -> bool:
    """Tell by the grammar of rates, or by a word of change in a language that has none."""
    if speaks_of_rates([text]) and not statement([text]).strange:
        return True
    plain = f" {_plain(text)} "
    return any(phrase in plain for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    """Return what says a change, between spaces in the scripts that have them."""
    return tuple(p if _UNSPACED.search(p) else f" {p} " for p in map(_plain, listed("change")))


def _plain(text: str) -> str:
    return " ".join(_SPACES.sub(" ", unaccented(text)).split())
