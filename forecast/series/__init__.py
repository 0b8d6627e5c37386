"""Monthly index levels: reading, validation, quality, gaps, and `History`, what everything downstream sees."""

from __future__ import annotations

from forecast.series.gaps import bridged, since_break
from forecast.series.history import Floats, History
from forecast.series.quality import check, check_file
from forecast.series.reading import read, read_panel, sample

__all__ = [
    "Floats",
    "History",
    "bridged",
    "check",
    "check_file",
    "read",
    "read_panel",
    "sample",
    "since_break",
]
