"""Of the releases that are due, those are told that could move the nowcast by what is printed."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from forecast.answers import nowcast as room

DAY = pd.Timestamp("2024-05-20")


def test_a_release_that_would_be_told_to_move_nothing_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "due", lambda *_: coming([0.049, 0.05, 0.3]))
    assert [row.indicator for row in room._due(None, None, DAY)] == ["x1", "x2"]  # type: ignore[arg-type]


def test_of_many_releases_those_that_could_move_most_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    effects = [0.1 + i for i in range(room.MOST_DUE + 1)]
    monkeypatch.setattr(room, "due", lambda *_: coming(effects))
    told = room._due(None, None, DAY)  # type: ignore[arg-type]
    assert [row.indicator for row in told] == [f"x{i}" for i in range(1, len(effects))]


def coming(effects: list[float]) -> pd.DataFrame:
    """Releases of a day each with what they could do, as `due` lists them."""
    return pd.DataFrame(
        {
            "day": DAY + pd.to_timedelta(range(len(effects)), unit="D"),
            "indicator": [f"x{i}" for i in range(len(effects))],
            "month": pd.Period("2024-04", "M"),
            "expected": 1.0,
            "effect": effects,
        }
    )


def test_related_series_tell_of_later_months_where_there_are_figures_of_them() -> None:
    rows = [
        ("a", "total", "2024-04"),
        ("b", "total", "2024-05"),
        ("b", "total", "2024-06"),
        ("c", "mining", "2024-05"),
    ]
    fitted = pd.DataFrame(rows, columns=["region", "sector", "period"])
    fitted["period"] = pd.PeriodIndex(fitted["period"], freq="M")
    history = SimpleNamespace(origin=pd.Period("2024-04", "M"))
    known = SimpleNamespace(levels=SimpleNamespace(fitted=fitted), history=history)
    assert room._related(known) == ("b_total", "c_mining")  # type: ignore[arg-type]
    assert room._related(SimpleNamespace(levels=None, history=history)) == ()  # type: ignore[arg-type]
