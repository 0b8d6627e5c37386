"""What happened after the day of the report, on a marked page of its own."""

from __future__ import annotations

from functools import partial

from forecast.outcome import Observed, Outcome
from forecast.report.blocks import Block, Break, Chart, Column, Heading, Paragraph, Row, Table, table
from forecast.report.chapters import fan
from forecast.report.columns import head, words
from forecast.report.phrases import baseline, last_month, rate, rates
from forecast.report.words import Language

ONE_SIDED = 0.8
"""Share of months on one side of the median from which a forecast is called too low or too high. chosen:
four of five; of ten independent months so many lie on one side once in nine times by chance."""

FEWEST = 6
"""Months from which that is said. chosen: half a year."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return what came true beside the forecast; nothing where it is not asked for."""
    seen = outcome.outcome
    if seen is None:
        return []
    bands = {row.month: row for row in outcome.fan}
    within = [
        bands[row.month].lower_80 <= row.level_pct_of_normal <= bands[row.month].upper_80
        for row in seen.months
        if row.month in bands
    ]
    inside = language.say(
        "afterwards.inside",
        inside=str(sum(within)),
        count=str(len(within)),
        data_to=language.month(seen.data_to),
    )
    picture = partial(fan.draw, outcome, language, _title(outcome, language), since=True)
    return [
        Break(),
        Heading(heading(outcome, language), language.text["afterwards.section"]),
        Paragraph(language.say("afterwards.mark", as_of=language.day(outcome.as_of)), "mark"),
        Chart("afterwards", _spoken(outcome, language), picture),
        Paragraph(" ".join([inside, *_beside_the_median(outcome, language)])),
        _table(outcome, language),
        *_printed(outcome, language),
    ]


def _beside_the_median(outcome: Outcome, language: Language) -> list[str]:
    """On which side of its median what came since lay; nothing where no month can be compared."""
    assert outcome.outcome is not None
    median = {row.month: row.median for row in outcome.fan}
    comparable = [seen for seen in outcome.outcome.months if seen.month in median]
    if not comparable:
        return []
    above, count = sum(seen.level_pct_of_normal > median[seen.month] for seen in comparable), len(comparable)
    counts = {"above": str(above), "below": str(count - above), "count": str(count)}
    if count < FEWEST or max(above, count - above) / count < ONE_SIDED:
        return [language.say("afterwards.around", **counts)]
    return [language.say("afterwards.above" if 2 * above > count else "afterwards.below", **counts)]


def _title(outcome: Outcome, language: Language) -> str:
    return language.say("afterwards.title", as_of=language.day(outcome.as_of))


def heading(outcome: Outcome, language: Language) -> str:
    """Return what came true, a return or the next slump, beside the chance that the forecast had given it."""
    seen, answer = outcome.outcome, baseline(outcome)
    assert seen is not None
    if outcome.slump is None:
        return _onset(outcome, seen, language)
    if seen.recovery_month is not None:
        given = seen.probability_given if seen.probability_given is not None else answer.p_already_back
        last = last_month(outcome)
        return language.say(
            "afterwards.recovered" if seen.recovery_month <= last else "afterwards.recovered_beyond",
            month=language.month(seen.recovery_month), last=language.month(last), p=language.odds(given),
        )  # fmt: skip
    month = seen.not_recovered_by or seen.data_to
    by = {row.month: row.cumulative for row in answer.distribution}
    if month in by:
        return language.say(
            "afterwards.not_recovered", month=language.month(month), p=language.odds(1 - by[month])
        )
    if month <= outcome.origin:
        return language.say(
            "afterwards.not_recovered",
            month=language.month(month),
            p=language.odds(1 - answer.p_already_back),
        )
    return language.say(
        "afterwards.not_recovered_beyond",
        month=language.month(month),
        last=language.month(last_month(outcome)),
        p=language.odds(answer.p_not_within_horizon),
    )


def _onset(outcome: Outcome, seen: Observed, language: Language) -> str:
    """Whether a slump began since, beside its chance; the bare title where the history was too short to tell."""
    if seen.onset_given is None:
        return _title(outcome, language)
    last, began = last_month(outcome), seen.slump_began
    month = began or seen.data_to
    keys = (
        ("afterwards.no_slump", "afterwards.no_slump_beyond")
        if began is None
        else ("afterwards.slump", "afterwards.slump_beyond")
    )
    return language.say(
        keys[month > last],
        month=language.month(month), last=language.month(last), p=language.odds(seen.onset_given),
    )  # fmt: skip


def _table(outcome: Outcome, language: Language) -> Table:
    """Month by month what was forecast and what was published since."""
    assert outcome.outcome is not None
    bands = {row.month: row for row in outcome.fan}
    rows: list[Row] = []
    for seen in outcome.outcome.months:
        if seen.month not in bands:
            continue
        band = bands[seen.month]
        inside = band.lower_80 <= seen.level_pct_of_normal <= band.upper_80
        rows.append(
            (
                language.short(seen.month),
                language.number(seen.level_pct_of_normal, 1),
                language.number(band.median, 1),
                f"{language.number(band.lower_80, 1)}–{language.number(band.upper_80, 1)}",
                language.text["afterwards.yes" if inside else "afterwards.no"],
            )
        )
    columns = (
        words(language, "column.month", 1.0),
        head(language, "column.observed", 1.0),
        head(language, "column.median", 1.0),
        Column(language.say("column.band", share="80"), share=1.0),
        head(language, "column.inside", 1.0),
    )
    return table(language.text["afterwards.table"], columns, rows, long=True)


def _printed(outcome: Outcome, language: Language) -> list[Block]:
    """The rates printed since, beside what had been expected of each."""
    assert outcome.outcome is not None
    rows = outcome.outcome.printed
    if not rows:
        return []
    inside = sum(row.lower_80 <= row.value <= row.upper_80 for row in rows)
    sentence = language.say("afterwards.printed_inside", inside=str(inside), count=str(len(rows)))
    return [Paragraph(sentence), _rates(outcome, language)]


def _rates(outcome: Outcome, language: Language) -> Table:
    """The rates printed after the forecast, each beside what had been expected of it."""
    assert outcome.outcome is not None
    rows: list[Row] = [
        (
            language.short(row.month),
            language.name("measure", row.measure),
            language.percent(row.value, 2, sign=True),
            language.day(row.published),
            rate(row.median, language),
            rates(row.lower_80, row.upper_80, language),
            language.odds(row.share_below),
            language.text["afterwards.yes" if row.lower_80 <= row.value <= row.upper_80 else "afterwards.no"],
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
        head(language, "afterwards.share", 1.0),
        head(language, "column.inside", 0.7),
    )
    return table(language.text["afterwards.printed"], columns, rows, long=True)


def _spoken(outcome: Outcome, language: Language) -> str:
    """What was published since in words, twice a year."""
    assert outcome.outcome is not None
    every = outcome.outcome.months[5::6]
    points = [f"{language.month(row.month)}: {language.percent(row.level_pct_of_normal)}." for row in every]
    return language.say("fan.alt", title=_title(outcome, language), points=" ".join(points))
