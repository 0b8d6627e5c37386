from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.levels.contradiction import contradictions, slack
from forecast.levels.observation import Observations, observe
from tests.levels.synthetic import figures, level, rows, span

MONTHS = span("2018-01", "2020-12")
HERE = ("here", "total")


@pytest.fixture(scope="module")
def truth() -> pd.Series:
    return level(MONTHS, np.random.default_rng(7))


def observed(table: pd.DataFrame) -> Observations:
    return observe(figures(table), [HERE], MONTHS)


def logs(truth: pd.Series) -> np.ndarray:
    return np.log(truth.to_numpy())[None, :]


def blame(o: Observations) -> np.ndarray:
    """All are as much to blame: the first of a set is set aside."""
    return np.ones(len(o.y))


def cells(*entries: tuple[str, str, float]) -> pd.DataFrame:
    table = pd.DataFrame(entries, columns=["period", "measure", "value"])
    return table.assign(region="here", sector="total", published="2022-01-01", half_unit=0.005)


def test_figures_of_one_truth_need_no_slack(truth):
    o = observed(rows(truth))
    assert slack(o, logs(truth)).max() < 1e-9
    assert contradictions(o, logs(truth), 0, blame(o)) == ()


def test_the_mediant_of_year_to_date_is_found():
    """ytd to May must lie between ytd to April and yoy of May: Bắc Ninh 2023 as printed."""
    table = cells(
        ("2019-04", "ytd_yoy_pct", -18.47), ("2019-05", "ytd_yoy_pct", -19.02), ("2019-05", "yoy_pct", -13.49)
    )  # fmt: skip
    flat = np.full((1, len(MONTHS)), np.log(100.0))
    o = observed(table)
    (only,) = contradictions(o, flat, 0, blame(o))
    assert sorted(only.rows) == [0, 1, 2]
    assert only.words.endswith(
        "2019-04 ytd_yoy_pct -18.47, 2019-05 yoy_pct -13.49, 2019-05 ytd_yoy_pct -19.02"
    )
    # Least slack: all levels of 2019 at their limit of 50, those of 2018 as low as the two exact rates let them
    # be; then ytd to May lacks num − (1 + (g + h)/100)·den level units of a denominator of 500.
    high = 1 - 0.19015
    expected = (200 * (1 - high / (1 - 0.18475)) + 50 * (1 - high / (1 - 0.13495))) / 500
    assert_allclose(only.points, 100 * expected, rtol=1e-6)


def test_a_wrong_figure_of_a_complete_set_gives_its_own_size(truth):
    table = rows(truth)
    wrong = table.index[(table["measure"] == "mom_pct") & (table["period"] == "2019-07")][0]
    table.loc[wrong, "value"] += 1.0
    o = observed(table)
    give = slack(o, logs(truth))
    assert 0.3 < give.sum() < 1.0  # the intervals of the figures around it take up the rest of the point
    found = contradictions(o, logs(truth), 0, blame(o))
    at = o.table.index[(o.table["measure"] == "mom_pct") & (o.table["period"] == "2019-07")][0]
    assert all(at in of.rows for of in found)
    assert found[0].points == max(of.points for of in found)


def test_every_figure_of_a_contradiction_is_needed(truth):
    table = rows(truth)
    table.loc[20, "value"] += 2.0
    o = observed(table)
    for of in contradictions(o, logs(truth), 0, blame(o)):
        for row in of.rows:
            kept = o.table.loc[[r for r in of.rows if r != row]]
            if len(kept):
                assert slack(observed(kept), logs(truth)).sum() < 1e-6


def test_superseded_vintages_have_no_slack(truth):
    table = rows(truth)
    early = table.assign(value=table["value"] + 3, published=table["published"] - pd.Timedelta(days=300))
    o = observed(pd.concat([early, table], ignore_index=True))
    assert_allclose(np.isnan(slack(o, logs(truth))).sum(), len(table))
    assert np.nansum(slack(o, logs(truth))) < 1e-9
