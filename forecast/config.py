"""YAML → frozen `Question`: the plan, where the data lie, and how to report. Every error at once, with its place."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from forecast import models, normal
from forecast.errors import ConfigError
from forecast.estimate import Plan

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
WORD = r"^[a-z0-9][a-z0-9_]*$"


def _is_date(text: str) -> str:
    try:
        pd.Timestamp(text)
    except ValueError:
        raise ValueError("no such date") from None
    return text


Month = Annotated[str, Field(pattern=MONTH, description="a month, YYYY-MM")]
Word = Annotated[str, Field(pattern=WORD, description="lower-case letters, digits and _")]
Date = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d{2}(-\d{2})?$",
        description="a day, YYYY-MM-DD, or a month, YYYY-MM, meaning its last day",
    ),
    AfterValidator(_is_date),
]
Model = Literal[tuple(models.REGISTRY)]  # type: ignore[valid-type]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """One text in each language."""

    en: str
    vi: str


class Series(_Strict):
    """A series of the figures file."""

    region: Word
    sector: Word = "total"


class Target(_Strict):
    """What is forecast: published figures, a file of levels, or a library's sample."""

    figures: str | None = Field(None, description="file of published figures")
    region: Word | None = None
    sector: Word = "total"
    levels: str | None = Field(None, description="file of index levels")
    column: str | None = Field(None, description="column of the levels file")
    sheet: str | None = Field(None, description="sheet of a workbook")
    sample: Literal["elec_equip"] | None = Field(None, description="a sample shipped inside a library")
    seasonally_adjusted: bool = False
    release_lag_days: int = Field(0, ge=0, le=400, description="days from a month's end to its publication")

    @model_validator(mode="after")
    def _one_source(self) -> Target:
        given = [k for k in ("figures", "levels", "sample") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError(
                f"name exactly one of figures, levels, sample; found {', '.join(given) or 'none'}"
            )
        if self.figures is not None and self.region is None:
            raise ValueError("figures need a region")
        return self


class Calendar(_Strict):
    """Working days and moving holidays of a country."""

    country: str = Field(pattern=r"^[A-Z]{2}$", description="ISO 3166 code of two capital letters")
    holidays: tuple[Literal["tet"], ...] = ()


class Normal(_Strict):
    """The definition of normal in use, and the one shown beside it."""

    kind: Literal[normal.KINDS] = "pre_slump_peak"  # type: ignore[valid-type]
    also: Literal[normal.KINDS] = "trend"  # type: ignore[valid-type]
    years: int = Field(1, ge=1, le=10, description="years averaged by same_month")
    months: Literal[12, 24, 36] = Field(12, description="months averaged by pre_slump_mean")
    level: float | None = Field(None, gt=0, description="index points, for target")

    @model_validator(mode="after")
    def _level(self) -> Normal:
        if "target" in (self.kind, self.also) and self.level is None:
            raise ValueError("normal target needs a level in index points")
        return self


class SlumpStart(_Strict):
    """How the slump is dated."""

    start: Literal["auto"] | Month = "auto"
    threshold_pct: float | None = Field(
        None, gt=0, lt=50, description="θ; 7.5, or 5 where seasonally adjusted"
    )


class Rule(_Strict):
    """The recovery rule, where not automatic."""

    window: int = Field(3, ge=1, le=12, description="months averaged")
    hold: int = Field(3, ge=1, le=6, description="months in a row at or above normal")


class Report(_Strict):
    """How the report is written."""

    languages: tuple[Literal["en", "vi"], ...] = Field(("en", "vi"), min_length=1)
    formats: tuple[Literal["pdf"], ...] = Field(("pdf",), min_length=1)
    organisation: Text | None = None


class Config(_Strict):
    """A question put to the toolkit."""

    name: Word
    title: Text
    as_of: Date | None = None
    target: Target
    related: tuple[Series, ...] = ()
    horizon: int = Field(36, ge=6, le=120, description="months followed after the origin")
    calendar: Calendar | None = None
    normal: Normal = Normal()
    slump: SlumpStart = SlumpStart()
    recovery: Literal["auto"] | Rule = "auto"
    models: tuple[Model, ...] = Field(("sarima", "random_walk_drift_block"), min_length=1)
    paths: int = Field(10_000, ge=200, le=200_000, description="paths simulated per model")
    draws: int = Field(200, ge=20, le=2_000, description="histories drawn of a reconstructed level")
    report: Report = Report()
    seed: int = Field(1, ge=0)


@dataclass(frozen=True)
class Question:
    """A config, read: its plan, its files found, and the bytes it was read from."""

    config: Config
    plan: Plan
    path: Path
    source: bytes
    data: Path | None  # None for a library's sample


def read(path: str | os.PathLike[str], data: Sequence[Path] = ()) -> Question:
    """Read a config and find its files.

    data : folders searched after the config's own, before `FORECAST_DATA`.
    Raises ConfigError listing every problem as `file:line: key: what was found, what was expected`.
    """
    file = Path(path)
    source = _bytes(file)
    tree, lines, problems = _tree(source, file)
    try:
        config = Config.model_validate(tree)
    except ValidationError as error:
        problems += [_problem(file, lines, item) for item in error.errors()]
        raise ConfigError(*problems) from None
    if problems:
        raise ConfigError(*problems)
    named = config.target.figures or config.target.levels
    place = f"{file}:{lines.get(('target', 'figures'), lines.get(('target', 'levels'), 1))}"
    return Question(
        config, plan(config), file, source, _find(named, file.parent, data, place) if named else None
    )


def plan(config: Config) -> Plan:
    """Return the plan that a config asks for."""
    adjusted = config.target.seasonally_adjusted
    theta = config.slump.threshold_pct or (5.0 if adjusted else 7.5)
    start = None if config.slump.start == "auto" else pd.Period(config.slump.start, freq="M")
    hand = None if config.recovery == "auto" else config.recovery
    chosen = config.normal

    def definition(kind: str) -> normal.NormalSpec:
        return normal.NormalSpec(kind, chosen.years, chosen.months, chosen.level)

    return Plan(
        horizon=config.horizon,
        country=config.calendar.country if config.calendar else None,
        holidays=config.calendar.holidays if config.calendar else (),
        slump=normal.SlumpSpec(
            start, theta, adjusted, hand.window if hand else None, hand.hold if hand else None
        ),
        normal=definition(chosen.kind),
        also=definition(chosen.also),
        models=config.models,
        paths=config.paths,
        draws=config.draws,
    )


def schema() -> str:
    """Return the JSON Schema of a config, for editors."""
    tree = Config.model_json_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **tree}, indent=2) + "\n"


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise ConfigError(f"{file}: is a folder; name a config file in it") from None
    except FileNotFoundError:
        near = difflib.get_close_matches(file.name, [p.name for p in file.parent.glob("*.yaml")], 1)
        hint = (
            f'; did you mean "{file.parent / near[0]}"?' if near else "; `forecast init NAME` makes a starter"
        )
        raise ConfigError(f"{file}: no such config{hint}") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None


Place = tuple[str | int, ...]


def _tree(source: bytes, file: Path) -> tuple[Any, dict[Place, int], list[str]]:
    """Parse YAML into plain text values, the line of each key, and problems of its form."""
    try:
        root = yaml.compose(source.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{file}{line}: not valid YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{file}: is empty or no mapping; expected keys such as name, title, target")
    lines: dict[Place, int] = {}
    problems: list[str] = []
    return _plain(root, (), lines, problems, file), lines, problems


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[str], file: Path) -> Any:
    """Turn a node into text, list or dict, noting lines and keys given twice."""
    lines.setdefault(place, node.start_mark.line + 1)
    if len(place) > 12:
        raise ConfigError(f"{file}:{node.start_mark.line + 1}: nested too deeply; expected at most 12 levels")
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in out:
                problems.append(f"{file}:{line}: {_dotted((*place, key))}: given twice; keep one")
            lines[(*place, key)] = line
            out[key] = _plain(value, (*place, key), lines, problems, file)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, i), lines, problems, file) for i, item in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def _problem(file: Path, lines: dict[Place, int], item: Any) -> str:
    """Say one finding of the validator in plain words, with its line and the nearest valid word."""
    place = tuple(part for part in item["loc"] if _is_key(part, item["loc"], lines))
    line = next((lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines), 1)
    return f"{file}:{line}: {_dotted(place) or 'config'}: {_words(item)}"


def _is_key(part: str | int, loc: Place, lines: dict[Place, int]) -> bool:
    """Drop the validator's own marks of a union's branch, which are no keys of the file."""
    keys = {key for place in lines for key in place}
    return part in keys or part == loc[-1]


def _words(item: Any) -> str:
    kind, found, context = item["type"], item.get("input"), item.get("ctx", {})
    shown = json.dumps(found, ensure_ascii=False) if isinstance(found, str | int | float) else "this value"
    if kind == "extra_forbidden":
        return f"unknown key{_nearest(str(item['loc'][-1]), _fields(item['loc'][:-1]))}"
    if kind == "missing":
        return "missing; this key is required"
    if kind == "literal_error":
        words = [w.strip().strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{shown} is not one of {', '.join(words)}{_nearest(str(found), words)}"
    if kind == "string_pattern_mismatch":
        return f"{shown} does not have the form {_FORMS.get(context['pattern'], context['pattern'])}"
    if kind in ("int_parsing", "float_parsing", "int_from_float", "bool_parsing"):
        expected = {
            "int": "a whole number",
            "float": "a number with a decimal point",
            "bool": "true or false",
        }
        return f"{shown} is not {expected[kind.split('_')[0]]}"
    return (
        f"{shown}: {str(item['msg']).removeprefix('Value error, ').lower()}"
        if found is not None
        else str(item["msg"])
    )


_FORMS = {MONTH: "YYYY-MM, such as 2024-07", WORD: "of lower-case letters, digits and _"}


def _nearest(word: str, words: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, words, 1, 0.5)
    return (
        f'; did you mean "{near[0]}"?' if near else f"; expected one of {', '.join(words)}" if words else ""
    )


def _fields(loc: Place) -> list[str]:
    """Names allowed at a place of the config."""
    here: Any = Config
    for part in loc:
        if isinstance(part, str) and isinstance(here, type) and part in getattr(here, "model_fields", {}):
            here = next(_models_in(here.model_fields[part].annotation), None)
    return list(here.model_fields) if here is not None else []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)


def _find(name: str, beside: Path, folders: Sequence[Path], place: str) -> Path:
    """Look a file up beside the config, then in the data folders. Raises ConfigError saying where it was sought."""
    extra = [Path(os.environ["FORECAST_DATA"])] if os.environ.get("FORECAST_DATA") else []
    sought = [beside, *folders, *extra]
    for folder in sought:
        if (folder / name).exists():
            return folder / name
    where = ", ".join(str(folder) for folder in sought)
    raise ConfigError(
        f"{place}: target: file {name!r} not found in {where}; put it there, or name its folder with --data DIR "
        "or in FORECAST_DATA"
    )
