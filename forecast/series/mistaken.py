"""`mistaken`: what a newest level seems to be instead: another month's, a rate, one with its digits changed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from forecast.arrays import YEAR, Floats

READ_SDS, READ = 4.0, 0.05
"""Usual surprises, and log points, that a level is away before it is read otherwise. chosen: of true months
one in a hundred is."""

FITS_SDS, FITS_SHARE = 1.0, 0.25
"""Usual surprises that what was meant may be away, and parts of the level's own distance. chosen: with READ_SDS, one
true origin in five hundred is read otherwise."""

COPIED_SDS, SELDOM = 1.0, 0.01
"""Usual surprises from which a level that another month had is told, and the share of months up to which such is no
habit of the series. chosen as FITS_SDS."""

_PAIRS = 36  # months that tell a habit; chosen: three years
_RATES = (
    40.0,
    250.0,
)  # that an index of the year before as 100 lies between; chosen: no output more than doubles so

Surprises = Callable[[Floats], tuple[Floats, Floats]]


def mistaken(
    y: pd.Series, x: Floats, newest: int, error: Floats, sd: Floats, surprises: Surprises
) -> dict[int, str]:
    """Return, by position, what the newest levels seem to be; nothing for those that may be their month's own.

    y : index points, monthly · x : their logs, NaN where not positive · newest : months to the last that are looked
        at · error, sd : of `surprises`, (m,)
    """
    read = {}
    far = np.abs(error) > min(COPIED_SDS, READ_SDS) * sd
    for t in range(max(len(x) - newest, YEAR), len(x)):
        if not far[t : t + 2].any():
            continue
        seems = next(_readings(y, x, error, sd, t, surprises), None)
        if seems is not None:
            read[t] = seems
    return read


def _readings(
    y: pd.Series, x: Floats, error: Floats, sd: Floats, t: int, surprises: Surprises
) -> Iterator[str]:
    """What one level may be, in words, the surest first."""
    months, value = pd.PeriodIndex(y.index), float(y.iloc[t])
    away = abs(error[t])
    if away > COPIED_SDS * sd[t]:
        yield from (
            f"it is the level of {months[t - lag]} again" for lag in (1, YEAR) if _copied(x[: t + 1], lag)
        )
    if t + 1 < len(x) and _changed_over(x, error, sd, t, surprises):
        yield f"with that of {months[t + 1]} changed over both would fit"
    if away > max(READ_SDS * sd[t], READ):
        for meant in _digits_changed_over(value):
            if _fits(error[t] + np.log(meant / value), error[t], sd[t]):
                yield f"with two digits changed over {meant:.10g} would fit"
        if _RATES[0] < value < _RATES[1] and _fits(error[t] + x[t - YEAR] - np.log(100.0), error[t], sd[t]):
            meant = float(np.exp(x[t - YEAR])) * value / 100.0
            yield f"as a rate with the year before as 100 it would make {meant:.4g}, which would fit"


def _fits(other: float, error: float, sd: float) -> bool:
    return bool(abs(other) <= min(FITS_SDS * sd, FITS_SHARE * abs(error)))


def _copied(x: Floats, lag: int) -> bool:
    """Whether the last level is that of so many months before, in a series where this is no habit."""
    apart = x[lag:] - x[:-lag]
    before = apart[:-1][np.isfinite(apart[:-1])]
    return bool(apart[-1] == 0.0 and len(before) >= _PAIRS and np.mean(before == 0.0) <= SELDOM)


def _changed_over(x: Floats, error: Floats, sd: Floats, t: int, surprises: Surprises) -> bool:
    """Whether a month and the next would both be expected, were their levels changed over."""
    pair = slice(t, t + 2)
    if not (np.abs(error[pair]) > READ_SDS * sd[pair]).any() or not error[t] * error[t + 1] < 0:
        return False
    other = x.copy()
    other[pair] = x[pair][::-1]
    fresh = surprises(other[:, None])[0][pair, 0]
    return all(_fits(fresh[i], float(np.abs(error[pair]).max()), sd[t + i]) for i in (0, 1))


def _digits_changed_over(value: float) -> Iterator[float]:
    """The values that a number has with two digits beside each other changed over.

    >>> list(_digits_changed_over(130.4))
    [310.4, 103.4, 134.0]
    """
    written = f"{value:.10g}"
    at = [i for i, sign in enumerate(written) if sign.isdigit()] if "e" not in written else []
    for i, j in zip(at, at[1:], strict=False):
        signs = list(written)
        signs[i], signs[j] = signs[j], signs[i]
        if signs[i] != signs[j] and float("".join(signs)) > 0:
            yield float("".join(signs))
