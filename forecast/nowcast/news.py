"""News: what each release did to a nowcast, in rows that add up to its change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.nowcast.spec import Nowcasted, NowcastFit
from forecast.parallel import one_thread

Cells = npt.NDArray[np.bool_]

COLUMNS = ("model", "kind", "indicator", "month", "expected", "actual", "weight", "effect")


@one_thread
def news(old: Nowcasted, new: Nowcasted, of: Mapping[pd.Period, float] | None = None) -> pd.DataFrame:
    """Split the change from one nowcast to the next by release, revision and re-estimation.

    of : weights of the target's growth by month; by default growth from the old origin to the old nowcast's last
        month, so that `effect` counts percent of the adjusted level there

    One row per model and
        "release"        a month published since: weight × (actual − expected); "actual" and "expected" are growth
        "revision"       figures that were out before, by indicator, with the old model
        "withdrawn"      figures that are out no more: minus what their release would have done
        "re_estimation"  the old model against the new one on the same new figures; a model that came or went is here
    in the order in which the change is gone through. Effects are already times the model's weight in the pool, so
    that all rows add up to the change of the pooled nowcast; `by_release` adds the models up.

    Bańbura & Modugno 2014, doi:10.1002/jae.2306, §2.3; Bańbura & Rünstler 2011, doi:10.1016/j.ijforecast.2010.01.011.
    Raises DataError where the two are not of the same target, or a month asked lies outside either.
    """
    target, weights = _functional(old, new, of)
    rows: list[tuple[object, ...]] = []
    for model in dict.fromkeys([*old.fits, *new.fits]):
        before, after = old.shares.get(model, 0.0), new.shares.get(model, 0.0)
        reached = 0.0
        if model in old.fits:
            split, reached = split_change(old.fits[model], old.growth, new.growth, target, weights)
            rows += [(model, *row[:-1], before * float(row[-1])) for row in split]
        latest = _value(new.fits[model], new.growth, target, weights) if model in new.fits else 0.0
        rows.append(
            (model, "re_estimation", "", "", np.nan, np.nan, np.nan, after * latest - before * reached)
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def by_release(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the models up: one row per release, revised or withdrawn indicator, and one of re-estimation.

    `expected` is the mean of the models' expectations; `weight` is effect per unit of surprise, NaN without surprise.
    """
    keys = ["kind", "indicator", "month"]
    table = rows.groupby(keys, sort=False, as_index=False).agg(
        expected=("expected", "mean"), actual=("actual", "mean"), effect=("effect", "sum")
    )
    surprise = table["actual"] - table["expected"]
    table.insert(5, "weight", (table["effect"] / surprise).where(surprise != 0.0))
    return table


def split_change(
    fit: NowcastFit,
    before: pd.DataFrame,
    after: pd.DataFrame,
    target: str,
    weights: Mapping[pd.Period, float],
) -> tuple[list[tuple[str, str, str, float, float, float, float]], float]:
    """Split by figures the change of Σ weights × growth of the target, one model kept as it is.

    before, after : growth, months × columns, NaN where not known
    Returns rows (kind, indicator, month, expected, actual, weight, effect) and the value reached at the end.
    """
    columns = list(fit.columns)
    months = pd.PeriodIndex(before.index.union(after.index).union(pd.PeriodIndex(list(weights))))
    months = pd.period_range(before.index[0], months[-1], freq="M")
    first, last = (np.array(t.reindex(months, columns=columns), dtype=float) for t in (before, after))
    earlier = np.asarray(months < after.index[0])  # of these the new window says nothing
    last[earlier] = first[earlier]
    lost = np.isfinite(first) & ~np.isfinite(last)
    common = np.where(lost, np.nan, first)
    revised = np.where(np.isfinite(common), last, np.nan)
    c = np.array([weights.get(month, 0.0) for month in months])
    at = columns.index(target)
    rows = [
        ("withdrawn", columns[i], str(months[t]), expected, first[t, i], -weight, -effect)
        for t, i, expected, weight, effect in _releases(fit, common, first, lost, c, at)
    ]
    rows += [
        ("revision", columns[i], "", np.nan, np.nan, np.nan, e)
        for i, e in _revisions(fit, common, revised, c, at)
    ]
    fresh = np.isfinite(last) & ~np.isfinite(revised)
    rows += [
        ("release", columns[i], str(months[t]), expected, last[t, i], weight, effect)
        for t, i, expected, weight, effect in _releases(fit, revised, last, fresh, c, at)
    ]
    return rows, float(c @ fit.filled(last[None])[0, :, at])


def _functional(
    old: Nowcasted, new: Nowcasted, of: Mapping[pd.Period, float] | None
) -> tuple[str, Mapping[pd.Period, float]]:
    target = str(old.growth.columns[0])
    if new.growth.columns[0] != target:
        raise DataError(f"news: the old nowcast is of {target}, the new one of {new.growth.columns[0]}")
    weights = dict.fromkeys(old.months, 1.0) if of is None else of
    ends = min(old.growth.index[-1], new.growth.index[-1])
    outside = [
        month for month in weights if month > ends or month < max(old.growth.index[0], new.growth.index[0])
    ]
    if outside:
        raise DataError(
            f"news: {outside[0]} lies outside a nowcast that ends in {ends}; ask for a month of both"
        )
    return target, weights


def _value(fit: NowcastFit, growth: pd.DataFrame, target: str, weights: Mapping[pd.Period, float]) -> float:
    table = fit.filled(growth[list(fit.columns)].to_numpy(dtype=float)[None])[0]
    at = growth.index.get_indexer(pd.PeriodIndex(list(weights)))
    return float(np.array(list(weights.values())) @ table[at, list(fit.columns).index(target)])


def release_weights(
    fit: NowcastFit, older: Floats, fuller: Floats, fresh: Cells, c: Floats, at: int
) -> tuple[Floats, Floats]:
    """Return the expectation of every cell given `older`, and the weight of each fresh cell beside the others.

    fuller : the figures with the fresh cells in them · c : weights of the target's months · at : its column
    What is known with the expectations of the fresh cells filled in gives the old nowcast again, so weights are the
    derivatives of the nowcast by each fresh cell: it is affine, and a step of one deviation gives them exactly.
    """
    cells = np.argwhere(fresh)
    expected = fit.filled(older[None])[0]
    base = np.where(fresh, expected, fuller)
    step = np.maximum(np.nanstd(older, axis=0), 1e-6)
    tables = np.repeat(base[None], len(cells) + 1, axis=0)
    for row, (t, i) in enumerate(cells, start=1):
        tables[row, t, i] += step[i]
    values = fit.filled(tables)[:, :, at] @ c
    return expected, np.asarray((values[1:] - values[0]) / step[cells[:, 1]])


def _releases(
    fit: NowcastFit, older: Floats, fuller: Floats, fresh: Cells, c: Floats, at: int
) -> Sequence[tuple[int, int, float, float, float]]:
    """(month, column, expected, weight, effect) of every fresh cell."""
    if not fresh.any():
        return []
    expected, weights = release_weights(fit, older, fuller, fresh, c, at)
    return [
        (int(t), int(i), float(expected[t, i]), float(w), float(w * (fuller[t, i] - expected[t, i])))
        for (t, i), w in zip(np.argwhere(fresh), weights, strict=True)
    ]


def _revisions(
    fit: NowcastFit, older: Floats, revised: Floats, c: Floats, at: int
) -> Sequence[tuple[int, float]]:
    """(column, effect) of every indicator with a revised figure: each alone, for the nowcast is affine."""
    changed = np.flatnonzero(((older != revised) & np.isfinite(older)).any(axis=0))
    if not len(changed):
        return []
    tables = np.repeat(older[None], len(changed) + 1, axis=0)
    for row, i in enumerate(changed, start=1):
        tables[row, :, i] = revised[:, i]
    values = fit.filled(tables)[:, :, at] @ c
    return [(int(i), float(v - values[0])) for i, v in zip(changed, values[1:], strict=True)]
