"""The files for machines."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.report import csvs
from tests.report import sample


@pytest.mark.parametrize("case", sample.EDGES)
def test_all_masses_of_recovery_csv_sum_to_one(case: str) -> None:
    outcome = sample.EDGES[case]()
    table = pd.read_csv(io.StringIO(csvs.recovery(outcome)))
    assert table.columns.tolist() == ["scenario", "month", "probability", "cumulative"]
    found = outcome.recovery["baseline"]
    assert table["month"].iloc[0] == "already back"
    assert table["month"].iloc[-1] == f"after {found.distribution[-1].month}"
    assert_allclose(table["probability"].sum(), 1.0, atol=1e-8)
    assert_allclose(table["probability"].cumsum(), table["cumulative"], atol=1e-8)
    assert_allclose(table["cumulative"].iloc[12], found.p_within_12, atol=1e-9)


def test_fan_csv_keeps_the_order_of_its_bands() -> None:
    outcome = sample.bac_ninh()
    table = pd.read_csv(io.StringIO(csvs.fan(outcome)))
    assert table["month"].tolist() == [row.month for row in outcome.fan]
    assert_allclose(table["upper_90"], [row.upper_90 for row in outcome.fan], rtol=1e-9)
    ordered = ["lower_90", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_90"]
    assert (table[ordered].diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
