"""Small tables: what a result shows of itself, as text at a prompt and as HTML in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from forecast.rooms import furnish

__all__ = ["SelfShown", "Shown", "chance", "notebook_table", "text_table"]


def notebook_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a captioned table; the first cell of a row says what the row is about.

    >>> table = notebook_table("a < b", ["", "<x>"], [["<one>", "<1>"]])
    >>> [text in table for text in ("a &lt; b", "&lt;x&gt;", "&lt;one&gt;", "&lt;1&gt;")]
    [True, True, True, True]
    """
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
    lines = "".join(
        f"<tr><th scope='row'>{escape(first)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in rest)}</tr>"
        for first, *rest in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


def chance(p: float) -> str:
    """Return a probability as a whole percent, never 0 % or 100 %.

    >>> chance(0.003), chance(0.125), chance(0.9999)
    ('under 1 %', '12 %', 'over 99 %')
    """
    whole = round(100 * p)
    return "under 1 %" if whole == 0 else "over 99 %" if whole == 100 else f"{whole} %"


class Shown(NamedTuple):
    """What a result shows of itself: a caption, the heads of the columns and the rows, first cell what it is about."""

    caption: str
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


class SelfShown:
    """A result that fits on one screen: `_shown` says what, `repr` and a notebook show it."""

    def _shown(self) -> Shown:
        raise NotImplementedError

    def __repr__(self) -> str:
        return text_table(*self._shown())

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return notebook_table(*self._shown())


def text_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a captioned table as plain text, the first column to the left, numbers to the right.

    >>> print(text_table("chances", ["", "chance"], [["by 2025-04", "12 %"], ["later", "over 80 %"]]))
    chances
                   chance
    by 2025-04       12 %
    later       over 80 %
    """
    lines = [list(head), *(list(row) for row in rows)] if head else [list(row) for row in rows]
    if not lines:
        return caption
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    told = [
        "  ".join(
            [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    ]
    return "\n".join([caption, *(line.rstrip() for line in told)])


furnish(__name__)
