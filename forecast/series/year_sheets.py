"""`as_one`, `refuse_several`: sheets of a workbook, each of a year, and what keeps them from being one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.series.indexed import periods
from forecast.series.labelled import year_of_titles
from forecast.series.layout import Grid, begun, seen, together
from forecast.series.periods import OF_YEAR
from forecast.series.titles import goes_on

_AS_ONE = "sheets called by their years are read as one where all hold the same series on one base"
_AWAY = "delete the sheet, or move it to a file of its own"


def as_one(parts: Sequence[Grid], until: pd.Period | None) -> list[Grid]:
    """Return sheets that are each called by the year of their months, and hold the same series, as one; others as they
    are.
    """
    early = begun(parts, until)
    if len(parts) < 2 or any(_differing(early)):
        return list(parts)
    in_turn = sorted(early, key=lambda part: _year(part) or 0)
    whole = seen(together([_placed(part) for part in in_turn], ()), until)
    told = f"the sheets {', '.join(_title(part) for part in early)} were read as one table"
    notes = (told, *(note for note in whole.notes if not note.startswith(OF_YEAR)))
    return [replace(whole, file=whole.file.partition("[")[0], notes=notes)]


def refuse_several(file: str, parts: Sequence[Grid]) -> None:
    """Refuse several sheets that are no one table; where two or more are called by a year, say which differs in what.

    Raises DataError, before all of a sheet called by a year whose months are not understood.
    """
    for part in parts:
        if part.problems and not part.lines and _year(part) is not None:
            raise DataError(*part.problems, f"{file}: or name another sheet as sheet")
    called = sum(_year(part) is not None for part in parts)
    several = f"{file}: {len(parts)} sheets hold data ({', '.join(map(_title, parts))}); name one as sheet"
    told = _differing(parts) if called > 1 else ()
    raise DataError(several + (f" ({_AS_ONE})" if called else ""), *told)


def _differing(parts: Sequence[Grid]) -> Iterator[str]:
    """Yield what makes a sheet another than those before it of a year each, and how to mend it."""
    usual: dict[int, Grid] = {}
    newest = max((_year(part) or 0 for part in parts), default=0)
    for part in parts:
        year, held = _year(part), _held(part)
        first = next(iter(usual.values()), part)
        if year is None:
            said = f"is called by no year; call it by that of its months where it goes on with others, or {_AWAY}"
        elif year in usual:
            said = f'is called by the year {year}, as the sheet "{_title(usual[year])}" is; {_AWAY}'
        elif held != [year]:
            others = " and ".join(map(str, (of for of in held if of != year)))
            said = f"is called by the year {year} and holds months of {others}; " + (
                "move those to the sheet of their year, or delete them where they are there"
                if year in held
                else "rename the sheet, or correct the year where its months or its title say it"
            )
        else:
            said = _other_series(first, part, year == newest)
            usual[year] = part
        if said:
            yield f"{part.file}: {said}"


def _other_series(first: Grid, part: Grid, newest: bool) -> str:
    """Say in what the series or the title of a sheet differ from those of the first, "" where they go on with it.

    newest : whether it is of the newest year, in which a series may have no number yet
    """
    other = f'"{_title(first)}"'
    own, usual = _names(part), _names(first)
    if own.keys() != usual.keys() and not (newest and own.keys() < usual.keys()):
        more = _quoted(name for key, name in own.items() if key not in usual)
        less = _quoted(name for key, name in usual.items() if key not in own)
        said = " and ".join(filter(None, (more and f"has {more}", less and f"lacks {less}")))
        return f"{said}, other than the sheet {other}; give all sheets the same series, by the same names"
    if goes_on(first.titles, part.titles):
        return ""
    bases = part.titles.base, first.titles.base
    if None not in bases and bases[0] != bases[1]:
        return f"is on the base {bases[0]}, the sheet {other} on {bases[1]}; move it to a file of its own"
    return (
        f"has a title that does not go on with that of the sheet {other}; give both the same one, or move it to a file "
        "of its own"
    )


def _names(part: Grid) -> dict[str, str]:
    """Return the series that a sheet heads, by their folded names, those without a number among them."""
    return {tables.fold(name): name for name in (*(line.name for line in part.levels), *part.empty)}


def _quoted(names: Iterable[str]) -> str:
    """Return names as a message quotes them, the first of many."""
    quoted = [f'"{name}"' for name in names]
    more = [f"{len(quoted) - 2} more"] if len(quoted) > 3 else []
    return " and ".join((quoted[:2] if more else quoted) + more)


def _held(part: Grid) -> list[int]:
    """Return the years of the months of a sheet."""
    return sorted({*periods([cell.month for line in part.lines for cell in line.cells]).year})


def _year(part: Grid) -> int | None:
    """Return the year that a sheet is called by, None for none or several."""
    return year_of_titles([_title(part)])


def _title(part: Grid) -> str:
    """Return the sheet's own name in "x.xlsx[IIP]"."""
    return part.file.partition("[")[2].removesuffix("]") or part.file


def _placed(part: Grid) -> Grid:
    """Return a grid whose cells name their sheet."""
    lines = (
        replace(line, cells=tuple(cell._replace(file=part.file) for cell in line.cells))
        for line in part.lines
    )
    return replace(part, lines=tuple(lines))
