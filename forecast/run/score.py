"""`forecast score`: where the figures of a new release fell in what earlier reports had forecast."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import yaml

from forecast import figures
from forecast.errors import ConfigError, DataError
from forecast.figures import Row
from forecast.outcome.text import check_version

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)  # probabilities of the quantiles in COLUMNS
COLUMNS = ("lower_90", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_90")


@dataclass(frozen=True)
class Forecasts:
    """The next releases that one report forecast: quantiles by month and measure, percent."""

    name: str
    region: str
    sector: str
    as_of: pd.Timestamp
    table: pd.DataFrame


def score(release: Path, reports: Path) -> tuple[str, ...]:
    """Say of each figure of a release where it fell in the latest report written before it was published.

    release : file of figures · reports : folder of all reports
    A report counts where its `as_of` lies before the figure's publication and its next releases hold the month.
    Raises DataError where the file cannot be read or no report had forecast anything that it prints.
    """
    known = _forecasts(reports)
    lines, inside = [], 0
    for row in figures.read(release).latest().rows():
        before = [f for f in known if _is_of(f, row)]
        if before:
            latest = max(before, key=lambda f: f.as_of)
            at = latest.table.loc[(str(row.period), row.measure), list(COLUMNS)].to_numpy(dtype=float)
            lines.append(_line(row, latest, at))
            inside += bool(at[1] <= row.value <= at[5])
    if not lines:
        series = ", ".join(sorted({f"{f.region} {f.sector}" for f in known})) or "none"
        raise DataError(
            f"{release}: no report under {reports} had forecast what it prints; their series: {series}. "
            "A report forecasts the three months after its origin: run one as of a date before this release"
        )
    return (*lines, f"{inside} of {len(lines)} figures inside their 80 % intervals")


def _forecasts(reports: Path) -> list[Forecasts]:
    """Every report of published figures under a folder. Raises DataError with all that are not whole."""
    forecasts: list[Forecasts] = []
    broken: list[str] = []
    for manifest in sorted(reports.glob("*/*/manifest.json")):
        table = manifest.with_name("next_releases.csv")
        if not table.exists():
            continue
        try:
            content = json.loads(manifest.read_text(encoding="utf-8"))
            check_version(content, str(manifest))
            question = yaml.safe_load(content["config"])
            target = question["target"]
            if "region" in target:
                region, sector = str(target["region"]), str(target.get("sector", "total"))
                forecast = _quantiles(table)
                day = pd.Timestamp(manifest.parent.name)
                forecasts.append(Forecasts(str(question["name"]), region, sector, day, forecast))
        except ConfigError as error:
            broken += error.problems
        except (OSError, ValueError, KeyError, TypeError, RecursionError, yaml.YAMLError) as error:
            broken.append(f"{manifest.parent}: not a whole report: {error}; make it again or move it away")
    if broken:
        raise DataError(*broken)
    return forecasts


def _quantiles(file: Path) -> pd.DataFrame:
    """The next releases of one report. Raises ValueError or KeyError where it is not as a report writes it."""
    table = pd.read_csv(file, index_col=["month", "measure"])[list(COLUMNS)]
    if not (table.index.is_unique and np.isfinite(table.to_numpy(dtype=float)).all()):
        raise ValueError(f"{file.name} holds a month twice, or what is no number")
    return table


def _is_of(forecast: Forecasts, row: Row) -> bool:
    """Whether a report had forecast this figure before it was published."""
    same = (forecast.region, forecast.sector) == (row.region, row.sector)
    return same and forecast.as_of < row.published and (str(row.period), row.measure) in forecast.table.index


def _line(row: Row, forecast: Forecasts, at: npt.NDArray[np.float64]) -> str:
    low, middle, high = at[1], at[3], at[5]
    return (
        f"{row.region} {row.sector} {row.measure} of {row.period}: {row.value:+g}, forecast {middle:+.1f} "
        f"(80 %: {low:+.1f} to {high:+.1f}) as of {forecast.as_of.date()}: {_place(row.value, at)}"
    )


def _place(value: float, at: npt.NDArray[np.float64]) -> str:
    """Where a value lies between the quantiles, in words.

    >>> limits = np.array([-16.0, -12.0, -6.0, 1.0, 8.0, 15.0, 20.0])
    >>> _place(4.5, limits), _place(17.0, limits)
    ('inside 50 %; above 62 in 100 outcomes', 'inside 90 %; above 92 in 100 outcomes')
    >>> _place(27.1, limits), _place(-16.5, limits)
    ('outside 90 %; above more than 95 in 100 outcomes', 'outside 90 %; above fewer than 5 in 100 outcomes')
    """
    if not at[0] <= value <= at[-1]:
        side = "more than 95" if value > at[-1] else "fewer than 5"
        return f"outside 90 %; above {side} in 100 outcomes"
    band = 50 if at[2] <= value <= at[4] else 80 if at[1] <= value <= at[5] else 90
    return f"inside {band} %; above {100 * np.interp(value, at, SHARES):.0f} in 100 outcomes"
