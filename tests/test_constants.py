"""Every number with a name says what it is and where it comes from, beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "forecast"
STILL_BARE = ("outcome", "report", "run")
"""Rooms whose constants are not told yet. Empty in the end."""

ROOMS = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in STILL_BARE)


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


def untold(source: str) -> list[str]:
    """Name the numeric constants of a module with neither a comment on or above them nor a string below."""
    lines, body = source.split("\n"), ast.parse(source).body
    bare = []
    for node, below in zip(body, [*body[1:], None], strict=True):
        if not (isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_number(node.value)):
            continue
        told = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        own = lines[node.lineno - 1 : node.end_lineno]
        above = lines[node.lineno - 2] if node.lineno > 1 else ""
        if not (told or any(re.search(r"# \S", line) for line in own) or above.startswith("# ")):
            bare.append(f"{node.lineno}: {lines[node.lineno - 1]}")
    return bare


@pytest.mark.parametrize("room", ROOMS)
def test_every_numeric_constant_says_what_it_is(room: str) -> None:
    files = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] == room]
    bare = {str(path.relative_to(PACKAGE)): untold(path.read_text("utf-8")) for path in files}
    assert {name: lines for name, lines in bare.items() if lines} == {}


def test_a_bare_number_is_found_and_a_told_one_is_not() -> None:
    assert untold("A = 3\n\nB = -2.0, 1e-3\nNAME = 'x'\n") == ["1: A = 3", "3: B = -2.0, 1e-3"]
    assert untold('A = 3  # chosen\n# the source\nB = 4\nC = (1, 2)\n"""Months."""\n') == []
