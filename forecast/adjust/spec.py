"""What can be asked of a seasonal adjustment, and the value that answers: specs and `Adjusted`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecast import charts
from forecast.adjust.profile import Profile
from forecast.arrays import Floats
from forecast.display import SelfShown, Shown
from forecast.errors import ConfigError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Order = tuple[int, int, int]

_SHOWN_MONTHS = 12  # chosen: a year fits a screen
_KINDS = ("AO", "LS", "TC")
_HELD = ("ar", "ma", "regression")
_FILTERS = ("msr", "x11default", "s3x1", "s3x3", "s3x5", "s3x9", "s3x15", "stable")
_OUTLIER = re.compile(r"(ao|ls|tc)\s*(\d{4})[-.](\w{1,3})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, order=True)
class Outlier:
    """Name one outlier: additive (AO), level shift (LS) or temporary change (TC, fading by 0.7 a month)."""

    month: pd.Period
    kind: str

    @classmethod
    def parse(cls, text: str) -> Outlier:
        """Read "LS2009-01" or X-13's own "LS2009.Jan"; raises ConfigError for anything else.

        >>> str(Outlier.parse("ao2020.Apr"))
        'AO2020.apr'
        """
        parts = _OUTLIER.fullmatch(text.strip())
        month = parts[3].lower() if parts else ""
        number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
        if parts is None or not 1 <= number <= 12:
            raise ConfigError(f'outlier "{text}" is not understood; write AO2020-04, LS2009-01 or TC2010-05')
        return cls(pd.Period(year=int(parts[2]), month=number, freq="M"), parts[1].upper())

    def __str__(self) -> str:
        return f"{self.kind}{self.month.year}.{_MONTHS[self.month.month - 1]}"


@dataclass(frozen=True)
class Builtin:
    """Ask for the built-in profile; with `profile`, apply that one and estimate nothing."""

    years: int = 6
    seasonal: bool = True
    profile: Profile | None = None


@dataclass(frozen=True)
class Stl:
    """Ask for STL of the log level, after calendar effects (Cleveland et al. 1990).

    seasonal, trend, low_pass : lengths of the Loess windows, odd months; None takes statsmodels' rule
    """

    seasonal: int = 7
    trend: int | None = None
    low_pass: int | None = None
    robust: bool = True


@dataclass(frozen=True)
class X13:
    """Ask for X-13ARIMA-SEATS, multiplicative. What is left None or empty is chosen by X-13 and then frozen.

    model : ((p, d, q), (P, D, Q)); None for automatic choice · constant : a constant in the model
    ar, ma : coefficients, nonseasonal before seasonal: starting values, or the values themselves where held
    regressors : columns of the calendar table; None for all of it · pretest : keep only those that lower AICc
    outliers : outliers known beforehand · search : kinds to look for, from `search_from` on
    coefficients : (regressor or outlier, value), used where held
    hold : what is not estimated: any of "ar", "ma", "regression"
    seasonal_filter : X-11's; "msr" chooses by the moving seasonality ratio
    decomposition : "x11" or "seats" · forecast_months : how far the model extends the series
    timeout_s : most runs take 0.02 to 3 s, but the automatic choice of a model on a noisy series has taken 20
    """

    model: tuple[Order, Order] | None = None
    constant: bool = False
    ar: tuple[float, ...] = ()
    ma: tuple[float, ...] = ()
    regressors: tuple[str, ...] | None = None
    pretest: bool = True
    outliers: tuple[Outlier, ...] = ()
    search: tuple[str, ...] = _KINDS
    search_from: pd.Period | None = None
    coefficients: tuple[tuple[str, float], ...] = ()
    hold: tuple[str, ...] = ()
    seasonal_filter: str = "msr"
    decomposition: str = "x11"
    forecast_months: int = 36
    timeout_s: float = 300.0

    def __post_init__(self) -> None:
        problems = [
            f'x13 {key}: "{value}" is not known; choose from {", ".join(valid)}'
            for key, values, valid in (
                ("search", self.search, _KINDS),
                ("hold", self.hold, _HELD),
                ("seasonal_filter", (self.seasonal_filter,), _FILTERS),
                ("decomposition", (self.decomposition,), ("x11", "seats")),
            )
            for value in values
            if value not in valid
        ]
        if not 12 <= self.forecast_months <= 120:
            problems.append(f"x13 forecast_months: {self.forecast_months} lies outside 12 to 120")
        if problems:
            raise ConfigError(*problems)


Spec = Builtin | Stl | X13


def published_span(y: pd.Series) -> pd.Series:
    """Return the series from its first to its last published month."""
    published = np.flatnonzero(y.notna().to_numpy())
    return y.iloc[published[0] : published[-1] + 1]


@dataclass(frozen=True)
class Message:
    """One message of X-13 in its own words: level "error", "warning" or "note"."""

    level: str
    text: str


@dataclass(frozen=True, eq=False, repr=False)
class Adjusted(SelfShown):
    """Hold a seasonal adjustment: effects over past and future, the adjusted level, and how to get both again.

    months : (n,) past and future · seasonal, calendar : (n,) log effects over them
    adjusted : index points over the months of the series; NaN where it is not published
    spec : what was asked · static_spec : the same with every choice made, which gives the same numbers again
    method : what was done: "builtin", "stl" or "x13"
    outliers : found or given · coefficients : regressor or outlier -> (estimate, standard error), logs
    diagnostics : of X-13: "m1" … "m11", "q", "q2"; QS statistics with p-values; "aicc"; filters chosen
    notes : codes of what a report must say, e.g. "x13_unavailable"
    """

    months: pd.PeriodIndex
    seasonal: Floats
    calendar: Floats
    adjusted: pd.Series
    spec: Spec
    static_spec: Spec
    method: str
    outliers: tuple[Outlier, ...] = ()
    coefficients: dict[str, tuple[float, float]] = field(default_factory=dict)
    diagnostics: dict[str, float | str] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()
    notes: tuple[str, ...] = ()

    def _shown(self) -> Shown:
        """The last year of the series, and what was done."""
        table = self.to_frame().loc[: self.adjusted.index[-1]].tail(_SHOWN_MONTHS)
        rows = [
            (str(month), *(f"{value:.2f}" for value in row))
            for month, row in zip(table.index, table.to_numpy(), strict=True)
        ]
        outliers = f"; outliers {', '.join(map(str, self.outliers))}" if self.outliers else ""
        return Shown(
            f"{self.adjusted.name or 'level'} adjusted by {self.method}{outliers}", ("", *table.columns), rows
        )

    def to_frame(self) -> pd.DataFrame:
        """Return a row per month: adjusted (index points, NaN after the series), seasonal_pct and calendar_pct."""
        percent = {"seasonal_pct": self.seasonal, "calendar_pct": self.calendar}
        table = pd.DataFrame({name: 100 * np.expm1(log) for name, log in percent.items()}, index=self.months)
        table.insert(0, "adjusted", self.adjusted.reindex(self.months))
        return table.rename_axis("month")

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the level as published and, as a line over it, adjusted."""
        level = self.adjusted * np.exp(
            pd.Series(self.effects, index=self.months).reindex(self.adjusted.index)
        )
        table = pd.DataFrame({"median": self.adjusted})
        return charts.bands(table, level, title=f"{level.name or 'level'}, adjusted by {self.method}", ax=ax)

    @property
    def effects(self) -> Floats:
        """Log seasonal and calendar effects over `months`, (n,): log level = log adjusted level + effects."""
        return self.seasonal + self.calendar
