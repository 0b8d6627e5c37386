"""What the track record allows to be said: how good such dates were on past slumps, at this age, and where not."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.outcome.record import Record, Stated
from forecast.report.findings import baseline
from forecast.report.words import Language

NO_BETTER = 0.5
"""Percent of the naive rule's error under which nothing is called saved."""

RELIABILITY_MONTHS = 12


def heading(outcome: Outcome, language: Language) -> str:
    """Return by how much dates were better than the best naive rule, or on how many panels they were not."""
    saved = sorted(record.skill_pct or 0.0 for record in outcome.record)
    weak = sum(skill <= NO_BETTER for skill in saved)
    if weak:
        return language.say("track.heading_weak", weak=str(weak), count=str(len(saved)))
    low, high = language.percent(saved[0]), language.percent(saved[-1])
    chance = len(_unsure(outcome.record)) == len(outcome.record)
    return language.say(
        "track.heading_unsure" if chance else "track.heading",
        skill=low if low == high else language.text["span"].format(lower=low, upper=high),
    )


def explained(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what the record rests on, and how this slump stands in it: (name, sentence)."""
    records = outcome.record
    real = all(record.real_time for record in records)
    tried = language.say(
        "track.text",
        origins=language.number(sum(record.origins for record in records), 0),
        episodes=language.number(sum(record.episodes for record in records), 0),
        months=str(min(record.followed_months for record in records)),
        data=language.text["record.real" if real else "record.pseudo"],
    )
    told = (
        ("track.tried", [tried, *_judged_later(outcome, language)]),
        ("track.doubt", [*_by_chance(records, language), *_weak(records, language)]),
        ("track.at_age", _at_age(outcome, language)),
        ("track.age_alone", _by_age_alone(outcome, language)),
    )
    return tuple((language.text[name], " ".join(said)) for name, said in told if said)


def chart_title(outcome: Outcome, language: Language) -> str:
    """Return what came true of the chances stated for a year, over all panels."""
    rows = [row for record in outcome.record for row in within(record)]
    n = sum(row.forecasts for row in rows)
    stated, happened = (
        sum(getattr(row, name) * row.forecasts for row in rows) / n for name in ("predicted", "observed")
    )
    return language.say(
        "record.reliability_title",
        months=str(RELIABILITY_MONTHS),
        stated=language.percent(100 * stated),
        happened=language.percent(100 * happened),
    )


def spoken(outcome: Outcome, language: Language) -> str:
    """Return the chart in words."""
    points = [
        language.say(
            "track.alt_point",
            title=language.label(record.title),
            ages="; ".join(
                f"{months}: {language.percent(skill, sign=True)}" for months, skill in by_age(record)
            ),
        )
        for record in outcome.record
    ]
    return language.say("track.alt", title=chart_title(outcome, language), points=" ".join(points))


def by_age(record: Record) -> list[tuple[int, float]]:
    """Return months since the slump began with the percent of the naive rule's error saved, where known."""
    return [(row.months, row.skill_pct) for row in record.by_age if row.skill_pct is not None]


def within(record: Record) -> list[Stated]:
    """Return the classes of chances stated for a return within a year."""
    return [row for row in record.reliability if row.horizon == RELIABILITY_MONTHS]


def _judged_later(outcome: Outcome, language: Language) -> list[str]:
    """That the record rests on data of after the report's date; nothing where all was known by then."""
    later = [record.known_on for record in outcome.record if record.known_on > outcome.as_of]
    return [language.say("track.later", day=language.day(max(later)))] if later else []


def _by_chance(records: tuple[Record, ...], language: Language) -> list[str]:
    """The panels on which what was saved may be chance."""
    said = [language.label(record.title) for record in _unsure(records)]
    return [language.say("track.chance", said="; ".join(said))] if said else []


def _unsure(records: tuple[Record, ...]) -> list[Record]:
    """The panels whose interval of what was saved reaches nothing, or is not known."""
    return [r for r in records if r.skill_interval_pct is None or r.skill_interval_pct[0] <= NO_BETTER]


def _by_age_alone(outcome: Outcome, language: Language) -> list[str]:
    """What the ages of earlier slumps alone would say, beside the answer; nothing where none is known."""
    if not outcome.earlier_slumps:
        return []
    said = [
        language.text["track.alone_point"].format(
            title=language.label(row.title),
            p=language.odds(row.p_within_12),
            slumps=row.slumps,
            ended=row.ended,
        )
        for row in outcome.earlier_slumps
    ]
    ours = language.odds(baseline(outcome).p_within_12)
    return [language.say("track.alone", said="; ".join(said), p=ours)]


def _at_age(outcome: Outcome, language: Language) -> list[str]:
    """How good dates were in slumps as old as this one; nothing without a slump."""
    if outcome.slump is None:
        return []
    year, month = (int(part) for part in outcome.slump.start.split("-"))
    now, of_now = (int(part) for part in outcome.origin.split("-"))
    age = 12 * (now - year) + of_now - month
    said = []
    for record in outcome.record:
        if by_age(record):
            months, skill = min(by_age(record), key=lambda row: abs(row[0] - age))
            said.append(
                language.text["track.age_point"].format(
                    title=language.label(record.title),
                    months=months,
                    skill=language.percent(skill, sign=True),
                )
            )
    return [language.say("track.age", age=str(age), said="; ".join(said))] if said else []


def _weak(records: tuple[Record, ...], language: Language) -> list[str]:
    """The ages of a slump at which nothing was saved."""
    said = [
        language.text["track.age_point"].format(
            title=language.label(record.title), months=months, skill=language.percent(skill, sign=True)
        )
        for record in records
        for months, skill in by_age(record)
        if skill <= NO_BETTER
    ]
    return [language.say("track.weak", said="; ".join(said))] if said else []
