"""Tables of the planner's questions: scenarios compared, annual targets, the next releases."""

from __future__ import annotations

from forecast.outcome import Outcome, ScenarioRow, TargetRow
from forecast.report.blocks import Column, Row, Span, Table, table
from forecast.report.findings import moment
from forecast.report.planning import BASELINE, refusal
from forecast.report.tables.columns import head, words
from forecast.report.words import Language


def scenarios(outcome: Outcome, language: Language) -> Table:
    """The scenarios beside the baseline; a refused one says why it has no answer."""
    years = sorted({year for row in outcome.scenarios for year in row.annual_growth})
    growth = [Column(language.say("column.growth", year=year), share=1.0) for year in years]
    columns: tuple[Column, ...] = (
        words(language, "column.scenario", 2.6),
        head(language, "column.half", 1.25),
        head(language, "column.within_12", 0.9),
        *growth,
        head(language, "column.gained", 0.9),
        head(language, "column.gained_mean", 1.35),
        head(language, "column.plausible", 1.1),
    )
    if outcome.slump is None:
        onset = [head(language, "column.onset", 1.5)] if outcome.onset is not None else []
        columns = (columns[0], *onset, *growth, columns[-1])
    rows = [_scenario(row, years, len(columns), outcome, language) for row in outcome.scenarios]
    return table(language.text["scenarios.title"], columns, rows)


def _scenario(row: ScenarioRow, years: list[str], width: int, outcome: Outcome, language: Language) -> Row:
    label = language.label(row.label) or row.name
    if row.refused is not None:
        return label, Span(refusal(row, language), width - 1)
    based = row.name == BASELINE
    growth = [_rate(row.annual_growth.get(year), language) for year in years]
    plausible = "" if row.plausibility is None else language.odds(row.plausibility)
    if outcome.slump is None:
        onset = [] if outcome.onset is None else [language.odds(outcome.onset.within(12, row.name))]
        return (label, *onset, *growth, plausible)
    return (
        label,
        moment(row.median, outcome, language),
        "" if row.p_within_12 is None else language.odds(row.p_within_12),
        *growth,
        "" if row.months_gained is None or based else language.number(row.months_gained, 0, sign=True),
        ""
        if row.months_below_gained is None or based
        else language.number(row.months_below_gained, 1, sign=True),
        plausible,
    )


def targets(outcome: Outcome, language: Language) -> Table:
    """Each annual target: its chance, what is expected, and what the remaining months need."""
    columns = (
        words(language, "column.target", 1.2),
        head(language, "column.reached", 1.0),
        words(language, "column.expected", 2.1),
        head(language, "column.remaining", 0.9),
        head(language, "column.needed_yoy", 1.2),
        head(language, "column.needed_mom", 1.1),
        head(language, "column.seen", 1.3),
    )
    return table(language.text["targets.title"], columns, [_target(row, language) for row in outcome.targets])


def _target(row: TargetRow, language: Language) -> Row:
    beyond = row.remaining_months > 0 and row.needed_mom_pct is None
    return (
        f"{row.year}: {_rate(row.target_pct, language)}",
        language.odds(row.probability),
        f"{_rate(row.expected_pct, language)} ({_span(row.lower_80, row.upper_80, language)})",
        str(row.remaining_months),
        _rate(row.needed_yoy_pct, language),
        language.text["targets.beyond"] if beyond else _rate(row.needed_mom_pct, language),
        "" if row.history_share is None else language.percent(100 * row.history_share),
    )


def next_releases(outcome: Outcome, language: Language) -> Table:
    """What the office will print for the coming months: median and the 50, 80 and 90 % intervals."""
    rows: list[Row] = [
        (
            language.short(row.month),
            language.name("measure", row.measure),
            _rate(row.median, language),
            *(
                _span(low, high, language)
                for low, high in (
                    (row.lower_50, row.upper_50),
                    (row.lower_80, row.upper_80),
                    (row.lower_90, row.upper_90),
                )
            ),
        )
        for row in outcome.next_releases
    ]
    columns = (
        words(language, "column.month", 1.0),
        words(language, "column.measure", 2.0),
        head(language, "column.median", 1.0),
        *(Column(language.say("column.band", share=str(share)), share=1.7) for share in (50, 80, 90)),
    )
    return table(language.text["next.title"], columns, rows)


def _rate(value: float | None, language: Language) -> str:
    """A rate as the office prints it: one decimal, with its sign."""
    return "" if value is None else language.percent(value, 1, sign=True)


def _span(lower: float, upper: float, language: Language) -> str:
    """An interval of rates."""
    return language.text["span"].format(lower=_rate(lower, language), upper=_rate(upper, language))


def printed(outcome: Outcome, language: Language) -> Table:
    """The rates printed after the forecast, each beside what had been expected of it."""
    assert outcome.outcome is not None
    rows: list[Row] = [
        (
            language.short(row.month),
            language.name("measure", row.measure),
            language.percent(row.value, 2, sign=True),
            language.day(row.published),
            _rate(row.median, language),
            _span(row.lower_80, row.upper_80, language),
            language.odds(row.share_below),
            language.text["after.yes" if row.lower_80 <= row.value <= row.upper_80 else "after.no"],
        )
        for row in outcome.outcome.printed
    ]
    columns = (
        words(language, "column.month", 0.9),
        words(language, "column.measure", 1.6),
        head(language, "column.value", 0.9),
        head(language, "column.published", 1.0),
        head(language, "column.median", 0.9),
        Column(language.say("column.band", share="80"), share=1.6),
        head(language, "after.share", 1.0),
        head(language, "column.inside", 0.7),
    )
    return table(language.text["after.printed"], columns, rows, long=True)
