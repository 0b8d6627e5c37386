"""`paths.parquet` and what stands beside it: paths, their past and normal, so that answers can be made again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.again.folder import CALM, PATHS, SECTORS
from forecast.again.kept import ADJUSTED, EFFECTS, NORMAL, PATH
from forecast.arrays import Floats
from forecast.estimate import Estimate
from forecast.estimate.sectors import SectorPaths
from forecast.onset import PAST, Calm
from forecast.paths import PAST_MONTHS, Paths


def files(answer: Estimate, calm: Calm | None = None) -> dict[str, bytes]:
    """Return the files by name: that of the paths, where there are sectors theirs, where nothing slumps that of it."""
    sectors = {} if answer.sectors is None else {SECTORS: of_sectors(answer.sectors, answer.paths)}
    quiet = {} if calm is None else {CALM: of_calm(calm, answer.paths)}
    return {PATHS: of_paths(answer), **sectors, **quiet}


def of_paths(answer: Estimate) -> bytes:
    """Return a row per path and, below them, a row per history draw and definition of normal.

    Columns: kind ("path" or "normal"), model (of a path) or definition (of a normal), draw, weight (0 of a normal),
    then a column per month, the 24 to the origin first, index points (32 bit). A path is compared with the normal of
    its own draw.
    """
    paths, normals = answer.paths, answer.normals
    first = paths.past - PAST_MONTHS
    draws = [len(normal) for normal in normals.values()]
    own = {
        "kind": np.repeat([PATH, NORMAL], [len(paths.values), sum(draws)]),
        "model": np.concatenate([paths.model, np.repeat(list(normals), draws)]),
        "draw": np.concatenate([paths.draw, *map(np.arange, draws)]),
        "weight": np.concatenate([paths.weights, np.zeros(sum(draws))]),
    }
    return _file(own, paths.months[first:], [rows[:, first:] for rows in (paths.values, *normals.values())])


def of_sectors(parts: SectorPaths, total: Paths) -> bytes:
    """Return the sectors in the order of the paths, a row per sector and path, then their normals.

    Columns: kind and series, then a column per month, the 24 to the origin first, to the end of the second year that
    has months to come, index points (32 bit).
    """
    first, of_last = total.past - PAST_MONTHS, total.months.year <= total.future_months[0].year + 1
    span = slice(first, int(of_last.sum()))
    kinds = {
        PATH: {name: paths.values[:, span] for name, paths in parts.paths.items()},
        NORMAL: {name: normal[:, span] for name, normal in parts.normals.items()},
    }
    rows = [(kind, name, values) for kind, named in kinds.items() for name, values in named.items()]
    counts = [len(values) for *_, values in rows]
    own = {
        "kind": np.repeat([kind for kind, *_ in rows], counts),
        "series": np.repeat([name for _, name, _ in rows], counts),
    }
    return _file(own, total.months[span], [values for *_, values in rows])


def of_calm(calm: Calm, paths: Paths) -> bytes:
    """Return two rows per history draw: the level less its effects, and the effects, both as factors (32 bit).

    Columns: kind ("adjusted" or "effects") and draw, then a column per month, the 48 to the origin first. The level is
    said to the origin and then stands still, the effects are said after it and are 1 before.
    """
    k, h = calm.effects.shape
    past = calm.past[:, -PAST:]
    months = pd.period_range(paths.origin - past.shape[1] + 1, periods=past.shape[1] + h, freq="M")
    level = np.concatenate([past, np.repeat(past[:, -1:], h, axis=1)], axis=1)
    effects = np.concatenate([np.zeros_like(past), calm.effects], axis=1)
    own = {"kind": np.repeat([ADJUSTED, EFFECTS], k), "draw": np.tile(np.arange(k), 2)}
    return _file(own, months, [np.exp(level), np.exp(effects)])


def _file(
    own: Mapping[str, npt.NDArray[np.generic]], months: pd.PeriodIndex, levels: Sequence[Floats]
) -> bytes:
    """Columns and beside them a column per month, of the rows of all levels, (n, months) each.

    Only texts are listed once and named by number: a list of the levels to come would be as long as they are.
    """
    import pyarrow as pa
    from pyarrow import parquet

    texts = [name for name, values in own.items() if values.dtype.kind == "U"]
    columns = {name: pa.array(values) for name, values in own.items()}
    columns |= {name: columns[name].cast(pa.large_string()) for name in texts}
    for j, month in enumerate(months):
        columns[str(month)] = pa.array(np.concatenate([rows[:, j] for rows in levels]).astype(np.float32))
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, use_dictionary=texts, write_page_checksum=True)
    return out.getvalue()
