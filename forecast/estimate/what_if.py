"""The answer under each scenario, on the very paths of the answer itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from forecast.scenario import RefusedError, Related, Scenario, apply, condition, plausibility, problems
from forecast.series import History


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The answer under one scenario; `refused` is why there is none, and then paths and recovery are empty.

    plausibility : of its conditions given its assumed paths times that of those; None where it has neither
    related : the series that it assumes paths of
    """

    name: str
    paths: Paths | None
    recovery: dict[str, Recovery]
    plausibility: float | None
    refused: RefusedError | None = None
    related: Related | None = None


def check(plan: Plan, months: pd.PeriodIndex, origin: pd.Period, related: Sequence[str]) -> None:
    """Raise ConfigError with all that is wrong with scenarios, targets or slump at this origin, before any work.

    months : of the paths, past and future · related : names of the series whose paths may be assumed
    A question asked again on a later date is not wrong, only overtaken.
    """
    wrong = [
        problem for scenario in plan.scenarios for problem in problems(scenario, months, origin, related)
    ]
    wrong = [] if plan.asked_again else [*wrong, *_over(plan, origin)]
    wrong += [
        f"annual_targets: {year} is not followed to its end: the horizon of {plan.horizon} months ends before; "
        "name an earlier year or lengthen the horizon"
        for year, _ in plan.annual_targets
        if year > (months[-1] - 11).year
    ]
    if plan.slump.start is not None and plan.slump.start > origin:
        wrong.append(
            f"slump.start {plan.slump.start} lies after the origin {origin}; name a month that is known"
        )
    if wrong:
        raise ConfigError(*wrong)


def _over(plan: Plan, origin: pd.Period) -> list[str]:
    """Name the annual targets of years that are over."""
    return [
        f"annual_targets: {year} is over by the origin {origin}; leave it out"
        for year, _ in plan.annual_targets
        if year < origin.year
    ]


def what_ifs(
    plan: Plan,
    pool: Paths,
    history: History,
    related: Mapping[str, Floats],
    back: Callable[[Paths], dict[str, Recovery]],
    seed: int,
) -> tuple[WhatIf, ...]:
    """Answer every scenario of the plan; one that the paths cannot carry, or that time has overtaken, is refused.

    related : what `known_beside` returns, of the series that scenarios assume paths of
    back : the recovery of paths under each definition of normal
    The series of a scenario are drawn by the seed, the target and the origin alone, so no scenario moves another.
    """
    out = []
    for scenario in plan.scenarios:
        wrong = problems(scenario, pool.months, pool.origin, tuple(related))
        if wrong:
            found = WhatIf(scenario.name, None, {}, None, RefusedError(" ".join(wrong), "overtaken"))
        else:
            rng = generator(seed, history.name, str(pool.origin), "related")
            try:
                found = _answered(scenario, pool, history, related, back, rng)
            except RefusedError as error:
                found = WhatIf(scenario.name, None, {}, None, error)
        out.append(found)
    return tuple(out)


def _answered(
    scenario: Scenario,
    pool: Paths,
    history: History,
    related: Mapping[str, Floats],
    back: Callable[[Paths], dict[str, Recovery]],
    rng: np.random.Generator,
) -> WhatIf:
    """The pool under one scenario. Raises RefusedError where it has no answer."""
    beside = None
    if scenario.assumed:
        series = {said.series: related[said.series] for said in scenario.assumed}
        beside = related_paths(series, history, pool, rng)
    paths = apply(pool, scenario, beside)
    share = plausibility(pool, scenario, beside)
    if scenario.conditions:
        found = condition(paths, scenario.conditions)
        paths, share = found.paths, found.plausibility * (1.0 if share is None else share)
    return WhatIf(scenario.name, paths, back(paths), share, related=beside)
