"""Named assumptions on the future: shocks, slopes and paths of related series added to paths, conditions on them.

`statements` holds what a scenario may say and what is wrong with it · `changes` moves paths · `conditions` weighs them
`exact` lets a condition hold on each
"""

from forecast.rooms import furnish
from forecast.scenario.changes import Related, apply, plausibility
from forecast.scenario.conditions import Conditioned, condition
from forecast.scenario.refusal import RefusedError
from forecast.scenario.statements import (
    BASELINE,
    Assumed,
    Condition,
    Scenario,
    Shock,
    Slope,
    problems,
)

__all__ = [
    "BASELINE",
    "Assumed",
    "Condition",
    "Conditioned",
    "RefusedError",
    "Related",
    "Scenario",
    "Shock",
    "Slope",
    "apply",
    "condition",
    "plausibility",
    "problems",
]


furnish(__name__)
