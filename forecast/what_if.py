"""An answer under a scenario, from paths and normal alone: the same for a report, the command line and the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from forecast.arrays import Floats
from forecast.errors import ConfigError
from forecast.parallel import one_thread
from forecast.paths import Paths
from forecast.recovery import ByDefinition, Recovery, recovery
from forecast.rooms import furnish
from forecast.scenario import (
    LEAST,
    Definition,
    Enough,
    Related,
    Scenario,
    followed,
    judged,
    met,
    plausibility,
    problems,
)
from forecast.tables import suggestion

__all__ = ["Answer", "Grounds"]


@dataclass(frozen=True, eq=False)
class Answer:
    """The paths under a scenario and the month of return on them.

    plausibility : of its conditions given its assumed paths times that of those; None where it has neither
    distance : of its judgement from the forecast, Kullback–Leibler divergence in nats; None without one
    """

    paths: Paths
    recovery: Recovery
    plausibility: float | None
    distance: float | None


@dataclass(frozen=True, eq=False)
class Grounds:
    """What every scenario of a question stands on.

    paths : the baseline · normals : by definition, (k, past + h) index points on the months of the paths
    kind, window, hold : the definition in use and the rule of recovery · horizon : months followed
    """

    paths: Paths
    normals: Mapping[str, Floats]
    kind: str
    window: int
    hold: int
    horizon: int
    slump_start: pd.Period
    threshold_pct: float

    def since(self, past: int) -> Grounds:
        """Return the same with no more past months than so many, the origin among them."""
        paths, first = self.paths, self.paths.past - past
        shorter = replace(paths, months=paths.months[first:], values=paths.values[:, first:])
        return replace(
            self, paths=shorter, normals={kind: of[:, first:] for kind, of in self.normals.items()}
        )

    def wrong_with(self, scenario: Scenario) -> list[str]:
        """Say what is wrong with a scenario asked of these paths, a line each; assumed paths are not looked at."""
        assumed = [one.series for one in scenario.assumed]
        wrong = problems(scenario, self.paths.months, self.paths.origin, self.horizon, assumed)
        return [*wrong, *self.wrong_with_definition(scenario.name, scenario.definition)]

    def wrong_with_definition(self, name: str, definition: Definition) -> list[str]:
        """Say what is wrong with a scenario's own definition of normal; nothing where it can be followed."""
        kind = definition.kind
        if kind is None or kind in self.normals:
            return []
        return [
            f'scenario {name}: normal "{kind}" is not compared here; {suggestion(kind, list(self.normals))}'
        ]

    def back(self, paths: Paths, definition: Definition = Definition()) -> Recovery:  # noqa: B008  # frozen
        """Return the month of return on paths of these months, by the definition in use or another."""
        normal = self.normals[definition.kind or self.kind] * (definition.scale_pct / 100.0)
        return recovery(
            paths, normal, definition.hold or self.hold, definition.window or self.window,
            horizon=self.horizon, slump_start=self.slump_start, threshold_pct=self.threshold_pct,
        )  # fmt: skip

    def backs(self, paths: Paths, definition: Definition, known: Recovery | None = None) -> ByDefinition:
        """Return the same under every definition of normal compared; known : of the one in use, where it is at hand."""
        at_hand = {} if known is None else {self.kind: known}
        return ByDefinition(tuple(self.normals), partial(self._under, paths, definition), at_hand)

    def _under(self, paths: Paths, definition: Definition, kind: str) -> Recovery:
        return self.back(paths, replace(definition, kind=kind))

    @one_thread
    def under(self, scenario: Scenario, related: Related | None = None, least: Enough = LEAST) -> Answer:
        """Answer a scenario: assumptions move the paths, conditions weigh them, then a judgement of the date.

        related : the series that it assumes paths of · least : effective paths that an answer needs
        Raises ConfigError for what `wrong_with` finds and RefusedError where the paths cannot carry it.
        """
        if wrong := self.wrong_with(scenario):
            raise ConfigError(*wrong)
        return self.followed(scenario, related, least)

    def followed(self, scenario: Scenario, related: Related | None = None, least: Enough = LEAST) -> Answer:
        """Answer as `under` does a scenario that is known to have nothing wrong."""
        paths, share, distance = followed(self.paths, scenario, related), None, None
        if scenario.assumed:
            share = plausibility(self.paths, scenario, related)
        if scenario.conditions:
            conditioned = met(paths, scenario.conditions, least=least)
            paths, share = conditioned.paths, conditioned.plausibility * (1.0 if share is None else share)
        back = self.back(paths, scenario.definition)
        if scenario.judgements:
            weights, distance = judged(back.months, paths.weights, scenario.judgements, paths.origin)
            believed = paths.reweighted(weights)
            least.check(believed, self.paths, " and ".join(map(str, scenario.judgements)))
            paths, back = believed, self.back(believed, scenario.definition)
        return Answer(paths, back, share, distance)


furnish(__name__)
