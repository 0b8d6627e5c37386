"""How often a slip of the newest figure is stopped, and how often a true one is refused: a replay at every origin.

    python benchmarks/slips.py FOLDER      the panels of levels in FOLDER, the shipped figures, informing series

At each origin, each series is judged with what was known then, and again with its newest level, or each of its newest
figures, times 10, 1/10, 100 and 1/100. Of levels what was expected of a month is known from the months before it alone,
so one pass serves all origins; a sample of them is judged again from the start, as production does.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import figures, levels, series
from forecast.series import NEWEST
from forecast.series.gross import gross
from forecast.series.outside import outside
from forecast.series.plausible import (
    LEAST_SDS,
    Panel,
    finer,
    judge,
    left_for_good,
    powers,
    surprises,
    ways_out,
)

SHIPPED = Path(__file__).parents[1] / "configs/data/vietnam_published_figures.csv"
FACTORS = (10.0, 0.1, 100.0, 0.01)
RATIOS = {"a ratio to the year before": 12, "a ratio to the month before": 1}
FIRST = 24
AGAIN_EVERY = 997  # origins between two that are judged from the start
PLANT_EVERY = 4  # origins between two of the shipped figures in which slips are planted


def panels(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the panels of levels, a column per series."""
    us = series.read_panel(folder / "us_fredmd_2026-08.csv")
    return {
        "US": us[[name for name in us if name == "INDPRO" or name.startswith("IP")]],
        "EU": series.read_panel(folder / "eu_manufacturing_nsa.csv").drop(columns=["CH", "BA"]),
        "DE-100": series.read_panel(folder / "de_industries_100.csv"),
        "Malaysia": series.read_panel(folder / "malaysia_ipi.csv"),
        "India": series.read_panel(folder / "india_iip.csv"),
    }


def replay(panel: pd.DataFrame) -> tuple[int, list[str], dict[str, list[bool]]]:
    """Return the number of origins, those refused, and of each kind of slip planted whether it was stopped."""
    origins, refused = 0, list[str]()
    stopped: dict[str, list[bool]] = {f"×{factor:g}": [] for factor in FACTORS} | {
        kind: [] for kind in RATIOS
    }
    for name in panel:
        y = panel[name].loc[panel[name].first_valid_index() : panel[name].last_valid_index()]
        others = panel.drop(columns=name).reindex(y.index)
        values = y.to_numpy(dtype=float)
        logs, years = np.log(values), pd.PeriodIndex(y.index).year.to_numpy(dtype=float)
        error, sd = (of[:, 0] for of in surprises(logs[:, None]))
        shared, fine = Panel(others).in_common(y, len(y)), finer(values)
        planted = {factor: finer(values * factor, values) for factor in FACTORS}
        for end in range(FIRST + 1, len(values) + 1):
            if not np.isfinite(values[end - 1]):
                continue
            origins += 1
            seen = slice(max(0, end - 2 * NEWEST), end)
            ways = ways_out(end, outside(logs[:end], years[:end], NEWEST, LEAST_SDS, surprises))
            off = powers(error[seen], sd[seen], shared[seen], fine[seen], ways[seen])[-NEWEST:]
            stay = {y.index[t] for t in left_for_good(logs[:end], error[:end], sd[:end])}
            if off.any() or stay:
                refused.append(f"{name} {y.index[end - 1]}")
            if origins % AGAIN_EVERY == 0:
                again = {of.month for of in judge(y[:end], others[:end]) if of.slip}
                assert stay == {of.month for of in judge(y[:end], others[:end]) if of.stays}
                assert again == {m for m, k in zip(y.index[end - NEWEST : end], off, strict=True) if k} | stay
            for factor in FACTORS:
                moved = error[seen].copy()
                moved[-1] += np.log(factor)
                decimals = np.r_[fine[seen][:-1], planted[factor][end - 1]]
                off = powers(moved, sd[seen], shared[seen], decimals, np.zeros_like(ways[seen]))
                stopped[f"×{factor:g}"].append(bool(off[-1]))
            for kind, lag in RATIOS.items() if origins % (PLANT_EVERY * FIRST) == 0 else ():
                ratio = y[:end].copy()
                ratio.iloc[-1] = round(values[end - 1] / values[end - 1 - lag], 3)
                if ratio.iloc[-1] > 0.0:
                    stopped[kind].append(any(of.slip for of in judge(ratio, others[:end])))
    return origins, refused, stopped


def replay_figures(read: figures.Figures) -> tuple[int, list[str], pd.DataFrame]:
    """The same of published figures, each series at each day of publication; of the planted: points moved, stopped."""
    origins, refused, planted = 0, list[str](), []
    for name in sorted(set(zip(read.table["region"], read.table["sector"], strict=True))):
        own = read.select(*name)
        for day in sorted(own.table["published"].unique())[1:]:
            known = own.as_of(day)
            origins += 1
            refused += [str(of) for of in levels.judge(known, name, "VN", ("tet",)) if of.stops]
            table = known.table
            new = table.index[(table["published"] == day) & (table["period"] > known.origin(*name) - NEWEST)]
            for row in new if origins % PLANT_EVERY == 0 else ():
                for factor in FACTORS:
                    value = table.loc[row, "value"] * factor
                    slipped = table.copy()
                    slipped.loc[row, ["value", "half_unit"]] = (
                        value, table.loc[row, "half_unit"] * factor,
                    )  # fmt: skip
                    if value <= -100.0:
                        continue  # refused on reading
                    found = levels.judge(replace(known, table=slipped), name, "VN", ("tet",))
                    own_words = (table.loc[row, "measure"], str(table.loc[row, "period"]), value)
                    stopped = any(of.stops and own_words in of.figures for of in found)
                    planted.append((factor, abs(value - table.loc[row, "value"]), stopped))
    return origins, refused, pd.DataFrame(planted, columns=["factor", "points", "stopped"])


FALLS = ("2020-03", "2020-04", "2020-05", "2020-07", "2021-04")
MEASURES = (("yoy_pct",), ("mom_pct", "yoy_pct", "ytd_yoy_pct"))


def rates_of(y: pd.Series) -> pd.DataFrame:
    """Return the rates that an office would print of a level, to one decimal, twenty days after each month."""
    sums = y.groupby(y.index.year).cumsum()
    grown = {"mom_pct": y / y.shift(1), "yoy_pct": y / y.shift(12), "ytd_yoy_pct": sums / sums.shift(12)}
    table = (100.0 * (pd.DataFrame(grown) - 1.0)).round(1).rename_axis("period").reset_index()
    table = table.melt("period", var_name="measure").replace([np.inf, -np.inf], np.nan).dropna()
    published = table["period"].dt.end_time.dt.normalize() + pd.Timedelta(days=20)
    return table.assign(region="here", sector="total", published=published)


def replay_falls(panel: pd.DataFrame) -> tuple[int, list[str]]:
    """Return how often rates of a panel were judged in the falls of 2020 and the rise of 2021, and those refused."""
    asked, refused = 0, list[str]()
    for name in panel:
        y = panel[name].dropna()
        table = rates_of(y[y > 0])
        for measures in MEASURES:
            for day in (pd.Period(of, "M") for of in FALLS):
                known = table[table["measure"].isin(measures) & (table["period"] <= day)]
                judged = levels.judge(figures.from_table(known), ("here", "total")) if len(known) else ()
                asked += 1
                refused += [f"{name}: {of.sentence}" for of in judged if of.stops]
    return asked, refused


CODES = (9999.0, -999.0)
INFORMING = {
    "US, all series, relative": ("us_fredmd_2026-08.csv", True),
    "US, all series, in points": ("us_fredmd_2026-08.csv", False),
    "EU, industrial confidence, in points": ("eu_industry_confidence.csv", False),
    "DE-100, relative": ("de_industries_100.csv", True),
}


def replay_informing(panel: pd.DataFrame, logs: bool) -> tuple[int, set[str], int, dict[str, list[bool]]]:
    """Return the number of values, the months of those told, how many, and of each slip planted whether it was told.

    What was expected of a value is known from those before it, so one pass judges all as if each were the last.
    """
    values, told, months = 0, 0, set[str]()
    found: dict[str, list[bool]] = {f"×{factor:g}": [] for factor in FACTORS} | {f"{c:g}": [] for c in CODES}
    for name in panel:
        y = panel[name].loc[panel[name].first_valid_index() : panel[name].last_valid_index()]
        values, odd = values + int(y.notna().sum()), gross(y, logs)
        told, months = told + len(odd), months | {str(of.month) for of in odd}
        for end in range(120, len(y) + 1, PLANT_EVERY * FIRST):
            last = float(y.iloc[end - 1])
            if not np.isfinite(last):
                continue
            for what, value in zip(found, (*(last * factor for factor in FACTORS), *CODES), strict=True):
                seen = y[:end].copy()
                seen.iloc[-1] = value
                found[what].append(any(of.month == seen.index[-1] for of in gross(seen, logs)))
    return values, months, told, found


def main(folder: Path) -> None:
    """Print a line per panel, then the shipped figures by how far a slip moves them."""
    total, all_refused = 0, 0
    for name, panel in panels(folder).items():
        origins, refused, stopped = replay(panel)
        total, all_refused = total + origins, all_refused + len(refused)
        shares = ", ".join(f"{kind} {100 * np.mean(of):.2f} %" for kind, of in stopped.items())
        print(
            f"{name}: {origins} origins, refused {len(refused)} {refused[:5]}; stopped {shares}", flush=True
        )
    print(f"all panels: {total} origins, refused {all_refused}", flush=True)
    for name in ("India", "Malaysia"):
        asked, stopped_in = replay_falls(panels(folder)[name])
        print(f"{name}, rates in 2020 and 2021: {asked} judged, refused {len(stopped_in)} {stopped_in[:5]}")
    origins, refused, planted = replay_figures(figures.read(SHIPPED))
    print(f"shipped figures: {origins} origins, refused {len(refused)} {refused[:5]}")
    for least in (0, 3, 5, 10, 20, 40, 100):
        of = planted[planted["points"] >= least]
        print(
            f"  moved by {least} points or more: {len(of)} planted, {100 * of['stopped'].mean():.1f} % stopped"
        )
    informing(folder)


def informing(folder: Path) -> None:
    """Print a line per panel of series that may inform a target."""
    for name, (file, logs) in INFORMING.items():
        panel = series.read_panel(folder / file, rates=True)
        values, months, told, found = replay_informing(panel, logs)
        shares = ", ".join(f"{what} {100 * np.mean(of):.0f} %" for what, of in found.items())
        print(
            f"{name}: {values} values, told {told}, in {len(months)} of {len(panel)} months; of slips {shares}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
