"""The fields beside the answer, computed anew: models, what it hangs on, targets, season, onset, watch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.estimate import LevelData, known_beside, related_paths
from forecast.paths import Paths
from tests.oracle import plain
from tests.oracle.answer import Oracle
from tests.oracle.questions import SEED
from tests.oracle.scenarios import annual, scenario_paths
from tests.oracle.seeds import stream


def models(o: Oracle) -> list[dict]:
    rows = []
    for name, paths in o.asked.found.simulated.items():
        own = o.milestone(o.dates(paths))
        rows.append({
            "name": name, "weight": o.weights[o.paths.model == name].sum() if name in o.plan.models else 0.0,
            "median": own["median"], "p_within_12": own["p_within_12"],
            "p_not_within_horizon": own["p_not_within_horizon"],
        })  # fmt: skip
    return rows


def pool_weights(o: Oracle, names: tuple[str, ...]) -> tuple[Paths, np.ndarray]:
    """The paths of these models one after the other, and their weights in the pool."""
    members = [o.asked.found.simulated[name] for name in names]
    first = members[0]
    weights = plain.pooled([o.dates(paths) for paths in members])
    return replace(
        first, values=np.concatenate([p.values for p in members]), draw=np.concatenate([p.draw for p in members]),
        model=np.concatenate([p.model for p in members]), weights=weights / weights.sum(),
    ), weights  # fmt: skip


def sensitivity(o: Oracle) -> list[dict]:
    if not o.slump.under_way:
        return []
    used, hold, window = o.plan.normal.kind, o.slump.hold, o.slump.window
    every = {("as_answered", ""): o.base}
    for kind in ("pre_slump_peak", "trend", "same_month", "pre_slump_mean"):
        if kind != used:
            every["normal", kind] = o.dates(kind=kind)
    for k in (1, 3, 6):
        if k != hold:
            every["hold", str(k)] = o.dates(hold=k)
    for w in (1, 3, 6):
        if w != window:
            every["window", str(w)] = o.dates(window=w)
    if o.h > 24:
        every["horizon", str(o.h - 12)] = o.dates(horizon=o.h - 12)
    for name in o.plan.models:
        others = tuple(one for one in o.plan.models if one != name)
        every["without", name] = o.dates(pool_weights(o, others)[0])
    for name in o.plan.beside:
        every["with", name] = o.dates(pool_weights(o, (*o.plan.models, name))[0])
    rows = []
    for (choice, value), dates in every.items():
        median = dates.quantile(0.5)
        rows.append({
            "choice": choice, "value": value, "median": o.month(median),
            "median_after": o.month(dates.horizon) if median is None else None,
            "p_within_12": dates.by(12), "p_not_within_horizon": 1 - dates.by(dates.horizon),
        })  # fmt: skip
    return rows


def targets(o: Oracle) -> list[dict]:
    rows = []
    for year, target in ((asked.year, asked.growth_pct) for asked in o.plan.annual_targets):
        if year < o.origin.year:
            continue
        growth = annual(o.paths, o.paths.values, year)
        median, low, high = (plain.quantile(growth, o.weights, q) for q in (0.5, 0.1, 0.9))
        position = {str(month): t for t, month in enumerate(o.paths.months)}
        left = [m for m in range(1, 13) if position[f"{year}-{m:02d}"] > o.at]
        level = np.array([o.paths.values[:, position[f"{year}-{m:02d}"]] for m in range(1, 13)])
        last = np.array([o.paths.values[:, position[f"{year - 1}-{m:02d}"]] for m in range(1, 13)])
        known = sum(level[m - 1] for m in range(1, 13) if m not in left)
        to_come = (1 + target / 100) * last.sum(axis=0) - known
        yoy = (
            plain.quantile(100 * (to_come / sum(last[m - 1] for m in left) - 1), o.weights, 0.5)
            if left
            else None
        )
        ahead = [position[f"{year}-{m:02d}"] - o.at for m in left]
        owed = [i for m in range(1, 13) if (i := position[f"{year - 1}-{m:02d}"] - o.at) > 0]
        told = (1 + target / 100) * sum(last[m] for m in range(12 - len(owed))) - known
        ratio = plain.quantile(told / o.paths.values[:, o.at], o.weights, 0.5) if left else None
        mean = o.history.values.mean(axis=0)
        factors = factors_after(o, len(o.paths.months) - 1 - o.at)
        sums = [mean[t : t + len(left)].sum() for t in range(len(mean) - len(left) + 1)]
        grew = [100 * (b / a - 1) for a, b in zip(sums, sums[12:], strict=False)]
        rows.append({
            "year": year, "target_pct": target, "probability": o.weights[growth >= target].sum(),
            "expected_pct": median, "lower_80": low, "upper_80": high, "remaining_months": len(left),
            "needed_yoy_pct": yoy,
            "needed_mom_pct": bisected(ahead, owed, factors, 1 + target / 100, ratio) if left else None,
            "history_share": float(np.mean(np.array(grew) >= yoy)) if left else None,
        })  # fmt: skip
    return rows


def factors_after(o: Oracle, months: int) -> list[float]:
    """Season and calendar of the origin and of every month after it against the origin's, on average over draws."""
    by_month = {
        month: float(np.mean(o.history.effects[:, t]))
        for t, month in enumerate(
            pd.period_range(o.history.months[0], periods=o.history.effects.shape[1], freq="M")
        )
    }
    for month in pd.period_range(o.origin, periods=months + 1, freq="M"):
        if month not in by_month:
            by_month[month] = by_month[month - 12]
    return [float(np.exp(by_month[o.origin + i] - by_month[o.origin])) for i in range(months + 1)]


def bisected(
    months: list[int], before: list[int], season: list[float], times: float, ratio: float
) -> float | None:
    """Constant monthly growth of the adjusted level, percent: a year less `times` the last is then `ratio` levels."""

    def sums(g: float) -> float:
        of_year, of_last = (sum(season[i] * (1 + g) ** i for i in of) for of in (months, before))
        return of_year - times * of_last

    low, high = -0.5, 0.5
    if sums(high) < ratio or sums(low) > ratio:
        return None
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if sums(middle) < ratio else (low, middle)
    return 100 * low


def season(o: Oracle) -> list[dict]:
    span = pd.period_range(o.history.months[0], periods=o.history.effects.shape[1], freq="M")
    pct = 100 * (np.exp(o.history.effects) - 1)
    years = []
    for year in range(o.origin.year - 1, span[-1].year + 1):
        at = [t for t, month in enumerate(span) if month.year == year]
        if len(at) == 12:
            months = [
                dict(zip(("effect_pct", "lower", "upper"), np.quantile(pct[:, t], (0.5, 0.1, 0.9)), strict=True))
                for t in at
            ]  # fmt: skip
            years.append({"year": year, "months": months})
    return years


def watch(o: Oracle, yoy: np.ndarray | None = None) -> dict | None:
    """P(back within a year) where growth of the next month is in its lowest and in its highest fifth."""
    if not o.slump.under_way:
        return None
    sd = 0.0
    if yoy is None:
        yoy = 100 * (o.paths.values[:, o.at + 1] / o.paths.values[:, o.at - 11] - 1)
        if (
            levels := o.asked.found.levels
        ) is not None:  # it is a print: the bias of its history, and an error
            of = levels.noise.set_index(["series", "error"])["sd_pct"][o.asked.found.name] / 100
            sd = float(np.sqrt(of["first_print"] ** 2 + of["rest"] ** 2))
            yoy = 100 * ((1 + yoy / 100) * np.exp(levels.bias[o.paths.draw, 0]) - 1)
    back = o.base.T <= 12
    if sd == 0.0:
        low, high = plain.quantile(yoy, o.weights, 0.2), plain.quantile(yoy, o.weights, 0.8)
        weak, strong = 1.0 * (yoy <= low), 1.0 * (yoy >= high)
    else:
        low, high = (_printed_under(share, yoy, o.weights, sd) for share in (0.2, 0.8))
        weak, strong = plain.normal_under(low, yoy, sd), 1 - plain.normal_under(high, yoy, sd)
    chance = [float((o.weights * of * back).sum() / (o.weights * of).sum()) for of in (weak, strong)]
    return {
        "month": o.month(1), "low": low, "high": high, "by": o.month(12),
        "chance_low": chance[0], "chance_high": chance[1],
    }  # fmt: skip


def _printed_under(share: float, yoy: np.ndarray, weights: np.ndarray, sd: float) -> float:
    """The print that so many stay under, percent, by halving."""
    low, high = yoy.min() - 100, yoy.max() + 100
    for _ in range(100):
        middle = (low + high) / 2
        below = weights @ plain.normal_under(middle, yoy, sd)
        low, high = (middle, high) if below < share else (low, middle)
    return float(middle)


def watch_related(o: Oracle) -> list[dict]:
    if isinstance(o.asked.data, LevelData):
        return []
    found, data = o.asked.found, o.asked.data
    known = known_beside(data, found.levels, o.history.months, o.plan)
    rng = stream(SEED, "vietnam_total", str(o.origin), "watch")
    beside = related_paths({"vietnam_total": known["vietnam_total"]}, o.history, o.paths, rng)
    own = found.levels.related["vietnam_total"]
    t = list(own.months).index(o.origin) + 1
    season = (own.effects[:, t] - own.effects[:, t - 12])[o.paths.draw]
    growth = beside.log_levels[0][:, o.at + 1] - beside.log_levels[0][:, o.at - 11] + season
    return [{"region": "vietnam", "sector": "total", "watch": watch(o, 100 * (np.exp(growth) - 1))}]


def onset(o: Oracle) -> dict | None:
    """Where nothing slumps: paths searched for a slump with the noise known at the origin, and 5 % a year beside."""
    if o.slump.under_way:
        return None
    m, depth = (
        len(o.history.months),
        min(np.log(1 - o.plan.slump.threshold_pct / 100), -3 * plain.noise(o.z.mean(axis=0))),
    )
    cumulative = {}
    for name, paths in scenario_paths(o).items():
        ahead = np.log(paths.values[:, o.at + 1 :]) - o.history.effects[paths.draw, m : m + o.paths.horizon]
        z = np.concatenate([o.z[paths.draw], ahead], axis=1)
        year, three, begun = plain.means(z, 12), plain.means(z, 3), np.full(len(z), np.inf)
        for t in range(
            m + o.h - 1, m - 1, -1
        ):  # the peak: of the 12-month means that end in the 36 months before t
            begun[three[:, t] - year[:, t - 36 : t].max(axis=1) <= depth] = t - m + 1
        dates = plain.Dates(begun, begun, begun > 0, paths.weights, o.h, 1)
        cumulative[name] = [1 - (1 - dates.by(h)) * 0.95 ** (h / 12) for h in range(1, o.h + 1)]
    return {"depth_pct": 100 * (1 - np.exp(depth)), "outside": 0.05, "cumulative": cumulative}
