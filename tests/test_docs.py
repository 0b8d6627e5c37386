"""The site builds without a warning, its generated parts are whole, and its examples are what the program reads."""

from __future__ import annotations

import html
import importlib
import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import forecast as fc
from forecast.cli import main
from forecast.config import schema

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
DOORS = sorted(
    door
    for page in PAGES
    for door in re.findall(r"^.. automodule:: (\S+)", page.read_text("utf-8"), re.MULTILINE)
)
SCHEMA = json.loads(schema())
FRONT = (
    "fc.read(", "fc.read_figures(", "fc.answer(", "fc.estimate(", "fc.backtest(", "fc.reconstruct(", "fc.fit(",
    "fc.sarima.fit(", "fc.write_report(",
)  # fmt: skip
QUESTION = {"name": "x", "title": {"en": "X", "vi": "X"}, "target": {"sample": "elec_equip"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-E", "-d", str(out / "trees")]
    made = subprocess.run(
        [*command, str(DOCS), str(out / "html")], capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return out / "html"


def shown(page: Path) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text("utf-8")))


@pytest.mark.slow
@pytest.mark.documentation
def test_every_page_is_built_and_stands_in_the_navigation(site: Path) -> None:
    for page in PAGES:
        built = site / page.relative_to(DOCS).with_suffix(".html")
        assert built.is_file(), page
    assert (site / "_images" / "page_one.png").is_file()


@pytest.mark.slow
@pytest.mark.documentation
def test_the_site_needs_no_network(site: Path) -> None:
    fetched = re.compile(r'(?:src|rel="stylesheet"[^>]*href)="(?:https?:)?//')
    assert [page.name for page in site.rglob("*.html") if fetched.search(page.read_text("utf-8"))] == []


@pytest.mark.slow
@pytest.mark.documentation
def test_every_key_of_a_config_is_explained(site: Path) -> None:
    text = shown(site / "reference" / "config.html")
    for name, part in SCHEMA["$defs"].items():
        assert name in text
        for key, node in part["properties"].items():
            assert key in text
            assert node["description"].split("\n")[0].split("`")[0] in text


@pytest.mark.slow
@pytest.mark.documentation
def test_every_command_and_public_name_is_there(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(site / "reference" / "commands.html")
    for command in commands(capsys):
        assert f"usage: forecast {command}" in text
    named = "".join(shown(page) for page in (site / "reference").glob("api_*.html"))
    for name in (
        "Paths",
        "reconstruct",
        "find_slump",
        "censored_crps",
        "logit_pool",
        "RefusedError",
        "Backtest",
    ):
        assert name in named
    assert "past then future, monthly and gap-free" in named


@pytest.mark.slow
@pytest.mark.documentation
def test_types_are_told_as_the_source_names_them(site: Path) -> None:
    for page in (site / "reference").glob("api_*.html"):
        text = shown(page)
        for inside in (
            "TypeAliasForwardRef",
            "_SupportsArray",
            "_Buffer",
            "dtype[",
            "_HAS_DEFAULT",
            "~forecast",
        ):
            assert inside not in text, f"{page.name}: {inside}"
    assert "y: ArrayLike" in re.sub(r"\s+", " ", shown(site / "reference" / "api_models.html"))


@pytest.mark.parametrize("door", DOORS)
def test_every_public_name_of_a_door_has_its_own_docstring(door: str) -> None:
    module = importlib.import_module(door)
    assert module.__doc__
    defined = [name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == door]
    public = [name for name in getattr(module, "__all__", defined) if not name.startswith("_")]
    assert public
    missing = []
    for name in public:
        thing = getattr(module, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            said = inspect.getdoc(thing) or ""
            missing += [] if said and not said.startswith(f"{name}(") else [name]
        if inspect.isclass(thing):
            own = {key: part for key, part in vars(thing).items() if not key.startswith("_")}
            called = {key: part for key, part in own.items() if callable(part) or isinstance(part, property)}
            missing += [f"{name}.{key}" for key, part in called.items() if not inspect.getdoc(part)]
    assert missing == []


def test_every_room_has_its_place_in_the_reference() -> None:
    layers = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))
    floors = layers["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = {room for floor in floors for room in re.findall(r"(?<!\()\b[a-z]+\b(?!\))", floor)}
    # commands have a page of their own, the others are no doors
    inside = {
        "again",
        "arguments",
        "arrays",
        "checksums",
        "cli",
        "display",
        "locking",
        "onset",
        "places",
        "rooms",
        "stopping",
        "tables",
    }
    assert rooms - inside == {door.split(".")[1] for door in DOORS}


def commands(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Every command with its help."""

    def said(*words: str) -> str:
        with pytest.raises(SystemExit):
            main(words)
        return capsys.readouterr().out

    names = re.findall(r"^    ([a-z]+)\b", said("--help"), flags=re.MULTILINE)
    assert {"run", "check", "schema"} <= set(names)
    return {name: said(name, "--help") for name in names}


def blocks(kind: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for found in re.finditer(
            rf"^```{kind}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
        ):
            yield str(page.relative_to(DOCS)), found[1]


def test_commands_in_the_pages_exist_with_their_options(capsys: pytest.CaptureFixture[str]) -> None:
    known = commands(capsys)
    lines = [(page, line) for page, text in blocks("text") for line in text.splitlines()]
    used = [(page, line) for page, line in lines if re.match(r"forecast [a-z]", line)]
    assert len(used) >= 15
    for page, line in used:
        command = line.split()[1]
        assert command in known, f"{page}: {line}"
        for option in re.findall(r"--[a-z-]+", line):
            assert option in known[command], f"{page}: {line}"


@pytest.mark.slow
@pytest.mark.documentation
def test_examples_in_python_run_in_the_order_of_their_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doors of the front door each have an example, and each runs."""
    (tmp_path / "configs").symlink_to(DOCS.parent / "configs")
    monkeypatch.chdir(tmp_path)
    lines = "".join(text for page, text in blocks("python") if page == "how_to/python.md")
    assert all(door in lines for door in FRONT)
    exec(compile(lines, "python.md", "exec"), {})
    assert (tmp_path / "reports/turnover/report.en.html").is_file()


def test_names_in_the_guide_from_elsewhere_exist() -> None:
    text = (DOCS / "how_to/from_elsewhere.md").read_text("utf-8")
    for path in set(re.findall(r"\bfc((?:\.\w+)+)", text)):
        found = fc
        for name in path.strip(".").split("."):
            found = getattr(found, name)
    results = fc.sarima.fit(fc.Sarima(), fc.series.sample("elec_equip"))
    for name in set(re.findall(r"\bfit\.(\w+)", text)):
        assert hasattr(results, name), name


def test_config_examples_are_valid() -> None:
    validator = Draft202012Validator(SCHEMA)
    examples = [(page, text) for page, text in blocks("yaml") if not text.startswith("#")]
    assert len(examples) >= 6
    for page, text in examples:
        tree = json.loads(json.dumps(yaml.load(text, Loader=yaml.BaseLoader)))
        whole = tree if "panel" in tree else QUESTION | tree
        problems = [error.message for error in validator.iter_errors(typed(whole))]
        assert problems == [], f"{page}: {problems}"


def typed(value: object) -> object:
    """Plain YAML texts with numbers and truth values as JSON has them; dates and months stay text."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?|true|false", value):
        return json.loads(value)
    return value
