"""The seasonal pattern in words: which years are compared, and what they say."""

from __future__ import annotations

from forecast.outcome import Outcome, SeasonYear
from forecast.report.words import Language


def compared(outcome: Outcome) -> tuple[SeasonYear, ...]:
    """Return the years with the earliest and the latest Tết; where none is known, the last whole year."""
    dated = sorted((year.tet[5:], year) for year in outcome.season if year.tet is not None)
    if len(dated) > 1:
        return dated[0][1], dated[-1][1]
    return outcome.season[-1:]


def named(year: SeasonYear, language: Language) -> str:
    """Return what a year stands for: its Tết, else itself."""
    if year.tet is None:
        return str(year.year)
    return language.text["season.legend"].format(day=language.day(year.tet))


def title(outcome: Outcome, language: Language) -> str:
    """Return the message of the chart: the month that Tết moves most, else how far the season reaches."""
    early, *later = compared(outcome)
    if later and early.tet and later[0].tet:
        pairs = list(zip(early.months, later[0].months, strict=True))
        most = max(range(12), key=lambda at: abs(pairs[at][0].effect_pct - pairs[at][1].effect_pct))
        return language.say(
            "season.title_tet",
            month=month(most, language),
            early=language.percent(pairs[most][0].effect_pct, sign=True),
            early_day=language.day(early.tet),
            late=language.percent(pairs[most][1].effect_pct, sign=True),
            late_day=language.day(later[0].tet),
        )
    effects = [month.effect_pct for month in early.months]
    low, high = effects.index(min(effects)), effects.index(max(effects))
    return language.say(
        "season.title",
        low=language.percent(effects[low], sign=True),
        low_month=month(low, language),
        high=language.percent(effects[high], sign=True),
        high_month=month(high, language),
    )


def month(at: int, language: Language) -> str:
    """Return the name of a calendar month, from 0."""
    return language.months[at]


def spoken(outcome: Outcome, language: Language) -> str:
    """Return the chart in words, with its values."""
    points = []
    for year in compared(outcome):
        values = ", ".join(
            f"{month(at, language)} {language.percent(row.effect_pct, sign=True)}"
            for at, row in enumerate(year.months)
        )
        points.append(f"{named(year, language)}: {values}.")
    return language.say("season.alt", title=title(outcome, language), points=" ".join(points))
