"""Figures in another unit than they say, and figures far from what is usual of their series."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from forecast.arrays import robust_sd
from forecast.figures.table import Row
from forecast.tables import Finding

_JUMP = 10.0
"""Robust standard deviations from the median of a series' own rates; chosen: as far as a shock (`forecast.shocks`)."""
_SMALLEST_JUMP = 30.0  # points; chosen: what no reader would call a jump is never one
_LOWEST_INDEX = 30.0
"""Index points: what lies below is more likely a rate; chosen: output that fell by 70 % is rarer."""
_NEVER = 300.0
"""Points: what is told of a rate even where nothing is known of its series; chosen: fourfold output."""
_RATIOS = (0.5, 1.6)  # of all rates of a measure; chosen: then more likely ratios than percent
_CERTAIN = 24
"""Figures, or eight with three decimals; chosen: two years so alike are no calm in a series of percent."""
_FEW = 8  # figures of a series; chosen: the own spread of fewer is not known to a quarter


def units_and_jumps(rows: list[Row]) -> list[Finding]:
    """Compare each rate with the others of its series, or of its measure where the series has few."""
    findings = []
    rates = [row for row in rows if row.measure != "index"]
    for key in sorted({(row.region, row.sector, row.measure) for row in rates}):
        series = [row for row in rates if (row.region, row.sector, row.measure) == key]
        values = np.array([row.value for row in series])
        enough = len(series) >= _FEW
        if enough and (sentence := _in_another_unit(key[2], values)):
            findings.append(
                replace(
                    finding("unit", series[0], sentence),
                    months=tuple(str(row.period) for row in series),
                    stops=len(series) >= _CERTAIN or _fine(series),
                )
            )
        pool = values if enough else np.array([row.value for row in rates if row.measure == key[2]])
        pool = pool if len(pool) >= _FEW else np.zeros(1)  # few figures: what is usual is no change
        for row, kind in zip(series, _odd(values, pool), strict=True):
            figure = f"{row.measure} {row.value:g} of {row.period}"
            if kind == "unit":
                meant = f"{row.value - 100:.10g}"
                findings.append(finding("unit", row, f"{figure} looks like an index; is {meant} meant?"))
            elif kind == "jump" and (enough or abs(row.value) > _NEVER):
                usual = f"{np.median(pool):.1f}"
                findings.append(
                    finding(
                        "jump",
                        row,
                        f"{figure} is far from its usual {usual}; check it",
                        row.value - float(np.median(pool)),
                    )
                )
    return findings


def _in_another_unit(measure: str, values: npt.NDArray[np.float64]) -> str:
    """Say that all rates of a measure look like fractions or ratios, "" where they do not."""
    if bool((np.abs(values) < 0.5).all()) and bool((values != 0).any()):
        return f"all {len(values)} {measure} are below 0.5; are they fractions (0.0625 for 6.25 %)?"
    if bool(((values > _RATIOS[0]) & (values < _RATIOS[1])).all()):
        return f"all {len(values)} {measure} are close to 1; are they ratios (1.0625 for 6.25 %)?"
    return ""


def _fine(series: list[Row]) -> bool:
    """Whether most figures are printed with three decimals or more, as fractions are and percent are not."""
    return 2 * sum(row.half_unit < 0.001 for row in series) > len(series)


def rates_among_index_values(rows: list[Row]) -> list[Finding]:
    """Name index values that a base period of 100 makes unlikely and that would be ordinary as rates."""
    findings = []
    values = [row for row in rows if row.measure == "index"]
    for key in sorted({(row.region, row.sector) for row in values}):
        series = [row for row in values if (row.region, row.sector) == key]
        level = np.array([row.value for row in series])
        centre = float(np.median(level))
        if centre < _LOWEST_INDEX:
            sentence = f"half of the {len(series)} index values are below {_LOWEST_INDEX:g}; are they rates?"
            findings.append(finding("unit", series[0], sentence))
            continue
        for row in series:
            if row.value < _LOWEST_INDEX and abs(row.value + 100 - centre) < abs(row.value - centre):
                sentence = (
                    f"index {row.value:g} of {row.period} looks like a rate; the others lie near {centre:.0f}"
                )
                findings.append(finding("unit", row, sentence))
    return findings


def _odd(values: npt.NDArray[np.float64], pool: npt.NDArray[np.float64]) -> list[str]:
    """Return "unit", "jump" or "" for each value, judged by median and spread of the pool."""
    centre = float(np.median(pool))
    spread = max(_JUMP * robust_sd(pool), _SMALLEST_JUMP)
    away, as_rate = np.abs(values - centre), np.abs(values - 100 - centre)
    odd = np.where(away > spread, "jump", "")
    return [str(kind) for kind in np.where((away > 60) & (as_rate < 40), "unit", odd)]


def finding(kind: str, row: Row, sentence: str, points: float | None = None, stops: bool = False) -> Finding:
    """Return a finding about one figure, at its line."""
    return Finding(
        kind, row.place, f"{row.region} {row.sector}: {sentence}", f"{row.region}_{row.sector}",
        (str(row.period),), points, "" if points is None else "points", stops,
        ((row.measure, str(row.period), row.value),),
    )  # fmt: skip
