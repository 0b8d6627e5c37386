"""`expect`: what all other figures say of the newest rates, jointly.

The reconstruction's model, with those two scales, of what moves the levels and of the errors of figures, at which the
others are likeliest. A figure given those of earlier months has Student's t; in a crisis some are many times as wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy  # its parts load where they are first used

from forecast import calendar
from forecast.arrays import Floats, Rows
from forecast.figures import Figures
from forecast.levels.leave_out import ENOUGH, STEPS, months_of
from forecast.levels.likelihood import Linear, covariance, lower_root
from forecast.levels.mode import Search
from forecast.levels.observation import Bools, Name, Observations, observe
from forecast.levels.prior import NOISE, Covariances, Parameter, covariances, kernels, parameters

_FREEDOM = 4.0  # of Student's t; chosen: one figure in a hundred is then 4.6 standard errors away

_CRISIS, _SHOCKS, _TIMES = 0.05, 0.3, np.array([3.0, 10.0, 30.0])
"""Probability that half a year has a crisis, share of its figures that are shocks, and times that these are as wide.
chosen: two such half years in twenty years; a fall by half is thirty times what moves a month."""


@dataclass(frozen=True, eq=False)
class Expected:
    """Hold what is expected of the newest rates, (b,), in log points, and its covariance but for their rounding."""

    mean: Floats
    spread: Floats

    def log_density(self, values: Floats, half_units: Floats, of: Bools) -> float:
        """Return the log density of those values, (b,), that `of` tells, by points.

        u = L⁻¹(y − mean), L the lower root of the covariance: how far each is from what those before it let expect.
        """
        size = 100.0 + values[of]
        rounding = np.diag((half_units[of] / size) ** 2 / 3.0)
        root = np.linalg.cholesky(self.spread[np.ix_(of, of)] + rounding)
        error = np.log(size / 100.0) - self.mean[of]
        u = scipy.linalg.solve_triangular(root, error, lower=True, check_finite=False)
        usual = log_t(u)
        wider = log_t(u / _TIMES[:, None]) - np.log(_TIMES)[:, None]
        crises = np.logaddexp(np.log1p(-_SHOCKS) + usual, np.log(_SHOCKS) + wider).sum(axis=1)
        crisis = np.log(_CRISIS) + np.logaddexp.reduce(crises) - np.log(len(_TIMES))
        by_points = np.log(np.diag(root) * size).sum()
        return float(np.logaddexp(np.log1p(-_CRISIS) + usual.sum(), crisis) - by_points)


def log_t(u: Floats) -> Floats:
    """Return the log density of Student's t."""
    at_nothing = scipy.special.betaln(0.5, 0.5 * _FREEDOM) + 0.5 * np.log(_FREEDOM)
    return np.asarray(-at_nothing - 0.5 * (_FREEDOM + 1.0) * np.log1p(u**2 / _FREEDOM))


def expect(
    figures: Figures, newest: pd.Index, name: Name, country: str | None, holidays: Sequence[str]
) -> tuple[Expected, Expected] | None:
    """Return what is expected of the newest rates: as the others alone have them, and if all is as printed.

    newest : their labels, in order · The two differ by where sums in rates are linearised. None for too few others.
    """
    months = months_of(figures, name)
    table = figures.table.assign(label=figures.table.index).sort_values(["period", "measure"], kind="stable")
    others, both = (
        observe(replace(figures, table=of), [name], months) for of in (table.drop(index=newest), table)
    )
    if len(others.y) < ENOUGH:
        return None
    prior, given = kernels(months, 0, calendar.regressors(months, country, holidays)), parameters(1)
    search, whole = (Search(of, prior, given) for of in (others, both))
    apart, printed = (of.settled(of.centre, of.usual(1), 1.0, STEPS)[0] for of in (search, whole))
    across = _likeliest(search.at(apart), given)
    new = pd.Index(both.table["label"]).get_indexer(newest)
    read, as_printed = (_given(whole.at(of), across, both, new) for of in (apart, printed))
    return read, as_printed


def _likeliest(linear: Linear, given: tuple[Parameter, ...]) -> Covariances:
    """The covariances at those two scales at which figures, in order of their months, are likeliest."""
    centre, noise = np.array([q.centre for q in given]), np.array([q.component in NOISE for q in given])

    def at(scales: Floats) -> Covariances:
        return covariances(given, centre + scales[noise.astype(int)], 1)

    def unlikely(scales: Floats) -> float:
        root = lower_root(covariance(linear, at(scales)))
        u = scipy.linalg.solve_triangular(root, linear.residual, lower=True, check_finite=False)
        away = scales / given[0].spread
        return float(np.log(np.diag(root)).sum() - log_t(u).sum() + 0.5 * away @ away)

    return at(scipy.optimize.minimize(unlikely, np.zeros(2), method="Nelder-Mead", tol=0.1).x)


def _given(linear: Linear, across: Covariances, o: Observations, new: Rows) -> Expected:
    """Some figures given all others: mean and covariance of a Gaussian's part, but for their rounding."""
    lower = np.tril(covariance(linear, across))
    whole, old = lower + np.tril(lower, -1).T, np.delete(np.arange(len(o.y)), new)
    cross = scipy.linalg.cho_solve((lower_root(whole[np.ix_(old, old)]), True), whole[np.ix_(old, new)])
    spread = whole[np.ix_(new, new)] - whole[np.ix_(new, old)] @ cross
    mean = o.y[new] - linear.residual[new] + linear.residual[old] @ cross
    return Expected(mean, spread - np.diag(o.rounding[new] ** 2))
