"""The data of a question, read from the files that its config names, with the date that decides what is seen."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import figures, series
from forecast.config import BacktestQuestion, Question
from forecast.config.sources import Indicators
from forecast.errors import ConfigError, DataError, ForecastError
from forecast.estimate import Data, FigureData, LevelData, Plan, check
from forecast.figures import Figures
from forecast.nowcast import Indicator, Panel, StoredPanel
from forecast.paths import PAST_MONTHS
from forecast.run import beside
from forecast.run.fitting import normal_near, since_before
from forecast.tables import Layout, refuse_sheet, suggestion
from forecast.vintages import Store, StoredLevel


def load(question: Question, as_of: str | None, show_outcome: bool) -> Data:
    """Read a question's data, with the date that decides what is seen of them: `as_of`, else the config's.

    What was published later is not even read, unless the outcome is to be shown. Raises DataError where the
    target or a related series has no figure by then, and ConfigError for scenarios that do not fit the data.
    """
    date = as_of or question.config.as_of
    refuse_sheet(question.config.target.sheet, question.files)
    data: Data
    if question.config.target.region is None:
        data = _levels(question, date, show_outcome)
        related = []
    else:
        data = _figures(question, date, show_outcome)
        related = ["_".join(name) for name in data.related]
    plan = plan_of(question, as_of)
    months = months_around(data, plan)
    origin = months[PAST_MONTHS - 1]
    if date is not None and data.as_of.to_period("M") > origin + plan.horizon:
        raise ConfigError(
            f"{question.path}: as_of: by {data.as_of.date()} all of the {plan.horizon} months after the last that is "
            f"known, {origin}, are over; name an earlier day, or newer data"
        )
    normal_near(question, data)
    since_before(question, data, as_of)
    try:
        check(plan, months, origin, related)
    except ConfigError as error:
        raise ConfigError(*(f"{question.path}: {problem}" for problem in error.problems)) from None
    return data


def months_around(data: Data, plan: Plan) -> pd.PeriodIndex:
    """Return the months that a scenario may speak of: the last years to the origin, and those that are followed."""
    origin = origin_of(data)
    return pd.period_range(origin - PAST_MONTHS + 1, origin + plan.span, freq="M")


def origin_of(data: Data) -> pd.Period:
    """Return the last month for which the target itself has a figure by the date of the data."""
    if isinstance(data, FigureData):
        return data.figures.as_of(data.as_of).origin(*data.target)
    return pd.Period(data.known.index[-1])


def plan_of(question: Question, as_of: str | None) -> Plan:
    """Return the plan, marked where the question is asked on a later date than its own."""
    own = question.config.as_of
    later = own is not None and as_of is not None and figures.as_day(as_of) > figures.as_day(own)
    return replace(question.plan, asked_again=later)


def _figures(question: Question, date: str | None, show_outcome: bool) -> FigureData:
    target = question.config.target
    assert target.region is not None
    until = None if show_outcome else date
    read = _figures_read(question, until)
    day = figures.as_day(date) if date else read.table["published"].max()
    published = read.as_of(day)
    related = [(s.region, s.sector) for s in question.config.related]
    parts = [(target.region, sector) for sector, _ in question.plan.sectors]
    wanted = ((target.region, target.sector), *related, *parts)
    problems: list[str] = []
    for region, sector in wanted:
        try:
            published.select(region, sector)
        except ForecastError as error:
            problems += error.problems
    if problems:
        raise DataError(*dict.fromkeys(problems))  # a region misspelt is missed by each of its sectors
    return FigureData(read, wanted[0], tuple(related), day)


def _figures_read(question: Question, until: str | None) -> Figures:
    """The figures that the target names, from memory, a store or a file; later than `until` nothing is looked at."""
    target = question.config.target
    if isinstance(question.given, Figures):
        if until is None:
            return question.given
        return replace(question.given.as_of(until), notes=(), left_out=())  # they speak of the whole file
    if target.store is not None:
        assert question.data is not None
        with asked_by(question.place("target")):
            return Store(question.data).figures(until)
    layout = Layout(target.sheet, target.decimal, target.columns, target.fill, target.rates)
    read = figures.read_files(question.files, layout, until)
    return replace(read, notes=(*read.notes, *question.unread))


def _levels(question: Question, date: str | None, show_outcome: bool) -> LevelData:
    target, until = question.config.target, None if show_outcome else date
    y, releases = _own_level(question, date, until)
    like = _like(question, until, str(y.name)) if target.like else None
    if date:
        day = figures.as_day(date)
    elif releases is not None:
        day = releases.days[-1]
    else:
        lag = pd.Timedelta(days=target.release_lag_days)
        day = pd.PeriodIndex(y.index)[-1].end_time.normalize() + lag
    name, lag_days = question.config.name, target.release_lag_days
    data = LevelData(y, name, day, lag_days, like, target.like_lag_days, releases=releases)
    assert len(data.known)  # reading it raises DataError where nothing was published by the date
    return replace(data, indicators=indicators(question, until))


def _own_level(
    question: Question, date: str | None, until: str | None
) -> tuple[pd.Series, StoredLevel | None]:
    """The target's level from memory, a sample, a store, with all of its releases, or files."""
    target = question.config.target
    last = last_seen(until, target.release_lag_days)
    if isinstance(question.given, pd.DataFrame):
        return series.level_of(_seen(question.given, last), target.column), None
    if target.sample is not None:
        return series.sample(target.sample), None
    assert question.data is not None
    if target.store is not None:
        assert target.column is not None
        releases = StoredLevel(question.data, target.column)
        with asked_by(question.place("target")):
            return releases.as_of(figures.as_day(date) if date else releases.days[-1]), releases
    y = series.read_files(
        question.files, target.column, target.sheet, headings=target.columns, decimal=target.decimal, until=last
    )  # fmt: skip
    return y, None


def last_seen(date: figures.Day | None, lag_days: int) -> pd.Period | None:
    """Return the last month whose level is out by a date, so many days after its end; None where all are to be read."""
    if date is None:
        return None
    day = figures.as_day(date) - pd.Timedelta(days=lag_days)
    month = day.to_period("M")
    return month if day.is_month_end else month - 1


@contextmanager
def asked_by(place: str) -> Iterator[None]:
    """Name, in what a store refuses, who asks it: several configs may stand on one."""
    try:
        yield
    except DataError as error:
        raise DataError(*(f"{place}: {problem}" for problem in error.problems)) from None


def _seen(table: pd.DataFrame, last: pd.Period | None) -> pd.DataFrame:
    """The rows of a table in memory up to a month; all of them where none is named or nothing was known by then."""
    if last is None:
        return table
    seen = table[np.asarray(series.months_of(table.index, "table") <= last)]
    return seen if seen.notna().to_numpy().any() else table


def _like(question: Question, until: str | None, own: str) -> pd.DataFrame:
    """The like series among those beside a level, its own column left out."""
    target, file = question.config.target, "the table given"
    lag_days = target.release_lag_days if target.like_lag_days is None else target.like_lag_days
    last = last_seen(until, lag_days)
    if isinstance(question.given, pd.DataFrame):
        every = _seen(question.given, last)
    else:
        file, every = beside.called(question), beside.panel(question, last)
    others = [str(name) for name in every if str(name) != own]
    names = chosen(
        others, target.like, (), f"{question.path}: target", file, "like", every.attrs.get("left_out", ())
    )
    return series.monthly_table(every[names])


def indicators(
    question: Question | BacktestQuestion, until: str | None = None
) -> tuple[Panel | StoredPanel, ...]:
    """Return a panel for each entry of `indicators`, of what is out by a date; all of it by default.

    Raises DataError with every problem, such as a name that stands there twice.
    """
    panels: list[Panel | StoredPanel] = []
    problems: list[str] = []
    for i, (given, file) in enumerate(zip(question.config.indicators, question.indicators, strict=True)):
        try:
            panels.append(_panel(given, file, f"{question.path}: indicators.{i}", until))
        except ForecastError as error:
            problems += error.problems
    names = [indicator.name for panel in panels for indicator in panel.indicators]
    twice = sorted({name for name in names if names.count(name) > 1})
    problems += [
        f'{question.path}: indicators: "{name}" stands there twice; keep one, or rename a column'
        for name in twice
    ]
    if problems:
        raise DataError(*problems)
    return tuple(panels)


def _panel(given: Indicators, file: Path, place: str, until: str | None) -> Panel | StoredPanel:
    """The series of one entry; of a store those that were released by the day, where each day sees its own release."""
    released: dict[str, pd.Timestamp] = {}
    if given.store is not None:
        with asked_by(place):
            held = Store(file).series()
        held = held[held["kind"] == "level"]
        released = dict(zip(held["series"], held["first_published"], strict=True))
        every = list(released)
    else:
        refuse_sheet(given.sheet, [file])
        table = series.read_panel(
            file, sheet=given.sheet, rates=True, until=last_seen(until, given.release_lag_days)
        )
        every = list(map(str, table.columns))
    names = chosen(every, given.columns, given.without, place, file.name)
    if until is not None:  # a name of after the day is no other's double
        names = [name for name in names if name not in released or released[name] <= figures.as_day(until)]
    described = tuple(
        Indicator(name, given.release_lag_days, given.transform, given.quarterly, given.seasonally_adjusted)
        for name in names
    )
    return StoredPanel(file, described) if given.store is not None else Panel(table[names], described)


def _left(pattern: str, left_out: Sequence[str]) -> str:
    """What the reading of a file says of a column of this name that it left out; "" where it says nothing."""
    return next((f"{told}; rename it where it is a level" for told in left_out if f'"{pattern}"' in told), "")


def chosen(
    names: Sequence[str],
    columns: Sequence[str],
    without: Sequence[str],
    place: str,
    file: str,
    key: str = "columns",
    left_out: Sequence[str] = (),
) -> list[str]:
    """Return the names that match a pattern of `columns`, all where there is none, and none of `without`, in order.

    left_out : what the file holds beside them, as its reading tells it
    Raises DataError for every pattern that matches nothing, with the nearest name.
    """
    problems = [
        f'{place}.{which}: no series of {file} is "{pattern}"; {_left(pattern, left_out) or suggestion(pattern, names)}'
        for which, patterns in ((key, columns), ("without", without))
        for pattern in patterns
        if not fnmatch.filter(names, pattern)
    ]
    if problems:
        raise DataError(*problems)

    def matches(name: str, patterns: Sequence[str]) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)

    left = [n for n in names if matches(n, columns or ("*",)) and not matches(n, without)]
    if not left:
        raise DataError(
            f"{place}.without: leaves no series of {file}, which holds {', '.join(names)}; name fewer"
        )
    return left
