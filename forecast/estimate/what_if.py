"""The answer under each scenario, on the very paths of the answer itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import ConfigError
from forecast.estimate.plan import Plan
from forecast.estimate.related import related_paths
from forecast.parallel import generator
from forecast.paths import Paths
from forecast.recovery import Recovery
from forecast.scenario import RefusedError, Related, Scenario, problems
from forecast.series import History
from forecast.tables import suggestion
from forecast.what_if import Grounds


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The answer under one scenario; `refused` is why there is none, and then paths and recovery are empty.

    recovery : by definition of normal; under the one in use stands the scenario's own, where it has one
    plausibility : of its conditions given its assumed paths times that of those; None where it has neither
    related : the series that it assumes paths of
    distance : of its judgement from the forecast, Kullback–Leibler divergence in nats; None without one
    """

    name: str
    paths: Paths | None
    recovery: Mapping[str, Recovery]
    plausibility: float | None
    refused: RefusedError | None = None
    related: Related | None = None
    distance: float | None = None


def check(plan: Plan, months: pd.PeriodIndex, origin: pd.Period, related: Sequence[str]) -> None:
    """Raise ConfigError with all that is wrong with scenarios, targets or slump at this origin, before any work.

    months : of the paths, past and future · related : names of the series whose paths may be assumed
    A question asked again on a later date is not wrong, only overtaken.
    """
    wrong = [] if plan.asked_again else _of_scenarios(plan, months, origin, related) + _over(plan, origin)
    wrong += _not_compared(plan)
    wrong += [
        f"annual_targets: {target.year} is not followed to its end: the horizon of {plan.horizon} months ends before; "
        "name an earlier year or lengthen the horizon"
        for target in plan.annual_targets
        if target.year > (months[-1] - 11).year
    ]
    if plan.slump.start is not None and plan.slump.start > origin:
        wrong.append(
            f"slump.start {plan.slump.start} lies after the origin {origin}; name a month that is known"
        )
    if wrong:
        raise ConfigError(*wrong)


def _of_scenarios(plan: Plan, months: pd.PeriodIndex, origin: pd.Period, related: Sequence[str]) -> list[str]:
    return [
        problem
        for scenario in plan.scenarios
        for problem in problems(scenario, months, origin, plan.horizon, related)
    ]


def _not_compared(plan: Plan) -> list[str]:
    """Name the definitions of normal that scenarios ask for and the question does not compare."""
    compared = [spec.kind for spec in plan.definitions]
    named = [(scenario.name, scenario.definition.kind) for scenario in plan.scenarios]
    return [
        f'scenario {name}: normal "{kind}" is not compared by this question; {suggestion(kind, compared)}'
        for name, kind in named
        if kind is not None and kind not in compared
    ]


def _over(plan: Plan, origin: pd.Period) -> list[str]:
    """Name the annual targets of years that are over."""
    return [
        f"annual_targets: {target.year} is over by the origin {origin}; leave it out"
        for target in plan.annual_targets
        if target.year < origin.year
    ]


def what_ifs(
    plan: Plan, grounds: Grounds, history: History, related: Mapping[str, Floats], seed: int, slumps: bool
) -> tuple[WhatIf, ...]:
    """Answer every scenario of the plan; one that the paths cannot carry, or that time has overtaken, is refused.

    slumps : whether a slump is under way; where none is, or none can be told, there is no return to judge
    related : what `known_beside` returns, of the series that scenarios assume paths of
    `check` has found nothing wrong with the scenarios but, where the question is asked again, what time has overtaken.
    The series of a scenario are drawn by the seed, the target and the origin alone, so no scenario moves another.
    """
    pool = grounds.paths
    out = []
    for scenario in plan.scenarios:
        names = tuple(related)
        wrong = problems(scenario, pool.months, pool.origin, plan.horizon, names) if plan.asked_again else []
        if wrong:
            what_if = WhatIf(scenario.name, None, {}, None, RefusedError(" ".join(wrong), "overtaken"))
        elif scenario.judgements and not slumps:
            why = "no slump is told, so that there is no return to judge; leave the judgement out"
            what_if = WhatIf(scenario.name, None, {}, None, RefusedError(why, "no_return"))
        else:
            rng = generator(seed, history.name, str(pool.origin), "related")
            try:
                what_if = _answered(scenario, grounds, history, related, rng)
            except RefusedError as error:
                what_if = WhatIf(scenario.name, None, {}, None, error)
        out.append(what_if)
    return tuple(out)


def _answered(
    scenario: Scenario,
    grounds: Grounds,
    history: History,
    related: Mapping[str, Floats],
    rng: np.random.Generator,
) -> WhatIf:
    """The pool under one scenario. Raises RefusedError where it has no answer."""
    beside = None
    if scenario.assumed:
        series = {assumed.series: related[assumed.series] for assumed in scenario.assumed}
        beside = related_paths(series, history, grounds.paths, rng)
    answer = grounds.followed(scenario, beside)
    back = grounds.backs(answer.paths, scenario.definition, answer.recovery)
    return WhatIf(
        scenario.name, answer.paths, back, answer.plausibility, related=beside, distance=answer.distance
    )
