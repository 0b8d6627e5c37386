"""`read`: a file of published figures, long or wide, checked row by row before anything is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.figures.table import MEASURES, Day, Figures, as_day, from_table
from forecast.figures.vocabulary import ALIASES, MEASURE_WORDS, NOT_A_UNIT, REQUIRED, SECTOR_WORDS
from forecast.tables import Style, Table, suggestion


@dataclass(frozen=True)
class _Row:
    """One figure as text."""

    line: int
    cells: Mapping[str, str]


def read(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    fill: Mapping[str, str] | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    until: Day | None = None,
) -> Figures:
    """Return the published figures of a file, everything in it validated.

    Columns region, sector, period, measure, value, published and optional source and unit, in English or
    Vietnamese headings; or one column per measure instead of measure and value. `published` is a day or a
    month.
    columns : name -> heading as the file writes it, where the heading is not known
    fill : name -> one value for all rows of a column that the file lacks, e.g. {"published": "2024-05-30"}
    decimal : "." or ","; detected and stated in `notes` where not given
    until : read only rows published by this day; later ones are not even looked at
    The rounding half-unit is 0.05 for up to one decimal, 0.005 for two, half of `unit` where it is a number.
    Raises DataError with every problem at once, each with its line and its remedy.
    """
    table = tables.read(path, sheet)
    fill = dict(fill or {})
    rows = _rows(table, columns, fill)
    if until is not None:
        rows = _published_by(rows, until, table.file)
    texts = [row.cells["value"] for row in rows]
    try:
        style, notes = tables.detect_style([t.rstrip("% ") for t in texts], decimal)
    except ValueError as error:
        raise DataError(f"{table.file}: {error}") from None
    problems: list[str] = []
    records = [_record(row, style, table.file, problems) for row in rows]
    if problems:
        tables.fail(problems)
    try:
        return from_table(pd.DataFrame(records), table.file, (*table.notes, *notes))
    except DataError as error:
        tables.fail(error.problems)


def recognises(path: str | Path, sheet: str | None = None) -> bool:
    """Tell a file of published figures from a file of levels by its headings.

    Raises DataError where the file cannot be read at all.
    """
    header = tables.read(path, sheet).header
    found = tables.match_headings(header, ALIASES)
    rates = set(_measure_columns(header, set()).values()) - {
        "index"
    }  # an index alone may be a file of levels
    return ("measure" in found and "value" in found) or bool(rates)


def _rows(table: Table, columns: Mapping[str, str] | None, fill: Mapping[str, str]) -> list[_Row]:
    """Return one row per figure, whether the file is long (measure, value) or wide (a column per measure)."""
    place = f"{table.file}:{table.header_line}"
    try:
        found = tables.match_headings(table.header, ALIASES, columns)
    except ValueError as error:
        raise DataError(*(f"{place}: {problem}" for problem in error.args)) from None
    taken = {position for name, position in found.items() if name != "measure" or "value" in found}
    wide = {} if "value" in found else _measure_columns(table.header, taken)
    if wide:
        found.pop("measure", None)
    required = [n for n in REQUIRED if not (wide and n in ("measure", "value"))]
    lacking = [n for n in required if n not in found and n not in fill]
    if lacking:
        free = [h for i, h in enumerate(table.header) if h and i not in found.values()]
        raise DataError(*(f'{place}: column "{n}" is missing; {_remedy(n, free)}' for n in lacking))
    return [
        row
        for pair in zip(table.rows, table.lines, strict=True)
        for row in _unfolded(*pair, found, wide, fill)
    ]


def _unfolded(
    cells: tuple[str, ...],
    line: int,
    found: Mapping[str, int],
    wide: Mapping[int, str],
    fill: Mapping[str, str],
) -> list[_Row]:
    """Return the figures of one line of the file."""
    shared = {**fill, **{name: cells[i] for name, i in found.items()}}
    if not wide:
        return [_Row(line, shared)]
    return [
        _Row(line, {**shared, "measure": measure, "value": cells[i]})
        for i, measure in wide.items()
        if not tables.missing(cells[i])
    ]


def _measure_columns(header: tuple[str, ...], taken: set[int]) -> dict[int, str]:
    """Return the columns headed by a measure."""
    known = {**{m: m for m in MEASURES}, **MEASURE_WORDS}
    return {
        i: known[tables.fold(h)] for i, h in enumerate(header) if i not in taken and tables.fold(h) in known
    }


def _remedy(name: str, free: list[str]) -> str:
    near = tables.nearest(name, free)
    if near is not None:
        return f'is "{near}" meant? Rename it or map it under columns'
    others = ", ".join(f'"{h}"' for h in free[:8])
    return f"unused columns: {others}; map one under columns" if others else "add it"


def _published_by(rows: list[_Row], until: Day, file: str) -> list[_Row]:
    """Drop the rows published after a day; a row whose date cannot be read stays, to be reported."""
    limit = as_day(until)

    def later(row: _Row) -> bool:
        try:
            return tables.parse_published(row.cells["published"])[0] > limit
        except ValueError:
            return False

    kept = [row for row in rows if not later(row)]
    if not kept:
        first = min(tables.parse_published(row.cells["published"])[0] for row in rows)
        raise DataError(
            f"{file}: no figure had been published by {limit:%Y-%m-%d}; "
            f"the first was published on {first:%Y-%m-%d}"
        )
    return kept


def _record(row: _Row, style: Style, file: str, problems: list[str]) -> dict[str, object]:
    """Return one typed row, adding what is wrong with it to the problems."""
    place = f"{file}:{row.line}"
    cells = row.cells
    found = len(problems)
    for name in ("region", "sector"):
        if not cells[name]:
            problems.append(f"{place}: {name} is empty; name it")
    measure = cells["measure"]
    if measure not in MEASURES:
        measure = MEASURE_WORDS.get(tables.fold(measure), measure)
    if measure not in MEASURES:
        problems.append(f'{place}: unknown measure "{measure}"; {suggestion(measure, MEASURES)}')
    out: dict[str, object] = {
        "region": cells["region"],
        "sector": SECTOR_WORDS.get(tables.fold(cells["sector"]), cells["sector"]),
        "measure": measure,
        "source": cells.get("source", ""),
        "line": row.line,
    }
    for part in (_period, _value, _published):
        try:
            out.update(part(cells, measure, style))
        except ValueError as error:
            problems.append(f"{place}: {error}")
    if len(problems) == found:
        problems.extend(f"{place}: {p}" for p in _impossible(out))
    return out


def _period(cells: Mapping[str, str], measure: str, style: Style) -> dict[str, object]:
    try:
        return {"period": tables.parse_period(cells["period"])}
    except ValueError as error:
        if measure == "qtr_yoy_pct":
            try:
                return {"period": tables.parse_quarter(cells["period"])}
            except ValueError:
                pass
        raise ValueError(f"period {error}") from None


def _published(cells: Mapping[str, str], measure: str, style: Style) -> dict[str, object]:
    try:
        day, known = tables.parse_published(cells["published"])
    except ValueError as error:
        raise ValueError(f"published {error}") from None
    return {"published": day, "published_day_known": known}


def _value(cells: Mapping[str, str], measure: str, style: Style) -> dict[str, object]:
    """Return the value and its rounding half-unit."""
    text = cells["value"]
    if measure != "index":
        text = text.removesuffix("%").strip()
    if tables.missing(text):
        raise ValueError(f"{measure} is empty; give the printed figure or delete the row")
    try:
        value = tables.parse_number(text, style)
    except ValueError as error:
        raise ValueError(f"{measure} {error}") from None
    return {
        "value": value,
        "half_unit": _half_unit(cells.get("unit", ""), tables.decimals(text, style), style),
    }


def _half_unit(unit: str, decimals: int, style: Style) -> float:
    """Return half of the rounding unit: the one stated, else the last printed digit, 0.1 at the coarsest."""
    if unit.strip().casefold() in NOT_A_UNIT:
        return 0.5 * 10.0 ** -max(decimals, 1)
    try:
        size = tables.parse_number(unit, style)
    except ValueError:
        size = 0.0
    if size <= 0:
        raise ValueError(f'unit "{unit}" is neither "%" nor the size of the last printed digit, such as 0.1')
    return size / 2


def _impossible(row: Mapping[str, object]) -> list[str]:
    """Say what no office can have printed."""
    value, measure, period = row["value"], row["measure"], row["period"]
    if measure == "index" and isinstance(value, float) and value <= 0:
        return [f"index {value:g} is not positive; an index level is above 0"]
    if measure != "index" and isinstance(value, float) and value <= -100:
        return [f"{measure} {value:g} would mean output of nothing or less; expected a rate above -100"]
    if measure == "qtr_yoy_pct" and isinstance(period, pd.Period) and period.month % 3:
        return [f"period {period} does not end a quarter, as {measure} needs; write month 03, 06, 09 or 12"]
    return []
