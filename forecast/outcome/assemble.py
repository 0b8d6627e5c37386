"""From an `Estimate` to the `Outcome` that a report prints."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import calendar
from forecast.arrays import trailing_mean
from forecast.estimate import Data, Estimate, FigureData
from forecast.normal import normal_path
from forecast.outcome import (
    Definition,
    FailedRow,
    FanMonth,
    HistoryMonth,
    Labels,
    Milestone,
    ModelRow,
    NormalResult,
    Outcome,
    RecoveryResult,
    ReturnMonth,
    Rule,
    SlumpResult,
    Stamp,
    planning,
    published,
)
from forecast.outcome.earlier_slumps import earlier_slumps
from forecast.outcome.nowcast import nowcast
from forecast.outcome.onset import onset
from forecast.outcome.record import shipped
from forecast.outcome.releases import next_releases
from forecast.outcome.season import season
from forecast.outcome.sectors import sectors
from forecast.outcome.sensitivity import sensitivity
from forecast.outcome.watch import watch, watch_related
from forecast.paths import quantiles
from forecast.recovery import Recovery
from forecast.scenario import BASELINE
from forecast.slump import FIRST_CANDIDATE

Floats = npt.NDArray[np.float64]

STALE_MONTHS = 4
"""From so many months between the last figure and the date of the report on, the report says so."""

FAN = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@dataclass(frozen=True)
class Labelled:
    """What a report needs beside the numbers: names, and how to make it again."""

    name: str
    title: Labels
    scenarios: dict[str, Labels]  # the baseline among them
    calendar: str
    stamp: Stamp


def assemble(data: Data, estimate: Estimate, labelled: Labelled) -> Outcome:
    """Put the answer into the form of a report: months as text, levels in percent of normal, shares as shares."""
    plan, slump = estimate.plan, estimate.slump
    return Outcome(
        name=labelled.name,
        title=labelled.title,
        unit="figures" if isinstance(data, FigureData) else "levels",
        as_of=str(data.as_of.date()),
        origin=str(estimate.history.origin),
        data_to=published.data_to(data),
        horizon=plan.horizon,
        calendar=labelled.calendar,
        latest=published.latest(data),
        normal=_normal(estimate),
        slump=_slump(estimate) if slump.under_way else None,
        rule=Rule(
            slump.window, slump.hold, plan.slump.window is None,
            _pct(slump.sigma), plan.slump.threshold_pct,
        ),
        history=_past(estimate),
        fan=_fan(estimate),
        recovery=_recoveries(estimate, labelled.scenarios),
        figures=published.figures(data, estimate.levels),
        models=_models(estimate),
        failed=tuple(FailedRow(f.model, f.series, f.origin, f.reason) for f in estimate.failed),
        notes=_notes(data, estimate),
        stamp=labelled.stamp,
        scenarios=planning.scenarios(estimate, labelled.scenarios),
        targets=planning.targets(estimate),
        next_releases=next_releases(estimate),
        record=shipped(plan.models),
        earlier_slumps=earlier_slumps(estimate, data.as_of),
        sensitivity=sensitivity(estimate),
        season=season(estimate),
        sectors=sectors(estimate),
        watch=watch(estimate),
        watch_related=watch_related(data, estimate, labelled.stamp.seed),
        onset=onset(estimate),
        nowcast=nowcast(estimate, data.as_of),
    )  # fmt: skip


def milestone(recovery: Recovery, horizon: int) -> Milestone:
    """Say when one definition of normal is reached."""
    median = recovery.quantile(0.5)
    return Milestone(
        str(median) if median is not None else None,
        None if median is not None else str(recovery.origin + horizon),
        recovery.p_already_back,
        recovery.by(min(12, horizon)),
        recovery.p_not_within_horizon,
    )


def _recoveries(estimate: Estimate, labels: dict[str, Labels]) -> dict[str, RecoveryResult]:
    """The answer of the baseline and of every scenario that has one."""
    answers = {BASELINE: estimate.recovery}
    answers |= {found.name: found.recovery for found in estimate.scenarios if found.recovery}
    return {name: _recovery(found, estimate, labels[name]) for name, found in answers.items()}


def _recovery(answers: dict[str, Recovery], estimate: Estimate, label: Labels) -> RecoveryResult:
    found = answers[estimate.plan.normal.kind]
    horizon = estimate.plan.horizon

    def interval(ends: tuple[pd.Period | None, pd.Period | None]) -> tuple[str | None, str | None]:
        return _said(ends[0]), _said(ends[1])

    months = [str(found.origin + h) for h in range(1, horizon + 1)]
    return RecoveryResult(
        label=label,
        median=_said(found.median),
        median_after=_said(found.median_after),
        interval_50=interval(found.interval_50),
        interval_80=interval(found.interval_80),
        interval_90=interval(found.interval_90),
        p_already_back=found.p_already_back,
        p_within_6=found.p_within_6,
        p_within_12=found.p_within_12,
        p_within_24=found.p_within_24,
        p_not_within_horizon=found.p_not_within_horizon,
        p_relapse=found.p_relapse,
        p_trough_passed=found.p_trough_passed,
        effective_paths=found.effective_paths,
        distribution=tuple(
            ReturnMonth(month, float(p), found.by(h))
            for h, (month, p) in enumerate(zip(months, found.distribution, strict=True), start=1)
        ),
        old_trend=milestone(answers["trend"], horizon),
        trough=_bottomed_out(found, horizon) if estimate.slump.under_way else None,
    )


def _said(month: pd.Period | None) -> str | None:
    return None if month is None else str(month)


def _bottomed_out(found: Recovery, horizon: int) -> Milestone:
    """When output stops falling, which may lie behind."""
    median = found.trough.quantile(0.5)
    return Milestone(
        str(median) if median is not None else None,
        None if median is not None else str(found.origin + horizon),
        found.p_trough_passed,
        found.trough.by(min(12, horizon)),
        1.0 - found.trough.by(horizon),
    )


def _gap_at_origin(estimate: Estimate, kind: str) -> float:
    """Mean gap of the last `window` months, percent."""
    paths = estimate.paths
    past = slice(paths.past - estimate.slump.window, paths.past)
    log_gap = np.log(estimate.history.values[:, -estimate.slump.window :]) - np.log(
        estimate.normals[kind][:, past]
    )
    return float(100.0 * np.expm1(log_gap.mean()))


def _normal(estimate: Estimate) -> NormalResult:
    """Levels of normal are free of season: exp of log normal without the effects, at the origin."""
    history, m = estimate.history, len(estimate.history.months)
    at = estimate.paths.past - 1
    level = {
        kind: float(np.exp((np.log(path[:, at]) - history.effects[:, m - 1]).mean()))
        for kind, path in estimate.normals.items()
    }
    definitions = tuple(
        Definition(
            kind,
            level[kind],
            _gap_at_origin(estimate, kind),
            milestone(estimate.recovery[kind], estimate.plan.horizon),
        )
        for kind in estimate.normals
    )
    kind = estimate.plan.normal.kind
    return NormalResult(kind, level[kind], definitions)


def pct_of_normal(estimate: Estimate) -> Floats:
    """Return the whole history in percent of normal, one row per draw, (k, m)."""
    history = estimate.history
    return 100.0 * history.values / normal_path(history, estimate.slump, estimate.plan.normal, history.months)


def _slump(estimate: Estimate) -> SlumpResult:
    slump, months = estimate.slump, estimate.history.months
    smooth = trailing_mean(pct_of_normal(estimate).mean(axis=0), 3)
    start = (slump.start - months[0]).n
    trough = start + int(np.argmin(smooth[start:]))
    return SlumpResult(
        str(slump.start), estimate.plan.slump.start is not None, str(slump.peak_from), str(slump.peak_to),
        str(months[trough]), float(smooth[trough]), _gap_at_origin(estimate, estimate.plan.normal.kind),
    )  # fmt: skip


def _past(estimate: Estimate) -> tuple[HistoryMonth, ...]:
    history = estimate.history
    pct = pct_of_normal(estimate)
    lower, upper = np.quantile(pct, [0.1, 0.9], axis=0)
    level, middle = history.values.mean(axis=0), np.median(pct, axis=0)
    return tuple(
        HistoryMonth(
            str(month), float(level[t]), float(middle[t]), float(lower[t]), float(upper[t]),
            "reconstructed" if history.reconstructed[t] else "published",
        )
        for t, month in enumerate(history.months)
    )  # fmt: skip


def _fan(estimate: Estimate) -> tuple[FanMonth, ...]:
    paths, h = estimate.paths, estimate.plan.horizon
    path = estimate.normals[estimate.plan.normal.kind][:, paths.past : paths.past + h]
    pct = 100.0 * paths.future[:, :h] / path[paths.draw]
    q05, q10, q25, q50, q75, q90, q95 = quantiles(pct, paths.weights, FAN).tolist()
    return tuple(
        FanMonth(str(month), q50[t], q25[t], q75[t], q10[t], q90[t], q05[t], q95[t])
        for t, month in enumerate(paths.future_months[:h])
    )


def _models(estimate: Estimate) -> tuple[ModelRow, ...]:
    """The members of the pool, then those beside it, whose weight is 0."""
    rows = []
    for name in estimate.simulated:
        back = milestone(estimate.members[name], estimate.plan.horizon)
        weight = float(estimate.paths.weights[estimate.paths.model == name].sum())
        rows.append(
            ModelRow(
                name,
                weight,
                estimate.summaries[name],
                back.median,
                back.p_within_12,
                back.p_not_within_horizon,
            )
        )
    return tuple(rows)


def _notes(data: Data, estimate: Estimate) -> tuple[str, ...]:
    """Codes of the plain warnings that the report prints."""
    slump, history, plan = estimate.slump, estimate.history, estimate.plan
    span = pd.period_range(history.months[0], history.origin + plan.horizon, freq="M")
    delay = 0 if isinstance(data, FigureData) else data.release_lag_days
    asked = (data.as_of - pd.Timedelta(days=delay)).to_period("M")
    found = {
        "stale": (asked - history.origin).n >= STALE_MONTHS,
        "no_slump": not slump.under_way,
        "slump_start_given": plan.slump.start is not None,
        "short_history": len(history.months) < FIRST_CANDIDATE,
        "reconstructed": estimate.levels is not None and bool(history.reconstructed.any()),
        "gaps": estimate.levels is None and bool(history.reconstructed.any()),
        "holidays_unknown": bool(calendar.beyond_known(span, plan.country, plan.holidays)),
        "failed_fits": bool(estimate.failed),
    }
    return tuple(code for code, holds in found.items() if holds)


def _pct(log_change: float) -> float:
    return float(100.0 * np.expm1(log_change))
