"""Charts in words, with their values, for readers who cannot see them."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import findings, planning
from forecast.report.words import Language

HORIZONS = (6, 12, 24, 36)


def fan(outcome: Outcome, language: Language) -> str:
    """Return the fan chart in words."""
    points = [
        language.say(
            "fan.alt_point",
            month=language.month(outcome.fan[h - 1].month),
            median=language.percent(outcome.fan[h - 1].median),
            lower=language.percent(outcome.fan[h - 1].lower_80),
            upper=language.percent(outcome.fan[h - 1].upper_80),
        )
        for h in HORIZONS
        if h <= len(outcome.fan)
    ]
    return language.say("fan.alt", title=findings.fan_title(outcome, language), points=" ".join(points))


def return_months(outcome: Outcome, language: Language) -> str:
    """Return the return chart in words."""
    found = findings.baseline(outcome)
    points = [
        language.say("return.alt_point", month=language.month(row.month), p=language.odds(row.cumulative))
        for h, row in enumerate(found.distribution, start=1)
        if h in HORIZONS
    ]
    return language.say(
        "return.alt",
        title=findings.return_title(outcome, language),
        already=language.odds(found.p_already_back),
        points=" ".join(points),
    )


def scenarios(outcome: Outcome, language: Language) -> str:
    """Return the small multiples in words."""
    points = [
        language.say(
            planning.of_kind("whatif.alt_point", outcome),
            label=language.label(row.label) or row.name,
            p=language.odds(planning.curve(outcome, row.name)[:12][-1]),
            pend=language.odds(planning.curve(outcome, row.name)[-1]),
            pnot=language.odds(outcome.recovery[row.name].p_not_within_horizon),
            last=language.month(findings.last_month(outcome)),
        )
        for row in planning.answered(outcome)
    ]
    return language.say("whatif.alt", title=planning.chart_title(outcome, language), points=" ".join(points))


def afterwards(outcome: Outcome, language: Language) -> str:
    """Return what was published since in words, twice a year."""
    assert outcome.outcome is not None
    every = outcome.outcome.months[5::6]
    points = [f"{language.month(row.month)}: {language.percent(row.level_pct_of_normal)}." for row in every]
    title = language.say("after.title", as_of=language.day(outcome.as_of))
    return language.say("fan.alt", title=title, points=" ".join(points))
