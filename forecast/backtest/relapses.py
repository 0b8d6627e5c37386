"""How well the chance of a relapse was stated: Brier score beside the share of earlier slumps that relapsed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from forecast.backtest.earlier import published_by
from forecast.backtest.episodes import Episode
from forecast.backtest.parts import saved_pct
from forecast.backtest.summary import RelapseRecord
from forecast.rule import RELAPSE_MONTHS

EARLIER = "earlier_slumps"
COLUMNS = ("forecast", "model", "recovered_after", "follow_up", "probability", "relapsed")


def share_so_far(episodes: Sequence[Episode], as_of: pd.Timestamp) -> float:
    """Return (k + 1)/(n + 2): of n slumps whose year after the recovery was out by a day, k relapsed.

    The share under a uniform prior (Laplace 1774), so that a panel without any starts at one half.
    """
    outcomes = [
        e.relapsed
        for e in episodes
        if e.recovered is not None
        and e.relapsed is not None
        and e.recovered.ordinal + e.hold - 1 + RELAPSE_MONTHS <= published_by(as_of, e.lag_days)
    ]
    return (sum(outcomes) + 1.0) / (len(outcomes) + 2.0)


def relapse_record(table: pd.DataFrame, horizon: int) -> list[RelapseRecord]:
    """Return, by model, the Brier score of the chance of a relapse given a recovery within the horizon.

    table : `COLUMNS`, a row per forecast, by its number, and model; relapsed is 1, 0 or NaN where not known. A model in
        which no path recovers states no chance and has no row.
    Scored are origins followed to the end of that year whenever the recovery comes, follow_up ≥ horizon + 12, which is
    a choice by date; of these the ones whose slump ended within the horizon, since the chance is stated given that.
    brier_earlier : of `earlier_slumps` over the same forecasts · skill_pct : share of it that is saved, None at 0
    """
    followed = table[table["follow_up"] >= horizon + RELAPSE_MONTHS]
    scored = followed[(followed["recovered_after"] <= horizon) & followed["relapsed"].notna()].copy()
    scored["brier"] = np.square(scored["probability"] - scored["relapsed"])
    earlier = scored[scored["model"] == EARLIER].set_index("forecast")["brier"]
    scored["earlier"] = scored["forecast"].map(earlier)
    by_model = scored.groupby("model", sort=False)
    mean = by_model[["probability", "relapsed", "brier", "earlier"]].mean()
    return [
        {
            "model": str(model),
            "forecasts": int(count),
            "stated": float(stated),
            "relapsed": float(relapsed),
            "brier": float(brier),
            "brier_earlier": float(naive),
            "skill_pct": saved_pct(brier, naive),
        }
        for (model, stated, relapsed, brier, naive), count in zip(
            mean.itertuples(), by_model.size(), strict=True
        )
    ]
