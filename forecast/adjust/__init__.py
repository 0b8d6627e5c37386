"""Seasonal and calendar effects: built-in profile, X-13 (prepare → run → read), STL; choices frozen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.adjust.choose import Choice, choose_regressors
from forecast.adjust.profile import Profile, builtin_effects, estimate_profile
from forecast.adjust.refresh import POLICIES, refreshed_spec
from forecast.adjust.spec import X13, Adjusted, Builtin, Message, Outlier, Spec, Stl, published_span
from forecast.adjust.x13 import available as x13_available
from forecast.adjust.x13 import by_x13, calendar_columns
from forecast.errors import DataError
from forecast.parallel import one_thread
from forecast.rooms import furnish
from forecast.series import monthly, monthly_table, months_of, no_levels

__all__ = [
    "POLICIES",
    "X13",
    "Adjusted",
    "Builtin",
    "Choice",
    "Message",
    "Outlier",
    "Profile",
    "Spec",
    "Stl",
    "adjust",
    "builtin_effects",
    "choose_regressors",
    "estimate_profile",
    "refresh",
    "x13_available",
]


@one_thread
def adjust(
    y: pd.Series, spec: Spec, months: pd.PeriodIndex | None = None, x: pd.DataFrame | None = None
) -> Adjusted:
    """Estimate the seasonal and calendar effects of one monthly series and take them off.

    y : index points on any monthly index, positive; NaN, or no row, where a month is not published
    spec : `Builtin()`, `Stl()` or `X13()`; the `static_spec` of an earlier answer gives the same numbers again
    months : where effects are wanted, from within the series on; by default the series and 12 months more
    x : calendar regressors (`calendar.regressors`), its index covering the series and `months`; for X-13 also
        `spec.forecast_months` after the series

    Where the platform has no X-13, STL answers, `method` says so and `notes` holds "x13_unavailable".
    Raises DataError for what the user can mend, FitError with X-13's own words where it fails.
    """
    y, x = monthly(y), x if x is None or not x.shape[1] else monthly_table(x)
    months = _asked(y, months)
    _check(y, months, x)
    if isinstance(spec, Builtin):
        return _builtin(y, spec, months, x)
    if isinstance(spec, X13) and x13_available():
        if spec.pretest and x is not None:
            wanted = x[calendar_columns(spec, x)]
            columns = choose_regressors(y, wanted, spec).columns
            return replace(by_x13(y, replace(spec, regressors=columns), months, x), spec=spec)
        return by_x13(y, spec, months, x)
    from forecast.adjust.stl import by_stl  # here, because statsmodels takes two seconds to import

    if isinstance(spec, Stl):
        return by_stl(y, spec, months, x)
    note = Message("warning", "X-13 is not available on this platform; STL was used instead.")
    return replace(by_stl(y, Stl(), months, x), spec=spec, messages=(note,), notes=("x13_unavailable",))


@one_thread
def refresh(
    previous: Adjusted,
    policy: str,
    y: pd.Series,
    months: pd.PeriodIndex | None = None,
    x: pd.DataFrame | None = None,
) -> Adjusted:
    """Adjust a series that has grown or been revised, keeping of the earlier adjustment what a policy keeps.

    policy : a name of `POLICIES`, "Current" (stiffest) to "Complete" (freest) · the rest as for `adjust`
    Raises ConfigError for an unknown policy, DataError where "Current" is asked beyond the months forecast.
    """
    y = monthly(y)
    if policy != "Current":
        return adjust(y, refreshed_spec(previous, policy, y.index[-1]), months, x)
    months = _asked(y, months)
    beyond = months[~months.isin(previous.months)]
    if len(beyond):
        raise DataError(
            f'revision policy "Current": the earlier adjustment has no effects for {beyond[0]}; '
            f"it ends in {previous.months[-1]}, choose another policy"
        )
    at = previous.months.get_indexer(months)
    effects = pd.Series(previous.effects, index=previous.months)
    return replace(
        previous,
        months=months,
        seasonal=previous.seasonal[at],
        calendar=previous.calendar[at],
        adjusted=y * np.exp(-effects.reindex(y.index)),
    )


def _builtin(y: pd.Series, spec: Builtin, months: pd.PeriodIndex, x: pd.DataFrame | None) -> Adjusted:
    inside = pd.PeriodIndex(y.index)
    profile = spec.profile or estimate_profile(
        np.log(y.to_numpy(dtype=np.float64)), inside, _values(x, inside), spec.years, seasonal=spec.seasonal
    )
    effects = profile.effects(months, _values(x, months))
    seasonal = profile.seasonal[months.month - 1]
    return Adjusted(
        months=months,
        seasonal=seasonal,
        calendar=effects - seasonal,
        adjusted=y * np.exp(-profile.effects(inside, _values(x, inside))),
        spec=spec,
        static_spec=replace(spec, profile=profile),
        method="builtin",
    )


def _values(x: pd.DataFrame | None, months: pd.PeriodIndex) -> npt.NDArray[np.float64] | None:
    return None if x is None else x.loc[months].to_numpy(dtype=np.float64)


def _asked(y: pd.Series, months: pd.PeriodIndex | None) -> pd.PeriodIndex:
    """The months asked for; by default from the first published month to a year after the series."""
    if months is not None or not y.notna().any():
        return pd.PeriodIndex(y.index) if months is None else months_of(months, "months")
    return pd.period_range(published_span(y).index[0], y.index[-1] + 12, freq="M")


def _check(y: pd.Series, months: pd.PeriodIndex, x: pd.DataFrame | None) -> None:
    if not y.notna().any():
        raise DataError("adjust: the series has no published month")
    first = published_span(y).index[0]
    problems = [f"adjust: {why}" for why in no_levels(y)]
    if len(months) and months[0] < first:
        problems.append(f"adjust: effects are asked from {months[0]}, but the series begins in {first}")
    if x is not None:
        needed = pd.PeriodIndex(y.index).union(months)
        absent = needed[~needed.isin(x.index)]
        if len(absent):
            problems.append(
                f"adjust: calendar regressors have no row for {absent[0]}; they are needed from {needed[0]} "
                f"to {needed[-1]}"
            )
    if problems:
        raise DataError(*problems)


furnish(__name__, adjust)
