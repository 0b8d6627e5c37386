"""Shocks: months far outside what came before, with the variance they had, and how wide they leave the months after.

The growth of a month is judged by the growth before it alone: d_t = (Δz_t − centre)/spread, centre and spread the median
and 1.4826·MAD of up to ten years before. A month with |d_t| > c is a shock: its innovation is the sum of a usual one and
of one with s_t² − 1 times the variance, s_t = |d_t|/c, of which the models see what is expected to be usual, d_t/s_t².
The rest is a step of the level that teaches nothing about other months. After a shock in month τ the innovations have
standard deviation σ·S_t, S_t = 1 + (S − 1)·ρ^(t − τ) (Lenza & Primiceri 2022, doi:10.1002/jae.2895): without it the
months after a lockdown would be forecast with the confidence of a quiet year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import MAD_TO_SD, Floats, Rows, alike
from forecast.rooms import furnish

__all__ = ["Aftermath", "Calmed", "aftermath", "calmed", "scale_density"]

THRESHOLD = 6.0
"""c: robust standard deviations from which growth is a shock; a Gaussian month lies there once in 40 million years."""

MEMORY, RENEWED = 120, 12
"""Months of growth that tell the spread, and how often it is told anew; chosen: as many as the walks draw from."""

LEAST = 24
"""Growth rates before a month without which nothing is far outside; chosen: as few as a walk is estimated from."""

RECENT = 24
"""Months for which a shock is remembered; the scale of an older one has decayed."""

SIZES = np.geomspace(2.0, 100.0, 18)
DECAYS = np.linspace(0.3, 0.95, 14)
BETA = (3.03, 1.51)
"""Prior of ρ: mode .8, standard deviation .2, as in the source."""


@dataclass(frozen=True, eq=False)
class Aftermath:
    """A shock `age` months before the last month; weights : posterior of (S, ρ) on `SIZES` × `DECAYS`."""

    age: int
    weights: Floats

    def ahead(self, horizon: int, n: int, rng: np.random.Generator) -> Floats:
        """Draw the scales of the coming innovations, (n, horizon), with S and ρ from their posterior."""
        which = rng.choice(self.weights.size, size=n, p=self.weights.ravel())
        size, decay = SIZES[which // len(DECAYS)], DECAYS[which % len(DECAYS)]
        months = self.age + np.arange(1, horizon + 1)
        return np.asarray(1.0 + (size - 1.0)[:, None] * decay[:, None] ** months)


@dataclass(frozen=True, eq=False)
class Calmed:
    """Hold log levels (k, n) less the steps of shocks, ending where the level ends, and what the last shock left.

    deviation : (k, n − 1) d_t; 0 where growth is not known or too little came before it
    """

    levels: Floats
    deviation: Floats

    def of(self, rows: Rows) -> Calmed:
        """Return those of some draws."""
        return Calmed(self.levels[rows], self.deviation[rows])

    def aftermaths(self) -> list[Aftermath | None]:
        """Return of each draw what a shock of the last two years left."""
        return [aftermath(row) for row in self.deviation]


def calmed(z: Floats) -> Calmed:
    """Take the steps of shocks out of log levels (k, n), NaN where unknown; without shocks they stay the same.

    The first two years are judged by themselves.
    """
    growth = np.diff(z, axis=1)
    known = np.isfinite(growth)
    usual, deviation = growth.copy(), np.zeros(growth.shape)
    for rows in alike(known):
        months = np.flatnonzero(known[rows[0]])
        at = np.ix_(rows, months)
        usual[at], deviation[at] = _usual(growth[at])
    steps = np.where(known, growth - usual, 0.0)
    if not steps.any():
        return Calmed(z, deviation)
    levels = z.copy()
    levels[:, :-1] += np.cumsum(steps[:, ::-1], axis=1)[:, ::-1]  # the steps from each month on
    return Calmed(levels, deviation)


def _usual(growth: Floats) -> tuple[Floats, Floats]:
    """What is usual of known growth (k, m), and d_t."""
    usual, deviation = growth.copy(), np.zeros(growth.shape)
    for first in (0, *range(LEAST, growth.shape[1], RENEWED)):
        before = usual[:, max(first - MEMORY, 0) : first or LEAST]
        now = slice(first, first + RENEWED if first else LEAST)
        centre = np.median(before, axis=1, keepdims=True)
        spread = MAD_TO_SD * np.median(np.abs(before - centre), axis=1, keepdims=True)
        away = growth[:, now] - centre
        d = np.divide(away, spread, out=np.zeros_like(away), where=spread > 0.0)
        scale = np.maximum(np.abs(d) / THRESHOLD, 1.0)
        deviation[:, now] = d
        usual[:, now] = np.where(scale > 1.0, centre + away / np.square(scale), growth[:, now])
    return usual, deviation


def aftermath(deviation: Floats) -> Aftermath | None:
    """Return what a shock of the last two years left of deviations (m,); None in calm times.

    τ is the first month of the last two years that is a shock. S and ρ are weighed on a grid by the Gaussian likelihood of
    the months since, under the priors p(S) ∝ S⁻² and ρ ~ Beta(3.03, 1.51).
    """
    recent = deviation[-RECENT:]
    far = np.flatnonzero(np.abs(recent) > THRESHOLD)
    if not len(far):
        return None
    since = recent[far[0] :]
    log_density = scale_density(since, SIZES, DECAYS) - 2.0 * np.log(SIZES)[:, None]
    weights = np.exp(log_density - log_density.max())
    return Aftermath(len(since) - 1, weights / weights.sum())


def scale_density(e: Floats, sizes: Floats, decays: Floats) -> Floats:
    """Return log p(e | S, ρ) + log p(ρ), (sizes, decays), of innovations e (m,) in usual standard deviations since τ."""
    a, b = BETA
    scale = 1.0 + (sizes[:, None, None] - 1.0) * decays[None, :, None] ** np.arange(len(e))
    likelihood = -(np.log(scale) + np.square(e / scale) / 2.0).sum(axis=2)
    return np.asarray(likelihood + (a - 1.0) * np.log(decays) + (b - 1.0) * np.log1p(-decays))


furnish(__name__)
