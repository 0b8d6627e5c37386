"""The months of a table: in its headings, in its columns, or shared between the two."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from forecast.series.fiscal import Shared, calendar_years, compared
from forecast.series.labelled import year_of_titles
from forecast.series.timed import are_codes, column_kind, heading_says
from forecast.tables.axis import Axis, axis, spoken
from forecast.tables.blocks import Block
from forecast.tables.eras import from_buddhist
from forecast.tables.moments import Moment, moment, two_years
from forecast.tables.rates import months_of_title

OF_YEAR = "the year"
"""With what a note begins that tells where the year of months was read."""

_FEWEST_ACROSS = 2  # chosen: one period across might be a number


@dataclass(frozen=True)
class Across:
    """Hold what the headings say of time: a moment per column, and the texts that are none."""

    moments: tuple[Moment | None, ...]
    rest: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    problems: tuple[tuple[int, str], ...]

    @property
    def months(self) -> tuple[int, ...]:
        """The columns that are headed by a month."""
        return tuple(
            j for j, m in enumerate(self.moments) if m is not None and m.month is not None and m.span == 1
        )


@dataclass(frozen=True)
class Down:
    """Hold the columns of a table that say when: a moment per row in each, by what the column tells.

    kind : "whole" a month with its year, "year", "month", "mixed" years and months in one column
    """

    columns: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()

    def of(self, kind: str) -> Axis | None:
        """Return the first axis of a kind."""
        return next((a for k, a in zip(self.kinds, self.axes, strict=True) if k == kind), None)

    def only(self, columns: Container[int]) -> Down:
        """Return some of the columns alone."""
        chosen = [i for i, j in enumerate(self.columns) if j in columns]
        return Down(
            tuple(self.columns[i] for i in chosen),
            tuple(self.kinds[i] for i in chosen),
            tuple(self.axes[i] for i in chosen),
        )


def across(block: Block) -> Across:
    """Return the months that the headings of a block name.

    Raises DataError where years over the months are no calendar years: see `calendar_years`.
    """
    languages = spoken([piece for pieces in block.headings for piece in pieces])
    texts = [_time_text(pieces, languages) for pieces in block.headings]
    read = axis(texts)
    moments = list(read.moments)
    rest = tuple(
        tuple(p for p in pieces if moment(p, languages) is None) if moments[j] is not None else pieces
        for j, pieces in enumerate(block.headings)
    )
    bare = [j for j, m in enumerate(moments) if m is not None and m.doubt == "bare"]
    if bare and not _twelve([moments[j] for j in bare]):
        for j in bare:
            moments[j] = None
    over = {j: label for j, pieces in enumerate(block.headings) if (label := _year_over(pieces, languages))}
    shared = {
        j: Shared(label, m.month, None, compared(rest[j], j), block.first_place)
        for j, label in over.items()
        if (m := moments[j]) is not None and m.month is not None and m.span == 1
    }
    years, understood = calendar_years(list(shared.values()))
    of = dict(zip(shared, years, strict=True))
    moments = [
        m and m._replace(year=of.get(j, m.year), mark=_mark(m, block.headings[j]))
        for j, m in enumerate(moments)
    ]
    return Across(tuple(moments), rest, (*read.notes, *understood), read.problems)


def _mark(m: Moment, pieces: Sequence[str]) -> str:
    """Return the mark of status of a moment, or of the year in a heading of its own: "2023 (forecast)"."""
    return m.mark or next((of.mark for p in pieces if (of := moment(p)) is not None and of.mark), "")


def _twelve(moments: Sequence[Moment | None]) -> bool:
    """Tell bare figures 1, 2, 3 … that are the months of a year."""
    numbers = [m.month for m in moments if m is not None]
    return len(numbers) > _FEWEST_ACROSS and numbers == list(range(1, len(numbers) + 1))


def _year_over(pieces: Sequence[str], languages: frozenset[str] | None) -> Moment | None:
    """Return the year that stands in a heading of its own over a month, None where the month carries its year."""
    timed = [m for p in pieces if (m := moment(p, languages)) is not None]
    years = [two_years(m) for m in timed if m.span == 12 or m.doubt == "fiscal"]
    months = [m for m in timed if m.year is None and m.month is not None]
    if not years or not months or len(timed) != len(years) + len(months):
        return None
    return years[-1]._replace(year=from_buddhist(years[-1].year or 0) or years[-1].year)


def _time_text(pieces: Sequence[str], languages: frozenset[str] | None) -> str:
    """Return what the texts above a column say of time, year and month as one text, "" for nothing."""
    if (year := _year_over(pieces, languages)) is not None and year.doubt == "split":
        return f"{[p for p in pieces if (m := moment(p, languages)) and m.year is None][-1]} {year.year}"
    for text in (" ".join(pieces), *pieces):
        m = moment(text, languages)
        if m is not None and m.year is not None and m.month is not None:
            return text
    timed = [(p, m) for p in pieces if (m := moment(p, languages)) is not None]
    years = [p if m.span != 12 else str(m.year) for p, m in timed if m.year is not None]
    parts = [p for p, m in timed if m.year is None]
    if years and parts:
        return f"{parts[-1]} {years[-1]}"
    return (*years, *parts, "")[0]


def down(block: Block, over: Across, wanted: int | None) -> Down:
    """Return every column that holds periods, the one asked for alone where one is.

    wanted : position of the column named as the period
    """
    with_time: list[tuple[int, str, Axis]] = []
    taken = set(over.months)
    dated = bool(taken) and all((m := over.moments[j]) is not None and m.year is not None for j in taken)
    for j in range(len(block.columns)):
        if j in taken or wanted is not None and j != wanted:
            continue
        values = [row[j] for row in block.body]
        if wanted is None and are_codes(block, j, values, dated):
            continue
        named = j == wanted or any(heading_says(block, j, w) for w in ("year", "month", "period"))
        kind_and_moments = column_kind(block, j, values, with_time, named)
        if kind_and_moments is not None:
            with_time.append((j, *kind_and_moments))
    return Down(
        tuple(f[0] for f in with_time), tuple(f[1] for f in with_time), tuple(f[2] for f in with_time)
    )


def without_year(found: Down) -> Axis | None:
    """Return the months of a table none of which has a year, None where there are years or no months."""
    months = found.of("month")
    named = [m for m in months.moments if m is not None] if months and set(found.kinds) == {"month"} else []
    single = any(m.month is not None and m.span == 1 for m in named)
    return months if single and all(m.year is None for m in named) else None


def under_title(block: Block, found: Down) -> Down:
    """Return months without a year with the one that the lines above or the sheet name, where no column says it."""
    months, (year, _) = without_year(found), year_above(block)
    if months is None or year is None:
        return found
    said = [month.month for title in block.titles for month in months_of_title(title) if month.year == year]
    if said and any(m is not None and m.month is not None and m.month > max(said) for m in months.moments):
        return found  # a table of April has no December of its year
    column = found.columns[found.kinds.index("month")]
    years = Axis((Moment(year, None, 12),) * len(block.body), (told_above(block),))
    return Down((column, column), ("year", "month"), (years, months))


def year_above(block: Block) -> tuple[int | None, str]:
    """Return the one year that the lines above a table name, or else its sheet, and where it stands."""
    titled = year_of_titles(block.titles)
    if titled is not None:
        return titled, "lines above the table"
    return year_of_titles((*block.titles, block.sheet.title)), "name of the sheet"


def told_above(block: Block) -> str:
    """Tell where the year of months stands that a line above their table, or its sheet, names."""
    year, where = year_above(block)
    return f"{OF_YEAR} {year} of the months was read from the {where}"


def kept(block: Block, found: Down) -> Down:
    """Drop dates of something else, such as of an update, and codes that repeat the months of a column."""
    found = _without_quarters(found)
    whole = [i for i, k in enumerate(found.kinds) if k in ("whole", "mixed")]
    if len(whole) < 2:
        return found
    named = [i for i in whole if heading_says(block, found.columns[i], "period")] or whole
    fullest = max(named, key=lambda i: len(set(_months(found.axes[i])) - {None}))
    first = next(i for i in named if _months(found.axes[i]) == _months(found.axes[fullest]))
    return found.only([j for i, j in enumerate(found.columns) if i not in whole or i == first])


def _without_quarters(found: Down) -> Down:
    """Drop columns of quarters beside one of months."""
    parts = {
        j: {m.span for m in a.moments if m is not None}
        for j, k, a in zip(found.columns, found.kinds, found.axes, strict=True)
        if k == "month"
    }
    if not any(1 in spans for spans in parts.values()):
        return found
    return found.only([j for j in found.columns if parts.get(j) != {3}])


def _months(column: Axis) -> list[tuple[int | None, int | None] | None]:
    return [None if m is None else (m.year, m.month) for m in column.moments]
