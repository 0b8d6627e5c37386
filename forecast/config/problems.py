"""The validator's findings in plain words with their place in the YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_origin
from unicodedata import name

import numpy as np
from pydantic import BaseModel, ValidationError

from forecast.config.forms import COMING, COUNTRY, DATE, MONTH, WORD
from forecast.config.keys import Config
from forecast.tables import fold, suggestion
from forecast.yaml_text import Place, dotted

_FORMS = {
    MONTH: "YYYY-MM, such as 2024-07, or auto, of the years 1700 to 2199",
    COMING: "YYYY-MM, such as 2024-07, of the years 1700 to 2199",
    DATE: "YYYY-MM-DD or YYYY-MM of the years 1700 to 2199",
    WORD: "of lower-case letters, digits and _",
    COUNTRY: "of two capital letters, such as VN",
}
_NUMBERS = {"int": "a whole number", "float": "a number with a decimal point", "bool": "true or false"}


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


def _problem(file: Path, lines: Mapping[Place, int], place: Place, item: Any, root: type[BaseModel]) -> str:
    problem = _words(item, place, root)
    if (
        not place and (key := problem.partition(":")[0],) in lines
    ):  # of parts that do not fit each other: of the one named
        return f"{file}:{lines[(key,)]}: {problem}"
    line = next(lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines)
    return f"{file}:{line}: {dotted(place) or 'config'}: {problem}"


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
        return (
            f"unknown key; {_elsewhere(place, root) or suggestion(str(place[-1]), _fields(place[:-1], root))}"
        )
    if kind == "missing":
        return "missing; this key is required"
    if kind == "literal_error":
        words = [w.strip().strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{shown} is not one of {', '.join(words)}; {suggestion(str(value), words)}"
    if kind == "string_pattern_mismatch":
        right = fold(str(value)) if context["pattern"] == WORD else ""
        if context["pattern"] == COUNTRY and str(value).isalpha() and len(str(value)) == len("VN"):
            right = str(value).upper()
        form = _FORMS.get(context["pattern"], context["pattern"])
        unseen = next((sign for sign in str(value) if not sign.isprintable()), None)
        odd = (
            ""
            if unseen is None
            else f"; it holds a {name(unseen, 'control character').lower()}, take that out"
        )
        return f"{shown} does not have the form {form}" + odd + (f"; write {right}" if right else "")
    if kind.endswith(("_parsing", "_from_float", "_parsing_size")) and family in _NUMBERS:
        plain = re.sub(r"\s*%$", "", str(value).replace("−", "-"))
        if family == "float" and re.fullmatch(r"[+-]?\d+,\d+", plain):
            plain = plain.replace(",", ".")
        return f"{shown} is not {_NUMBERS[family]}" + (f"; write {plain}" if plain != str(value) else "")
    if kind == "tuple_type":
        how = (
            f"write [{value}]"
            if isinstance(value, str)
            else "begin each of its parts with a dash, in Python write [ ] around it"
        )
        return f"{shown} is no list; {how}"
    if kind in ("model_type", "dict_type"):
        keys = _fields(place, root)
        return f"{shown} is no mapping" + (f"; expected keys such as {', '.join(keys[:3])}" if keys else "")
    if kind == "string_type":
        return "is empty or a list; expected text"
    message = str(item["msg"]).removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return f"{shown} {message}" if isinstance(value, str | int | float) else message[:1].lower() + message[1:]


def _elsewhere(place: Place, root: type[BaseModel]) -> str:
    """Where a key of the outermost level belongs that is one of a part's; "" where it is one of none."""
    parts = [part for part in root.model_fields if str(place[-1]) in _fields((part,), root)]
    return f"it is one of {' and '.join(parts)}" if parts and len(place) == 1 else ""


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
