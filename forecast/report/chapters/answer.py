"""The answer of the whole report: its headline, what stands under it, and the key numbers."""

from __future__ import annotations

from forecast.arrays import YEAR
from forecast.outcome import LatestFigure, Outcome
from forecast.report.blocks import Block, Facts, Heading, Paragraph, Tile, Tiles
from forecast.report.chapters import onset
from forecast.report.phrases import baseline, decimals, last_month, span, when, within_a_year
from forecast.report.words import Language

BELOW = 99.5
"""Percent of normal under which output is said to be below it. chosen: what is printed as less than 100."""

SOON_MONTHS = 3
"""Months from the origin within which a headline names the one in which output is all but surely back. 
chosen: a quarter, the nearest that a planner plans for."""

PROBABLE, IMPROBABLE = 0.66, 0.34
"""Probability from which a headline calls a date probable, as the words of chance do (66 of 100 on the
IPCC's scale), and what it leaves."""

SURE = 0.95
"""Probability from which a title states one date or one chance alone. chosen: as usual for what is all but sure."""


def opening(outcome: Outcome, language: Language) -> list[Block]:
    """Return the top of page one."""
    return [
        Heading(headline(outcome, language)),
        Paragraph(lead(outcome, language), "lead"),
        tiles(outcome, language),
    ]


def headline(outcome: Outcome, language: Language) -> str:
    """Return what the whole report says, in one sentence."""
    answer, say = baseline(outcome), language.say
    if outcome.slump is None:
        level = language.percent(outcome.history[-1].level_pct_of_normal)
        values = {"level": level, "origin": language.month(outcome.origin)}
        if outcome.onset is None:
            return say("finding.short_history", **values)
        return say("finding.no_slump", p=language.odds(outcome.onset.within(YEAR)), **values)
    p12, pnot = within_a_year(outcome, language), language.odds(answer.p_not_within_horizon)
    last = language.month(last_month(outcome))
    if answer.p_already_back >= SURE:
        return say("finding.already_sure", p=language.odds(answer.p_already_back))
    if answer.p_already_back >= 0.5:
        return say("finding.already", p=language.odds(answer.p_already_back), p12=p12)
    for row in answer.distribution[:SOON_MONTHS]:
        if row.cumulative >= SURE:
            return say("finding.soon", p=language.odds(row.cumulative), month=language.month(row.month))
    if answer.p_not_within_horizon >= SURE:
        return say("finding.hardly", pnot=pnot, last=last)
    stands = _stands(outcome, language)
    if answer.p_not_within_horizon >= PROBABLE:
        return say("finding.beyond", stands=stands, p12=p12, last=last)
    if answer.p_within_12 <= IMPROBABLE:
        late = next(
            (row.month for row in answer.distribution if row.cumulative > IMPROBABLE), last_month(outcome)
        )
        return say("finding.late", stands=stands, p12=p12, month=language.month(late))
    if answer.median is None:
        return say("finding.open", stands=stands, p12=p12)
    return say("finding.usual", stands=stands, p12=p12, median=language.month(answer.median))


def _stands(outcome: Outcome, language: Language) -> str:
    """Where output is at the origin, as the begin of a sentence."""
    level = outcome.history[-1].level_pct_of_normal
    if level >= BELOW:
        return language.text["finding.at"].format(level=language.percent(level))
    return language.text["finding.below"].format(gap=language.percent(100.0 - level))


def lead(outcome: Outcome, language: Language) -> str:
    """Return the two or three sentences under the title."""
    now = outcome.history[-1]
    sentences = [
        language.say(
            "lead.level" if now.upper > now.lower else "lead.level_known",
            origin=language.month(outcome.origin),
            level=language.percent(now.level_pct_of_normal),
            lower=language.percent(now.lower),
            upper=language.percent(now.upper),
        )
    ]
    if outcome.slump is None:
        gap = next(of.gap_pct for of in outcome.normal.definitions if of.kind == outcome.normal.kind)
        mean = language.percent(100.0 + gap)
        sentences.append(language.say("lead.mean", window=str(outcome.rule.window), level=mean))
        sentences += onset.begins(outcome, language)
    else:
        sentences.append(language.say("lead.start", start=language.month(outcome.slump.start)))
        sentences += _half(outcome, language)
    return " ".join(sentences)


def _half(outcome: Outcome, language: Language) -> list[str]:
    """By when half of the outcomes are back, and what is left; nothing where the headline has said it all."""
    answer = baseline(outcome)
    values = {"last": language.month(last_month(outcome)), "pnot": language.odds(answer.p_not_within_horizon)}
    if answer.p_already_back >= 0.5 or answer.p_not_within_horizon >= SURE:
        return []
    if answer.median is None:
        return [language.say("lead.open", **values)]
    return [language.say("lead.half", median=language.month(answer.median), **values)]


def tiles(outcome: Outcome, language: Language) -> Tiles:
    """Return the latest rates, where output stands, and when it is back; without a slump what a year brings."""
    answer = (_median, _within_a_year) if outcome.slump is not None else (_a_year_on, onset.tile)
    latest = (_latest(outcome, language),) if outcome.latest else ()
    return Tiles(
        (*latest, _level(outcome, language), *filter(None, (tile(outcome, language) for tile in answer)))
    )


def _latest(outcome: Outcome, language: Language) -> Facts:
    pairs = tuple(
        (
            f"{language.name('rate', row.measure)}, {language.short(row.period)}",
            _as_published(row, outcome, language),
        )
        for row in outcome.latest
    )
    return Facts(language.text["tile.latest" if outcome.unit == "figures" else "tile.computed"], pairs)


def _as_published(row: LatestFigure, outcome: Outcome, language: Language) -> str:
    """A rate with the digits it was printed with; one that we computed has one decimal."""
    if row.measure == "index":
        return language.number(row.value)
    return language.percent(row.value, decimals(row.value) if outcome.unit == "figures" else 1, sign=True)


def _level(outcome: Outcome, language: Language) -> Tile:
    now = outcome.history[-1]
    lines = [language.text["tile.level_unit"]]
    if now.upper > now.lower:
        lines.append(_band(now.lower, now.upper, language))
    return Tile(
        language.say("tile.level", origin=language.month(outcome.origin)),
        language.percent(now.level_pct_of_normal),
        tuple(lines),
    )


def _median(outcome: Outcome, language: Language) -> Tile:
    answer = baseline(outcome)
    return Tile(
        language.text["tile.median"],
        when(answer, outcome, language),
        (language.text["tile.range"], span(answer.interval_80, outcome, language)),
    )


def _within_a_year(outcome: Outcome, language: Language) -> Tile:
    answer = baseline(outcome)
    last = language.short(last_month(outcome))
    left = language.say("tile.not_within", last=last, p=language.odds(answer.p_not_within_horizon))
    return Tile(
        language.text["tile.within"],
        language.odds(answer.p_within_12),
        (language.chance(answer.p_within_12), left),
    )


def _a_year_on(outcome: Outcome, language: Language) -> Tile:
    then = outcome.fan[min(YEAR, len(outcome.fan)) - 1]
    return Tile(
        language.say("tile.ahead", month=language.month(then.month)),
        language.percent(then.median),
        (language.text["tile.level_unit"], _band(then.lower_80, then.upper_80, language)),
    )


def _band(lower: float, upper: float, language: Language) -> str:
    return language.say("tile.interval", lower=language.number(lower, 0), upper=language.percent(upper))
