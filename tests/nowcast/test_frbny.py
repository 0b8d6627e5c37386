"""The New York Fed's own results (its Matlab programs, as kept by statsmodels) for the same specification."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.nowcast.news import split_change
from tests.nowcast.frbny import Run

SEPTEMBER = pd.Period("2016-09", "M")


@pytest.mark.parametrize(
    ("name", "blocks"),
    [(f"dfm_{run}", 1) for run in ("111", "112", "11F", "221", "222", "22F")]
    + [(f"dfm_blocks_{run}", 3) for run in ("111", "112", "221", "222")],
)
def test_the_smoothed_signal_is_that_of_their_programs(name: str, blocks: int) -> None:
    run = Run.of(name)
    assert run.blocks.shape[1] == blocks
    growth = run.growth("2016-06-29")
    table = growth.reindex(pd.period_range(growth.index[0], growth.index[-1] + 1, freq="M"))
    fit = run.factor_fit()
    ours = fit.filled(table.to_numpy()[None])[0][1:]
    theirs = run.found("x_sm") * fit.scale.deviation + fit.scale.mean
    gaps = ~np.isfinite(table.to_numpy())[1:]
    assert gaps[-1].all()
    assert gaps.sum() > 200
    assert_allclose(ours[gaps], theirs[gaps], rtol=1e-6)


@pytest.mark.parametrize(("name", "releases"), [("112", 4), ("222", 4), ("blocks_112", 7), ("blocks_222", 7)])
def test_news_are_those_of_their_programs(name: str, releases: int) -> None:
    run = Run.of(f"news_{name}")
    before, after = run.growth("2016-06-29"), run.growth("2016-07-29")
    rows, reached = split_change(run.factor_fit(), before, after, "GDPC1", {SEPTEMBER: 1.0})
    table = pd.DataFrame(
        rows, columns=["kind", "indicator", "month", "expected", "actual", "weight", "effect"]
    )
    revisions = table.loc[table["kind"] == "revision", "effect"].sum()
    assert_allclose(revisions, run.found("impact_revisions").item(), rtol=1e-6)
    ours = table[table["kind"] == "release"].set_index("indicator")[
        ["expected", "actual", "weight", "effect"]
    ]
    theirs = pd.DataFrame(run.found("news_table"), run.asked("SeriesID"), ours.columns).dropna()
    assert len(ours) == len(theirs) == releases
    assert_allclose(ours, theirs.loc[ours.index], rtol=1e-6)
    assert np.isfinite(reached)
