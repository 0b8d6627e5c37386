"""The style that the charts of a report share: colours, sizes, the words around a chart, years on its axis.

Title = message, subtitle = measure, geography and period, source beneath. One blue for the future and grey for the
past, in steps that stay apart in grey; line style, markers and hatching repeat what colour says. Matplotlib is imported
when the first chart is drawn.
"""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forecast.charts.typeface import FAMILY, FILES, printable

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font

INK, SOFT, PALE = "#1a1a1a", "#5f6670", "#d9dce0"
BANDS = {90: "#d3e3f1", 80: "#9fc3e0", 50: "#5c97c6"}  # opaque, light to dark
MEDIAN, NORMAL = "#0b2f52", "#a8440f"

POINTS = 72.0  # of an inch, as printers count
WIDTH = 493.0  # text width of the page, points: A4 less two margins of 18 mm (`report/render/report.typ`)
MARGINS = (30.0, 58.0)
"""Left and right of the axes, points; chosen: the widest number of an axis, the longest label of a line."""
LEGEND, HANDLE, HANDLE_GAP, COLUMN_GAP = 7.0, 1.6, 0.5, 1.2  # points, and multiples of them; chosen: by eye

_MEASURED = 100.0
"""Points at which characters are measured; chosen: large enough that hinting hardly moves an advance."""

STYLE: Any = {  # sizes in points; chosen: text as small as the notes of the page
    "font.family": FAMILY,
    "font.size": 7.5,
    "text.parse_math": False,
    "text.color": INK,
    "axes.unicode_minus": True,
    "axes.edgecolor": SOFT,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "iip-forecast",
}

_DRAWING = threading.RLock()

Legend = dict[str, Any]
"""What each label of a legend stands for: artists drawn over one another."""


@dataclass(frozen=True)
class Frame:
    """An empty chart with its words: the figure and the box left for axes, points from the lower left."""

    figure: Figure
    bottom: float
    top: float
    height: float

    def axes(
        self, bottom: float, top: float, left: float = MARGINS[0], right: float = WIDTH - MARGINS[1]
    ) -> Axes:
        """Return axes in a box given in points, over the whole width where left and right are not given."""
        return self.figure.add_axes(self.box(bottom, top, left, right))

    def box(
        self, bottom: float, top: float, left: float = MARGINS[0], right: float = WIDTH - MARGINS[1]
    ) -> tuple[float, float, float, float]:
        """Return a box given in points as shares of the figure: left, bottom, width, height."""
        return left / WIDTH, bottom / self.height, (right - left) / WIDTH, (top - bottom) / self.height


def frame(title: str, subtitle: str, source: str, height: float) -> Frame:
    """Set the words of a chart, wrapped to its width; the figure grows with them."""
    from matplotlib.figure import Figure

    _register_fonts()
    titles = wrapped(printable(title), 9.5, 600)
    subtitles = wrapped(printable(subtitle), 7.5, 400)
    sources = wrapped(printable(source), 6.5, 400)
    head = 13.0 * len(titles) + 10.5 * len(subtitles) + 6.0
    foot = 9.0 * len(sources) + 2.0
    total = height + 13.0 * (len(titles) - 1) + 10.5 * (len(subtitles) - 1)
    figure = Figure(figsize=(WIDTH / POINTS, total / POINTS))
    y = total
    for lines, size, weight, colour, step in (
        (titles, 9.5, 600, INK, 13.0),
        (subtitles, 7.5, 400, SOFT, 10.5),
    ):
        for line in lines:
            y -= step
            figure.text(0, (y + 2.5) / total, line, fontsize=size, fontweight=weight, color=colour)
    for i, line in enumerate(reversed(sources)):
        figure.text(0, (2.0 + 9.0 * i) / total, line, fontsize=6.5, color=SOFT)
    return Frame(figure, foot + 4.0, total - head, total)


@contextmanager
def styled() -> Iterator[None]:
    """Draw in this style within a `with` block, whatever the settings of the machine or of a notebook.

    One thread at a time: settings and fonts are those of the process.
    """
    import matplotlib as mpl

    with _DRAWING, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


def line(**style: Any) -> Any:
    """Return a line for a legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], **style)


def patch(**style: Any) -> Any:
    """Return a filled box for a legend."""
    from matplotlib.patches import Patch

    return Patch(**style)


def whole_ticks(axes: Axes, most: int) -> None:
    """Tick the upright axis at round numbers, no more than so many."""
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(most, steps=[1, 2, 5, 10]))


def svg(figure: Figure) -> str:
    """Return the figure as SVG text with real letters; the same figure gives the same bytes."""
    out = io.StringIO()
    with styled():
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def years(axes: Axes, start: int, end: int) -> None:
    """Tick each January, with as many years named as the width can hold."""
    januaries = [t for t in range(start, end + 1) if t % 12 == 0]
    step = 1 + len(januaries) // 14
    axes.set_xticks(januaries, [str(t // 12) if t // 12 % step == 0 else "" for t in januaries])


def years_up(axes: Axes, start: int, end: int) -> None:
    """Tick each January on the upright axis."""
    januaries = [t for t in range(start, end + 1) if t % 12 == 0]
    axes.set_yticks(januaries, [str(t // 12) for t in januaries])


def ordinal(month: pd.Period) -> int:
    """Return a month as a whole number: January of year y is 12 y."""
    return 12 * int(month.year) + int(month.month) - 1


def label(axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **align: Any) -> None:
    """Write a number beside its point, `shift` points away."""
    axes.annotate(
        text,
        at,
        xytext=shift,
        textcoords="offset points",
        fontsize=7.5,
        fontweight=600,
        annotation_clip=False,
        **align,
    )


def draw_legend(chart: Frame, entries: Legend) -> int:
    """Set the legend above the axes in one line, or in two where one is too wide, and return how many."""
    own = sum(_wide(text, LEGEND) + (HANDLE + HANDLE_GAP + COLUMN_GAP) * LEGEND for text in entries)
    lines = 1 if own - COLUMN_GAP * LEGEND <= WIDTH - MARGINS[0] else 2
    chart.figure.legend(
        list(entries.values()),
        list(entries),
        loc="upper left",
        bbox_to_anchor=(MARGINS[0] / WIDTH, chart.top / chart.height),
        ncols=-(-len(entries) // lines),
        frameon=False,
        fontsize=LEGEND,
        handlelength=HANDLE,
        handletextpad=HANDLE_GAP,
        columnspacing=COLUMN_GAP,
        borderpad=0,
        borderaxespad=0,
    )
    return lines


def _wide(text: str, size: float, weight: int = 400) -> float:
    """Width of a text in points, measured in the bundled font, kerning left out."""
    return size * sum(_advance(character, weight) for character in text)


@functools.cache
def _advance(character: str, weight: int) -> float:
    """How far a character moves the pen, in sizes of the font."""
    with _DRAWING:
        font = _measuring_font(weight)
        font.set_size(_MEASURED, POINTS)
        return float(font.load_char(ord(character)).linearHoriAdvance) / 65536.0 / _MEASURED


def wrapped(text: str, size: float, weight: int, width: float = WIDTH) -> list[str]:
    """Break a text into lines no wider than `width` points, measured in the bundled font."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and _wide(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@functools.cache
def _measuring_font(weight: int) -> FT2Font:
    from matplotlib import font_manager

    style = "SemiBold" if weight == 600 else "Regular"
    return font_manager.get_font(str(next(file for file in FILES if file.stem.endswith(style))))


@functools.cache
def _register_fonts() -> None:
    """Put the bundled fonts before any of the same name that the machine has, so that all machines agree."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    for file in FILES:
        manager.addfont(str(file))
        manager.ttflist.insert(0, manager.ttflist.pop())
