"""`Titles`: what the lines above a table say of it, and whether a table further down goes on with one above.

It alone decides base, unit and adjustment of levels; what months a title names, and whether it speaks of rates, is said
in `tables.rates.titles`, of which year it is in `labelled`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forecast.arrays import YEAR
from forecast.tables import unaccented
from forecast.tables.blocks import Block
from forecast.tables.eras import common
from forecast.tables.headings import is_unit
from forecast.tables.languages import folded_name, holds
from forecast.tables.marks import is_forecast
from forecast.tables.moments import moment, names_in
from forecast.tables.rates.lexicon import says

_IN = r"(?:1[89]|2[0-5])\d\d"  # years of the Buddhist era among them
BASE = re.compile(
    rf"(?<!\d)(?P<year>{_IN}(?:[-–/]\d{{2,4}})?)年?(?:平均)?\s*(?:[=＝]\s*100(?:[.,]0+)?(?![.,]?\d)|基準|基期)"
    rf"|(?<![\d.,])100\s*[=＝]\s*(?P<other>{_IN})(?!\d)"
)
"""A base period and that it is one, in a text whose years are common ones: 2015=100, 100=2015, 2015年基準."""

_SIGN = re.compile(r"(?<!\d)(?<!\d\s)[%‰％]")
_WORD = re.compile(r"[^\W\d_]+")
_OF_PAGES = frozenset(
    {"table", "page", "of", "no", "bang", "trang", "so", "tab", "seite", "tableau", "cuadro", "pagina"}
)
"""Words that count tables and pages."""


@dataclass(frozen=True)
class Titles:
    """Hold what the lines above a table say.

    words : without numbers, months and the count of pages · base : None for none or several · units : lines of units
    continued : whether one says that the table goes on
    """

    words: frozenset[str] = frozenset()
    base: str | None = None
    units: frozenset[str] = frozenset()
    continued: bool = False

    @property
    def unit(self) -> str:
        """The base, or the first unit, "" for none."""
        return f"{self.base}=100" if self.base else next(iter(sorted(self.units)), "")


def percent(block: Block, levels: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Tell a unit of percent or per mille over a table or of a level, which levels seldom have.

    levels : names, headings and labels of each
    """
    rows = (block.sheet.rows[r] for r in block.heading_rows)
    texts = (*block.titles, *(str(value) for row in rows for value in row if value is not None))
    units = (text for text in texts if is_unit(text))
    named = (text for of in levels for text in of)
    found = [text for text in (*units, *named) if is_percent(text) and base_of([text]) is None]
    return (f'unit "{found[0]}" is read as that of levels; are they rates of change?',) if found else ()


def outlook(block: Block, levels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Tell a title, a sheet or the heading of the one level that speaks of a plan or a forecast.

    levels : names, headings and labels of each
    """
    texts = (*block.titles, block.sheet.title, *(levels[0] if len(levels) == 1 else ()))
    found = next((text for text in texts if holds(text, "outlook")), "")
    return (f'"{found}" speaks of a plan or a forecast; are the levels published ones?',) if found else ()


def is_percent(text: str) -> bool:
    """Tell a text that speaks of percent as a unit, not of a number of them.

    >>> is_percent("IIP (%)"), is_percent("‰"), is_percent("Prozent"), is_percent("50 % owned abroad")
    (True, True, True, False)
    """
    return _SIGN.search(text) is not None or holds(text, "percent")


def titles_of(block: Block) -> Titles:
    """Return what the lines above a table say."""
    units = [title for title in block.titles if is_unit(title)]
    text = " ".join(unaccented(title) for title in block.titles if title not in units and not _is_year(title))
    return Titles(
        frozenset(_WORD.findall(text)) - _OF_PAGES - frozenset(names_in(text)),
        base_of(block.titles),
        frozenset(unaccented(unit).strip(" ()") for unit in units if base_of([unit]) is None),
        any(says(title, "continued") for title in block.titles),
    )


def _is_year(title: str) -> bool:
    """Tell a line with nothing but a year, provisional or not; one of forecasts is of another table."""
    when = moment(title)
    return when is not None and when.span == YEAR and not is_forecast(when.mark)


def goes_on(above: Titles, below: Titles) -> bool:
    """Tell whether a table may go on with the series of one above: its titles contradict neither table.

    >>> food, paper = Titles(frozenset({"food"})), Titles(frozenset({"paper"}))
    >>> goes_on(food, paper), goes_on(food, Titles()), goes_on(Titles(base="2010"), Titles(base="2015"))
    (False, True, False)
    """
    if below.base is not None and above.base != below.base and not (above.base is None and below.continued):
        return False
    if below.units and (above.units or above.base) and above.units != below.units:
        return False
    return below.continued or above.words <= below.words or below.words <= above.words


def base_of(texts: Sequence[str]) -> str | None:
    """Return the one base that some texts name, None for none or several.

    >>> base_of(["IIP", "2015=100"]), base_of(["平成27年＝100"]), base_of(["100 = 2015"]), base_of(["2015 = 1000"])
    ('2015', '2015', '2015', None)
    """
    said = base_said(texts)
    return None if said is None else said[0]


def adjustment_of(texts: Sequence[str]) -> frozenset[str]:
    """Return the texts that speak of an adjustment for the season.

    >>> sorted(adjustment_of(["SA", "Mining", "Unadjusted"]))
    ['SA', 'Unadjusted']
    """
    return frozenset(text for text in texts if folded_name(text) == "sa" or holds(text, "adjusted"))


def base_said(texts: Sequence[str]) -> tuple[str, str] | None:
    """Return the one base that some texts name, and the text that does, None for none or several."""
    hits = ((hit, text) for text in texts for hit in BASE.finditer(common(text)))
    named = {hit["year"] or hit["other"]: text for hit, text in hits}
    return next(iter(named.items())) if len(named) == 1 else None
