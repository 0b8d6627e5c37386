"""The files beside a store: found however its name is spelt, never taken for one, and what is told of a mend."""

from __future__ import annotations

import errno
import os
import shutil
import unicodedata
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from forecast.cli import main
from forecast.errors import DataError
from forecast.vintages import Store, StoredLevel
from forecast.vintages.beside import kept, log, mending
from forecast.vintages.offers import offer

ONE = pd.DataFrame(
    {"iip": [100.0, 101.5, 99.25], "other": [50.0, 52.5, 51.0]},
    pd.period_range("2023-01", periods=3, freq="M"),
)
MORE = ONE.add_suffix("_more")
SET_ASIDE = "s.duckdb: was damaged and is set aside as s.duckdb.damaged-1; it was gone on with from"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "s.duckdb", wait=0.2)
    made.add(ONE, "2023-04-15")
    made.add(ONE + 0.5, "2023-05-15")
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "new.csv"
    (ONE + 7.0).rename_axis("month").to_csv(place)
    return place


def damage(store: Store) -> None:
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("UPDATE prints SET value = 1 WHERE value = 100.0")


def uncopied(store: Store, call) -> None:
    """Change a store, and lose the copy of that."""
    before = kept(store.path).read_bytes()
    call(store)
    kept(store.path).write_bytes(before)


def other_spelling(path: Path) -> Path:
    """The same name with its accents as signs of their own, where the disk tells the two apart."""
    apart = path.with_name(unicodedata.normalize("NFD", path.name))
    path.with_name("á").touch()
    if path.with_name(unicodedata.normalize("NFD", "á")).exists():
        pytest.skip("this disk does not tell spellings apart")
    path.with_name("á").unlink()
    return apart


def test_a_store_is_found_and_gone_on_with_however_its_accents_are_spelt(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = tmp_path / unicodedata.normalize("NFC", "số liệu.duckdb")
    apart = other_spelling(typed)
    Store(apart).add(ONE, "2023-04-15")
    assert main(["ingest", str(typed), str(file), "--published", "2023-05-15"]) == 0
    assert main(["check", str(typed)]) == 0
    assert [of.name for of in tmp_path.glob("*.duckdb")] == [apart.name]
    assert Store(typed).releases("iip").strftime("%m-%d").tolist() == ["04-15", "05-15"]
    apart.unlink()
    capsys.readouterr()
    for command in (["check", str(typed)], ["ingest", str(typed), str(file), "--published", "2023-05-15"]):
        assert main(command) == 2
        assert f"{apart.name}: is not there, and {kept(apart).name} beside it" in capsys.readouterr().err


def test_a_lost_store_without_an_ending_is_told_by_its_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store(tmp_path / "kho").add(ONE, "2023-04-15")
    (tmp_path / "kho").unlink()
    assert main(["check", str(tmp_path / "kho")]) == 2
    assert "kho: is not there, and .kho.good beside it holds the state" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["s.duckdb.wal", "S.DUCKDB.WAL", "s.duckdb.damaged-1", ".s.duckdb.lock", ".s.duckdb.mended"]
)
def test_what_a_store_keeps_beside_it_is_no_name_of_a_store(store: Store, name: str) -> None:
    before = sorted(store.path.parent.iterdir())
    with pytest.raises(DataError, match="is called as a file that a store keeps beside it; name the store"):
        Store(store.path.with_name(name)).add(ONE, "2023-06-15")
    assert sorted(store.path.parent.iterdir()) == before


@pytest.mark.parametrize("end", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_mend_is_told_once_by_the_next_ingest_whatever_ended_the_one_that_made_it(
    store: Store, end: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(_: object) -> None:
        raise end

    uncopied(store, lambda s: s.add(ONE + 1.0, "2023-06-15"))
    damage(store)
    monkeypatch.setattr("forecast.vintages.file.seal_store", ends)
    with pytest.raises(type(end)):
        store.add(ONE + 2.0, "2023-07-15")
    monkeypatch.undo()
    (note,) = store.add(ONE + 2.0, "2023-07-15").notes
    assert note.startswith(SET_ASIDE)
    assert note.endswith("; it has nothing of 2023-06-15: ingest these again")
    assert store.add(ONE + 3.0, "2023-08-15").notes == ()


def test_a_mend_that_a_refusal_told_is_not_told_again(store: Store) -> None:
    damage(store)
    with pytest.raises(DataError, match="was damaged and is set aside"):
        store.take_out("2023-09-15")
    assert store.add(ONE + 3.0, "2023-08-15").notes == ()


def test_taking_out_tells_of_the_store_as_adding_does(store: Store) -> None:
    assert store.take_out("2023-04-15").notes == ()
    damage(store)
    store.add(ONE, "2023-06-15")
    damage(store)
    taken = store.take_out("2023-05-15")
    assert taken == {"iip": 3, "other": 3}
    (note,) = taken.notes
    assert note.startswith(SET_ASIDE)


def test_the_log_of_a_damaged_store_is_moved_with_it_and_never_meets_the_copy(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(store)
    log, before = Path(f"{store.path}.wal"), store.path.read_bytes()
    log.write_bytes(b"no log at all")
    copied = shutil.copyfile

    def fails(source: Path, target: Path) -> None:
        if source == kept(store.path):
            raise OSError(errno.ENOSPC, "No space left on device")
        copied(source, target)

    monkeypatch.setattr(shutil, "copyfile", fails)
    for _ in range(3):
        with pytest.raises(OSError, match="No space left"):
            store.add(ONE, "2023-06-15")
        assert (store.path.read_bytes(), log.read_bytes()) == (before, b"no log at all")
    monkeypatch.undo()
    (note,) = store.add(ONE, "2023-06-15").notes
    assert note.startswith(SET_ASIDE)
    names = {of.name for of in store.path.parent.iterdir()}
    assert names == {
        "s.duckdb",
        ".s.duckdb.good",
        ".s.duckdb.lock",
        "s.duckdb.damaged-1",
        "s.duckdb.damaged-1.wal",
    }
    assert Path(f"{store.path}.damaged-1").read_bytes() == before


def test_tries_on_a_full_disk_leave_no_half_of_a_damaged_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(store)
    before = sorted(store.path.parent.iterdir())

    def full(_: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space left"):
        store.add(ONE, "2023-06-15")
    assert sorted(store.path.parent.iterdir()) == before


def test_a_refusal_of_an_earlier_file_is_told_where_the_disk_is_full_for_a_later_one(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(store.path))

    bad = file.with_name("bad.csv")
    bad.write_text("month,iip\n2023-01,abc\n")
    monkeypatch.setattr("forecast.vintages.file.seal_store", full)
    assert main(["ingest", str(store.path), str(bad), str(file), "--published", "2023-06-15"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("bad.csv: ")
    assert "No space left on device" in err


def test_a_folder_where_nothing_may_be_created_is_called_so_and_no_store_damaged(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda at, mode: at != store.path.parent and allowed(at, mode))
    assert main(["ingest", str(store.path), str(file), "--published", "2023-06-15"]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"{store.path}: nothing may be created in the folder {store.path.parent}")


def test_a_first_ingest_killed_while_the_file_is_made_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.duckdb"

    def killed(place: str, **_: object) -> None:
        Path(place).write_bytes(b"\0" * 10)
        os.link(place, f"{place}-left")  # as a kill leaves it, which runs no clean-up
        raise KeyboardInterrupt

    monkeypatch.setattr(duckdb, "connect", killed)
    with pytest.raises(KeyboardInterrupt):
        Store(path).add(ONE, "2023-04-15")
    monkeypatch.undo()
    assert not path.exists()
    (left,) = tmp_path.glob(".*-left")
    left.rename(left.with_name(left.name.removesuffix("-left")))
    assert Store(path).add(ONE, "2023-04-15").new == 6
    assert {of.name for of in tmp_path.iterdir()} == {"s.duckdb", ".s.duckdb.good", ".s.duckdb.lock"}


def test_the_log_of_a_store_that_is_gone_is_not_lost_to_a_new_one(tmp_path: Path) -> None:
    log = tmp_path / "s.duckdb.wal"
    log.write_bytes(b"what was committed")
    with pytest.raises(
        DataError, match=r"s\.duckdb\.wal, its log, is; put the store back beside it, or move"
    ):
        Store(tmp_path / "s.duckdb").add(ONE, "2023-04-15")
    assert log.read_bytes() == b"what was committed"


def test_a_store_with_the_same_releases_is_the_same_whatever_its_past(store: Store, tmp_path: Path) -> None:
    colleague = Store(tmp_path / "c" / "s.duckdb")
    colleague.path.parent.mkdir()
    colleague.add(ONE + 0.5, "2023-05-15")
    colleague.add(ONE, "2023-04-15")
    shutil.copy(colleague.path, store.path)
    assert store.add(ONE + 1.0, "2023-06-15").notes == ()
    backup = store.path.read_bytes()
    store.take_out("2023-06-15")
    store.add(ONE + 1.0, "2023-06-15")
    store.path.write_bytes(backup)
    assert store.add(ONE + 1.5, "2023-07-15").notes == ()
    assert kept(store.path).read_bytes() == store.path.read_bytes()


def test_a_store_with_another_form_of_a_release_is_refused_with_its_day(store: Store) -> None:
    backup = store.path.read_bytes()
    store.instead("2023-05-15", offer(ONE + 0.75, "2023-05-15", None))
    store.path.write_bytes(backup)
    with pytest.raises(
        DataError, match=r"\(what the two hold of 2023-05-15 is not the same\), as where an older"
    ):
        store.add(ONE + 1.0, "2023-06-15")


def test_after_a_mend_nothing_is_to_be_taken_out_of_which_the_damaged_store_had_a_part(store: Store) -> None:
    store.add(MORE, "2023-05-15")
    uncopied(store, lambda s: s.instead("2023-05-15", offer(ONE + 0.5, "2023-05-15", None)))
    damage(store)
    (note,) = store.add(ONE + 1.0, "2023-06-15").notes
    assert note.endswith(
        "what was written or taken out since is not in it; it has more of 2023-05-15 than the damaged one"
    )


def test_after_a_mend_less_is_not_called_nothing_and_what_was_changed_is_named(store: Store) -> None:
    def changed(of: Store) -> None:
        of.add(MORE, "2023-05-15")
        of.instead("2023-04-15", offer(ONE * 2, "2023-04-15", None))

    uncopied(store, changed)
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("UPDATE prints SET value = 1 WHERE value = 200.0")
    (note,) = store.add(ONE + 1.0, "2023-06-15").notes
    assert "; it has less of 2023-05-15 than the damaged one: ingest these again" in note
    assert note.endswith("; it has 2023-04-15 as before a change: make that again")


def test_of_a_store_of_before_the_prints_are_held_against_those_of_its_copy(store: Store) -> None:
    with duckdb.connect(str(store.path)) as connection:
        connection.execute(
            "ALTER TABLE releases DROP COLUMN digest; DROP TABLE states; UPDATE about SET format = 1; CHECKPOINT"
        )
    shutil.copy(store.path, kept(store.path))
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("UPDATE prints SET value = value + 1")
    with pytest.raises(DataError, match=r"\(what the two hold of 2023-04-15, 2023-05-15 is not the same\)"):
        store.add(ONE + 1.0, "2023-06-15")
    shutil.copy(kept(store.path), store.path)
    assert store.add(ONE + 1.0, "2023-06-15").notes == ()
    assert not mending(store.path).exists()


def test_a_day_that_is_not_there_is_told_though_the_file_is_stored(store: Store) -> None:
    taken, added = store.instead("2023-04-14", offer(ONE, "2023-04-15", None))
    assert (dict(taken), added.new) == ({}, 0)
    (note,) = added.notes
    assert "nothing is stored as published 2023-04-14; the nearest: 2023-04-15" in note
    assert note.endswith("; nothing was taken out, the file is stored already")


def test_a_copy_is_held_against_its_store_however_the_accents_of_either_are_spelt(tmp_path: Path) -> None:
    typed = tmp_path / unicodedata.normalize("NFC", "điện.duckdb")
    apart = other_spelling(typed)
    made = Store(typed)
    made.add(ONE, "2023-04-15")
    older = typed.read_bytes()
    made.add(ONE + 0.5, "2023-05-15")
    typed.unlink()
    apart.write_bytes(older)
    with pytest.raises(DataError, match="does not come from"):
        Store(typed).add(ONE + 1.0, "2023-06-15")
    typed.write_bytes(older)
    with pytest.raises(DataError, match=r"lies there twice, its accents spelt in two ways; move one of"):
        Store(typed)


def test_a_note_that_is_no_text_stops_nothing(store: Store) -> None:
    for content, notes in ((b"", 0), (b"\xff\xfe\x00", 1)):
        mending(store.path).write_bytes(content)
        assert len(store.add(ONE + 1.0, "2023-06-15").notes) == notes


def test_the_log_of_a_store_is_part_of_its_fingerprint(store: Store) -> None:
    level = StoredLevel(store.path, "iip")
    alone = level.fingerprint()
    log(store.path).write_bytes(b"not in the file yet")
    assert level.fingerprint() != alone
