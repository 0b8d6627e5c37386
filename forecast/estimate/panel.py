"""The other series of a panel as they were known at the origin, adjusted, on the months of the target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecast import adjust, levels, models
from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.estimate.plan import Data, FigureData, Plan
from forecast.parallel import one_thread


def known_panel(
    data: Data, reconstructed: levels.Levels | None, months: pd.PeriodIndex, plan: Plan
) -> Floats | None:
    """Return the panel on the months for the models that see one, (k, m, s) index points; None without any, or use."""
    if not any(models.REGISTRY[name].panel for name in (*plan.models, *plan.beside)):
        return None
    columns = list(known_beside(data, reconstructed, months, plan).values())
    return np.exp(np.stack(columns, axis=2)) if columns else None


@one_thread
def known_beside(
    data: Data, reconstructed: levels.Levels | None, months: pd.PeriodIndex, plan: Plan
) -> dict[str, Floats]:
    """Return the other series by name on the months, log levels less their effects (k, m), NaN where unknown.

    Of published figures: the related series, reconstructed in the same draws as the target, each less its own
    effects. Of levels: each series less the effects that its months up to `as_of` show; one that carries no
    seasonal profile is left out.
    """
    if isinstance(data, FigureData):
        assert reconstructed is not None
        return {name: _on(months, of.months, of.adjusted) for name, of in reconstructed.related.items()}
    found: dict[str, Floats] = {}
    table = data.known_panel
    for name in table:
        y = table[name].loc[table[name].first_valid_index() : table[name].last_valid_index()]
        adjusted = _adjusted(y.astype(float), plan)
        if adjusted is not None:
            found[str(name)] = _on(months, pd.PeriodIndex(y.index), adjusted)
    return found


def _adjusted(y: pd.Series, plan: Plan) -> Floats | None:
    """Log levels less their effects, (1, m); None where the months are too few for a seasonal profile."""
    z = np.log(y.where(y > 0).to_numpy(dtype=float))
    if plan.slump.seasonally_adjusted:
        return np.asarray(z[None, :])
    months = pd.PeriodIndex(y.index)
    try:
        return np.asarray((z - adjust.builtin_effects(z, months, 0, plan.regressors(months)))[None, :])
    except DataError:
        return None


def _on(months: pd.PeriodIndex, own: pd.PeriodIndex, values: Floats) -> Floats:
    """Put columns of own months on other months, (k, own) -> (k, months), NaN where unknown."""
    at = own.get_indexer(months)
    return np.where(at >= 0, values[:, at], np.nan)
