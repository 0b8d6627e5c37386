"""`read_files`: one level from several files, each with more of its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.series.file import grid
from forecast.series.reading import read


def read_files(
    paths: Sequence[Path],
    column: str | None = None,
    sheet: str | None = None,
    *,
    headings: Mapping[str, str] | None = None,
    decimal: str | None = None,
    until: pd.Period | None = None,
) -> pd.Series:
    """Return one level, index points, whose months lie in several files: see `series.read` for how each is read.

    Months without a value in any file are NaN; a file of months after `until` alone is not looked at.
    Raises DataError as `series.read`, and where two files give a month different values.
    """
    paths = begun_files(paths, sheet, headings, until)
    first = read(paths[0], column, sheet, headings=headings, decimal=decimal, until=until)
    if len(paths) == 1:
        return first
    told = [_told(first, paths[0])]
    whole, where = first.dropna(), dict.fromkeys(first.dropna().index, paths[0].name)
    problems = []
    for path in paths[1:]:
        more = read(path, column, sheet, headings=headings, decimal=decimal, until=until).dropna()
        told.append(_told(more, path))
        for month in more.index.intersection(whole.index):
            if not np.isclose(more[month], whole[month], rtol=1e-9):
                problems.append(
                    f"{path.name}: {first.name} of {month} is {more[month]:g}, and {whole[month]:g} in {where[month]}; "
                    "name only the files of one base and one vintage, or put them into a store of vintages"
                )
        fresh = more[~more.index.isin(whole.index)]
        where.update(dict.fromkeys(fresh.index, path.name))
        whole = pd.concat([whole, fresh])
    if problems:
        raise DataError(*problems)
    months = pd.period_range(whole.index.min(), whole.index.max(), freq="M")
    joined = pd.Series(whole.reindex(months).to_numpy(), index=months, name=first.name)
    joined.attrs = {
        "status": {month: mark for of in told for month, mark in of.pop("status").items()},
        "account": "; ".join(of.pop("account") for of in told),
        **{name: tuple(dict.fromkeys(item for of in told for item in of[name])) for name in told[0]},
    }
    return joined


def begun_files(
    paths: Sequence[Path], sheet: str | None, headings: Mapping[str, str] | None, until: pd.Period | None
) -> Sequence[Path]:
    """Return the files with a month up to one, all where none has any or none is named.

    What is wrong in a file of later months alone is not to stop an answer of before them.
    Raises DataError where a file cannot be read.
    """
    if until is None or len(paths) == 1:
        return paths
    early = []
    for path in paths:
        lines = grid(path, sheet, headings, (), until).lines
        if any(cell.month <= until.ordinal for line in lines for cell in line.cells):
            early.append(path)
    return early or paths


def _told(level: pd.Series, path: Path) -> dict[str, Any]:
    """Return what a reader is told of one file of several, its notes and its account with the file's name."""
    attrs = {str(name): told for name, told in level.attrs.items()}
    attrs["notes"] = tuple(f"{path.name}: {note}" for note in attrs["notes"])
    attrs["account"] = f"{path.name}: {attrs['account']}"
    return attrs
