"""The answer at one origin: the same function in production and in every backtest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import adjust, calendar, levels, models
from forecast.errors import DataError, Failed, FitError
from forecast.figures import Figures
from forecast.models import combine
from forecast.normal import NormalSpec, Slump, SlumpSpec, find_slump, normal_path, nothing_slumps
from forecast.parallel import generator
from forecast.paths import PAST_MONTHS, Paths, mix
from forecast.recovery import RELAPSE_MONTHS, Recovery, recovery
from forecast.series import History

Floats = npt.NDArray[np.float64]

LONGEST_HOLD = 6


@dataclass(frozen=True)
class Plan:
    """Hold every choice that an estimate makes, none of the data.

    horizon : months followed after the origin · country, holidays : the calendar, None for none
    normal : the definition the answer uses · also : the one shown beside it
    models : names of `models.REGISTRY`, pooled with equal weights in the logit of their distributions
    beside : models simulated and scored beside the pool, not in it
    paths : simulated per model · draws : histories of a reconstructed level
    """

    horizon: int = 36
    country: str | None = None
    holidays: tuple[str, ...] = ()
    slump: SlumpSpec = field(default_factory=SlumpSpec)
    normal: NormalSpec = field(default_factory=NormalSpec)
    also: NormalSpec = field(default_factory=lambda: NormalSpec("trend"))
    models: tuple[str, ...] = ("sarima", "autoregression", "noisy_walk", "random_walk_drift_block")
    beside: tuple[str, ...] = ()
    paths: int = 10_000
    draws: int = 200

    @property
    def span(self) -> int:
        """Months simulated: the horizon, the hold that confirms a recovery, and the year of a relapse."""
        return self.horizon + LONGEST_HOLD - 1 + RELAPSE_MONTHS

    @property
    def definitions(self) -> tuple[NormalSpec, ...]:
        """The definitions of normal that are compared: the one in use, the one beside it, and always the trend."""
        chosen = {spec.kind: spec for spec in (self.normal, self.also, NormalSpec("trend"))}
        return tuple(chosen.values())


@dataclass(frozen=True, eq=False)
class FigureData:
    """A target known by published figures, with the related series that inform its empty months."""

    figures: Figures
    target: tuple[str, str]
    related: tuple[tuple[str, str], ...]
    as_of: pd.Timestamp

    @property
    def name(self) -> str:
        """Region and sector, as tables name the series."""
        return "_".join(self.target)


@dataclass(frozen=True, eq=False)
class LevelData:
    """A target known by its levels; month m counts as published on its last day + release_lag_days."""

    y: pd.Series[float]
    name: str
    as_of: pd.Timestamp
    release_lag_days: int = 0

    @property
    def known(self) -> pd.Series[float]:
        """Levels published by `as_of`, to the last published month. Raises DataError where there are none."""
        months = pd.PeriodIndex(self.y.index)
        published = months.end_time.normalize() + pd.Timedelta(days=self.release_lag_days)
        known = self.y[published <= self.as_of]
        last = known.last_valid_index()
        if last is None:
            first = published[0].date()
            raise DataError(
                f"{self.name}: nothing was published by {self.as_of.date()}; the first month appeared on {first}"
            )
        return known[:last]


Data = FigureData | LevelData


@dataclass(frozen=True, eq=False)
class Estimate:
    """Hold the answer at one origin. Tables by definition of normal use its kind as the key."""

    name: str
    plan: Plan
    history: History
    slump: Slump  # where nothing slumps: the current peak, under_way False
    normals: dict[str, Floats]  # (k, past + span) on the months of `paths`
    paths: Paths
    simulated: dict[str, Paths]  # by model, those beside the pool too
    recovery: dict[str, Recovery]
    members: dict[str, Recovery]  # by model, under the definition in use
    summaries: dict[str, dict[str, object]]
    failed: tuple[Failed, ...]
    levels: levels.Levels | None


def estimate(data: Data, plan: Plan, seed: int) -> Estimate:
    """Forecast the recovery month with what `data` held on its `as_of`.

    Steps: history as known → slump → normal, frozen at its start → models refitted on every history draw → pooled
    paths → recovery under each definition of normal. Raises DataError where the data hold no forecastable history
    and FitError where every model failed.
    """
    reconstructed, known, x = _history(data, plan, seed)
    slump = find_slump(known, plan.slump, None if x is None else x[: len(known.months)])
    slump = slump or nothing_slumps(known, plan.slump)
    history = _frozen(known, slump, x)
    if reconstructed is not None and not reconstructed.anchored:
        history = reconstructed.rescaled(slump.peak_from, slump.peak_to).history
    members, summaries, failed = _simulate(history, plan, x, seed, _past_needed(history, slump))
    months = next(iter(members.values())).months
    normals = {spec.kind: normal_path(history, slump, spec, months) for spec in plan.definitions}

    def back(paths: Paths, kind: str) -> Recovery:
        return recovery(
            paths, normals[kind], slump.hold, slump.window,
            horizon=plan.horizon, slump_start=slump.start, threshold_pct=plan.slump.threshold_pct,
        )  # fmt: skip

    each = {name: back(paths, plan.normal.kind) for name, paths in members.items()}
    pool = _pooled({name: members[name] for name in plan.models if name in members}, each, plan.horizon)
    return Estimate(
        data.name, plan, history, slump, normals, pool, members,
        {kind: back(pool, kind) for kind in normals}, each, summaries, tuple(failed), reconstructed,
    )  # fmt: skip


def _pooled(members: dict[str, Paths], each: dict[str, Recovery], horizon: int) -> Paths:
    """The members' paths, weighted so that dates follow the logit pool and everything else the same paths."""
    weights = combine.coherent_weights(
        [each[name].months for name in members], [paths.weights for paths in members.values()],
        next(iter(each.values())).first, horizon,
    )  # fmt: skip
    return mix(list(members.values())).reweighted(weights)


def _history(data: Data, plan: Plan, seed: int) -> tuple[levels.Levels | None, History, Floats | None]:
    """The history as known, with provisional effects, and the calendar regressors of history and span."""
    if isinstance(data, FigureData):
        rng = generator(seed, data.name, str(data.as_of.date()), "levels")
        reconstructed = levels.reconstruct(
            data.figures, data.target, data.related, plan.draws,
            as_of=data.as_of, rng=rng, horizon=plan.span, country=plan.country, holidays=plan.holidays,
        )  # fmt: skip
        history = reconstructed.history
    else:
        y = data.known
        months = pd.PeriodIndex(y.index)
        effects = np.zeros((1, len(y) + plan.span))
        history = History(
            months, np.asarray(y, dtype=np.float64)[None, :], effects, np.zeros(len(y), dtype=bool), data.name
        )
        reconstructed = None
    if len(history.months) < PAST_MONTHS:
        raise DataError(
            f"{data.name}: a forecast needs {PAST_MONTHS} months of history, found {len(history.months)}"
        )
    return reconstructed, history, _regressors(history, plan)


def _regressors(history: History, plan: Plan) -> Floats | None:
    """Calendar regressors of the history and the span, (m + span, j); None without a calendar."""
    if plan.country is None or plan.slump.seasonally_adjusted:
        return None
    months = pd.period_range(history.months[0], periods=len(history.months) + plan.span, freq="M")
    return calendar.regressors(months, plan.country, plan.holidays).to_numpy(dtype=float)


def _frozen(history: History, slump: Slump, x: Floats | None) -> History:
    """The history with the effects that were known at the slump's start."""
    if slump.profile is None:
        return history
    months = pd.period_range(history.months[0], periods=history.effects.shape[1], freq="M")
    return replace(history, effects=slump.profile.effects(months, x)[None, :])


def _past_needed(history: History, slump: Slump) -> int:
    """Past months a path carries: two years, or the slump with a year before it."""
    since = (history.origin - slump.start).n + 1
    return min(len(history.months), max(PAST_MONTHS, since + 12))


def _simulate(
    history: History, plan: Plan, x: Floats | None, seed: int, past: int
) -> tuple[dict[str, Paths], dict[str, dict[str, object]], list[Failed]]:
    """Fit every model on every draw and join its simulations to the draw's own past."""
    members: dict[str, Paths] = {}
    summaries: dict[str, dict[str, object]] = {}
    failed: list[Failed] = []
    for name in dict.fromkeys((*plan.models, *plan.beside)):
        try:
            members[name], summaries[name], missing = _member(name, history, plan, x, seed, past)
            failed += missing
        except FitError as error:
            failed.append(Failed(name, history.name, str(history.origin), str(error)))
    if not members.keys() & set(plan.models):
        raise FitError(
            f"{history.name}: no model could be fitted", *(f"{row.model}: {row.reason}" for row in failed)
        )
    return members, summaries, failed


def _member(
    name: str, history: History, plan: Plan, x: Floats | None, seed: int, past: int
) -> tuple[Paths, dict[str, object], list[Failed]]:
    """One model on all draws. Raises FitError where no draw could be fitted."""
    member = models.member(name, seasonal=not plan.slump.seasonally_adjusted)
    k, m = history.values.shape
    effects = _effects_seen(member.sees, history, plan, x)
    past_x, future_x = (x[:m], x[m:]) if x is not None and member.sees == "level" else (None, None)
    blocks: list[Floats] = []
    draws: list[int] = []
    failed: list[Failed] = []
    summary: dict[str, object] = {}
    for j, count in enumerate(_shares(plan.paths, k)):
        rng = generator(seed, history.name, str(history.origin), name, j)
        try:
            fit = models.fit(member.spec, history.values[j] / np.exp(effects[j, :m]), past_x, rng=rng)
            future = fit.simulate(plan.span, count, rng, future_x) * np.exp(effects[j, m:])
        except FitError as error:
            failed.append(Failed(name, history.name, str(history.origin), f"draw {j}: {error}"))
            continue
        summary = summary or fit.summary()
        own_past = np.repeat(history.values[j : j + 1, -past:], count, axis=0)
        blocks.append(np.concatenate([own_past, future], axis=1))
        draws += [j] * count
    if not blocks:
        raise FitError(failed[0].reason)
    n = len(draws)
    months = pd.period_range(history.months[-past], periods=past + plan.span, freq="M")
    paths = Paths(
        months, history.origin, np.concatenate(blocks), np.full(n, 1.0 / n), np.asarray(draws, dtype=np.int64),
        np.full(n, name),
    )  # fmt: skip
    return paths, summary, failed


def _effects_seen(sees: str, history: History, plan: Plan, x: Floats | None) -> Floats:
    """Log effects taken off before the fit and put back on the paths, (k, m + span)."""
    exact = len(history.values) == 1 and not history.reconstructed.any()
    if sees == "level":
        return np.zeros_like(history.effects)
    if sees == "adjusted_now" and exact and not plan.slump.seasonally_adjusted:
        now = adjust.builtin_effects(np.log(history.values[0]), history.months, plan.span, x)
        return np.asarray(now[None, :])
    return history.effects


def _shares(total: int, k: int) -> Sequence[int]:
    """Spread `total` paths over k draws as evenly as whole numbers allow."""
    return [total // k + (j < total % k) for j in range(k)]
