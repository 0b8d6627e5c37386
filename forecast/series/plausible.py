"""`judge`: which of the newest levels cannot be what the office meant, and which are only unusual.

A level is compared with what the same months of earlier years and the months just before lead one to expect. Only what
came before a month says what is expected of it; what came after may acquit it, and so may the other series of a panel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import MAD_TO_SD, Floats, known_median
from forecast.series.lasting import lasting
from forecast.series.mistaken import READ, mistaken
from forecast.series.outside import TOLERANCE, Outside, outside
from forecast.series.printed import MOST_DECIMALS

Bools = npt.NDArray[np.bool_]

NEWEST = 6
"""Months to the last one that are judged: their levels carry the answer. chosen: half a year, longer than the
window and hold of any rule."""

LEAST_SDS = 4.0
"""Usual surprises that a slip is away at least: in a series this erratic a tenth may be true. chosen as TOLERANCE."""

UNUSUAL_SDS, UNUSUAL = 8.0, 0.10
"""Usual surprises, and log points, from which a level is told as implausible. chosen: as `quality` names jumps."""

LAST_SDS = 4.0
"""The same of the last month, on which most rests, where it neither goes on from the month before nor is the panel's.
chosen: one last month in two hundred of the five panels is told."""

IMPOSSIBLE = float(np.log(300.0))
"""Log points that no output rises by in a month, whatever the power. chosen: over four times the largest true rise of
five panels (1.23)."""

SMALLEST = 0.001
"""Log points: the least that surprises are usually worth, where a series moves by rule. chosen: a rounding error."""

FALLING_SDS, FALLING = 3.0, 0.20
"""Usual surprises, and log points, by which a month beside it, or the median of a panel (the first alone), says that
a fall is true. chosen: in every Indian industry that fell by over 85 % in April 2020 one of them held."""

_YEARS, _RECENT, _FEWEST = 3, 6, 3
"""Years and months that an expectation is made from, and the fewest months; chosen on the shipped panels."""
_MEMORY, _LEARNED = 120, 12
"""Months of surprises that tell the usual one, and the fewest; chosen: ten years, and one."""
_PRINTED = 24
"""Values before one whose decimals it is held against; chosen: two years of one office print alike."""


@dataclass(frozen=True)
class Doubtful:
    """A level that is far from what was expected of it.

    power : of ten that it seems to be off by, 0 where it is only implausible · expected : index points
    sds : distance in usual surprises of the series, NaN where too few are known
    seems : what it may be instead, of `mistaken`, in words; empty where nothing fits
    stays : months for which a level that left for another power of ten stayed there, 0 for one that did not
    outside : what one far outside all levels before seems to be, of `outside`, in words; empty for others
    """

    month: pd.Period
    value: float
    expected: float
    power: int
    sds: float
    seems: str = ""
    stays: int = 0
    outside: str = ""

    @property
    def slip(self) -> bool:
        """Tell a level that stops a run from one that is only told."""
        return self.power != 0 or self.outside != ""


class Panel:
    """Hold series, a column each, whose common surprises acquit a month; looked for once, when first needed."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table
        self.values = table.to_numpy(dtype=float)
        self._again = dict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]()

    @cached_property
    def surprises(self) -> tuple[Floats, Floats]:
        """`surprises` of each level, a column each."""
        return surprises(logs(self.values))

    @cached_property
    def _away(self) -> pd.DataFrame:
        """How far each level lies from what was expected of it, in usual surprises."""
        error, sd = self.surprises
        return pd.DataFrame(error / sd, self.table.index, self.table.columns)

    def again(self, lag: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """`compare` of the table, counted once for each lag."""
        if lag not in self._again:
            self._again[lag] = compare(self.values, lag)
        return self._again[lag]

    def others(self, name: object) -> int:
        """Return the number of series beside one."""
        return self.table.shape[1] - (name in self.table)

    def in_common(self, y: pd.Series, months: int = 2 * NEWEST) -> Floats:
        """Return the median surprise of the others in each of the newest months of a series, NaN before, (m,)."""
        newest = y.index[-months:]
        others = np.asarray(self.table.columns != y.name)
        shared = np.full(len(y), np.nan)
        shared[-len(newest) :] = _median(self._away.reindex(newest).to_numpy()[:, others].T)
        return shared


def compare(levels: Floats, lag: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how many series of a row are not what they were so many months before, and how many of those that are
    known in both change in most months, (m,) each; where more than half are gone all are changed.

    levels : (m, series) · lag : over one month only series that are not all of whole numbers count, as others often
        come to a value again
    """
    known, same = ~np.isnan(levels), levels[lag:] == levels[:-lag]
    here, before = known[lag:], known[:-lag]
    both = here & before
    counted = 2 * (both & same).sum(axis=0) < both.sum(axis=0)
    if lag > 1:
        counted &= (known & (levels != np.rint(levels))).any(axis=0)
    gone = 2 * both.sum(axis=1) < before.sum(axis=1)
    changed = np.where(gone, levels.shape[1], (here & ~same).sum(axis=1))
    first = np.zeros(lag, dtype=np.int64)
    return np.append(first + levels.shape[1], changed), np.append(first, (both & counted).sum(axis=1))


def judge(
    y: pd.Series, panel: pd.DataFrame | Panel | None = None, surprised: tuple[Floats, Floats] | None = None
) -> tuple[Doubtful, ...]:
    """Return the doubtful levels of the newest months, and those of any month that no output could reach or from
    which on all stay at another power of ten.

    y : index points to the last known month, NaN where not published · panel : series of the same months, a column
        each, of which that of y's name is not looked at; a fall that three or more of the others share is told, not
        called a slip
    surprised : `surprises` of y, where they are known
    """
    beside = panel if panel is None or isinstance(panel, Panel) else Panel(panel)
    values = y.to_numpy(dtype=float)
    x = logs(values)
    error, sd = surprised or (of[:, 0] for of in surprises(x[:, None]))
    months = pd.PeriodIndex(y.index)
    beyond = outside(x, months.year.to_numpy(dtype=float), NEWEST, LEAST_SDS, surprises)
    ways = ways_out(len(x), beyond)
    moved = finer(values) if beyond or _near_powers(error, sd).any() else np.zeros(len(x), dtype=bool)
    shared = np.full(len(x), np.nan)
    off = powers(error, sd, shared, moved, ways)
    odd_last = _odd_last(error, sd)
    if beside is not None and beside.others(y.name) >= _FEWEST and ((off < 0).any() or odd_last):
        shared = beside.in_common(y)
        off = powers(error, sd, shared, moved, ways)
        odd_last = odd_last and not error[-1] / abs(error[-1]) * shared[-1] > FALLING_SDS
    newest = np.arange(len(y)) >= len(y) - NEWEST
    off = np.where(newest | (error > IMPOSSIBLE), off, 0)
    stays = left_for_good(x, error, sd)
    off[list(stays)] = _near_powers(error, sd)[list(stays)]
    far = np.abs(error) > np.maximum(UNUSUAL_SDS * sd, UNUSUAL)  # False where sd is not known
    far[-1:] |= odd_last
    seems = mistaken(y, x, NEWEST, error, sd, surprises)
    read = np.isin(np.arange(len(y)), list(seems))
    found = list[Doubtful]()
    for t in map(int, np.flatnonzero((off != 0) | ((far | read) & newest))):
        apart = beyond.get(t) if off[t] and t not in stays else None
        expected = float(np.exp(apart.expected if apart else x[t] - error[t]))
        found.append(Doubtful(
            months[t], float(y.iloc[t]), expected, 0 if apart else int(off[t]), float(error[t] / sd[t]),
            seems.get(t, ""), stays.get(t, 0), apart.seems if apart else "",
        ))  # fmt: skip
    return tuple(found)


def _odd_last(error: Floats, sd: Floats) -> bool:
    """Whether the last month is far from what was expected, and the month before was not so, the same way."""
    if len(error) < 2 or not abs(error[-1]) > max(LAST_SDS * sd[-1], UNUSUAL):
        return False
    goes_on = np.sign(error[-1]) * error[-2] > np.maximum(FALLING_SDS * sd[-2], READ)
    return not goes_on


def logs(values: Floats) -> Floats:
    """Return the logs of levels, NaN where they are not positive."""
    return np.asarray(np.log(np.where(values > 0, values, np.nan)))


def surprises(x: Floats) -> tuple[Floats, Floats]:
    """Return log levels x (m, s) less what was expected, and how large such surprises usually were, both (m, s).

    Expected of a month is the level of the same month of each of the last three years, raised by the median growth of
    the six months before on theirs; of the three the median, so that neither an odd month nor an odd year decides.
    With fewer years, the nearest of them and of the median of the six months before. Usual is 1.4826 times the median
    absolute surprise of the ten years before, at least SMALLEST, NaN with under twelve of them.
    """
    recent = [_lag(x, j) for j in range(1, _RECENT + 1)]
    years = []
    for year in range(1, _YEARS + 1):
        before = [a - _lag(x, 12 * year + j) for j, a in enumerate(recent, start=1)]
        years.append(_lag(x, 12 * year) + _median(np.stack(before)))
    flat = _median(np.stack(recent))
    yearly = x - np.stack(years)
    every = np.concatenate([yearly, (x - flat)[None]])
    nearest = np.take_along_axis(
        every, np.argmin(np.where(np.isnan(every), np.inf, np.abs(every)), axis=0)[None], axis=0
    )[0]
    error = np.where(np.isnan(yearly).any(axis=0), nearest, _median(yearly))
    past = pd.DataFrame(np.abs(error)).rolling(_MEMORY, min_periods=_LEARNED).median().shift(1)
    return error, np.maximum(MAD_TO_SD * past.to_numpy(), SMALLEST)


def ways_out(months: int, beyond: Mapping[int, Outside]) -> npt.NDArray[np.int64]:
    """Return 1 for levels far above all before, -1 for those far below, 0 for others, (m,); beyond : of `outside`."""
    ways = np.zeros(months, dtype=np.int64)
    ways[list(beyond)] = [of.way for of in beyond.values()]
    return ways


def powers(
    error: Floats, sd: Floats, shared: Floats, moved: Bools, ways: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the power of ten that each level seems to be off by, (m,), 0 for none.

    error, sd : of `surprises` · shared : of `Panel.in_common` · moved : of `finer`, which no fall explains
    ways : of `ways_out`, which stand in the place of a power
    A fall that the months beside it or the panel share is true. A rise near a power of ten never is.
    """
    k = np.where(ways != 0, ways, _near_powers(error, sd))
    return np.where(_true_falls(k, error, sd, shared) & ~moved, 0, k) if k.any() else k


def left_for_good(x: Floats, error: Floats, sd: Floats) -> dict[int, int]:
    """Return `lasting` of the months before the newest: position -> months that stay at another power of ten.

    x : log levels, (m,) · error, sd : of `surprises`, (m,)
    """
    near = _near_powers(error, sd)
    near[len(x) - NEWEST :] = 0
    return lasting(x, near) if near.any() else {}


def _near_powers(error: Floats, sd: Floats) -> npt.NDArray[np.int64]:
    """The power of ten that each level is near to being off by, (m,), true falls among them."""
    k = np.rint(np.nan_to_num(error) / np.log(10.0)).astype(np.int64)
    near = (np.abs(error - k * np.log(10.0)) <= TOLERANCE) & ~(np.abs(error) < LEAST_SDS * sd)
    return np.where(near | (error > IMPOSSIBLE), k, 0)


def _true_falls(k: npt.NDArray[np.int64], error: Floats, sd: Floats, shared: Floats) -> Bools:
    """Which falls near a power of ten are true: the panel's, and those that go on from a fall or lead to one."""
    falling = (k == 0) & (error < -np.maximum(FALLING_SDS * sd, FALLING))
    true = (k < 0) & (shared < -FALLING_SDS)
    for way in (1, -1):
        for t in range(1, len(k)):
            here, beside = (t, t - 1) if way > 0 else (-t - 1, -t)
            true[here] |= k[here] < 0 and (falling[beside] or true[beside])
    return np.asarray(true)


def finer(values: Floats, before: Floats | None = None) -> Bools:
    """Return where a value has more decimals than any of the 24 before it, as one with a misplaced sign has, (m,).

    before : values that stand before each, where they are not `values` themselves
    """
    digits, earlier = (
        pd.Series([_decimals(value) for value in of]) for of in (values, values if before is None else before)
    )
    return np.asarray(digits > earlier.shift(1).rolling(_PRINTED, min_periods=_FEWEST).max())


def _decimals(value: float) -> int:
    """Decimals as written, up to what an office prints: a computed value has as many as fit."""
    written = repr(float(value)).partition("e")[0].partition(".")[2].rstrip("0") if np.isfinite(value) else ""
    return min(len(written), MOST_DECIMALS)


def _lag(x: Floats, months: int) -> Floats:
    out = np.full_like(x, np.nan)
    out[months:] = x[:-months] if months < len(x) else x[:0]
    return out


def _median(values: Floats) -> Floats:
    """The median over the first axis of what is known, NaN with under three where there could be more than three."""
    enough = np.isfinite(values).sum(axis=0) >= min(_FEWEST, len(values))
    return np.where(enough, known_median(values), np.nan)
