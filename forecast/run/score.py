"""`forecast score`: where the figures of a new release fell in what earlier reports had forecast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import figures, series, tables
from forecast.again.days import days
from forecast.again.folder import REPORT
from forecast.errors import ConfigError, DataError
from forecast.figures import Figures, Row
from forecast.outcome import NextRelease, Outcome
from forecast.outcome.figures_used import target
from forecast.parallel import announced
from forecast.places import held, nowhere
from forecast.run.earlier import outcome_in
from forecast.run.inspect import refuse_day_in_vain
from forecast.run.unscored import missing, no_reports, unscored
from forecast.tables import AS_IT_IS, Layout, Opened, refuse_sheet

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)  # probabilities of the quantiles in COLUMNS
COLUMNS = ("lower_90", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_90")


@dataclass(frozen=True)
class Forecasts:
    """The next releases of one series (region, sector) that one report forecast, by month and measure.

    origin : the last month that it knew · known : the months and measures of which it had a print
    """

    series: tuple[str, str]
    as_of: pd.Timestamp
    origin: pd.Period
    rows: dict[tuple[pd.Period, str], NextRelease]
    known: frozenset[tuple[pd.Period, str]]


def score(release: Path, reports: Path, layout: Layout = AS_IT_IS) -> tuple[str, ...]:
    """Say of the first print of each figure where it fell in the latest report written before it was published.

    release : file of figures · reports : folder of all reports · layout : what is said of the file
    A report counts where its `as_of` lies before the figure's publication and its next releases hold the month.
    What was understood on the way is said first, what was printed otherwise later beside it; a print of what a report
    knew already is none of the first.
    Raises DataError where the file cannot be read or no report had forecast anything that it prints, with the reason.
    """
    forecasts = _forecasts(reports)
    with announced(f"reading {release.name}"):
        read = _figures(release, layout)
    lines, inside = [], 0
    for prints in figures.grouped(read.rows(), *figures.CELL).values():
        found = _first(prints, forecasts)
        if found is not None:
            row, latest = found
            forecast = latest.rows[row.period, row.measure]
            lines.append(_line(row, latest.as_of, forecast) + _revised(row, prints[-1]))
            inside += forecast.lower_80 <= row.value <= forecast.upper_80
    if not lines:
        reasons = [f"{release}: {why}" for why in unscored(read.latest().rows(), forecasts)]
        raise DataError(*reasons, *filter(None, [missing(reports)]))
    notes = (f"{release}: {note}" for note in read.notes)
    return (*notes, *lines, f"{inside} of {len(lines)} figures inside their 80 % intervals")


def _figures(release: Path, layout: Layout) -> Figures:
    """Return the figures of a release. Raises DataError for levels, ConfigError for what is said in vain."""
    refuse_sheet(layout.sheet, [release])
    opened = tables.opened(release, layout.sheet)
    try:
        read = figures.read_as(opened, layout)
    except DataError as error:
        if _are_levels(opened, layout):
            raise DataError(
                f"{release}: holds levels, and `score` judges published figures, the rates that a report forecasts; "
                "give it the release as the office prints its rates"
            ) from error
        raise
    refuse_day_in_vain(release, layout, read)
    return read


def _are_levels(release: Opened, layout: Layout) -> bool:
    """Whether a file that is none of figures, nor said to hold a measure, is read as one of levels."""
    plain = Layout(layout.sheet, layout.decimal)
    if layout.columns or "measure" in layout.fill or figures.recognises(release, plain):
        return False
    try:
        series.check_file(release, plain)
    except DataError:
        return False
    return True


def _forecasts(reports: Path) -> list[Forecasts]:
    """Every report of published figures under a folder. Raises DataError with all that are not whole."""
    questions = held(reports)
    files = [day / REPORT for question in questions for day in days(question)]
    broken = [f"{of}: {wrong}; mend that link, or remove it" for of in questions if (wrong := nowhere(of))]
    if not files and not broken:
        raise ConfigError(no_reports(reports))
    forecasts: list[Forecasts] = []
    for file in files:
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
    if not forecasts:
        raise DataError(
            f"{reports}: its reports are on levels, of which `score` reads no release; it judges published figures"
        )
    return forecasts


def _of(outcome: Outcome) -> list[Forecasts]:
    """What a report forecast of its target; nothing where that is known by its levels."""
    if not (outcome.figures and outcome.next_releases):
        return []
    first = outcome.figures[0]  # the target's, where prints dated by their month alone do not say which is
    named = target(outcome.latest, outcome.figures) or (first.region, first.sector)
    rows = {(row.month, row.measure): row for row in outcome.next_releases}
    own = (row for row in outcome.figures if (row.region, row.sector) == named)
    known = frozenset((row.period, row.measure) for row in own)
    return [Forecasts(named, pd.Timestamp(outcome.as_of), outcome.origin, rows, known)]


def _first(prints: Iterable[Row], forecasts: Iterable[Forecasts]) -> tuple[Row, Forecasts] | None:
    """Return the first print of a figure that a report had forecast, and the latest such report.

    None where none had, and where a report before the print knew another, of which it is a revision.
    """
    for row in prints:
        before = [
            of for of in forecasts if of.series == (row.region, row.sector) and of.as_of < row.published
        ]
        if any((row.period, row.measure) in of.known for of in before):
            return None
        if had := [of for of in before if (row.period, row.measure) in of.rows]:
            return row, max(had, key=lambda of: of.as_of)
    return None


def _revised(first: Row, last: Row) -> str:
    """Say what a figure was printed as since, "" where it was not revised."""
    if last.value == first.value:
        return ""
    return f"; revised to {last.value:+g} since, published {last.published:%Y-%m-%d}"


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
