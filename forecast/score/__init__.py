"""Scoring rules and tests of equal skill: arrays in, one score per forecast out; lower is better.

`dates` scores the distribution of a recovery month under censoring · `values` scores levels and rates ·
`calibration` holds probability integral transforms and what follows from them · `comparison` holds skill,
its sampling error and tests of equal skill. A score is never averaged here: the caller takes the mean over
all forecasts, each weighing 1, because weights that depend on the outcome make any of these rules improper.
"""

from forecast.rooms import furnish
from forecast.score.calibration import covered, pit_histogram, uniformity
from forecast.score.comparison import (
    ConfidenceSet,
    EqualSkill,
    diebold_mariano,
    model_confidence_set,
    percentile_interval,
    resample_blocks,
    resample_clusters,
    resampled_mean,
    resampled_skill,
    skill,
)
from forecast.score.dates import brier, censored_crps, interval_width, log_score, pit_bounds, reliability
from forecast.score.values import (
    IntervalScore,
    absolute_error,
    absolute_percentage_error,
    absolute_scaled_error,
    crps,
    energy_score,
    error,
    inside,
    interval_score,
    seasonal_scale,
    weighted_interval_score,
)

__all__ = [
    "ConfidenceSet",
    "EqualSkill",
    "IntervalScore",
    "absolute_error",
    "absolute_percentage_error",
    "absolute_scaled_error",
    "brier",
    "censored_crps",
    "covered",
    "crps",
    "diebold_mariano",
    "energy_score",
    "error",
    "inside",
    "interval_score",
    "interval_width",
    "log_score",
    "model_confidence_set",
    "percentile_interval",
    "pit_bounds",
    "pit_histogram",
    "reliability",
    "resample_blocks",
    "resample_clusters",
    "resampled_mean",
    "resampled_skill",
    "seasonal_scale",
    "skill",
    "uniformity",
    "weighted_interval_score",
]


furnish(__name__)
