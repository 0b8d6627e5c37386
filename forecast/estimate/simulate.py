"""Every model on every draw of the history, its simulations joined to the draw's own past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import adjust, models
from forecast.errors import Failed, FitError
from forecast.estimate.plan import Plan
from forecast.parallel import generator
from forecast.paths import Paths
from forecast.series import History

Floats = npt.NDArray[np.float64]

Fits = Mapping[tuple[str, int], models.UpdatableFit]
"""Fits by model and history draw."""


@dataclass(frozen=True, eq=False)
class Simulated:
    """Hold each model's paths, what it found, what failed, and the fits that can be updated."""

    paths: dict[str, Paths]
    summaries: dict[str, dict[str, object]]
    failed: list[Failed]
    fits: dict[tuple[str, int], models.UpdatableFit]


def simulate(
    history: History,
    plan: Plan,
    x: Floats | None,
    seed: int,
    past: int,
    panel: Floats | None = None,
    earlier: Fits | None = None,
) -> Simulated:
    """Simulate every model with `past` months of its own draw.

    x : (m + span, j) calendar regressors · panel : (k, m, s) what `known_panel` returns
    earlier : fits of an earlier origin, updated instead of estimated anew
    A model that fails on a draw leaves a row, and on all draws drops out.
    Raises FitError where no model of the pool is left.
    """
    members: dict[str, _Member] = {}
    failed: list[Failed] = []
    for name in dict.fromkeys((*plan.models, *plan.beside)):
        try:
            members[name] = _member(name, history, plan, x, seed, past, panel, earlier or {})
            failed += members[name].failed
        except FitError as error:
            failed.append(Failed(name, history.name, str(history.origin), str(error)))
    if not members.keys() & set(plan.models):
        raise FitError(
            f"{history.name}: no model could be fitted", *(f"{row.model}: {row.reason}" for row in failed)
        )
    return Simulated(
        {name: one.paths for name, one in members.items()},
        {name: one.summary for name, one in members.items()},
        failed,
        {(name, j): fit for name, one in members.items() for j, fit in one.fits.items()},
    )


@dataclass(frozen=True, eq=False)
class _Member:
    """One model: paths, what the first draw's fit says of itself, draws that failed, and by draw the updatable fits."""

    paths: Paths
    summary: dict[str, object]
    failed: list[Failed]
    fits: dict[int, models.UpdatableFit]


def _member(
    name: str,
    history: History,
    plan: Plan,
    x: Floats | None,
    seed: int,
    past: int,
    panel: Floats | None,
    earlier: Fits,
) -> _Member:
    """One model on all draws. Raises FitError where no draw could be fitted."""
    member = models.member(name, seasonal=not plan.slump.seasonally_adjusted)
    k, m = history.values.shape
    effects = _effects_seen(member.sees, history, plan, x)
    past_x, future_x = (x[:m], x[m:]) if x is not None and member.sees == "level" else (None, None)
    panel = panel if member.panel else None
    spec = member.spec
    if k > 1 and (name, 0) not in earlier:
        mean = history.values.mean(axis=0) / np.exp(effects[:, :m].mean(axis=0))
        spec = models.settled(spec, mean, past_x, None if panel is None else panel.mean(axis=0))
    blocks: list[Floats] = []
    draws: list[int] = []
    failed: list[Failed] = []
    summary: dict[str, object] = {}
    fits: dict[int, models.UpdatableFit] = {}
    for j, count in enumerate(_shares(plan.paths, k)):
        rng = generator(seed, history.name, str(history.origin), name, j)
        try:
            seen = None if panel is None else panel[j]
            level = history.values[j] / np.exp(effects[j, :m])
            held = earlier.get((name, j))
            fit = (
                held.updated(level, past_x, seen)
                if held
                else models.fit(spec, level, past_x, rng=rng, panel=seen)
            )
            future = fit.simulate(plan.span, count, rng, future_x) * np.exp(effects[j, m:])
        except FitError as error:
            failed.append(Failed(name, history.name, str(history.origin), f"draw {j}: {error}"))
            continue
        if name in models.UPDATED:
            assert isinstance(fit, models.UpdatableFit)
            fits[j] = fit
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
    return _Member(paths, summary, failed, fits)


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
