"""Levels and hyperparameters of highest posterior density: Gauss–Newton for the ones, L-BFGS for the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.levels.likelihood import Linear, covariance, linearise, log_posterior, lower_root
from forecast.levels.observation import Observations
from forecast.levels.prior import EFFECTS, LEVELS, Covariances, Kernels, Parameter, covariances

_ROUNDS = 6  # of step and update; chosen: the search ends by itself long before
_SETTLED, _NEAR = 0.01, 0.3
"""Moves in log parameters, in prior standard deviations: settled, and near enough for finer slopes. chosen: a
hundredth is small beside the width of any posterior, a third is not yet."""
_ROUGH, FINE = 0.5, 0.02
"""Slope of the posterior, in prior standard deviations, at which a search ends; chosen: far inside a posterior sd."""
_FARTHEST = 6.0
"""Prior standard deviations that a parameter may lie from its median; chosen: beyond any data seen."""
STEPS = 200
"""With first prints among few figures a step may shorten the way by no more than a quarter, so that 200 shorten it
to rounding."""
_WHOLE = 12
"""Whole steps that are tried before damped ones; chosen: four or five end where they end at all."""
CONVERGED = 1e-8  # log points; chosen: a hundred-thousandth of the last printed digit
_DAMPED, _CAREFUL, _HALVINGS, _RISE = 0.6, 12, 6, 0.01
"""First step length, careful steps at most, halvings of each, and the rise of log posterior that ends them. chosen:
short and few, for searches that leap to and fro; a hundredth more likely is not more likely."""


@dataclass(frozen=True, eq=False)
class Search:
    """Look for hyperparameters (j,) and log levels (p, m), each given the other; tell the last step of the levels."""

    observations: Observations
    kernels: Kernels
    given: tuple[Parameter, ...]

    @property
    def centre(self) -> Floats:
        """Hyperparameters at the prior's centre."""
        return np.array([q.centre for q in self.given])

    def at(self, levels: Floats) -> Linear:
        """Return the figures linearised at some levels."""
        return linearise(self.observations, self.kernels, levels)

    def usual(self, p: int) -> Floats:
        """Log levels of p series, (p, m), as the prior has them."""
        return np.tile(self.kernels.mean[: self.kernels.months], (p, 1))

    def quick(self, values: Floats, levels: Floats) -> tuple[Floats, Floats, float, Linear]:
        """One step of the levels for each mode of the hyperparameters, then the levels to their end."""
        moved = np.inf
        for _ in range(_ROUNDS):
            linear = self.at(levels)
            slope = _ROUGH if moved > _NEAR else FINE
            best = mode(linear, self.given, values, slope)
            moved = float(np.max(np.abs(best - values)))
            values = best
            levels = _step(linear, self.kernels, self.given, values)
            if slope == FINE and moved < _SETTLED:
                break
        return values, *self.settled(values, levels, 1.0)

    def fell(self, values: Floats, linear: Linear, start: Floats) -> bool:
        """Whether the log posterior ended lower than it stands at the prior's centre: then that was no mode."""
        _, step, begun = self.settled(self.centre, start, 1.0, _WHOLE)
        if step >= CONVERGED:
            _, step, begun = self.settled(self.centre, start, _DAMPED)
        ended = log_posterior(linear, self.given, values)[0]
        return step < CONVERGED and ended < log_posterior(begun, self.given, self.centre)[0]

    def careful(self, levels: Floats) -> tuple[Floats, Floats, float, Linear]:
        """Move hyperparameters only as far as the log posterior rises with the levels settled at them.

        The mode at one linearisation does not know how the next one will look. Where figures say little of single
        months, as the year to date alone does, the two can answer each other with ever larger seasons.
        """
        values = self.centre
        levels, step, linear = self.settled(values, levels, _DAMPED)
        height = log_posterior(linear, self.given, values)[0]
        for _ in range(_CAREFUL):
            way = mode(linear, self.given, values, FINE) - values
            tried = []
            for share in 0.5 ** np.arange(_HALVINGS):
                there = values + share * way
                settled = self.settled(there, levels, _DAMPED)
                tried.append((log_posterior(settled[2], self.given, there)[0], there, settled))
            best = max(tried, key=lambda one: one[0])
            if best[0] < height + _RISE:
                break
            height, values, (levels, step, linear) = best
        return values, levels, step, linear

    def settled(
        self, values: Floats, levels: Floats, damped: float, steps: int = STEPS
    ) -> tuple[Floats, float, Linear]:
        """Return the levels at some hyperparameters, the last whole step (`damped` of it is taken), and from where."""
        step = np.inf
        for _ in range(steps):
            linear = self.at(levels)
            target = _step(linear, self.kernels, self.given, values)
            step = float(np.max(np.abs(target - levels)))
            levels = target if damped == 1.0 else levels + damped * (target - levels)
            if step < CONVERGED:
                break
        return levels, step, linear


def _step(linear: Linear, kernels: Kernels, given: tuple[Parameter, ...], values: Floats) -> Floats:
    """Gauss–Newton step: posterior mean of the log levels (p, m) in the linearisation."""
    across = covariances(given, values, len(linear.rows))
    weights = scipy.linalg.cho_solve((lower_root(covariance(linear, across)), True), linear.residual)
    moved = pull(linear, kernels, across, weights[None, :])[0][0]
    return np.asarray(kernels.mean[: kernels.months] + moved)


def pull(linear: Linear, kernels: Kernels, across: Covariances, weights: Floats) -> tuple[Floats, Floats]:
    """Return the covariance with the figures, times each of the weights (d, n), of log levels and of effects.

    Shapes (d, p, m) and (d, p, m + horizon).
    """
    d, p, total = len(weights), len(linear.rows), len(kernels.mean)
    levels, effects = np.zeros((d, p, kernels.months)), np.zeros((d, p, total))
    for c in LEVELS:
        # Σ_c[s, series of f] · weight, summed over the figures f of each series, so that no (d, p, n) is made.
        of_series = np.stack([weights[:, rows] @ linear.factors[c][rows] for rows in linear.rows], axis=1)
        weighted = across.across[c] @ of_series  # (d, p, k)
        reach = total if c in EFFECTS else kernels.months
        part = kernels.over_time(c, weighted, reach)
        levels += part[:, :, : kernels.months]
        if c in EFFECTS:
            effects += part
    return levels, effects


def mode(linear: Linear, given: tuple[Parameter, ...], start: Floats, slope: float) -> Floats:
    """Return hyperparameters at which no slope of the log posterior, in units of their prior, exceeds `slope`."""
    centre = np.array([q.centre for q in given])
    spread = np.array([max(q.spread, q.lower) for q in given])

    def objective(z: Floats) -> tuple[float, Floats]:
        value, slope = log_posterior(linear, given, centre + spread * z)
        return -value, -slope * spread

    optimum = scipy.optimize.minimize(
        objective,
        (start - centre) / spread,
        jac=True,
        method="L-BFGS-B",
        bounds=[(-_FARTHEST, _FARTHEST)] * len(start),
        options={"maxiter": 200, "ftol": 1e-12, "gtol": slope},
    )
    return np.asarray(centre + spread * optimum.x)
