"""The method: how to read the report, the rule, the slump, the models, the words, and how to make it again."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import csvs
from forecast.report.blocks import Block, Heading, Points
from forecast.report.chapters import models, onset
from forecast.report.phrases import baseline, last_month
from forecast.report.words import Language


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the last part of every report."""
    text = language.text
    explained = (
        (text["method.read"], text["method.read_text"]),
        (text["method.words_title"], _chance_words(language)),
        (text["method.rule"], _rule(outcome, language)),
        (text["method.slump"], _slump(outcome, language)),
        (text["models.title"], _pool(outcome, language)),
    )
    return [
        Heading(text["method.heading"], text["method.section"]),
        Points("", explained),
        *models.section(outcome, language),
        Points(text["glossary.title"], language.glossary, columns=2),
        Points(text["stamp.title"], _stamp(outcome, language)),
    ]


def _stamp(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """How to make the report again."""
    text, stamp = language.text, outcome.stamp
    return (
        (text["stamp.command"], stamp.command),
        (text["stamp.seed"], str(stamp.seed)),
        (text["stamp.config"], stamp.config_sha256),
        (text["stamp.data"], stamp.data_sha256),
        (text["stamp.versions"], ", ".join(f"{name} {version}" for name, version in stamp.versions.items())),
        (text["stamp.attached"], _attached(outcome, language)),
    )


def _chance_words(language: Language) -> str:
    steps = [
        language.text["method.words"].format(word=word, least=least) if least else word
        for least, word in language.chances
    ]
    return "; ".join(steps) + "."


def _rule(outcome: Outcome, language: Language) -> str:
    rule = outcome.rule
    return language.say(
        "method.rule_text",
        window=str(rule.window),
        hold=str(rule.hold),
        how=language.text["method.rule_auto" if rule.automatic else "method.rule_given"],
        sigma=language.percent(rule.sigma_pct, 1),
        threshold=language.percent(rule.threshold_pct, 1),
        horizon=str(outcome.horizon),
        last=language.month(last_month(outcome)),
    )


def _slump(outcome: Outcome, language: Language) -> str:
    slump = outcome.slump
    if slump is None:
        sentence = language.say("method.no_slump", calendar=language.calendar(outcome.calendar))
        return " ".join([sentence, *onset.explained(outcome, language)])
    return language.say(
        "method.slump_text",
        start=language.month(slump.start),
        how=language.text["method.slump_given" if slump.start_given else "method.slump_dated"],
        peak_from=language.month(slump.peak_from),
        peak_to=language.month(slump.peak_to),
        calendar=language.calendar(outcome.calendar),
    )


def _pool(outcome: Outcome, language: Language) -> str:
    return language.say(
        "method.pool" if outcome.unit == "figures" else "method.pool_levels",
        paths=language.number(outcome.stamp.paths, 0),
        effective=language.number(baseline(outcome).effective_paths, 0),
        draws=language.number(outcome.stamp.draws, 0),
        horizon=str(outcome.horizon),
    )


def _attached(outcome: Outcome, language: Language) -> str:
    return language.text["stamp.attached_text"].format(tables=", ".join(csvs.names(outcome)))
