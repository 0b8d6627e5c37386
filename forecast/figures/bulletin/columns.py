"""`columns`: what each column of a bulletin's table holds, by its heading or by what the user says of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from forecast.figures.signs import holds_signs
from forecast.figures.table import MEASURES
from forecast.tables import fold, parse_period, rates, suggestion
from forecast.tables.blocks import Block
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.rates import NoRate, Rate

LEFT_OUT = "left_out"
"""Name under `columns` of a heading whose numbers the user leaves out; more of them as "left_out 2"."""

SECTOR = "sector"
"""Name under `columns` of the heading above the labels, where another column of words stands beside them."""

UNHEADED = "number under no heading"
"""Why a number beside others is no rate."""

_FILLED = ("region", "sector", "period", "published", "source")
_SAID = re.compile(rf"(?P<measure>{'|'.join(MEASURES)})(?: (?P<period>\d{{4}}-\d{{2}}))?")


@dataclass(frozen=True)
class Column:
    """Hold one column with numbers: its place in `Block.body` and what it holds."""

    position: int
    heading: str
    holds: Rate | NoRate


def is_declared(name: str) -> bool:
    """Tell a name under `columns` that says what a heading means: a measure, one with its month, or to leave it out.

    >>> is_declared("yoy_pct 2024-04"), is_declared("left_out 2"), is_declared("yoy")
    (True, True, False)
    """
    return _SAID.fullmatch(name) is not None or re.fullmatch(rf"{LEFT_OUT}(?: \d+)?", name) is not None


def columns(
    block: Block,
    titles: Sequence[str],
    declared: Mapping[str, str],
    period: str | None,
    latest: pd.Period | None,
) -> tuple[list[int], list[Column]]:
    """Return the positions of the columns of labels, and the columns with numbers.

    declared : name (`is_declared`) -> heading as the file writes it · period : month that the user gives for headings
        without one · latest : month of publication
    """
    numeric = [c for c in range(len(block.columns)) if any(kind(row[c]) is Kind.NUMBER for row in block.body)]
    given = [] if period is None else [_as_title(period)]
    signs = columns_of_signs(block, numeric)
    bare = _bare(block, [*numeric, *signs], [*titles, *given], latest)
    spoilt = [c for c in bare if _has_digits(block, c)]
    numeric = sorted([*numeric, *spoilt])
    valued = {*bare, *(c for c in range(len(block.columns)) if _holds_values(block, c))}
    before = [c for c in range(min([*valued, *numeric], default=0)) if c not in signs]
    heads = _heads(block, numeric, before)
    holds = rates.headings([heads[c] for c in numeric], [*titles, *given], latest)
    held = [
        Column(c, _joined(heads[c]), _said(block, c, heads[c], declared, period) or _own(block, c, one))
        for c, one in zip(numeric, holds, strict=True)
    ]
    held += [Column(c, _joined(heads[c]), NoRate("no number")) for c in bare if c not in spoilt]
    first = next((c.position for c in held if isinstance(c.holds, Rate)), len(block.columns))
    named = [
        c for c, h in enumerate(heads) if SECTOR in declared and fold(declared[SECTOR]) == fold(_joined(h))
    ]
    return named or [c for c in range(first) if c not in (*numeric, *valued, *signs)], held


def unused(blocks: Sequence[Block], declared: Mapping[str, str], fill: Mapping[str, str]) -> list[str]:
    """Return what the user says of a bulletin that none of its tables can use, each with its remedy."""
    every = [name for block in blocks for name in _names(block)]
    headings = list(dict.fromkeys(every))
    problems = [
        f'columns: no column "{heading}" (wanted as {name}); {suggestion(heading, headings)}'
        for name, heading in declared.items()
        if fold(heading) not in map(fold, headings)
    ]
    foreign = [n for n in declared if not is_declared(n) and n != SECTOR] + [
        n for n in fill if n not in _FILLED
    ]
    return problems + [
        f"columns, fill: {name} has no place in a bulletin, whose headings and rows say it; leave it out"
        for name in foreign
    ]


def _names(block: Block) -> list[str]:
    """Return the headings of a block, each as written and without that of the labels where it may span it."""
    numeric = [c for c in range(len(block.columns)) if any(kind(row[c]) is Kind.NUMBER for row in block.body)]
    without = _heads(block, numeric, range(min(numeric, default=0)))
    return [_joined(texts) for heads in (without, block.headings) for texts in heads if texts]


def _holds_values(block: Block, c: int) -> bool:
    """Tell a column whose cells are numbers, or marks of those that are missing."""
    kinds = {kind(row[c]) for row in block.body} - {Kind.EMPTY}
    return bool(kinds) and kinds <= {Kind.NUMBER, Kind.MISSING}


def _bare(block: Block, others: Sequence[int], titles: Sequence[str], latest: pd.Period | None) -> list[int]:
    """Return the columns headed as rates that hold no number, and texts or marks of missing values in its place.

    others : columns of numbers and of signs · Not the labels, over which a heading of rates may stand too.
    """
    width = len(block.columns)
    labels = next((c for c in range(width) if c not in others), 0)
    texts = [c for c in range(labels + 1, width) if c not in others]
    heads = _heads(block, range(width), [labels])
    holds = rates.headings([heads[c] for c in (*others, *texts)], titles, latest)[len(others) :]
    return [c for c, one in zip(texts, holds, strict=True) if isinstance(one, Rate)]


def _has_digits(block: Block, c: int) -> bool:
    return any(kind(v) is Kind.TEXT and re.search(r"\d", str(v)) for v in (row[c] for row in block.body))


def columns_of_signs(block: Block, numeric: Collection[int]) -> list[int]:
    """Return the columns that hold marks of rises and falls beside numbers, of a table that has labels besides.

    numeric : the columns with numbers
    """
    texts = [c for c in range(len(block.columns)) if c not in numeric]
    valued = [row for row in block.body if any(kind(row[c]) is Kind.NUMBER for c in numeric)]
    signs = [
        c
        for c in texts
        if all(row[c] is None or isinstance(row[c], str) for row in valued)
        and holds_signs([str(row[c] or "") for row in valued], heading_of_signs(block, c, numeric))
    ]
    return signs if len(signs) < len(texts) else []


def heading_of_signs(block: Block, c: int, numeric: Collection[int]) -> str:
    """Return the heading of a column of signs, "" where it only shares that of the numbers beside."""
    heading = _joined(block.headings[c])
    beside = (_joined(block.headings[n]) for n in (c - 1, c + 1) if n in numeric)
    return "" if heading in beside else heading


def _heads(block: Block, numeric: Sequence[int], before: Sequence[int]) -> list[tuple[str, ...]]:
    """Return the heading of every column, without that of the labels where it seems to span the empty cells beside.

    before : columns of labels before the first one of values
    """
    labels = {block.headings[c][:1] for c in before} - {()}
    return [h[1:] if h[:1] in labels and c in numeric else h for c, h in enumerate(block.headings)]


def _as_title(period: str) -> str:
    month = parse_period(period)
    return f"{month.year}-{month.month:02d}"


def _joined(texts: Sequence[str]) -> str:
    return " ".join(" ".join(texts).split())


def _said(
    block: Block, c: int, texts: Sequence[str], declared: Mapping[str, str], period: str | None
) -> Rate | NoRate | None:
    """Return what the user says of a heading; None where nothing, or where its month is still to be read.

    texts : the heading without that of the labels, which may be said with it
    """
    written = {fold(_joined(texts)), fold(_joined(block.headings[c]))}
    name = next((n for n, heading in declared.items() if fold(heading) in written), None)
    if name is None:
        return None
    hit = _SAID.fullmatch(name)
    if hit is None:
        return NoRate("number left out as asked")
    month = hit["period"] or period
    if month is None:
        return NoRate(
            f'heading "{_joined(texts)}" is said to be {name} and no month is; say {name} 2024-04, or give the period '
            "under fill",
            understood=False,
        )
    return Rate(hit["measure"], parse_period(month))


def _own(block: Block, c: int, holds: Rate | NoRate) -> Rate | NoRate:
    """Return what a column holds by its heading; counters of rows and columns without a heading are no rates."""
    if isinstance(holds, Rate) or holds.understood:
        return holds
    if _counter(block, c):
        return NoRate("number of a row")
    return holds if block.headings[c] else NoRate(UNHEADED)


def _counter(block: Block, c: int) -> bool:
    """Tell a column that numbers the rows: 1, 2, 3 …"""
    cells = [row[c] for row in block.body]
    numbers = [whole_number(v) for v in cells if kind(v) is Kind.NUMBER]
    whole = [n for n in numbers if n is not None]
    rising = all(b > a for a, b in zip(whole, whole[1:], strict=False))
    return bool(whole) and len(whole) == len(numbers) and rising and whole[0] in (0, 1) and len(whole) > 1
