"""What X-13 wrote → tables, coefficients, diagnostics and messages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecast.adjust.spec import Message, Order

_LEVELS = re.compile(r"^\s*(ERROR|WARNING|NOTE):\s*(.*)$")
_HEADER = re.compile(r"\s*(Error messages generated from processing|\S+\.spc:)")
_TAG = re.compile(r"<[^>]+>")
_ORDER = re.compile(r"\((\d+) (\d+) (\d+)\)")
_DIAGNOSTICS = {  # our word: the program's key in its .udg file
    **{f"m{i}": f"f3.m{i:02d}" for i in range(1, 12)},
    "q": "f3.q",
    "q2": "f3.qm2",
    "identifiable_seasonality": "f2.idseasonal",
    "seasonal_filter": "sfmsr",
    "trend_filter": "finaltrendma",
    "visible_seasonal_peaks": "peaks.seas",
    "visible_trading_day_peaks": "peaks.td",
    "aicc": "aicc",
    "bic": "bic",
    "loglikelihood": "loglikelihood",
    "converged": "converged",
}
_QS = {"qs_original": "qsori", "qs_residuals": "qsrsd", "qs_adjusted": "qssadj", "qs_irregular": "qsirr"}


@dataclass(frozen=True)
class Estimates:
    """Hold the estimated model: regression coefficients with standard errors, and ARMA coefficients in order."""

    regression: dict[str, tuple[float, float]]
    outliers: tuple[str, ...]
    ar: tuple[float, ...]
    ma: tuple[float, ...]


def table(text: str) -> pd.Series:
    """Return a saved table: date (200001), then the value, to all digits written.

    >>> table("date\\ts.d11\\n------\\t----\\n200001\\t+0.981E+02\\n200002\\t+0.1E+03\\n").to_dict()
    {Period('2000-01', 'M'): 98.1, Period('2000-02', 'M'): 100.0}
    """
    rows = [line.split("\t") for line in text.splitlines()[2:] if line.strip()]
    months = pd.PeriodIndex([f"{row[0][:4]}-{row[0][4:6]}" for row in rows], freq="M")
    return pd.Series(np.array([float(row[1]) for row in rows]), index=months)


def estimates(text: str) -> Estimates:
    """Return the coefficients of the .est file."""
    regression: dict[str, tuple[float, float]] = {}
    outliers: list[str] = []
    arma: dict[str, list[float]] = {"AR": [], "MA": []}
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) >= 6 and cells[0] in arma:  # no standard errors where all are held
            arma[cells[0]].append(float(cells[4]))
        elif len(cells) == 5 and cells[0] not in ("group", "-----"):
            regression[cells[1]] = (float(cells[2]), float(cells[3]))
            if re.match(r"(AO|LS|TC)\d{4}\.", cells[1]):
                outliers.append(cells[1])
    return Estimates(regression, tuple(outliers), tuple(arma["AR"]), tuple(arma["MA"]))


def diagnostics(text: str) -> dict[str, float | str]:
    """Return diagnostics of the .udg file in our words: numbers where they are numbers; QS with its p-value."""
    raw = keys(text)
    out: dict[str, float | str] = {
        word: _number(raw[key]) for word, key in _DIAGNOSTICS.items() if key in raw
    }
    for word, key in _QS.items():
        parts = raw.get(key, "").split()
        if len(parts) == 2:
            out[word], out[f"{word}_p"] = float(parts[0]), float(parts[1])
    return out


def keys(text: str) -> dict[str, str]:
    """Return the .udg file as it is: key -> text."""
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
    return {key.strip(): value.strip() for key, value in pairs}


def model(text: str) -> tuple[tuple[Order, Order], bool]:
    """Return the ARIMA model that was used, ((p, d, q), (P, D, Q)), and whether it has a constant."""
    raw = keys(text)
    parts = [(int(p), int(d), int(q)) for p, d, q in _ORDER.findall(raw["arimamdl"])]
    seasonal = parts[1] if len(parts) > 1 else (0, 0, 0)
    return (parts[0], seasonal), any(key.startswith("Constant") for key in raw)


def messages(text: str) -> tuple[Message, ...]:
    """Return the messages of the error file, each once, in one line of the program's own words."""
    parts: list[tuple[str, list[str]]] = []
    for line in html.unescape(_TAG.sub("", text)).splitlines():
        start = _LEVELS.match(line)
        if start:
            parts.append((start[1].lower(), [start[2].strip()]))
        elif line.strip() and not _HEADER.match(line):
            if not parts:  # what SEATS says has no level
                parts.append(("note", []))
            parts[-1][1].append(line.strip())
    whole = (Message(level, " ".join(words).strip()) for level, words in parts)
    return tuple(dict.fromkeys(whole))


def _number(text: str) -> float | str:
    try:
        return float(text.split()[0])
    except (ValueError, IndexError):
        return text
