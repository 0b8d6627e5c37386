"""The answer: history, fan, slump and rule, and the month of return of every scenario."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from forecast.answers.definitions import gap_at_origin
from forecast.answers.milestones import bottomed_out, milestone
from forecast.arrays import YEAR, Floats, trailing_mean
from forecast.estimate import Estimate
from forecast.normal import normal_path
from forecast.outcome import (
    FanMonth,
    HistoryMonth,
    Labels,
    RecoveryResult,
    ReturnMonth,
    Rule,
    SlumpResult,
)
from forecast.paths import quantiles
from forecast.recovery import Recovery
from forecast.scenario import BASELINE

FAN = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""Shares whose quantiles bound the bands of 50, 80 and 90 outcomes in 100."""


def slump(estimate: Estimate) -> SlumpResult | None:
    """Return the slump as dated with what was known; None where none is under way."""
    if not estimate.slump.under_way:
        return None
    slump, months = estimate.slump, estimate.history.months
    smooth = trailing_mean(pct_of_normal(estimate).mean(axis=0), 3)
    start = (slump.start - months[0]).n
    trough = start + int(np.argmin(smooth[start:]))
    return SlumpResult(
        slump.start, estimate.plan.slump.start == slump.start, slump.peak_from, slump.peak_to,
        months[trough], float(smooth[trough]), gap_at_origin(estimate, estimate.plan.normal.kind),
    )  # fmt: skip


def history(estimate: Estimate) -> tuple[HistoryMonth, ...]:
    """Return the past in index points and percent of normal, with its 80 % interval."""
    history = estimate.history
    pct = pct_of_normal(estimate)
    lower, upper = np.quantile(pct, [0.1, 0.9], axis=0)
    level, middle = history.values.mean(axis=0), np.median(pct, axis=0)
    return tuple(
        HistoryMonth(
            month, float(level[t]), float(middle[t]), float(lower[t]), float(upper[t]),
            "reconstructed" if history.reconstructed[t] else "published",
        )
        for t, month in enumerate(history.months)
    )  # fmt: skip


def fan(estimate: Estimate) -> tuple[FanMonth, ...]:
    """Return the quantiles of the baseline in percent of normal, month by month."""
    paths, h = estimate.paths, estimate.plan.horizon
    path = estimate.normals[estimate.plan.normal.kind][:, paths.past : paths.past + h]
    pct = 100.0 * paths.future[:, :h] / path[paths.draw]
    q05, q10, q25, q50, q75, q90, q95 = quantiles(pct, paths.weights, FAN).tolist()
    return tuple(
        FanMonth(month, q50[t], q25[t], q75[t], q10[t], q90[t], q05[t], q95[t])
        for t, month in enumerate(paths.future_months[:h])
    )


def rule(estimate: Estimate) -> Rule:
    """Return the rule that says when output is back, and the noise it was chosen by."""
    slump, spec = estimate.slump, estimate.plan.slump
    return Rule(slump.window, slump.hold, spec.window is None, _pct(slump.sigma), spec.threshold_pct)


def recoveries(estimate: Estimate, labels: dict[str, Labels]) -> dict[str, RecoveryResult]:
    """Return the answer of the baseline and of every scenario that has one."""
    answers: dict[str, Mapping[str, Recovery]] = {BASELINE: estimate.recovery}
    answers |= {one.name: one.recovery for one in estimate.scenarios if one.recovery}
    together = estimate.ahead.together(estimate.paths)
    return {name: _recovery(by_kind, estimate, labels[name], together) for name, by_kind in answers.items()}


def _recovery(
    by_kind: Mapping[str, Recovery], estimate: Estimate, label: Labels, together: npt.NDArray[np.int64]
) -> RecoveryResult:
    recovery = by_kind[estimate.plan.normal.kind]
    months = [recovery.origin + h for h in range(1, recovery.horizon + 1)]
    return RecoveryResult(
        label=label,
        median=recovery.median,
        median_after=recovery.median_after,
        interval_50=recovery.interval_50,
        interval_80=recovery.interval_80,
        interval_90=recovery.interval_90,
        p_already_back=recovery.p_already_back,
        p_within_6=recovery.p_within_6,
        p_within_12=recovery.p_within_12,
        p_within_24=recovery.p_within_24,
        p_not_within_horizon=recovery.p_not_within_horizon,
        p_relapse=recovery.p_relapse,
        p_trough_passed=recovery.p_trough_passed,
        effective_paths=recovery.effective_paths,
        distribution=tuple(
            ReturnMonth(month, float(p), recovery.by(h))
            for h, (month, p) in enumerate(zip(months, recovery.distribution, strict=True), start=1)
        ),
        old_trend=milestone(by_kind["trend"]),
        trough=bottomed_out(recovery) if estimate.slump.under_way else None,
        p_within_12_error=recovery.error(min(YEAR, recovery.horizon), together),
    )


def pct_of_normal(estimate: Estimate) -> Floats:
    """Return the whole history in percent of normal, one row per draw, (k, m)."""
    history = estimate.history
    return 100.0 * history.values / normal_path(history, estimate.slump, estimate.plan.normal, history.months)


def _pct(log_change: float) -> float:
    return float(100.0 * np.expm1(log_change))
