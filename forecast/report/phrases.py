"""Parts of sentences that several topics share: months, intervals, rates and definitions as a reader meets them."""

from __future__ import annotations

import pandas as pd

from forecast.outcome import FigureRow, Milestone, NextRelease, Outcome, RecoveryResult, Snapshot
from forecast.report.words import Language

ABOUT = 0.0035
"""Monte-Carlo standard error of a chance from which it is told as "about". chosen: six seeds of an error no larger lie
within 1.4 points of each other 19 times in 20."""

PRINTED_APART = 1e-9
"""Difference under which two printed figures are the same. chosen: far under their last digit."""


def baseline(outcome: Outcome) -> RecoveryResult:
    """Return the scenario that the report is about: the baseline, which always comes first."""
    return outcome.recovery.get("baseline") or next(iter(outcome.recovery.values()))


def within_a_year(outcome: Outcome, language: Language) -> str:
    """Return the chance of a return within a year, "about" it where another seed may well print another percent."""
    answer = baseline(outcome)
    odds, error = language.odds(answer.p_within_12), answer.p_within_12_error
    return language.text["odds.about"].format(p=odds) if error is not None and error > ABOUT else odds


def last_month(outcome: Outcome) -> pd.Period:
    """Return the last month of the horizon."""
    return baseline(outcome).distribution[-1].month


def kind(code: str, outcome: Outcome, language: Language, word: str = "kind") -> str:
    """Return the name of a definition of normal, or with word "explain" what it means; not all need a slump."""
    current = f"{word}.{code}_now"
    if outcome.slump is None and current in language.text:
        return language.text[current]
    return language.name(word, code)


def when(milestone: Milestone | RecoveryResult, outcome: Outcome, language: Language) -> str:
    """Return the median month as a table prints it: a month, "already", or "after" the horizon."""
    already = milestone.p_already if isinstance(milestone, Milestone) else milestone.p_already_back
    if already >= 0.5:
        return language.text["when.already"]
    return moment(milestone.median, outcome, language)


def moment(month: pd.Period | None, outcome: Outcome | Snapshot, language: Language) -> str:
    """Return a quantile of the recovery month as a table prints it; None lies beyond the horizon."""
    if month is None:
        last = outcome.last_month if isinstance(outcome, Snapshot) else last_month(outcome)
        return language.text["when.after"].format(month=language.short(last))
    return language.text["when.already"] if month <= outcome.origin else language.short(month)


def span(
    interval: tuple[pd.Period | None, pd.Period | None], outcome: Outcome | Snapshot, language: Language
) -> str:
    """Return an interval of the recovery month in one piece, a single date where both ends print alike."""
    early, late = (moment(month, outcome, language) for month in interval)
    return early if early == late else f"{early} – {late}"


def rate(value: float | None, language: Language) -> str:
    """Return a rate as the office prints it: one decimal, with its sign."""
    return "" if value is None else language.percent(value, 1, sign=True)


def rates(lower: float, upper: float, language: Language) -> str:
    """Return an interval of rates."""
    return language.text["span"].format(lower=rate(lower, language), upper=rate(upper, language))


def next_yoy(outcome: Outcome) -> NextRelease | None:
    """Return the forecast of the next growth on a year ago."""
    return next((row for row in outcome.next_releases if row.measure == "yoy_pct"), None)


def as_printed(row: NextRelease, language: Language) -> dict[str, str]:
    """Return a release and its 80 % interval in the words of a sentence, rates as the office prints them."""
    values = {"median": row.median, "lower": row.lower_80, "upper": row.upper_80}
    return {"month": language.month(row.month)} | {
        name: rate(value, language) for name, value in values.items()
    }


def decimals(value: float) -> int:
    """Return the digits that a published figure was printed with: one decimal, two where it has two."""
    return 1 if abs(value - round(value, 1)) < PRINTED_APART else 2


def by_area(rows: tuple[FigureRow, ...], language: Language) -> list[tuple[str, list[FigureRow]]]:
    """Return figures by region and sector, in the order they come."""
    areas: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows:
        areas.setdefault((row.region, row.sector), []).append(row)
    return [(language.area(*area), own) for area, own in areas.items()]
