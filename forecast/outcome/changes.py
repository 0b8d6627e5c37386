"""What changed since an earlier report: its question asked again, release by release, until now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from forecast.errors import ForecastError
from forecast.estimate import Data, Estimate, LevelData, estimate
from forecast.outcome import Change, Changes, Printed
from forecast.paths import quantiles
from forecast.recovery import Recovery

MOST_STEPS = 4
"""Releases told one by one; more are taken together by series, so that a run stays short."""

YEAR = 12


def changes(data: Data, now: Estimate, since: pd.Timestamp, seed: int) -> Changes | None:
    """Split the change of the answer since a day among the releases published after it, in their order.

    Each row is the answer with the release less the answer before it, the same function and seed at every step, so
    the rows add up to the whole change. The chance is that of being back by one fixed month, a year after today's
    origin, or at the earlier horizon's end. None where nothing was published since, or nothing could be said then.
    """
    steps = _steps(data, since)
    if not steps:
        return None
    plan = replace(now.plan, scenarios=(), annual_targets=(), sectors=())
    try:
        estimates = [estimate(replace(data, as_of=since), plan, seed)]
        estimates += [estimate(step, plan, seed) for step, _ in steps[:-1]]
    except ForecastError:
        return None
    estimates.append(now)
    kind = now.plan.normal.kind
    answers = [found.recovery[kind] for found in estimates]
    by = min(now.history.origin + min(YEAR, plan.horizon), *(a.origin + a.horizon for a in answers))
    chances = [answer.by((by - answer.origin).n) for answer in answers]
    rows = [
        Change(
            told[0].published,
            *told[0].series,
            tuple(_printed(one, before, data) for one in told),
            after - chance,
        )
        for (_, told), before, chance, after in zip(steps, estimates, chances, chances[1:], strict=False)
    ]
    return Changes(
        str(since.date()),
        str(by),
        chances[0],
        chances[-1],
        _median(answers[0]),
        _median(answers[-1]),
        tuple(rows),
    )


class _Told(NamedTuple):
    """One newly published number of a series (region, sector)."""

    published: str
    series: tuple[str, str]
    period: pd.Period
    measure: str
    value: float


def _steps(data: Data, since: pd.Timestamp) -> list[tuple[Data, list[_Told]]]:
    """The data as they grew since a day, each state with what it added; the last is what is known now."""
    if isinstance(data, LevelData):
        return _levels_added(data, since)
    table = data.figures.as_of(data.as_of).table
    of = list(zip(table["region"], table["sector"], strict=True))
    kept = [series in (data.target, *data.related) for series in of]
    new = table[np.asarray(kept) & (table["published"] > since)]
    told = [
        _Told(str(row.published.date()), (row.region, row.sector), row.period, row.measure, row.value)
        for row in replace(data.figures, table=new).rows()
    ]
    groups = _grouped(told, data.target)
    steps: list[tuple[Data, list[_Told]]] = []
    for i, group in enumerate(groups):
        later = {(one.published, one.series) for rest in groups[i + 1 :] for one in rest}
        out = [(str(day.date()), series) in later for day, series in zip(table["published"], of, strict=True)]
        steps.append((replace(data, figures=replace(data.figures, table=table[~np.asarray(out)])), group))
    return steps


def _grouped(told: list[_Told], target: tuple[str, str]) -> list[list[_Told]]:
    """Releases in order, the target's last on its day; too many are taken together by series, the target's last."""
    releases = len({(one.published, one.series) for one in told})
    groups: dict[tuple[Any, ...], list[_Told]] = {}
    for one in told:
        key = (one.series == target, one.series)
        groups.setdefault((one.published, *key) if releases <= MOST_STEPS else key, []).append(one)
    return [sorted(groups[key], key=lambda one: (one.period, one.measure)) for key in sorted(groups)]


def _levels_added(data: LevelData, since: pd.Timestamp) -> list[tuple[Data, list[_Told]]]:
    """All months published since a day, in one step."""
    known = data.known
    try:
        before = replace(data, as_of=since).known
    except ForecastError:
        return []
    lag = pd.Timedelta(days=data.release_lag_days)
    told = [
        _Told(
            str((month.end_time.normalize() + lag).date()), (data.name, "total"), month, "index", float(level)
        )
        for month, level in zip(pd.PeriodIndex(known.index), known, strict=True)
        if month > before.index[-1] and np.isfinite(level)
    ]
    return [(data, told)] if told else []


def _printed(told: _Told, before: Estimate, data: Data) -> Printed:
    """A number with what was expected of it, where the answer before had forecast it."""
    paths, expected = before.paths, None
    own = isinstance(data, LevelData) or told.series == data.target
    if (
        own
        and told.period in paths.future_months
        and told.measure in ("index", "mom_pct", "yoy_pct", "ytd_yoy_pct")
    ):
        values = paths.future if told.measure == "index" else paths.printed(told.measure)
        at = [(told.period - paths.origin).n - 1]
        expected = float(quantiles(values[:, at], paths.weights, (0.5,))[0, 0])
    return Printed(str(told.period), told.measure, told.value, expected)


def _median(answer: Recovery) -> str | None:
    found = answer.quantile(0.5)
    return None if found is None else str(found)
