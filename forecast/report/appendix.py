"""The appendix of the report: the data that it rests on, the method, the words, how to make it again."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from forecast.outcome import FigureRow, Outcome
from forecast.report import csvs, findings, revisions, season, tables
from forecast.report.blocks import Block, Chart, Heading, Paragraph, Points
from forecast.report.words import Language


def data(outcome: Outcome, language: Language) -> list[Block]:
    """Return the data part: what was published, how well it is reproduced, season and history."""
    blocks: list[Block] = [Heading(_data_heading(outcome, language), language.text["data.section"])]
    if not outcome.figures:
        return [
            *blocks,
            *_season(outcome, language),
            *_adjusted(outcome, language),
            *_odd(outcome, language),
            tables.history(outcome, language),
        ]
    contradictory = [row for row in outcome.figures if row.status == "contradictory"]
    return [
        *blocks,
        Paragraph(language.text["data.note"] + " " + _contradictions(contradictory, language)),
        *([tables.contradictions(outcome, language)] if contradictory else []),
        *_odd(outcome, language),
        tables.reproduction(outcome, language),
        *([Chart("revisions", revisions.spoken(outcome, language))] if revisions.revisions(outcome) else []),
        *_season(outcome, language),
        *_adjusted(outcome, language),
        tables.history(outcome, language),
        tables.figures(outcome, language),
    ]


def _odd(outcome: Outcome, language: Language) -> list[Block]:
    """Figures that may be wrong, as `check` tells them, where there are any."""
    found = tables.findings(outcome, language)
    return [found] if any(group.rows for group in found.groups) else []


def _contradictions(named: Sequence[FigureRow], language: Language) -> str:
    """Whether figures contradict the others, and in how many sets that cannot all be true."""
    if not named:
        return language.text["data.no_contradictions"]
    stated = [language.text["data.some_contradictions"]]
    sets = {number for row in named for number in row.sets}
    if sets:
        stated.append(language.say("data.sets", count=str(len(sets))))
        stated += [language.text["data.in_no_set"]] if any(not row.sets for row in named) else []
    return " ".join(stated)


def _season(outcome: Outcome, language: Language) -> list[Block]:
    """The seasonal pattern, with Tết where the calendar has it; none where the levels came adjusted."""
    return [Chart("season", season.spoken(outcome, language))] if outcome.season else []


def _adjusted(outcome: Outcome, language: Language) -> list[Block]:
    """The gap by another seasonal adjustment, where one was asked for."""
    found = outcome.adjustment
    if found is None:
        return []
    return [
        Paragraph(findings.adjusted(found, outcome.rule.window, language)),
        tables.adjusted(outcome, language),
    ]


def _data_heading(outcome: Outcome, language: Language) -> str:
    if not outcome.figures:
        return language.say(
            "data.heading_levels",
            count=language.number(sum(row.kind == "published" for row in outcome.history), 0),
            first=language.short(outcome.history[0].month),
            last=language.short(outcome.history[-1].month),
        )
    misses = [abs(row.residual) for row in outcome.figures if row.residual is not None]
    count = language.number(len(outcome.figures), 0)
    if not misses:
        return language.say("data.heading_plain", count=count)
    return language.say("data.heading", count=count, typical=language.number(statistics.median(misses), 2))


def method(outcome: Outcome, language: Language) -> list[Block]:
    """Return the method part: how to read, rule, slump, models, words, and how to make the report again."""
    text = language.text
    blocks: list[Block] = [
        Heading(text["method.heading"], text["method.section"]),
        Points(
            "",
            (
                (text["method.read"], text["method.read_text"]),
                (text["method.words_title"], _chance_words(language)),
                (text["method.rule"], _rule(outcome, language)),
                (text["method.slump"], _slump(outcome, language)),
                (text["models.title"], _pool(outcome, language)),
            ),
        ),
        tables.models(outcome, language),
    ]
    if outcome.failed:
        blocks.append(tables.failed(outcome, language))
    else:
        blocks.append(Paragraph(text["failed.none"], "note"))
    stamp = outcome.stamp
    versions = ", ".join(f"{name} {version}" for name, version in stamp.versions.items())
    blocks.append(Points(text["glossary.title"], language.glossary, columns=2))
    blocks.append(
        Points(
            text["stamp.title"],
            (
                (text["stamp.command"], stamp.command),
                (text["stamp.seed"], str(stamp.seed)),
                (text["stamp.config"], stamp.config_sha256),
                (text["stamp.data"], stamp.data_sha256),
                (text["stamp.versions"], versions),
                (text["stamp.attached"], _attached(outcome, language)),
            ),
        )
    )
    return blocks


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
        last=language.month(findings.last_month(outcome)),
    )


def _slump(outcome: Outcome, language: Language) -> str:
    slump = outcome.slump
    if slump is None:
        said = language.say("method.no_slump", calendar=language.calendar(outcome.calendar))
        if outcome.onset is None:
            return said
        outside = language.percent(100 * outcome.onset.outside)
        return " ".join([said, language.say("method.onset", outside=outside)])
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
        effective=language.number(findings.baseline(outcome).effective_paths, 0),
        draws=language.number(outcome.stamp.draws, 0),
        horizon=str(outcome.horizon),
    )


def _attached(outcome: Outcome, language: Language) -> str:
    return language.text["stamp.attached_text"].format(tables=", ".join(csvs.files(outcome)))
