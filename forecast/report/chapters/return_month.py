"""The month of return: its chances and intervals in words, tables and a picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from forecast.charts.style import BANDS, MARGINS, MEDIAN, SOFT, frame, label, styled, whole_ticks
from forecast.outcome import Outcome
from forecast.report.blocks import Block, Chart, Heading, Paragraph, Row, Side, Table, table
from forecast.report.columns import head, words
from forecast.report.phrases import baseline, kind, last_month, moment
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


RARE = 0.05
"""Share of outcomes under which too few return to say what happens to them later. chosen: of 1,000 paths
fifty, whose share is known to 7 points."""

ROOM = 80.0
"""Percent above which a number stands below the line. chosen: by eye."""

LABELLED = 2.0
"""Percent from which the mass already back carries its number. chosen: by eye."""

SPOKEN = (6, 12, 24, 36)
"""Months ahead that are said of the chart. chosen: the horizons of the answer's own chances."""


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return when output is back; without a slump, where it stands."""
    sentence = heading(outcome, language)
    if outcome.slump is None:
        return [Heading(sentence, language.text["return.section_none"])]
    return [
        Heading(sentence, language.text["return.section"]),
        Chart("return_months", _spoken(outcome, language), partial(draw, outcome, language)),
        Side(chances(outcome, language), intervals(outcome, language)),
        Paragraph(confirmation(outcome, language)),
    ]


def heading(outcome: Outcome, language: Language) -> str:
    """Return what the central 80 % of the recovery month says; without a slump where output stands."""
    answer = baseline(outcome)
    if outcome.slump is None:
        used = next(row for row in outcome.normal.definitions if row.kind == outcome.normal.kind)
        return language.say(
            "return.heading_none",
            window=str(outcome.rule.window),
            level=language.percent(100 + used.gap_pct),
            kind=kind(used.kind, outcome, language),
        )
    early, late = answer.interval_80
    values = {
        "last": language.month(last_month(outcome)),
        "pnot": language.odds(answer.p_not_within_horizon),
        "early": language.month(early) if early else "",
        "late": language.month(late) if late else "",
    }
    if early is None:
        return language.say("return.heading_never", **values)
    already = early <= outcome.origin
    if late is None:
        return language.say("return.heading_wide" if already else "return.heading_open", **values)
    if late <= outcome.origin:
        return language.say("finding.already_sure", p=language.odds(answer.p_already_back))
    if early == late:
        return language.say("return.heading_in", **values)
    return language.say("return.heading_by" if already else "return.heading_both", **values)


def title(outcome: Outcome, language: Language) -> str:
    """Return the message of the return chart: the chances at one and two years and what is left."""
    rows = baseline(outcome).distribution
    left = language.odds(baseline(outcome).p_not_within_horizon)
    if len(rows) <= 24:
        return language.say(
            "return.title_short",
            last=language.month(rows[-1].month),
            p_last=language.odds(rows[-1].cumulative),
            pnot=left,
        )
    return language.say(
        "return.title",
        first=language.month(rows[11].month),
        p_first=language.odds(rows[11].cumulative),
        second=language.month(rows[23].month),
        p_second=language.odds(rows[23].cumulative),
        last=language.month(rows[-1].month),
        pnot=left,
    )


def confirmation(outcome: Outcome, language: Language) -> str:
    """Return when a return counts, and how much later it is known."""
    rule = outcome.rule
    return language.say(
        "return.confirm", window=str(rule.window), hold=str(rule.hold), lag=str(rule.hold - 1)
    )


def relapse(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """Return how likely a return is to be lost again, for page one; nothing where too few outcomes return to say."""
    answer = baseline(outcome)
    if outcome.slump is None or answer.p_relapse is None or answer.p_not_within_horizon > 1 - RARE:
        return ()
    sentence = language.say(
        "risk.relapse_text",
        p=language.odds(answer.p_relapse),
        word=language.chance(answer.p_relapse),
        depth=language.percent(outcome.rule.threshold_pct / 2, 1),
    )
    return ((language.text["risk.relapse"], sentence),)


def chances(outcome: Outcome, language: Language) -> Table:
    """Return the chance of being back by a few dates, number first, then its word."""
    answer = baseline(outcome)
    dates = (
        ("column.already", answer.p_already_back, 0),
        ("column.within_6", answer.p_within_6, 6),
        ("column.within_12", answer.p_within_12, 12),
        ("column.within_24", answer.p_within_24, 24),
    )
    rows: list[Row] = [
        (language.text[key], language.odds(p), language.chance(p))
        for key, p, h in dates
        if h <= outcome.horizon
    ]
    left = answer.p_not_within_horizon
    label = language.text["column.not"].format(last=language.short(last_month(outcome)))
    rows.append((label, language.odds(left), language.chance(left)))
    columns = (
        words(language, "column.by_then", 1.1),
        head(language, "column.probability"),
        words(language, "column.in_words", 1.0),
    )
    return table(language.text["return.chances"], columns, rows)


def intervals(outcome: Outcome, language: Language) -> Table:
    """Return the central 50, 80 and 90 % intervals of the recovery month."""
    answer = baseline(outcome)
    spans = ((50, answer.interval_50), (80, answer.interval_80), (90, answer.interval_90))
    rows: list[Row] = [
        (
            language.say("column.share_of", share=str(share)),
            moment(early, outcome, language),
            moment(late, outcome, language),
        )
        for share, (early, late) in spans
    ]
    columns = (
        words(language, "column.share", 1.0),
        head(language, "column.early", 1.0),
        head(language, "column.late", 1.0),
    )
    return table(language.text["return.intervals"], columns, rows)


def _spoken(outcome: Outcome, language: Language) -> str:
    """The chart in words."""
    answer = baseline(outcome)
    points = [
        language.say("return.alt_point", month=language.month(row.month), p=language.odds(row.cumulative))
        for h, row in enumerate(answer.distribution, start=1)
        if h in SPOKEN
    ]
    return language.say(
        "return.alt",
        title=title(outcome, language),
        already=language.odds(answer.p_already_back),
        points=" ".join(points),
    )


def draw(outcome: Outcome, language: Language) -> Figure:
    """Return the return chart: probability by each month as a line, in each month as bars, and what lies after."""
    rows = baseline(outcome).distribution
    last = rows[-1].month
    with styled():
        chart = frame(
            title(outcome, language),
            language.say(
                "return.subtitle",
                title=language.label(outcome.title),
                first=language.short(rows[0].month),
                last=language.short(last),
            ),
            language.say(
                "return.source", as_of=language.day(outcome.as_of), data_to=language.day(outcome.data_to)
            ),
            height=290.0,
        )
        cut = chart.bottom + 0.4 * (chart.top - chart.bottom)
        upper = chart.axes(cut + 14, chart.top - 20)
        lower = chart.axes(chart.bottom + 24, cut - 20)
        _cumulative(upper, outcome, language)
        _monthly(lower, outcome, language)
        for axes, key in ((upper, "return.by_axis"), (lower, "return.in_axis")):
            axes.set_xlim(-2.2, len(rows) + 3.2)
            axes.annotate(
                language.text[key],
                (0.0, 1.0),
                xycoords="axes fraction",
                xytext=(-MARGINS[0] + 4, 9),
                textcoords="offset points",
                fontsize=7.0,
                color=SOFT,
                annotation_clip=False,
            )
    return chart.figure


def _cumulative(axes: Axes, outcome: Outcome, language: Language) -> None:
    """Draw P(back by each month), the mass already back, and what is left after the last month."""
    answer = baseline(outcome)
    rows = answer.distribution
    x = [0, *range(1, len(rows) + 1)]
    y = [100 * answer.p_already_back, *(100 * row.cumulative for row in rows)]
    axes.step(x, y, where="mid", color=MEDIAN, linewidth=1.4)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.axhline(50, color=SOFT, linewidth=0.5, linestyle=(0, (1, 2)))
    axes.bar(-1.2, y[0], width=1.4, color=BANDS[50], edgecolor=MEDIAN, linewidth=0.6)
    if y[0] >= LABELLED:
        label(axes, language.odds(answer.p_already_back), (-1.2, y[0]), (0, 2), ha="center")
    beyond = len(rows) + 2.2
    hatched: Any = {"facecolor": "white", "edgecolor": MEDIAN, "hatch": "/////", "linewidth": 0.6}
    axes.bar(beyond, 100 - y[-1], bottom=y[-1], width=1.4, **hatched)
    label(
        axes,
        language.odds(answer.p_not_within_horizon),
        (beyond + 0.7, (100 + y[-1]) / 2),
        (4, 0),
        va="center",
    )
    for h in sorted({h for h in (6, 12, 24) if h < len(rows)} | {len(rows)}):
        axes.plot([h], [y[h]], marker="o", markersize=3.2, color=MEDIAN)
        below = y[h] > ROOM
        label(
            axes,
            language.odds(y[h] / 100),
            (h, y[h]),
            (2, -4) if below else (-3, 3),
            ha="left" if below else "right",
            va="top" if below else "bottom",
        )
    axes.set_xticks(_return_ticks(len(rows)), [])


def _monthly(axes: Axes, outcome: Outcome, language: Language) -> None:
    """Draw P(return in each month), and name the masses at both ends."""
    rows = baseline(outcome).distribution
    axes.bar(
        range(1, len(rows) + 1),
        [100 * row.probability for row in rows],
        width=0.8,
        color=BANDS[50],
        edgecolor=MEDIAN,
        linewidth=0.4,
    )
    ticks = _return_ticks(len(rows))
    axes.set_xticks(
        [-1.2, *ticks, len(rows) + 2.2],
        [
            language.text["return.already"],
            *(language.short(rows[h - 1].month) for h in ticks),
            language.text["return.after"].format(last=language.short(rows[-1].month)),
        ],
    )
    axes.set_ylim(0, max(1.0, 115.0 * max(row.probability for row in rows)))
    whole_ticks(axes, 4)
    axes.yaxis.set_major_formatter(lambda value, _: language.number(value, 0 if value == round(value) else 1))


def _return_ticks(horizon: int) -> list[int]:
    """Horizons that carry a date: every half year, every quarter where few."""
    step = 24 if horizon > 96 else 12 if horizon > 48 else 6 if horizon > 18 else 3 if horizon > 6 else 1
    return list(range(step, horizon - step // 2, step))
