"""The planner's questions, read from the paths: scenarios compared, annual targets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from forecast.estimate import Estimate, WhatIf
from forecast.outcome import AssumedMonth, Labels, ScenarioRow, TargetRow
from forecast.paths import Paths, quantiles
from forecast.recovery import Recovery
from forecast.scenario import Assumed

Floats = npt.NDArray[np.float64]

YEAR = 12
FASTEST_MONTHLY = 0.5  # beyond 50 % a month a target is out of reach, not a growth rate


def scenarios(estimate: Estimate, labels: dict[str, Labels]) -> tuple[ScenarioRow, ...]:
    """Compare every scenario with the baseline, which is the first row; none where there are no scenarios."""
    if not estimate.scenarios:
        return ()
    kind = estimate.plan.normal.kind
    base = estimate.recovery[kind]
    baseline = WhatIf("baseline", estimate.paths, estimate.recovery, None)
    rows = [_scenario(found, base, kind, labels[found.name]) for found in (baseline, *estimate.scenarios)]
    said = {scenario.name: scenario.assumed for scenario in estimate.plan.scenarios}
    months = [
        tuple(row for one in said.get(found.name, ()) for row in _assumed(one, found, estimate))
        for found in (baseline, *estimate.scenarios)
    ]
    return tuple(replace(row, assumed=of) for row, of in zip(rows, months, strict=True))


def _assumed(said: Assumed, found: WhatIf, estimate: Estimate) -> list[AssumedMonth]:
    """The months that an assumed path names, or where it holds from the start the twelfth; none where refused."""
    related, paths = found.related, estimate.paths
    if related is None:
        return []
    at = related.names.index(said.series)
    forecast = related.log_levels[at]
    assumed = forecast + related.moved(said, paths)
    slope = quantiles(related.elasticity[at][:, None], paths.weights, (0.5, 0.1, 0.9))[:, 0].tolist()
    rows = []
    for month in said.months or (paths.origin + YEAR,):
        t = (month - paths.months[0]).n
        growth, expected = (
            100.0 * np.expm1(level[:, t] - level[:, t - YEAR]) for level in (assumed, forecast)
        )
        middle, lower, upper = quantiles(expected[:, None], paths.weights, (0.5, 0.1, 0.9))[:, 0].tolist()
        rows.append(
            AssumedMonth(said.series, str(month), _median(growth, paths), middle, lower, upper, *slope)
        )
    return rows


def _scenario(found: WhatIf, base: Recovery, kind: str, label: Labels) -> ScenarioRow:
    if found.paths is None:
        assert found.refused is not None
        return ScenarioRow(
            found.name, label, None, None, None, None, None, None, {}, None,
            str(found.refused), found.refused.code, found.refused.values,
        )  # fmt: skip
    answer = found.recovery[kind]
    median, of_base = answer.quantile(0.5), base.quantile(0.5)
    return ScenarioRow(
        found.name,
        label,
        str(median) if median is not None else None,
        None if median is not None else str(answer.origin + answer.horizon),
        answer.by(min(12, answer.horizon)),
        (of_base - median).n if median is not None and of_base is not None else None,
        answer.mean_months_below,
        base.mean_months_below - answer.mean_months_below,
        {str(year): _median(found.paths.annual_growth(year), found.paths) for year in _years(found.paths)},
        found.plausibility,
        None,
    )


def targets(estimate: Estimate) -> tuple[TargetRow, ...]:
    """Say how likely each annual target is and what the remaining months need.

    A year that is over when the question is asked again is left out.
    """
    now = estimate.paths.origin.year
    wanted = [(year, target) for year, target in estimate.plan.annual_targets if year >= now]
    return tuple(_target(estimate, year, target) for year, target in wanted)


def _target(estimate: Estimate, year: int, target: float) -> TargetRow:
    paths = estimate.paths
    growth = paths.annual_growth(year)
    lower, middle, upper = quantiles(growth[:, None], paths.weights, (0.1, 0.5, 0.9))[:, 0].tolist()
    remaining = int((paths.future_months.year == year).sum())
    yoy, mom = _needed(paths, year, target) if remaining else (None, None)
    share = None if yoy is None else _history_share(estimate, remaining, yoy)
    reached = float(paths.weights[growth >= target].sum())
    return TargetRow(year, target, reached, middle, lower, upper, remaining, yoy, mom, share)


def _needed(paths: Paths, year: int, target: float) -> tuple[float, float | None]:
    """Growth of the remaining months on a year ago, and the constant monthly growth that gives it: medians.

    Both are arithmetic on the past of each path: (1 + target)·Σ last year − Σ months known = Σ months to come.
    """
    of_year, of_last = paths.months.year == year, paths.months.year == year - 1
    past = np.arange(len(paths.months)) < paths.past
    known = paths.values[:, of_year & past].sum(axis=1)
    to_come = (1 + target / 100) * paths.values[:, of_last].sum(axis=1) - known
    same_months = np.isin(paths.months[of_last].month, paths.months[of_year & ~past].month)
    base = paths.values[:, of_last][:, same_months].sum(axis=1)
    yoy = 100 * (to_come / base - 1)
    skipped = (paths.future_months.year < year).sum()
    count = int((of_year & ~past).sum())
    ratio = _median(to_come / paths.values[:, paths.past - 1], paths)
    return _median(yoy, paths), _monthly(ratio, int(skipped), count)


def _monthly(ratio: float, skipped: int, count: int) -> float | None:
    """Constant monthly growth g with Σ_{i=1..count} (1+g)^(skipped+i) = ratio, percent; None beyond ±50 %."""
    powers = skipped + np.arange(1, count + 1)

    def excess(g: float) -> float:
        return float(((1 + g) ** powers).sum()) - ratio

    if excess(-FASTEST_MONTHLY) > 0 or excess(FASTEST_MONTHLY) < 0:
        return None
    return 100 * float(brentq(excess, -FASTEST_MONTHLY, FASTEST_MONTHLY, xtol=1e-12))


def _history_share(estimate: Estimate, months: int, needed_yoy_pct: float) -> float | None:
    """Share of past spans of as many months whose growth on a year before reached what is needed."""
    level = estimate.history.values.mean(axis=0)
    if len(level) < months + 24:
        return None
    sums = np.convolve(level, np.ones(months), mode="valid")
    return float((100 * (sums[12:] / sums[:-12] - 1) >= needed_yoy_pct).mean())


def _years(paths: Paths) -> list[int]:
    """The year of the first future month and the next, where the paths hold them."""
    first = int(paths.future_months[0].year)
    return [year for year in (first, first + 1) if (paths.months.year == year).sum() == 12]


def _median(values: Floats, paths: Paths) -> float:
    return float(quantiles(values[:, None], paths.weights, (0.5,))[0, 0])
