"""The sign to watch: what a weak or a strong next print would say of the return."""

from __future__ import annotations

from forecast.outcome import Outcome, Watch
from forecast.report.blocks import Block, Paragraph
from forecast.report.chapters import next_releases
from forecast.report.phrases import as_printed, next_yoy
from forecast.report.words import Language


def sign(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what the next print is expected to be and what it would say, for page one."""
    return ((language.text["risk.watch"], _expected(outcome, language)),)


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return a sentence for each related series, below the next releases."""
    return (
        [Paragraph(sentence, "note") for sentence in watched(outcome, language)]
        if outcome.next_releases
        else []
    )


def watched(outcome: Outcome, language: Language) -> list[str]:
    """Return a sentence for each related series: what a weak or a strong next print of it would say of the return."""
    sentences = []
    for row in outcome.watch_related:
        watch = row.watch
        if not watch.tells:
            continue
        day = next_releases.due(outcome, (row.region, row.sector))
        due = "" if day is None else language.text["next.due"].format(day=language.day(day.isoformat()))
        sentences.append(
            language.say(
                "next.related",
                series=language.series(f"{row.region}_{row.sector}"),
                month=language.month(watch.month),
                due=due,
                low=language.percent(watch.low, 1, sign=True),
                high=language.percent(watch.high, 1, sign=True),
                by=language.month(watch.by),
                weak=language.odds(watch.chance_low),
                strong=language.odds(watch.chance_high),
            )
        )
    return sentences


def _expected(outcome: Outcome, language: Language) -> str:
    """The next growth on a year ago as it will be printed, else the next level."""
    soon, level = next_yoy(outcome), outcome.fan[0]
    values = (
        as_printed(soon, language)
        if soon is not None
        else {
            "month": language.month(level.month),
            "median": language.percent(level.median),
            "lower": language.percent(level.lower_80),
            "upper": language.percent(level.upper_80),
        }
    )
    expected = language.say("risk.watch_rate" if soon is not None else "risk.watch_text", **values)
    expectation = (
        language.say("risk.watch_calm", **values)
        if outcome.watch is None or not outcome.watch.tells
        else _hinge(outcome.watch, language)
    )
    return f"{expected} {expectation}"


def _hinge(watch: Watch, language: Language) -> str:
    """What a weak or a strong next print would say of the return."""
    return language.say(
        "risk.watch_hinge",
        by=language.month(watch.by),
        low=language.percent(watch.low, 1, sign=True),
        high=language.percent(watch.high, 1, sign=True),
        weak=language.odds(watch.chance_low),
        strong=language.odds(watch.chance_high),
    )
