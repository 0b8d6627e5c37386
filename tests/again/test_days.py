"""The newest report of a question is never passed over: it answers, or it is refused with its file."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from forecast.again.days import days
from forecast.checksums import SUMS, seal
from forecast.cli import main
from tests.again.folder_of import DAY, report_in

COMMANDS = (
    ("whatif", "made.yaml", "--slope", "2024-07:2"),
    ("needed", "made.yaml", "--year", "2024", "--growth", "6"),
)
NEXT = "2024-06-20"


@pytest.fixture
def question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports of a question, of which both would answer."""
    report_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    question = Path("reports/made")
    shutil.copytree(question / DAY, question / NEXT)
    told = question / NEXT / "report.json"
    told.write_text(told.read_text("utf-8").replace(DAY, NEXT), "utf-8")
    return question


def _gone(file: Path) -> None:
    file.unlink()


def _link(to: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        file.unlink()
        file.symlink_to(to)

    return change


def _pipe(file: Path) -> None:
    file.unlink(missing_ok=True)
    os.mkfifo(file)


@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        (_gone, "paths.parquet", "is not there"),
        (_link("mars"), "paths.parquet", "is a link that leads nowhere (to mars)"),
        (_link("paths.parquet"), "paths.parquet", "is a link that leads nowhere (to paths.parquet)"),
        (_pipe, "paths.parquet", "is a device or pipe"),
        (_gone, "report.json", "cannot be read (No such file or directory)"),
        (_pipe, "report.json", "is a device or pipe"),
        (_link("mars"), "manifest.json", "is a link that leads nowhere (to mars)"),
        (_pipe, "manifest.json", "is a device or pipe"),
        (_pipe, SUMS, "is a device or pipe"),
    ],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_newest_report_is_refused_and_no_older_one_answers(
    question: Path, change: Callable[[Path], None], name: str, said: str, command: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    change(question / NEXT / name)
    assert main([*command]) == 2
    assert capsys.readouterr().err == f"{question / NEXT / name}: {said}; run the question again\n"
    assert main([*command, "--as-of", DAY]) == 0


@pytest.mark.parametrize("left", ["report.json", "manifest.json", SUMS, "desk.en.html", "fan.csv"])
def test_a_day_that_holds_any_part_of_a_report_counts(
    question: Path, left: str, capsys: pytest.CaptureFixture[str]
) -> None:
    last = question / "2024-07-20"
    last.mkdir()
    (last / ".DS_Store").touch()
    assert days(question) == [question / DAY, question / NEXT]
    (last / left).write_text("{}")
    assert main([*COMMANDS[0]]) == 2
    assert capsys.readouterr().err.startswith(f"{last}")


def test_a_day_that_is_a_link_to_nowhere_is_the_newest_and_told(
    question: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = question / "2024-07-20"
    last.symlink_to("/mars/2024-07-20")
    for command in COMMANDS:
        assert main([*command]) == 2
        said = f"{last}: is a link that leads nowhere (to /mars/2024-07-20); mend that link, or remove it\n"
        assert capsys.readouterr().err == said
    shutil.rmtree(question)
    question.parent.joinpath("made").symlink_to("mars")
    assert main([*COMMANDS[0]]) == 2
    assert f"{question}: is a link that leads nowhere (to mars)" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_killed_run_moved_aside_answers_as_the_report_of_its_day(
    question: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    aside = question / f".{NEXT}-old"
    (question / NEXT).rename(aside)
    assert main([*command]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{aside}: 2024-04 is the last month known\n")
    assert (
        f"{aside} was moved aside by a run that was killed; the next run of the question puts it back" in out
    )
    assert main([*command, "--as-of", NEXT]) == 0
    shutil.copytree(aside, question / NEXT)
    capsys.readouterr()
    assert main([*command]) == 0
    assert capsys.readouterr().out.startswith(f"{question / NEXT}: ")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_report_whose_checksums_are_gone_is_believed_only_of_a_version_without(
    question: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    day = question / NEXT
    whole = {name: json.loads((day / name).read_text("utf-8")) for name in ("report.json", "manifest.json")}
    for version, code in (("0.1.0", 0), ("1.0.0", 2)):
        versions = {"versions": {"iip-forecast": version}}
        for name, more in (("report.json", {"stamp": versions}), ("manifest.json", versions)):
            (day / name).write_text(json.dumps({**whole[name], **more}), "utf-8")
        assert main([*command]) == code
    said = f"{day / SUMS}: is not there, and version 1.0.0 writes it; run the question again\n"
    assert capsys.readouterr().err == said
    (day / "report.json").write_text(json.dumps(whole["report.json"]), "utf-8")
    assert main([*command]) == 2  # its manifest still says so
    seal(day)
    assert main([*command]) == 0
