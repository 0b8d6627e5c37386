"""`fit`: a seasonal ARIMA as it stands, with outliers found or given, or with the COVID months taken care of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.errors import ConfigError, DataError, FitError, expect
from forecast.models.dated import Dated, Quantiles
from forecast.models.sarima import estimation
from forecast.models.sarima.covid import CovidFit, Option, fit_covid
from forecast.models.sarima.fitted import SarimaFit
from forecast.models.sarima.outliers import Outliers, find_outliers
from forecast.models.sarima.simulation import Forecast
from forecast.models.sarima.spec import Sarima
from forecast.parallel import one_thread
from forecast.series import laid_out, monthly, undated

AUTO: Literal["auto"] = "auto"


@one_thread
def fit(
    spec: Sarima,
    y: npt.ArrayLike,
    x: npt.ArrayLike | None = None,
    *,
    rng: np.random.Generator | None = None,
    start: npt.ArrayLike | None = None,
    cold: bool = True,
    outliers: Literal["auto"] | Sequence[tuple[str, pd.Period | str]] | None = None,
    covid: Option = "keep",
) -> SarimaFit:
    """Estimate a seasonal ARIMA by exact maximum likelihood from several starts.

    y : (m,) index points in order, NaN where a month is missing; or a Series on any monthly index, whose gaps count
        as missing months
    x : (m, j) regressors, differenced like the series; a DataFrame names them, and may have months of its own
    rng : not used, the search is deterministic; models share one signature
    start : coefficients (AR, MA, seasonal AR, seasonal MA) of an earlier fit, tried beside the cold starts
    cold : False follows `start` alone, which is faster and may keep a wrong maximum; both without outliers and COVID
    outliers : "auto" searches them as `find_outliers` does; or those known, as [("ls", "2008-11")], kind "ao", "ls" or
        "tc"
    covid : "dummies" or "down_weight" treats the months from March 2020 on as `fit_covid` does

    The likelihood is that of the differenced series on the modelled scale, given the months that differencing takes;
    missing months are integrated out (Gómez, Maravall & Peña 1999, doi:10.1016/S0304-4076(98)00021-X), regression
    coefficients and σ² are concentrated out. How the search ended is `status` of the fit, never an exception.

    Raises FitError where the series cannot carry the model; DataError for a Series that is not monthly, and for values
    without months where outliers or COVID months are asked for; ConfigError where both are.

    >>> from forecast.series import sample
    >>> str(fit(Sarima(), sample("elec_equip"), outliers="auto").outliers.found[0].month)
    '2009-01'
    """
    expect(spec=(spec, Sarima))
    del rng
    if outliers is None and covid == "keep":
        return estimation.fit(spec, y, x, start=start, cold=cold)
    if outliers is not None and covid != "keep":
        raise ConfigError("outliers and covid both explain the same months; choose one of the two")
    if undated(y):
        raise DataError("outliers and COVID months need months; give a Series on months instead of values")
    values, ordered, months = laid_out(y, x)
    level = pd.Series(values, index=months, name=getattr(y, "name", None))
    own = _names(ordered)
    if outliers is None:
        treated = fit_covid(spec, level, ordered, option=covid)
        dummies = tuple(f"covid_{i + 1}" for i in range(len(treated.fit.sample.names) - len(own)))
        return _treated(treated.fit, (*own, *dummies), covid=treated)
    if isinstance(outliers, str) and outliers != AUTO:
        raise ConfigError(
            f'outliers "{outliers}" is not known; use "auto", or name them as [("ls", "2008-11")]'
        )
    given = () if outliers == AUTO else tuple((kind, pd.Period(month, freq="M")) for kind, month in outliers)
    kinds = ("ao", "ls", "tc") if outliers == AUTO else ()
    cleaned = find_outliers(spec, level, ordered, kinds=kinds, given=given)
    return _treated(cleaned.fit, (*own, *(outlier.name for outlier in cleaned.found)), outliers=cleaned)


@dataclass(frozen=True, eq=False, repr=False)
class TreatedFit(SarimaFit):
    """A fit whose outliers or COVID months are regressors of its own, which it lays out over the future itself.

    regressors : names, the user's first · outliers : found or given · covid : the shock, where that was asked for
    """

    regressors: tuple[str, ...] = ()
    outliers: Outliers | None = None
    covid: CovidFit | None = field(default=None, repr=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What `beta` are the coefficients of: the drift if there is one, then the regressors by name."""
        return ("drift",) * int(self.spec.has_drift) + self.regressors

    def simulate(
        self,
        horizon: int,
        n: int,
        rng: np.random.Generator,
        x: Floats | None = None,
        innovations: Floats | None = None,
    ) -> Floats:
        """Draw n joint paths as any fit does; outliers go on as their kind does, COVID months leave their spread.

        x : the user's regressors over the horizon. Raises ValueError as `SarimaFit.simulate`.
        """
        if self.covid is not None and innovations is None:
            return self.covid.simulate(horizon, n, rng, x)
        return super().simulate(horizon, n, rng, self._with_own(horizon, x), innovations)

    def modelled(self, horizon: int, x: Floats | None = None) -> Forecast:
        """Return mean and variance on the modelled scale as any fit does; a COVID shock is not in the variance."""
        return super().modelled(horizon, self._with_own(horizon, x))

    def _quantiles(self, horizon: int, x: Floats | None, paths: int, seed: int) -> Quantiles:
        """With a COVID shock from simulated paths, which alone hold its spread."""
        of = SarimaFit if self.covid is None else Dated
        return of._quantiles(self, horizon, x, paths, seed)

    def updated(self, y: npt.ArrayLike, x: Floats | None = None, panel: Floats | None = None) -> SarimaFit:
        """Return the same coefficients and outliers after the last month of other levels y, on months.

        Raises FitError for values without months and for a fit with COVID months, DataError as `fit`.
        """
        if self.outliers is None or undated(y):
            raise FitError(
                "a fit with outliers is updated with months, one with COVID months is estimated anew"
            )
        level, ordered = monthly(cast(pd.Series, y)), laid_out(y, x)[1]
        columns = self.outliers.columns(pd.PeriodIndex(level.index)).to_numpy()
        own = np.empty((len(level), 0)) if ordered is None else np.asarray(ordered, dtype=float)
        return super().updated(level, np.column_stack([own, columns]))

    def _with_own(self, horizon: int, x: Floats | None) -> Floats | None:
        """The user's regressors over the horizon with the fit's own beside them; dummies are 0 there."""
        count = len(self.sample.names) - (0 if x is None else np.shape(x)[-1])
        if not count:
            return x
        own = np.zeros((horizon, count))
        if self.outliers is not None and self.months is not None:
            ahead = pd.period_range(self.months[-1] + 1, periods=horizon, freq="M")
            own = self.outliers.columns(ahead).to_numpy()
        if x is None:
            return own
        return np.concatenate([x, np.broadcast_to(own, (*np.shape(x)[:-1], own.shape[1]))], axis=-1)

    def _content(self) -> dict[str, Any]:
        """What a report prints, with the outliers or the shock."""
        content = super()._content()
        if self.covid is not None:
            return {**content, **self.covid.treatment()}
        if self.outliers is None:
            return content
        outliers = self.outliers.table.assign(month=[str(o.month) for o in self.outliers.found])
        return {**content, "outliers": outliers.drop(columns="rivals").to_dict("records")}


def _treated(plain: SarimaFit, names: tuple[str, ...], **treatment: Any) -> TreatedFit:
    parts = {field.name: getattr(plain, field.name) for field in fields(SarimaFit)}
    return TreatedFit(**parts, regressors=names, **treatment)


def _names(x: npt.ArrayLike | None) -> tuple[str, ...]:
    if x is None:
        return ()
    columns = 1 if np.ndim(x) == 1 else np.shape(x)[1]
    return tuple(map(str, getattr(x, "columns", range(1, columns + 1))))
