"""`Summary`: what a report keeps of a seasonal ARIMA, shown as the table that an econometrician expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import scipy  # its parts load where they are first used

from forecast import charts
from forecast.display import Shown, notebook_table, text_table
from forecast.models.sarima.diagnostics import autocorrelations, diagnose

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from forecast.models.sarima.fitted import SarimaFit

_HEAD = ("", "coefficient", "error", "z", "P>|z|")
_LAGS = 36  # chosen: three years of monthly data


class Summary(dict[str, Any]):
    """The numbers of a fit, ready for JSON; `repr` and a notebook show them as a table, with tests and roots.

    The tests are made when the table is asked for; what is copied or sent to another process is the plain mapping.
    """

    fit: SarimaFit | None = None

    def __repr__(self) -> str:
        return dict.__repr__(self) if self.fit is None else text_table(*table_of(self, self.fit))

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return "" if self.fit is None else notebook_table(*table_of(self, self.fit))

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)


def of_fit(content: dict[str, Any], fit: SarimaFit) -> Summary:
    """Return the numbers of a fit with the table that they are shown as."""
    summary = Summary(content)
    summary.fit = fit
    return summary


def picture(fit: SarimaFit) -> Figure:
    """Draw the residuals, their distribution and memory, and the inverse roots."""
    lags = max(min(_LAGS, int(np.isfinite(fit.residuals).sum()) - 2), 1)
    memory, _ = autocorrelations(fit.residuals, lags)
    residuals = pd.Series(fit.residuals / np.sqrt(fit.sigma2), index=_residual_months(fit))
    roots = [root.inverse for root in diagnose(fit).roots]
    return charts.diagnostics(
        residuals, np.zeros(lags) if memory is None else memory, roots, title=_title(fit)
    )


def table_of(content: dict[str, Any], fit: SarimaFit) -> Shown:
    """Return coefficients, tests, roots and outliers of a fit as rows."""
    diagnostics = diagnose(fit)
    rows = [_coefficient(row) for row in content["coefficients"]]
    rows.append(("σ", f"{content['sigma']:.4g}", "", "", ""))
    for test in diagnostics.tests:
        numbers = ("–", "–") if test.statistic is None else (f"{test.statistic:.2f}", f"{test.p_value:.3f}")
        rows.append((test.name, numbers[0], f"{test.degrees} df", "", numbers[1]))
    rows += [
        (f"{root.polynomial} inverse root", _complex(root.inverse), f"|{root.modulus:.3f}|", "", "")
        for root in diagnostics.roots
    ]
    rows += [
        (
            f"outlier {row['kind']}_{row['month']}",
            f"{row['size']:.4f}",
            f"{row['standard_error']:.4f}",
            f"{row['t']:.2f}",
            "",
        )
        for row in content.get("outliers", ())
    ]
    return Shown(_caption(content, fit), _HEAD, rows)


def _coefficient(row: dict[str, Any]) -> tuple[str, ...]:
    """One line; an error that the Hessian does not give leaves z and its probability open."""
    value, error = row["value"], row["error"]
    if error is None or not error > 0:
        return (row["name"], f"{value:.4f}", "–", "–", "–")
    z = value / error
    return (row["name"], f"{value:.4f}", f"{error:.4f}", f"{z:.2f}", f"{2 * scipy.special.ndtr(-abs(z)):.3f}")


def _caption(content: dict[str, Any], fit: SarimaFit) -> str:
    missing = f", {content['missing_months']} missing" if content["missing_months"] else ""
    return (
        f"{_title(fit)}; {content['months']} differenced months{missing}; log-likelihood {fit.loglike:.2f}, "
        f"AICc {fit.aicc:.2f}; {content['status']}"
    )


def _title(fit: SarimaFit) -> str:
    scale = "log levels" if fit.spec.log else "levels"
    span = f", {fit.months[0]} to {fit.months[-1]}" if fit.months is not None else ""
    return f"ARIMA {fit.spec} of {scale}{span}"


def _residual_months(fit: SarimaFit) -> pd.Index:
    n = len(fit.residuals)
    if fit.months is None:
        return pd.RangeIndex(1, n + 1)
    return pd.period_range(end=fit.months[-1] - fit.sample.behind, periods=n, freq="M")


def _complex(root: complex) -> str:
    return f"{root.real:.3f}" if abs(root.imag) < 1e-9 else f"{root.real:.3f}{root.imag:+.3f}i"
