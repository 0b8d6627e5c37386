"""What a nowcast knew and what could still move it: each release made to come, and the same models asked again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.nowcast import Panel, nowcasted
from tests.oracle.answer import Oracle
from tests.oracle.seeds import stream


def nowcast(o: Oracle) -> dict | None:
    """Twin is out for the month after the origin; the next release of each indicator falls within 45 days.

    Those are due that could move the nowcast by what is printed, .1 point after rounding.
    """
    if o.plan.nowcast is None:
        return None
    due = [_due(o, "orders", "2007-06", "2007-07-12"), _due(o, "twin", "2007-07", "2007-07-31")]
    return {
        "months": ["2007-06"], "series": ["twin"], "models": ["bridge", "lags"], "refused": "",
        "notes": [{"indicator": "flat", "kind": "constant", "month": ""}],
        "due": [row for row in due if row["effect_pct"] >= 0.05],
    }  # fmt: skip


def _due(o: Oracle, name: str, month: str, day: str) -> dict:
    """Two values of one release, two nowcasts: their slope is its weight, and what leaves the nowcast was expected."""
    known = o.asked.data.indicators[0].as_of(o.asked.data.as_of)
    last = known.table[name].dropna().iloc[-1]
    values = (0.0, 1.0) if name == "orders" else (last, last * np.exp(0.01))  # growth 0 and 1
    low, high = (_expected(o, known, name, month, day, value) for value in values)
    made = o.asked.found.ahead.nowcast
    row = {"day": day, "indicator": name, "month": month}
    row |= {"effect_pct": abs(high - low) * surprise(made.growth[name].to_numpy())}
    if abs(high - low) > 1e-9:  # a month after the nowcast tells these models nothing of it
        row["expected"] = (made.mean["pool"].iloc[0] - low) / (high - low)
    return row


def _expected(o: Oracle, known: Panel, name: str, month: str, day: str, value: float) -> float:
    """Growth of the target in the first month nowcast, once a release came."""
    table = known.table.copy()
    table.loc[pd.Period(month, "M"), name] = value
    came, fits = replace(known, table=table), o.asked.found.ahead.nowcast.fits
    made = nowcasted(came, o.history, pd.Timestamp(day), o.plan.nowcast, stream(1), fits)
    return float(made.mean["pool"].iloc[0])


def surprise(growth: np.ndarray) -> float:
    """Standard deviation of what an autoregression of order 0 to 6 has missed, the order by BIC."""
    z = (growth - np.nanmean(growth)) / np.nanstd(growth)
    best, missed = np.inf, z
    for p in range(7):
        at = [t for t in range(6, len(z)) if not np.isnan(z[t - 6 : t + 1]).any()]
        lags = np.array([[z[t - i] for i in range(1, p + 1)] for t in at])
        phi = np.linalg.lstsq(lags, z[at], rcond=None)[0] if p else np.empty(0)
        loss = float(((z[at] - lags @ phi) ** 2).sum()) if p else float((z[at] ** 2).sum())
        bic = len(at) * np.log(loss / len(at)) + p * np.log(len(at))
        if bic < best:
            best = bic
            missed = np.array([
                z[t] - sum(phi[i] * z[t - 1 - i] for i in range(p)) for t in range(p, len(z))
            ])  # fmt: skip
    return float(np.nanstd(growth) * np.nanstd(missed))
