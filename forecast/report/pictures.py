"""The charts of a report: drawn all for its files, or one by one for Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forecast.charts.style import svg
from forecast.outcome import Outcome
from forecast.report.blocks import Chart
from forecast.report.document import told
from forecast.report.words import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(outcome: Outcome, language: Language) -> dict[str, str]:
    """Return every chart of a report as SVG text, by name."""
    return {block.name: svg(block.draw()) for block in _charts(outcome, language)}


def chart(outcome: Outcome, name: str, language: Language) -> Figure:
    """Return one chart of a report, such as "fan". Raises KeyError, with those that it has, for any other."""
    charts = {block.name: block for block in _charts(outcome, language)}
    if name not in charts:
        raise KeyError(f'this report has no chart "{name}"; it has {", ".join(charts)}')
    return charts[name].draw()


def _charts(outcome: Outcome, language: Language) -> Iterator[Chart]:
    return (block for block in told(outcome, language) if isinstance(block, Chart))
