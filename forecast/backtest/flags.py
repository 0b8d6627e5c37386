"""What a question of production would have been refused for: in a backtest a row, never an abort."""

from __future__ import annotations

from forecast import levels, series
from forecast.estimate import Data, LevelData, Plan


def slips(data: Data, plan: Plan) -> tuple[str, ...]:
    """Say which newest figures of the data, as known on their day, look like slips."""
    if isinstance(data, LevelData):
        findings = series.check(data.known.rename(data.name), data.name, panel=data.known_panel)
    else:
        published = data.figures.as_of(data.as_of)
        findings = tuple(
            of
            for name in (data.target, *data.related)
            for of in levels.judge(published, name, plan.country, plan.holidays)
        )
    return tuple(of.sentence for of in findings if of.stops)
