"""Every figure beside what the levels imply and what all others say of it, worked out when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.figures import CELL
from forecast.levels.contradiction import Contradiction, contradictions, slack
from forecast.levels.observation import Bools
from forecast.levels.posterior import Posterior, at_first_prints, left_out, without
from forecast.parallel import one_thread

FALSE_ALARMS = 0.1
"""Probability that one of the figures of a clean series with normal errors is called contradictory. chosen: one
clean set in ten is looked at for nothing."""

AGAIN_FROM, JUDGED_AGAIN = 2.5, 6
"""Left-out residuals of so many standard errors, the most extreme ones, are judged again. chosen: with
`FALSE_ALARMS` nothing nearer is called contradictory among eight figures or more."""

FAR_APART = 0.5
"""Percent points: figures that cannot all be true by at least so much are called contradictory. chosen: five times
the last digit of a headline rate."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Judge the figures of a posterior, once: that takes as long as to draw the levels, and many never ask.

    target : the series of which sets of figures that contradict each other are looked for
    """

    posterior: Posterior
    target: int

    @property
    def fitted(self) -> pd.DataFrame:
        """A row per figure; the columns are those of `Levels.fitted`."""
        return self._found[0]

    @cached_property
    def suspects(self) -> pd.DataFrame:
        """The contradictory rows, worst first."""
        rows = self.fitted[self.fitted["status"] == "contradictory"]
        order = rows["left_out_z"].abs().sort_values(ascending=False).index
        return rows.loc[order].reset_index(drop=True)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """Sets of figures that cannot all be true, in words."""
        return tuple(of.words for of in self._found[1])

    @cached_property
    def _found(self) -> tuple[pd.DataFrame, tuple[Contradiction, ...]]:
        return _found(self.posterior, self.target)


@one_thread
def _found(posterior: Posterior, target: int) -> tuple[pd.DataFrame, tuple[Contradiction, ...]]:
    """The table of the figures and the sets of the target's that contradict."""
    o = posterior.observations
    implied = o.predict(posterior.levels)
    index = (o.table["measure"] == "index").to_numpy()
    printed = np.where(index, np.exp(implied), 100.0 * np.expm1(implied))
    error, z, far = _left_out(posterior)
    sets = contradictions(o, posterior.levels, target, blame=z)
    numbers: list[tuple[int, ...]] = [()] * len(error)
    for number, of in enumerate(sets, start=1):
        for row in of.rows if of.points >= FAR_APART else ():
            numbers[row] += (number,)
            far[row] = True
    superseded = o.table.duplicated(CELL, keep="last").to_numpy()
    columns = [*CELL, "value", "published", "source", "line"]
    fitted = o.table[columns].assign(
        first_print=o.first,
        fitted=printed,
        residual=o.table["value"].to_numpy() - printed,
        left_out_residual=error * o.unit,
        left_out_z=z,
        slack=slack(o, posterior.levels),
        status=np.where(far, "contradictory", np.where(superseded, "superseded", "used")),
        sets=pd.Series(numbers, o.table.index, dtype=object),
    )
    return fitted, sets


def _left_out(posterior: Posterior) -> tuple[Floats, Floats, Bools]:
    """Left-out residuals in log points and in standard errors, and which of them no clean series would show.

    The most extreme ones are judged again by noise that was learned without them.
    """
    o, posterior = posterior.observations, at_first_prints(posterior)
    error, z, kurtosis = left_out(posterior)
    bound = -scipy.special.ndtri(FALSE_ALARMS / (2.0 * np.bincount(o.series)[o.series]))
    worst = np.argsort(-np.abs(z))[:JUDGED_AGAIN]
    for row in worst[np.abs(z[worst]) > AGAIN_FROM]:
        again = left_out(without(posterior, int(row)))
        error[row], z[row], kurtosis[row] = (of[row] for of in again)
    # Cornish–Fisher: the quantile of a distribution with lighter tails than the normal's.
    return error, z, np.asarray(np.abs(z) > bound + (bound**3 - 3.0 * bound) * kurtosis / 24.0)
