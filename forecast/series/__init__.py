"""Monthly index levels: reading, validation, quality, gaps, and `History`, what everything downstream sees."""

from __future__ import annotations

from forecast.rooms import furnish
from forecast.series.copies import copies
from forecast.series.doubted import doubted_indicator, doubted_like
from forecast.series.ended import ended
from forecast.series.gaps import bridged, since_break
from forecast.series.given import called, no_levels, one_series, refuse_infinite, refuse_no_levels
from forecast.series.history import History
from forecast.series.indexed import months_of, undated
from forecast.series.joined import begun_files, read_files
from forecast.series.monthly import laid_out, level_of, monthly, monthly_table, numbers_of, rows_of
from forecast.series.plausible import NEWEST, judge
from forecast.series.quality import check, check_file, places_of, places_of_each
from forecast.series.reading import read, read_panel, sample

__all__ = [
    "NEWEST",
    "History",
    "begun_files",
    "bridged",
    "check",
    "called",
    "check_file",
    "copies",
    "doubted_indicator",
    "doubted_like",
    "ended",
    "judge",
    "laid_out",
    "level_of",
    "monthly",
    "monthly_table",
    "months_of",
    "no_levels",
    "numbers_of",
    "places_of",
    "places_of_each",
    "one_series",
    "read",
    "read_files",
    "read_panel",
    "refuse_infinite",
    "refuse_no_levels",
    "rows_of",
    "sample",
    "since_break",
    "undated",
]


furnish(__name__)
