"""A scenario's keys → the statements that paths understand, with everything that it is based on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pandas as pd

from forecast.config import scenarios
from forecast.scenario import Assumed, Condition, Definition, Judgement, Scenario, Shock, Slope

T = TypeVar("T")


def scenario(name: str, among: Sequence[scenarios.Scenario]) -> Scenario:
    """Return a scenario with what it is based on. Raises ConfigError where two of its assumptions contradict."""
    given = next(s for s in among if s.name == name)
    base = scenario(given.based_on, among) if given.based_on is not None else Scenario(name)
    shocks = (Shock(_month(s.start), s.size_pct, s.half_life) for s in _listed(given.shock))
    slopes = (Slope(_month(s.start), s.growth_pct) for s in _listed(given.slope))
    judgements = (Judgement(_month(j.by), j.chance_pct) for j in _listed(given.judgement))
    return Scenario(
        name,
        (*base.shocks, *shocks),
        (*base.slopes, *slopes),
        tuple(dict.fromkeys((*base.conditions, *_conditions(given)))),
        (*base.assumed, *(_assumed(series, assumption) for series, assumption in given.assume.items())),
        (*base.judgements, *judgements),
        _definition(given, base.definition),
    )


def _conditions(given: scenarios.Scenario) -> list[Condition]:
    """Its conditions, and the prints that it takes for given, which hold in every outcome."""
    conditions = [
        Condition(
            c.year, c.growth_at_least_pct, c.growth_pct, _month(c.month) if c.month else None, c.yoy_pct,
            c.level_at_least, c.exactly, c.mom_pct, c.ytd_yoy_pct,
        )
        for c in given.condition
    ]  # fmt: skip
    printed = [
        Condition(month=_month(month), exactly=True, **rate.model_dump(exclude_none=True))
        for month, rate in given.next_print.items()
    ]
    return [*conditions, *printed]


def _definition(given: scenarios.Scenario, base: Definition) -> Definition:
    """What counts as back: what it says itself, else what it is based on."""
    normal, rule = given.normal, given.recovery
    return Definition(
        base.kind if normal is None else normal.kind,
        base.scale_pct if normal is None else normal.scale_pct,
        base.window if rule is None else rule.window,
        base.hold if rule is None else rule.hold,
    )


def _assumed(series: str, assumption: scenarios.Assumed) -> Assumed:
    by = assumption.returns_to_trend_by
    growth = sorted((_month(month), pct) for month, pct in assumption.yoy_pct.items())
    return Assumed(series, tuple(growth), assumption.holds_at_pct, _month(by) if by else None)


def _listed(given: T | tuple[T, ...]) -> tuple[T, ...]:
    return given if isinstance(given, tuple) else (given,)


def _month(text: str) -> pd.Period:
    return pd.Period(text, freq="M")
