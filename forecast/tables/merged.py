"""`merged_numbers`: numbers that stand merged over several cells, each of which is to have its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from forecast.tables.cells import Place, Sheet, Value
from forecast.tables.doubtful import doubt
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind


def merged_numbers(sheet: Sheet, own: Collection[Place]) -> Iterator[tuple[list[Place], str]]:
    """Yield the cells that one merged number covers, with what to say of it.

    own : the cells that are to have a number of their own; one that covers a single one of them is only drawn wide
    Not in a column where most stand so over several rows, as those of quarters do beside months.
    """
    found = []
    for area in sheet.merged:
        if Place(area.top, area.left) not in own or not _is_figure(sheet.rows[area.top][area.left]):
            continue
        down = range(area.top, min(area.bottom + 1, len(sheet.rows)))
        across = range(area.left, min(area.right + 1, sheet.width))
        covered = [place for r in down for c in across if (place := Place(r, c)) in own]
        if len(covered) > 1:
            found.append(covered)
    tall = Counter(first.column for first, *_, last in found if first.row < last.row)
    figures = Counter(c for r, c in own if c in tall and _is_figure(sheet.rows[r][c]))
    usual = {c for c, n in tall.items() if n > 1 and 2 * n > figures[c]}
    yield from ((covered, _said(sheet, covered)) for covered in found if covered[0].column not in usual)


def _is_figure(value: Value) -> bool:
    return kind(value) is Kind.NUMBER and not doubt(str(value))


def _said(sheet: Sheet, covered: list[Place]) -> str:
    first, last = covered[0], covered[-1]
    ends = [sheet.place(place).rpartition(":")[2] for place in (first, last)]
    return (
        f"{sheet.place(first)}: {heading_text(sheet.rows[first.row][first.column])} is one number merged over "
        f"{len(covered)} cells ({' to '.join(ends)}); split them, write it into the one that it belongs to, "
        "and into the others their own numbers or nothing"
    )
