"""How the answer moved since the report before, in words."""

from __future__ import annotations

from forecast.outcome import Changes, Outcome
from forecast.report.words import Language


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
