"""Revision policies: what of an earlier adjustment is kept when new months arrive, in JDemetra+'s words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from forecast.adjust.spec import X13, Adjusted, Outlier, Spec
from forecast.errors import ConfigError

POLICIES: dict[str, str] = {
    "Current": "the effects as forecast; nothing is run again",
    "Fixed": "model, outliers, regressors and all coefficients kept; the filters run over the new months",
    "FixedParameters": "as Fixed, with regression coefficients re-estimated",
    "FixedAutoRegressiveParameters": "as FixedParameters, with moving-average coefficients re-estimated too",
    "FreeParameters": "model, outliers and regressors kept; every coefficient re-estimated",
    "LastOutliers": "as FreeParameters, with outliers of the last year sought anew",
    "Outliers": "model and regressors kept; all outliers sought anew, every coefficient re-estimated",
    "Complete": "everything chosen and estimated anew from what was first asked",
}
"""Name of each policy and what it does, from the stiffest to the freest (JDemetra+ documentation, "Revision
policies"; of its variants those that X-13's options can express)."""

_HELD = {
    "Fixed": ("ar", "ma", "regression"),
    "FixedParameters": ("ar", "ma"),
    "FixedAutoRegressiveParameters": ("ar",),
}


def refreshed_spec(previous: Adjusted, policy: str, last: pd.Period) -> Spec:
    """Return the spec that a policy asks of the next adjustment, whose series ends in `last`.

    The built-in profile and STL have no model: every policy before Complete keeps the frozen profile or windows.
    Raises ConfigError for "Current", which runs nothing, and for a policy that is not known.
    """
    if policy not in POLICIES or policy == "Current":
        policies = ", ".join(name for name in POLICIES if name != "Current")
        raise ConfigError(f'revision policy "{policy}" gives no spec; choose from {policies}')
    static, wanted = previous.static_spec, previous.spec
    if policy == "Complete":
        return wanted
    if not isinstance(static, X13) or not isinstance(wanted, X13):
        return static
    static = replace(static, hold=_HELD.get(policy, ()))
    if policy == "Outliers":
        return replace(static, outliers=wanted.outliers, search=wanted.search, search_from=wanted.search_from)
    if policy == "LastOutliers":
        since = last - 11
        outliers = tuple(o for o in static.outliers if o.month < since or _given(o, wanted))
        return replace(static, outliers=outliers, search=wanted.search, search_from=since)
    return static


def _given(outlier: Outlier, wanted: X13) -> bool:
    return outlier in wanted.outliers
