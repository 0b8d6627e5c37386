"""How well levels, rates and whole paths were forecast: a record by model and horizon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import pandas as pd

from forecast import score
from forecast.backtest.at_origin import MEASURES, Piece
from forecast.backtest.parts import finite, saved_pct
from forecast.backtest.summary import JointRecord, ValuesRecord

QUANTILE_LEVELS = {"q05": 0.05, "q10": 0.1, "q25": 0.25, "median": 0.5, "q75": 0.75, "q90": 0.9, "q95": 0.95}
BASELINE = "seasonal_naive"
_CENTRAL = {50: ("q25", "q75"), 80: ("q10", "q90"), 90: ("q05", "q95")}


def values_record(points: pd.DataFrame, scales: pd.DataFrame, measure: str) -> list[ValuesRecord]:
    """Return, by model and horizon, how well a measure was forecast.

    points : a row per series, origin, model, horizon and measure · scales : by series and origin, a column per measure
    Of the level, in percent of what was observed: mae_pct, rmse_pct (of log(observed/median)) and wis_pct; of a rate,
    in points: mae_points, rmse_points, wis_points. WIS is the weighted interval score of 50, 80 and 90 %.
    mase : error over the past's mean change in 12 months · coverage of each interval
    shared : forecasts at the horizon that `seasonal_naive` made too · skill_pct : share of its WIS that is saved in
        these, None without any
    """
    observable = points[points["observed"].notna() & (points["measure"] == measure)].copy()
    scale = scales[measure].reindex(pd.MultiIndex.from_frame(observable[["series", "origin"]])).to_numpy()
    observed, median = observable["observed"].to_numpy(), observable["median"].to_numpy()
    quantiles = observable[list(QUANTILE_LEVELS)].to_numpy()
    wis = score.weighted_interval_score(observed, quantiles, tuple(QUANTILE_LEVELS.values())).score
    level = measure == "level"
    observable["error"] = 100.0 * np.log(observed / median) if level else observed - median
    observable["wis"] = 100.0 * wis / observed if level else wis
    observable["scaled"] = score.absolute_scaled_error(observed, median, scale)
    for width, (low, high) in _CENTRAL.items():
        observable[f"coverage_{width}"] = score.inside(observed, observable[low], observable[high])
    forecast = ["series", "origin", "horizon"]
    baseline = observable[observable["model"] == BASELINE].set_index(forecast)["wis"]
    observable["baseline"] = baseline.reindex(pd.MultiIndex.from_frame(observable[forecast])).to_numpy()
    return [
        _value_row(str(model), int(horizon), rows, "pct" if level else "points")
        for model in observable["model"].unique()
        for horizon in np.unique(observable["horizon"])
        for rows in [observable[(observable["model"] == model) & (observable["horizon"] == horizon)]]
    ]


def _value_row(model: str, horizon: int, rows: pd.DataFrame, unit: str) -> ValuesRecord:
    shared = rows[rows["baseline"].notna()]
    row = {
        "model": model,
        "horizon": horizon,
        "forecasts": len(rows),
        f"mae_{unit}": float(rows["error"].abs().mean()),
        f"rmse_{unit}": float(np.sqrt(rows["error"].pow(2).mean())),
        "mase": finite(rows["scaled"].mean()),
        f"wis_{unit}": float(rows["wis"].mean()),
        "shared": len(shared),
        "skill_pct": saved_pct(shared["wis"].mean(), shared["baseline"].mean()),
        **{f"coverage_{width}": float(rows[f"coverage_{width}"].mean()) for width in _CENTRAL},
    }
    return cast(ValuesRecord, row)


def energy(piece: Piece, observed: Sequence[float]) -> dict[str, float]:
    """Return the energy score of each model's joint path, percent; nothing where a month was not observed.

    observed : (months,) levels that came true in the months of `piece.joint`
    The paths of log levels, in percent of the peak's, are scored as one vector: ‖·‖ over the months.
    """
    y = 100.0 * np.log(np.asarray(observed, dtype=float) / piece.base)
    if not np.isfinite(y).all():
        return {}
    return {name: score.energy_score(y, paths) for name, paths in piece.joint.items()}


def joint_record(energies: Sequence[Mapping[str, float]], months: int) -> list[JointRecord]:
    """Return each model's mean energy score over the origins followed for all `months`, each weighing 1.

    shared : forecasts that `seasonal_naive` made too · skill_pct : share of its score that is saved in these
    """
    table = pd.DataFrame(list(energies)).dropna(how="all")
    naive = table[BASELINE] if BASELINE in table else pd.Series(np.nan, table.index)
    return [
        {
            "model": str(model),
            "months": months,
            "forecasts": int(table[model].count()),
            "energy_score_pct": float(table[model].mean()),
            "shared": int(shared.sum()),
            "skill_pct": saved_pct(table[model][shared].mean(), naive[shared].mean()),
        }
        for model in table
        for shared in [table[model].notna() & naive.notna()]
    ]


def scales_of(pieces: Sequence[Piece]) -> pd.DataFrame:
    """Return the mean change of the past over 12 months, by series and origin, a column per measure."""
    index = pd.MultiIndex.from_tuples([(p.series, str(p.origin)) for p in pieces])
    return pd.DataFrame(np.stack([p.scale for p in pieces]), index=index, columns=list(MEASURES))
