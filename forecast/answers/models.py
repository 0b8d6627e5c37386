"""The models of the pool, what each answers alone, and the fits that failed."""

from __future__ import annotations

from forecast.answers.milestones import milestone
from forecast.estimate import Estimate
from forecast.outcome import FailedRow, ModelRow


def models(estimate: Estimate) -> tuple[ModelRow, ...]:
    """Return the members of the pool, then those beside it, whose weight is 0."""
    rows = []
    for name in estimate.simulated:
        back = milestone(estimate.members[name])
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


def failed(estimate: Estimate) -> tuple[FailedRow, ...]:
    """Return the fits that failed, a row each."""
    return tuple(FailedRow(row.model, row.series, row.origin, row.reason) for row in estimate.failed)
