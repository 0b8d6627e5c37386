"""Sharing between tests hides nothing: other inputs are computed anew, equal ones come back as they were made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from forecast import estimate, levels
from forecast.report import pictures
from tests.levels import synthetic
from tests.shared import Kept


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The calls that reach `levels.reconstruct`."""
    calls: list[object] = []

    def counted(figures: object, *args: object, rng: np.random.Generator, **asked: object) -> object:
        calls.append((args, asked))
        return SimpleNamespace(level=rng.standard_normal(3), calls=len(calls))

    monkeypatch.setattr(levels, "reconstruct", counted)
    return calls


def test_only_what_is_asked_in_every_way_alike_is_shared(made: list[object], tmp_path: Path) -> None:
    y = synthetic.level(synthetic.span("2020-01", "2021-12"), np.random.default_rng(1))
    told = synthetic.figures(synthetic.rows(y, ("yoy_pct",)))
    spoiled = replace(
        told, table=told.table.assign(value=told.table["value"].mask(told.table.index == 11, 9.0))
    )
    day = pd.Timestamp("2021-06-30")

    def asked(figures: object, seed: int = 1, draws: int = 10, horizon: int = 0) -> object:
        rng = np.random.default_rng(seed)
        found = Kept(tmp_path).reconstruct(
            figures, ("a", "b"), (), draws, rng=rng, as_of=day, horizon=horizon
        )
        return found, rng.random()

    (one, after), (again, after_again) = asked(told), asked(told)
    assert len(made) == 1
    np.testing.assert_array_equal(one.level, np.random.default_rng(1).standard_normal(3))
    np.testing.assert_array_equal(one.level, again.level)
    assert after == after_again
    for other in ({"seed": 2}, {"draws": 20}, {"horizon": 1}, {"figures": spoiled}):
        asked(**{"figures": told, **other})  # type: ignore[arg-type]
    assert len(made) == 5


def test_the_session_shares() -> None:
    assert estimate.levels is not levels
    assert pictures.draw.__wrapped__ is not pictures.draw


@pytest.mark.usefixtures("alone")
def test_a_test_that_asks_to_be_alone_shares_nothing() -> None:
    assert estimate.levels is levels
    assert not hasattr(pictures.draw, "__wrapped__")
