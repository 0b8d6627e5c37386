"""A planner's round with a bulletin: check, ingest, run; and the same files named in a config."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from forecast import config, figures, series, tables
from forecast.cli import main
from forecast.config.files import files_in
from forecast.errors import DataError
from forecast.run.data import load
from forecast.vintages import Store

REPO = Path(__file__).parents[2]
BULLETIN = "bulletins/2024-05-30_ban_tin.xlsx"
HEAD = 'name: q\ntitle: {en: "Q", vi: "Q"}\n'


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Make the starter and stand in it."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "mine"]) == 0
    capsys.readouterr()
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


def test_check_shows_what_it_understood_and_stores_nothing(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", BULLETIN]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{BULLETIN}: 28 figures of 1 region, 2024-04 to 2024-05, published to 2024-05-30"
    assert lines[2].split() == ["total", "+4.89", "+13.11", "+27.11", "+0.16"]
    assert "account: 38 numbers: 28 values of 21 series, 10 numbers of another table" in lines
    assert lines[-1] == f"to store it: forecast ingest figures.duckdb {BULLETIN}"
    assert sorted(path.name for path in mine.iterdir()) == [
        "README.md", "bulletins", "data", "from_store.yaml", "question.yaml",
    ]  # fmt: skip


def test_the_command_that_check_prints_stores_it_and_says_what_is_new_and_revised(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", "figures.duckdb", "data/figures.csv", "bulletins"]) == 0
    first, second, *understood = capsys.readouterr().out.splitlines()
    assert first == "data/figures.csv: 222 new, 18 revised, 1 the same, 0 known before, 0 contradictions"
    assert second == f"{BULLETIN}: 25 new, 0 revised, 3 the same, 0 known before, 0 contradictions"
    assert understood[:2] == ["published 2024-05-30, by the file's name", "region bac_ninh, by the title"]
    known = Store("figures.duckdb").as_of("2024-05-30").set_index(["series", "period"])["value"]
    assert known["bac_ninh/total/mom_pct"].iloc[-1] == 13.11
    assert main(["ingest", "figures.duckdb", BULLETIN]) == 0
    again = capsys.readouterr().out.splitlines()
    assert again[0] == f"{BULLETIN}: 0 new, 0 revised, 0 the same, 28 known before, 0 contradictions"
    assert again[1:] == understood
    later = Path("bulletins", "2024-06-29_ban_tin.xlsx")
    later.write_bytes(Path(BULLETIN).read_bytes())
    assert main(["ingest", "figures.duckdb", str(later)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{later}: 0 new, 0 revised, 28 the same, 0 known before, 0 contradictions"
    assert "  bac_ninh/total: 0 new, 0 revised, 4 the same" in lines


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_stored(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bulletins", "2024-04-30_broken.xlsx").write_bytes(b"PK\x03\x04")
    assert main(["ingest", "figures.duckdb", "bulletins"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith(f"{BULLETIN}: 28 new, ")
    assert "2024-04-30_broken.xlsx" in err
    Path("empty").mkdir()
    assert main(["ingest", "figures.duckdb", "empty"]) == 2
    assert "empty: holds no file of data" in capsys.readouterr().err


@pytest.mark.slow
def test_the_round_answers(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", BULLETIN]) == 0
    assert main(["ingest", "figures.duckdb", "data/figures.csv", "bulletins"]) == 0
    capsys.readouterr()
    assert main(["run", "from_store.yaml", "--lang", "vi"]) == 0
    assert "mine_store as of 2024-05-31" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.documentation
def test_the_round_of_a_timer_answers_and_changes_nothing_without_news(mine: Path) -> None:
    text = re.sub(r"(?m)^as_of.*\n", "", Path("from_store.yaml").read_text(encoding="utf-8"))
    small = "horizon: 12\npaths: 200\ndraws: 20\nmodels: [random_walk_drift]\n"
    Path("from_store.yaml").write_text(text.replace("horizon: 36\n", small), encoding="utf-8")
    assert main(["ingest", "figures.duckdb", "data/figures.csv"]) == 0
    script = str(REPO / "docs" / "how_to" / "round.sh")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    command = ["sh", script, "from_store.yaml", "figures.duckdb", "bulletins"]
    written = []
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PATH": path})
        (report,) = Path("reports", "mine_store").glob("*/report.json")
        written.append((report.parent.name, report.read_bytes()))
    assert written[0][0] == "2026-06-30"  # the latest publication in the store
    assert written[0] == written[1]
    Path("bulletins", "2024-06-30_broken.xlsx").write_bytes(b"PK\x03\x04")
    assert (
        subprocess.run(command, check=False, capture_output=True, env={**os.environ, "PATH": path}).returncode
        == 2
    )


def test_a_config_takes_a_list_of_files_and_folders(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = "figures: [data/figures.csv, bulletins], region: bac_ninh"
    Path("q.yaml").write_text(f"{HEAD}target: {{{target}}}\n", encoding="utf-8")
    asked = config.read("q.yaml")
    assert [path.name for path in asked.files] == ["figures.csv", Path(BULLETIN).name]
    known = load(asked, "2024-05-31", show_outcome=False)
    of_store = figures.read_files(asked.files)
    assert len(of_store.table) == 241 + 28
    assert "mining" in set(known.figures.table["sector"])
    early = load(asked, "2024-05-20", show_outcome=False)  # the bulletin was not out yet
    assert set(early.figures.table["sector"]) == {"total"}
    Path("q.yaml").write_text(f"{HEAD}target: {{figures: nowhere, region: bac_ninh}}\n", encoding="utf-8")
    assert main(["check", "q.yaml"]) == 2
    assert "'nowhere' not found" in capsys.readouterr().err


def test_files_of_a_folder_that_are_not_read_are_named(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in (".hidden", "2024-04-30_ban_tin.pdf", "2024-03-31_ban_tin.docx"):
        Path("bulletins", name).write_bytes(b"a bulletin")
    said = "bulletins: not read, by their endings: 2024-03-31_ban_tin.docx, 2024-04-30_ban_tin.pdf; save a table as"
    assert main(["ingest", "figures.duckdb", "bulletins"]) == 0
    assert said in capsys.readouterr().out
    Path("q.yaml").write_text(f"{HEAD}target: {{figures: bulletins, region: bac_ninh}}\n", encoding="utf-8")
    known = load(config.read("q.yaml"), None, show_outcome=False)
    assert any(note.startswith(said) for note in known.figures.notes)
    for i in range(5):
        Path("bulletins", f"{i}.pdf").touch()
    assert main(["ingest", "figures.duckdb", "bulletins"]) == 0
    assert "2024-04-30_ban_tin.pdf and 2 more; save" in capsys.readouterr().out


def test_a_folder_of_the_office_s_own_formats_is_taken(tmp_path: Path) -> None:
    for name in ("a.px", "b.json", "c.CSV", "d.pdf"):
        (tmp_path / name).touch()
    assert [path.name for path in files_in(tmp_path)] == ["a.px", "b.json", "c.CSV"]


def test_levels_from_several_files_are_one_series_or_told_where_they_differ(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("month,iip\n2024-01,101.5\n2024-02,98.25\n2024-03,99.0\n", encoding="utf-8")
    second.write_text("month,iip\n2024-03,99.0\n2024-04,103.0\n2024-05,104.5\n", encoding="utf-8")
    whole = series.read_files([first, second])
    assert [str(month) for month in whole.index] == [f"2024-0{m}" for m in range(1, 6)]
    assert whole.tolist() == [101.5, 98.25, 99.0, 103.0, 104.5]
    second.write_text("month,iip\n2024-03,99.5\n2024-04,103.0\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"b\.csv: iip of 2024-03 is 99\.5, and 99 in a\.csv; name only the files"
    ):
        series.read_files([first, second])


def test_the_bulletin_of_the_starter_is_what_its_script_makes(tmp_path: Path) -> None:
    script = REPO / "docs" / "how_to" / "make_bulletin.py"
    spec = importlib.util.spec_from_file_location("make_bulletin", script)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    made.main(tmp_path / "b.xlsx")
    shipped = tables.sheets(REPO / "forecast" / "starter" / BULLETIN)
    again = tables.sheets(tmp_path / "b.xlsx")
    assert [(one.title, one.rows) for one in shipped] == [(one.title, one.rows) for one in again]
