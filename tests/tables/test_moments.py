"""Months in the spellings and languages of the world, and what neighbours tell of one another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.tables.axis import axis
from forecast.tables.languages import folded_name, month_names
from forecast.tables.languages.make_months import names
from forecast.tables.moments import TO_DATE, Moment, moment

SPOKEN = (
    "ar",
    "cs",
    "de",
    "el",
    "en",
    "es",
    "fi",
    "fr",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "ms",
    "nl",
    "pl",
    "pt",
)
MORE = ("ro", "ru", "sk", "sv", "th", "tr", "uk", "vi", "zh", "sw", "cy", "eu", "hi", "bn", "ka", "am", "fil")


LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip


@pytest.mark.parametrize("form", ["{} 2021", "2021 {}", "{}"])
def test_names_of_months_of_two_words(form: str) -> None:
    year = 2021 if "2021" in form else None
    for number, name in enumerate(LEVANTINE, start=1):
        assert moment(form.format(name)) == Moment(year, number)
    assert moment("tháng mười một 2023") == Moment(2023, 11)
    assert moment("كانون الثاني كانون الأول 2021") is None


def test_the_names_of_months_are_those_of_babel() -> None:
    for name, months in names().items():
        for month, codes in months.items():
            assert month_names()[name][int(month)] >= frozenset(codes), name


@pytest.mark.parametrize("language", [*SPOKEN, *MORE])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize("form", ["{name} {year}", "{year} {name}", "{name}-{year}"])
def test_a_year_of_months_in_every_language(language: str, width: str, form: str) -> None:
    listed = Locale.parse(language).months["stand-alone"][width]
    texts = [form.format(name=listed[m], year=2023) for m in range(1, 13)]
    assert [m and (m.year, m.month) for m in axis(texts).moments] == [(2023, m) for m in range(1, 13)]


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 28))
def test_figures_in_every_order(year: int, month: int, day: int) -> None:
    for text in (
        f"{year}-{month:02d}", f"{month:02d}/{year}", f"{year}M{month}", f"{year}MM{month:02d}", f"T{month}/{year}",
        f"Tháng {month} năm {year}", f"{year}年{month}月", f"{year}. {month:02d}", f"{year}{month:02d}",
        f"{year}-{month:02d}-{day:02d}", f"{day}.{month}.{year}.", f"{year}-{month:02d}-{day:02d}T00:00:00.000",
    ):  # fmt: skip
        found = moment(text)
        assert found is not None, text
        assert found.year == year, text
        assert month in (found.month, found.day), text


@pytest.mark.parametrize(
    ("text", "span", "year", "month"),
    [
        ("2024 Q1", 3, 2024, 3),
        ("quý II năm 2024", 3, 2024, 6),
        ("1Q24", 3, 2024, 3),
        ("3. Quartal 2023", 3, 2023, 9),
        ("2019年1～3月期", 3, 2019, 3),
        ("Jan-Mar 2024", 3, 2024, 3),
        ("H2 2024", 6, 2024, 12),
        ("5 tháng năm 2024", TO_DATE, 2024, 5),
        ("5 tháng đầu năm 2024", TO_DATE, 2024, 5),
        ("Jan-May 2024", TO_DATE, 2024, 5),
        ("2012-13", 12, 2013, None),
        ("2012/2013", 12, 2013, None),
        ("2024 r.", 12, 2024, None),
        ("2019M13", 12, 2019, None),
        ("2019JJ00", 12, 2019, None),
    ],
)
def test_longer_spans_are_no_months(text: str, span: int, year: int, month: int | None) -> None:
    found = moment(text)
    assert found is not None
    assert (found.span, found.year, found.month) == (span, year, month)
    assert not found.whole


@pytest.mark.parametrize(
    "text",
    [
        "25:61",
        "2023-02-30",
        "2024-13",
        "31/04/2024",
        "Total",
        "Weight",
        "mail",
        "ID",
        "5 tấn",
        "2024-",
        "Janury 2024",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("2024-05p", "p"),
        ("2024-05 (P)", "p"),
        ("T4/2024 (ước tính)", "p"),
        ("May 2024*", "p"),
        ("2024-05 r", "r"),
    ],
)
def test_marks_of_headings(text: str, mark: str) -> None:
    found = moment(text)
    assert found is not None
    assert (found.whole, found.mark) == (True, mark)


@pytest.mark.parametrize(
    ("texts", "months"),
    [
        (["1/31/2024", "2/1/2024"], [(2024, 1), (2024, 2)]),
        (["31/1/2024", "2/1/2024"], [(2024, 1), (2024, 1)]),
        (["1/1/1959", "2/1/1959", "3/1/1959"], [(1959, 1), (1959, 2), (1959, 3)]),
        (["1/1/23", "2/1/23", "3/1/23"], [(2023, 1), (2023, 2), (2023, 3)]),
        (["01/01/23", "01/02/23", "01/03/23"], [(2023, 1), (2023, 2), (2023, 3)]),
        (["1/31/24", "2/29/24"], [(2024, 1), (2024, 2)]),
        (["31/01/24", "29/02/24"], [(2024, 1), (2024, 2)]),
        (["2005-05", "2005-06", "2005-07"], [(2005, 5), (2005, 6), (2005, 7)]),
        (["2019.01", "2019.09", "2019.1", "2019.11"], [(2019, 1), (2019, 9), (2019, 10), (2019, 11)]),
        ([2019.01, 2019.09, 2019.1], [(2019, 1), (2019, 9), (2019, 10)]),
        (["2019.1", "2019.2"], [(2019, 1), (2019, 2)]),
        ([43466.0, 43497.0, 43525.0], [(2019, 1), (2019, 2), (2019, 3)]),
        (["2023-12-31T17:00:00Z", "2024-01-31T17:00:00Z"], [(2024, 1), (2024, 2)]),
        (["2024-01-01T05:00:00Z", "2024-02-01T05:00:00Z"], [(2024, 1), (2024, 2)]),
        (["2024-01-01T00:00:00+07:00"], [(2024, 1)]),
        (["Jan'19", "Feb'19"], [(2019, 1), (2019, 2)]),
        (["lipiec 2023", "listopad 2023"], [(2023, 7), (2023, 11)]),
        (["lipanj 2023", "listopad 2023"], [(2023, 6), (2023, 10)]),
        (["T1/2023", "T2/2023", "T3/2023", "T4/2023"], [(2023, 1), (2023, 2), (2023, 3), (2023, 4)]),
        ([datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=7)))], [(2024, 1)]),
        (
            [datetime(2023, 12, 31, 17, tzinfo=UTC), datetime(2024, 1, 31, 17, tzinfo=UTC)],
            [(2024, 1), (2024, 2)],
        ),
        ([date(2024, 2, 29)], [(2024, 2)]),
        (
            ["2024-01-31T16:59:59Z", "2024-02-29T16:59:59Z"],
            [(2024, 1), (2024, 2)],
        ),  # ends of the month in Hanoi
        (["2024-01-31T22:59:59.999Z", "2024-03-31T21:59:59.999Z"], [(2024, 1), (2024, 3)]),  # in Berlin
        (["2024-02-01T04:59:59Z", "2024-03-01T04:59:59Z"], [(2024, 1), (2024, 2)]),  # in New York
        (["2024-01-31T23:59:59Z", "2024-02-29T23:59Z"], [(2024, 1), (2024, 2)]),
        (["2024-01-31T05:00:00Z", "2024-02-29T05:00:00Z"], [(2024, 1), (2024, 2)]),  # last days in New York
        (["2024-01-31T18:30:00Z", "2024-02-29T18:30:00Z"], [(2024, 2), (2024, 3)]),  # first days in Delhi
        (
            ["2023-12-31T11:00:00Z", "2024-06-30T12:00:00Z"],
            [(2024, 1), (2024, 7)],
        ),  # in Auckland, summer and winter
        (["2024-01-31 14:00+09:00", "2024-02-29 14:00+09:00"], [(2024, 1), (2024, 2)]),
        ([datetime(2024, 1, 31, 16, 59, 59, tzinfo=UTC)], [(2024, 1)]),
    ],
)
def test_neighbours_settle_what_one_leaves_open(texts: list[object], months: list[tuple[int, int]]) -> None:
    read = axis(texts)  # type: ignore[arg-type]
    assert not read.problems
    assert [m and (m.year, m.month) for m in read.moments] == months


@pytest.mark.parametrize(
    "texts",
    [
        ["2004-05", "2005-06", "2011-12", "2012-13"],
        ["2023T3", "2023T4", "2024T1"],
        ["III 2023", "IV 2023", "I 2024"],
    ],
)
def test_years_and_quarters_never_pass_for_months(texts: list[str]) -> None:
    assert not any(m is None or m.whole for m in axis(texts).moments)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["1/31/2024", "31/1/2024"], "is month first"),
        (["2024-01-15T17:00:00Z"], "is a time stamp in UTC and no local midnight"),
        (["2024-01-31T16:20:00Z"], "is a time stamp in UTC and no local midnight"),
        (["2024-01-31T17:00:30Z"], "is a time stamp in UTC and no local midnight"),
        (["2024-01-31T12:00:00+00:00"], "write the month that is meant, 2024-02 or 2024-01"),
        (
            ["2024-01-31T10:00:00Z", "2024-02-29T10:00:00Z"],
            "write the month that is meant, 2024-02 or 2024-01",
        ),
        (["2524-01", "2024-02"], "has year 2524"),
    ],
)
def test_what_neighbours_cannot_settle_is_told(texts: list[str], said: str) -> None:
    assert said in axis(texts).problems[0][1]


def test_numbers_that_prove_no_dates_are_none() -> None:
    assert axis([43466.0, 43470.0, 43475.0]).moments == (None, None, None)
    assert folded_name("Févr.") == "fevr"
    assert moment("Apr 2024") == Moment(2024, 4)


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("Thg4-24", 2024, 4),
        ("tháng 4/24", 2024, 4),
        ("Thg12-99", 1999, 12),
        ("31-Jan-24", 2024, 1),
        ("29 févr. 24", 2024, 2),
        ("01-Dec-99", 1999, 12),
        ("X2015.01", 2015, 1),
        ("X2015.11.01", 2015, 11),
    ],
)
def test_months_as_programs_show_them(text: str, year: int, month: int) -> None:
    read = moment(text)
    assert read is not None
    assert (read.year, read.month) == (year, month)


@pytest.mark.parametrize(
    "text",
    [
        "tháng 1-12",
        "Thg4-09",
        "X1",
        "2015X.01",
        "24-Apr-12",
        "20-Jan-01",
        "28-Feb-24",
        "10/11/12",
        "24/01/31",
        "2/31/24",
    ],
)
def test_what_only_looks_like_them_is_no_month(text: str) -> None:
    assert moment(text) is None


def test_headings_of_r_are_years_where_no_other_roman_number_stands_beside() -> None:
    years = axis(["X2015", "X2016", "X2017"]).moments
    assert [(m.year, m.span) for m in years if m is not None] == [(2015, 12), (2016, 12), (2017, 12)]
    romans = axis(["IX2015", "X2015", "XI2015"]).moments
    assert [(m.year, m.month) for m in romans if m is not None] == [(2015, 9), (2015, 10), (2015, 11)]
