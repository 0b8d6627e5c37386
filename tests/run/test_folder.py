"""A report and its row of the history appear together or not at all, whatever kills the run and whoever writes too."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from forecast.again.days import days
from forecast.cli import main
from forecast.outcome import Outcome
from forecast.run import Options, answer, snapshots
from forecast.run.folder import beside, publish, scratch, settle, settled, write
from tests.report import sample
from tests.run.test_run import REPO, hashes, question

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")

DAY = "2024-05-20"
CALLS = ((Path, "rename"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (os, "fsync"), (os, "rmdir"))
"""What changes a folder: a kill is tried before each."""


def report_of(folder: Path, text: str) -> Path:
    fresh = scratch(folder)
    fresh.mkdir(parents=True)
    (fresh / "report.json").write_text(text)
    return fresh


def forked(work: Callable[[], None]) -> int:
    """Start a process that does the work and ends with code 0, or 9 where something was raised."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        os._exit(9)
    os._exit(0)


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_before(step: int, work: Callable[[], None]) -> int:
    """Do the work in a process that ends at once, without any clean-up, before its `step`-th change of a folder."""
    left = [step]

    def doomed(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os._exit(137)
            return real(*args, **kwargs)

        return call

    def child() -> None:
        for owner, name in CALLS:
            setattr(owner, name, doomed(getattr(owner, name)))
        work()

    return ended(forked(child))


def test_a_kill_at_any_step_leaves_the_report_before_with_its_row_or_the_new_with_its_own(
    tmp_path: Path,
) -> None:
    seen = set()
    for step in range(100):
        place = tmp_path / str(step)
        folder = place / DAY
        publish(report_of(folder, "old"), folder, b"old rows")
        code = killed_before(
            step, lambda folder=folder: publish(report_of(folder, "new"), folder, b"new rows")
        )
        assert code in (0, 137)
        settle(place)
        assert sorted(p.name for p in place.iterdir()) == [DAY, snapshots.FILE]
        state = (folder / "report.json").read_text(), (place / snapshots.FILE).read_bytes()
        assert state in {("old", b"old rows"), ("new", b"new rows")}
        seen.add((code, state[0]))
        if code == 0:
            break
    assert seen == {(137, "old"), (137, "new"), (0, "new")}
    assert step > 5


def test_a_kill_while_a_killed_run_is_settled_is_settled_by_the_next(tmp_path: Path) -> None:
    for step in range(100):
        folder = tmp_path / str(step) / DAY
        publish(report_of(folder, "old"), folder, b"old rows")
        due = folder.with_name(f".{snapshots.FILE}-{DAY}-{'0' * 64}")  # its report never came to stand
        due.write_bytes(b"new rows")
        report_of(folder, "half")
        folder.rename(folder.with_name(f".{DAY}-old"))
        code = killed_before(step, lambda folder=folder: settle(folder.parent))
        settled(folder.parent)
        assert sorted(p.name for p in folder.parent.iterdir()) == [DAY, snapshots.FILE]
        assert (folder / "report.json").read_text() == "old"
        assert (folder.parent / snapshots.FILE).read_bytes() == b"old rows"
        if code == 0:
            break
    assert step > 2


def test_what_others_keep_in_the_folder_of_a_question_stays(tmp_path: Path) -> None:
    names = (".my-notes-new", ".budget-new.xlsx", f".{snapshots.FILE}-backup", ".note-old", f".{DAY}-new")
    folder = tmp_path / DAY
    publish(report_of(folder, "old"), folder, b"rows")
    for name in names:
        (tmp_path / name).write_text("mine")
    report_of(folder, "half")
    settled(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([DAY, snapshots.FILE, *names])


def test_a_replaced_report_that_cannot_be_deleted_neither_answers_nor_blocks_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    folder = tmp_path / DAY
    for text in ("first", "second", "third"):
        publish(report_of(folder, text), folder, b"rows")
    assert (folder / "report.json").read_text() == "third"
    assert days(tmp_path) == [folder]
    (folder / "report.json").unlink()
    settle(tmp_path)
    assert days(tmp_path) == []


@pytest.mark.parametrize("fixed", [DAY, "figures"])
def test_a_report_that_may_not_be_replaced_is_told_before_the_work(
    tmp_path: Path, fixed: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forecast.run.estimate", lambda *_: pytest.fail("worked"))
    kept = tmp_path / "reports/bac_ninh" / DAY / "figures"
    kept.mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda place, _: Path(place).name != fixed)
    assert main(["run", str(question(tmp_path / "q")), "--out", str(tmp_path / "reports")]) == 2
    told = capsys.readouterr().err
    assert f"{fixed}: is read-only or another's, so that no new report can take its place" in told


def test_what_fails_while_it_is_written_leaves_nothing(tmp_path: Path) -> None:
    def fails() -> None:
        with beside(tmp_path / "q" / DAY) as fresh:
            (fresh / "half").write_text("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fails()
    assert list((tmp_path / "q").iterdir()) == []


def write_one(monkeypatch: pytest.MonkeyPatch, reports: Path, outcome: Outcome) -> Callable[[], None]:
    """Writing a report of which only `report.json` is made."""

    def only_json(outcome: Outcome, fresh: Path, *_: object, **__: object) -> None:
        (fresh / "report.json").write_text(outcome.to_json(), encoding="utf-8")

    monkeypatch.setattr("forecast.report.write", only_json)
    monkeypatch.setattr("forecast.run.folder.asked", lambda _: "one question")
    asked = cast(Any, SimpleNamespace(config=SimpleNamespace(report=SimpleNamespace(formats=())), source=b""))
    return lambda: write(asked, outcome, {}, reports / outcome.as_of, ())


def test_runs_for_many_days_at_once_keep_every_row_and_runs_of_one_day_leave_one_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [f"2024-05-{day:02d}" for day in range(1, 16)]
    works = [
        write_one(monkeypatch, tmp_path, replace(sample.usual(), as_of=day))
        for day in [*days, days[3], days[3]]
    ]
    children = [forked(work) for work in works]
    assert [ended(child) for child in children] == [0] * 17
    assert [row.answer.as_of for row in snapshots.earlier(tmp_path, "2030-01-01")] == days
    assert sorted(p.name for p in tmp_path.iterdir()) == [*days, snapshots.FILE]


def test_pages_are_written_when_the_estimate_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Large:
        """An estimate."""

    outcome, held, seen = sample.usual(), [], []

    def answered(*_: object) -> tuple[Outcome, Large]:
        estimated = Large()
        held.append(weakref.ref(estimated))
        return outcome, estimated

    monkeypatch.setattr("forecast.run.answered", answered)
    monkeypatch.setattr("forecast.run.grounds", lambda *_: {"paths.parquet": b"rows"})
    monkeypatch.setattr("forecast.run.write", lambda *given: seen.append((held[0](), given[2])))
    answer(question(tmp_path / "q"), Options(out=tmp_path / "reports"))
    assert seen == [(None, {"paths.parquet": b"rows"})]


def test_the_lock_of_a_killed_run_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = write_one(monkeypatch, tmp_path / "q", sample.usual())
    assert killed_before(4, work) == 137
    monkeypatch.setattr("forecast.run.folder.WAIT", 0.0)
    work()
    assert len(snapshots.earlier(tmp_path / "q", "2030-01-01")) == 1


def test_a_file_in_the_place_of_a_report_is_told_and_left_alone(tmp_path: Path, capsys: Any) -> None:
    file = question(tmp_path / "q")
    taken = tmp_path / "reports/bac_ninh" / DAY
    taken.parent.mkdir(parents=True)
    taken.write_text("mine")
    assert main(["run", str(file), "--out", str(tmp_path / "reports")]) == 2
    assert f"{taken}: is a file where the report's folder belongs; move it away" in capsys.readouterr().err
    assert taken.read_text() == "mine"


@pytest.mark.parametrize("place", ["", "bac_ninh", f"bac_ninh/{DAY}"])
def test_a_link_that_leads_nowhere_is_told_before_the_work(
    tmp_path: Path, place: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forecast.run.estimate", lambda *_: pytest.fail("worked"))
    link = tmp_path / "reports" / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to("mars")
    assert main(["run", str(question(tmp_path / "q")), "--out", str(tmp_path / "reports")]) == 2
    told = capsys.readouterr().err
    assert f"{link} is a link that leads nowhere (to mars)" in told.replace(f"{link}: is", f"{link} is")
    assert "mend that link, or" in told


@pytest.mark.parametrize("place", ["small", "small-forecasts"])
def test_a_link_that_leads_nowhere_holds_no_backtest_nor_its_forecasts(
    tmp_path: Path, place: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forecast.run.backtest.panel", lambda *_: pytest.fail("worked"))
    config = tmp_path / "b.yaml"
    text = (REPO / "configs/backtest_small.yaml").read_text(encoding="utf-8")
    config.write_text(text.replace("name: backtest_small", "name: small"), encoding="utf-8")
    out = tmp_path / "reports"
    out.mkdir()
    for to in (out / place, tmp_path / "mars" / "deep"):
        (out / place).unlink(missing_ok=True)
        (out / place).symlink_to(to)
        assert main(["backtest", str(config), "--out", str(out)]) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"{out / place}: ")
        assert f"is a link that leads nowhere (to {to})" in told


def test_a_question_and_a_backtest_of_one_name_do_not_take_each_others_place(
    tmp_path: Path, capsys: Any
) -> None:
    out = tmp_path / "reports"
    (out / "bac_ninh").mkdir(parents=True)
    (out / "bac_ninh/summary.json").write_text("{}")
    assert main(["run", str(question(tmp_path / "q")), "--out", str(out)]) == 2
    assert "holds a backtest of this name; give the question another name" in capsys.readouterr().err
    (out / "backtest_small/2024-05-20").mkdir(parents=True)
    (out / "backtest_small/history.parquet").write_text("rows")
    before = hashes(out)
    config = tmp_path / "b.yaml"
    config.write_text((REPO / "configs/backtest_small.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["backtest", str(config), "--out", str(out)]) == 2
    assert "holds other files than a backtest's; give the backtest another name" in capsys.readouterr().err
    assert hashes(out) == before


def test_a_second_backtest_of_one_name_is_refused_while_the_first_is_at_work(
    tmp_path: Path, capsys: Any
) -> None:
    from forecast.errors import ConfigError
    from forecast.locking import locked

    with locked(tmp_path / "backtest_small", 0.0, ConfigError("held")):
        assert main(["backtest", str(REPO / "configs/backtest_small.yaml"), "--out", str(tmp_path)]) == 2
    assert "another backtest of this name is at work; wait for it" in capsys.readouterr().err
