"""Each field of an outcome against the dense oracle, on three questions."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import ndtr

from forecast.answers import assemble
from forecast.outcome import Outcome
from forecast.run import snapshots
from tests.oracle.answer import Oracle
from tests.oracle.beside import pool_weights
from tests.oracle.questions import QUESTIONS
from tests.oracle.told import ELSEWHERE, FIELDS


@pytest.fixture(scope="module", params=list(QUESTIONS))
def asked(request: pytest.FixtureRequest) -> tuple[Oracle, dict[str, Any]]:
    """One question: its oracle, and what report.json holds of it."""
    question = QUESTIONS[request.param]()
    return Oracle(question), json.loads(assemble(question.case).to_json())


def test_every_field_has_its_oracle():
    assert FIELDS.keys() | ELSEWHERE.keys() == {field.name for field in fields(Outcome)}


@pytest.mark.parametrize("field", list(FIELDS))
def test_a_field_is_what_its_definition_says(asked: tuple[Oracle, dict[str, Any]], field: str):
    oracle, report = asked
    compare(report[field], FIELDS[field](oracle), field)


def test_scenarios_of_rates_move_the_month_of_return(asked: tuple[Oracle, dict[str, Any]]):
    _, report = asked
    gained = {row["months_gained"] for row in report["scenarios"]}
    assert gained - {None, 0} or report["unit"] == "levels"  # else nothing says which way they are counted


def compare(told: Any, expected: Any, where: str) -> None:
    """Assert that what was told is expected, to nine digits; fields of which nothing is expected are passed over."""
    if isinstance(expected, dict):
        assert isinstance(told, dict), where
        for key, value in expected.items():
            compare(told[key], value, f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(told) == len(expected), where
        for i, value in enumerate(expected):
            compare(told[i], value, f"{where}.{i}")
    elif isinstance(expected, float | np.floating):
        assert_allclose(told, expected, rtol=1e-8, atol=1e-10, err_msg=where)
    else:
        assert told == expected, where


def test_the_pool_is_that_of_the_logits(asked: tuple[Oracle, dict[str, Any]]):
    oracle, _ = asked
    paths, weights = pool_weights(oracle, oracle.plan.models)
    assert_allclose(oracle.paths.values, paths.values, rtol=0)
    assert_allclose(oracle.weights, weights, rtol=1e-9)


def test_the_next_releases_leave_their_shares_below(asked: tuple[Oracle, dict[str, Any]]):
    """P(print ≤ x) is a mixture over all paths of rate and error; a path weighs 0.002, 1,000 points stand for them."""
    oracle, report = asked
    shares = {"median": 0.5} | {
        f"{end}_{share}": 0.5 + sign * share / 200
        for share in (50, 80, 90)
        for end, sign in (("lower", -1), ("upper", 1))
    }
    assert len(report["next_releases"]) == 9
    for row in report["next_releases"]:
        t = [str(month) for month in oracle.paths.months].index(row["month"])
        rate, sd = (
            np.log1p(_rate(oracle, row["measure"], t) / 100) + _bias(oracle, row["measure"], row["month"]),
            _error(oracle, row["measure"], row["month"]),
        )
        for name, share in shares.items():
            x = np.log1p(row[name] / 100)
            below = ndtr((x - rate) / sd) if sd else (rate <= x + 1e-12)
            assert_allclose(
                (oracle.weights * below).sum(), share, atol=0.004, err_msg=f"{row['month']} {name}"
            )


def _rate(oracle: Oracle, measure: str, t: int) -> np.ndarray:
    """A rate of month t on every path, percent."""
    y, calendar_month = oracle.paths.values, oracle.paths.months[t].month
    first = t - calendar_month + 1 if measure == "ytd_yoy_pct" else t
    lag = 1 if measure == "mom_pct" else 12
    return 100 * (y[:, first : t + 1].sum(axis=1) / y[:, first - lag : t + 1 - lag].sum(axis=1) - 1)


def _bias(oracle: Oracle, measure: str, month: str) -> np.ndarray | float:
    """Bias of a first print on every path, log points: that of its history, of its month's share, and one of mom."""
    levels = oracle.asked.found.levels
    if levels is None:
        return 0.0
    of = levels.bias[oracle.paths.draw]
    every = of[:, 0] / (int(month[5:]) if measure == "ytd_yoy_pct" else 1)
    return every + of[:, 1] * (measure == "mom_pct")


def _error(oracle: Oracle, measure: str, month: str) -> float:
    """Standard deviation of a first print about the true rate, log points: the year to date holds it by its share."""
    if oracle.asked.found.levels is None:
        return 0.0
    noise = oracle.asked.found.levels.noise.set_index(["series", "error"])["sd_pct"]["bac_ninh_total"] / 100
    share = 1 / int(month[5:]) if measure == "ytd_yoy_pct" else 1.0
    return float(np.hypot(share * noise["first_print"], noise["monthly" if measure == "mom_pct" else "rest"]))


def test_an_answer_is_remembered_as_it_was_given(asked: tuple[Oracle, dict[str, Any]], tmp_path: Path):
    oracle, report = asked
    outcome = Outcome.from_json(json.dumps(report))
    (tmp_path / snapshots.FILE).write_bytes(snapshots.kept(tmp_path, outcome))
    assert snapshots.earlier(tmp_path, outcome.as_of) == ()
    (kept,) = snapshots.earlier(tmp_path, "2030-01-01")
    told = oracle.recovery("baseline", oracle.paths)
    compare(
        json.loads(json.dumps(asdict(kept.answer), default=str)),
        {
            "as_of": str(oracle.asked.data.as_of.date()), "origin": str(oracle.origin),
            "last_month": oracle.month(oracle.h),
            "slump_start": str(oracle.slump.start) if oracle.slump.under_way else None,
            **{name: told[name] for name in ("median", "interval_50", "interval_80")},
            **{name: told[name] for name in ("p_already_back", "p_within_12", "p_not_within_horizon")},
        },
        "snapshot",
    )  # fmt: skip
