"""Figures in another unit than they say, and figures far from what is usual of their series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecast.arrays import robust_sd
from forecast.figures.table import Row, grouped
from forecast.tables import Finding

_JUMP = 10.0
"""Robust standard deviations from the median of a series' own rates; chosen: as far as a shock (`forecast.shocks`)."""
_SMALLEST_JUMP = 30.0  # points; chosen: what no reader would call a jump is never one
_LOWEST_INDEX = 30.0
"""Index points: what lies below is more likely a rate; chosen: output that fell by 70 % is rarer."""
_NEVER = 300.0
"""Points: what is told of a rate even where nothing is known of its series; chosen: fourfold output."""
_FRACTION = 0.5  # percent under which all rates are; chosen: no set of rates is so calm
_RATIOS = (0.5, 1.6)  # of all rates of a measure; chosen: then more likely ratios than percent
_CERTAIN = 24
"""Figures, or eight with three decimals; chosen: two years so alike are no calm in a series of percent."""
_FEW = 8  # figures of a series; chosen: the own spread of fewer is not known to a quarter


@dataclass(frozen=True)
class _Usual:
    """Hold the median of rates, and how far from it a rate is a jump, percentage points."""

    centre: float
    reach: float

    @classmethod
    def of(cls, pool: npt.NDArray[np.float64]) -> _Usual:
        """What is usual of a pool of rates; of few of them, no change."""
        pool = pool if len(pool) >= _FEW else np.zeros(1)
        return cls(float(np.median(pool)), max(_JUMP * robust_sd(pool), _SMALLEST_JUMP))

    def odd(self, values: npt.NDArray[np.float64]) -> list[str]:
        """Return "unit", "jump" or "" for each value."""
        away, as_rate = np.abs(values - self.centre), np.abs(values - 100 - self.centre)
        odd = np.where(away > self.reach, "jump", "")
        return [str(kind) for kind in np.where((away > 60) & (as_rate < 40), "unit", odd)]


def units_and_jumps(rows: list[Row]) -> list[Finding]:
    """Compare each rate with the others of its series, or of its measure where the series has few."""
    findings = []
    rates = [row for row in rows if row.measure != "index"]
    of_measure: dict[str, list[float]] = {}
    for row in rates:
        of_measure.setdefault(row.measure, []).append(row.value)
    usual = {measure: _Usual.of(np.array(values)) for measure, values in of_measure.items()}
    for (*_, measure), series in sorted(grouped(rates, "region", "sector", "measure").items()):
        values = np.array([row.value for row in series])
        enough = len(series) >= _FEW
        if enough and (sentence := _in_another_unit(measure, values)):
            findings.append(
                replace(
                    finding("unit", series[0], sentence),
                    months=tuple(str(row.period) for row in series),
                    stops=len(series) >= _CERTAIN or _fine(series),
                )
            )
        own = _Usual.of(values) if enough else usual[measure]
        for row, kind in zip(series, own.odd(values), strict=True):
            figure = f"{row.measure} {row.value:g} of {row.period}"
            if kind == "unit":
                meant = f"{row.value - 100:.10g}"
                findings.append(finding("unit", row, f"{figure} looks like an index; is {meant} meant?"))
            elif kind == "jump" and (enough or abs(row.value) > _NEVER):
                sentence = f"{figure} is far from its usual {own.centre:.1f}; check it"
                findings.append(finding("jump", row, sentence, row.value - own.centre))
    return findings


def are_fractions(values: npt.ArrayLike) -> bool:
    """Tell rates that are more likely fractions of 1 than percent: all are small, and not all are 0.

    >>> are_fractions([0.012, -0.045]), are_fractions([0.012, -0.5]), are_fractions([0.0, 0.0])
    (True, False, False)
    """
    size = np.abs(values)
    return bool((size < _FRACTION).all() and size.any())


def _in_another_unit(measure: str, values: npt.NDArray[np.float64]) -> str:
    """Say that all rates of a measure look like fractions or ratios, "" where they do not."""
    if are_fractions(values):
        return f"all {len(values)} {measure} are below {_FRACTION:g}; are they fractions (0.0625 for 6.25 %)?"
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
    for series in grouped(values, "region", "sector").values():
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


def finding(kind: str, row: Row, sentence: str, points: float | None = None, stops: bool = False) -> Finding:
    """Return a finding about one figure, at its line."""
    return Finding(
        kind, row.place, f"{row.region} {row.sector}: {sentence}", f"{row.region}_{row.sector}",
        (str(row.period),), points, "" if points is None else "points", stops,
        ((row.measure, str(row.period), row.value),),
    )  # fmt: skip
