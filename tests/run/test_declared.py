"""What a config declares of its data is held against them: a season that is gone, shares of sectors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forecast import config, figures
from forecast.estimate import FigureData, LevelData
from forecast.run.declared import denied

MONTHS = pd.period_range("2016-01", "2024-04", freq="M")


def level(season: float, trend: float = 0.0, fall: float = 0.0) -> pd.Series:
    noise = 0.01 * np.random.default_rng(5).standard_normal(len(MONTHS))
    z = season * np.sin(2 * np.pi * MONTHS.month / 12) + noise + trend * np.arange(len(MONTHS))
    return pd.Series(
        100 * np.exp(z - fall * (pd.period_range("2023-01", freq="M", periods=1)[0] <= MONTHS)), MONTHS
    )


def told(data: Any, target: dict[str, Any], **more: Any) -> list[str]:
    given = data.y.to_frame() if isinstance(data, LevelData) else data.figures
    question = config.parse({"name": "toy", "title": "Toy", "target": target, **more}, given)
    return [str(of) for of in denied(question, data)]


@pytest.mark.parametrize(("season", "declared", "n"), [(0.05, True, 1), (0.05, False, 0), (0.0, True, 0)])
def test_a_season_that_is_declared_gone_is_told(season: float, declared: bool, n: int) -> None:
    data = LevelData(level(season), "toy", MONTHS[-1].end_time.normalize())
    found = told(data, {"levels": "x", "seasonally_adjusted": declared})
    assert len(found) == n
    assert all(
        "toy: is declared seasonally_adjusted, and its calendar months explain" in line for line in found
    )


@pytest.mark.parametrize(("part", "n"), [(0.35, 0), (0.45, 1)])
def test_a_season_is_told_from_two_fifths_of_the_variance_of_growth_on(part: float, n: int) -> None:
    """Growth of which calendar months explain just so much."""
    months = pd.period_range("2016-01", periods=97, freq="M")
    noise = np.random.default_rng(2).uniform(-1, 1, 96).reshape(8, 12)
    noise -= noise.mean(axis=0)
    season = np.where(np.arange(12) % 2, 1.0, -1.0) * np.sqrt(part / (1 - part)) * noise.std()
    growth = 0.01 * (noise + season).ravel()
    y = pd.Series(100 * np.exp(np.concatenate([[0.0], np.cumsum(growth)])), months)
    data = LevelData(y, "toy", months[-1].end_time.normalize())
    assert len(told(data, {"levels": "x", "seasonally_adjusted": True})) == n


def test_shares_of_the_wrong_names_are_told() -> None:
    parts = {"heavy": level(0.03, 0.002, 0.2), "light": level(0.03, 0.003)}
    levels = {"total": 0.8 * parts["heavy"] + 0.2 * parts["light"], **parts}
    rows = [
        (
            "here",
            name,
            str(month),
            "yoy_pct",
            round(100 * (y[month] / y[month - 12] - 1), 1),
            (month + 1).start_time,
        )
        for name, y in levels.items()
        for month in MONTHS[12:]
    ]
    table = pd.DataFrame(rows, columns=["region", "sector", "period", "measure", "value", "published"])
    read = figures.from_table(table.assign(period=pd.PeriodIndex(table["period"], freq="M")))
    data = FigureData(read, ("here", "total"), (), pd.Timestamp("2024-05-20"))
    target = {"figures": "x", "region": "here"}
    assert told(data, target, sectors={"heavy": 0.8, "light": 0.2}) == []
    (found,) = told(data, target, sectors={"heavy": 0.2, "light": 0.8})
    assert "weighed by their shares, their growth misses that of total by" in found
    early = replace(data, as_of=pd.Timestamp("2017-06-01"))  # nothing later decides anything
    assert told(early, target, sectors={"heavy": 0.2, "light": 0.8}) == []


def test_targets_of_years_that_are_over_are_told() -> None:
    data = LevelData(level(0.0), "toy", MONTHS[-1].end_time.normalize())
    for last, targets, said in (
        (
            "2023-12",
            {2023: 5, 2024: 6},
            ["2023 is known to its last month: what is told is whether it was met"],
        ),
        ("2023-11", {2023: 5}, []),
        ("2024-04", {2022: 5, 2024: 6}, ["2022 is over by the origin 2024-04 and left out"]),
    ):
        until = replace(data, y=data.y[:last], as_of=pd.Period(last, "M").end_time.normalize())
        found = told(until, {"levels": "x"}, annual_targets=targets)
        assert found == [f"question: annual_targets: {text}" for text in said]
    late = replace(data, y=data.y[:"2023-11"], as_of=pd.Timestamp("2024-01-20"))
    (found,) = told(late, {"levels": "x"}, annual_targets={2023: 5})
    assert found.endswith("2023 was over on 2024-01-20: only its months after 2023-11 are not published yet")
