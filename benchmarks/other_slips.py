"""How often slips of other kinds than a power of ten are told, in the newest month of real panels.

    python benchmarks/other_slips.py FOLDER [ORIGINS]      panels of levels in FOLDER, then the shipped figures

Each is planted at origins drawn at random; of levels those count as gross that move the month by over 10 %, of rates
those that move it by 5 points or more. The first line of each is what is told where nothing was planted.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from slips import SHIPPED, panels

from forecast import figures, levels
from forecast.series import NEWEST
from forecast.series.plausible import judge
from forecast.series.repeated import repeated

FIRST, GROSS, GROSS_POINTS = 60, 0.10, 5.0
EVERY = 6  # days of publication between two at which slips of figures are planted

LEVELS: dict[str, Callable[[pd.Series, float], list[float]]] = {
    "nothing": lambda y, _: [y.iloc[-1]],
    "the month before again": lambda y, _: [y.iloc[-2]],
    "the year before again": lambda y, _: [y.iloc[-13]],
    "two months changed over": lambda y, _: [y.iloc[-1], y.iloc[-2]],
    "two digits changed over": lambda y, _: [_digits(float(y.iloc[-1]))],
    "another series' level": lambda _, other: [other],
    "a rate with last year as 100": lambda y, _: [round(100 * y.iloc[-1] / y.iloc[-13], 1)],
    "a fifth too large": lambda y, _: [1.2 * y.iloc[-1]],
    "three months on another base": lambda y, _: list(0.8 * y.iloc[-3:]),
    "three months of the year before": lambda y, _: list(y.iloc[-15:-12]),
    "six months of the year before": lambda y, _: list(y.iloc[-18:-12]),
    "half a month": lambda y, _: [0.5 * y.iloc[-1]],
}


def _digits(value: float) -> float:
    written = f"{value:.1f}"
    at = max(len(written) - 4, 0)
    return float(written[:at] + written[at + 1] + written[at] + written[at + 2 :])


def of_levels(panel: pd.DataFrame, origins: int, rng: np.random.Generator) -> None:
    """Print a line per kind of slip: planted, told, and told of the gross ones, percent."""
    seen: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for _ in range(origins):
        name, other = (panel.columns[i] for i in rng.integers(panel.shape[1], size=2))
        y = panel[name].loc[panel[name].first_valid_index() : panel[name].last_valid_index()]
        y = y.iloc[: rng.integers(FIRST, len(y) + 1)] if len(y) > FIRST else y
        if y.tail(13).isna().any() or len(y) < FIRST or not np.isfinite(panel[other][y.index[-1]]):
            continue
        for kind, slip in LEVELS.items():
            spoilt = y.astype(float)
            new = slip(y, float(panel[other][y.index[-1]]))
            spoilt.iloc[-len(new) :] = new
            gross = bool(np.abs(np.log(spoilt.iloc[-3:] / y.iloc[-3:])).max() > GROSS)
            told = bool(judge(spoilt, panel.loc[y.index]) or repeated(spoilt))
            seen[kind].append((told, gross or kind == "nothing"))
    _print(seen)


def of_figures(read: figures.Figures) -> None:
    """The same of the newest published rates."""
    seen: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    names = sorted(set(zip(read.table["region"], read.table["sector"], strict=True)))
    days = [
        (name, day) for name in names for day in sorted(read.select(*name).table["published"].unique())[1:]
    ]
    for name, day in days[::EVERY]:
        known = read.select(*name).as_of(day)
        table = known.table
        told = len(levels.judge(known, name, "VN", ("tet",)))
        seen["nothing"].append((told > 0, True))
        fresh = (table["published"] == day) & (table["period"] > known.origin(*name) - NEWEST)
        for row in table.index[fresh & (table["measure"] != "index")]:
            value, own = table.loc[row, "value"], table[table["measure"] == table.loc[row, "measure"]]
            before = own[own["period"] == table.loc[row, "period"] - 1]["value"]
            wrong = {"its sign lost": -value, "0 for a missing one": 0.0}
            wrong |= {} if before.empty else {"the month before again": float(before.iloc[-1])}
            same = table["period"] == table.loc[row, "period"]
            beside = table[fresh & same & (table["measure"] > table.loc[row, "measure"])]
            over = {f"changed over with {of.measure}": at for at, of in beside.iterrows()}
            wrong |= {kind: float(table.loc[at, "value"]) for kind, at in over.items()}
            for kind, other in wrong.items():
                if other != value:
                    spoilt = table.copy()
                    spoilt.loc[row, "value"] = other
                    if kind in over:
                        spoilt.loc[over[kind], "value"] = value
                    findings = levels.judge(replace(known, table=spoilt), name, "VN", ("tet",))
                    seen[kind].append((len(findings) > told, abs(other - value) >= GROSS_POINTS))
    _print(seen)


def _print(seen: dict[str, list[tuple[bool, bool]]]) -> None:
    for kind, of in seen.items():
        gross = [told for told, is_gross in of if is_gross]
        share = [100 * np.mean(told) if told else np.nan for told in ([told for told, _ in of], gross)]
        print(
            f"  {kind:30} {len(of):5} planted, {share[0]:5.1f} % told; {len(gross):5} gross, {share[1]:5.1f} %"
        )


def main(folder: Path, origins: int = 500) -> None:
    """Print the panels one by one, then the shipped figures."""
    for name, panel in panels(folder).items():
        print(name)
        of_levels(panel, origins, np.random.default_rng(1))
    print("shipped figures")
    of_figures(figures.read(SHIPPED))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
