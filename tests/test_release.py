"""What is released says one version, asks for what was tried, and holds the shipped question as it stands here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

import forecast
from forecast.cli import main
from forecast.run import demo
from forecast.run.environment import environment

REPO = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]
ASKED = [Requirement(line) for of in PROJECT["optional-dependencies"].values() for line in of]
NEEDED = [Requirement(line) for line in PROJECT["dependencies"]]
WORKFLOWS = sorted((REPO / ".github" / "workflows").glob("*.yml"))


def pinned(name: str) -> dict[str, Version]:
    lines = (REPO / "requirements" / name).read_text("utf-8").splitlines()
    pins = [Requirement(line) for line in lines]
    return {pin.name: Version(next(iter(pin.specifier)).version) for pin in pins}


def steps(workflow: Path) -> list[str]:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def test_one_version_and_one_day() -> None:
    citation = yaml.safe_load((REPO / "CITATION.cff").read_text("utf-8"))
    found = re.search(r"^## (\d\S+), (\S+)$", (REPO / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    assert found.groups() == (forecast.__version__, str(citation["date-released"]))
    assert citation["version"] == forecast.__version__


def test_the_lowest_versions_are_those_that_are_asked_for() -> None:
    lowest = pinned("lowest.txt")
    for asked in NEEDED + ASKED:
        (bound,) = (one.version for one in asked.specifier if one.operator == ">=")
        assert Version(lowest[asked.name].base_version) == Version(bound), asked.name


def test_the_lock_holds_what_is_asked_for() -> None:
    lock = pinned("lock.txt")
    for asked in NEEDED + ASKED:
        assert asked.specifier.contains(lock[asked.name]), asked.name


def test_workflows_run_the_steps_of_ci() -> None:
    known = set(re.findall(r"^(\w+)\(\) \{", (REPO / ".ci" / "run").read_text("utf-8"), re.MULTILINE))
    ran = [line for workflow in WORKFLOWS for line in steps(workflow)]
    assert ran
    for line in ran:
        assert line.startswith("bash .ci/run ")
        assert set(line.split()[2:]) <= known, line


def test_the_pythons_that_are_claimed_are_those_of_the_tests() -> None:
    jobs = yaml.safe_load((REPO / ".github" / "workflows" / "tests.yml").read_text("utf-8"))["jobs"]
    claimed = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert jobs["systems"]["strategy"]["matrix"]["python"] == claimed == ["3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["requires-python"] == f">={claimed[0]}"


def test_the_build_lays_the_shipped_question_into_the_package(tmp_path: Path) -> None:
    command = [sys.executable, "setup.py", "--quiet", "egg_info", "--egg-base", str(tmp_path)]
    subprocess.run(
        [*command, "build_py", "--build-lib", str(tmp_path)], cwd=REPO, check=True, capture_output=True
    )
    built = tmp_path / "forecast" / "demo"
    copies = sorted(path.relative_to(built) for path in built.rglob("*") if path.is_file())
    assert copies == [Path("bac_ninh.yaml"), Path("data/vietnam_published_figures.csv")]
    for name in copies:
        assert (built / name).read_bytes() == (REPO / "configs" / name).read_bytes()


def test_the_shipped_question_is_found_in_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert demo.shipped() == REPO / "configs" / "bac_ninh.yaml"
    (tmp_path / "forecast" / "demo").mkdir(parents=True)
    (tmp_path / "configs").mkdir()
    monkeypatch.setattr(demo, "files", lambda package: tmp_path / package)
    assert demo.shipped() == tmp_path / "forecast" / "demo" / "bac_ninh.yaml"


def test_the_demo_answers_and_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small = tmp_path / "small.yaml"
    small.write_text(
        "name: small\ntitle: Small\nas_of: 2009-12-31\ntarget: {sample: elec_equip}\nhorizon: 12\npaths: 200\n"
        "models: [random_walk_drift]\nreport: {languages: [en], formats: [html]}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(demo, "shipped", lambda: small)
    assert main(["demo", "--out", str(tmp_path / "out")]) == 0
    lines = capsys.readouterr().out.splitlines()
    written = tmp_path / "out" / "small" / "2009-12-31" / "report.en.html"
    assert lines[0].startswith("small as of 2009-12-31: ")
    assert lines[-2:] == [f"  {written}", "next, a folder for your own figures: forecast init my_region"]
    assert written.is_file()


def test_a_report_of_a_fault_names_versions_and_no_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORECAST_DATA", str(Path.home()))
    assert main(["--version", "--report-environment"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"iip-forecast {forecast.__version__}"
    assert lines == environment()
    told = dict(line.split(": ", 1) for line in lines)
    assert told["native kernel"].split(",")[0] in ("yes", "no")
    assert "FORECAST_DATA" in told["set"]
    assert {asked.name for asked in NEEDED} <= told.keys()
    assert told["numpy"] == pytest.importorskip("numpy").__version__
    for place in (Path.cwd(), Path.home(), REPO):
        assert str(place) + os.sep not in "\n".join(lines)


def test_the_version_needs_no_command_and_nothing_else_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"iip-forecast {forecast.__version__}\n"
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "the following arguments are required: COMMAND" in capsys.readouterr().err
