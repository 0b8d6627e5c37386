"""`unused`: the columns of a file of figures that are not read: named, or refused where they bear on the figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from forecast import tables
from forecast.figures.bulletin import LEFT_OUT
from forecast.figures.denied import ADJUSTED, denial
from forecast.figures.lines import IN_PER_MILLE, Lines
from forecast.figures.long import Roles
from forecast.figures.records import Record
from forecast.figures.table import MEASURES
from forecast.tables import LeftOut
from forecast.tables.forms import YEARS
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.languages import folded_name, holds, plain_words, words
from forecast.tables.marks import NO_VALUE, says_none
from forecast.tables.rates import REASONS, per_mille
from forecast.tables.rates.statement import statement
from forecast.tables.signs import speaks_of_falls

_LONGEST = 8
"""Words of a cell that names a class of figures; chosen: longer ones are remarks."""

_OF_OTHERS = (
    'says "{}", of {}; delete these rows, or leave the column out under columns ({}) where that is not said of the '
    "figures"
)

_BASE = re.compile(r"\b(?:1[89]|2[01])\d{2}\b.{0,12}=\s*100\b")
_BASE_WORDS = frozenset({"base", "goc"})


@dataclass(frozen=True)
class _Column:
    """Hold one column that is not read.

    cells : by line, those that are empty too · leave : how to leave it out under columns
    """

    heading: str
    place: str
    cells: Mapping[int, str]
    leave: str

    @property
    def numbers(self) -> list[int]:
        """The lines that hold a number in it."""
        return [line for line, cell in self.cells.items() if kind(cell) is Kind.NUMBER]

    @property
    def is_flag(self) -> bool:
        """Tell a column of words, or of 0 and 1."""
        return not self.numbers or set(self.cells.values()) <= {"", "0", "1"}


def unused(
    table: Lines, of: Roles, typed: Sequence[Record], lines: Collection[int] | None
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Return what is to be told of the columns that are not read, and how many numbers each of them holds.

    typed : the figures that were read · lines : the lines that count, None for all
    Raises DataError for a column that tells apart figures that were read as one series, and for numbers whose heading
    speaks of a rate, of an index or of a revision, unless the user leaves the column out.
    """
    problems: list[str] = []
    notes: list[str] = []
    left_out: list[LeftOut] = []
    for i, heading in enumerate(table.header):
        if i in of.used - of.left_out:
            continue
        cells = {
            n: row[i] for n, row in zip(table.lines, table.rows, strict=True) if lines is None or n in lines
        }
        already = len(of.left_out) + len(problems)
        leave = f'{LEFT_OUT}{f" {already + 1}" * bool(already)}: "{heading}"'
        column = _Column(heading or f"column {i + 1}", f"{table.file}:{table.header_line}", cells, leave)
        told = i in of.left_out
        problem = "" if told else _problem(column, typed, bool(of.wide), notes)
        if problem:
            problems.append(f'{column.place}: column "{column.heading}" {problem}')
        elif numbers := column.numbers:
            reason = "number of a column left out as said" if told else _reason(column)
            left_out.append(LeftOut(reason, column.heading, len(numbers), f"{table.file}:{numbers[0]}"))
            notes.append(f'column "{column.heading}" is no part of a figure and was left out')
        elif not told and len(set(cells.values())) > 1 and not _is_remark(column):
            notes.append(f'column "{column.heading}" is no part of a figure and was not read')
    if problems:
        tables.fail(problems)
    return tuple(notes), tuple(left_out)


def _problem(column: _Column, typed: Sequence[Record], wide: bool, notes: list[str]) -> str:
    """Say how a column bears on the figures, "" where it does not; a note where they are adjusted, or may be falls."""
    problem = (
        _of_none(column, typed)
        or _in_per_mille(column)
        or _multiplied(column)
        or _splits(column, typed)
        or _meant(column, wide)
    )
    notes += _of_falls(column, typed)
    text, denied = ("", "") if problem else _denied(column, typed, wide)
    if denied == ADJUSTED:
        notes.append(f'column "{column.heading}" says "{text}", of {denied}; are these rates as published?')
        return ""
    return _OF_OTHERS.format(text, denied, column.leave) if denied else problem


def _of_none(column: _Column, typed: Sequence[Record]) -> str:
    """Say that a mark of status says that there is no figure where there is one, "" where none does."""
    marks = {int(str(record["line"])): column.cells[int(str(record["line"]))] for record in typed}
    said = next(((line, mark) for line, mark in marks.items() if says_none(column.heading, mark)), None)
    return f"{NO_VALUE.format(said[1])} (line {said[0]})" if said else ""


def _of_falls(column: _Column, typed: Sequence[Record]) -> list[str]:
    """Say where a column of words speaks of falls beside numbers of which none has a minus."""
    rates = [r for r in typed if r["measure"] != "index"]
    cells = (column.cells[int(str(r["line"]))] for r in rates if float(str(r["value"])) > 0)
    fall = next((cell for cell in cells if speaks_of_falls(cell)), "")
    if not fall or any(float(str(r["value"])) < 0 for r in rates):
        return []
    return [
        f'column "{column.heading}" speaks of falls ("{fall}"), no number beside it has a minus; are the signs right?'
    ]


def _multiplied(column: _Column) -> str:
    """Say that a column gives a power of ten or a factor of the values other than 1, "" where it does not."""
    name = folded_name(column.heading.replace("_", " "))
    none = (1,) if name.endswith(("multiplier", "factor")) else (0,)
    wholes = (whole_number(column.cells[line]) for line in column.numbers)
    if name not in words("multiplier") or all(n in none for n in wholes):
        return ""
    return (
        f"says that the values are to be multiplied; write them in percent, or leave the column out under columns "
        f"({column.leave}) where they are"
    )


def _in_per_mille(column: _Column) -> str:
    """Say that a column beside rates names per mille as their unit, "" where it does not; remarks may speak of it."""
    named = (cell for cell in column.cells.values() if len(cell.split()) <= _LONGEST and per_mille(cell))
    unit = next(named, "")
    return f'names "{unit}"; {IN_PER_MILLE}' if unit else ""


def _denied(column: _Column, typed: Sequence[Record], wide: bool) -> tuple[str, str]:
    """Return a text of a column of words and what it says against the figures beside it, nothing where it says nothing.

    wide : True where a row holds figures of several measures, of which a text need not be
    """
    if _is_remark(column) and not holds(column.heading, "status_column"):
        return "", ""
    measures: defaultdict[str, set[str]] = defaultdict(set)
    for record in typed:
        measures[column.cells[int(str(record["line"]))]].add("index" if wide else str(record["measure"]))
    told = (
        (text, denial(column.heading, text, own))
        for text, own in measures.items()
        if text and len(text.split()) <= _LONGEST
    )
    return next(((text, said) for text, said in told if said), ("", ""))


def _splits(column: _Column, typed: Sequence[Record]) -> str:
    """Say how a column tells apart figures that would be read as one series, "" where it does not."""
    if any(len(cell.split()) > _LONGEST for cell in column.cells.values()):
        return ""
    pair = _outlook(column)
    if pair is None and not _is_remark(column):
        pair = _within(column, typed) or _collision(column, typed)
    if pair is None:
        return ""
    one, other = pair
    return (
        f'tells figures apart ("{one}", "{other}") that would be one series; keep the rows of one of them, give each a '
        f"region or a sector of its own, or leave the column out under columns ({column.leave}) where it "
        "makes no other figures"
    )


def _outlook(column: _Column) -> tuple[str, str] | None:
    """Return a class of plans or forecasts and another, None where there are none.

    Of a remark it is one only where it says nothing else.
    """
    classes = list(dict.fromkeys(column.cells.values()))
    if _is_remark(column):
        of_sdmx = plain_words(column.heading) == "obs status"
        ahead = [n for n in classes if plain_words(n) in words("outlook") or of_sdmx and n == "F"]
    elif column.is_flag and holds(column.heading, "outlook"):
        ahead = classes[1:]
    else:
        ahead = [n for n in classes if holds(n, "outlook")]
    return next(((n, ahead[0]) for n in classes if ahead and n != ahead[0]), None)


def _within(column: _Column, typed: Sequence[Record]) -> tuple[str, str] | None:
    """Return two adjustments or frequencies of one series, or two base years of one index, None for none."""
    treated = column.is_flag and (holds(column.heading, "adjusted") or holds(column.heading, "treatment"))
    of_base = not _BASE_WORDS.isdisjoint(plain_words(column.heading).split())
    classes: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for record in typed:
        series = tuple(str(record[name]) for name in ("region", "sector", "measure"))
        classes[series].append(column.cells[int(str(record["line"]))])
    for (_, _, measure), names in classes.items():
        first = next((n for n in names if n != names[0]), None)
        if first is None:
            continue
        based = {n for n in names if n and (of_base or _BASE.search(n))}
        if measure == "index" and len(based) > 1:
            one, other = sorted(based)[:2]
            return one, other
        if treated or any(holds(n, "adjusted") or plain_words(n) == "sa" for n in names):
            return names[0], first
    return None


def _collision(column: _Column, typed: Sequence[Record]) -> tuple[str, str] | None:
    """Return two classes that print one cell with two values on one day, None where none do.

    A column that is another in nearly every row, such as an address, names no classes.
    """
    if column.numbers or len(set(column.cells.values())) > max(2, len(column.cells) // 2):
        return None
    first: dict[tuple[str, ...], Record] = {}
    for record in typed:
        key = tuple(str(record[n]) for n in ("region", "sector", "period", "measure", "published"))
        other = first.setdefault(key, record)
        one, two = (column.cells[int(str(r["line"]))] for r in (other, record))
        if one != two and other["value"] != record["value"]:
            return one, two
    return None


def _meant(column: _Column, wide: bool) -> str:
    """Say that the numbers of a column look like figures that should have been read, "" where they do not."""
    count = len(column.numbers)
    if not count or not _looks_like_figures(column):
        return ""
    remedy = (
        f'say which measure they are under columns ({", ".join(MEASURES[:-1])} or {MEASURES[-1]}: "{column.heading}")'
        if wide
        else "give each a row of its own, a later print with its own date of publication"
    )
    return (
        f"holds numbers ({count}) that are not read; {remedy}, or leave them out under columns "
        f"({column.leave})"
    )


def _looks_like_figures(column: _Column) -> bool:
    """Tell by its heading a column of rates, of an index or of another print from one of something else."""
    if column.heading.startswith("column ") or _reason(column) not in (_OTHER, REASONS["amount"]):
        return False
    said = statement([column.heading])
    if any(holds(column.heading, name) for name in ("figure", "another_print", "change")):
        return True
    return not said.strange and not said.left_out


_OTHER = "number of another column"
_PARTS_OF_DATE = ("year", "half", "quarter", "month", "day")
_LABELS = ("code", "metadata", "status_column")


def _reason(column: _Column) -> str:
    """Return what each number of a column is, in the singular, as an account counts it."""
    name = folded_name(column.heading)
    wholes = [whole_number(column.cells[line]) for line in column.numbers]
    if any(name in words(part) for part in _PARTS_OF_DATE):
        return "part of a date"
    if all(n is not None and n in YEARS for n in wholes):
        return "year"
    if any(name in words(label) for label in _LABELS):
        return "code"
    if name in words("weight"):
        return REASONS["weight"]
    return REASONS.get(statement([column.heading]).left_out, _OTHER)


def _is_remark(column: _Column) -> bool:
    """Tell a column of remarks or of the status of figures by its heading."""
    name = folded_name(column.heading.replace("_", " "))
    return any(name in words(of) for of in ("remark", "status_column"))
