"""`check --newest`: the newest month beside what the months before it expected, everything frozen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast import adjust, config
from forecast.cli import main
from forecast.errors import DataError
from forecast.models import sarima
from forecast.run.newest import judged
from forecast.series import sample

REPO = Path(__file__).parents[2]
TREE = {"name": "x", "title": {"en": "X", "vi": "X"}, "target": {"sample": "elec_equip"}}
LEVEL = sample("elec_equip")


def test_the_expectation_is_that_of_the_months_before() -> None:
    found = judged(LEVEL, config.parse(TREE))
    fit = sarima.fit(sarima.Sarima(), LEVEL.iloc[:-1])
    table = fit.forecast(1, intervals=(80,)).iloc[0]
    assert (found.expected, found.lower, found.upper) == tuple(table)
    ahead = fit.modelled(1)
    assert_allclose(found.t, (np.log(LEVEL.iloc[-1]) - ahead.mean[0]) / np.sqrt(ahead.variance[0]))
    assert not found.unusual


def test_growth_is_that_of_the_policies() -> None:
    found = judged(LEVEL, config.parse(TREE))
    frozen = adjust.adjust(LEVEL.iloc[:-1], adjust.Builtin()).static_spec
    for policy, spec in (("Current", frozen), ("Complete", adjust.Builtin())):
        level = adjust.adjust(LEVEL, spec).adjusted
        assert_allclose(found.growth_pct[policy], 100 * (level.iloc[-1] / level.iloc[-2] - 1))
    assert found.growth_pct["Current"] != found.growth_pct["Complete"]


def test_a_slipped_decimal_is_unusual_and_moves_nothing_before_it() -> None:
    clean = judged(LEVEL, config.parse(TREE))
    slipped = LEVEL.where(LEVEL.index != LEVEL.index[-1], LEVEL / 10)
    found = judged(slipped, config.parse(TREE))
    assert found.unusual
    assert found.expected == clean.expected
    said = "unusual: look at it before it is used (a month as far off or farther comes less than once in 10,000 months)"
    assert found.words("iip")[0].endswith(said)


def test_a_month_is_unusual_from_one_in_a_hundred_on() -> None:
    found = judged(LEVEL, config.parse(TREE))
    assert [replace(found, t=t).unusual for t in (-2.58, -2.57, 2.57, 2.58)] == [True, False, False, True]


def test_a_calendar_and_an_adjusted_level_are_taken_into_account() -> None:
    with_days = judged(LEVEL, config.parse({**TREE, "calendar": {"country": "DE"}}))
    assert with_days.expected != judged(LEVEL, config.parse(TREE)).expected
    smooth = adjust.adjust(LEVEL, adjust.Builtin()).adjusted
    target = {"sample": "elec_equip", "seasonally_adjusted": True}
    found = judged(smooth, config.parse({**TREE, "target": target}))
    assert found.growth_pct["Current"] == pytest.approx(100 * (smooth.iloc[-1] / smooth.iloc[-2] - 1))


def test_nothing_is_judged_against_a_gap() -> None:
    holed = LEVEL.where(LEVEL.index != LEVEL.index[-2])
    with pytest.raises(
        DataError, match="2016-04 is missing, so that 2016-05 has nothing to be judged against"
    ):
        judged(holed, config.parse(TREE))


def test_the_command_says_it_in_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(REPO / "configs/euro_electrical.yaml"), "--newest"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("elec_equip 2009-12: 104.6; ")
    assert "was expected in 2009-11" in first
    assert "with effects as forecast (Current)" in second
    assert main(["check", str(REPO / "configs/bac_ninh.yaml"), "--newest"]) == 2
    assert "`forecast score RELEASE` says where its newest figures fell" in capsys.readouterr().err
