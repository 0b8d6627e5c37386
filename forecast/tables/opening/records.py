"""Plain JSON as programs write tables: records, a list a column, a mapping of months, columns and rows apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from forecast.errors import DataError
from forecast.tables.cells import Sheet, Value
from forecast.tables.opening import values
from forecast.tables.opening.budget import Budget

EXAMPLE = '[{"month": "2024-04", "IIP": 101.5}]'
"""Records as they are read."""


class _Table(NamedTuple):
    """A table of JSON: its headings and rows, the texts beside it, which are its titles, and what else is there."""

    headings: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def sheet(name: str, message: Any, budget: Budget) -> Sheet | None:
    """Return the records of a message below their names, None where it holds no table.

    The first record counts as line 2. Raises DataError for records within records and a table over its budget.
    """
    table = (
        _split(message)
        or _records(name, message, budget)
        or _listed(message)
        or _mapped(name, message, budget)
    )
    if table is None:
        return None
    _refuse_over(name, len(table.rows), len(table.headings), budget)
    heading = tuple(values.text(_name(of)) or None for of in table.headings)
    empty = (None,) * (len(heading) - 1)
    titles = [(_cell(f"{name}:1", None, title, budget), *empty) for title in table.titles]
    rows = [
        tuple(_cell(f"{name}:{line}", of, cell, budget) for of, cell in zip(heading, row, strict=True))
        for line, row in enumerate(table.rows, start=2)
    ]
    notes = ["read as records of JSON, the first of them as line 2"]
    if table.others:
        notes.append(f"left out beside the records: {', '.join(table.others)}")
    lines = (*(1,) * len(titles), *range(1, len(rows) + 2))
    return Sheet(name, "", (*titles, heading, *rows), lines, notes=tuple(notes))


def _refuse_over(name: str, records: int, names: int, budget: Budget) -> None:
    """Refuse a table that would have more cells than allowed, as records with a name each of their own have."""
    if records * names > budget.cells:
        raise budget.refusal(name, f"has {records:,} records of {names:,} names", "cells")


def _name(heading: Any) -> str:
    """Return a heading, those of several rows after one another."""
    return " ".join(map(str, heading)) if isinstance(heading, list) else str(heading)


def _split(message: Any) -> _Table | None:
    """Return {"columns": …, "index": …, "data": …} with its index first, unless that only counts the rows."""
    if not isinstance(message, dict) or not {"columns", "data"} <= set(message) <= {
        "columns",
        "index",
        "data",
    }:
        return None
    headings, rows, index = message["columns"], message["data"], message.get("index")
    listed = all(isinstance(of, list) for of in (headings, rows, *(rows if isinstance(rows, list) else ())))
    if not listed or not rows or any(len(row) != len(headings) for row in rows):
        return None
    if not isinstance(index, list) or index == list(range(len(rows))):
        return _Table(headings, rows)
    if len(index) != len(rows):
        return None
    return _Table(["index", *headings], [[label, *row] for label, row in zip(index, rows, strict=True)])


def _records(name: str, message: Any, budget: Budget) -> _Table | None:
    """Return a list of records, alone or as the one such list of a mapping, under every name that one of them has."""
    beside = message if isinstance(message, dict) else {}
    lists = [value for value in (beside.values() if beside else (message,)) if _are_records(value)]
    if len(lists) != 1:
        return None
    names = list(dict.fromkeys(key for record in lists[0] for key in record))
    _refuse_over(name, len(lists[0]), len(names), budget)
    if names[0] == "index" and [record.get("index") for record in lists[0]] == list(range(len(lists[0]))):
        names = names[1:]
    titles = tuple(f"{key}: {value}" for key, value in beside.items() if isinstance(value, str))
    others = tuple(
        key
        for key, value in beside.items()
        if value is not lists[0] and not isinstance(value, str) and key != "schema"
    )
    return _Table(names, [[record.get(key) for key in names] for record in lists[0]], titles, others)


def _listed(message: Any) -> _Table | None:
    """Return {"month": […], "IIP": […]}, a list of cells a column, texts beside them as titles."""
    beside = message if isinstance(message, dict) else {}
    lists = {key: value for key, value in beside.items() if isinstance(value, list)}
    titles = tuple(f"{key}: {value}" for key, value in beside.items() if isinstance(value, str))
    lengths = {len(cells) for cells in lists.values()}
    if len(lists) < 2 or len(lengths) > 1 or 0 in lengths or len(lists) + len(titles) < len(beside):
        return None
    if any(isinstance(cell, list | dict) for cells in lists.values() for cell in cells):
        return None
    return _Table(list(lists), list(zip(*lists.values(), strict=True)), titles)


def _mapped(name: str, message: Any, budget: Budget) -> _Table | None:
    """Return {"2024-04": 101.5, …}, or several such under names of their own, a row each.

    Names that only count, as pandas counts rows, head no columns: what they stand under does.
    """
    if not isinstance(message, dict) or len(message) < 2 and not _are_records([*message.values()]):
        return None
    if not any(isinstance(value, dict | list | str) for value in message.values()):
        return _Table(["index", "value"], list(message.items()))
    if not _are_records([*message.values()]):
        return None
    names = list(dict.fromkeys(key for record in message.values() for key in record))
    _refuse_over(name, len(message), len(names), budget)
    rows = [[of, *(record.get(key) for key in names)] for of, record in message.items()]
    if names != list(map(str, range(len(names)))):
        return _Table(["index", *names], rows)
    headings, *cells = zip(*rows, strict=True)
    return _Table(headings, cells)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(of, dict) and of for of in value)


def _cell(place: str, heading: str | None, raw: Any, budget: Budget) -> Value:
    """Return one cell. Raises DataError for a list or a record in it, and for a text longer than allowed."""
    if isinstance(raw, list | dict):
        raise DataError(
            f'{place}: "{heading}" holds a list or a record; write a record for each month, such as {EXAMPLE}, or save '
            "the table as CSV"
        )
    if isinstance(raw, str) and len(raw) > budget.text:
        raise budget.refusal(place, f"a text of {len(raw):,} characters", "text")
    return values.plain(raw)


def once(place: str, pairs: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    """Return a record of JSON. Raises DataError for a name given twice, of which one value would be lost."""
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise DataError(f'{place}: "{twice}" stands twice in one record; keep one')
    return record
