"""A damaged store is said to be damaged, left as it is, and gone on with from the copy of its last good state."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from forecast.cli import main
from forecast.errors import DataError
from forecast.vintages import Store
from forecast.vintages.beside import kept

FAR = "2030-01-01"


def level(values: list[float], first: str = "2023-01", name: str = "iip") -> pd.Series:
    return pd.Series(values, pd.period_range(first, periods=len(values), freq="M"), dtype=float, name=name)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "iip.duckdb"
    store = Store(path)
    store.add(level([100.0, 101.5, 99.25] * 60, "2005-01"), "2020-02-15")
    store.add(level([100.5, 101.5, 99.25] * 60, "2005-01"), "2020-03-15")
    return path


def moved(whole: Path, folder: Path, copy: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    shutil.copy(whole, folder / whole.name)
    if copy:
        shutil.copy(kept(whole), kept(folder / whole.name))
    return folder / whole.name


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])  # less than its head


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(12288, len(content), 4096):  # the blocks that hold the tables
        content[at : at + 64] = random.Random(at).randbytes(64)
    path.write_bytes(content)


def header_lost(path: Path) -> None:
    path.write_bytes(bytes(12288) + path.read_bytes()[12288:])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def sql(statement: str):
    def change(path: Path) -> None:
        with duckdb.connect(str(path)) as connection:
            connection.execute(statement)

    return change


DAMAGES = {
    "cut": cut,
    "cut short": cut_short,
    "overwritten": overwritten,
    "header lost": header_lost,
    "no prints": sql("DROP TABLE prints"),
    "no mark": sql("DROP TABLE about"),
    "no format": sql("DELETE FROM about"),
    "no value": sql("ALTER TABLE prints DROP COLUMN value"),
    "no name": sql("ALTER TABLE series RENAME COLUMN name TO n"),
    "no releases": sql("DROP TABLE releases"),
    "text": sql("ALTER TABLE prints ALTER value TYPE VARCHAR"),
    "no day": sql("UPDATE prints SET rank = 20209999 WHERE rank = 20200315"),
    "another day": sql("UPDATE prints SET rank = 20200320 WHERE rank = 20200315"),
    "releases deleted": sql("DELETE FROM releases"),
    "a release deleted": sql("DELETE FROM releases WHERE rank = 20200315"),
    "prints of a release deleted": sql("DELETE FROM prints WHERE rank = 20200315"),
    "months deleted": sql("DELETE FROM prints WHERE period > 590"),
    "prints deleted": sql("DELETE FROM prints"),
    "releases and prints deleted": sql("DELETE FROM prints; DELETE FROM releases"),
    "series deleted": sql("DELETE FROM series"),
    "series twice": sql("INSERT INTO series SELECT * FROM series"),
    "releases twice": sql("INSERT INTO releases SELECT * FROM releases"),
    "prints twice": sql("INSERT INTO prints SELECT * FROM prints"),
    "renamed": sql("UPDATE series SET name = 'other_iip'"),
    "below zero": sql("UPDATE prints SET value = -5 WHERE period = 500"),
    "no number": sql("UPDATE prints SET value = 'nan' WHERE period = 500"),
    "a tenth more": sql("UPDATE prints SET value = value + 0.1 WHERE period = 500 AND rank = 20200315"),
    "a month later": sql("UPDATE prints SET period = period + 1"),
    "said to be complete": sql("UPDATE releases SET complete = TRUE"),
    "of before": sql("UPDATE about SET format = 1"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_told_left_alone_and_gone_on_with(
    whole: Path, tmp_path: Path, damage, capsys
) -> None:
    path = moved(whole, tmp_path)
    damage(path)
    before, store = path.read_bytes(), Store(path, wait=0.2)
    with pytest.raises(DataError) as told:
        store.as_of(FAR)
    assert re.match(
        r"iip\.duckdb: is damaged and was left as it is \(.+\); the state that was copied last is kept, and "
        "forecast ingest goes on from that",
        str(told.value),
    )
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err == f"{told.value}\n"
    assert path.read_bytes() == before
    file = tmp_path / "new.csv"
    level([7.0, 8.0], name="other").rename_axis("month").to_csv(file)
    assert main(["ingest", str(path), str(file), "--published", "2024-01-15"]) == 0
    assert "iip.duckdb: was damaged and is set aside as iip.duckdb.damaged-1" in capsys.readouterr().out
    assert path.with_name("iip.duckdb.damaged-1").read_bytes() == before
    again = Store(path).as_of(FAR, "iip")
    pd.testing.assert_frame_equal(again, Store(whole).as_of(FAR, "iip"))
    assert Store(path).level("other", FAR).tolist() == [7.0, 8.0]
    assert kept(path).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "damage", [cut, overwritten, DAMAGES["no prints"], header_lost, emptied, DAMAGES["months deleted"]]
)
def test_a_damaged_store_without_a_copy_or_with_a_damaged_one_stays_as_it_is(
    whole: Path, tmp_path: Path, damage
) -> None:
    path = moved(whole, tmp_path, copy=False)
    damage(path)
    before, store = path.read_bytes(), Store(path, wait=0.2)
    for call in (lambda: store.as_of(FAR), lambda: store.add(level([1.0]), "2024-01-15")):
        with pytest.raises(
            DataError, match="is damaged .*no copy of it is kept: ingest its releases again into a new"
        ):
            call()
    if damage is DAMAGES["months deleted"]:
        return
    shutil.copy(path, kept(path))
    both = r"its copy \.iip\.duckdb\.good is damaged too: ingest its releases again into a new store"
    for call in (lambda: store.as_of(FAR), lambda: store.add(level([1.0]), "2024-01-15")):
        with pytest.raises(DataError, match=both):
            call()
    kept(path).write_bytes(before[:-4096] or b"text")
    with pytest.raises(DataError, match=both):
        store.as_of(FAR)
    with pytest.raises(DataError, match=r"is damaged, and so is the copy \.iip\.duckdb\.good"):
        store.add(level([1.0]), "2024-01-15")
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"iip.duckdb", ".iip.duckdb.good", ".iip.duckdb.lock"}


def test_any_damage_gives_the_right_values_or_says_so(whole: Path, tmp_path: Path) -> None:
    content, right = whole.read_bytes(), Store(whole).as_of(FAR)
    said = []
    for seed in range(25):
        chance = random.Random(seed)
        broken, at = bytearray(content), chance.randrange(len(content))
        if seed % 3 == 0:
            del broken[at:]
        else:
            n = chance.choice([1, 64, 5000])
            broken[at : at + n] = chance.randbytes(len(broken[at : at + n]))
        path = tmp_path / f"{seed}.duckdb"
        path.write_bytes(broken)
        try:
            read = Store(path, wait=0.2).as_of(FAR)
        except DataError as error:
            said.append(str(error))
        else:
            pd.testing.assert_frame_equal(read, right)
    assert 10 < len(said) < 25
    assert [text for text in said if "another process" in text] == []


def test_a_state_that_a_killed_ingest_had_committed_but_not_copied_is_the_good_one(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = moved(whole, tmp_path)
    monkeypatch.setattr("forecast.vintages.file.keep", lambda _: [])
    Store(path).add(level([7.0], name="second"), "2024-01-15")
    monkeypatch.undo()
    added = Store(path).add(level([8.0], name="third"), "2024-02-15")
    assert added.notes == ()
    assert Store(path).series()["series"].tolist() == ["iip", "second", "third"]


def test_a_damaged_store_stays_until_its_copy_takes_its_place(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copied = moved(whole, tmp_path), shutil.copyfile
    cut(path)
    before = path.read_bytes()

    def fails(source: Path, target: Path) -> None:
        if source != path:
            raise OSError(errno.ENOSPC, "No space left on device")
        copied(source, target)

    monkeypatch.setattr(shutil, "copyfile", fails)
    with pytest.raises(OSError, match="No space left"):
        Store(path, wait=0.2).add(level([7.0], name="second"), "2024-01-15")
    assert path.read_bytes() == before
    monkeypatch.undo()
    Store(path, wait=0.2).add(level([7.0], name="second"), "2024-01-15")
    assert Store(path).series()["series"].tolist() == ["iip", "second"]


def test_where_no_copy_can_be_kept_the_ingest_holds_and_says_so(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = moved(whole, tmp_path)
    before = kept(path).read_bytes()

    def full(_: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    added = Store(path).add(level([7.0], name="second"), "2024-01-15")
    assert added.new == 1
    assert added.notes == (
        "iip.duckdb: no copy could be kept for the case of damage (No space left on device)",
    )
    assert kept(path).read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"iip.duckdb", ".iip.duckdb.good", ".iip.duckdb.lock"}


def test_a_lost_store_is_not_begun_anew_over_its_copy(whole: Path, tmp_path: Path) -> None:
    path = moved(whole, tmp_path / "s")
    prints = Store(path).as_of(FAR)
    path.unlink()
    copied = kept(path).read_bytes()
    with pytest.raises(
        DataError,
        match="is not there, and .iip.duckdb.good beside it holds the state that was copied last: rename",
    ):
        Store(path).add(level([1.0] * 12), "2024-02-15")
    assert kept(path).read_bytes() == copied
    kept(path).rename(path)
    Store(path).add(level([100.5, 101.5, 99.25] * 60, "2005-01"), "2020-04-15")
    assert len(Store(path).as_of(FAR)) == len(prints)


def test_an_older_store_put_back_is_not_copied_over_its_newer_copy(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = moved(whole, tmp_path / "s")
    for month in ("2020-04", "2020-05-15", "2020-06-15", "2020-07-15", "2020-08-15"):
        Store(path).add(level([100.5] * 180, "2005-01"), month)
    newer = path.read_bytes()
    shutil.copy(whole, path)
    older, file = path.read_bytes(), tmp_path / "new.csv"
    level([100.75] * 180, "2005-01").rename_axis("month").to_csv(file)
    shutil.copy(file, file.with_name("twice.csv"))
    command = ["ingest", str(path), str(file), "--published", "2020-09-15"]
    assert main([*command[:3], str(file.with_name("twice.csv")), *command[3:]]) == 2
    told = [of for of in capsys.readouterr().err.splitlines() if not of.startswith("ingest: ")]
    assert told == [
        "iip.duckdb: does not come from .iip.duckdb.good beside it, the state that was copied last, which holds more "
        "of 2020-04, 2020-05-15, 2020-06-15, 2020-07-15, 2020-08-15, as where an older store, or another of its name, "
        "was put here; nothing was added: move iip.duckdb away and rename .iip.duckdb.good to iip.duckdb to go on with "
        "that, or move .iip.duckdb.good away to go on with the store as it is"
    ]
    with pytest.raises(DataError, match="as where an older store, or another of its name, was put"):
        Store(path).take_out("2020-03-15")
    assert (path.read_bytes(), kept(path).read_bytes()) == (older, newer)
    both = tmp_path / "both"
    shutil.copytree(path.parent, both)
    kept(path).rename(path)
    kept(both / path.name).unlink()
    for place, days in ((path, 8), (both / path.name, 3)):
        assert main(["ingest", str(place), *command[2:]]) == 0
        assert len(Store(place).releases("iip")) == days
        assert kept(place).read_bytes() == place.read_bytes()


def test_an_older_store_that_lacks_one_series_of_a_day_is_seen(whole: Path, tmp_path: Path) -> None:
    path = moved(whole, tmp_path)
    Store(path).add(level([7.0], "2020-01", "second"), "2020-03-15")
    shutil.copy(whole, path)
    with pytest.raises(DataError, match=r"holds more of 2020-03-15, as where"):
        Store(path).add(level([8.0], name="third"), "2024-02-15")


def test_an_older_store_goes_on_where_its_newer_copy_is_damaged(whole: Path, tmp_path: Path) -> None:
    path = moved(whole, tmp_path)
    Store(path).add(level([7.0], "2020-01", "second"), "2020-04-15")
    shutil.copy(whole, path)
    cut(kept(path))
    assert Store(path).add(level([8.0], name="third"), "2024-02-15").notes == ()


@pytest.mark.parametrize("instead", [False, True])
def test_a_release_that_was_taken_out_is_none_that_was_lost(
    whole: Path, tmp_path: Path, instead: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the kill struck before the copy was renewed: once, and no longer when it was."""
    path = moved(whole, tmp_path)

    def take_out() -> None:
        if instead:
            file = tmp_path / "new.csv"
            level([100.75] * 180, "2005-01").rename_axis("month").to_csv(file)
            Store(path).instead("2020-03-15", Store(path).offered(file, "2020-03-16"))
        else:
            Store(path).take_out("2020-03-15")

    before = kept(path).read_bytes()
    monkeypatch.setattr("forecast.vintages.file.keep", lambda _: [])
    take_out()
    assert kept(path).read_bytes() == before
    monkeypatch.undo()
    assert Store(path).add(level([7.0], name="second"), "2024-01-15").notes == ()
    Store(path).take_out("2024-01-15")
    Store(path).add(level([8.0], name="third"), "2024-02-15")
    names = {"iip.duckdb", ".iip.duckdb.good", ".iip.duckdb.lock"}
    assert {of.name for of in tmp_path.iterdir()} - {"new.csv"} == names
    shutil.copy(whole, path)
    with pytest.raises(DataError, match=r"which holds more of .*2024-02-15 .*, as where an older store"):
        Store(path).add(level([9.0], name="fourth"), "2024-03-15")


def test_a_store_has_one_copy_and_one_lock_whatever_it_is_called_by(whole: Path, tmp_path: Path) -> None:
    path = moved(whole, tmp_path / "s")
    link = tmp_path / "link.duckdb"
    link.symlink_to(path)
    Store(link).add(level([102.0] * 180, "2005-01"), "2020-04-15")
    assert sorted(of.name for of in tmp_path.iterdir()) == ["link.duckdb", "s"]
    path.write_bytes(b"")
    (note,) = Store(path).add(level([103.0] * 180, "2005-01"), "2020-05-15").notes
    assert "was damaged and is set aside" in note
    assert link.is_symlink()
    assert list(Store(link).releases("iip").strftime("%Y-%m")) == ["2020-02", "2020-03", "2020-04", "2020-05"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("folder", ["a?b", "a\\b"])
def test_a_place_that_duckdb_takes_for_another_is_refused(folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    with pytest.raises(DataError, match="DuckDB opens no file whose name, or one of its folders, holds"):
        Store(tmp_path / folder / "s.duckdb").add(level([1.0] * 12), "2024-02-15")
    assert list((tmp_path / folder).iterdir()) == []


@pytest.mark.parametrize("command", [("check",), ("ingest", "f.csv", "--published", "2024-01-20")])
def test_a_link_in_a_circle_is_no_store(
    tmp_path: Path,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f.csv").write_text("month,iip\n2020-01,100.5\n")
    Path("a.duckdb").symlink_to("b.duckdb")
    Path("b.duckdb").symlink_to("a.duckdb")
    assert main([command[0], "a.duckdb", *command[1:]]) == 2
    said = "a.duckdb: is a link that leads nowhere (to b.duckdb); name the file itself\n"
    assert capsys.readouterr().err == said
    Path("far").mkdir()
    Path("c.duckdb").symlink_to("far/c.duckdb")
    assert main(["ingest", "c.duckdb", "f.csv", "--published", "2024-01-20"]) == 0
    assert Path("far/c.duckdb").is_file()
