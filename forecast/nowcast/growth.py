"""What the models see of a panel: growth on the months of the target, and what had to be mended or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from forecast.adjust import builtin_effects
from forecast.arrays import Floats, robust_sd
from forecast.errors import DataError
from forecast.nowcast.panel import Indicator, Panel

LEAST_KNOWN = 60
"""Months of growth in the window (20 quarters); chosen: five for each calendar month, fewer teach nothing."""
STOPPED_AFTER = 6  # months without a figure beyond the usual delay; chosen: half a year is no delay
_UNITS = (10.0, 100.0, 1000.0)  # powers of ten by which an office changes a unit
_UNIT_TOLERANCE = 0.25
"""|log ratio − log unit|; growth of a month is far smaller; chosen: a tenth of a power of ten."""
_FAR = 12.0
"""A jump of unit lies so many robust deviations from the usual growth; chosen: farther than a shock
(`forecast.shocks`)."""

Kind = Literal["stopped", "starts_late", "constant", "sign", "unit", "season"]


@dataclass(frozen=True)
class Note:
    """Record what was done about an indicator that is not as it should be.

    kind : "stopped", "starts_late", "constant" and "season" (unadjusted, and too short for a seasonal profile or
        quarterly): left out; "sign": no logarithm, so differences are used; "unit": the level jumps by a factor of 10,
        100 or 1000, that month's growth is left out
    month : the month concerned, "" where it is the whole series
    """

    indicator: str
    kind: Kind
    month: str = ""


def growth_table(panel: Panel, months: pd.PeriodIndex) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Return the growth of every indicator, (months, indicators), NaN where unknown, and what was mended.

    Log differences are percent; differences and "none" keep their unit. A quarter's growth, on the quarter before,
    stands at its last month.
    """
    columns: dict[str, pd.Series] = {}
    mended: list[Note] = []
    for indicator in panel.indicators:
        series, notes = _growth(panel.table[indicator.name].astype(float), indicator)
        columns[indicator.name] = series.reindex(months)
        mended += notes
    return pd.DataFrame(columns, index=months), tuple(mended)


def usable(table: pd.DataFrame, panel: Panel, window: int, end: pd.Period) -> tuple[list[str], list[Note]]:
    """Return the indicators that the models may use, by their growth in the last `window` months, and the others.

    end : the last month that is over; an indicator silent for 6 months beyond its delay has stopped
    """
    used, notes = [], []
    for indicator in panel.indicators:
        growth = table[indicator.name].iloc[-window:].dropna()
        step = 3 if indicator.quarterly else 1
        delay = -(-max(indicator.release_lag_days, 0) // 30) + step
        if not len(growth):
            notes.append(Note(indicator.name, "starts_late"))
        elif (end - growth.index[-1]).n > STOPPED_AFTER + delay:
            notes.append(Note(indicator.name, "stopped", str(growth.index[-1])))
        elif len(growth) < LEAST_KNOWN / step:
            notes.append(Note(indicator.name, "starts_late", str(growth.index[0])))
        elif not growth.std() > 1e-9 * max(1.0, float(growth.abs().max())):
            notes.append(Note(indicator.name, "constant"))
        else:
            used.append(indicator.name)
    return used, notes


def _growth(values: pd.Series, indicator: Indicator) -> tuple[pd.Series, list[Note]]:
    """Growth of one indicator on its own months, without season."""
    step = 3 if indicator.quarterly else 1
    span = values.loc[values.first_valid_index() : values.last_valid_index()]
    if not len(span) or span.isna().all():
        return values * np.nan, []
    span = span.reindex(pd.period_range(span.index[0], span.index[-1], freq="M"))
    notes = []
    log = indicator.transform == "log_difference"
    if log and (span.dropna() <= 0).any():
        first = span.index[(span <= 0).to_numpy()][0]
        notes.append(Note(indicator.name, "sign", str(first)))
        log = False
    level = pd.Series(np.log(span) if log else span, index=span.index)
    jumps = _unit_jumps(span, step)
    if not indicator.seasonally_adjusted:
        if indicator.quarterly:
            return values * np.nan, [*notes, Note(indicator.name, "season")]
        try:
            level = level - builtin_effects(_joined(level, jumps), pd.PeriodIndex(level.index), 0)
        except DataError:
            return values * np.nan, [*notes, Note(indicator.name, "season")]
    if indicator.transform == "none":
        return level, notes
    change = level.diff(step).mask(jumps)
    notes += [Note(indicator.name, "unit", str(month)) for month in change.index[jumps.to_numpy()]]
    return change * 100.0 if log else change, notes


def _unit_jumps(span: pd.Series, step: int) -> pd.Series:
    """Months where the level is 10, 100 or 1000 times that of the period before, or that part, for good."""
    positive = (span > 0).to_numpy()
    log = pd.Series(np.log(np.where(positive, span, np.nan)), index=span.index)
    change = log.diff(step)
    off = np.min([np.abs(change.abs() - np.log(u)) for u in _UNITS], axis=0)
    suspect = pd.Series(
        (off < _UNIT_TOLERANCE) & (change.abs() > _FAR * robust_sd(change)).to_numpy(), index=span.index
    )
    for month in suspect.index[suspect.to_numpy()]:
        before, after = log[: month - step].dropna().iloc[-6:], log[month:].dropna().iloc[:6]
        suspect[month] = abs(after.median() - before.median()) > abs(change[month]) / 2
    return suspect


def _joined(level: pd.Series, jumps: pd.Series) -> Floats:
    """The level with its jumps of unit taken out, so that a seasonal profile can be estimated across them."""
    steps = level.diff().where(jumps, 0.0).fillna(0.0).cumsum()
    return np.asarray(level - steps, dtype=float)
