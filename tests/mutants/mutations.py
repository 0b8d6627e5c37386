"""Mistakes by rule: every place of a source where one operator, number, condition or name is another, one at a time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
ALIKE = (
    ("min", "max"), ("argmin", "argmax"), ("minimum", "maximum"), ("any", "all"), ("mean", "sum"), ("log", "log1p"),
    ("exp", "expm1"), ("interval_50", "interval_80"), ("interval_80", "interval_90"), ("lower_50", "lower_80"),
    ("lower_80", "lower_90"), ("upper_50", "upper_80"), ("upper_80", "upper_90"), ("lower", "upper"),
    ("p_within_6", "p_within_12"), ("p_within_12", "p_within_24"), ("p_relapse", "p_trough_passed"),
    ("p_already_back", "p_not_within_horizon"), ("probability", "cumulative"), ("median", "median_after"),
    ("peak_from", "peak_to"), ("window", "hold"), ("months_gained", "months_below_gained"), ("before", "now"),
    ("predicted", "observed"),
)  # fmt: skip
"""Names that are easily taken for each other."""
SWAPPED = {a: b for pair in ALIKE for a, b in (pair, pair[::-1])}
MOST_SHOWN = 90  # letters of a mistake in a list
LAID_OUT = ("Column", "words", "head")
"""Calls whose own numbers are widths of columns."""
PAGED = ("long",)
"""Arguments that say how a table breaks over pages."""

FIELDS_LEFT_ALONE = ("annotation", "returns", "decorator_list", "type_params")


@dataclass(frozen=True)
class Mutation:
    """One mistake of a source: its line, how it reads, and where it is made: the node and which of its mistakes."""

    line: int
    text: str
    node: int
    option: int


class Change(NamedTuple):
    """What is put in place of something: an attribute of a node, or an item of a list."""

    of: ast.AST | list[ast.cmpop]
    key: str | int
    value: object

    def make(self) -> object:
        """Put it there, and return what was there before."""
        if isinstance(self.of, list):
            assert isinstance(self.key, int)
            before: object = self.of[self.key]
            self.of[self.key] = self.value  # type: ignore[assignment]  # an operator for an operator
            return before
        before = getattr(self.of, str(self.key))
        setattr(self.of, str(self.key), self.value)
        return before


def mutations(source: str) -> Iterator[Mutation]:
    """Yield every mistake that the rules make of a source, in its order."""
    for at, node in enumerate(_walked(ast.parse(source))):
        for option, change in enumerate(_changes(node)):
            was = _line(node)
            before = change.make()
            text = f"{was} -> {_line(node)}"
            change._replace(value=before).make()
            yield Mutation(node.lineno, text, at, option)


def mistaken(source: str, made: Mutation) -> ast.Module:
    """Return the tree of a source with one mistake in it."""
    tree = ast.parse(source)
    _changes(list(_walked(tree))[made.node])[made.option].make()
    return ast.fix_missing_locations(tree)


def _line(node: ast.AST) -> str:
    """The words of a node, shortened."""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def _walked(node: ast.AST, drawing: bool = False) -> Iterator[ast.expr | ast.stmt]:
    """Walk what computes: no text, annotation, decorator, error message, assertion or list of names.

    drawing : inside a function that draws, whose numbers are places on paper: of it the names alone
    """
    drawing = drawing or (isinstance(node, ast.FunctionDef) and _draws(node))
    if isinstance(node, ast.Attribute | ast.Name) or (isinstance(node, ast.expr | ast.stmt) and not drawing):
        yield node
    laid_out = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LAID_OUT
    for name, value in ast.iter_fields(node):
        if name in FIELDS_LEFT_ALONE:
            continue
        for child in value if isinstance(value, list) else [value]:
            width = child.value if isinstance(child, ast.keyword) else child
            if (
                isinstance(child, ast.keyword)
                and child.arg in PAGED
                or (laid_out and isinstance(width, ast.Constant))
            ):
                continue
            if isinstance(child, ast.AST) and not _left_alone(child):
                yield from _walked(child, drawing)


def _draws(node: ast.FunctionDef) -> bool:
    """Whether a function draws: on axes, or it returns a figure or the frame around one."""
    on_axes = any(argument.arg == "axes" for argument in node.args.args)
    return on_axes or (node.returns is not None and ast.unparse(node.returns) in ("Figure", "Frame"))


def _left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(name, ast.Name) and name.id == "__all__" for name in node.targets)
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr | ast.Import | ast.ImportFrom)


def _changes(node: ast.AST) -> list[Change]:
    """Return the mistakes that can be made at one node."""
    match node:
        case ast.Compare(ops=ops):
            return [Change(ops, i, COMPARED[type(op)]()) for i, op in enumerate(ops)]
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in COMPUTED:
            return [Change(node, "op", COMPUTED[type(op)]())]
        case ast.BoolOp(op=op):
            return [Change(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())]
        case ast.UnaryOp(op=ast.USub()):
            return [Change(node, "op", ast.UAdd())]
        case ast.If(test=test) | ast.IfExp(test=test):
            return [Change(node, "test", ast.UnaryOp(ast.Not(), test))]
        case ast.Constant(value=bool(value)):
            return [Change(node, "value", not value)]
        case ast.Constant(value=int(value)):
            return [Change(node, "value", value + 1), Change(node, "value", value - 1)]
        case ast.Constant(value=float(value)):
            return [Change(node, "value", value * 1.1 if value else 0.1)]
        case ast.Attribute(attr=name) if name in SWAPPED:
            return [Change(node, "attr", SWAPPED[name])]
        case ast.Name(id=name, ctx=ast.Load()) if name in SWAPPED:
            return [Change(node, "id", SWAPPED[name])]
    return []
