"""`figures_shown`: what was understood of a file of figures, in lines of text to be read before it is stored."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from forecast.figures import Figures, Row, grouped
from forecast.tables import Layout

_FIRST, _LAST = 6, 2  # rows shown of a longer table; chosen: a screen
_ACROSS = 8  # columns of months and measures up to which a table has a row per sector; chosen: a line
_LEFT_OUT = 8  # items of what was left out that are shown; chosen: a screen


def figures_shown(read: Figures, everything: bool = False) -> list[str]:
    """Return a table of what was understood, what was left out, and the account in one line.

    A row per sector with its measures and months across, as a bulletin has them; of a longer file a row per series
    with its first and its last figure. everything : all rows and all that was left out
    """
    rows = read.rows()
    across = sorted({(row.period, row.measure) for row in rows})
    table = _across(read, rows, across) if len(across) <= _ACROSS else _along(rows)
    left = [f"  {item}" for item in read.left_out]
    out = [*_aligned(_cut(table, everything)), f"account: {read.account}"]
    if left:
        listed = left if everything else left[:_LEFT_OUT]
        more = [] if len(listed) == len(left) else [f"  … {len(left) - len(listed)} more; --show lists them"]
        out += ["left out:", *listed, *more]
    return out


def ingest_command(file: Path, layout: Layout) -> str:
    """Return the command that stores a file as it was read."""
    words = ["forecast", "ingest", "figures.duckdb", str(file)]
    fill = dict(layout.fill)
    if (day := fill.pop("published", None)) is not None:
        words += ["--published", day]
    for option, value in (
        ("--sheet", layout.sheet),
        ("--decimal", layout.decimal),
        ("--rates", layout.rates),
    ):
        words += [option, value] if value else []
    for option, pairs in (("--column", layout.columns), ("--fill", fill)):
        for name, value in pairs.items():
            words += [option, f"{name}={value}"]
    return shlex.join(words)


def _across(read: Figures, rows: Sequence[Row], across: Sequence[tuple[pd.Period, str]]) -> list[list[str]]:
    """Return a heading and a row per sector, in the order of the file."""
    status = {(period, measure): mark for (_, _, period, measure), mark in read.status.items()}
    heads = [
        f"{measure} {period}{f' ({mark})' if (mark := status.get((period, measure))) else ''}"
        for period, measure in across
    ]
    cells = {(row.region, row.sector, row.period, row.measure): _value(row) for row in rows}
    named = dict.fromkeys((row.region, row.sector) for row in sorted(rows, key=lambda row: row.line))
    body = [[*name, *(cells.get((*name, *column), "") for column in across)] for name in named]
    return _without_region([["region", "sector", *heads], *body])


def _along(rows: Sequence[Row]) -> list[list[str]]:
    """Return a heading and a row per series with its first and its last figure."""
    body = [
        [*name, str(own[0].period), _value(own[0]), str(own[-1].period), _value(own[-1]), str(len(own))]
        for name, own in grouped(rows, "region", "sector", "measure").items()
    ]
    return _without_region([["region", "sector", "measure", "first", "", "last", "", "figures"], *body])


def _without_region(table: list[list[str]]) -> list[list[str]]:
    """Return a table without its column of regions where all rows have one."""
    return [row[1:] for row in table] if len({row[0] for row in table[1:]}) == 1 else table


def _value(row: Row) -> str:
    """Print a figure with the digits it was printed with."""
    digits = 2 if row.half_unit < 0.05 else 1
    return f"{row.value:.{digits}f}" if row.measure == "index" else f"{row.value:+.{digits}f}"


def _cut(table: list[list[str]], everything: bool) -> list[list[str]]:
    """Return a table without its middle rows where it is long."""
    if everything or len(table) - 1 <= _FIRST + _LAST + 1:
        return table
    left = len(table) - 1 - _FIRST - _LAST
    return [*table[: _FIRST + 1], [f"… {left} more"], *table[-_LAST:]]


def _aligned(table: Iterable[Sequence[str]]) -> list[str]:
    """Return the rows of a table as lines, words to the left and numbers to the right."""
    rows = list(table)
    wide = max(map(len, rows))
    widths = [max(len(row[c]) for row in rows if c < len(row) and len(row) == wide) for c in range(wide)]
    return [
        "  "
        + "  ".join(
            t.rjust(w) if _numeric(t) else t.ljust(w) for t, w in zip(row, widths, strict=False)
        ).rstrip()
        for row in rows
    ]


def _numeric(text: str) -> bool:
    return text[:1] in ("+", "-") or text.replace(".", "", 1).isdigit()
