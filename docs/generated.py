"""The parts of the site made from the program: config keys from the JSON Schema, commands from their own help."""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
import re
from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx import addnodes

from forecast.cli import main
from forecast.config import schema

Node = Mapping[str, Any]

_FIELD = re.compile(r"^[A-Za-z_][\w, .]* : ")
_WORDS = {
    "integer": "whole number",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "null": "",
}


def fill(app: object, page: str, source: list[str]) -> None:
    """Put the generated text where a page has its mark."""
    for mark, made in (("<!-- config keys -->", config_keys), ("<!-- commands -->", commands)):
        if mark in source[0]:
            source[0] = source[0].replace(mark, made())


def config_keys() -> str:
    """Return a section for every part of a config: its keys with type, default and meaning."""
    tree = json.loads(schema())
    parts = tree["$defs"]
    first = [name for name in ("Config", "BacktestConfig") if name in parts]
    return "\n\n".join(_part(name, parts[name]) for name in [*first, *sorted(parts.keys() - set(first))])


def _part(name: str, node: Node) -> str:
    needed = set(node.get("required", ()))
    rows = []
    for key, value in node["properties"].items():
        default = "**needed**" if key in needed else _default(value)
        rows.append(f"| `{key}` | {_said(value.get('description', ''))} | {_type(value)} | {default} |")
    said = _said(node.get("description", ""))
    head = f"## {name}\n\n{said}\n\n| key | meaning | holds | by default |\n|---|---|---|---|\n"
    return head + "\n".join(rows)


def _default(node: Node) -> str:
    value = node.get("default")
    return (
        ""
        if value is None or isinstance(value, dict) or value == []
        else f"`{json.dumps(value, ensure_ascii=False)}`"
    )


def _type(node: Node) -> str:
    """What a key holds, in words, with its limits."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in node:
        return " or ".join(filter(None, (_type(option) for option in node["anyOf"])))
    if "enum" in node:
        return ", ".join(f"`{word}`" for word in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    if node.get("type") == "array":
        return f"list of {_type(node['items'])}" if "items" in node else "list"
    if node.get("type") == "object":
        kinds = [
            *node.get("patternProperties", {}).values(),
            *filter(None, [node.get("additionalProperties")]),
        ]
        return f"mapping to {' or '.join(map(_type, kinds))}"
    return _WORDS[node["type"]] + _limits(node)


def _limits(node: Node) -> str:
    words = {
        "minimum": "≥",
        "exclusiveMinimum": ">",
        "maximum": "≤",
        "exclusiveMaximum": "<",
        "multipleOf": "multiple of",
    }
    said = [f"{sign} {node[key]:g}" for key, sign in words.items() if key in node]
    return f", {', '.join(said)}" if said else ""


def _said(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def commands() -> str:
    """Return the help of every command, as it prints it."""
    listed = _help("--help")
    names = re.findall(r"^    ([a-z]+)\b", listed, flags=re.MULTILINE)
    pages = [f"## forecast {name}\n\n```text\n{_help(name, '--help')}```" for name in names]
    return "\n\n".join([f"```text\n{listed}```", *pages])


def _help(*words: str) -> str:
    """What a command prints about itself, 88 letters wide and without colours."""
    before = {key: os.environ.get(key) for key in ("COLUMNS", "NO_COLOR")}
    os.environ.update(COLUMNS="88", NO_COLOR="1")
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            main(words)
    finally:
        for key, value in before.items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value
    return out.getvalue()


def as_restructured_text(
    app: object, what: str, name: str, thing: object, options: object, lines: list[str]
) -> None:
    """Turn a docstring of this house into reStructuredText: "name : meaning" lines into a list, marks into text."""
    out: list[str] = []
    listed = False
    for line in lines:
        if line.startswith(">>>") or (line.strip() and _inside_example(out)):
            out.append(line)
        elif _FIELD.match(line):
            out += [] if listed else [""]
            out += [f"* **{word}**: {_escaped(said)}" for word, said in _fields(line)]
            listed = True
        elif not line.strip():
            out.append("")
            listed = False
        else:
            out.append(("  " if listed else "") + _escaped(line.strip()))
    lines[:] = [*out, ""]


def _fields(line: str) -> list[tuple[str, str]]:
    """The names and meanings of a line such as `q : probabilities · weights : (n,)`."""
    fields: list[tuple[str, str]] = []
    for part in line.split(" · "):
        if _FIELD.match(part):
            word, _, said = part.partition(" : ")
            fields.append((word, said))
        else:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} · {part}")
    return fields


def _inside_example(lines: list[str]) -> bool:
    """Whether the paragraph being read began with a doctest."""
    for line in reversed(lines):
        if not line.strip():
            return False
        if line.startswith(">>>"):
            return True
    return False


def _escaped(text: str) -> str:
    """The text with its stars, bars and underscores as they are, and `code` as code."""
    parts = text.split("`")
    plain = [re.sub(r"([*|\\]|_(?=\W|$))", r"\\\1", part) for part in parts]
    if len(parts) % 2 == 0:  # a quote that runs over the line's end stays text
        return "\\`".join(plain)
    return "".join(f"``{parts[i]}``" if i % 2 else plain[i] for i in range(len(parts)))


def plain_signature(
    app: object,
    what: str,
    name: str,
    thing: object,
    options: object,
    signature: str | None,
    returned: str | None,
) -> tuple[str, str | None] | None:
    """Write a signature with the types as the source names them, and defaults that are objects by their class."""
    if signature is None or not callable(thing):
        return None
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return None
    parts = list(found.parameters.values())
    if what == "method" and parts and parts[0].name in ("self", "cls"):
        parts = parts[1:]
    parts = [part.replace(annotation=_plain_annotation(part), default=_plain_default(part)) for part in parts]
    shown = str(found.replace(parameters=parts, return_annotation=inspect.Signature.empty))
    end = found.return_annotation
    return shown, None if end is inspect.Signature.empty or what == "class" else _plain_type(end)


class _Words:
    """Text that stands in a signature without quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _plain_type(annotation: object) -> str:
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return readable(text.strip("'\""))


def _plain_annotation(part: inspect.Parameter) -> object:
    bare = part.annotation is inspect.Parameter.empty
    return part.annotation if bare else _Words(_plain_type(part.annotation))


def _plain_default(part: inspect.Parameter) -> object:
    default = part.default
    if default is inspect.Parameter.empty or isinstance(default, str | int | float | tuple | None):
        return default
    made = type(default).__name__
    return _Words(f"{_plain_type(part.annotation)}()" if made.startswith("_HAS_DEFAULT") else f"{made}()")


def readable(text: str) -> str:
    """The name of a type as its readers know it: what it is made of inside numpy does not matter.

    >>> readable("dict[str, TypeAliasForwardRef('Floats')] | npt.NDArray[np.bool_]")
    'dict[str, Floats] | NDArray[bool]'
    """
    text = re.sub(r"TypeAliasForwardRef\('(\w+)'\)", r"\1", text)
    text = re.sub(r"~?\b[a-z_]\w*\.(?=\w)", "", re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z_])", "", text))
    text = re.sub(r"ndarray\[tuple\[Any, \.\.\.\], dtype\[(\w+)\]\]", r"NDArray[\1]", text)
    return (
        re.sub(r"NDArray\[(\w+?)_\]", r"NDArray[\1]", text)
        .replace("NDArray[float64]", "Floats")
        .replace("~", "")
    )


def readable_types(app: object, doctree: nodes.document, page: str) -> None:
    """Write the type beside an attribute in the same words."""
    for node in doctree.findall(addnodes.desc_annotation):
        plain = readable(node.astext())
        if plain != node.astext():
            node.children = [nodes.Text(plain)]
