"""The cells of the report's tables, each from the field of report.json that it must hold: columns named by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from forecast.outcome import Outcome, TargetRow
from forecast.report import blocks
from forecast.report.words import LANGUAGES

EN = LANGUAGES["en"]


def pct(value: float, digits: int = 0) -> str:
    return f"{value:.{digits}f}%".replace("-", "−")


def signed(value: float | None, digits: int = 1, mark: str = "%") -> str:
    return "" if value is None else f"{value:+.{digits}f}{mark}".replace("-", "−")


def odds(p: float) -> str:
    """A chance as a whole percent, never 0 or 100."""
    whole = int(100 * p + 0.5)
    return EN.text["odds.under" if whole == 0 else "odds.over"] if whole in (0, 100) else f"{whole}%"


def when(month: Any, last: Any, origin: Any) -> str:
    """A month of return as tables print it."""
    if month is None:
        return EN.text["when.after"].format(month=short(last))
    return EN.text["when.already"] if month <= origin else short(month)


def short(month: Any) -> str:
    return f"{month.to_timestamp():%b} {month.year}"


def milestone(of: Any, outcome: Outcome, already: bool = True) -> tuple[str, ...]:
    half = (
        EN.text["when.already"]
        if of.p_already >= 0.5
        else when(of.median, outcome.fan[-1].month, outcome.origin)
    )
    told = (half, odds(of.p_within_12), odds(of.p_not_within_horizon))
    return (odds(of.p_already), *told) if already else told


def fan(o: Outcome) -> list[tuple[str, ...]]:
    months = [o.fan[h - 1] for h in (1, 3, 6, 12, 18, 24, 30, 36)]

    def band(low: Callable[[Any], float], high: Callable[[Any], float]) -> tuple[str, ...]:
        return tuple(f"{low(m):.0f}–{high(m):.0f}" for m in months)

    return [
        tuple(f"{m.median:.0f}" for m in months),
        band(lambda m: m.lower_50, lambda m: m.upper_50),
        band(lambda m: m.lower_80, lambda m: m.upper_80),
        band(lambda m: m.lower_90, lambda m: m.upper_90),
    ]


def chances(o: Outcome) -> list[tuple[str, ...]]:
    a = o.recovery["baseline"]
    told = (a.p_already_back, a.p_within_6, a.p_within_12, a.p_within_24, a.p_not_within_horizon)
    return [(odds(p), EN.chance(p)) for p in told]


def intervals(o: Outcome) -> list[tuple[str, ...]]:
    a = o.recovery["baseline"]
    every = (a.interval_50, a.interval_80, a.interval_90)
    return [tuple(when(month, o.fan[-1].month, o.origin) for month in both) for both in every]


def milestones(o: Outcome) -> list[tuple[str, ...]]:
    a = o.recovery["baseline"]
    assert a.trough is not None
    last = o.fan[-1].month
    already, _, *rest = milestone(a.trough, o)
    half = when(a.median, last, o.origin) if a.p_already_back < 0.5 else EN.text["when.already"]
    return [
        (already, short(a.trough.median), *rest),
        (odds(a.p_already_back), half, odds(a.p_within_12), odds(a.p_not_within_horizon)),
        milestone(a.old_trend, o),
    ]


def definitions(o: Outcome) -> list[tuple[str, ...]]:
    return [(signed(d.gap_pct, 0), *milestone(d.recovery, o, already=False)) for d in o.normal.definitions]


def releases(o: Outcome) -> list[tuple[str, ...]]:
    assert o.changes is not None
    rows = [(signed(100 * r.effect, 1, ""), signed(r.effect_on_yoy, 1, "")) for r in o.changes.rows]
    moved_yoy = sum(r.effect_on_yoy for r in o.changes.rows)
    whole = signed(100 * (o.changes.now - o.changes.before), 1, "")
    return [*rows, (whole, signed(moved_yoy, 1, ""))]


def reports(o: Outcome) -> list[tuple[str, ...]]:
    def span(one: Any) -> str:
        early, late = (when(month, one.last_month, one.origin) for month in one.interval_80)
        return early if early == late else f"{early} – {late}"

    return [
        (EN.day(s.as_of), short(s.origin), when(s.median, s.last_month, s.origin), span(s), odds(s.p_within_12),
         odds(s.p_not_within_horizon))
        for s in (*o.snapshots, o.snapshot())
    ]  # fmt: skip


def scenarios(o: Outcome) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for r in o.scenarios:
        if r.refused is None:
            assert r.p_within_12 is not None
            based = r.name == "baseline"
            gained = "" if based or r.months_gained is None else signed(r.months_gained, 0, "")
            rows.append((
                r.label["en"], when(r.median, o.fan[-1].month, o.origin), odds(r.p_within_12),
                *(signed(r.annual_growth[year]) for year in sorted(r.annual_growth)), gained,
                "" if based else signed(-r.months_below_gained, 1, ""),
                "" if r.plausibility is None else odds(r.plausibility),
            ))  # fmt: skip
    return rows


def targets(o: Outcome) -> list[tuple[str, ...]]:
    return [
        (f"{t.year}: {signed(t.target_pct)}", odds(t.probability),
         f"{signed(t.expected_pct)} ({signed(t.lower_80)} to {signed(t.upper_80)})", str(t.remaining_months),
         *_needed(t),
         pct(100 * (t.history_share or 0)))
        for t in o.targets
    ]  # fmt: skip


def _needed(t: TargetRow) -> tuple[str, str]:
    if t.needed_yoy_pct is None:
        return EN.text["targets.met"], ""
    pace = t.needed_mom_pct
    return signed(t.needed_yoy_pct), EN.text["targets.beyond"] if pace is None else signed(pace)


def next_releases(o: Outcome) -> list[tuple[str, ...]]:
    return [
        (short(r.month), EN.name("measure", r.measure), signed(r.median),
         f"{signed(r.lower_50)} to {signed(r.upper_50)}", f"{signed(r.lower_80)} to {signed(r.upper_80)}",
         f"{signed(r.lower_90)} to {signed(r.upper_90)}")
        for r in o.next_releases
    ]  # fmt: skip


def sectors(o: Outcome) -> list[tuple[str, ...]]:
    assert o.sectors is not None
    return [
        (pct(r.level_pct_of_normal), pct(100 * (r.share_of_normal or 0), 1),
         *(signed(v, 1, "") for v in (r.at_trough, r.now, r.after_12, r.after_24)),
         when(r.median, o.fan[-1].month, o.origin), odds(r.p_within_12), odds(r.p_not_within_horizon))
        for r in o.sectors.rows
    ]  # fmt: skip


def sensitivity(o: Outcome) -> list[tuple[str, ...]]:
    return [
        (when(v.median, v.median_after, o.origin), odds(v.p_within_12), odds(v.p_not_within_horizon))
        for v in o.sensitivity
    ]


def record(o: Outcome) -> list[tuple[str, ...]]:
    rows = []
    for r in o.record:
        assert r.skill_interval_pct is not None
        low, high = r.skill_interval_pct
        rows.append((
            r.title["en"], str(r.episodes), str(r.origins), f"{r.error_months:.1f}",
            f"{EN.name('model', r.best_naive)}: {r.naive_error_months:.1f}", signed(r.skill_pct, 0),
            f"{signed(low, 0, '')} … {signed(high, 0)}", pct(100 * r.coverage_80),
        ))  # fmt: skip
    return rows


def adjusted(o: Outcome) -> list[tuple[str, ...]]:
    assert o.adjustment is not None
    return [
        tuple(f"{m.level_pct:.0f}" for m in o.adjustment.months),
        tuple(f"{m.builtin_pct:.0f}" for m in o.adjustment.months),
    ]


def models(o: Outcome) -> list[tuple[str, ...]]:
    return [
        (
            pct(100 * m.weight),
            when(m.median, o.fan[-1].month, o.origin),
            odds(m.p_within_12),
            odds(m.p_not_within_horizon),
        )
        for m in o.models
    ]


def history(o: Outcome) -> list[tuple[str, ...]]:
    level = {(row.month.year, row.month.month): f"{row.level_pct_of_normal:.0f}" for row in o.history}
    years = sorted({year for year, _ in level})
    return [(str(year), *(level.get((year, m), "") for m in range(1, 13))) for year in years]


TABLES: dict[str, tuple[Callable[[Outcome], list[tuple[str, ...]]], slice | tuple[int, ...]]] = {
    "fan.table": (fan, slice(1, None)),
    "return.chances": (chances, slice(1, None)),
    "return.intervals": (intervals, slice(1, None)),
    "milestones.title": (milestones, slice(1, None)),
    "definitions.title": (definitions, slice(1, None)),
    "changes.title": (releases, (3, 4)),
    "evolution.table": (reports, slice(None)),
    "scenarios.title": (scenarios, slice(None)),
    "targets.title": (targets, slice(None)),
    "next.title": (next_releases, slice(None)),
    "sectors.title": (sectors, slice(1, None)),
    "sensitivity.title": (sensitivity, slice(1, None)),
    "record.title": (record, slice(None)),
    "adjusted.title": (adjusted, slice(1, None)),
    "models.title": (models, slice(1, 5)),
    "data.history": (history, slice(None)),
}
"""Tables by the word of their title: what they hold, and the columns that are told of here."""


def rows_of(table: blocks.Table, columns: slice | tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Rows of a table in the columns wanted; one that spans columns has no numbers of its own."""
    for group in table.groups:
        for row in group.rows:
            if not any(isinstance(cell, blocks.Span) for cell in row):
                cells = row[columns] if isinstance(columns, slice) else tuple(row[i] for i in columns)
                yield tuple(str(cell) for cell in cells)
