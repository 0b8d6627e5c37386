"""Measure how an answer grows with what it is given: `python benchmarks/growth.py` draws docs/_static/growth.svg.

CPU seconds of one thread for draws of the history, months, like series, published figures and scenarios, each with all
else small; the least of some runs. The last column is the power by which seconds grew over the last doubling: 1 is in
proportion. Levels and rates are made up: a walk with a season and the rates an office would print of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from answer import least

from forecast.calendar import regressors
from forecast.estimate import Data, FigureData, LevelData, Plan, estimate
from forecast.figures import from_table
from forecast.scenario import Scenario, Shock

PICTURE = Path(__file__).parents[1] / "docs" / "_static" / "growth.svg"
SMALL = Plan(horizon=24, paths=2_000, draws=50)
FIRST = "1980-01"
IN_PROPORTION = 1.2
"""Power up to which growth is called in proportion; chosen: what a run on a busy machine may be off."""
RATES = ("mom_pct", "yoy_pct", "ytd_yoy_pct")


def main() -> int:
    """Print a table a dimension, and draw them."""
    regressors(pd.period_range("2020-01", periods=1, freq="M"))  # the calendar of a century, once
    found = {}
    for name, (amounts, work) in GROWTH.items():
        rows = found[name] = [(n, least(work(n))) for n in amounts]
        cells = " | ".join(f"{n:,}: {seconds:.2f}" for n, seconds in rows)
        print(f"| {name} | {cells} | {_power(rows):.1f} |", flush=True)
    _draw(found)
    print(PICTURE)
    return 0


def _power(rows: Sequence[tuple[int, float]]) -> float:
    """The power by which seconds grew over the last two amounts."""
    (before, quicker), (last, slower) = rows[-2:]
    return float(np.log(slower / quicker) / np.log(last / before))


def _draws(n: int) -> Callable[[], object]:
    data, plan = _rates(10), Plan(horizon=24, paths=2_000, draws=n)
    return lambda: estimate(data, plan)


def _months(n: int) -> Callable[[], object]:
    data = _levels(n)
    return lambda: estimate(data, SMALL)


def _series(n: int) -> Callable[[], object]:
    data = _levels(240, n)
    return lambda: estimate(data, SMALL)


def _figures(n: int) -> Callable[[], object]:
    data = _rates(n // (12 * len(RATES)))
    return lambda: estimate(data, SMALL)


def _scenarios(n: int) -> Callable[[], object]:
    data = _levels(240)
    start = pd.Period(data.y.index[-1]) + 3
    shocks = tuple(Scenario(f"shock_{i}", (Shock(start, -1.0 - i / n, 6.0),)) for i in range(n))
    plan = Plan(horizon=24, paths=2_000, draws=50, scenarios=shocks)
    return lambda: estimate(data, plan)


Work = Callable[[int], Callable[[], object]]
GROWTH: dict[str, tuple[Sequence[int], Work]] = {
    "draws of the history": ((250, 500, 1_000, 2_000), _draws),
    "months of a level": ((150, 300, 600, 1_200), _months),
    "like series": ((8, 16, 32, 64), _series),
    "published figures": ((180, 360, 720, 1_440), _figures),
    "scenarios": ((5, 10, 20, 40), _scenarios),
}


def _walks(months: int, series: int) -> pd.DataFrame:
    """Levels with a common factor, a season and a fall at their end that is not made good."""
    rng = np.random.default_rng(1)
    index = pd.period_range(FIRST, periods=months, freq="M")
    own, common = 0.01 * rng.standard_normal((months, series)), 0.01 * rng.standard_normal((months, 1))
    season = 0.05 * np.sin(2.0 * np.pi * np.arange(months) / 12.0)[:, None]
    fall = -0.15 * (np.arange(months) >= months - 6)[:, None]
    return pd.DataFrame(
        100.0 * np.exp(np.cumsum(0.003 + own + common, axis=0) + season + fall), index
    ).add_prefix("s")


def _levels(months: int, others: int = 0) -> LevelData:
    table = _walks(months, others + 1)
    day = table.index[-1].end_time.normalize()
    return LevelData(table["s0"], "s0", day, panel=table.drop(columns="s0") if others else None)


def _rates(years: int) -> Data:
    """The rates of so many years of a region, each published with its month."""
    y = _walks(12 * years + 12, 1)["s0"]
    ytd = y.groupby(y.index.year).cumsum()
    of = {"mom_pct": y / y.shift(1), "yoy_pct": y / y.shift(12), "ytd_yoy_pct": ytd / ytd.shift(12)}
    rows = [
        (
            "here",
            "total",
            month,
            name,
            round(100.0 * (ratio[month] - 1.0), 2),
            month.end_time.normalize(),
            0.005,
        )
        for name, ratio in of.items()
        for month in y.index[12:]
    ]
    columns = ["region", "sector", "period", "measure", "value", "published", "half_unit"]
    table = from_table(pd.DataFrame(rows, columns=columns))
    return FigureData(table, ("here", "total"), (), rows[-1][5])


def _draw(found: dict[str, list[tuple[int, float]]]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    figure, panels = plt.subplots(1, len(found), figsize=(13.0, 3.0), layout="constrained")
    for axes, (name, rows) in zip(panels, found.items(), strict=True):
        amounts, seconds = zip(*rows, strict=True)
        axes.loglog(amounts, seconds, "o-", color="#0b2f52")
        axes.loglog(amounts, seconds[-1] * np.array(amounts) / amounts[-1], ":", color="#5f6670")
        axes.set_xticks(amounts, [f"{n:,}" for n in amounts])
        axes.minorticks_off()
        axes.set_title(name, fontsize=10)
    panels[0].set_ylabel("CPU seconds")
    fast = [name for name, rows in found.items() if _power(rows) > IN_PROPORTION]
    told = (
        f"faster than in proportion with {' and '.join(fast)}" if fast else "no faster than what it is given"
    )
    figure.suptitle(f"Seconds of an answer grow {told} (dotted: in proportion)", fontsize=11)
    figure.savefig(PICTURE, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
