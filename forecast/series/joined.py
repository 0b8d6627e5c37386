"""`read_files`: one level from several files, each with more of its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.errors import DataError
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
    """Return one level whose months lie in several files: see `series.read` for how each is read.

    Months without a value in any file are NaN. Raises DataError where two files give a month different values.
    """
    first = read(paths[0], column, sheet, headings=headings, decimal=decimal, until=until)
    if len(paths) == 1:
        return first
    whole, where = first.dropna(), dict.fromkeys(first.dropna().index, paths[0].name)
    problems, forecasts = [], list[str](first.attrs["forecasts"])
    for path in paths[1:]:
        more = read(path, column, sheet, headings=headings, decimal=decimal, until=until).dropna()
        forecasts += more.attrs["forecasts"]
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
    joined.attrs.update({**first.attrs, "forecasts": tuple(dict.fromkeys(forecasts))})
    return joined
