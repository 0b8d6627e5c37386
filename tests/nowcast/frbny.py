"""The two New York Fed vintages and the results of its own programs, as statsmodels ships them for its tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import statsmodels
from scipy.io import matlab
from statsmodels.tsa.statespace.dynamic_factor_mq import DynamicFactorMQ

from forecast.nowcast.equation import Scale
from forecast.nowcast.factor import FactorFit
from forecast.nowcast.smoother import StateSpace

RESULTS = Path(statsmodels.__file__).parent / "tsa" / "statespace" / "tests" / "results" / "frbny_nowcast"
MONTHLY = ["CPIAUCSL", "UNRATE", "PAYEMS"]
QUARTERLY = ["GDPC1", "ULCNFB"]


def vintage(day: str) -> pd.DataFrame:
    """Levels of one vintage, monthly; a quarter stands at its last month."""
    table = pd.read_csv(RESULTS / "Nowcasting" / "data" / "US" / f"{day}.csv")
    return table.drop(columns="Date").set_axis(pd.PeriodIndex(table["Date"].tolist(), freq="M"))


def growth(day: str) -> pd.DataFrame:
    """Growth as the programs of the New York Fed transform it, from 1999-12, where their state begins."""
    levels = vintage(day)
    columns = {
        "CPIAUCSL": 100.0 * (levels["CPIAUCSL"] / levels["CPIAUCSL"].shift(1) - 1.0),
        "UNRATE": levels["UNRATE"].diff(),
        "PAYEMS": levels["PAYEMS"].diff(),
    }
    for name in QUARTERLY:
        columns[name] = 100.0 * ((levels[name] / levels[name].shift(3)) ** 4 - 1.0)
    known = pd.DataFrame(columns).loc["2000-01":].dropna(how="all")
    return known.reindex(pd.period_range("1999-12", known.index[-1], freq="M"))


def published(run: str) -> dict[str, Any]:
    """Parameters, first state and results of one run, its state in the order of statsmodels."""
    found = matlab.loadmat(RESULTS / f"test_{run}.mat")
    factors, lags = (int(found["Spec"][key][0, 0][0, 0]) for key in ("k", "p"))
    idio = factors * max(5, lags) + len(MONTHLY)
    order = np.r_[np.arange(idio), idio + np.arange(10).reshape(2, 5).ravel(order="F")]
    return {
        "factors": factors,
        "lags": lags,
        "params": found["params"][:, 0],
        "state": found["Res"]["Z_0"][0, 0][:, 0][order],
        "state_cov": found["Res"]["V_0"][0, 0][np.ix_(order, order)],
        "result": found["Res"],
    }


def factor_fit(run: dict[str, Any], table: pd.DataFrame) -> FactorFit:
    """Our factor model with their parameters and first state, standardised as they do."""
    block = tuple(str(i) for i in range(run["factors"]))
    model = DynamicFactorMQ(
        table, k_endog_monthly=len(MONTHLY), factors=run["factors"], factor_orders={block: run["lags"]},
        idiosyncratic_ar1=True, obs_cov_diag=True, standardize=True,
    )  # fmt: skip
    model.update(run["params"])
    ssm = model.ssm
    space = StateSpace(
        np.array(ssm["design"]), np.diag(ssm["obs_cov"]).copy(), np.array(ssm["transition"]),
        ssm["selection"] @ ssm["state_cov"] @ ssm["selection"].T, run["state"], run["state_cov"],
    )  # fmt: skip
    width = table.shape[1]
    scale = Scale(
        table.mean().to_numpy(), table.std().to_numpy(), np.full(width, -np.inf), np.full(width, np.inf)
    )
    columns = tuple(table.columns)
    return FactorFit(columns, scale, space, np.zeros((1, 1)), np.arange(1), 0.0, {})
