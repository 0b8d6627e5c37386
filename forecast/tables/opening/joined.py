"""`refuse_joined`: rows of a text that another sign than the separator of its table sets apart."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from forecast.tables.kinds import Kind, is_year, kind
from forecast.tables.languages import holds
from forecast.tables.moments import Moment, moment
from forecast.tables.telling import fail

_SIGNS = (",", ";", "\t", "|")
_SAID = re.compile(r"\s*[:=]\s*|\s+(?=[-+\u2212]?\d)")
"""Signs between a month and its numbers where a line is no row of a table: "May 2024: 104.5", "2024-05 104.5"."""
_LONGEST = 500  # letters; chosen: rows of that length have another separator in every line


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
        elif filled and (cells := _cells(filled[0], width, _daily(above))):
            problems.append(f"{name}:{line}: {_told(filled[0], cells, separator, width)}")
    if problems:
        fail(problems)


def _daily(record: Sequence[str]) -> bool:
    """Tell a row that names a day."""
    return any((when := moment(cell.strip())) is not None and when.day is not None for cell in record)


def _cells(text: str, width: int, daily: bool) -> list[str]:
    """Return the cells that a text is made of where it holds the numbers of a row, none for every other."""
    if len(text) > _LONGEST or not any(map(str.isdecimal, text)) or moment(text) is not None:
        return []
    for sign in _SIGNS:
        cells = [cell.strip() for cell in text.strip(f" {sign}").split(sign)]
        if len(cells) > 1 and (
            _begins(cells[0], daily)
            and any(map(_is_figure, cells[1:]))
            or len(cells) == width > 2
            and f"{sign} " not in text
            and not holds(cells[0], "remark")
            and _is_row(cells)
        ):
            return cells
    for hit in _SAID.finditer(text):
        numbers = _SAID.split(text[hit.end() :])
        if _begins(text[: hit.start()], daily) and all(map(_is_figure, numbers)):
            return [text[: hit.start()], *numbers]
    return []


def _begins(text: str, daily: bool) -> bool:
    """Tell a month with its year, and a day of it only where other rows name one."""
    when: Moment | None = moment(text)
    return when is not None and when.whole and (daily or when.day is None)


def _is_figure(text: str) -> bool:
    return kind(text) is Kind.NUMBER and not is_year(text)


def _is_row(cells: Sequence[str]) -> bool:
    """Tell a label, or none, before figures, and before a month or marks of what is missing where these stand too."""
    usual = (Kind.NUMBER, Kind.MISSING, Kind.DATE, Kind.EMPTY)
    return any(map(_is_figure, cells[1:])) and all(kind(cell) in usual for cell in cells[1:])


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
