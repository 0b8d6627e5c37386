"""`head`: what a column of rates is by its heading: its sector or region, and its measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forecast import tables
from forecast.figures.denied import against, of_label
from forecast.figures.vocabulary import MEASURE_WORDS
from forecast.tables import rates
from forecast.tables.headings import is_unit
from forecast.tables.rates.statement import statement

_PARTED = re.compile(r"\s[-–—]\s|[:,;(/|]\s*|\n")
"""What may part a name from its measure within a heading."""
_SIGNS = " \t\n-–—:,;/|"
_AROUND = f"{_SIGNS}()[]"
_VIETNAMESE = re.compile("[ăâđêôơưạ-ỹ]", re.IGNORECASE)
_SEWING = re.compile(r"\bmay\b", re.IGNORECASE)
"""A word of Vietnamese sectors that is a month in English: May mặc, Dệt may."""
_LONGEST = 3  # letters of a preposition at most; chosen: gg., to, zum
_WORDED = re.compile(r"\w")


@dataclass(frozen=True)
class Head:
    """Say what a column of numbers is.

    names : from the top down · measure : "" where words of time or change make none · denied : why it holds no rates
    """

    names: Sequence[str] = ()
    measure: str = ""
    denied: str = ""


def head(pieces: Sequence[str], titled: str) -> Head | None:
    """Return what a column is by the lines of its heading, None for one of levels.

    titled : the measure of headings that say none, "" where none is known
    """
    whole = " ".join(pieces)
    if why := of_label(whole) or next(filter(None, map(against, pieces)), ""):
        return Head(denied=why)
    speaking = [piece for piece in pieces if not is_name(piece)]
    names = [piece for piece in pieces if piece not in speaking and not is_unit(piece)]
    if not speaking:
        return Head(names, titled) if titled else None
    base = statement([whole]).base
    if base is not None and base.kind == "base year":
        return None
    said = " ".join(speaking)
    if names and (measure := rates.measure_alone(said)):
        return Head(names, measure)
    name, measure = split(said)
    return Head([*names, *([name] if name else [])], measure)


def is_name(text: str) -> bool:
    """Tell a text that says nothing of time or change.

    >>> is_name("Mining"), is_name("previous month"), is_name("Cumulative")
    (True, False, False)
    """
    said = statement([_SEWING.sub("", text) if _VIETNAMESE.search(text) else text])
    return not (said.whats or said.base or said.compares or said.growth or said.left_out)


def split(text: str) -> tuple[str, str]:
    """Return the name and the measure in a text, the name "" where it is all measure, both "" where it has none.

    At a sign that parts them, else at the longest name.

    >>> split("Mining: % on previous month"), split("YoY (%)"), split("Total YoY (%)"), split("% change Food")
    (('Mining', 'mom_pct'), ('', 'yoy_pct'), ('Total', 'yoy_pct'), ('', ''))
    """
    words = text.split()
    parted = [(text[: hit.start()], text[hit.end() :]) for hit in _PARTED.finditer(text)]
    spaced = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(len(words) - 1, 0, -1)]
    for ways in (parted, spaced):
        found = [
            (name, measure)
            for one, other in ways
            for part, said in ((one, other), (other, one))
            if _names(name := _bared(part)) and (measure := _measure(said))
        ]
        if found:
            return max(found, key=lambda way: len(way[0].split()))
    return "", rates.measure_alone(text)


def _measure(text: str) -> str:
    """Return the measure of what is left of a heading, whose bracket may be cut in two."""
    ways = (text.strip(_SIGNS), text.strip(_AROUND))
    return next(filter(None, map(rates.measure_alone, ways)), "")


def _bared(text: str) -> str:
    """Return a part of a heading without the signs that part it, but with the bracket of a footnote."""
    plain = " ".join(text.strip(_SIGNS).split())
    if plain.startswith("(") or plain.endswith(")") and "(" not in plain and not plain[-2:-1].isdecimal():
        plain = plain.strip("()")
    return plain.rstrip("([")


def _names(text: str) -> bool:
    """Tell a part of a heading that can be a name: no word of it says a time in any language."""
    words = (_SEWING.sub("", text) if _VIETNAMESE.search(text) else text).split()
    whole = bool(words) and all(_WORDED.search(word) and not _joins(word) for word in (words[0], words[-1]))
    return whole and not is_unit(text) and all(map(is_name, (text, *words)))


def _joins(word: str) -> bool:
    """Tell a short word of headings, such as "in", that belongs to the measure before or behind a name."""
    return len(word) <= _LONGEST and not word[0].isupper() and not statement([word]).strange


def sector_of(name: str) -> str:
    """Return a name of a column as that of its sector: an index without another name is that of all industry.

    >>> sector_of("IIP"), sector_of("Food"), sector_of("")
    ('total', 'Food', '')
    """
    whole = name and (
        rates.says(name, "production", alone=True) or MEASURE_WORDS.get(tables.fold(name)) == "index"
    )
    return "total" if whole else name
