"""Tables of what the answer rests on: history, published figures, models, failed fits."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

from forecast.outcome import FigureRow, Milestone, Outcome
from forecast.report.blocks import Column, Group, Link, Row, Table, table
from forecast.report.findings import when
from forecast.report.tables.columns import head, milestone_columns, words
from forecast.report.words import Language

SOURCE_LETTERS = 56  # of a linked title: one line of the table
SHORT_YEARS = 12  # a longer history is set small
SHORT_ROWS = 12  # so are more contradictions


def history(outcome: Outcome, language: Language) -> Table:
    """The history as years by months: percent of normal, or index points where levels were published."""
    levels = outcome.unit == "levels"
    by_month = {
        row.month: language.number(row.level, 1) if levels else language.number(row.level_pct_of_normal, 0)
        for row in outcome.history
        if not levels or row.kind == "published"
    }
    years = sorted({month[:4] for month in by_month})
    rows: list[Row] = [(year, *(by_month.get(f"{year}-{m:02d}", "") for m in range(1, 13))) for year in years]
    months = tuple(Column(name.lstrip("0"), share=1.0) for name in language.short_months)
    title = language.text["data.history_levels" if levels else "data.history"]
    columns = (Column(language.text["column.year"], "left", 1.0), *months)
    return table(title, columns, rows, long=len(years) > SHORT_YEARS)


def reproduction(outcome: Outcome, language: Language) -> Table:
    """How well the published figures are reproduced, per area and kind of rate."""
    groups = []
    for area, found in _by_area(outcome.figures, language):
        rows: list[Row] = []
        for measure in dict.fromkeys(row.measure for row in found):
            of = [row for row in found if row.measure == measure]
            misses = [abs(row.residual) for row in of if row.residual is not None]
            rows.append(
                (
                    language.name("measure", measure),
                    str(len(of)),
                    *(
                        str(sum(row.status == status for row in of))
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


def contradictions(outcome: Outcome, language: Language) -> Table:
    """The figures that cannot be true beside the others, set by set, and what the model makes of each."""
    named = [
        (area, row)
        for area, found in _by_area(outcome.figures, language)
        for row in found
        if row.status == "contradictory"
    ]
    numbered = any(row.sets for _, row in named)
    rows: list[Row] = [
        (
            area,
            language.name("measure", row.measure),
            *_figure(row, language)[:1],
            *_figure(row, language)[2:6],
            *([", ".join(map(str, row.sets))] if numbered else []),
        )
        for area, row in sorted(named, key=lambda pair: (not pair[1].sets, pair[1].sets))
    ]
    columns = (
        words(language, "column.series", 2.7),
        words(language, "column.measure", 2.1),
        words(language, "column.period", 0.9),
        *(head(language, f"column.{key}", 1.0) for key in ("value", "fitted", "residual", "published")),
        *([head(language, "column.set", 0.6)] if numbered else []),
    )
    title = language.say("data.contradictions", count=str(len(rows)))
    return table(title, columns, rows, long=len(rows) > SHORT_ROWS)


def figures(outcome: Outcome, language: Language) -> Table:
    """Every published figure with what the reconstruction makes of it, its date, status and linked source."""
    groups = tuple(
        Group(area, tuple(_figure(row, language) for row in found))
        for area, found in _by_area(outcome.figures, language)
    )
    columns = (
        words(language, "column.period"),
        words(language, "column.measure"),
        *(head(language, f"column.{key}") for key in ("value", "fitted", "residual", "published")),
        words(language, "column.status"),
        words(language, "column.source", 1.0),
    )
    return Table(language.text["data.figures"], columns, groups, long=True)


def models(outcome: Outcome, language: Language) -> Table:
    """The pool: weight, the answer of each model alone, and what was estimated."""
    rows: list[Row] = [
        (
            language.name("model", model.name),
            language.percent(100 * model.weight) if model.weight > 0 else language.text["models.beside"],
            when(
                Milestone(model.median, None, 0.0, model.p_within_12, model.p_not_within_horizon),
                outcome,
                language,
            ),
            language.odds(model.p_within_12),
            language.odds(model.p_not_within_horizon),
            _settings(model.summary, language),
        )
        for model in outcome.models
    ]
    columns = (
        words(language, "column.model", 3.2),
        head(language, "column.weight", 0.8),
        *milestone_columns(outcome, language)[1:],
        words(language, "column.settings", 6.4),
    )
    return table(language.text["models.title"], columns, rows)


def failed(outcome: Outcome, language: Language) -> Table:
    """Failed fits, alike ones counted together: the number of the draw is no reason of its own."""
    counts: dict[tuple[str, str], int] = {}
    for row in outcome.failed:
        draw, _, reason = row.reason.partition(": ")
        key = (row.model, reason if draw.startswith("draw ") and reason else row.reason)
        counts[key] = counts.get(key, 0) + 1
    rows: list[Row] = [
        (language.name("model", model), str(n), reason) for (model, reason), n in counts.items()
    ]
    columns = (
        words(language, "column.model"),
        head(language, "column.fits"),
        words(language, "column.reason", 1.0),
    )
    return table(language.say("failed.title", count=str(len(outcome.failed))), columns, rows)


def _by_area(rows: Iterable[FigureRow], language: Language) -> list[tuple[str, list[FigureRow]]]:
    """Figures by region and sector, in the order they come."""
    areas: dict[tuple[str, str], list[FigureRow]] = {}
    for row in rows:
        areas.setdefault((row.region, row.sector), []).append(row)
    return [
        (
            language.say(
                "data.group", region=language.name("region", region), sector=language.name("sector", sector)
            ),
            found,
        )
        for (region, sector), found in areas.items()
    ]


def _figure(row: FigureRow, language: Language) -> Row:
    title, _, address = row.source.partition(" | ")
    linked = address.startswith(("http://", "https://"))
    return (
        language.quarter(row.period) if row.measure == "qtr_yoy_pct" else language.short(row.period),
        language.name("rate", row.measure),
        _published(row.value, language),
        "" if row.fitted is None else language.number(row.fitted, 1),
        "" if row.residual is None else language.number(row.residual, 1, sign=True),
        language.day(row.published),
        "" if row.status == "used" else language.name("status", row.status),
        Link(_short(title), address) if linked else row.source,
    )


def _published(value: float, language: Language) -> str:
    """The figure as printed: one decimal, two where it has two."""
    return language.number(value, 1 if abs(value - round(value, 1)) < 1e-9 else 2)


def _short(title: str) -> str:
    """A linked title cut to one line; the page it opens and report.json have it whole."""
    return title if len(title) <= SOURCE_LETTERS else title[: SOURCE_LETTERS - 1].rstrip() + "…"


def _settings(summary: dict[str, Any], language: Language) -> str:
    """The settings that the language has words for; all others are in report.json."""
    parts = []
    for key, value in summary.items():
        template = language.text.get(f"setting.{key}")
        if template is None:
            continue
        printed = language.number(value, 2) if isinstance(value, float) else str(value)
        parts.append(template.format(value=printed))
    return "; ".join(parts)


def adjusted(outcome: Outcome, language: Language) -> Table:
    """The last months, seasonally adjusted by two methods."""
    found = outcome.adjustment
    assert found is not None
    columns = (
        words(language, "column.month", 1.6),
        *(Column(language.short(row.month), share=1.0) for row in found.months),
    )
    rows: list[Row] = [
        (language.text[name], *("" if v is None else language.number(v, 0) for v in values))
        for name, values in (
            (f"adjusted.by_{found.method}", [row.level_pct for row in found.months]),
            ("adjusted.builtin", [row.builtin_pct for row in found.months]),
        )
    ]
    return table(language.text["adjusted.title"], columns, rows)
