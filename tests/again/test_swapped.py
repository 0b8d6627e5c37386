"""A report that a run replaces while it is read answers as the one or the other, never as half of each."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from forecast.again import days, folder
from forecast.again.days import aside
from forecast.checksums import SUMS, seal
from forecast.cli import main
from forecast.paths import PAST_MONTHS
from tests.again.folder_of import DAY, report_in

COMMANDS = (
    ("whatif", "made.yaml", "--slope", "2024-07:2"),
    ("needed", "made.yaml", "--year", "2024", "--growth", "6"),
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    report_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    place = Path("reports/made") / DAY
    seal(place)
    return place


def other(place: Path) -> Path:
    """Another report of the same day, of which every file that is read holds something else."""
    fresh = place.with_name(f".{DAY}-new-1")
    shutil.copytree(place, fresh)
    told = json.loads((fresh / "report.json").read_text("utf-8"))
    told["rule"]["window"] += 3
    for row in told["history"]:
        row["level"] *= 1.02
    (fresh / "report.json").write_text(json.dumps(told), "utf-8")
    for name in ("paths.parquet", "sectors.parquet"):
        table = pd.read_parquet(fresh / name)
        months = table.columns[table.columns.str.match(r"\d{4}-")]
        table.loc[table["kind"] == "path", months[PAST_MONTHS:]] *= 1.02
        table.to_parquet(fresh / name, index=False)
    seal(fresh)
    return fresh


def swapped_before(name: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let another report take the place just before a part is read for the first time."""
    real: Callable[..., Any] = getattr(folder, name)
    swaps: list[int] = []

    def read(*args: Any) -> Any:
        if not swaps:
            swaps.append(1)
            fresh = other(place)
            place.rename(aside(place))
            fresh.rename(place)
            shutil.rmtree(aside(place))
        return real(*args)

    monkeypatch.setattr(folder, name, read)
    return swaps


@pytest.mark.parametrize("checked", [True, False])
@pytest.mark.parametrize(
    ("command", "name"),
    [(COMMANDS[0], "read_paths"), (COMMANDS[1], "read_paths"), (COMMANDS[1], "read_sectors")],
)
def test_one_report_answers_and_not_half_of_two(
    place: Path, command: tuple[str, ...], name: str, checked: bool, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if not checked:
        (place / SUMS).unlink()  # as of a version that wrote none
    assert main([*command]) == 0
    before = capsys.readouterr().out
    swaps = swapped_before(name, place, monkeypatch)
    assert main([*command]) == 0
    during = capsys.readouterr().out
    assert main([*command]) == 0
    assert (during, swaps) == (capsys.readouterr().out, [1])
    assert during != before


def test_a_report_that_steps_aside_as_the_days_are_listed_is_not_passed_over(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    older = place.with_name("2024-04-20")
    shutil.copytree(place, older)
    told = (older / "report.json").read_text("utf-8").replace(DAY, older.name)
    (older / "report.json").write_text(told, "utf-8")
    seal(older)
    real, listed = os.listdir, list[str]()

    def listdir(folder: Path) -> list[str]:
        listed.append(Path(folder).name)
        if listed.count(DAY) == 1 and Path(folder).name == DAY:
            place.rename(aside(place))
        elif listed.count(aside(place).name) == 1 and Path(folder).name == aside(place).name:
            found = real(folder)
            aside(place).rename(place)
            return found
        return real(folder)

    monkeypatch.setattr(days.os, "listdir", listdir)
    assert main([*COMMANDS[0]]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{place}: ")
    assert "moved aside" not in out
    assert aside(place).name in listed
