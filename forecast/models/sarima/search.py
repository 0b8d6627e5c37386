"""Choice of a seasonal ARIMA: scale, differences, then every order within a budget by AICc, each by exact ML.

Nothing is stepwise and nothing is approximated, so the choice depends on the data alone; it is returned as a
frozen spec whose repr makes it again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import FitError
from forecast.models.sarima.diagnostics import inverse_roots
from forecast.models.sarima.differencing import Differencing, choose_differencing
from forecast.models.sarima.estimation import fit, fit_further, fit_plainly
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.sample import Sample, regressors, sample
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread
from forecast.series import laid_out

LOG_ADVANTAGE = 2.0
"""AICc points by which levels must beat logs to be preferred: X-13's default for `transform{function=auto}`."""

UNIT_ROOT, SEASONAL_UNIT_ROOT = 0.99, 0.95
"""Modulus from which an inverse root counts as a unit root; a seasonal one, in Bˢ, is passed once a year. chosen: a
shock then takes 69 months to halve, a seasonal one 13 years, which no usual sample tells from for ever."""

CANCELLING = 0.05
"""Distance of an AR from an MA inverse root under which the two cancel. chosen: about the standard error of either
in twenty years of months."""

NEAR = 24.0
"""AICc points above the best that may be chosen, within which a candidate is followed from its other starts too: on
40 real series, 96 candidates each, no start lifted one from farther off by enough to be chosen."""

FAR = "far"
"""Status of a candidate that was followed from the plain start alone."""


@dataclass(frozen=True)
class Scale:
    """Record why logs or levels were taken: AICc of the airline model on each, both for the data in levels.

    None where the airline model could not be fitted or has no meaning (levels that are not positive).
    """

    log: bool
    aicc_log: float | None
    aicc_level: float | None


@dataclass(frozen=True, eq=False)
class Search:
    """Hold a chosen model: `repr(spec)` fits it again without a search.

    table : one row per candidate, best AICc first: p, d, q, P, D, Q, loglike, aicc, converged, status. Status is
        "ok", "far" (over `NEAR` above the best: followed from one start, so that the likelihood may be that of a
        lower maximum), or why the candidate cannot be chosen: "ar_unit_root" (differencing left undone), "ma_unit_root"
        (differenced too often), "cancelling" (an AR against an MA root) or "failed: …". A seasonal MA root at 1
        that a seasonal difference cancels is a fixed seasonal pattern, and is allowed.
    """

    spec: Sarima
    fit: SarimaFit
    table: pd.DataFrame
    scale: Scale
    differencing: Differencing

    def summary(self) -> dict[str, Any]:
        """Return what was chosen and why, ready for JSON."""
        return {
            "spec": repr(self.spec),
            "aicc_log": self.scale.aicc_log,
            "aicc_level": self.scale.aicc_level,
            "seasonal_strength": self.differencing.strength,
            "kpss": list(self.differencing.kpss),
            "candidates": len(self.table),
            "aicc": self.fit.aicc,
        }


@one_thread
def search(
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    max_order: tuple[int, int, int, int] = (5, 5, 2, 2),
    budget: int = 5,
    period: int = 12,
    log: bool | None = None,
    differences: tuple[int, int] | None = None,
    rng: np.random.Generator | None = None,
) -> Search:
    """Choose the seasonal ARIMA of a series: logs or levels, d and D, then the orders of lowest AICc.

    y : (n,) index points, NaN where not published, or a Series on months · x : (n, j) regressors
    max_order : largest p, q, P, Q · budget : largest p + q + P + Q, which makes 96 candidates by default
    log : True or False to prescribe the scale · differences : (d, D) to prescribe them
    By default `choose_scale` and `choose_differencing` choose. AICc compares only models of the same differences.
    Source: Hurvich & Tsai (1989), DOI 10.1093/biomet/76.2.297, for AICc; Hyndman & Khandakar (2008),
    DOI 10.18637/jss.v027.i03, for the candidates.
    Raises FitError where no candidate can be fitted, and for regressors that are missing in a month.
    """
    del rng
    values, x, months = laid_out(y, x)
    regressors(x, len(values))  # refuses what none of the candidates could take
    scale = choose_scale(values, x, period=period) if log is None else Scale(log, None, None)
    if differences is None:
        with np.errstate(
            divide="ignore", invalid="ignore"
        ):  # what has no logarithm is left for `fit` to refuse
            differencing = choose_differencing(np.log(values) if scale.log else values, x, period)
    else:
        differencing = Differencing(*differences, None, ())
    specs = _orders(differencing, max_order, budget, period, scale.log)
    candidates = sorted(_candidates(list(specs), values, x), key=lambda c: c.aicc)
    fitted = [c for c in candidates if c.fit is not None]
    best = next((c for c in fitted if c.status == "ok"), fitted[0] if fitted else None)
    if best is None or best.fit is None:
        raise FitError(
            f"none of {len(candidates)} seasonal ARIMA candidates could be fitted: {candidates[0].status}"
        )
    spec = replace(best.spec, drift=best.spec.has_drift)
    return Search(spec, replace(best.fit, months=months), _table(candidates), scale, differencing)


def choose_scale(
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    period: int = 12,
) -> Scale:
    """Choose logs or levels by the AICc of the airline model (0,1,1)(0,1,1), as X-13 does.

    AICc(log) = that of log y + 2 Σ log y_t, the Jacobian over the months that differencing leaves, so that both
    speak of the levels. Levels are taken where they are better by more than 2, or where one is not positive.
    Source: X-13ARIMA-SEATS Reference Manual, `transform`.
    """
    values, x, _ = laid_out(y, x)
    observed = values[np.isfinite(values)]
    if len(observed) and observed.min() <= 0:
        return Scale(False, None, None)
    airline = Sarima(period=period) if period > 1 else Sarima((0, 1, 1), (0, 0, 0), period)
    compared = values[airline.lost :]
    try:
        aicc_level = fit(replace(airline, log=False), values, x).aicc
        jacobian = 2 * float(np.log(compared[np.isfinite(compared)]).sum())
        aicc_log = fit(airline, values, x).aicc + jacobian
    except FitError:
        return Scale(True, None, None)
    return Scale(aicc_log <= aicc_level + LOG_ADVANTAGE, aicc_log, aicc_level)


@dataclass(frozen=True, eq=False)
class _Candidate:
    spec: Sarima
    fit: SarimaFit | None
    failure: str = ""
    far: bool = False

    @cached_property
    def aicc(self) -> float:
        return float("inf") if self.fit is None else self.fit.aicc

    @cached_property
    def status(self) -> str:
        if self.fit is None:
            return f"failed: {self.failure}"
        return FAR if self.far else _status(self.fit)


def _orders(
    differencing: Differencing, max_order: tuple[int, int, int, int], budget: int, period: int, log: bool
) -> Iterator[Sarima]:
    """Every order within the budget, fewest coefficients first, so that ties go to the smaller model."""
    largest = max_order if period > 1 else (*max_order[:2], 0, 0)
    orders = itertools.product(*(range(k + 1) for k in largest))
    for p, q, P, Q in sorted((o for o in orders if sum(o) <= budget), key=lambda o: (sum(o), o)):
        yield Sarima((p, differencing.d, q), (P, differencing.D, Q), period, log=log)


def _candidates(specs: list[Sarima], y: Floats, x: npt.ArrayLike | None) -> list[_Candidate]:
    """Fit every order on one sample: all from the plain start, then those near the best from all their starts."""
    try:
        prepared = sample(specs[0], y[None, :], x)
    except FitError as error:
        return [_Candidate(spec, None, str(error)) for spec in specs]
    candidates = sorted((_candidate(replace(prepared, spec=spec)) for spec in specs), key=lambda c: c.aicc)
    limit = next((c.aicc for c in candidates if c.status == "ok"), float("inf")) + NEAR
    near = [_better(c) if c.aicc <= limit else replace(c, far=True) for c in candidates]
    return near if any(c.status == "ok" for c in near) else [_better(c) for c in candidates]


def _candidate(prepared: Sample) -> _Candidate:
    try:
        return _Candidate(prepared.spec, fit_plainly(prepared))
    except FitError as error:
        return _Candidate(prepared.spec, None, str(error))


def _better(candidate: _Candidate) -> _Candidate:
    """Follow a candidate's other starts and keep the higher maximum."""
    if candidate.fit is None:
        return candidate
    further = fit_further(candidate.fit)
    return candidate if further is candidate.fit else _Candidate(candidate.spec, further)


def _status(fitted: SarimaFit) -> str:
    """Say why a candidate should not be chosen, or "ok"."""
    ar, ma, seasonal_ar, seasonal_ma = inverse_roots(fitted.spec, fitted.params)
    if _reaches(ar, UNIT_ROOT) or _reaches(seasonal_ar, SEASONAL_UNIT_ROOT):
        return "ar_unit_root"
    fixed = [root for root in seasonal_ma if abs(root - 1) < 1 - SEASONAL_UNIT_ROOT][
        : fitted.spec.seasonal[1]
    ]
    if _reaches(ma, UNIT_ROOT) or _reaches([r for r in seasonal_ma if r not in fixed], SEASONAL_UNIT_ROOT):
        return "ma_unit_root"
    pairs = (*itertools.product(ar, ma), *itertools.product(seasonal_ar, seasonal_ma))
    return "cancelling" if any(abs(a - b) < CANCELLING for a, b in pairs) else "ok"


def _reaches(inverse: list[complex], modulus: float) -> bool:
    return any(abs(root) > modulus for root in inverse)


def _table(candidates: list[_Candidate]) -> pd.DataFrame:
    names = ["p", "d", "q", "P", "D", "Q", "loglike", "aicc", "converged", "status"]
    rows = [
        (
            *c.spec.order,
            *c.spec.seasonal,
            np.nan if c.fit is None else c.fit.loglike,
            np.nan if c.fit is None else c.fit.aicc,
            c.fit is not None and c.fit.converged,
            c.status,
        )
        for c in candidates
    ]
    return pd.DataFrame(rows, columns=names)
