"""The fields beside the answer, computed anew: models, what it hangs on, scenarios, targets, sectors, season, onset, watch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.estimate import LevelData, known_beside, related_paths
from forecast.paths import Paths
from tests.oracle import plain
from tests.oracle.answer import Oracle
from tests.oracle.questions import SEED
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


def scenario_paths(o: Oracle) -> dict[str, Paths]:
    """Every scenario that is answered, made anew from the baseline by what it says."""
    found = {"baseline": o.paths}
    months = np.arange(len(o.paths.months)) - o.at
    for said in o.plan.scenarios:
        log, weights = np.log(o.paths.values), o.weights.copy()
        for shock in said.shocks:
            since = months - (shock.start - o.origin).n
            fade = 1.0 if shock.half_life is None else 2.0 ** (-since / shock.half_life)
            log = log + np.where(since >= 0, np.log(1 + shock.size_pct / 100) * fade, 0)
        for slope in said.slopes:
            since = months - (slope.start - o.origin).n
            log = log + np.where(since >= 0, np.log(1 + slope.growth_pct / 100) * (since + 1) / 12, 0)
        for path in said.assumed:
            related = next(one.related for one in o.asked.found.scenarios if one.name == said.name)
            level, _ = assumed_level(o, path, related)
            moved = np.where(months > 0, level - related.log_levels[0], 0)
            log = log + related.elasticity[0][:, None] * moved
        values = np.exp(log)
        for condition in said.conditions:
            weights = weights * (annual(o.paths, values, condition.year) >= condition.growth_at_least_pct)
        for judgement in said.judgements:
            sooner = o.base.T <= (judgement.by - o.origin).n
            share = weights[sooner].sum()
            p = judgement.chance_pct / 100
            weights = np.where(sooner, weights * p / share, weights * (1 - p) / (1 - share))
        if weights.sum() > 0:
            found[said.name] = replace(o.paths, values=values, weights=weights / weights.sum())
    return found


def assumed_level(o: Oracle, path, related) -> tuple[np.ndarray, np.ndarray]:
    """The assumed log level of a related series and the forecast one, (n, months): r_t = r_(t−12) + log(1 + g_t)."""
    level, forecast = related.log_levels[0].copy(), related.log_levels[0]
    given = [((month - o.paths.months[0]).n, pct) for month, pct in path.yoy_pct]
    for t in range(given[0][0], level.shape[1]):
        (t0, g0), (t1, g1) = given
        g = g1 if t >= t1 else g0 + (g1 - g0) * (t - t0) / (t1 - t0)
        level[:, t] = level[:, t - 12] + np.log(1 + g / 100)
    return level, forecast


def annual(paths: Paths, values: np.ndarray, year: int) -> np.ndarray:
    """Growth of the annual mean on each path, percent."""
    of = {y: values[:, [t for t, month in enumerate(paths.months) if month.year == y]].mean(axis=1) for y in (year, year - 1)}
    return 100 * (of[year] / of[year - 1] - 1)


def scenarios(o: Oracle) -> list[dict]:
    if not o.plan.scenarios:
        return []
    every, said = scenario_paths(o), {one.name: one for one in o.plan.scenarios}

    def below(dates: plain.Dates) -> float:
        return sum(1 - dates.by(h) for h in range(o.h))

    rows = []
    for name in ("baseline", *said):
        row = {"name": name, "label": {"en": name.upper()}}
        if name in every:
            paths = every[name]
            dates = o.dates(paths)
            median, of_base = dates.quantile(0.5), o.base.quantile(0.5)
            row |= {
                "median": o.month(median), "median_after": o.month(o.h) if median is None else None,
                "p_within_12": dates.by(12),
                "months_gained": None if median is None or of_base is None else of_base - median,
                "months_below": below(dates), "months_below_gained": below(o.base) - below(dates),
                "annual_growth": {
                    str(year): plain.quantile(annual(paths, paths.values, year), paths.weights, 0.5)
                    for year in ((o.origin + 1).year, (o.origin + 1).year + 1)
                    if f"{year}-12" <= str(paths.months[-1])
                },
                "plausibility": plausibility(o, said.get(name)),
            }  # fmt: skip
        else:
            row |= {"median": None, "p_within_12": None, "months_gained": None, "refused_code": "unreached"}
        row["assumed"] = assumed_months(o, said.get(name))
        rows.append(row)
    return rows


def plausibility(o: Oracle, said) -> float | None:
    if said is None or not (said.conditions or said.assumed):
        return None
    if said.conditions:
        reached = annual(o.paths, o.paths.values, said.conditions[0].year) >= said.conditions[0].growth_at_least_pct
        return float(o.weights[reached].sum())
    related = next(one.related for one in o.asked.found.scenarios if one.name == said.name)
    level, forecast = assumed_level(o, said.assumed[0], related)
    first, last = ((month - o.paths.months[0]).n for month, _ in said.assumed[0].yoy_pct)
    off = (forecast - level)[:, first : last + 1].mean(axis=1)
    mean = (o.weights * off).sum()
    return float(o.weights[np.abs(off - mean) >= abs(mean)].sum())


def assumed_months(o: Oracle, said) -> list[dict]:
    if said is None or not said.assumed:
        return []
    related = next(one.related for one in o.asked.found.scenarios if one.name == said.name)
    levels = assumed_level(o, said.assumed[0], related)
    slope = [plain.quantile(related.elasticity[0], o.weights, q) for q in (0.5, 0.1, 0.9)]
    rows = []
    for month, _ in said.assumed[0].yoy_pct:
        t = (month - o.paths.months[0]).n
        assumed, expected = (100 * (np.exp(level[:, t] - level[:, t - 12]) - 1) for level in levels)
        middle, low, high = (plain.quantile(expected, o.weights, q) for q in (0.5, 0.1, 0.9))
        rows.append({
            "series": said.assumed[0].series, "month": str(month), "assumed_pct": plain.quantile(assumed, o.weights, 0.5),
            "expected_pct": middle, "lower_80": low, "upper_80": high,
            "elasticity": slope[0], "elasticity_lower": slope[1], "elasticity_upper": slope[2],
        })  # fmt: skip
    return rows


def targets(o: Oracle) -> list[dict]:
    rows = []
    for year, target in o.plan.annual_targets:
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
        yoy = plain.quantile(100 * (to_come / sum(last[m - 1] for m in left) - 1), o.weights, 0.5) if left else None
        ratio = plain.quantile(to_come / o.paths.values[:, o.at], o.weights, 0.5) if left else None
        ahead = [position[f"{year}-{m:02d}"] - o.at for m in left]
        mean = o.history.values.mean(axis=0)
        sums = [mean[t : t + len(left)].sum() for t in range(len(mean) - len(left) + 1)]
        grew = [100 * (b / a - 1) for a, b in zip(sums, sums[12:], strict=False)]
        rows.append({
            "year": year, "target_pct": target, "probability": o.weights[growth >= target].sum(),
            "expected_pct": median, "lower_80": low, "upper_80": high, "remaining_months": len(left),
            "needed_yoy_pct": yoy, "needed_mom_pct": bisected(ahead, ratio) if left else None,
            "history_share": float(np.mean(np.array(grew) >= yoy)) if left else None,
        })  # fmt: skip
    return rows


def bisected(months: list[int], ratio: float) -> float | None:
    """Constant monthly growth, percent, under which the months ahead sum to `ratio` times the last level."""
    low, high = -0.5, 0.5
    if sum((1 + high) ** i for i in months) < ratio or sum((1 + low) ** i for i in months) > ratio:
        return None
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if sum((1 + middle) ** i for i in months) < ratio else (low, middle)
    return 100 * low


def season(o: Oracle) -> list[dict]:
    span = pd.period_range(o.history.months[0], periods=o.history.effects.shape[1], freq="M")
    pct = 100 * (np.exp(o.history.effects) - 1)
    years = []
    for year in range(o.origin.year - 1, span[-1].year + 1):
        at = [t for t, month in enumerate(span) if month.year == year]
        if len(at) == 12:
            months = [
                {"effect_pct": np.quantile(pct[:, t], 0.5), "lower": np.quantile(pct[:, t], 0.1), "upper": np.quantile(pct[:, t], 0.9)}
                for t in at
            ]  # fmt: skip
            years.append({"year": year, "months": months})
    return years


def watch(o: Oracle, yoy: np.ndarray | None = None) -> dict | None:
    """P(back within a year) where growth of the next month is in its lowest and in its highest fifth."""
    if not o.slump.under_way:
        return None
    if yoy is None:
        yoy = 100 * (o.paths.values[:, o.at + 1] / o.paths.values[:, o.at - 11] - 1)
    low, high = plain.quantile(yoy, o.weights, 0.2), plain.quantile(yoy, o.weights, 0.8)
    back = o.base.T <= 12
    chance = [float((o.weights * back)[rows].sum() / o.weights[rows].sum()) for rows in (yoy <= low, yoy >= high)]
    return {
        "month": o.month(1), "low": low, "high": high, "by": o.month(12),
        "chance_low": chance[0], "chance_high": chance[1],
    }  # fmt: skip


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
    """Where nothing slumps: each path searched for a slump with the noise known at the origin, and 5 % a year beside."""
    if o.slump.under_way:
        return None
    m, depth = len(o.history.months), min(np.log(1 - o.plan.slump.threshold_pct / 100), -3 * plain.noise(o.z.mean(axis=0)))
    cumulative = {}
    for name, paths in scenario_paths(o).items():
        ahead = np.log(paths.values[:, o.at + 1 :]) - o.history.effects[paths.draw, m : m + o.paths.horizon]
        z = np.concatenate([o.z[paths.draw], ahead], axis=1)
        year, three, begun = plain.means(z, 12), plain.means(z, 3), np.full(len(z), np.inf)
        for t in range(m + o.h - 1, m - 1, -1):  # the peak: of the 12-month means that end in the 36 months before t
            begun[three[:, t] - year[:, t - 36 : t].max(axis=1) <= depth] = t - m + 1
        dates = plain.Dates(begun, begun, begun > 0, paths.weights, o.h, 1)
        cumulative[name] = [1 - (1 - dates.by(h)) * 0.95 ** (h / 12) for h in range(1, o.h + 1)]
    return {"depth_pct": 100 * (1 - np.exp(depth)), "outside": 0.05, "cumulative": cumulative}
