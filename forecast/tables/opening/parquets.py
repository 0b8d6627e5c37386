"""Parquet files: typed columns with their names, and an index that says something."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.tables.cells import Sheet, Value
from forecast.tables.opening import values
from forecast.tables.opening.budget import Budget


def sheet(name: str, content: bytes, budget: Budget) -> Sheet:
    """Return the columns of a Parquet file below their names, its index first where it is no mere count.

    Lines count from 2, below the names. Raises DataError for a damaged or empty file, or too many cells.
    """
    import pyarrow.parquet

    try:
        about = pyarrow.parquet.ParquetFile(io.BytesIO(content)).metadata
        if about.num_rows * about.num_columns > budget.cells:
            what = f"has {about.num_rows:,} rows of {about.num_columns:,} columns"
            raise budget.refusal(name, what, "cells")
        size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
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
