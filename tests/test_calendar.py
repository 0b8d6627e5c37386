"""Tết against an astronomical calendar of its own, window shares in closed form, working days by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.calendar import LONG_RUN, MOVING, beyond_known, holidays_known, regressors, tet
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
        regressors(span("2019-01", "2019-12"), "VX", ("easter", "eastre"))
    assert caught.value.problems == (
        'calendar: moving holiday "eastre" is not known; did you mean "easter"?',
        'calendar: country "VX" is not known; give an ISO code such as VN, or none',
    )


@pytest.mark.parametrize(
    ("country", "holidays", "said"),
    [
        (
            "CN",
            ("tet",),
            "tet is kept in VN and would do nothing in CN; write chinese_new_year, or leave it out",
        ),
        ("VN", ("tet", "chinese_new_year"), "are one holiday by two calendars; keep one of them"),
        ("DE", ("easter", "easter"), "easter stands there twice; keep one"),
    ],
)
def test_an_entry_that_would_do_nothing_is_refused(country, holidays, said):
    with pytest.raises(DataError, match=said):
        regressors(span("2019-01", "2019-12"), country, holidays)


@pytest.mark.parametrize(
    ("holiday", "country", "year", "days"),
    [
        ("chinese_new_year", "CN", 2023, ["2023-01-22"]),
        ("chinese_new_year", "SG", 2030, ["2030-02-03"]),
        ("easter", "DE", 2024, ["2024-03-31"]),
        ("easter", "GR", 2024, ["2024-05-05"]),
        ("easter", "PL", 2038, ["2038-04-25"]),  # the latest day there can be
        ("ramadan", "SA", 2024, ["2024-03-11"]),
        ("ramadan", "EG", 2030, ["2030-01-05", "2030-12-26"]),
        ("eid_al_fitr", "PK", 2000, ["2000-01-08", "2000-12-27"]),
        ("eid_al_fitr", "TR", 2023, ["2023-04-21"]),
        ("eid_al_fitr", "ID", 2023, ["2023-04-22"]),  # its own sighting: a day after Saudi Arabia
        ("eid_al_adha", "SA", 2024, ["2024-06-16"]),
        ("eid_al_adha", "MY", 2024, ["2024-06-17"]),
        ("diwali", "IN", 2025, ["2025-10-20"]),
        ("diwali", "IN", 2020, ["2020-11-14"]),
    ],
)  # fmt: skip
def test_known_dates(holiday, country, year, days):
    assert list(map(str, MOVING[holiday].days(range(year, year + 1), country))) == days


def test_chinese_new_year_agrees_with_the_sun_and_the_moon_at_utc_plus_8():
    days = MOVING["chinese_new_year"].days(range(1985, 2051), "CN")
    assert days == [new_year(y, 8) for y in range(1985, 2051)]


def test_muslim_feasts_follow_the_moon():
    """Each is a new moon's month: 29 or 30 days of fasting, then 354 or 355 days to the next, but for sightings."""
    fasts, feasts = (MOVING[h].days(range(1990, 2051), "SA") for h in ("ramadan", "eid_al_fitr"))
    lasted = {(b - a).days for a, b in zip(fasts, [d for d in feasts if d > fasts[0]], strict=False)}
    assert lasted <= {29, 30}
    assert {(b - a).days for a, b in zip(feasts, feasts[1:], strict=False)} <= {354, 355, 356}


def test_diwali_is_the_new_moon_of_autumn():
    """Between mid-October and mid-November; the feast is on the evening of the moonless night, at most a day before."""
    moons = [local_day(new_moon(k), 5) - 1721425 for k in range(0, 450)]
    for day in MOVING["diwali"].days(range(2001, 2036), "IN"):
        assert (10, 13) <= (day.month, day.day) <= (11, 15)
        assert min(abs(moon - day.toordinal()) for moon in moons) <= 1


def test_windows_of_a_feast_that_moves_through_the_year_in_closed_form():
    """Eid al-Fitr 2000-01-08: the week before begins on the 1st; 2000-12-27: 27 to 30 December, then to 2001-01-06."""
    x = regressors(span("1999-12", "2001-01"), "SA", ["eid_al_fitr"])
    y = regressors(
        span("2010-12", "2012-01"), "SA", ["eid_al_fitr"]
    )  # feasts in September 2010 and August 2011
    moved = (x.to_numpy() - y.to_numpy())[:, 2:]
    before, during, after = moved[[0, 1, 12, 13]].T
    assert_allclose(before, [0, 1, 1, 0], atol=1e-12)
    assert_allclose(during, [0, 1, 1, 0], atol=1e-12)
    assert_allclose(after, [0, 1, 1 / 7, 6 / 7], atol=1e-12)


def test_outside_the_known_years_the_usual_number_of_holidays_counts():
    """Sri Lanka's are known for 2003 to 2026: a month of 2027 is its weekdays less their mean number."""
    assert holidays_known("LK") == range(2003, 2027)
    x = regressors(span("2003-01", "2040-12"), "LK")["working_days"]
    weekdays = np.array([np.busday_count(str(m), str(m + 1)) for m in x.index])
    known = np.asarray(x.index.year < 2027)
    usual = pd.Series((weekdays - x)[known]).groupby(x.index.month[known]).mean()
    assert_allclose(x[~known], weekdays[~known] - usual[x.index.month[~known]], atol=1e-12)
    assert abs(x[~known].groupby(x.index.year[~known]).sum()).max() < 3.0


def test_what_is_not_known_is_said():
    assert beyond_known(span("2020-01", "2026-12"), "LK", ()) == []
    said = beyond_known(span("1999-06", "2027-01"), "LK", ("diwali", "easter"))
    assert [words.split(";")[0] for words in said] == [
        "public holidays of LK are known for 2003 to 2026",
        "the dates of diwali are known for 2001 to 2035",
    ]
    x = regressors(span("2036-01", "2036-12"), "IN", ("diwali",))
    assert (x.filter(like="diwali") == 0).all().all()
