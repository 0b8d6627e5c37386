"""`bare`: labels of a table without marks of footnotes and numbers of their rows, where nothing needs them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from functools import lru_cache

from forecast.tables.cells import Sheet
from forecast.tables.languages import folded_name, words
from forecast.tables.marks import split_heading, split_number
from forecast.tables.words import fold

_SIGNS = r"[*†‡§⁰¹²³⁴-⁹⁽⁾]"
_NOTE = rf"(?:{_SIGNS}+\)?|\d{{1,2}}[)/]|[(\[](?:\d{{1,2}}|[a-dpr]|{_SIGNS}+)\)?[)\]])"
_BEHIND = re.compile(rf"(?<=[\w)\]])(?:(?<=[^\W\d_]{{3}})|(?<=[)\]])|\s)\s*{_NOTE}(?:[,;\s]*{_NOTE})*$")
"""Notes at the end of a label: Mining*, Mining 1), Mining (r), Mining²⁾; the raised digit of km² is none."""
_BEFORE = re.compile(r"^(?:[⁰¹²³⁴-⁹⁽⁾*†‡§]+|\((?:[pr])\)\s)\s*(?=[^\W\d_]{3})")
_STATUS = re.compile(r"\s*[(\[](?P<word>[^\W\d_][^()\[\]\d]{1,30})[)\]]$")
_BRACKETED = re.compile(r"\s*[(\[][per][)\]]$")
_LETTER = re.compile(r"(?<=[^\W_])\s+(?P<mark>[per])$")
"""A letter alone behind a label, which is a mark where the table has such marks."""
STATUS = "per"
"""Letters of status: provisional, estimated, revised."""
_LEGEND = re.compile(
    rf"(?:^|[\s(;,])\(?(?<!\w)[{STATUS}]\)?\s*[:=–-]\s*[^\W\d_]{{3}}|^\([{STATUS}]\)\s*[^\W\d_]{{3}}"
)
"""What a line says of such a mark: "p: provisional", "(r) revised"."""
_SHORT = 24  # characters of a number or month with its mark, at most

_BULLET = re.compile(r"^[-–—•▪◦·+]\s*(?=[^\W_])")
_CHINESE = "一二三四五六七八九十"
_NUMBER = re.compile(
    r"^(?:(?P<digits>\(\d{1,3}\)|\d{1,3}(?:\.\d{1,3})*[.)．、]|[1-9](?:\.[1-9]\d?)+(?=\s))"
    r"|(?P<joined>\d{1,2})_"
    r"|(?P<code>[A-Z]\d{1,2}[.)])"
    r"|(?P<roman>\(?(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})[.)．、]|\(?(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})[.)])"
    r"|(?P<letter>\(?[^\W\d_一-鿿][.)])"
    rf"|(?P<chinese>[（(][{_CHINESE}]{{1,3}}[）)]|[{_CHINESE}]{{1,3}}[、．.]))"
    r"\s*(?=[^\W\d_])"
)  # fmt: skip
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_SECTIONS = "ABCDE"
"""Letters of industry in [ISIC], and of what comes before it: with them a label alone is numbered too."""


def bare(
    labels: Sequence[str], beside: Sequence[Hashable] = (), marks: Collection[str] = ()
) -> dict[str, str]:
    """Return each label without its bullet, number and marks, but where another would then be called the same.

    beside : of each label what else tells its row apart, such as its month: rows of which that differs may be one
        series, () where nothing does
    marks : letters that stand as marks elsewhere in the table

    >>> bare(["1. Food *", "2. Mining p", "CO2", "Category A"], marks="p")
    {'1. Food *': 'Food', '2. Mining p': 'Mining', 'CO2': 'CO2', 'Category A': 'Category A'}
    >>> bare(["Food 1", "Food 2)", "Food 3)", "1. Wood", "2. Wood"])["2. Wood"]
    '2. Wood'
    """
    held: dict[str, set[Hashable]] = {}
    for i, label in enumerate(labels):
        held.setdefault(label, set()).add(beside[i] if beside else ())
    unbulleted = _apart({label: _BULLET.sub("", label) for label in held}, held)
    letters = marks or _letters(list(unbulleted.values()))
    unmarked = _apart(
        {of: without_marks(label, letters) for of, label in unbulleted.items()}, held, unbulleted
    )
    numbered = _numbered(list(dict.fromkeys(unmarked.values())))
    plain = {of: without_number(label) if label in numbered else label for of, label in unmarked.items()}
    return _apart(plain, held, unmarked)


def _apart(
    wanted: dict[str, str], held: Mapping[str, Collection[Hashable]], now: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the wanted names, for those that would make one of two rows the names that they have now."""
    by_name: dict[str, list[str]] = {}
    for label, name in wanted.items():
        by_name.setdefault(fold(name) or name, []).append(label)
    out = {}
    for label, name in wanted.items():
        alike = by_name[fold(name) or name]
        places = Counter(place for other in alike for place in held[other])
        clash = len(alike) > 1 and max(places.values()) > 1
        out[label] = (now[label] if now else label) if clash else name
    return out


def without_marks(label: str, letters: Collection[str] = ()) -> str:
    """Return a label without the marks of footnotes and status on it.

    letters : those that are marks where they stand alone

    >>> [without_marks(label) for label in ("Mining 1)", "Mining (r)", "Mining²⁾", "Mining*", "Food 1", "km²", "CO2")]
    ['Mining', 'Mining', 'Mining', 'Mining', 'Food 1', 'km²', 'CO2']
    >>> without_marks("Mining p"), without_marks("Mining p", "p"), without_marks("Mining (provisional)")
    ('Mining p', 'Mining', 'Mining')
    """
    before, out = "", " ".join(label.split())
    while before != out:
        before = out
        out = _BEFORE.sub("", _BEHIND.sub("", out)).rstrip()
        if (hit := _STATUS.search(out)) and folded_name(hit["word"]) in words("provisional") | words(
            "revised"
        ):
            out = out[: hit.start()]
        if (hit := _LETTER.search(out)) and hit["mark"] in letters:
            out = out[: hit.start()]
        out = out or before
    return out


def without_number(label: str) -> str:
    """Return a label without the bullet, letter or number before it.

    >>> [without_number(label) for label in ("B. Khai khoáng", "- Dệt", "1.1 Food", "1_food", "(2) Wood")]
    ['Khai khoáng', 'Dệt', 'Food', 'food', 'Wood']
    >>> [without_number(label) for label in ("IV. Paper", "一、采矿业", "C10 Food", "10_year_yield", "1. Quarter")]
    ['Paper', '采矿业', 'C10 Food', '10_year_yield', '1. Quarter']
    """
    plain = _BULLET.sub("", label)
    hit = _NUMBER.match(plain)
    if hit is None or _counts_time(plain[hit.end() :], first=hit["joined"] is not None):
        return plain
    return plain[hit.end() :]


def marks_of(sheet: Sheet) -> str:
    """Return the letters of status where a sheet has one beside its numbers or months, or a line that explains it."""
    texts = (value for row in sheet.rows for value in row if isinstance(value, str))
    return STATUS if any(map(_says_status, texts)) else ""


@lru_cache(maxsize=20_000)  # files repeat their texts
def _says_status(text: str) -> bool:
    """Tell a number or a month with a letter of status, or words that say what such a letter stands for."""
    if any(map(str.isdigit, text)) and len(text) <= _SHORT:
        return not {split_number(text)[1], split_heading(text)[1]}.isdisjoint(STATUS)
    return _LEGEND.search(text) is not None


def _letters(labels: Sequence[str]) -> str:
    """Return the letters of status where one is in brackets, ends several labels, or one that another is without."""
    hits = [(label, hit) for label in labels if (hit := _LETTER.search(label))]
    often = Counter(hit["mark"] for _, hit in hits)
    known = set(labels)
    bracketed = any(_BRACKETED.search(label) for label in labels)
    once = all(often[hit["mark"]] == 1 and label[: hit.start()] not in known for label, hit in hits)
    return STATUS if hits and (bracketed or not once) else ""


def _numbered(labels: Sequence[str]) -> set[str]:
    """Return the labels whose number counts them: a letter does where the one before or behind it does too."""
    found = {label: hit for label in labels if (hit := _NUMBER.match(label))}
    signs = {label: hit[0].strip("(). \t．、_") for label, hit in found.items()}
    every = set(signs.values())
    out = set()
    for label, hit in found.items():
        sign, of = signs[label], hit.lastgroup
        counted = of not in ("letter", "joined", "roman") or bool(_next_to(sign) & every)
        if (
            counted
            or of == "roman"
            and sign != "V"
            and sign != "X"
            or sign in _SECTIONS
            or sign in ("1", "01")
        ):
            out.add(label)
    return out


def _next_to(sign: str) -> set[str]:
    """Return the signs that stand before and behind one in an order of its kind."""
    if sign.isdecimal():
        return {f"{int(sign) + step:0{len(sign)}d}" for step in (-1, 1)} | {
            str(int(sign) + 1),
            str(int(sign) - 1),
        }
    out = {chr(ord(sign) + step) for step in (-1, 1)} if len(sign) == 1 else set()
    low = sign.casefold()
    if low in _ROMAN:
        near = {_ROMAN[k] for k in (_ROMAN.index(low) - 1, _ROMAN.index(low) + 1) if 0 < k < len(_ROMAN)}
        out |= {of.upper() if sign.isupper() else of for of in near}
    return out


def _counts_time(rest: str, first: bool) -> bool:
    """Tell months, quarters, years or the like, of which the number before is one.

    first : whether one stands at the head, else nothing else but numbers may stand there
    """
    said = map(folded_name, re.findall(r"[^\W\d_]+", rest))
    named = [any(of in words(time) for time in ("month", "quarter", "year")) for of in said]
    return any(named[:1]) if first else all(named)
