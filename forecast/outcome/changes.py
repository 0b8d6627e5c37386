"""What changed since an earlier report: its question asked again, release by release, until now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from forecast.errors import ForecastError
from forecast.estimate import Data, Estimate, LevelData, estimate
from forecast.nowcast import by_release, news
from forecast.outcome import Change, Changes, Printed
from forecast.paths import quantiles
from forecast.recovery import Recovery

MOST_STEPS = 4
"""Releases told one by one; more are taken together by series, so that a run stays short."""

YEAR = 12
INDICATORS = ("indicators", "total")
"""What like series and indicators of a target known by levels are called in a row of their own."""


def changes(data: Data, now: Estimate, since: pd.Timestamp, seed: int) -> Changes | None:
    """Split the change of the answer since a day among the releases published after it, in their order.

    Each row is the answer with the release less the answer before it, the same function and seed at every step, so
    the rows add up to the whole change. The chance is that of being back by one fixed month, a year after today's
    origin, or at the earlier horizon's end. Beside it stands what the release did to the growth on a year ago that is
    expected of the month after today's origin. None where nothing was published since, or nothing could be said then.
    """
    steps = _steps(data, since)
    if not steps:
        return None
    plan = now.plan.alone()
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
    month = now.paths.future_months[0]
    expected = [_expected(found, month) for found in estimates]
    rows = [
        Change(
            told[0].published,
            *told[0].series,
            _indicators_printed(*estimates[i : i + 2])
            if told[0].series == INDICATORS
            else tuple(_printed(one, estimates[i], data) for one in told),
            chances[i + 1] - chances[i],
            expected[i + 1] - expected[i],
        )
        for i, (_, told) in enumerate(steps)
    ]
    return Changes(
        str(since.date()),
        str(by),
        chances[0],
        chances[-1],
        _median(answers[0]),
        _median(answers[-1]),
        tuple(rows),
        str(month),
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
    """What like series and indicators published since a day, then all months of the target, each in one step."""
    known, earlier = data.known, replace(data, as_of=since)
    try:
        before = earlier.known
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
    steps: list[tuple[Data, list[_Told]]] = [(data, told)] if told else []
    if _figures_beside(data) > _figures_beside(earlier):
        heard = _Told(str(data.as_of.date()), INDICATORS, known.index[-1], "index", np.nan)
        steps.insert(0, (replace(data, y=before), [heard]))
    return steps


def _figures_beside(data: LevelData) -> int:
    """How many figures of like series and indicators were known."""
    tables = [data.known_panel, *(panel.as_of(data.as_of).table for panel in data.indicators)]
    return sum(int(np.isfinite(table.to_numpy(dtype=float)).sum()) for table in tables)


def _indicators_printed(before: Estimate, after: Estimate) -> tuple[Printed, ...]:
    """Growth of the indicators that moved a nowcast most, with what was expected of them; none without a nowcast."""
    old, new = (None if found.ahead is None else found.ahead.nowcast for found in (before, after))
    if old is None or new is None:
        return ()
    rows = by_release(news(old, new))
    rows = rows[rows["kind"] == "release"].sort_values("effect", key=np.abs, ascending=False).head(MOST_STEPS)
    columns = ("month", "indicator", "actual", "expected")
    return tuple(Printed(*cells) for cells in rows.iloc[::-1][list(columns)].to_numpy().tolist())


def _expected(found: Estimate, month: pd.Period) -> float:
    """Median growth of a month on a year ago, percent."""
    at = (month - found.paths.origin).n - 1
    return float(quantiles(found.paths.printed("yoy_pct")[:, [at]], found.paths.weights, (0.5,))[0, 0])


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
