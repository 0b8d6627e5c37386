"""`report.json` has a published schema, is what it says, and comes back as it went."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from forecast.cli import main
from forecast.errors import ConfigError
from forecast.outcome import FanMonth, Outcome, Rule, Snapshot
from tests.report import sample

REPO = Path(__file__).parents[2]
SHIPPED = sorted(REPO.glob("reports/*/*/report.json"))
PUBLISHED = REPO / "docs" / "reference" / "report.schema.json"


@pytest.mark.parametrize("case", sample.EDGES)
def test_an_outcome_is_what_its_text_says(case: str) -> None:
    outcome = sample.EDGES[case]()
    assert Outcome.from_json(outcome.to_json()) == outcome


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parents[1].name)
def test_a_shipped_report_comes_back_to_the_byte(file: Path) -> None:
    text = file.read_text("utf-8")
    assert Outcome.from_json(text).to_json() == text


def test_the_published_schema_is_that_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--outcome"]) == 0
    assert capsys.readouterr().out == PUBLISHED.read_text("utf-8")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.parents[1].name)
def test_the_schema_holds_of_every_report_and_says_what_is_none(file: Path) -> None:
    holds = Draft202012Validator(json.loads(Outcome.schema()))
    content = json.loads(file.read_text("utf-8"))
    assert list(holds.iter_errors(content)) == []
    for key, wrong in (("origin", "2024-13"), ("horizon", "36"), ("fan", None), ("as_of", "May")):
        assert list(holds.iter_errors(content | {key: wrong})), key


def test_months_and_numbers_have_one_form() -> None:
    month = pd.Period("2024-05", "M")
    row = FanMonth("2024-05", 1 / 3, 1.0, 2, 3.0, 4.0, 5.0, 6.0)  # type: ignore[arg-type]
    assert (row.month, row.median, row.upper_50) == (month, 0.3333333333, 2.0)
    assert replace(row, month=month) == row


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"median": math.nan}, "not a finite number"),
        ({"median": math.inf}, "not a finite number"),
        ({"median": "1.0"}, "valid number"),
        ({"month": "2024-5"}, "no month, such as 2024-05"),
        ({"month": pd.Period("2024-05-01", "D")}, "no month, such as 2024-05"),
    ],
)
def test_what_is_not_of_its_kind_is_refused(change: dict[str, object], said: str) -> None:
    row = FanMonth("2024-05", 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match=said):
        replace(row, **change)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Rule(3, 6.5, True, 1.0, 2.0)  # type: ignore[arg-type]


def test_a_text_that_is_no_report_is_told_with_its_place() -> None:
    content = json.loads(sample.usual().to_json())
    content["fan"][1]["median"] = "high"
    del content["rule"]["hold"]
    with pytest.raises(ConfigError) as error:
        Outcome.from_json(json.dumps(content))
    assert [re.sub(r";.*", "", problem) for problem in error.value.problems] == [
        "report.json: rule.hold is missing, which this version needs",
        "report.json: fan.1.median: input should be a valid number",
    ]


def test_the_answer_of_a_report_is_kept_as_it_was_given() -> None:
    outcome = sample.usual()
    answer, kept = outcome.recovery["baseline"], outcome.snapshot()
    assert isinstance(kept, Snapshot)
    assert (kept.origin, kept.last_month) == (outcome.origin, answer.distribution[-1].month)
    assert kept.interval_80 == answer.interval_80


def test_the_schema_is_light_to_import() -> None:
    heavy = {"pandas", "numpy", "scipy", "duckdb", "statsmodels", "matplotlib"}
    code = f"import sys, forecast.outcome; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
