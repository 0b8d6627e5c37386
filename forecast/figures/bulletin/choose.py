"""`production`: the tables of industrial production among all tables of a bulletin, found by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forecast.figures.vocabulary import is_sector
from forecast.tables import LeftOut, rates
from forecast.tables.blocks import Block, blocks
from forecast.tables.cells import Sheet, Value
from forecast.tables.kinds import Kind, kind
from forecast.tables.signs import direction

_TITLE_CELLS = 2  # filled cells of a row at most that may be a title; chosen: a title, and a unit beside it
_KNOWN_LABELS = 2
"""Sectors that make one of several tables without a title that of production; chosen: one may be chance."""


@dataclass(frozen=True, eq=False)
class Found:
    """Hold a table of industrial production.

    titles : those above it; of a table that goes on below without a title of its own, the earlier ones
    continues : True where it goes on from the table before it on the sheet
    """

    block: Block
    titles: tuple[str, ...]
    continues: bool = False


def production(sheets: Sequence[Sheet]) -> tuple[list[Found], list[LeftOut]]:
    """Return the tables of industrial production, and every other table that holds numbers, named as left out.

    A table is known by its title; where no title of the file speaks of production, by its labels.
    """
    titled = [sheet for sheet in sheets if _speaks(sheet)]
    tables: list[Found] = []
    left_out: list[LeftOut] = []
    for sheet in sheets:
        if titled and sheet not in titled:
            left_out += whole(sheet)
            continue
        chosen, others = _tables(sheet, 0 if titled else 1 if len(sheets) == 1 else _KNOWN_LABELS)
        tables += chosen
        left_out += others
    return tables, left_out


def _speaks(sheet: Sheet) -> bool:
    """Tell a sheet on which a line of text names industrial production and no other subject."""
    lines = ([v for v in row if v is not None and v != ""] for row in sheet.rows)
    return any(
        any(_of_production([str(v)]) for v in cells)
        for cells in lines
        if len(cells) <= _TITLE_CELLS and all(kind(v) is Kind.TEXT for v in cells)
    )


def _of_production(titles: Iterable[str]) -> bool:
    text = " ".join(titles)
    return rates.says(text, "production") and not rates.says(text, "another table")


def _tables(sheet: Sheet, by_labels: int) -> tuple[list[Found], list[LeftOut]]:
    """Split the tables of a sheet into those of production and others.

    by_labels : sectors of industry by whose labels a table without a title is known, 0 where titles tell
    """
    tables: list[Found] = []
    left_out: list[LeftOut] = []
    for block in blocks(sheet):
        own = tuple(t for t in block.titles if len(t) > 2)
        continues = bool(tables) and (not own or any(map(_goes_on, own)))
        other = rates.says(" ".join(own) or sheet.title, "another table")
        if _of_production(own) or (0 < by_labels <= _known(block) and not other):
            tables.append(Found(block, block.titles, continues))
        elif continues and not other:
            tables.append(Found(block, (*tables[-1].titles, *block.titles), True))
        else:
            left_out.append(_named(block))
    return tables, left_out


def _goes_on(title: str) -> bool:
    """Tell a title that says that a table goes on, or only names its rows as rises or falls."""
    return rates.says(title, "continued") or direction(title) is not None


def _known(block: Block) -> int:
    """Count the labels of a table that are sectors of industry."""
    labels = {v for row in block.body for v in row if isinstance(v, str) and kind(v) is Kind.TEXT}
    return sum(map(is_sector, labels))


def whole(sheet: Sheet) -> list[LeftOut]:
    """Return a sheet of other subjects as one item, nothing where it holds no number."""
    numbers = _numbers(v for row in sheet.rows for v in row)
    title = next((str(v) for _, v in sheet.filled() if isinstance(v, str) and len(v) > 2), "")
    return [LeftOut("number of another table", _short(title), numbers, sheet.file)] if numbers else []


def _named(block: Block) -> LeftOut:
    numbers = _numbers(v for row in block.body for v in row)
    title = " ".join(block.titles) or next((str(v) for v in block.body[0] if isinstance(v, str)), "")
    return LeftOut("number of another table", _short(title), numbers, block.first_place)


def _numbers(cells: Iterable[Value]) -> int:
    return sum(isinstance(v, float) or (isinstance(v, str) and kind(v) is Kind.NUMBER) for v in cells)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else f"{words[:69]}…"
