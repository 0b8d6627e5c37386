"""What indicators say of a target's growth to come, as one number a month for models that lean on it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.nowcast.growth import Note, growth_table, usable
from forecast.nowcast.panel import Panel

WINDOW = 240
"""Months that scales and weights are told from; chosen: as the models that lean on it are estimated on."""

FARTHEST = 8.0
"""Standard deviations at which an indicator counts at most; chosen: as a nowcast clips growth in estimates."""


def leading(panel: Panel, growth: Floats, months: pd.PeriodIndex, last_over: pd.Period) -> Floats | None:
    """Return what monthly indicators say on the months, (m,) standard deviations; None where none can be used.

    panel : as known on the day · growth : (m,) of the target, NaN where unknown · last_over : the last month that was
    over on the day

    Each indicator is moved so that the last month it has published stands at the last of `months`, whichever it is
    (Altissimo et al. 2010, doi:10.1162/REST_a_00045), standardised, and weighed by its correlation with growth a month
    later: the first component of partial least squares (Kelly & Pruitt 2015, doi:10.1016/j.jeconom.2015.02.011). Where
    an indicator is unknown it says nothing, which is 0.
    """
    last = panel.last_month
    if last is None:
        return None
    every = pd.period_range(min(months[0], last), max(months[-1], last), freq="M")
    table, _ = growth_table(panel, every)
    used, _ = usable(table, panel, WINDOW, last_over)
    monthly = {i.name for i in panel.indicators if not i.quarterly}
    columns = [_moved(table[name], months) for name in used if name in monthly]
    if not columns:
        return None
    z = np.stack([_standardised(column) for column in columns])  # (i, m)
    later = growth[1:][-WINDOW:]
    known = np.isfinite(later)
    before = z[:, :-1][:, -WINDOW:]
    weights = before[:, known] @ (later[known] - later[known].mean())
    return _standardised(weights @ z)


def unused(panel: Panel, last_over: pd.Period) -> tuple[Note, ...]:
    """Return a note for each indicator that no model looks at; panel and month as `leading` has them."""
    published = pd.PeriodIndex(panel.table.dropna(how="all").index)
    if not len(published):
        return tuple(Note(indicator.name, "starts_late") for indicator in panel.indicators)
    every = pd.period_range(published[0], published[-1], freq="M")
    table, mended = growth_table(panel, every)
    _, left = usable(table, panel, WINDOW, last_over)
    seasons = {note.indicator: note for note in mended if note.kind == "season"}
    return tuple(seasons.get(note.indicator, note) for note in left)


def _moved(series: pd.Series, months: pd.PeriodIndex) -> Floats:
    """A column with its last known month at the last of the months, (m,)."""
    last = pd.PeriodIndex(series.dropna().index)[-1]
    return series.shift((months[-1] - last).n, freq="M").reindex(months).to_numpy(dtype=np.float64)


def _standardised(values: Floats) -> Floats:
    """Values (m,) less their mean over their standard deviation in the window; 0 where unknown or all the same."""
    recent = values[-WINDOW:]
    spread = np.nanstd(recent)
    if not spread > 0.0:
        return np.zeros(len(values))
    away = (values - np.nanmean(recent)) / spread
    return np.asarray(np.clip(np.nan_to_num(away), -FARTHEST, FARTHEST))
