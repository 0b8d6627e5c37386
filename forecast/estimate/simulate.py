"""Every model on every course of what is known, its simulations joined to the course's own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import adjust, models
from forecast.arrays import Floats
from forecast.errors import Failed, FitError, GapError
from forecast.estimate.ahead import Ahead
from forecast.estimate.plan import Plan
from forecast.parallel import generator
from forecast.paths import Paths
from forecast.series import History

Fits = Mapping[tuple[str, int], models.UpdatableFit]
"""Fits by model and course."""


@dataclass(frozen=True, eq=False)
class Simulated:
    """Hold each model's paths, what it found, what failed, and the fits that can be updated."""

    paths: dict[str, Paths]
    summaries: dict[str, dict[str, object]]
    failed: list[Failed]
    fits: dict[tuple[str, int], models.UpdatableFit]


@dataclass(frozen=True, eq=False)
class Known:
    """Hold what the models may see at one origin.

    history : (k, m), to the origin · ahead : courses of the j months after it that others have published already
    x : (m + span, i) calendar regressors, None without · panel : (k, m + j, s) what `known_panel` returns
    leading : (m + j,) what indicators say, None without
    past : months of its own draw that a path carries
    """

    history: History
    ahead: Ahead
    x: Floats | None
    panel: Floats | None
    leading: Floats | None
    past: int

    @property
    def values(self) -> Floats:
        """Index points of each course from the first month on, (r, m + j)."""
        return np.concatenate([self.history.values[self.ahead.draw], self.ahead.values], axis=1)

    def thinned(self, paths: int, seed: int) -> Known:
        """Return the same with no more courses than paths: a random sample, each course as likely as any other.

        Courses stand in an order that means something: by hyperparameters, opposite ones side by side.
        """
        if paths >= len(self.ahead.draw):
            return self
        rng = generator(seed, self.history.name, str(self.history.origin), "courses")
        kept = np.sort(rng.choice(len(self.ahead.draw), paths, replace=False))
        ahead = replace(self.ahead, draw=self.ahead.draw[kept], values=self.ahead.values[kept])
        return replace(self, ahead=ahead)


def simulate(known: Known, plan: Plan, seed: int, earlier: Fits | None = None) -> Simulated:
    """Simulate every model on every course of what is known.

    earlier : fits of an earlier origin, updated instead of estimated anew
    A model that fails on a course leaves a row, and on all of them drops out.
    Raises FitError where no model of the pool is left.
    """
    members: dict[str, _Member] = {}
    failed: list[Failed] = []
    history, known = known.history, known.thinned(plan.paths, seed)
    for name in dict.fromkeys((*plan.models, *plan.beside)):
        try:
            members[name] = _member(name, known, plan, seed, earlier or {})
            failed += members[name].failed
        except FitError as error:
            gap = isinstance(error, GapError)
            failed.append(Failed(name, history.name, str(history.origin), str(error), gap))
    if not members.keys() & set(plan.models):
        kind = GapError if any(row.gap for row in failed) else FitError
        raise kind(
            f"{history.name}: no model could be fitted", *(f"{row.model}: {row.reason}" for row in failed)
        )
    return Simulated(
        {name: one.paths for name, one in members.items()},
        {name: one.summary for name, one in members.items()},
        failed,
        {(name, i): fit for name, one in members.items() for i, fit in one.fits.items()},
    )


@dataclass(frozen=True, eq=False)
class _Member:
    """One model: paths, what the first fit says of itself, courses that failed, and by course the updatable fits."""

    paths: Paths
    summary: dict[str, object]
    failed: list[Failed]
    fits: dict[int, models.UpdatableFit]


@dataclass(frozen=True, eq=False)
class _Seen:
    """What one model sees: its spec, levels (r, m + j) less effects, regressors of those months, the panel by draw.

    m : months to the origin · effects : (r, span) log effects put back on the months after it
    x : calendar or indicators · calendar : (m + span, i), also of the months after it, None without
    """

    name: str
    spec: models.Spec
    levels: Floats
    m: int
    effects: Floats
    x: Floats | None
    calendar: Floats | None
    panel: Floats | None
    draw: npt.NDArray[np.int64]

    def fits(
        self, rngs: Sequence[np.random.Generator], held: Sequence[models.UpdatableFit | None]
    ) -> list[models.Fit | FitError]:
        """Fit every course, or update to it what is held of it; of each the fit, or why there is none."""
        panel = None if self.panel is None else self.panel[self.draw]
        anew = [i for i, one in enumerate(held) if one is None]
        of_course: dict[int, models.Fit | FitError] = {}
        if anew:
            own, beside = [rngs[i] for i in anew], None if panel is None else panel[anew]
            of_course = dict(
                zip(anew, models.fit_draws(self.spec, self.levels[anew], self.x, own, beside), strict=True)
            )
        for i, one in enumerate(held):
            if one is not None:
                of_course[i] = _updated(one, self.levels[i], self.x, None if panel is None else panel[i])
        return [of_course[i] for i in range(len(held))]

    def fit_to_origin(self, rng: np.random.Generator) -> models.Fit:
        """Fit what the target itself has published."""
        x = None if self.x is None else self.x[: self.m]
        panel = None if self.panel is None else self.panel[0, : self.m]
        return models.fit(self.spec, self.levels[0, : self.m], x, rng=rng, panel=panel)


def _member(name: str, known: Known, plan: Plan, seed: int, earlier: Fits) -> _Member:
    """One model on all courses. Raises FitError where none could be fitted."""
    history, ahead = known.history, known.ahead
    j, past = ahead.months, known.past
    seen = _seen(name, known, plan, settled=(name, 0) in earlier)
    future_x = None if seen.calendar is None else seen.calendar[seen.m + j :]
    fits: dict[int, models.UpdatableFit] = {}
    once = (
        len(history.values) == 1 and j > 0 and name in models.UPDATED
    )  # parameters rest on what was published
    if once:
        rng = generator(seed, history.name, str(history.origin), name, "to the origin")
        fits[0] = earlier.get((name, 0)) or cast("models.UpdatableFit", seen.fit_to_origin(rng))
    counts = _shares(plan.paths, len(ahead.draw))
    rngs = [generator(seed, history.name, str(history.origin), name, i) for i in range(len(counts))]
    by_course = seen.fits(rngs, [fits[0] if once else earlier.get((name, i)) for i in range(len(counts))])
    errors = {i: one for i, one in enumerate(by_course) if isinstance(one, FitError)}
    failed = [
        Failed(name, history.name, str(history.origin), f"draw {i}: {one}") for i, one in errors.items()
    ]
    fitted = {i: one for i, one in enumerate(by_course) if not isinstance(one, FitError)}
    if not fitted:
        raise errors[0]
    if name in models.UPDATED and not once:
        fits = {i: cast("models.UpdatableFit", one) for i, one in fitted.items()}
    rows = np.repeat(list(fitted), [counts[i] for i in fitted])
    future = models.simulate_draws(
        list(fitted.values()), plan.span - j, [counts[i] for i in fitted], [rngs[i] for i in fitted], future_x
    )
    future *= np.exp(seen.effects[:, j:])[rows]
    future = np.concatenate([ahead.values[rows], future], axis=1)
    if np.isnan(future).any():  # which would count as not back, and as the highest of levels
        raise FitError("paths were drawn that are no numbers")
    lived = history.bridged().values[ahead.draw, -past:]
    values = np.concatenate([lived[rows], future], axis=1)
    months = pd.period_range(history.months[-past], periods=past + plan.span, freq="M")
    n = len(rows)
    paths = Paths(months, history.origin, values, np.full(n, 1.0 / n), ahead.draw[rows], np.full(n, name))
    summary = next(iter(fitted.values())).summary()
    return _Member(paths, summary, failed, fits)


def _seen(name: str, known: Known, plan: Plan, settled: bool) -> _Seen:
    """What a model sees; one that searches does so once, on the mean of several courses, unless that is settled."""
    member = models.member(name, seasonal=not plan.slump.seasonally_adjusted)
    history, values, draw = known.history, known.values, known.ahead.draw
    m, end = len(history.months), values.shape[1]
    effects = effects_seen(member.sees, history, plan, known.x)[draw]  # (r, m + span)
    calendar = known.x if member.sees == "level" else None
    x = None if calendar is None else calendar[:end]
    if member.leading and known.leading is not None:
        x = known.leading[:, None]
    panel = known.panel if member.panel else None
    spec = member.spec
    if len(values) > 1 and not settled:
        mean = values.mean(axis=0) / np.exp(effects[:, :end].mean(axis=0))
        spec = models.settled(spec, mean, x, None if panel is None else panel.mean(axis=0))
    return _Seen(name, spec, values / np.exp(effects[:, :end]), m, effects[:, m:], x, calendar, panel, draw)


def _updated(
    held: models.UpdatableFit, y: Floats, x: Floats | None, panel: Floats | None
) -> models.Fit | FitError:
    try:
        return held.updated(y, x, panel)
    except FitError as error:
        return error


def effects_seen(sees: str, history: History, plan: Plan, x: Floats | None) -> Floats:
    """Return the log effects taken off before the fit and put back on the paths, (k, m + span)."""
    exact = len(history.values) == 1 and not history.reconstructed.any()
    if sees == "level":
        return np.zeros((len(history.values), len(history.months) + plan.span))
    if sees == "adjusted_now" and exact and not plan.slump.seasonally_adjusted:
        now = adjust.builtin_effects(np.log(history.values[0]), history.months, plan.span, x)
        return np.asarray(now[None, :])
    return history.effects


def _shares(total: int, k: int) -> Sequence[int]:
    """Spread `total` paths over k courses as evenly as whole numbers allow."""
    return [total // k + (j < total % k) for j in range(k)]
