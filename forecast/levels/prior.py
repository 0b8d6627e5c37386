"""The structural prior of log levels: what a series is made of, how series share it, and the hyperpriors.

    x_it = .003 t + Σ_c ξ_cit,   ξ_c = B_c diag(s_c) ε_c,   B_c = (I − Λ_c)⁻¹
    c: constant, drift, level (random walk), irregular, seasonal (fixed), evolving (seasonal), calendar

Each ε_ci is an independent Gaussian process over time with the kernel of its component; Λ_c is strictly lower
triangular and holds the loadings of a later series on the earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.arrays import Floats

GROWTH, DRIFT_SD = 0.003, 0.004
"""Prior mean and standard deviation of a series' drift, log points a month; chosen: 3.7 % a year, give or take 5."""

EVOLVING_MEMORY = 60.0
"""Months over which the memory of the evolving seasonal profile falls to 1/e; chosen: five years."""

BIAS_SD = 0.01
"""Bias of first prints, and the extra bias of a first mom, as standard deviations of log points. chosen: about
twice the mean revision of 76 national first prints, −0.56 points."""

PRINT_SD = {"nation": 0.01, "region": 0.02, "sector": 0.03}
"""Median of the prior of the error that all first prints of a month share, log points, by what a series is. Of a
nation near the mean absolute revision of 76 first prints, 1.24 points; yoy of 35 industries was revised by 5.0
points in the median (standard deviation; measured), bias and rounding included. chosen: a region between the two."""

LEVELS = ("constant", "drift", "level", "irregular", "seasonal", "evolving", "calendar")
EFFECTS = ("seasonal", "evolving", "calendar")
NOISE = ("first_print", "monthly", "rest")

# Medians of the standard deviations, in log points, typical of monthly production indices not seasonally adjusted:
# of a series alone, of the first of several, and of the own part of every later one.
_ALONE = {"level": 0.02, "irregular": 0.012, "seasonal": 0.07, "evolving": 0.012}
_FIRST = {"level": 0.015, "irregular": 0.012, "seasonal": 0.065, "evolving": 0.012}
_OWN = {"level": 0.015, "irregular": 0.016, "seasonal": 0.045, "evolving": 0.018}
# Spread of their logs; mean and spread of loadings; median of the noise of figures and log spread below and above
# it. The noise of final figures may well be nothing but rounding, so below its prior is wide; that of mom is not above,
# where it would explain the errors of first prints as well as they do.
_LOG_SPREAD, _OWN_LOG_SPREAD = 0.6, 0.7
_LOADING = {"level": (0.9, 0.35), "irregular": (0.9, 0.5), "seasonal": (0.9, 0.3)}
_NOISE = {
    "first_print": (PRINT_SD["nation"], 0.7, 0.7),
    "monthly": (0.003, 1.5, 0.8),
    "rest": (0.0015, 1.5, 1.5),
}
_CALENDAR = {  # mean and standard deviation of a coefficient, log points per unit of the regressor; chosen: wide
    # A day is a twentieth of a month's work, of which a third is lost with it; a week of Tết costs a tenth.
    "working_days": (0.015, 0.015),
    "leap_year": (0.02, 0.02),
    "before": (0.0, 0.06),
    "during": (-0.10, 0.10),
    "after": (0.0, 0.06),
    # A feast of one or two days, and a month of fasting, cost less than the week of a lunar new year.
    "easter_during": (0.0, 0.06),
    "ramadan_during": (-0.03, 0.06),
    "diwali_during": (-0.03, 0.06),
}
_OWN_CALENDAR = 0.5
"""Of a series' own calendar effect to the shared one, as standard deviations; chosen: less is its own than shared."""


@dataclass(frozen=True)
class Parameter:
    """Name one hyperparameter: the log sd of a series' own part (row = column) or a loading (row > column).

    Its prior is N(centre, spread²) on the scale named; below the centre `lower` takes the place of the spread.
    """

    component: str
    row: int
    column: int
    centre: float
    spread: float
    lower: float


def spreads(given: tuple[Parameter, ...], values: Floats) -> Floats:
    """Return the standard deviation of the prior on the side where each hyperparameter lies."""
    return np.array(
        [q.lower if value < q.centre else q.spread for q, value in zip(given, values, strict=True)]
    )


def kinds(names: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return what each series (region, sector) is: a total after that of another region is that of a part of it.

    >>> kinds([("vietnam", "total"), ("bac_ninh", "total"), ("bac_ninh", "water")])
    ('nation', 'region', 'sector')
    """
    totals = [region for region, sector in names if sector == "total"]
    return tuple(
        "sector" if sector != "total" else "nation" if region == totals[0] else "region"
        for region, sector in names
    )


def parameters(p: int, sectors: int = 0, of: Sequence[str] = ()) -> tuple[Parameter, ...]:
    """Return the hyperparameters of p series in a fixed order: related series, the target, then its sectors.

    A related series and the target load on every series before them, a sector on the target alone.
    of : what each series is, as `kinds` tells; nations by default
    """
    out = []
    for row in range(p):
        scale = _ALONE if p == 1 else _OWN if row else _FIRST
        for component, sd in scale.items():
            spread = _OWN_LOG_SPREAD if row else _LOG_SPREAD
            out.append(Parameter(component, row, row, float(np.log(sd)), spread, spread))
        columns = range(row) if row < p - sectors else (p - sectors - 1,)
        for component, (mean, sd) in _LOADING.items():
            out += [Parameter(component, row, column, mean / len(columns), sd, sd) for column in columns]
        for component, (usual, lower, spread) in _NOISE.items():
            median = PRINT_SD[of[row]] if of and component == "first_print" else usual
            out.append(Parameter(component, row, row, float(np.log(median)), spread, lower))
    return tuple(out)


@dataclass(frozen=True, eq=False)
class Kernels:
    """Hold a factor F (months + horizon, k) of each component's kernel over time, K = F Fᵀ, and the mean.

    mean : (months + horizon,) prior mean of a log level · effect_mean : of its seasonal and calendar effects
    months : how many of the rows belong to the history
    """

    factors: dict[str, Floats]
    mean: Floats
    effect_mean: Floats
    months: int

    def over_time(self, component: str, noise: Floats, months: int) -> Floats:
        """Carry noise (d, p, k) through a component's factor to its first months, (d, p, months), by one product."""
        d, p, k = noise.shape
        return np.asarray(
            (noise.reshape(d * p, k) @ self.factors[component][:months].T).reshape(d, p, months)
        )


def kernels(months: pd.PeriodIndex, horizon: int, calendar: pd.DataFrame) -> Kernels:
    """Build the kernels over the months and the horizon; `calendar` has a row for each of them."""
    total = len(months) + horizon
    t = np.arange(total, dtype=float)
    season = np.eye(12)[(months[0].month - 1 + np.arange(total)) % 12] - 1.0 / 12.0  # (total, 12)
    memory = np.exp(-np.abs(t[:, None] - t[None, :]) / EVOLVING_MEMORY)
    evolving = memory * (season @ season.T)
    # "tet_before" is the window "before" of one moving holiday
    names = [name if name in _CALENDAR else name.rsplit("_", 1)[-1] for name in map(str, calendar.columns)]
    beta = np.array([_CALENDAR[name] for name in names]).reshape(-1, 2)
    x = calendar.to_numpy(dtype=float)
    factors = {
        "constant": np.ones((total, 1)),
        "drift": t[:, None],
        "level": np.tri(total, total, -1),
        "irregular": np.eye(total),
        "seasonal": season,
        "evolving": np.linalg.cholesky(evolving + 1e-9 * np.eye(total)),
        "calendar": x * beta[:, 1],
    }
    effect_mean = x @ beta[:, 0]
    return Kernels(factors, np.log(100.0) + GROWTH * t + effect_mean, effect_mean, len(months))


@dataclass(frozen=True, eq=False)
class Covariances:
    """Hold for each component the p×p covariance across series, and tell its derivative by each hyperparameter.

    across : component -> (p, p) · mixing, sd : component -> B (p, p) and s (p,), where across is B diag(s²) Bᵀ
    """

    given: tuple[Parameter, ...]
    across: dict[str, Floats]
    mixing: dict[str, Floats]
    sd: dict[str, Floats]

    def slopes(self, component: str) -> list[tuple[int, Floats]]:
        """Return the derivatives of a component: [(position of the hyperparameter, (p, p)), …]."""
        if component not in self.mixing:
            return []
        mixing, sd, across = self.mixing[component], self.sd[component], self.across[component]
        drift = (
            component == "drift"
        )  # it has the loadings of the level and a standard deviation that is given
        return [
            (j, _slope(q, mixing, sd, across))
            for j, q in enumerate(self.given)
            if q.component == ("level" if drift else component) and not (drift and q.row == q.column)
        ]


def covariances(given: tuple[Parameter, ...], values: Floats, p: int) -> Covariances:
    """Return the covariances across series at hyperparameter `values` (len(given),)."""
    across: dict[str, Floats] = {"constant": np.eye(p)}
    mixing: dict[str, Floats] = {}
    sd: dict[str, Floats] = {}
    loaded = np.zeros((p, p))
    for q in given:
        loaded[q.row, q.column] = q.row != q.column
    calendar = _mixing(loaded / np.maximum(loaded.sum(axis=1, keepdims=True), 1.0))
    own_calendar = np.r_[1.0, np.full(p - 1, _OWN_CALENDAR)]
    across["calendar"] = (calendar * own_calendar**2) @ calendar.T
    components = ("level", "irregular", "seasonal", "evolving", *NOISE)
    loading, own = np.zeros((len(components), p, p)), np.zeros((len(components), p))
    for q, value in zip(given, values, strict=True):
        at = components.index(q.component)
        if q.row == q.column:
            own[at, q.row] = np.exp(value)
        else:
            loading[at, q.row, q.column] = value
    mixing |= zip(components, _mixing(loading), strict=True)
    sd |= zip(components, own, strict=True)
    mixing["drift"], sd["drift"] = mixing["level"], np.full(p, DRIFT_SD)
    across |= {component: (of * sd[component] ** 2) @ of.T for component, of in mixing.items()}
    return Covariances(given, across, mixing, sd)


def _mixing(loading: Floats) -> Floats:
    """(I − Λ)⁻¹ of loadings (…, p, p)."""
    return np.asarray(np.linalg.inv(np.eye(loading.shape[-1]) - loading))


def _slope(q: Parameter, mixing: Floats, sd: Floats, across: Floats) -> Floats:
    """Derivative of B diag(s²) Bᵀ by a log standard deviation or by a loading."""
    if q.row == q.column:
        return np.asarray(2.0 * sd[q.row] ** 2 * (mixing[:, q.row, None] * mixing[:, q.row]))
    half = mixing[:, q.row, None] * across[q.column]
    return np.asarray(half + half.T)
