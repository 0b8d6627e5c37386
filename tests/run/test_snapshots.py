"""What each report answered is kept, replaced on its own day, and seen by later reports alone."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from forecast import config
from forecast.cli import main
from forecast.errors import ConfigError
from forecast.outcome import Outcome, Snapshot
from forecast.run import _since, run, snapshots, write_index
from forecast.run.folder import replace_bytes
from tests.report import sample
from tests.run.test_run import hashes, question


def keep(question: Path, outcome: Outcome) -> None:
    replace_bytes(question / snapshots.FILE, snapshots.kept(question, outcome))


def answers(question: Path, as_of: str) -> tuple[Snapshot, ...]:
    return tuple(row.answer for row in snapshots.earlier(question, as_of))


def test_an_earlier_report_goes_before_the_day_of_the_config_where_another_date_is_asked(
    tmp_path: Path,
) -> None:
    asked = config.read(question(tmp_path / "q"))
    assert asked.config.report.since == "2024-04-10"
    before, day = (sample.usual().snapshot(),), pd.Timestamp("2024-04-10")
    assert _since(asked, before, None) == _since(asked, (), None) == _since(asked, (), "2024-05-31") == day
    assert _since(asked, before, "2024-05-31") == pd.Timestamp(sample.usual().as_of)
    assert _since(asked, (), "2024-03-31") is None


@pytest.mark.slow
def test_a_report_knows_what_earlier_ones_answered_and_nothing_of_later_ones(tmp_path: Path) -> None:
    file, out = question(tmp_path / "q"), tmp_path / "reports"
    alone = run(file, "2024-02-29", out)
    before = hashes(out / "bac_ninh/2024-02-29")
    later = run(file, "2024-04-30", out)
    assert alone.snapshots == ()
    assert later.snapshots == (alone.snapshot(),)
    assert later.changes is not None
    assert later.changes.since == "2024-02-29"
    again = run(file, "2024-02-29", out)  # a later report is there by now
    assert again.snapshots == ()
    assert hashes(out / "bac_ninh/2024-02-29") == before
    kept = pd.read_parquet(out / "bac_ninh" / snapshots.FILE)
    assert kept["as_of"].tolist() == ["2024-02-29", "2024-04-30"]
    assert kept["config_sha256"].tolist() == [hashlib.sha256(file.read_bytes()).hexdigest()] * 2
    assert kept["data_sha256"].nunique() == 2


def test_an_answer_comes_back_as_it_was_kept_months_beyond_the_horizon_too(tmp_path: Path) -> None:
    first = replace(sample.hopeless(), as_of="2024-03-31")
    second = replace(sample.usual(), as_of="2024-04-30")
    third = replace(sample.no_slump(), as_of="2024-05-31")
    for outcome in (third, first, second):
        keep(tmp_path, outcome)
    assert answers(tmp_path, "2024-06-01") == (
        first.snapshot(), second.snapshot(), third.snapshot()
    )  # fmt: skip
    assert answers(tmp_path, "2024-04-30") == (first.snapshot(),)
    changed = replace(sample.already_back(), as_of="2024-04-30")
    keep(tmp_path, changed)
    assert answers(tmp_path, "2024-06-01")[1] == changed.snapshot()


def test_a_history_that_is_none_is_told_before_any_work_and_left_as_it_is(tmp_path: Path, capsys) -> None:
    file, out = question(tmp_path / "q"), tmp_path / "reports"
    (out / "bac_ninh").mkdir(parents=True)
    broken = out / "bac_ninh" / snapshots.FILE
    broken.write_text("not a table")
    assert main(["run", str(file), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert f"{broken}: not a history of reports" in said
    assert "move it away to begin a new one" in said
    assert hashes(out) == {f"bac_ninh/{snapshots.FILE}": hashlib.sha256(b"not a table").hexdigest()}


def test_a_history_without_a_column_says_which(tmp_path: Path) -> None:
    keep(tmp_path, sample.usual())
    file = tmp_path / snapshots.FILE
    pd.read_parquet(file).drop(columns=["median", "seed"]).to_parquet(file)
    with pytest.raises(ConfigError, match=r"history.parquet: median, seed missing; move it away"):
        snapshots.earlier(tmp_path, "2024-06-01")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("as_of", pd.Timestamp("2024-03-31")),
        ("origin", None),
        ("median", "soon"),
        ("p_within_12", "0.44"),
        ("p_within_12", float("nan")),
        ("p_within_12", 5.03e305),
        ("p_within_12", 1.01),
        ("p_already_back", -0.01),
        ("seed", "1"),
    ],
)
def test_a_history_with_cells_of_another_kind_says_where(tmp_path: Path, column: str, cell: object) -> None:
    keep(tmp_path, sample.usual())
    file = tmp_path / snapshots.FILE
    pd.read_parquet(file).assign(**{column: [cell]}).to_parquet(file)
    with pytest.raises(ConfigError, match=rf"what stands under {column} no report has written; move it away"):
        snapshots.check(tmp_path)


def test_a_flipped_bit_of_a_history_is_seen(tmp_path: Path) -> None:
    keep(tmp_path, sample.usual())
    file = tmp_path / snapshots.FILE
    whole = file.read_bytes()
    day = whole.index(sample.usual().as_of.encode())
    file.write_bytes(whole[:day] + bytes([whole[day] ^ 1]) + whole[day + 1 :])
    with pytest.raises(ConfigError, match="not a history of reports"):
        snapshots.check(tmp_path)


def test_a_history_with_a_day_twice_is_none(tmp_path: Path) -> None:
    keep(tmp_path, sample.usual())
    file = tmp_path / snapshots.FILE
    table = pd.read_parquet(file)
    pd.concat([table, table], ignore_index=True).to_parquet(file)
    with pytest.raises(ConfigError, match="what stands under as_of no report has written"):
        snapshots.check(tmp_path)


def test_a_file_is_on_the_disk_in_whole_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, handed = tmp_path / "file", []
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", lambda of: handed.append((os.fstat(of).st_size, file.read_bytes())))
    replace_bytes(file, b"newer")
    assert handed == [(5, b"old")]
    assert file.read_bytes() == b"newer"


def test_a_history_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, sample.usual())
    before = hashes(tmp_path)

    def full(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        keep(tmp_path, replace(sample.usual(), as_of="2024-07-01"))
    monkeypatch.undo()
    assert answers(tmp_path, "2030-01-01") == (sample.usual().snapshot(),)
    assert before[snapshots.FILE] == hashes(tmp_path)[snapshots.FILE]


def test_the_index_is_written_in_the_languages_of_the_reports(tmp_path: Path) -> None:
    outcome = sample.usual()
    for name, code in (("one", "en"), ("two", "vi")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"report.{code}.html").write_text("")
    found = [(outcome, tmp_path / "one")]
    assert [file.name for file in write_index(found, tmp_path, ())] == ["index.en.html"]
    both = [*found, (outcome, tmp_path / "two")]
    assert [file.name for file in write_index(both, tmp_path, ())] == ["index.en.html", "index.vi.html"]
    assert [file.name for file in write_index(both, tmp_path, ("vi",))] == ["index.vi.html"]


def test_a_history_that_is_a_pipe_or_leads_nowhere_is_refused_and_not_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / snapshots.FILE
    for make, said in (
        (lambda: os.mkfifo(file), "is a device or pipe"),
        (lambda: file.symlink_to("mars"), r"is a link that leads nowhere \(to mars\)"),
    ):
        make()
        with pytest.raises(ConfigError, match=rf"{snapshots.FILE}: {said}; move it away to begin a new"):
            snapshots.check(tmp_path)
        file.unlink()
