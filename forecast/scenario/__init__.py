"""Named assumptions on the future: shocks, slopes and paths of related series added to paths, conditions on them.

`statements` holds what a scenario may say and what is wrong with it · `changes` moves paths · `conditions` weighs them
`exact` lets a condition hold on each · `judgement` weighs them by a belief about the date · `enough` refuses too few
`slips` knows percent that a person may have meant otherwise
"""

from forecast.rooms import furnish
from forecast.scenario.changes import Related, apply, followed, plausibility
from forecast.scenario.conditions import Conditioned, condition, met
from forecast.scenario.enough import LEAST, Enough
from forecast.scenario.judgement import judged
from forecast.scenario.refusal import RefusedError
from forecast.scenario.slips import (
    LEAST_CHANCE,
    LEAST_THRESHOLD,
    NEXT_TO_NOTHING,
    as_growth,
    no_level,
    no_share,
    signed,
)
from forecast.scenario.statements import (
    BASELINE,
    PRINTED,
    Assumed,
    Condition,
    Definition,
    Judgement,
    Scenario,
    Shock,
    Slope,
    problems,
)

__all__ = [
    "BASELINE",
    "LEAST",
    "LEAST_CHANCE",
    "LEAST_THRESHOLD",
    "NEXT_TO_NOTHING",
    "PRINTED",
    "Assumed",
    "Condition",
    "Conditioned",
    "Definition",
    "Enough",
    "Judgement",
    "RefusedError",
    "Related",
    "Scenario",
    "Shock",
    "Slope",
    "apply",
    "as_growth",
    "condition",
    "followed",
    "judged",
    "met",
    "no_level",
    "no_share",
    "plausibility",
    "problems",
    "signed",
]


furnish(__name__)
