"""A report that is damaged, or that no run wrote, is refused with its file; nothing is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast.again.kept import read_paths, read_sectors
from forecast.checksums import seal
from forecast.cli import main
from forecast.errors import DataError
from tests.again.folder_of import DAY, report_in
from tests.test_needed import GROUNDS

WHATIF = ("whatif", "made.yaml", "--slope", "2024-07:2")
NEEDED = ("needed", "made.yaml", "--year", "2024", "--growth", "6")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_in(tmp_path_factory.mktemp("whole")).parent


@pytest.fixture
def day(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return Path("reports/made") / DAY


def refused(capsys: pytest.CaptureFixture[str], command: tuple[str, ...] = WHATIF) -> str:
    assert main([*command]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    return line


def _set(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Put a value under a key such as rule.window."""

    def change(told: dict[str, Any]) -> None:
        *outer, last = key.split(".")
        for name in outer:
            told = told[name]
        told[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda told: told.pop("rule"), "KeyError: 'rule'"),
        (_set("horizon", "24"), "ValueError: a window, hold or horizon is a whole number from 1 to 10000"),
        (_set("rule.window", True), "ValueError: a window, hold or horizon is a whole number from 1 to 12"),
        (_set("rule.hold", 7), "ValueError: a window, hold or horizon is a whole number from 1 to 6"),
        (_set("rule.threshold_pct", float("nan")), "ValueError: a threshold is a number between 0 and 100"),
        (_set("origin", "2024-03"), "ValueError: its months are not those of its paths"),
        (_set("slump.start", "9999-12"), "ValueError: its months are not those of its paths"),
        (_set("normal.kind", "same_month"), "ValueError: its normal or horizon is not that of its paths"),
        (_set("horizon", 28), "ValueError: its normal or horizon is not that of its paths"),
        (lambda told: told["history"].pop(3), "ValueError: months of its history do not follow each other"),
        (
            lambda told: told["history"][3].update(level=-1),
            "ValueError: a level of its history is no number above zero",
        ),
    ],
)
def test_a_report_that_says_what_none_says_is_refused(
    change: Callable[[dict[str, Any]], None], why: str, day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = day / "report.json"
    told = json.loads(file.read_text("utf-8"))
    change(told)
    file.write_text(json.dumps(told), "utf-8")
    assert refused(capsys) == f"{file}: is not as a run writes it ({why}); run the question again"


@pytest.mark.parametrize("name", ["report.json", "manifest.json"])
def test_json_that_is_none_is_refused(name: str, day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = day / name
    whole = file.read_text("utf-8")
    for content, why in (
        (whole[:-5], f"{file}: is no JSON (JSONDecodeError: "),
        ("[" * 100_000, f"{file}: is no JSON (RecursionError: "),
        ("[1]", f"{file}: holds no JSON object; run the question again"),
        (None, f"{file}: cannot be read (No such file or directory); run the question again"),
    ):
        file.unlink() if content is None else file.write_text(content, "utf-8")
        assert refused(capsys).startswith(why)


def test_a_report_larger_than_any_is_not_read(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (day / "report.json").open("wb") as file:
        file.truncate(3_000_000_000)
    assert refused(capsys) == f"{day / 'report.json'}: is larger than any report; run the question again"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda table: table.assign(**{"2024-05": np.nan}), "a level of it is no number above zero"),
        (lambda table: table.assign(**{"2024-05": 0.0}), "a level of it is no number above zero"),
        (lambda table: table.assign(**{"2024-05": "x"}), "a column of it is no month with levels"),
        (lambda table: table.drop(columns="2024-05"), "its months do not follow each other"),
        (lambda table: table.rename(columns={"2024-05": "2031-07"}), "its months do not follow each other"),
        (
            lambda table: table.rename(columns={"2024-05": "2024-13"}),
            "a column of it is no month with levels",
        ),
        (lambda table: table.drop(columns="draw"), "it does not hold kind, model, draw, weight and months"),
        (lambda table: table[table["kind"] == "path"], "it holds no normal for every path"),
        (lambda table: table.iloc[:-1], "it holds no normal for every path"),
        (
            lambda table: table[table["kind"] == "normal"],
            "it holds no path, or other rows than of path and normal",
        ),
        (lambda table: table.assign(weight=0.0), "its weights or draws are none"),
        (
            lambda table: table.assign(weight=table["weight"].where(table.index > 0, -1e-9)),
            "its weights or draws are none",
        ),
        (lambda table: table.assign(draw=0.5), "its weights or draws are none"),
        (lambda table: table.assign(draw="x"), "draw is no number in every row"),
    ],
)
def test_paths_that_no_run_wrote_are_refused(
    change: Callable[[pd.DataFrame], pd.DataFrame], why: str, day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = day / "paths.parquet"
    change(pd.read_parquet(file)).to_parquet(file, index=False)
    assert refused(capsys) == f"{file}: is not as a run writes it: {why}; run the question again"


def test_a_flipped_bit_among_the_paths_is_seen(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = day / "paths.parquet"
    whole = file.read_bytes()
    content = bytearray(whole)
    content[len(content) // 3] ^= 4
    file.write_bytes(content)
    assert refused(capsys) == f"{file}: is damaged or no Parquet; run the question again"
    file.write_bytes(whole)
    assert main([*WHATIF]) == 0


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("report.json", b'"threshold_pct": 7.5', b'"threshold_pct": 9.5'),
        ("manifest.json", b"2009-09", b"2009-08"),
    ],
)
def test_a_changed_digit_of_what_stays_a_report_is_seen(
    name: str, before: bytes, after: bytes, day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal(day)
    assert main([*WHATIF]) == 0
    file, content = day / name, (day / name).read_bytes()
    assert before in content
    file.write_bytes(content.replace(before, after, 1))
    capsys.readouterr()
    said = refused(capsys)
    assert said.startswith(f"{file}: has been changed since it was written")
    assert said.endswith("run the question again")


def test_paths_that_another_program_wrote_anew_are_seen(
    day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal(day)
    file = day / "paths.parquet"
    pd.read_parquet(file).to_parquet(file, index=False)
    said = refused(capsys)
    assert said.startswith(f"{file}: has been changed since it was written")
    assert said.endswith("run the question again")


def test_sectors_that_are_gone_or_of_another_report_are_refused(
    day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = day / "sectors.parquet"
    table = pd.read_parquet(file)
    assert main([*NEEDED]) == 0
    assert "steel, " in capsys.readouterr().out
    table.iloc[1:].to_parquet(file, index=False)
    why = "it holds other paths than the report's"
    assert refused(capsys, NEEDED) == f"{file}: is not as a run writes it: {why}; run the question again"
    table.drop(columns="2022-05").to_parquet(file, index=False)
    with pytest.raises(DataError, match="its months are not those of the paths"):
        read_sectors(file, read_paths(day / "paths.parquet")[0])
    file.unlink()
    assert refused(capsys, NEEDED) == f"{file}: is not there, and the report told of sectors; run it again"


def test_paths_come_back_as_they_were_written(day: Path) -> None:
    paths, normals = read_paths(day / "paths.parquet")
    assert abs(paths.values / GROUNDS.paths.values - 1).max() < 1e-6
    assert (paths.model == GROUNDS.paths.model).all()
    assert list(normals) == list(GROUNDS.normals)


def test_a_year_that_no_calendar_has_and_a_name_that_is_taken_are_refused(
    day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Path("made.yaml")
    before = config.read_bytes()
    assert refused(capsys, (*WHATIF, "--year=-1=5")) == '--year "-1=5": years lie in 1700 to 2199'
    said = "made.yaml: scenarios: baseline is what the others are compared with; give another name"
    assert refused(capsys, (*WHATIF, "--save", "baseline")) == said
    config.write_text(
        config.read_text("utf-8").replace("scenarios: # compared\n  - {name: baseline}", "scenarios: x")
    )
    said = "made.yaml: scenarios: is no list; write its entries as a list of lines"
    spoilt = config.read_bytes()
    assert refused(capsys, (*WHATIF, "--save", "mine")) == said
    assert config.read_bytes() == spoilt != before
    assert [file.name for file in Path().glob(".made*")] == [".made.yaml.lock"]
