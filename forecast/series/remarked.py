"""`beside_rows`: texts to the right of months or years across that say something of a row, and name no series."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from forecast.series.bases import base_stated, changed
from forecast.series.columns import Columns, Role, is_status
from forecast.series.labelled import says_unit
from forecast.series.naming import labels, sections
from forecast.series.placed import Since
from forecast.series.rates import rate_of
from forecast.series.rows import is_remark
from forecast.series.titles import base_said
from forecast.tables.blocks import Block
from forecast.tables.headings import heading_text, is_unit
from forecast.tables.languages import folded_name, holds, words
from forecast.tables.moments import Moment


@dataclass(frozen=True)
class Beside:
    """Hold the roles of columns, those of remarks as ones of status, what to tell of these, and what to refuse."""

    roles: Columns
    notes: tuple[str, ...] = ()
    since: Since = ()


def beside_rows(
    block: Block,
    roles: Columns,
    rows: Sequence[int],
    over: Collection[int],
    timed: Sequence[int],
    years: Mapping[int, Moment],
) -> Beside:
    """Return a table's roles with the columns of remarks to the right of its numbers known for such.

    rows : of numbers · over : columns headed by time · timed : columns that hold it · years : of rows
    A text there is a remark where its heading says so, or where it stands beside some rows only, none of which needs
    it to be told from another. One that says a base or a unit is refused where levels above are of another.
    """
    aside = [j for j in roles.of(Role.LABEL, Role.STATUS) if j > max(over)]
    if not aside:
        return Beside(roles)
    without = _without(roles, aside)
    keys = _keys(block, without, rows, timed)
    once = len(set(keys)) == len(keys)
    notes, since = list[str](), list[tuple[int, str]]()
    remarks = [j for j in aside if _remarks(block, j, rows, once)]
    for j in remarks:
        first = {text: r for r in reversed(rows) if (text := _text(block, r, j))}
        notes += [
            f'{block.place(r, j)}: "{text}" beside the numbers of its row was taken as a remark'
            for text, r in reversed(first.items())
        ]
        since += _bases(block, j, rows, keys, years)
        since += _rates(block, j, rows, years)
    return Beside(_without(roles, remarks), tuple(notes), tuple(since))


def _without(roles: Columns, remarks: Collection[int]) -> Columns:
    """Return roles in which some columns name nothing."""
    return Columns(tuple(Role.STATUS if j in remarks else role for j, role in enumerate(roles.roles)))


def _keys(block: Block, roles: Columns, rows: Sequence[int], timed: Sequence[int]) -> list[tuple[str, ...]]:
    """Return what tells each row from the others: section and labels, and its time last."""
    times: list[str] = []
    for r in rows:
        own = [_text(block, r, j) for j in timed]
        times.append(" ".join(own) if any(own) else times[-1] if times else "")
    named = labels(block, roles, rows, timed)
    return [
        (section, *key, time) for section, key, time in zip(sections(block, rows), named, times, strict=True)
    ]


def _remarks(block: Block, j: int, rows: Sequence[int], once: bool) -> bool:
    """Tell a column of remarks: by its heading, or as its texts neither stand in every row nor tell rows apart.

    once : whether no two rows are alike without it
    """
    heading = block.headings[j]
    if is_status(heading) or is_remark(" ".join(heading)):
        return True
    texts = list(filter(None, (_text(block, r, j) for r in rows)))
    if not once:
        return False
    status = words("provisional") | words("revised")
    return len(texts) < len(rows) or all(folded_name(text) in status for text in texts)


def _rates(block: Block, j: int, rows: Sequence[int], years: Mapping[int, Moment]) -> Since:
    """Return what to say of texts under no heading of remarks that speak of a change, behind their months."""
    if is_status(block.headings[j]) or is_remark(" ".join(block.headings[j])):
        return ()
    return tuple(
        (
            _january(years.get(r)),
            f'{block.place(r, j)}: "{text}" beside the numbers of its row may say that they are rates; where it is a '
            'remark, head its column "Remarks"; where they are rates, keep them in a table of their own',
        )
        for r in rows
        if (text := _text(block, r, j)) and rate_of([text])
    )


def _bases(
    block: Block, j: int, rows: Sequence[int], keys: Sequence[tuple[str, ...]], years: Mapping[int, Moment]
) -> Since:
    """Return what to say of remarks of another base or unit than that of the rows above, behind their months."""
    found: list[tuple[int, str]] = []
    titled = base_said(block.titles)
    for series in dict.fromkeys(key[:-1] for key in keys):
        own = [r for r, key in zip(rows, keys, strict=True) if key[:-1] == series]
        stated = [(r, *said) for r in own if (said := _stated(_text(block, r, j))) is not None]
        unnamed = ("", "") if stated and stated[0][0] != own[0] else None
        before = titled or unnamed if len(own) > 1 else None
        above = [] if before is None else [(-1, *before)]
        found += [(_january(years.get(r)), problem) for r, problem in changed(block, [*above, *stated], j)]
    return tuple(found)


def _january(year: Moment | None) -> int:
    """Return the first month of a year, one before all others where none is said."""
    return 0 if year is None or year.year is None else 12 * (year.year - 1970)


def _stated(text: str) -> tuple[str, str] | None:
    """Return the base or the unit that a remark says, and the remark, None for every other.

    >>> _stated("new base since 2020"), _stated("2020=100"), _stated("strike in March 2020")
    (('new base since 2020', 'new base since 2020'), ('2020', '2020=100'), None)
    """
    if holds(text, "rebased"):
        return text, text
    of = base_stated(text) or base_said([text])
    if of is None and (is_unit(text) or says_unit(text) and any(map(str.isdigit, text))):
        return folded_name(text), text
    return of


def _text(block: Block, r: int, j: int) -> str:
    return "" if (value := block.body[r][j]) is None else heading_text(value).strip()
