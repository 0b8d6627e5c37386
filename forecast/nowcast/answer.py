"""The nowcast of one target from one panel: the months, the models, their pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import DataError, Failed, FitError
from forecast.nowcast import bridge, factor, lags
from forecast.nowcast.growth import Note, growth_table, usable
from forecast.nowcast.panel import Panel
from forecast.nowcast.spec import Nowcasted, NowcastFit, NowcastSpec
from forecast.parallel import generator, one_thread
from forecast.paths import PAST_MONTHS, Paths
from forecast.series import History

RUN_IN = 24
"""Months kept before the window, for lags and for the filter to forget where it began; chosen: two years."""

MONTHLY_ONLY = ("bridge", "lags")
"""Models that see no quarterly indicator."""

REGISTRY: dict[str, Callable[[Floats, tuple[str, ...], NowcastSpec], NowcastFit]] = {
    "factor": factor.fit,
    "bridge": bridge.fit,
    "lags": lags.fit,
}


def months_to_nowcast(panel: Panel, target: History, as_of: pd.Timestamp, ahead: int = 0) -> pd.PeriodIndex:
    """Return the months after the target's origin that are over on `as_of` or published by a monthly indicator.

    ahead : so many more
    """
    over = last_over(as_of)
    published = panel.as_of(as_of).last_month
    last = over if published is None else max(over, published)
    return pd.period_range(target.origin + 1, last + ahead, freq="M")


@one_thread
def nowcast(
    panel: Panel, target: History, as_of: pd.Timestamp, spec: NowcastSpec, rng: np.random.Generator
) -> Paths:
    """Return the target's past and its months that are over but unpublished on `as_of`; see `nowcasted`."""
    return nowcasted(panel, target, as_of, spec, rng).paths


@one_thread
def nowcasted(
    panel: Panel,
    target: History,
    as_of: pd.Timestamp,
    spec: NowcastSpec,
    rng: np.random.Generator,
    fits: Mapping[str, NowcastFit] | None = None,
) -> Nowcasted:
    """Nowcast a target from the figures of a panel published by `as_of`.

    Every model is estimated on growth of the mean adjusted level and of the indicators; each path continues one
    history draw from its own recent growth, with the draw's own effects put back. Models are pooled with equal
    weights as paths; one that fails is a row of `failed`. Each model has its own stream of random numbers, so that
    adding one moves no path of another. A month of the target that is not published lies on the line of its adjusted
    level between those around it.

    fits : models estimated before, on earlier figures of the same indicators, used as they are instead

    Giannone, Reichlin & Small 2008, doi:10.1016/j.jmoneco.2008.05.010; Bok, Caratelli, Giannone, Sbordone &
    Tambalotti 2018, doi:10.1146/annurev-economics-080217-053214.
    Raises DataError where there is no month to nowcast, no effects for it or no indicator, FitError where every
    model fails.
    """
    target, panel = target.bridged(), panel.as_of(as_of)  # nothing of later is looked at from here on
    months = _checked_months(panel, target, as_of, spec)
    growth, columns, notes = _seen(panel, target, as_of, months, spec)
    failed: tuple[Failed, ...] = ()
    if fits is None:
        fits, failed = _fitted(growth, columns, panel, spec, str(target.origin))
    tables = {m: _tables(growth[list(fit.columns)], _growth(target)) for m, fit in fits.items()}
    mean = pd.DataFrame(
        {
            m: fit.filled(tables[m].mean(axis=0, keepdims=True))[0, -len(months) :, 0]
            for m, fit in fits.items()
        },
        index=months,
    )
    mean["pool"] = mean.mean(axis=1)
    seed = int(rng.integers(2**63))
    parts = [
        _paths(m, fit, tables[m], target, months, -(-spec.paths // len(fits)), generator(seed, "nowcast", m))
        for m, fit in fits.items()
    ]
    return Nowcasted(
        _joined(parts, target), mean, failed, notes, dict.fromkeys(fits, 1.0 / len(fits)),
        {m: fit.summary() for m, fit in fits.items()}, growth, dict(fits),
    )  # fmt: skip


def last_over(as_of: pd.Timestamp) -> pd.Period:
    """Return the last month that is over on a day."""
    month = pd.Period(as_of, "M")
    return month if month.end_time.normalize() <= as_of else month - 1


def _checked_months(panel: Panel, target: History, as_of: pd.Timestamp, spec: NowcastSpec) -> pd.PeriodIndex:
    months = months_to_nowcast(panel, target, as_of, spec.ahead)
    what = f"nowcast of {target.name or 'target'} on {as_of.date()}"
    if not len(months):
        raise DataError(
            f"{what}: {target.origin} is published and no later month is over; nothing to nowcast"
        )
    if len(months) > spec.longest:
        raise DataError(
            f"{what}: the target ends in {target.origin}, {len(months)} months back; a nowcast bridges {spec.longest}: "
            "forecast it instead, or raise `longest`"
        )
    if target.horizon < len(months):
        raise DataError(
            f"{what}: its seasonal effects are continued over {target.horizon} months; continue them over {len(months)}"
        )
    if len(target.months) < PAST_MONTHS:
        raise DataError(f"{what}: {len(target.months)} months of history; it needs {PAST_MONTHS}")
    unknown = [m for m in spec.models if m not in REGISTRY]
    if unknown or not spec.models:
        raise DataError(f"{what}: no nowcast model {unknown}; there are {', '.join(REGISTRY)}")
    return months


def _seen(
    panel: Panel, target: History, as_of: pd.Timestamp, months: pd.PeriodIndex, spec: NowcastSpec
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[Note, ...]]:
    """Growth of target and indicators as known, the columns that can be used, and what was mended or left out."""
    name = target.name or "target"
    if name in panel.table:
        raise DataError(f"panel: {name} is the target itself; leave it out of the indicators")
    every = pd.period_range(max(target.months[0], months[-1] - spec.window - RUN_IN), months[-1], freq="M")
    indicators, notes = growth_table(panel, every)
    used, left_out = usable(indicators, panel, spec.window, min(last_over(as_of), months[-1]))
    if not used:
        raise DataError(
            f"nowcast of {name}: no indicator has enough growth up to {as_of.date()}; give one with 60 months or more"
        )
    growth = indicators.iloc[1:].copy()
    own = pd.Series(_growth(target).mean(axis=0), index=target.months[1:])
    growth.insert(0, name, own.reindex(growth.index))
    return growth, (name, *used), (*notes, *left_out)


def _growth(target: History) -> Floats:
    """Growth of every draw's adjusted level, percent, (k, m − 1)."""
    return np.asarray(100.0 * np.diff(target.adjusted, axis=1))


def _fitted(
    growth: pd.DataFrame, columns: tuple[str, ...], panel: Panel, spec: NowcastSpec, origin: str
) -> tuple[dict[str, NowcastFit], tuple[Failed, ...]]:
    """The models that could be estimated, and those that could not."""
    fits: dict[str, NowcastFit] = {}
    failed = []
    quarterly = {indicator.name for indicator in panel.indicators if indicator.quarterly}
    for model in spec.models:
        seen = tuple(c for c in columns if model not in MONTHLY_ONLY or c not in quarterly)
        try:
            if len(seen) == 1:
                raise FitError("it sees monthly indicators only, and none can be used")
            fits[model] = REGISTRY[model](growth[list(seen)].to_numpy(dtype=float), seen, spec)
        except (FitError, np.linalg.LinAlgError) as error:
            failed.append(Failed(model, columns[0], origin, str(error)))
    if not fits:
        raise FitError(*(f"nowcast of {f.series} by {f.model}: {f.reason}" for f in failed))
    return fits, tuple(failed)


def _tables(growth: pd.DataFrame, own: Floats) -> Floats:
    """One table of growth per history draw, (k, months, columns)."""
    out = np.repeat(growth.to_numpy(dtype=float)[None], len(own), axis=0)
    past = int(np.isfinite(out[0, :, 0]).sum())
    out[:, :past, 0] = own[:, -past:]
    return out


def _paths(
    model: str,
    fit: NowcastFit,
    tables: Floats,
    target: History,
    months: pd.PeriodIndex,
    n: int,
    rng: np.random.Generator,
) -> Paths:
    """n paths of one model, the history draws taken in turn."""
    draw = np.arange(n) % len(target.values)
    growth = fit.simulate(tables, draw, rng)
    m, h = len(target.months), len(months)
    level = target.adjusted[draw, -1:] + np.cumsum(growth, axis=1) / 100.0
    future = np.exp(level + target.effects[draw, m : m + h])
    return Paths(
        _all_months(target, months), target.origin, np.concatenate([target.values[draw], future], axis=1),
        np.full(n, 1.0 / n), draw.astype(np.int64), np.full(n, model),
    )  # fmt: skip


def _all_months(target: History, months: pd.PeriodIndex) -> pd.PeriodIndex:
    return pd.period_range(target.months[0], months[-1], freq="M")


def _joined(parts: list[Paths], target: History) -> Paths:
    """All models' paths with equal weights."""
    n = sum(len(p.values) for p in parts)
    return Paths(
        parts[0].months,
        target.origin,
        np.concatenate([p.values for p in parts]),
        np.full(n, 1.0 / n),
        np.concatenate([p.draw for p in parts]),
        np.concatenate([p.model for p in parts]),
    )
