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
from forecast.vintages import Store

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
    added = store.add(
        level([80, 81], "2023-03"), "2023-05-15"
    )  # a new base: the old months are no longer given
    assert "iip: this release no longer gives 2 months from 2023-01 to 2023-02" in added.notes[0]
    assert store.level("iip", "2023-05-15").tolist() == [80, 81]
    added = store.add(level([82], "2023-05"), "2023-06-15", complete=False)
    assert added.notes == ()
    assert store.level("iip", "2023-06-15").tolist() == [80, 81, 82]
    assert store.level("iip", "2023-05-01").tolist() == [100, 101, 102]


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
def slow(connection, offered):
    added = write(connection, offered)
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

    def failing(connection: duckdb.DuckDBPyConnection, offered: object) -> None:
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
        "old.duckdb": "has store format 0, expected 1",
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
    for region, told in (("bac_ninh", ()), ("Hà Nội", ()), ("Bắc Ninh", ()), ("bac__ninh", ("bac_ninh",))):
        path.write_text(
            f"region,sector,period,yoy_pct,published\n{region},total,2024-02,5.5,2024-03-06\n",
            encoding="utf-8",
        )
        notes = store.ingest(path).notes
        assert [note.split('"')[3] for note in notes] == list(told)
    assert "bac__ninh" in notes[0]
    assert set(store.figures().table["region"]) == {"bac_ninh", "bac__ninh", "ha_noi"}


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
