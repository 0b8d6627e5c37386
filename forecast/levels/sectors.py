"""Sectors that add up to their total: the joint posterior given that contributions sum to it.

With w_i the share of sector i in the total over base months, its share in month t is exp(z_it) and

    z_it = log w_i + (x_it − x_Tt) − mean over base months of (x_i − x_T),   log Σ_i exp(z_it) = N(0, TOLERANCE²)

Given the figures the levels are Gaussian; adding up is one more observation, linearised where it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.levels.likelihood import covariance, lower_root
from forecast.levels.observation import Observations
from forecast.levels.posterior import Posterior
from forecast.levels.prior import EFFECTS, LEVELS, covariances

TOLERANCE = 0.0025
"""Log points to which sectors add up to their total: the extra 0.25 % of the method page."""
GIVEN_SD = 0.002
"""Standard deviation of a share that is given. chosen: two of its last digits, where it is printed as 12.3 %."""

ESTIMABLE_SD = 0.03
"""Shares known no better than this from the figures are not used. chosen: a sector's growth of 10 % then moves the
total by at most 0.3 points by error."""

_STEPS, _SETTLED = 50, 0.1
"""Rounds at most, and the gain of log posterior that ends them; chosen: of no digit shown."""
_LENGTHS = (1.0, 0.5, 0.25, 0.125)  # of a step, tried in turn; chosen: halvings


@dataclass(frozen=True, eq=False)
class AddingUp:
    """Say which series is the total and what shares (S,), ± sd, the sectors after it have over months `base` (m,)."""

    total: int
    shares: Floats
    sd: Floats
    base: npt.NDArray[np.bool_]

    def draw(self, k: int, rng: np.random.Generator) -> Floats:
        """Draw log shares that sum to one, (k, S)."""
        shares = np.maximum(self.shares + self.sd * rng.standard_normal((k, len(self.sd))), self.shares / 10)
        return np.asarray(np.log(shares / shares.sum(axis=1, keepdims=True)))

    def relative(self, x: Floats, log_shares: Floats) -> Floats:
        """Return log shares by month z, (d, S, m), of levels x (d, p, m)."""
        ratio = x[:, self.total + 1 :] - x[:, [self.total]]
        return np.asarray(ratio - ratio[:, :, self.base].mean(axis=2, keepdims=True) + log_shares[:, :, None])


def estimate_shares(o: Observations, total: int, sectors: int) -> tuple[Floats, Floats] | None:
    """Estimate shares and their sd from rates printed for the total and for every sector alike.

    Least squares with shares ≥ 0 and sum 1 on yoy and year-to-date rates; None where there are under two cells a
    sector or the shares remain wider than ESTIMABLE_SD, and for one sector, which alone would be the total itself.
    """
    if sectors < 2:
        return None
    table = o.table.assign(series=o.series)
    table = table[table["measure"].isin(["yoy_pct", "ytd_yoy_pct"]) & (table["series"] >= total)]
    wide = table.pivot_table(
        index=["period", "measure"], columns="series", values="value", aggfunc="last"
    ).dropna()
    if len(wide) < 2 * sectors or wide.shape[1] < sectors + 1:
        return None
    y, x = wide[total].to_numpy(dtype=float), wide.drop(columns=total).to_numpy(dtype=float)
    heavy = 1e3 * np.abs(x).max()
    shares, _ = scipy.optimize.nnls(np.vstack([x, np.full(sectors, heavy)]), np.r_[y, heavy])
    free = np.eye(sectors) - 1.0 / sectors  # directions that keep the sum
    spread = np.sum((y - x @ shares) ** 2) / max(len(y) - sectors + 1, 1)
    sd = np.sqrt(np.diag(spread * np.linalg.pinv(free @ x.T @ x @ free)))
    return None if (sd > ESTIMABLE_SD).any() or (shares <= 0).any() else (shares / shares.sum(), sd)


def add_up(
    posterior: Posterior, adding: AddingUp, levels: Floats, effects: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Move draws of levels (k, p, m) and effects (k, p, m + h) to where the sectors add up.

    The levels of the sectors come back as contributions, on the scale of the total. Hyperparameters are those of
    the mode and do not learn from the sums.
    """
    k, p, m = levels.shape
    of_levels, of_effects = _covariances(posterior, adding)  # (p·m, S·m), (p·(m + h), S·m)
    spread = adding.relative(of_levels.T.reshape(-1, p, m), np.zeros((1, len(adding.shares))))
    spread = spread.reshape(-1, of_levels.shape[1])  # covariance of z, (S·m, S·m)
    log_shares = adding.draw(k, rng)
    noise = TOLERANCE * rng.standard_normal((k, m))
    start = adding.relative(levels, log_shares)  # (k, S, m)
    pulled = np.array([_settled(z, spread, error) for z, error in zip(start, noise, strict=True)])
    levels = levels + (pulled @ of_levels.T).reshape(levels.shape)
    levels[:, adding.total + 1 :] = adding.relative(levels, log_shares) + levels[:, [adding.total]]
    return levels, effects + (pulled @ of_effects.T).reshape(effects.shape)


def _settled(start: Floats, spread: Floats, noise: Floats) -> Floats:
    """Return what moves a draw, whose log shares z are `start` (S, m), to where they add up, (S·m,).

    Gauss–Newton with the draw's own shares as slopes, each step shortened until ½ q'Pq + ½ |missing|² falls.
    """
    sectors, m = start.shape
    blocks = spread.reshape(sectors, m, sectors, m).transpose(0, 2, 1, 3)
    z, pull, cost = start, np.zeros(start.size), np.inf
    for _ in range(_STEPS):
        total = np.logaddexp.reduce(z, axis=0)
        share = np.exp(z - total)
        weighted = TOLERANCE**2 * np.eye(m)
        for i, j in np.ndindex(sectors, sectors):
            weighted += np.outer(share[i], share[j]) * blocks[i, j]
        lacks = noise - total + np.sum(share * (z - start), axis=0)
        aim = (share * scipy.linalg.cho_solve((lower_root(weighted), True), lacks)).ravel()
        to = start + (spread @ aim).reshape(sectors, m)
        for length in _LENGTHS:
            tried, pulled = z + length * (to - z), pull + length * (aim - pull)
            left = noise - np.logaddexp.reduce(tried, axis=0)
            new = 0.5 * pulled @ (tried - start).ravel() + 0.5 * left @ left / TOLERANCE**2
            if new < cost:
                break
        gained, cost = cost - new, min(new, cost)
        if gained > 0:
            z, pull = tried, pulled
        if gained < _SETTLED:
            break
    return pull


def _covariances(posterior: Posterior, adding: AddingUp) -> tuple[Floats, Floats]:
    """Posterior covariance of all levels (p·m, ·) and effects (p·(m + h), ·) with z, (·, S·m)."""
    o, kernels, linear = posterior.observations, posterior.kernels, posterior.linear
    p, m, total = len(linear.rows), kernels.months, len(kernels.mean)
    across = covariances(posterior.given, posterior.values, p)
    lower = lower_root(covariance(linear, across))
    none = np.zeros((1, len(adding.shares)))
    own, figures = [], []
    for components, rows in ((LEVELS, m), (EFFECTS, total)):
        prior, with_figures = np.zeros((p * rows, p * m)), np.zeros((p, rows, len(o.y)))
        for c in components:
            factor = kernels.factors[c]
            prior += np.kron(across.across[c], factor[:rows] @ factor[:m].T)
            with_figures += across.across[c][:, None, o.series] * (factor[:rows] @ linear.factors[c].T)
        own.append(adding.relative(prior.reshape(-1, p, m), none).reshape(p * rows, -1))
        figures.append(with_figures.reshape(p * rows, -1))
    seen = adding.relative(figures[0].T.reshape(-1, p, m), none).reshape(len(o.y), -1)
    learned = scipy.linalg.cho_solve((lower, True), seen)
    return own[0] - figures[0] @ learned, own[1] - figures[1] @ learned


def shares_given(names: Sequence[str], shares: Sequence[float]) -> list[str]:
    """Say what is wrong with shares that are given, nothing where they make one whole."""
    if min(shares) > 0 and abs(sum(shares) - 1.0) <= 0.005:
        return []
    listed = ", ".join(f"{name} {share:g}" for name, share in zip(names, shares, strict=True))
    return [
        f"shares of the sectors: {listed} are not positive with sum 1; give every sector's share, or none"
    ]
