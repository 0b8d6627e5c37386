"""What a config declares of its data and the data deny: a season that is gone, shares of sectors."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from forecast.arrays import YEAR
from forecast.config import Question
from forecast.estimate import Data, FigureData, LevelData
from forecast.run.data import origin_of
from forecast.tables import Finding

YEARS = 8
"""Years of growth that are looked at. chosen: so many that a shock is not taken for a season."""

FEWEST = 6
"""Years of growth from which a season is told. chosen: as many as the seasonal profile of a slump is told from."""

OUTERMOST = 0.02
"""Share of growth on either side that counts as no further off. chosen: two months of `YEARS`, those of a shock."""

SEASON = 0.4
"""Part of the variance of monthly growth that calendar months explain, from which a level has a season. chosen: of 122
adjusted series none has over 0.22, of 190 unadjusted ones nine in ten have more."""

CELLS = 8
"""Rates printed for the total and all sectors from which shares are judged. chosen: two years of quarters."""

APART, OFTEN = 2.0, 0.9
"""Percent points by which the sectors, weighed by shares, may miss the total, and how often so much or less. chosen:
weights that change from year to year move growth by less, and single misprints are told elsewhere."""


def denied(question: Question, data: Data) -> Iterator[Finding]:
    """Yield what the data deny of what a config declares, and targets of years that are over by their date."""
    yield from _years(question, data)
    if isinstance(data, LevelData):
        if question.config.target.seasonally_adjusted:
            yield from _season(question, data)
    elif isinstance(question.config.sectors, dict):
        yield from _shares(question, data)


def _years(question: Question, data: Data) -> Iterator[Finding]:
    origin = origin_of(data)
    for target in question.plan.annual_targets:
        last = pd.Period(f"{target.year}-12", "M")
        if last.year < origin.year:
            text = f"is over by the origin {origin} and left out"
        elif last <= origin:
            text = "is known to its last month: what is told is whether it was met"
        elif last.end_time <= data.as_of:
            text = f"was over on {data.as_of.date()}: only its months after {origin} are not published yet"
        else:
            continue
        yield Finding("note", question.path.name, f"annual_targets: {target.year} {text}")


def _season(question: Question, data: LevelData) -> Iterator[Finding]:
    growth = pd.Series(np.log(data.known)).diff().iloc[-YEAR * YEARS :].dropna()
    growth = growth.clip(*growth.quantile([OUTERMOST, 1 - OUTERMOST]))
    months = pd.PeriodIndex(growth.index).month
    if len(growth) < YEAR * FEWEST or not growth.std() > 0:
        return
    own = growth - growth.groupby(months).transform("mean")
    explained = float(1 - own.var() / growth.var())
    if explained >= SEASON:
        text = (
            f"is declared seasonally_adjusted, and its calendar months explain {100 * explained:.0f} % of how its "
            "growth varies; leave the key out where it is not"
        )
        yield Finding("declared", question.path.name, f"{data.name}: {text}", data.name)


def _shares(question: Question, data: FigureData) -> Iterator[Finding]:
    shares = dict(question.plan.sectors)
    published = data.figures.as_of(data.as_of).latest().table
    region, total = data.target
    of = published[(published["region"] == region) & published["measure"].isin(["yoy_pct", "ytd_yoy_pct"])]
    wide = of.pivot_table(index=["period", "measure"], columns="sector", values="value", aggfunc="last")
    names = [name for name in (total, *shares) if name in wide]
    wide = wide[names].dropna()
    if len(wide) < CELLS or len(names) <= len(shares):
        return
    weights = np.array([shares[name] or 0.0 for name in names[1:]])
    weighed = wide[names[1:]].to_numpy() @ weights
    missed = float(np.quantile(np.abs(wide[total].to_numpy() - weighed), OFTEN))
    if missed > APART:
        text = (
            f"sectors: weighed by their shares, their growth misses that of {total} by {missed:.1f} points or more in "
            f"one of ten of {len(wide)} rates; are the shares those of the names?"
        )
        yield Finding("declared", question.path.name, text, data.name, size=missed, unit="points")
