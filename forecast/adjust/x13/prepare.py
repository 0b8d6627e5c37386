"""A spec and a series → the text of X-13's specification file."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from forecast.adjust.spec import X13
from forecast.arrays import Floats
from forecast.errors import DataError

_MISSING = -99999.0  # X-13's code of a missing value (Reference Manual, `series{missingcode}`)
_LONGEST = 780
"""Months of the longest series that the program takes: 65 years (Reference Manual, program limits)."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_TABLES = {"x11": "d10 d11 d16", "seats": "s10 s11 s16"}


def prepare(y: pd.Series, spec: X13, x: pd.DataFrame, *, adjust: bool = True) -> str:
    """Return the specification file for a series and the regressors in use, (m + forecast_months, j).

    y : index points, NaN where a month is not published · adjust : False estimates the model and stops there
    Columns named working_days are trading-day effects, leap_year leap-year effects, all others holidays.
    Raises DataError, with every reason at once, where the program could not read or should not be asked.
    """
    _check(y, spec, x)
    parts = [_series(y), "transform{ function=log }"]
    if len(x.columns) or spec.outliers or spec.constant:
        parts.append(_regression(y, spec, x))
    if spec.search:
        since = f" span=({spec.search_from.year}.{spec.search_from.month:02d}, )" if spec.search_from else ""
        parts.append(f"outlier{{ types=({' '.join(spec.search).lower()}){since} }}")
    parts.append("automdl{ }" if spec.model is None else _arima(spec))
    parts.append(f"forecast{{ maxlead={spec.forecast_months} }}")
    parts.append("estimate{ save=(est) }")
    if adjust:
        # noadmiss lets SEATS approximate a model that has no admissible decomposition instead of giving up.
        own = f"seasonalma={spec.seasonal_filter}" if spec.decomposition == "x11" else "noadmiss=yes"
        parts.append(f"{spec.decomposition}{{ appendfcst=yes {own} save=({_TABLES[spec.decomposition]}) }}")
    return "\n".join(parts) + "\n"


def calendar_columns(spec: X13, x: pd.DataFrame | None) -> list[str]:
    """Return the columns that a spec uses of the table; raises DataError for one that is not there."""
    given = [] if x is None else [str(name) for name in x.columns]
    if spec.regressors is None:
        return given
    absent = [name for name in spec.regressors if name not in given]
    if absent:
        raise DataError(
            f"x13: calendar regressors {', '.join(absent)} are not in the table; it has {', '.join(given) or 'none'}"
        )
    return list(spec.regressors)


def _series(y: pd.Series) -> str:
    first = y.index[0]
    values = np.where(np.isfinite(y.to_numpy(dtype=np.float64)), y.to_numpy(dtype=np.float64), _MISSING)
    start = f"{first.year}.{first.month:02d}"
    return f'series{{ title="series" start={start} period=12 missingcode={_MISSING!r} data=(\n{_lines(values)}\n) }}'


def _regression(y: pd.Series, spec: X13, x: pd.DataFrame) -> str:
    """The regression block. Held coefficients follow the program's order: variables first, then user's."""
    variables = (["const"] if spec.constant else []) + [str(o) for o in sorted(spec.outliers)]
    lines = ["regression{"]
    if variables:
        lines.append("variables=(\n" + "\n".join(variables) + "\n)")
    if len(x.columns):
        first = y.index[0]
        lines += [
            "user=(\n" + "\n".join(x.columns) + "\n)",
            "usertype=(\n" + "\n".join(_type(name) for name in x.columns) + "\n)",
            f"start={first.year}.{first.month:02d} data=(\n{_lines(x.to_numpy(dtype=np.float64).ravel())}\n)",
        ]
    if "regression" in spec.hold:
        value = {name.lower(): number for name, number in spec.coefficients}
        names = [("constant" if name == "const" else name) for name in variables] + list(x.columns)
        lines.append("b=(\n" + "\n".join(f"{value[name.lower()]:.16e}f" for name in names) + "\n)")
    return "\n".join([*lines, "}"])


def _arima(spec: X13) -> str:
    assert spec.model is not None
    order = "".join("(" + " ".join(map(str, part)) + ")" for part in spec.model if any(part))
    lines = [f"arima{{ model={order or '(0 0 0)'}"]
    for name, values in (("ar", spec.ar), ("ma", spec.ma)):
        if values:
            mark = "f" if name in spec.hold else ""
            lines.append(f"{name}=(" + ", ".join(f"{value:.16e}{mark}" for value in values) + ")")
    return "\n".join([*lines, "}"])


def _type(name: str) -> str:
    return {"working_days": "td", "leap_year": "lpyear"}.get(name, "holiday")


def _lines(values: Floats | Iterable[float]) -> str:
    """One number a line, all digits: the program refuses lines of more than 132 characters."""
    return "\n".join(repr(float(value)) for value in values)


def _check(y: pd.Series, spec: X13, x: pd.DataFrame) -> None:
    values = y.to_numpy(dtype=np.float64)
    last = y.index[-1]
    problems = []
    if len(y) > _LONGEST:
        problems.append(f"x13: {len(y)} months are more than the {_LONGEST} it holds; start the series later")
    if np.isfinite(values).any() and np.nanmax(values) == np.nanmin(values):
        problems.append("x13: all values are the same; there is nothing to adjust")
    problems += [
        f"x13: outlier {outlier} lies outside the series, {y.index[0]} to {last}"
        for outlier in spec.outliers
        if not y.index[0] <= outlier.month <= last
    ]
    problems += [
        f"x13: {outlier} in the last month cannot be told from an additive outlier; give AO{outlier.month} instead"
        for outlier in spec.outliers
        if outlier.kind != "AO" and outlier.month == last
    ]
    problems += [
        f'x13: calendar regressor "{name}" needs a name of letters, digits and _, 40 at most'
        for name in x.columns
        if not _NAME.fullmatch(str(name))
    ]
    if not np.isfinite(x.to_numpy(dtype=np.float64)).all():
        problems.append("x13: the calendar regressors have empty cells; give a number for every month")
    if "regression" in spec.hold:
        named = {name.lower() for name, _ in spec.coefficients}
        wanted = [*x.columns, *map(str, spec.outliers), *(["constant"] if spec.constant else [])]
        problems += [
            f"x13: regression is held, but no coefficient is given for {name}"
            for name in wanted
            if name.lower() not in named
        ]
        if spec.search or spec.model is None:
            problems.append("x13: with regression held give the model, and no outliers to search")
    if problems:
        raise DataError(*problems)
