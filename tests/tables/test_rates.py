"""Headings of rates: what is compared with what, in words, in two languages, and what is not understood."""

from __future__ import annotations

import calendar
import json
from importlib import resources

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.tables import rates
from forecast.tables.rates import lexicon
from forecast.tables.rates.lexicon import KINDS, lexicons

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
ENGLISH = list(calendar.month_name)[1:]


def read(text: str, *titles: str, latest: str | None = None) -> str:
    """Return measure and month of one heading, its lines parted by |, or why it has none."""
    month = None if latest is None else pd.Period(latest, "M")
    (found,) = rates.headings([text.split("|")], titles, month)
    return f"{found.measure} {found.period}" if isinstance(found, rates.Rate) else found.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tháng 4 năm|2002 so với|tháng 4 năm|2001 (%)", "yoy_pct 2002-04"),
        ("4 tháng đầu|năm 2002|so với cùng kỳ|năm 2001 (%)", "ytd_yoy_pct 2002-04"),
        ("Tháng 1/2018|so với|tháng 1/2017", "yoy_pct 2018-01"),
        ("Tháng 01 năm 2022|so với tháng trước", "mom_pct 2022-01"),
        ("Tháng 1/2024 so với tháng 12/2023", "mom_pct 2024-01"),
        ("Tháng 3 so với tháng 2 năm 2024", "mom_pct 2024-03"),
        ("Tháng 1 so với tháng 12 năm 2023", "mom_pct 2024-01"),
        ("tám tháng năm 2011 so với cùng kỳ", "ytd_yoy_pct 2011-08"),
        ("Tháng Năm năm 2013 so với cùng kỳ năm trước", "yoy_pct 2013-05"),
        ("Tháng Tư năm 2013 so với tháng Ba năm 2013", "mom_pct 2013-04"),
        ("So với cùng kỳ năm trước (%)|Ước tính quý II năm 2024", "qtr_yoy_pct 2024-06"),
        ("So với cùng kỳ|Tháng 4/2024", "yoy_pct 2024-04"),
        ("Năm 2024|Quý III|so với cùng kỳ", "qtr_yoy_pct 2024-09"),
        ("4T/2024 so với 4T/2023", "ytd_yoy_pct 2024-04"),
        ("6 tháng 2024 so với 6 tháng 2023", "ytd_yoy_pct 2024-06"),
        ("4 tháng 2024/2023", "ytd_yoy_pct 2024-04"),
        ("T4/2024 / T3/2024", "mom_pct 2024-04"),
        ("Tháng 5/ Tháng 4/2014", "mom_pct 2014-05"),
        ("Tháng 4/24 so với T4/23", "yoy_pct 2024-04"),
        ("Lũy kế từ đầu năm đến tháng 4/2024 so với cùng kỳ năm trước", "ytd_yoy_pct 2024-04"),
        ("Tháng 4/2024 (tháng trước = 100)", "mom_pct 2024-04"),
        ("Tháng 4 năm 2024 so với tháng cùng kỳ năm trước", "yoy_pct 2024-04"),
        ("Tháng 4/2024 so với bình quân năm gốc 2015", "index 2024-04"),
        ("Tháng 4/2024 (2015=100)", "index 2024-04"),
        ("Cả năm 2023 so với năm 2022", "ytd_yoy_pct 2023-12"),
        ("April 2024 compared with the same month of 2023", "yoy_pct 2024-04"),
        ("% change on same month of previous year|Apr 2024", "yoy_pct 2024-04"),
        ("Year-on-year,|Sept. 2024", "yoy_pct 2024-09"),
        ("Estimated Oct 2018 compared to previous month", "mom_pct 2018-10"),
        ("Jan-Apr 2024 over the same period of 2023", "ytd_yoy_pct 2024-04"),
        ("First 9 months of 2024 compared to the same period last year", "ytd_yoy_pct 2024-09"),
        ("Second quarter of 2024 vs. second quarter of 2023", "qtr_yoy_pct 2024-06"),
        ("Q2/2024 y-o-y", "qtr_yoy_pct 2024-06"),
        ("First half of 2024 against the corresponding period of 2023", "ytd_yoy_pct 2024-06"),
        ("Lũy kế 5T/2024 so CK NT (%)", "ytd_yoy_pct 2024-05"),
        ("So sánh (%)|T5/2024 với|T4/2024", "mom_pct 2024-05"),
        ("5/2024 so với 5/2023 (1)", "yoy_pct 2024-05"),
        ("Tháng 5/2024 so với cùng kỳ²", "yoy_pct 2024-05"),
        ("Cumula-\ntive Apr 2024 against the same period", "ytd_yoy_pct 2024-04"),
        ("Apr YoY 2024 (%)", "yoy_pct 2024-04"),
        ("Q1 yoy|2024", "qtr_yoy_pct 2024-03"),
        ("Jan-Apr yoy 2024", "ytd_yoy_pct 2024-04"),
        ("YoY 2023", "ytd_yoy_pct 2023-12"),
        ("Annual change (%)|2023", "ytd_yoy_pct 2023-12"),
        ("Annual % change, April 2024", "yoy_pct 2024-04"),
        ("Tháng 4/2024 YoY (%)", "yoy_pct 2024-04"),
        ("MoM tháng 4/2024", "mom_pct 2024-04"),
        ("2024|4 tháng|so với cùng kỳ", "ytd_yoy_pct 2024-04"),
        ("2024|5 tháng|(cùng kỳ năm trước = 100)", "ytd_yoy_pct 2024-05"),
        ("Năm 2020|so với cùng kỳ|Lũy kế đến tháng|10", "ytd_yoy_pct 2020-10"),
        ("2019|YoY (%)|Oct", "yoy_pct 2019-10"),
        ("2019|so với cùng kỳ|4 tháng đầu năm", "ytd_yoy_pct 2019-04"),
        ("Jan-12 YoY (%)", "yoy_pct 2012-01"),
        ("YoY (%)|Jul-09", "yoy_pct 2009-07"),
        ("Jan-Dec 2012 YoY", "ytd_yoy_pct 2012-12"),
        ("Năm 2024|Lũy kế 4 tháng so với cùng kỳ", "ytd_yoy_pct 2024-04"),
        ("2024|1st quarter|on the same period of last year", "qtr_yoy_pct 2024-03"),
        ("2024|Jan-Apr|on the same period of last year", "ytd_yoy_pct 2024-04"),
        ("2024|Year to date April YoY", "ytd_yoy_pct 2024-04"),
        ("2024-04 month on month", "mom_pct 2024-04"),
    ],
)
def test_what_against_base(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Thực hiện (Tỷ đồng)|Quý I|năm 2002", "amount"),
        ("Cơ cấu (%)", "weight"),
        ("Tháng 4/2024 so với kế hoạch năm", "plan or target"),
        ("Tháng 4/2024 so với tháng trước đã điều chỉnh mùa vụ", "rate adjusted for the season"),
        ("Mã số", "code"),
        ("Đóng góp (điểm phần trăm)", "contribution in percentage points"),
        ("Quý II/2024 so với quý I/2024", "rate of change against the quarter before"),
        ("Quý II/2024 so với quý trước", "rate of change against the quarter before"),
        ("Tháng 4/2024 so với cùng kỳ năm 2019", "rate of change against 5 years before"),
        ("Tháng 4/2024 so với tháng 12 năm trước", "rate of change against 4 months before"),
        ("Năm 2024 so với năm 2020", "rate of change against 4 years before"),
        ("Tháng 4 đến tháng 8 năm 2024 so với cùng kỳ", "rate of months 4 to 8 together"),
    ],
)
def test_what_is_understood_and_no_measure_is_named(text: str, reason: str) -> None:
    assert read(text) == reason


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ghi chú", "ghi chu is not understood"),
        ("Tháng 4/2024 so với cùng kỳ sau điều tra", "sau dieu tra is not understood"),
        ("Tháng 4/2024", "it does not say with what its numbers are compared"),
        ("So với cùng kỳ", "it does not say of which month, months or quarter its numbers are"),
        ("Tháng 4 so với tháng 3", "it names no year, and neither a title nor another heading does"),
        ("4 tháng năm 2024 so với tháng trước", "its two times make no rate"),
        ("Tháng 4 năm 2024 so với cùng kỳ năm 2024", "its two times make no rate"),
        ("Tháng 4 năm 2024 so với năm 2023", "its two times make no rate"),
        ("Tháng năm 2024 so với cùng kỳ", "thang is not understood"),
        (
            "Tháng 3 tháng 4 năm 2024 so với cùng kỳ",
            "it does not say of which month, months or quarter its numbers are",
        ),
    ],
)  # fmt: skip
def test_what_has_no_single_reading_is_quoted(text: str, why: str) -> None:
    (found,) = rates.headings([text.split("|")])
    assert isinstance(found, rates.NoRate)
    assert not found.understood
    assert found.reason == f'heading "{" ".join(text.split("|"))}": {why}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tháng 4 năm 2024|so với tháng trước|April 2024|compared with|previous month", "mom_pct 2024-04"),
        (
            "4 tháng năm 2024 so với cùng kỳ\nFirst 4 months of 2024 over the same period",
            "ytd_yoy_pct 2024-04",
        ),
        ("Quyền số|Weight", "weight"),
    ],
)
def test_a_heading_in_two_languages_is_what_both_say(text: str, expected: str) -> None:
    assert read(text) == expected


def test_two_languages_that_differ_are_not_understood() -> None:
    assert "is not understood" in read(
        "Tháng 4 năm 2024|so với tháng trước|May 2024|compared with|previous month"
    )


def test_two_lines_in_the_wrong_order_are_put_right_and_told() -> None:
    (found,) = rates.headings([("Tháng 5", "năm 2013", "tháng 5", "so với", "năm 2012")])
    assert isinstance(found, rates.Rate)
    assert (found.measure, str(found.period)) == ("yoy_pct", "2013-05")
    assert found.note == (
        'heading "Tháng 5 năm 2013 tháng 5 so với năm 2012" has its lines in another order; '
        'read as "Tháng 5 năm 2013 so với tháng 5 năm 2012"'
    )


@pytest.mark.parametrize(
    ("text", "titles", "latest", "expected"),
    [
        ("Tháng 1 năm 2024", ["IIP so với cùng kỳ năm trước (%)"], None, "yoy_pct 2024-01"),
        ("So với cùng kỳ", ["IIP tháng 4 năm 2024"], None, "yoy_pct 2024-04"),
        ("So với tháng trước", ["IIP tháng 4 và 4 tháng đầu năm 2024"], None, "mom_pct 2024-04"),
        ("4 tháng đầu năm so với cùng kỳ (%)", ["IIP tháng 4 năm 2024"], None, "ytd_yoy_pct 2024-04"),
        ("Cumulative 12 months, yoy", ["IIP April 2024"], None, "rate of the last twelve months"),
        ("Lũy kế 12 tháng so với cùng kỳ", ["IIP tháng 4 năm 2024"], None, "rate of the last twelve months"),
        (
            "Acumulado en los últimos 12 meses, interanual",
            ["abril de 2024"],
            None,
            "rate of the last twelve months",
        ),
        ("12 tháng so với cùng kỳ", ["IIP tháng 12 năm 2024"], None, "ytd_yoy_pct 2024-12"),
        ("12 tháng năm 2023 so với cùng kỳ", ["IIP tháng 1 năm 2024"], None, "ytd_yoy_pct 2023-12"),
        ("5 tháng|(cùng kỳ năm trước = 100)", ["IIP tháng 5 năm 2024"], None, "ytd_yoy_pct 2024-05"),
        ("2024|So với cùng kỳ|%|Tháng 4", ["IIP tháng 4 năm 2025"], None, "yoy_pct 2024-04"),
        ("So với tháng 4 năm 2023", ["IIP tháng 4 và 4 tháng đầu năm 2024"], None, "yoy_pct 2024-04"),
        ("Апрель к марту", ["Индекс производства в апреле 2024 года"], None, "mom_pct 2024-04"),
        ("Cộng dồn|so với cùng kỳ", ["IIP tháng 4 và 4 tháng đầu năm 2024"], None, "ytd_yoy_pct 2024-04"),
        ("Quý II so với cùng kỳ", ["IIP các quý năm 2024"], "2024-06", "qtr_yoy_pct 2024-06"),
        ("Tháng 12 so với cùng kỳ", ["IIP tháng 1 năm 2024"], "2024-01", "yoy_pct 2023-12"),
        ("Tháng 5 so với tháng 4", [], "2014-05", "mom_pct 2014-05"),
        ("Tháng 12 so với tháng 11", [], "2015-01", "mom_pct 2014-12"),
        ("Thg12-12 so với cùng kỳ", ["IIP tháng 12 năm 2012"], None, "yoy_pct 2012-12"),
        ("Thg12-12 so với tháng trước", [], "2013-01", "mom_pct 2012-12"),
        ("Thg11-11 so với tháng trước", [], "2011-12", "mom_pct 2011-11"),
        ("Thg12-12 so với tháng 12/2011", [], None, "yoy_pct 2012-12"),
        ("Thg8-12 so với cùng kỳ", ["IIP tháng 2 năm 2012"], None, "rate of months 8 to 12 together"),
        ("Thg4-12/2011 so với cùng kỳ", ["IIP tháng 4 năm 2012"], None, "rate of months 4 to 12 together"),
    ],
)
def test_titles_and_publication_say_what_a_heading_leaves_out(
    text: str, titles: list[str], latest: str | None, expected: str
) -> None:
    assert read(text, *titles, latest=latest) == expected


@pytest.mark.parametrize(
    ("text", "titles", "latest"),
    [
        ("Tháng 5 so với tháng 4", [], "2015-01"),  # eight months old: a year could as well be wrong
        ("Tháng 6 so với tháng 5", ["IIP tháng 5 năm 2014"], "2014-05"),  # not yet published
        (
            "Tháng 4 so với tháng 3",
            ["Giá trị sản xuất theo giá so sánh 1994"],
            None,
        ),  # a base year dates nothing
        ("Tháng 4 so với tháng 3", ["IIP năm 2019"], "2024-05"),
    ],
)
def test_no_year_is_guessed(text: str, titles: list[str], latest: str | None) -> None:
    assert "it names no year" in read(text, *titles, latest=latest)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "IIP tháng 12 năm 2013",
            "12-12 may be months of 2013 or 12/2012 with two digits of its year; where",
        ),
        (
            "IIP tháng 4 năm 2012",
            "4-12 may be months of 2011 or 4/2012 with two digits of its year; where it",
        ),
        ("IIP tháng 11 năm 2012", "it names no year"),
    ],
)
def test_a_month_with_two_digits_of_a_year_is_asked_for_where_it_may_be_a_range(
    title: str, said: str
) -> None:
    text = f"Thg{4 if ' 4 ' in title else 12}-12 so với cùng kỳ"
    (found,) = rates.headings([(text,)], [title])
    assert isinstance(found, rates.NoRate)
    assert not found.understood
    assert said in found.reason


def test_another_heading_dates_those_without_a_year() -> None:
    columns = [
        ("Tháng 3", "so với cùng kỳ"),
        ("Tháng 4", "so với tháng trước"),
        ("4 tháng năm 2024", "so với cùng kỳ"),
    ]
    found = rates.headings(columns)
    assert [(f.measure, str(f.period)) for f in found if isinstance(f, rates.Rate)] == [
        ("yoy_pct", "2024-03"),
        ("mom_pct", "2024-04"),
        ("ytd_yoy_pct", "2024-04"),
    ]


def test_form_and_status_are_what_the_heading_says() -> None:
    columns = [
        ("Tốc độ tăng tháng 4/2024 so với cùng kỳ",),
        ("Ước tính tháng 4/2024 so với tháng trước",),
        ("Chính thức tháng 3/2024", "(cùng kỳ năm trước = 100)"),
    ]
    found = [f for f in rates.headings(columns) if isinstance(f, rates.Rate)]
    assert [(f.form, f.status) for f in found] == [("percent", ""), ("", "estimate"), ("index", "official")]


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Return a measure, its month and the lines of a heading that an office might print for it."""
    month, year = draw(st.integers(1, 12)), draw(st.integers(1995, 2035))
    measure = draw(st.sampled_from(["mom_pct", "yoy_pct", "ytd_yoy_pct", "qtr_yoy_pct"]))
    if measure == "qtr_yoy_pct":
        month = 3 * draw(st.integers(1, 4))
    before = pd.Period(year=year, month=month, freq="M") - 1
    if draw(st.booleans()):
        whats, bases = _vietnamese(measure, month, year, before)
        lead = draw(st.sampled_from(["", "Ước tính ", "Chính thức ", "Chỉ số sản xuất công nghiệp "]))
        against, tail = draw(st.sampled_from(["so với", "so"])), draw(st.sampled_from(["", " (%)"]))
    else:
        whats, bases = _english(measure, month, year, before)
        lead = draw(st.sampled_from(["", "Estimated ", "Index of industrial production, "]))
        against, tail = draw(st.sampled_from(["compared with", "against", "over"])), ""
    text = f"{lead}{draw(st.sampled_from(whats))} {against} {draw(st.sampled_from(bases))}{tail}"
    words = draw(st.sampled_from([str.upper, str]))(text).split()
    cuts = sorted(draw(st.sets(st.integers(1, len(words) - 1), max_size=5)))
    lines = [" ".join(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    return measure, f"{year}-{month:02d}", lines


def _vietnamese(measure: str, month: int, year: int, before: pd.Period) -> tuple[list[str], list[str]]:
    same = ["cùng kỳ", "cùng kỳ năm trước", f"cùng kỳ năm {year - 1}"]
    one = [
        f"tháng {month} năm {year}",
        f"Tháng {month:02d}/{year}",
        f"T{month}/{year}",
        f"tháng {month}-{year}",
    ]
    if measure == "mom_pct":
        return one, [
            "tháng trước",
            f"tháng {before.month} năm {before.year}",
            f"T{before.month}/{before.year}",
        ]
    if measure == "yoy_pct":
        return one, [
            *same,
            f"tháng {month} năm {year - 1}",
            f"T{month}/{year - 1}",
            f"tháng {month} năm trước",
        ]
    if measure == "ytd_yoy_pct":
        whats = [f"{month} tháng đầu năm {year}", f"cộng dồn {month} tháng năm {year}", f"{month}T/{year}"]
        return whats, [*same, f"{month} tháng năm {year - 1}"]
    quarter = ROMAN[month // 3]
    return [f"quý {quarter} năm {year}", f"Quý {quarter}/{year}"], [*same, f"quý {quarter} năm {year - 1}"]


def _english(measure: str, month: int, year: int, before: pd.Period) -> tuple[list[str], list[str]]:
    name, short = ENGLISH[month - 1], ENGLISH[month - 1][:3]
    one = [f"{name} {year}", f"{short}. {year}", f"{short}-{year}"]
    same = ["the same period last year", f"the same period of {year - 1}", "the corresponding period"]
    if measure == "mom_pct":
        return one, ["the previous month", "last month", f"{ENGLISH[before.month - 1]} {before.year}"]
    if measure == "yoy_pct":
        return one, [*same, "the same month of the previous year", f"{name} {year - 1}", "a year earlier"]
    if measure == "ytd_yoy_pct":
        return [f"first {month} months of {year}", f"cumulative {month} months {year}"], same
    return [f"quarter {month // 3} of {year}", f"Q{month // 3} {year}"], [*same, f"Q{month // 3} {year - 1}"]


@settings(deadline=None, max_examples=150, derandomize=True)
@given(printed())
def test_every_printed_heading_comes_back(case: tuple[str, str, list[str]]) -> None:
    measure, month, lines = case
    assert read("|".join(lines)) == f"{measure} {month}"


def test_titles_of_rates_are_told_from_those_of_levels() -> None:
    assert rates.speaks_of_rates(["Chỉ số sản xuất công nghiệp so với cùng kỳ năm trước (%)"])
    assert rates.speaks_of_rates(["Industrial production, % change on previous month"])
    assert rates.speaks_of_rates(["Growth rate (%)"])
    assert not rates.speaks_of_rates(["Index of industrial production, 2015=100"])
    assert not rates.speaks_of_rates(["Production of growth hormones"])


@pytest.mark.parametrize("name", [language.name for language in lexicons()])
def test_a_file_of_words_is_whole_and_folded(name: str) -> None:
    said = json.loads(resources.files("forecast.tables.rates").joinpath(f"{name}.json").read_text("utf-8"))
    assert set(said["left_out"]) <= set(rates.REASONS)
    assert all(
        set(meaning.split()) <= {w for kind in KINDS for w in kind.split()} for meaning in said["words"]
    )
    texts = [t for lists in (said["words"], said["left_out"]) for group in lists.values() for t in group]
    texts += [*said["noise"], *said["production"], *said["another table"], *said["places"]]
    assert all(text == text.lower() for text in texts)


ITALIAN = """{
  "locale": "it",
  "words": {"month": ["mesi"], "first": ["primi"], "against": ["rispetto a", "rispetto al"],
            "same": ["stesso mese", "stesso periodo"], "year before": ["anno precedente"]},
  "numbers": {"quattro": 4}, "ordinals": {}, "noise": ["di", "dell", "del"], "left_out": {"weight": ["pesi"]},
  "production": ["indice della produzione industriale"], "another table": [], "average": [], "places": [],
  "districts": [], "continued": []
}"""


def test_another_language_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    known = (*lexicons(), lexicon.lexicon(ITALIAN))
    monkeypatch.setattr(lexicon, "lexicons", lambda: known)
    assert read("Aprile 2024 rispetto a aprile 2023") == "yoy_pct 2024-04"
    assert (
        read("Primi quattro mesi 2024|rispetto al stesso periodo dell'anno precedente")
        == "ytd_yoy_pct 2024-04"
    )
    assert read("Pesi") == "weight"
