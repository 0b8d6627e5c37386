"""Shocks, slopes and assumed paths of related series: what moves every path alike or by what it holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import YEAR, Floats
from forecast.errors import ConfigError
from forecast.parallel import one_thread
from forecast.paths import Paths
from forecast.scenario.statements import Assumed, Scenario, problems


@dataclass(frozen=True, eq=False)
class Related:
    """Related series simulated beside a target, on the rows and months of its paths.

    names : (S,) region_sector
    log_levels : (S, n, past + h) season and calendar aside, as forecast
    trends : (S, k, past + h) the log trend of each, a row per history draw
    elasticity : (S, n) percent that the target moves with one percent of each series, the others held
    """

    names: tuple[str, ...]
    log_levels: Floats
    trends: Floats
    elasticity: Floats

    def moved(self, assumed: Assumed, paths: Paths) -> Floats:
        """Return how far an assumed path lies from the forecast of its series, (n, past + h) log points.

        Growth g typed for month t gives r_t = r_{t−12} + log(1 + g), from the first month on, where r follows the
        assumed path itself once it has begun. A return to trend takes equal parts of the gap at the origin off each
        month until `returns_to_trend_by`, and stays on trend.
        """
        at = self.names.index(assumed.series)
        forecast, level = self.log_levels[at], self.log_levels[at].copy()
        months = np.arange(len(paths.months))
        if assumed.returns_to_trend_by is not None:
            by = (assumed.returns_to_trend_by - paths.months[0]).n
            left = np.clip((by - months) / (by - paths.past + 1), 0.0, 1.0)
            trend = self.trends[at][paths.draw]
            gap = (level - trend)[:, [paths.past - 1]]
            level = trend + gap * left
        else:
            given = [((month - paths.months[0]).n, pct) for month, pct in assumed.yoy_pct]
            if assumed.holds_at_pct is not None:
                given = [(paths.past, assumed.holds_at_pct)]
            growth = np.log1p(np.interp(months, [t for t, _ in given], [pct for _, pct in given]) / 100.0)
            for t in range(given[0][0], len(months)):
                level[:, t] = level[:, t - YEAR] + growth[t]
        return np.asarray(np.where(months < paths.past, 0.0, level - forecast))


@one_thread
def apply(paths: Paths, scenario: Scenario, related: Related | None = None) -> Paths:
    """Add a scenario's shocks, slopes and assumed paths to every path; the random part of each path stays its own.

    log y_t += Σ log(1 + size)·2^(−(t − start)/half-life) + Σ log(1 + growth)·(t − start + 1)/12, for t ≥ start,
    + Σ elasticity·(assumed − forecast log level of the related series).
    related : the series that the scenario assumes paths of
    Raises ConfigError for what `problems` finds wrong.
    """
    wrong = problems(
        scenario, paths.months, paths.origin, paths.horizon, () if related is None else related.names
    )
    if wrong:
        raise ConfigError(*wrong)
    return followed(paths, scenario, related)


def followed(paths: Paths, scenario: Scenario, related: Related | None) -> Paths:
    """Return paths as `apply` moves them, for a scenario that is known to have nothing wrong."""
    added = np.zeros(paths.values.shape[1])
    for shock in scenario.shocks:
        since = np.arange(len(added)) - (shock.start - paths.months[0]).n
        fade = 1.0 if shock.half_life is None else 0.5 ** (np.maximum(since, 0) / shock.half_life)
        added += np.where(since >= 0, np.log1p(shock.size_pct / 100.0) * fade, 0.0)
    for slope in scenario.slopes:
        since = np.arange(len(added)) - (slope.start - paths.months[0]).n
        added += np.where(since >= 0, np.log1p(slope.growth_pct / 100.0) * (since + 1) / 12.0, 0.0)
    for assumed in scenario.assumed:
        assert related is not None
        elasticity = related.elasticity[related.names.index(assumed.series)]
        added = added + elasticity[:, None] * related.moved(assumed, paths)
    return replace(paths, values=paths.values * np.exp(added))


@one_thread
def plausibility(paths: Paths, scenario: Scenario, related: Related | None) -> float | None:
    """Return how often a related series comes out as far from its mean as it is assumed; None without assumed paths.

    A path is judged by its mean log level over the months it names, first to last, or the first year where it holds
    from the start: P(|r − E r| ≥ |assumed − E r|), a product over several series.
    """
    if not scenario.assumed or related is None:
        return None
    share = 1.0
    for assumed in scenario.assumed:
        named = [(month - paths.months[0]).n for month in assumed.months]
        first, last = (paths.past, paths.past + YEAR - 1) if not named else (named[0], named[-1])
        if assumed.returns_to_trend_by is not None:
            first = paths.past
        off = related.moved(assumed, paths)[:, first : last + 1].mean(axis=1)
        mean = float(paths.weights @ off)
        share *= float(paths.weights[np.abs(off - mean) >= abs(mean)].sum())
    return share
