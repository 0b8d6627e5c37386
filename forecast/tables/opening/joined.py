"""`refuse_joined`: rows of a text that another sign than the separator of its table sets apart."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from forecast.tables.run_together import joined_cells, names_day
from forecast.tables.telling import fail


def refuse_joined(name: str, records: Sequence[Sequence[str]], lines: Sequence[int], separator: str) -> None:
    """Raise DataError for lines of one cell that hold the numbers of a row: any below rows of several, two above.

    Such a line would pass for a footnote, and the month in it for one that is not published yet.
    """
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return
    width = widths.most_common(1)[0][0]
    problems: list[str] = []
    above: Sequence[str] = ()
    for record, line in zip(records, lines, strict=True):
        filled = [cell.strip() for cell in record if cell.strip()]
        if len(filled) > 1:
            problems = problems if above or len(problems) > 1 else []
            above = record
        elif filled and (cells := joined_cells(filled[0], width, names_day(above))):
            problems.append(f"{name}:{line}: {_told(filled[0], cells, separator, width)}")
    if problems:
        fail(problems)


def _told(text: str, cells: Sequence[str], separator: str, width: int) -> str:
    """Say what a line holds and how the other rows would write it; not where a decimal comma may part a number."""
    sign = "tabs" if separator == "\t" else f'"{separator}"'
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="").writerow(cells)
    shown = written.getvalue().replace("\t", "<tab>")
    remedy = f"write it as {shown}" if len(cells) == width else "set its cells apart so"
    return (
        f'"{text}" stands in one cell, and the cells of the other rows are set apart by {sign}; {remedy}, '
        'or begin the line with "Note:" where it is a footnote'
    )
