"""Dynamic factor model of target and panel together, monthly and quarterly, estimated by EM (statsmodels).

    x_it = λ_i' f_t + e_it,   f_t = A_1 f_{t−1} + … + A_p f_{t−p} + u_t,   e_it white or AR(1)

A quarter's growth is (1, 2, 3, 2, 1) times the growth of its months (Mariano & Murasawa 2003, doi:10.1002/jae.695).
Bańbura & Modugno 2014, doi:10.1002/jae.2306; Giannone, Reichlin & Small 2008, doi:10.1016/j.jmoneco.2008.05.010.

The nowcast is the smoothed signal. Predictions inside the sample are one month ahead in statsmodels, so that figures
of the last month itself, such as the end of a quarter, would not move them (its issues #8419 and #9600).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.nowcast.equation import Scale
from forecast.nowcast.filling import Filling
from forecast.nowcast.smoother import LEAST_NOISE, Smoother, StateSpace
from forecast.nowcast.spec import NowcastSpec

LEAST_MONTHS = 60  # chosen: five years
MOST_FACTORS = 4  # chosen: of the panels a config can name, few carry more
SERIES_PER_FACTOR = 5
"""With fewer the criterion, made for wide panels, takes all it may; chosen: as in docs/decisions.md."""
WIDE = 100.0
"""Variance of the first state where the factors have no law in the long run; chosen: ten standard deviations are no
law."""
TAIL = 24  # months simulated before the last: all that a late figure can still move; chosen: two years


@dataclass(frozen=True, eq=False)
class FactorFit:
    """Hold an estimated factor model of standardised growth.

    columns : target, then indicators
    loading_root : (r, r) root of the variance of the target's loadings · factors : where f_t stands in the state
    mean_error : standard error of the target's mean growth, standardised
    """

    columns: tuple[str, ...]
    scale: Scale
    space: StateSpace
    loading_root: Floats
    factors: npt.NDArray[np.int64]
    mean_error: float
    details: dict[str, Any]

    def filled(self, tables: Floats) -> Floats:
        """Return the tables with every unknown month replaced by its expectation, (m, months, 1 + s) growth."""
        z = self.scale.standardised(tables)
        states = Smoother.of(self.space, np.isfinite(z[0])).states(z)
        return np.where(
            np.isfinite(tables), tables, self.scale.mean + self.scale.deviation * (states @ self.space.Z.T)
        )

    def simulate(self, tables: Floats, draw: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
        """Draw growth of the target in its unknown months, (n, h): states, loadings, mean and shocks are drawn.

        Other loadings and the factors' dynamics keep their estimates: the panel fixes the factors of a month far
        better than one series' loading.
        """
        z = self.scale.standardised(tables)
        smoother = Smoother.of(self.space, np.isfinite(z[0]))
        past = int(np.flatnonzero(np.isfinite(z[0, :, 0]))[-1]) + 1
        start, n = max(0, min(past, z.shape[1] - TAIL)), len(draw)
        states = smoother.states(z)[:, past:][draw]
        states += smoother.deviations(start, n, rng)[:, past - start :]
        loading = rng.standard_normal((n, 1, len(self.factors))) @ self.loading_root.T
        y = states @ self.space.Z[0] + (states[:, :, self.factors] * loading).sum(axis=2)
        y += self.mean_error * rng.standard_normal((n, 1))
        y += np.sqrt(self.space.H[0]) * rng.standard_normal(y.shape)
        return np.asarray(self.scale.mean[0] + self.scale.deviation[0] * y)

    def summary(self) -> dict[str, Any]:
        """Return the number of factors, how it was chosen, and how the estimation ended."""
        return dict(self.details)


def fit(growth: Floats, columns: tuple[str, ...], spec: NowcastSpec) -> FactorFit:
    """Estimate the model on the last `spec.window` months; quarterly columns are known by their gaps.

    growth : (t, 1 + s), the target first, NaN where unknown, the last rows those to nowcast. `details` says how many
    factors, whether EM converged, in how many rounds, and what statsmodels warned of.
    Raises FitError with fewer than 60 months of the target, or where EM breaks down.
    """
    recent = growth[-spec.window :]
    if np.isfinite(recent[:, 0]).sum() < LEAST_MONTHS:
        raise FitError(
            f"the factor model has {int(np.isfinite(recent[:, 0]).sum())} months of the target; "
            f"it needs {LEAST_MONTHS}: give a longer history"
        )
    scale = Scale.of(recent, spec.clip)
    z = scale.standardised(recent, clipped=True)
    quarterly = _quarterly(z)
    order = np.argsort(quarterly, kind="stable")
    chosen, criteria = number_of_factors(z[:, ~quarterly], spec.factors)
    result, ended = _em(z[:, order], int((~quarterly).sum()), chosen, spec)
    in_state = quarterly | spec.idiosyncratic_ar1  # where a series' own part is no noise
    space = _state_space(result, order, np.where(in_state, 0.0, LEAST_NOISE))
    smoother = Smoother.of(space, np.isfinite(z))
    factors = np.arange(chosen)
    variance = _target_variance(space, chosen)
    moments = _factor_moments(smoother, z, factors, np.isfinite(z[:, 0]))
    months = int(np.isfinite(z[:, 0]).sum())
    return FactorFit(
        columns, scale, space, np.sqrt(variance) * np.linalg.cholesky(np.linalg.inv(moments)), factors,
        float(np.sqrt(variance / months)), {"factors": chosen, "factor_criteria": criteria, **ended},
    )  # fmt: skip


def number_of_factors(z: Floats, wanted: int | str) -> tuple[int, list[float]]:
    """Choose the number of factors by IC_p2 of Bai & Ng 2002, doi:10.1111/1468-0262.00273, on gaps filled.

    z : (t, s) standardised, NaN where unknown · wanted : a number, kept as far as there are series, or "auto"
    Returns the number, from 1 to 4 and no more than a fifth of the series, and the criterion of each,
    ln V(r) + r·(s + t)/(st)·ln min(s, t); none where the number was given.
    """
    t, s = z.shape
    most = max(1, min(MOST_FACTORS, s // SERIES_PER_FACTOR))
    if wanted != "auto":
        return min(int(wanted), s), []
    x = Filling.of(z).filled(z[None])[0]
    values = np.linalg.svd(x - x.mean(axis=0), compute_uv=False) ** 2 / (s * t)
    penalty = (s + t) / (s * t) * np.log(min(s, t))
    criteria = [float(np.log(max(values[r:].sum(), 1e-12)) + r * penalty) for r in range(1, most + 1)]
    return int(np.argmin(criteria)) + 1, criteria


def _quarterly(z: Floats) -> npt.NDArray[np.bool_]:
    """Columns whose figures never stand in two months running."""
    known = np.isfinite(z)
    return np.asarray(~(known[1:] & known[:-1]).any(axis=0))


def _em(z: Floats, monthly: int, factors: int, spec: NowcastSpec) -> tuple[Any, dict[str, Any]]:
    """EM as statsmodels does it, its warnings as words; months have no names here, only an order."""
    from statsmodels.tsa.statespace.dynamic_factor_mq import DynamicFactorMQ

    names = [f"s{i}" for i in range(z.shape[1])]
    block = [f"f{i}" for i in range(factors)]
    table = pd.DataFrame(z, pd.period_range("1900-01", periods=len(z), freq="M"), names)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            model = DynamicFactorMQ(
                table, k_endog_monthly=monthly, factors=dict.fromkeys(names, block),
                factor_orders={tuple(block): spec.factor_lags}, idiosyncratic_ar1=spec.idiosyncratic_ar1,
                standardize=False,
            )  # fmt: skip
            result = model.fit(maxiter=spec.em_rounds, tolerance=spec.em_tolerance, disp=False)
        except (ValueError, np.linalg.LinAlgError) as error:
            raise FitError(f"EM of the factor model broke down: {error}") from error
    if not np.isfinite(result.params).all():
        raise FitError("EM of the factor model ended in parameters that are not numbers")
    likelihood = np.asarray(result.mle_retvals.llf)[-3:-1]
    change = 2.0 * abs(likelihood[1] - likelihood[0]) / np.abs(likelihood).sum()
    ended = {
        "em_converged": bool(change <= spec.em_tolerance),
        "em_rounds": int(result.mle_retvals.iter),
        "em_last_change": float(change),
        "em_warnings": [str(w.message).split("\n")[0] for w in caught],
    }
    return result, ended


def _state_space(result: Any, order: npt.NDArray[np.int64], least_noise: Floats) -> StateSpace:
    """The estimated matrices, rows in the order of the columns again, beginning with the law in the long run.

    least_noise : (s,) of each column; of indicators that say the same EM leaves none, by rounding less than none
    """
    ssm, back = result.model.ssm, np.argsort(order)
    transition, selection = np.array(ssm["transition"]), ssm["selection"]
    shocks = selection @ ssm["state_cov"] @ selection.T
    if np.abs(np.linalg.eigvals(transition)).max() < 1.0 - 1e-8:
        start = scipy.linalg.solve_discrete_lyapunov(transition, shocks)
    else:
        start = WIDE * np.eye(len(transition))
    return StateSpace(
        np.asarray(ssm["design"])[back], np.maximum(np.diag(ssm["obs_cov"])[back], least_noise), transition, shocks,
        np.zeros(len(transition)), start,
    )  # fmt: skip


def _target_variance(space: StateSpace, factors: int) -> float:
    """Variance of the target's own part: its noise, or its own autoregression's."""
    own = np.flatnonzero(space.Z[0] != 0.0)
    own = own[own >= factors]
    if not len(own):
        return float(space.H[0])
    phi = space.T[own[0], own[0]]
    return float(space.H[0] + space.RQR[own[0], own[0]] / max(1.0 - phi**2, 1e-3))


def _factor_moments(
    smoother: Smoother, z: Floats, factors: npt.NDArray[np.int64], rows: npt.NDArray[np.bool_]
) -> Floats:
    """Σ f f' of the smoothed factors over the months of the target."""
    f = smoother.states(z[None])[0][rows][:, factors]
    return np.asarray(f.T @ f + 1e-8 * np.eye(len(factors)))
