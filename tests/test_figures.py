"""Figures: what a file must hold, what was known on a date, and what arithmetic forbids."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast import figures
from forecast.errors import DataError

VIETNAM = Path(__file__).parents[1] / "configs" / "data" / "vietnam_published_figures.csv"
HEADER = "region,sector,period,measure,value,published,source\n"

exact = settings(deadline=None, max_examples=25, derandomize=True)


@pytest.fixture(scope="module")
def vietnam() -> figures.Figures:
    return figures.read(VIETNAM)


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text(header + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_all_published_figures_of_vietnam_are_read(vietnam: figures.Figures) -> None:
    table = vietnam.table
    assert len(table) == 663
    assert list(table.columns) == list(figures.COLUMNS)
    assert table["region"].value_counts().to_dict() == {"vietnam": 553, "bac_ninh": 109, "bac_ninh_merged": 1}
    plain = pd.read_csv(VIETNAM, dtype=str)  # the second route: pandas' own reader, matched by line
    by_line = table.set_index("line").sort_index()
    np.testing.assert_array_equal(by_line["value"], plain["value"].astype(float))
    assert by_line["period"].astype(str).tolist() == plain["period"].tolist()
    assert by_line["published_day_known"].tolist() == (plain["published"].str.len() == 10).tolist()
    assert by_line["source"].tolist() == plain["source"].str.strip().tolist()


def test_rounding_follows_the_printed_text(vietnam: figures.Figures) -> None:
    decimals = pd.read_csv(VIETNAM, dtype=str)["value"].str.extract(r"\.(\d+)$")[0].str.len().fillna(0)
    half_units = vietnam.table.set_index("line").sort_index()["half_unit"]
    np.testing.assert_allclose(half_units, np.where(decimals <= 1, 0.05, 0.005), rtol=1e-12)
    assert (decimals == 0).sum() > 40


@pytest.mark.parametrize(
    ("unit", "half"), [("0.1", 0.05), ("1", 0.5), ("100", None), ("2", None), ("0", None)]
)
def test_a_unit_is_the_size_of_a_last_digit_and_no_base(
    tmp_path: Path, unit: str, half: float | None
) -> None:
    path = tmp_path / "a.csv"
    header = "region,sector,period,measure,value,published,unit"
    path.write_text(f"{header}\nr,total,2024-03,yoy_pct,6.0,2024-04-02,{unit}\n", encoding="utf-8")
    if half is None:
        with pytest.raises(
            DataError, match=f'a.csv:2: unit "{unit}" is neither "%" nor the size of the last'
        ):
            figures.read(path)
    else:
        assert figures.read(path).table["half_unit"].to_list() == [half]


def test_a_month_of_publication_is_its_last_day(vietnam: figures.Figures) -> None:
    months = vietnam.table[~vietnam.table["published_day_known"]]
    assert months["published"].dt.is_month_end.all()
    assert len(months) == 175


def test_origin_moves_with_publication(vietnam: figures.Figures) -> None:
    assert vietnam.as_of("2024-05-20").origin("bac_ninh", "total") == pd.Period("2024-04", "M")
    assert vietnam.as_of("2024-05-09").origin("bac_ninh", "total") == pd.Period(
        "2023-10", "M"
    )  # silent for months
    assert vietnam.as_of("2024-05").origin("bac_ninh", "total") == pd.Period("2024-05", "M")


def test_april_2024_was_printed_twice(vietnam: figures.Figures) -> None:
    def printed(table: pd.DataFrame) -> list[float]:
        cell = (table["measure"] == "yoy_pct") & (table["period"] == pd.Period("2024-04", "M"))
        return table.loc[cell, "value"].tolist()

    def known(day: str) -> list[float]:
        table = vietnam.as_of(day).select("bac_ninh", "total").latest().table
        return printed(table)

    assert known("2024-05-20") == [6.25]
    assert known("2024-05-30") == [4.89]
    assert printed(vietnam.select("bac_ninh", "total").table) == [6.25, 4.89]


def test_the_day_dated_print_of_a_month_is_the_later(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "r,total,2024-04,yoy_pct,4.9,2024-05-10,newspaper",
        "r,total,2024-04,yoy_pct,6.3,2024-05,bulletin",
        "r,total,2024-04,yoy_pct,7.1,2024-04,flash",
    )
    read = figures.read(path)
    assert read.table["value"].tolist() == [7.1, 6.3, 4.9]
    assert read.latest().table["value"].tolist() == [4.9]
    assert read.as_of("2024-05-20").table["value"].tolist() == [7.1, 4.9]  # a month counts as its last day
    assert read.as_of("2024-04-30").table["value"].tolist() == [7.1]
    with pytest.raises(
        DataError, match=r"a\.csv: no figure had been published by 2024-04-29; the first .* 2024-04-30"
    ):
        read.as_of("2024-04-29")


def test_what_is_published_later_is_not_looked_at(tmp_path: Path) -> None:
    honest = "r,total,2024-03,yoy_pct,-4.1,2024-04-02,a"
    later = ["r,total,2024-04,yoy_pct,6.25,2024-05-10,a", "r,total,2024-05,mom_pct,1.5,2024-06-02,a"]
    nonsense = ["r,total,2024-99,yoy_pct,banana,2024-05-10,a", "r,,2024-05,mom,-900,2024-06-02,a"]
    sound = figures.read(write(tmp_path / "a.csv", honest, *later))
    spoilt = figures.read(write(tmp_path / "b.csv", honest, *nonsense), until="2024-04-30")
    assert spoilt.fingerprint() == sound.as_of("2024-04-30").fingerprint()
    with pytest.raises(DataError, match="banana"):
        figures.read(tmp_path / "b.csv", until="2024-05")
    with pytest.raises(
        DataError, match="no figure had been published by 2024-04-01; the first .* on 2024-04-02"
    ):
        figures.read(tmp_path / "b.csv", until="2024-04-01")
    with pytest.raises(DataError, match='date "someday" is not a month'):
        figures.read(tmp_path / "a.csv", until="someday")


@exact
@given(st.data())
def test_as_of_keeps_what_was_published_and_no_more(data: st.DataObject) -> None:
    days = pd.date_range("2023-01-01", "2023-12-31")
    cells = data.draw(
        st.lists(
            st.tuples(st.integers(0, 5), st.integers(0, 364), st.booleans(), st.integers(-99, 99)),
            min_size=1,
            max_size=25,
            unique_by=lambda c: (c[0], c[1] if c[2] else str(days[c[1]])[:7]),
        )
    )
    table = pd.DataFrame(
        {
            "region": "r",
            "sector": "total",
            "period": [pd.Period("2022-06", "M") + cell for cell, *_ in cells],
            "measure": "yoy_pct",
            "value": [float(value) for *_, value in cells],
            "published": [days[d] if known else days[d] + pd.offsets.MonthEnd(0) for _, d, known, _ in cells],
            "published_day_known": [known for _, _, known, _ in cells],
        }
    )
    read = figures.from_table(table)
    day = days[data.draw(st.integers(0, 364))]
    published = [row for row in read.rows() if row.published <= day]
    if not published:
        with pytest.raises(DataError, match="no figure had been published"):
            read.as_of(day)
        return
    seen = read.as_of(day)
    assert seen.rows() == published
    for row in seen.latest().rows():  # the oracle: the largest of the ordering keys written out by hand
        cell = [r for r in published if r.period == row.period]
        last = max(
            cell, key=lambda r: (r.published.year, r.published.month, r.published_day_known, r.published.day)
        )
        assert row == last
    shuffled = table.sample(frac=1, random_state=1).reset_index(drop=True)
    assert figures.from_table(shuffled).fingerprint() == read.fingerprint()


def test_fingerprint_sees_every_change(vietnam: figures.Figures) -> None:
    elsewhere = vietnam.table.assign(line=range(len(vietnam.table)), file="other.csv")
    assert figures.from_table(elsewhere).fingerprint() == vietnam.fingerprint()
    for column, value in {
        "value": 1.23,
        "source": "x",
        "half_unit": 0.5,
        "published_day_known": False,
    }.items():
        other = vietnam.table.copy()
        other.loc[5, column] = value
        assert figures.from_table(other).fingerprint() != vietnam.fingerprint(), column


def test_unknown_words_name_the_nearest(vietnam: figures.Figures) -> None:
    with pytest.raises(DataError, match='no figures of region "bac_nihn"; did you mean "bac_ninh"?'):
        vietnam.select("bac_nihn")
    with pytest.raises(
        DataError, match='no figures of sector "manufacture" in region "vietnam"; did you mean "manuf'
    ):
        vietnam.origin("vietnam", "manufacture")
    with pytest.raises(
        DataError, match='no figures of sector "mining" in region "bac_ninh".*valid: electricity, elec'
    ):
        vietnam.origin("bac_ninh", "mining")
    with pytest.raises(
        DataError, match='"bac_ninh_merged" published by 2024-05-20; did you mean "bac_ninh"?'
    ):
        vietnam.as_of("2024-05-20").origin("bac_ninh_merged", "total")


def test_headings_measures_and_constants_of_an_office(tmp_path: Path) -> None:
    path = tmp_path / "bản tin.csv"
    path.write_text(
        "Nhóm;Kỳ báo cáo;Lũy kế\nToàn ngành;T4/2024;-5,6\nKhai khoáng;T4/2024;1,25\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as error:
        figures.read(path)
    assert [p.split(";")[0] for p in error.value.problems] == [
        'bản tin.csv:1: column "region" is missing',
        'bản tin.csv:1: column "sector" is missing',
        'bản tin.csv:1: column "published" is missing',
    ]
    read = figures.read(
        path, columns={"sector": "Nhóm"}, fill={"region": "bac_ninh", "published": "2024-05-10"}
    )
    assert read.table[["region", "sector", "measure", "value"]].to_numpy().tolist() == [
        ["bac_ninh", "mining", "ytd_yoy_pct", 1.25],
        ["bac_ninh", "total", "ytd_yoy_pct", -5.6],
    ]
    assert "decimal comma detected" in read.notes
    with pytest.raises(DataError, match='no column "Nhom nganh" .wanted as sector.; did you mean "Nhóm"'):
        figures.read(path, columns={"sector": "Nhom nganh"})


BULLETIN = """\
Ngành;Tháng 4/2024;;4 tháng năm 2024 so với cùng kỳ năm trước;Quý I/2024 so với cùng kỳ
;so với tháng trước;so với cùng kỳ;;
Toàn ngành công nghiệp;96,0;106,25;94,4;
B. Khai khoáng;100,8;93,7;93,6;95,1
"""


def test_a_bulletin_names_months_and_measures_in_its_headings_and_prints_rates_as_indices(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bulletin.csv"
    path.write_text(BULLETIN, encoding="utf-8")
    fill = {"region": "bac_ninh", "published": "2024-05-10"}
    read = figures.read(path, fill=fill)
    assert "rates are printed with their base as 100; 104.1 is read as +4.1 %" in read.notes
    found = read.table
    said = found[["sector", "period", "measure", "value"]].astype({"period": str}).to_numpy().tolist()
    assert said == [
        ["mining", "2024-03", "qtr_yoy_pct", -4.9],
        ["mining", "2024-04", "mom_pct", 0.8],
        ["mining", "2024-04", "yoy_pct", -6.3],
        ["mining", "2024-04", "ytd_yoy_pct", -6.4],
        ["total", "2024-04", "mom_pct", -4.0],
        ["total", "2024-04", "yoy_pct", 6.25],
        ["total", "2024-04", "ytd_yoy_pct", -5.6],
    ]
    np.testing.assert_allclose(found["half_unit"], [0.05] * 5 + [0.005] + [0.05], rtol=1e-12)
    asked = figures.read(path, fill=fill, rates="percent").table
    np.testing.assert_allclose(asked["value"] - 100.0, found["value"], atol=1e-9)


def test_measures_are_mapped_by_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nhóm,Kỳ,A,B\nToàn ngành,T4/2024,-4.0,6.25\n", encoding="utf-8")
    columns = {"sector": "Nhóm", "mom_pct": "A", "yoy_pct": "B"}
    found = figures.read(path, columns=columns, fill={"region": "bac_ninh", "published": "2024-05-10"}).table
    assert found[["measure", "value"]].to_numpy().tolist() == [["mom_pct", -4.0], ["yoy_pct", 6.25]]
    with pytest.raises(
        DataError, match='no column of figures is called "publishd"; did you mean "published"'
    ):
        figures.read(path, columns=columns, fill={"publishd": "2024-05-10"})


def test_check_names_dates_still_to_come_and_rates_that_no_series_explains(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "r,total,2024-03,yoy_pct,-4.1,2024-04-10,a",
        "r,total,2024-04,yoy_pct,106.25,2025-05-10,a",
        "r,total,2024-04,mom_pct,812,2024-05-10,a",
    )
    found = figures.check(figures.read(path), today="2024-12-31")
    assert [(f.kind, f.place) for f in found if f.kind not in ("stale", "gap")] == [
        ("future", "a.csv:3"),
        ("jump", "a.csv:4"),
        ("unit", "a.csv:3"),
    ]
    assert not any(f.kind == "future" for f in figures.check(figures.read(path), today="2025-05-10"))


def test_every_problem_at_once(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv",
        "r,total,2024-13,yoy_pct,1.5,2024-05-10,a",
        'r,total,2024-04,yoi_pct,"6,25",2024-05-10,a',
        "r,total,2024-04,mom_pct,,2024-05-99,a",
    )
    with pytest.raises(DataError) as error:
        figures.read(path)
    assert [p.split(": ")[0] for p in error.value.problems] == [
        "a.csv:2",
        "a.csv:3",
        "a.csv:3",
        "a.csv:4",
        "a.csv:4",
    ]


def test_from_table_checks_what_it_is_given() -> None:
    table = pd.DataFrame(
        {
            "region": "r",
            "sector": "total",
            "period": pd.PeriodIndex(["2024-01", "2024-01"], freq="M"),
            "measure": ["yoy_pct", "yoy_pct"],
            "value": [1.0, 2.0],
            "published": pd.Timestamp("2024-02-01"),
        }
    )
    with pytest.raises(
        DataError, match=r"is 1 \(line 1\) and 2 \(line 2\), both published 2024-02-01; keep one"
    ):
        figures.from_table(table)
    with pytest.raises(DataError, match="yoy_pct inf is not a finite number"):
        figures.from_table(table.assign(value=[1.0, np.inf]).iloc[1:])
    with pytest.raises(DataError, match='unknown measure "yoy"; did you mean "yoy_pct"'):
        figures.from_table(table.assign(measure="yoy").iloc[1:])
    with pytest.raises(DataError, match='column "sector" is missing'):
        figures.from_table(table.drop(columns="sector"))


def test_recognises_figures_by_their_headings(tmp_path: Path) -> None:
    levels = tmp_path / "levels.csv"
    levels.write_text("month,iip\n2024-01,101.5\n", encoding="utf-8")
    across = tmp_path / "across.csv"
    across.write_text("Tháng,So với cùng kỳ\n2024-01,1.5\n", encoding="utf-8")
    assert figures.recognises(VIETNAM)
    assert figures.recognises(across)
    assert not figures.recognises(levels)


def rates(level: pd.Series, measures: str, decimals: int = 2) -> pd.DataFrame:
    """Return the figures an office would print of a level that starts in a January, by the plain definitions."""
    y = level.to_numpy()
    year_to_date = np.concatenate([np.cumsum(year) for year in y.reshape(-1, 12)])
    quarter = np.convolve(y, np.ones(3))[: len(y)]
    growth = {
        "mom_pct": y[24:] / y[23:-1],
        "yoy_pct": y[24:] / y[12:-12],
        "ytd_yoy_pct": year_to_date[24:] / year_to_date[12:-12],
        "qtr_yoy_pct": quarter[24:] / quarter[12:-12],
    }
    parts = []
    for measure in measures.split():
        value = y[24:].round(2) if measure == "index" else (100 * (growth[measure] - 1)).round(decimals)
        part = pd.DataFrame({"period": level.index[24:], "measure": measure, "value": value})
        part["half_unit"] = 0.5 * 10.0 ** -(2 if measure == "index" else decimals)
        parts.append(part if measure != "qtr_yoy_pct" else part[part["period"].dt.month % 3 == 0])
    table = pd.concat(parts, ignore_index=True).assign(region="r", sector="total")
    return table.assign(published=(table["period"] + 1).dt.start_time)


ALL = "mom_pct yoy_pct ytd_yoy_pct qtr_yoy_pct index"


@exact
@given(st.integers(0, 2**31), st.sampled_from([1, 2]))
def test_true_figures_never_contradict_each_other(seed: int, decimals: int) -> None:
    shocks = np.random.default_rng(seed).normal(0.003, 0.08, 60)
    months = pd.period_range("2019-01", periods=60, freq="M")
    level = pd.Series(100 * np.exp(np.cumsum(shocks)), index=months)
    table = rates(level, "mom_pct yoy_pct ytd_yoy_pct qtr_yoy_pct", decimals)
    assert figures.contradictions(figures.from_table(table)) == []
    assert figures.contradictions(figures.from_table(rates(level.round(2), ALL, decimals))) == []


@pytest.mark.parametrize(
    ("measures", "period", "measure", "error"),
    [
        ("yoy_pct ytd_yoy_pct", "2022-01", "ytd_yoy_pct", 0.5),  # January: year to date is the month
        ("yoy_pct ytd_yoy_pct", "2022-07", "ytd_yoy_pct", 25.0),  # outside the months
        ("ytd_yoy_pct qtr_yoy_pct", "2022-03", "qtr_yoy_pct", 0.5),  # the first quarter is the year to March
        ("yoy_pct qtr_yoy_pct", "2022-06", "qtr_yoy_pct", 25.0),
        ("mom_pct yoy_pct", "2023-05", "mom_pct", 1.0),
        ("mom_pct index", "2022-05", "mom_pct", 0.5),
        ("yoy_pct index", "2022-05", "yoy_pct", 0.5),
    ],
)
def test_one_wrong_figure_is_caught(measures: str, period: str, measure: str, error: float) -> None:
    shocks = np.random.default_rng(7).normal(0.003, 0.05, 60)
    months = pd.period_range("2019-01", periods=60, freq="M")
    level = pd.Series(100 * np.exp(np.cumsum(shocks)), index=months).round(2)
    table = rates(level, measures)
    assert figures.contradictions(figures.from_table(table)) == []
    hit = (table["measure"] == measure) & (table["period"] == pd.Period(period, "M"))
    table.loc[hit, "value"] += error
    found = figures.contradictions(figures.from_table(table))
    assert any(f"({period}, line {np.flatnonzero(hit)[0] + 1})" in str(finding) for finding in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mom_pct", "yoy_pct"),
        ("yoy_pct", "ytd_yoy_pct"),
        ("mom_pct", "ytd_yoy_pct"),
    ],
)
def test_two_columns_of_rates_under_each_others_heading_are_named(one: str, other: str) -> None:
    shocks = np.random.default_rng(7).normal(0.003, 0.05, 60)
    months = pd.period_range("2019-01", periods=60, freq="M")
    table = rates(pd.Series(100 * np.exp(np.cumsum(shocks)), index=months), ALL.removesuffix(" index"))
    both = {one: other, other: one}
    over = figures.from_table(table.assign(measure=table["measure"].replace(both)), "a.csv")
    (named,) = [of for of in figures.check(over) if of.kind == "changed_over"]
    first, second = sorted(both)
    assert (
        f"r total: {first} and {second} seem to be changed over: read for each other they leave 0 of"
        in str(named)
    )
    assert {measure for measure, *_ in named.figures} == {one, other}
    assert not [of for of in figures.check(figures.from_table(table)) if of.kind == "changed_over"]


def test_figures_that_are_wrong_otherwise_are_not_called_changed_over() -> None:
    rng = np.random.default_rng(7)
    months = pd.period_range("2019-01", periods=60, freq="M")
    table = rates(pd.Series(100 * np.exp(np.cumsum(rng.normal(0.003, 0.05, 60))), index=months), ALL)
    wrong = table.assign(
        value=table["value"].where(table["measure"] != "ytd_yoy_pct", rng.normal(0, 30, len(table)))
    )
    kinds = [of.kind for of in figures.check(figures.from_table(wrong))]
    assert kinds.count("contradiction") > 12
    assert "changed_over" not in kinds
    index_and_one = table[table["measure"].isin(["index", "mom_pct"])]
    index_and_one = index_and_one.assign(
        value=index_and_one["value"] * np.where(index_and_one["measure"] == "mom_pct", 3, 1)
    )
    assert "changed_over" not in [of.kind for of in figures.check(figures.from_table(index_and_one))]


def test_the_known_contradiction_of_bac_ninh_is_named(vietnam: figures.Figures) -> None:
    found = [str(f) for f in figures.check(vietnam) if f.kind == "contradiction"]
    april = [
        f
        for f in found
        if "ytd_yoy_pct -19.02 (2023-05, line 72)" in f and "ytd_yoy_pct -18.47 (2023-04" in f
    ]
    assert len(april) == 1
    assert "is 0.54 points outside what" in april[0]
    numbered = [f": contradiction {n} of {len(found)}: " in line for n, line in enumerate(found, start=1)]
    assert all(numbered)
    assert april[0].endswith("a revision in between may explain it")


def test_quality_report_in_plain_sentences(tmp_path: Path) -> None:
    months = [f"2023-{m:02d}" for m in range(1, 13)]
    rows = [
        f"r,total,{m},yoy_pct,{v},{m},a" for m, v in zip(months, range(1, 13), strict=True) if m != "2023-05"
    ]
    rows[7] = "r,total,2023-09,yoy_pct,109.5,2023-09,a"
    rows[8] = "r,total,2023-10,yoy_pct,-60,2023-10,a"
    rows += [f"r,mining,{m},mom_pct,{0.01 * i:.2f},{m},a" for i, m in enumerate(months[:9])]
    rows += [rows[0]]
    found = figures.check(figures.read(write(tmp_path / "a.csv", *rows)))
    assert {f.kind for f in found} == {"gap", "duplicate", "unit", "jump", "stale"}
    said = [str(f) for f in found]
    assert "a.csv:12: r total: no figure for 1 of the months from 2023-01 to 2023-12 (2023-05)" in said
    assert "a.csv:9: r total: yoy_pct 109.5 of 2023-09 looks like an index; is 9.5 meant?" in said
    assert "a.csv:10: r total: yoy_pct -60 of 2023-10 is far from its usual 6.0; check it" in said
    assert "a.csv:13: r mining: all 9 mom_pct are below 0.5; are they fractions (0.0625 for 6.25 %)?" in said
    assert "a.csv:21: r mining: nothing new since 2023-09-30, 3 months before 2023-12-31" in said
    assert "a.csv:22: r total: yoy_pct 1 of 2023-01 is given twice for one date" in said


def test_a_rate_among_index_values_is_named(tmp_path: Path) -> None:
    levels = [98.0, 101.2, 99.5, 103.1, 6.25, 104.4, 102.9, 105.0, 107.3]
    rows = [f"r,total,2023-{m:02d},index,{v},2023-{m:02d},a" for m, v in enumerate(levels, 1)]
    rows += [f"r,mining,2023-{m:02d},index,{v},2023-{m:02d},a" for m, v in enumerate((4.1, 6.2, 3.3), 1)]
    said = [str(f) for f in figures.check(figures.read(write(tmp_path / "a.csv", *rows))) if f.kind == "unit"]
    assert said == [
        "a.csv:11: r mining: half of the 3 index values are below 30; are they rates?",
        "a.csv:6: r total: index 6.25 of 2023-05 looks like a rate; the others lie near 103",
    ]


def test_clean_figures_have_a_clean_report() -> None:
    shocks = np.random.default_rng(3).normal(0.003, 0.03, 72)
    months = pd.period_range("2018-01", periods=72, freq="M")
    level = pd.Series(100 * np.exp(np.cumsum(shocks)), index=months)
    assert figures.check(figures.from_table(rates(level, "mom_pct yoy_pct ytd_yoy_pct qtr_yoy_pct"))) == ()
    assert [f.kind for f in figures.check(figures.from_table(rates(level, "yoy_pct")), "2024-06")] == [
        "stale"
    ]


def test_a_finding_about_several_files_names_the_one_it_speaks_of(tmp_path: Path) -> None:
    head = "region,sector,period,measure,value,published\n"
    (tmp_path / "may.csv").write_text(
        head + "r,total,2024-04,yoy_pct,2.0,2024-05-06\nr,total,2024-04,ytd_yoy_pct,5.0,2024-05-06\n"
    )
    (tmp_path / "june.csv").write_text(
        head + "r,total,2024-05,yoy_pct,3.0,2024-06-06\n\nr,total,2024-05,ytd_yoy_pct,9.0,2024-06-06\n"
    )
    files = [tmp_path / "may.csv", tmp_path / "june.csv"]
    (told,) = figures.contradictions(figures.read_files(files))
    assert told.place == "june.csv:4"
    assert (
        "ytd_yoy_pct 9 (2024-05, june.csv:4) is 3.9 points outside what ytd_yoy_pct 5 (2024-04, may.csv:3)"
        in told.sentence
    )
    (tmp_path / "june.csv").write_text(head + "r,total,2024-04,yoy_pct,3.0,2024-05-06\n")
    with pytest.raises(DataError) as error:
        figures.read_files(files)
    assert "r total 2024-04 yoy_pct is 2 (may.csv:2) and 3 (june.csv:2), both published 2024-05-06" in str(
        error.value
    )
