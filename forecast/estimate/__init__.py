"""The answer at one origin: the same function in production and in every backtest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast import levels
from forecast.arrays import Floats
from forecast.display import SelfShown, Shown, chance
from forecast.errors import DataError, Failed, expect
from forecast.estimate.ahead import Ahead, ahead_of_figures, ahead_of_levels, nothing_ahead
from forecast.estimate.panel import known_beside, known_leading, known_panel
from forecast.estimate.plan import Data, FigureData, LevelData, Plan, of_level
from forecast.estimate.related import related_paths
from forecast.estimate.sectors import SectorPaths, sector_paths
from forecast.estimate.simulate import Fits, Known, Simulated, effects_seen, simulate
from forecast.estimate.what_if import WhatIf, check, what_ifs
from forecast.models import combine
from forecast.normal import normal_path
from forecast.parallel import generator, one_thread
from forecast.paths import PAST_MONTHS, Paths, mix, quantiles
from forecast.recovery import ByDefinition, Recovery, weighed
from forecast.rooms import furnish
from forecast.scenario import Definition
from forecast.series import History, refuse_no_levels
from forecast.slump import Slump, find_slump, nothing_slumps
from forecast.what_if import Grounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "Data",
    "Estimate",
    "FigureData",
    "Fits",
    "LevelData",
    "Plan",
    "WhatIf",
    "begin",
    "check",
    "estimate",
    "known_beside",
    "of_level",
    "pooled",
    "related_paths",
]


@dataclass(frozen=True, eq=False, repr=False)
class Estimate(SelfShown):
    """Hold the answer at one origin. Tables by definition of normal use its kind as the key."""

    name: str
    plan: Plan
    history: History
    slump: Slump  # where nothing slumps: the current peak, under_way False
    normals: dict[str, Floats]  # (k, past + span) on the months of `paths`
    paths: Paths
    simulated: dict[str, Paths]  # by model, those beside the pool too
    recovery: ByDefinition
    members: dict[str, Recovery]  # by model, under the definition in use
    summaries: dict[str, dict[str, object]]
    failed: tuple[Failed, ...]
    levels: levels.Levels | None
    ahead: Ahead
    scenarios: tuple[WhatIf, ...] = ()
    fits: Fits = field(default_factory=dict)
    sectors: SectorPaths | None = None

    @property
    def grounds(self) -> Grounds:
        """What further scenarios stand on."""
        return _grounds(self.plan, self.slump, self.paths, self.normals)

    def without_fits(self) -> Estimate:
        """Return the same answer without what only an estimate of a later origin goes on from, a tenth of its size."""
        return replace(self, fits={})

    def _shown(self) -> Shown:
        """When output is back under each definition of normal."""
        slump = f"slump since {self.slump.start}" if self.slump.under_way else "no slump under way"
        models = ", ".join(name for name in self.plan.models if name in self.simulated)
        caption = f"{self.name}, seen from {self.history.origin}: {slump}; {models}"
        rows = [
            (
                kind,
                str(back.median or f"after {back.median_after}"),
                chance(back.p_within_12),
                chance(back.p_not_within_horizon),
            )
            for kind, back in self.recovery.items()
        ]
        return Shown(caption, ("back at", "half by", "within 12 months", "not within"), rows)

    def to_frame(self) -> pd.DataFrame:
        """Return the level to come and the chance to be back, a row per month of the horizon.

        Columns: median, lower_50, upper_50, … of the level and normal (mean over the paths), index points; gap_pct,
        the median; probability and by, the chance of a return in the month and by it under the definition in use.
        """
        kind, paths, h = self.plan.normal.kind, self.paths, self.plan.horizon
        normal = self.normals[kind][:, paths.past :][paths.draw]
        gap = 100.0 * (paths.future / normal - 1.0)
        table = paths.intervals()
        table["normal"] = paths.weights @ normal
        table["gap_pct"] = quantiles(gap, paths.weights, [0.5])[0]
        return table.iloc[:h].join(self.recovery[kind].to_frame())

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the level to come with its bands, after its past."""
        return self.paths.plot(ax)


@one_thread
def estimate(
    data: Data | pd.Series | pd.DataFrame,
    plan: Plan = Plan(),  # noqa: B008  # frozen
    seed: int = 1,
    earlier: Fits | None = None,
) -> Estimate:
    """Forecast the recovery month with what `data` held on its `as_of`.

    data : what may be seen; or index levels on any monthly index, all of them published, alone or as the
        only column of a table

    Steps: history as known → slump → normal, frozen at its start → models refitted on every history draw → pooled
    paths → recovery under each definition of normal. `earlier` are the fits of an earlier origin: models that can keep
    their parameters do, and only see the new data. Raises DataError where the data hold no forecastable history,
    ConfigError for scenarios that cannot be followed and FitError where every model failed.
    """
    expect(plan=(plan, Plan), seed=(seed, int))
    if not isinstance(data, FigureData | LevelData):
        data = of_level(data)
    reconstructed, known, x, slump = begin(data, plan, seed)
    history = slump.frozen(known, x)
    if reconstructed is not None and not reconstructed.anchored:
        reconstructed = reconstructed.rescaled(slump.peak_from, slump.peak_to)
        history = reconstructed.history
    past = _past_needed(history, slump)
    months = pd.period_range(history.months[-past], periods=past + plan.span, freq="M")
    assumes = any(scenario.assumed for scenario in plan.scenarios)
    related = known_beside(data, reconstructed, history.months, plan) if assumes else {}
    check(plan, months, history.origin, tuple(related))
    ahead = _ahead(data, reconstructed, history, x, plan, seed)
    known_months = ahead.all_months(history)
    panel = known_panel(data, reconstructed, known_months, plan)
    indicators = known_leading(data, history, known_months, plan)
    simulated = simulate(Known(history, ahead, x, panel, indicators, past), plan, seed, earlier)
    history = history.bridged()  # only now: a model sees a month that is not published as a gap
    normals = {spec.kind: normal_path(history, slump, spec, months) for spec in plan.definitions}

    each = {name: _grounds(plan, slump, own, normals).back(own) for name, own in simulated.paths.items()}
    in_pool = [name for name in plan.models if name in simulated.paths]
    pool, simulated = _pool(simulated, each, plan)
    back = weighed([each[name] for name in in_pool], pool)
    grounds = _grounds(plan, slump, pool, normals)
    return Estimate(
        data.name, plan, history, slump, normals, pool, simulated.paths,
        grounds.backs(pool, Definition(), back), each, simulated.summaries, tuple(simulated.failed), reconstructed,
        ahead,
        what_ifs(plan, grounds, history, related, seed, slump.under_way),
        simulated.fits,
        _sectors(data, plan, pool, history, normals[plan.normal.kind], slump, seed),
    )  # fmt: skip


@one_thread
def begin(data: Data, plan: Plan, seed: int) -> tuple[levels.Levels | None, History, Floats | None, Slump]:
    """Return the history as known, the calendar regressors and the slump: what `estimate` stands on.

    Raises DataError where the data hold no forecastable history, so that a check refuses what a run refuses.
    """
    reconstructed, known, x = _history(data, plan, seed)
    seen = None if x is None else x[: len(known.months)]
    slump = find_slump(known, plan.slump, seen) or nothing_slumps(known, plan.slump, seen)
    return reconstructed, known, x, slump


def _grounds(plan: Plan, slump: Slump, pool: Paths, normals: dict[str, Floats]) -> Grounds:
    return Grounds(
        pool, normals, plan.normal.kind, slump.window, slump.hold, plan.horizon, slump.start,
        plan.slump.threshold_pct,
    )  # fmt: skip


def _ahead(
    data: Data, reconstructed: levels.Levels | None, history: History, x: Floats | None, plan: Plan, seed: int
) -> Ahead:
    """Courses over the months that others have published and the target has not."""
    if isinstance(data, FigureData):
        assert reconstructed is not None
        return ahead_of_figures(reconstructed)
    if plan.nowcast is None:
        return nothing_ahead(history)
    return ahead_of_levels(data, history, effects_seen("adjusted_now", history, plan, x), plan, seed)


def _sectors(
    data: Data, plan: Plan, pool: Paths, history: History, normal: Floats, slump: Slump, seed: int
) -> SectorPaths | None:
    """The sectors beside the pool, where any were asked for, from a reconstruction with them."""
    if not plan.sectors or not isinstance(data, FigureData):
        return None
    names = [name for name, _ in plan.sectors]
    with_sectors = _reconstructed(data, plan, seed, plan.sectors)
    rng = generator(seed, data.name, str(pool.origin), "sectors")
    return sector_paths(with_sectors, names, pool, history, normal, slump, rng)


def _pool(simulated: Simulated, each: dict[str, Recovery], plan: Plan) -> tuple[Paths, Simulated]:
    """The pool, and what was simulated with its members as rows of the pool, so that no path is held twice."""
    own = {name: simulated.paths[name] for name in plan.models if name in simulated.paths}
    pool = pooled(own, each, plan.horizon)
    ends = np.cumsum([len(paths.values) for paths in own.values()]).tolist()
    rows = {
        name: replace(paths, values=pool.values[end - len(paths.values) : end])
        for (name, paths), end in zip(own.items(), ends, strict=True)
    }
    return pool, replace(simulated, paths=simulated.paths | rows)


@one_thread
def pooled(members: dict[str, Paths], each: dict[str, Recovery], horizon: int) -> Paths:
    """Return the members' paths, weighted so that dates follow the logit pool and everything else the same paths.

    each : recovery of every member, by model, under the definition in use
    """
    weights = combine.coherent_weights(
        [each[name].months for name in members], [paths.weights for paths in members.values()],
        next(iter(each.values())).first, horizon,
    )  # fmt: skip
    return mix(list(members.values())).reweighted(weights)


def _history(data: Data, plan: Plan, seed: int) -> tuple[levels.Levels | None, History, Floats | None]:
    """The history as known, with provisional effects, and the calendar regressors of history and span."""
    if isinstance(data, FigureData):
        reconstructed = _reconstructed(data, plan, seed)
        history = reconstructed.history
    else:
        y = data.known
        months = pd.PeriodIndex(y.index)
        refuse_no_levels(y, months, data.name)
        effects = np.zeros((1, len(y) + plan.span))
        history = History(
            months, np.asarray(y, dtype=np.float64)[None, :], effects, np.zeros(len(y), dtype=bool), data.name
        )
        reconstructed = None
    all_known = np.asarray(np.isfinite(history.values).all(axis=0))
    changes = int((all_known[1:] & all_known[:-1]).sum())
    if changes < PAST_MONTHS:
        raise DataError(
            f"{data.name}: a forecast needs {PAST_MONTHS} changes from one published month to the next, found "
            f"{changes} in the {int(all_known.sum())} months from {history.months[0]} to {history.months[-1]}"
            f"{_why(data)}"
        )
    span = pd.period_range(history.months[0], periods=len(history.months) + plan.span, freq="M")
    return reconstructed, history, plan.regressors(span)


def _why(data: Data) -> str:
    """The withdrawal that made a level of a store so short; "" where nothing of it was withdrawn."""
    if isinstance(data, FigureData) or data.releases is None:
        return ""
    lost = data.releases.lost(data.as_of)
    return f"; {lost}" if lost else ""


def _reconstructed(
    data: FigureData, plan: Plan, seed: int, sectors: Sequence[tuple[str, float | None]] = ()
) -> levels.Levels:
    """The level of the target, with the sectors named beside it where all or none have their share.

    The seed knows the origin and not the date, so that a day on which nothing was published moves no number.
    """
    origin = str(data.figures.as_of(data.as_of).origin(*data.target))
    rng = generator(seed, data.name, origin, "levels with sectors" if sectors else "levels")
    shares = {name: share for name, share in sectors if share is not None}
    return levels.reconstruct(
        data.figures, data.target, data.related, plan.draws,
        as_of=data.as_of, rng=rng, horizon=plan.span, country=plan.country, holidays=plan.holidays,
        sectors=shares or tuple(name for name, _ in sectors),
    )  # fmt: skip


def _past_needed(history: History, slump: Slump) -> int:
    """Past months a path carries: two years, or the slump with a year before it."""
    since = (history.origin - slump.start).n + 1
    return min(len(history.months), max(PAST_MONTHS, since + 12))


furnish(__name__, estimate)
