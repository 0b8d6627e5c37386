"""Measure nowcasts of US industrial production: `python benchmarks/nowcast.py` (`--quick` for every sixth month).

The target is seen as it was published (vintages of the Philadelphia Fed), on the 14th of each month, a day or more
before the release of the month just over. The indicators are FRED-MD's latest vintage, each cut at its usual day of
release: of their revisions the nowcast knows what nobody knew, so this is pseudo real time. Models are estimated anew
every January and updated between. Horizon 0 is the month just over, 1 the running month, 2 the next; growth in percent,
against the first and the third release; RMSE, and Diebold & Mariano's t against the autoregression (below 0: better).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import series
from forecast.errors import DataError
from forecast.nowcast import Indicator, Nowcasted, NowcastSpec, Panel, news, nowcasted
from forecast.nowcast.equation import Scale
from forecast.nowcast.filling import Filling
from forecast.parallel import generator
from forecast.score import diebold_mariano
from forecast.series import History

DATA = Path(__file__).parents[2] / "shared" / "data"
FIRST, LAST = pd.Period("1985-01", "M"), pd.Period("2025-12", "M")
PARTS = {"1985-2019": (FIRST, pd.Period("2019-12", "M")), "2020-2025": (pd.Period("2020-01", "M"), LAST)}
HORIZONS = (0, 1, 2)
SEEN = 360  # months of the target's history handed over
SPEC = NowcastSpec(paths=3, ahead=2)

INDICATORS = (  # name, days from the month's end to its release, transformation
    ("PAYEMS", 8, "log_difference"), ("USGOOD", 8, "log_difference"), ("MANEMP", 8, "log_difference"),
    ("DMANEMP", 8, "log_difference"), ("USCONS", 8, "log_difference"), ("USTRADE", 8, "log_difference"),
    ("AWHMAN", 8, "difference"), ("AWOTMAN", 8, "difference"), ("CES0600000007", 8, "difference"),
    ("UNRATE", 8, "difference"), ("UEMPLT5", 8, "log_difference"), ("CE16OV", 8, "log_difference"),
    ("CLAIMSx", 5, "log_difference"), ("PERMIT", 19, "log_difference"), ("HOUST", 19, "log_difference"),
    ("AMDMNOx", 35, "log_difference"), ("ANDENOx", 35, "log_difference"), ("ACOGNO", 35, "log_difference"),
    ("RETAILx", 16, "log_difference"), ("CMRMTSPLx", 60, "log_difference"), ("W875RX1", 32, "log_difference"),
    ("BUSINVx", 45, "log_difference"), ("ISRATIOx", 45, "difference"), ("HWI", 40, "log_difference"),
    ("TB3SMFFM", 1, "none"), ("T10YFFM", 1, "none"), ("COMPAPFFx", 1, "none"), ("GS10", 1, "difference"),
    ("FEDFUNDS", 1, "difference"), ("OILPRICEx", 1, "log_difference"), ("PPICMM", 16, "log_difference"),
    ("WPSID62", 16, "log_difference"), ("M2REAL", 26, "log_difference"), ("BUSLOANS", 20, "log_difference"),
)  # fmt: skip


def main() -> int:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="every sixth month")
    asked.add_argument("--set", default="", help="choices of the spec to try, name=value,name=value")
    arguments = asked.parse_args()
    _time()
    if not DATA.is_dir():
        print(f"{DATA} is missing: no nowcast of US industrial production")
        return 0
    chosen = dict(pair.split("=") for pair in arguments.set.split(",") if pair)
    spec = NowcastSpec(**{**vars(SPEC), **{name: _typed(word) for name, word in chosen.items()}})
    began = time.process_time()
    found = _predicted(_vintages(), _panel(), spec, 6 if arguments.quick else 1)
    print(f"{len(found) // len(HORIZONS)} nowcasts in {time.process_time() - began:.0f} s of CPU")
    print(_table(found).to_string(index=False))
    return 0


def _vintages() -> pd.DataFrame:
    """Levels, reference months × vintages, both monthly."""
    rows = pd.read_csv(DATA / "us_realtime_ip.csv.gz")
    table = rows.pivot(index="date", columns="vintage", values="value")
    return table.set_axis(pd.PeriodIndex(table.index, freq="M")).set_axis(
        pd.PeriodIndex(table.columns, freq="M"), axis=1
    )


def _panel() -> Panel:
    table = series.read_panel(DATA / "us_fredmd_2026-08.csv")
    indicators = tuple(Indicator(name, lag, transform) for name, lag, transform in INDICATORS)  # type: ignore[arg-type]
    return Panel(table[[i.name for i in indicators]], indicators)


def _predicted(vintages: pd.DataFrame, panel: Panel, spec: NowcastSpec, every: int) -> pd.DataFrame:
    """One row per month and horizon: growth predicted by each model, and what the releases said."""
    rows = []
    last: Nowcasted | None = None
    for number, month in enumerate(pd.period_range(FIRST, LAST, freq="M")):
        if number % every:
            continue
        known = (
            vintages[month].dropna().iloc[-SEEN:]
        )  # released in the middle of that month: up to the one before
        if known.index[-1] != month - 1:
            continue
        day = (month + 1).start_time + pd.Timedelta(days=13)
        history = _history(known)
        fits = last.fits if last is not None and month.month != 1 else None
        last = nowcasted(panel, history, day, spec, generator(1, month), fits)
        growth = 100.0 * np.diff(np.log(known.to_numpy()))
        rivals = {
            "AR": _autoregression(growth[-spec.window :]),
            "random walk": np.full(3, growth[-120:].mean()),
        }
        for h in HORIZONS:
            predicted = {model: float(last.mean[model].iloc[h]) for model in last.mean}
            predicted |= {model: float(values[h]) for model, values in rivals.items()}
            truth = {
                name: _released(vintages, month + h, month + h + after)
                for name, after in (("first", 1), ("third", 3))
            }
            rows.append({"month": month, "horizon": h, **predicted, **truth})
    return pd.DataFrame(rows)


def _history(known: pd.Series) -> History:
    m = len(known)
    return History(
        pd.PeriodIndex(known.index), known.to_numpy()[None], np.zeros((1, m + 12)), np.zeros(m, bool), "ip"
    )


def _autoregression(growth: np.ndarray) -> np.ndarray:
    """Growth of the next three months by an autoregression of growth, clipped as the nowcast's models clip it."""
    scale = Scale.of(growth[:, None], SPEC.clip)
    filling = Filling.of(scale.standardised(growth[:, None], clipped=True))
    ahead = np.concatenate([scale.standardised(growth[:, None]), np.full((3, 1), np.nan)])
    return scale.mean[0] + scale.deviation[0] * filling.filled(ahead[None])[0, -3:, 0]


def _released(vintages: pd.DataFrame, month: pd.Period, vintage: pd.Period) -> float:
    if vintage not in vintages:
        return np.nan
    levels = vintages[vintage]
    return float(100.0 * np.log(levels[month] / levels[month - 1]))


def _table(found: pd.DataFrame) -> pd.DataFrame:
    """RMSE by part, truth and horizon, and the statistic against the autoregression in brackets."""
    models = [c for c in found if c not in ("month", "horizon", "first", "third")]
    rows = []
    for part, (start, end) in PARTS.items():
        for truth in ("first", "third"):
            for h in HORIZONS:
                of = found[(found["horizon"] == h) & found["month"].between(start, end)].dropna(
                    subset=[truth]
                )
                loss = {m: np.square(of[truth] - of[m]).to_numpy() for m in models}
                cells = {
                    m: f"{np.sqrt(loss[m].mean()):.3f} {_tested(loss[m], loss['AR'], h)}" for m in models
                }
                rows.append({"part": part, "release": truth, "horizon": h, "n": len(of), **cells})
    return pd.DataFrame(rows)


def _tested(ours: np.ndarray, theirs: np.ndarray, h: int) -> str:
    try:
        return f"({diebold_mariano(ours, theirs, h + 1).statistic:+.1f})"
    except DataError:
        return ""


def _time() -> None:
    """CPU seconds of a nowcast of 100 series × 300 months, all three models, and of the news of its next release."""
    rng = np.random.default_rng(0)
    months = pd.period_range("1995-01", periods=300, freq="M")
    factor = np.zeros((300, 2))
    for t in range(1, 300):
        factor[t] = 0.5 * factor[t - 1] + rng.normal(size=2)
    growth = factor @ rng.normal(size=(2, 101)) + 1.5 * rng.normal(size=(300, 101))
    levels = pd.DataFrame(100.0 * np.exp(0.003 * np.cumsum(growth, axis=0)), months)
    names = [f"s{i}" for i in range(100)]
    panel = Panel(
        levels.iloc[:, 1:].set_axis(names, axis=1),
        tuple(Indicator(name, 7 * i % 50) for i, name in enumerate(names)),
    )
    history = _history(levels.iloc[:-2, 0])
    spec = NowcastSpec(window=300)
    marks = [time.process_time()]
    old = nowcasted(panel, history, pd.Timestamp("2019-12-31"), spec, generator(1))
    marks.append(time.process_time())
    new = nowcasted(panel, history, pd.Timestamp("2020-01-01"), spec, generator(1), old.fits)
    marks.append(time.process_time())
    rows = news(old, new, dict.fromkeys(old.months, 1.0))
    marks.append(time.process_time())
    spent = np.diff(marks)
    print(
        f"100 series x 300 months: nowcast {spent[0]:.1f} s, again with the same models {spent[1]:.1f} s, "
        f"news of {(rows['kind'] == 'release').sum() // 3} releases {spent[2]:.2f} s of CPU"
    )


def _typed(word: str) -> object:
    if "+" in word or word in ("factor", "bridge", "lags"):
        return tuple(word.split("+"))
    if word in ("True", "False"):
        return word == "True"
    return float(word) if "." in word else int(word) if word.isdigit() else word


if __name__ == "__main__":
    sys.exit(main())
