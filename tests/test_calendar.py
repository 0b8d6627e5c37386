"""Tết against an astronomical calendar of its own, window shares in closed form, working days by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.calendar import LONG_RUN, regressors, tet
from forecast.errors import DataError


def span(first: str, last: str) -> pd.PeriodIndex:
    return pd.period_range(first, last, freq="M")


def new_moon(k: int) -> float:
    """Julian ephemeris day of new moon k after 6 January 2000: Meeus, Astronomical Algorithms, ch. 49."""
    t = k / 1236.85
    jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2
    e = 1 - 0.002516 * t
    sun = math.radians(2.5534 + 29.1053567 * k)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    latitude = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    sin = math.sin
    return (
        jde
        - 0.4072 * sin(moon)
        + 0.17241 * e * sin(sun)
        + 0.01608 * sin(2 * moon)
        + 0.01039 * sin(2 * latitude)
        + 0.00739 * e * sin(moon - sun)
        - 0.00514 * e * sin(moon + sun)
        + 0.00208 * e * e * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * latitude)
        - 0.00057 * sin(moon + 2 * latitude)
        + 0.00056 * e * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon)
        + 0.00042 * e * sin(sun + 2 * latitude)
        + 0.00038 * e * sin(sun - 2 * latitude)
        - 0.00024 * e * sin(2 * moon - sun)
    )


def solar_longitude(jde: float) -> float:
    """Apparent longitude of the sun in degrees, good to 0.01: Meeus, ch. 25."""
    t = (jde - 2451545) / 36525
    mean = 280.46646 + 36000.76983 * t
    anomaly = math.radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    return (mean + centre + 0.000289 * math.sin(3 * anomaly) - 0.00569) % 360


def local_day(jde: float, hours: int) -> int:
    """Number of the civil day at UTC + hours; 65 s of ephemeris time taken off."""
    return math.floor(jde - 65 / 86400 + hours / 24 + 0.5)


def new_year(year: int, hours: int) -> dt.date:
    """First day of the lunar year: month 11 holds the winter solstice; a leap month has no principal term."""

    def sector(day: int) -> int:
        return int(solar_longitude(day - 0.5 - hours / 24 + 65 / 86400) // 30)

    def month_eleven(of: int) -> int:
        k = round((of - 2000) * 12.3685) + 13
        while sector(local_day(new_moon(k), hours)) >= 9 or local_day(new_moon(k), hours) > julian(
            of, 12, 23
        ):
            k -= 1
        return k

    first, last = month_eleven(year - 1), month_eleven(year)
    starts = [local_day(new_moon(k), hours) for k in range(first, last + 2)]
    months_to_go = 2
    if last - first == 13:
        leap = next(i for i in range(1, 14) if sector(starts[i]) == sector(starts[i + 1]))
        months_to_go += leap <= 2
    return dt.date.fromordinal(starts[months_to_go] - 1721425)


def julian(year: int, month: int, day: int) -> int:
    return dt.date(year, month, day).toordinal() + 1721425


@pytest.mark.parametrize(
    ("year", "vietnam", "china"),
    [
        (1985, dt.date(1985, 1, 21), dt.date(1985, 2, 20)),
        (2007, dt.date(2007, 2, 17), dt.date(2007, 2, 18)),
        (2030, dt.date(2030, 2, 2), dt.date(2030, 2, 3)),
    ],
)
def test_tet_where_vietnam_and_china_differ(year, vietnam, china):
    assert tet(year) == vietnam == new_year(year, 7)
    assert new_year(year, 8) == china


def test_tet_agrees_with_the_sun_and_the_moon_at_utc_plus_7():
    assert {y: tet(y) for y in range(1985, 2051)} == {y: new_year(y, 7) for y in range(1985, 2051)}


def test_vietnam_and_china_differ_in_three_years_of_1985_to_2030():
    assert [y for y in range(1985, 2031) if tet(y) != new_year(y, 8)] == [1985, 2007, 2030]


def test_tet_outside_the_table_is_an_error():
    with pytest.raises(DataError, match="Tết 1960 is not known; dates are given for 1968 to 2100"):
        tet(1960)


def test_window_shares_in_closed_form():
    # Tết 2023-01-22: before = 7–20 January; during = 21–27 January; after = 28 January – 10 February.
    # Tết 2024-02-10: before = 26 January – 8 February; during = 9–15; after = 16–29 February.
    x = regressors(span("2023-01", "2024-02"))[["tet_before", "tet_during", "tet_after"]]
    assert_allclose(
        x.loc["2023-01"] - x.loc["2024-01"], np.array([1 - 6 / 14, 1.0, 4 / 14]), rtol=0, atol=1e-12
    )
    assert_allclose(
        x.loc["2023-02"] - x.loc["2024-02"], np.array([-8 / 14, -1.0, 10 / 14 - 1]), rtol=0, atol=1e-12
    )


def test_every_regressor_moves_no_level_of_a_calendar_month_in_the_long_run():
    x = regressors(span(f"{LONG_RUN.start}-01", f"{LONG_RUN.stop - 1}-12"))
    assert_allclose(x.groupby(x.index.month).mean(), np.zeros((12, 5)), atol=1e-12)
    tet_columns = x.filter(like="tet_")
    assert_allclose(tet_columns.groupby(x.index.year).sum(), np.zeros((61, 3)), atol=1e-12)


def test_working_days_count_holidays_and_swapped_days():
    # February 2024: 21 weekdays − 8, 9, 12, 13, 14 = 16. May: 23 − the 1st + Saturday the 4th, worked = 23.
    x = regressors(span("2024-02", "2024-05"))["working_days"]
    y = regressors(span("2023-02", "2023-05"))["working_days"]
    # February 2023: 20 weekdays. May: 23 − 1, 2 and 3 = 20.
    assert_allclose(x["2024-02"] - y["2023-02"], 16 - 20, atol=1e-12)
    assert_allclose(x["2024-05"] - y["2023-05"], 23 - 20, atol=1e-12)


def test_a_saturday_worked_in_december_for_a_day_off_in_the_next_year():
    # Saturday 2014-12-27 was worked for Friday 2015-01-02: 23 weekdays + 1, against 22 in December 2013.
    x = regressors(span("2013-12", "2014-12"))["working_days"]
    assert_allclose(x["2014-12"] - x["2013-12"], 24 - 22, atol=1e-12)


def test_leap_year_is_february_alone():
    x = regressors(span("2023-01", "2024-12"))["leap_year"]
    assert_allclose(x["2024-02"] - x["2023-02"], 1.0)
    assert_allclose(x[x.index.month != 2], 0.0)


def test_a_value_does_not_depend_on_the_months_asked_with_it():
    whole = regressors(span("2010-01", "2030-12"))
    pd.testing.assert_frame_equal(whole.loc["2018-07":"2019-03"], regressors(span("2018-07", "2019-03")))


def test_countries_without_moving_holidays():
    months = span("2019-01", "2020-12")
    assert list(regressors(months, "DE")) == ["working_days", "leap_year"]
    assert list(regressors(months, "VN", ())) == ["working_days", "leap_year"]
    none = regressors(months, None)
    assert none.shape == (24, 0)
    assert none.index.equals(months)


def test_every_unknown_name_is_reported_at_once():
    with pytest.raises(DataError) as caught:
        regressors(span("2019-01", "2019-12"), "VX", ("tet", "teet"))
    assert caught.value.problems == (
        'calendar: moving holiday "teet" is not known; known: tet',
        'calendar: country "VX" is not known; give an ISO code such as VN, or none',
    )
