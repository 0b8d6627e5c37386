"""A release whose headings are exchanged is told; one that is revised, rebased or short is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast.vintages import Store

MONTHS = pd.period_range("2015-01", periods=60, freq="M")
RNG = np.random.default_rng(1)
PANEL = pd.DataFrame(
    {name: (100 * np.exp(np.cumsum(RNG.normal(0, 0.02, 60)))).round(1) for name in "abc"}, index=MONTHS
)


def told(folder: Path, second: pd.DataFrame) -> list[str]:
    """What the second release of a panel is said to do, but for months that it leaves as they were."""
    store = Store(folder / "s.duckdb")
    assert store.add(PANEL[:-2], "2020-01-10").notes == ()
    return [note for note in store.add(second, "2020-02-10").notes if "held before" in note]


def test_two_exchanged_headings_are_told_with_the_months_that_say_so(tmp_path: Path) -> None:
    revised = PANEL.copy()
    revised.iloc[-5:] += 0.1
    said = told(tmp_path, revised.rename(columns={"a": "b", "b": "a"}))
    assert [line.split(";")[0] for line in said] == [
        '"a" holds what "b" held before, in 55 of 58 months',
        '"b" holds what "a" held before, in 55 of 58 months',
    ]


def test_months_that_only_the_other_name_had_are_not_counted(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.duckdb")
    store.add(PANEL.assign(a=PANEL["a"].where(MONTHS[-3] > MONTHS)), "2020-01-10")
    notes = store.add(PANEL.rename(columns={"a": "b", "b": "a"}), "2020-02-10").notes
    assert [note.split(";")[0] for note in notes if "held before" in note] == [
        '"a" holds what "b" held before, in 57 of 57 months',
        '"b" holds what "a" held before, in 57 of 60 months',
    ]


def test_following_the_remedy_leaves_nothing_to_tell(tmp_path: Path) -> None:
    assert told(tmp_path, PANEL.rename(columns={"a": "b", "b": "a"}))
    store = Store(tmp_path / "s.duckdb")
    store.take_out("2020-02-10")
    assert store.add(PANEL, "2020-02-10").notes == ()
    assert store.level("a", "2020-02-10").to_list() == PANEL["a"].to_list()


def partly_exchanged(part: float) -> pd.DataFrame:
    """The panel, all of it revised, in whose first column so much stands that the second held before."""
    second, months = PANEL + 0.1, round(58 * part)
    second.iloc[:months, 0] = PANEL.iloc[:months, 1]
    return second


def test_four_months_in_five_are_an_exchange(tmp_path: Path) -> None:
    (said,) = told(tmp_path, partly_exchanged(0.82))
    assert said.startswith('"a" holds what "b" held before, in 48 of 58 months')


@pytest.mark.parametrize(
    "second",
    [
        PANEL,
        PANEL + 0.1,
        (PANEL * 1.07).round(1),
        PANEL[-11:].rename(columns={"a": "b", "b": "a"}),
        partly_exchanged(0.78),
    ],
    ids=["repeated", "revised", "rebased", "of eleven months", "in part"],
)
def test_what_is_no_exchange_is_not_told(second: pd.DataFrame, tmp_path: Path) -> None:
    assert told(tmp_path, second) == []
