"""How good such dates have been on past slumps, at this age, and where not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from forecast.charts.style import MEDIAN, NORMAL, SOFT, WIDTH, Legend, draw_legend, frame, line, styled
from forecast.outcome import Outcome, Record, Stated
from forecast.report.blocks import Block, Chart, Heading, Paragraph, Points, Row, Table, table
from forecast.report.chapters import earlier_slumps
from forecast.report.columns import head, words
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


NO_BETTER = 0.5
"""Percent of the naive rule's error under which nothing is called saved. chosen: what rounds to none."""

RELIABILITY_MONTHS = 12  # the horizon of the chance on page one

HEIGHT = 165.0  # points; chosen: by eye
LEFT, GUTTER = 30.0, 44.0  # room for the numbers of each axis, points; chosen: by eye
DRAWN: Any = (
    {"color": MEDIAN, "marker": "o", "linewidth": 1.5},
    {"color": SOFT, "marker": "s", "linewidth": 1.1, "linestyle": (0, (4, 1.5))},
    {"color": NORMAL, "marker": "^", "linewidth": 1.1, "linestyle": (0, (1, 1.5))},
)
"""How each panel is drawn, told apart by mark and dash as well as by colour."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the record; nothing where the pool has been tried on no slump, or none is under way."""
    if not outcome.record or outcome.slump is None:
        return []
    return [
        Heading(heading(outcome, language), language.text["record.section"]),
        Points("", explained(outcome, language)),
        Chart("track_record", _spoken(outcome, language), partial(_draw, outcome, language)),
        _table(outcome, language),
        Paragraph(language.text["record.note"], "note"),
    ]


def heading(outcome: Outcome, language: Language) -> str:
    """Return by how much dates were better than the best naive rule, or on how many panels they were not."""
    saved = sorted(record.skill_pct or 0.0 for record in outcome.record)
    weak = sum(skill <= NO_BETTER for skill in saved)
    if weak:
        return language.say("record.heading_weak", weak=str(weak), count=str(len(saved)))
    low, high = language.percent(saved[0]), language.percent(saved[-1])
    chance = len(_unsure(outcome.record)) == len(outcome.record)
    return language.say(
        "record.heading_unsure" if chance else "record.heading",
        skill=low if low == high else language.text["span"].format(lower=low, upper=high),
    )


def explained(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what the record rests on, and how this slump stands in it: (name, sentence)."""
    records = outcome.record
    real = all(record.real_time for record in records)
    tried = language.say(
        "record.text",
        origins=language.number(sum(record.origins for record in records), 0),
        episodes=language.number(sum(record.episodes for record in records), 0),
        months=str(min(record.followed_months for record in records)),
        data=language.text["summary.real" if real else "summary.pseudo"],
    )
    points = (
        ("record.tried", [tried, *_judged_later(outcome, language)]),
        ("record.doubt", [*_by_chance(records, language), *_weak(records, language)]),
        ("record.at_age", _at_age(outcome, language)),
        ("record.age_alone", earlier_slumps.told(outcome, language)),
    )
    return tuple((language.text[name], " ".join(sentences)) for name, sentences in points if sentences)


def chart_title(outcome: Outcome, language: Language) -> str:
    """Return what came true of the chances stated for a year, over all panels."""
    rows = [row for record in outcome.record for row in within(record)]
    n = sum(row.forecasts for row in rows)
    stated, happened = (
        sum(getattr(row, name) * row.forecasts for row in rows) / n for name in ("predicted", "observed")
    )
    return language.say(
        "summary.reliability_title",
        months=str(RELIABILITY_MONTHS),
        stated=language.percent(100 * stated),
        happened=language.percent(100 * happened),
    )


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words."""
    points = [
        language.say(
            "record.alt_point",
            title=language.label(record.title),
            ages="; ".join(
                f"{months}: {language.percent(skill, sign=True)}" for months, skill in by_age(record)
            ),
        )
        for record in outcome.record
    ]
    return language.say("record.alt", title=chart_title(outcome, language), points=" ".join(points))


def by_age(record: Record) -> list[tuple[int, float]]:
    """Return months since the slump began with the percent of the naive rule's error saved, where known."""
    return [(row.months, row.skill_pct) for row in record.by_age if row.skill_pct is not None]


def within(record: Record) -> list[Stated]:
    """Return the classes of chances stated for a return within a year."""
    return [row for row in record.reliability if row.horizon == RELIABILITY_MONTHS]


def _judged_later(outcome: Outcome, language: Language) -> list[str]:
    """That the record rests on data of after the report's date; nothing where all was known by then."""
    later = [record.known_on for record in outcome.record if record.known_on > outcome.as_of]
    return [language.say("record.later", day=language.day(max(later)))] if later else []


def _by_chance(records: tuple[Record, ...], language: Language) -> list[str]:
    """The panels on which what was saved may be chance."""
    panels = [language.label(record.title) for record in _unsure(records)]
    return [language.say("record.chance", said="; ".join(panels))] if panels else []


def _unsure(records: tuple[Record, ...]) -> list[Record]:
    """The panels whose interval of what was saved reaches nothing, or is not known."""
    return [r for r in records if r.skill_interval_pct is None or r.skill_interval_pct[0] <= NO_BETTER]


def _at_age(outcome: Outcome, language: Language) -> list[str]:
    """How good dates were in slumps as old as this one; nothing without a slump."""
    if outcome.slump is None:
        return []
    age = (outcome.origin - outcome.slump.start).n
    points = []
    for record in outcome.record:
        if by_age(record):
            months, skill = min(by_age(record), key=lambda row: abs(row[0] - age))
            points.append(
                language.text["record.age_point"].format(
                    title=language.label(record.title),
                    months=months,
                    skill=language.percent(skill, sign=True),
                )
            )
    return [language.say("record.age", age=str(age), said="; ".join(points))] if points else []


def _weak(records: tuple[Record, ...], language: Language) -> list[str]:
    """The ages of a slump at which nothing was saved."""
    points = [
        language.text["record.age_point"].format(
            title=language.label(record.title), months=months, skill=language.percent(skill, sign=True)
        )
        for record in records
        for months, skill in by_age(record)
        if skill <= NO_BETTER
    ]
    return [language.say("record.weak", said="; ".join(points))] if points else []


def _table(outcome: Outcome, language: Language) -> Table:
    """One row per panel of past slumps."""
    columns = (
        words(language, "record.panel", 2.8),
        head(language, "record.slumps", 0.9),
        head(language, "record.forecasts", 1.2),
        head(language, "record.error", 0.9),
        words(language, "record.naive", 3.2),
        head(language, "record.skill", 0.8),
        head(language, "record.interval", 1.2),
        head(language, "record.covered", 1.0),
    )
    return table(
        language.text["record.title"], columns, [_row(record, language) for record in outcome.record]
    )


def _row(record: Record, language: Language) -> Row:
    naive = f"{language.name('model', record.best_naive)}: {language.number(record.naive_error_months, 1)}"
    interval = "–"
    if record.skill_interval_pct is not None:
        low, high = (language.number(end, 0, sign=True) for end in record.skill_interval_pct)
        interval = f"{low} … {high}%"
    return (
        language.label(record.title),
        language.count(record.episodes),
        language.count(record.origins),
        language.number(record.error_months, 1),
        naive,
        "–" if record.skill_pct is None else language.percent(record.skill_pct, sign=True),
        interval,
        language.percent(100 * record.coverage_80),
    )


def _draw(outcome: Outcome, language: Language) -> Figure:
    """Two panels: skill by months since the slump began, and reliability within a year."""
    panels = ", ".join(language.label(record.title) for record in outcome.record)
    with styled():
        chart = frame(
            chart_title(outcome, language),
            language.text["record.subtitle"],
            language.say("record.source", titles=panels),
            height=HEIGHT,
        )
        middle, low, high = (WIDTH - LEFT) / 2, chart.bottom + 14, chart.top - 16
        saved = chart.axes(low, high, LEFT, middle)
        came = chart.axes(low, high, middle + GUTTER, WIDTH - 8)
        legend: Legend = {}
        for record, drawn in zip(outcome.record, DRAWN, strict=False):
            ages = by_age(record)
            saved.plot([age for age, _ in ages], [skill for _, skill in ages], markersize=3.4, **drawn)
            stated = within(record)
            came.plot(
                [100 * row.predicted for row in stated],
                [100 * row.observed for row in stated],
                markersize=3.4,
                clip_on=False,
                **drawn,
            )
            legend[language.label(record.title)] = line(markersize=3.4, **drawn)
        saved.axhline(0, color=NORMAL, linewidth=0.9)
        saved.set_xticks(sorted({age for record in outcome.record for age, _ in by_age(record)}))
        saved.yaxis.set_major_formatter(lambda value, _: language.number(value, 0, sign=True))
        came.plot([0, 100], [0, 100], color=NORMAL, linewidth=0.9)
        came.set_xlim(0, 100)
        came.set_ylim(0, 100)
        draw_legend(chart, legend)
    return chart.figure
