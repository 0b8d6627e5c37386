"""What one text says of the row or the table that it names: a total or a mean, weights, publication, a year.

It alone decides which year of the data titles name; whether a table goes on, its base and its unit are of `titles`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.arrays import YEAR
from forecast.series.titles import BASE
from forecast.tables.blocks import Block
from forecast.tables.eras import common
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, is_year, kind
from forecast.tables.languages import folded_name, holds, plain_words, words
from forecast.tables.moments import moment
from forecast.tables.rates.titles import of_the_data

_YEAR = re.compile(r"(?<![\d=/.-])(1[89]|20|21)\d{2}(?![\d/.])(?!\s*=)(?=[-–](?P<second>\d\d)(?!\d)|)")
_PARTS = re.compile(r"[()\[\],;|]")
_FISCAL = re.compile(r"\b(?:fy(?=[\W\d_]|$)|fiscal|financial year)", re.IGNORECASE)


def is_total(text: str) -> bool:
    """Tell the label of a total or a mean among months, its year or its unit aside.

    >>> is_total("Cả năm"), is_total("2022 Total"), is_total("Average (2015=100)"), is_total("Total output")
    (True, True, True, False)
    """
    return folded_name(_aside(text)) in words("total_of_year")


def is_total_of(text: str, year: int | None) -> bool:
    """Tell the label of the total or the mean of a year, which it may name, and no other.

    >>> is_total_of("Average 2020", 2020), is_total_of("За 2020 год", 2020), is_total_of("Average 2019", 2020)
    (True, True, False)
    """
    named = _YEAR.search(text)
    return is_total(text) and (named is None or named[0] == str(year))


def is_weight(text: str) -> bool:
    """Tell the label of a row of weights: "Weights", "Poids (‰)"."""
    return folded_name(_aside(text)) in words("weight")


def _aside(text: str) -> str:
    """Return a label without its unit in brackets and its year."""
    return " ".join(_YEAR.sub("", without_brackets(text)).split()).strip(" :")


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets, such as its unit.

    >>> without_brackets("Poids (‰)")
    'Poids'
    """
    return re.sub(r"\([^()]*\)", "", text).strip()


def says_published(text: str) -> bool:
    """Tell a heading that speaks of publication.

    >>> [says_published(text) for text in ("Release date", "Ngày công bố", "公布日期", "Month", "Standort")]
    [True, True, True, False, False]
    """
    plain = folded_name(text)
    return holds(text, "publication") or (
        not plain.isascii() and any(word in plain for word in words("publication") if _has_no_spaces(word))
    )


def says_fiscal(text: str) -> bool:
    """Tell a text that speaks of a fiscal year.

    >>> says_fiscal("FY2023"), says_fiscal("Fiscal month"), says_fiscal("FY"), says_fiscal("Fyn")
    (True, True, True, False)
    """
    return _FISCAL.search(text) is not None


def _has_no_spaces(word: str) -> bool:
    """Tell a word of a script that is written without spaces between words."""
    return any("\u0e00" <= c <= "\u0e7f" or "\u3040" <= c <= "\ud7a3" for c in word)


def year_of_titles(titles: Sequence[str]) -> int | None:
    """Return the one year of the data that the lines above a table name, None for none or several.

    Neither a year of publication, of a yearbook or of a base is one, nor a year of two.

    >>> year_of_titles(["Industrial production 2024 (2015=100)"]), year_of_titles(["2023 and 2024"])
    (2024, None)
    >>> year_of_titles(["IIP, published 25 March 2024"]), year_of_titles(["IIP 2023-24"]), year_of_titles(["令和6年"])
    (None, None, 2024)
    >>> year_of_titles(["IIP 2024 (base year 2015)"]), year_of_titles(["Năm gốc: 2015"]), year_of_titles(["IIP FY2024"])
    (2024, None, None)
    >>> year_of_titles(["Base metals output 2024"]), year_of_titles(["Base metals, base 2015"])
    (2024, None)
    """
    parts = [part for title in titles for part in _PARTS.split(BASE.sub("", common(of_the_data(title))))]
    others = {part for part in parts if says_unit(part) or says_published(part) or says_fiscal(part)}
    hits = [hit for part in parts if part not in others for hit in _YEAR.finditer(part)]
    years = {int(hit[0]) for hit in hits}
    if any(hit["second"] and int(hit["second"]) == (int(hit[0]) + 1) % 100 for hit in hits):
        return None
    return years.pop() if len(years) == 1 else None


def mark_of_titles(titles: Sequence[str]) -> str:
    """Return the mark of status of a year that stands alone above a table, "" for none: "2024 (forecast)"."""
    when = (moment(title) for title in titles)
    return next((m.mark for m in when if m is not None and m.span == YEAR and m.mark), "")


def year_of_corner(block: Block) -> int | None:
    """Return the year that stands alone over the labels of the rows, None for none."""
    if any(kind(row[0]) is not Kind.TEXT for row in block.body if row[0] not in (None, "")):
        return None
    when = (moment(piece) for piece in block.headings[0])
    return next((m.year for m in when if m is not None and m.span == YEAR and not m.mark), None)


def says_unit(text: str) -> bool:
    """Tell a text that speaks of a unit or a base, of which base metals and the like are none.

    >>> says_unit("Năm gốc 2015"), says_unit("Base metals")
    (True, False)
    """
    plain = f" {plain_words(text)} "
    for industry in words("industry_of_base"):
        plain = plain.replace(f" {industry} ", " ")
    return holds(plain, "unit")


def no_year(block: Block, r: int) -> str:
    """Say which cell of a first column of years is none, or that the months of a row have no year."""
    first = {i: row[0] for i, row in enumerate(block.body) if row[0] not in (None, "")}
    others = [i for i, v in first.items() if not is_year(v)]
    if others and 2 * len(others) < len(first):
        text = heading_text(first[others[0]])
        return f'{block.place(others[0], 0)}: year "{text}" is not a year such as 2024'
    return f"{block.place(r, 0)}: the months of the headings have no year; write them as 2024-04"
