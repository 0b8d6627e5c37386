"""YAML with the line of every key, and the validator's findings in plain words with their place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from forecast.config.forms import COMING, MONTH, WORD
from forecast.config.keys import Config
from forecast.errors import ConfigError
from forecast.tables import suggestion

Place = tuple[str | int, ...]

DEEPEST = 12
_DATA = {b"PK\x03\x04": "a workbook", b"\xd0\xcf\x11\xe0": "a workbook", b"PAR1": "a table"}
_FORMS = {
    MONTH: "YYYY-MM, such as 2024-07, or auto",
    COMING: "YYYY-MM, such as 2024-07",
    WORD: "of lower-case letters, digits and _",
}
_NUMBERS = {"int": "a whole number", "float": "a number with a decimal point", "bool": "true or false"}


def parsed(source: bytes, file: Path) -> tuple[Any, dict[Place, int], list[str]]:
    """Return the YAML as plain text values, the line of each key, and keys given twice.

    Values stay text, so that NO is a country and 2024-05 a month; the types are the validator's work.
    Raises ConfigError where the text is no YAML mapping in UTF-8.
    """
    if kind := next((name for mark, name in _DATA.items() if source.startswith(mark)), None):
        raise ConfigError(_no_question(file, kind))
    try:
        root = yaml.compose(source.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise ConfigError(f"{file}{line}: not valid YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(root, yaml.MappingNode):
        if root is not None and isinstance(root, yaml.ScalarNode) and _holds_rows(source):
            raise ConfigError(_no_question(file, "a table"))
        raise ConfigError(f"{file}: is empty or no mapping; expected keys such as name, title, target")
    lines: dict[Place, int] = {}
    problems: list[str] = []
    return _plain(root, (), lines, problems, file), lines, problems


def in_words(
    error: ValidationError, file: Path, lines: Mapping[Place, int], root: type[BaseModel] = Config
) -> list[str]:
    """Say each finding of the validator as `file:line: key: what was found, what was expected`."""
    first: dict[Place, Any] = {}
    for item in error.errors():
        first.setdefault(_place(item["loc"], lines, root), item)
    outer = {place[:n] for place in first for n in range(len(place))}  # what is wrong inside says it better
    return [_problem(file, lines, place, item, root) for place, item in first.items() if place not in outer]


def _no_question(file: Path, kind: str) -> str:
    return (
        f"{file}: is {kind} of data, no question; look at it with forecast check {file}, and name it in a question: "
        f"target: {{levels: {file.name}}} or target: {{figures: {file.name}, region: …}}"
    )


def _holds_rows(source: bytes) -> bool:
    """Tell a file of rows, each with the same signs between its cells, from other text."""
    rows = source.decode("utf-8-sig").splitlines()[:3]
    return len(rows) > 1 and any(rows[0].count(sign) == rows[1].count(sign) > 0 for sign in ",;\t|")


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[str], file: Path) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if len(place) > DEEPEST:
        raise ConfigError(f"{file}:{line}: nested too deeply; expected at most {DEEPEST} levels")
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        commas = _decimal_commas(node)
        for key_node, value in node.value:
            if key_node in commas.values():
                continue
            key = str(key_node.value)
            here = (*place, key)
            if key in out:
                problems.append(
                    f"{file}:{key_node.start_mark.line + 1}: {_dotted(here)}: given twice; keep one"
                )
            lines[here] = key_node.start_mark.line + 1
            if key_node in commas:
                whole, rest = value.value, commas[key_node].value
                problems.append(
                    f"{file}:{lines[here]}: {_dotted(here)}: {whole},{rest} has a decimal comma; write {whole}.{rest}"
                )
            out[key] = _plain(value, here, lines, problems, file)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, i), lines, problems, file) for i, item in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def _decimal_commas(node: yaml.MappingNode) -> dict[yaml.Node, yaml.Node]:
    """Return the keys whose number has a decimal comma between braces, {2024: 6,0}: key -> what YAML took for a key."""
    return {
        key: rest
        for (key, value), (rest, nothing) in pairwise(node.value)
        if node.flow_style
        and re.fullmatch(r"\d+", str(rest.value))
        and (nothing.tag, nothing.value) == ("tag:yaml.org,2002:null", "")
        and re.fullmatch(r"-?\d+", str(value.value))
    }


def _problem(file: Path, lines: Mapping[Place, int], place: Place, item: Any, root: type[BaseModel]) -> str:
    line = next(lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines)
    return f"{file}:{line}: {_dotted(place) or 'config'}: {_words(item, place, root)}"


def _place(loc: Place, lines: Mapping[Place, int], root: type[BaseModel]) -> Place:
    """Drop the validator's own marks of a union's branch, which are no keys of the file."""
    place: Place = ()
    for i, part in enumerate(loc):
        if (*place, part) in lines or (i == len(loc) - 1 and part in _fields(place, root)):
            place = (*place, part)
    return place


def _words(item: Any, place: Place, root: type[BaseModel]) -> str:
    kind, found, context = item["type"], item.get("input"), item.get("ctx", {})
    shown = json.dumps(found, ensure_ascii=False) if isinstance(found, str | int | float) else "this value"
    family = kind.split("_")[0]
    if kind == "extra_forbidden":
        return f"unknown key; {suggestion(str(place[-1]), _fields(place[:-1], root))}"
    if kind == "missing":
        return "missing; this key is required"
    if kind == "literal_error":
        words = [w.strip().strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{shown} is not one of {', '.join(words)}; {suggestion(str(found), words)}"
    if kind == "string_pattern_mismatch":
        return f"{shown} does not have the form {_FORMS.get(context['pattern'], context['pattern'])}"
    if kind.endswith(("_parsing", "_from_float")) and family in _NUMBERS:
        return f"{shown} is not {_NUMBERS[family]}"
    if kind in ("model_type", "dict_type"):
        keys = _fields(place, root)
        return f"{shown} is no mapping" + (f"; expected keys such as {', '.join(keys[:3])}" if keys else "")
    if kind == "string_type":
        return "is empty or a list; expected text"
    said = str(item["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    return f"{shown} {said}" if isinstance(found, str | int | float) else said[:1].lower() + said[1:]


def _fields(place: Place, root: type[BaseModel]) -> list[str]:
    """Names allowed at a place of the config."""
    here: type[BaseModel] | None = root
    named = False  # whether the part before holds parts by names of the user's
    for part in place:
        if named or not isinstance(part, str) or here is None:
            named = False
            continue
        field = here.model_fields.get(part)
        here = next(_models_in(field.annotation), None) if field is not None else None
        named = field is not None and get_origin(field.annotation) is dict
    return list(here.model_fields) if here is not None else []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)


def _dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)
