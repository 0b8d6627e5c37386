"""What changed since an earlier report: its question asked again, release by release, until now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from forecast.answers.onset import begun_by
from forecast.arrays import YEAR
from forecast.errors import ForecastError
from forecast.estimate import Data, Estimate, LevelData, estimate
from forecast.nowcast import by_release, news
from forecast.outcome import Change, Changes, Printed
from forecast.paths import quantiles

MOST_STEPS = 4
"""Releases told one by one; more are taken together by series. chosen: each is an estimate anew, some 5 CPU seconds."""

ROUNDING = 1e-9
"""Share of a level under which two prints are the same. chosen: far under the last digit of any print."""

REVISED = "revised"
"""What months of a level that were known before and moved are called, in place of a sector."""

INDICATORS = ("indicators", "total")
"""What like series and indicators of a target known by levels are called in a row of their own."""


def changes(data: Data, now: Estimate, since: pd.Timestamp | None, seed: int) -> Changes | None:
    """Split the change of the answer since a day among the releases published after it, in their order.

    Each row is the answer with the release less the answer before it, the same function and seed at every step, so
    the rows add up to the whole change. The chance is that of being back by one fixed month, a year after today's
    origin, or at the earlier horizon's end. Where nothing slumps it is that of a slump begun by then. Beside it stands
    what the release did to the growth on a year ago that is expected of the month after today's origin. None without a
    day, where nothing was published since it, nothing could be said then of the months after today's origin, or a
    slump was under way then and has ended.
    """
    steps = _steps(data, since) if since is not None else []
    if since is None or not steps:
        return None
    plan = now.plan.alone()
    try:
        states = [_on(data, since), *(step for step, _ in steps[:-1])]
        estimates = [estimate(state, plan, seed).without_fits() for state in states]
    except ForecastError:
        return None
    estimates.append(now)
    kind = now.plan.normal.kind
    answers = [one.recovery[kind] for one in estimates]
    by = min(now.history.origin + min(YEAR, plan.horizon), *(a.origin + a.horizon for a in answers))
    if by <= now.history.origin:
        return None
    chances = _chances(estimates, by)
    if chances is None:
        return None
    # a release in between may reach further than the last
    month = max(one.history.origin for one in estimates) + 1
    if month not in now.paths.future_months:
        return None
    rows = _rows(data, steps, estimates, chances, [_expected(one, month) for one in estimates])
    ends = (answers[0].median, answers[-1].median)
    medians = ends if now.slump.under_way else (None, None)
    slumps = [one.slump.under_way for one in (estimates[0], now)]
    return Changes(
        str(since.date()), by, chances[0], chances[-1], *medians, rows, month,
        event="return" if slumps[-1] else "slump", entered=slumps == [False, True],
    )  # fmt: skip


def _rows(
    data: Data,
    steps: Sequence[tuple[Data, list[_NewFigure]]],
    estimates: Sequence[Estimate],
    chances: Sequence[float],
    expected: Sequence[float],
) -> tuple[Change, ...]:
    """A row for each step: what was published, and what it did to the chance and to the growth expected."""
    return tuple(
        Change(
            max(one.published for one in added),
            *added[0].series,
            _all_printed(added, before, after, data),
            chances[i + 1] - chances[i],
            expected[i + 1] - expected[i],
            _first_of_several(added),
        )
        for i, ((_, added), (before, after)) in enumerate(zip(steps, pairwise(estimates), strict=True))
    )


def _chances(estimates: Sequence[Estimate], by: pd.Period) -> list[float] | None:
    """The chance of being back by a month in each state, or, where none slumps now, that a slump has begun by it.

    None where a slump was under way then and has ended.
    """
    kind = estimates[-1].plan.normal.kind
    if estimates[-1].slump.under_way:
        return [(of := one.recovery[kind]).by((by - of.origin).n) for one in estimates]
    begun = [p for one in estimates if (p := begun_by(one, by)) is not None]
    return begun if len(begun) == len(estimates) else None


def _first_of_several(added: Sequence[_NewFigure]) -> str | None:
    """The day of the first of several releases that are told together; None for one."""
    days = {one.published for one in added}
    return min(days) if len(days) > 1 else None


def _on(data: Data, day: pd.Timestamp) -> Data:
    """The data as they stood on a day."""
    return data.on(day) if isinstance(data, LevelData) else replace(data, as_of=day)


class _NewFigure(NamedTuple):
    """One newly published number of a series (region, sector)."""

    published: str
    series: tuple[str, str]
    period: pd.Period
    measure: str
    value: float


def _steps(data: Data, since: pd.Timestamp) -> list[tuple[Data, list[_NewFigure]]]:
    """The data as they grew since a day, each state with what it added; the last is what is known now."""
    if isinstance(data, LevelData):
        return _levels_added(data, since)
    table = data.figures.as_of(data.as_of).table
    of = list(zip(table["region"], table["sector"], strict=True))
    kept = [series in (data.target, *data.related) for series in of]
    new = table[np.asarray(kept) & (table["published"] > since)]
    added = [
        _NewFigure(str(row.published.date()), (row.region, row.sector), row.period, row.measure, row.value)
        for row in replace(data.figures, table=new).rows()
    ]
    groups = _grouped(added, data.target)
    steps: list[tuple[Data, list[_NewFigure]]] = []
    for i, group in enumerate(groups):
        later = {(one.published, one.series) for rest in groups[i + 1 :] for one in rest}
        out = [(str(day.date()), series) in later for day, series in zip(table["published"], of, strict=True)]
        steps.append((replace(data, figures=replace(data.figures, table=table[~np.asarray(out)])), group))
    return steps


def _grouped(added: list[_NewFigure], target: tuple[str, str]) -> list[list[_NewFigure]]:
    """Releases in order, the target's last on its day; too many are taken together by series, the target's last."""
    releases = len({(one.published, one.series) for one in added})
    groups: dict[tuple[Any, ...], list[_NewFigure]] = {}
    for one in added:
        key = (one.series == target, one.series)
        groups.setdefault((one.published, *key) if releases <= MOST_STEPS else key, []).append(one)
    return [sorted(groups[key], key=lambda one: (one.period, one.measure)) for key in sorted(groups)]


def _levels_added(data: LevelData, since: pd.Timestamp) -> list[tuple[Data, list[_NewFigure]]]:
    """What like series and indicators published since a day, then each release of the target.

    A release that revises earlier months is taken in two steps, the months known before it first.
    """
    try:
        earlier = data.on(since)
        before = earlier.known
    except ForecastError:
        return []
    steps: list[tuple[Data, list[_NewFigure]]] = []
    if _figures_beside(data) > _figures_beside(earlier):
        last = str(_last_beside(data).date())
        beside = _NewFigure(last, INDICATORS, data.known.index[-1], "index", np.nan)
        steps.append((replace(data, y=before), [beside]))
    for day, release in _releases(data, since):
        shared = release[: before.index[-1]]
        revised = _revised(before.dropna(), shared.dropna())
        if revised:
            added = [_level_printed(data, month, release, day, REVISED) for month in revised]
            steps.append((replace(data, y=shared), added))
        new = release[release.index > before.index[-1]].dropna()
        if len(new):
            added = [
                _level_printed(data, month, release, day, "total") for month in pd.PeriodIndex(new.index)
            ]
            steps.append((replace(data, y=release), added))
        before = release
    return steps


def _releases(data: LevelData, since: pd.Timestamp) -> list[tuple[pd.Timestamp | None, pd.Series[float]]]:
    """What was known after each release since a day; of a series without releases of its own, what is known now.

    More than four releases are taken together.
    """
    if data.releases is None:
        return [(None, data.known)]
    days = data.releases.days
    days = days[(days > since) & (days <= data.as_of)]
    days = days if len(days) <= MOST_STEPS else days[-1:]
    return [(day, replace(data, y=data.releases.as_of(day)).known) for day in days]


def _revised(before: pd.Series[float], after: pd.Series[float]) -> list[pd.Period]:
    """Months whose level is new or moved against the others; the last alone where only the base year changed.

    In another base year a level moves by as much as the last digits of both releases leave open.
    """
    filled = list(pd.PeriodIndex(after.index.difference(before.index)))
    ratio = (after / before).dropna()
    if ratio.empty:
        return filled
    unprinted = (_last_digit(before) / before + _last_digit(after) / after).reindex(ratio.index) / 2.0
    slack = ROUNDING if abs(ratio.median() - 1.0) <= ROUNDING else unprinted + ROUNDING
    apart = ratio[(ratio / ratio.median() - 1.0).abs() > slack]
    if len(apart) or filled:
        return sorted([*pd.PeriodIndex(apart.index), *filled])
    return [] if (ratio - 1.0).abs().max() <= ROUNDING else [pd.PeriodIndex(ratio.index)[-1]]


def _last_digit(level: pd.Series[float]) -> float:
    """The unit of the last decimal that a release prints, 0 where it prints more than six."""
    levels = level.dropna().to_numpy(dtype=float)
    printed = (digits for digits in range(7) if np.abs(levels - levels.round(digits)).max() < ROUNDING)
    return next((10.0**-digits for digits in printed), 0.0)


def _level_printed(
    data: LevelData, month: pd.Period, release: pd.Series[float], day: pd.Timestamp | None, part: str
) -> _NewFigure:
    """A level as it was told on the day of its release, or after the usual delay."""
    out = month.end_time.normalize() + pd.Timedelta(days=data.release_lag_days) if day is None else day
    return _NewFigure(
        str(out.date()), (data.name, part), month, "index", float(release[release.index == month].iloc[0])
    )


def _last_beside(data: LevelData) -> pd.Timestamp:
    """The day on which the last known figure of a like series or an indicator was published."""
    months = pd.PeriodIndex(data.known_panel.dropna(how="all").index)
    days = [of.end_time.normalize() + pd.Timedelta(days=data.lag_of_panel) for of in months[-1:]]
    days += [day for of in data.indicators if (day := of.last_published(data.as_of)) is not None]
    return max(days)


def _figures_beside(data: LevelData) -> int:
    """How many figures of like series and indicators were known."""
    tables = [data.known_panel, *(panel.as_of(data.as_of).table for panel in data.indicators)]
    return sum(int(np.isfinite(table.to_numpy(dtype=float)).sum()) for table in tables)


def _indicators_printed(before: Estimate, after: Estimate) -> tuple[Printed, ...]:
    """Growth of the indicators that moved a nowcast most, with what was expected of them; none without a nowcast."""
    old, new = (one.ahead.nowcast for one in (before, after))
    if old is None or new is None:
        return ()
    rows = by_release(news(old, new))
    rows = rows[rows["kind"] == "release"].sort_values("effect", key=np.abs, ascending=False).head(MOST_STEPS)
    columns = ("month", "indicator", "actual", "expected")
    return tuple(Printed(*cells) for cells in rows.iloc[::-1][list(columns)].to_numpy().tolist())


def _expected(answer: Estimate, month: pd.Period) -> float:
    """Median growth of a month on a year ago, percent."""
    at = (month - answer.paths.origin).n - 1
    growth = answer.paths.until(at + 1).printed("yoy_pct")[:, [at]]
    return float(quantiles(growth, answer.paths.weights, (0.5,))[0, 0])


def _all_printed(
    added: Sequence[_NewFigure], before: Estimate, after: Estimate, data: Data
) -> tuple[Printed, ...]:
    """The numbers of a step, each with what was expected of it."""
    if added[0].series == INDICATORS:
        return _indicators_printed(before, after)
    return tuple(_printed(one, before, data) for one in added)


def _printed(figure: _NewFigure, before: Estimate, data: Data) -> Printed:
    """A number with what was expected of it, where the answer before had forecast it."""
    paths, expected = before.paths, None
    own = isinstance(data, LevelData) or figure.series == data.target
    if (
        own
        and figure.period in paths.future_months
        and figure.measure in ("index", "mom_pct", "yoy_pct", "ytd_yoy_pct")
    ):
        at = [(figure.period - paths.origin).n - 1]
        near = paths.until(at[0] + 1)
        values = near.future if figure.measure == "index" else near.printed(figure.measure)
        expected = float(quantiles(values[:, at], paths.weights, (0.5,))[0, 0])
    return Printed(figure.period, figure.measure, figure.value, expected)
