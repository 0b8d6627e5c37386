"""Every forecast scored, and the record of every model: against the best naive rule, over time, calibrated or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pandas as pd

from forecast import score
from forecast.arrays import Floats
from forecast.backtest.at_origin import POOL
from forecast.backtest.parts import (
    Resamples,
    against,
    by_slump_start,
    finite,
    resamples_of,
    slumps,
    worse_than_kaplan_meier,
)
from forecast.backtest.summary import (
    AtAge,
    Calibration,
    Headline,
    MeanScores,
    ModelRecord,
    Record,
    Reliable,
    Skill,
)  # fmt: skip
from forecast.models import REGISTRY

NAIVE = (
    "constant_hazard", "kaplan_meier", "random_walk_drift", "random_walk_drift_block", "gap_over_trend",
)  # fmt: skip
"""The rules to beat; the best of them on a panel is "the best naive"."""

NAIVE_MODELS = tuple(name for name in NAIVE if name in REGISTRY)
"""Those of them that are models, simulated where a plan names them; the others are made from earlier slumps."""

BRIER_MONTHS = (6, 12, 24)  # chosen: the horizons that a report states
COVERAGE = (0.5, 0.8, 0.9)  # the central intervals that a report states
KEYS = ["series", "slump_start", "origin", "model"]


def scored(wide: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return a row of scores for each forecast of a recovery month.

    wide : F(1..H) in columns 1..H, indexed by series, slump_start, origin, model
    outcomes : recovered_after, follow_up and failed, on the same index
    Columns: months_since_start, recovered_after, follow_up, headline (followed for the whole horizon), failed,
    crps (months), brier_6, brier_12, brier_24, log_score (nats), pit_lower, pit_upper.
    """
    F, T = wide.to_numpy(dtype=float), outcomes["recovered_after"].to_numpy(dtype=float)
    c, H = outcomes["follow_up"].to_numpy(dtype=float), wide.shape[1]
    months = [h for h in BRIER_MONTHS if h <= H]
    lower, upper = score.pit_bounds(F, T, c)
    table = outcomes[["months_since_start", "recovered_after", "follow_up", "failed"]].copy()
    table.insert(3, "headline", c >= H)
    table["crps"] = score.censored_crps(F, T, c)
    table[[f"brier_{h}" for h in months]] = score.brier(F, T, c, months)
    table["log_score"] = score.log_score(F, T, c)
    table["pit_lower"], table["pit_upper"] = lower, upper
    return table.reset_index()


def record(
    scores: pd.DataFrame, wide: pd.DataFrame, models: Sequence[str], rng: np.random.Generator
) -> Record:
    """Return the record of every model over the headline forecasts, each weighing 1, as plain numbers.

    Sampling error comes from whole start years drawn with replacement, the same draws for all models; with fewer
    than three of them intervals and p-values are None.
    """
    headline = scores[scores["headline"]]
    counts: Headline = {
        "episodes": slumps(zip(headline["series"], headline["slump_start"], strict=True)),
        "origins": int(headline[["series", "origin"]].drop_duplicates().shape[0]),
        "start_years": int(headline["slump_start"].str[:4].nunique()),
        "follow_up_at_least": int(wide.shape[1]),
    }
    if headline.empty:
        return {
            "headline": counts,
            "best_naive": None,
            "models": {},
            "by_slump_start": [],
            "by_months_since_start": [],
        }
    each = headline.set_index(KEYS)
    crps = each["crps"].unstack("model")[list(models)]
    years = crps.index.get_level_values("slump_start").str[:4]
    resamples = resamples_of(years, rng)
    best = str(crps[[m for m in NAIVE if m in crps]].mean().idxmin())
    confidence = dict.fromkeys(models) if resamples is None else _confidence(crps, resamples)
    return {
        "headline": counts,
        "best_naive": best,
        "models": {
            m: _of_model(each, wide, m, against(crps[m], crps[best], resamples), confidence[m], resamples)
            for m in models
        },
        "by_slump_start": by_slump_start(crps, best, rng),
        "by_months_since_start": _by_elapsed(headline, crps, best, resamples),
        "reliability": _reliability(headline, wide, models),
    }


def _of_model(
    each: pd.DataFrame,
    wide: pd.DataFrame,
    model: str,
    compared: Skill,
    confidence: float | None,
    resamples: Resamples | None,
) -> ModelRecord:
    """The record of one model, compared with the best naive rule."""
    return {
        **_mean_scores(_of(each, model)),
        **compared,
        **_calibration(_of(each, model), resamples),
        "mean_width_80_months": float(score.interval_width(_rows(wide, each, model), 0.8)[0].mean()),
        "confidence_set_p": confidence,
    }


def _of(each: pd.DataFrame, model: str) -> pd.DataFrame:
    """The rows of one model."""
    return each[each.index.get_level_values("model") == model]


def _rows(wide: pd.DataFrame, each: pd.DataFrame, model: str) -> Floats:
    """F(1..H) of a model's headline forecasts."""
    return wide.loc[_of(each, model).index].to_numpy(dtype=float)


def _mean_scores(rows: pd.DataFrame) -> MeanScores:
    names = ["crps", *(c for c in rows.columns if c.startswith("brier_")), "log_score"]
    means = {name: finite(rows[name].mean()) for name in names}
    return cast(MeanScores, {**means, "failed": int(rows["failed"].sum())})


def _calibration(rows: pd.DataFrame, resamples: Resamples | None) -> Calibration:
    lower, upper = rows["pit_lower"].to_numpy(), rows["pit_upper"].to_numpy()
    at_50, at_80, at_90 = score.covered(lower, upper, COVERAGE).mean(axis=0).tolist()
    return {
        "coverage_50": at_50,
        "coverage_80": at_80,
        "coverage_90": at_90,
        "uniformity_p": None if resamples is None else score.uniformity(lower, upper, resamples)[1],
        "pit": score.pit_histogram(lower, upper).tolist(),
    }


def _confidence(crps: pd.DataFrame, resamples: Resamples) -> dict[str, float]:
    """The size at which each model leaves the set that holds the best one."""
    confidence = score.model_confidence_set(crps.to_numpy(), resamples)
    return dict(zip(crps.columns, confidence.p_values.tolist(), strict=True))


def _by_elapsed(
    headline: pd.DataFrame, crps: pd.DataFrame, best: str, resamples: Resamples | None
) -> list[AtAge]:
    """Mean CRPS and skill by months since the slump began, and whether the pool is worse than Kaplan–Meier then."""
    of_pool = headline[headline["model"] == POOL].set_index(list(crps.index.names))
    elapsed = of_pool["months_since_start"].reindex(crps.index).to_numpy()
    out: list[AtAge] = []
    for months in np.unique(elapsed):
        at = elapsed == months
        mean = crps[at].mean()
        skill = 100.0 * (1.0 - mean / mean[best]) if mean[best] > 0 else None
        drawn = None if resamples is None else resamples[:, at]
        out.append(
            {
                "months": int(months),
                "origins": int(at.sum()),
                "crps": {str(m): float(value) for m, value in mean.items()},
                "skill_pct": {str(m): None if skill is None else float(skill[m]) for m in mean.index},
                "worse_than_kaplan_meier_p": worse_than_kaplan_meier(crps[at], drawn),
            }
        )
    return out


def _reliability(headline: pd.DataFrame, wide: pd.DataFrame, models: Sequence[str]) -> list[Reliable]:
    out: list[Reliable] = []
    for model in models:
        rows = headline[headline["model"] == model]
        F = wide.loc[pd.MultiIndex.from_frame(rows[KEYS])].to_numpy(dtype=float)
        months = [h for h in BRIER_MONTHS if h <= F.shape[1]]
        table = score.reliability(F, rows["recovered_after"], rows["follow_up"], months)
        filled = table[table["forecasts"] > 0].assign(model=model)
        plain = ({str(k): _plain(v) for k, v in row.items()} for row in filled.to_dict("records"))
        out += [cast(Reliable, row) for row in plain]
    return out


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
