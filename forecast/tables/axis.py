"""`axis`: the months of a column or a row of headings, read together: what a cell leaves open its neighbours tell."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce

from forecast.tables.cells import Value
from forecast.tables.counts import counted
from forecast.tables.kinds import whole_number
from forecast.tables.languages import month_names, words_of_tables
from forecast.tables.moments import SPOKEN, Moment, moment, names_in
from forecast.tables.settling import OF_TEXTS, SETTLING

_FEWEST_NAMES = 3  # chosen: two months in a row may be an accident


@dataclass(frozen=True)
class Axis:
    """Hold the moment of each cell, None where it names none, what was understood, and what is wrong by position."""

    moments: tuple[Moment | None, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()


def axis(values: Sequence[Value]) -> Axis:
    """Return the moments that the cells of one axis name.

    >>> [m.month for m in axis(["1/31/2024", "2/1/2024"]).moments]
    [1, 2]
    >>> [m.span for m in axis(["2004-05", "2005-06", "2006-07"]).moments]
    [12, 12, 12]
    """
    if (count := counted(values)) is not None:
        return Axis(count.moments, (count.note,) if count.note else (), count.problems)
    languages = spoken(values)
    moments: list[Moment | None] = [_of(value, languages) for value in values]
    notes: list[str] = []
    problems: list[tuple[int, str]] = []
    for settle in SETTLING:
        settle(values, moments, notes, problems)
    return Axis(tuple(moments), tuple(notes), tuple(problems))


def meant(texts: Sequence[str]) -> tuple[dict[str, str], Axis]:
    """Return the texts of months that mean others by what stands beside them, with those as 2024-10, and what was told.

    >>> meant(["2024.08", "2024.09", "2024.1"])[0], meant(["2567-04"])[0]
    ({'2024.1': '2024-10'}, {'2567-04': '2024-04'})
    """
    values = list(dict.fromkeys(texts))
    alone = [moment(text) for text in values]
    moments, notes, problems = list(alone), list[str](), list[tuple[int, str]]()
    for settle in OF_TEXTS:
        settle(values, moments, notes, problems)
    changed = {
        text: f"{m.year}-{m.month:02d}"
        for text, own, m in zip(values, alone, moments, strict=True)
        if m is not None and m != own and m.span == 1 and m.year is not None and m.month is not None
    }
    placed = tuple((texts.index(values[i]), problem) for i, problem in problems)
    return changed, Axis(tuple(moments), tuple(notes), placed)


def spoken(values: Sequence[Value]) -> frozenset[str] | None:
    """Return the languages that know all names of months in these cells, None where no language does.

    A word that is also one of tables, such as "avg", counts where it names the month that its neighbours lack.

    >>> sorted(spoken(["lipiec", "listopad"]) & {"pl", "hr"})
    ['pl']
    """
    names = {name for value in values if isinstance(value, str) for name in names_in(value)}
    doubtful = names & words_of_tables()
    if doubtful and not (meant := _in_turn(names, doubtful)):
        names -= doubtful
        others = frozenset(code for name in doubtful for code in _languages(name))
        return _known(names, _shared(names) - others) or SPOKEN - others
    return _known(names, meant if doubtful else _shared(names))


def _known(names: Set[str], shared: frozenset[str]) -> frozenset[str] | None:
    """Return the spoken ones of some languages; others only where many names prove them."""
    return (shared & SPOKEN) or (shared if len(names) >= _FEWEST_NAMES else frozenset()) or None


def _shared(names: Set[str]) -> frozenset[str]:
    """Return the languages that know all of some names."""
    return reduce(frozenset.__and__, map(_languages, names)) if names else frozenset()


def _languages(name: str) -> frozenset[str]:
    return frozenset().union(*month_names()[name].values())


def _in_turn(names: Set[str], doubtful: Set[str]) -> frozenset[str]:
    """Return the languages in which words such as "avg" name a month: one that is missing beside another.

    "avg" is August after the Slovene "jul", and the average beside twelve English months.
    """

    def fits(code: str) -> bool:
        others = {_month_in(name, code) for name in names - doubtful}
        own = [_month_in(name, code) for name in doubtful]
        return all(m not in others and {m - 1, m + 1} & others for m in own)

    return frozenset(filter(fits, _shared(names)))


def _month_in(name: str, code: str) -> int:
    return next(month for month, codes in month_names()[name].items() if code in codes)


def _of(value: Value, languages: frozenset[str] | None) -> Moment | None:
    if isinstance(value, datetime):
        utc = value.tzinfo is not None and value.utcoffset() == timedelta(0)
        clock = value.hour + value.minute / 60 + value.second / 3600 if utc or value.tzinfo is None else None
        return Moment(value.year, value.month, day=value.day, clock=clock, utc=utc)
    if isinstance(value, date):
        return Moment(value.year, value.month, day=value.day)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return moment(value, languages)
    number = whole_number(value)
    return moment(str(number) if number is not None else repr(value))
