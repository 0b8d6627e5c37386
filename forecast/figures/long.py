"""`rows`: a file of one figure a row, or of one measure a column beside a column of months, as rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecast import tables
from forecast.errors import DataError
from forecast.figures.bulletin import LEFT_OUT, is_declared
from forecast.figures.lines import IN_PER_MILLE, Lines
from forecast.figures.table import MEASURES
from forecast.figures.vocabulary import ALIASES, MEASURE_WORDS, REQUIRED
from forecast.tables import Layout, rates


@dataclass(frozen=True)
class TextRow:
    """Hold one figure as text."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Roles:
    """Say what the columns of a file are.

    places : name -> column that is one for every figure of a row · wide : column of figures -> what its heading says
    left_out : columns that the user leaves out · signs : columns of the signs of numbers
    """

    places: Mapping[str, int]
    wide: Mapping[int, Mapping[str, str]]
    left_out: frozenset[int] = frozenset()
    signs: frozenset[int] = frozenset()

    @property
    def used(self) -> frozenset[int]:
        """The columns that are read, and those that the user leaves out."""
        return frozenset((*self.places.values(), *self.wide, *self.left_out, *self.signs))


def roles(table: Lines, columns: Mapping[str, str] | None, fill: Mapping[str, str]) -> Roles:
    """Return what the columns of a file are: of a long one (measure, value), or of one with a column per measure.

    A column per measure is headed by it, or `columns` names its heading.
    Raises DataError for columns that are missing or cannot be told apart.
    """
    place = f"{table.file}:{table.header_line}"
    check_names({**(columns or {}), **fill})
    try:
        places = tables.match_headings(table.header, ALIASES, columns)
    except ValueError as error:
        raise DataError(*(f"{place}: {problem}" for problem in error.args)) from None
    left_out = frozenset(i for name, i in places.items() if name.partition(" ")[0] == LEFT_OUT)
    wide = {} if "value" in places else _compared(table.header, places)
    if problems := [
        *_in_per_mille(table.header, [*wide, places.get("value", -1)]),
        *_twice(table.header, wide),
    ]:
        raise DataError(*(f"{place}: {problem}" for problem in problems))
    named = {n: i for n, i in places.items() if n in ALIASES and not (wide and n == "measure")}
    given = {*fill, *(("value", *set.intersection(*map(set, wide.values()))) if wide else ())}
    lacking = [n for n in REQUIRED if n not in named and n not in given]
    if lacking:
        free = [h for i, h in enumerate(table.header) if h and i not in {*places.values(), *wide}]
        raise DataError(*(f'{place}: column "{n}" is missing; {_remedy(n, free)}' for n in lacking))
    return Roles(named, wide, left_out)


def rows(table: Lines, of: Roles, fill: Mapping[str, str]) -> list[TextRow]:
    """Return one row per figure, of columns whose roles are known."""
    return [
        row
        for pair in zip(table.rows, table.lines, strict=True)
        for row in _unfolded(*pair, of.places, of.wide, fill)
    ]


def check_names(given: Mapping[str, str]) -> None:
    """Raise DataError for names under columns or fill that no figure has."""
    valid = (*ALIASES, *MEASURES)
    unknown = [name for name in given if name not in valid and not is_declared(name)]
    if unknown:
        raise DataError(
            *(
                f'columns, fill: no column of figures is called "{n}"; {tables.suggestion(n, valid)}'
                for n in unknown
            )
        )


def is_long(header: Sequence[str], place: str, layout: Layout) -> bool:
    """Tell by its header a file of one figure, or of one month, a row from a bulletin and from a file of levels.

    place : of the header, for messages
    Raises DataError where two columns have one heading.
    """
    try:
        places = tables.match_headings(header, ALIASES, layout.columns)
    except ValueError as error:
        raise DataError(*(f"{place}: {problem}" for problem in error.args)) from None
    if "measure" in places and "value" in places:
        # SDMX names an indicator and a value too, but no date of publication.
        return "published" in {*places, *layout.fill} or tables.fold(header[places["value"]]) != "obs_value"
    if "period" not in {*places, *layout.fill}:
        return False
    measures = {cells["measure"] for cells in _across(header, places).values()}
    return bool(measures - {"index"})  # an index alone may be a file of levels


def _across(header: Sequence[str], places: Mapping[str, int]) -> dict[int, dict[str, str]]:
    """Return the columns that hold figures, with the measure that their headings say."""
    measure_of = {**{m: m for m in MEASURES}, **MEASURE_WORDS}
    out = {i: _said(name) for name, i in places.items() if name.partition(" ")[0] in MEASURES}
    taken = {i for name, i in places.items() if name != "measure"}
    for i, text in enumerate(header):
        if i not in taken and tables.fold(text) in measure_of:
            out[i] = {"measure": measure_of[tables.fold(text)]}
    return out


def _compared(header: Sequence[str], places: Mapping[str, int]) -> dict[int, dict[str, str]]:
    """Return the columns that hold figures, those too whose heading says in other words what is compared."""
    out = _across(header, places)
    taken = {*out, *(i for name, i in places.items() if name != "measure")}
    for i, text in enumerate(header):
        if i not in taken and (measure := rates.measure_alone(text)):
            out[i] = {"measure": measure}
    return out


def _in_per_mille(header: Sequence[str], values: Sequence[int]) -> list[str]:
    """Say which headings of figures say that they are in per mille."""
    return [
        f'"{header[i]}": {IN_PER_MILLE}'
        for i in values
        if 0 <= i < len(header) and rates.per_mille(header[i])
    ]


def _twice(header: Sequence[str], wide: Mapping[int, Mapping[str, str]]) -> list[str]:
    """Say which two headings are of one measure, so that one of them is another sector's, or another print."""
    first: dict[tuple[str, ...], int] = {}
    problems = []
    for i, said in sorted(wide.items()):
        other = first.setdefault(tuple(said.values()), i)
        if other != i:
            problems.append(
                f'"{header[other]}" and "{header[i]}" are both {" ".join(said.values())}; leave one out under columns '
                f'({LEFT_OUT}: "{header[i]}"), or give each a file or rows of its own'
            )
    return problems


def _said(name: str) -> dict[str, str]:
    """Return what a name under `columns` says of its figures: a measure, or one with its month."""
    measure, _, period = name.partition(" ")
    return {"measure": measure, "period": period} if period else {"measure": measure}


def _unfolded(
    cells: tuple[str, ...],
    line: int,
    places: Mapping[str, int],
    wide: Mapping[int, Mapping[str, str]],
    fill: Mapping[str, str],
) -> list[TextRow]:
    """Return the figures of one line of the file."""
    shared = {**fill, **{name: cells[i] for name, i in places.items()}}
    if not wide:
        return [TextRow(line, shared)]
    return [
        TextRow(line, {**shared, **names, "value": cells[i]})
        for i, names in wide.items()
        if not tables.missing(cells[i])
    ]


def _remedy(name: str, free: list[str]) -> str:
    near = tables.nearest(name, free)
    if near is not None:
        return f'is "{near}" meant? Rename it or map it under columns'
    others = ", ".join(f'"{h}"' for h in free[:8])
    own = f"give one {name} for all rows under fill"
    return f"unused columns: {others}; map one under columns, or {own}" if others else f"add it, or {own}"
