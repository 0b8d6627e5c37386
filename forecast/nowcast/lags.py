"""Regularised regression of the target's growth on its lags and the panel's contemporaneous and lagged growth."""

from __future__ import annotations

import numpy as np

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.nowcast.equation import Equation, Layout, Scale, training
from forecast.nowcast.filling import Filling
from forecast.nowcast.spec import NowcastSpec

SHRINKAGES = tuple(10.0 ** np.arange(-2.0, 4.5, 0.5))
FOLDS = 5  # chosen: five, as is usual in cross-validation
LEAST_EQUATIONS = 60  # chosen: as the bridge's


def fit(growth: Floats, columns: tuple[str, ...], spec: NowcastSpec) -> Equation:
    """Estimate β = (X'X + κI)⁻¹X'y, κ by validation on later months than those fitted.

    growth : (t, 1 + s), the target first, NaN where unknown; the last `spec.window` months with a target teach.
    Each of 5 stretches of months is predicted from all before it (scikit-learn's TimeSeriesSplit), κ from 0.01 to
    10,000. β is drawn from its posterior under the normal prior that κ stands for, N(β, σ²(X'X + κI)⁻¹): Hoerl &
    Kennard 1970, doi:10.1080/00401706.1970.10488634. Raises FitError with fewer than 60 equations.
    """
    layout = Layout(spec.target_lags, spec.panel_lags, growth.shape[1] - 1)
    recent = growth[-(spec.window + layout.reach) :]
    scale = Scale.of(recent, spec.clip)
    filling = Filling.of(scale.standardised(recent, clipped=True)[:, 1:])
    x, y = training(recent, layout, scale, filling, clipped=True)
    if len(y) < LEAST_EQUATIONS:
        raise FitError(
            f"the lag regression has {len(y)} months with a target; it needs {LEAST_EQUATIONS}: give a longer history"
        )
    kappa = _validated(x, y)
    inverse = np.linalg.inv(x.T @ x + kappa * np.eye(x.shape[1]))
    beta = inverse @ (x.T @ y)
    leverage = np.einsum("ti,ij,tj->t", x, inverse, x)
    spent = float(leverage.sum())
    sigma = float(np.sqrt(np.square(y - x @ beta).sum() / max(len(y) - spent, 1.0)))
    real_x, real_y = training(recent, layout, scale, filling, clipped=False)
    residual = (real_y - real_x @ beta) / np.sqrt(np.maximum(1.0 - leverage, 0.1))
    return Equation(
        columns, layout, scale, filling, beta, sigma * np.linalg.cholesky(inverse), residual - residual.mean(),
        sigma / np.sqrt(len(y)), {"shrinkage": kappa, "equations": len(y), "parameters_spent": spent},
    )  # fmt: skip


def _validated(x: Floats, y: Floats) -> float:
    """The shrinkage of least squared error on months after those that it was fitted on."""
    from sklearn.linear_model import Ridge  # here, because scikit-learn takes a second to import
    from sklearn.model_selection import TimeSeriesSplit

    folds = list(TimeSeriesSplit(FOLDS).split(x))
    model = Ridge(
        alpha=np.array(SHRINKAGES), fit_intercept=False
    )  # one target per shrinkage: all in one solution
    each = np.repeat(y[:, None], len(SHRINKAGES), axis=1)
    errors = [each[test] - model.fit(x[fit], each[fit]).predict(x[test]) for fit, test in folds]
    return float(SHRINKAGES[int(np.argmin(np.square(np.concatenate(errors)).sum(axis=0)))])
