"""A slip in the data as known on a past day gives a flagged row and no abort."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from forecast import figures
from forecast.backtest.at_origin import Case, Piece, forecasts_at
from forecast.backtest.episodes import Origins
from forecast.backtest.flags import slips
from forecast.estimate import FigureData, LevelData, Plan
from tests.backtest.panels import SMALL, data, level

VIETNAM = Path(__file__).parents[2] / "configs" / "data" / "vietnam_published_figures.csv"
ORIGIN = pd.Period("2001-06", "M")


def known(factor: float) -> LevelData:
    """A level whose slump is under way at the origin, the origin's own month out by a factor."""
    y = level(3, {130: 0.30})
    y[ORIGIN] *= factor
    return data(y, "here", str(ORIGIN))


def test_a_forecast_that_rests_on_a_slip_is_made_and_flagged() -> None:
    start = pd.Period("2001-01", "M")
    pieces = [
        forecasts_at([Case(known(factor), ORIGIN, start)], SMALL, Origins(), seed=1)[0]
        for factor in (1.0, 0.1)
    ]
    clean, slipped = pieces
    assert clean.flagged == ()
    assert set(slipped.probability) == set(clean.probability)
    (said,) = slipped.flagged
    assert "in 2001-06 seems to be 10 times too small" in said
    assert Piece.from_plain(slipped.to_plain()).flagged == slipped.flagged


def test_the_panel_and_what_comes_later_are_seen_as_the_origin_saw_them() -> None:
    here = known(0.1)
    later = replace(here, as_of=pd.Timestamp("2002-06-30"))
    assert len(slips(here, SMALL)) == 1
    assert slips(later, SMALL) == ()  # half a year on it is no newest month
    others = pd.DataFrame(
        {name: level(seed, {130: 0.30}) for name, seed in zip("abc", (4, 5, 6), strict=True)}
    )
    others.loc[ORIGIN] *= 0.5
    assert slips(replace(here, panel=others), SMALL) == ()
    assert len(slips(replace(here, panel=others, panel_lag_days=1), SMALL)) == 1  # theirs is still to come


def test_published_figures_are_flagged_too() -> None:
    read = figures.read(VIETNAM)
    table = read.table.copy()
    at = (table["region"] == "bac_ninh") & (table["sector"] == "total") & (table["value"] == 6.25)
    table.loc[at, "value"] = 62.5
    for of, count in ((read, 0), (replace(read, table=table), 1)):
        given = FigureData(of, ("bac_ninh", "total"), (), pd.Timestamp("2024-05-20"))
        assert len(slips(given, Plan(country="VN", holidays=("tet",)))) == count
