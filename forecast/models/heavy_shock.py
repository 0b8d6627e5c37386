"""Heavy shocks: an innovation scale that jumps and decays: a COVID month neither bends parameters nor is forgotten.

After a shock in month τ the innovations have standard deviation σ·s_t, s_t = 1 + (S − 1)·ρ^(t − τ) for t ≥ τ, 1 before:
Lenza & Primiceri 2022, doi:10.1002/jae.2895. Without it a month far outside all experience widens every later forecast
for good; left out as missing, it makes them strikingly sure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats, robust_sd

THRESHOLD = 6.0
"""Robust standard deviations from which an innovation is a heavy shock."""

RECENT = 24
"""Months for which a shock is remembered; the scale of an older one has decayed."""

SIZES = np.geomspace(2.0, 100.0, 18)
DECAYS = np.linspace(0.3, 0.95, 14)
CALM = 24  # fewest innovations outside the shock from which its scale can be told


@dataclass(frozen=True, eq=False)
class HeavyShock:
    """A shock `age` months before the last month.

    sample : (n,) scales of the innovations at the mode · weights : posterior of (S, ρ) on `SIZES` × `DECAYS`
    """

    age: int
    sample: Floats
    weights: Floats

    def ahead(self, horizon: int, n: int, rng: np.random.Generator) -> Floats:
        """Draw the scales of the coming innovations, (n, horizon), with S and ρ from their posterior."""
        which = rng.choice(self.weights.size, size=n, p=self.weights.ravel())
        size, decay = SIZES[which // len(DECAYS)], DECAYS[which % len(DECAYS)]
        months = self.age + np.arange(1, horizon + 1)
        return np.asarray(1.0 + (size - 1.0)[:, None] * decay[:, None] ** months)


def heavy_shock(residual: npt.ArrayLike) -> HeavyShock | None:
    """Find a heavy shock in the last two years of innovations (n,), NaN where unknown; None in calm times.

    τ is the first month of the last two years beyond `THRESHOLD` robust standard deviations. S and ρ are weighed on a
    grid by the Gaussian likelihood of the months since, σ being that of all others, under the priors p(S) ∝ S⁻² and
    ρ ~ Beta(3, 1.5).
    """
    e = np.asarray(residual, dtype=float)
    known = e[np.isfinite(e)]
    first = max(len(e) - RECENT, 0)
    if len(known) < CALM + RECENT:
        return None
    centre = float(np.median(known))
    spread = robust_sd(known, centre)
    far = np.flatnonzero(np.abs(e[first:] - centre) > THRESHOLD * spread)
    if spread == 0.0 or not len(far):
        return None
    start = first + int(far[0])
    before = e[:start]
    sigma = float(np.sqrt(np.nanmean(np.square(before - centre))))
    since = np.arange(len(e) - start)
    scale = 1.0 + (SIZES[:, None, None] - 1.0) * DECAYS[None, :, None] ** since  # (S, ρ, months)
    after = (e[start:] - centre) / sigma
    log_density = np.nansum(-np.log(scale) - 0.5 * np.square(after / scale), axis=2)
    log_density += -2.0 * np.log(SIZES)[:, None] + 2.0 * np.log(DECAYS) + 0.5 * np.log1p(-DECAYS)
    weights = np.exp(log_density - log_density.max())
    best = np.unravel_index(int(weights.argmax()), weights.shape)
    sample = np.ones(len(e))
    sample[start:] = scale[best]
    return HeavyShock(len(e) - 1 - start, sample, weights / weights.sum())
