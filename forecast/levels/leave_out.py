"""`leave_out`: what all other figures of a series say of each.

The reconstruction's model at the centre of its prior, which no figure moves, with standard errors widened by how far
the older figures lie from their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import calendar
from forecast.arrays import Floats, robust_sd
from forecast.errors import FitError
from forecast.figures import CELL, Figures
from forecast.levels.mode import Search
from forecast.levels.observation import Name, Observations, first_month, observe
from forecast.levels.posterior import Posterior, left_out
from forecast.levels.prior import kernels, parameters
from forecast.series import NEWEST

GROSS_SDS = 9.0
"""Standard errors from which an older figure is set aside, lest it speak against a newest one. chosen: half as far
again as the largest distance among the shipped figures."""

LEAST = 0.03
"""Log points (3 percent points of a rate) that either is away at least. chosen: what is less decides no answer."""

MEMORY = 72
"""Months of figures that are looked at. chosen: six years pin the season, and a fit takes a tenth of a second."""

ENOUGH, _FEW_WIDEN = 8, 2.0
"""Figures that tell how far they usually lie; with fewer, twice what the prior says. chosen: the spread of eight is
known to a quarter."""

STEPS = 4  # of Gauss–Newton; chosen: monthly rates are linear in logs, and sums nearly so
_FEWEST_FIGURES = 3  # figures that tell anything of a level; chosen: a change and one to hold it against


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Hold what the other figures say of each: log expected and its standard error, (n,), on the scale of y."""

    observations: Observations
    expected: Floats
    sd: Floats
    newest: npt.NDArray[np.bool_]

    @property
    def away(self) -> Floats:
        """Standard errors from what is expected, (n,); 0 for less than LEAST, and for older figures that are no gross
        error.
        """
        error = np.abs(self.observations.y - self.expected)
        counts = (error > LEAST) & (self.newest | (error > GROSS_SDS * self.sd))
        return np.where(counts, error / self.sd, 0.0)

    def place(self, row: pd.Series) -> int:
        """Return the place of a row of figures that was looked at."""
        return int(np.flatnonzero(_is(self.observations.table, row))[-1])

    def off(self, i: int, value: float) -> float:
        """Standard errors from what is expected of a figure to another value; inf for one that leaves no output."""
        size = value if self.observations.table["measure"].iloc[i] == "index" else 1.0 + value / 100.0
        return float(abs(np.log(size) - self.expected[i]) / self.sd[i]) if size > 0 else np.inf


def leave_out(
    figures: Figures, name: Name, country: str | None, holidays: Sequence[str], beside: Figures | None = None
) -> LeftOut | None:
    """Leave out one figure after the other; the sums in rates are linearised where those `beside` alone would lie.

    None where fewer than three figures lie within six years, or nothing fits them.
    """
    months, origin = months_of(figures, name), figures.origin(*name)
    o = observe(figures, [name], months)
    if len(o.y) < _FEWEST_FIGURES:
        return None
    prior = kernels(months, 0, calendar.regressors(months, country, holidays))
    search = Search(o, prior, parameters(1))
    start = Search(observe(beside, [name], months), prior, search.given) if beside is not None else search
    levels, _, linear = start.settled(search.centre, prior.mean[None, : prior.months], 1.0, STEPS)
    spread = np.zeros((len(search.given), len(search.given)))
    linear = linear if beside is None else search.at(levels)
    try:
        error, z, _ = left_out(Posterior(o, prior, search.given, search.centre, spread, levels, linear))
    except FitError:
        return None
    newest = (o.table["period"] > origin - NEWEST).to_numpy()
    older = np.abs(z[~newest])
    widened = max(1.0, robust_sd(older, centre=0.0)) if len(older) >= ENOUGH else _FEW_WIDEN
    return LeftOut(o, o.y - error, np.abs(error / z) * widened, newest)


def without(figures: Figures, row: pd.Series) -> Figures:
    """Return the figures without one; lines do not tell it from others where they come from several files."""
    return replace(figures, table=figures.table[~_is(figures.table, row)].reset_index(drop=True))


def _is(table: pd.DataFrame, row: pd.Series) -> npt.NDArray[np.bool_]:
    return (table[[*CELL, "value", "published"]] == row[[*CELL, "value", "published"]]).all(axis=1).to_numpy()


def months_of(figures: Figures, name: Name) -> pd.PeriodIndex:
    """Return the months that are looked at."""
    origin = figures.origin(*name)
    return pd.period_range(max(first_month(figures), origin - MEMORY + 1), origin, freq="M")
