"""Figures that were printed again with another value: how far first prints can be trusted."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from forecast.outcome import FigureRow, Outcome
from forecast.report.words import Language

FEWEST = 5  # revised figures from which a picture tells more than a sentence


@dataclass(frozen=True)
class Revision:
    """One figure's first and latest print, percent."""

    region: str
    sector: str
    period: str
    measure: str
    first: float
    last: float

    @property
    def points(self) -> float:
        """How far the figure moved, percentage points."""
        return self.last - self.first


def revisions(outcome: Outcome) -> tuple[Revision, ...]:
    """Return the rates that changed between their first and latest print, by reference month; none where few."""
    cells: dict[tuple[str, str, str, str], list[FigureRow]] = {}
    for row in outcome.figures:
        if row.measure != "index":
            cells.setdefault((row.period, row.region, row.sector, row.measure), []).append(row)
    found = []
    for (period, region, sector, measure), rows in sorted(cells.items()):
        dated = sorted(rows, key=lambda row: _last_day(row.published))
        if dated[0].value != dated[-1].value:
            found.append(Revision(region, sector, period, measure, dated[0].value, dated[-1].value))
    return tuple(found) if len(found) >= FEWEST else ()


def title(found: tuple[Revision, ...], language: Language) -> str:
    """Return the message of the chart."""
    return language.say(
        "revisions.title",
        count=str(len(found)),
        up=str(sum(one.points > 0 for one in found)),
        typical=language.number(statistics.median(abs(one.points) for one in found), 1),
    )


def areas(found: tuple[Revision, ...], language: Language) -> str:
    """Return the series that were revised."""
    pairs = dict.fromkeys((one.region, one.sector) for one in found)
    return ", ".join(
        language.say(
            "data.group", region=language.name("region", region), sector=language.name("sector", sector)
        )
        for region, sector in pairs
    )


def spoken(outcome: Outcome, language: Language) -> str:
    """Return the chart in words, with the figures that moved most."""
    found = revisions(outcome)
    largest = sorted(found, key=lambda one: (-round(abs(one.points), 6), one.period))[:FEWEST]
    points = [
        language.say(
            "revisions.alt_point",
            month=language.month(one.period),
            measure=language.name("measure", one.measure),
            first=language.percent(one.first, 1, sign=True),
            last=language.percent(one.last, 1, sign=True),
        )
        for one in largest
    ]
    return language.say("revisions.alt", title=title(found, language), points=" ".join(points))


def _last_day(published: str) -> str:
    """A date that sorts: a month counts as its last day."""
    return published if len(published) > len("2024-05") else f"{published}-31"
