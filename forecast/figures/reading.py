"""`read`: a file of published figures, one figure a row or a bulletin as it is published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.figures import bulletin
from forecast.figures.dated import dated
from forecast.figures.grid import crosswise, holds_rates, is_unclear
from forecast.figures.headed import headed, is_headed
from forecast.figures.lines import Lines, header, lines
from forecast.figures.long import check_names, is_long, roles, rows
from forecast.figures.memory import from_table
from forecast.figures.records import records
from forecast.figures.short import cut_rows, without_wider
from forecast.figures.signed import signed
from forecast.figures.table import MEASURES, Day, Figures, NotYetPublishedError, as_day
from forecast.figures.unused import unused
from forecast.figures.vocabulary import sector_named
from forecast.tables import AS_IT_IS, Layout, Source, rates, sheets
from forecast.tables.blocks import blocks
from forecast.tables.cells import Sheet

_NAMED: Mapping[str, Callable[[str], str]] = {"region": bulletin.place_named, "sector": sector_named}
"""What titles and names of sheets may say of all rows."""


def read(
    path: Source,
    *,
    columns: Mapping[str, str] | None = None,
    fill: Mapping[str, str] | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    until: Day | None = None,
    rates: str | None = None,
) -> Figures:
    """Return the published figures of a file, everything in it validated and every number accounted for.

    Columns region, sector, period, measure, value, published and optional source and unit, in English or
    Vietnamese headings; or one column per measure beside a column of months; or months across the headings, the
    measure said by what a row or a title compares, or under fill; or a bulletin as it is published, whose tables of
    industrial production are found among all others (see `docs/how_to/bulletins.md`). `published` is a day or a
    month; a bulletin may say it in its file's name.
    columns : name, or measure -> heading as the file writes it, where the heading is not known; also
        a measure with its month ("yoy_pct 2024-04"), or "left_out", -> heading
    fill : name -> one value for all rows of a column that the file lacks, e.g. {"published": "2024-05-30"}
    decimal : "." or ","; detected and stated in `notes` where not given
    until : read only rows published by this day; later ones are not even looked at
    rates : "index" where rates are printed with their base as 100 (106.3 for +6.3 %), "percent" where they only
        look so; asked for where neither a heading nor the numbers tell
    The rounding half-unit is 0.05 for up to one decimal, 0.005 for two, half of `unit` where it is a number.
    Raises DataError with every problem at once, each with its line and its remedy.
    """
    layout = Layout(sheet, decimal, columns or {}, fill or {}, rates)
    check_names({**layout.columns, **layout.fill})
    opened = sheets(path, sheet)
    long, others = _long_among(opened, layout)
    if not long:
        return _other(Path(path).name, opened, layout, until)
    left_out = tuple(item for sheet in others for item in bulletin.whole(sheet))
    layouts, note = _layouts(long, layout)
    reading = [partial(_long, _titled(sheet), own, until) for sheet, own in zip(long, layouts, strict=True)]
    figures = _together(reading, Path(path).name)
    return replace(figures, left_out=(*figures.left_out, *left_out), notes=(*figures.notes, *note))


def read_as(path: Source, layout: Layout, until: Day | None = None) -> Figures:
    """Return the published figures of a file laid out as said: `read` with its options in one value."""
    return read(
        path, columns=layout.columns, fill=layout.fill, decimal=layout.decimal, sheet=layout.sheet,
        until=until, rates=layout.rates,
    )  # fmt: skip


def read_files(paths: Sequence[Path], layout: Layout = AS_IT_IS, until: Day | None = None) -> Figures:
    """Return the figures of several files, such as the bulletins of a folder, as of one.

    A file published after `until` is not read any further. Raises DataError with the problems of every file, and for
    a cell that two of them print with different values on one day.
    """
    return _together([partial(read_as, path, layout, until) for path in paths])


def recognises(path: Source, layout: Layout = AS_IT_IS) -> bool:
    """Tell a file of published figures from a file of levels by its headings, or by what is said of them.

    Raises DataError where the file cannot be read at all.
    """
    if set(layout.columns) - {"period", "value"} or set(layout.fill) - {"published"}:
        return True
    opened = sheets(path, layout.sheet)
    return (
        bool(_long_among(opened, layout)[0])
        or bulletin.holds_bulletin(opened)
        or any(map(holds_rates, (block for sheet in opened for block in blocks(sheet))))
        or is_headed(opened)
    )


def _together(reading: Sequence[Callable[[], Figures]], name: str = "") -> Figures:
    """Return the figures of several files or sheets as of one; what was all published later is not read any further.

    name : of all of them for messages, by default that of the first and how many more
    """
    if len(reading) == 1:
        return reading[0]()
    files: list[Figures] = []
    problems: list[str] = []
    later: list[str] = []
    for read_one in reading:
        try:
            files.append(read_one())
        except NotYetPublishedError as error:
            later += error.problems
        except DataError as error:
            problems += error.problems
    if problems or not files:
        tables.fail(problems or later)
    if len(files) == 1:
        return files[0]
    table = pd.concat([one.table for one in files], ignore_index=True)
    notes = tuple(f"{one.file}: {note}" for one in files for note in one.notes)
    left_out = tuple(item for one in files for item in one.left_out)
    merged = from_table(table, name or f"{files[0].file} and {len(files) - 1} more", notes)
    return replace(
        merged, left_out=left_out, status={key: mark for one in files for key, mark in one.status.items()}
    )


def _long(table: Lines, layout: Layout, until: Day | None) -> Figures:
    """Return the figures of a table of one figure a row.

    Raises DataError where a title above it says that they are none.
    """
    table = without_wider(table, layout.columns, until)
    if why := rates.objection(table.titles):
        raise DataError(
            f"{table.file}:{table.header_line}: {why}; delete it where it does not hold, or leave the table out"
        )
    _refuse_another_measure(table, layout)
    cut = cut_rows(table, roles(table, layout.columns, layout.fill), until)
    table, of = signed(table, roles(table, layout.columns, layout.fill), layout, until)
    typed, notes = records(table, rows(table, of, layout.fill), layout, until)
    known = None if until is None else {int(str(r["line"])) for r in typed}
    named, left_out = unused(table, of, typed, known)
    given = (*_of_others(table.titles, layout.fill), *_given_in_vain(table, of.places, layout.fill, known))
    notes = (*table.notes, *cut, *given, *notes, *named)
    return replace(_built(typed, table.file, notes), left_out=left_out)


def _titled(sheet: Sheet) -> Lines:
    """Return the lines of a sheet, its name among the titles where that names a measure, a region or a sector."""
    table, name = lines(sheet), sheet.title
    named = name and (rates.measure_alone(name) or any(of(name) for of in _NAMED.values()))
    return replace(table, titles=(*table.titles, name)) if named else table


def _refuse_another_measure(table: Lines, layout: Layout) -> None:
    """Raise DataError for titles that compare another time than the measure given for all rows."""
    given = layout.fill.get("measure", "")
    said = {measure for title in table.titles if (measure := rates.measure_alone(title))}
    if given in MEASURES and len(said) == 1 and given not in said:
        raise DataError(
            f"{table.file}:{table.header_line}: the title says {said.pop()}, fill says measure={given}; give the one "
            "that holds, or delete what does not hold from the title or the name of the sheet"
        )


def _of_others(titles: Sequence[str], fill: Mapping[str, str]) -> list[str]:
    """Say which title names another region or sector than the one given for all rows."""
    return [
        f'the title names "{title}", the {name} given is {fill[name]}; is it right?'
        for name, of in _NAMED.items()
        for title in titles
        if name in fill and of(title) and of(title) != (of(fill[name]) or fill[name])
    ]


def _given_in_vain(
    table: Lines, places: Mapping[str, int], fill: Mapping[str, str], known: Collection[int] | None
) -> list[str]:
    """Say what was given for all rows and stands in none, as the file has a column for it.

    known : the lines that count, None for all
    """
    rows = [row for n, row in zip(table.lines, table.rows, strict=True) if known is None or n in known]
    return [
        f'the {name} given, {fill[name]}, stands for no row: the file has its own, in "{table.header[at]}"'
        for name, at in places.items()
        if name in fill and name != "published" and all(row[at].strip() != fill[name] for row in rows)
    ]


def _other(file: str, opened: Sequence[Sheet], layout: Layout, until: Day | None) -> Figures:
    """Return the figures of a bulletin, or of a file with months across its headings or sectors across them.

    A single table that is neither and compares no months is taken as one figure a row, so that what it lacks is named.
    """
    if bulletin.holds_bulletin(opened) and not is_headed(opened):
        return _bulletin(file, opened, layout, until)
    melted = dated(opened, layout.columns, layout.fill) or headed(opened, layout.columns, layout.fill)
    if melted is not None:
        table, left_out = melted
        figures = _long(table, layout, until)
        return replace(figures, left_out=(*left_out, *figures.left_out))
    if len(opened) > 1 or bulletin.compares_months(opened):
        return _bulletin(file, opened, layout, until)
    return _long(_titled(opened[0]), layout, until)


def _layouts(long: Sequence[Sheet], layout: Layout) -> tuple[list[Layout], tuple[str, ...]]:
    """Return a layout for each sheet: its region or sector said by its name where several are named so and differ."""
    for name, of in _NAMED.items():
        named = [of(sheet.title) for sheet in long]
        if all(named) and len(set(named)) > 1:
            each = [replace(layout, fill={**layout.fill, name: own}) for own in named]
            return each, (f"{name} {', '.join(named)}, by the names of the sheets where no column says it",)
    return [layout] * len(long), ()


def _long_among(opened: Sequence[Sheet], layout: Layout) -> tuple[list[Sheet], list[Sheet]]:
    """Return the sheets of a file that hold a table of one figure a row, and the others."""
    long: list[Sheet] = []
    for sheet in opened:
        headings, place = header(sheet)
        try:
            other = len(opened) > 1 and rates.says(sheet.title, "another table")
            grid = layout.columns and any(crosswise(b) or is_unclear(b) for b in blocks(sheet))
            long_one = bool(headings) and not other and not grid and is_long(headings, place, layout)
            if long_one and (layout.columns or not is_headed([sheet])):
                long.append(sheet)
        except DataError:  # of a bulletin, or one sheet among others, it only says that it is another table
            if len(opened) == 1 and not bulletin.holds_bulletin(opened):
                raise
    return long, [sheet for sheet in opened if sheet not in long]


def _bulletin(file: str, opened: Sequence[Sheet], layout: Layout, until: Day | None) -> Figures:
    """Return the figures of a bulletin."""
    declared = bulletin.Declared(layout.columns, layout.fill, layout.decimal, layout.rates)
    figures, notes, left_out = bulletin.read(file, opened, declared, None if until is None else as_day(until))
    status = {
        (str(r["region"]), str(r["sector"]), pd.Period(str(r["period"]), "M"), str(r["measure"])): str(
            r["status"]
        )
        for r in figures
        if r["status"]
    }
    return replace(_built(figures, file, notes), left_out=left_out, status=status)


def _built(typed: Sequence[Mapping[str, object]], file: str, notes: tuple[str, ...]) -> Figures:
    try:
        return from_table(pd.DataFrame(typed), file, notes)
    except DataError as error:
        tables.fail(error.problems)
