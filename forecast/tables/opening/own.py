"""`refuse`: the tables that this program writes, which are results and no data to forecast from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forecast.errors import DataError
from forecast.tables.cells import Sheet, Value

WRITTEN: Mapping[tuple[str, ...], str] = {
    ("kind", "model", "draw", "weight"): "the simulated paths of a report",
    ("kind", "series"): "the simulated paths of the sectors of a report",
    ("kind", "draw"): "the levels that the chance of a slump in a report is told from",
    ("month", "median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90"): (
        "the fan of a report"
    ),
    ("month", "measure", "median", "lower_50", "upper_50"): "the next releases as a report forecasts them",
    ("scenario", "month", "probability", "cumulative"): "the chances of a return in a report",
    ("scenario", "month", "cumulative"): "the chances of a slump in a report",
    ("scenario", "median", "median_after"): "the scenarios of a report",
    ("scenario", "onset_within_12"): "the scenarios of a report",
    ("year", "series", "target_pct", "kind", "last", "known"): "the growth needed in a report",
    ("as_of", "origin", "last_month", "slump_start", "median"): "the answers of earlier reports",
    ("series", "slump_start", "origin", "model", "horizon", "probability"): "the forecasts of a backtest",
    ("series", "origin", "model", "horizon", "median"): "the forecasts of a backtest",
    ("series", "slump_start", "origin", "recovered_after"): "the outcomes of a backtest",
    ("series", "slump_start", "origin", "model", "months_since_start"): "the scores of a backtest",
    ("model", "series", "origin", "reason"): "the failed fits of a backtest",
    ("series", "origin", "reason"): "the flagged forecasts of a backtest",
}
"""First headings of each table -> what it holds. The levels and figures that `reconstruct` writes are data."""

_KINDS = frozenset({"path", "normal", "adjusted", "effects"})
"""What stands first in each row under "kind", a heading that others use too."""


def refuse(name: str, headings: Sequence[Value], below: Value) -> None:
    """Raise DataError for a table by its headings where this program writes it.

    below : the first cell under the headings
    """
    for begins, what in WRITTEN.items():
        if tuple(headings[: len(begins)]) == begins and (begins[0] != "kind" or below in _KINDS):
            raise DataError(
                f"{name}: holds {what}, which this program wrote, and no published data; name the file of data "
                "behind it"
            )


def refuse_any(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Return sheets of which none is a table that this program writes; raise DataError for one that is."""
    for sheet in sheets:
        refuse(sheet.file, sheet.rows[0], sheet.rows[1][0] if len(sheet.rows) > 1 else None)
    return tuple(sheets)
