"""What a release printed is held against its seal; stores of before are sealed by the next ingest."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from forecast import figures
from forecast.cli import main
from forecast.errors import DataError
from forecast.stopping import TERMINATED, stoppable
from forecast.vintages import Store
from forecast.vintages.beside import kept
from forecast.vintages.offers import offer
from forecast.vintages.opening import opened, understood

FAR = "2030-01-01"
TWO = pd.DataFrame(
    {"iip": [100.0, 101.5, 99.25], "other": [50.0, 52.5, 51.0]},
    pd.period_range("2023-01", periods=3, freq="M"),
)


def level(values: list[float], first: str) -> pd.Series:
    return pd.Series(values, pd.period_range(first, periods=len(values), freq="M"), dtype=float, name="iip")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "s.duckdb", wait=0.2)
    made.add(TWO, "2023-04-15")
    made.add(TWO + 0.5, "2023-05-15")
    return made


def change(store: Store, statement: str) -> None:
    with duckdb.connect(str(store.path)) as connection:
        connection.execute(statement)


def unsealed(store: Store) -> None:
    """Make it the store that was written before releases were sealed."""
    change(
        store,
        """
        ALTER TABLE releases DROP COLUMN digest; DROP TABLE states; UPDATE about SET format = 1;
        CREATE MACRO published(rank) AS make_date(rank // 10000, rank // 100 % 100, rank % 100)
        """,
    )
    kept(store.path).unlink()
    shutil.copy(store.path, kept(store.path))


DOORS = {
    "as_of": lambda s: s.as_of(FAR, "iip"),
    "all": lambda s: s.as_of(FAR),
    "level": lambda s: s.level("iip", FAR),
    "withdrawn": lambda s: s.withdrawn(FAR, "iip"),
    "releases": lambda s: s.releases("iip"),
    "history": lambda s: s.history("iip", "2023-02"),
    "revisions": lambda s: s.revisions("iip"),
    "series": lambda s: s.series(),
    "figures": lambda s: s.figures(),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_every_door_sees_a_print_that_was_changed(store: Store, door) -> None:
    change(store, "UPDATE prints SET value = 101.6 WHERE value = 101.5")
    said = r"s\.duckdb: is damaged .*\(iip: the release of 2023-04-15 is not as it was stored\)"
    with pytest.raises(DataError, match=said):
        door(store)


def test_a_series_is_read_though_another_was_changed(store: Store) -> None:
    change(store, "UPDATE prints SET value = 52.6 WHERE value = 52.5")
    assert store.level("iip", FAR).tolist() == [100.5, 102.0, 99.75]
    with pytest.raises(DataError, match="is damaged"):
        store.level("other", FAR)


def test_a_series_that_was_deleted_is_no_misspelt_name(store: Store) -> None:
    change(store, "DELETE FROM series WHERE name = 'iip'")
    with pytest.raises(DataError, match="is damaged"):
        store.level("iip", FAR)


def test_a_release_sealed_is_added_to_said_anew_and_taken_out(store: Store) -> None:
    before = store.path.read_bytes()
    assert store.add(TWO, "2023-04-15").known == 6
    store.add(level([98.5], "2023-04"), "2023-05-15", complete=False)
    assert store.level("iip", FAR).tolist() == [100.5, 102.0, 99.75, 98.5]
    store.add(level([98.5], "2023-04"), "2023-05-15", complete=True)
    assert store.series()["prints"].tolist() == [7, 6]
    assert store.take_out("2023-04-15") == {"iip": 3, "other": 3}
    assert store.series()["prints"].tolist() == [4, 3]
    assert store.path.read_bytes() != before


def test_a_store_of_before_is_read_and_sealed_by_the_next_ingest(store: Store) -> None:
    right = store.as_of(FAR)
    unsealed(store)
    pd.testing.assert_frame_equal(store.as_of(FAR), right)
    assert store.add(TWO, "2023-04-15").notes == ()
    pd.testing.assert_frame_equal(store.as_of(FAR), right)
    change(store, "DELETE FROM prints WHERE value = 101.5")
    with pytest.raises(DataError, match="the release of 2023-04-15 is not as it was stored"):
        store.as_of(FAR, "iip")


@pytest.mark.parametrize(
    "damage",
    [
        "INSERT INTO series SELECT * FROM series",
        "DELETE FROM releases",
        "DELETE FROM prints WHERE rank = 20230515",
        "UPDATE prints SET rank = 20239999 WHERE rank = 20230515",
        "UPDATE prints SET value = 'inf' WHERE period = 637",
        "UPDATE prints SET value = NULL WHERE period = 637",
    ],
)
def test_what_a_store_of_before_has_lost_is_not_sealed(store: Store, damage: str) -> None:
    unsealed(store)
    change(store, damage)
    shutil.copy(store.path, kept(store.path))
    before = store.path.read_bytes()
    for call in (lambda: store.as_of(FAR), lambda: store.add(TWO, "2023-06-15")):
        with pytest.raises(DataError, match="is damaged"):
            call()
    assert store.path.read_bytes() == before


def test_a_macro_of_the_file_is_not_what_dates_are_read_with(store: Store) -> None:
    unsealed(store)
    right = store.as_of(FAR)
    for statement in ("CREATE OR REPLACE MACRO published(rank) AS rank + 1", "DROP MACRO published"):
        change(store, statement)
        pd.testing.assert_frame_equal(store.as_of(FAR), right)


def test_no_variable_of_python_is_taken_for_a_table(store: Store) -> None:
    with understood(store.path):
        connection = opened(store.path, 0.2, read_only=True)
    absent = TWO
    with connection, pytest.raises(duckdb.CatalogException, match="absent does not exist"):
        connection.execute("SELECT * FROM absent")
    assert len(absent) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_stop_within_a_query_is_that_stop(
    store: Store, number: signal.Signals, raised: type[BaseException]
) -> None:
    """DuckDB puts an error of its own in the place of what the handler of a signal raised."""

    def work() -> None:
        with stoppable(), understood(store.path):
            try:
                os.kill(os.getpid(), number)
                time.sleep(5)
            except (KeyboardInterrupt, SystemExit):
                raise RuntimeError("Query interrupted") from None

    with pytest.raises(raised) as caught:
        work()
    assert not isinstance(caught.value, SystemExit) or caught.value.code == TERMINATED


def test_an_ingest_that_is_stopped_within_a_query_says_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise RuntimeError("Query interrupted")

    TWO.rename_axis("month").to_csv(tmp_path / "r.csv")
    monkeypatch.setattr("forecast.vintages.store.write", interrupted)
    assert main(["ingest", str(store.path), str(tmp_path / "r.csv"), "--published", "2023-06-15"]) == 130
    assert capsys.readouterr().err == "stopped\n"


@pytest.mark.parametrize("statement", ["value = NULL", "half_unit = NULL", "period = period + 30"])
def test_a_zero_that_was_lost_or_moved_is_seen(tmp_path: Path, statement: str) -> None:
    made = Store(tmp_path / "z.duckdb")
    made.add(level([0.0], "2023-01"), "2023-04-15")
    change(made, f"UPDATE prints SET {statement}")
    with pytest.raises(DataError, match="the release of 2023-04-15 is not as it was stored"):
        made.as_of(FAR, "iip")


def test_no_release_is_sealed_anew_over_what_was_changed(store: Store) -> None:
    change(store, "UPDATE prints SET value = 1 WHERE value = 100")
    shutil.copy(store.path, kept(store.path))
    for add in (level([98.5], "2023-04"), level([100.0, 101.5, 99.25, 98.5], "2023-01")):
        with pytest.raises(DataError, match="the release of 2023-04-15 is not as it was stored"):
            store.add(add, "2023-04-15")
    with pytest.raises(DataError, match="is damaged"):
        store.as_of(FAR, "iip")


def test_what_a_copy_of_before_lacks_or_holds_again_is_named_where_it_is_gone_on_with(store: Store) -> None:
    before = kept(store.path).read_bytes()
    store.add(TWO + 1.0, "2023-06-15")
    store.take_out("2023-04-15")
    kept(store.path).write_bytes(before)  # as where no copy could be kept since
    change(store, "UPDATE prints SET value = 1 WHERE value = 100.5")
    (note,) = store.add(TWO + 1.5, "2023-07-15").notes
    assert "; it has nothing of 2023-06-15: ingest these again" in note
    assert "; it has 2023-04-15, which the damaged one had not: take these out where they were" in note


@pytest.mark.parametrize("at", ["rank = 20230515", "series = 2", "series = 2 AND rank = 20230515"])
def test_releases_that_were_deleted_with_their_seals_are_seen(store: Store, at: str) -> None:
    store.take_out("2023-04-15")
    store.add(TWO, "2023-06-15")
    change(store, f"DELETE FROM prints WHERE {at}; DELETE FROM releases WHERE {at}")
    change(store, "DELETE FROM series WHERE id NOT IN (SELECT series FROM prints)")
    with pytest.raises(DataError, match="it lacks a release that was stored, or has one that was not"):
        store.level("iip", FAR)
    (note,) = store.add(TWO + 1.5, "2023-07-15").notes
    assert "was damaged and is set aside" in note
    assert store.releases("other").strftime("%m-%d").tolist() == ["05-15", "06-15", "07-15"]


@pytest.mark.parametrize("change_of", ["source = 'u'", "source = ''", "line = 8 - line"])
def test_where_a_figure_came_from_is_sealed(tmp_path: Path, change_of: str) -> None:
    made = Store(tmp_path / "f.duckdb")
    rows = {
        "region": "r",
        "sector": "s",
        "period": ["2023-01", "2023-02"],
        "measure": "yoy_pct",
        "value": [1.0, 2.0],
    }
    rows |= {"published": "2023-05-01", "source": ["t", "u"], "line": [3, 5]}
    made.add(figures.from_table(pd.DataFrame(rows)))
    change(made, f"UPDATE prints SET {change_of} WHERE period < 1000")
    with pytest.raises(DataError, match="the release of 2023-05-01 is not as it was stored"):
        made.figures()


def test_an_older_store_that_lacks_months_of_a_release_alone_is_not_gone_on_with(store: Store) -> None:
    before = store.path.read_bytes()
    store.add(level([98.5], "2023-04"), "2023-05-15")
    store.path.write_bytes(before)
    with pytest.raises(
        DataError, match=r"does not come from \.s\.duckdb\.good .* holds more of 2023-05-15, as where"
    ):
        store.add(TWO, "2023-06-15")


def test_a_store_comes_from_its_copy_whatever_was_taken_out_while_no_copy_could_be_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forecast.vintages.file.keep", lambda _: ["no copy could be kept"])
    store.take_out("2023-05-15")
    store.add(TWO + 1.0, "2023-06-15")
    store.instead("2023-06-15", offer(TWO + 2.0, "2023-06-16", None))
    store.add(TWO + 3.0, "2023-07-15")
    monkeypatch.undo()
    assert store.add(TWO + 3.5, "2023-08-15").notes == ()
    assert store.releases("iip").strftime("%m-%d").tolist() == ["04-15", "06-16", "07-15", "08-15"]
    assert kept(store.path).read_bytes() == store.path.read_bytes()


PUT_BACK = {
    "a correction under its own day": lambda s: s.instead("2023-05-15", offer(TWO + 1.5, "2023-05-15", None)),
    "what was said of a release": lambda s: s.add(TWO + 0.5, "2023-05-15", complete=True),
    "a release taken out": lambda s: s.take_out("2023-05-15"),
    "one added and taken out": lambda s: (s.add(TWO, "2023-06-15"), s.take_out("2023-04-15")),
}


@pytest.mark.parametrize("newer", PUT_BACK.values(), ids=PUT_BACK)
def test_an_older_store_put_back_is_known_by_its_states(store: Store, newer) -> None:
    older = store.path.read_bytes()
    newer(store)
    newest = kept(store.path).read_bytes()
    store.path.write_bytes(older)
    with pytest.raises(DataError, match="as where an older store, or another of its name, was put here"):
        store.add(TWO, "2023-07-15")
    assert (store.path.read_bytes(), kept(store.path).read_bytes()) == (older, newest)


def test_a_state_that_is_reached_again_is_another(store: Store) -> None:
    store.add(TWO, "2023-06-15")
    older = store.path.read_bytes()
    store.take_out("2023-06-15")
    store.path.write_bytes(older)
    with pytest.raises(DataError, match="as where an older store"):
        store.add(TWO, "2023-07-15")


def test_another_store_of_the_name_and_one_of_before_do_not_pass_for_it(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other" / store.path.name)
    other.path.parent.mkdir()
    for day in ("2023-04-15", "2023-05-15"):
        other.add(TWO * 1.5, day)
    before = store.path.read_bytes()
    store.path.write_bytes(other.path.read_bytes())
    with pytest.raises(DataError, match="or another of its name, was put here"):
        store.add(TWO, "2023-07-15")
    store.path.write_bytes(before)
    store.add(TWO, "2023-07-15")
    newest = kept(store.path).read_bytes()
    unsealed(store)
    kept(store.path).write_bytes(newest)
    with pytest.raises(DataError, match="as where an older store"):
        store.add(TWO, "2023-08-15")


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM states WHERE number = 1",
        "UPDATE states SET number = 3 WHERE number = 2",
        "UPDATE states SET seal = NULL WHERE number = 2",
        "UPDATE states SET seal = 'x' WHERE number = 1",
        "INSERT INTO states SELECT * FROM states",
    ],
)
def test_states_that_were_changed_are_damage_and_no_other_store(store: Store, damage: str) -> None:
    right = store.as_of(FAR)
    change(store, damage)
    with pytest.raises(DataError, match="the states that it was in are not as they were stored"):
        store.as_of(FAR)
    (note,) = store.add(TWO + 1.0, "2023-06-15").notes
    assert "was damaged and is set aside" in note
    pd.testing.assert_frame_equal(store.as_of("2023-05-31"), right)


def test_a_refusal_tells_what_became_of_a_damaged_store_before_it(store: Store) -> None:
    change(store, "UPDATE prints SET value = 1 WHERE value = 100.5")
    with pytest.raises(DataError) as refused:
        store.instead("2023-09-15", offer(TWO, "2023-09-15", None))
    nothing, note = refused.value.problems
    assert "nothing is stored as published 2023-09-15" in nothing
    assert "was damaged and is set aside as s.duckdb.damaged-1" in note


def test_a_copy_of_before_is_not_written_over_by_a_store_that_has_less(store: Store) -> None:
    unsealed(store)
    before = kept(store.path).read_bytes()
    store.path.unlink()
    kept(store.path).rename(store.path.with_name("aside"))
    store.add(TWO, "2023-06-20")
    kept(store.path).write_bytes(before)
    with pytest.raises(
        DataError, match=r"holds more of 2023-04-15, 2023-05-15 \(the store holds more of 2023-06-20\)"
    ):
        store.add(TWO, "2023-07-15")
    assert kept(store.path).read_bytes() == before


def test_adding_again_is_no_other_state(store: Store) -> None:
    def states() -> int:
        with duckdb.connect(str(store.path), read_only=True) as connection:
            return len(connection.execute("SELECT * FROM states").fetchall())

    assert states() == 2
    store.add(TWO, "2023-04-15")
    assert states() == 2
    store.add(level([98.5], "2023-04"), "2023-05-15")
    assert states() == 3


def test_nothing_is_taken_out_of_no_store_and_a_copy_is_none(tmp_path: Path, store: Store) -> None:
    absent = Store(tmp_path / "absent.duckdb")
    for call in (
        lambda: absent.take_out("2023-04-15"),
        lambda: absent.instead("2023-04-15", offer(TWO, "2023-04-15", None)),
    ):
        with pytest.raises(DataError, match="no such store; make it with"):
            call()
    assert not absent.path.exists()
    with pytest.raises(DataError, match="is the copy of a store; name the store itself"):
        Store(kept(store.path)).add(TWO, "2023-07-15")


@pytest.mark.parametrize("there", [True, False], ids=["older store", "no store"])
def test_no_damaged_copy_is_to_be_gone_on_with(store: Store, there: bool) -> None:
    before = store.path.read_bytes()
    store.add(TWO + 1.0, "2023-06-15")
    with duckdb.connect(str(kept(store.path))) as copy:
        copy.execute("UPDATE prints SET value = 1 WHERE value = 100.5")
    store.path.write_bytes(before) if there else store.path.unlink()
    with pytest.raises(DataError) as refused:
        store.add(TWO + 1.5, "2023-07-15")
    assert "rename" not in str(refused.value)
    assert ("is damaged: move or delete it" if there else "that is damaged too") in str(refused.value)
