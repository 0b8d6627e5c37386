"""`forecast whatif` and `forecast needed` answer from the files of a report as from the paths themselves."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from forecast.again.kept import read_sectors
from forecast.again.save import entry_lines
from forecast.again.table import _earlier
from forecast.again.typed import FORMS, scenario
from forecast.arguments import LEVERS
from forecast.checksums import seal
from forecast.cli import main
from forecast.errors import ConfigError
from forecast.locking import locked
from forecast.needed import needed
from forecast.outcome import Outcome
from forecast.paths import quantiles
from forecast.run import run
from tests.again.folder_of import CONFIG, DAY, report_in
from tests.test_needed import GROUNDS, PAST, TARGET, TOTAL, split


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = report_in(tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


def said(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> str:
    assert main([*command]) == code
    out, err = capsys.readouterr()
    return err if code else out


def line(text: str, begin: str) -> list[str]:
    (found,) = (row for row in text.splitlines() if row.startswith(begin))
    return re.split(r"  +", found)


def test_whatif_answers_as_the_paths_do(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = {"--shock": ["2024-07:-8:6"], "--year": ["2024=-6"]}
    text = said(capsys, "whatif", str(config), "--shock", "2024-07:-8:6", "--year", "2024=-6")
    asked = scenario("x", typed, GROUNDS.paths.origin)
    there, base = GROUNDS.under(asked), GROUNDS.back(GROUNDS.paths)
    assert there.plausibility is not None
    assert line(text, "back by 2025-04")[1:3] == [
        f"{100 * base.p_within_12:.1f} %", f"{100 * there.recovery.p_within_12:.1f} %",
    ]  # fmt: skip
    growth = [
        quantiles(of.annual_growth(2024)[:, None], of.weights, (0.5, 0.1, 0.9))[:, 0]
        for of in (GROUNDS.paths, there.paths)
    ]
    assert line(text, "growth of 2024")[1:3] == [
        f"{mid:+.1f} % ({low:+.1f} to {high:+.1f})" for mid, low, high in growth
    ]
    assert f"{100 * there.plausibility:.1f} % of the outcomes lie as far out" in text
    assert "that is no chance that it happens" in text
    assert text.startswith(f"reports/made/{DAY}: 2024-04 is the last month known")
    assert "has changed" not in text
    config.write_bytes(b"\xef\xbb\xbf" + config.read_bytes())  # as an editor of Windows saves it again
    assert "has changed" not in said(capsys, "whatif", str(config), "--slope", "2024-07:2")


@pytest.mark.parametrize(
    ("gained", "said"), [(4, "4 months earlier"), (-1, "1 month later"), (0, "as soon"), (None, "")]
)
def test_dates_are_told_apart_in_months(gained: int | None, said: str) -> None:
    assert _earlier(gained) == said


CALM = """\
name: calm
title: {en: Calm, vi: Calm}
target: {sample: elec_equip}
as_of: 2007-06
horizon: 18
paths: 200
models: [random_walk_drift_block]
report: {languages: [en], formats: [html]}
scenarios:
  - {name: baseline}
  - {name: weak, shock: {start: 2007-09, size_pct: -9}}
"""


def test_where_nothing_slumps_whatif_and_the_outcome_tell_the_chance_of_a_slump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("calm.yaml").write_text(CALM, encoding="utf-8")
    outcome = run("calm.yaml")
    assert outcome.slump is None
    assert outcome.onset is not None
    chances = [[outcome.onset.within(months, of) for of in ("baseline", "weak")] for months in (12, 18)]
    assert chances[0][1] > chances[0][0] + 0.1
    text = said(capsys, "whatif", "calm.yaml", "--shock", "2007-09:-9")
    for by, (base, weak) in zip(("2008-06", "2008-12"), chances, strict=True):
        found = line(text, f"a slump begins by {by}")
        assert found[1:3] == [f"{100 * base:.1f} %", f"{100 * weak:.1f} %"]
    assert "back" not in text
    assert "\nno slump is under way" in text
    idle = said(capsys, "whatif", "calm.yaml", "--rule", "6:6")
    assert "no slump is under way; its chance does not depend on what counts as normal or as back" in idle
    judged = said(capsys, "whatif", "calm.yaml", "--judge", "2008-06=40", code=2)
    assert (
        judged == "calm.yaml: no slump is under way, so that there is no return to judge; leave --judge out\n"
    )
    shown = repr(outcome)
    assert shown.splitlines()[0] == "Calm, as of 2007-06-30: no slump is under way"
    assert re.split(r"  +", shown.splitlines()[1]) == ["a slump begins", "within 12 months", "by 2008-12"]
    assert [row.split()[0] for row in shown.splitlines()[2:]] == ["baseline", "weak"]
    (kept,) = Path("reports/calm").glob("*/calm.parquet")
    kept.write_bytes(kept.read_bytes()[:-9])
    assert "calm.parquet: is damaged" in said(capsys, "whatif", "calm.yaml", "--shock", "2007-09:-9", code=2)
    kept.unlink()
    assert "calm.parquet: is not there; run" in said(
        capsys, "whatif", "calm.yaml", "--shock", "2007-09:-9", code=2
    )
    seal(kept.parent)  # as in a report of an earlier version
    text = said(capsys, "whatif", "calm.yaml", "--shock", "2007-09:-9")
    assert "how likely one is in a scenario a new report tells: forecast run calm.yaml" in text
    assert "a slump begins by" not in text
    assert (
        repr(replace(outcome, onset=None))
        == "Calm, as of 2007-06-30: the history is too short to tell a slump"
    )


def test_whatif_saves_the_scenario_and_nothing_else(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "whatif", str(config), "--judge", "2025-12=40", "--save", "mine")
    text = config.read_text("utf-8")
    assert text.startswith(CONFIG)
    assert yaml.safe_load(text)["scenarios"][1] == {
        "name": "mine", "judgement": [{"by": "2025-12", "chance_pct": 40}],
    }  # fmt: skip
    assert "exists already" in said(
        capsys, "whatif", str(config), "--slope", "2024-07:2", "--save", "mine", code=2
    )
    assert config.read_text("utf-8") == text
    assert "has changed since this report" in said(capsys, "whatif", str(config), "--slope", "2024-07:2")
    assert "has changed since this report" in said(
        capsys, "needed", str(config), "--year", "2025", "--growth", "8"
    )


def test_a_scenario_is_saved_through_a_link_and_wherever_the_data_lie(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = config.parent / "elsewhere" / config.name
    real.parent.mkdir()
    real.write_text(CONFIG.replace("{sample: elec_equip}", "{levels: in_a_folder_of_data.csv}"), "utf-8")
    config.unlink()
    config.symlink_to(real)
    said(capsys, "whatif", str(config), "--judge", "2025-12=40", "--save", "mine")
    assert config.is_symlink()
    assert yaml.safe_load(real.read_text("utf-8"))["scenarios"][1]["name"] == "mine"


def test_a_config_that_cannot_be_added_to_is_named_with_what_to_write(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = yaml.load(CONFIG, yaml.BaseLoader)
    braces = json.dumps({key: value for key, value in keys.items() if key != "scenarios"})
    config.write_text(braces, encoding="utf-8")
    text = said(capsys, "whatif", str(config), "--slope", "2024-07:2", "--save", "mine", code=2)
    assert text.startswith(f"{config}:")
    assert "it cannot be added to the file as that is written; add it by hand" in text
    assert text.endswith("scenarios:\n  - name: mine\n    slope: [{start: 2024-07, growth_pct: 2}]\n")
    assert config.read_text("utf-8") == braces
    assert [file.name for file in config.parent.glob(".made*")] == [".made.yaml.lock"]


def test_a_config_keeps_its_rights_and_stays_where_it_cannot_be_replaced(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config.chmod(0o640)
    rights, before = config.stat().st_mode, config.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    save = ("whatif", str(config), "--judge", "2025-12=40", "--save", "mine")
    monkeypatch.setattr(Path, "replace", full)
    assert f"{config}: No space left on device" in said(capsys, *save, code=1)
    assert config.read_bytes() == before
    assert [file.name for file in config.parent.glob(".made*")] == [".made.yaml.lock"]
    monkeypatch.undo()
    monkeypatch.chdir(config.parent)
    said(capsys, *save)
    assert config.stat().st_mode == rights


def test_a_config_nested_without_end_is_refused(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text("name: " + 5000 * "[" + 5000 * "]", encoding="utf-8")
    assert "nested too deeply" in said(capsys, "whatif", str(config), "--slope", "2024-07:2", code=2)


def test_whatif_says_all_that_is_wrong_at_once(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = said(capsys, "whatif", str(config), "--shock", "2024-7:-8", "--next", "yoi=3", code=2)
    assert wrong.splitlines() == [
        f'--shock "2024-7:-8" is not understood; write {FORMS["--shock"]}',
        '--next "yoi=3": "yoi" is no rate; did you mean "yoy"?',
    ]
    assert "no lever is moved" in said(capsys, "whatif", str(config), code=2)
    missing = said(capsys, "whatif", str(config), "--slope", "2024-07:2", "--as-of", "2020-01-01", code=2)
    assert (
        missing
        == f"reports/made: holds no report of 2020-01-01 with its paths, only of {DAY}; first: forecast run {config} "
        "--as-of 2020-01-01\n"
    )
    refused = said(capsys, "whatif", str(config), "--year", "2024=300", code=1)
    assert "no path reaches it" in refused
    assert set(FORMS) == set(LEVERS)


def test_needed_says_what_the_paths_say(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(
        capsys, "needed", str(config), "--year", "2024", "--growth", "6", "--quarters", ",4,7,9", "--sector", "steel=9"
    )  # fmt: skip
    there = needed(TOTAL, TARGET, PAST, split(), adds_up=True)
    assert there is not None
    third = next(s for s in there.rows[0].spans if s.kind == "quarter" and s.last.month == 9)
    assert third.evenly_chance is not None
    assert third.planned_chance is not None
    (total, *_) = (re.split(r"  +", row) for row in text.splitlines() if row.startswith("Q3"))
    assert total[4:] == [
        f"{third.evenly_pct:+.1f} %", f"{100 * third.evenly_chance:.0f} %",
        f"{third.season_pct:+.1f} %", f"{100 * (third.season_chance or 0):.0f} %",
        "+7.0 %", f"{100 * third.planned_chance:.0f} %", f"{third.seen} of 3",
    ]  # fmt: skip
    assert there.planned_pct is not None
    assert there.miss is not None
    assert "targets of the sectors together" not in text
    apart = said(
        capsys, "needed", str(config), "--year", "2024", "--growth", "6",
        "--sector", "steel=9", "--sector", "paper=9", "--sector", "other=9",
    )  # fmt: skip
    assert "the targets of the sectors together make +9.0 %, not +6.0 %" in apart
    assert f"the quarters as planned make {there.planned_pct:+.1f} % of the year" in text
    assert f"the rest needs {there.miss.rest_pct:+.1f} %" in text
    assert (
        f"paper, {100 * (there.rows[2].share or 0):.0f} % of the total: target {there.rows[2].target_pct:.1f} %"
        in text
    )


def test_needed_says_all_that_is_wrong_at_once(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def wrong(*more: str) -> list[str]:
        return said(capsys, "needed", str(config), *more, code=2).splitlines()

    assert wrong("--year", "2024", "--growth", "x", "--quarters", "1,2", "--sector", "steel") == [
        '--growth "x" is no number; write percent, such as 8',
        '--quarters "1,2" is not understood; write four growths, such as 7,8,8.5,8.5',
        '--sector "steel" is not understood; write NAME=PERCENT, such as manufacturing=9',
    ]
    assert wrong("--year", "2024", "--growth", "6", "--sector", "steal=6") == [
        "--sector steal: is none of the report's; it has steel, paper, other"
    ]
    (outside,) = wrong("--year", "2031", "--growth", "6")
    assert outside.startswith("--year 2031: the paths from 2022-05 to 2027-09 do not hold 2030 and 2031")


def test_sectors_are_read_as_they_were_written(config: Path) -> None:
    file = config.parent / "reports" / "made" / DAY / "sectors.parquet"
    parts, adds_up = read_sectors(file, GROUNDS.paths)
    assert adds_up
    assert list(parts) == ["steel", "paper", "other"]
    assert parts["steel"].paths.months[[0, -1]].tolist() == [
        pd.Period("2022-05", "M"),
        pd.Period("2025-12", "M"),
    ]
    held = split()["paper"].paths.values[:, :44]
    assert abs(parts["paper"].paths.values / held - 1).max() < 1e-6
    assert read_sectors(file.with_name("none.parquet"), GROUNDS.paths) == ({}, False)
    larger = replace(GROUNDS.paths, values=1.001 * GROUNDS.paths.values)
    assert not read_sectors(file, larger)[1]  # a part of them is missing


@pytest.mark.slow
def test_a_saved_scenario_is_answered_by_a_run_as_by_whatif(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "made.yaml"
    config.write_text(
        f"{CONFIG}horizon: 24\npaths: 300\nmodels: [noisy_walk]\nreport: {{formats: [html]}}\n", "utf-8"
    )
    run(config)
    text = said(capsys, "whatif", str(config), "--shock", "2010-01:5", "--rule", "2:2", "--save", "up")
    run(config)
    (report,) = tmp_path.glob("reports/made/*/report.json")
    told = Outcome.from_json(report.read_text("utf-8")).recovery["up"]
    assert line(text, "back by")[2] == f"{100 * told.p_within_12:.1f} %"
    assert line(text, "half back by")[2] == str(told.median or f"after {told.median_after}")
    assert json.loads((report.parent / "manifest.json").read_text("utf-8"))["config"].endswith("\n")


def test_a_return_by_a_month_after_the_horizon_is_not_judged(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    end = GROUNDS.paths.origin + GROUNDS.horizon
    said(capsys, "whatif", str(config), "--judge", f"{end}=40")
    refused = said(capsys, "whatif", str(config), "--judge", f"{end + 1}=40", "--save", "mine", code=2)
    assert refused.endswith(f"up to {end}, the end of the horizon\n")
    assert "mine" not in config.read_text("utf-8")


def test_what_is_typed_as_a_share_or_a_level_is_asked_about(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed, meant in {
        ("--shock", "2024-07:0.08"): "0.08 is next to nothing; write 8 for 8 %",
        ("--judge", "2025-12=0.4"): "0.4 is next to nothing; write 40 for 40 %",
        (
            "--shock",
            "2024-07:92",
        ): "92 looks like a level with the year before as 100; write -8 for its growth",
        (
            "--slope",
            "2024-07:104",
        ): "104 looks like a level with the year before as 100; write 4 for its growth",
        (
            "--next",
            "yoy=104.5",
        ): "104.5 looks like a level with the year before as 100; write 4.5 for its growth",
        ("--year", "2024=106"): "106 looks like a level with the year before as 100; write 6 for its growth",
    }.items():
        assert meant in said(capsys, "whatif", str(config), *typed, code=2)
    needs = ("needed", str(config), "--year", "2024", "--growth")
    assert "--growth 106 looks like a level" in said(capsys, *needs, "106", code=2)
    assert said(capsys, *needs, "6%") == said(capsys, *needs, "6")


def test_growth_with_its_sign_is_saved_so_that_it_is_read_again() -> None:
    typed = {"--shock": ["2024-07:+92"], "--next": ["yoy=+134.6"], "--slope": ["2024-08:-3"]}
    lines = entry_lines(scenario("boom", typed, pd.Period("2024-04", "M")))
    assert lines[1:] == [
        "  shock: [{start: 2024-07, size_pct: +92}]",
        "  slope: [{start: 2024-08, growth_pct: -3}]",
        "  next_print: {2024-05: {yoy_pct: +134.6}}",
    ]


def test_only_folders_of_days_are_reports_and_a_month_names_those_in_it(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("whatif", str(config), "--rule", "3:3", "--as-of")
    there = Path("reports/made") / DAY
    shutil.copytree(there, there.with_name("backup"))
    assert said(capsys, *asked[:-1]).startswith(f"{there}:")
    assert said(capsys, *asked, DAY[:7]).startswith(f"{there}:")
    year, month, day = DAY.split("-")
    for other in (f"{year}-{int(month)}", f"{int(day)}.{int(month)}.{year}", f"{month}/{year}"):
        assert said(capsys, *asked, other).startswith(f"{there}:")
    for none in (f"{year}-1", f"{DAY[:-1]}1", f"{DAY[:-2]}2"):
        assert f"holds no report of {none}" in said(capsys, *asked, none, code=2)
    for unknown in ("", "2", "20", year):
        assert f'--as-of: "{unknown}" is no date' in said(capsys, *asked, unknown, code=2)
    assert f"only of {DAY}; first: forecast run {config} --as-of 2023-01" in said(
        capsys, *asked, "2023-01", code=2
    )
    there.rename(there.with_name("2024-06-30"))
    assert f"holds the report of {DAY}" in said(capsys, *asked[:-1], code=2)


def test_a_scenario_is_saved_under_a_word_and_by_one_process_at_a_time(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, before = ("whatif", str(config), "--judge", "2025-12=40", "--save"), config.read_bytes()
    assert '--save "A b" is no word of lower-case letters, digits and _; write a_b' in said(
        capsys, *asked, "A b", code=2
    )
    monkeypatch.setattr("forecast.again.save.WAIT", 0.01)
    with locked(config, 0.0, ConfigError("busy")):
        assert "another scenario is being written into it" in said(capsys, *asked, "mine", code=2)
    assert config.read_bytes() == before


def test_what_a_killed_save_left_beside_the_config_is_taken_away_by_the_next(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left = config.with_name(".made.yaml-0123456789abcdef")
    others = [config.with_name(name) for name in (".made.yaml-mine", ".other.yaml-0123456789abcdef")]
    for file in (left, *others):
        file.write_text("name: half")
    said(capsys, "whatif", str(config), "--judge", "2025-12=40", "--save", "mine")
    assert not left.exists()
    assert all(file.exists() for file in others)


@pytest.mark.parametrize("locks", ["made.yaml", "reports/made"])
def test_a_scenario_is_saved_wherever_its_config_can_be_written_to(
    config: Path, locks: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place without a lock, as on a disk that is read only: of the reports, and of the config."""
    real = os.open

    def read_only(path: object, flags: int, *more: object, **named: object) -> int:
        if str(path).endswith(str(Path(locks).with_name(f".{Path(locks).name}.lock"))):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return real(path, flags, *more, **named)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(os, "open", read_only)
    before = config.read_bytes()
    code = 2 if locks == "made.yaml" else 0
    told = said(capsys, "whatif", "made.yaml", "--judge", "2025-12=40", "--save", "mine", code=code)
    assert (config.read_bytes() != before) == (code == 0)
    if code:
        assert told == (
            "made.yaml: cannot be written to (Read-only file system); make it and its folder writable, or name a copy "
            "of it elsewhere\n"
        )


@pytest.mark.parametrize(
    ("target", "said_of"),
    [
        ("{figures: f.csv, region: b}", ""),
        ("{figures: f.csv, region: a, sector: mining}", "sector total, not mining"),
        ("{figures: g.csv, region: a, sector: total}", None),
    ],
)
def test_a_report_on_another_series_answers_no_scenario(
    config: Path, capsys: pytest.CaptureFixture[str], target: str, said_of: str | None
) -> None:
    manifest = config.parent / "reports" / "made" / DAY / "manifest.json"
    made = CONFIG.replace("{sample: elec_equip}", "{figures: f.csv, region: a}")
    manifest.write_text(json.dumps({"config": made}), encoding="utf-8")
    config.write_text(CONFIG.replace("{sample: elec_equip}", target), encoding="utf-8")
    for command in (("whatif", "--slope", "2024-07:2"), ("needed", "--year", "2025", "--growth", "8")):
        told = said(capsys, command[0], str(config), *command[1:], code=0 if said_of is None else 2)
        if said_of is None:
            assert "has changed since this report" in told
        else:
            other = said_of or "region a, not b"
            assert (
                f"is a report on another series ({other}); give this question another name, or move" in told
            )


def test_a_backtest_has_no_paths_to_ask(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = config.parent / "reports" / "tried"
    home.mkdir()
    (home / "summary.json").write_text("{}", encoding="utf-8")
    of_name = config.with_name("n.yaml")
    of_name.write_text(CONFIG.replace("name: made", "name: tried"), encoding="utf-8")
    told = said(capsys, "whatif", str(of_name), "--slope", "2024-07:2", code=2)
    assert "reports/tried: holds a backtest of this name; give the question another name" in told
    backtest = config.with_name("b.yaml")
    backtest.write_text("name: tried\npanel: {sample: x}\n", encoding="utf-8")
    told = said(capsys, "needed", str(backtest), "--year", "2025", "--growth", "8", code=2)
    assert "panel: is of a backtest, which keeps no paths; name the config of a question" in told


@pytest.mark.parametrize(
    "more",
    [
        ("--growth", "-120"),
        ("--growth=8", "--quarters", "7,-100,8,8"),
        ("--growth=8", "--sector", "steel=-150%"),
    ],
)
def test_a_fall_by_all_is_no_growth_of_a_plan(
    config: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    told = said(capsys, "needed", str(config), "--year", "2025", *more, code=2)
    assert "is a fall by all or more; growth lies above -100 %" in told


def test_a_scenario_that_only_an_earlier_report_can_answer_is_said_to_be_when_it_is_saved(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = replace(GROUNDS.paths, months=GROUNDS.paths.months + 2, origin=GROUNDS.paths.origin + 2)
    Path("later").mkdir()
    report_in(Path("later"), replace(GROUNDS, paths=moved))
    later = Path("reports/made/2024-07-20")
    Path("later/reports/made", DAY).replace(later)
    written = (later / "report.json").read_text("utf-8")
    (later / "report.json").write_text(written.replace(DAY, later.name), encoding="utf-8")
    asked = ("whatif", str(config), "--as-of", DAY, "--save")
    told = (
        "scenario mine: shock starts in 2024-05; it must lie after the origin 2024-06, up to 2027-11; it did as "
        f"long as 2024-04 was the last month known (--as-of); it is saved for {DAY} alone: forecast run {config} "
        f"--as-of {DAY}"
    )
    assert said(capsys, *asked, "mine", "--shock", "2024-05:-8").splitlines()[-1] == told
    assert "saved for" not in said(capsys, *asked, "other", "--shock", "2024-07:-8")
    assert "saved for" not in said(capsys, *asked[:2], "--save", "third", "--shock", "2024-07:-8")
