"""Which series of a file is meant: by its name, its code, or words that only it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from forecast import tables
from forecast.errors import DataError
from forecast.series.layout import Grid, Line
from forecast.series.rates import over_months

_SHOWN = 12  # names quoted; chosen: a screen


def chosen(layout: Grid, column: str | None) -> Line:
    """Return the one level meant.

    Raises DataError where it is a rate of change, unknown, or one of several.
    """
    levels = layout.levels
    if not levels:
        raise DataError(*layout.wrong or (_only_rates(layout),))
    if column is None:
        if len(levels) == 1:
            return levels[0]
        if layout.wrong:
            tables.fail(layout.wrong)
        raise DataError(f"{layout.place}: holds {len(levels)} series ({_shown(levels)}); name one as column")
    if len(answering := matching(levels, column)) == 1:
        return answering[0]
    if len(answering) < 2 and layout.wrong and not _rate(layout, column):
        tables.fail(layout.wrong)
    raise DataError(_not_one(layout, column, levels))


def several(layout: Grid, columns: Sequence[str] | None, positive: bool, rates: bool = False) -> list[Line]:
    """Return the series named, or all levels of a file.

    positive : whether levels are asked for, so that a rate named is refused · rates : take all rates too
    """
    if columns is None and rates and layout.lines:
        return list(layout.lines)
    if columns is None:
        if not layout.levels:
            raise DataError(*layout.wrong or (_only_rates(layout),))
        return list(layout.levels)
    among = layout.levels if positive else layout.lines
    by_name = [(name, matching(among, name)) for name in columns]
    problems = [_not_one(layout, name, among) for name, hits in by_name if len(hits) != 1]
    if problems:
        tables.fail(problems)
    return [hits[0] for _, hits in by_name]


def _not_one(layout: Grid, name: str, among: Sequence[Line]) -> str:
    """Say why a name is not that of one series: several answer, it is a rate, nothing stands in it, or it is not there.

    among : the series that may be meant
    """
    if answering := matching(among, name):
        return f'{layout.place}: {len(answering)} series answer to "{name}" ({_shown(answering)}); name one in full'
    if rate := _rate(layout, name):
        what = f'holds rates of change ("{rate.rate}"), no index level'
        return f'{layout.place}: "{rate.name}" {_several_months(rate) if over_months(rate.rate) else what}'
    if tables.fold(name) in map(tables.fold, layout.empty):
        return f'{layout.place}: column "{name}" holds no number; choose another, or leave it out'
    return f'{layout.place}: no column "{name}"; {tables.suggestion(name, [line.name for line in among])}'


def _rate(layout: Grid, name: str) -> Line | None:
    """Return the first series of rates that answers to a name."""
    return next(iter(matching([line for line in layout.lines if line.rate], name)), None)


def matching(lines: Sequence[Line], name: str) -> list[Line]:
    """Return the series that answer to a name, by the strictest rule that any answers to.

    The name as written, its spelling, one of its labels or codes, all of its words, words among its own.
    """
    spelled, words = tables.fold(name), _words(name)
    rules: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.name == name,
        lambda line: bool(spelled) and tables.fold(line.name) == spelled,
        lambda line: name in line.parts or bool(spelled) and spelled in map(tables.fold, line.parts),
        lambda line: bool(words) and words == _words(line.name),
        lambda line: bool(words) and words <= _words(" ".join((line.name, *line.parts))),
    )
    for rule in rules:
        if answering := [line for line in lines if rule(line)]:
            return answering
    return []


def _words(text: str) -> frozenset[str]:
    return frozenset(tables.fold(text).split("_")) - {""}


def _shown(lines: Sequence[Line]) -> str:
    names = [line.name for line in lines]
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _only_rates(layout: Grid) -> str:
    """Say that a file holds rates and what reads them."""
    if not layout.lines:
        return f"{layout.place}: holds no monthly value"
    first = layout.lines[0]
    if over_months(first.rate):
        return f"{layout.place}: {_several_months(first)}, or reword that text where they are such"
    return (
        f'{layout.place}: holds rates of change ("{first.rate}"), no index levels; '
        "read it as published figures (figures: in a config), or reword that text where they are levels"
    )


def _several_months(line: Line) -> str:
    """Say that a series holds sums or means of several months, and what is needed."""
    what = over_months(line.rate).replace("value", "values").replace("mean", "means")
    return f'holds {what} ("{line.rate}"), no levels of single months; use the months\' own levels'
