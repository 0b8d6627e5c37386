"""`Dated`: the months of the series that a fit was made on, and its forecasts as tables that carry them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.display import SelfShown, Shown
from forecast.errors import DataError, expect, refuse_uncounted
from forecast.paths import INTERVALS, interval_table
from forecast.series import (
    called,
    laid_out,
    monthly_table,
    numbers_of,
    refuse_infinite,
    refuse_no_levels,
    rows_of,
    undated,
)

Quantiles = Callable[[float], Floats]
"""Probability -> that quantile of the level in each month of a horizon, (horizon,) index points."""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Dated(SelfShown):
    """Hold what every fit shares.

    months : of the sample; None where it was fitted on values without months
    """

    months: pd.PeriodIndex | None = field(default=None, repr=False)

    def summary(self) -> dict[str, Any]:
        """Return what a report prints of the fit: plain numbers and words, ready for JSON."""
        raise NotImplementedError

    def simulate(self, horizon: int, n: int, rng: np.random.Generator, x: Floats | None = None) -> Floats:
        """Draw n joint paths of the level after the sample, (n, horizon) index points."""
        raise NotImplementedError

    def _shown(self) -> Shown:
        """What a report prints of the fit, a line each."""
        span = "" if self.months is None else f", {self.months[0]} to {self.months[-1]}"
        rows = [(name, _told(value)) for name, value in self.summary().items()]
        return Shown(f"{type(self).__name__}{span}", ("", ""), rows)

    def simulated(
        self, horizon: int, n: int = 1_000, *, x: npt.ArrayLike | None = None, seed: int = 1
    ) -> pd.DataFrame:
        """Return n joint paths of the level after the sample, a row each and a column per month, index points.

        x : regressors over the horizon, as `simulate` takes them, or a table on months
        """
        refuse_uncounted(n=n)
        expect(seed=(seed, int))
        ahead = months_ahead(self.months, horizon)
        values = self.simulate(horizon, n, np.random.default_rng(seed), regressors_ahead(x, ahead))
        return pd.DataFrame(values, columns=ahead)

    def forecast(
        self,
        horizon: int,
        x: npt.ArrayLike | None = None,
        *,
        intervals: Sequence[float] = INTERVALS,
        paths: int = 4_000,
        seed: int = 1,
    ) -> pd.DataFrame:
        """Return the level after the sample, a row per month: median, lower_50, upper_50, …, index points.

        x : regressors over the horizon, as `simulate` takes them, or a table on months
        intervals : central probabilities in percent · paths : simulated, of which the quantiles are taken, but where
            the model has them in closed form, as a seasonal ARIMA with Gaussian innovations
        Without months of the sample the rows are the horizons, from 1.
        """
        refuse_uncounted(paths=paths)
        expect(seed=(seed, int))
        ahead = months_ahead(self.months, horizon)
        level = self._quantiles(horizon, regressors_ahead(x, ahead), paths, seed)
        return interval_table(level, ahead, intervals)

    def _quantiles(self, horizon: int, x: Floats | None, paths: int, seed: int) -> Quantiles:
        """Quantiles of the level over the horizon, by default of simulated paths."""
        drawn = self.simulate(horizon, paths, np.random.default_rng(seed), x)
        return lambda q: cast(Floats, np.quantile(drawn, q, axis=0))


def regressors_ahead(x: npt.ArrayLike | None, ahead: pd.Index) -> Floats | None:
    """Return regressors over the horizon as numbers: of a table on months, the rows of those months."""
    if x is None:
        return None
    rows = rows_of(x, ahead) if isinstance(ahead, pd.PeriodIndex) else x
    refuse_infinite(rows, ahead if isinstance(ahead, pd.PeriodIndex) else None)
    return _columns(np.asarray(rows, dtype=np.float64))


def _columns(values: Floats) -> Floats:
    """Return a table as it is, and values in one row after the other as its only column."""
    return values[:, None] if values.ndim == 1 else values


F = TypeVar("F", bound=Dated)


def moved(fit: F, y: npt.ArrayLike, x: Any = None, *, positive: bool = True) -> tuple[F, Floats, Any]:
    """Return a fit on the months of other levels, with the levels and regressors in their order.

    positive : whether the model takes only levels above 0. Raises DataError for values that are no levels.
    """
    values, x, months = laid_out(y, x)
    refuse_no_levels(values, months, called(y), positive=positive)
    return (fit if months is fit.months else replace(fit, months=months)), values, x


def _told(value: object) -> str:
    """A number of five digits, a list of them, or the word itself."""
    if isinstance(value, float):
        return f"{value:.5g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_told, value))
    return str(value)


def like_series(
    panel: npt.ArrayLike | None, y: npt.ArrayLike, months: pd.PeriodIndex | None
) -> Floats | None:
    """Return a panel of like series on the months of a level; NaN in months that it lacks.

    panel : rows in the order of y, or a table on months of its own, one series or several
    Raises DataError for values that are no levels, for rows that are not those of y and for no month of y.
    """
    if panel is None:
        return None
    if isinstance(panel, pd.Series):
        panel = panel.to_frame()
    if months is None or undated(panel):
        values, rows, _ = laid_out(y, panel)
        beside = _columns(numbers_of(cast(npt.ArrayLike, rows), "panel"))
        if beside.ndim != 2 or len(beside) != len(values):
            raise DataError(
                f"panel: expected {len(values)} rows, one for each month of the series, found {beside.shape}"
            )
    else:
        beside = _on_months(cast(pd.DataFrame, panel), months)
    names = getattr(panel, "columns", range(1, beside.shape[-1] + 1))
    for name, column in zip(names, beside.T, strict=True):
        refuse_no_levels(column, months, f"panel: {name}")
    return beside


def _on_months(panel: pd.DataFrame, months: pd.PeriodIndex) -> Floats:
    """Return a table on these months. Raises DataError where it has none of them."""
    table = monthly_table(panel)
    if not table.index.isin(months).any():
        raise DataError(
            f"panel: none of its months, {table.index[0]} to {table.index[-1]}, is of the series, "
            f"{months[0]} to {months[-1]}; give the months that both know"
        )
    return table.reindex(months).to_numpy(dtype=np.float64)


def months_ahead(months: pd.PeriodIndex | None, horizon: int) -> pd.Index:
    """Return the months after a sample, or the horizons from 1 where it has none; ConfigError for none."""
    refuse_uncounted(horizon=horizon)
    if months is None:
        return pd.RangeIndex(1, horizon + 1, name="horizon")
    return pd.period_range(months[-1] + 1, periods=horizon, freq="M", name="month")
