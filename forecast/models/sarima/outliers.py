"""Automatic outliers of a seasonal ARIMA: additive, level shift, temporary change, by a forward–backward search.

Forward: add the outlier with the largest |t| over all kinds and months, estimate again, until none reaches the
critical value; σ is the robust one, since outliers not yet found inflate the other. Backward: drop the smallest
|t| below the critical value, estimate again. Both are repeated until a set of outliers comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # its parts load where they are first used

from forecast.arrays import Floats
from forecast.errors import DataError
from forecast.models.sarima.estimation import fit
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.scan import Regression, outlier_columns, regress
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread
from forecast.series import laid_out, monthly

KINDS = {"ao": "additive outlier", "ls": "level shift", "tc": "temporary change"}

UNSETTLED_MONTHS = 12
"""An outlier this near to the end is compared with the other kinds. chosen: until a year is over a pulse, a level
shift and a change of season look alike."""

CLEAR_DIFFERENCE = 2.0
"""Difference of log-likelihoods from which one kind counts as told from another. chosen: odds of 7 to 1, e²."""

_MONTHS_PER_OUTLIER = 20
"""No more outliers than this allows; chosen: 5 % of the months are no outliers but the law."""
_TIE = 1e-6
"""|t| nearer than this are equal: in the last month all kinds are one and the same regressor; chosen: rounding
error of a filter."""

_Key = tuple[str, int]  # kind and position in the sample


@dataclass(frozen=True)
class Outlier:
    """Hold one outlier: its size on the scale modelled (log points for a log model), and how sure it is.

    given : asked for by the user, so neither tested nor dropped
    rivals : kinds that explain a recent month nearly as well; empty where the kind is settled
    """

    kind: str
    month: pd.Period
    size: float
    standard_error: float
    given: bool
    rivals: tuple[str, ...] = ()

    @property
    def t(self) -> float:
        """The size in standard errors."""
        return self.size / self.standard_error

    @property
    def name(self) -> str:
        """Name of its regressor, e.g. "ls_2020-04"."""
        return f"{self.kind}_{self.month}"


@dataclass(frozen=True, eq=False)
class Outliers:
    """Hold the outliers found, the fit that has them as regressors, and what a report must warn of.

    regressors : (n, j + k) the user's columns, then one per outlier
    critical : |t| that an outlier had to reach
    """

    found: tuple[Outlier, ...]
    fit: SarimaFit = field(repr=False)
    regressors: Floats = field(repr=False)
    critical: float
    notes: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row per outlier: kind, month, size, standard_error, t, given, rivals."""
        names = ["kind", "month", "size", "standard_error", "t", "given", "rivals"]
        return pd.DataFrame([[getattr(o, name) for name in names] for o in self.found], columns=names)

    def columns(self, months: pd.PeriodIndex) -> pd.DataFrame:
        """Return the regressors of the outliers over any months, past or future, one column each."""
        start, n = months[0].ordinal, len(months)
        values = {
            o.name: outlier_columns(o.kind, np.array([o.month.ordinal - start]), n)[:, 0] for o in self.found
        }
        return pd.DataFrame(values, index=months)


@one_thread
def find_outliers(
    spec: Sarima,
    y: pd.Series,
    x: npt.ArrayLike | None = None,
    *,
    kinds: Sequence[str] = ("ao", "ls", "tc"),
    critical: float | None = None,
    span: tuple[pd.Period, pd.Period] | None = None,
    given: Sequence[tuple[str, pd.Period]] = (),
) -> Outliers:
    """Find the outliers of a series under a seasonal ARIMA, and fit it with them.

    y : (n,) index points on months, NaN where not published · x : (n, j) the user's regressors
    critical : |t| to reach; by default that of X-13 for the number of months searched
    span : first and last month searched; by default all, the very last included. A missing month is none.
    given : outliers kept whatever their t, as (kind, month)

    A level shift in the last months is found like any other, but its regressor is then nearly that of an additive
    outlier (in the last month the very same, and taken for one): `rivals` and `notes` say so.
    Source: Chen & Liu (1993), DOI 10.1080/01621459.1993.10594321; X-13ARIMA-SEATS Reference Manual, `outlier`.
    Raises DataError for unknown kinds and for months outside the series, FitError where the model has no fit.
    """
    values, x, _ = laid_out(y, x)
    y = monthly(y)
    _check(y, kinds, span, given)
    months = pd.PeriodIndex(y.index)
    first, last = (_position(month, months) for month in (span or (months[0], months[-1])))
    tested = first + np.flatnonzero(np.isfinite(values[first : last + 1]))
    task = _Task(
        spec,
        values,
        _modelled(values, spec),
        np.empty((len(y), 0)) if x is None else np.asarray(x, dtype=float).reshape(len(y), -1),
        tuple(kinds),
        tested,
        critical_value(len(tested)) if critical is None else critical,
        tuple((kind, _position(month, months)) for kind, month in given),
    )
    state = _search(task)
    outliers = _describe(task, state, months)
    notes = tuple(_note(outlier, spec) for outlier in outliers if outlier.rivals)
    return Outliers(outliers, replace(state.fit, months=months), state.regressors, task.critical, notes)


def critical_value(months: int, alpha: float = 0.05) -> float:
    """Return the |t| that an outlier must reach when so many months are searched: the default of X-13.

    For 1 and 2 months the normal value at the level 1 − (1−α)^{1/n} of each test. From 3 on the curve c₀ + c₁a + c₂b,
    a = √(2 ln n), b = (ln ln n + ln 4π)/(2a), through the value at 2 and the extreme-value form of Ljung (1993,
    J. R. Statist. Soc. B 55, 559–567), a − b − ln(−½ ln(2 − √(1+α)))/a, at 100 and 200.

    >>> round(critical_value(144), 2), round(critical_value(24), 2)
    (3.89, 3.42)
    """
    if months <= 2:
        return float(scipy.special.ndtri(0.5 + 0.5 * (1 - alpha) ** (1 / months)))
    tail = -np.log(-0.5 * np.log(2 - np.sqrt(1 + alpha)))
    knots = [_ljung_terms(n) for n in (2, 100, 200)]
    values = [critical_value(2, alpha), *(a - b + tail / a for _, a, b in knots[1:])]
    return float(np.array(_ljung_terms(months)) @ np.linalg.solve(knots, values))


@dataclass(frozen=True, eq=False)
class _Task:
    """What a search is asked: the series in levels y and on the scale modelled z, and the months to test."""

    spec: Sarima
    y: Floats
    z: Floats
    own: Floats
    kinds: tuple[str, ...]
    tested: npt.NDArray[np.int64]
    critical: float
    given: tuple[_Key, ...]


@dataclass(frozen=True, eq=False)
class _State:
    """A set of outliers and the fit with it."""

    keys: tuple[_Key, ...]
    fit: SarimaFit
    regressors: Floats
    regression: Regression

    def t(self) -> Floats:
        """The t statistic of every regressor, σ by maximum likelihood."""
        return self.regression.coefficients / (self.regression.unit_errors * self.regression.sigma)


def _search(task: _Task) -> _State:
    state = _estimate(task, task.given)
    room = len(task.given) + max(1, len(task.y) // _MONTHS_PER_OUTLIER)
    seen: set[frozenset[_Key]] = set()
    while frozenset(state.keys) not in seen:
        seen.add(frozenset(state.keys))
        while len(state.keys) < room and (key := _strongest(task, state)) is not None:
            state = _estimate(task, (*state.keys, key))
        while (key := _weakest(task, state)) is not None:
            state = _estimate(task, tuple(k for k in state.keys if k != key))
    return state


def _estimate(task: _Task, keys: tuple[_Key, ...]) -> _State:
    columns = [outlier_columns(kind, np.array([at]), len(task.y)) for kind, at in keys]
    regressors = np.column_stack([task.own, *columns])
    fitted = fit(task.spec, task.y, regressors if regressors.shape[1] else None)
    return _State(keys, fitted, regressors, regress(task.spec, fitted.params, task.z, regressors))


def _strongest(task: _Task, state: _State) -> _Key | None:
    """The outlier of largest |t|, if it reaches the critical value; the first of the kinds where they tie."""
    best: _Key | None = None
    limit, sigma = task.critical, state.regression.robust_sigma
    for kind in task.kinds:
        t = np.abs(state.regression.t_of_added(outlier_columns(kind, task.tested, len(task.y)), sigma))
        top = int(np.argmax(t))
        if t[top] >= limit:
            best, limit = (kind, int(task.tested[top])), float(t[top]) + _TIE
    return best


def _weakest(task: _Task, state: _State) -> _Key | None:
    """The outlier of smallest |t|, if it falls below the critical value."""
    t = np.abs(state.t()[task.own.shape[1] :])
    below = {key: value for key, value in zip(state.keys, t, strict=True) if key not in task.given}
    weakest = min(below, key=lambda key: below[key], default=None)
    return weakest if weakest is not None and below[weakest] < task.critical else None


def _describe(task: _Task, state: _State, months: pd.PeriodIndex) -> tuple[Outlier, ...]:
    j = task.own.shape[1]
    sizes = state.regression.coefficients[j:]
    errors = state.regression.unit_errors[j:] * state.regression.sigma
    return tuple(
        Outlier(
            kind, months[at], float(size), float(error), (kind, at) in task.given, _rivals(task, state, i)
        )
        for i, ((kind, at), size, error) in enumerate(zip(state.keys, sizes, errors, strict=True))
    )


def _rivals(task: _Task, state: _State, i: int) -> tuple[str, ...]:
    """Kinds whose log-likelihood in outlier i's place lies within the clear difference of its own."""
    kind, at = state.keys[i]
    if at < len(task.y) - UNSETTLED_MONTHS:
        return ()
    others = np.delete(state.regressors, task.own.shape[1] + i, axis=1)
    rest = regress(task.spec, state.fit.params, task.z, others)
    columns = np.column_stack([outlier_columns(k, np.array([at]), len(task.y)) for k in KINDS])
    gain = dict(zip(KINDS, np.square(rest.t_of_added(columns, state.regression.sigma)) / 2, strict=True))
    return tuple(k for k in KINDS if k != kind and gain[k] > gain[kind] - CLEAR_DIFFERENCE)


def _note(outlier: Outlier, spec: Sarima) -> str:
    """Say in plain words what the last months cannot yet tell."""
    size = f"{100 * np.expm1(outlier.size):+.1f} %" if spec.log else f"{outlier.size:+.4g} points"
    rivals = " or a ".join(KINDS[kind] for kind in outlier.rivals)
    return (
        f"{outlier.month}: an unusual {size}, taken as {_article(KINDS[outlier.kind])}, cannot yet be told from "
        f"{_article(rivals)}; a level shift stays in the forecast, the others do not"
    )


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _position(month: pd.Period, months: pd.PeriodIndex) -> int:
    return month.ordinal - months[0].ordinal


def _modelled(y: Floats, spec: Sarima) -> Floats:
    """The series on the scale modelled; what has no logarithm is left for `fit` to refuse."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(y) if spec.log else y


def _ljung_terms(months: int) -> tuple[float, float, float]:
    """1, a and b of the extreme-value form."""
    a = float(np.sqrt(2 * np.log(months)))
    return 1.0, a, float((np.log(np.log(months)) + np.log(4 * np.pi)) / (2 * a))


def _check(
    y: pd.Series,
    kinds: Sequence[str],
    span: tuple[pd.Period, pd.Period] | None,
    given: Sequence[tuple[str, pd.Period]],
) -> None:
    """Refuse what cannot be searched, every problem at once."""
    every = ", ".join(KINDS)
    unknown = [kind for kind in (*kinds, *(kind for kind, _ in given)) if kind not in KINDS]
    outside = [month for month in (*(span or ()), *(month for _, month in given)) if month not in y.index]
    problems = [f'outlier kind "{kind}" is unknown; use one of {every}' for kind in unknown]
    problems += [f"outlier month {m} lies outside the series, {y.index[0]} to {y.index[-1]}" for m in outside]
    if problems:
        raise DataError(*problems)
