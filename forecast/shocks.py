"""Shocks: months far outside what came before, what they teach, and how wide they leave the months after.

The growth of a month is judged by the growth before it alone: d_t = (Δz_t − centre)/spread, centre and spread the
median and 1.4826·MAD of up to ten years before, or the spread of the last two where that is wider. Beyond c a month is
a shock, and in the year after one, the other way, beyond c′, since it is a return; months that go on the same way are a
slump's and are judged as any other. A shock's innovation is the sum of a usual one and of one with s_t² − 1 times the
variance, s_t = (d_t/c)², and the models see what is expected to be usual of it, d_t/s_t². The rest is a step of the
level: it teaches nothing about other months, and is in no block and in no season. In means it counts as c would.

After a shock in month τ the innovations have standard deviation σ·S_t: of the months τ to τ + 2 each its own, the last
of them S, and 1 + (S − 1)·ρ^j after j more (Lenza & Primiceri 2022, doi:10.1002/jae.2895). Without it the months after
a lockdown would be forecast with the confidence of a quiet year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecast.arrays import MAD_TO_SD, Floats, Rows, alike
from forecast.rooms import furnish

__all__ = ["FREE_MONTHS", "THRESHOLD", "Aftermath", "Calmed", "aftermath", "calmed", "scale_density"]

Bools = npt.NDArray[np.bool_]

THRESHOLD = 10.0
"""c: robust standard deviations from which growth is a shock; chosen on US slumps: with 6 the falls of 2008 are."""

NEAR, NEAR_MONTHS = 4.0, 12
"""c′, and the months after a shock in which it holds for growth the other way; chosen: a return is no usual growth."""

SCREEN = 0.5
"""Of c, by the spread of all months; chosen: a series that never goes so far is not worth the search."""

MEMORY, RENEWED = 120, 12
"""Months of growth that tell the spread, and how often it is told anew; chosen: as many as the walks draw from."""

TOGETHER = 256
"""Series judged at once; chosen: it bounds the memory, 30 kB a series and ten years."""

LEAST = 24
"""Growth rates before a month without which nothing is far outside; chosen: as few as a walk is estimated from."""

RECENT = 24
"""Months for which a shock is remembered, and whose own spread counts where it is the wider; chosen: from the second
year on errors of walks are the usual ones."""

FREE_MONTHS = 3
"""Months at the start of a shock with a scale of their own, the last of them the one that decays: as in the source."""

SIZES = np.geomspace(1.0, 100.0, 19)
DECAYS = np.linspace(0.3, 0.95, 14)
BETA = (3.03, 1.51)
"""Prior of ρ: mode .8, standard deviation .2, as in the source."""


@dataclass(frozen=True, eq=False)
class Aftermath:
    """What a shock `age` months before the last month left; weights : posterior of (S, ρ) on `SIZES` × `DECAYS`."""

    age: int
    weights: Floats

    def ahead(self, horizon: int, n: int, rng: np.random.Generator) -> Floats:
        """Draw the scales of the coming innovations, (n, horizon), with S and ρ from their posterior."""
        which = rng.choice(self.weights.size, size=n, p=self.weights.ravel())
        size, decay = SIZES[which // len(DECAYS)], DECAYS[which % len(DECAYS)]
        decayed = np.maximum(self.age + 1 + np.arange(1, horizon + 1) - FREE_MONTHS, 0)
        return np.asarray(1.0 + (size - 1.0)[:, None] * decay[:, None] ** decayed)


@dataclass(frozen=True, eq=False)
class Calmed:
    """Hold log levels (k, n) less the steps of shocks, ending where the level ends, and what the last shock left.

    clipped : (k, n − 1) growth, that of shocks brought to the threshold, for means
    deviation : (k, n − 1) d_t; NaN where growth is not known, 0 in a series never far out or without spread
    """

    levels: Floats
    clipped: Floats
    deviation: Floats

    def of(self, rows: Rows) -> Calmed:
        """Return those of some draws."""
        return Calmed(self.levels[rows], self.clipped[rows], self.deviation[rows])

    def lift(self, window: int) -> Floats:
        """Return what clipped growth has on usual growth in the mean of the last months, (k, 1)."""
        apart = self.clipped[:, -window:] - np.diff(self.levels, axis=1)[:, -window:]
        known = np.isfinite(apart)
        total = np.where(known, apart, 0.0).sum(axis=1, keepdims=True)
        return np.asarray(total / np.maximum(known.sum(axis=1, keepdims=True), 1))

    def growth(self, window: int) -> Floats:
        """Return usual growth of the last months with the mean that it has clipped, (k, window)."""
        return np.asarray(np.diff(self.levels, axis=1)[:, -window:] + self.lift(window))

    def aftermaths(self) -> list[Aftermath | None]:
        """Return of each draw what a shock of the last two years left."""
        return [aftermath(row) for row in self.deviation]


def calmed(z: Floats) -> Calmed:
    """Take the steps of shocks out of log levels (k, n), NaN where unknown; without shocks they stay the same.

    The first two years are judged by themselves.
    """
    growth = np.diff(z, axis=1)
    known = np.isfinite(growth)
    usual, clipped, deviation = growth.copy(), growth.copy(), np.where(known, 0.0, np.nan)
    for rows in alike(known):
        months = np.flatnonzero(known[rows[0]])
        rows = rows[_strays(growth[np.ix_(rows, months)])]
        at = np.ix_(rows, months)
        centre, deviation[at] = _judged(growth[at])
        if not (np.abs(deviation[at]) > THRESHOLD).any():
            continue
        beyond, away = _beyond(deviation[at]), growth[at] - centre
        usual[at] = np.where(beyond > 1.0, centre + away / beyond**4, growth[at])
        clipped[at] = np.where(beyond > 1.0, centre + away / beyond, growth[at])
    steps = np.where(known, growth - usual, 0.0)
    if not steps.any():
        return Calmed(z, growth, deviation)
    levels = z.copy()
    levels[:, :-1] += np.cumsum(steps[:, ::-1], axis=1)[:, ::-1]  # the steps from each month on
    return Calmed(levels, clipped, deviation)


def _strays(growth: Floats) -> Bools:
    """Which rows of known growth (k, m) go far enough to be searched for shocks, (k,)."""
    if growth.shape[1] < LEAST:
        return np.zeros(len(growth), dtype=bool)
    centre = np.median(growth, axis=1, keepdims=True)
    away = np.abs(growth - centre)
    spread = MAD_TO_SD * np.median(away, axis=1, keepdims=True)
    return np.asarray((away > SCREEN * THRESHOLD * spread).any(axis=1))


def _judged(growth: Floats) -> tuple[Floats, Floats]:
    """The centre that each month of known growth (k, m) is judged by, and d_t."""
    m = growth.shape[1]
    firsts = np.array([0, *range(LEAST, m, RENEWED)])  # the first months of what is judged together
    ends = np.maximum(firsts, LEAST)
    of = np.searchsorted(firsts, np.arange(m), side="right") - 1
    centre, deviation = np.zeros(growth.shape), np.zeros(growth.shape)
    for start in range(0, len(growth), TOGETHER):
        rows = slice(start, start + TOGETHER)
        middle, spread = (told[:, of] for told in _told(growth[rows], ends))
        away = growth[rows] - middle
        centre[rows] = middle
        deviation[rows] = np.divide(away, spread, out=np.zeros_like(away), where=spread > 0.0)
    return centre, deviation


def _told(growth: Floats, ends: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Centre and spread before each of `ends`, (k, ends): of ten years, but a spread that has widened since counts."""
    centre, spread = _median_and_mad(growth, ends, MEMORY)
    return centre, np.maximum(spread, _median_and_mad(growth, ends, RECENT)[1])


def _median_and_mad(growth: Floats, ends: npt.NDArray[np.int64], memory: int) -> tuple[Floats, Floats]:
    """Median and 1.4826·MAD of up to `memory` months of growth (k, m) before each of `ends`, (k, ends)."""
    lengths = np.minimum(ends, memory)
    month = (ends - lengths)[:, None] + np.arange(memory)
    values = growth[:, np.minimum(month, growth.shape[1] - 1)]  # (k, ends, memory)
    values[:, np.arange(memory) >= lengths[:, None]] = np.inf  # sorted last, and left there
    centre = _middle(values, lengths)
    return centre, MAD_TO_SD * _middle(np.abs(values - centre[:, :, None]), lengths)


def _middle(values: Floats, lengths: npt.NDArray[np.int64]) -> Floats:
    """Median of the `lengths` least of values (k, e, n), (k, e): one sort, as a call for each would be slow."""
    ordered, each = np.sort(values, axis=2), np.arange(len(lengths))
    return np.asarray((ordered[:, each, (lengths - 1) // 2] + ordered[:, each, lengths // 2]) / 2.0)


def _beyond(deviation: Floats) -> Floats:
    """|d_t|/c of deviations (k, m), at least 1; s_t is its square."""
    returns = np.where(deviation > 0.0, _followed(deviation < -THRESHOLD), _followed(deviation > THRESHOLD))
    return np.asarray(np.maximum(np.abs(deviation) / np.where(returns, NEAR, THRESHOLD), 1.0))


def _followed(shock: Bools) -> Bools:
    """Whether a month has a shock in the 12 months before it, (k, m)."""
    counted = np.cumsum(np.pad(shock, ((0, 0), (NEAR_MONTHS + 1, 0))), axis=1)
    return np.asarray(counted[:, NEAR_MONTHS:-1] > counted[:, : -NEAR_MONTHS - 1])


def aftermath(deviation: Floats) -> Aftermath | None:
    """Return what a shock of the last two years left of deviations (m,), NaN where unknown; None in calm times.

    τ is the first month of the last two years that is a shock. S and ρ are weighed on a grid by the Gaussian likelihood
    of the months from the last free one on, in root mean squares of the usual growth before τ, under the priors
    log S ~ exponential of mean ½ and ρ ~ Beta(3.03, 1.51). Months that go back part of the way are a return and say
    nothing of the scale, and nor do months whose growth is not known: they are no calm ones.
    """
    far = np.flatnonzero(np.abs(deviation[-RECENT:]) > THRESHOLD)
    if not len(far):
        return None
    first = max(len(deviation) - RECENT, 0) + far[0]
    since = deviation[first:] / _usual_scale(deviation[:first])
    way = np.sign(since[0])
    returning = (np.sign(since) == -way) & (np.sign(np.nancumsum(since)) == way)
    told = np.where(returning, np.nan, since)[FREE_MONTHS - 1 :]
    log_density = scale_density(told, SIZES, DECAYS) - 2.0 * np.log(SIZES)[:, None]
    weights = np.exp(log_density - log_density.max())
    return Aftermath(len(since) - 1, weights / weights.sum())


def _usual_scale(deviation: Floats) -> float:
    """Root mean square of usual growth of the last ten years, in robust standard deviations and never under one."""
    known = deviation[np.abs(deviation) > 0.0]
    usual = known / _beyond(known[None])[0] ** 4
    return max(1.0, float(np.sqrt(np.square(usual[-MEMORY:]).mean()))) if len(usual) else 1.0


def scale_density(e: Floats, sizes: Floats, decays: Floats) -> Floats:
    """Return log p(e | S, ρ) + log p(ρ), (sizes, decays), of innovations e (m,) in usual standard deviations.

    e[0] is of the month whose scale is S; NaN says nothing.
    """
    a, b = BETA
    scale = 1.0 + (sizes[:, None, None] - 1.0) * decays[None, :, None] ** np.arange(len(e))
    likelihood = -np.nansum(np.where(np.isnan(e), np.nan, np.log(scale)) + np.square(e / scale) / 2.0, axis=2)
    return np.asarray(likelihood + (a - 1.0) * np.log(decays) + (b - 1.0) * np.log1p(-decays))


furnish(__name__)
