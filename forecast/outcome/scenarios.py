"""Named assumptions on the future, each beside the baseline."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import FIXED, STRICT, Labels, Month, Number


@dataclass(frozen=True, config=STRICT)
class AssumedMonth:
    """One month of the path that a scenario assumes of a related series: yearly growth, season and calendar aside.

    assumed_pct : median over paths · expected_pct, lower_80, upper_80 : what the series is forecast to grow by
    elasticity, elasticity_lower, elasticity_upper : percent that the target moves with one percent of the series,
        median and 80 % interval
    """

    series: str
    month: Month
    assumed_pct: Number
    expected_pct: Number
    lower_80: Number
    upper_80: Number
    elasticity: Number
    elasticity_lower: Number
    elasticity_upper: Number


@dataclass(frozen=True, config=STRICT)
class ScenarioRow:
    """One scenario beside the baseline. Months gained are positive where output is back earlier.

    months_gained : difference of the medians, of which one before the origin counts as the origin; None where one lies
        beyond the horizon
    months_below : expected months below normal within the horizon, E[min(T, H)] · months_below_gained : against
        the baseline · annual_growth : median by year, percent · plausibility : None without conditions
        and assumed paths
    refused : why there is no answer; then every number is None · refused_code, refused_values : the same for reports
        in other languages: a word of `forecast.scenario` and the numbers that its sentence quotes
    """

    name: str
    label: Labels
    median: Month | None
    median_after: Month | None
    p_within_12: Number | None
    months_gained: int | None
    months_below: Number | None
    months_below_gained: Number | None
    annual_growth: Annotated[dict[str, Number], FIXED]
    plausibility: Number | None
    refused: str | None
    refused_code: str | None = None
    refused_values: tuple[Number, ...] = ()
    assumed: tuple[AssumedMonth, ...] = ()
