"""The few charts that results draw of themselves, in plain black, grey and one blue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forecast.arrays import Floats

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, BLUE, REFERENCE = "#1a1a1a", "#2f6fa7", "#a8440f"
SIZE = (7.2, 3.4)  # inches; chosen: the width of a notebook's text
ALMOST_95 = 1.96  # quantile of the normal distribution at 97.5 %


def bands(
    table: pd.DataFrame,
    past: pd.Series | None = None,
    *,
    title: str = "",
    label: str = "index points",
    reference: float | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw a median with its bands by month, joined to the past where that is given.

    table : median, and lower_50, upper_50, … of any intervals, widest drawn palest, on months
    past : on months · reference : a level drawn across, such as normal = 100 · ax : axes to draw into
    """
    figure, axes = _axes(ax)
    at = _years(table.index)
    shares = sorted(
        (_share(name) for name in table if str(name).startswith("lower_")), key=float, reverse=True
    )
    for i, share in enumerate(shares):
        axes.fill_between(
            at,
            table[f"lower_{share}"],
            table[f"upper_{share}"],
            color=BLUE,
            alpha=0.18 + 0.14 * i,
            linewidth=0,
            label=f"{share} %",
        )
    axes.plot(at, table["median"], color=BLUE, linewidth=1.4, label="median")
    if past is not None:
        axes.plot(_years(past.index), past, color=INK, linewidth=1.1, label="known")
    if reference is not None:
        axes.axhline(reference, color=REFERENCE, linewidth=0.9, linestyle="--")
    return _finished(figure, axes, title, label, legend=True)


def returns(table: pd.DataFrame, *, title: str = "", ax: Axes | None = None) -> Figure:
    """Draw the chance of a return in each month as bars and by each month as a line, percent.

    table : probability and by, shares, on months
    """
    figure, axes = _axes(ax)
    at = _years(table.index)
    axes.bar(at, 100 * table["probability"], width=1 / 14, color=BLUE, alpha=0.5, label="in the month")
    axes.plot(at, 100 * table["by"], color=INK, linewidth=1.3, label="by the month")
    axes.set_ylim(0, 100)
    return _finished(figure, axes, title, "chance, %", legend=True)


def bars(values: pd.Series, *, title: str = "", label: str = "", ax: Axes | None = None) -> Figure:
    """Draw one bar across for each name, the first on top."""
    figure, axes = _axes(ax)
    names = [str(name) for name in values.index]
    axes.barh(names[::-1], values.to_numpy(dtype=float)[::-1], color=BLUE)
    axes.set_xlabel(label)
    return _finished(figure, axes, title, "", legend=False, whole=False)


def diagnostics(
    residuals: pd.Series, autocorrelations: Floats, roots: Sequence[complex], *, title: str = ""
) -> Figure:
    """Draw what residuals should show nothing of: their course, distribution and memory, and the inverse roots.

    residuals : standardised, on months or counted · autocorrelations : of lags 1, 2, …
    roots : inverse; on the circle is a unit root
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure
    from scipy import special

    figure = Figure(figsize=(SIZE[0], 2 * SIZE[1] - 1), layout="constrained")
    course, shape, memory, circle = figure.subplots(2, 2).ravel()
    course.plot(_years(residuals.index), residuals, color=INK, linewidth=0.8)
    course.set_title("standardised residuals", fontsize=9)
    ordered = np.sort(residuals.dropna().to_numpy())
    expected = special.ndtri((np.arange(len(ordered)) + 0.5) / len(ordered))
    shape.plot(expected, ordered, ".", color=BLUE, markersize=3)
    shape.plot(expected[[0, -1]], expected[[0, -1]], color=REFERENCE, linewidth=0.9)
    shape.set_title("against the normal distribution", fontsize=9)
    lags = np.arange(1, len(autocorrelations) + 1)
    memory.vlines(lags, 0, autocorrelations, color=BLUE)
    for edge in (-1, 1):
        memory.axhline(
            edge * ALMOST_95 / np.sqrt(len(ordered)), color=REFERENCE, linewidth=0.8, linestyle="--"
        )
    memory.set_title("autocorrelation by lag", fontsize=9)
    circle.add_patch(mpl.patches.Circle((0, 0), 1, fill=False, color=REFERENCE, linewidth=0.9))
    circle.plot([root.real for root in roots], [root.imag for root in roots], "o", color=BLUE, markersize=4)
    circle.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2), aspect="equal")
    circle.set_title("inverse roots, inside the circle", fontsize=9)
    figure.suptitle(title, fontsize=10)
    return figure


def _axes(ax: Axes | None) -> tuple[Figure, Axes]:
    """The axes given, or those of a new figure that no window system holds on to."""
    if ax is not None:
        return ax.get_figure(root=True), ax  # type: ignore[return-value]  # a figure with axes has one
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE, layout="constrained")
    return figure, figure.subplots()


def _finished(
    figure: Figure, axes: Axes, title: str, label: str, *, legend: bool, whole: bool = True
) -> Figure:
    """Set the words of a chart; whole : years are not split."""
    axes.set_title(title, loc="left", fontsize=10)
    axes.locator_params(axis="x", integer=whole)
    axes.set_ylabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    if legend:
        axes.legend(frameon=False, fontsize=8, ncols=3)
    return figure


def _years(index: pd.Index) -> Any:
    """Months as years with a fraction, so that charts share one axis; what is only counted stays as it is."""
    if isinstance(index, pd.PeriodIndex):
        return index.year + (index.month - 1) / 12
    return index.to_numpy()


def _share(name: object) -> str:
    return str(name).removeprefix("lower_")
