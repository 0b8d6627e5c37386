"""The findings as rows, and the question asked again without the newest figures that are in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from forecast.answers.onset import begun_by
from forecast.arrays import YEAR
from forecast.errors import ForecastError
from forecast.estimate import Data, Estimate, LevelData, estimate
from forecast.outcome import FindingRow, Without
from forecast.series import NEWEST
from forecast.tables import Finding

APART = 0.5
"""Percent points by which the newest figures contradict each other at least to be left out. chosen: as the sets of the
reconstruction that are told."""

DOUBTS = ("slip", "implausible", "repeated", "contradiction", "future")


def rows(findings: Sequence[Finding], origin: pd.Period, series: str) -> tuple[FindingRow, ...]:
    """Return the findings as a report holds them: those in doubt first, then those of the newest months.

    series : the target, `<region>_<sector>`
    """
    every = [
        FindingRow(
            of.kind, of.place, of.series, _months(of), of.size, of.unit, _newest(of, origin),
            in_doubt(of, origin, series), _figures(of), of.accepted, of.sentence,
        )
        for of in findings
    ]  # fmt: skip
    return tuple(sorted(every, key=lambda row: (not row.doubt, not row.newest)))


def in_doubt(of: Finding, origin: pd.Period, series: str) -> bool:
    """Tell whether a finding concerns the newest months so that the answer should be known without it.

    Contradictions do where they are the target's and not small: of other series they move little.
    """
    small = of.kind == "contradiction" and (of.series != series or (of.size or 0.0) < APART)
    return of.kind in DOUBTS and _newest(of, origin) and not small


def without(data: Data, now: Estimate, findings: Sequence[Finding], seed: int) -> Without | None:
    """Answer the question again without the newest figures in doubt, the same function, plan and seed.

    The chances are those of being back by one month, a year after today's origin; that a slump has begun by it, where
    none is under way with or without. None where nothing is in doubt, nothing could be answered without, or a
    history is too short to tell a slump.
    """
    origin = now.history.origin
    doubts = [of for of in findings if in_doubt(of, origin, data.name)]
    left_out = tuple(dict.fromkeys(f for of in doubts for f in _figures(of) if f[1] > origin - NEWEST))
    if not left_out:
        return None
    plan = now.plan.alone()
    try:
        then = estimate(_left_out(data, doubts, origin), plan, seed)
    except ForecastError:
        return None
    answers = [of.recovery[plan.normal.kind] for of in (now, then)]
    by = min(origin + min(YEAR, plan.horizon), *(of.origin + of.horizon for of in answers))
    chances: list[float | None] = [of.by((by - of.origin).n) for of in answers]
    if not now.slump.under_way and not then.slump.under_way:
        chances = [begun_by(of, by) for of in (now, then)]
    if chances[0] is None or chances[1] is None:
        return None
    slumps = now.slump.under_way or then.slump.under_way
    medians = [of.median if slumps else None for of in answers]
    return Without(
        left_out, then.history.origin, by, chances[0], chances[1], medians[0], medians[1],
        now.slump.under_way, then.slump.under_way,
    )  # fmt: skip


def _left_out(data: Data, doubts: Sequence[Finding], origin: pd.Period) -> Data:
    """The data without the newest figures of the findings."""
    months = {month for of in doubts for _, month, _ in _figures(of)}
    newest = {month for month in months if month > origin - NEWEST}
    if isinstance(data, LevelData):
        return _levels_left_out(data, doubts, newest)
    gone = {(of.series, *figure) for of in doubts for figure in of.figures}
    others = [
        row.period not in newest
        or (f"{row.region}_{row.sector}", row.measure, str(row.period), row.value) not in gone
        for row in data.figures.rows()
    ]
    return replace(
        data, figures=replace(data.figures, table=data.figures.table[others].reset_index(drop=True))
    )


def _levels_left_out(data: LevelData, doubts: Sequence[Finding], newest: set[pd.Period]) -> LevelData:
    """The levels without those months of each series, target, like series or indicator, that are in doubt of it."""
    gone: dict[tuple[str, str], set[pd.Period]] = {}
    like = set(map(str, data.known_panel))
    for of in doubts:
        for measure, month, _ in _figures(of):
            part = measure if measure == "indicator" else "like" if of.series in like else "target"
            gone.setdefault((part, of.series if part != "target" else ""), set()).add(month)

    def without(part: str, column: pd.Series) -> pd.Series:
        months = gone.get((part, str(column.name) if part != "target" else ""), set()) & newest
        return column.mask(column.index.isin(list(months)))

    def table_without(part: str, table: pd.DataFrame) -> pd.DataFrame:
        return table.apply(partial(without, part))

    known = (panel.as_of(data.as_of) for panel in data.indicators)
    indicators = tuple(replace(of, table=table_without("indicator", of.table)) for of in known)
    panel = data.panel if data.panel is None or not like else table_without("like", data.panel)
    return replace(data, y=without("target", data.y), panel=panel, indicators=indicators)


def _newest(of: Finding, origin: pd.Period) -> bool:
    return any(month > origin - NEWEST for month in _months(of))


def _months(of: Finding) -> tuple[pd.Period, ...]:
    return tuple(pd.Period(month, "M") for month in of.months)


def _figures(of: Finding) -> tuple[tuple[str, pd.Period, float], ...]:
    """Measure, month and value of the figures that a finding is about."""
    return tuple((measure, pd.Period(month, "M"), value) for measure, month, value in of.figures)
