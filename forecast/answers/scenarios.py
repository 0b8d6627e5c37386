"""What if: named assumptions, each compared with the baseline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from forecast.answers.milestones import median_of
from forecast.arrays import YEAR
from forecast.estimate import Estimate, WhatIf
from forecast.outcome import AssumedMonth, Labels, ScenarioRow
from forecast.paths import Paths, quantiles
from forecast.recovery import Recovery
from forecast.scenario import Assumed


def scenarios(estimate: Estimate, labels: dict[str, Labels]) -> tuple[ScenarioRow, ...]:
    """Compare every scenario with the baseline, which is the first row; none where there are no scenarios."""
    if not estimate.scenarios:
        return ()
    kind = estimate.plan.normal.kind
    base = estimate.recovery[kind]
    baseline = WhatIf("baseline", estimate.paths, estimate.recovery, None)
    rows = [_scenario(one, base, kind, labels[one.name]) for one in (baseline, *estimate.scenarios)]
    assumed = {scenario.name: scenario.assumed for scenario in estimate.plan.scenarios}
    months = [
        tuple(row for path in assumed.get(one.name, ()) for row in _assumed(path, one, estimate))
        for one in (baseline, *estimate.scenarios)
    ]
    return tuple(replace(row, assumed=of) for row, of in zip(rows, months, strict=True))


def _assumed(path: Assumed, answered: WhatIf, estimate: Estimate) -> list[AssumedMonth]:
    """The months that an assumed path names, or where it holds from the start the twelfth; none where refused."""
    related, paths = answered.related, estimate.paths
    if related is None:
        return []
    at = related.names.index(path.series)
    forecast = related.log_levels[at]
    assumed = forecast + related.moved(path, paths)
    slope = quantiles(related.elasticity[at][:, None], paths.weights, (0.5, 0.1, 0.9))[:, 0].tolist()
    rows = []
    for month in path.months or (paths.origin + YEAR,):
        t = (month - paths.months[0]).n
        growth, expected = (
            100.0 * np.expm1(level[:, t] - level[:, t - YEAR]) for level in (assumed, forecast)
        )
        middle, lower, upper = quantiles(expected[:, None], paths.weights, (0.5, 0.1, 0.9))[:, 0].tolist()
        rows.append(AssumedMonth(path.series, month, median_of(growth, paths), middle, lower, upper, *slope))
    return rows


def _scenario(answered: WhatIf, base: Recovery, kind: str, label: Labels) -> ScenarioRow:
    if answered.paths is None:
        assert answered.refused is not None
        return ScenarioRow(
            answered.name, label, None, None, None, None, None, None, {}, None,
            str(answered.refused), answered.refused.code, answered.refused.values,
        )  # fmt: skip
    answer = answered.recovery[kind]
    return ScenarioRow(
        answered.name,
        label,
        answer.median,
        answer.median_after,
        answer.p_within_12,
        answer.gained_on(base),
        answer.mean_months_below,
        base.mean_months_below - answer.mean_months_below,
        {
            str(year): median_of(answered.paths.annual_growth(year), answered.paths)
            for year in _years(answered.paths)
        },
        answered.plausibility,
        None,
    )


def _years(paths: Paths) -> list[int]:
    """The year of the first future month and the next, where the paths hold them."""
    first = int(paths.future_months[0].year)
    return [year for year in (first, first + 1) if (paths.months.year == year).sum() == YEAR]
