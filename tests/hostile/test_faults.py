"""Kills, full disks, read-only folders, several at once and clocks set back: the last good state, or the same bytes."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pandas as pd
import pytest

from forecast.cli import main
from forecast.vintages import Store
from tests.hostile.case import MONTHS
from tests.hostile.configs import BACKTEST, QUESTION, _levels
from tests.hostile.server import KILLED, Server
from tests.run.test_folder import ended, forked
from tests.run.test_run import hashes

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills and mounts of Linux"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

DAYS = ("2021-06-30", "2022-12-31")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A question, a backtest and two releases."""
    _levels(tmp_path)
    head, rest = QUESTION.replace("as_of: 2022-12-31\n", "").split("annual_targets:")
    (tmp_path / "q.yaml").write_text(head + rest[rest.index("report:") :], encoding="utf-8")
    (tmp_path / "b.yaml").write_text(BACKTEST, encoding="utf-8")
    for name, first in (("one.csv", 0), ("two.csv", 7)):
        rows = [f"{month},{first + i}" for i, month in enumerate(MONTHS[:60], start=1)]
        (tmp_path / name).write_text("month,x\n" + "\n".join(rows) + "\n")
    return tmp_path


def asked(day: str, out: str) -> list[str]:
    """A small question on one of its days."""
    return ["run", "q.yaml", "--as-of", day, "--out", out, "--lang", "en"]


def ingest(store: str, file: str, day: str) -> list[str]:
    return ["ingest", store, file, "--published", day]


def moments(count: int, most: float) -> list[float]:
    """Random moments of a piece of work of so many processor seconds, more of them near its end."""
    chance = random.Random(4)
    return [most * (1.0 - ((i + chance.random()) / count) ** 2) for i in range(count)]


def runs_killed(server: Server, folder: Path, count: int) -> None:
    """Kill a run so many times; each time the report before stands, and the run after it gives the same bytes."""
    for day in DAYS:
        result = server.run(asked(day, "whole"), folder)
        assert result.code == 0, result.error
    whole = hashes(folder / "whole/q")
    server.run(asked(DAYS[0], "killed"), folder)
    before = hashes(folder / "killed/q")
    kills = 0
    for moment in moments(count, result.work):
        kills += server.run(asked(DAYS[1], "killed"), folder, kill_at=moment).code == KILLED
        left = {
            name: content for name, content in hashes(folder / "killed/q").items() if name.startswith(DAYS[0])
        }
        assert left == {name: content for name, content in before.items() if name.startswith(DAYS[0])}
    assert kills
    assert server.run(asked(DAYS[1], "killed"), folder).code == 0
    assert hashes(folder / "killed/q") == whole


def ingests_killed(server: Server, folder: Path, count: int) -> None:
    """Kill an ingest so many times; the store holds the release whole or not at all, and takes it in afterwards."""
    assert server.run(ingest("whole.duckdb", "one.csv", "2022-01-15"), folder).code == 0
    one = Store(folder / "whole.duckdb").as_of("2030-01-01")
    result = server.run(ingest("whole.duckdb", "two.csv", "2022-02-15"), folder)
    two = Store(folder / "whole.duckdb").as_of("2030-01-01")
    kills, states = 0, set()
    for i, moment in enumerate(moments(count, result.work)):
        store = f"{i}.duckdb"
        assert server.run(ingest(store, "one.csv", "2022-01-15"), folder).code == 0
        kills += server.run(ingest(store, "two.csv", "2022-02-15"), folder, kill_at=moment).code == KILLED
        held = Store(folder / store).as_of("2030-01-01")
        assert held.equals(one) or held.equals(two)
        states.add(held.equals(two))
        again = server.run(ingest(store, "two.csv", "2022-02-15"), folder)
        assert again.code == 0, again.error
        assert "damaged" not in again.said
        assert Store(folder / store).as_of("2030-01-01").equals(two)
    assert kills
    assert count < 10 or states == {True, False}


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_the_last_report_and_the_next_gives_the_same_bytes(
    server: Server, folder: Path
) -> None:
    runs_killed(server, folder, 25)


@pytest.mark.slow
def test_an_ingest_that_is_killed_leaves_the_store_before_or_after(server: Server, folder: Path) -> None:
    ingests_killed(server, folder, 3)


@pytest.mark.slow
def test_ingests_that_are_killed_again_and_again(server: Server, folder: Path) -> None:
    ingests_killed(server, folder, 60)


@pytest.mark.slow
def test_a_backtest_that_is_killed_again_and_again_goes_on_to_the_same_bytes(
    server: Server, folder: Path
) -> None:
    command = ["backtest", "b.yaml", "--out"]
    result = server.run([*command, "whole"], folder)
    assert result.code == 0, result.error
    whole, kills = hashes(folder / "whole/b"), 0
    for moment in moments(10, result.work):
        kills += server.run([*command, "killed", "--resume"], folder, kill_at=moment).code == KILLED
    assert kills
    assert server.run([*command, "killed", "--resume"], folder).code == 0
    assert hashes(folder / "killed/b") == whole
    assert sorted(p.name for p in (folder / "killed").iterdir()) == [".b.lock", "b", "b-forecasts"]


def test_releases_taken_in_at_once_are_all_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    days = [f"2022-0{month}-15" for month in range(1, 6)]
    children = [forked(lambda day=day: _exit(ingest("s.duckdb", "one.csv", day))) for day in days]
    assert [ended(child) for child in children] == [0] * 5
    assert [str(day.date()) for day in Store("s.duckdb").releases("x")] == days


@pytest.mark.slow
def test_five_days_of_one_question_at_once_are_five_rows_and_one_day_thrice_is_one_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    days = ["2021-06-30", "2021-07-31", "2021-08-31", "2021-09-30", "2021-10-31"]
    children = [forked(lambda day=day: _exit(asked(day, "out"))) for day in [*days, days[0], days[0]]]
    assert [ended(child) for child in children] == [0] * 7
    assert pd.read_parquet("out/q/history.parquet")["as_of"].tolist() == days
    assert sorted(p.name for p in Path("out/q").iterdir()) == [*days, "history.parquet"]
    assert main(["run", "q.yaml", "--as-of", days[0], "--out", "alone", "--lang", "en"]) == 0
    assert hashes(Path("alone/q") / days[0]) == hashes(Path("out/q") / days[0])


def _exit(argv: list[str]) -> None:
    """Run a command line in a forked process, and fail where it does not end well."""
    assert main(argv) == 0


def test_a_clock_set_back_and_files_of_the_future_move_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for out, clock in (("now", time.time()), ("then", 86_400.0 * 365)):
        monkeypatch.setattr(time, "time", lambda clock=clock: clock)
        assert main(ingest(f"{out}.duckdb", "one.csv", "2022-01-15")) == 0
        for file in (Path(f"{out}.duckdb"), Path("one.csv"), Path("two.csv")):
            os.utime(file, (clock + 10**9, clock + 10**9))
        assert main(ingest(f"{out}.duckdb", "two.csv", "2022-02-15")) == 0
    assert Store("now.duckdb").as_of("2030-01-01").equals(Store("then.duckdb").as_of("2030-01-01"))


def _fill(file: IO[bytes]) -> None:
    """Write until there is no room."""
    while True:
        file.write(bytes(4096))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for 3 MB, where the system lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts file systems")
@pytest.mark.slow
def test_a_full_disk_and_a_read_only_one_leave_what_was_there(
    server: Server, folder: Path, small_disk: Path
) -> None:
    assert server.run(ingest("disk/s.duckdb", "one.csv", "2022-01-15"), folder).code == 0
    before, held = hashes(small_disk), Store(small_disk / "s.duckdb").as_of("2030-01-01")
    with (
        (small_disk / "full").open("wb", buffering=0) as filler,
        pytest.raises(OSError, match="No space left"),
    ):
        _fill(filler)
    for argv in (asked(DAYS[0], "disk/out"), ingest("disk/new.duckdb", "one.csv", "2022-01-15")):
        result = server.run(argv, folder)
        assert result.code == 1, result
        assert f"disk/{'out' if argv[0] == 'run' else 'new.duckdb'}" in result.error
        assert os.strerror(errno.ENOSPC) in result.error
        assert "Traceback" not in result.error
    result = server.run(ingest("disk/s.duckdb", "two.csv", "2022-02-15"), folder)
    assert result.code in (0, 1), result
    assert result.code == 0 or os.strerror(errno.ENOSPC) in result.error
    (small_disk / "full").unlink()
    known = Store(small_disk / "s.duckdb").as_of("2030-01-01")
    assert known.equals(held) if result.code else len(known) == len(held)
    assert not list(small_disk.rglob("*-new-*"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for argv in (asked(DAYS[0], "disk/out"), ingest("disk/s.duckdb", "two.csv", "2022-02-15")):
        result = server.run(argv, folder)
        assert result.code == 2, result
        assert "disk" in result.error
        assert "Traceback" not in result.error
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert server.run(ingest("disk/s.duckdb", "two.csv", "2022-02-15"), folder).code == 0
    assert {name: content for name, content in hashes(small_disk).items() if name.startswith("q/")} == {
        name: content for name, content in before.items() if name.startswith("q/")
    }
