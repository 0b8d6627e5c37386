"""What stands at a place: something, nothing, a link to nothing, a pipe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forecast import config, figures, series
from forecast.cli import main
from forecast.errors import ConfigError, DataError
from forecast.places import fault, held, led_to, misnamed, nowhere, there


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, to in (
        ("good", "file"), ("away", "folder"), ("gone", "x/y"), ("loop", "loop"), ("by_gone", "gone"), ("round", "turn"),
        ("turn", "round"),
    ):  # fmt: skip
        (tmp_path / name).symlink_to(to)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file", ""), ("folder", ""), ("good", ""), ("away", ""), ("away/new", ""), ("nothing", ""),
        ("nothing/deep", ""), ("a" * 5000, ""), ("x\0y", ""),
        ("gone", "is a link that leads nowhere (to x/y)"), ("loop", "is a link that leads nowhere (to loop)"),
        ("by_gone", "is a link that leads nowhere (to gone)"), ("round", "is a link that leads nowhere (to turn)"),
        ("gone/a/b", "{}/gone is a link that leads nowhere (to x/y)"),
        ("loop/a", "{}/loop is a link that leads nowhere (to loop)"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_told_from_what_is_there_or_may_be_made(
    place: Path, name: str, said: str
) -> None:
    assert nowhere(place / name) == fault(place / name) == said.format(place)
    assert there(place / name) == (name in ("file", "folder", "good", "away"))


def test_a_pipe_and_a_device_are_no_files(place: Path) -> None:
    assert fault(place / "pipe") == fault(Path("/dev/null")) == "is a device or pipe"
    assert nowhere(place / "pipe") == ""


def test_a_link_is_followed_to_what_it_names_also_where_that_is_still_to_be_made(place: Path) -> None:
    assert led_to(place / "good") == (place / "file").resolve()
    assert led_to(place / "by_gone") == (place / "x/y").resolve()
    assert led_to(Path("file")) == Path("file")
    for name, to in (("loop", "loop"), ("round", "turn")):
        with pytest.raises(DataError) as refused:
            led_to(place / name)
        said = f"{place / name}: is a link that leads nowhere (to {to}); name the file itself"
        assert refused.value.problems == (said,)


def test_what_a_folder_holds_is_sorted_and_one_that_may_not_be_read_is_no_empty_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held(place) == sorted(place.iterdir())
    assert held(place / "nothing") == held(place / "file") == held(place / "gone") == []

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(PermissionError):
        held(place)


MISNAMED = "caf\udce9/x.yaml"
"""A name of bytes that are no UTF-8, as Python hands it on."""


@pytest.mark.parametrize(
    "line",
    [
        ["run", MISNAMED], ["run", "x.yaml", "--out", MISNAMED], ["check", MISNAMED], ["nowcast", MISNAMED],
        ["backtest", MISNAMED], ["ingest", "x.duckdb", MISNAMED, "--published", "2024-05"],
        ["reconstruct", MISNAMED, "--region", "vn", "--sector", "total"], ["init", "caf\udce9"],
    ],
)  # fmt: skip
def test_a_name_that_is_not_utf_8_is_refused_in_words(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line) == 2
    assert r"caf\udce9" in (said := capsys.readouterr().err)
    assert said.endswith(": its name, or one of its folders, is not UTF-8; rename it\n")


def test_what_reads_a_file_refuses_such_a_name_too(tmp_path: Path) -> None:
    os.makedirs(folder := tmp_path / "caf\udce9")
    (folder / "x.csv").write_text("month,IIP\n2024-01,1.5\n")
    (folder / "x.yaml").write_text("name: x\n")
    for read in (series.read, figures.read):
        with pytest.raises(
            DataError, match=r"caf\\udce9/x.csv: its name, or one of its folders, is not UTF-8"
        ):
            read(folder / "x.csv")
    with pytest.raises(
        ConfigError, match=r"caf\\udce9/x.yaml: its name, or one of its folders, is not UTF-8"
    ):
        config.read(folder / "x.yaml")


def test_names_of_other_scripts_are_utf_8() -> None:
    assert misnamed("Bắc Ninh/số liệu.csv") == misnamed(Path("х/表.xlsx")) == ""
