"""The fields that tell of the data, of sectors, of changes and of what came true; and which field is proven how."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace

import numpy as np
import pandas as pd

from forecast.adjust import Stl, adjust
from forecast.estimate import FigureData, estimate
from tests.oracle import ahead, beside, doubts, plain, scenarios
from tests.oracle.answer import Oracle
from tests.oracle.questions import REPO, SEED
from tests.shared import estimated


def published(o: Oracle) -> pd.DataFrame:
    """The target's figures known on the day, read by pandas alone."""
    table = pd.read_csv(REPO / "configs/data/vietnam_published_figures.csv", dtype={"published": str})
    table = table[table["published"].str.pad(10, "right", "~") <= str(o.asked.data.as_of.date())]
    return table[(table["region"] == "bac_ninh") & (table["sector"] == "total")]


def latest(o: Oracle) -> list[dict]:
    rows = []
    if isinstance(o.asked.data, FigureData):
        for measure in ("mom_pct", "yoy_pct", "ytd_yoy_pct"):
            of = published(o)
            of = of[of["measure"] == measure].sort_values(["period", "published"])
            last = of.iloc[-1]
            rows.append(
                {
                    "measure": measure,
                    "period": last["period"],
                    "value": last["value"],
                    "published": last["published"],
                }
            )
        return rows
    y, t = o.history.values[0], len(o.history.months) - 1
    day = o.origin.end_time.normalize() + pd.Timedelta(days=o.asked.data.release_lag_days)
    first = t - o.origin.month + 1
    rates = {
        "mom_pct": y[t] / y[t - 1], "yoy_pct": y[t] / y[t - 12],
        "ytd_yoy_pct": y[first : t + 1].sum() / y[first - 12 : t - 11].sum(),
    }  # fmt: skip
    return [
        {
            "measure": measure,
            "period": str(o.origin),
            "value": 100 * (ratio - 1),
            "published": str(day.date()),
        }
        for measure, ratio in rates.items()
    ]


def data_to(o: Oracle) -> str:
    """The last day on which a figure of the target, the nation or a sector came out."""
    if not isinstance(o.asked.data, FigureData):
        return latest(o)[0]["published"]
    table = pd.read_csv(REPO / "configs/data/vietnam_published_figures.csv", dtype={"published": str})
    ours = (table["region"] == "bac_ninh") | ((table["region"] == "vietnam") & (table["sector"] == "total"))
    days = [
        day for day in table[ours]["published"] if len(day) == 10 and day <= str(o.asked.data.as_of.date())
    ]
    return max(days)


def figures(o: Oracle) -> list[dict]:
    if o.asked.found.levels is None:
        return []
    rows = [row for _, row in o.asked.found.levels.fitted.iterrows()]
    rows.sort(key=lambda row: row["region"] != "bac_ninh")
    return [
        {"region": row["region"], "period": str(row["period"]), "measure": row["measure"], "value": row["value"],
         "status": row["status"], "fitted": None if np.isnan(row["fitted"]) else row["fitted"],
         "residual": None if np.isnan(row["residual"]) else row["residual"]}
        for row in rows
    ]  # fmt: skip


def notes(o: Oracle) -> list[str]:
    exact = o.asked.found.levels is None
    return ([] if o.slump.under_way else ["no_slump"]) + ([] if exact else ["reconstructed"])


def sectors(o: Oracle) -> dict | None:
    """Contributions to the gap: means over paths of 100·(level − its normal)/normal of the total."""
    parts = o.asked.found.sectors
    if parts is None:
        return None
    total = o.normal_of_paths(o.plan.normal.kind)
    own = {"total": (o.paths.values, total)}
    own |= {name: (p.values, parts.normals[name][p.draw]) for name, p in parts.paths.items()}
    gap = {name: o.weights @ (100 * (level - normal) / total) for name, (level, normal) in own.items()}
    three, first = plain.means(gap["total"], 3), (o.slump.start - o.paths.months[0]).n
    trough = min(range(first, o.at + 1), key=lambda t: three[t])
    w = o.slump.window
    k = len(o.history.values)
    at_origin = o.normal(o.plan.normal.kind, o.paths.months)[:, o.at]
    rows = []
    for name, (level, normal) in own.items():
        log = np.log(level / normal)
        dates = o.dated(log, o.paths)
        median = dates.quantile(0.5)
        part = at_origin if name == "total" else parts.normals[name][:, o.at]
        assert len(part) == k
        rows.append({
            "name": name, "share_of_normal": (part / at_origin).mean(),
            "level_pct_of_normal": 100 * np.exp(o.weights @ log[:, o.at - w + 1 : o.at + 1].mean(axis=1)),
            "at_trough": gap[name][trough], "now": gap[name][o.at], "after_12": gap[name][o.at + 12],
            "after_24": gap[name][o.at + 24], "median": o.month(median),
            "median_after": o.month(o.h) if median is None else None,
            "p_within_12": dates.by(12), "p_not_within_horizon": 1 - dates.by(o.h),
        })  # fmt: skip
    months = [
        {
            "month": str(o.paths.months[t]),
            "contributions": {name: gap[name][t] for name in own if name != "total"},
        }
        for t in range(first, o.at + 25)
    ]
    return {"adds_up": True, "trough": str(o.paths.months[trough]), "rows": rows, "months": months}


def changes(o: Oracle) -> dict | None:
    """The answer of the earlier day, that with what like series told since, and today's."""
    since = o.asked.case.since
    if since is None:
        return None
    data, plan = o.asked.data, replace(o.plan, annual_targets=())
    then = data.on(since)
    steps = [
        estimated(f"{plan} {since} {i}", lambda known=known: estimate(known, plan, SEED))
        for i, known in enumerate((then, replace(data, y=then.known)))
    ]
    steps.append(o.asked.found)
    by, month = o.origin + 12, o.paths.future_months[0]
    chances, expected = [], []
    for found in steps:
        own = Oracle(replace(o.asked, found=found))
        chances.append(own.base.by((by - own.origin).n))
        t = own.at + (month - own.origin).n
        yoy = 100 * (own.paths.values[:, t] / own.paths.values[:, t - 12] - 1)
        expected.append(plain.quantile(yoy, own.weights, 0.5))
    first = Oracle(replace(o.asked, found=steps[0]))
    rows = [
        {"effect": chances[i + 1] - chances[i], "effect_on_yoy": expected[i + 1] - expected[i]}
        for i in (0, 1)
    ]
    return {
        "since": str(since.date()), "by": str(by), "before": chances[0], "now": chances[-1],
        "median_before": first.month(first.base.quantile(0.5)), "median_now": o.month(o.base.quantile(0.5)),
        "month": str(month), "rows": rows, "event": "return" if o.slump.under_way else "slump",
        "entered": o.slump.under_way and not steps[0].slump.under_way,
    }  # fmt: skip


def adjustment(o: Oracle) -> dict | None:
    if o.asked.case.adjust is None or not o.slump.under_way:
        return None
    y = pd.Series(o.history.values[0], index=o.history.months)
    other = np.log(adjust(y, Stl(), o.history.months, o.plan.calendar(o.history.months)).adjusted.to_numpy())
    first = (o.slump.peak_from - o.history.months[0]).n
    both = {"gap_pct": other, "builtin_gap_pct": o.z[0]}
    gaps = {
        name: 100 * (np.exp(z[-o.slump.window :].mean() - z[first : first + 12].mean()) - 1)
        for name, z in both.items()
    }
    months = [
        {"month": str(o.history.months[t]), "level_pct": 100 * np.exp(other[t] - other[first : first + 12].mean()),
         "builtin_pct": 100 * np.exp(o.z[0, t] - o.z[0, first : first + 12].mean())}
        for t in range(len(o.z[0]) - 13, len(o.z[0]))
    ]  # fmt: skip
    return {"method": "stl", "model": "", **gaps, "months": months}


def _began(z: np.ndarray, at: int, depth: float) -> int | None:
    """The first month after the origin whose 3-month mean lies deep enough below the peak of 36 months before."""
    for t in range(at + 1, len(z)):
        peak = max(z[end - 11 : end + 1].mean() for end in range(t - 36, t))
        if z[t - 2 : t + 1].mean() - peak <= depth:
            return t
    return None


def afterwards(o: Oracle) -> dict | None:
    """The rule on every level published to this day, slump, normal and effects as they were."""
    if o.asked.case.later is None:
        return None
    y = o.asked.case.later.y
    months = pd.PeriodIndex(y.index)
    known = o.asked.found.slump.profile.effects(months, o.plan.regressors(months))
    today = replace(
        o.history,
        months=months,
        values=y.to_numpy()[None],
        effects=known[None],
        reconstructed=np.zeros(len(y), bool),
    )
    then = Oracle(replace(o.asked, found=replace(o.asked.found, history=today)))
    then.__dict__["slump"] = o.slump
    log = np.log(today.values / then.normal(o.plan.normal.kind, months))[0]
    at = list(months).index(o.origin)
    back = plain.back(plain.means(log, o.slump.window), o.slump.hold, at + 1 - o.slump.hold, len(months))
    dated: dict[str, object] = {
        "recovery_month": None if back is None else str(months[back]),
        "not_recovered_by": str(months[-1] - o.slump.hold + 1) if back is None else None,
        "probability_given": None if back is None else o.base.by(min(back - at, o.h)),
        "slump_began": None, "onset_given": None,
    }  # fmt: skip
    told = beside.onset(o)
    if told is not None:
        began = _began(np.log(today.values[0]) - known, at, np.log(1 - told["depth_pct"] / 100))
        last = len(months) - 1 if began is None else began
        dated = dict.fromkeys(dated) | {
            "slump_began": None if began is None else str(months[began]),
            "onset_given": told["cumulative"]["baseline"][min(last - at, o.h) - 1],
        }
    return {
        "data_to": str(months[-1]), **dated,
        "months": [
            {"month": str(months[t]), "level_pct_of_normal": 100 * np.exp(log[t])} for t in range(at + 1, len(months))
        ],
        "printed": [],
    }  # fmt: skip


FIELDS: dict[str, Callable[[Oracle], object]] = {
    "origin": lambda o: str(o.origin),
    "as_of": lambda o: str(o.asked.data.as_of.date()),
    "unit": lambda o: "figures" if isinstance(o.asked.data, FigureData) else "levels",
    "horizon": lambda o: o.plan.horizon,
    "data_to": data_to,
    "latest": latest,
    "normal": Oracle.normal_told,
    "slump": Oracle.slump_told,
    "rule": Oracle.rule_told,
    "history": Oracle.history_told,
    "fan": Oracle.fan,
    "recovery": lambda o: {name: o.recovery(name, p) for name, p in scenarios.scenario_paths(o).items()},
    "figures": figures,
    "models": beside.models,
    "failed": lambda o: [],
    "notes": notes,
    "scenarios": scenarios.scenarios,
    "targets": beside.targets,
    "changes": changes,
    "sensitivity": beside.sensitivity,
    "adjustment": adjustment,
    "season": beside.season,
    "sectors": sectors,
    "watch": beside.watch,
    "watch_related": beside.watch_related,
    "onset": beside.onset,
    "nowcast": ahead.nowcast,
    "outcome": afterwards,
    "findings": doubts.findings,
    "without": doubts.without,
    "record": lambda o: [],
    "earlier_slumps": lambda o: [],
    "snapshots": lambda o: [json.loads(json.dumps(asdict(one), default=str)) for one in o.asked.case.earlier],
}
"""Who computes which field anew."""

ELSEWHERE = {
    "name": "given", "title": "given", "calendar": "given", "stamp": "given", "measure": "given",
    "needed": "by hand and by plain numpy: tests/test_needed.py, tests/test_targets.py",
    "next_releases": "a distribution: test_the_next_releases_leave_their_shares_below",
}  # fmt: skip
"""Fields without a number to compute, or proven by a test of their own."""
