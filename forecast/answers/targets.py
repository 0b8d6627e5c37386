"""Will the annual target be met: its chance, and what the remaining months need."""

from __future__ import annotations

import numpy as np
import scipy  # its parts load where they are first used

from forecast.answers.milestones import median_of
from forecast.arrays import YEAR, Floats, Rows
from forecast.estimate import Estimate
from forecast.outcome import TargetRow
from forecast.paths import Paths, quantiles
from forecast.series import History

FASTEST_MONTHLY = 0.5
"""Monthly growth, a share, beyond which a target is out of reach. chosen: no industry has grown so fast."""


def targets(estimate: Estimate) -> tuple[TargetRow, ...]:
    """Say how likely each annual target is and what the remaining months need.

    A year that is over when the question is asked again is left out.
    """
    now = estimate.paths.origin.year
    wanted = [target for target in estimate.plan.annual_targets if target.year >= now]
    return tuple(_target(estimate, target.year, target.growth_pct) for target in wanted)


def _target(estimate: Estimate, year: int, target: float) -> TargetRow:
    paths = estimate.paths
    growth = paths.annual_growth(year)
    lower, middle, upper = quantiles(growth[:, None], paths.weights, (0.1, 0.5, 0.9))[:, 0].tolist()
    remaining = int((paths.future_months.year == year).sum())
    yoy, mom = _needed(paths, _season(estimate.history, paths), year, target) if remaining else (None, None)
    share = None if yoy is None else _history_share(estimate, remaining, yoy)
    reached = float(paths.weights[growth >= target].sum())
    return TargetRow(year, target, reached, middle, lower, upper, remaining, yoy, mom, share)


def _season(history: History, paths: Paths) -> Floats:
    """Season and calendar of the origin and every month after it, as factors of the origin's, (1 + months ahead,).

    Months after those that the effects are continued over have those of the same month a year before.
    """
    effects, at = history.effects.mean(axis=0), len(history.months) - 1
    months = at + np.arange(len(paths.future_months) + 1)
    beyond = np.maximum(months - len(effects) + 1, 0)
    return np.asarray(np.exp(effects[months - YEAR * -(-beyond // YEAR)] - effects[at]))


def _needed(paths: Paths, season: Floats, year: int, target: float) -> tuple[float | None, float | None]:
    """Growth of the remaining months on a year ago, and the constant monthly growth that gives it: medians.

    season : as `_season` has it; the monthly growth is that of the adjusted level
    (1 + target)·Σ last year − Σ months known = Σ months to come; months of last year that are to come are those of the
    path, or grow as those after them. None where the months known meet the target whatever the others bring.
    """
    of_year, of_last = paths.months.year == year, paths.months.year == year - 1
    past = np.arange(len(paths.months)) < paths.past
    so_far = paths.values[:, of_year & past].sum(axis=1)
    to_come = (1 + target / 100) * paths.values[:, of_last].sum(axis=1) - so_far
    same_months = np.isin(paths.months[of_last].month, paths.months[of_year & ~past].month)
    base = paths.values[:, of_last][:, same_months].sum(axis=1)
    yoy = median_of(100 * (to_come / base - 1), paths)
    if yoy <= -100:
        return None, None
    known = (1 + target / 100) * paths.values[:, of_last & past].sum(axis=1) - so_far
    ratio = median_of(known / paths.values[:, paths.past - 1], paths)
    ahead = np.arange(len(paths.months)) - paths.past + 1
    return yoy, _monthly(ratio, ahead[of_year & ~past], ahead[of_last & ~past], season, target)


def _monthly(ratio: float, months: Rows, before: Rows, season: Floats, target: float) -> float | None:
    """Constant monthly growth g with Σ_{i in months} s_i·(1+g)^i − (1 + target)·Σ_{i in before} s_i·(1+g)^i = ratio.

    months, before : those to come of the year and of the one before it, after the origin · season : s_0, s_1, …
    Percent; None beyond ±50 %.
    """

    def excess(g: float) -> float:
        of_year, of_last = (float((season[i] * (1 + g) ** i).sum()) for i in (months, before))
        return of_year - (1 + target / 100) * of_last - ratio

    if excess(-FASTEST_MONTHLY) > 0 or excess(FASTEST_MONTHLY) < 0:
        return None
    return 100 * float(scipy.optimize.brentq(excess, -FASTEST_MONTHLY, FASTEST_MONTHLY, xtol=1e-12))


def _history_share(estimate: Estimate, months: int, needed_yoy_pct: float) -> float | None:
    """Share of past spans of as many months whose growth on a year before reached what is needed."""
    level = estimate.history.values.mean(axis=0)
    if len(level) < months + 24:
        return None
    sums = np.convolve(level, np.ones(months), mode="valid")
    return float((100 * (sums[12:] / sums[:-12] - 1) >= needed_yoy_pct).mean())
