"""What came true, row by row: a month or a rate is inside where it lies between the ends of its own 80 % band."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from forecast.outcome import Observed, ObservedMonth, Outcome, PrintedSince
from forecast.report.blocks import Block, Paragraph, Table
from forecast.report.chapters import afterwards as chapter
from forecast.report.phrases import baseline
from forecast.report.words import LANGUAGES
from tests.report import sample

EN = LANGUAGES["en"]
RATES = {"lower": 2.6, "upper": 9.3}


def seen(*levels: float, printed: tuple[float, ...] = ()) -> Outcome:
    """The usual forecast with levels of its first months, each band 76.6 to 88.2 about 81.4, and rates since."""
    outcome = sample.usual()
    bands = tuple(replace(row, median=81.4, lower_80=76.6, upper_80=88.2) for row in outcome.fan)
    months = tuple(ObservedMonth(row.month, level) for row, level in zip(outcome.fan, levels, strict=False))
    rates = tuple(
        PrintedSince("2024-05", "yoy_pct", value, "2024-05-30", 6.2, RATES["lower"], RATES["upper"], 0.73)
        for value in printed
    )
    return replace(
        outcome, fan=bands, outcome=Observed("2024-09", None, "2024-07", None, months, rates), onset=None
    )


def rows(blocks: list[Block], at: int) -> list[tuple[str, ...]]:
    tables = [block for block in blocks if isinstance(block, Table)]
    return [tuple(map(str, row)) for group in tables[at].groups for row in group.rows]


def said(blocks: list[Block]) -> str:
    return " ".join(str(block.text) for block in blocks if isinstance(block, Paragraph))


def test_levels_count_as_inside_up_to_the_ends_of_their_band() -> None:
    blocks = chapter.section(seen(76.5, 76.6, 81.5, 88.2, 88.3), EN)
    assert [row[1:] for row in rows(blocks, 0)] == [
        ("76.5", "81.4", "76.6–88.2", "no"), ("76.6", "81.4", "76.6–88.2", "yes"),
        ("81.5", "81.4", "76.6–88.2", "yes"), ("88.2", "81.4", "76.6–88.2", "yes"),
        ("88.3", "81.4", "76.6–88.2", "no"),
    ]  # fmt: skip
    assert "3 of 5 months lie inside the 80% band; data to September 2024." in said(blocks)
    assert "3 of 5 months lie above the median of the forecast." in said(blocks)


@pytest.mark.parametrize(
    ("above", "verdict"),
    [
        (8, "8 of 10 months lie above"),
        (7, "7 of 10 months lie above"),
        (2, "8 of 10 months lie below"),
        (3, "3 of 10"),
    ],
)
def test_a_forecast_is_called_too_low_or_too_high_from_four_months_in_five_on(
    above: int, verdict: str
) -> None:
    blocks = chapter.section(seen(*[82.0] * above, *[81.0] * (10 - above)), EN)
    assert verdict in said(blocks)
    assert ("it was too low" in said(blocks)) == (above == 8)
    assert ("it was too high" in said(blocks)) == (above == 2)


def test_of_five_months_nothing_is_said_of_a_side() -> None:
    assert "it was too" not in said(chapter.section(seen(*[82.0] * 5), EN))
    assert "it was too low" in said(chapter.section(seen(*[82.0] * 6), EN))


def test_rates_printed_since_stand_beside_their_intervals() -> None:
    blocks = chapter.section(seen(80.0, printed=(2.59, 2.6, 7.44, 9.3, 9.31)), EN)
    found = rows(blocks, 1)
    assert found[2] == (
        "May 2024", "on same month a year ago", "+7.44%", "30 May 2024", "+6.2%", "+2.6% to +9.3%", "73%", "yes",
    )  # fmt: skip
    assert [row[-1] for row in found] == ["no", "yes", "yes", "yes", "no"]
    assert "Of 5 rates printed first since then, 3 lie inside their 80% intervals." in said(blocks)


@pytest.mark.parametrize(
    ("month", "said"), [("2024-04", "already"), ("2024-05", "first"), ("2027-05", "beyond")]
)
def test_what_did_not_come_true_stands_beside_the_chance_of_that(month: str, said: str) -> None:
    outcome = seen(80.0)
    answer = baseline(outcome)
    assert outcome.outcome is not None
    by = outcome.origin + 1
    chances = {
        "already": 1.0 - answer.p_already_back,
        "first": 1.0 - next(row.cumulative for row in answer.distribution if row.month == by),
        "beyond": answer.p_not_within_horizon,
    }
    told = {name: EN.odds(chance) for name, chance in chances.items()}
    assert len(set(told.values())) == 3
    late = replace(outcome, outcome=replace(outcome.outcome, not_recovered_by=pd.Period(month, "M")))
    assert told[said] in chapter.heading(late, EN)


@pytest.mark.parametrize(
    ("month", "by"), [("2025-04", "by then"), ("2027-04", "by then"), ("2027-05", "by April 2027")]
)
def test_a_return_after_the_horizon_stands_beside_the_chance_of_one_within_it(month: str, by: str) -> None:
    outcome = seen(80.0)
    assert outcome.outcome is not None
    back = replace(outcome.outcome, recovery_month=pd.Period(month, "M"), probability_given=0.24)
    said = chapter.heading(replace(outcome, outcome=back), EN)
    assert said.endswith(f"the forecast had given {EN.odds(0.24)} to a return {by}")


@pytest.mark.parametrize(
    ("began", "data_to", "said"),
    [
        ("2024-11", "2025-03", "A slump began in November 2024; the forecast had given 7% to one by then"),
        ("2027-05", "2027-06", "A slump began in May 2027; the forecast had given 7% to one by April 2027"),
        (None, "2025-03", "No slump had begun by March 2025; the forecast had given 7% to one by then"),
        (None, "2027-05", "No slump had begun by May 2027; the forecast had given 7% to one by April 2027"),
    ],
)
def test_where_nothing_slumped_the_next_slump_stands_beside_its_chance(
    began: str | None, data_to: str, said: str
) -> None:
    observed = seen(80.0).outcome
    assert observed is not None
    later = replace(observed, data_to=data_to, slump_began=began, onset_given=0.07)
    outcome = replace(sample.no_slump(), outcome=later)
    assert chapter.heading(outcome, EN) == said
    assert chapter.heading(outcome, LANGUAGES["vi"]).endswith("7%")


def test_where_nothing_slumped_nothing_is_said_to_have_come_back() -> None:
    outcome = replace(sample.no_slump(), outcome=seen(80.0).outcome)
    assert outcome.outcome is not None
    back = replace(outcome.outcome, recovery_month=outcome.origin, probability_given=0.99)
    for later in (outcome, replace(outcome, outcome=back)):
        assert chapter.heading(later, EN).startswith("What was published since, against the forecast of")
