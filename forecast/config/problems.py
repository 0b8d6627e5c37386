"""The validator's findings in plain words with their place in the YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_origin
from unicodedata import name

import numpy as np
from pydantic import BaseModel, ValidationError

from forecast import calendar
from forecast.config.forms import COMING, COUNTRY, DATE, MONTH, WORD
from forecast.config.keys import Config
from forecast.tables import latin, suggestion
from forecast.yaml_text import Place, dotted

_FORMS = {
    MONTH: "YYYY-MM, such as 2024-07, or auto, of the years 1700 to 2199",
    COMING: "YYYY-MM, such as 2024-07, of the years 1700 to 2199",
    DATE: "YYYY-MM-DD or YYYY-MM of the years 1700 to 2199",
    WORD: "of lower-case letters, digits and _",
    COUNTRY: "of two capital letters, such as VN",
}
LINE = 80
"""Letters of a value that a message shows."""

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


@dataclass(frozen=True)
class _Fault:
    """One finding of the validator: its kind, the value found, what was expected, and the place of it."""

    kind: str
    value: object
    expected: Mapping[str, Any]
    message: str
    place: Place
    root: type[BaseModel]

    @property
    def shown(self) -> str:
        """The value as the file has it, cut to what fits on a line."""
        if not isinstance(self.value, str | int | float):
            return "this value"
        text = json.dumps(self.value, ensure_ascii=False)
        return text if len(text) <= LINE else f'{text[: LINE - 4]}…"'


def _words(item: Any, place: Place, root: type[BaseModel]) -> str:
    kind = item["type"]
    fault = _Fault(kind, item.get("input"), item.get("ctx", {}), str(item["msg"]), place, root)
    number = kind.split("_")[0] in _NUMBERS and kind.endswith((*_NO_NUMBER, "_type"))
    return _no_number(fault) if number else _SAID.get(kind, _as_the_validator)(fault)


def _unknown(of: _Fault) -> str:
    known = _elsewhere(of.place, of.root) or suggestion(str(of.place[-1]), _fields(of.place[:-1], of.root))
    return f"unknown key; {known}"


def _no_word(of: _Fault) -> str:
    words = [word.strip().strip("'") for word in of.expected["expected"].replace(" or ", ", ").split(", ")]
    return f"{of.shown} is not one of {', '.join(words)}; {suggestion(str(of.value), words)}"


def _other_form(of: _Fault) -> str:
    pattern, text = of.expected["pattern"], str(of.value)
    right = latin(text) if pattern == WORD else ""
    if pattern == COUNTRY and text.isascii() and not calendar.problems(text, ()):
        right = text.upper()
    unseen = next((sign for sign in text if not sign.isprintable()), None)
    hidden = f"; it holds a {name(unseen, 'control character').lower()}, take that out" if unseen else ""
    form = _FORMS.get(pattern, pattern)
    return f"{of.shown} does not have the form {form}{hidden}" + (f"; write {right}" if right else "")


def _no_number(of: _Fault) -> str:
    if of.value is None:
        return f"is empty; expected {_NUMBERS[of.kind.split('_')[0]]}"
    plain = re.sub(r"\s*%$", "", str(of.value).replace("−", "-"))
    if of.kind.startswith("float") and re.fullmatch(r"[+-]?\d+,\d+", plain):
        plain = plain.replace(",", ".")
    expected = _NUMBERS[of.kind.split("_")[0]]
    return f"{of.shown} is not {expected}" + (f"; write {plain}" if plain != str(of.value) else "")


def _no_list(of: _Fault) -> str:
    how = "begin each of its parts with a dash, in Python write [ ] around it"
    if isinstance(of.value, str):
        keys = _fields(of.place, of.root)
        how = f"expected parts with keys such as {', '.join(keys[:3])}" if keys else f"write [{of.value}]"
    return f"{of.shown} is no list; {how}"


def _no_mapping(of: _Fault) -> str:
    keys = _fields(of.place, of.root)
    return f"{of.shown} is no mapping" + (f"; expected keys such as {', '.join(keys[:3])}" if keys else "")


def _as_the_validator(of: _Fault) -> str:
    message = of.message.removeprefix("Value error, ").removeprefix("Input ").removeprefix("String ")
    return (
        f"{of.shown} {message}"
        if isinstance(of.value, str | int | float)
        else message[:1].lower() + message[1:]
    )


_NO_NUMBER = ("_parsing", "_from_float", "_parsing_size")
_SAID: dict[str, Callable[[_Fault], str]] = {
    "extra_forbidden": _unknown,
    "missing": lambda _: "missing; this key is required",
    "literal_error": _no_word,
    "string_pattern_mismatch": _other_form,
    "tuple_type": _no_list,
    "model_type": _no_mapping,
    "dict_type": _no_mapping,
    "string_type": lambda _: "is empty or a list; expected text",
}
"""What is said of a kind of fault; of others what the validator says."""


def _elsewhere(place: Place, root: type[BaseModel]) -> str:
    """Where a key of the outermost level belongs that is one of a part's; "" where it is one of none."""
    parts = [part for part in root.model_fields if str(place[-1]) in _fields((part,), root)]
    return f"it is one of {' and '.join(parts)}" if parts and len(place) == 1 else ""


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
