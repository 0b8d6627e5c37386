"""`rows`: any layout of a file of figures as one row of text per figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forecast import tables
from forecast.errors import DataError
from forecast.figures.bulletin import compares, heading
from forecast.figures.table import MEASURES
from forecast.figures.vocabulary import ALIASES, MEASURE_WORDS, REQUIRED
from forecast.tables import Table


@dataclass(frozen=True)
class TextRow:
    """Hold one figure as text."""

    line: int
    cells: Mapping[str, str]


def rows(table: Table, columns: Mapping[str, str] | None, fill: Mapping[str, str]) -> list[TextRow]:
    """Return one row per figure: of a long file (measure, value), or of one with a column per measure.

    A column per measure is headed by it, with the month in a column of its own, or as a bulletin heads it, by both;
    or `columns` names the heading of a measure.
    Raises DataError for columns that are missing or cannot be told apart.
    """
    place = f"{table.file}:{table.header_line}"
    _check_names({**(columns or {}), **fill})
    try:
        found = tables.match_headings(table.header, ALIASES, columns)
    except ValueError as error:
        raise DataError(*(f"{place}: {problem}" for problem in error.args)) from None
    wide = {} if "value" in found else _across(table.header, found, fill)
    if wide:
        found = {name: i for name, i in found.items() if name not in ("measure", *MEASURES)}
    given = {"measure", "value", *fill}.union(*wide.values()) if wide else set(fill)
    lacking = [n for n in REQUIRED if n not in found and n not in given]
    if {"measure", "value"} <= set(lacking) and any(map(compares, table.header)):
        told = ", ".join(f'"{h}"' for h in table.header if compares(h))
        raise DataError(
            f"{place}: the headings {told} name no year; map them under columns (mom_pct, yoy_pct, ytd_yoy_pct) "
            "and give the period under fill"
        )
    if lacking:
        free = [h for i, h in enumerate(table.header) if h and i not in {*found.values(), *wide}]
        raise DataError(*(f'{place}: column "{n}" is missing; {_remedy(n, free)}' for n in lacking))
    return [
        row
        for pair in zip(table.rows, table.lines, strict=True)
        for row in _unfolded(*pair, found, wide, fill)
    ]


def _check_names(given: Mapping[str, str]) -> None:
    """Raise DataError for names under columns or fill that no figure has."""
    known = (*ALIASES, *MEASURES)
    unknown = [name for name in given if name not in known]
    if unknown:
        raise DataError(
            *(
                f'columns, fill: no column of figures is called "{n}"; {tables.suggestion(n, known)}'
                for n in unknown
            )
        )


def is_figures(table: Table) -> bool:
    """Tell by its header a table of published figures from one of levels, whatever is missing in it.

    Raises DataError where two columns have one heading.
    """
    header = table.header
    try:
        found = tables.match_headings(header, ALIASES)
    except ValueError as error:
        raise DataError(*(f"{table.file}:{table.header_line}: {problem}" for problem in error.args)) from None
    if "measure" in found and "value" in found:
        # SDMX names an indicator and a value too, but no date of publication.
        return "published" in found or tables.fold(header[found["value"]]) != "obs_value"
    if any(compares(text) for text in header):
        return True
    measures = {cells["measure"] for cells in _across(header, found, {}).values()}
    return bool(measures - {"index"})  # an index alone may be a file of levels


def _across(
    header: tuple[str, ...], found: Mapping[str, int], fill: Mapping[str, str]
) -> dict[int, dict[str, str]]:
    """Return the columns that hold figures, with what their headings say of them: measure and maybe month."""
    known = {**{m: m for m in MEASURES}, **MEASURE_WORDS}
    out = {i: {"measure": name} for name, i in found.items() if name in MEASURES}
    taken = {i for name, i in found.items() if name != "measure"}
    for i, text in enumerate(header):
        if i in taken:
            continue
        if tables.fold(text) in known:
            out[i] = {"measure": known[tables.fold(text)]}
        elif "period" not in found and (named := heading(text)) is not None:
            out[i] = {"period": str(named[0]), "measure": named[1]}
    if "period" not in found and "period" not in fill:
        dated = {i: cells for i, cells in out.items() if "period" in cells}
        return dated or out
    return out


def _unfolded(
    cells: tuple[str, ...],
    line: int,
    found: Mapping[str, int],
    wide: Mapping[int, Mapping[str, str]],
    fill: Mapping[str, str],
) -> list[TextRow]:
    """Return the figures of one line of the file."""
    shared = {**fill, **{name: cells[i] for name, i in found.items()}}
    if not wide:
        return [TextRow(line, shared)]
    return [
        TextRow(line, {**shared, **said, "value": cells[i]})
        for i, said in wide.items()
        if not tables.missing(cells[i])
    ]


def _remedy(name: str, free: list[str]) -> str:
    near = tables.nearest(name, free)
    if near is not None:
        return f'is "{near}" meant? Rename it or map it under columns'
    others = ", ".join(f'"{h}"' for h in free[:8])
    own = f"give one {name} for all rows under fill"
    return f"unused columns: {others}; map one under columns, or {own}" if others else f"add it, or {own}"
