"""Charts of results in Python: arrays in, figure out. Matplotlib is imported when the first is drawn.

The charts of a report, with words in its languages, are in `forecast.report.figures`.
"""

from __future__ import annotations

from forecast.charts.drawn import bands, bars, diagnostics, returns
from forecast.rooms import furnish

__all__ = ["bands", "bars", "diagnostics", "returns"]

furnish(__name__)
