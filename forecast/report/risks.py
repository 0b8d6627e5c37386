"""Risks with their direction and the sign to watch: what page one says beyond the finding, from numbers only."""

from __future__ import annotations

from forecast.outcome import Outcome, Watch
from forecast.report.findings import as_printed, baseline, kind, next_yoy
from forecast.report.words import Language

NOTABLE = 0.10
"""Difference of two probabilities from which a reader should hear of it."""

RARE = 0.05
"""Share of outcomes under which too few return to say what happens to them later."""


def risks(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the risks with their direction, and the sign to watch: (name, sentence), from numbers only."""
    items = [] if outcome.slump is None else _slump_risks(outcome, language)
    items += _fan_risks(outcome, language)
    items += [] if outcome.slump is None else _choice_risks(outcome, language)
    return tuple(items)


def _slump_risks(outcome: Outcome, language: Language) -> list[tuple[str, str]]:
    found, slump = baseline(outcome), outcome.slump
    assert slump is not None
    items = [
        (
            language.text["risk.trough"],
            language.say(
                "risk.trough_passed",
                p=language.odds(found.p_trough_passed),
                word=language.chance(found.p_trough_passed),
                trough=language.month(slump.trough),
                level=language.percent(slump.trough_pct_of_normal),
            ),
        )
    ]
    if found.p_relapse is not None and found.p_not_within_horizon <= 1 - RARE:
        items.append(
            (
                language.text["risk.relapse"],
                language.say(
                    "risk.relapse_text",
                    p=language.odds(found.p_relapse),
                    word=language.chance(found.p_relapse),
                    depth=language.percent(outcome.rule.threshold_pct / 2, 1),
                ),
            )
        )
    return items


def _fan_risks(outcome: Outcome, language: Language) -> list[tuple[str, str]]:
    then = outcome.fan[min(11, len(outcome.fan) - 1)]
    up, down = then.upper_80 - then.median, then.median - then.lower_80
    tilt = "even" if max(up, down) <= 1.25 * min(up, down) else "up" if up > down else "down"
    return [
        (
            language.text["risk.direction"],
            language.say(
                f"risk.direction_{tilt}",
                month=language.month(then.month),
                up=language.number(up, 0),
                down=language.number(down, 0),
            ),
        ),
        (
            language.text["risk.watch"],
            _watch(outcome, language),
        ),
    ]


def _watch(outcome: Outcome, language: Language) -> str:
    """The sign to watch: the next growth on a year ago as it will be printed, else the next level."""
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
    told = (
        language.say("risk.watch_calm", **values)
        if outcome.watch is None
        else _hinge(outcome.watch, language)
    )
    return f"{expected} {told}"


def _hinge(found: Watch, language: Language) -> str:
    """What a weak or a strong next print would say of the return."""
    return language.say(
        "risk.watch_hinge",
        by=language.month(found.by),
        low=language.percent(found.low, 1, sign=True),
        high=language.percent(found.high, 1, sign=True),
        weak=language.odds(found.chance_low),
        strong=language.odds(found.chance_high),
    )


def _choice_risks(outcome: Outcome, language: Language) -> list[tuple[str, str]]:
    """What of the return hangs on the definition of normal and on the model."""
    items = []
    found, used = baseline(outcome), outcome.normal.kind
    others = [d for d in outcome.normal.definitions if d.kind != used]
    far = max(others, key=lambda d: abs(d.recovery.p_within_12 - found.p_within_12), default=None)
    if far is not None and abs(far.recovery.p_within_12 - found.p_within_12) >= NOTABLE:
        text = language.say(
            "risk.definition_text",
            p=language.odds(found.p_within_12),
            used=kind(used, outcome, language),
            other=language.odds(far.recovery.p_within_12),
            kind=kind(far.kind, outcome, language),
        )
        items.append((language.text["risk.definition"], text))
    ranked = sorted(outcome.models, key=lambda m: m.p_within_12)
    if ranked and ranked[-1].p_within_12 - ranked[0].p_within_12 >= NOTABLE:
        text = language.say(
            "risk.models_text",
            low=language.odds(ranked[0].p_within_12),
            low_name=language.name("model", ranked[0].name),
            high=language.odds(ranked[-1].p_within_12),
            high_name=language.name("model", ranked[-1].name),
        )
        items.append((language.text["risk.models"], text))
    return items
