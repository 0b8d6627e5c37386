"""Which months after the origin the answer knows something of, and from whom."""

from __future__ import annotations

import pandas as pd

from forecast.estimate import Estimate
from forecast.nowcast import Nowcasted, Panel, due
from forecast.outcome import Due, Nowcast, NowcastNote

COMING_DAYS = 45
"""Days from the report's on whose releases are told. chosen: to the next report but one, where they are monthly."""

LEAST_DUE = 0.05
"""Percentage points by which a release must be able to move the nowcast to be told; less is printed as 0.0."""

MOST_DUE = 8
"""Releases told, those that could move the nowcast most. chosen: what a page holds beside the rest."""


def nowcast(estimate: Estimate, as_of: pd.Timestamp) -> Nowcast | None:
    """Return what was nowcast, from whom, and what is due next; None where nobody published before the target."""
    ahead = estimate.ahead
    if not (ahead.months or ahead.refused):
        return None
    months = tuple(estimate.paths.future_months[: ahead.months])
    nowcasted = ahead.nowcast
    if nowcasted is None:
        return Nowcast(months, _related(estimate), (), (), ahead.refused)
    notes = tuple(NowcastNote(note.indicator, note.kind, note.month) for note in nowcasted.notes)
    growth = nowcasted.growth.iloc[:, 1:]
    known = growth.loc[estimate.paths.future_months[0] :].notna().any()
    assert ahead.panel is not None
    return Nowcast(
        months,
        tuple(known.index[known]),
        tuple(nowcasted.fits),
        notes,
        "",
        _due(nowcasted, ahead.panel, as_of),
    )


def _due(nowcasted: Nowcasted, panel: Panel, as_of: pd.Timestamp) -> tuple[Due, ...]:
    """The releases of the coming weeks that could move the nowcast most, in order of their days."""
    table = due(nowcasted, panel, as_of, as_of + pd.Timedelta(days=COMING_DAYS))
    most = (
        table[table["effect"] >= LEAST_DUE]
        .nlargest(MOST_DUE, "effect")
        .sort_values(["day", "effect"], ascending=[True, False])
    )
    return tuple(
        Due(
            str(row["day"].date()),
            row["indicator"],
            row["month"],
            float(row["expected"]),
            float(row["effect"]),
        )
        for row in most.to_dict("records")
    )


def _related(estimate: Estimate) -> tuple[str, ...]:
    """Related series with a figure about a month after the origin."""
    if estimate.levels is None:
        return ()
    table = estimate.levels.fitted
    later = table[table["period"] > estimate.history.origin]
    return tuple(dict.fromkeys(f"{row.region}_{row.sector}" for row in later.itertuples()))
