from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from forecast.errors import DataError
from forecast.levels import Levels, reconstruct
from forecast.levels.observation import observe
from forecast.levels.sectors import TOLERANCE, _settled, estimate_shares
from tests.levels.synthetic import figures, level, rows, span

MONTHS = span("2017-01", "2020-12")
SHARES = {"making": 0.7, "mining": 0.2, "power": 0.1}
TOTAL = ("here", "total")


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    """Contributions of three sectors with the shares above over the whole history, and their total."""
    rng = np.random.default_rng(21)
    y = pd.DataFrame({name: level(MONTHS, rng) for name in SHARES})
    y = 100.0 * y / y.mean() * pd.Series(SHARES)
    return y.assign(total=y.sum(axis=1))


def table(truth: pd.DataFrame, measures=("mom_pct", "yoy_pct"), share: float = 1.0, decimals: int = 1):
    rng = np.random.default_rng(3)
    parts = [rows(truth[name], measures, decimals=decimals).assign(sector=name) for name in truth]
    return pd.concat([part[rng.random(len(part)) < share] for part in parts], ignore_index=True)


def rebuild(rates: pd.DataFrame, sectors, draws: int = 60, **options) -> Levels:
    rng = np.random.default_rng(0)
    return reconstruct(
        figures(rates),
        TOTAL,
        (),
        draws,
        as_of="2030-01-01",
        rng=rng,
        country=None,
        sectors=sectors,
        **options,
    )


@pytest.fixture(scope="module")
def found(truth) -> Levels:
    return rebuild(table(truth, ("yoy_pct", "ytd_yoy_pct", "mom_pct"), 0.5), SHARES, horizon=6)


def test_contributions_add_up_in_every_draw(found):
    assert found.adds_up
    whole = sum(of.values for of in found.sectors.values())
    error = np.log(whole / found.history.values)
    assert error.std() < 1.5 * TOLERANCE
    assert np.abs(error).max() < 6 * TOLERANCE  # the largest of some 3,000
    moved = found.rescaled("2018-01", "2018-12")
    assert_allclose(np.log(sum(of.values for of in moved.sectors.values()) / moved.history.values), error)


def test_contributions_have_the_shares_given(found):
    total = found.history.values.sum(axis=1)
    shares = {name: (of.values.sum(axis=1) / total).mean() for name, of in found.sectors.items()}
    assert_allclose([shares[f"here_{name}"] for name in SHARES], list(SHARES.values()), atol=0.005)


def test_contributions_are_those_of_the_truth(found, truth):
    scale = 100.0 / truth["total"][-12:].mean()
    for name in SHARES:
        draws = found.sectors[f"here_{name}"].values
        z = (draws.mean(axis=0) - scale * truth[name].to_numpy()) / draws.std(axis=0)
        assert np.sqrt(np.mean(z**2)) < 1.6
    assert found.sectors["here_power"].effects.shape == (60, len(MONTHS) + 6)


def test_sectors_tell_a_month_that_the_total_lacks(truth):
    """mom of every sector and no figure of the total in 2018-04 to 2018-08."""
    rates = table(truth)
    gap = (rates["sector"] == "total") & rates["period"].between(pd.Period("2018-04"), pd.Period("2018-08"))
    yoy = (rates["sector"] == "total") & (rates["measure"] == "yoy_pct")
    rates = rates[~gap & ~yoy]
    month = pd.Period("2018-06", "M")
    spread = []
    for sectors in ((), SHARES):
        history = rebuild(rates, sectors).rescaled("2018-09", "2019-08").history
        spread.append(np.log(history.values[:, history.months == month]).std())
    assert spread[1] < 0.5 * spread[0]


def test_a_draw_moves_to_the_least_of_its_cost():
    """½ q'Pq + ½ |missing|²/R at q, against a general minimiser; the steps end within 0.1 of the least."""
    rng = np.random.default_rng(5)
    sectors, m = 2, 6
    root = 0.05 * rng.standard_normal((sectors * m, sectors * m))
    spread = root @ root.T
    start = np.log([[0.7], [0.5]]) + 0.1 * rng.standard_normal((sectors, m))
    noise = TOLERANCE * rng.standard_normal(m)

    def cost(q: np.ndarray) -> float:
        left = noise - np.logaddexp.reduce(start + (spread @ q).reshape(sectors, m), axis=0)
        return 0.5 * q @ spread @ q + 0.5 * left @ left / TOLERANCE**2

    ours = _settled(start, spread, noise)
    best = minimize(cost, ours, method="BFGS", options={"gtol": 1e-6, "maxiter": 1000})
    assert cost(ours) < best.fun + 0.1
    assert cost(ours) < 0.01 * cost(np.zeros(sectors * m))


def test_shares_are_estimated_from_rates_printed_alike(truth):
    names = [TOTAL, *(("here", name) for name in SHARES)]
    rates = table(truth, ("yoy_pct", "ytd_yoy_pct"))
    o = observe(figures(rates), names, MONTHS)
    shares, sd = estimate_shares(o, 0, 3)
    # a yoy rate weighs the sectors by the year before, so their shares are those of the history only roughly
    assert_allclose(shares, list(SHARES.values()), atol=0.04)
    assert_allclose(shares.sum(), 1.0)
    assert (sd < 0.03).all()
    few = observe(figures(rates[rates["period"] <= "2018-02"]), names, MONTHS)
    assert estimate_shares(few, 0, 3) is None
    assert estimate_shares(o, 0, 1) is None  # one sector alone is no whole


def test_without_shares_sectors_keep_a_scale_of_their_own(truth):
    found = rebuild(table(truth, ("mom_pct",)), list(SHARES), draws=20)
    assert not found.adds_up
    for of in found.sectors.values():
        assert_allclose(of.values[:, -12:].mean(axis=1), 100.0)


def test_impossible_shares_are_refused(truth):
    with pytest.raises(DataError) as caught:
        rebuild(table(truth), {"making": 0.7, "mining": 0.5, "power": -0.2}, shares_year=1999)
    assert caught.value.problems == (
        "shares of the sectors: making 0.7, mining 0.5, power -0.2 are not positive with sum 1; "
        "give every sector's share, or none",
        "shares of the sectors: 1999 is not within 2017-01 to 2020-12",
    )
    with pytest.raises(DataError, match='no figures of sector "minning"'):
        rebuild(table(truth), ["minning"])
