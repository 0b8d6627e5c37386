"""The store of vintages: what was known on a date, exactly; nothing overwritten; nothing half written."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from forecast import figures
from forecast.errors import DataError
from forecast.nowcast import Indicator, StoredPanel
from forecast.vintages import Store, StoredLevel

ROOT = Path(__file__).parents[1]
VIETNAM = ROOT / "configs" / "data" / "vietnam_published_figures.csv"
REAL_TIME = ROOT.parent / "shared" / "data" / "us_realtime_ip.csv.gz"

exact = settings(deadline=None, max_examples=8, derandomize=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "iip.duckdb", wait=0.2)


@pytest.fixture(scope="module")
def vietnam(tmp_path_factory: pytest.TempPathFactory) -> Store:
    filled = Store(tmp_path_factory.mktemp("vintages") / "vietnam.duckdb")
    filled.ingest(VIETNAM)
    return filled


def level(values: list[float], first: str = "2023-01", name: str = "iip") -> pd.Series:
    return pd.Series(values, pd.period_range(first, periods=len(values), freq="M"), name=name, dtype=float)


def test_a_store_gives_back_the_file_of_figures(vietnam: Store) -> None:
    read = figures.read(VIETNAM)
    assert vietnam.figures().fingerprint() == read.fingerprint()
    assert vietnam.figures("2024-05-20").fingerprint() == read.as_of("2024-05-20").fingerprint()


@pytest.mark.parametrize(
    "day", ["2012-01-31", "2015-06-30", "2023-07-15", "2024-05-20", "2024-05", "2026-06"]
)
def test_as_of_is_the_latest_print_known(vietnam: Store, day: str) -> None:
    known = vietnam.as_of(day)
    rows = figures.read(VIETNAM).as_of(day).latest().rows()
    expected = sorted((f"{r.region}/{r.sector}/{r.measure}", r.period, r.value, r.published) for r in rows)
    assert list(known.itertuples(index=False, name=None)) == expected
    some = ["vietnam/total/yoy_pct", "bac_ninh/total/mom_pct"]
    known = known[known["series"].isin(some)].reset_index(drop=True)
    pd.testing.assert_frame_equal(vietnam.as_of(day, some), known)


def test_adding_again_changes_nothing_and_contradictions_are_shown(store: Store, tmp_path: Path) -> None:
    header = "region,sector,period,measure,value,published,source\n"
    first = tmp_path / "first.csv"
    first.write_text(header + "r,total,2024-04,yoy_pct,6.25,2024-05-10,a\n", encoding="utf-8")
    added = store.ingest(first)
    assert (added.new, added.known, added.sentences) == (1, 0, ())
    added = store.ingest(first)
    assert (added.new, added.known, added.sentences) == (0, 1, ())
    second = tmp_path / "second.csv"
    rows = ["r,total,2024-04,yoy_pct,4.89,2024-05-10,b", "r,total,2024-05,yoy_pct,7.5,2024-06-02,b"]
    second.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    for new in (1, 0):
        added = store.ingest(second)
        assert (added.new, added.known) == (new, 1 - new)
        assert added.sentences == (
            "r/total/yoy_pct 2024-04, published 2024-05-10: 6.25 is stored, 4.89 is offered (line 2); "
            "the stored value was kept",
        )
    assert store.as_of("2024-06")["value"].tolist() == [6.25, 7.5]


def test_a_later_vintage_counts_from_its_date_on(store: Store) -> None:
    store.add(level([100, 101, 102]), "2023-04-15")
    store.add(level([100, 101.5, 102.5, 103]), "2023-05-15")
    assert store.level("iip", "2023-04-15").tolist() == [100, 101, 102]
    assert store.level("iip", "2023-05-14").tolist() == [100, 101, 102]
    assert store.level("iip", "2023-05-15").tolist() == [100, 101.5, 102.5, 103]
    assert store.as_of("2023-04-14", "iip").empty
    with pytest.raises(DataError, match="nothing of iip had been published by 2023-04-14"):
        store.level("iip", "2023-04-14")
    history = store.history("iip", "T3/2023")
    assert history["value"].tolist() == [102, 102.5]
    assert_array_equal(history["revision"], [np.nan, 0.5])


def test_a_complete_release_replaces_the_series_and_an_update_does_not(store: Store) -> None:
    store.add(level([100, 101, 102]), "2023-04-15")
    added = store.add(level([80, 81], "2023-03"), "2023-05-15")  # a new base
    assert added.notes == (
        "iip: this release no longer gives 2 months from 2023-01 to 2023-02, and from its date on they count as "
        "withdrawn, as its points are of another base than those known before: give the whole series on the new base; "
        "if it only adds to them, ingest it again with --no-complete (in Python, add it with complete=False)",
    )
    assert StoredLevel(store.path, "iip").lost(pd.Timestamp("2023-05-15")) == (
        "2 months from 2023-01 to 2023-02 are no longer given since the release of 2023-05-15, whose points are of "
        "another base; ingest the whole series on that base under its day"
    )
    assert store.level("iip", "2023-05-15").tolist() == [80, 81]
    added = store.add(level([82], "2023-05"), "2023-06-15", complete=False)
    assert added.notes == ()
    assert store.level("iip", "2023-06-15").tolist() == [80, 81, 82]
    assert store.level("iip", "2023-05-01").tolist() == [100, 101, 102]


def test_a_release_that_begins_later_says_nothing_of_earlier_months(store: Store) -> None:
    """An office that hands out the newest months alone does not withdraw its history."""
    store.add(level([100, 101, 102, 103]), "2023-05-15")
    added = store.add(level([104], "2023-05"), "2023-06-15")
    assert added.notes == (
        "iip: begins with 2023-05; the months before stay as they were; if they are no longer given, ingest it again "
        "with --complete (in Python, add it with complete=True)",
    )
    assert store.level("iip", "2023-06-15").tolist() == [100, 101, 102, 103, 104]
    added = store.add(level([101.5, 103, 104], "2023-02"), "2023-07-15")  # March revised, May gone
    assert "no longer gives 2023-05, and from its date on" in added.notes[0]
    assert store.level("iip", "2023-07-15").tolist() == [100, 101.5, 103, 104]
    assert store.level("iip", "2023-06-30").tolist() == [100, 101, 102, 103, 104]


@pytest.mark.parametrize(
    ("columns", "value", "said"),
    [
        (["a", "b"], np.inf, "b 2023-02: inf is not a finite number"),
        (["a", "b"], "some", "b 2023-02: some is not a finite number"),
        (["a", "a"], 4.0, 'two columns are named "a"; rename one'),
        (["1", 1], 4.0, 'two columns are named "1"; rename one'),
    ],
)
def test_levels_that_cannot_be_stored_are_named(
    store: Store, columns: list[object], value: object, said: str
) -> None:
    months = pd.period_range("2023-01", periods=2, freq="M")
    with pytest.raises(DataError, match=f"^{said}$"):
        store.add(pd.DataFrame([[1.0, 2.0], [3.0, value]], months, columns), "2023-05-15")
    if columns == ["a", "b"]:
        table = pd.DataFrame({"date": ["2023-02"], "vintage": "2023-05-15", "value": [value], "series": "b"})
        with pytest.raises(DataError, match=f"^{said}$"):
            store.add_vintages(table)


@pytest.mark.parametrize(("complete", "left"), [(True, [104.0]), (False, [100.0, 101.0, 102.0, 104.0])])
def test_a_release_taken_wrongly_is_said_again(store: Store, complete: bool, left: list[float]) -> None:
    store.add(level([100, 101, 102]), "2023-04-15")
    for said in (not complete, complete):
        added = store.add(level([104], "2023-04"), "2023-05-15", complete=said)
    assert (added.new, added.known) == (0, 1)
    assert store.level("iip", "2023-05-15").tolist() == left
    store.add(level([104], "2023-04"), "2023-05-15")  # read again, and nothing said
    assert store.level("iip", "2023-05-15").tolist() == left


def test_months_of_two_bases_are_not_mixed_whatever_the_order_of_adding(tmp_path: Path) -> None:
    old, new = level([100.0, 101, 102, 103, 104]), level([83.2, 84.1, 85], "2023-04")
    newer = level([85.5], "2023-07")
    releases = [(old, "2023-06-15"), (new, "2023-07-15"), (newer, "2023-08-15")]
    for number, order in enumerate([(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)]):
        store = Store(tmp_path / f"{number}.duckdb")
        for i in order:
            store.add(*releases[i])
        assert store.level("iip", "2023-08-15").tolist() == [83.2, 84.1, 85, 85.5]
        assert store.level("iip", "2023-07-01").tolist() == old.tolist()


def test_a_month_revised_by_a_little_is_no_new_base(store: Store) -> None:
    store.add(level([100, 101, 102]), "2023-04-15")
    store.add(level([105, 103], "2023-03"), "2023-05-15")  # 2.9 % up, as first prints are
    assert store.level("iip", "2023-05-15").tolist() == [100, 101, 105, 103]
    seven = level([100.0 + i for i in range(9)], name="long")
    store.add(seven, "2023-10-15")
    store.add(seven[2:] * 1.02, "2023-11-15")  # all of seven months 2 % up
    assert store.level("long", "2023-11-15").tolist() == (seven[2:] * 1.02).tolist()


def test_a_release_of_a_month_without_a_day_is_said_again_as_it_was_stored(store: Store) -> None:
    store.add(level([100, 101, 102]), "2023-04")
    store.add(level([104], "2023-04"), "2023-05", complete=True)
    said = StoredLevel(store.path, "iip").lost(pd.Timestamp("2023-05-31"))
    assert "since the release of 2023-05;" in said
    assert said.endswith("forecast ingest iip.duckdb FILE --published 2023-05 --no-complete")
    store.add(level([104], "2023-04"), said.split("--published ")[1].split()[0], complete=False)
    assert store.level("iip", "2023-05-31").tolist() == [100, 101, 102, 104]


def test_a_base_begun_after_a_withdrawal_is_not_its_reason(store: Store) -> None:
    store.add(level([100, 101, 102, 103]), "2023-05-15")
    store.add(level([102, 103], "2023-03"), "2023-06-15", complete=True)
    store.add(level([83, 84], "2023-04"), "2023-07-15")
    gone = store.withdrawn("2023-07-15", "iip").set_index("period")["other_base"]
    assert gone.tolist() == [False, False, True]


def test_what_a_release_withdrew_is_named_with_its_day(store: Store) -> None:
    store.add(level([100, 101, 102]), "2023-04-15")
    store.add(level([104], "2023-04"), "2023-05-15", complete=True)
    assert store.withdrawn("2023-04-30", "iip").empty
    gone = store.withdrawn("2023-05-15", "iip")
    assert gone["period"].astype(str).tolist() == ["2023-01", "2023-02", "2023-03"]
    assert set(gone["published"]) == {pd.Timestamp("2023-05-15")}
    held = StoredLevel(store.path, "iip")
    assert held.lost(pd.Timestamp("2023-04-30")) == ""
    assert held.lost(pd.Timestamp("2023-05-15")) == (
        "3 months from 2023-01 to 2023-03 are no longer given since the release of 2023-05-15; if it only adds to "
        "them: forecast ingest iip.duckdb FILE --published 2023-05-15 --no-complete"
    )


def test_a_target_has_no_month_that_had_not_begun_when_it_was_given(store: Store) -> None:
    """A plan printed beside the figures is no figure; as an indicator it is a survey."""
    added = store.add(level([100, 101, 102, 103]), "2023-03-10")
    assert added.notes[0].startswith(
        "iip: 2023-04 had not begun when published: a survey of the month to come"
    )
    held, day = StoredLevel(store.path, "iip"), pd.Timestamp("2023-04-10")
    assert held.as_of(day).tolist() == [100, 101, 102]
    assert held.ahead(day).astype(str).tolist() == ["2023-04"]
    described = (Indicator("iip"),)
    assert StoredPanel(store.path, described).as_of(day).table["iip"].tolist() == [100, 101, 102, 103]
    store.add(level([100, 101, 102, 104]), "2023-05-10")
    assert held.as_of(pd.Timestamp("2023-05-10")).tolist() == [100, 101, 102, 104]
    store.add(level([50], "2023-07", name="plan"), "2023-06-20")
    with pytest.raises(
        DataError, match="nothing of plan had been published by 2023-06-20, but for months that had"
    ):
        StoredLevel(store.path, "plan").as_of(pd.Timestamp("2023-06-20"))


YEARS = [100.0 + 3 * np.sin(i) + i / 5 for i in range(24)]


@pytest.mark.parametrize(
    ("name", "values"),
    [("IIP (2020=100)", YEARS[::-1]), ("iip_", YEARS[::-1]), ("Production", [0.8 * v for v in YEARS])],
    ids=["a base in the name", "another spelling", "the same growth"],
)
def test_a_level_released_under_a_new_name_is_told(store: Store, name: str, values: list[float]) -> None:
    old, other = level(YEARS), level(YEARS[::-1], name="mines")
    store.add(pd.concat([old, other], axis=1), "2025-01-15")
    assert store.lacking("2025-02-28") == []
    store.add(pd.concat([level(values, name=name), other], axis=1), "2025-02-15")
    assert store.lacking("2025-02-14") == []
    (lacking,) = store.lacking("2025-02-15")
    assert str(lacking) == (
        f'"iip", last released on 2025-01-15, is not in the release of 2025-02-15, where "{name}" is new; if they are '
        "one, ingest it with the stored name in the file"
    )
    store.add(old, "2025-02-15")
    assert store.lacking("2025-02-15") == []


def test_of_two_new_names_the_one_that_holds_the_very_months_is_told_first(store: Store) -> None:
    near = [round(0.9 * v * (1 + 0.002 * (-1) ** i), 3) for i, v in enumerate(YEARS)]
    other = level(YEARS[::-1], name="mines")
    store.add(pd.concat([level(YEARS), level(near, name="mfg"), other], axis=1), "2025-01-15")
    store.add(pd.concat([level(YEARS, name="Total"), level(near, name="Made"), other], axis=1), "2025-02-15")
    found = {one.series: one for one in store.lacking("2025-02-15")}
    assert {name: one.perhaps for name, one in found.items()} == {
        "iip": ("Total", "Made"),
        "mfg": ("Made", "Total"),
    }
    assert 'where "Total" (or "Made") is new; if they are one' in str(found["iip"])


def test_a_level_left_out_of_a_release_is_told_and_other_files_are_not(store: Store) -> None:
    store.add(pd.concat([level(YEARS), level(YEARS[::-1], name="mines")], axis=1), "2025-01-15")
    store.add(level([50.0 + i % 5 for i in range(24)], name="survey"), "2025-01-31")
    assert store.lacking("2025-01-31") == []
    store.add(level(YEARS[::-1], name="mines"), "2025-02-15")
    (lacking,) = store.lacking("2025-02-28")
    assert str(lacking) == (
        '"iip", last released on 2025-01-15, is not in the release of 2025-02-15, which holds mines, released with it '
        "then"
    )


def test_a_file_of_other_levels_with_the_same_months_has_no_new_names(store: Store) -> None:
    store.add(level(YEARS), "2025-01-15")
    store.add(level([0.8 * v for v in YEARS], name="Production"), "2025-01-16")
    assert store.lacking("2025-01-31") == []
    store.add(level([0.8 * v for v in YEARS] + [81.0], name="Production"), "2025-02-15")
    (lacking,) = store.lacking("2025-02-28")
    assert lacking.perhaps == ("Production",)
    assert store.lacking("2025-02-28", "iip") == [lacking]
    assert store.lacking("2025-02-28", "Production") == []


def test_a_new_level_that_grows_otherwise_is_no_new_name(store: Store) -> None:
    store.add(level(YEARS), "2025-01-15")
    other = [0.8 * v * (1.01 if i % 2 else 0.99) for i, v in enumerate(YEARS)]
    store.add(level([*other, 81.0], name="Production"), "2025-02-15")
    assert store.lacking("2025-02-28") == []


def test_a_day_much_later_than_usual_is_asked_about(store: Store) -> None:
    y = level([100.0 + i for i in range(6)])
    for i in range(3, 6):
        assert store.add(y[:i], f"2023-0{i + 1}-10").notes == ()
    assert (
        store.add(y[:5], "2023-12-07").notes == ()
    )  # 190 days after its newest month, where 10 were the most
    store.take_out("2023-12-07")
    (note,) = store.add(y, "2024-07-10").notes
    assert note == (
        "iip: published 2024-07-10, 376 days after 2023-06, the newest month, where 10 were the most so far; is the "
        "year right?"
    )


def test_a_release_of_a_wrong_day_is_taken_out(store: Store) -> None:
    store.add(level([100, 101]), "2023-03-15")
    before = store.as_of("2030-01-01")
    store.add(pd.concat([level([99, 98, 97]), level([1, 2, 3], name="new")], axis=1), "2024-04-15")
    assert store.take_out("2024-04-15") == {"iip": 3, "new": 3}
    pd.testing.assert_frame_equal(store.as_of("2030-01-01"), before)
    assert store.releases("iip").tolist() == [pd.Timestamp("2023-03-15")]
    with pytest.raises(DataError, match="nothing is stored as published 2024-04; the nearest: 2023-03-15"):
        store.take_out("2024-04")


def test_a_contradiction_of_levels_has_no_line_and_memory_is_no_store(store: Store) -> None:
    store.add(level([100.0]), "2023-02-15")
    assert store.add(level([101.0]), "2023-02-15").sentences == (
        "iip 2023-01, published 2023-02-15: 100 is stored, 101 is offered; the stored value was kept",
    )
    with pytest.raises(DataError, match='":memory:" is what DuckDB keeps in memory alone, and would be lost'):
        Store(":memory:").add(level([1.0]), "2023-05-15")


def test_months_and_days_of_publication(store: Store) -> None:
    store.add(level([1, 2], name="a"), "2023-03", complete=False)
    store.add(level([1, 3], name="a"), "2023-03-10", complete=False)
    assert store.level("a", "2023-03-10").tolist() == [1, 3]
    assert store.level("a", "2023-03").tolist() == [
        1,
        3,
    ]  # of two prints in a month the day-dated is the later
    assert store.history("a", "2023-02")["day_known"].tolist() == [False, True]
    assert store.history("a", "2023-02")["published"].dt.day.tolist() == [31, 10]


@exact
@given(st.data())
def test_order_of_adding_does_not_matter(data: st.DataObject) -> None:
    vintages = data.draw(
        st.lists(
            st.tuples(st.integers(0, 300), st.integers(0, 6), st.integers(1, 6), st.booleans()),
            min_size=1,
            max_size=5,
            unique_by=lambda v: v[0],
        )
    )
    releases = []
    for number, (day, start, length, complete) in enumerate(vintages):
        published = str((pd.Timestamp("2024-01-01") + pd.Timedelta(days=day)).date())
        y = level([1000.0 * number + i for i in range(length)]).set_axis(
            pd.period_range(pd.Period("2023-01", "M") + start, periods=length, freq="M")
        )
        releases.append((published, y.rename("iip"), complete))
    asked = pd.Timestamp("2024-01-01") + pd.Timedelta(days=data.draw(st.integers(0, 300)))
    expected: dict[pd.Period, float] = {}  # the plain way: replay the releases in order of publication
    for published, y, complete in sorted(releases, key=lambda r: r[0]):
        if pd.Timestamp(published) <= asked:
            expected = {**({} if complete else expected), **y.to_dict()}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "a.duckdb"))
        for i in data.draw(st.permutations(range(len(releases)))):
            store.add(releases[i][1], releases[i][0], complete=releases[i][2])
        known = store.as_of(asked, "iip")
    assert dict(zip(known["period"], known["value"], strict=True)) == expected


@pytest.mark.slow
@pytest.mark.skipif(not REAL_TIME.exists(), reason="the folder ../shared/data is not there")
def test_us_industrial_production_in_759_vintages(tmp_path: Path) -> None:
    table = pd.read_csv(REAL_TIME)
    store = Store(tmp_path / "us.duckdb")
    added = store.add_vintages(table)
    assert added.new == table["value"].notna().sum()
    ends = pd.PeriodIndex(table["vintage"].unique(), freq="M").sort_values()
    rng = np.random.default_rng(20240520)
    for month in rng.choice(len(ends) - 1, 50, replace=False):
        day = ends[month].end_time.normalize() + pd.Timedelta(days=int(rng.integers(0, 28)))
        vintage = table[table["vintage"] == str(ends[month])].dropna()
        known = store.level("level", day)
        months = pd.PeriodIndex(vintage["date"], freq="M")
        assert_array_equal(known.loc[months].to_numpy(), vintage["value"].to_numpy())
        assert known.notna().sum() == len(vintage)
    assert store.add_vintages(table).new == 0


def test_revisions_by_lag_find_the_bias_that_was_put_in(store: Store) -> None:
    rng = np.random.default_rng(1)
    months = pd.period_range("2015-01", periods=60, freq="M")
    first = rng.normal(5, 3, 60).round(2)
    second, third = (first + rng.normal(bias, sd, 60) for bias, sd in ((-0.5, 0.4), (-0.8, 1.0)))
    parts = [(first, 0), (second, 1), (third, 6)]
    rows = [
        ("r", "total", m, "yoy_pct", v, (m + 1 + delay).end_time.normalize(), False)
        for values, delay in parts
        for m, v in zip(months, values, strict=True)
    ]
    names = ["region", "sector", "period", "measure", "value", "published", "published_day_known"]
    store.add(figures.from_table(pd.DataFrame(rows, columns=names)))
    found = store.revisions("r/total/yoy_pct", lags=(1, 5, 6)).set_index("lag_months")
    for lag, revised in ((1, second), (5, second), (6, third)):
        followed = (months + 1 + lag) <= months[-1] + 7
        change = (revised - first)[followed]
        assert found.loc[lag, "n"] == followed.sum()
        assert_allclose(found.loc[lag, "bias_points"], change.mean(), rtol=1e-9)
        assert_allclose(found.loc[lag, "sd_points"], change.std(ddof=1), rtol=1e-9)
        assert_allclose(found.loc[lag, "mean_abs_points"], np.abs(change).mean(), rtol=1e-9)


def test_revisions_of_levels_compare_growth_whatever_the_base(store: Store) -> None:
    true = np.array([100, 102, 101, 105, 104, 108.0])
    for i in range(2, 7):
        printed = true[:i].copy()
        printed[-1] *= 1.01  # the newest month is printed 1 % too high
        store.add(level(list(printed * (2 if i > 4 else 1))), f"2023-{i + 1:02d}-10")  # a new base on the way
    found = store.revisions("iip", lags=(1, 2))
    first_growth = 100 * (true[1:5] * 1.01 / true[:4] - 1)
    change = 100 * (true[1:5] / true[:4] - 1) - first_growth
    assert found["n"].tolist() == [4, 3]
    assert_allclose(found["bias_points"], [change.mean(), change[:3].mean()], rtol=1e-9)
    with pytest.raises(DataError, match='unknown growth "yoy"; did you mean "yoy_pct"'):
        store.revisions("iip", growth="yoy")


def test_figures_are_not_compared_by_growth(vietnam: Store) -> None:
    with pytest.raises(DataError, match="compared as printed; leave it out"):
        vietnam.revisions("vietnam/total/yoy_pct", growth="mom_pct")


def test_what_a_store_holds(vietnam: Store) -> None:
    held = vietnam.series().set_index("series")
    assert held["prints"].sum() == 663
    assert held.loc["bac_ninh/total/yoy_pct", "kind"] == "figures"
    assert held["last"].max() == figures.read(VIETNAM).table["period"].max()
    april = vietnam.history("bac_ninh/total/yoy_pct", "2024-04")
    assert april["value"].tolist() == [6.25, 4.89]
    assert_allclose(april["revision"].iloc[1], -1.36)


CHILD = """
import sys, time
import pandas as pd
from forecast.vintages import Store, store as room
write = room.write
def slow(*release):
    added = write(*release)
    print("written", flush=True)
    time.sleep(float(sys.argv[2]))
    return added
room.write = slow
y = pd.Series([7.0] * 12_000, pd.period_range("1000-01", periods=12_000, freq="M"), name="other")
Store(sys.argv[1]).add(y, "2024-01-01")
"""


def writer(store: Store, seconds: float) -> subprocess.Popen[str]:
    """Start a process that has written a release and not yet committed it."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(store.path), str(seconds)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    return child


def test_a_killed_ingest_leaves_the_store_as_it_was(store: Store) -> None:
    store.add(level([100, 101, 102]), "2023-04-15")
    before = store.as_of("2030-01-01")
    child = writer(store, 60)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    pd.testing.assert_frame_equal(store.as_of("2030-01-01"), before)
    assert store.series()["series"].tolist() == ["iip"]
    assert store.add(level([103], "2023-04"), "2023-05-15", complete=False).new == 1


def test_a_killed_first_ingest_leaves_an_empty_store(store: Store) -> None:
    child = writer(store, 60)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    with pytest.raises(DataError, match=r"iip\.duckdb: holds no releases yet; add one"):
        store.as_of("2030-01-01")
    assert store.add(level([100]), "2023-05-15").new == 1


def test_a_second_writer_waits_or_says_so(store: Store) -> None:
    child = writer(store, 1.5)
    for call in (lambda: store.add(level([1.0]), "2023-05-15"), lambda: store.as_of("2030-01-01")):
        with pytest.raises(DataError, match=r"another process is writing to it \(waited 0\.2 s\); try again"):
            call()
    patient = Store(store.path, wait=30)
    assert patient.add(level([1.0]), "2023-05-15").new == 1
    assert child.wait() == 0
    child.communicate()
    assert patient.series()["series"].tolist() == ["iip", "other"]


def test_many_read_at_once(store: Store) -> None:
    store.add(level([100]), "2023-05-15")
    with duckdb.connect(str(store.path), read_only=True):
        assert store.level("iip", "2023-06-01").tolist() == [100]


def test_a_failure_inside_the_transaction_undoes_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from forecast.vintages import store as room

    def failing(connection: duckdb.DuckDBPyConnection, *_: object) -> None:
        connection.execute("INSERT INTO series VALUES (1, 'half', 'level', '', '', 'index')")
        raise KeyboardInterrupt

    store.add(level([100]), "2023-05-15")
    monkeypatch.setattr(room, "write", failing)
    with pytest.raises(KeyboardInterrupt):
        store.add(level([101], name="other"), "2023-06-15")
    monkeypatch.undo()
    assert store.series()["series"].tolist() == ["iip"]


def test_what_is_no_store_says_so(tmp_path: Path) -> None:
    cases = {
        "text.duckdb": "is not a store of vintages",
        "other.duckdb": "is a DuckDB file but not a store of vintages",
        "old.duckdb": "has store format 0, expected 2",
        "folder.duckdb": "is a folder; name a store file",
    }
    (tmp_path / "text.duckdb").write_text("region,sector\n" * 500, encoding="utf-8")
    for name, statement in {
        "other": "CREATE TABLE a (b INTEGER)",
        "old": "CREATE TABLE about AS SELECT 0 AS format",
    }.items():
        with duckdb.connect(str(tmp_path / f"{name}.duckdb")) as connection:
            connection.execute(statement)
    (tmp_path / "folder.duckdb").mkdir()
    for name, said in cases.items():
        for call in (lambda s: s.as_of("2024-01-01"), lambda s: s.add(level([1.0]), "2023-05-15")):
            with pytest.raises(DataError, match=said):
                call(Store(tmp_path / name, wait=0.1))
    for place in (".", "/dev/full"):
        with pytest.raises(DataError, match="is a (folder|device or pipe); name a store file"):
            Store(place).add(level([1.0]), "2023-05-15")
    with pytest.raises(DataError, match="no such store; make it with: forecast ingest"):
        Store(tmp_path / "none.duckdb").as_of("2024-01-01")
    with pytest.raises(DataError, match="no does not exist; create it first"):
        Store(tmp_path / "no" / "a.duckdb").add(level([1.0]), "2023-05-15")


def test_wrong_questions_and_releases_say_so(vietnam: Store, store: Store, tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match='no series "vietnam/total/yoy"; did you mean "vietnam/total/yoy_pct"'
    ):
        vietnam.as_of("2024-01", ["vietnam/total/yoy", "vietnam/total/mom_pct"])
    with pytest.raises(DataError, match="vietnam/total/yoy_pct has no print for 1999-01"):
        vietnam.history("vietnam/total/yoy_pct", "1999-01")
    with pytest.raises(DataError, match='period "1999" is a year'):
        vietnam.history("vietnam/total/yoy_pct", "1999")
    with pytest.raises(DataError, match="levels carry no date of publication; give it as published"):
        store.add(level([1.0]))
    with pytest.raises(DataError, match='published "soon" is not a month'):
        store.add(level([1.0]), "soon")
    with pytest.raises(
        DataError, match=r"csv:664: published 2026-06-30, after the release of 2026-06-01 that holds it"
    ):
        store.ingest(VIETNAM, "2026-06-01")
    with pytest.raises(DataError, match='column "vintage" is missing; it has date, value'):
        store.add_vintages(pd.DataFrame({"date": ["2024-01"], "value": [1.0]}))
    wrong = pd.DataFrame(
        {"date": ["2024-13", "2024-01"], "vintage": ["2024-02", "never"], "value": [1.0, 2.0]}
    )
    with pytest.raises(DataError) as error:
        store.add_vintages(wrong)
    assert [p.split('"')[1] for p in error.value.problems] == ["2024-13", "never"]
    twice = pd.DataFrame({"date": "2024-01", "vintage": "2024-02", "value": [1.0, 2.0]})
    with pytest.raises(
        DataError, match="level 2024-01 has two values in the vintage of 2024-02-29; keep one"
    ):
        store.add_vintages(twice)
    store.add(level([1.0]), "2023-05-15")
    with pytest.raises(DataError, match="holds no figures, only levels"):
        store.figures()
    clash = level([1.0], name="r/total/yoy_pct")
    store.ingest(_figures_file(tmp_path))
    with pytest.raises(DataError, match='series "r/total/yoy_pct" is stored as another kind'):
        store.add(clash, "2023-05-15")


def test_ingest_knows_figures_from_levels(store: Store, tmp_path: Path) -> None:
    levels = tmp_path / "levels.csv"
    levels.write_text("Kỳ;Toàn ngành;Khai khoáng\nT1/2024;101,5;88\nT2/2024;98,25;90\n", encoding="utf-8")
    assert store.ingest(levels, "2024-03-06").new == 4
    assert store.level("Khai khoáng", "2024-03-06").tolist() == [88, 90]
    dateless = tmp_path / "dateless.csv"
    dateless.write_text("region,sector,period,yoy_pct\nr,total,2024-02,5.5\n", encoding="utf-8")
    assert store.ingest(dateless, "2024-03-06").new == 1
    assert store.figures().table["published"].tolist() == [pd.Timestamp("2024-03-06")]
    with pytest.raises(
        DataError, match=r"dateless\.csv: holds figures, of which what a release lacks always stands"
    ):
        store.ingest(dateless, "2024-03-06", complete=True)


def test_a_file_of_another_kind_is_no_store(tmp_path: Path) -> None:
    release = _figures_file(tmp_path)
    for name, content in (("levels.csv", b"month,iip\n2024-01,100\n"), ("notes.duckdb", b"to be done")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError, match=rf"{name}: is not a store of vintages .not a DuckDB file"):
            Store(tmp_path / name).ingest(release)
        assert (tmp_path / name).read_bytes() == content
    with pytest.raises(DataError, match="is a folder; name a store file"):
        Store(tmp_path).ingest(release)


def test_a_region_spelt_otherwise_than_the_stored_one_is_named(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    for region, told in (
        ("bac_ninh", ()),
        ("Hà Nội", ("ha_noi",)),
        ("Bắc Ninh", ("bac_ninh",)),
        ("bac__ninh", ("bac_ninh",)),
    ):
        path.write_text(
            f"region,sector,period,yoy_pct,published\n{region},total,2024-02,5.5,2024-03-06\n",
            encoding="utf-8",
        )
        notes = store.ingest(path).notes
        assert [note.split('"')[3] for note in notes] == list(told)
    assert "bac__ninh" in notes[0]
    assert set(store.figures().table["region"]) == {"bac_ninh", "bac__ninh", "ha_noi"}


def test_sectors_and_levels_stored_by_their_labels_before_are_named(store: Store) -> None:
    months = pd.period_range("2024-01", "2024-03", freq="M")
    store.add(pd.DataFrame({"1. Wood *": [1.0, 2.0, 3.0], "Tin": 1.0}, index=months), published="2024-04-20")
    notes = store.add(pd.DataFrame({"Wood": [1.0, 2.0, 4.0]}, index=months), published="2024-05-20").notes
    said = 'level "Wood" is new here, and "1. Wood *" is stored; if they are one, write the stored name in the file'
    assert [note for note in notes if "is stored" in note] == [said]


def _figures_file(folder: Path) -> Path:
    path = folder / "figures.csv"
    path.write_text(
        "region,sector,period,measure,value,published\nr,total,2024-04,yoy_pct,6.25,2024-05-10\n",
        encoding="utf-8",
    )
    return path


def test_levels_of_months_that_had_not_begun_are_refused(store: Store) -> None:
    """A year mistyped in the date would show an earlier day what came later."""
    months = pd.period_range("2023-01", "2024-04", freq="M")
    y = pd.Series(100.0, months, name="iip")
    with pytest.raises(
        DataError, match=r"iip: published 2023-05-20, before 2023-07 to 2024-04 had begun; correct"
    ):
        store.add(y, "2023-05-20")
    assert store.add(y, "2024-03-10").new == len(months)  # a survey of the month to come


def test_of_no_series_nothing_is_known(store: Store) -> None:
    store.add(level([100.0]), "2023-05-15")
    assert store.as_of("2023-06-15", []).empty
    store.take_out("2023-05-15")
    assert store.as_of("2023-06-15").empty
