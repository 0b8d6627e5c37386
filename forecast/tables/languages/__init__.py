"""Names of months and words of tables in many languages, held as data beside this file."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from forecast.tables.words import unaccented

_DOTS = re.compile(r"[.\u2024'’ʼ]")


def folded_name(text: str) -> str:
    """Return a name without accents, capitals and dots, one space between its words.

    >>> folded_name("Févr."), folded_name("ม.ค.")
    ('fevr', 'มค')
    """
    return " ".join(_DOTS.sub("", unaccented(text)).split())


@cache
def month_names() -> dict[str, dict[int, frozenset[str]]]:
    """Return folded name -> month -> the languages that call it so; a name of several words as one too."""
    table = {
        name: {int(month): frozenset(codes) for month, codes in months.items()}
        for name, months in _load("months.json").items()
    }
    for language, extra in _load("words.json")["months"].items():
        for name, month in extra.items():
            months_of = table.setdefault(name, {})
            months_of[month] = months_of.get(month, frozenset()) | {language}
    return {**table, **{name.replace(" ", ""): months for name, months in table.items() if " " in name}}


def listed(kind: str) -> tuple[str, ...]:
    """Return the words and phrases of one kind as they are written."""
    return tuple(word for phrases in _load("words.json")[kind].values() for word in phrases)


@cache
def words(kind: str) -> frozenset[str]:
    """Return the folded words of one kind in all languages, such as "year" or "weight"."""
    return frozenset(folded_name(word) for word in listed(kind))


def holds(text: str, kind: str) -> bool:
    """Tell whether a text holds a word or phrase of one kind, in any language.

    >>> holds("IIP (dự báo)", "outlook"), holds("explanation", "outlook")
    (True, False)
    """
    plain = f" {plain_words(text)} "
    return any(f" {phrase} " in plain for phrase in words(kind))


def plain_words(text: str) -> str:
    """Return the words of a text without accents, capitals and signs.

    >>> plain_words("Obs_status: (F)")
    'obs status f'
    """
    return " ".join(re.findall(r"[^\W_]+", unaccented(text)))


@cache
def words_of_tables() -> frozenset[str]:
    """Return what heads columns and rows that are no month: averages and totals, weights, codes, metadata, status."""
    kinds = ("total_of_year", "weight", "code", "metadata", "provisional", "forecast", "period")
    return frozenset().union(*map(words, kinds))


@cache
def _load(name: str) -> dict[str, dict[str, dict[str, int]]]:
    """Return one file of data."""
    return json.loads((resources.files(__package__) / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]
