"""Noise-aware block walk: a random walk whose last months may hold noise that will revert.

Where the series of a panel fall together (`models.common_fall`) the last months are no noise: θ is 0 there, and the
walk the block walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, Rows, block_indices, long_run_errors
from forecast.errors import FitError
from forecast.models.baseline import LEAST_GROWTH_RATES, anchor
from forecast.models.common_fall import common_fall
from forecast.models.dated import Dated, like_series, moved
from forecast.models.draws import Found, alone, fitted, only, simulated, stacked, with_panel
from forecast.models.standardised import Bools
from forecast.parallel import one_thread
from forecast.shocks import Aftermath, calmed


@dataclass(frozen=True)
class NoisyWalk:
    """Δz_t = μ + e_t − θ e_{t−1}; θ from `grid`, weighed by how well it explains the last `window` months.

    recent : months that give drift and errors · block : months per bootstrap block
    In a common fall θ is the least of the grid.
    """

    grid: tuple[float, ...] = tuple(round(0.05 * i, 2) for i in range(20))
    window: int = 240
    recent: int = 120
    block: int = 12


@dataclass(frozen=True, eq=False, repr=False)
class NoisyWalkFit(Dated):
    """A noisy walk anchored at `last`. posterior (g,) over the grid; errors (g, recent) under each θ.

    centre : mean growth of the window, which the errors are counted from · current : (g,) the last month's error
    after : what a shock of the last two years left, which still widens the coming months; it is in no block
    falling : whether the panel was in a common fall in the last month
    """

    spec: NoisyWalk
    last: float
    months_since_last: int
    drift: float
    drift_error: float
    posterior: Floats
    errors: Floats
    centre: float
    current: Floats
    after: Aftermath | None
    falling: bool

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points: θ, drift and blocks of errors are drawn."""
        return simulate_draws([self], horizon, [n], [rng])

    @property
    def weights(self) -> Floats:
        """What each θ of the grid weighs in the paths, (g,): the posterior, all on the least θ in a common fall."""
        least = np.asarray(self.spec.grid) == min(self.spec.grid)
        return least.astype(np.float64) if self.falling else self.posterior

    @one_thread
    def updated(self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None) -> NoisyWalkFit:
        """Return the same θ, drift and errors to draw after the last known month of other levels y, (n,) index points.

        What is new beside the level is the last month's error, of which θ takes back its part, and whether the panel
        is in a common fall.
        """
        fit, values, _ = moved(self, y)
        z = np.log(values)[None]
        seen = calmed(z)
        last, since = anchor(seen.levels[0])
        errors = _errors(self.spec, _growth(self.spec, seen.levels) - self.centre)[0]
        falling = bool(_falling(self.spec, z, alone(like_series(panel, y, fit.months)))[0])
        return replace(
            fit,
            last=last,
            months_since_last=since,
            current=errors[:, -1],
            after=seen.aftermaths()[0],
            falling=falling,
        )

    def summary(self) -> dict[str, Any]:
        """Return the mean of θ, and drift and spread in percent a month."""
        return {
            "theta": float(self.weights @ np.asarray(self.spec.grid)),
            "drift_pct": 100.0 * self.drift,
            "drift_error_pct": 100.0 * self.drift_error,
            "innovation_sd_pct": 100.0 * float(self.weights @ self.errors.std(axis=1)),
            "block_months": self.spec.block,
        }


@one_thread
def fit(spec: NoisyWalk, y: npt.ArrayLike, panel: npt.ArrayLike | None = None) -> NoisyWalkFit:
    """Weigh the grid by p(θ) ∝ SSE(θ)^(−n/2), the marginal posterior of θ under flat priors and Gaussian errors.

    y : (n,) index points; a missing month is interpolated in logs. The drift's error is its long-run one.
    panel : (n, s) adjusted index points of like series on the same months, NaN where unknown
    Raises FitError with fewer than 24 growth rates.
    """
    return only(fit_draws(spec, np.asarray(y, dtype=float)[None], alone(panel)))


def fit_draws(spec: NoisyWalk, y: Floats, panel: Floats | None = None) -> Found[NoisyWalkFit]:
    """Fit every draw of the level, (k, n) index points, beside its own of the panel, (k, n, s), as `fit` does one."""
    z = np.log(y)
    falling = _falling(spec, z, panel)
    return fitted(np.isfinite(z), lambda rows: _fit_alike(spec, z[rows], falling[rows]))


def _fit_alike(spec: NoisyWalk, z: Floats, falling: Bools) -> list[NoisyWalkFit | FitError]:
    """Fit log levels (k, n) with the same months known, some of them in a common fall, (k,)."""
    count = int(np.isfinite(np.diff(z[0])[-spec.window :]).sum())
    if count < LEAST_GROWTH_RATES:
        raise FitError(f"a noisy walk needs {LEAST_GROWTH_RATES} monthly growth rates, found {count}")
    seen = calmed(z)
    z, after = seen.levels, seen.aftermaths()
    growth = _growth(spec, z)
    recent = growth[:, -spec.recent :] + seen.lift(spec.recent)
    centre = growth.mean(axis=1)
    errors = _errors(spec, growth - centre[:, None])
    sse = np.square(errors).sum(axis=2)
    least = sse.min(axis=1)
    ratio = sse / np.where(least > 0.0, least, 1.0)[:, None]
    weight = np.exp(-0.5 * growth.shape[1] * np.log(np.where(ratio > 0.0, ratio, 1.0)))
    posterior = weight / weight.sum(axis=1, keepdims=True)
    drift, drift_error = recent.mean(axis=1).tolist(), long_run_errors(recent).tolist()
    return [
        NoisyWalkFit(
            spec, *anchor(z[i]), drift[i], drift_error[i], posterior[i],
            errors[i, :, -spec.recent :], float(centre[i]), errors[i, :, -1], after[i], bool(falling[i]),
        )
        if least[i] > 0.0
        else FitError("growth does not vary; a noisy walk cannot be estimated")
        for i in range(len(z))
    ]  # fmt: skip


def simulate_draws(
    fits: Sequence[NoisyWalkFit],
    horizon: int,
    counts: Sequence[int],
    rngs: Sequence[np.random.Generator],
    x: Floats | None = None,
) -> Floats:
    """Draw counts[i] paths of each fit from its own generator, (Σ counts, horizon) index points."""
    return simulated(
        fits, horizon, counts, rngs, lambda fit, _: (fit.spec, fit.months_since_last, fit.errors.shape),
        lambda some, of, own: _simulate_alike(some, horizon, of, own),
    )  # fmt: skip


def _simulate_alike(
    fits: list[NoisyWalkFit], horizon: int, of: Rows, rngs: list[np.random.Generator]
) -> Floats:
    """Simulate fits of one shape, row r being a path of fit of[r]."""
    spec, since = fits[0].spec, fits[0].months_since_last
    uniform, normal, months, scale = [], [], [], []
    for fit, rng, n in zip(fits, rngs, np.bincount(of, minlength=len(fits)).tolist(), strict=True):
        uniform.append(rng.random(n))
        normal.append(rng.standard_normal((n, 1)))
        months.append(block_indices(fits[0].errors.shape[1], since + horizon, n, spec.block, rng))
        h = since + horizon
        scale.append(np.ones((n, h)) if fit.after is None else fit.after.ahead(h, n, rng))
    chance = np.cumsum([fit.weights for fit in fits], axis=1)
    chance /= chance[:, -1:]
    which = (chance[of] <= stacked(uniform)[:, None]).sum(axis=1)
    drift = np.array([[fit.drift, fit.drift_error] for fit in fits])[of]
    errors = np.stack([fit.errors for fit in fits])
    centred = (errors - errors.mean(axis=2, keepdims=True))[of, which]  # (n, recent)
    current = np.stack([fit.current for fit in fits])[of, which]
    drawn = np.take_along_axis(centred, stacked(months), axis=1) * stacked(scale)
    e = np.concatenate([current[:, None], drawn], axis=1)
    growth = drift[:, :1] + drift[:, 1:] * stacked(normal) + e[:, 1:]
    growth -= np.asarray(spec.grid)[which][:, None] * e[:, :-1]
    last = np.array([fit.last for fit in fits])[of]
    return np.asarray(np.exp(last[:, None] + np.cumsum(growth, axis=1))[:, since:])


def _falling(spec: NoisyWalk, z: Floats, panel: Floats | None) -> Bools:
    """Whether each draw of log levels (k, n) is in a common fall with its panel, (k, n, s) index points, (k,)."""
    if panel is None:
        return np.zeros(len(z), dtype=bool)
    return common_fall(with_panel(z, panel), spec.window)


def _growth(spec: NoisyWalk, z: Floats) -> Floats:
    """Growth of log levels (k, n) in the window to the last known month, missing months interpolated, (k, m)."""
    there = np.flatnonzero(np.isfinite(z[0]))
    months = np.arange(there[0], there[-1] + 1)
    whole = z[:, months] if len(there) == len(months) else [np.interp(months, there, row[there]) for row in z]
    return np.diff(whole, axis=1)[:, -spec.window :]


def _errors(spec: NoisyWalk, deviation: Floats) -> Floats:
    """Errors e_t = Δz_t − μ + θ e_{t−1} of deviations (k, m) from μ under each θ, (k, g, m)."""
    theta = np.asarray(spec.grid)
    errors = np.empty((deviation.shape[1], len(deviation), len(theta)))
    e = np.zeros((len(deviation), len(theta)))
    for month, now in zip(errors, deviation.T, strict=True):
        np.multiply(theta, e, out=month)
        month += now[:, None]
        e = month
    return np.ascontiguousarray(errors.transpose(1, 2, 0))
