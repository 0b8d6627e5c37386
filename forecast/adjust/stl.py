"""STL of the log level after calendar effects: the alternative where X-13 is not wanted or not there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from statsmodels.tsa.seasonal import STL

from forecast.adjust.profile import estimate_profile
from forecast.adjust.spec import Adjusted, Stl, published_span


def by_stl(y: pd.Series, spec: Stl, months: pd.PeriodIndex, x: pd.DataFrame | None = None) -> Adjusted:
    """Adjust a series by STL; effects over `months`, which begin within the series.

    x : calendar regressors over the series and `months`; coefficients are those of the built-in profile
    Gaps are bridged along a straight line of the profile's adjusted level. After the series the seasonal of its
    last year repeats. Cleveland, Cleveland, McRae & Terpenning (1990), Journal of Official Statistics 6, 3–73.
    Raises DataError where the series is too short for the profile.
    """
    known = published_span(y)
    log, inside = np.log(known.to_numpy(dtype=np.float64)), pd.PeriodIndex(known.index)
    over = inside.union(months)
    table = np.empty((len(over), 0)) if x is None else x.loc[over].to_numpy(dtype=np.float64)
    profile = estimate_profile(log, inside, table[: len(inside)])
    z = log - profile.effects(inside, table[: len(inside)])
    published = np.isfinite(z)
    bridged = np.interp(np.arange(len(z)), np.flatnonzero(published), z[published])
    season = profile.seasonal[inside.month - 1]
    model = STL(bridged + season, 12, spec.seasonal, spec.trend, spec.low_pass, robust=spec.robust)
    fitted = np.asarray(model.fit().seasonal, dtype=np.float64)
    ahead = np.arange(len(over) - len(inside)) % 12
    seasonal = pd.Series(np.concatenate([fitted, fitted[-12:][ahead]]), index=over)
    calendar = pd.Series(table @ profile.beta, index=over)
    lengths = model.config
    return Adjusted(
        months=months,
        seasonal=seasonal.loc[months].to_numpy(),
        calendar=np.asarray(calendar.loc[months], dtype=np.float64),
        adjusted=(known * np.exp(-(seasonal + calendar).loc[inside])).reindex(y.index),
        spec=spec,
        static_spec=replace(spec, trend=lengths["trend"], low_pass=lengths["low_pass"]),
        method="stl",
    )
