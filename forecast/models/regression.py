"""Machine-learned growth: ridge, elastic net or boosted trees on lags, seasonal terms, calendar and panel.

    Δlog y_t = f(its 13 lags, month of the year, Δ calendar, 6 lags of the panel's mean growth) + e_t

Paths repeat the one-step forecast on what they drew themselves; errors are blocks of months of the errors made out of
sample, so that a flexible f is not taken at its own word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from forecast.arrays import YEAR, Floats, block_indices, long_run_error
from forecast.errors import FitError, GapError
from forecast.models.dated import Dated
from forecast.parallel import one_thread

LEAST_EQUATIONS = 72  # chosen: six years, of which the last half is forecast
FOLDS = 4  # chosen: each is then 9 months at the least


@dataclass(frozen=True)
class Regression:
    """Choose the regression, its lags and what it is tuned over.

    kind : "linear" (ridge to elastic net) or "trees" (gradient boosting)
    strengths : penalties per equation of the linear kind · mixing : of it, ridge 0 to lasso 1
    depths, iterations : of the trees
    block : months per block of errors · seasonal : whether the month of the year has a say
    """

    kind: Literal["linear", "trees"] = "linear"
    lags: int = 13
    factor_lags: int = 6
    window: int = 240
    strengths: tuple[float, ...] = (0.003, 0.03, 0.1, 0.3, 1.0)
    mixing: tuple[float, ...] = (0.0, 0.5)
    depths: tuple[int, ...] = (2, 4)
    iterations: tuple[int, ...] = (30, 90)
    block: int = 12
    seasonal: bool = True


class _Learner(Protocol):
    def fit(self, X: Floats, y: Floats) -> Any: ...
    def predict(self, X: Floats) -> Floats: ...


@dataclass(frozen=True, eq=False, repr=False)
class RegressionFit(Dated):
    """A regression anchored at `last`, the log level of the last month.

    recent (lags,), factor (factor_lags,) : standardised growth of series and panel, latest last
    phase : months of the year of the next 12 · errors : (m, 2) out-of-sample errors of growth and of the factor
    factor_coefficients : (factor_lags,) of the panel's own autoregression, empty without a panel
    last_x : (j,) calendar of the last month
    """

    spec: Regression
    learner: _Learner
    chosen: dict[str, float]
    last: float
    mean: float
    deviation: float
    drift_error: float
    recent: Floats
    factor: Floats
    factor_coefficients: Floats
    errors: Floats
    phase: int
    last_x: Floats

    @one_thread
    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n paths of the level, (n, horizon) index points; x : (horizon, j) calendar where the fit had any."""
        lags, p = self.spec.lags, len(self.factor)
        months = block_indices(len(self.errors), horizon, n, self.spec.block, rng)
        shocks = self.errors[months]  # (n, horizon, 2): growth and factor keep the month they shared
        drift = self.drift_error * rng.standard_normal(n)
        calendar = np.empty((horizon, 0))
        if len(self.last_x):
            if x is None or x.shape != (horizon, len(self.last_x)):
                raise ValueError(f"the fit had {len(self.last_x)} regressors; give them over the horizon")
            calendar = np.diff(x, axis=0, prepend=self.last_x[None])
        growth = np.concatenate([np.tile(self.recent, (n, 1)), np.empty((n, horizon))], axis=1)
        factor = np.concatenate([np.tile(self.factor, (n, 1)), np.empty((n, horizon))], axis=1)
        for h in range(horizon):
            common = factor[:, h : h + p][:, ::-1]
            season = np.eye(YEAR)[(self.phase + h) % YEAR] * self.spec.seasonal
            dated = np.tile(np.append(season, calendar[h]), (n, 1))
            features = np.concatenate([growth[:, h : h + lags][:, ::-1], common, dated], axis=1)
            growth[:, lags + h] = self.learner.predict(features) + shocks[:, h, 0]
            if p:
                factor[:, p + h] = common @ self.factor_coefficients + shocks[:, h, 1]
        steps = self.mean + drift[:, None] + self.deviation * growth[:, lags:]
        return np.asarray(np.exp(self.last + np.cumsum(steps, axis=1)))

    def summary(self) -> dict[str, Any]:
        """Return what was tuned, and drift and spread in percent a month."""
        return {
            "kind": self.spec.kind,
            **self.chosen,
            "drift_pct": 100.0 * self.mean,
            "drift_error_pct": 100.0 * self.drift_error,
            "innovation_sd_pct": 100.0 * self.deviation * float(self.errors[:, 0].std()),
        }


@one_thread
def fit(
    spec: Regression, y: npt.ArrayLike, x: npt.ArrayLike | None = None, panel: npt.ArrayLike | None = None
) -> RegressionFit:
    """Tune on expanding windows in order of time inside the sample, then estimate on all of it.

    y : (n,) index points · x : (n, j) calendar · panel : (n, s) adjusted index points of other series on the same
    months. Each candidate forecasts the second half of the months in 4 blocks, each from the months before it; the
    one of least squared error is taken, and its errors there are the ones paths draw.
    Raises FitError with fewer than 72 complete equations, GapError for a gap in the last months.
    """
    z = np.log(np.asarray(y, dtype=float))
    growth = np.diff(z, prepend=np.nan)
    recent = growth[-spec.window :][np.isfinite(growth[-spec.window :])]
    if len(recent) < LEAST_EQUATIONS or not recent.std() > 1e-9:
        raise FitError(f"a regression needs {LEAST_EQUATIONS} growth rates that vary, found {len(recent)}")
    mean, deviation = float(recent.mean()), float(recent.std())
    s = (growth - mean) / deviation
    factor = _factor(panel, spec.window, len(z))
    p = 0 if factor is None else spec.factor_lags
    calendar = np.empty((len(z), 0)) if x is None else np.asarray(x, dtype=float)
    features, rows = _features(spec, s, factor, np.diff(calendar, axis=0, prepend=np.nan))
    if len(rows) < LEAST_EQUATIONS or not np.isfinite(s[-spec.lags :]).all():
        kind = FitError if len(rows) < LEAST_EQUATIONS else GapError
        raise kind(
            f"a regression needs {LEAST_EQUATIONS} months with {spec.lags} months of growth before each, found "
            f"{len(rows)}, and no gap in the last {spec.lags + 1} months"
        )
    learner, chosen, out_of_sample = _tuned(spec, features, s[rows])
    coefficients, factor_errors = _factor_autoregression(factor, p, rows[-len(out_of_sample) :])
    errors = np.stack([out_of_sample, factor_errors], axis=1)
    return RegressionFit(
        spec, learner, chosen, float(z[-1]), mean, deviation, long_run_error(recent), s[-spec.lags :],
        np.zeros(0) if factor is None else factor[-p:], coefficients, errors - errors.mean(axis=0),
        len(z) % YEAR, calendar[-1],
    )  # fmt: skip


@one_thread
def settle(
    spec: Regression, y: npt.ArrayLike, x: npt.ArrayLike | None = None, panel: npt.ArrayLike | None = None
) -> Regression:
    """Return the spec tuned on one level, with a single candidate left, to be fitted on every draw of a history.

    Raises FitError as `fit` does.
    """
    chosen = fit(spec, y, x, panel).chosen
    if spec.kind == "trees":
        return replace(spec, depths=(int(chosen["depth"]),), iterations=(int(chosen["iterations"]),))
    return replace(spec, strengths=(chosen["strength"],), mixing=(chosen["mixing"],))


def _factor(panel: npt.ArrayLike | None, window: int, n: int) -> Floats | None:
    """Mean standardised growth of the panel in each month, (n,), 0 where no series is known; None without a panel."""
    if panel is None:
        return None
    growth = np.diff(np.log(np.asarray(panel, dtype=float)), axis=0, prepend=np.nan)
    known = np.isfinite(growth[-window:])
    growth = growth[:, known.sum(axis=0) >= LEAST_EQUATIONS]
    if not growth.shape[1]:
        return None
    recent = growth[-window:]
    s = (growth - np.nanmean(recent, axis=0)) / np.nanstd(recent, axis=0)
    count = np.isfinite(s).sum(axis=1)
    total = np.where(np.isfinite(s), s, 0.0).sum(axis=1)
    assert len(total) == n
    return np.asarray(total / np.maximum(count, 1))


def _features(
    spec: Regression, s: Floats, factor: Floats | None, calendar: Floats
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return features (m, j) and the months (m,) of the complete equations: lags, factor lags, season, calendar."""
    lagged = [np.roll(s, i) for i in range(1, spec.lags + 1)]
    if factor is not None:
        lagged += [np.roll(factor, i) for i in range(1, spec.factor_lags + 1)]
    season = np.eye(YEAR)[np.arange(len(s)) % YEAR] * spec.seasonal
    features = np.column_stack([*lagged, season, calendar])
    complete = np.isfinite(features).all(axis=1) & np.isfinite(s)
    complete[: max(spec.lags + 1, len(s) - spec.window)] = False
    rows = np.flatnonzero(complete)
    return features[rows], rows


def _tuned(spec: Regression, X: Floats, y: Floats) -> tuple[_Learner, dict[str, float], Floats]:
    """The best candidate on all months, what it is, and its errors in the second half, out of sample."""
    edges = np.linspace(len(y) // 2, len(y), FOLDS + 1).astype(int)
    best: tuple[float, dict[str, float], Floats] | None = None
    for candidate in _candidates(spec):
        errors = np.concatenate([
            y[a:b] - _learner(spec, candidate).fit(X[:a], y[:a]).predict(X[a:b])
            for a, b in zip(edges[:-1], edges[1:], strict=True)
        ])  # fmt: skip
        loss = float(np.square(errors).mean())
        if best is None or loss < best[0]:
            best = loss, candidate, errors
    assert best is not None
    return _learner(spec, best[1]).fit(X, y), best[1], best[2]


def _candidates(spec: Regression) -> list[dict[str, float]]:
    if spec.kind == "trees":
        return [{"depth": d, "iterations": i} for d in spec.depths for i in spec.iterations]
    return [{"strength": a, "mixing": m} for m in spec.mixing for a in spec.strengths]


def _learner(spec: Regression, candidate: dict[str, float]) -> _Learner:
    if spec.kind == "trees":
        from sklearn.ensemble import HistGradientBoostingRegressor

        return _Trees(
            HistGradientBoostingRegressor(
                learning_rate=0.05, max_depth=int(candidate["depth"]), max_iter=int(candidate["iterations"]),
                min_samples_leaf=15, early_stopping=False, random_state=0,
            )
        )  # fmt: skip
    return _Linear(candidate["strength"], candidate["mixing"])


class _Trees:
    """Boosted trees, asked by paths one month after the other."""

    def __init__(self, trees: _Learner) -> None:
        self.trees = trees

    @one_thread
    def fit(self, X: Floats, y: Floats) -> _Trees:
        self.trees.fit(X, y)
        return self

    @one_thread
    def predict(self, X: Floats) -> Floats:
        return np.asarray(self.trees.predict(X))


class _Linear:
    """Ridge or elastic net with the penalty counted per equation, as scikit-learn's elastic net counts it."""

    def __init__(self, strength: float, mixing: float) -> None:
        self.strength, self.mixing = strength, mixing

    def fit(self, X: Floats, y: Floats) -> _Linear:
        from sklearn.linear_model import ElasticNet, Ridge

        model = (
            ElasticNet(alpha=self.strength, l1_ratio=self.mixing, max_iter=10_000, tol=1e-3)
            if self.mixing
            else Ridge(alpha=self.strength * len(y))
        )
        model.fit(X, y)
        self.coefficients, self.constant = np.asarray(model.coef_), float(model.intercept_)
        return self

    def predict(self, X: Floats) -> Floats:
        return np.asarray(X @ self.coefficients + self.constant)


def _factor_autoregression(
    factor: Floats | None, p: int, rows: npt.NDArray[np.int64]
) -> tuple[Floats, Floats]:
    """Coefficients (p,) of the factor's own autoregression and its errors in the given months."""
    if factor is None:
        return np.zeros(0), np.zeros(len(rows))
    months = np.arange(rows[0] - 2 * YEAR if rows[0] > 2 * YEAR + p else p, len(factor))
    x = np.stack([factor[months - i] for i in range(1, p + 1)], axis=1)
    beta = np.linalg.solve(x.T @ x + np.eye(p), x.T @ factor[months])
    return beta, factor[rows] - np.stack([factor[rows - i] for i in range(1, p + 1)], axis=1) @ beta
