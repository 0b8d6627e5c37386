"""Every number with a name says what it is and where it comes from, beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "forecast"


def is_number(value: ast.expr) -> bool:
    """Whether an expression is numbers only, one or several."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | float) and not isinstance(value.value, bool)
    if isinstance(value, ast.UnaryOp):
        return is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return is_number(value.left) and is_number(value.right)
    if isinstance(value, ast.Tuple | ast.List):
        return bool(value.elts) and all(map(is_number, value.elts))
    return False


def numbers(source: str) -> Iterator[tuple[str, str]]:
    """Yield the numeric constants of a module, each with its comments, on or above it, and the string below it."""
    lines, body = source.split("\n"), ast.parse(source).body
    for node, below in zip(body, [*body[1:], None], strict=True):
        if not (isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_number(node.value)):
            continue
        own = re.findall(r"# (.*)", "\n".join(lines[node.lineno - 1 : node.end_lineno]))
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            own.append(str(below.value.value))
        first = node.lineno - 1
        while first and lines[first - 1].startswith("# "):
            first -= 1
        above = [line[2:] for line in lines[first : node.lineno - 1]]
        yield f"{node.lineno}: {lines[node.lineno - 1]}", " ".join(" ".join([*above, *own]).split())


def untold(said: Iterable[tuple[str, str]]) -> list[str]:
    """Name the constants of which nothing is said, and those that are chosen without a reason."""
    alone, reason = re.compile(r"\b[Cc]hosen(\.|;|$)"), re.compile(r"chosen[:,]? \w")
    return [line for line, text in said if not text or alone.search(text) and not reason.search(text)]


def test_every_numeric_constant_says_what_it_is_and_why() -> None:
    paths = {str(path.relative_to(PACKAGE)): path for path in PACKAGE.rglob("*.py")}
    said = {name: list(numbers(path.read_text("utf-8"))) for name, path in paths.items()}
    assert sum(map(len, said.values())) > 300
    assert {name: lines for name, of in said.items() if (lines := untold(of))} == {}


def test_a_bare_number_is_found_and_a_told_one_is_not() -> None:
    assert untold(numbers("A = 3\n\nB = -2.0, 1e-3\nNAME = 'x'\n")) == ["1: A = 3", "3: B = -2.0, 1e-3"]
    assert untold(numbers('A = 3  # chosen: thrice\n# the source\nB = 4\nC = (1, 2)\n"""Months."""\n')) == []
    alone = 'A = 3  # chosen\nB = 4\n"""Months; chosen."""\nC = 5\n"""Months. chosen as B."""\n'
    assert untold(numbers(alone)) == ["1: A = 3  # chosen", "2: B = 4"]
