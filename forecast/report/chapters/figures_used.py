"""The figures that the answer rests on: how well they are reproduced, which contradict each other, and all of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import pandas as pd

from forecast.outcome import FigureRow, Outcome
from forecast.report.blocks import Block, Column, Group, Heading, Link, Paragraph, Row, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import by_area, decimals
from forecast.report.words import Language

SOURCE_LETTERS = 56
"""Letters of a linked title: one line of the table. chosen: by eye."""

SHORT_YEARS, SHORT_ROWS = 12, 12
"""Years of a history, and contradictions, of which more are set small. chosen: a third of a page."""


def opening(outcome: Outcome, language: Language) -> list[Block]:
    """Return the heading of the data part, and which published figures contradict each other."""
    heading = Heading(_heading(outcome, language), language.text["data.section"])
    if not outcome.figures:
        return [heading]
    contradictory = [row for row in outcome.figures if row.status == "contradictory"]
    return [
        heading,
        Paragraph(language.text["data.note"] + " " + _contradictions(contradictory, language)),
        *([_contradictory(outcome, language)] if contradictory else []),
    ]


def reproduced(outcome: Outcome, language: Language) -> list[Block]:
    """Return how well published figures are reproduced; nothing of levels."""
    return [_reproduction(outcome, language)] if outcome.figures else []


def listed(outcome: Outcome, language: Language) -> list[Block]:
    """Return the history month by month, and every published figure with its source."""
    return [_history(outcome, language), *([_figures(outcome, language)] if outcome.figures else [])]


def _heading(outcome: Outcome, language: Language) -> str:
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


def _history(outcome: Outcome, language: Language) -> Table:
    """The history as years by months: percent of normal, or index points where levels were published, else blank."""
    levels = outcome.unit == "levels"
    by_month = {
        row.month: language.number(row.level, 1) if levels else language.number(row.level_pct_of_normal, 0)
        for row in outcome.history
        if not levels or row.kind == "published"
    }
    years = sorted({month.year for month in by_month})
    rows: list[Row] = [
        (
            language.count(year),
            *(by_month.get(pd.Period(year=year, month=m, freq="M"), "") for m in range(1, 13)),
        )
        for year in years
    ]
    months = tuple(Column(name.lstrip("0"), share=1.0) for name in language.short_months)
    title = language.text["data.history_levels" if levels else "data.history"]
    columns = (Column(language.text["column.year"], "left", 1.0), *months)
    return table(title, columns, rows, long=len(years) > SHORT_YEARS)


def _reproduction(outcome: Outcome, language: Language) -> Table:
    """How well the published figures are reproduced, per area and kind of rate."""
    groups = []
    for area, own in by_area(outcome.figures, language):
        rows: list[Row] = []
        for measure in dict.fromkeys(row.measure for row in own):
            of = [row for row in own if row.measure == measure]
            misses = [abs(row.residual) for row in of if row.residual is not None]
            rows.append(
                (
                    language.name("measure", measure),
                    language.count(len(of)),
                    *(
                        language.count(sum(row.status == status for row in of))
                        for status in ("superseded", "contradictory")
                    ),
                    language.number(statistics.median(misses), 2) if misses else "",
                    language.number(max(misses), 2) if misses else "",
                )
            )
        groups.append(Group(area, tuple(rows)))
    columns = (
        words(language, "column.measure", 1.0),
        *(
            head(language, f"column.{key}")
            for key in ("count", "superseded", "contradictory", "typical", "largest")
        ),
    )
    return Table(language.text["data.summary"], columns, tuple(groups))


def _contradictory(outcome: Outcome, language: Language) -> Table:
    """The figures that cannot be true beside the others, by area and set, and what the model makes of each."""
    named = tuple(row for row in outcome.figures if row.status == "contradictory")
    numbered = any(row.sets for row in named)
    groups = tuple(
        Group(
            area,
            tuple(
                (
                    language.name("measure", row.measure),
                    *_figure(row, language)[:1],
                    *_figure(row, language)[2:6],
                    *([_sets(row, language)] if numbered else []),
                )
                for row in sorted(own, key=lambda row: (not row.sets, row.sets))
            ),
        )
        for area, own in by_area(named, language)
    )
    columns = (
        words(language, "column.measure", 2.1),
        words(language, "column.period", 0.9),
        *(head(language, f"column.{key}", 1.0) for key in ("value", "fitted", "residual", "published")),
        *([head(language, "column.set", 0.6)] if numbered else []),
    )
    title = language.say("data.contradictions", count=str(len(named)))
    return Table(title, columns, groups, long=len(named) > SHORT_ROWS)


def _sets(row: FigureRow, language: Language) -> str:
    """The numbers of the sets that a figure is in."""
    return language.count(row.sets[0]) if len(row.sets) == 1 else ", ".join(map(str, row.sets))


def _figures(outcome: Outcome, language: Language) -> Table:
    """Every published figure with what the reconstruction makes of it, its date, status and linked source."""
    groups = tuple(
        Group(area, tuple(_figure(row, language) for row in own))
        for area, own in by_area(outcome.figures, language)
    )
    columns = (
        words(language, "column.period"),
        words(language, "column.measure"),
        *(head(language, f"column.{key}") for key in ("value", "fitted", "residual", "published")),
        words(language, "column.status"),
        words(language, "column.source", 1.0),
    )
    return Table(language.text["data.figures"], columns, groups, long=True)


def _figure(row: FigureRow, language: Language) -> Row:
    title, _, address = row.source.partition(" | ")
    linked = address.startswith(("http://", "https://"))
    return (
        language.quarter(row.period) if row.measure == "qtr_yoy_pct" else language.short(row.period),
        language.name("rate", row.measure),
        language.number(row.value, decimals(row.value)),
        "" if row.fitted is None else language.number(row.fitted, 1),
        "" if row.residual is None else language.number(row.residual, 1, sign=True),
        language.day(row.published),
        "" if row.status == "used" else language.name("status", row.status),
        Link(_short(title), address) if linked else row.source,
    )


def _short(title: str) -> str:
    """A linked title cut to one line; the page it opens and report.json have it whole."""
    return title if len(title) <= SOURCE_LETTERS else title[: SOURCE_LETTERS - 1].rstrip() + "…"
