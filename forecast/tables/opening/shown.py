"""What a reader sees of a web page's cell: what is hidden, struck out, or a note's mark is no part of its number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from forecast.tables.doubtful import CODE, PARTS, STRUCK, doubtful, is_number
from forecast.tables.opening import raised, values

BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"}
    | {"article", "blockquote", "pre", "center", "form"}
)
"""Elements that begin a line of their own."""

_NEVER = frozenset(
    {"script", "style", "head", "noscript", "template", "datalist", "noembed", "noframes", "iframe", "rp"}
)
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_STRUCK = frozenset({"del", "s", "strike"})
_EMPHASIS = frozenset({"i", "em", "b", "strong", "u", "mark", "code", "var"})
_SET = {
    "sup": raised.RAISED, "rt": raised.RAISED, "super": raised.RAISED, "sub": raised.LOWERED,
}  # fmt: skip
_LOOKS = frozenset({*_NEVER, *_STRUCK, *_EMPHASIS, *_SET, "small", "big"})
"""Elements that look otherwise by themselves."""
_OF_NOTES = re.compile(
    r"(?:.*[\s_-])?(?:sup|superscript|foot-?note(?:-?ref)?|fn(?:-?ref)?|note-?ref|mso(?:foot|end)notereference)"
    r"(?:[\s_-].*)?"
)
"""Names of a class for notes' marks."""
_MARK = re.compile(r"\s*[(\[]?\d{1,2}[)\]]?\s*")
_LONGEST = 40  # characters of a number; chosen: none is as long
_NOT_SHOWN = frozenset({"hidden", "checkbox", "radio", "button", "submit", "image", "reset", "file"})
"""Kinds of fields that show no number."""
_CODED = re.compile(r"data-(?:\w+-)*(?:value|val|raw|number|num)")


@dataclass(frozen=True)
class Look:
    """Hold how the text of an element looks.

    gone, hidden : whether it takes no room, or leaves its room empty · how : as in `raised.joined`
    size, link, styled : by which a part of a text stands apart from what is beside it
    """

    gone: bool = False
    hidden: bool = False
    struck: bool = False
    how: str = ""
    size: str = ""
    link: str = ""
    styled: tuple[str, ...] = ()

    @property
    def unseen(self) -> bool:
        """Whether a reader sees nothing of it."""
        return self.gone or self.hidden


def within(outer: Look, tag: str, attributes: Mapping[str, str]) -> Look:
    """Return how an element looks, which takes on how the one around it does."""
    return _within(outer, tag, tuple(attributes.items())) if attributes or tag in _LOOKS else outer


@lru_cache(maxsize=5_000)  # pages repeat their elements
def _within(outer: Look, tag: str, pairs: tuple[tuple[str, str], ...]) -> Look:
    attributes = dict(pairs)
    style = _declared(attributes.get("style", ""))
    visibility = style.get("visibility", "")
    display = style.get("display")
    gone = tag in _NEVER or (display == "none" if display else "hidden" in attributes)
    named = attributes.get("class", "").lower()
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    return Look(
        gone=outer.gone or gone or (tag in _ROWS and visibility == "collapse"),
        hidden=outer.hidden or visibility in ("hidden", "collapse"),
        struck=outer.struck or tag in _STRUCK or "line-through" in decoration,
        how=_SET.get(style.get("vertical-align", ""))
        or _SET.get(tag)
        or _of_note(tag, attributes, named)
        or outer.how,
        size=_size(tag, attributes, style) or outer.size,
        link=attributes.get("href", "") if tag == "a" else outer.link,
        styled=outer.styled if tag in BLOCKS else (*outer.styled, *_styled(tag, named)),
    )


def _declared(style: str) -> dict[str, str]:
    """Return property -> value of an element's own style."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _of_note(tag: str, attributes: Mapping[str, str], named: str) -> str:
    """Return that an element within a line is a note's mark by its class or its role, "" for others."""
    is_mark = attributes.get("role") == "doc-noteref" or _OF_NOTES.fullmatch(named) is not None
    return raised.RAISED if is_mark and tag not in BLOCKS else ""


def _size(tag: str, attributes: Mapping[str, str], style: Mapping[str, str]) -> str:
    """Return the size of text that an element asks for, "" for that of the text around it."""
    if tag in ("small", "big"):
        return tag
    return style.get("font-size") or (attributes.get("size", "") if tag == "font" else "")


def _styled(tag: str, named: str) -> tuple[str, ...]:
    return (tag, named) if tag in _EMPHASIS else (named,) if named else ()


@dataclass
class Cell:
    """Hold a cell as it is read: columns and rows that it spans, its text in pieces, and the number in its code.

    gone : whether it takes no room · heads : whether it is a heading by its element
    nested : first number of a table within it that is none of its own, "" for none
    """

    across: int
    down: int
    gone: bool
    heads: bool
    coded: str = ""
    nested: str = ""
    pieces: list[tuple[str, Look]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        """Take in text as its element shows it."""
        if look.unseen:
            self.hidden.append(text)
        else:
            self.pieces.append((text, look))

    def fill_in(self, attributes: Mapping[str, str], look: Look) -> None:
        """Take in a field with a number, which is seen and is no text of the page."""
        value = attributes.get("value", "")
        if not look.unseen and attributes.get("type", "").lower() not in _NOT_SHOWN and is_number(value):
            self.add(f" {doubtful(value, CODE)} ", look)

    @property
    def hidden_text(self) -> list[str]:
        """What of it is not shown, as one text, or nothing."""
        hidden = values.text("".join(self.hidden))
        return [hidden] if hidden else []

    @property
    def struck(self) -> str:
        """The text that is struck out beside text that stands, "" for none."""
        gone = [text for text, look in self.pieces if look.struck]
        return values.text("".join(gone)) if gone and self._standing() else ""

    @property
    def text(self) -> str:
        """The text that stands, with notes' marks as such; a number of which that is not plain is doubtful."""
        standing = self._standing()
        if not standing:
            struck = "".join(text for text, _ in self.pieces)
            return doubtful(struck, STRUCK) if is_number(struck) else struck
        if all(look is standing[0][1] for _, look in standing):
            return "".join(text for text, _ in standing)
        pieces = _noted(standing)
        line = "".join(text for text, look in pieces if not look.how)
        if len(line) <= _LONGEST and is_number(line) and len(parts := _parts(pieces)) > 1:
            return doubtful(" ".join(part.strip() for part in parts), PARTS)
        return raised.joined([(text, look.how) for text, look in pieces])

    def _standing(self) -> list[tuple[str, Look]]:
        """Return the pieces that are not struck out, none where they hold no text."""
        standing = [piece for piece in self.pieces if not piece[1].struck]
        return standing if any(text.strip() for text, _ in standing) else []


def coded(attributes: Mapping[str, str]) -> str:
    """Return the number that a cell holds in its attributes, "" for none.

    >>> coded({"data-value": "98.1"}), coded({"data-row": "2"})
    ('98.1', '')
    """
    return next((v for k, v in attributes.items() if _CODED.fullmatch(k) and is_number(v)), "")


def _noted(pieces: Sequence[tuple[str, Look]]) -> list[tuple[str, Look]]:
    """Return the pieces with one or two digits behind another digit as a mark where they lead elsewhere on the page."""
    out: list[tuple[str, Look]] = []
    last = ""
    for text, look in pieces:
        marks = look.link.startswith("#") and last.isdigit() and _MARK.fullmatch(text)
        out.append((text, replace(look, how=look.how or raised.RAISED) if marks else look))
        last = text.rstrip()[-1:] or last
    return out


def _parts(pieces: Sequence[tuple[str, Look]]) -> list[str]:
    """Return the text on the line in the parts in which its digits are set apart from one another."""
    parts: list[str] = []
    last = Look()
    filled = [(text, look) for text, look in pieces if text and not look.how]
    for i, (text, look) in enumerate(filled):
        rest = "".join(t for t, _ in filled[i:])
        touching = bool(parts) and parts[-1][-1:].isdigit() and text[:1].isdigit()
        if not parts or (touching and _apart(last, look, "".join(parts), rest)):
            parts.append(text)
        else:
            parts[-1] += text
        last = look
    return parts


def _apart(one: Look, other: Look, before: str, rest: str) -> bool:
    """Tell digits set apart from those before them: by size or a link, or styled otherwise and not thousands."""
    if (one.size, one.link) != (other.size, other.link):
        return True
    thousands = re.fullmatch(r"\s*[-+\u2212]?\d+", before) and re.match(r"\d{3}(?!\d)", rest)
    return one.styled != other.styled and not thousands
