"""Outcomes to write reports from: Bắc Ninh as issue 2 tells it, and the edges of what a report may have to say."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast.outcome import (
    AssumedMonth,
    Change,
    Changes,
    Definition,
    FailedRow,
    FanMonth,
    FigureRow,
    HistoryMonth,
    LatestFigure,
    Milestone,
    Miss,
    ModelRow,
    Needed,
    NeededRow,
    NeededSpan,
    NextRelease,
    NormalResult,
    Observed,
    ObservedMonth,
    Onset,
    Outcome,
    Printed,
    RecoveryResult,
    RelatedWatch,
    ReturnMonth,
    Rule,
    ScenarioRow,
    SeasonMonth,
    SeasonYear,
    SlumpResult,
    Snapshot,
    Stamp,
    TargetRow,
    Watch,
)
from forecast.report import blocks

FIGURES = Path(__file__).parents[2] / "configs" / "data" / "vietnam_published_figures.csv"
ORIGIN = "2024-04"
HORIZON = 36


def bac_ninh() -> Outcome:
    """Return an outcome like the real one: reconstructed history, the median beyond the horizon."""
    return Outcome(
        name="bac_ninh",
        title={"en": "Bắc Ninh industrial output", "vi": "Sản xuất công nghiệp tỉnh Bắc Ninh"},
        unit="figures",
        as_of="2024-05-20",
        origin=ORIGIN,
        data_to="2024-05-06",
        horizon=HORIZON,
        calendar="VN: tet",
        latest=(
            LatestFigure("mom_pct", "2024-04", 1.84, "2024-05-04"),
            LatestFigure("yoy_pct", "2024-04", -4.3, "2024-05-04"),
            LatestFigure("ytd_yoy_pct", "2024-04", -7.21, "2024-05-04"),
        ),
        normal=NormalResult(
            "pre_slump_peak",
            100.0,
            (
                Definition("pre_slump_peak", 100.0, -17.4, Milestone(None, "2027-04", 0.0, 0.1215, 0.57)),
                Definition("trend", 109.3, -24.6, Milestone(None, "2027-04", 0.0, 0.03, 0.83)),
            ),
        ),
        slump=SlumpResult("2022-11", False, "2021-09", "2022-08", "2023-07", 81.1, -17.4),
        rule=Rule(3, 6, True, 3.1, 7.5),
        history=history(),
        fan=fan(82.6, 0.0035, 0.042),
        recovery={"baseline": recovery(lambda h: 0.43 * (h / 36) ** 1.15, relapse=0.29)},
        figures=figures(),
        models=(
            ModelRow(
                "sarima",
                0.5,
                {"model": "(0,1,1)(0,1,1)12", "loglike": 171.234567, "aicc": -330.1, "converged": True},
                None,
                0.08,
                0.62,
            ),
            ModelRow(
                "random_walk_drift_block",
                0.5,
                {
                    "drift_pct": 0.31,
                    "drift_error_pct": 0.42,
                    "innovation_sd_pct": 4.2,
                    "window_months": 99,
                    "block_months": 12,
                },
                "2027-02",
                0.2,
                0.49,
            ),
        ),
        watch=Watch("2024-05", -7.5, 10.3, "2025-04", 0.12, 0.38),
        watch_related=(
            RelatedWatch("vietnam", "total", Watch("2024-05", 1.3, 8.9, "2025-04", 0.217, 0.274)),
        ),
        failed=(),
        notes=("reconstructed",),
        stamp=Stamp(
            "forecast run configs/bac_ninh.yaml --as-of 2024-05-20",
            "4b9f0c6f3f0d2a96d2bd2f6d1c2ce2fd4f0f0a4b1cf9a7c9c3f2b6f1e8a7d605",
            "0a2f6c93cf0b77a1f8e5d1cbb20a6d3e1ff24a2f9cf6e0b89a7c1d4e5f60718a",
            20240520,
            10000,
            200,
            {"iip-forecast": "0.1.0", "numpy": "2.4.6", "pandas": "3.1.1", "statsmodels": "0.15.0"},
        ),
        season=seasons("2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17"),
    )


def history() -> tuple[HistoryMonth, ...]:
    """Return 100 reconstructed months: growth, the slump of late 2022, a flat bottom; thin years are uncertain."""
    rng = np.random.default_rng(5)
    months = pd.period_range(end=ORIGIN, periods=100, freq="M")
    t = np.arange(100)
    level = np.interp(t, [0, 40, 52, 70, 80, 84, 90, 99], [66, 84, 82, 98, 100, 88, 81, 82.6])
    level = level + np.convolve(rng.normal(0, 1.8, 102), np.ones(3) / 3, "valid")
    level[-1] = 82.6
    sd = np.where(t < 70, 7.5, np.where(t < 82, 4.0, 3.5)) * (1 + 0.3 * np.sin(t / 5.0))
    sd[-1] = 4.8
    return tuple(
        HistoryMonth(
            str(m), float(v), float(v), float(v - 1.2816 * s), float(v + 1.2816 * s), "reconstructed"
        )
        for m, v, s in zip(months, level, sd, strict=True)
    )


def fan(
    start: float, drift: float, sd: float, origin: str = ORIGIN, horizon: int = HORIZON
) -> tuple[FanMonth, ...]:
    """Return the bands of a log-normal random walk with drift."""
    out = []
    for h, month in enumerate(
        pd.period_range(pd.Period(origin, "M") + 1, periods=horizon, freq="M"), start=1
    ):
        spread = sd * h**0.6
        q = {
            p: float(start * np.exp(drift * h + z * spread))
            for p, z in {
                5: -1.645,
                10: -1.2816,
                25: -0.6745,
                50: 0,
                75: 0.6745,
                90: 1.2816,
                95: 1.645,
            }.items()
        }
        out.append(FanMonth(str(month), q[50], q[25], q[75], q[10], q[90], q[5], q[95]))
    return tuple(out)


def recovery(
    cumulative: Callable[[int], float],
    *,
    already: float = 0.0,
    relapse: float | None = 0.29,
    trough: float = 0.87,
    horizon: int = HORIZON,
    origin: str = ORIGIN,
) -> RecoveryResult:
    """Return a result whose every number follows from one cumulative probability, h = 0 … horizon."""
    first = pd.Period(origin, "M")
    by = [already] + [already + cumulative(h) for h in range(1, horizon + 1)]

    def quantile(q: float) -> str | None:
        return next((str(first + h) for h, p in enumerate(by) if p >= q), None)

    def at(h: int) -> float:
        return by[min(h, horizon)]

    return RecoveryResult(
        label={"en": "Baseline", "vi": "Kịch bản cơ sở"},
        median=quantile(0.5),
        median_after=None if quantile(0.5) else str(first + horizon),
        interval_50=(quantile(0.25), quantile(0.75)),
        interval_80=(quantile(0.1), quantile(0.9)),
        interval_90=(quantile(0.05), quantile(0.95)),
        p_already_back=already,
        p_within_6=at(6),
        p_within_12=at(12),
        p_within_24=at(24),
        p_not_within_horizon=1 - by[-1],
        p_relapse=relapse,
        p_trough_passed=trough,
        effective_paths=19_950.0,
        distribution=tuple(
            ReturnMonth(str(first + h), by[h] - by[h - 1], by[h]) for h in range(1, horizon + 1)
        ),
        old_trend=Milestone(None, str(first + horizon), 0.0, at(12) / 4, 1 - by[-1] / 3),
        trough=Milestone("2023-08", None, trough, trough + 0.75 * (1 - trough), 0.1 * (1 - trough)),
    )


def figures() -> tuple[FigureRow, ...]:
    """Return the published figures of Bắc Ninh and the country known by 20 May 2024, reproduced with small misses."""
    rng = np.random.default_rng(7)
    areas = {("bac_ninh", "total"), ("bac_ninh", "manufacturing"), ("vietnam", "total")}
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = [
            r
            for r in csv.DictReader(file)
            if (r["region"], r["sector"]) in areas and r["published"] <= "2024-05-20"
        ]
    out = []
    for i, r in enumerate(rows):
        status = "contradictory" if i == 11 else "superseded" if i % 9 == 4 else "used"
        miss = float(rng.laplace(0, 0.4)) if status == "used" else 3.62
        value = float(r["value"])
        out.append(
            FigureRow(
                r["region"], r["sector"], r["period"], r["measure"], value, r["published"], r["source"], status,
                value - miss, miss,
            )
        )  # fmt: skip
    return tuple(out)


def seasons(*tets: str | None) -> tuple[SeasonYear, ...]:
    """Return the seasonal pattern of years from 2023 on, January low where Tết is early, February where late."""
    found = []
    for year, tet in enumerate(tets, 2023):
        late = 0.5 if tet is None else (int(tet[5:7]) - 1) * 0.5 + int(tet[8:]) / 60
        effects = [-16 + 14 * late, -2 - 15 * late, 6.5, 1.2, 0.4, 2.1, -1.3, 1.9, 2.2, 3.0, 3.4, 5.1]
        months = tuple(SeasonMonth(e, e - 3.2 - at / 10, e + 2.9) for at, e in enumerate(effects))
        found.append(SeasonYear(year, tet, months))
    return tuple(found)


def with_recovery(found: RecoveryResult, level: float = 82.6, **changes: object) -> Outcome:
    """Return the sample with another answer, its history ending at `level` percent of normal."""
    base = bac_ninh()
    up = np.interp(np.arange(100), [0, 85, 99], [0.0, 0.0, level - 82.6])
    past = tuple(
        replace(r, level_pct_of_normal=r.level_pct_of_normal + u, lower=r.lower + u, upper=r.upper + u)
        for r, u in zip(base.history, up.tolist(), strict=True)
    )
    base = replace(base, history=past)
    own = Milestone(
        found.median, found.median_after, found.p_already_back, found.p_within_12, found.p_not_within_horizon
    )
    used, *others = base.normal.definitions
    normal = replace(base.normal, definitions=(replace(used, recovery=own), *others))
    return replace(base, normal=normal, recovery={"baseline": found}, **changes)  # type: ignore[arg-type]


def usual() -> Outcome:
    """Return an answer whose median lies within the horizon: 44 % within a year."""
    return with_recovery(recovery(lambda h: min(0.44 * (h / 12) ** 0.28, 0.6)))


def snapshot(as_of: str, within_12: float, median: str | None = "2025-08") -> Snapshot:
    """Return what a report of another day answered, its median in 2025 or after the horizon."""
    origin = pd.Period(as_of, "M") - 1
    ends = (str(origin + 4), None if median is None else str(origin + 33))
    return Snapshot(
        as_of, str(origin), str(origin + 36), "2022-09", median, (str(origin + 7), ends[1]), ends, 0.03, within_12,
        0.1 if median else 0.5431,
    )  # fmt: skip


def already_back() -> Outcome:
    """Return an answer that is probably past."""
    return with_recovery(
        recovery(lambda h: 0.13 * min(h / 9, 1) * 0.9, already=0.87), 103.0, fan=fan(103.0, 0.002, 0.02)
    )


def no_slump() -> Outcome:
    """Return an origin at normal: nothing slumps."""
    found = recovery(lambda h: 0.32 * h / 36, already=0.6, relapse=0.05, trough=1.0)
    return with_recovery(
        found, 101.0, slump=None, watch=None, watch_related=(), notes=("no_slump", "reconstructed"),
        fan=fan(101.0, 0.003, 0.02), onset=onset(baseline=0.041),
    )  # fmt: skip


def onset(**within_12: float) -> Onset:
    """Return the chance of a slump by scenario, rising evenly to that within a year and on after it."""
    by = {name: tuple(p * h / 12 for h in range(1, HORIZON + 1)) for name, p in within_12.items()}
    return Onset(7.53, 0.05, by)


def calm_what_if() -> Outcome:
    """Return an origin at normal with a scenario that raises the chance of a slump, one that lowers it, one refused."""
    found = no_slump()
    answers = {
        name: replace(found.recovery["baseline"], label={"en": en, "vi": vi})
        for name, en, vi in (
            ("baseline", "Baseline", "Kịch bản cơ sở"),
            ("weak_orders", "Weak orders", "Đơn hàng yếu"),
            ("upswing", "Upswing", "Tăng tốc"),
        )
    }
    rows = (
        scenario(answers["baseline"], "baseline", 3.0, {"2024": 5.1, "2025": 4.3}),
        scenario(answers["weak_orders"], "weak_orders", 4.2, {"2024": 1.9, "2025": 0.8}),
        scenario(answers["upswing"], "upswing", 2.5, {"2024": 7.2, "2025": 5.0}, 0.24),
        refused("boom", "condition growth of 2024 at least 60 % is refused", "few", 3, 400, 200),
    )
    chances = onset(baseline=0.041, weak_orders=0.267, upswing=0.013)
    return replace(found, scenarios=rows, recovery=answers, onset=chances)


def certain() -> Outcome:
    """Return an answer that is certain within a month."""
    return with_recovery(recovery(lambda h: 0.998), 99.0, fan=fan(112.0, 0.003, 0.01))


def hopeless() -> Outcome:
    """Return an answer that lies almost surely beyond the horizon; no path relapses because none recovers."""
    found = recovery(lambda h: 0.004 * h / 36, relapse=None, trough=0.22)
    return with_recovery(found, 61.0, fan=fan(61.0, -0.004, 0.03))


def electrical() -> Outcome:
    """Return published levels with what happened afterwards, failed fits and a longer history."""
    months = pd.period_range("1995-01", "2009-12", freq="M")
    t = np.arange(len(months))
    pct = np.interp(t, [0, 70, 100, 160, 168, 179], [70, 92, 84, 102, 76, 78]) + 1.5 * np.sin(t / 3.0)
    bands = fan(float(pct[-1]), 0.003, 0.025, "2009-12")
    seen = pd.period_range("2010-01", "2016-05", freq="M")
    path = np.interp(np.arange(len(seen)), [0, 20, 76], [79, 93, 88])
    found = recovery(lambda h: 0.48 * (h / 36), origin="2009-12", relapse=0.1, trough=0.93)
    failed = tuple(
        FailedRow("sarima", "elec_equip", "2009-12", f"draw {j}: the likelihood has no maximum inside")
        for j in range(7)
    )
    return replace(
        bac_ninh(),
        season=seasons(None, None),
        name="euro_electrical",
        title={"en": "Electrical equipment, euro area", "vi": "Thiết bị điện khu vực đồng euro"},
        unit="levels",
        as_of="2009-12-31",
        origin="2009-12",
        data_to="2009-12-31",
        calendar="none",
        latest=(
            LatestFigure("mom_pct", "2009-12", 5.1, "2009-12-31"),
            LatestFigure("yoy_pct", "2009-12", -8.25, "2009-12-31"),
            LatestFigure("ytd_yoy_pct", "2009-12", -21.0, "2009-12-31"),
        ),
        slump=SlumpResult("2008-12", False, "2007-09", "2008-08", "2009-06", 75.0, -22.0),
        rule=Rule(3, 3, True, 1.2, 7.5),
        history=tuple(
            HistoryMonth(str(m), float(v), float(v), float(v), float(v), "published")
            for m, v in zip(months, pct, strict=True)
        ),
        fan=bands,
        recovery={"baseline": found},
        figures=(),
        failed=failed,
        notes=("failed_fits",),
        outcome=Observed(
            "2016-05",
            None,
            "2016-03",
            None,
            tuple(ObservedMonth(str(m), float(v)) for m, v in zip(seen, path, strict=True)),
        ),
    )


def needed() -> Needed:
    """Return what the rest of 2024 needs for 6 %, by hand: one sector with its share, a plan of three quarters."""
    total = [_span("quarter", 3, 0.26, -8.5)]
    total += [_span("quarter", 6, 0.23, 4.9, 9.5, 8.0), _span("to_date", 6, 0.49, -2.3, -0.2)]
    total += [_span("quarter", 9, 0.26, -1.7, 11.9, 9.0), _span("to_date", 9, 0.75, -1.9, 4.0)]
    total += [_span("quarter", 12, 0.25, 3.7, 11.9, 9.0), _span("year", 12, 1.0, -0.5, 6.0)]
    total += [_span("month", month, 0.08, 0.5, 11.8) for month in range(5, 13)]
    rows = (
        NeededRow("total", 1.0, 6.0, True, 11.8, 95.2, tuple(total)),
        NeededRow("manufacturing", 0.9, 6.5, False, 12.6, 95.5, tuple(total)),
    )
    return Needed(2024, 6.0, 8, rows, 4.2, Miss("2024-06", 4.9, 13.8, 0.44))


def _span(
    kind: str, last: int, weight: float, expected: float, need: float | None = None, plan: float | None = None
) -> NeededSpan:
    month, known = f"2024-{last:02d}", need is None
    if known:
        return NeededSpan(kind, month, True, weight, expected, expected - 1.0, expected + 1.0)
    seen = (9, 41) if kind == "quarter" else (None, None)
    chance = None if plan is None else 0.2
    lifted = None if plan is None else plan + 2.4
    return NeededSpan(
        kind, month, False, weight, expected, expected - 9.0, expected + 9.0, need, 0.17, need, 0.16, lifted, plan,
        chance, *seen,
    )  # fmt: skip


def what_if() -> Outcome:
    """Return the usual answer with scenarios of every kind, two of them refused, targets and next releases."""
    base = usual()
    weak = recovery(lambda h: 0.2 * h / 36)
    strong = recovery(lambda h: min(0.6 * (h / 12) ** 0.6, 0.9))
    met = recovery(lambda h: min(0.9 * (h / 12) ** 0.2, 0.97))
    found = {"weak_orders": weak, "strong_exports": strong, "annual_target": met}
    labels = {
        "weak_orders": {"en": "Weak orders", "vi": "Đơn hàng yếu"},
        "strong_exports": {"en": "Strong exports", "vi": "Xuất khẩu mạnh"},
        "annual_target": {"en": "The year's target of +6% is met", "vi": "Đạt mục tiêu năm: tăng 6%"},
    }
    recovered = {name: replace(answer, label=labels[name]) for name, answer in found.items()}
    return replace(
        base,
        recovery=base.recovery | recovered,
        scenarios=(
            scenario(base.recovery["baseline"], "baseline", 21.5, {"2024": 3.1, "2025": 6.2}),
            scenario(recovered["weak_orders"], "weak_orders", 32.4, {"2024": 0.25, "2025": 5.5}),
            replace(
                scenario(recovered["strong_exports"], "strong_exports", 14.1, {"2024": 4.4, "2025": 11.0}, 0.31),
                assumed=(
                    AssumedMonth("vietnam_total", "2024-06", 8.0, 5.3, 1.25, 9.3, 1.6, 0.35, 2.6),
                    AssumedMonth("vietnam_total", "2024-12", 10.0, 7.2, 1.6, 12.5, 1.6, 0.35, 2.6),
                ),
            ),
            scenario(recovered["annual_target"], "annual_target", 3.9, {"2024": 8.2, "2025": 9.9}, 0.166),
            refused("boom", "condition x is refused: no path reaches it; the highest comes to 31.5",
                    "unreached", 31.5, 8.2),
            refused("thin", "condition x is refused: only 84 of 14223 effective paths meet it, and 284 are needed; "
                    "more paths, or a condition nearer to what is expected, leave more",
                    "few", 84, 14223, 284),
        ),
        needed=(needed(),),
        targets=(
            TargetRow(2024, 6.0, 0.166, 3.1, -2.4, 8.3, 8, 11.75, 2.85, 0.23),
            TargetRow(2025, 40.0, 0.001, 6.2, -7.4, 18.9, 12, 40.0, None, 0.0),
        ),
        next_releases=releases(),
        changes=changes(),
    )  # fmt: skip


def changes() -> Changes:
    """Return two releases since April, the second with more figures than a row lists."""
    many = tuple(Printed(f"2023-{month:02d}", "yoy_pct", 1.25 - month, None) for month in range(1, 6))
    return Changes(
        "2024-04-10", "2025-04", 0.592, 0.23, "2024-12", None,
        (
            Change("2024-04-29", "vietnam", "total", (Printed("2024-04", "mom_pct", 0.8, None),), -0.0078, 0.4),
            Change(
                "2024-05-10", "bac_ninh", "total", (*many, Printed("2024-04", "yoy_pct", 6.25, 13.08)), -0.3542, -7.25
            ),
        ),
        "2024-05",
    )  # fmt: skip


def scenario(
    found: RecoveryResult,
    name: str,
    below: float,
    growth: dict[str, float],
    plausibility: float | None = None,
) -> ScenarioRow:
    """Return the row of a scenario that has an answer; the baseline stays 21.5 months below normal."""
    gained = None
    if found.median is not None:
        gained = (pd.Period("2025-11", "M") - pd.Period(found.median, "M")).n
    return ScenarioRow(
        name, found.label, found.median, found.median_after, found.p_within_12, gained, below, 21.5 - below,
        growth, plausibility, None,
    )  # fmt: skip


def refused(name: str, reason: str, code: str, *values: float) -> ScenarioRow:
    """Return the row of a scenario without an answer, its label in English only."""
    return ScenarioRow(name, {"en": name}, None, None, None, None, None, None, {}, None, reason, code, values)


def releases() -> tuple[NextRelease, ...]:
    """Return three months of releases, skewed so that no two limits are alike."""
    medians = {"mom_pct": -2.8, "yoy_pct": 24.0, "ytd_yoy_pct": -4.3}
    return tuple(
        NextRelease(
            month, measure, m, m - 6 - h, m + 7 + h, m - 12 - h, m + 13 + h, m - 16 - h, m + 18.25 + h
        )
        for h, month in enumerate(("2024-05", "2024-06", "2024-07"))
        for measure, m in medians.items()
    )


def releases_alone() -> Outcome:
    """Return the usual answer with next releases and a target, but no scenario."""
    base = what_if()
    return replace(usual(), targets=base.targets[:1], next_releases=base.next_releases)


def recovered_since() -> Outcome:
    """Return a forecast whose return was observed within the horizon."""
    base = electrical()
    assert base.outcome is not None
    return replace(
        base,
        outcome=replace(
            base.outcome, recovery_month="2011-06", not_recovered_by=None, probability_given=0.24
        ),
    )


QUICK = ("bac_ninh", "no_slump", "recovered_since", "what_if")
"""Cases that whole pages and pictures are made of at every commit; of the others among the long proofs."""

EDGES: dict[str, Callable[[], Outcome]] = {
    "bac_ninh": bac_ninh,
    "usual": usual,
    "already_back": already_back,
    "no_slump": no_slump,
    "calm_what_if": calm_what_if,
    "certain": certain,
    "hopeless": hopeless,
    "electrical": electrical,
    "recovered_since": recovered_since,
    "what_if": what_if,
    "releases_alone": releases_alone,
}


def pages(*but: str) -> list[Any]:
    """Every case but those named, for tests that make whole pages or pictures."""
    long = [pytest.mark.slow]
    return [pytest.param(case, marks=[] if case in QUICK else long) for case in EDGES if case not in but]


def tables(told: Sequence[blocks.Block]) -> list[blocks.Table]:
    """Return the tables among blocks, those side by side too."""
    pairs = [(one.left, one.right) if isinstance(one, blocks.Side) else (one,) for one in told]
    return [one for pair in pairs for one in pair if isinstance(one, blocks.Table)]


def charts(told: Sequence[blocks.Block]) -> list[blocks.Chart]:
    """Return the charts among blocks."""
    return [one for one in told if isinstance(one, blocks.Chart)]


def points(told: Sequence[blocks.Block]) -> list[tuple[str, str]]:
    """Return all points of the lists among blocks."""
    return [item for one in told if isinstance(one, blocks.Points) for item in one.items]
