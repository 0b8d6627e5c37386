"""`paths.parquet` and `sectors.parquet`: every path with its past, and normal, so that answers can be made again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.again.kept import NORMAL, PATH
from forecast.arrays import Floats
from forecast.estimate import Estimate
from forecast.paths import PAST_MONTHS


def write_paths(answer: Estimate, file: Path) -> None:
    """Write a row per path and, below them, a row per history draw and definition of normal.

    Columns: kind ("path" or "normal"), model (of a path) or definition (of a normal), draw, weight (0 of a normal),
    then a column per month, the 24 to the origin first, index points (32 bit). A path is compared with the normal of
    its own draw.
    """
    paths = answer.paths
    first = paths.past - PAST_MONTHS
    rows = [_rows(PATH, paths.model, paths.draw, paths.weights, paths.values[:, first:])]
    for definition, normal in answer.normals.items():
        k = len(normal)
        rows.append(_rows(NORMAL, [definition] * k, range(k), np.zeros(k), normal[:, first:]))
    table = pd.concat(rows, ignore_index=True)
    table.columns = pd.Index([*table.columns[:4], *map(str, paths.months[first:])])
    table.to_parquet(file, index=False, write_page_checksum=True)


def write_sectors(answer: Estimate, file: Path) -> None:
    """Write the sectors in the order of the paths, a row per sector and path, then their normals; nothing without any.

    Columns: kind and series, then a column per month, the 24 to the origin first, to the end of the second year that
    has months to come, index points (32 bit).
    """
    parts, total = answer.sectors, answer.paths
    if parts is None:
        return
    first, of_last = total.past - PAST_MONTHS, total.months.year <= total.future_months[0].year + 1
    span = slice(first, int(of_last.sum()))
    rows = [_of_sector(PATH, name, paths.values[:, span]) for name, paths in parts.paths.items()]
    rows += [_of_sector(NORMAL, name, normal[:, span]) for name, normal in parts.normals.items()]
    table = pd.concat(rows, ignore_index=True)
    table.columns = pd.Index([*table.columns[:2], *map(str, total.months[span])])
    table.to_parquet(file, index=False, write_page_checksum=True)


def _of_sector(kind: str, name: str, values: Floats) -> pd.DataFrame:
    own = pd.DataFrame({"kind": kind, "series": name}, index=range(len(values)))
    return pd.concat([own, pd.DataFrame(values.astype(np.float32))], axis=1)


def _rows(
    kind: str,
    model: Sequence[str] | np.ndarray,
    draw: Sequence[int] | np.ndarray,
    weight: Floats,
    values: Floats,
) -> pd.DataFrame:
    own = pd.DataFrame({"kind": kind, "model": model, "draw": np.asarray(draw, np.int64), "weight": weight})
    return pd.concat([own, pd.DataFrame(values.astype(np.float32))], axis=1)
