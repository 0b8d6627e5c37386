import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pytest

from forecast import config, figures, series
from forecast.cli import main
from forecast.config import Question
from forecast.errors import ConfigError, DataError, FitError, ForecastError
from forecast.estimate import FigureData
from forecast.figures import Figures
from forecast.report.words import LANGUAGES
from forecast.run import Options, questions_among, run, run_all
from forecast.run.data import load
from forecast.run.folder import restore, swap
from forecast.tables import Layout

REPO = Path(__file__).parents[2]
SMALL = "paths: 400\ndraws: 20\nhorizon: 12\nmodels: [noisy_walk, random_walk_drift_block]\n"
LATER = "2024-05-20"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORECAST_DATA", raising=False)


def question(folder: Path, *, poison: str | None = None) -> Path:
    """A small question on the Bắc Ninh figures, in a folder of its own; `poison` overwrites every later value."""
    (folder / "data").mkdir(parents=True)
    source = REPO / "configs/data/vietnam_published_figures.csv"
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    value, published = rows[0].index("value"), rows[0].index("published")
    for row in rows[1:]:
        if poison is not None and (row[published] > LATER or row[published] == LATER[:7]):
            row[value] = poison
    with (folder / "data/figures.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    text = (REPO / "configs/bac_ninh.yaml").read_text(encoding="utf-8")
    text = text.replace("data/vietnam_published_figures.csv", "data/figures.csv").replace("horizon: 36\n", "")
    lines = [line for line in text.splitlines() if not line.startswith("models:")]
    file = folder / "bac_ninh.yaml"
    file.write_text("\n".join(lines) + "\n" + SMALL, encoding="utf-8")
    return file


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.mark.slow
@pytest.mark.usefixtures("alone")
def test_a_run_writes_twice_the_same_bytes(tmp_path: Path):
    file = question(tmp_path / "q")
    run(file, out=tmp_path / "one")
    run(file, out=tmp_path / "two")
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


@pytest.mark.always
def test_a_run_writes_everything(tmp_path: Path):
    file = question(tmp_path / "q")
    half = (
        tmp_path / "one/bac_ninh/.2024-05-20-new-0123456789abcdef"
    )  # what a run killed while it wrote had left
    half.mkdir(parents=True)
    (half / "report.json").write_text("half")
    outcome = run(file, out=tmp_path / "one")
    one = hashes(tmp_path / "one")
    here = "bac_ninh/2024-05-20/"
    for name in ("report.en.pdf", "report.vi.pdf", "report.json", "paths.parquet", "fan.csv", "recovery.csv"):
        assert here + name in one
    assert here + "manifest.json" in one
    assert any(name.startswith(here + "figures/") and name.endswith(".svg") for name in one)
    assert [p.name for p in (tmp_path / "one/bac_ninh").iterdir() if p.name.startswith(".")] == []
    report = json.loads((tmp_path / "one" / here / "report.json").read_text(encoding="utf-8"))
    assert report["origin"] == str(outcome.origin) == "2024-04"
    assert str(tmp_path) not in json.dumps(report)
    keys = {"median", "median_after", "p_already_back", "p_within_12", "p_not_within_horizon", "p_relapse"}
    baseline = report["recovery"]["baseline"]
    assert keys | {"p_trough_passed", "distribution"} <= baseline.keys()
    assert baseline["trough"]["p_already"] == baseline["p_trough_passed"]
    assert baseline["trough"].keys() == baseline["old_trend"].keys()
    manifest = json.loads((tmp_path / "one" / here / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["seed"] == 20240520
    assert manifest["config"] == file.read_text(encoding="utf-8")
    assert manifest["config_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.slow
@pytest.mark.poison
@pytest.mark.parametrize("poison", ["-77.7", "9999999", "nonsense, 6,25"])
def test_later_figures_turned_into_nonsense_move_no_number(tmp_path: Path, poison: str):
    run(question(tmp_path / "clean"), "2024-05-20", tmp_path / "one")
    run(question(tmp_path / "poisoned", poison=poison), "2024-05-20", tmp_path / "two")
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


@pytest.mark.slow
def test_showing_the_outcome_changes_one_block_only(tmp_path: Path):
    config = REPO / "configs/euro_electrical.yaml"
    small = tmp_path / "euro_electrical.yaml"
    text = "\n".join(
        line
        for line in config.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("models", "horizon"))
    )
    small.write_text(text + "\n" + SMALL, encoding="utf-8")
    assert main(["run", str(small), "--out", "plain", "--lang", "en"]) == 0
    assert main(["run", str(small), "--out", "shown", "--lang", "en", "--show-outcome"]) == 0
    where = "euro_electrical/2009-12-31/report.json"
    plain, shown = (json.loads(Path(root, where).read_text(encoding="utf-8")) for root in ("plain", "shown"))
    assert plain.pop("outcome") is None
    assert shown.pop("outcome")["not_recovered_by"] == "2016-03"
    assert plain == shown


def test_what_is_estimated_holds_nothing_of_later_and_a_question_alone_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Once more where later figures are shown, which the estimate does not see either."""
    file, seen, until = question(tmp_path / "q"), list[FigureData](), list[str | None]()
    files_read = figures.read_files

    def read_files(files: Sequence[Path], layout: Layout, last: str | None) -> Figures:
        until.append(last)
        return files_read(files, layout, last)

    def estimated(known: FigureData, *_: object) -> None:
        seen.append(known)
        raise FitError("as far as is asked here")

    monkeypatch.setattr(figures, "read_files", read_files)
    monkeypatch.setattr("forecast.run.estimate", estimated)
    for show in (False, True):
        with pytest.raises(FitError):
            list(run_all([str(file)], Options(show_outcome=show)))
    assert [known.figures.table["published"].max() <= pd.Timestamp(LATER) for known in seen] == [True, True]
    assert until == [LATER, LATER, None]


@pytest.mark.parametrize(
    ("mend", "said"),
    [
        (
            lambda q: q.write_text(q.read_text() + "horizn: 36\n"),
            'horizn: unknown key; did you mean "horizon"?',
        ),
        (
            lambda q: q.write_text(q.read_text().replace("region: bac_ninh", "region: bac_nin")),
            'did you mean "bac_ninh"',
        ),
        (
            lambda q: q.write_text(q.read_text().replace("2024-05-20", "2010-01-01")),
            "published by 2010-01-01",
        ),
        (lambda q: figures_of(q, "yoy_pct,6.25", 'yoy_pct,"6,25"'), "6,25"),
        (lambda q: figures_of(q, "yoy_pct,6.25", "yoy_pct,6,25"), "use a decimal point"),
        (lambda q: figures_of(q, "2024-04,yoy_pct,6.25", "2024-13,yoy_pct,6.25"), "2024-13"),
        (lambda q: figures_of(q, "region,sector,period,measure", "region,sector,period,rate"), "measure"),
        (lambda q: (q.parent / "data/figures.csv").unlink(), "not found in"),
    ],
)
def test_a_mistake_gets_one_message_exit_2_and_leaves_the_last_report(
    tmp_path: Path, capsys, mend, said: str
):
    file = question(tmp_path / "q")
    last = tmp_path / "reports/bac_ninh/2024-05-20/report.json"
    last.parent.mkdir(parents=True)
    last.write_text("the last good report")
    before = hashes(tmp_path / "reports")
    mend(file)
    assert main(["run", str(file)]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert len(message.strip().splitlines()) == 1, message
    assert hashes(tmp_path / "reports") == before


def figures_of(file: Path, old: str, new: str) -> None:
    data = file.parent / "data/figures.csv"
    text = data.read_text(encoding="utf-8")
    assert old in text
    data.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_mistakes_of_several_configs_are_told_together(tmp_path: Path, capsys):
    one, two = question(tmp_path / "a"), question(tmp_path / "b")
    one.write_text(one.read_text(encoding="utf-8") + "horizn: 3\n", encoding="utf-8")
    two.write_text(two.read_text(encoding="utf-8") + "sead: 3\n", encoding="utf-8")
    assert main(["run", str(one), str(two)]) == 2
    said = capsys.readouterr().err
    assert "horizn" in said
    assert "sead" in said


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_question_that_only_its_work_refuses_loses_no_other(tmp_path: Path, jobs: str, capsys):
    levels = series.sample("elec_equip").rename("iip").rename_axis("month")
    for name, y in (("one", levels), ("short", levels[-14:]), ("brief", levels[-16:]), ("two", levels)):
        y.to_csv(tmp_path / f"{name}.csv")
        (tmp_path / f"{name}.yaml").write_text(
            f"name: {name}\ntitle: {{en: A, vi: B}}\ntarget: {{levels: {name}.csv, column: iip}}\n"
            "report: {languages: [en], formats: [html]}\n" + SMALL
        )
    asked = ["one.yaml", "short.yaml", "brief.yaml", "two.yaml"]
    assert main(["run", *asked, "--out", "reports", "--jobs", jobs]) == 2
    said = capsys.readouterr()
    told = [line.split(":")[0] for line in said.err.splitlines() if "a forecast needs 24 changes" in line]
    assert told == ["short.yaml", "brief.yaml"]
    assert [line.split()[0] for line in said.out.splitlines() if " as of " in line] == ["one", "two"]
    index = Path("reports/index.en.html").read_text(encoding="utf-8")
    for name in ("one", "two"):
        assert (f'href="{name}/' in index, len(list(Path(f"reports/{name}").rglob("report.json")))) == (
            True,
            1,
        )


def test_what_is_wrong_with_the_data_of_several_configs_says_whose_they_are(tmp_path: Path, capsys):
    y = series.sample("elec_equip").rename("iip").rename_axis("month")
    y.to_csv("levels.csv")
    Path("bad.csv").write_text("month,iip\n2020-01,x\n")
    assert main(["ingest", "s.duckdb", "levels.csv", "--published", "2017-01-01"]) == 0
    targets = {
        "whole": "levels: levels.csv, column: iip", "a": "levels: bad.csv, column: iip",
        "b": "levels: bad.csv, column: iip", "c": "store: s.duckdb, column: nope", "d": "store: s.duckdb, region: x",
    }  # fmt: skip
    for name, target in targets.items():
        text = f"name: {name}\ntitle: {{en: A, vi: B}}\ntarget: {{{target}}}\n"
        Path(f"{name}.yaml").write_text(text + SMALL)
    capsys.readouterr()
    empty = 'bad.csv: column "iip" holds no number; choose another'
    of_c = 'c.yaml:3: target: s.duckdb: no series "nope"; valid: iip'
    of_d = "d.yaml:3: target: s.duckdb: holds no figures, only levels; name one of them as levels"
    for configs, said in (
        (["a", "b", "c", "d", "whole"], [f"a.yaml, b.yaml: {empty}", of_c, of_d]),
        (["a", "b"], [empty]),
        (["c"], [of_c]),
    ):
        assert main(["run", *(f"{name}.yaml" for name in configs)]) == 2
        assert capsys.readouterr().err.splitlines() == said


def test_the_worst_of_several_errors_gives_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    files = [question(tmp_path / name) for name in ("a", "b", "c")]
    for file, name in zip(files, "abc", strict=True):
        file.write_text(file.read_text(encoding="utf-8").replace("name: bac_ninh", f"name: {name}", 1))
    errors = {"a": FitError("a: no model"), "b": DataError("b.csv:1: six"), "c": ForecastError("c: is busy")}

    def fails(asking: Question, _: Options) -> None:
        raise errors[asking.config.name]

    monkeypatch.setattr("forecast.run.answer", fails)
    assert main(["run", *map(str, files)]) == 2
    first, second, third = (f"{file}: {why}\n" for file, why in zip(files, errors.values(), strict=True))
    assert capsys.readouterr().err == first + second + third
    assert main(["run", str(files[0]), str(files[2])]) == 1
    assert capsys.readouterr().err == first + third


def test_a_folder_of_the_question_that_is_a_file_is_told_before_any_work(tmp_path: Path, capsys):
    file, out = question(tmp_path / "q"), tmp_path / "reports"
    out.mkdir()
    (out / "bac_ninh").write_text("not a folder")
    assert main(["run", str(file), "--out", str(out)]) == 2
    assert "cannot hold reports" in capsys.readouterr().err
    assert (out / "bac_ninh").read_text() == "not a folder"


def test_a_failed_swap_restores_the_last_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    good, fresh = tmp_path / "2024-05-20", tmp_path / ".fresh"
    for folder, text in ((good, "old"), (fresh, "new")):
        folder.mkdir()
        (folder / "report.json").write_text(text)
    real = Path.rename

    def broken(self: Path, target: Path) -> Path:
        if self == fresh:
            raise OSError("disk full")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(OSError, match="disk full"):
        swap(fresh, good)
    assert (good / "report.json").read_text() == "old"
    monkeypatch.undo()
    swap(fresh, good)
    assert (good / "report.json").read_text() == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2024-05-20"]


def test_what_a_killed_run_moved_aside_is_brought_back(tmp_path: Path):
    old, good = tmp_path / ".2024-05-20-old", tmp_path / "2024-05-20"
    old.mkdir()
    (old / "report.json").write_text("last good")
    restore(good)
    assert (good / "report.json").read_text() == "last good"
    old.mkdir()
    restore(good)
    assert [p.name for p in tmp_path.iterdir()] == ["2024-05-20"]


def test_what_cannot_be_written_or_read_is_told_before_the_work(tmp_path: Path, capsys):
    one = question(tmp_path / "a")
    (tmp_path / "file").write_text("x")
    asked = ["run", str(one)]
    for more, said in (
        (
            ["--out", str(tmp_path / "file" / "deep")],
            f"{tmp_path / 'file'} is a file; name another folder with --out",
        ),
        (["--as-of", "yesterday"], 'as_of: "yesterday" is no date; write a day as 2024-05-20'),
        (["--as-of", "2024-13-01"], 'as_of: "2024-13-01" is no date'),
        (["--lang", "en,vie"], '"vie" is not made; choose from en, vi (did you mean "vi"?)'),
        ([str(question(tmp_path / "b"))], f'name: "bac_ninh" is that of {one}; give each question its own'),
    ):
        assert main([*asked, *more]) == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(28, "No space left on device", "reports"), 1, "reports: No space left on device"),
        (FitError("euro: no model could be fitted"), 1, "euro: no model could be fitted"),
        (ForecastError("another run is writing"), 1, "another run is writing"),
        (MemoryError(), 1, "memory ran out; ask for fewer paths, draws or jobs, or a smaller file"),
        (DataError("a.csv:1: six"), 2, "a.csv:1: six"),
        (ConfigError("q.yaml:1: six"), 2, "q.yaml:1: six"),
        (PermissionError(13, "Permission denied", "reports"), 2,
         "reports: cannot be read or written (Permission denied); choose another place or check its permissions"),
        (BrokenPipeError(), 1, None),  # who reads our lines has gone, and would read no more
        (KeyboardInterrupt(), 130, "stopped"),
    ],
)  # fmt: skip
def test_what_went_wrong_is_one_line_and_its_code_says_whose_it_is_to_mend(
    error: BaseException, code: int, said: str | None, monkeypatch: pytest.MonkeyPatch, capsys
):
    def fails() -> Iterator[None]:
        raise error
        yield

    monkeypatch.setattr("forecast.run.run_all", lambda *_: fails())
    assert main(["run", str(REPO / "configs/bac_ninh.yaml")]) == code
    assert capsys.readouterr().err == ("" if said is None else f"{said}\n")


def test_the_starter_runs_as_it_is(tmp_path: Path, capsys):
    assert main(["init", "mine"]) == 0
    text = Path("mine/question.yaml").read_text(encoding="utf-8")
    assert "name: mine" in text
    assert main(["check", "mine/question.yaml"]) == 0
    Path("mine/question.yaml").write_text(text.replace("horizon: 36\n", "") + SMALL, encoding="utf-8")
    assert main(["run", "mine/question.yaml", "--lang", "en"]) == 0
    assert Path("reports/mine/2024-05-20/report.en.pdf").exists()
    capsys.readouterr()
    assert main(["init", "mine"]) == 2
    assert "already exists; choose another name" in capsys.readouterr().err
    assert main(["init", "My Region"]) == 2


def test_reconstruct_writes_levels_figures_and_a_picture(tmp_path: Path):
    source = str(REPO / "configs/data/vietnam_published_figures.csv")
    shutil.copy(source, "f.csv")
    args = [
        "--region",
        "bac_ninh",
        "--related",
        "vietnam",
        "--country",
        "VN",
        "--as-of",
        "2024-05-20",
        "--out",
        "o",
    ]
    assert main(["reconstruct", "f.csv", *args]) == 0
    levels = list(csv.DictReader(Path("o/levels.csv").read_text(encoding="utf-8").splitlines()))
    assert levels[-1]["month"] == "2024-04"
    assert float(levels[-1]["lower"]) < float(levels[-1]["median"]) < float(levels[-1]["upper"])
    assert Path("o/levels.svg").exists()


def test_check_reads_figures_and_levels(tmp_path: Path, capsys):
    source = str(REPO / "configs/data/vietnam_published_figures.csv")
    assert main(["check", source]) == 0
    assert "663 figures of 3 regions" in capsys.readouterr().out
    Path("levels.csv").write_text("date,A\n" + "".join(f"2020-{m:02d},{100 + m}\n" for m in range(1, 13)))
    assert main(["check", "levels.csv"]) == 0
    assert "1 series of index levels, 2020-01 to 2020-12" in capsys.readouterr().out


@pytest.mark.slow
def test_a_store_answers_as_its_file_does(tmp_path: Path, capsys):
    file = question(tmp_path / "q")
    assert main(["ingest", "s.duckdb", str(tmp_path / "q/data/figures.csv")]) == 0
    assert main(["ingest", "s.duckdb", str(tmp_path / "q/data/figures.csv")]) == 0
    counts = [line.split(": ")[1] for line in capsys.readouterr().out.splitlines() if " known before" in line]
    assert counts == [
        "630 new, 30 revised, 3 the same, 0 known before, 0 contradictions",
        "0 new, 0 revised, 0 the same, 663 known before, 0 contradictions",
    ]
    assert main(["run", str(file), "--lang", "en", "--out", "one"]) == 0
    text = file.read_text(encoding="utf-8").replace(
        "figures: data/figures.csv", f"store: {tmp_path}/s.duckdb"
    )
    file.write_text(text, encoding="utf-8")
    assert main(["run", str(file), "--lang", "en", "--out", "two"]) == 0
    where = "bac_ninh/2024-05-20/report.json"
    one, two = (json.loads(Path(out, where).read_text(encoding="utf-8")) for out in ("one", "two"))
    assert one["recovery"] == two["recovery"]
    assert one["stamp"]["data_sha256"] == two["stamp"]["data_sha256"]


def test_headings_and_decimal_sign_are_mapped_in_the_config(tmp_path: Path):
    file = question(tmp_path / "q")
    data = file.parent / "data/figures.csv"
    rows = list(csv.reader(data.read_text(encoding="utf-8").splitlines()))
    rows[0] = [{"value": "Số liệu", "published": "Ra ngày"}.get(name, name) for name in rows[0]]
    value = rows[0].index("Số liệu")
    lines = [";".join([*r[:value], r[value].replace(".", ","), *r[value + 1 : 6]]) for r in rows]
    data.write_text("\n".join(lines), encoding="utf-8")
    text = file.read_text(encoding="utf-8").replace(
        "region: bac_ninh,", 'region: bac_ninh, columns: {value: Số liệu, published: Ra ngày}, decimal: ",",'
    )
    file.write_text(text, encoding="utf-8")
    data = load(config.read(file), None, show_outcome=False)
    assert isinstance(data, FigureData)
    assert len(data.figures.table) > 300
    assert 6.25 in data.figures.select("bac_ninh", "total").table["value"].to_numpy()


def test_help_is_answered_without_importing_the_rooms():
    code = (
        "import sys; from forecast import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'pandas', 'matplotlib', 'statsmodels', 'pydantic', 'duckdb'} & sys.modules.keys()\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "COMMAND" in done.stdout


@pytest.mark.parametrize("epoch", ["", "soon", "1700000000"])
def test_a_day_of_builds_that_is_no_number_hinders_no_command(epoch: str):
    """NumPy would not load, which reads it as one."""
    command = [sys.executable, "-m", "forecast.cli", "check", "configs/data/vietnam_published_figures.csv"]
    env = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr


def test_backtests_among_several_configs_are_left_out_and_alone_are_refused(tmp_path: Path):
    asked, backtest = str(REPO / "configs/bac_ninh.yaml"), str(REPO / "configs/backtest_small.yaml")
    missing = str(tmp_path / "no.yaml")
    assert questions_among([asked, backtest, missing]) == [asked, missing]
    assert questions_among([backtest]) == [backtest]


MALFORMED = """\
scenarios:
  - {name: early, shock: {start: 2024-04, size_pct: -5}}
  - {name: over, condition: [{year: 2023, growth_pct: 3}]}
  - {name: known, assume: {vietnam_total: {yoy_pct: {2024-03: 3.0}}}}
"""


def test_scenarios_that_do_not_fit_the_data_are_told_at_once_before_any_work(tmp_path: Path, capsys):
    file = question(tmp_path / "q")
    text = file.read_text(encoding="utf-8")
    head, rest = text.split("scenarios:")
    file.write_text(head + MALFORMED + rest[rest.index("report:") :], encoding="utf-8")
    for command in ("run", "check"):
        assert main([command, str(file)]) == 2
        assert capsys.readouterr().err.splitlines() == [
            f"{file}: scenario {problem}"
            for problem in (
                "early: shock starts in 2024-04; it must lie after the origin 2024-04, up to 2026-09; "
                "it did as long as 2024-03 was the last month known (--as-of)",
                "over: condition growth of 2023 3 %: the year is over by the origin 2024-04; name one that is not",
                "known: the path of vietnam_total names 2024-03; it must lie after the origin 2024-04, up to 2026-09; "
                "it did as long as 2024-02 was the last month known (--as-of)",
            )
        ]
    assert not (tmp_path / "reports").exists()


def test_a_level_with_an_empty_cell_is_answered_and_the_report_says_so(tmp_path: Path):
    y = series.sample("elec_equip").rename("iip").copy()
    for month in ("2003-05", "2009-04", "2010-03"):  # far back, in the slump, after the date of the report
        y[month] = float("nan")
    y.rename_axis("month").to_csv(tmp_path / "levels.csv")
    file = tmp_path / "q.yaml"
    file.write_text(
        "name: q\ntitle: {en: A, vi: B}\nas_of: 2009-06\ntarget: {levels: levels.csv, column: iip}\n"
        "report: {languages: [en], formats: [html]}\n" + SMALL
    )
    assert main(["run", str(file), "--out", "reports", "--show-outcome"]) == 0
    folder = Path("reports/q/2009-06-30")
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [row["month"] for row in told["history"] if row["kind"] == "reconstructed"] == [
        "2003-05",
        "2009-04",
    ]
    assert told["notes"] == ["gaps"]
    assert [row["month"] for row in told["outcome"]["months"]][8:10] == ["2010-03", "2010-04"]
    page = (folder / "report.en.html").read_text(encoding="utf-8")
    assert LANGUAGES["en"].text["note.gaps"] in page
    assert "172 published index levels carry this forecast, Jan 1995 to Jun 2009" in page  # of 174 months
    april = round(next(row["level"] for row in told["history"] if row["month"] == "2009-04"), 1)
    assert re.search(rf'>{y["2009-03"]:.1f}</td><td role="cell" class="right" data-head="[^"]*"></td>', page)
    assert f">{april}</td>" not in page


def test_a_name_that_the_terminal_cannot_write_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("số.csv").write_text("month,iip\n" + "".join(f"2024-{m:02d},10{m}\n" for m in range(1, 10)), "utf-8")
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["check", "số.csv"]) == 0
    assert written.getvalue().startswith(b"s\\u1ed1.csv: ")
