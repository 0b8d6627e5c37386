"""Growth needed: a target of a year told quarter by quarter, for the total and its sectors, from paths and normal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.arrays import Floats
from forecast.outcome import Miss, Needed, NeededRow, NeededSpan
from forecast.paths import Paths, quantiles
from forecast.rooms import furnish
from forecast.targets import (
    EVENLY,
    MONTHS,
    PLANNED,
    QUARTER,
    SEASON,
    AnnualTarget,
    Year,
    growth,
    meeting,
    year_on,
)

__all__ = ["Part", "needed"]

TOTAL = "total"
LEAST_SHARE = 0.005
"""Part of last year's total that sectors without a target have at least, to make up for the others. chosen: less is
printed as no percent, and a hundredth of a point of the total would be two points of theirs."""

CENTRAL_80 = (0.5, 0.1, 0.9)  # the median and the ends of the central 80 %


@dataclass(frozen=True, eq=False)
class Part:
    """Hold the paths of the total or of a sector, and its normal on their months, (k, past + h)."""

    paths: Paths
    normal: Floats

    def normal_of(self, year: int) -> Floats:
        """Return the normal of a year on every path, (n, 12)."""
        of_year = self.normal[:, self.paths.months.year == year]
        return of_year[self.paths.draw] if len(of_year) > 1 else of_year[[0] * len(self.paths.draw)]


def needed(
    total: Part,
    target: AnnualTarget,
    past: pd.Series[float] | None = None,
    sectors: Mapping[str, Part] | None = None,
    adds_up: bool = False,
) -> Needed | None:
    """Return what a year still needs; None where it is over.

    past : levels of the total, in whose quarters growth as fast is looked for
    sectors : by name, on the rows of the total's paths · adds_up : whether their levels are parts of the total's
    Raises ValueError where the paths do not hold the year and the year before it.
    """
    year = year_on(total.paths, target.year)
    if year.known == MONTHS:
        return None
    asked, own = _asked(year, target, sectors or {}, adds_up), dict(target.sectors)
    rows = [_row(TOTAL, total, year, target.growth_pct, target, _quarters_seen(past))]
    for name, part in (sectors or {}).items():
        of_part = year_on(part.paths, target.year)
        share = _median(of_part.before.sum(axis=1) / year.before.sum(axis=1), part.paths) if adds_up else None
        rows.append(_row(name, part, of_part, asked[name], target, None, share, name in own))
    return Needed(
        target.year, target.growth_pct, MONTHS - year.known, tuple(rows),
        _as_planned(year, target, total.paths), _miss(year, target, total.paths),
    )  # fmt: skip


def _asked(
    year: Year, target: AnnualTarget, sectors: Mapping[str, Part], adds_up: bool
) -> dict[str, float | Floats]:
    """The growth of each sector's year, percent: its own target, or one for all others that leaves the total at its.

    Others that weigh next to nothing are asked the total's: they cannot make up for what the rest lacks.
    """
    own = dict(target.sectors)
    before = {name: year_on(part.paths, target.year).before.sum(axis=1) for name, part in sectors.items()}
    free = [base for name, base in before.items() if name not in own]
    others: float | Floats = target.growth_pct
    total = year.before.sum(axis=1)
    if adds_up and free and (np.sum(free, axis=0) >= LEAST_SHARE * total).all():
        given = [before[name] * own[name] for name in before if name in own]
        others = (total * target.growth_pct - np.sum(given, axis=0)) / np.sum(free, axis=0)
    return {name: own.get(name, others) for name in before}


def _row(
    name: str, part: Part, year: Year, asked: float | Floats, target: AnnualTarget,
    seen: Floats | None, share: float | None = 1.0, own: bool = True,
) -> NeededRow:  # fmt: skip
    """What one part of the total needs, span by span."""
    normal, paths = part.normal_of(target.year), part.paths
    planned = target.quarters if name == TOTAL else ()
    ways = meeting(year, asked, normal, planned)
    left = slice(year.known, MONTHS)
    of_normal = 100.0 * year.to_come(asked) / normal[:, left].sum(axis=1)
    return NeededRow(
        name, share, _median(np.broadcast_to(asked, len(of_normal)), paths), own,
        _median(growth(ways[EVENLY], year.before, left), paths),
        _median(of_normal, paths),
        tuple(
            _span(kind, span, year, ways, paths, target.year, planned, seen) for kind, span in _spans(year.known)
        ),
    )  # fmt: skip


def _spans(known: int) -> Iterator[tuple[str, slice]]:
    """Quarters, the year to the end of the second and of the third, the whole, and the months left."""
    for first in range(0, MONTHS, QUARTER):
        yield "quarter", slice(first, first + QUARTER)
        if 0 < first < MONTHS - QUARTER:
            yield "to_date", slice(0, first + QUARTER)
    yield "year", slice(0, MONTHS)
    for month in range(known, MONTHS):
        yield "month", slice(month, month + 1)


def _span(
    kind: str, span: slice, year: Year, ways: Mapping[str, Floats], paths: Paths, of: int,
    planned: tuple[float | None, ...], seen: Floats | None,
) -> NeededSpan:  # fmt: skip
    grown = growth(year.levels, year.before, span)
    middle, lower, upper = quantiles(grown[:, None], paths.weights, CENTRAL_80)[:, 0].tolist()
    weight = _median(year.before[:, span].sum(axis=1) / year.before.sum(axis=1), paths)
    last = pd.Period(year=of, month=span.stop, freq="M")
    if span.stop <= year.known:
        return NeededSpan(kind, last, True, weight, middle, lower, upper)

    def need(way: str) -> tuple[float | None, float | None]:
        if way not in ways:
            return None, None
        asked = growth(ways[way], year.before, span)
        return _median(asked, paths), _chance(grown, asked, paths)

    own = planned[span.start // QUARTER] if kind == "quarter" and planned else None
    even = need(EVENLY)
    fast = None if kind != "quarter" or seen is None or even[0] is None else int((seen >= even[0]).sum())
    return NeededSpan(
        kind, last, False, weight, middle, lower, upper, *even, *need(SEASON), need(PLANNED)[0],
        own, None if own is None else _chance(grown, own, paths),
        fast, None if fast is None or seen is None else len(seen),
    )  # fmt: skip


def _as_planned(year: Year, target: AnnualTarget, paths: Paths) -> float | None:
    """Growth of the year where the quarters left grow as planned, percent; None without a plan for each."""
    first = year.known // QUARTER
    plan = target.quarters[first:]
    if not plan or any(growth is None for growth in plan):
        return None
    base = year.before.reshape(-1, MONTHS // QUARTER, QUARTER).sum(axis=2)
    whole = year.levels[:, : first * QUARTER].sum(axis=1) + base[:, first:] @ (
        1.0 + np.array(plan, float) / 100.0
    )
    return _median(100.0 * (whole / base.sum(axis=1) - 1.0), paths)


def _miss(year: Year, target: AnnualTarget, paths: Paths) -> Miss | None:
    """What the months after the next quarter need where it grows as expected; None where none are left."""
    end = (year.known // QUARTER + 1) * QUARTER
    if end == MONTHS:
        return None
    quarter, rest = slice(end - QUARTER, end), slice(end, MONTHS)
    base, after = year.before[:, quarter].sum(axis=1), year.before[:, rest].sum(axis=1)
    expected = _median(growth(year.levels, year.before, quarter), paths)
    seen = year.levels[:, end - QUARTER : year.known].sum(axis=1)
    to_come = year.to_come(target.growth_pct) + seen - (1.0 + expected / 100.0) * base
    return Miss(
        pd.Period(year=target.year, month=end, freq="M"), expected,
        _median(100.0 * (to_come / after - 1.0), paths), _median(base / after, paths),
    )  # fmt: skip


def _quarters_seen(past: pd.Series[float] | None) -> Floats | None:
    """Growth of every past quarter on a year ago, percent; None where the past holds no two years."""
    if past is None:
        return None
    months = pd.PeriodIndex(past.index)
    quarters = past.groupby(months.asfreq("Q")).agg(["sum", "count"])
    whole = quarters["sum"].where(quarters["count"] == QUARTER)
    grown = (100.0 * (whole / whole.shift(4) - 1.0)).dropna()
    return None if grown.empty else np.asarray(grown, dtype=np.float64)


def _chance(grown: Floats, asked: float | Floats, paths: Paths) -> float:
    return float(paths.weights[grown >= asked].sum())


def _median(values: Floats, paths: Paths) -> float:
    return float(quantiles(values[:, None], paths.weights, [0.5])[0, 0])


furnish(__name__)
