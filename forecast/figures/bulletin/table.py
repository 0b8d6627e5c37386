"""`add_table`: the figures of one table of a bulletin, and what of it is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from forecast.errors import DataError
from forecast.figures.bulletin import aside, labels, values
from forecast.figures.bulletin.choose import Found
from forecast.figures.bulletin.columns import UNHEADED, Column, columns
from forecast.figures.bulletin.labels import Series, State
from forecast.figures.bulletin.shifted import note_of_gaps, refuse_shifted
from forecast.figures.bulletin.signed import fallen
from forecast.figures.bulletin.titled import refuse_slips
from forecast.figures.bulletin.work import Work
from forecast.figures.lines import IN_PER_MILLE
from forecast.tables import LeftOut, detect_style, fold
from forecast.tables.blocks import Block
from forecast.tables.cells import Place
from forecast.tables.halves import in_two_cells
from forecast.tables.headings import heading_text, is_unit
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.marks import split_number
from forecast.tables.rates import NoRate, Rate, per_mille

_EITHER = (
    "changes in percent, or with their base as 100? Declare rates: index (106.3 is +6.3 %) or rates: percent"
)
_RATIOS = (
    "changes in percent, or ratios (1.063 for +6.3 %)? Multiply ratios by 100, or declare rates: percent where all are "
    "percent"
)

NAMELESS = "number of a row without a name"
"""Why a number under a heading of rates is none."""

Cells = dict[int, dict[int, values.Cell]]
"""Position of a column -> position of a row -> its number."""


def add_table(work: Work, table: Found, state: State) -> State:
    """Add the figures of one table; return what a table that goes on below takes over."""
    block = table.block
    period = work.declared.fill.get("period")
    latest = None if work.day is None else work.day.to_period("M")
    stubs, held = columns(block, table.titles, work.declared.columns, period, latest)
    rated = [c for c in held if isinstance(c.holds, Rate)]
    for column in held:
        if isinstance(column.holds, NoRate):
            _leave_out(work, table, column, column.holds)
    refuse_shifted(work, block, table.titles, held, latest)
    note_of_gaps(work, block, table.titles, rated, latest)
    refuse_slips(work, table, rated)
    _halves(work, table, rated)
    _in_per_mille(work, table, rated)
    aside.leave_foot(work, block)
    _note_of_words(work, block, [c.position for c in rated])
    every = labels.rows(block, stubs, [c.position for c in rated])
    aside.refuse_merged(work, block, rated, every)
    named = aside.told(work, block, rated, every)
    owners, state = labels.series(named, table.titles, state, block.sheet)
    cells = _cells(work, table, rated)
    forms = _forms(work, table, rated, cells)
    if forms:
        aside.note_of_foot(work, block)
    aside.refuse_falls(work, block, every, cells, forms)
    for c, i in fallen(work, block, held, named, cells, forms):
        cells[c][i] = replace(cells[c][i], value=0.0 - cells[c][i].value)
    work.notes.extend([c.holds.note for c in rated if isinstance(c.holds, Rate) and c.holds.note])
    _nameless(work, table, rated, {row.position for row in every if row.label})
    for column in rated:
        if forms.get(column.position):
            _add(work, table, column, owners, cells[column.position], forms[column.position])
    return state


def _note_of_words(work: Work, block: Block, rated: Sequence[int]) -> None:
    """Say which rows directly below the table have words where it has rates: footnotes, or figures that are none."""
    for r in range(block.rows[-1] + 1, len(block.sheet.rows)):
        row = block.sheet.rows[r]
        words = [row[block.columns[c]] for c in rated]
        if not row[block.columns[0]] or not any(words):
            return
        if kind(row[block.columns[0]]) is Kind.NUMBER:
            continue
        place = block.sheet.place(Place(r, block.columns[0]))
        said = ", ".join(f'"{v}"' for v in (row[block.columns[0]], *words) if v)
        work.notes.append(f"{place}: {said} stand below the table and were taken as a footnote")


def _halves(work: Work, table: Found, rated: Sequence[Column]) -> None:
    """Name a column of whole numbers beside others under no heading: a decimal comma that separates columns too."""
    block = table.block
    for c in (column.position for column in rated):
        if c + 1 >= len(block.columns) or block.headings[c + 1]:
            continue
        pairs = [
            (i, row[c], row[c + 1]) for i, row in enumerate(block.body) if kind(row[c + 1]) is Kind.NUMBER
        ]
        wholes = [(whole_number(a), whole_number(b)) for _, a, b in pairs]
        if wholes and all(a is not None and b is not None and 0 <= b < 1000 for a, b in wholes):
            i, (a, b) = pairs[0][0], wholes[0]
            work.problems.append(f"{block.place(i, c)}: {in_two_cells(str(a), str(b))}")


def _in_per_mille(work: Work, table: Found, rated: Sequence[Column]) -> None:
    """Name the first row whose rates have per mille as their unit, in a column of units beside them."""
    block = table.block
    for i, row in enumerate(block.body):
        units = [v for v in row if isinstance(v, str) and (is_unit(v) or len(v.split()) < 3) and per_mille(v)]
        if rated and any(kind(v) is Kind.TEXT for v in units):
            work.problems.append(
                f'{block.place(i, rated[0].position)}: the unit is "{units[0]}"; {IN_PER_MILLE}'
            )
            return


def _leave_out(work: Work, table: Found, column: Column, why: NoRate) -> None:
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
    if numbers := sum(kind(row[c]) is Kind.NUMBER for row in block.body):
        work.left_out.append(LeftOut(why.reason, column.heading, numbers, place))
        if why.reason == UNHEADED:
            work.notes.append(
                f"{place}: numbers under no heading were left out; head them where they are rates"
            )
        return
    shown = dict.fromkeys(f'"{heading_text(row[c])}"' for row in block.body if kind(row[c]) is not Kind.EMPTY)
    work.notes.append(
        f'{place}: no number stands under "{column.heading}", only {", ".join(list(shown)[:3])}'
    )


def _cells(work: Work, table: Found, rated: Sequence[Column]) -> Cells:
    """Return the numbers of the columns of rates; what is no number is a problem."""
    block = table.block
    texts = [v for column in rated for row in block.body if isinstance(v := row[column.position], str)]
    numbers = [split_number(t)[0].strip("' %") for t in texts if kind(t) is Kind.NUMBER]
    try:
        style, notes = detect_style(numbers, work.declared.decimal)
    except ValueError as error:
        raise DataError(f"{work.file}: {error}") from None
    work.notes.extend(notes)
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


def _forms(work: Work, table: Found, rated: Sequence[Column], cells: Cells) -> dict[int, str]:
    """Return position -> "index" or "percent" of the columns of rates; what cannot be told is a problem."""
    filled = {c: [cell.value for cell in mine.values()] for c, mine in cells.items() if mine}
    heads = {c.position: c.holds for c in rated if isinstance(c.holds, Rate)}
    levels = {c for c, rate in heads.items() if rate.measure == "index"}
    if work.declared.rates is not None:
        return dict.fromkeys(filled, work.declared.rates)
    rates = {c: v for c, v in filled.items() if c not in levels}
    if values.fractions(rates):
        first = min(rates)
        work.problems.append(
            f"{table.block.place(0, first)}: all {sum(map(len, rates.values()))} numbers are below 0.5, as "
            "fractions of 1 are (0.063 for 6.3 %); multiply them by 100 or give their cells a percent format, "
            "or declare rates: percent where they are percent"
        )
        return {}
    form_of = values.forms(rates, heads)
    for column in rated:
        if form_of.get(column.position) == "":
            v = filled[column.position]
            work.problems.append(
                f'{table.block.place(0, column.position)}: the {len(v)} numbers under "{column.heading}" lie between '
                f"{min(v):g} and {max(v):g}: {_RATIOS if values.are_ratios(v) else _EITHER}"
            )
    _fractions_beside(work, table, rated, {c: list(cells[c].values()) for c in rates}, form_of)
    return {**form_of, **dict.fromkeys(levels & set(filled), "index")}


def _fractions_beside(
    work: Work,
    table: Found,
    rated: Sequence[Column],
    cells: Mapping[int, Sequence[values.Cell]],
    form_of: Mapping[int, str],
) -> None:
    """Name the columns of fractions beside others in percent, unless the user says what they are."""
    said = set(map(fold, work.declared.columns.values()))
    found = values.fractions_beside(cells, form_of)
    for column in rated:
        if column.position not in found or fold(column.heading) in said:
            continue
        assert isinstance(column.holds, Rate)
        c, of = column.position, f"{column.holds.measure} {column.holds.period}"
        shown = ", ".join(f"{one.value:g}" for one in cells[c][:2])
        work.problems.append(
            f'{table.block.place(0, c)}: the numbers under "{column.heading}" ({shown}) are as small and as fine as '
            "fractions of 1 beside others in percent (0.063 for 6.3 %); multiply them by 100 or give their cells a "
            f'percent format, or say under columns that they are right as they are ({of}: "{column.heading}")'
        )


def _nameless(work: Work, table: Found, rated: Sequence[Column], named: set[int]) -> None:
    """Put numbers of rows without a name on the list of what is left out."""
    for i, row in enumerate(table.block.body):
        numbers = [c.position for c in rated if kind(row[c.position]) is Kind.NUMBER]
        if numbers and i not in named:
            place = table.block.place(i, numbers[0])
            work.left_out.append(LeftOut(NAMELESS, "", len(numbers), place))
            work.notes.append(
                f"{place}: the numbers of a row without a name were left out; name it to have them read"
            )


def _add(
    work: Work,
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
        printed = digits if cell.digits is None else cell.digits
        value = round(cell.value - 100.0, printed) if index_form else round(cell.value, printed)
        _record(work, table, column, owner, rate, value, max(printed, 1), cell.status or rate.status)


def _record(
    work: Work,
    table: Found,
    column: Column,
    owner: Series,
    rate: Rate,
    value: float,
    digits: int,
    status: str,
) -> None:
    """Add one figure; a cell printed twice is left out the second time.

    Two that no one number can be rounded to, each to its own decimals, are a problem.
    """
    region = work.region_of(owner.region)
    sector = work.declared.fill.get("sector", owner.sector)
    place = table.block.place(owner.position, column.position)
    key = (region, sector, str(rate.period), rate.measure)
    of_column, half_unit = (table.block.sheet, column.position), 0.5 * 10.0**-digits
    if key in work.places:
        where, before, half_unit_before, column_before = work.places[key]
        if abs(before - value) < (half_unit + half_unit_before) * (1.0 - 1e-6):
            work.left_out.append(LeftOut("number printed twice", f"{where} again", 1, place))
            return
        remedy = (
            "give two rows of one name names of their own"
            if of_column == column_before
            else "name the sheet that counts, or leave the other heading out under columns "
            f'(left_out: "{column.heading}")'
        )
        work.problems.append(f"{place}: {' '.join(key)} is {value:g}, and {before:g} at {where}; {remedy}")
        return
    work.places[key] = (place, value, half_unit, of_column)
    work.records.append(
        {
            "region": region, "sector": sector, "period": rate.period, "measure": rate.measure, "value": value,
            "published": work.day, "published_day_known": work.day_known, "half_unit": half_unit,
            "source": work.declared.fill.get("source", work.file), "status": status,
            "line": table.block.sheet.lines[table.block.rows[owner.position]],
        }
    )  # fmt: skip
