"""`falls`: numbers printed without a sign, which a mark beside them or a heading of rows above them calls falls."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from forecast.errors import DataError
from forecast.tables import missing, rates
from forecast.tables.languages import holds
from forecast.tables.signs import FALL, FLAT, NEGATIVE_IN_JAPAN, RISE, bare_mark, direction, speaks_of_signs


@dataclass(frozen=True)
class Marked:
    """Hold a number and what is said of its direction.

    place : of the number · shown : as printed · value : less 100 where its base is 100 · mark : beside it or above it
    """

    place: str
    shown: str
    value: float
    mark: str = ""


@dataclass(frozen=True)
class Way:
    """Say how marks stand to their numbers.

    stands : "stands beside" or "stands under" · undo : how a user takes the marks back
    each : whether every number has a mark of its own where several kinds of marks are used
    signed : whether the numbers tell rise and fall by themselves, as those with their base as 100 do
    """

    stands: str
    undo: str
    each: bool = False
    signed: bool = False


def falls(numbers: Sequence[Marked], way: Way) -> tuple[frozenset[int], list[str]]:
    """Return the positions of numbers without a sign that are falls, and what does not agree.

    Numbers of which one has a sign are taken as they are, and their marks must agree with them.
    """
    said = [direction(n.mark) for n in numbers]
    if not {RISE, FALL} & set(said):
        return frozenset(), []
    signed = way.signed or _negative(numbers)
    doubt = _negative_in_japan(numbers, way, signed)
    if doubt is not None:
        return frozenset(), doubt
    if signed:
        pairs = [(n, d) for n, d in zip(numbers, said, strict=True) if d and n.value * d < 0]
        return frozenset(), [
            f'{n.place}: {n.shown} {way.stands} "{n.mark}" and is a {"fall" if d == RISE else "rise"} by itself; '
            f"correct the one that is wrong, or {way.undo}"
            for n, d in pairs
        ]
    bare = [n for n, d in zip(numbers, said, strict=True) if d in (None, FLAT) and n.value]
    if way.each and {RISE, FALL} <= set(said) and bare:
        return frozenset(), [
            f"{n.place}: {n.shown} has no mark of a rise or a fall as others of its column have; give it one, or write "
            f"every sign in front of its number and {way.undo}"
            for n in bare
        ]
    return frozenset(i for i, d in enumerate(said) if d == FALL), []


def _negative_in_japan(numbers: Sequence[Marked], way: Way, signed: bool) -> list[str] | None:
    """Return what to say of marks that are ▲ alone, None where others tell what they mean."""
    marks = {bare_mark(n.mark) for n in numbers if n.mark and direction(n.mark) != FLAT}
    if not marks <= NEGATIVE_IN_JAPAN:
        return None
    marked = [n for n in numbers if n.mark and n.value]
    if signed and (all(n.value > 0 for n in marked) or all(n.value < 0 for n in marked)):
        return []
    first = marked[0] if marked else numbers[0]
    return [
        f'{first.place}: "{first.mark}" beside {first.shown} marks a rise, and in Japan what is negative; write a '
        f"minus in front of the numbers that are falls, and {way.undo}"
    ]


def of_column(
    numbers: Sequence[Marked], heading: str, measure: str, way: Way
) -> tuple[frozenset[int], list[str], list[str]]:
    """Return what the marks of a column of signs make of the numbers beside: falls, what does not agree, and notes.

    heading : of the marks, "" for none of their own
    """
    if of_something_else(heading, measure):
        return frozenset(), [], [f'the marks under "{heading}" are of something else and were not read']
    first = next((n for n in numbers if direction(n.mark) == FALL and n.value), None)
    if first is not None and not heading and all(missing(n.mark) for n in numbers):
        return frozenset(), [_doubt(first, "beside", "a missing value", way)], []
    strange = [n for n in numbers if n.mark and direction(n.mark) is None and not missing(n.mark)]
    if strange and speaks_of_signs(heading):
        first = strange[0]
    if strange or heading and not speaks_of_signs(heading):
        doubted = first is not None and not way.signed and not _negative(numbers)
        return (
            frozenset(),
            [_doubt(first, f'under "{heading}" beside', "something else", way)] if first and doubted else [],
            [],
        )
    fallen, problems = falls(numbers, way)
    shown = [f"{numbers[i].mark} beside {numbers[i].shown} is read as its sign" for i in sorted(fallen)[:1]]
    return fallen, problems, shown


def _doubt(n: Marked, stands: str, other: str, way: Way) -> str:
    return (
        f'{n.place}: "{n.mark}" {stands} {n.shown} may be its sign or {other}; write the signs in front of the numbers '
        f"where they are theirs, and {way.undo}"
    )


def of_frame(table: pd.DataFrame, file: str, others: Collection[str]) -> pd.Series:
    """Return the values of figures in memory with the signs that a column of marks beside them says.

    others : the columns that figures have
    Raises DataError where marks contradict the values, or may be of something else.
    """
    values = table["value"]
    for name in table.columns:
        marks = table[name].tolist() if name not in others else []
        texts = spelled(["" if pd.isna(mark) else str(mark) for mark in marks], str(name))
        if not holds_signs(texts, str(name)):
            continue
        numbered = pd.to_numeric(values, errors="coerce").tolist()
        rows = [i for i, of in enumerate(table["measure"]) if of != "index" and pd.notna(numbered[i])]
        numbers = [Marked(f"{file}:{i + 1}", f"{numbered[i]:g}", numbered[i], texts[i]) for i in rows]
        way = Way("stands beside", f'drop the column "{name}"', each=True)
        fallen, problems, _ = of_column(numbers, str(name), "", way)
        if problems:
            raise DataError(*problems)
        if not fallen:
            continue
        down = {rows[k] for k in fallen}
        signed = [0.0 - number if i in down else number for i, number in enumerate(numbered)]
        values = pd.Series(signed, values.index)
    return values


def holds_signs(texts: Sequence[str], heading: str) -> bool:
    """Tell a column that holds marks of rises and falls, most of its cells or all.

    Dashes alone are missing values, unless the heading speaks of signs or there is none.

    >>> holds_signs(["▼", ""], "Trend"), holds_signs(["-", ""], "Dấu"), holds_signs(["-", ""], "T4")
    (True, True, False)
    """
    said = [text for text in texts if text]
    ways = [direction(text) for text in said if not missing(text)]
    if not {RISE, FALL} & set(ways):
        dashes = not ways and FALL in map(direction, said)
        return dashes and (not heading or speaks_of_signs(heading) and not rates.speaks_of_rates([heading]))
    if 2 * ways.count(None) > len(ways):
        return False
    return None not in ways or FALL in ways or speaks_of_signs(heading)


def spelled(texts: Sequence[str], heading: str) -> list[str]:
    """Return the cells of a column headed as one of signs, 1 and -1 or U and D as the marks that they stand for.

    >>> spelled(["1", "-1.0"], "sign"), spelled(["1", "-1"], "lag")
    (['+', '-'], ['1', '-1'])
    """
    for marks in ({"1": "+", "+1": "+", "-1": "-", "0": "="}, {"u": "+", "d": "-"}):
        plain = [text.casefold().removesuffix(".0") for text in texts]
        down = next(mark for mark, sign in marks.items() if sign == "-")
        if down in plain and speaks_of_signs(heading) and set(plain) <= {"", *marks}:
            return [marks.get(mark, "") for mark in plain]
    return list(texts)


def of_something_else(heading: str, measure: str) -> bool:
    """Tell the heading of marks that are of another comparison than the numbers beside them, or of an outlook."""
    compared = rates.measure_alone(heading)
    return bool(compared and compared != measure) or holds(heading, "outlook")


def owner(
    c: int,
    signs: Collection[int],
    values: Mapping[int, Collection[Marked]],
    numeric: Collection[int],
    headings: Sequence[str],
) -> int | None:
    """Return the column of numbers that a column of signs is of, None where that cannot be told.

    c : the column of signs, one of `signs` · values : columns of rates, their numbers · numeric : all of numbers
    Where it cannot be told of all columns, the one without signs of their own.
    """
    found = _owner(c, signs, list(values), numeric, headings)
    if found is not None:
        return found
    bare = [v for v, own in values.items() if not _negative(own)]
    return _owner(c, signs, bare, {n for n in numeric if n in bare or n not in values}, headings)


def _owner(
    c: int, signs: Collection[int], values: Sequence[int], numeric: Collection[int], headings: Sequence[str]
) -> int | None:
    beside = [v for v in (c - 1, c + 1) if v in numeric]
    spanned = [v for v in beside if headings[c] and headings[v] == headings[c]]
    if len(spanned) == 1:
        return spanned[0]
    if not beside:
        return values[0] if len(values) == 1 else None
    if not values or len(beside) == 2 and not set(beside) <= set(values):
        return None
    after, before = all(v + 1 in signs for v in values), all(v - 1 in signs for v in values)
    if len(beside) == 1:
        return beside[0] if len(values) == 1 or after or before else None
    if after is before:
        return None
    return c - 1 if after else c + 1


def of_none(
    place: str, marks: Sequence[str], values: Mapping[int, Collection[Marked]], undo: str
) -> list[str]:
    """Say that marks, of which one is a fall, may be of several columns of numbers without signs of their own."""
    fall = next((mark for mark in marks if direction(mark) == FALL), None)
    if fall is None or all(map(_negative, values.values())):
        return []
    return [
        f'{place}: "{fall}" does not say of which column of numbers it is the sign; write the signs in front of the '
        f"numbers, and {undo}"
    ]


def _negative(numbers: Collection[Marked]) -> bool:
    """Tell numbers of which one has a sign of its own."""
    return any(n.value < 0 or n.shown.startswith("+") for n in numbers)
