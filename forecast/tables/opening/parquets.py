"""Parquet files: typed columns with their names, and an index that says something."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.tables.cells import Sheet, Value
from forecast.tables.opening import own, values
from forecast.tables.opening.budget import Budget


def sheet(name: str, content: bytes, budget: Budget) -> Sheet:
    """Return the columns of a Parquet file below their names, its index first where it is no mere count.

    Lines count from 2, below the names. Raises DataError for a damaged or empty file, for columns that hold no cells,
    and for a file over its budget.
    """
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(content))
        _refuse_twice(name, file.schema_arrow.names)
        _refuse_own(name, file)
        about = file.metadata
        if about.num_rows * about.num_columns > budget.cells:
            what = f"has {about.num_rows:,} rows of {about.num_columns:,} columns"
            raise budget.refusal(name, what, "cells")
        size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
        size += _texts(name, content, file.schema_arrow, budget)
        if size > budget.megabytes * 10**6:
            raise budget.refusal(name, f"unpacks to {size // 10**6:,} megabytes", "megabytes")
        frame = pd.read_parquet(io.BytesIO(content), engine="pyarrow")
    except DataError:
        raise
    except Exception:  # pyarrow and pandas let errors of every kind through
        raise DataError(f"{name}: is Parquet but damaged or cut short; write it again") from None
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index(names=_index_names(frame))
    if frame.empty:
        raise DataError(f"{name}: is empty; expected a table")
    columns = [_column(frame.iloc[:, i]) for i in range(frame.shape[1])]
    heading = tuple(values.text(_name(column)) or None for column in frame.columns)
    rows = (heading, *zip(*columns, strict=True))
    return Sheet(name, "", rows, tuple(range(1, len(rows) + 1)))


def _refuse_twice(name: str, headings: Sequence[str]) -> None:
    """Refuse two columns of one name, of which no reader of Parquet knows which is meant."""
    twice = next((heading for heading in headings if headings.count(heading) > 1), None)
    if twice is not None:
        raise DataError(f'{name}: has several columns "{twice}"; keep one, or rename the others')


def _refuse_own(name: str, file: Any) -> None:
    """Refuse a file of this program by its headings and its first row, before all others are unpacked."""
    headings = file.schema_arrow.names
    if not file.metadata.num_rows or not headings or _is_no_cell(file.schema_arrow.field(0).type):
        return
    first = next(file.iter_batches(batch_size=1, columns=headings[:1]), None)
    own.refuse(name, headings, first.column(0)[0].as_py() if first is not None else None)


def _texts(name: str, content: bytes, schema: Any, budget: Budget) -> int:
    """Return the bytes of all texts written out: the file may list one once and mean it in every row.

    Raises DataError for columns of lists, records or bytes, and for a text longer than a cell's.
    """
    import pyarrow
    from pyarrow import compute, parquet

    other = [field.name for field in schema if _is_no_cell(field.type)]
    if other:
        raise DataError(f'{name}: column "{other[0]}" holds lists, records or bytes; write one value a cell')
    named = [field.name for field in schema if not pyarrow.types.is_primitive(field.type)]
    size = 0
    for column in parquet.read_table(io.BytesIO(content), columns=named, read_dictionary=named).columns:
        for part in column.chunks:
            if not (pyarrow.types.is_dictionary(part.type) and _is_text(part.dictionary.type)):
                continue
            longest = compute.max(compute.utf8_length(part.dictionary.cast("string"))).as_py() or 0
            if longest > budget.text:
                raise budget.refusal(name, f"a text of {longest:,} characters", "text")
            size += compute.sum(compute.binary_length(part.dictionary).take(part.indices)).as_py() or 0
    return size


def _is_no_cell(kind: Any) -> bool:
    from pyarrow import types

    raw = (types.is_binary, types.is_large_binary, types.is_binary_view, types.is_fixed_size_binary)
    return bool(types.is_nested(kind) or any(is_(kind) for is_ in raw))


def _is_text(kind: Any) -> bool:
    import pyarrow

    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def _name(column: Any) -> str:
    """Return the heading of a column, those of several rows after one another."""
    return " ".join(map(str, column)) if isinstance(column, tuple) else str(column)


def _index_names(frame: pd.DataFrame) -> list[Any]:
    """Return a heading for every level of the index, "index" and a number for one without a name."""
    count = frame.index.nlevels
    unnamed = ["index" if count == 1 and "index" not in frame else f"index {i}" for i in range(1, count + 1)]
    return [
        level if level is not None else name for level, name in zip(frame.index.names, unnamed, strict=True)
    ]


def _column(column: pd.Series) -> list[Value]:
    """Return the cells of a column: numbers by the shortest digits of their own width, dates with their zone."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind == "f":
        return [None if np.isnan(x) else values.number(float(str(x))) for x in column.to_numpy()]
    return [None if _missing(raw) else _cell(raw) for raw in column]


def _missing(raw: object) -> bool:
    return raw is None or raw is pd.NaT or raw is pd.NA or (isinstance(raw, float) and np.isnan(raw))


def _cell(raw: Any) -> Value:
    if isinstance(raw, pd.Timestamp):
        return raw.to_pydatetime(warn=False)
    if isinstance(raw, pd.Period):
        return str(raw)
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return datetime(raw.year, raw.month, raw.day)
    if isinstance(raw, Decimal):
        return values.number(float(raw))
    return values.plain(raw.item() if isinstance(raw, np.generic) else raw)
