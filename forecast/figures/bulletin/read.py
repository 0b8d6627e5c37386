"""`read`: the figures of a bulletin as records, with everything in it that is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from forecast.errors import DataError
from forecast.figures.bulletin import choose
from forecast.figures.bulletin.columns import unused
from forecast.figures.bulletin.labels import State
from forecast.figures.bulletin.places import place_named, province_named
from forecast.figures.bulletin.published import published
from forecast.figures.bulletin.table import NAMELESS, add_table
from forecast.figures.bulletin.work import Declared, Record, Work
from forecast.figures.grid import crosswise
from forecast.figures.table import NotYetPublishedError
from forecast.tables import LeftOut, fail, parse_period, rates
from forecast.tables.blocks import blocks
from forecast.tables.cells import Sheet
from forecast.tables.kinds import Kind, is_year, kind

_USUAL_DELAY = 4
"""Months between the newest month of a bulletin and its publication, at most; chosen: a quarterly bulletin comes
within it."""


def holds_bulletin(sheets: Sequence[Sheet]) -> bool:
    """Tell a file with a table of production whose headings or title compare one time with another.

    Not one with a row for each month or year: there a comparison stands beside levels. One row may only look like
    a month, as "May", clothing, does.
    """
    tables, _ = choose.production(sheets)
    return any(
        rates.speaks_of_rates(texts)
        for table in tables
        if not crosswise(table.block)
        and 2 * sum(kind(row[0]) is Kind.DATE or is_year(row[0]) for row in table.block.body)
        < len(table.block.body)
        for texts in (*table.block.headings, *((title,) for title in table.titles))
    )


def compares_months(sheets: Sequence[Sheet]) -> bool:
    """Tell a file with a table whose headings compare a month with another, of production or of something else."""
    tables = (block for sheet in sheets for block in blocks(sheet))
    return any(
        isinstance(rates.headings([texts])[0], rates.Rate) for block in tables for texts in block.headings
    )


def read(
    file: str, sheets: Sequence[Sheet], declared: Declared, until: pd.Timestamp | None = None
) -> tuple[list[Record], tuple[str, ...], tuple[LeftOut, ...]]:
    """Return the records of a bulletin's figures, what was understood, and every number that is no figure.

    until : a bulletin published later is not read any further
    Raises DataError with everything that is not understood, each with its place and its remedy.
    """
    tables, left_out = choose.production(sheets)
    if not tables:
        raise DataError(_none_found(file, sheets, left_out))
    work = _begun(file, tables, declared, until)
    work.left_out.extend(left_out)
    _add_tables(work, tables)
    if not work.records and not work.problems:
        work.problems.append(f"{file}: {_no_rates(work)}")
    if any(not record["region"] for record in work.records):
        work.problems.append(
            f"{file}: does not say whose figures they are; give the region (--fill region=bac_ninh, or region "
            "under fill)"
        )
    _note_of_age(work)
    _note_of_title(work, tables)
    _note_of_place(work, tables)
    _refuse_idle_month(work)
    if work.problems:
        fail(list(dict.fromkeys(work.problems)))
    return work.records, tuple(dict.fromkeys(work.notes)), tuple(work.left_out)


def _begun(file: str, tables: Sequence[choose.Found], declared: Declared, until: pd.Timestamp | None) -> Work:
    """Return the work on a bulletin with its day, its region, and what is wrong with either or with the headings.

    Raises NotYetPublishedError where it was published after `until`.
    """
    texts = [text for table in tables for text in (*table.titles, *table.block.foot)]
    day, day_known, note = published(file, texts, declared.fill.get("published"))
    if until is not None and day is not None and day > until:
        raise NotYetPublishedError(
            f"{file}: no figure had been published by {until:%Y-%m-%d}; it was published on {day:%Y-%m-%d}"
        )
    region = (
        declared.fill.get("region") or province_named([t for table in tables for t in table.titles]) or ""
    )
    work = Work(file, declared, region, day, day_known, notes=[note] if note else [])
    for page in dict.fromkeys(table.block.sheet for table in tables):
        work.notes.extend(f"[{page.title}]: {note}" if page.title else note for note in page.notes)
    if region and "region" not in declared.fill:
        work.notes.append(f"region {region}, by the title")
    work.problems.extend(
        f"{file}: {problem}" for problem in unused([t.block for t in tables], declared.columns, declared.fill)
    )
    if day is None:
        work.problems.append(
            f"{file}: does not say when it was published; give the day (--published 2024-10-29, or published under "
            "fill), or begin the file's name with it (2024-10-29-…)"
        )
    return work


def _add_tables(work: Work, tables: Sequence[choose.Found]) -> None:
    """Add the figures of all tables, each in the region of its sheet, or going on with the one above."""
    regions = _regions(work, tables)
    state = State()
    sheet: Sheet | None = None
    for table in tables:
        continued = table.continues and table.block.sheet is sheet
        of_sheet = replace(work, region=regions[table.block.sheet])
        state = add_table(of_sheet, table, state if continued else State())
        sheet = table.block.sheet


def _note_of_age(work: Work) -> None:
    """Say where the newest month lies long before the publication, as a year mistyped in the headings makes it."""
    newest = max((pd.Period(str(record["period"]), "M") for record in work.records), default=None)
    if newest is not None and work.day is not None and (work.day.to_period("M") - newest).n > _USUAL_DELAY:
        work.notes.append(
            f"the newest month is {newest}, long before the publication on {work.day:%Y-%m-%d}; are the years right?"
        )


def _note_of_title(work: Work, tables: Sequence[choose.Found]) -> None:
    """Say where the title names another month than the newest of the figures, as one of the two left from before."""
    newest = max((pd.Period(str(record["period"]), "M") for record in work.records), default=None)
    titled = {month for table in tables for title in table.titles for month in rates.months_of_title(title)}
    if newest is not None and titled and newest not in titled:
        work.notes.append(
            f"the title names {', '.join(map(str, sorted(titled)))}, the newest figures are of {newest} by their "
            "headings; which is right?"
        )


def _note_of_place(work: Work, tables: Sequence[choose.Found]) -> None:
    """Say where the titles name another province than the region that is given."""
    given = work.declared.fill.get("region", "")
    titled = province_named([title for table in tables for title in table.titles])
    if given and titled and titled not in (given, place_named(given)):
        work.notes.append(f"the titles name {titled}, the region given is {given}; is it right?")


def _refuse_idle_month(work: Work) -> None:
    """Name a month under fill that no heading took."""
    month = work.declared.fill.get("period")
    if month and work.records and all(str(r["period"]) != str(parse_period(month)) for r in work.records):
        work.problems.append(
            f"{work.file}: period {month} under fill is for headings without a month, and all name other months; "
            "leave it out"
        )


def _no_rates(work: Work) -> str:
    """Say that no rate was found, and what the numbers of production are instead."""
    reasons = dict.fromkeys(one.reason for one in work.left_out if one.reason != "number of another table")
    remedy = "say under columns which heading is a rate"
    if rates.REASONS["per mille"] in reasons:
        remedy = "divide those in per mille by 10 and name percent in their heading"
    bare = next((one.place for one in work.left_out if one.reason == NAMELESS), None)
    if bare is not None:
        remedy = (
            f"no row with numbers has a name (the first at {bare}); do they stand in the place of the names? Name the "
            "rows in a column of their own, and put each number under its heading"
        )
    found = f", only: {', '.join(reasons)}; {remedy}" if reasons else ""
    return f"its tables of production hold no rates of a month, a quarter or a year to date{found}"


def _regions(work: Work, tables: Sequence[choose.Found]) -> dict[Sheet, str]:
    """Return the region of each sheet: its own where the sheets are of several provinces, else the bulletin's."""
    named: dict[Sheet, str] = {}
    for table in tables:
        own = place_named(table.block.sheet.title) or province_named(table.titles) or ""
        named.setdefault(table.block.sheet, own)
    if len(set(named.values()) - {""}) < 2:
        return dict.fromkeys(named, work.region)
    work.notes.append(f"regions {', '.join(sorted(set(named.values()) - {''}))}, each by its sheet")
    return {sheet: own or work.region for sheet, own in named.items()}


def _none_found(file: str, sheets: Sequence[Sheet], left_out: Sequence[LeftOut]) -> str:
    named = ", ".join(f'"{sheet.title}"' for sheet in sheets[:6] if sheet.title)
    more = f" and {len(sheets) - 6} more" if len(sheets) > 6 else ""
    where = f" on its sheets {named}{more}" if len(sheets) > 1 else ""
    if len(sheets) == len(left_out) == 1 and left_out[0].what:
        where = f', but one of "{left_out[0].what}"'
    return (
        f"{file}: no table of industrial production was found{where}; its title should say so (Chỉ số sản xuất công "
        "nghiệp, index of industrial production)"
    )
