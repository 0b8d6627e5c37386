"""How 27 indices of India are rebuilt from rates, a lockdown among them: `python benchmarks/india.py [PART …]`.

aprils   2012-04 to 2025-07 from yoy; yoy and year to date; mom and yoy, rounded to 0.1: the error of Aprils to 2019 and
         of all months in percent of the mean of 2019, and how many lie inside their 50, 80 and 90 % intervals
lockdown whether April 2020 moves an earlier month by more than half its 90 % interval
newest   Bắc Ninh's cells of each series beside Vietnam's of the general index, seen from April 2024, 2023 and 2019 (the
         years between have the lockdown in the year that is 100): the same over the last two years and in the origin's
         month, with final figures and with first prints whose errors are those of an industry: standard deviation
         4.4 %, Student's t with 5 degrees of freedom
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from levels import BAC_NINH, DATA, ORIGIN, PEAK, VIETNAM, Cells, printed, published_cells

from forecast import figures, levels, series

SOURCE = "india_iip.csv"
DESIGNS = {
    "yoy": ("yoy_pct",),
    "yoy + ytd": ("yoy_pct", "ytd_yoy_pct"),
    "mom + yoy": ("mom_pct", "yoy_pct"),
}
SCALE = (pd.Period("2019-01", "M"), pd.Period("2019-12", "M"))
LOCKDOWN = pd.Period("2020-04", "M")
SHIFTS = (0, 12, 60)
FREEDOM, PRINT_SD = 5, 0.044
LEVELS = (50, 80, 90)
DRAWS = 200


def rebuilt(tables: Sequence[pd.DataFrame], seed: int) -> levels.Levels:
    """The level of the last of some series from their figures."""
    names = [(str(table["region"].iloc[0]), str(table["sector"].iloc[0])) for table in tables]
    known = figures.from_table(pd.concat(tables, ignore_index=True))
    return levels.reconstruct(
        known, names[-1], names[:-1], DRAWS, as_of="2030-12-31", rng=np.random.default_rng(seed), country=None,
    )  # fmt: skip


def held(truth: pd.Series, found: levels.Levels, window: tuple[pd.Period, pd.Period]) -> pd.DataFrame:
    """By month the error in percent of the window's mean, and whether each interval holds the truth."""
    y = truth[found.months]
    y = 100.0 * y / y[window[0] : window[1]].mean()
    values = found.rescaled(*window).history.values
    out = {"error": values.mean(axis=0) - y}
    for level in LEVELS:
        lower, upper = np.quantile(values, [0.5 - level / 200, 0.5 + level / 200], axis=0)
        out[level] = (y >= lower) & (y <= upper)
    return pd.DataFrame(out)


def cells(truth: pd.Series, measures: Sequence[str]) -> Cells:
    """Every month's figures."""
    return [(month, measure, False) for measure in measures for month in truth.index]


def aprils() -> None:
    """A line per design."""
    for design, measures in DESIGNS.items():
        start, tables = time.process_time(), []
        for seed, (name, y) in enumerate(panel().items()):
            found = rebuilt([printed(y, str(name), cells(y, measures), 1)], seed)
            tables.append(held(y, found, SCALE))
        rows = pd.concat(tables)
        early = rows[(rows.index.month == 4) & (rows.index <= SCALE[1])]
        print(f"{design:10s} Aprils to 2019: rms {rms(early):.2f} %; all months: {line(rows)}", end="")
        print(f"  {(time.process_time() - start) / len(tables):.1f} s each", flush=True)


def lockdown() -> None:
    """A line per design: the furthest that a month is moved, in halves of its interval, and of how many series."""
    for design, measures in DESIGNS.items():
        furthest = {}
        for seed, (name, y) in enumerate(panel().items()):
            after, before = (
                rebuilt([printed(y[:last], str(name), cells(y[:last], measures), 1)], seed).rescaled(*SCALE)
                for last in (LOCKDOWN, LOCKDOWN - 1)
            )
            values = before.history.values
            half = (np.quantile(values, 0.95, axis=0) - np.quantile(values, 0.05, axis=0)) / 2.0
            moved = np.abs(after.history.values[:, : values.shape[1]].mean(axis=0) - values.mean(axis=0))
            furthest[name] = float((moved / half).max())
        most = max(furthest, key=furthest.__getitem__)
        beyond = sum(value > 1.0 for value in furthest.values())
        print(
            f"{design:10s} furthest {furthest[most]:.2f} ({most}); beyond 1: {beyond} of {len(furthest)}",
            flush=True,
        )


def newest() -> None:
    """Two lines for each origin with first prints, then with final figures: of two years, and of the origin's month."""
    for hasty in (True, False):
        for shift in SHIFTS:
            tables = []
            for seed, name in enumerate(panel().columns):
                found, y = thinned(str(name), shift, hasty, seed)
                tables.append(held(y, found, (PEAK - shift - 11, PEAK - shift)))
            words = f"{'first prints' if hasty else 'final figures':13s} {ORIGIN - shift}"
            print(f"{words} two years: {line(pd.concat([of.iloc[-24:] for of in tables]))}", flush=True)
            print(f"{words} origin:    {line(pd.concat([of.iloc[-1:] for of in tables]))}", flush=True)


def thinned(name: str, shift: int, hasty: bool, seed: int) -> tuple[levels.Levels, pd.Series]:
    """A series from Bắc Ninh's cells beside the general index from Vietnam's, moved back; and its truth."""
    table, rng = panel(), np.random.default_rng([seed, shift])
    beside = "general" if name != "general" else "manufacturing"
    tables = []
    for series_, cells_of in ((beside, VIETNAM), (name, BAC_NINH)):
        y = table[series_][: ORIGIN - shift]
        moved = [(t - shift, m, first) for t, m, first in published_cells(cells_of, every_vintage=hasty)]
        sd = PRINT_SD if series_ == name else 0.01
        drawn = sd * np.sqrt((FREEDOM - 2) / FREEDOM) * rng.standard_t(FREEDOM, len(y))
        errors = dict(zip(y.index, drawn, strict=True)) if hasty else None
        sector = series_ if series_ == name else "total"
        tables.append(printed(y, "india", moved, 1, errors).assign(sector=sector))
    return rebuilt(tables, seed), table[name]


def panel() -> pd.DataFrame:
    """Monthly levels, a column each."""
    return series.read_panel(DATA / SOURCE)


def rms(rows: pd.DataFrame) -> float:
    """Root mean square error."""
    return float(np.sqrt(np.square(rows["error"]).mean()))


def line(rows: pd.DataFrame) -> str:
    """Error and coverage in words."""
    return f"rms {rms(rows):.2f} %, inside " + "/".join(f"{rows[level].mean():.2f}" for level in LEVELS)


PARTS: dict[str, Callable[[], None]] = {"aprils": aprils, "lockdown": lockdown, "newest": newest}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        print(f"== {part}", flush=True)
        PARTS[part]()
