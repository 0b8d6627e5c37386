"""A report takes the place of the one before it in a folder: whole, or not at all, and no file of the user's goes."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from forecast import report
from forecast.checksums import SUMS, seal
from forecast.errors import ConfigError, DataError
from tests.report import sample


def held(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A folder with a report in two languages, with scenarios, beside files of the user's."""
    out = tmp_path / "out"
    report.write(sample.what_if(), out, ["en", "vi"], ["html"])
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "figures/mine.en.svg").write_text("mine", encoding="utf-8")
    (out / "needed.xlsx").write_text("mine", encoding="utf-8")
    return out


def test_files_of_the_answer_before_do_not_stay_beside_the_new_ones(before: Path) -> None:
    assert {"scenarios.csv", "report.vi.html", "figures/scenarios.en.svg"} <= set(held(before))
    without = replace(sample.what_if(), scenarios=())
    written = report.write(without, before, ["en"], ["html"])
    names = {file.relative_to(before).as_posix() for file in written}
    assert "scenarios.csv" not in names
    assert set(held(before)) == names | {SUMS, "notes.txt", "figures/mine.en.svg", "needed.xlsx"}
    report.write(without, before.parent / "fresh", ["en"], ["html"])
    fresh = held(before.parent / "fresh")
    assert {name: held(before)[name] for name in fresh} == fresh
    sums = (before / SUMS).read_text(encoding="utf-8").splitlines()
    assert {line.partition("  ")[2] for line in sums} == names


def test_a_report_without_pictures_leaves_no_empty_folder_of_them(tmp_path: Path) -> None:
    report.write(sample.what_if(), tmp_path, ["en"], [])
    report.write(sample.what_if(), tmp_path, [], [])
    assert not (tmp_path / "figures").exists()


@pytest.mark.parametrize("fails_at", [1, 6, 14, 20])
def test_a_failure_leaves_the_report_before_whole(
    before: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    was, real, moves = held(before), Path.rename, iter(range(1, 1000))

    def failing(self: Path, target: Path) -> Path:
        if next(moves) == fails_at:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(KeyboardInterrupt):
        report.write(replace(sample.what_if(), scenarios=()), before, ["en"], ["html"])
    assert held(before) == was
    assert not list(before.glob(".*"))


def test_a_page_that_cannot_be_made_touches_nothing(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    was = held(before)

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left on device"):
        report.write(sample.what_if(), before, ["en"], ["html"])
    assert held(before) == was


def test_a_file_that_was_changed_since_is_not_taken_away(before: Path) -> None:
    (before / "report.vi.html").write_text("with my remarks", encoding="utf-8")
    was = held(before)
    with pytest.raises(
        DataError, match=r"report\.vi\.html: has been changed .*; move it away, or write to another"
    ):
        report.write(sample.what_if(), before, ["en"], ["html"])
    assert held(before) == was
    (before / "report.vi.html").rename(before / "mine.html")
    report.write(sample.what_if(), before, ["en"], ["html"])
    assert (before / "mine.html").read_text(encoding="utf-8") == "with my remarks"


def test_the_folder_of_a_run_or_of_other_files_is_not_written_to(before: Path, tmp_path: Path) -> None:
    seal(before)  # of all files, as a run's
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "fan.csv").write_text("mine", encoding="utf-8")
    seal(mine)
    for out in (before, mine):
        was = held(out)
        with pytest.raises(
            ConfigError, match="holds the SHA256SUMS of a run or of other files.*; name another folder"
        ):
            report.write(sample.what_if(), out, ["en"], ["html"])
        assert held(out) == was


def test_a_place_that_is_no_folder_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "compose", None)
    file = tmp_path / "a.py"
    file.write_text("mine", encoding="utf-8")
    for out in (file, file / "below"):
        with pytest.raises(ConfigError, match=r"out: .*a\.py is a file; name a folder"):
            report.write(sample.what_if(), out, ["en"], ["html"])
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    with pytest.raises(ConfigError, match="out: .*is a link that leads nowhere"):
        report.write(sample.what_if(), tmp_path / "link", ["en"], ["html"])
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_word_in_place_of_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r'report\.languages: "en" is one word, not a list; write \["en"\]'):
        report.write(sample.what_if(), tmp_path, "en", ["html"])
    with pytest.raises(
        ConfigError, match=r'report\.formats: "html" is one word, not a list; write \["html"\]'
    ):
        report.write(sample.what_if(), tmp_path, ["en"], "html")


def test_threads_that_write_to_one_folder_take_turns(tmp_path: Path) -> None:
    outcomes = [sample.what_if(), replace(sample.what_if(), scenarios=())] * 4
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda of: report.write(of, tmp_path, [], []), outcomes))
    names = {line.partition("  ")[2] for line in (tmp_path / SUMS).read_text(encoding="utf-8").splitlines()}
    assert set(held(tmp_path)) == names | {SUMS}
    assert names in [{file.name for file in files} for files in done]


def test_a_folder_of_the_user_s_under_the_name_of_a_file_is_not_moved(tmp_path: Path) -> None:
    (tmp_path / "fan.csv").mkdir()
    (tmp_path / "fan.csv/mine").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"fan\.csv is a folder where a file of the report belongs"):
        report.write(sample.what_if(), tmp_path, [], [])
    assert set(os.listdir(tmp_path)) == {"fan.csv"}
