"""X-13ARIMA-SEATS as prepare → run → read, with every automatic choice frozen afterwards."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.adjust.spec import X13, Adjusted, Message, Outlier, published_span
from forecast.adjust.x13 import read
from forecast.adjust.x13.prepare import calendar_columns, prepare
from forecast.adjust.x13.program import available, run
from forecast.errors import DataError, FitError

__all__ = ["aicc", "available", "by_x13", "calendar_columns"]


def by_x13(y: pd.Series, spec: X13, months: pd.PeriodIndex, x: pd.DataFrame | None = None) -> Adjusted:
    """Adjust a series by X-13; effects over `months`, which begin within the series.

    x : calendar regressors, its index covering the series and `spec.forecast_months` after it, and `months`
    Beyond the program's forecasts the seasonal factors of their last year repeat. A month that is not published
    is estimated by the program's model for the factors, and stays NaN in the adjusted level.
    Raises DataError for input it must not be given, FitError with the program's own words where it fails.
    """
    published = published_span(y)
    columns = calendar_columns(spec, x)
    fitted = _modelled(published, spec)
    table = _rows(x, columns, fitted.union(months))
    written = run(prepare(published, spec, table.loc[fitted]), spec.timeout_s)
    first, adjusted, combined = _TABLES[spec.decomposition]
    messages = read.messages(written.get("err", ""))
    if "est" not in written or adjusted not in written:
        raise FitError(_failure(messages))
    estimated = read.estimates(written["est"])
    seasonal = np.log(read.table(written[first]))
    calendar = np.log(read.table(written[combined])) - seasonal
    diagnostics = read.diagnostics(written["udg"])
    beyond = months[months > seasonal.index[-1]]
    beta = np.array([estimated.regression[name][0] for name in columns])
    ahead = pd.Series(table.loc[beyond].to_numpy(dtype=np.float64) @ beta, index=beyond)
    return Adjusted(
        months=months,
        seasonal=_repeated(seasonal, beyond).loc[months].to_numpy(),
        calendar=pd.concat([calendar, ahead]).loc[months].to_numpy(),
        adjusted=read.table(written[adjusted])
        .reindex(published.index)
        .where(published.notna())
        .reindex(y.index),
        spec=spec,
        static_spec=_static(spec, columns, estimated, written["udg"], diagnostics),
        method="x13",
        outliers=tuple(sorted(Outlier.parse(name) for name in estimated.outliers)),
        coefficients=estimated.regression,
        diagnostics=diagnostics,
        messages=messages,
    )


def aicc(y: pd.Series, spec: X13, x: pd.DataFrame) -> float:
    """Return AICc of the model with all columns of x, from the program's exact likelihood.

    x : index covering the series and `spec.forecast_months` after it. Raises as `by_x13` does.
    """
    published = published_span(y)
    table = _rows(x, list(x.columns), _modelled(published, spec))
    written = run(prepare(published, spec, table, adjust=False), spec.timeout_s)
    value = read.diagnostics(written.get("udg", "")).get("aicc")
    if not isinstance(value, float):
        raise FitError(_failure(read.messages(written.get("err", ""))))
    return value


_TABLES = {"x11": ("d10", "d11", "d16"), "seats": ("s10", "s11", "s16")}


def _static(
    spec: X13, columns: list[str], estimated: read.Estimates, udg: str, diagnostics: dict[str, float | str]
) -> X13:
    """The spec with every choice made and every coefficient held.

    Where the moving seasonality ratio chose 3×5, "x11default" is the very same sequence of filters; for its other
    choices, and for the trend filter, the program has no option that repeats them in the last iteration only, so
    they stay what they are: functions of the data.
    """
    order, constant = read.model(udg)
    same = spec.seasonal_filter == "msr" and diagnostics.get("seasonal_filter") == "3x5"
    return replace(
        spec,
        model=order,
        constant=constant,
        ar=estimated.ar,
        ma=estimated.ma,
        regressors=tuple(columns),
        pretest=False,
        outliers=tuple(sorted(Outlier.parse(name) for name in estimated.outliers)),
        search=(),
        search_from=None,
        coefficients=tuple((name, value) for name, (value, _) in estimated.regression.items()),
        hold=("ar", "ma", "regression"),
        seasonal_filter="x11default" if same else spec.seasonal_filter,
    )


def _modelled(published: pd.Series, spec: X13) -> pd.PeriodIndex:
    """The months of the series and of the program's forecasts."""
    return pd.period_range(published.index[0], periods=len(published) + spec.forecast_months, freq="M")


def _rows(x: pd.DataFrame | None, columns: list[str], needed: pd.PeriodIndex) -> pd.DataFrame:
    """The regressors in use over the months that the program or the answer needs."""
    if x is None or not columns:
        return pd.DataFrame(index=needed)
    absent = needed[~needed.isin(x.index)]
    if len(absent):
        raise DataError(
            f"x13: calendar regressors have no row for {absent[0]}; they are needed from {needed[0]} to {needed[-1]}, "
            "the series and its forecasts"
        )
    return pd.DataFrame(x.loc[needed, columns])


def _repeated(seasonal: pd.Series, beyond: pd.PeriodIndex) -> pd.Series:
    """The factors, then those of their last year again and again."""
    last = seasonal.to_numpy(dtype=np.float64)[-12:]
    over = pd.PeriodIndex(seasonal.index).append(beyond)
    return pd.Series(np.concatenate([seasonal.to_numpy(), last[np.arange(len(beyond)) % 12]]), index=over)


def _failure(messages: tuple[Message, ...]) -> str:
    worst = [m.text for m in messages if m.level == "error"] or [m.text for m in messages]
    return "X-13 could not adjust the series: " + (" ".join(worst) or "it wrote no reason")
