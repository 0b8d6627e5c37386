from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.levels.identification import Identification, identify, spans
from forecast.levels.observation import observe
from tests.levels.synthetic import RATES, figures, level, rows, span

MONTHS = span("2017-01", "2021-12")
M = len(MONTHS)


@pytest.fixture(scope="module")
def truth() -> pd.Series:
    return level(MONTHS, np.random.default_rng(7))


def identified(truth: pd.Series, *tables: pd.DataFrame) -> Identification:
    o = observe(figures(*tables), [("here", "total")], MONTHS)
    return identify(o, 0, np.log(truth.to_numpy())[None, :], MONTHS, MONTHS[0], MONTHS[-1])


def test_complete_rates_leave_the_scale_alone(truth):
    found = identified(truth, rows(truth))
    assert (found.rank, found.unknowns, found.seasonal_open, found.anchored) == (M - 1, M, 0, False)
    assert found.words() == (
        f"The figures pin {M - 1} of {M} directions of the monthly level.",
        "The scale is open: rates give only ratios.",
        "All ratios between months are pinned.",
    )


def test_yoy_alone_leaves_the_profile_and_pins_same_month_ratios(truth):
    found = identified(truth, rows(truth, ("yoy_pct",)))
    assert (found.rank, found.seasonal_open) == (M - 12, 11)
    assert found.group.tolist() == list(range(12)) * 5
    assert "The seasonal profile is open in 11 of 11 directions" in found.words()[2]
    assert "2017-01, 2018-01, 2019-01, 2020-01, 2021-01" in found.words()[3]


def test_yoy_and_eleven_consecutive_mom_suffice(truth):
    mom = rows(truth, ("mom_pct",))
    eleven = mom[(mom["period"] >= "2019-03") & (mom["period"] <= "2020-01")]
    assert len(eleven) == 11
    found = identified(truth, rows(truth, ("yoy_pct",)), eleven)
    assert (found.rank, found.seasonal_open) == (M - 1, 0)
    ten = identified(truth, rows(truth, ("yoy_pct",)), eleven[:-1])
    assert (ten.rank, ten.seasonal_open) == (M - 2, 1)


def test_yoy_and_year_to_date_pin_the_profile_by_the_weights_alone(truth):
    found = identified(truth, rows(truth, RATES[1:]))
    assert found.rank == M - 1
    assert found.seasonal_open == 0


def test_an_index_value_pins_the_scale(truth):
    found = identified(truth, rows(truth), rows(truth, ("index",))[:1])
    assert (found.rank, found.anchored) == (M, True)
    assert not any("scale" in words for words in found.words())


def test_a_gap_in_mom_leaves_two_pieces_and_untouched_months_are_named(truth):
    mom = rows(truth, ("mom_pct",))
    early, late = mom[mom["period"] <= "2018-06"], mom[mom["period"] >= "2019-03"]
    found = identified(truth, early, late)
    assert found.rank == len(early) + len(late)
    assert set(found.group[:18]) == {0}
    assert set(found.group[18:25]) == {-1}
    assert set(found.group[25:]) == {1}
    assert found.words()[-3:] == (
        "Ratios are exact, but for errors, among 2019-02 to 2021-12.",
        "Ratios are exact, but for errors, among 2017-01 to 2018-06.",
        "No figure says anything about 2018-07 to 2019-01: these months rest on the model alone.",
    )


def test_a_long_list_of_months_is_named_as_runs():
    assert spans(span("2020-11", "2021-02")) == "2020-11 to 2021-02"
    assert spans(pd.PeriodIndex([], freq="M")) == ""
