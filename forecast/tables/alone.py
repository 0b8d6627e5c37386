"""`alone`: a last row of whole numbers below a blank one, which hardly are those of a table with months across."""

from __future__ import annotations

from collections.abc import Iterator

from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.footnotes import alike
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind, whole_number


def alone(block: Block) -> str:
    """Say that a last row with a name, parted from the others, holds fewer numbers, and none like theirs; "" for none.

    True last rows of one number have one like the others, or no blank row above.
    """
    r = block.rows[-1]
    last, above = block.body[-1], block.body[:-1]
    if not above or block.rows[-2] == r - 1 or kind(last[0]) not in (Kind.TEXT, Kind.DATE):
        return ""
    filled = [j for j, v in enumerate(last) if j and v not in (None, "")]
    counts = [n for row in above if (n := sum(kind(v) in (Kind.NUMBER, Kind.MISSING) for v in row[1:]))]
    pages = [whole_number(last[j]) for j in filled]
    if not pages or None in pages or not counts or len(pages) >= min(counts):
        return ""
    known = [n for row in above for n in _sizes(row[1:])]
    if any(alike(abs(page), n) for page in pages if page for n in known):
        return ""
    shown = " | ".join(heading_text(last[j]) for j in (0, *filled))
    return (
        f'{block.place(len(above), 0)}: "{shown}" stands below the table behind an empty line, and its numbers are '
        'like none of it; delete it, or begin it with "Note:", where it is a remark, and delete the empty line where '
        "it is a row of the table"
    )


def _sizes(row: tuple[Value, ...]) -> Iterator[float]:
    """Yield how large the numbers of a row are, whatever their signs."""
    for v in row:
        if isinstance(v, int | float) and not isinstance(v, bool):
            yield abs(float(v))
        elif isinstance(v, str) and kind(v) is Kind.NUMBER:
            digits = "".join(c if c.isdigit() else "." if c in ".," else "" for c in v)
            whole, _, rest = digits.partition(".")
            yield float(f"{whole or 0}.{rest.replace('.', '') or 0}")
