"""YAML → frozen `Question`: the plan, where the data lie, and how to report. Every error at once, with its place."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from forecast.config.assumptions import scenario
from forecast.config.backtests import BacktestConfig, BacktestQuestion, is_backtest, read_backtest
from forecast.config.files import files_in, find, source_of, unread
from forecast.config.forms import WORD, texts
from forecast.config.keys import Config, Nowcast
from forecast.config.mapping import as_yaml, word
from forecast.config.problems import in_line_order, in_words
from forecast.config.year_target import YearTarget
from forecast.errors import ConfigError
from forecast.estimate import Plan
from forecast.figures import Figures
from forecast.rooms import furnish
from forecast.scenario import BASELINE
from forecast.targets import AnnualTarget
from forecast.yaml_text import Place, parsed

__all__ = [
    "WORD",
    "BacktestQuestion",
    "Config",
    "Question",
    "asked_in",
    "is_backtest",
    "parse",
    "plan",
    "plan_in",
    "read",
    "read_backtest",
    "schema",
    "texts",
    "word",
]


Given = pd.DataFrame | Figures
"""Data of a target in memory: levels, a column each, or published figures."""

NOWHERE = Path("question")
"""The name in messages of a config that stands in no file."""


@dataclass(frozen=True)
class Question:
    """A config, read: its plan, its files found, and the bytes it was read from.

    given : the target's data where they are in memory, instead of `data`
    """

    config: Config
    plan: Plan
    path: Path
    source: bytes
    files: tuple[Path, ...]  # of the target, those of a folder one by one; none for a library's sample
    indicators: tuple[Path, ...] = ()  # a file for each entry of the config
    given: Given | None = None
    unread: tuple[str, ...] = ()  # what of the folders of the target was not read
    lines: Mapping[Place, int] = field(default_factory=dict)  # of its keys; none where it stands in no file

    @property
    def data(self) -> Path | None:
        """The file, or the first of the files, that holds the target; None for a library's sample."""
        return self.files[0] if self.files else None

    def place(self, key: str) -> str:
        """Return where a key of the outermost level stands, for messages: the config, its line there, the key."""
        line = self.lines.get((key,))
        return f"{self.path}: {key}" if line is None else f"{self.path}:{line}: {key}"


def read(path: str | os.PathLike[str], data: Sequence[Path] = ()) -> Question:
    """Read a config and find its files.

    data : folders searched after the config's own, before `FORECAST_DATA`.
    Raises ConfigError listing every problem as `file:line: key: what was found, what was expected`.
    """
    file = Path(path)
    return _question(source_of(file), file, data)


def asked_in(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return a config as a mapping of plain texts, not judged yet. Raises ConfigError where it is no YAML mapping."""
    return dict(parsed(source_of(Path(path)), Path(path))[0])


def plan_in(path: str | os.PathLike[str]) -> Plan:
    """Return the plan that a config asks for; its files are not sought. Raises ConfigError as `read` does."""
    file = Path(path)
    return _validated(*parsed(source_of(file), file), file)[1]


def parse(tree: Mapping[str, Any], given: Given | None = None, *, path: Path = NOWHERE) -> Question:
    """Read a config given as a mapping, as if it stood in a YAML file.

    given : the target's data; what the target says of a file is then its name · path : beside which files are sought
    Raises ConfigError listing every problem as `question: key: what was found, what was expected`.
    """
    try:
        return replace(_question(as_yaml(tree, path), path, given=given), lines={})
    except ConfigError as error:
        lines = re.compile(f"^{re.escape(str(path))}:\\d+: ")
        raise ConfigError(*(lines.sub(f"{path}: ", problem) for problem in error.problems)) from None


def _question(source: bytes, file: Path, data: Sequence[Path] = (), given: Given | None = None) -> Question:
    tree, lines, problems = parsed(source, file)
    if "panel" in tree and "target" not in tree:
        raise ConfigError(
            f"{file}:{lines[('panel',)]}: panel: is of a backtest; `forecast backtest {file}` runs it"
        )
    paths = _found(_files_named(tree, given), file, lines, data, problems)
    config, asks = _validated(tree, lines, problems, file)
    beside = len(config.indicators)
    own, indicators = paths[: len(paths) - beside], paths[len(paths) - beside :]
    files = tuple(inside for path in own if path is not None for inside in files_in(path))
    skipped = tuple(filter(None, (unread(path) for path in own if path is not None)))
    found = tuple(filter(None, indicators))
    return Question(config, asks, file, source, files, found, given, skipped, lines)


def _validated(
    tree: Mapping[str, Any], lines: Mapping[Place, int], problems: Sequence[str], file: Path
) -> tuple[Config, Plan]:
    """Return a config and its plan. Raises ConfigError with the problems found before and its own."""
    found = list(problems)
    try:
        config = Config.model_validate(tree)
        asks = plan(config)
    except ValidationError as error:
        found += in_words(error, file, lines)
    except ConfigError as error:
        found += [f"{file}: {problem}" for problem in error.problems]
    if found:
        raise ConfigError(*in_line_order(found, file))
    return config, asks


def _files_named(tree: Mapping[str, Any], given: Given | None) -> list[tuple[str, str]]:
    """Every file that the tree names, right or wrong as it may be elsewhere, with its key: the target's first.

    Where the target's data are given, what it says of a file is only a name.
    """
    indicators = tree.get("indicators")
    holders = [] if given is not None else [("target", tree.get("target"))]
    holders += [("indicators", of) for of in (indicators if isinstance(indicators, list) else ())]
    named = []
    for key, of in holders:
        if isinstance(of, Mapping):
            name = next((of[kind] for kind in ("figures", "levels", "store") if of.get(kind)), None)
            named += [
                (one, key) for one in (name if isinstance(name, list) else [name]) if isinstance(one, str)
            ]
    return named


def _found(
    named: Sequence[tuple[str, str]], file: Path, lines: Mapping[Place, int], data: Sequence[Path],
    problems: list[str],
) -> list[Path | None]:  # fmt: skip
    """The files named, each under its key; what is missing goes to the problems."""
    paths: list[Path | None] = []
    for name, key in named:
        try:
            place = f"{file}:{lines.get((key,), 1)}: {key}"
            paths.append(find(name, file.parent, data, place, folder_too=key == "target"))
        except ConfigError as error:
            paths.append(None)
            problems += error.problems
    return paths


def plan(config: Config) -> Plan:
    """Return the plan that a config asks for."""
    in_use, beside = config.normal.specs
    nowcast = config.nowcast or (Nowcast() if config.indicators else None)
    return Plan(
        horizon=config.horizon,
        country=config.calendar.country if config.calendar else None,
        holidays=config.calendar.holidays if config.calendar else (),
        slump=config.slump.spec(config.target.seasonally_adjusted, config.recovery),
        normal=in_use,
        also=beside,
        models=config.models,
        beside=config.beside,
        nowcast=nowcast.spec if nowcast is not None else None,
        sectors=_sectors(config),
        paths=config.paths,
        draws=config.draws,
        scenarios=tuple(scenario(s.name, config.scenarios) for s in config.scenarios if s.name != BASELINE),
        annual_targets=_annual_targets(config),
    )


def _annual_targets(config: Config) -> tuple[AnnualTarget, ...]:
    """Targets by year; a number alone is growth of the year without a plan."""
    given = sorted(config.annual_targets.items())
    return tuple(
        target.of(year) if isinstance(target, YearTarget) else AnnualTarget(year, target)
        for year, target in given
    )


def _sectors(config: Config) -> tuple[tuple[str, float | None], ...]:
    """Sectors in the order of the config, with their shares where it gives any."""
    given = config.sectors
    return tuple(given.items()) if isinstance(given, dict) else tuple((name, None) for name in given)


def schema() -> str:
    """Return the JSON Schema of a config, for editors: of a question, or of a backtest."""
    tree = _closed(TypeAdapter(Config | BacktestConfig).json_schema())
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **tree}, indent=2) + "\n"


def _closed(tree: Any) -> Any:
    """The schema with nothing allowed beside keys of a given form: a name misspelt is as wrong as a key."""
    if isinstance(tree, dict):
        closed = {key: _closed(item) for key, item in tree.items()}
        return {"additionalProperties": False, **closed} if "patternProperties" in closed else closed
    return [_closed(item) for item in tree] if isinstance(tree, list) else tree


furnish(__name__)
