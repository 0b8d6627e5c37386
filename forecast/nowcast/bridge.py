"""Bridge equations: the target's growth on each indicator alone, averaged by how well each has fitted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.nowcast.equation import Equation, Layout, Scale, training
from forecast.nowcast.filling import Filling
from forecast.nowcast.spec import NowcastSpec

LEAST_EQUATIONS = 60  # chosen: five years of growth
FLOOR = 1e-6
"""Of the variance of growth: an equation that fits exactly takes almost all the weight; chosen: rounding error of
growth."""
COLLINEAR = 1e-8
"""Of the largest singular value; what an indicator repeats of the target is not told apart; chosen: the root of
rounding error."""


def fit(growth: Floats, columns: tuple[str, ...], spec: NowcastSpec) -> Equation:
    """Estimate one regression per indicator by least squares and average them with weights 1/σ_i².

    growth : (t, 1 + s), the target first, NaN where unknown; the last `spec.window` months with a target teach.
    y_t = Σ a_i y_{t−i} + Σ_{j≤q} b_j x_{t−j} + e_t (Baffigi, Golinelli & Parigi 2004,
    doi:10.1016/S0169-2070(03)00067-0); weights of Bates & Granger 1969, doi:10.1057/jors.1969.103. The average is
    itself a linear equation; its coefficients are drawn by the wild bootstrap of its residuals, jointly for all
    indicators (Wu 1986, doi:10.1214/aos/1176350142). Raises FitError with fewer than 60 equations.
    """
    s = growth.shape[1] - 1
    layout = Layout(spec.target_lags, spec.panel_lags, s)
    recent = growth[-(spec.window + layout.reach) :]
    scale = Scale.of(recent, spec.clip)
    filling = Filling.of(scale.standardised(recent, clipped=True)[:, 1:])
    x, y = training(recent, layout, scale, filling, clipped=True)
    if len(y) < LEAST_EQUATIONS:
        raise FitError(
            f"the bridge has {len(y)} months with a target; it needs {LEAST_EQUATIONS}: give a longer history"
        )
    inverses = [np.linalg.pinv(x[:, _columns(layout, i)], rcond=COLLINEAR) for i in range(s)]  # (j, t) each
    losses = [y - x[:, _columns(layout, i)] @ (inverse @ y) for i, inverse in enumerate(inverses)]
    precision = 1.0 / np.maximum(np.square(losses).mean(axis=1), FLOOR * float(y @ y) / len(y))
    share = precision / precision.sum()
    influence = np.zeros((layout.width, len(y)))  # of y on the averaged coefficients
    for i, inverse in enumerate(inverses):
        influence[_columns(layout, i)] += share[i] * inverse
    beta = influence @ y
    residual = y - x @ beta
    real_x, real_y = training(recent, layout, scale, filling, clipped=False)
    spent = float(np.einsum("tj,jt->", x, influence))
    spread = (real_y - real_x @ beta) * np.sqrt(len(y) / max(len(y) - spent, 1.0))
    order = np.argsort(-share, kind="stable")[:3]
    return Equation(
        columns, layout, scale, filling, beta, influence * residual, spread - spread.mean(),
        float(residual.std() / np.sqrt(len(y))),
        {"equations": len(y), "largest_shares": {columns[1 + i]: float(share[i]) for i in order}},
    )  # fmt: skip


def _columns(layout: Layout, i: int) -> npt.NDArray[np.int64]:
    """Where the regressors of indicator i's bridge stand: the target's lags and its own months."""
    own = np.arange(layout.target_lags)
    panel = layout.target_lags + i + (layout.indicators + 1) * np.arange(layout.panel_lags + 1)
    return np.concatenate([own, panel]).astype(np.int64)
