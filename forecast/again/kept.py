"""`paths.parquet` and what stands beside it read back as a run wrote them; anything else is refused."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast.arrays import YEAR, Floats
from forecast.checksums import Sums, sums
from forecast.errors import DataError, expect
from forecast.paths import PAST_MONTHS, Paths
from forecast.places import fault, there

if TYPE_CHECKING:
    from forecast.needed import Part
    from forecast.onset import Calm

AGAIN = "run the question again"

PATH, NORMAL = "path", "normal"
ADJUSTED, EFFECTS = "adjusted", "effects"
OF_PATHS, OF_SECTORS, OF_CALM = ("kind", "model", "draw", "weight"), ("kind", "series"), ("kind", "draw")
"""Columns before those of the months."""

ADDS_UP = 1e-4
"""Relative difference of a sum of sectors from its total that is rounding. chosen: far over that of 32 bits."""


def read_paths(file: str | Path, known: Sums | None = None) -> tuple[Paths, dict[str, Floats]]:
    """Return the paths of a report and normal by definition, (k, months) each, row = history draw.

    known : the checksums that hold, here and below; None for those of its folder now
    Raises DataError where the file is damaged or no run wrote it.
    """
    expect(file=(file, str | os.PathLike))
    table, months, values = _read(Path(file), OF_PATHS, known)
    kind, names = table["kind"].to_numpy(), table["model"].to_numpy(dtype=str)
    own, at = table[kind == PATH], kind == PATH
    weights, draw = _numbers(own["weight"], file), _numbers(own["draw"], file)
    normals = {name: values[~at & (names == name)] for name in dict.fromkeys(names[~at])}
    fewest = min((len(of) for of in normals.values()), default=0)
    if not (weights.sum() > 0 and weights.min() >= 0 and draw.min() >= 0 and (draw % 1 == 0).all()):
        raise _foreign(file, "its weights or draws are none")
    if not normals or (fewest > 1 and fewest <= draw.max()):
        raise _foreign(file, "it holds no normal for every path")
    paths = Paths(
        months, months[PAST_MONTHS - 1], values[at], weights / weights.sum(), draw.astype(np.int64), names[at]
    )
    return paths, normals


def read_sectors(file: Path, total: Paths, known: Sums | None = None) -> tuple[dict[str, Part], bool]:
    """Return the sectors of a report beside its paths, by name, and whether they add up to them; none without a file.

    Each has the months that the file holds. Raises DataError where the file is damaged or not that of these paths.
    """
    if not file.exists():
        return {}, False
    from forecast.needed import Part  # a scenario does without, and answers in half the time

    table, months, values = _read(file, OF_SECTORS, known)
    at, series = table["kind"].to_numpy() == PATH, table["series"].to_numpy(dtype=str)
    own = {name: values[at & (series == name)] for name in dict.fromkeys(series)}
    normals = {name: values[~at & (series == name)] for name in own}
    if months[0] != total.months[0] or len(months) > len(total.months):
        raise _foreign(file, "its months are not those of the paths")
    least = int(total.draw.max()) + 1
    if any(len(of) != len(total.values) for of in own.values()) or any(
        len(of) != 1 and len(of) < least for of in normals.values()
    ):
        raise _foreign(file, "it holds other paths than the report's")
    whole = total.values[:, : len(months)]
    adds_up = bool(np.allclose(np.sum(list(own.values()), axis=0), whole, rtol=ADDS_UP))
    return {
        name: Part(replace(total, months=months, values=own[name]), normals[name]) for name in own
    }, adds_up


def read_calm(file: Path, paths: Paths, horizon: int, depth_pct: float, known: Sums) -> Calm | None:
    """Return what the chance of a next slump is told from beside these paths; None where none was written.

    depth_pct : as the report has it. Raises DataError where the file is damaged or not that of these paths.
    """
    if not there(file) and not known.lists(file.name):
        return None
    from forecast.onset import Calm  # a report on a slump does without

    table, months, values = _read(file, OF_CALM, known, (ADJUSTED, EFFECTS))
    at = table["kind"].to_numpy() == ADJUSTED
    past, effects = np.log(values[at]), np.log(values[~at])
    origin = len(months) - horizon
    if (
        origin <= YEAR
        or months[origin - 1] != paths.origin
        or not len(past) == len(effects) > paths.draw.max()
    ):
        raise _foreign(file, "its months or draws are not those of the paths")
    return Calm(past[:, :origin], effects[:, origin:], float(np.log1p(-depth_pct / 100.0)))


def _read(
    file: Path, names: Sequence[str], known: Sums | None, kinds: tuple[str, str] = (PATH, NORMAL)
) -> tuple[pd.DataFrame, pd.PeriodIndex, Floats]:
    """The rows of a file, the months of its columns and their levels, (rows, months) index points."""
    known = sums(file.parent, AGAIN) if known is None else known
    if wrong := fault(file):
        raise DataError(f"{file}: {wrong}; {AGAIN}")
    try:
        content = file.read_bytes()
        table = pd.read_parquet(io.BytesIO(content), engine="pyarrow", page_checksum_verification=True)
    except FileNotFoundError:
        raise DataError(f"{file}: is not there; {AGAIN}") from None
    except Exception:  # pyarrow and pandas let errors of every kind through
        raise DataError(f"{file}: is damaged or no Parquet; {AGAIN}") from None
    known.check(file.name, content)
    columns, count = list(map(str, table.columns)), len(names)
    try:
        months = pd.PeriodIndex(columns[count:], freq="M")
        values = table.iloc[:, count:].to_numpy(dtype=np.float64)
    except (ValueError, TypeError):
        raise _foreign(file, "a column of it is no month with levels") from None
    if columns[:count] != list(names) or len(months) <= PAST_MONTHS:
        raise _foreign(file, f"it does not hold {', '.join(names)} and months")
    if columns[count:] != list(map(str, pd.period_range(months[0], periods=len(months), freq="M"))):
        raise _foreign(file, "its months do not follow each other")
    if not (np.isfinite(values) & (values > 0)).all():
        raise _foreign(file, "a level of it is no number above zero")
    if not (table["kind"] == kinds[0]).any() or not table["kind"].isin(kinds).all():
        raise _foreign(file, f"it holds no {kinds[0]}, or other rows than of {kinds[0]} and {kinds[1]}")
    return table, months, values


def _numbers(column: pd.Series, file: str | Path) -> Floats:
    """A column of numbers, all finite."""
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(values).all():
        raise _foreign(file, f"{column.name} is no number in every row")
    return values


def _foreign(file: str | Path, why: str) -> DataError:
    return DataError(f"{file}: is not as a run writes it: {why}; {AGAIN}")
