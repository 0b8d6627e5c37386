"""`outside`: newest levels far outside all that a series ever was: a ratio to another month's, or in no unit of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import YEAR, Floats

NEVER_NEAR = float(np.log(3.0))
"""Log points beyond all earlier levels from which one may be a ratio to another. chosen: of 55,275 months of five
panels seventeen lie so far off, all of them in the fall of India in April 2020, which the panel acquits."""

TOLERANCE = 0.7
"""Log points around a power of ten within which a level is a slip. chosen: 99.8 % of the surprises of 55,833 months
of five panels are smaller, so that a slip of such a month is seen; half a power is 1.15."""

NO_UNIT = float(np.log(10.0)) + TOLERANCE
"""Log points from what is expected from which such a level is in no unit of the series. chosen: where ten times too
large or too small ends, about twenty times, so that nothing lies between; as far as seven falls of India."""

FITS = {1.0: 0.5, 100.0: 0.25}
"""Log points from what is expected that a level may be once it is read as a ratio, and as an index, whose numbers a
true fall comes nearer to. chosen: of the surprises of five panels 99.6 and 98 % are smaller."""

_RATIOS = np.log([0.3, 3.0])
"""Log points that output changes by in a month or a year. chosen: of the changes of five panels 99.9 % lie between."""

_READINGS = {
    f"{kind.format(before)}": (base, lag)
    for base, kind in ((1.0, "a ratio to the {} before"), (100.0, "an index with the {} before as 100"))
    for lag, before in ((YEAR, "year"), (1, "month"))
}
_A_POWER = "of another power of ten"
_FEWEST = 12  # earlier levels; chosen: a year, whose season is then known

Surprises = Callable[[Floats], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Outside:
    """Hold what a level far outside seems to be, in words, the log level expected there, and 1 above or -1 below."""

    seems: str
    expected: float
    way: int


@dataclass(frozen=True)
class _Read:
    """Hold what a level would be in one reading, NaN where it would not fit, what is expected, and the usual surprise,
    all in logs.
    """

    level: float
    expected: float
    sd: float

    @property
    def off(self) -> float:
        return abs(self.level - self.expected)


def outside(
    x: Floats, years: Floats, newest: int, least_sds: float, surprises: Surprises
) -> dict[int, Outside]:
    """Return, by position, what the newest levels seem to be that lie far outside all levels before the newest.

    x : log levels, monthly, NaN where not known · years : the year of each month, (m,)
    newest : months to the last that are looked at
    least_sds : usual surprises that such a level is away at least · surprises : as `plausible` reckons them
    All are read in one way, that fits most of them, and of several the nearest; but the year of its month is that.
    Those that are out by a power of ten are not returned, nor those that may be, by the surprises that are usual.
    """
    first = max(len(x) - newest, 0)
    old = x[:first][np.isfinite(x[:first])]
    if len(old) < _FEWEST:
        return {}
    beyond = np.fmax(old.min() - x, x - old.max())
    odd = [t for t in range(first, len(x)) if beyond[t] > NEVER_NEAR]
    if not odd:
        return {}
    read = {what: _read(x, odd, what, least_sds, surprises) for what in (_A_POWER, *_READINGS)}
    what = min(read, key=lambda what: _badness(read[what].values(), least_sds if what == _A_POWER else 0.0))
    found = dict[int, Outside]()
    for t, of in read[what].items():
        way = 1 if x[t] > old.max() else -1
        if np.isclose(np.exp(x[t]), years[t]):
            found[t] = Outside("the year", of.expected, way)
        elif what != _A_POWER and np.isfinite(of.level):
            found[t] = Outside(f"{what}: {np.exp(of.level):.4g} would fit", of.expected, way)
        elif abs(x[t] - of.expected) > NO_UNIT and not _power(x[t] - of.expected):
            seems = f"in no unit of this series, {np.exp(beyond[t]):.0f} times beyond all its levels before"
            found[t] = Outside(seems, of.expected, way)
    return found


def _badness(read: Collection[_Read], spare_sds: float) -> tuple[int, float]:
    """How many levels a reading does not fit, and how far the others lie from what is expected, usual surprises spared
    of each.
    """
    off = [max(of.off - spare_sds * of.sd, 0.0) for of in read if np.isfinite(of.level)]
    return len(read) - len(off), sum(off)


def _read(
    x: Floats, odd: Sequence[int], what: str, least_sds: float, surprises: Surprises
) -> dict[int, _Read]:
    """Levels read in one way; what each was meant as stands in its place for those after it, which may rest on it."""
    meant, read = x.copy(), dict[int, _Read]()
    for t in odd:
        error, sd = (float(of[-1, 0]) for of in surprises(meant[: t + 1, None]))
        if not np.isfinite(error) or abs(error) < least_sds * sd:
            continue
        meant[t] = _level(meant, t, error, what)
        read[t] = _Read(float(meant[t]), float(x[t] - error), sd if np.isfinite(sd) else 0.0)
    return read


def _level(x: Floats, t: int, error: float, what: str) -> float:
    """The log level that one was meant as; NaN where that does not fit, or no output changes by such a ratio."""
    base, lag = _READINGS.get(what, (1.0, 0))
    if lag > t:
        return np.nan
    ratio = float(x[t] - np.log(base))
    level = float(x[t - lag]) + ratio if lag else float(x[t]) - _power(error)
    likely = not lag or _RATIOS[0] < ratio < _RATIOS[1]
    return level if likely and abs(level - x[t] + error) <= FITS[base] else np.nan


def _power(error: float) -> float:
    """The nearest power of ten, in log points; 0 where none is within what is a slip of one."""
    power = float(np.rint(error / np.log(10.0)) * np.log(10.0))
    return power if abs(error - power) <= TOLERANCE else 0.0
