"""What became known after `as_of`: shown on a page of its own when asked for, never seen by a forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import levels
from forecast.answers.next_releases import printed_since
from forecast.answers.onset import calm, onset
from forecast.arrays import trailing_mean
from forecast.estimate import Data, Estimate, FigureData
from forecast.normal import normal_path
from forecast.outcome import Observed, ObservedMonth
from forecast.parallel import generator
from forecast.rule import first_held, first_sought
from forecast.series import History
from forecast.slump import slump_onset


def observed(data: Data, estimate: Estimate, seed: int) -> Observed | None:
    """Apply the recovery rule to everything known today, with slump, normal and effects frozen as they were.

    Returns None where nothing was published after `as_of`.
    """
    history = _known_today(data, estimate, seed)
    origin = estimate.history.origin
    if history.origin <= origin:
        return None
    log_normal = np.log(normal_path(history, estimate.slump, estimate.plan.normal, history.months))
    gap = (np.log(history.values) - log_normal).mean(axis=0)
    at = (origin - history.months[0]).n
    slump = estimate.slump
    mean_gap = trailing_mean(gap, slump.window)
    back = int(first_held(mean_gap, slump.hold, at + first_sought(slump.hold)))
    month = history.months[back] if back >= 0 else None
    by = min((month - origin).n, estimate.plan.horizon) if month is not None else None
    given = None if by is None else estimate.recovery[estimate.plan.normal.kind].by(by)
    back_by = history.origin - (slump.hold - 1) if month is None else None
    began, chance = _onset(history, estimate)
    return Observed(
        history.origin,
        *((month, back_by, given) if slump.under_way else (None, None, None)),
        months=tuple(
            ObservedMonth(history.months[t], float(100.0 * np.exp(gap[t])))
            for t in range(at + 1, len(history.months))
        ),
        printed=printed_since(data, estimate),
        slump_began=began,
        onset_given=chance,
    )


def _onset(history: History, estimate: Estimate) -> tuple[pd.Period | None, float | None]:
    """The month in which a slump began since, by the rule and depth known then, and the chance given to one by then.

    None each where a slump was under way or the history was too short to tell one; a chance by the last month known
    where none began.
    """
    of, told = calm(estimate), onset(estimate)
    if of is None or told is None:
        return None, None
    z, origin = history.adjusted.mean(axis=0)[None], estimate.history.origin
    at = (origin - history.months[0]).n + 1
    months = float(slump_onset(z[:, :at], z[:, at:], of.depth)[0])
    began = origin + int(months) if np.isfinite(months) else None
    return began, told.within(((began or history.origin) - origin).n)


def _known_today(data: Data, estimate: Estimate, seed: int) -> History:
    """The history with every figure published to this day: of a level on the effects that the estimate used, of rates
    on its scale."""
    plan, slump = estimate.plan, estimate.slump
    if isinstance(data, FigureData):
        today = data.figures.table["published"].max()
        rng = generator(seed, data.name, "afterwards")
        known = levels.reconstruct(
            data.figures, data.target, data.related, plan.draws,
            as_of=today, rng=rng, country=plan.country, holidays=plan.holidays,
        )  # fmt: skip
        return (known if known.anchored else known.rescaled(slump.peak_from, slump.peak_to)).history
    y = data.y if data.releases is None else data.releases.as_of(data.releases.days[-1])
    y = y[estimate.history.months[0] : y.last_valid_index()]  # what lies before a long break was not seen
    months = pd.PeriodIndex(y.index)
    values = np.asarray(y, dtype=np.float64)[None, :]
    today = History(months, values, np.zeros_like(values), np.zeros(len(y), dtype=bool), data.name)
    return slump.frozen(today, plan.regressors(months)).bridged()
