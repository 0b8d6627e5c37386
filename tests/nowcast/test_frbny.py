"""The New York Fed's own results (its Matlab programs, as kept by statsmodels) for the same specification."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.nowcast.news import split_change
from tests.nowcast import frbny

SEPTEMBER = pd.Period("2016-09", "M")


@pytest.mark.parametrize("name", ["111", "112", "11F", "221", "222", "22F"])
def test_the_smoothed_signal_is_that_of_their_programs(name: str) -> None:
    run = frbny.published(f"dfm_{name}")
    table = frbny.growth("2016-06-29")
    fit = frbny.factor_fit(run, table)
    known = np.isfinite(table.to_numpy())
    ours = fit.filled(table.to_numpy()[None])[0]
    theirs = run["result"]["x_sm"][0, 0][: len(table) - 1] * fit.scale.deviation + fit.scale.mean
    gaps = ~known[1:]
    assert gaps.sum() > 200
    assert_allclose(ours[1:][gaps], theirs[gaps], rtol=1e-6)


@pytest.mark.parametrize("name", ["112", "222"])
def test_news_are_those_of_their_programs(name: str) -> None:
    run = frbny.published(f"news_{name}")
    before, after = frbny.growth("2016-06-29"), frbny.growth("2016-07-29")
    rows, reached = split_change(frbny.factor_fit(run, before), before, after, "GDPC1", {SEPTEMBER: 1.0})
    table = pd.DataFrame(
        rows, columns=["kind", "indicator", "month", "expected", "actual", "weight", "effect"]
    )
    revisions = table.loc[table["kind"] == "revision", "effect"].sum()
    assert_allclose(revisions, run["result"]["impact_revisions"][0, 0].item(), rtol=1e-6)
    releases = table[table["kind"] == "release"].set_index(["indicator", "month"])
    theirs = run["result"]["news_table"][0, 0]
    for row, key in enumerate(
        [("CPIAUCSL", "2016-06"), ("UNRATE", "2016-06"), ("PAYEMS", "2016-06"), ("GDPC1", "2016-06")]
    ):
        ours = releases.loc[key, ["expected", "actual", "weight", "effect"]].to_numpy(dtype=float)
        assert_allclose(ours, theirs[row], rtol=1e-6, err_msg=str(key))
    assert np.isfinite(reached)
