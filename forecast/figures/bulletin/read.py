"""`read`: the figures of a bulletin as records, with everything in it that is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from forecast.errors import DataError
from forecast.figures.bulletin import choose, labels, published, values
from forecast.figures.bulletin.choose import Found
from forecast.figures.bulletin.columns import Column, columns
from forecast.figures.bulletin.labels import Series, State
from forecast.figures.bulletin.places import province_named
from forecast.figures.table import NotYetPublishedError
from forecast.tables import LeftOut, detect_style, fail, parse_published, rates
from forecast.tables.cells import Sheet
from forecast.tables.kinds import Kind, kind
from forecast.tables.rates import NoRate, Rate

_USUAL_DELAY = 4  # months between the newest month of a bulletin and its publication, at most

Record = dict[str, object]
Cells = dict[int, dict[int, values.Cell]]
"""Position of a column -> position of a row -> its number."""


@dataclass(frozen=True)
class Said:
    """Hold what the user says of a bulletin: see `figures.read`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    fill: Mapping[str, str] = field(default_factory=dict)
    decimal: str | None = None
    rates: str | None = None


@dataclass
class _Work:
    """Collect what the tables of one bulletin give."""

    file: str
    said: Said
    region: str
    day: pd.Timestamp | None
    day_known: bool
    records: list[Record] = field(default_factory=list)
    places: dict[tuple[str, str, str, str], tuple[str, float]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def holds_bulletin(sheets: Sequence[Sheet]) -> bool:
    """Tell a file with a table of production whose headings or title compare one time with another.

    Not one with a row for each month: there a comparison stands beside levels.
    """
    found, _ = choose.production(sheets)
    return any(
        rates.speaks_of_rates(texts)
        for table in found
        if not any(kind(row[0]) is Kind.DATE for row in table.block.body)
        for texts in (*table.block.headings, *((title,) for title in table.titles))
    )


def read(
    file: str, sheets: Sequence[Sheet], said: Said, until: pd.Timestamp | None = None
) -> tuple[list[Record], tuple[str, ...], tuple[LeftOut, ...]]:
    """Return the records of a bulletin's figures, what was understood, and every number that is no figure.

    until : a bulletin published later is not read any further
    Raises DataError with everything that is not understood, each with its place and its remedy.
    """
    found, left_out = choose.production(sheets)
    if not found:
        raise DataError(_none_found(file, sheets))
    day, known, note = _published(file, found, said)
    if until is not None and day is not None and day > until:
        raise NotYetPublishedError(
            f"{file}: no figure had been published by {until:%Y-%m-%d}; it was published on {day:%Y-%m-%d}"
        )
    place = said.fill.get("region") or province_named([t for table in found for t in table.titles]) or ""
    work = _Work(file, said, place, day, known, left_out=left_out, notes=[note] if note else [])
    if place and "region" not in said.fill:
        work.notes.append(f"region {place}, by the title")
    if day is None:
        work.problems.append(
            f"{file}: does not say when it was published; give the day (--published 2024-10-29, or published under "
            "fill), or begin the file's name with it (2024-10-29-…)"
        )
    state = State()
    sheet: Sheet | None = None
    for table in found:
        state = _table(work, table, state if table.continues and table.block.sheet is sheet else State())
        sheet = table.block.sheet
    if not work.records and not work.problems:
        work.problems.append(
            f"{file}: its tables of production hold no rates of a month, a quarter or a year to date"
        )
    if any(not record["region"] for record in work.records):
        work.problems.append(
            f"{file}: does not say whose figures they are; give the region (--fill region=bac_ninh, or region "
            "under fill)"
        )
    _note_of_age(work)
    if work.problems:
        fail(list(dict.fromkeys(work.problems)))
    return work.records, tuple(dict.fromkeys(work.notes)), tuple(work.left_out)


def _note_of_age(work: _Work) -> None:
    """Say where the newest month lies long before the publication, as a year mistyped in the headings makes it."""
    newest = max((pd.Period(str(record["period"]), "M") for record in work.records), default=None)
    if newest is not None and work.day is not None and (work.day.to_period("M") - newest).n > _USUAL_DELAY:
        work.notes.append(
            f"the newest month is {newest}, long before the publication on {work.day:%Y-%m-%d}; are the years right?"
        )


def _none_found(file: str, sheets: Sequence[Sheet]) -> str:
    named = ", ".join(f'"{sheet.title}"' for sheet in sheets[:6] if sheet.title)
    more = f" and {len(sheets) - 6} more" if len(sheets) > 6 else ""
    where = f" on its sheets {named}{more}" if len(sheets) > 1 else ""
    return (
        f"{file}: no table of industrial production was found{where}; its title should say so (Chỉ số sản xuất công "
        "nghiệp, index of industrial production)"
    )


def _published(file: str, found: Sequence[Found], said: Said) -> tuple[pd.Timestamp | None, bool, str]:
    """Return the day of publication, whether it is known to the day, and a note where the file said it.

    None where nothing says it. Raises DataError where what is said is no date.
    """
    texts = [t for table in found for t in (*table.titles, *table.block.foot)]
    text, note = said.fill.get("published"), ""
    for day, where in (
        (published.by_name(file), "the file's name"),
        (published.by_dateline(texts), "its dateline"),
    ):
        if text is None and day is not None:
            text, note = day, f"published {day}, by {where}"
    if text is None:
        return None, False, ""
    try:
        return *parse_published(text), note
    except ValueError as error:
        raise DataError(f"{file}: published {error}") from None


def _table(work: _Work, table: Found, state: State) -> State:
    """Add the figures of one table; return what a table that goes on below takes over."""
    block = table.block
    period = work.said.fill.get("period")
    latest = None if work.day is None else work.day.to_period("M")
    stubs, held = columns(block, table.titles, work.said.columns, period, latest)
    rated = [c for c in held if isinstance(c.holds, Rate)]
    for column in held:
        if isinstance(column.holds, NoRate):
            _leave_out(work, table, column, column.holds)
    named = labels.rows(block, stubs, [c.position for c in rated])
    owners, state = labels.series(named, table.titles, state)
    cells = _cells(work, table, rated)
    forms = _forms(work, table, rated, cells)
    work.notes += [c.holds.note for c in rated if isinstance(c.holds, Rate) and c.holds.note]
    _nameless(work, table, rated, {owner.position for owner in owners})
    for column in rated:
        if forms.get(column.position):
            _add(work, table, column, owners, cells[column.position], forms[column.position])
    return state


def _leave_out(work: _Work, table: Found, column: Column, why: NoRate) -> None:
    """Put a column without rates on the list of what is left out; a heading not understood is a problem."""
    block, c = table.block, column.position
    place = block.place(0, c)
    if not why.understood:
        remedy = "give the period under fill (period=2024-04), " if why.lacks_time else ""
        work.problems.append(
            f'{place}: {why.reason}; {remedy}say what it is under columns (yoy_pct 2024-04: "{column.heading}"), or '
            f'leave it out (left_out: "{column.heading}")'
        )
        return
    numbers = sum(kind(row[c]) is Kind.NUMBER for row in block.body)
    work.left_out.append(LeftOut(why.reason, column.heading, numbers, place))


def _cells(work: _Work, table: Found, rated: Sequence[Column]) -> Cells:
    """Return the numbers of the columns of rates; what is no number is a problem."""
    block = table.block
    texts = [v for column in rated for row in block.body if isinstance(v := row[column.position], str)]
    numbers = [t.rstrip("% ") for t in texts if kind(t) is Kind.NUMBER]
    try:
        style, notes = detect_style(numbers, work.said.decimal)
    except ValueError as error:
        raise DataError(f"{work.file}: {error}") from None
    work.notes += notes
    out: Cells = {}
    for column in rated:
        mine = out.setdefault(column.position, {})
        for i, row in enumerate(block.body):
            value = row[column.position]
            if kind(value) in (Kind.EMPTY, Kind.MISSING):
                continue
            try:
                mine[i] = values.cell(value, style)
            except ValueError as error:
                work.problems.append(f"{block.place(i, column.position)}: {error}")
    return out


def _forms(work: _Work, table: Found, rated: Sequence[Column], cells: Cells) -> dict[int, str]:
    """Return position -> "index" or "percent" of the columns of rates; what cannot be told is a problem."""
    filled = {c: [cell.value for cell in mine.values()] for c, mine in cells.items() if mine}
    said = {c.position: c.holds.form for c in rated if isinstance(c.holds, Rate)}
    levels = {c.position for c in rated if isinstance(c.holds, Rate) and c.holds.measure == "index"}
    if work.said.rates is not None:
        return dict.fromkeys(filled, work.said.rates)
    told = values.forms({c: v for c, v in filled.items() if c not in levels}, said)
    for column in rated:
        if told.get(column.position) == "":
            v = filled[column.position]
            work.problems.append(
                f'{table.block.place(0, column.position)}: the {len(v)} numbers under "{column.heading}" lie between '
                f"{min(v):g} and {max(v):g}: changes in percent, or with their base as 100? Declare rates: index "
                "(106.3 is +6.3 %) or rates: percent"
            )
    return {**told, **dict.fromkeys(levels & set(filled), "index")}


def _nameless(work: _Work, table: Found, rated: Sequence[Column], named: set[int]) -> None:
    """Put numbers of rows without a name on the list of what is left out."""
    for i, row in enumerate(table.block.body):
        numbers = [c.position for c in rated if kind(row[c.position]) is Kind.NUMBER]
        if numbers and i not in named:
            place = table.block.place(i, numbers[0])
            work.left_out.append(LeftOut("number of a row without a name", "", len(numbers), place))


def _add(
    work: _Work,
    table: Found,
    column: Column,
    owners: Sequence[Series],
    cells: Mapping[int, values.Cell],
    form: str,
) -> None:
    """Add the figures of one column."""
    rate = column.holds
    assert isinstance(rate, Rate)
    digits, longer = values.rounded(list(cells.values()))
    where = f"[{table.block.sheet.title}]: " if table.block.sheet.title else ""
    index_form = form == values.INDEX and rate.measure != "index"
    if index_form:
        work.notes.append(f"{where}rates are printed with their base as 100; 104.1 is read as +4.1 %")
    if longer:
        work.notes.append(
            f"{where}cells hold more digits than a bulletin prints; they are rounded to "
            f"{values.PRINTED} decimals"
        )
    for owner in owners:
        cell = cells.get(owner.position)
        if cell is None:
            continue
        kept = digits if cell.digits is None else cell.digits
        value = round(cell.value - 100.0, kept) if index_form else round(cell.value, kept)
        _record(work, table, column, owner, rate, value, max(kept, 1), cell.status or rate.status)


def _record(
    work: _Work,
    table: Found,
    column: Column,
    owner: Series,
    rate: Rate,
    value: float,
    digits: int,
    status: str,
) -> None:
    """Add one figure; a cell printed twice is left out the second time, and a problem where the two differ."""
    region = owner.region or work.region
    sector = work.said.fill.get("sector", owner.sector)
    place = table.block.place(owner.position, column.position)
    key = (region, sector, str(rate.period), rate.measure)
    if key in work.places:
        where, before = work.places[key]
        if abs(before - value) <= 10.0**-digits:
            work.left_out.append(LeftOut("number printed twice", f"{where} again", 1, place))
        else:
            work.problems.append(
                f"{place}: {' '.join(key)} is {value:g}, and {before:g} at {where}; name the sheet that counts, or "
                f'leave the other heading out under columns (left_out: "{column.heading}")'
            )
        return
    work.places[key] = (place, value)
    work.records.append(
        {
            "region": region, "sector": sector, "period": rate.period, "measure": rate.measure, "value": value,
            "published": work.day, "published_day_known": work.day_known, "half_unit": 0.5 * 10.0**-digits,
            "source": work.said.fill.get("source", work.file), "status": status,
            "line": table.block.sheet.lines[table.block.rows[owner.position]],
        }
    )  # fmt: skip
