"""Rates whose newest months slipped together, and bear each other witness; true falls and new decimals left alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from forecast.figures import Figures, from_table
from forecast.levels import judge
from forecast.levels.changed_unit import changed_units
from tests.levels.synthetic import level, rows, span

HERE = ("here", "total")
MONTHS = span("2020-01", "2024-12")
EVERY = ("mom_pct", "yoy_pct", "ytd_yoy_pct")

SLIPS: dict[str, tuple[Callable[[float], float], float]] = {
    "10 times too large": (lambda g: round(10 * g), 0.5),
    "10 times too small": (lambda g: g / 10, 0.005),
    "100 times too small": (lambda g: g / 100, 0.0005),
    "a ratio": (lambda g: 1 + g / 100, 0.0005),
    "a rate with its base as 100": (lambda g: 100 + g, 0.05),
}


def growing(seed: int = 11) -> pd.Series:
    """A level that grows by a tenth a year, so that a rate in another unit is far off."""
    y = level(MONTHS, np.random.default_rng(seed), level_sd=0.005)
    return y * np.exp(0.005 * np.arange(len(y)))


def slipped(what: str, newest: int, measures: tuple[str, ...], hit: tuple[str, ...]) -> Figures:
    """The figures of the measures, those hit with their newest months in another unit."""
    table, (as_printed, half_unit) = rows(growing(), measures, delay_days=10), SLIPS[what]
    at = table["measure"].isin(hit) & (table["period"] > MONTHS[-1] - newest)
    table.loc[at, "value"] = table.loc[at, "value"].map(as_printed)
    table.loc[at, "half_unit"] = half_unit
    return from_table(table, "a.csv")


@pytest.mark.parametrize("newest", [2, 6])
@pytest.mark.parametrize("what", SLIPS)
def test_months_that_slipped_together_are_one_slip(what: str, newest: int) -> None:
    true = rows(growing(), ("yoy_pct",)).tail(newest)
    (seen,) = judge(slipped(what, newest, ("yoy_pct",), ("yoy_pct",)), HERE)
    assert (seen.kind, seen.stops, seen.series) == ("slip", True, "here_total")
    assert seen.months == tuple(map(str, true["period"]))
    values = ", ".join(f"{value:g}" for value in true["value"])
    assert f"each seem to be {what}: {values} would fit" in seen.sentence
    assert [month for _, month, _ in seen.figures] == list(seen.months)[::-1]
    assert seen.place == f"a.csv:{len(rows(growing(), ('yoy_pct',)))}"


@pytest.mark.parametrize("what", ["10 times too large", "a ratio"])
def test_right_figures_beside_are_not_called_wrong(what: str) -> None:
    (seen,) = judge(slipped(what, 3, ("yoy_pct", "mom_pct"), ("yoy_pct",)), HERE)
    assert {measure for measure, *_ in seen.figures} == {"yoy_pct"}


@pytest.mark.parametrize("what", SLIPS)
def test_sums_over_the_year_are_judged_too(what: str) -> None:
    (seen,) = judge(slipped(what, 3, ("ytd_yoy_pct",), ("ytd_yoy_pct",)), HERE)
    assert seen.stops
    assert f"each seem to be {what}" in seen.sentence


@pytest.mark.parametrize("what", SLIPS)
def test_a_whole_release_in_another_unit_stops(what: str) -> None:
    seen = [of for of in judge(slipped(what, 2, EVERY, EVERY), HERE) if of.stops]
    assert any(of.figures[0][0] == "yoy_pct" and f"each seem to be {what}" in of.sentence for of in seen)


@pytest.mark.parametrize("measures", [EVERY, EVERY[1:], EVERY[:2]])
def test_one_month_typed_with_its_base_as_100_in_two_rates_or_more_stops(measures: tuple[str, ...]) -> None:
    table = rows(growing(), measures)
    true = table[table["period"] == MONTHS[-1]].set_index("measure")["value"]
    for hit in {measures, EVERY[:2], EVERY[1:]}:
        if set(hit) <= set(measures):
            seen = judge(slipped("a rate with its base as 100", 1, measures, hit), HERE)
            assert {of.figures[0][0] for of in seen if of.stops} == set(hit)
            for of in seen:
                meant = (
                    f"2024-12 seems to be a rate with its base as 100: {true[of.figures[0][0]]:g} would fit"
                )
                assert meant in of.sentence


@pytest.mark.parametrize("seed", [2, 11])
def test_a_true_fall_does_not_hide_rates_that_all_have_their_base_as_100(seed: int) -> None:
    y = level(MONTHS, np.random.default_rng(seed), level_sd=0.01) * np.exp(0.003 * np.arange(len(MONTHS)))
    y.iloc[-2:] *= [0.8, 0.88]
    table = rows(y, EVERY, delay_days=10)
    table.loc[table["period"] > MONTHS[-3], "value"] += 100.0
    seen = [of for of in judge(from_table(table, "a.csv"), HERE) if of.stops]
    assert {of.figures[0][0] for of in seen} == set(EVERY)
    assert all("2024-11 to 2024-12 each seem to be a rate with its base as 100" in of.sentence for of in seen)


@pytest.mark.parametrize("end", ["2024-03", "2024-06", "2024-12"])
def test_a_true_doubling_that_the_year_to_date_bears_out_is_not_refused(end: str) -> None:
    months = span("2020-01", end)
    for seed, factor in ((1, 1.97), (2, 2.05), (3, 2.05)):
        y = level(months, np.random.default_rng(seed), level_sd=0.01) * np.exp(0.002 * np.arange(len(months)))
        y.iloc[-1] *= factor
        found = judge(from_table(rows(y, EVERY, delay_days=10), "a.csv"), HERE)
        assert not any("base as 100" in of.sentence for of in found)


def test_a_true_fall_of_several_months_is_no_slip() -> None:
    y = growing()
    y.iloc[-3:] *= [0.43, 0.67, 0.84]  # as where factories stood still in April 2020
    assert not any(of.stops for of in judge(from_table(rows(y, ("yoy_pct",)), "a.csv"), HERE))
    assert not any(of.stops for of in judge(from_table(rows(y, ("yoy_pct", "mom_pct")), "a.csv"), HERE))


def test_an_office_that_begins_to_print_finer_is_left_alone() -> None:
    for slower in (0.0, 0.08):  # growth goes on, or comes to rest
        y = growing()
        y.iloc[-4:] *= np.exp(-slower)
        fine = rows(y, ("yoy_pct",), decimals=2).tail(4)
        every = pd.concat([rows(y, ("yoy_pct",)).iloc[:-4], fine], ignore_index=True)
        assert judge(from_table(every, "a.csv"), HERE) == ()


def test_one_month_alone_and_an_even_series_are_no_run() -> None:
    for what, newest in (("a ratio", 0), ("10 times too small", 1)):
        figures = slipped(what, newest, ("yoy_pct",), ("yoy_pct",))
        found, rest = changed_units(figures, HERE, None, ())
        assert found == []
        assert rest is figures


def test_what_is_printed_before_a_revision_goes_with_the_run() -> None:
    figures = slipped("a ratio", 2, ("yoy_pct",), ("yoy_pct",))
    first = figures.table.tail(2).assign(published=pd.Timestamp("2024-12-02"))
    both = from_table(pd.concat([first, figures.table], ignore_index=True), "a.csv")
    found, rest = changed_units(both, HERE, None, ())
    assert len(found) == 1
    assert rest.table["period"].max() == MONTHS[-3]


def test_two_true_falls_in_whole_numbers_are_no_slip() -> None:
    for half_unit, stops in ((0.05, False), (0.5, True)):
        y = level(MONTHS, np.random.default_rng(11), level_sd=0.005) * np.exp(-0.008 * np.arange(len(MONTHS)))
        table = rows(y, ("yoy_pct",), delay_days=10)
        table.loc[table.index[-2:], "value"] = [-77.0, -48.0]
        table.loc[table.index[-2:], "half_unit"] = half_unit
        assert any(of.stops for of in judge(from_table(table, "a.csv"), HERE)) is stops


def test_a_ratio_that_no_size_gives_away_is_known_by_its_decimals() -> None:
    y = level(MONTHS, np.random.default_rng(3), level_sd=0.004)  # of hardly any growth
    for newest in (1, 2, 4, 6):
        table = rows(y, ("yoy_pct",), delay_days=10)
        last = table.index[-newest:]
        table.loc[last, "value"], table.loc[last, "half_unit"] = 1 + table.loc[last, "value"] / 100, 0.0005
        (seen,) = judge(from_table(table, "a.csv"), HERE)
        assert seen.stops
        assert len(seen.months) == newest


def test_an_odd_month_in_a_run_does_not_hide_it() -> None:
    table = rows(growing(), ("yoy_pct",), delay_days=10)
    table.loc[table.index[-4:], "value"] = [1.056, 1.077, 0.982, 1.069]
    table.loc[table.index[-4:], "half_unit"] = 0.0005
    (seen,) = judge(from_table(table, "a.csv"), HERE)
    assert "5.6, 7.7, -1.8, 6.9 would fit" in seen.sentence


def test_a_boom_of_several_months_is_told_and_not_refused() -> None:
    y = level(MONTHS, np.random.default_rng(11), level_sd=0.005)
    y.iloc[-3:] *= [1.62, 1.66, 1.7]  # a new plant
    table = rows(y, ("yoy_pct",), delay_days=10)
    table.loc[table.index[-1], "value"] = 70.0
    found = judge(from_table(table, "a.csv"), HERE)
    assert found
    assert not any(of.stops for of in found)


def in_another_form(
    as_printed: Callable[[float], float], newest: int, seed: int, decimals: int = 4
) -> Figures:
    """Monthly rates to two decimals, the newest in another form, a true fall by 16 % among what was meant."""
    y = level(MONTHS, np.random.default_rng(seed), level_sd=0.02)
    y.iloc[-newest // 2 - 1 :] *= 0.84
    table = rows(y, ("mom_pct",), decimals=2, delay_days=10)
    last = table.index[-newest:]
    printed = table.loc[last, "value"].map(as_printed).round(decimals)
    table.loc[last, "value"] = printed
    table.loc[last, "half_unit"] = [0.5 * 10.0 ** -len(f"{value}".split(".")[1]) for value in printed]
    return from_table(table, "a.csv")


FORMS = {"a ratio": lambda g: 1 + g / 100, "100 times too small": lambda g: g / 100}


@pytest.mark.parametrize("newest", [2, 4, 6])
@pytest.mark.parametrize("what", FORMS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_true_fall_among_what_was_meant_acquits_nothing(what: str, newest: int, seed: int) -> None:
    (seen,) = (of for of in judge(in_another_form(FORMS[what], newest, seed), HERE) if of.stops)
    assert len(seen.months) == newest
    assert f"each seem to be {what}" in seen.sentence


@pytest.mark.parametrize("what", FORMS)
def test_a_run_rounded_as_older_months_is_known_by_its_range(what: str) -> None:
    seen = [
        judge(in_another_form(FORMS[what], newest, seed, decimals=2), HERE)
        for seed in (1, 2, 8)
        for newest in (4, 6)
    ]
    assert [any(f"each seem to be {what}" in of.sentence for of in found if of.stops) for found in seen] == [
        True
    ] * 6


@pytest.mark.parametrize("what", FORMS)
def test_a_fall_that_lasts_through_the_run_acquits_nothing(what: str) -> None:
    y = level(MONTHS, np.random.default_rng(9), level_sd=0.02)
    for newest, factor in ((4, 0.84), (5, 0.7)):
        table = rows(y * np.r_[np.ones(len(y) - 4), np.full(4, factor)], ("yoy_pct",), delay_days=10)
        last = table.index[-newest:]
        table.loc[last, "value"] = table.loc[last, "value"].map(FORMS[what]).round(3)
        table.loc[last, "half_unit"] = 0.0005
        (seen,) = (of for of in judge(from_table(table, "a.csv"), HERE) if of.stops)
        assert len(seen.months) == newest
        assert f"each seem to be {what}" in seen.sentence


def test_last_decimals_that_are_zeros_do_not_end_a_run() -> None:
    for values in (
        [0.9955, 0.84, 1.0389, 1.0429],
        [0.9955, 0.8383, 1.0389, 1.04],
        [0.995, 0.838, 1.0389, 1.043],
    ):
        table = rows(
            level(MONTHS, np.random.default_rng(4), level_sd=0.02), ("mom_pct",), decimals=2, delay_days=10
        )
        table.loc[table.index[-4:], "value"] = values
        table.loc[table.index[-4:], "half_unit"] = [0.5 * 10.0 ** -len(f"{v}".split(".")[1]) for v in values]
        (seen,) = (of for of in judge(from_table(table, "a.csv"), HERE) if of.stops)
        assert len(seen.months) == 4


@pytest.mark.parametrize(
    "measures", [("mom_pct",), ("yoy_pct",), ("ytd_yoy_pct",), ("mom_pct", "yoy_pct", "ytd_yoy_pct")]
)
@pytest.mark.parametrize("more", [1, 2])
def test_an_office_that_begins_to_print_one_or_two_decimals_more_is_left_alone(
    measures: tuple[str, ...], more: int
) -> None:
    for seed, newest in ((1, 2), (2, 5)):
        y = level(MONTHS, np.random.default_rng(seed), level_sd=0.02)
        new = MONTHS[-newest]
        table, fine = (rows(y, measures, decimals=of) for of in (2, 2 + more))
        every = pd.concat([table[table["period"] < new], fine[fine["period"] >= new]], ignore_index=True)
        assert not any(of.stops for of in judge(from_table(every, "a.csv"), HERE))


def test_quiet_months_are_true() -> None:
    y = level(MONTHS, np.random.default_rng(5), level_sd=0.02)
    noise = np.random.default_rng(6).normal(0.0, 0.001, len(MONTHS))
    calm = pd.Series(100.0 * np.exp(0.0001 * np.arange(len(MONTHS)) + noise), MONTHS)
    for measures in (("mom_pct",), ("yoy_pct",)):
        table, still = (rows(of, measures, decimals=2, delay_days=10) for of in (y, calm))
        table.loc[table.index[-4:], "value"] = [1.31, 0.42, 1.17, 0.86]
        for of in (table, still):
            assert not any(seen.stops for seen in judge(from_table(of, "a.csv"), HERE))
        still.loc[still.index[-1:], ["value", "half_unit"]] = [0.0312, 0.00005]
        assert not any(seen.stops for seen in judge(from_table(still, "a.csv"), HERE))


@pytest.mark.parametrize("newest", [2, 4])
def test_a_crisis_years_ago_hides_no_run_that_is_smaller(newest: int) -> None:
    y = level(MONTHS, np.random.default_rng(11), level_sd=0.005) * np.exp(0.0025 * np.arange(len(MONTHS)))
    y.loc["2021-03"] *= 0.5
    table = rows(y, ("yoy_pct",), delay_days=10)
    last = table.index[-newest:]
    true = table.loc[last, "value"]
    table.loc[last, "value"], table.loc[last, "half_unit"] = 10 * true, 0.5
    (seen,) = (of for of in judge(from_table(table, "a.csv"), HERE) if of.stops)
    assert f"each seem to be 10 times too large: {', '.join(f'{value:g}' for value in true)}" in seen.sentence


@pytest.mark.parametrize("move", [0.01, 0.1, 0.3])
def test_a_level_that_rests_and_moves_a_little_is_no_slip(move: float) -> None:
    """A rate of nothing is nothing in any unit: it bears no witness for another."""
    months = span("2017-01", "2024-06")
    steps = {
        "2018-03": 2.0,
        "2019-05": -1.5,
        "2020-04": -3.0,
        "2021-02": 1.2,
        "2022-09": 2.5,
        "2023-08": -1.9,
    }
    growth = pd.Series(0.0, months)
    for month, of in (steps | {"2024-05": move}).items():
        growth[pd.Period(month)] = of
    y = 100 * (1 + growth / 100).cumprod()
    table = rows(y, ("mom_pct", "yoy_pct"), delay_days=10)
    table = table.assign(value=table["value"].round(2), half_unit=0.005)
    assert [of for of in judge(from_table(table, "a.csv"), HERE) if of.stops] == []
