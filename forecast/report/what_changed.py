"""How the answer moved since the report before, in words."""

from __future__ import annotations

from forecast.outcome import Changes, Outcome, Snapshot
from forecast.report.findings import moment, span
from forecast.report.words import Language

FEWEST, MOST = 3, 12
"""Reports from which, and up to which, a picture of them is drawn."""


def changed(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return, for page one, how the answer moved since the report before, or that there is nothing to compare."""
    found = outcome.changes
    if found is None:
        return ((language.text["changes.nothing"], language.text["changes.nothing_text"]),)
    most = max(found.rows, key=lambda row: abs(row.effect))
    moved_most = language.say(
        "changes.most",
        published=language.day(most.published),
        region=language.name("region", most.region),
        points=language.number(100 * most.effect, 1, sign=True),
    )
    values = _moved(found, language)
    key = "changes.point_same" if values["before"] == values["now"] else "changes.point_text"
    said = language.say(key, most=moved_most, **values)
    return ((language.say("changes.point", since=language.day(found.since)), said),)


def heading(found: Changes, language: Language) -> str:
    """Return how far the chance of a return has moved."""
    values = _moved(found, language)
    key = "changes.heading_same" if values["before"] == values["now"] else "changes.heading"
    return language.say(key, since=language.day(found.since), **values)


def _moved(found: Changes, language: Language) -> dict[str, str]:
    return {
        "by": language.month(found.by),
        "before": language.odds(found.before),
        "now": language.odds(found.now),
    }


def told(outcome: Outcome) -> tuple[Snapshot, ...]:
    """Return the latest answers given in a slump and this one, oldest first; none where they are few."""
    if outcome.slump is None:
        return ()
    given = tuple(one for one in outcome.snapshots if one.slump_start is not None)
    found = (*given, outcome.snapshot())[-MOST:]
    return found if len(found) >= FEWEST else ()


def evolution_title(outcome: Outcome, language: Language) -> str:
    """Return when half of the outcomes were back, in the oldest of the reports shown and now."""
    found = told(outcome)
    before, now = (moment(one.median, one, language) for one in (found[0], found[-1]))
    key = "evolution.title_same" if before == now else "evolution.title"
    return language.say(key, day=language.day(found[0].as_of), before=before, now=now)


def evolution_spoken(outcome: Outcome, language: Language) -> str:
    """Return the chart in words."""
    points = [
        language.say(
            "evolution.alt_point",
            day=language.day(one.as_of),
            half=moment(one.median, one, language),
            most=span(one.interval_80, one, language),
            p=language.odds(one.p_within_12),
        )
        for one in told(outcome)
    ]
    return language.say("evolution.alt", title=evolution_title(outcome, language), points=" ".join(points))
