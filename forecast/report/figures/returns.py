"""The return chart: probability by each month and in each month, and the masses before and after."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from forecast.outcome import Outcome
from forecast.report import findings
from forecast.report.figures.style import BANDS, MARGINS, MEDIAN, SOFT, STYLE, frame, label
from forecast.report.words import LANGUAGES, Language

ROOM = 80.0  # percent above which a number stands below the line
LABELLED = 2.0  # percent from which the mass already back carries its number


def return_months(outcome: Outcome, language: str = "en") -> Figure:
    """Return the return chart: probability by each month as a line, in each month as bars, and what lies after."""
    words = LANGUAGES[language]
    found = findings.baseline(outcome)
    rows = found.distribution
    last = rows[-1].month
    with mpl.rc_context(STYLE):
        chart = frame(
            findings.return_title(outcome, words),
            words.say(
                "return.subtitle",
                title=words.label(outcome.title),
                first=words.short(rows[0].month),
                last=words.short(last),
            ),
            words.say("return.source", as_of=words.day(outcome.as_of), data_to=words.day(outcome.data_to)),
            height=290.0,
        )
        cut = chart.bottom + 0.4 * (chart.top - chart.bottom)
        upper = chart.axes(cut + 14, chart.top - 20)
        lower = chart.axes(chart.bottom + 24, cut - 20)
        _cumulative(upper, outcome, words)
        _monthly(lower, outcome, words)
        for axes, key in ((upper, "return.by_axis"), (lower, "return.in_axis")):
            axes.set_xlim(-2.2, len(rows) + 3.2)
            axes.annotate(
                words.text[key],
                (0.0, 1.0),
                xycoords="axes fraction",
                xytext=(-MARGINS[0] + 4, 9),
                textcoords="offset points",
                fontsize=7.0,
                color=SOFT,
                annotation_clip=False,
            )
    return chart.figure


def _cumulative(axes: Axes, outcome: Outcome, words: Language) -> None:
    """Draw P(back by each month), the mass already back, and what is left after the last month."""
    found = findings.baseline(outcome)
    rows = found.distribution
    x = [0, *range(1, len(rows) + 1)]
    y = [100 * found.p_already_back, *(100 * row.cumulative for row in rows)]
    axes.step(x, y, where="mid", color=MEDIAN, linewidth=1.4)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.axhline(50, color=SOFT, linewidth=0.5, linestyle=(0, (1, 2)))
    axes.bar(-1.2, y[0], width=1.4, color=BANDS[50], edgecolor=MEDIAN, linewidth=0.6)
    if y[0] >= LABELLED:
        label(axes, words.odds(found.p_already_back), (-1.2, y[0]), (0, 2), ha="center")
    beyond = len(rows) + 2.2
    hatched: Any = {"facecolor": "white", "edgecolor": MEDIAN, "hatch": "/////", "linewidth": 0.6}
    axes.bar(beyond, 100 - y[-1], bottom=y[-1], width=1.4, **hatched)
    label(
        axes, words.odds(found.p_not_within_horizon), (beyond + 0.7, (100 + y[-1]) / 2), (4, 0), va="center"
    )
    for h in sorted({h for h in (6, 12, 24) if h < len(rows)} | {len(rows)}):
        axes.plot([h], [y[h]], marker="o", markersize=3.2, color=MEDIAN)
        below = y[h] > ROOM
        label(
            axes,
            words.odds(y[h] / 100),
            (h, y[h]),
            (2, -4) if below else (-3, 3),
            ha="left" if below else "right",
            va="top" if below else "bottom",
        )
    axes.set_xticks(_return_ticks(len(rows)), [])


def _monthly(axes: Axes, outcome: Outcome, words: Language) -> None:
    """Draw P(return in each month), and name the masses at both ends."""
    found = findings.baseline(outcome)
    rows = found.distribution
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
            words.text["return.already"],
            *(words.short(rows[h - 1].month) for h in ticks),
            words.text["return.after"].format(last=words.short(rows[-1].month)),
        ],
    )
    axes.set_ylim(0, max(1.0, 115.0 * max(row.probability for row in rows)))
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(lambda value, _: words.number(value, 0 if value == round(value) else 1))


def _return_ticks(horizon: int) -> list[int]:
    """Horizons that carry a date: every half year, every quarter where few."""
    step = 24 if horizon > 96 else 12 if horizon > 48 else 6 if horizon > 18 else 3 if horizon > 6 else 1
    return list(range(step, horizon - step // 2, step))
