"""The built-in profile: one fixed seasonal pattern and calendar coefficients, estimated once and then frozen.

    z_t = log y_t,   r_t = z_t − (½z_{t−6} + z_{t−5} + … + z_{t+5} + ½z_{t+6})/12
    r_t = s_{c(t)} + β'(x_t − its own centred mean) + irregular

The centred mean is the 2×12 moving average *of the logs*, so constant growth drops out exactly and
multiplying the series by any seasonal pattern shifts the estimate by exactly that pattern. s is the median of
r − β'x̃ per calendar month over the last years; β is a Huber regression over all months, simultaneous with
calendar-month means.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.errors import DataError

Floats = npt.NDArray[np.float64]
Gaps = npt.NDArray[np.bool_]

_HALF = 6
_WEIGHTS = np.r_[0.5, np.ones(11), 0.5] / 12.0
_RATIOS_FOR_COEFFICIENTS = 36
_HUBER = 1.345  # 95 % efficient under normal errors
_ROUNDS = 20
_FILL_ROUNDS, _FILL_TOLERANCE = 500, 1e-12


@dataclass(frozen=True, eq=False)
class Profile:
    """Hold frozen effects: what an estimate on some months says about any month, earlier or later.

    seasonal : (12,) or (k, 12) log effect of January to December, mean zero
    beta : (j,) or (k, j) coefficients of the calendar regressors
    regressors : (j,) their names
    months : the months that the estimate saw
    years : how many years of ratios, counted from the end, gave the medians
    """

    seasonal: Floats
    beta: Floats
    regressors: tuple[str, ...]
    months: pd.PeriodIndex
    years: int

    def effects(self, months: pd.PeriodIndex, x: pd.DataFrame | None = None) -> Floats:
        """Return the log effects of any months, (len(months),) or (k, len(months)).

        x : the same regressors as in the estimate, its index covering `months`.
        Raises DataError where a regressor or one of its months is missing.
        """
        calendar = self.beta @ _table(x, months, self.regressors).T
        return np.asarray(self.seasonal[..., months.month - 1] + calendar)


def estimate_profile(
    y_log: npt.ArrayLike,
    months: pd.PeriodIndex,
    x: pd.DataFrame | None = None,
    years: int = 6,
    *,
    seasonal: bool = True,
) -> Profile:
    """Estimate the built-in profile from log levels of the given months and nothing else.

    y_log : (m,) or (k, m) log levels, k draws of one series at once; NaN where a month is not published
    x : calendar regressors, its index covering `months`; coefficients are 0 with under three years of ratios
    years : years of ratios for the medians; a shorter series uses what there is
    seasonal : False for a series that is published seasonally adjusted

    A month that any draw lacks is filled by trend + season + calendar, to convergence; it has no say in the
    medians. So each calendar month counts its last `years` published ratios.
    Raises DataError where a calendar month has no ratio, which takes 24 months of the series.
    """
    given = np.asarray(y_log, dtype=np.float64)
    z = np.atleast_2d(given)  # (k, m)
    if z.shape[1] != len(months):
        raise ValueError(f"{z.shape[1]} values for {len(months)} months")
    if not seasonal and x is None:
        return Profile(np.zeros((*given.shape[:-1], 12)), np.zeros((*given.shape[:-1], 0)), (), months, years)
    names = () if x is None else tuple(map(str, x.columns))
    design = _table(x, months, names)  # (m, j)
    inside = _published_span(z)
    z, design, calendar_month = z[:, inside], design[inside], np.asarray(months.month - 1)[inside]
    gap: Gaps = np.logical_not(np.isfinite(z).all(axis=0))
    _check_length(gap, calendar_month, months)
    season, beta = _converged(z, gap, design, calendar_month, years)
    if not seasonal:
        season = np.zeros_like(season)
    if given.ndim == 1:
        season, beta = season[0], beta[0]
    return Profile(season, beta, names, months, years)


def builtin_effects(
    y_log: npt.ArrayLike,
    months: pd.PeriodIndex,
    horizon: int,
    x: pd.DataFrame | None = None,
    years: int = 6,
    *,
    seasonal: bool = True,
) -> Floats:
    """Return the log effects of an exact series over its months and the horizon, as a `History` holds them.

    y_log : (m,) or (k, m) · x : index covering all m + horizon months -> (m + horizon,) or (k, m + horizon)
    Raises as `estimate_profile` does.
    """
    profile = estimate_profile(y_log, months, x, years, seasonal=seasonal)
    return profile.effects(pd.period_range(months[0], periods=len(months) + horizon, freq="M"), x)


def _table(x: pd.DataFrame | None, months: pd.PeriodIndex, names: tuple[str, ...]) -> Floats:
    """Return the regressors of the given months, (m, j)."""
    if x is None:
        if names:
            raise DataError(f"the profile was estimated with regressors {', '.join(names)}; give their table")
        return np.empty((len(months), 0))
    absent = [name for name in names if name not in x.columns]
    uncovered = months[~months.isin(x.index)]
    if absent or len(uncovered):
        raise DataError(
            *(f"calendar regressors: no column {name}; the profile was estimated with it" for name in absent),
            *(f"calendar regressors: no row for {month}; extend them" for month in uncovered[:1]),
        )
    return x.loc[months, list(names)].to_numpy(dtype=np.float64)


def _published_span(z: Floats) -> slice:
    """The columns from the first to the last month that every draw knows."""
    known = np.flatnonzero(np.isfinite(z).all(axis=0))
    return slice(int(known[0]), int(known[-1]) + 1) if len(known) else slice(0, 0)


def _check_length(gap: Gaps, calendar_month: npt.NDArray[np.int64], months: pd.PeriodIndex) -> None:
    covered = calendar_month[_HALF:-_HALF][~gap[_HALF:-_HALF]]
    bare = sorted(set(range(12)) - set(covered.tolist()))
    if bare:
        span = f"{months[0]} to {months[-1]}" if len(months) else "no month"
        raise DataError(
            f"seasonal profile: {span} holds {int((~gap).sum())} published months and leaves calendar month "
            f"{', '.join(str(c + 1) for c in bare)} without a centred 12-month mean; "
            "give at least 24 consecutive months"
        )


def _converged(
    z: Floats, gap: Gaps, design: Floats, calendar_month: npt.NDArray[np.int64], years: int
) -> tuple[Floats, Floats]:
    """Season (k, 12) and coefficients (k, j), with gaps filled by what the estimate itself expects there."""
    if not gap.any():
        return _estimate(z, gap, design, calendar_month, years)
    steps = np.arange(len(gap))
    filled = np.stack([np.interp(steps, steps[~gap], row[~gap]) for row in z])
    season, beta = np.zeros((len(z), 12)), np.zeros((len(z), design.shape[1]))
    for _ in range(_FILL_ROUNDS):
        effects = season[:, calendar_month] + beta @ design.T
        trend = np.pad(_centred_mean(filled - effects), ((0, 0), (_HALF, _HALF)), mode="edge")
        before, filled = filled, np.where(gap, trend + effects, filled)
        season, beta = _estimate(filled, gap, design, calendar_month, years)
        if float(np.abs(filled - before).max()) < _FILL_TOLERANCE:
            break
    return season, beta


def _estimate(
    z: Floats, gap: Gaps, design: Floats, calendar_month: npt.NDArray[np.int64], years: int
) -> tuple[Floats, Floats]:
    """Season (k, 12) and coefficients (k, j) of a series whose gaps are filled; those months have no say."""
    inner = slice(_HALF, len(gap) - _HALF)
    published = np.flatnonzero(~gap[inner])
    ratio = (z[:, inner] - _centred_mean(z))[:, published]  # (k, n)
    shape = (design[inner] - _centred_mean(design.T).T)[published]  # (n, j)
    month = calendar_month[inner][published]
    beta = _coefficients(ratio, shape, month)
    rest = ratio - beta @ shape.T
    season = np.stack([np.median(rest[:, month == c][:, -years:], axis=1) for c in range(12)], axis=1)
    return season - season.mean(axis=1, keepdims=True), beta


def _coefficients(ratio: Floats, shape: Floats, month: npt.NDArray[np.int64]) -> Floats:
    """Huber regression of the ratios on the regressors and calendar-month means, one per draw, (k, j).

    Huber (1964), doi:10.1214/aoms/1177703732; the scale is 1.4826 × the median absolute residual.
    """
    k, j = len(ratio), shape.shape[1]
    if j == 0 or ratio.shape[1] < _RATIOS_FOR_COEFFICIENTS:
        return np.zeros((k, j))
    design = np.hstack([shape, np.eye(12)[month]])  # (n, j + 12)
    weight, coefficient = np.ones_like(ratio), np.zeros((k, j + 12))
    for _ in range(_ROUNDS):
        gram = np.einsum("kn,na,nb->kab", weight, design, design, optimize=True)
        moment = (weight * ratio) @ design
        # The pseudo-inverse leaves a regressor that never moves in the window at zero.
        coefficient = np.einsum("kab,kb->ka", np.linalg.pinv(gram, hermitian=True), moment)
        residual = np.abs(ratio - coefficient @ design.T)
        bound = _HUBER * np.maximum(1.4826 * np.median(residual, axis=1, keepdims=True), 1e-12)
        weight = np.minimum(1.0, bound / np.maximum(residual, bound))
    return coefficient[:, :j]


def _centred_mean(z: Floats) -> Floats:
    """2×12 moving average of each row, (k, m) -> (k, m − 12)."""
    return np.asarray(np.lib.stride_tricks.sliding_window_view(z, len(_WEIGHTS), axis=-1) @ _WEIGHTS)
