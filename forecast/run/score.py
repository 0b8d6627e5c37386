"""`forecast score`: where the figures of a new release fell in what earlier reports had forecast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import figures
from forecast.errors import ConfigError, DataError
from forecast.figures import Row
from forecast.outcome import NextRelease, Outcome
from forecast.outcome.figures_used import target
from forecast.run.earlier import outcome_in

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)  # probabilities of the quantiles in COLUMNS
COLUMNS = ("lower_90", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_90")


@dataclass(frozen=True)
class Forecasts:
    """The next releases of one series (region, sector) that one report forecast, by month and measure."""

    series: tuple[str, str]
    as_of: pd.Timestamp
    rows: dict[tuple[pd.Period, str], NextRelease]


def score(release: Path, reports: Path) -> tuple[str, ...]:
    """Say of each figure of a release where it fell in the latest report written before it was published.

    release : file of figures · reports : folder of all reports
    A report counts where its `as_of` lies before the figure's publication and its next releases hold the month.
    Raises DataError where the file cannot be read or no report had forecast anything that it prints.
    """
    forecasts = _forecasts(reports)
    lines, inside = [], 0
    for row in figures.read(release).latest().rows():
        before = [of for of in forecasts if _is_of(of, row)]
        if before:
            latest = max(before, key=lambda of: of.as_of)
            forecast = latest.rows[row.period, row.measure]
            lines.append(_line(row, latest.as_of, forecast))
            inside += forecast.lower_80 <= row.value <= forecast.upper_80
    if not lines:
        series = ", ".join(sorted({" ".join(of.series) for of in forecasts})) or "none"
        raise DataError(
            f"{release}: no report under {reports} had forecast what it prints; their series: {series}. "
            "A report forecasts the three months after its origin: run one as of a date before this release"
        )
    return (*lines, f"{inside} of {len(lines)} figures inside their 80 % intervals")


def _forecasts(reports: Path) -> list[Forecasts]:
    """Every report of published figures under a folder. Raises DataError with all that are not whole."""
    forecasts: list[Forecasts] = []
    broken: list[str] = []
    for file in sorted(reports.glob("*/*/report.json")):
        try:
            outcome = outcome_in(file)
        except (ConfigError, DataError) as error:
            broken += error.problems
        except (OSError, ValueError) as error:
            broken.append(f"{file}: not a whole report: {error}; make it again or move it away")
        else:
            forecasts += _of(outcome)
    if broken:
        raise DataError(*broken)
    return forecasts


def _of(outcome: Outcome) -> list[Forecasts]:
    """What a report forecast of its target; nothing where that is known by its levels."""
    if not (outcome.figures and outcome.next_releases):
        return []
    first = outcome.figures[0]  # the target's, where prints dated by their month alone do not say which is
    series = target(outcome.latest, outcome.figures) or (first.region, first.sector)
    rows = {(row.month, row.measure): row for row in outcome.next_releases}
    return [Forecasts(series, pd.Timestamp(outcome.as_of), rows)]


def _is_of(forecasts: Forecasts, row: Row) -> bool:
    """Whether a report had forecast this figure before it was published."""
    same = forecasts.series == (row.region, row.sector)
    return same and forecasts.as_of < row.published and (row.period, row.measure) in forecasts.rows


def _line(row: Row, as_of: pd.Timestamp, forecast: NextRelease) -> str:
    at = np.array([getattr(forecast, name) for name in COLUMNS])
    return (
        f"{row.region} {row.sector} {row.measure} of {row.period}: {row.value:+g}, forecast {forecast.median:+.1f} "
        f"(80 %: {forecast.lower_80:+.1f} to {forecast.upper_80:+.1f}) as of {as_of.date()}: {_place(row.value, at)}"
    )


def _place(value: float, at: npt.NDArray[np.float64]) -> str:
    """Where a value lies between the quantiles, in words.

    >>> limits = np.array([-16.0, -12.0, -6.0, 1.0, 8.0, 15.0, 20.0])
    >>> _place(4.5, limits), _place(17.0, limits)
    ('inside 50 %; above 62 in 100 outcomes', 'inside 90 %; above 92 in 100 outcomes')
    >>> _place(-13.0, limits)
    'inside 90 %; above 9 in 100 outcomes'
    >>> _place(27.1, limits), _place(-16.5, limits)
    ('outside 90 %; above more than 95 in 100 outcomes', 'outside 90 %; above fewer than 5 in 100 outcomes')
    """
    if not at[0] <= value <= at[-1]:
        side = "more than 95" if value > at[-1] else "fewer than 5"
        return f"outside 90 %; above {side} in 100 outcomes"
    band = 50 if at[2] <= value <= at[4] else 80 if at[1] <= value <= at[5] else 90
    return f"inside {band} %; above {100 * np.interp(value, at, SHARES):.0f} in 100 outcomes"
