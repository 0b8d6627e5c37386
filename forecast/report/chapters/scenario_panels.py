"""The scenarios as small multiples: the chance by each month, each beside the baseline, on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forecast.arrays import YEAR
from forecast.charts.style import (
    MEDIAN,
    SOFT,
    WIDTH,
    Frame,
    draw_legend,
    frame,
    label,
    line,
    ordinal,
    styled,
    wrapped,
    years,
)
from forecast.charts.typeface import printable
from forecast.outcome import Outcome, ScenarioRow
from forecast.report.phrases import last_month
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BASELINE = "baseline"
LEFT, GUTTER = 22.0, 12.0  # room for the numbers of the axis, and between panels, points; chosen: by eye
PANEL, TICKS, LINE = 88.0, 16.0, 10.0
"""Height of a panel, of the years beneath, of a line of its name, points; chosen: by eye."""
LOW, HIGH = 12.0, 85.0
"""Percent below which a number stands above its dot, and above which below it; chosen: by eye."""
# How the baseline and a scenario are drawn; points.
BESIDE: Any = {"color": SOFT, "linewidth": 1.1, "linestyle": (0, (3, 1.5))}
OWN: Any = {"color": MEDIAN, "linewidth": 1.5}


def answered(outcome: Outcome) -> tuple[ScenarioRow, ...]:
    """Return the scenarios that have an answer, the baseline apart."""
    return tuple(row for row in outcome.scenarios if row.refused is None and row.name != BASELINE)


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


def spoken(outcome: Outcome, language: Language) -> str:
    """Return the small multiples in words."""
    points = [
        language.say(
            of_kind("whatif.alt_point", outcome),
            label=language.label(row.label) or row.name,
            p=language.odds(curve(outcome, row.name)[:12][-1]),
            pend=language.odds(curve(outcome, row.name)[-1]),
            pnot=language.odds(outcome.recovery[row.name].p_not_within_horizon),
            last=language.month(last_month(outcome)),
        )
        for row in answered(outcome)
    ]
    return language.say("whatif.alt", title=chart_title(outcome, language), points=" ".join(points))


def draw(outcome: Outcome, language: Language) -> Figure:
    """Return one panel per answered scenario; the outcome must hold one, and a curve of it."""
    rows = answered(outcome)
    columns = _side_by_side(len(rows))
    width = (WIDTH - LEFT - GUTTER * columns) / columns
    names = [wrapped(printable(language.label(row.label) or row.name), 7.5, 600, width) for row in rows]
    ranks = [range(at, min(at + columns, len(rows))) for at in range(0, len(rows), columns)]
    heads = [LINE * max(len(names[i]) for i in rank) + 6.0 for rank in ranks]
    with styled():
        chart = _frame(outcome, language, sum(heads) + len(ranks) * (PANEL + TICKS))
        y = chart.top - 14.0
        for rank, tall in zip(ranks, heads, strict=True):
            y -= tall + PANEL
            for place, i in enumerate(rank):
                left = LEFT + place * (width + GUTTER)
                axes = chart.axes(y, y + PANEL, left, left + width)
                _panel(axes, outcome, curve(outcome, rows[i].name), language)
                axes.set_title("\n".join(names[i]), fontsize=7.5, fontweight=600, loc="left", pad=5)
                if place:
                    axes.set_yticklabels([])
            y -= TICKS
        draw_legend(
            chart,
            {
                language.text["whatif.legend.own"]: line(marker="o", markersize=3.2, **OWN),
                language.text["whatif.legend.baseline"]: line(**BESIDE),
            },
        )
    return chart.figure


def _side_by_side(count: int) -> int:
    """Panels side by side: all where they are few, else rows as even as they can be."""
    return 3 if count in (5, 6, 9) else min(count, 4)


def _frame(outcome: Outcome, language: Language, panels: float) -> Frame:
    """The language around the panels, with `panels` points left between them."""
    subtitle = language.say(
        of_kind("whatif.subtitle", outcome),
        title=language.label(outcome.title),
        first=language.short(outcome.fan[0].month),
        last=language.short(last_month(outcome)),
    )
    source = language.say(
        "return.source", as_of=language.day(outcome.as_of), data_to=language.day(outcome.data_to)
    )
    around = 13.0 + 10.5 + 6.0 + 9.0 + 2.0 + 4.0 + 14.0
    return frame(chart_title(outcome, language), subtitle, source, height=panels + around)


def _panel(axes: Axes, outcome: Outcome, chances: tuple[float, ...], language: Language) -> None:
    """Draw one scenario over the baseline, with its chance within a year."""
    base = curve(outcome, BASELINE)
    x = [ordinal(row.month) for row in outcome.fan[: len(base)]]
    axes.plot(x, [100 * chance for chance in base], zorder=3, **BESIDE)
    y = [100 * chance for chance in chances]
    axes.plot(x, y, zorder=4, **OWN)
    at = min(12, len(x)) - 1
    axes.plot([x[at]], [y[at]], marker="o", markersize=3.2, color=MEDIAN, zorder=5)
    better = chances[at] >= base[at]
    above = y[at] < LOW or (better and y[at] < HIGH)
    label(
        axes,
        language.odds(chances[at]),
        (x[at], y[at]),
        (-3, 3) if above and better else (3, 3) if above else (3, -3),
        ha="right" if above and better else "left",
        va="bottom" if above else "top",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        zorder=2,
    )
    axes.axhline(50, color=SOFT, linewidth=0.5, linestyle=(0, (1, 2)), zorder=1)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100])
    axes.set_xlim(x[0] - 1, x[-1] + 1)
    years(axes, x[0], x[-1])
