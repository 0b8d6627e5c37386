"""The plain warnings of a report."""

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.outcome import Outcome
from forecast.report.chapters import answer, notes
from forecast.report.words import LANGUAGES

FALL, RETURN, AGAIN, MONTHS = 90, 100, 114, 120


def asked(target: float, last: float) -> Outcome:
    """Ask when output is back at a target: at 100, fallen to 90, at 96 for 14 months, and then at the last level."""
    level = np.full(MONTHS, 100.0)
    level[FALL:], level[RETURN:], level[AGAIN:] = 90.0, 96.0, last
    level *= np.exp(np.random.default_rng(1).normal(0, 0.001, MONTHS))
    y = pd.Series(level, index=pd.period_range("2014-01", periods=MONTHS, freq="M"))
    plan = {"paths": 200, "models": ["autoregression"], "normal": {"kind": "target", "level": target}}
    return fc.answer(y, target={"seasonally_adjusted": True}, **plan)


@pytest.mark.parametrize(
    ("target", "last", "told"),
    [(95.0, 93.0, True), (95.0, 96.0, False), (97.0, 93.0, False), (89.0, 93.0, False)],
)
def test_a_return_since_the_slump_began_that_did_not_last_is_told(
    target: float, last: float, told: bool
) -> None:
    outcome = asked(target, last)
    assert ("was_back" in outcome.notes) is told
    sentence = "has fallen below it again; what is told is the next return"
    assert (sentence in repr(notes.points(outcome, LANGUAGES["en"]))) is told


def test_output_that_has_held_its_target_for_longer_than_the_rule_asks_is_back() -> None:
    outcome = asked(95.0, 96.0)
    assert outcome.recovery["baseline"].p_already_back > 0.95
    assert answer.headline(outcome, LANGUAGES["en"]).endswith("output is already back at its normal scale")
