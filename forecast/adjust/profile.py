"""The built-in profile: one fixed seasonal pattern and calendar coefficients, estimated once and then frozen.

    z_t = log y_t,   r_t = z_t − (½z_{t−6} + z_{t−5} + … + z_{t+5} + ½z_{t+6})/12
    r_t = s_{c(t)} + β'(x_t − its own centred mean) + irregular

The centred mean is the 2×12 moving average *of the logs*, so constant growth drops out exactly and
multiplying the series by any seasonal pattern shifts the estimate by exactly that pattern. s is the median of
r − β'x̃ per calendar month over the last years; β is a Huber regression over all months, simultaneous with
calendar-month means. Shocks are seen in z less these effects, and their steps taken out of it before the second
and last estimate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import MAD_TO_SD, Floats, Rows
from forecast.errors import DataError
from forecast.parallel import one_thread
from forecast.shocks import calmed

Gaps = npt.NDArray[np.bool_]

_HALF = 6  # months that the centred 12-month mean lacks at either end; a 2×12 mean
_WEIGHTS = np.r_[0.5, np.ones(11), 0.5] / 12.0
_RATIOS_FOR_COEFFICIENTS = 36  # chosen: three years, the fewest that see each calendar month thrice
_HUBER = 1.345  # 95 % efficient under normal errors (Huber 1964, doi:10.1214/aoms/1177703732)
_ROUNDS, _SETTLED = 50, 1e-7
"""Reweightings at most, and the change of a coefficient that ends them; chosen: of no digit shown."""
_MOST_NEVER = 3
"""Calendar months that an office may leave out by custom; a season needs the others; chosen: a quarter of the year."""
_FILL_ROUNDS, _FILL_TOLERANCE = 500, 1e-12
"""Rounds of filling at most, and the change that ends them, logs; chosen: rounding error."""


@dataclass(frozen=True, eq=False)
class Profile:
    """Hold frozen effects: what an estimate on some months says about any month, earlier or later.

    seasonal : (12,) or (k, 12) log effect of January to December, mean zero
    beta : (j,) or (k, j) coefficients of the calendar regressors
    months : the months that the estimate saw
    years : how many years of ratios, counted from the end, gave the medians
    """

    seasonal: Floats
    beta: Floats
    months: pd.PeriodIndex
    years: int

    def effects(self, months: pd.PeriodIndex, x: npt.ArrayLike | None = None) -> Floats:
        """Return the log effects of any months, (len(months),) or (k, len(months)).

        x : (len(months), j) the regressors of the estimate, in its order. Raises ValueError on another shape.
        """
        calendar = self.beta @ _checked(x, len(months), self.beta.shape[-1]).T
        return np.asarray(self.seasonal[..., _of_year(months)] + calendar)


@one_thread
def estimate_profile(
    y_log: npt.ArrayLike,
    months: pd.PeriodIndex,
    x: npt.ArrayLike | None = None,
    years: int = 6,
    *,
    seasonal: bool = True,
) -> Profile:
    """Estimate the built-in profile from log levels of the given months and nothing else.

    y_log : (m,) or (k, m) log levels, k draws of one series at once; NaN where a month is not published
    x : (m, j) calendar regressors; their coefficients are 0 with under three years of ratios
    years : years of ratios for the medians; a shorter series uses what there is
    seasonal : False for a series that is published seasonally adjusted

    A month that any draw lacks is filled by trend + season + calendar, to convergence; it has no say in the
    medians. So each calendar month counts its last `years` published ratios. Up to three calendar months that are never
    published, as January is not in China, lie on the line between the months around them.
    Raises DataError where any other calendar month has no ratio, which takes 24 months of the series.
    """
    given = np.asarray(y_log, dtype=np.float64)
    z = np.atleast_2d(given)  # (k, m)
    if z.shape[1] != len(months):
        raise ValueError(f"{z.shape[1]} values for {len(months)} months")
    if not seasonal and x is None:
        return Profile(np.zeros((*given.shape[:-1], 12)), np.zeros((*given.shape[:-1], 0)), months, years)
    design = _checked(x, len(months))  # (m, j)
    inside = _published_span(z)
    z, design, calendar_month = z[:, inside], design[inside], _of_year(months)[inside]
    gap: Gaps = np.logical_not(np.isfinite(z).all(axis=0))
    _check_length(gap, calendar_month, months)
    season, beta = _converged(z, gap, design, calendar_month, years)
    calm = _without_shocks(z, season[:, calendar_month] + beta @ design.T)
    if calm is not z:
        season, beta = _converged(calm, gap, design, calendar_month, years)
    if not seasonal:
        season = np.zeros_like(season)
    if given.ndim == 1:
        season, beta = season[0], beta[0]
    return Profile(season, beta, months, years)


@one_thread
def builtin_effects(
    y_log: npt.ArrayLike,
    months: pd.PeriodIndex,
    horizon: int,
    x: npt.ArrayLike | None = None,
    years: int = 6,
    *,
    seasonal: bool = True,
) -> Floats:
    """Return the log effects of an exact series over its months and the horizon, as a `History` holds them.

    y_log : (m,) or (k, m) · x : (m + horizon, j) -> (m + horizon,) or (k, m + horizon)
    Raises as `estimate_profile` does.
    """
    ahead = pd.period_range(months[0], periods=len(months) + horizon, freq="M")
    table = _checked(x, len(ahead))
    own = None if x is None else table[: len(months)]
    return estimate_profile(y_log, months, own, years, seasonal=seasonal).effects(ahead, table)


def _checked(x: npt.ArrayLike | None, m: int, j: int | None = None) -> Floats:
    """Return the regressors as a table, (m, j), empty where there are none."""
    table = np.empty((m, 0)) if x is None else np.asarray(x, dtype=np.float64)
    if table.ndim != 2 or len(table) != m or (j is not None and table.shape[1] != j):
        expected = f"({m}, {'j' if j is None else j})"
        raise ValueError(f"calendar regressors have shape {table.shape}, expected {expected}")
    return table


def _of_year(months: pd.PeriodIndex) -> Rows:
    """Position of each month in its year, 0 for January: ordinals count from a January."""
    return np.asarray(months.asi8 % 12)


def _published_span(z: Floats) -> slice:
    """The columns from the first to the last month that every draw knows."""
    published = np.flatnonzero(np.isfinite(z).all(axis=0))
    return slice(int(published[0]), int(published[-1]) + 1) if len(published) else slice(0, 0)


def _check_length(gap: Gaps, calendar_month: Rows, months: pd.PeriodIndex) -> None:
    covered = calendar_month[_HALF:-_HALF][~gap[_HALF:-_HALF]]
    bare = sorted(set(range(12)) - set(covered.tolist()))
    never = sorted(set(calendar_month.tolist()) - set(calendar_month[~gap].tolist()))
    if len(never) > _MOST_NEVER:
        raise DataError(
            f"seasonal profile: {12 - len(never)} of the 12 calendar months are ever published; "
            f"a monthly forecast needs {12 - _MOST_NEVER}"
        )
    if set(bare) - set(never) or not len(covered):
        span = f"{months[0]} to {months[-1]}" if len(months) else "no month"
        raise DataError(
            f"seasonal profile: {span} holds {int((~gap).sum())} published months and leaves calendar month "
            f"{', '.join(str(c + 1) for c in bare)} without a centred 12-month mean; "
            "give at least 24 consecutive months"
        )


def _converged(
    z: Floats, gap: Gaps, design: Floats, calendar_month: Rows, years: int
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


def _without_shocks(z: Floats, effects: Floats) -> Floats:
    """Log levels (k, m) less the steps of shocks, which are seen once the effects are taken off; z itself without any.

    A step bends the centred means of a year around it.
    """
    adjusted = z - effects
    calm = calmed(adjusted).levels
    return z if calm is adjusted else calm + effects


def _estimate(
    z: Floats, gap: Gaps, design: Floats, calendar_month: Rows, years: int
) -> tuple[Floats, Floats]:
    """Season (k, 12) and coefficients (k, j) of a series whose gaps are filled; those months have no say."""
    inner = slice(_HALF, len(gap) - _HALF)
    published = np.flatnonzero(~gap[inner])
    ratio = (z[:, inner] - _centred_mean(z))[:, published]  # (k, n)
    shape = (design[inner] - _centred_mean(design.T).T)[published]  # (n, j)
    month = calendar_month[inner][published]
    beta = _coefficients(ratio, shape, month)
    season = _medians(ratio - beta @ shape.T, month, years)
    return season - season.mean(axis=1, keepdims=True), beta


def _medians(rest: Floats, month: Rows, years: int) -> Floats:
    """Median of the last `years` values of each calendar month, (k, n) -> (k, 12)."""
    alike = np.bincount(month, minlength=12)
    count = np.minimum(alike, years)
    # January's in order of time, then February's, …
    order = np.append(np.argsort(month, kind="stable"), len(month))
    at = (np.cumsum(alike) - count)[:, None] + np.arange(years)
    # the position after the last points at NaN, which sorts last
    slots = order[np.where(np.arange(years) < count[:, None], at, len(month))]  # (12, years)
    padded = np.concatenate([rest, np.full((len(rest), 1), np.nan)], axis=1)
    ranked = np.sort(padded[:, slots], axis=-1)  # (k, 12, years)
    each = np.arange(12)
    season = np.asarray((ranked[:, each, (count - 1) // 2] + ranked[:, each, count // 2]) / 2.0)
    never = np.flatnonzero(count == 0)
    if len(never):
        there = np.flatnonzero(count)
        season[:, never] = np.stack([np.interp(never, there, row[there], period=12) for row in season])
    return season


def _coefficients(ratio: Floats, shape: Floats, month: Rows) -> Floats:
    """Huber regression of the ratios on the regressors and calendar-month means, one per draw, (k, j).

    Huber (1964), doi:10.1214/aoms/1177703732; the scale is 1.4826 × the median absolute residual.
    """
    k, j = len(ratio), shape.shape[1]
    if j == 0 or ratio.shape[1] < _RATIOS_FOR_COEFFICIENTS:
        return np.zeros((k, j))
    dummies = np.eye(12)[month][
        :, np.unique(month)
    ]  # (n, 12), less where calendar months are never published
    weight, beta = np.ones_like(ratio), np.zeros((k, j))
    moving = np.arange(k)  # draws not yet settled; each stops by itself, so that no draw depends on another
    for _ in range(_ROUNDS):
        w = weight[moving]
        # Weighted demeaning takes the calendar-month means out: the Schur complement of their diagonal block.
        share = w[:, :, None] * dummies
        share /= share.sum(axis=1, keepdims=True)  # (k, n, 12)
        x = shape - dummies @ (share.transpose(0, 2, 1) @ shape)  # (k, n, j)
        z = ratio[moving] - (ratio[moving, None, :] @ share)[:, 0, :] @ dummies.T  # (k, n)
        weighted = (w[:, :, None] * x).transpose(0, 2, 1)
        # The pseudo-inverse leaves a regressor that never moves in the window at zero.
        new = (np.linalg.pinv(weighted @ x, hermitian=True) @ (weighted @ z[:, :, None]))[:, :, 0]
        residual = np.abs(z - (x @ new[:, :, None])[:, :, 0])
        bound = _HUBER * np.maximum(MAD_TO_SD * np.median(residual, axis=1, keepdims=True), 1e-12)
        weight[moving] = np.minimum(1.0, bound / np.maximum(residual, bound))
        step = np.abs(new - beta[moving]).max(axis=1)
        beta[moving] = new
        moving = moving[step >= _SETTLED]
        if not len(moving):
            break
    return beta


def _centred_mean(z: Floats) -> Floats:
    """2×12 moving average of each row, (k, m) -> (k, m − 12)."""
    return np.asarray(np.lib.stride_tricks.sliding_window_view(z, len(_WEIGHTS), axis=-1) @ _WEIGHTS)
