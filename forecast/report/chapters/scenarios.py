"""What if: the scenarios beside the baseline, in words, in a table, and a small chart each."""

from __future__ import annotations

from functools import partial

from forecast.arrays import YEAR
from forecast.outcome import AssumedMonth, Onset, Outcome, ScenarioRow
from forecast.report.blocks import Block, Chart, Column, Heading, Paragraph, Row, Span, Table, table
from forecast.report.chapters import scenario_panels, targets
from forecast.report.columns import head, words
from forecast.report.phrases import moment, rate
from forecast.report.words import Language

FELT_MONTHS = 0.1
"""Expected months below normal from which a scenario is said to move the answer. chosen: three days."""

WHOLE = ("few", "unlearned")
"""Reasons whose numbers are counts."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the scenarios compared; nothing where there are none."""
    if not outcome.scenarios:
        return []
    sentences = [language.text[scenario_panels.of_kind("whatif.note", outcome)], *assumed(outcome, language)]
    return [
        Heading(heading(outcome, language), language.text["whatif.section"]),
        *_picture(outcome, language),
        _table(outcome, language),
        Paragraph(" ".join(sentences), "note"),
    ]


def _picture(outcome: Outcome, language: Language) -> list[Block]:
    if not scenario_panels.drawn(outcome):
        return []
    draw = partial(scenario_panels.draw, outcome, language)
    return [Chart("scenarios", scenario_panels.spoken(outcome, language), draw)]


def heading(outcome: Outcome, language: Language) -> str:
    """Return what the scenarios say: the one that costs or saves most, and how likely the first target is."""
    rows = scenario_panels.answered(outcome)
    causes = [row for row in rows if row.plausibility is None or row.assumed]
    free = causes or list(rows)  # those that assume a result come last
    if not free:
        sentence = language.say("whatif.none")
    elif outcome.slump is not None:
        sentence = _strongest(free, language)
    else:
        sentence = _alarming(free, outcome.onset, language)
    if not outcome.targets:
        return sentence
    return language.say("whatif.and", first=sentence, second=targets.chance(outcome.targets[0], language))


def assumed(outcome: Outcome, language: Language) -> list[str]:
    """Return a sentence for each path of a related series that a scenario assumes, beside what is expected of it."""
    sentences = []
    for row in outcome.scenarios:
        for series in dict.fromkeys(month.series for month in row.assumed):
            own = [month for month in row.assumed if month.series == series]
            months = ", ".join(_beside(month, language) for month in own)
            slope = own[0]
            sentences.append(
                language.say(
                    "assumed.path",
                    label=language.label(row.label) or row.name,
                    series=language.series(series),
                    months=months,
                    slope=language.percent(slope.elasticity, 1),
                    lower=language.percent(slope.elasticity_lower, 1),
                    upper=language.percent(slope.elasticity_upper, 1),
                )
            )
    return sentences


def _beside(month: AssumedMonth, language: Language) -> str:
    """One month of an assumed path, with what is expected of it."""
    return language.text["assumed.month"].format(
        month=language.short(month.month),
        assumed=language.percent(month.assumed_pct, 1, sign=True),
        expected=language.percent(month.expected_pct, 1, sign=True),
        lower=language.percent(month.lower_80, 1, sign=True),
        upper=language.percent(month.upper_80, 1, sign=True),
    )


def refusal(row: ScenarioRow, language: Language) -> str:
    """Return in plain words why a scenario has no answer; a reason that is not known says only that."""
    code = f"refused.{row.refused_code}"
    if code not in language.text:
        return language.say("refused.other")
    digits = 0 if row.refused_code in WHOLE else 1
    numbers = [language.number(value, digits) for value in row.refused_values]
    return language.say(code, **dict(zip(("a", "b", "c"), numbers, strict=False)))


def _strongest(rows: list[ScenarioRow], language: Language) -> str:
    """The scenario that costs most, else the one that saves most."""
    low, high = min(rows, key=_gain), max(rows, key=_gain)
    row = low if _gain(low) <= -FELT_MONTHS else high
    if abs(_gain(row)) < FELT_MONTHS:
        return language.say("whatif.even")
    return language.say(
        "whatif.saves" if _gain(row) > 0 else "whatif.costs",
        label=language.label(row.label) or row.name,
        months=language.number(abs(_gain(row)), 1),
    )


def _alarming(rows: list[ScenarioRow], onset: Onset | None, language: Language) -> str:
    """The scenario that moves the chance of a slump within a year most."""
    if onset is None:
        return language.say("whatif.calm_unknown")
    base = onset.within(YEAR)
    row = max(rows, key=lambda one: abs(onset.within(YEAR, one.name) - base))
    moved = onset.within(YEAR, row.name)
    chances = {"base": language.odds(base), "p": language.odds(moved)}
    if chances["base"] == chances["p"]:
        return language.say("whatif.calm_even", base=chances["base"])
    key = "whatif.raises" if moved > base else "whatif.lowers"
    return language.say(key, label=language.label(row.label) or row.name, **chances)


def _gain(row: ScenarioRow) -> float:
    return row.months_below_gained or 0.0


def _table(outcome: Outcome, language: Language) -> Table:
    """The scenarios beside the baseline; a refused one says why it has no answer."""
    years = sorted({year for row in outcome.scenarios for year in row.annual_growth})
    growth = [Column(language.say("column.growth", year=year), share=1.0) for year in years]
    columns: tuple[Column, ...] = (
        words(language, "column.scenario", 2.6),
        head(language, "column.half", 1.25),
        head(language, "column.within_12", 0.9),
        *growth,
        head(language, "column.gained", 0.9),
        head(language, "column.below_change", 1.35),
        head(language, "column.plausible", 1.1),
    )
    if outcome.slump is None:
        onset = [head(language, "column.onset", 1.5)] if outcome.onset is not None else []
        columns = (columns[0], *onset, *growth, columns[-1])
    rows = [_row(row, years, len(columns), outcome, language) for row in outcome.scenarios]
    return table(language.text["scenarios.title"], columns, rows)


def _row(row: ScenarioRow, years: list[str], width: int, outcome: Outcome, language: Language) -> Row:
    label = language.label(row.label) or row.name
    if row.refused is not None:
        return label, Span(refusal(row, language), width - 1)
    based = row.name == scenario_panels.BASELINE
    growth = [rate(row.annual_growth.get(year), language) for year in years]
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
        else language.number(-row.months_below_gained, 1, sign=True),
        plausible,
    )
