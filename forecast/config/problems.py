"""YAML with the line of every key, and the validator's findings in plain words with their place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_origin

import numpy as np
import yaml
from pydantic import BaseModel, ValidationError

from forecast.config.files import NODES, most_nodes
from forecast.config.forms import COMING, DATE, MONTH, WORD
from forecast.config.keys import Config
from forecast.errors import ConfigError
from forecast.tables import fold, suggestion

Place = tuple[str | int, ...]

DEEPEST = 12  # levels of nesting; chosen: no key lies as deep
_FORMS = {
    MONTH: "YYYY-MM, such as 2024-07, or auto, of the years 1700 to 2199",
    COMING: "YYYY-MM, such as 2024-07, of the years 1700 to 2199",
    DATE: "YYYY-MM-DD or YYYY-MM of the years 1700 to 2199",
    WORD: "of lower-case letters, digits and _",
}
_NUMBERS = {"int": "a whole number", "float": "a number with a decimal point", "bool": "true or false"}


def parsed(source: bytes, file: Path) -> tuple[Any, dict[Place, int], list[str]]:
    """Return the YAML as plain text values, the line of each key, and keys given twice.

    Values stay text, so that NO is a country and 2024-05 a month; the types are the validator's work.
    Raises ConfigError where the text is no YAML mapping in UTF-8.
    """
    try:
        text = source.decode("utf-8-sig")
        _check_size(text, file)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
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


def _check_size(text: str, file: Path) -> None:
    """Refuse what is deeper or larger than any config before it is composed, which would not end well."""
    depth = count = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise _too_deep(file, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        else:
            count += 1
            if count > 2 * most_nodes():  # keys count here too
                raise _too_many(file, line)


def _too_deep(file: Path, line: int) -> ConfigError:
    return ConfigError(
        f"{file}:{line}: nested too deeply; expected at most {DEEPEST} levels, no key lies deeper"
    )


def _too_many(file: Path, line: int) -> ConfigError:
    return ConfigError(
        f"{file}:{line}: comes to more than {most_nodes():,} values, aliases counted each time; write fewer, or "
        f"allow more with the environment variable {NODES}"
    )


def in_words(
    error: ValidationError, file: Path, lines: Mapping[Place, int], root: type[BaseModel] = Config
) -> list[str]:
    """Say each finding of the validator as `file:line: key: what was found, what was expected`."""
    first: dict[Place, Any] = {}
    for item in error.errors():
        first.setdefault(_place(item["loc"], lines, root), item)
    outer = {place[:n] for place in first for n in range(len(place))}  # what is wrong inside says it better
    return [_problem(file, lines, place, item, root) for place, item in first.items() if place not in outer]


def in_line_order(problems: Sequence[str], file: Path) -> list[str]:
    """Return the problems of a file in the order of their lines, each once; those without a line last."""
    at = re.compile(re.escape(f"{file}:") + r"(\d+):")

    def line(problem: str) -> float:
        place = at.match(problem)
        return int(place[1]) if place else np.inf

    return sorted(dict.fromkeys(problems), key=line)


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[str], file: Path) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if len(place) > DEEPEST:
        raise _too_deep(file, line)
    if len(lines) > most_nodes():
        raise _too_many(file, line)
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for i, (key_node, value) in enumerate(node.value):
            if not isinstance(key_node, yaml.ScalarNode):
                raise ConfigError(
                    f"{file}:{key_node.start_mark.line + 1}: a list or mapping is no key; write a word"
                )
            key = str(key_node.value)
            here = (*place, key)
            if node.flow_style and i and _is_cut(node.value[i - 1][1], key, value):
                cut = node.value[i - 1][1].value
                problems.append(
                    f"{file}:{line}: {_dotted(place)}: {cut},{key} has a decimal comma, which begins a new entry "
                    f"here; write {cut}.{key}"
                )
                continue
            if key in out:
                problems.append(
                    f"{file}:{key_node.start_mark.line + 1}: {_dotted(here)}: given twice; keep one"
                )
            lines[here] = key_node.start_mark.line + 1
            out[key] = _plain(value, here, lines, problems, file)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, i), lines, problems, file) for i, item in enumerate(node.value)]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def _is_cut(before: yaml.Node, key: str, value: yaml.Node) -> bool:
    """Whether a key without a value is what a decimal comma cut off the number before it, as in {2024: 6,0}."""
    number = str(before.value).lstrip("+-") if isinstance(before, yaml.ScalarNode) else ""
    return number.isdigit() and key.isdigit() and value.tag == "tag:yaml.org,2002:null" and not value.value


def _problem(file: Path, lines: Mapping[Place, int], place: Place, item: Any, root: type[BaseModel]) -> str:
    problem = _words(item, place, root)
    if (
        not place and (key := problem.partition(":")[0],) in lines
    ):  # of parts that do not fit each other: of the one named
        return f"{file}:{lines[(key,)]}: {problem}"
    line = next(lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines)
    return f"{file}:{line}: {_dotted(place) or 'config'}: {problem}"


def _place(loc: Place, lines: Mapping[Place, int], root: type[BaseModel]) -> Place:
    """Drop the validator's own marks of a union's branch, which are no keys of the file."""
    place: Place = ()
    for i, part in enumerate(loc):
        if (*place, part) in lines or (i == len(loc) - 1 and part in _fields(place, root)):
            place = (*place, part)
    return place


def _words(item: Any, place: Place, root: type[BaseModel]) -> str:
    kind, value, context = item["type"], item.get("input"), item.get("ctx", {})
    shown = _shown(value)
    family = kind.split("_")[0]
    if kind == "extra_forbidden":
        return f"unknown key; {suggestion(str(place[-1]), _fields(place[:-1], root))}"
    if kind == "missing":
        return "missing; this key is required"
    if kind == "literal_error":
        words = [w.strip().strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{shown} is not one of {', '.join(words)}; {suggestion(str(value), words)}"
    if kind == "string_pattern_mismatch":
        right = fold(str(value)) if context["pattern"] == WORD else ""
        form = _FORMS.get(context["pattern"], context["pattern"])
        return f"{shown} does not have the form {form}" + (f"; write {right}" if right else "")
    if kind.endswith(("_parsing", "_from_float", "_parsing_size")) and family in _NUMBERS:
        comma = re.fullmatch(r"[+-]?\d+,\d+", str(value)) and family == "float"
        return f"{shown} is not {_NUMBERS[family]}" + (
            f"; write {str(value).replace(',', '.')}" if comma else ""
        )
    if kind in ("model_type", "dict_type"):
        keys = _fields(place, root)
        return f"{shown} is no mapping" + (f"; expected keys such as {', '.join(keys[:3])}" if keys else "")
    if kind == "string_type":
        return "is empty or a list; expected text"
    message = str(item["msg"]).removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return f"{shown} {message}" if isinstance(value, str | int | float) else message[:1].lower() + message[1:]


def _shown(value: object) -> str:
    """A value as the file has it, cut to what fits on a line."""
    if not isinstance(value, str | int | float):
        return "this value"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f'{text[:76]}…"'


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
