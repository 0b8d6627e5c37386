"""`paths.parquet`: every path with its past, and normal by each definition, so that the answer can be made again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.again.folder import NORMAL, PATH
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
    table.to_parquet(file, index=False)


def _rows(
    kind: str,
    model: Sequence[str] | np.ndarray,
    draw: Sequence[int] | np.ndarray,
    weight: Floats,
    values: Floats,
) -> pd.DataFrame:
    own = pd.DataFrame({"kind": kind, "model": model, "draw": np.asarray(draw, np.int64), "weight": weight})
    return pd.concat([own, pd.DataFrame(values.astype(np.float32))], axis=1)
