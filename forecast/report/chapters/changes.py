"""What changed since the report before: release by release, and how the answer moved from report to report."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from forecast.charts.style import (
    BANDS,
    MEDIAN,
    SOFT,
    WIDTH,
    Legend,
    draw_legend,
    frame,
    label,
    line,
    ordinal,
    patch,
    styled,
    years_up,
)
from forecast.outcome import Change, Changes, Outcome, Printed, Snapshot
from forecast.report.blocks import Block, Chart, Column, Heading, Paragraph, Points, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import moment, span
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


FEWEST, MOST = 3, 12
"""Reports from which, and up to which, a picture of them is drawn. chosen: a year of monthly ones."""

SHOWN = 4
"""Figures of one release that are listed; a release of many says how many more there were. chosen: a row's height."""

HEIGHT = 190.0  # points; chosen: by eye
WIDE, NARROW = 0.44, 0.22  # of the bars, reports; chosen: by eye
BEYOND = 4
"""Months that what lies after the horizon is drawn as. chosen: by eye."""

MOST_NAMED = 7
"""Days that the width can hold. chosen: by eye."""

# How the median of a report is drawn, and what lies after its horizon; points.
_DOT: Any = {"color": MEDIAN, "marker": "o", "markersize": 4.2, "linestyle": "none"}
_AFTER: Any = {"facecolor": "white", "edgecolor": MEDIAN, "hatch": "////", "linewidth": 0.5}


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return what each release since the report before did to the answer, and the answers one after another."""
    changes, blocks = outcome.changes, list[Block]()
    if changes is not None:
        blocks += [
            Heading(heading(changes, language), language.text["changes.section"]),
            _releases(changes, language),
            Paragraph(_after_entering(language.text["changes.note"], changes, language), "note"),
        ]
    if told(outcome):
        if changes is None:
            blocks.append(Heading(evolution_title(outcome, language), language.text["changes.section"]))
        blocks += [
            Chart("evolution", _spoken(outcome, language), partial(_draw, outcome, language)),
            _reports(outcome, language),
        ]
    return blocks


def on_page_one(outcome: Outcome, language: Language) -> list[Block]:
    """Return how the answer moved since the report before, or that there is nothing to compare."""
    changes = outcome.changes
    if changes is None:
        return _points((language.text["changes.nothing"], language.text["changes.nothing_text"]), language)
    most = max(changes.rows, key=lambda row: abs(row.effect))
    moved_most = language.say(
        "changes.most" if most.first is None else "changes.most_of",
        first=language.day(most.first or most.published),
        published=language.day(most.published),
        region=language.name("region", most.region),
        points=language.number(100 * most.effect, 1, sign=True),
    )
    values = _moved(changes, language)
    same, moved = (
        ("changes.point_same", "changes.point_text")
        if changes.event == "return"
        else ("changes.point_same_calm", "changes.point_text_calm")
    )
    sentence = language.say(same if values["before"] == values["now"] else moved, most=moved_most, **values)
    sentence = _after_entering(sentence, changes, language)
    return _points((language.say("changes.point", since=language.day(changes.since)), sentence), language)


def heading(changes: Changes, language: Language) -> str:
    """Return how far the chance of a return has moved, or where nothing slumps that of a slump."""
    values = _moved(changes, language)
    same, moved = (
        ("changes.heading_same", "changes.heading")
        if changes.event == "return"
        else ("changes.heading_same_calm", "changes.heading_calm")
    )
    return language.say(
        same if values["before"] == values["now"] else moved, since=language.day(changes.since), **values
    )


def _after_entering(sentence: str, changes: Changes, language: Language) -> str:
    """Put before a sentence that a slump was dated since, where one was."""
    return " ".join((language.text["changes.entered"], sentence)) if changes.entered else sentence


def _moved(changes: Changes, language: Language) -> dict[str, str]:
    return {
        "by": language.month(changes.by),
        "before": language.odds(changes.before),
        "now": language.odds(changes.now),
    }


def told(outcome: Outcome) -> tuple[Snapshot, ...]:
    """Return the latest answers given in a slump and this one, oldest first; none where they are few."""
    if outcome.slump is None:
        return ()
    given = tuple(one for one in outcome.snapshots if one.slump_start is not None)
    latest = (*given, outcome.snapshot())[-MOST:]
    return latest if len(latest) >= FEWEST else ()


def _points(point: tuple[str, str], language: Language) -> list[Block]:
    return [Points(language.text["changes.section"], (point,))]


def evolution_title(outcome: Outcome, language: Language) -> str:
    """Return when half of the outcomes were back, in the oldest of the reports shown and now."""
    reports = told(outcome)
    before, now = (moment(one.median, one, language) for one in (reports[0], reports[-1]))
    key = "evolution.title_same" if before == now else "evolution.title"
    return language.say(key, day=language.day(reports[0].as_of), before=before, now=now)


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words."""
    points = [
        language.say(
            "evolution.alt_point",
            day=language.day(one.as_of),
            half=moment(one.median, one, language),
            most=span(one.interval_80, one, language),
            p=language.odds(one.p_within_12),
        )
        for one in told(outcome)
    ]
    return language.say("evolution.alt", title=evolution_title(outcome, language), points=" ".join(points))


def _releases(changes: Changes, language: Language) -> Table:
    """Each release, what it printed and how far it moved the chance; the last row is the whole change."""
    columns = (
        words(language, "column.published", 1.1),
        words(language, "column.series", 1.6),
        words(language, "column.printed", 3.6),
        head(language, "column.effect", 0.9),
        Column(language.say("changes.yoy", month=language.short(changes.month)), share=1.1),
    )
    rows: list[Row] = [_row(change, language) for change in changes.rows]
    total = language.say("changes.total", since=language.day(changes.since))
    moved = language.number(sum(row.effect_on_yoy for row in changes.rows), 1, sign=True)
    rows.append((total, "", "", _in_points(changes.now - changes.before, language), moved))
    title = "changes.title" if changes.event == "return" else "changes.title_calm"
    return table(language.say(title, by=language.month(changes.by)), columns, rows)


def _reports(outcome: Outcome, language: Language) -> Table:
    """What each report answered, the latest last."""
    columns = (
        words(language, "evolution.report", 1.1),
        head(language, "evolution.origin", 1.0),
        head(language, "column.half", 1.3),
        head(language, "evolution.most", 1.7),
        head(language, "column.within_12", 1.0),
        head(language, "sensitivity.not", 1.2),
    )
    rows: list[Row] = [
        (
            language.day(one.as_of),
            language.short(one.origin),
            moment(one.median, one, language),
            span(one.interval_80, one, language),
            language.odds(one.p_within_12),
            language.odds(one.p_not_within_horizon),
        )
        for one in told(outcome)
    ]
    return table(language.text["evolution.table"], columns, rows)


def _row(change: Change, language: Language) -> Row:
    region, sector = language.name("region", change.region), language.name("sector", change.sector)
    figures = [_figure(one, language) for one in change.printed[-SHOWN:]]
    more = len(change.printed) - len(figures)
    if more:
        figures.append(language.text["changes.more"].format(count=language.number(more, 0)))
    days = [language.day(day) for day in (change.first, change.published) if day is not None]
    return (
        " – ".join(days),
        f"{region}: {sector}",
        "; ".join(figures),
        _in_points(change.effect, language),
        language.number(change.effect_on_yoy, 1, sign=True),
    )


def _in_points(change: float, language: Language) -> str:
    """A change of a chance in percentage points."""
    return language.number(100 * change, 1, sign=True)


def _figure(one: Printed, language: Language) -> str:
    """A printed number with its expectation."""
    rate = one.measure != "index"
    value = language.percent(one.value, 2, sign=True) if rate else language.number(one.value)
    figure = f"{language.short(one.period)}, {language.name('rate', one.measure)}: {value}"
    if one.expected is None:
        return figure
    expected = language.percent(one.expected, 1, sign=True) if rate else language.number(one.expected)
    awaited = language.text["changes.expected"].format(value=expected)
    return f"{figure} ({awaited})"


def _draw(outcome: Outcome, language: Language) -> Figure:
    """The month of return by report: median, ranges of 50 and 80 outcomes in 100, chance within a year."""
    reports = told(outcome)
    first = min(
        ordinal(month) for one in reports for month in (one.origin, one.interval_80[0], one.median) if month
    )
    top = max(ordinal(one.last_month) for one in reports) + BEYOND
    with styled():
        chart = frame(
            evolution_title(outcome, language),
            language.say("evolution.subtitle", title=language.label(outcome.title)),
            language.text["evolution.source"],
            height=HEIGHT,
        )
        axes = chart.axes(chart.bottom + 14, chart.top - 24, 30.0, WIDTH - 8)
        for at, one in enumerate(reports):
            for width, share in ((WIDE, 80), (NARROW, 50)):
                _range(axes, at, width, share, one)
            axes.plot([at], [_at(one.median, one)], **_DOT)
            label(
                axes,
                language.odds(one.p_within_12),
                (at, _at(one.interval_80[1], one, BEYOND)),
                (0, 3),
                ha="center",
            )
        step, last = 1 + (len(reports) - 1) // MOST_NAMED, len(reports) - 1
        names = [language.day(one.as_of) if (last - at) % step == 0 else "" for at, one in enumerate(reports)]
        axes.set_xticks(range(len(reports)), names)
        axes.set_xlim(-0.6, last + 0.6)
        axes.set_ylim(first, top + 1)
        years_up(axes, first, top)
        legend: Legend = {
            language.text["evolution.legend.median"]: line(**_DOT),
            language.text["evolution.legend.50"]: patch(facecolor=BANDS[50]),
            language.text["evolution.legend.80"]: patch(facecolor=BANDS[80]),
        }
        if any(one.interval_80[1] is None for one in reports):
            legend[language.text["evolution.legend.after"]] = patch(**_AFTER)
        draw_legend(chart, legend)
    return chart.figure


def _range(axes: Axes, at: int, width: float, share: int, one: Snapshot) -> None:
    """A bar between the ends of an interval; what lies after the horizon is hatched."""
    early, late = one.interval_80 if share == 80 else one.interval_50
    low, high = _at(early, one, 0), _at(late, one, 0)
    axes.bar(at, high - low, width, bottom=low, color=BANDS[share], edgecolor=SOFT, linewidth=0.3)
    if late is None and share == 80:
        axes.bar(at, BEYOND, width, bottom=high, **_AFTER)


def _at(month: pd.Period | None, one: Snapshot, beyond: float = BEYOND / 2) -> float:
    """Where a month stands; one after the horizon `beyond` months above its end."""
    return ordinal(one.last_month) + beyond if month is None else ordinal(month)
