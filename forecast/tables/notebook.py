"""Small HTML tables: what a result shows of itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def notebook_table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a captioned table; the first cell of a row says what the row is about.

    >>> notebook_table("a < b", ["", "x"], [["one", "1"]])[:43]
    '<table><caption>a &lt; b</caption><thead><t'
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
