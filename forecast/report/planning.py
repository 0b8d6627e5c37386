"""The planner's questions in words: what if, will the target be met, what is printed next."""

from __future__ import annotations

from forecast.outcome import AssumedMonth, Nowcast, Onset, Outcome, ScenarioRow, TargetRow
from forecast.report import next_print
from forecast.report.findings import as_printed, next_yoy
from forecast.report.words import Language

BASELINE = "baseline"
YEAR = 12

FELT_MONTHS = 0.1
"""Expected months below normal from which a scenario is said to move the answer."""

NAMED = 6
"""Series named in a sentence; of more it says how many."""

WHOLE = ("few", "unlearned")
"""Reasons whose numbers are counts."""


def answered(outcome: Outcome) -> tuple[ScenarioRow, ...]:
    """Return the scenarios that have an answer, the baseline apart."""
    return tuple(row for row in outcome.scenarios if row.refused is None and row.name != BASELINE)


def what_if(outcome: Outcome, language: Language) -> str:
    """Return what the scenarios say: the one that costs or saves most, and how likely the first target is."""
    rows = answered(outcome)
    causes = [row for row in rows if row.plausibility is None or row.assumed]
    free = causes or list(rows)  # those that assume a result come last
    if not free:
        said = language.say("whatif.none")
    elif outcome.slump is not None:
        said = _strongest(free, language)
    else:
        said = _alarming(free, outcome.onset, language)
    if not outcome.targets:
        return said
    return language.say("whatif.and", first=said, second=target(outcome.targets[0], language))


def target(row: TargetRow, language: Language) -> str:
    """Return how likely a target is, as a part of a sentence."""
    return language.text["whatif.target"].format(
        year=str(row.year),
        target=language.percent(row.target_pct, 0 if row.target_pct == round(row.target_pct) else 1),
        p=language.odds(row.probability),
    )


def coming(outcome: Outcome, language: Language) -> str:
    """Return what the next print is expected to be, on a year ago where that is forecast; else the first target."""
    soon = next_yoy(outcome) or next(iter(outcome.next_releases), None)
    if soon is None:
        said = target(outcome.targets[0], language)
        return said[:1].upper() + said[1:]
    return language.say(
        "next.heading", measure=language.name("measure", soon.measure), **as_printed(soon, language)
    )


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


def watched(outcome: Outcome, language: Language) -> list[str]:
    """Return a sentence for each related series: what a weak or a strong next print of it would say of the return."""
    sentences = []
    for row in outcome.watch_related:
        found = row.watch
        day = next_print.due(outcome, (row.region, row.sector))
        due = "" if day is None else language.text["next.due"].format(day=language.day(day.isoformat()))
        sentences.append(
            language.say(
                "next.related",
                series=language.series(f"{row.region}_{row.sector}"),
                month=language.month(found.month),
                due=due,
                low=language.percent(found.low, 1, sign=True),
                high=language.percent(found.high, 1, sign=True),
                by=language.month(found.by),
                weak=language.odds(found.chance_low),
                strong=language.odds(found.chance_high),
            )
        )
    return sentences


def curve(outcome: Outcome, scenario: str) -> tuple[float, ...]:
    """Return the chance by each month of being back; where nothing slumps that a slump has begun, () if not known."""
    if outcome.slump is not None:
        return tuple(row.cumulative for row in outcome.recovery[scenario].distribution)
    return () if outcome.onset is None else outcome.onset.cumulative[scenario]


def drawn(outcome: Outcome) -> bool:
    """Whether there are scenarios to draw."""
    return bool(answered(outcome)) and bool(curve(outcome, BASELINE))


def of_kind(key: str, outcome: Outcome) -> str:
    """Return the key of a sentence, of its own where nothing slumps."""
    return key if outcome.slump is not None else f"{key}_calm"


def chart_title(outcome: Outcome, language: Language) -> str:
    """Return the message of the small multiples: the chances within a year, from the lowest to the highest."""
    chances = [curve(outcome, row.name)[:YEAR][-1] for row in answered(outcome)]
    low, high = language.odds(min(chances)), language.odds(max(chances))
    return language.say(
        of_kind("whatif.title" if low != high else "whatif.title_one", outcome),
        base=language.odds(curve(outcome, BASELINE)[:YEAR][-1]),
        low=low,
        high=high,
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
    said = {"base": language.odds(base), "p": language.odds(moved)}
    if said["base"] == said["p"]:
        return language.say("whatif.calm_even", base=said["base"])
    key = "whatif.raises" if moved > base else "whatif.lowers"
    return language.say(key, label=language.label(row.label) or row.name, **said)


def _gain(row: ScenarioRow) -> float:
    return row.months_below_gained or 0.0


def nowcast(found: Nowcast, language: Language) -> str:
    """Return which months others have published before the target, and what was mended or left out of their figures."""
    if found.refused:
        return language.text["nowcast.refused"]
    shown = [language.series(name) for name in found.series[:NAMED]]
    more = len(found.series) - len(shown)
    named = ", ".join(shown) + (language.text["nowcast.more"].format(count=str(more)) if more else "")
    said = [language.say("nowcast.text", months=", ".join(map(language.month, found.months)), series=named)]
    if found.models:
        models = ", ".join(language.name("nowcast_model", name) for name in found.models)
        said.append(language.say("nowcast.models", models=models))
    said += [
        language.say(
            f"nowcast.told_{note.kind}",
            indicator=note.indicator,
            month=language.month(note.month) if note.month else "",
        )
        for note in found.notes
    ]
    return " ".join(said)
