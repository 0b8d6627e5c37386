"""Which part holds output back, in words: the heading, the sector that returns last, the chart as it is spoken."""

from __future__ import annotations

from forecast.outcome import Outcome, SectorRow, Sectors
from forecast.report.findings import last_month
from forecast.report.words import Language

AT_NORMAL = 100.0


def found(outcome: Outcome) -> Sectors:
    """Return the sectors of an outcome that holds some."""
    assert outcome.sectors is not None
    return outcome.sectors


def heading(outcome: Outcome, language: Language) -> str:
    """Return the sector that holds output back: by its contribution, or where that is unknown by its return."""
    parts = found(outcome)
    total, *rows = parts.rows
    origin = language.month(outcome.origin)
    known = [(row.now, row) for row in rows if row.now is not None]
    if known and total.now is not None:
        least, row = min(known, key=lambda pair: pair[0])
        if least >= 0.0:
            return language.say("parts.heading_ahead", origin=origin)
        return language.say(
            "parts.heading",
            sector=language.name("sector", row.name),
            now=language.number(least, 1, sign=True),
            gap=language.number(total.now, 1, sign=True),
            origin=origin,
        )
    if all(row.level_pct_of_normal >= AT_NORMAL for row in rows):
        return language.say("parts.heading_ahead", origin=origin)
    return language.say("parts.heading_last", **_last(rows, outcome, language))


def explained(outcome: Outcome, language: Language) -> str:
    """Return how the parts are to be read, and which returns last."""
    parts = found(outcome)
    if not parts.adds_up:
        return language.say("parts.weights")
    last = language.say("parts.last", **_last(list(parts.rows[1:]), outcome, language))
    adds = language.text["parts.adds"]
    return f"{adds} {last}"


def chart_title(outcome: Outcome, language: Language) -> str:
    """Return the gap at the origin and the one expected at the end of the chart."""
    months = found(outcome).months
    at = next(row for row in months if row.month == outcome.origin)
    now, later = (sum(row.contributions.values()) for row in (at, months[-1]))
    return language.say(
        "parts.chart_title",
        now=language.number(now, 1, sign=True),
        origin=language.month(outcome.origin),
        later=language.number(later, 1, sign=True),
        month=language.month(months[-1].month),
    )


def spoken(outcome: Outcome, language: Language) -> str:
    """Return the chart in words."""
    points = [
        language.say(
            "parts.alt_point",
            sector=language.name("sector", row.name),
            now=language.number(row.now, 1, sign=True),
            origin=language.month(outcome.origin),
        )
        for row in found(outcome).rows[1:]
        if row.now is not None
    ]
    return language.say("parts.alt", title=chart_title(outcome, language), points=" ".join(points))


def _last(rows: list[SectorRow], outcome: Outcome, language: Language) -> dict[str, str]:
    latest = max(rows, key=lambda row: row.p_not_within_horizon)
    return {
        "sector": language.name("sector", latest.name),
        "p": language.odds(latest.p_not_within_horizon),
        "last": language.month(last_month(outcome)),
    }
