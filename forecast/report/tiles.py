"""The key numbers of page one."""

from __future__ import annotations

from forecast.outcome import LatestFigure, Outcome
from forecast.report import findings
from forecast.report.blocks import Facts, Tile, Tiles
from forecast.report.words import Language

YEAR = 12


def tiles(outcome: Outcome, language: Language) -> Tiles:
    """Return the latest rates, where output stands, and when it is back; without a slump what a year brings."""
    answer = (_median, _within_a_year) if outcome.slump is not None else (_a_year_on, _slump_begins)
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
    plain = outcome.unit != "figures" or abs(row.value - round(row.value, 1)) < 1e-9
    return language.percent(row.value, 1 if plain else 2, sign=True)


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
    found = findings.baseline(outcome)
    return Tile(
        language.text["tile.median"],
        findings.when(found, outcome, language),
        (language.text["tile.range"], findings.span(found.interval_80, outcome, language)),
    )


def _within_a_year(outcome: Outcome, language: Language) -> Tile:
    found = findings.baseline(outcome)
    last = language.short(findings.last_month(outcome))
    left = language.say("tile.not_within", last=last, p=language.odds(found.p_not_within_horizon))
    return Tile(
        language.text["tile.within"],
        language.odds(found.p_within_12),
        (language.chance(found.p_within_12), left),
    )


def _a_year_on(outcome: Outcome, language: Language) -> Tile:
    then = outcome.fan[min(YEAR, len(outcome.fan)) - 1]
    return Tile(
        language.say("tile.ahead", month=language.month(then.month)),
        language.percent(then.median),
        (language.text["tile.level_unit"], _band(then.lower_80, then.upper_80, language)),
    )


def _slump_begins(outcome: Outcome, language: Language) -> Tile | None:
    if outcome.onset is None:
        return None
    chance = outcome.onset.within(YEAR)
    last = language.short(findings.last_month(outcome))
    by_then = language.odds(outcome.onset.within(outcome.horizon))
    return Tile(
        language.text["tile.onset"],
        language.odds(chance),
        (language.chance(chance), language.say("tile.onset_by", last=last, p=by_then)),
    )


def _band(lower: float, upper: float, language: Language) -> str:
    return language.say("tile.interval", lower=language.number(lower, 0), upper=language.percent(upper))
