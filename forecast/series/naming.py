"""Names of series by the columns of labels: those that tell them apart, each said once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from forecast.series.columns import Columns, Role
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.labels import bare, marks_of

_SHOWN = 3  # names told; chosen: a line


def labels(block: Block, roles: Columns, rows: Sequence[int], timed: Sequence[int] = ()) -> list[list[str]]:
    """Return the labels of each row: columns filled only where they change are filled down.

    timed : columns of years or months down the rows
    A column is filled down where its first row is filled and another to its right, of labels or of time, is in every
    row.
    """
    named = roles.of(Role.LABEL, Role.CODE)
    texts = {j: [_text(block.body[r][j]) for r in rows] for j in named}
    whole = [j for j in (*named, *timed) if all(_text(block.body[r][j]) for r in rows)]
    for j in named:
        if texts[j] and texts[j][0] and not all(texts[j]) and any(k > j for k in whole):
            for i in range(1, len(rows)):
                texts[j][i] = texts[j][i] or texts[j][i - 1]
    return [[texts[j][i] for j in named] for i in range(len(rows))]


def plain(
    block: Block, keys: Sequence[Sequence[str]], apart: Sequence[Hashable] = ()
) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return the labels of each row, or the headings of each column, without marks and numbers; and what was read so.

    apart : what else tells each apart, such as its month, () for nothing
    Marks of footnotes and numbers of rows stay where others would be called the same without them.
    """
    out = [list(key) for key in keys]
    marks = marks_of(block.sheet) if any(map(any, keys)) else ""
    told: dict[str, str] = {}
    for k in range(max(map(len, keys), default=0)):
        rows = [i for i, key in enumerate(keys) if k < len(key) and key[k]]
        beside = [(*keys[i][:k], *keys[i][k + 1 :], apart[i] if apart else ()) for i in rows]
        names = bare([keys[i][k] for i in rows], beside, marks)
        told |= {label: name for label, name in names.items() if name != " ".join(label.split())}
        for i in rows:
            out[i][k] = names[keys[i][k]]
    shown = [f'"{label}" as "{name}"' for label, name in list(told.items())[:_SHOWN]]
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return out, (f"without marks and numbers of rows were read: {', '.join(shown)}{more}",) if told else ()


def telling(keys: Sequence[Sequence[str]], roles: Columns) -> tuple[int, ...]:
    """Return the positions among the labels that name a series: those that vary, without those others determine.

    Codes go before labels, later columns before earlier ones.
    """
    if not keys:
        return ()
    named = roles.of(Role.LABEL, Role.CODE)
    columns = [[row[i] for row in keys] for i in range(len(named))]
    varying = [i for i, column in enumerate(columns) if len(set(column)) > 1]
    by_code = sorted(varying, key=lambda i: (roles.roles[named[i]] is not Role.CODE, _short(columns[i]), -i))
    for i in by_code:
        others = [k for k in varying if k != i]
        if others and _determined(columns[i], [columns[k] for k in others]):
            varying = others
    return tuple(varying)


def _short(column: Sequence[str]) -> float:
    """Return the mean length of the texts of a column, rounded: codes are shorter than what they stand for."""
    return sum(map(len, column)) / len(column)


def _determined(column: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Tell whether the other columns together say what a column says."""
    text_of: dict[tuple[str, ...], str] = {}
    return all(
        text_of.setdefault(key, text) == text
        for text, key in zip(column, zip(*others, strict=True), strict=True)
    )


def sections(block: Block, rows: Sequence[int]) -> list[str]:
    """Return for each row the line of one text that stands above it, "" for none."""
    alone: dict[int, str] = {}
    for r, row in enumerate(block.body):
        filled = [v for v in row if v not in (None, "")]
        if len(filled) == 1 and kind(filled[0]) is Kind.TEXT:
            alone[r] = _text(filled[0])
    out, section, r = [], "", 0
    for row_of in rows:
        while r <= row_of:
            section = alone.get(r, section)
            r += 1
        out.append(section)
    return out


def _text(value: Value) -> str:
    return heading_text(value).strip() if value is not None else ""
