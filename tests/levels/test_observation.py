from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.levels.observation import first_month, observe
from tests.levels.synthetic import RATES, figures, level, rows, span

MONTHS = span("2019-01", "2021-12")
EVERY = (*RATES, "qtr_yoy_pct", "index")


@pytest.mark.parametrize(
    ("measure", "above", "below"),
    [
        ("mom_pct", ("2024-03", "2024-03"), ("2024-02", "2024-02")),
        ("yoy_pct", ("2024-03", "2024-03"), ("2023-03", "2023-03")),
        ("ytd_yoy_pct", ("2024-01", "2024-03"), ("2023-01", "2023-03")),
        ("qtr_yoy_pct", ("2024-01", "2024-03"), ("2023-01", "2023-03")),
        ("index", ("2024-03", "2024-03"), None),
    ],
)
def test_months_of_a_figure(measure, above, below):
    months = span("2023-01", "2024-04")
    row = rows(level(span("2023-01", "2024-03"), np.random.default_rng(1)), (measure,)).tail(1)
    o = observe(figures(row), [("here", "total")], months)
    assert list(months[o.above[0] == 1.0]) == list(span(*above))
    assert list(months[o.below[0] == 1.0]) == ([] if below is None else list(span(*below)))


def test_figures_of_exact_levels_are_predicted_to_their_rounding():
    y = level(MONTHS, np.random.default_rng(1))
    o = observe(figures(rows(y, EVERY, decimals=6)), [("here", "total")], MONTHS)
    x = np.log(y.to_numpy())[None, :]
    assert len(o.y) == 35 + 24 + 24 + 8 + 36
    assert_allclose(o.predict(x), o.y, rtol=0, atol=1e-8)
    assert_allclose(o.rounding * o.unit, 0.5e-6 / np.sqrt(3), rtol=1e-12)


def test_jacobian_and_share_are_derivatives():
    rng = np.random.default_rng(2)
    tables = rows(level(MONTHS, rng), EVERY), rows(level(MONTHS, rng), EVERY, "there")
    o = observe(figures(*tables), [("there", "total"), ("here", "total")], MONTHS)
    x = rng.normal(0, 0.2, (2, len(MONTHS)))
    analytic, numeric = o.jacobian(x), np.zeros((len(o.y), len(MONTHS)))
    for t in range(len(MONTHS)):
        step = 1e-5 * (np.arange(len(MONTHS)) == t)
        numeric[:, t] = (o.predict(x + step) - o.predict(x - step)) / 2e-5
    assert_allclose(analytic, numeric, atol=1e-9)
    own = analytic[np.arange(len(o.y)), o.month]
    assert_allclose(o.share(x), own, atol=1e-12)  # the reference month is never in the denominator


def test_a_line_given_twice_is_one_print():
    once = rows(level(MONTHS, np.random.default_rng(1)), EVERY)
    one, two = (observe(figures(*of), [("here", "total")], MONTHS) for of in ((once,), (once, once)))
    assert_allclose(two.y, one.y)
    assert two.first.tolist() == one.first.tolist()


def test_figures_come_sorted_by_series_in_the_order_asked():
    rng = np.random.default_rng(2)
    tables = rows(level(MONTHS, rng)), rows(level(MONTHS, rng), region="there")
    o = observe(figures(*tables), [("there", "total"), ("here", "total")], MONTHS)
    assert (np.diff(o.series) >= 0).all()
    assert o.table["region"].tolist() == ["there"] * 83 + ["here"] * 83


def test_a_first_print_is_the_earliest_vintage_within_32_days():
    cells = pd.DataFrame(
        {
            "region": "here",
            "sector": "total",
            "period": ["2024-01", "2024-01", "2024-02", "2024-03"],
            "measure": "yoy_pct",
            "value": [1.0, 2.0, 3.0, 4.0],
            "published": ["2024-01-29", "2024-02-10", "2024-04-02", "2024-05-02"],
        }
    )
    o = observe(figures(cells), [("here", "total")], span("2023-01", "2024-03"))
    # 29 January: first. 10 February: a later vintage. 2 April: 33 days. 2 May: 32 days.
    assert o.first.tolist() == [True, False, False, True]


def test_figures_that_reach_out_of_the_months_are_left_out():
    y = level(MONTHS, np.random.default_rng(1))
    o = observe(figures(rows(y)), [("here", "total")], span("2020-01", "2021-06"))
    assert o.table["measure"].value_counts().to_dict() == {"mom_pct": 17, "yoy_pct": 6, "ytd_yoy_pct": 6}


def test_first_month_is_the_earliest_one_touched():
    y = level(MONTHS, np.random.default_rng(1))
    assert first_month(figures(rows(y, ("ytd_yoy_pct",)).tail(3))) == pd.Period("2020-01", "M")
