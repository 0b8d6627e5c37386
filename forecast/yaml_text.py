"""The text of a config → its values, each with its line: the one door of YAML, light enough for every command."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from forecast.errors import ConfigError
from forecast.rooms import furnish

__all__ = [
    "BYTES",
    "DEEPEST",
    "NODES",
    "Listed",
    "Place",
    "as_text",
    "dotted",
    "list_at",
    "most_bytes",
    "most_nodes",
    "parsed",
]

Place = tuple[str | int, ...]
"""Where a value stands: the keys, and positions in lists, that lead to it."""

BYTES, NODES = "FORECAST_MAX_CONFIG_BYTES", "FORECAST_MAX_CONFIG_NODES"
"""Variables of the environment that allow a config to be larger."""

DEEPEST = 12  # levels of nesting; chosen: no key lies as deep


def most_bytes() -> int:
    """Return how many bytes a config may have."""
    return _allowed(BYTES, 500_000)


def most_nodes() -> int:
    """Return how many values a config may come to, aliases counted each time they are used."""
    return _allowed(NODES, 5_000)


def _allowed(variable: str, usual: int) -> int:
    text = os.environ.get(variable, str(usual))
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 16):
        raise ConfigError(f'{variable}: "{text}" is no whole number above zero')
    return int(text)


def parsed(source: bytes, file: Path) -> tuple[Any, dict[Place, int], list[str]]:
    """Return the YAML as plain text values, the line of each key, and keys given twice.

    Values stay text, so that NO is a country and 2024-05 a month; the types are the validator's work.
    Raises ConfigError where the text is no YAML mapping in UTF-8.
    """
    try:
        if (zero := source.find(b"\0")) >= 0:
            at = source.count(b"\n", 0, zero) + 1
            raise ConfigError(
                f"{file}:{at}: holds a zero byte, as text in UTF-16 does; save the file as UTF-8"
            )
        text = source.decode("utf-8-sig")
        _check_size(text, file)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = str(getattr(error, "problem", error))
        remedy = _remedy(problem, text.splitlines()[: mark.line + 1] if mark else [])
        raise ConfigError(f"{file}{line}: not valid YAML: {problem}{remedy}") from None
    if not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{file}: is empty or no mapping; expected keys such as name, title, target")
    lines: dict[Place, int] = {}
    problems: list[str] = []
    return _plain(root, (), lines, problems, file), lines, problems


_REMEDIES = {
    "\\t": "indent with spaces, not with tabs",
    "mapping values": 'put a text that holds ": " in quotes, or indent the line as its neighbours are',
    "expected ':'": "write key: value, with a space after the colon",
    "block end": "indent the line as its neighbours are",
}
"""How to mend what YAML says in part, by words of it."""


def _remedy(problem: str, lines: Sequence[str]) -> str:
    """Say how to mend a text that is no YAML; lines : to the one named, before which a blank may have broken it."""
    odd = next((i for i, line in enumerate(lines, start=1) if "\u00a0" in line), None)
    if odd is not None:
        return f"; line {odd} holds a no-break space, write a plain one"
    return next((f"; {remedy}" for words, remedy in _REMEDIES.items() if words in problem), "")


class Listed(NamedTuple):
    """Where a list stands in a text: behind dashes in a column, or in brackets.

    end : position of the bracket that closes it, or behind its last entry
    """

    in_brackets: bool
    empty: bool
    column: int
    end: int


def list_at(text: str, key: str) -> Listed | None:
    """Return where the list under a key of a mapping stands; None where the mapping has no such key.

    >>> list_at("a: [1, 2]\\nb:\\n - 3\\n", "a"), list_at("a: [1, 2]\\nb:\\n - 3\\n", "b").column
    (Listed(in_brackets=True, empty=False, column=3, end=8), 1)
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    held = next((value for word, value in root.value if word.value == key), None)
    if held is None:
        return None
    assert isinstance(held, yaml.SequenceNode)
    end = held.end_mark.index - 1 if held.flow_style else held.value[-1].end_mark.index
    return Listed(bool(held.flow_style), not held.value, held.start_mark.column, end)


def as_text(tree: Mapping[str, Any]) -> str:
    """Return a mapping of plain values as YAML.

    >>> as_text({"as_of": "2024-05-20", "models": ["theta"]})
    "as_of: '2024-05-20'\\nmodels:\\n- theta\\n"
    """
    return str(yaml.safe_dump(dict(tree), allow_unicode=True, sort_keys=False, width=100))


def dotted(place: Place) -> str:
    """Return a place as messages name it.

    >>> dotted(("scenarios", 0, "shock"))
    'scenarios.0.shock'
    """
    return ".".join(str(part) for part in place)


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
                    f"{file}:{line}: {dotted(place)}: {cut},{key} has a decimal comma, which begins a new entry "
                    f"here; write {cut}.{key}"
                )
                continue
            if key in out:
                problems.append(
                    f"{file}:{key_node.start_mark.line + 1}: {dotted(here)}: given twice; keep one"
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


furnish(__name__)
