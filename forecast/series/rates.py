"""Rates of change among levels: what headings and titles call a change must not pass for an index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from forecast.tables import unaccented
from forecast.tables.languages import listed

_SPACES = re.compile(r"[^\w%=]+|_")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


def rate_of(texts: Sequence[str], titles: Sequence[str] = ()) -> str:
    """Return the text that makes numbers a rate of change, "" for levels.

    texts : what is said of the numbers themselves · titles : of the whole table; they count where the texts name
        neither a change nor a level

    >>> rate_of(["Chỉ số sản xuất so với cùng kỳ"]), rate_of(["General Index"]), rate_of(["IIP"], ["% change, y/y"])
    ('Chỉ số sản xuất so với cùng kỳ', '', '% change, y/y')
    """
    for text in texts:
        if _says(text, "change"):
            return text
    if any(_says(text, "level") for text in texts):
        return ""
    return next((title for title in titles if _says(title, "change")), "")


def _says(text: str, kind: str) -> bool:
    plain = f" {_plain(text)} "
    return any(p in plain for p in _phrases(kind))


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    """Return the phrases of a kind, between spaces in the scripts that have them."""
    return tuple(p if _UNSPACED.search(p) else f" {p} " for p in map(_plain, listed(kind)))


def _plain(text: str) -> str:
    return " ".join(_SPACES.sub(" ", unaccented(text)).split())
