"""Which calendar regressors earn their place: AICc over nested sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from forecast.adjust.spec import X13
from forecast.adjust.x13 import aicc
from forecast.errors import FitError
from forecast.parallel import one_thread

_TRADING = ("working_days", "leap_year")
_MONTHS_FOR_ALL_WINDOWS = 72  # chosen: three Tết windows want six years of Tết
_MARGIN = 2.0  # AICc points within which sets count as equal (Burnham & Anderson 2002)
_AIRLINE = ((0, 1, 1), (0, 1, 1))
"""(0,1,1)(0,1,1): Box & Jenkins 1976, the model X-13 tests regressors in."""


@dataclass(frozen=True)
class Choice:
    """Hold the columns chosen, and AICc of every set that was tried."""

    columns: tuple[str, ...]
    aicc: dict[tuple[str, ...], float]


@one_thread
def choose_regressors(
    y: pd.Series,
    x: pd.DataFrame,
    spec: X13 | None = None,
    candidates: Iterable[tuple[str, ...]] | None = None,
) -> Choice:
    """Choose among sets of calendar regressors by AICc of X-13's regARIMA model, one run per set.

    y : index points · x : index covering the series and `spec.forecast_months` after it
    spec : its model and known outliers are used; the airline model (0,1,1)(0,1,1) where it leaves the choice to
        X-13. No outliers are searched, so that all sets explain the same months.
    candidates : the sets; by default with and without working days and leap year × no window of a moving holiday,
        "during" alone, and, with at least 6 years of data, all windows
    Of the sets whose AICc lies within 2 of the lowest, which the data cannot tell apart, the smallest is taken
    (Burnham & Anderson 2004, doi:10.1177/0049124104268644).
    Raises FitError where X-13 is missing or fails on every set.
    """
    base = replace(spec or X13(), search=(), regressors=None, hold=(), ar=(), ma=(), pretest=False)
    base = replace(base, model=base.model or _AIRLINE)
    sets = list(candidates) if candidates is not None else _sets(x, int(y.notna().sum()))
    scores: dict[tuple[str, ...], float] = {}
    reasons: list[str] = []
    for columns in dict.fromkeys(tuple(s) for s in sets):
        try:
            scores[columns] = aicc(y, base, x[list(columns)])
        except FitError as error:
            reasons.append(f"regressors {', '.join(columns) or 'none'}: {error}")
    if not scores:
        raise FitError(*reasons)
    lowest = min(scores.values())
    equal = [columns for columns, score in scores.items() if score <= lowest + _MARGIN]
    return Choice(min(equal, key=lambda columns: (len(columns), scores[columns])), scores)


def _sets(x: pd.DataFrame, months: int) -> list[tuple[str, ...]]:
    """Sets from the smallest to the largest."""
    names = [str(name) for name in x.columns]
    trading = tuple(name for name in names if name in _TRADING)
    windows = tuple(name for name in names if name not in _TRADING)
    during = tuple(name for name in windows if name.endswith("_during"))
    holiday = [(), during] + ([windows] if months >= _MONTHS_FOR_ALL_WINDOWS else [])
    return [days + moving for moving in holiday for days in ((), trading)]
