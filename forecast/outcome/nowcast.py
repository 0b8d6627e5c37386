"""Which months after the origin the answer knows something of, and from whom."""

from __future__ import annotations

from forecast.estimate import Estimate
from forecast.outcome.questions import Nowcast, NowcastNote


def nowcast(estimate: Estimate) -> Nowcast | None:
    """Return what was nowcast and from which series; None where nobody published a month before the target."""
    ahead = estimate.ahead
    if ahead is None or not (ahead.months or ahead.refused):
        return None
    months = tuple(str(month) for month in estimate.paths.future_months[: ahead.months])
    found = ahead.nowcast
    if found is None:
        return Nowcast(months, _related(estimate), (), (), ahead.refused)
    told = tuple(NowcastNote(note.indicator, note.kind, note.month) for note in found.told)
    growth = found.growth.iloc[:, 1:]
    known = growth.loc[estimate.paths.future_months[0] :].notna().any()
    return Nowcast(months, tuple(known.index[known]), tuple(found.fits), told, "")


def _related(estimate: Estimate) -> tuple[str, ...]:
    """Related series with a figure about a month after the origin."""
    if estimate.levels is None:
        return ()
    table = estimate.levels.fitted
    later = table[table["period"] > estimate.history.origin]
    return tuple(dict.fromkeys(f"{row.region}_{row.sector}" for row in later.itertuples()))
