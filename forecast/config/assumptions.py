"""A scenario's keys → the statements that paths understand, with everything that it is based on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from forecast.config import scenarios
from forecast.config.stated import month, stated
from forecast.scenario import BASELINE, Assumed, Condition, Definition, Judgement, Scenario, Shock, Slope

T = TypeVar("T")


def scenario(name: str, among: Sequence[scenarios.Scenario]) -> Scenario:
    """Return a scenario with what it is based on. Raises ConfigError where two of its assumptions contradict."""
    given = next(s for s in among if s.name == name)
    base = Scenario(name) if given.based_on in (None, BASELINE) else scenario(given.based_on, among)
    return Scenario(
        name,
        (*base.shocks, *(stated(Shock, shock) for shock in _listed(given.shock))),
        (*base.slopes, *(stated(Slope, slope) for slope in _listed(given.slope))),
        tuple(dict.fromkeys((*base.conditions, *_conditions(given)))),
        (*base.assumed, *(_assumed(series, path) for series, path in given.assume.items())),
        (*base.judgements, *(stated(Judgement, judgement) for judgement in _listed(given.judgement))),
        _definition(given, base.definition),
    )


def _conditions(given: scenarios.Scenario) -> list[Condition]:
    """Its conditions, and the prints that it takes for given, which hold in every outcome."""
    printed = [
        stated(Condition, rate, month=month(of), exactly=True) for of, rate in given.next_print.items()
    ]
    return [*(stated(Condition, condition) for condition in given.condition), *printed]


def _definition(given: scenarios.Scenario, base: Definition) -> Definition:
    """What counts as back: what it says itself, else what it is based on."""
    own = [part.model_dump() for part in (given.normal, given.recovery) if part is not None]
    return replace(base, **{name: value for part in own for name, value in part.items()})


def _assumed(series: str, path: scenarios.Assumed) -> Assumed:
    growth = tuple(sorted((month(of), pct) for of, pct in path.yoy_pct.items()))
    return stated(Assumed, path, series=series, yoy_pct=growth)


def _listed(given: T | tuple[T, ...]) -> tuple[T, ...]:
    return given if isinstance(given, tuple) else (given,)
