"""Scenarios, computed anew from the baseline's paths by what each says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from forecast.paths import Paths
from tests.oracle import plain
from tests.oracle.answer import Oracle


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
            sooner = (judgement.by - o.origin).n >= o.base.T
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
    of = {
        y: values[:, [t for t, month in enumerate(paths.months) if month.year == y]].mean(axis=1)
        for y in (year, year - 1)
    }
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
                "months_gained": None if median is None or of_base is None else max(of_base, 0) - max(median, 0),
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
        reached = (
            annual(o.paths, o.paths.values, said.conditions[0].year) >= said.conditions[0].growth_at_least_pct
        )
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
            "series": said.assumed[0].series, "month": str(month),
            "assumed_pct": plain.quantile(assumed, o.weights, 0.5),
            "expected_pct": middle, "lower_80": low, "upper_80": high,
            "elasticity": slope[0], "elasticity_lower": slope[1], "elasticity_upper": slope[2],
        })  # fmt: skip
    return rows
