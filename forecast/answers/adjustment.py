"""The seasonally adjusted level by a second method, beside the built-in profile that dates and scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import calendar
from forecast.adjust import X13, Spec, Stl, adjust
from forecast.estimate import Estimate
from forecast.outcome.adjustment import AdjustedMonth, Adjustment, OutlierMonth

SPECS: dict[str, Spec] = {"x13": X13(), "stl": Stl()}
"""What the config's words ask for."""

LAST_MONTHS = 13
"""Months that a report prints by both methods. chosen: a year and the month it is compared with."""


def adjustment(estimate: Estimate, method: str | None) -> Adjustment | None:
    """Adjust the level by X-13 or STL and compare it with the built-in profile.

    A reconstructed level is adjusted at the mean of its draws; of an exact one, months that were not published are
    missing to both. Both gaps are those of the last `window` months to the 12 months of the pre-slump peak, each by
    its own adjusted level. None without a method, or where nothing slumps.
    """
    history, slump, plan = estimate.history, estimate.slump, estimate.plan
    if method is None or not slump.under_way:
        return None
    months = history.months
    y = pd.Series(history.values.mean(axis=0), index=months)
    if estimate.levels is None:
        y = y.mask(history.reconstructed)
    spec = SPECS[method]
    x = None
    if plan.country is not None:
        ahead = spec.forecast_months if isinstance(spec, X13) else 0
        span = pd.period_range(months[0], periods=len(months) + ahead, freq="M")
        x = calendar.regressors(span, plan.country, plan.holidays)
    adjusted = adjust(y, spec, months, x)
    other = np.log(adjusted.adjusted.to_numpy(dtype=float))
    own = np.where(y.notna(), history.adjusted.mean(axis=0), np.nan)
    peak = slice((slump.peak_from - months[0]).n, (slump.peak_to - months[0]).n + 1)
    last = slice(len(months) - LAST_MONTHS, len(months))
    static = adjusted.static_spec
    return Adjustment(
        method=adjusted.method,
        model=_written(static) if isinstance(static, X13) else "",
        regressors=tuple(static.regressors or ()) if isinstance(static, X13) else (),
        outliers=tuple(OutlierMonth(outlier.kind, outlier.month) for outlier in adjusted.outliers),
        notes=adjusted.notes,
        gap_pct=_gap(other, peak, slump.window),
        builtin_gap_pct=_gap(own, peak, slump.window),
        months=tuple(
            AdjustedMonth(month, _pct(a, other, peak), _pct(b, own, peak))
            for month, a, b in zip(months[last], other[last], own[last], strict=True)
        ),
    )


def _gap(z: npt.NDArray[np.float64], peak: slice, window: int) -> float:
    """Mean of the last months against the peak window, percent."""
    return float(100.0 * np.expm1(np.nanmean(z[-window:]) - np.nanmean(z[peak])))


def _pct(value: float, z: npt.NDArray[np.float64], peak: slice) -> float | None:
    """A month in percent of the peak window; None where it is not published."""
    return float(100.0 * np.exp(value - np.nanmean(z[peak]))) if np.isfinite(value) else None


def _written(spec: X13) -> str:
    """The model as the field writes it, (p,d,q)(P,D,Q)12; empty where X-13 chose none."""
    if spec.model is None:
        return ""
    regular, seasonal = ("(" + ",".join(map(str, part)) + ")" for part in spec.model)
    return f"{regular}{seasonal}12"
