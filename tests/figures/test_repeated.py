"""A month that holds another month's release: told by series, and nothing that is alike by itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.figures import Figures, check, from_table
from forecast.figures.repeated import repeated
from tests.levels.synthetic import level, rows, span

LAST = pd.Period("2024-12", "M")


def printed() -> pd.DataFrame:
    """Three rates of two series of a region, four years."""
    both = []
    for seed, sector in ((1, "total"), (2, "mining")):
        y = level(span("2020-01", "2024-12"), np.random.default_rng(seed))
        both.append(rows(y, delay_days=10).assign(sector=sector))
    return pd.concat(both, ignore_index=True)


def with_release_of(
    table: pd.DataFrame, month: pd.Period, sectors: tuple[str, ...] = ("total", "mining")
) -> Figures:
    """The last month's release is that of another month."""
    taken = table["sector"].isin(sectors)
    other = table[(table["period"] == month) & taken].assign(period=LAST, published="2025-01-10")
    return from_table(
        pd.concat([table[(table["period"] != LAST) | ~taken], other], ignore_index=True), "a.csv"
    )


@pytest.mark.parametrize("lag", [1, 12])
def test_the_release_of_another_month_is_told_by_series(lag: int) -> None:
    read = with_release_of(printed(), LAST - lag)
    told = repeated(read)
    assert [of.series for of in told] == ["here_mining", "here_total"]
    assert told[1].sentence == (
        f"here total: the figures of 2024-12 are, one by one, those of {LAST - lag}; "
        "was the release of another month taken in?"
    )
    assert {measure for measure, *_ in told[0].figures} == {"mom_pct", "yoy_pct", "ytd_yoy_pct"}
    assert [of.kind for of in check(read)].count("repeated") == 2


def test_a_part_that_is_alike_or_measures_that_often_are_say_nothing() -> None:
    assert repeated(from_table(printed())) == []
    assert repeated(with_release_of(printed(), LAST - 1, ("mining",))) == []
    assert repeated(with_release_of(printed(), LAST - 3)) == []
    coarse = printed()
    coarse["value"] = coarse["value"].clip(-1, 1).round()
    assert repeated(with_release_of(coarse, LAST - 1)) == []
