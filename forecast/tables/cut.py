"""Rows of a text file with fewer cells than its header: which of their cells is missing, nothing may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.kinds import Kind, kind, whole_number


def wanted(block: Block) -> int:
    """Return how many cells a row needs to reach every column that has a heading and numbers, 0 where all rows may."""
    if not block.sheet.counts:
        return 0
    headed = [j for j, pieces in enumerate(block.headings) if pieces]
    numbers = (j for j in reversed(headed) if any(kind(row[j]) is Kind.NUMBER for row in block.body))
    return block.columns[next(numbers, 0)] + 1


def cut(block: Block) -> dict[int, int]:
    """Return the rows of a body that have numbers and fewer cells than the header, with the number of their cells."""
    least, counts = wanted(block), block.sheet.counts
    return {
        r: counts[row]
        for r, row in enumerate(block.rows)
        if least and counts[row] < least and any(kind(v) is Kind.NUMBER for v in block.body[r])
    }


def broken(block: Block) -> dict[int, str]:
    """Say which rows are broken in two: one that ends too soon, and one behind it that begins as no other does."""
    short, least, lines = cut(block), wanted(block), block.sheet.lines
    usual = [_begins(row[0]) for r, row in enumerate(block.body) if r not in short]
    return {
        r: f"{block.sheet.file}:{lines[block.rows[r]]}: ends after {short[r]} of {least} cells, and line "
        f"{lines[block.rows[s]]} goes on with {short[s]}: a row broken in two; join the two lines"
        for r, s in pairwise(short)
        if s == r + 1
        and usual
        and short[r] + short[s] in (least, least + 1)
        and _begins(block.body[s][0]) not in usual
    }


def _begins(value: Value) -> tuple[Kind, bool]:
    return kind(value), whole_number(value) is not None


def at_an_end(short: Mapping[int, int], rows: Sequence[int]) -> bool:
    """Tell rows that are cut at the end of all, each no longer than the one before: what is not published there.

    rows : in the order of their months; several may be cut at their beginning too, before a series begins
    """
    ends = [rows[len(rows) - len(short) :], rows[: len(short)][::-1] if len(short) > 1 else ()]
    return any(set(end) == set(short) and all(short[a] >= short[b] for a, b in pairwise(end)) for end in ends)


def alike(block: Block, short: Mapping[int, int]) -> bool:
    """Tell several rows that all end at the same column, in a file that writes no empty cell at the end of any."""
    if len(short) < 2 or len(set(short.values())) > 1:
        return False
    counts, rows = block.sheet.counts, block.sheet.rows
    full = (row for r, row in enumerate(block.rows) if r not in short and counts[row] <= block.sheet.width)
    return all(rows[row][counts[row] - 1] is not None for row in full)


def refusal(place: str, found: int, least: int) -> str:
    """Say that a row has a cell too few."""
    return (
        f"{place}: {found} cells where the header has {least}, and nothing says which is missing; write an empty one "
        "in its place, with its separator (at the end of the line where the last ones are not published)"
    )


def taken(lines: Collection[int], least: int) -> str:
    """Say that rows were read as not published in their last columns."""
    first, last = min(lines), max(lines)
    which = f"line {first} has" if first == last else f"{len(lines)} lines from {first} to {last} have"
    return f"{which} fewer cells than the {least} of the header: the last ones were taken as not published"
