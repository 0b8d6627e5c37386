"""The numbers of a table that are no values, gathered by reason while it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from forecast.series.layout import Line
from forecast.tables import LeftOut
from forecast.tables.axis import Axis
from forecast.tables.blocks import Block
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.moments import TO_DATE, Moment


class Tally:
    """Gather what is left out of one block."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._found: dict[tuple[str, str], list[tuple[int, int]]] = {}

    def add(self, reason: str, what: str, row: int, column: int) -> None:
        """Leave out one cell where it is a number."""
        if kind(self.block.body[row][column]) is Kind.NUMBER:
            self._found.setdefault((reason, what), []).append((row, column))

    def without_totals(self, rows: Sequence[int], axis: Axis | None, timed: Collection[int]) -> list[int]:
        """Return rows of years by months without those of several months of one, such as "Jan-Oct 2024", left out.

        axis : what the column of years says · timed : columns of time
        """
        read = () if axis is None else axis.moments
        of = {r: m for r, m in enumerate(read) if m is not None and m.month is not None and m.span != 1}
        for r in (r for r in rows if r in of):
            row = self.block.body[r]
            text = next(heading_text(row[j]) for j in timed if row[j] not in (None, ""))
            for j in (j for j in range(len(row)) if j not in timed):
                self.add(span_reason(of[r]), text, r, j)
        return [r for r in rows if r not in of]

    def items(self) -> tuple[LeftOut, ...]:
        """Return what was left out, by reason and by what it is called."""
        return tuple(
            LeftOut(reason, what, len(cells), self.block.place(*cells[0]))
            for (reason, what), cells in self._found.items()
        )

    def missed(self, lines: Iterable[Line], apart: Collection[int], rows: Collection[int] = ()) -> list[str]:
        """Name the first number that is neither a value of a series nor left out.

        apart : columns of time, whose figures are years and months, or of which a problem tells · rows : such rows
        """
        sheet = self.block.sheet
        row_of = {sheet.lines[r]: i for i, r in enumerate(self.block.rows)}
        columns = {sheet.column(c): j for j, c in enumerate(self.block.columns)}
        accounted = {(row_of[cell.line], columns[cell.column]) for line in lines for cell in line.cells}
        accounted.update(cell for cells in self._found.values() for cell in cells)
        for i, row in enumerate(self.block.body):
            if i in rows:
                continue
            for j, value in enumerate(row):
                if j not in apart and (i, j) not in accounted and kind(value) is Kind.NUMBER:
                    return [
                        f"{self.block.place(i, j)}: {value} is no value of a series and nothing says why; "
                        "delete it, or give its row and column a month and a name"
                    ]
        return []


def span_reason(moment: Moment) -> str:
    """Return why numbers of a longer span are no monthly values.

    >>> span_reason(Moment(2024, 3, 3)), span_reason(Moment(2024, None, 12))
    ('quarterly value', 'annual total')
    """
    return {
        3: "quarterly value",
        6: "half-yearly value",
        12: "annual total",
        TO_DATE: "value of the year to date",
    }[moment.span]
