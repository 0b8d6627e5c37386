"""Adapters: each turns one engine's own interface into `Engine`. Imports stay inside, so that one may be missing."""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

import numpy as np

from sarima_peers.interface import PERIOD, Engine, Floats, NotInstalledError, Orders, Problem
from sarima_peers.x13 import x13_automdl, x13_fit


def load(module: str, name: str) -> Any:
    """Import a name of a peer, or raise NotInstalledError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return getattr(import_module(module), name)
    except ImportError as error:
        raise NotInstalledError("not installed") from error
    except AttributeError as error:
        raise NotInstalledError(f"installed without {name}: too old") from error


def spec_of(problem: Problem, **options: Any) -> Any:
    """The problem as our own spec; z is in logs already."""
    from forecast.models.sarima import Sarima

    return Sarima(problem.order, problem.seasonal, PERIOD, log=False, **options)


def _ours_fit(problem: Problem) -> Floats:
    from forecast.models.sarima import fit

    return fit(spec_of(problem), problem.z, problem.x).params


def _ours_search(problem: Problem) -> Orders:
    from forecast.models.sarima.search import search

    spec = search(problem.z, problem.x, log=False).spec
    return spec.order, spec.seasonal


def _ours_paths(problem: Problem, horizon: int, n: int, **options: Any) -> Any:
    from forecast.models.sarima import fit

    fitted, rng = fit(spec_of(problem, **options), problem.z), np.random.default_rng(1)
    return lambda: fitted.simulate(horizon, n, rng)


def _statsmodels(problem: Problem, **options: Any) -> Any:
    sarimax = load("statsmodels.tsa.statespace.sarimax", "SARIMAX")
    model = sarimax(
        problem.z, problem.x, order=problem.order, seasonal_order=(*problem.seasonal, PERIOD), **options
    )
    result = model.fit(disp=0)
    return result, result.bse


def _statsmodels_fit(problem: Problem, **options: Any) -> Floats:
    result, _ = _statsmodels(problem, **options)
    values = dict(zip(result.model.param_names, result.params, strict=True))
    return np.array([v for k, v in values.items() if k.startswith(("ar.", "ma."))])


def _statsmodels_paths(problem: Problem, horizon: int, n: int) -> Any:
    result, _ = _statsmodels(problem, simple_differencing=False)
    return lambda: result.simulate(horizon, anchor="end", repetitions=n)


def _pmdarima_fit(problem: Problem) -> Floats:
    arima = load("pmdarima", "ARIMA")
    model = arima(problem.order, (*problem.seasonal, PERIOD), with_intercept=False, suppress_warnings=True)
    fitted = model.fit(problem.z, X=problem.x)
    _ = fitted.bse()
    first = 0 if problem.x is None else problem.x.shape[1]
    return np.asarray(fitted.params())[first:-1]


def _pmdarima_search(problem: Problem) -> Orders:
    chosen = load("pmdarima", "auto_arima")(problem.z, m=PERIOD, information_criterion="aicc", stepwise=True)
    return chosen.order, chosen.seasonal_order[:3]


def _statsforecast_fit(problem: Problem) -> Floats:
    arima = load("statsforecast.arima", "arima")
    seasonal = {"order": problem.seasonal, "period": PERIOD}
    result = arima(problem.z, order=problem.order, seasonal=seasonal, xreg=problem.x, method="CSS-ML")
    _ = np.sqrt(np.diag(result["var_coef"]))
    return np.array([v for k, v in result["coef"].items() if not k.startswith("ex_")])


def _statsforecast_search(problem: Problem, stepwise: bool) -> Orders:
    auto = load("statsforecast.arima", "auto_arima_f")
    chosen = auto(problem.z, period=PERIOD, stepwise=stepwise, approximation=None if stepwise else False)
    p, q, P, Q, _, d, D = chosen["arma"]
    return (p, d, q), (P, D, Q)


def _skforecast_fit(problem: Problem) -> Floats:
    arima = load("skforecast.stats", "Arima")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = arima(order=problem.order, seasonal_order=problem.seasonal, m=PERIOD, method="ML")
        model.fit(problem.z, exog=problem.x)
    _ = np.sqrt(np.diag(model.var_coef_))
    return np.asarray(model.coef_)[
        : sum(problem.order) + sum(problem.seasonal) - problem.order[1] - problem.seasonal[1]
    ]


def _skforecast_search(problem: Problem) -> Orders:
    arima = load("skforecast.stats", "Arima")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = arima(order=None, seasonal_order=None, m=PERIOD).fit(problem.z)
    p, q, P, Q, _, d, D = model.arma_
    return (p, d, q), (P, D, Q)


ENGINES = (
    Engine("iip-forecast", _ours_fit, _ours_search, _ours_paths),
    Engine(
        "iip-forecast, parameters certain",
        paths=lambda problem, horizon, n: _ours_paths(problem, horizon, n, parameter_uncertainty=False),
    ),
    Engine("X-13 (process)", x13_fit, x13_automdl),
    Engine(
        "statsmodels, simple+concentrated",
        lambda problem: _statsmodels_fit(problem, simple_differencing=True, concentrate_scale=True),
    ),
    Engine("statsmodels, default", _statsmodels_fit, None, _statsmodels_paths),
    Engine(
        "statsforecast", _statsforecast_fit, lambda problem: _statsforecast_search(problem, stepwise=True)
    ),
    Engine("statsforecast, all orders", None, lambda problem: _statsforecast_search(problem, stepwise=False)),
    Engine("skforecast", _skforecast_fit, _skforecast_search),
    Engine("pmdarima", _pmdarima_fit, _pmdarima_search),
)
