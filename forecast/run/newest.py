"""`forecast check CONFIG --newest`: only the newest month is judged, under models frozen the month before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy  # its parts load where they are first used

from forecast import adjust, config
from forecast.adjust import Adjusted
from forecast.config import Question
from forecast.errors import ConfigError, DataError
from forecast.models import sarima
from forecast.run.data import load

SHARE = 80
"""Central interval that a newest month is expected in, percent. chosen: as reports speak of."""

UNUSUAL = 2.5758
"""2.5758 = Φ⁻¹(.995) standard errors from which a newest month is called unusual. chosen: one month in a hundred."""

POLICIES = {"Current": "effects as forecast", "Complete": "everything estimated anew"}


@dataclass(frozen=True)
class Judged:
    """The newest month beside what was expected of it in the month before.

    value, expected, lower, upper : index points · t : its surprise in standard errors
    growth_pct : seasonally adjusted growth on the month before, by revision policy
    """

    month: pd.Period
    value: float
    expected: float
    lower: float
    upper: float
    t: float
    growth_pct: dict[str, float]

    @property
    def unusual(self) -> bool:
        """Whether a month as far off comes once in a hundred or less often."""
        return abs(self.t) >= UNUSUAL

    def words(self, name: str) -> list[str]:
        """Say it in plain lines."""
        off = 2 * float(scipy.special.ndtr(-abs(self.t)))
        verdict = (
            "unusual: look at it before it is used" if self.unusual else "nothing unusual"
        ) + f" (a month as far off or farther comes {_share(off)})"
        adjusted = ", ".join(f"{pct:+.1f} % with {POLICIES[p]} ({p})" for p, pct in self.growth_pct.items())
        return [
            f"{name} {self.month}: {self.value:.1f}; {self.expected:.1f} was expected in {self.month - 1}, "
            f"{self.lower:.1f} to {self.upper:.1f} in {SHARE} of 100 cases; {verdict}",
            f"{name} {self.month}, seasonally adjusted: {adjusted} on {self.month - 1}",
        ]


def newest(path: str | Path, data: tuple[Path, ...] = ()) -> list[str]:
    """Judge the newest month of a config's target and return it in words.

    data : folders searched for the config's files
    Raises ConfigError for a target that is not known by its levels, DataError where its history does not suffice.
    """
    question = config.read(path, data)
    if question.config.target.region is not None:
        raise ConfigError(
            f"{question.path}: --newest judges a target known by its levels; of one known by published rates "
            "`forecast score RELEASE` says where its newest figures fell"
        )
    level = load(question, None, show_outcome=False).known  # type: ignore[union-attr]  # levels, as no region is named
    return judged(level, question).words(str(level.name or question.config.name))


def judged(y: pd.Series, question: Question) -> Judged:
    """Judge the last month of a level: the models know the months before it and stay as they were then.

    The expectation is that of the airline model, on logs (without its seasonal part where the level is adjusted).
    Raises DataError where the month before is missing or the history does not suffice.
    """
    month = y.index[-1]
    if month - 1 not in y.index or np.isnan(y[month - 1]):
        raise DataError(f"{y.name}: {month - 1} is missing, so that {month} has nothing to be judged against")
    seasonal = not question.config.target.seasonally_adjusted
    before, x = y.iloc[:-1], _calendar(y, question)
    spec = sarima.Sarima(seasonal=(0, 1, 1) if seasonal else (0, 0, 0))
    fit = sarima.fit(spec, before, x)
    ahead = fit.forecast(1, x, intervals=(SHARE,)).iloc[0]
    expected = fit.modelled(1, None if x is None else x.loc[[month]].to_numpy())
    t = float((np.log(y[month]) - expected.mean[0]) / np.sqrt(expected.variance[0]))
    lower, upper = float(ahead[f"lower_{SHARE}"]), float(ahead[f"upper_{SHARE}"])
    growth = _growth(y, question, seasonal, x)
    return Judged(month, float(y[month]), float(ahead["median"]), lower, upper, t, growth)


def _growth(y: pd.Series, question: Question, seasonal: bool, x: pd.DataFrame | None) -> dict[str, float]:
    """Adjusted growth of the newest month under each policy, percent."""
    methods: dict[str | None, adjust.Spec] = {
        "x13": adjust.X13(),
        "stl": adjust.Stl(),
        None: adjust.Builtin(),
    }
    spec = methods[question.config.adjust] if seasonal else adjust.Builtin(seasonal=False)
    months = pd.PeriodIndex(y.index)
    long = _calendar(y, question, _AHEAD)
    before = adjust.adjust(y.iloc[:-1], spec, months, long)
    return {policy: _last(adjust.refresh(before, policy, y, months, long)) for policy in POLICIES}


def _last(adjusted: Adjusted) -> float:
    return float(100 * (adjusted.adjusted.iloc[-1] / adjusted.adjusted.iloc[-2] - 1))


_AHEAD = 36
"""Months of calendar that X-13 asks for after a series (its longest forecast here, docs/decisions.md)."""
_RAREST = 1e-4  # share of months under which no number is told. chosen: Gaussian tails say no more there


def _calendar(y: pd.Series, question: Question, ahead: int = 0) -> pd.DataFrame | None:
    """The calendar regressors of the config over a level and the months ahead of it."""
    return question.plan.calendar(pd.period_range(y.index[0], y.index[-1] + ahead, freq="M"))


def _share(p: float) -> str:
    if p < _RAREST:
        return f"less than once in {1 / _RAREST:,.0f} months"
    return f"once in {1 / p:,.0f} months" if p < 0.1 else f"in {100 * p:.0f} of 100 months"
