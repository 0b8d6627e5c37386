"""The pool on parts of a panel: by the start of the slump, and by its age beside Kaplan–Meier."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import score
from forecast.backtest.at_origin import POOL
from forecast.backtest.summary import Part, Skill

Resamples = npt.NDArray[np.int64]

HELD_BACK_FROM = 1990
"""The default pool was chosen on slumps that began before this year; those since had no say (docs/skill.md)."""

INTERVAL = 0.90  # level of intervals of skill; chosen: as the widest interval shown elsewhere
FEWEST_YEARS = 3
"""Start years under which their resampling says nothing of sampling error; chosen: two give three different draws."""
BOOTSTRAP_DRAWS = 2000  # chosen: an end of a 90 % interval is known to about 0.5 points of its level
SAME_SLUMP = 12
"""Starts of one series less than so many months apart are one slump, dated anew in real time; chosen: a slump is
dated by 12-month means."""


def slumps(starts: Iterable[tuple[str, str]]) -> int:
    """Count slumps by series and start, months as text; a start within a year of an earlier one is no new slump."""
    count, last = 0, ("", pd.Period("0001-01", "M"))
    for series, text in sorted(set(starts)):
        start = pd.Period(text, "M")
        count += series != last[0] or (start - last[1]).n >= SAME_SLUMP
        last = (series, start)
    return count


def resamples_of(years: pd.Index, rng: np.random.Generator) -> Resamples | None:
    """Draw whole start years, (draws, n); None with fewer than three of them."""
    if years.nunique() < FEWEST_YEARS:
        return None
    return score.resample_clusters(years, BOOTSTRAP_DRAWS, rng)


def against(ours: pd.Series, best: pd.Series, resamples: Resamples | None) -> Skill:
    """Skill against the best naive rule in percent, with its 90 % interval; None where that rule made no error.

    A draw of start years in which it made none holds no skill and is left out.
    """
    if not best.mean() > 0:
        return {"skill_pct": None, "skill_interval_pct": None}
    interval = None
    if resamples is not None:
        usable = score.resampled_mean(best, resamples) > 0
        ends = score.percentile_interval(score.resampled_skill(ours, best, resamples[usable]), INTERVAL)
        interval = [100.0 * end for end in ends]
    return {"skill_pct": 100.0 * score.skill(ours, best), "skill_interval_pct": interval}


def by_slump_start(crps: pd.DataFrame, best: str, rng: np.random.Generator) -> list[Part]:
    """Return the pool's skill on slumps before 1990, on those since, and on all but the two years with the most.

    crps : a row per forecast, indexed by series, slump_start and origin, a column per model; every part is judged
        against the naive rule that is best on the whole panel. A part without forecasts, or equal to the whole, is
        left out.
    """
    years = crps.index.get_level_values("slump_start").str[:4].astype(int)
    first = _fullest_pair(years)
    parts = {
        "before": years < HELD_BACK_FROM,
        "held_back": years >= HELD_BACK_FROM,
        "without_fullest": (years < first) | (years > first + 1),
    }
    rows: list[Part] = []
    for part, inside in parts.items():
        if not inside.any() or (inside.all() and part != "held_back"):
            continue
        selected = crps[inside]
        rows.append(
            {
                "part": part,
                "held_back_from": HELD_BACK_FROM,
                "fullest": [first, first + 1],
                "episodes": slumps(
                    zip(
                        *(selected.index.get_level_values(key) for key in ("series", "slump_start")),
                        strict=True,
                    )
                ),
                "origins": len(selected),
                "start_years": int(years[inside].nunique()),
                **against(selected[POOL], selected[best], resamples_of(years[inside], rng)),
            }
        )
    return rows


def worse_than_kaplan_meier(crps: pd.DataFrame, resamples: Resamples | None) -> float | None:
    """Return the share of draws of start years in which the pool is not worse than Kaplan–Meier.

    crps : (n) forecasts of one age of the slump · resamples : (draws, n), their columns of the draws for all ages
    Under 0.05 the pool is worse at the 5 % level, one-sided. A draw without a forecast of this age is left out; None
    without draws.
    """
    if resamples is None:
        return None
    usable = resamples[resamples.sum(axis=1) > 0]
    return float((score.resampled_mean(crps[POOL] - crps["kaplan_meier"], usable) <= 0.0).mean())


def _fullest_pair(years: pd.Index) -> int:
    """First of the two successive start years that hold the most forecasts."""
    counts = years.value_counts()
    return max(range(years.min(), years.max() + 1), key=lambda y: counts.get(y, 0) + counts.get(y + 1, 0))


def saved_pct(ours: float, theirs: float) -> float | None:
    """Return the share of a rule's mean error that is saved, percent; None where it made none or is not known.

    Both are means over the same forecasts.
    """
    return finite(100.0 * (1.0 - ours / theirs)) if theirs > 0 else None


def finite(value: float) -> float | None:
    """Return a number for JSON, None where it is infinite or unknown."""
    return float(value) if np.isfinite(value) else None
