"""The words in which offices head their tables of rates: one file a language, a third language is a third file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from forecast.tables.languages import listed
from forecast.tables.languages.cldr import locale
from forecast.tables.words import unaccented

REASONS = {
    "amount": "amount",
    "weight": "weight",
    "contribution": "contribution in percentage points",
    "plan": "plan or target",
    "adjusted": "rate adjusted for the season",
    "annualised": "annualised rate",
    "rolling": "rate of the last twelve months",
    "per mille": "rate in per mille",
    "code": "code",
}
"""Reason as the files of words name it -> what each number is, in the singular, as an account counts it."""

KINDS = {
    "month": "M", "quarter": "Q", "half": "H", "year": "Y", "first": "F", "to date": "C", "to": "T", "against": "A",
    "same": "S", "same alone": "s", "month before": "K", "quarter before": "J", "year before": "L",
    "period before": "P", "base": "B", "growth": "g", "estimate": "e", "official": "o",
}  # fmt: skip
"""Meaning in the files of words -> one letter, so that spans are found by regular expressions over letters."""

LISTS = ("production", "another table", "average", "places", "districts", "continued")
"""What phrases tell: the table wanted, others, means of months, rows that are provinces or districts, a table that goes
on."""

_UNKNOWN, _LEFT_OUT, _ORDINAL = "x", "!", "r"
_NUMBER_WORD, _NUMBER_OR_NOISE, _NUMBER_OR_MONTH = "w", "v", "u"
_WORD = re.compile(r"\d+|[^\W\d_]+|[=/\-–:%‰']")
_TENTHS = re.compile(r"(?<=\bin)\s+0[.,]1\s*%|(?<=:)\s*0[.,]1\s*%\s*$")
"""A tenth of a percent as a unit: "in 0.1 %", "Unit: 0.1 %"; no precision, as "rounded to 0.1 %" is."""
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\s*\n\s*(?=[^\W\d_])")
_FOOTNOTE = re.compile(r"\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_TYPED = re.compile(r"(?<!\d)(\d{4}-\d{2})-(?:01|28|29|30|31)(?!\d)")
"""A typed date that shows a month: its first or last day."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}  # the quarters
_YEARS = (1900, 2199)  # that a heading may name; chosen: no index is older
_BETWEEN = frozenset("-%")  # signs within a phrase, as in year-on-year and "variación (%) anual"
_SIGNS = 3  # of them, at most


class Token(NamedTuple):
    """One meaning in a heading: its letter, the number it carries (0 for none), and the word as it was folded."""

    kind: str
    number: int
    word: str


@dataclass(frozen=True)
class Lexicon:
    """Hold the words of one language, folded without accents.

    phrases : words in a row -> the tokens that they mean
    longest : number of words of the longest phrase
    lists : name of `LISTS` -> its phrases
    """

    name: str
    phrases: dict[tuple[str, ...], tuple[Token, ...]]
    longest: int
    lists: dict[str, tuple[str, ...]]

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return what a text says, noise dropped, words that are not known kept as such."""
        return tuple(_settled(_matched(self, _words(text))))

    def strangers(self, text: str) -> int:
        """Count the words that the language does not know."""
        return sum(token.kind == _UNKNOWN for token in _matched(self, _words(text)))


@lru_cache(maxsize=1)
def lexicons() -> tuple[Lexicon, ...]:
    """Return the lexicon of every language that has a file here, by name."""
    files = sorted((f for f in resources.files(__package__).iterdir() if f.name.endswith(".json")), key=str)
    return tuple(lexicon(file.read_text(encoding="utf-8")) for file in files)


def fitting(text: str) -> Lexicon:
    """Return the lexicon that knows most of a text's words.

    >>> fitting("Tháng 4 so với cùng kỳ").name, fitting("April on the same month of last year").name
    ('vi', 'en')
    """
    return min(lexicons(), key=lambda language: language.strangers(text))


@lru_cache(maxsize=5000)  # sheets repeat their words
def says(text: str, name: str, *, alone: bool = False) -> bool:
    """Tell whether a text holds a phrase of one of the lists, such as "production", in any language.

    alone : whether it must say nothing else

    >>> says("2. Chỉ số sản xuất công nghiệp tháng 4", "production"), says("Chỉ số giá tiêu dùng", "production")
    (True, False)
    """
    plain = " ".join(_words(text))
    phrases = (phrase for language in lexicons() for phrase in language.lists[name])
    return any(phrase == plain if alone else f" {phrase} " in f" {plain} " for phrase in phrases)


@lru_cache(maxsize=1_000)  # every language asks for them
def _words(text: str) -> tuple[str, ...]:
    whole = _FOOTNOTE.sub(" ", _HYPHENATED.sub("", text).replace("\u00ad", ""))
    return tuple(_WORD.findall(_per_mille().sub(" ‰ ", unaccented(_TYPED.sub(r"\1", whole)))))


@cache
def _per_mille() -> re.Pattern[str]:
    words = "|".join(re.escape(unaccented(word)) for word in listed("per_mille"))
    return re.compile(rf"‰|{_TENTHS.pattern}|(?<!\w)(?:{words})(?!\w)")


@lru_cache(maxsize=5_000)  # files repeat their measures and units
def per_mille(text: str) -> bool:
    """Tell a text that speaks of per mille, a tenth of a percent.

    >>> per_mille("so với cùng kỳ (‰)"), per_mille("Unit: 0.1 %"), per_mille("rounded to 0.1 %")
    (True, True, False)
    """
    return _per_mille().search(unaccented(text)) is not None


def _matched(language: Lexicon, words: Sequence[str]) -> list[Token]:
    """Return the tokens of words, the longest phrase first."""
    matched: list[Token] = []
    i = 0
    while i < len(words):
        for length in range(min(language.longest + _SIGNS, len(words) - i), 0, -1):
            window = words[i : i + length]
            unjoined = (
                window if {window[0], window[-1]} & _BETWEEN else [w for w in window if w not in _BETWEEN]
            )
            hit = language.phrases.get(tuple(unjoined))
            if hit is not None:
                matched.extend(hit)
                i += length
                break
        else:
            matched.append(_single(words[i]))
            i += 1
    return matched


def _single(word: str) -> Token:
    """Return the token of a word that no phrase holds: a number, a mark, or a stranger."""
    if word.isdigit():
        number = int(word)
        if _YEARS[0] <= number <= _YEARS[1] and len(word) == 4:
            return Token("y", number, word)
        return Token("n" if 1 <= number <= 12 else "z", number, word)
    if word in _ROMAN:
        return Token(_ORDINAL, _ROMAN[word], word)
    if word == "‰":
        return Token(_LEFT_OUT, 0, "per mille")
    marks = {"=": "=", "/": "/", "-": "-", "–": "-", "%": "%"}
    return Token(marks.get(word, "" if word in ":'" else _UNKNOWN), 0, word)


def _settled(tokens: list[Token]) -> list[Token]:
    """Return the tokens with words of two meanings decided by their neighbours, and noise dropped."""
    meaningful = [t for t in tokens if t.kind]
    out: list[Token] = []
    for i, token in enumerate(meaningful):
        before = "".join(t.kind for t in out[-2:])
        after = "".join(t.kind for t in meaningful[i + 1 : i + 4])
        if token.kind in (_NUMBER_WORD, _NUMBER_OR_NOISE):
            if _counts(before, after):
                out.append(token._replace(kind="n"))
            elif token.kind == _NUMBER_WORD:
                out.append(token._replace(kind=_UNKNOWN))
        elif token.kind == _NUMBER_OR_MONTH:  # "dez" is ten before months, else December
            month, number = divmod(token.number, 100)
            counts = _counts("", after)
            out.append(token._replace(kind="n" if counts else "N", number=number if counts else month))
        elif token.kind == _ORDINAL:
            out.append(token._replace(kind="n" if "Q" in (before[-1:], after[:1]) else _UNKNOWN))
        elif token.word == "nam" and before.endswith("M") and before != "nM" and after[:1] not in ("y", "L"):
            out.append(Token("n", 5, token.word))  # "tháng Năm năm 2013": five, where no number follows
        else:
            out.append(token)
    return out


def _counts(before: str, after: str) -> bool:
    """Tell a word that is a number by the letters beside it: "tháng Tư" is month 4, "tám tháng" eight months.

    "từ tháng 1", from month 1, is no number: its month has one.
    """
    if before[-1:] in ("M", "Q") or after[:1] == "Q":
        return True
    return re.match(r"F?M(?![nwv])", after) is not None


def lexicon(content: str) -> Lexicon:
    """Return the lexicon that a file of words holds."""
    words = json.loads(unaccented(content)) | {"locale": json.loads(content)["locale"]}
    phrases: dict[tuple[str, ...], tuple[Token, ...]] = {}
    for noise in (*words["noise"], *words["production"]):
        phrases[tuple(noise.split())] = ()
    for month, names in _month_names(words["locale"]).items():
        phrases.update({tuple(_words(n)): (Token("N", month, n),) for n in names})
    phrases.update(
        {tuple(n.split()): (Token("N", month, n),) for n, month in words.get("months", {}).items()}
    )
    for word, number in words["numbers"].items():
        kind = _NUMBER_OR_NOISE if word in words["noise"] else _NUMBER_WORD
        named = phrases.get(tuple(word.split()))
        both = Token(_NUMBER_OR_MONTH, 100 * named[0].number + number, word) if named else None
        phrases[tuple(word.split())] = (both or Token(kind, number, word),)
    for word, number in words["ordinals"].items():
        phrases[(word,)] = (Token(_ORDINAL, number, word),) if number else ()
    for reason, texts in words["left_out"].items():
        phrases.update({tuple(t.split()): (Token(_LEFT_OUT, 0, reason),) for t in texts})
    for meaning, texts in words["words"].items():
        for text in texts:
            phrases[tuple(text.split())] = tuple(Token(KINDS[m], 0, text) for m in _meanings(meaning))
    lists = {n: tuple(words[n]) for n in LISTS}
    return Lexicon(words["locale"], phrases, max(map(len, phrases)), lists)


def _meanings(text: str) -> list[str]:
    """Split a row of meanings into those known: "against same" is two, "to date" is one.

    >>> _meanings("against month before"), _meanings("to date")
    (['against', 'month before'], ['to date'])
    """
    meanings = []
    while text:
        meaning = max((k for k in KINDS if f"{text} ".startswith(f"{k} ")), key=len)
        meanings.append(meaning)
        text = text[len(meaning) :].strip()
    return meanings


def _month_names(code: str) -> dict[int, set[str]]:
    """Return month -> its names in a language by CLDR; a language that only counts its months has none."""
    forms = locale(code).months
    names = {
        m: {
            forms[form][width][m].rstrip(".").casefold()
            for form in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
        }
        for m in range(1, 13)
    }
    spelled = {m: {n for n in texts if not re.search(r"\d", n)} for m, texts in names.items()}
    return {m: texts | ({"sept"} if "sep" in texts else set()) for m, texts in spelled.items()}
