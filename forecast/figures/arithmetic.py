"""What arithmetic alone forbids: figures that cannot all be true, found by relations that can be checked by hand."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from forecast.figures.editions import REVISED_AT_MOST, provisional
from forecast.figures.table import CELL, Figures, Row, rows_of
from forecast.tables import Finding

ENOUGH_AMISS, MENDS = 4, 4
"""Contradictions from which on a series is read otherwise, and how many times fewer are then left. chosen: chance rids
a series of one or two, and one that was changed over still has those of its own."""


def contradictions(figures: Figures) -> list[Finding]:
    """Return every set of figures that cannot all be true, largest first and numbered, each at its latest figure.

    The relations: with base-year levels as weights, a year-to-date rate is a mean of monthly rates, hence lies
    between the rate to the month before and the month's own, and a quarter's between those of its months;
    (1 + yoy)/(1 + yoy of the month before) = (1 + mom)/(1 + mom of a year ago); index values imply mom and yoy.
    A first print that later ones may have revised leaves as much room as its month may have been off by.
    """
    findings: list[Finding] = []
    for (region, sector), prints in _by_series(figures).items():
        for one, others, bounds in _impossible(prints):
            excess = _excess(one, others, bounds, 0.0)
            together = tuple(of.figure for of in (one, *others))
            named, *allowed = _named(together)
            same_day = len({figure.published for figure in together}) == 1
            sentence = (
                f"{region} {sector}: {named} is {excess:.2g} points outside what "
                f"{' and '.join(allowed)} allow; "
                + ("all were printed on one day" if same_day else "a revision in between may explain it")
            )
            findings.append(_finding(together, sentence, excess))
    findings.sort(key=lambda of: -(of.size or 0.0))
    return [
        replace(of, sentence=f"contradiction {n} of {len(findings)}: {of.sentence}")
        for n, of in enumerate(findings, start=1)
    ]


def changed_over(figures: Figures, contradictory: Sequence[Finding]) -> list[Finding]:
    """Return each series two of whose rates seem to stand under each other's name, at its latest figure of them.

    contradictory : what `contradictions` found
    So read, the figures of the series, mended in nothing else, contradict each other at most a quarter as often.
    """
    counted = Counter(of.series for of in contradictory)
    if max(counted.values(), default=0) < ENOUGH_AMISS:
        return []
    findings = []
    for (region, sector), prints in _by_series(figures).items():
        before = counted[f"{region}_{sector}"]
        rates = sorted({measure for measure, _ in prints} - {"index"})
        if before < ENOUGH_AMISS or len(rates) < 2:
            continue
        pairs = itertools.combinations(rates, 2)
        left, (one, other) = min((len(_impossible(_swapped(prints, *pair))), pair) for pair in pairs)
        if left <= before / MENDS:
            of = [print_.figure for (measure, _), print_ in prints.items() if measure in (one, other)]
            sentence = (
                f"{region} {sector}: {one} and {other} seem to be changed over: read for each other they leave "
                f"{left} of {before} contradictions; see whether their columns or names are"
            )
            findings.append(replace(_finding(of, sentence, None), kind="changed_over", unit=""))
    return findings


def _by_series(figures: Figures) -> dict[tuple[str, str], _Prints]:
    """The last vintage of each cell, by region and sector."""
    table = figures.table.assign(provisional=provisional(figures.table))
    last = table[~table.duplicated(CELL, keep="last")]
    out = {}
    for (region, sector), of in last.groupby(["region", "sector"], sort=True):
        out[str(region), str(sector)] = {
            (row.measure, row.period): _Print(row, early)
            for row, early in zip(rows_of(of), of["provisional"].tolist(), strict=True)
        }
    return out


def _impossible(prints: _Prints) -> list[_Relation]:
    """The relations that do not hold, whatever a first print may have been off by."""
    return [of for of in _relations(prints) if _excess(*of, REVISED_AT_MOST) > 1e-9]


def _swapped(prints: _Prints, one: str, other: str) -> _Prints:
    """The figures with two measures read for each other."""
    names = {one: other, other: one}
    return {
        (names.get(measure, measure), month): replace(
            print_, figure=print_.figure._replace(measure=names.get(measure, measure))
        )
        for (measure, month), print_ in prints.items()
    }


def _finding(together: Sequence[Row], sentence: str, points: float | None) -> Finding:
    """A finding about several figures of one series, at the place of the latest."""
    at = max(together, key=lambda row: row.published)
    return Finding(
        "contradiction", at.place, sentence, f"{at.region}_{at.sector}",
        tuple(sorted({str(row.period) for row in together})), points, "points",
        figures=tuple((row.measure, str(row.period), row.value) for row in together),
    )  # fmt: skip


_Span = tuple[float, float]


@dataclass(frozen=True)
class _Print:
    """Hold a figure and whether it saw its reference month as a first estimate."""

    figure: Row
    provisional: bool

    def span(self, beside: _Print, revised: float) -> _Span:
        """The lowest and highest value that another figure, with the same months, may take this one to have.

        revised : share of a month's level that a first estimate of it may be off by
        """
        low, high = self.figure.value - self.figure.half_unit, self.figure.value + self.figure.half_unit
        same_release = self.figure.period == beside.figure.period
        if self.provisional == (beside.provisional and same_release):
            return low, high
        months = {"qtr_yoy_pct": 3, "ytd_yoy_pct": self.figure.period.month}.get(self.figure.measure, 1)
        room = revised / months
        scale = 0.0 if self.figure.measure == "index" else 100.0
        return (scale + low) * (1.0 - room) - scale, (scale + high) * (1.0 + room) - scale


_Bounds = Callable[[Sequence[_Span]], _Span]
_Relation = tuple[_Print, tuple[_Print, ...], _Bounds]
"""A figure, others, and the interval that their spans leave to it."""
_Prints = dict[tuple[str, pd.Period], _Print]


def _excess(one: _Print, others: Sequence[_Print], bounds: _Bounds, revised: float) -> float:
    """Points by which a figure lies outside what others leave to it, beyond its rounding."""
    low, high = bounds([other.span(one, revised) for other in others])
    return max(low - one.figure.value, one.figure.value - high) - one.figure.half_unit


def _relations(prints: _Prints) -> Iterator[_Relation]:
    """Yield every relation whose figures are all there."""
    for (measure, month), one in prints.items():
        ways: list[tuple[tuple[str, int], ...]] = []
        if measure == "ytd_yoy_pct":
            ways.append(tuple(("yoy_pct", back) for back in range(month.month)))
            if month.month > 1:
                ways.append((("ytd_yoy_pct", 1), ("yoy_pct", 0)))
            if month.month == 3:
                ways.append((("qtr_yoy_pct", 0),))
            elif month.month % 3 == 0:
                ways.append((("ytd_yoy_pct", 3), ("qtr_yoy_pct", 0)))
        elif measure == "qtr_yoy_pct":
            ways.append(tuple(("yoy_pct", back) for back in range(3)))
        for way in ways:
            others = [prints.get((word, month - back)) for word, back in way]
            there = tuple(other for other in others if other is not None)
            if len(there) == len(others):
                yield one, there, _between
        if measure in ("mom_pct", "yoy_pct"):
            yield from _ratios(prints, one)


def _ratios(prints: _Prints, one: _Print) -> Iterator[_Relation]:
    """Yield what ratios of index values, or of three other rates, leave to a monthly rate."""
    month, measure = one.figure.period, one.figure.measure
    keys = [("index", month), ("index", month - (1 if measure == "mom_pct" else 12))]
    ways: list[tuple[list[tuple[str, pd.Period]], _Bounds]] = [(keys, _growth)]
    if measure == "mom_pct":
        ways.append(([("yoy_pct", month), ("yoy_pct", month - 1), ("mom_pct", month - 12)], _carried))
    for keys, bounds in ways:
        there = tuple(of for of in map(prints.get, keys) if of is not None)
        if len(there) == len(keys):
            yield one, there, bounds


def _between(spans: Sequence[_Span]) -> _Span:
    """A mean of rates lies among them."""
    return min(low for low, _ in spans), max(high for _, high in spans)


def _growth(spans: Sequence[_Span]) -> _Span:
    """The growth between two index values, the later first."""
    (now_low, now_high), (then_low, then_high) = spans
    return 100 * (now_low / then_high - 1), 100 * (now_high / then_low - 1)


def _carried(spans: Sequence[_Span]) -> _Span:
    """The monthly rate of a year ago, carried by the annual rates of the month and of the month before."""
    (a_low, a_high), (b_low, b_high), (c_low, c_high) = spans
    return (
        (100 + a_low) * (100 + c_low) / (100 + b_high) - 100,
        (100 + a_high) * (100 + c_high) / (100 + b_low) - 100,
    )


def _named(together: Sequence[Row]) -> list[str]:
    """Figures with where they stand: their lines, of several files their places."""
    one_file = len({row.file for row in together}) == 1
    return [
        f"{row.measure} {row.value:g} ({row.period}, {f'line {row.line}' if one_file else row.place})"
        for row in together
    ]
