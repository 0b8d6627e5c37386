"""What can go wrong is told at once, and no more of it than a person reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pytest

from forecast.errors import HEAD, SHOWN, TAIL, ConfigError, DataError, expect, refuse_unlike


def test_problems_are_told_a_line_each_in_their_order() -> None:
    assert str(DataError("a.csv:2: first", "a.csv:9: second")) == "a.csv:2: first\na.csv:9: second"


def test_what_no_one_reads_is_a_count_and_is_kept() -> None:
    error = DataError(*(f"q.yaml:{line}: wrong" for line in range(700)))
    told = str(error).splitlines()
    assert told[:SHOWN] == list(error.problems[:SHOWN])
    assert told[SHOWN:] == [f"and {700 - SHOWN} more"]
    assert len(error.problems) == 700
    assert str(DataError(*error.problems[:SHOWN])).splitlines() == list(error.problems[:SHOWN])


def test_the_middle_of_a_quote_that_no_one_reads_is_left_out() -> None:
    told = str(DataError(f'book.xlsx:B6: "{"a" * 32_767}" is no number; write a number', "b.csv: wrong"))
    assert told.startswith('book.xlsx:B6: "aaa')
    assert " … (31612 letters) … " in told
    assert told.endswith("is no number; write a number\nb.csv: wrong")
    assert len(told.splitlines()) == 2
    assert str(DataError(whole := "a" * (HEAD + TAIL))) == whole


@dataclass(frozen=True)
class _Choices:
    months: tuple[int, ...] = (0, 3)
    order: tuple[int, int] = (1, 0)
    share: float | None = None
    way: Literal["mean", "sum"] = "mean"
    flag: bool = False


def test_choices_of_the_right_kind_pass_whatever_library_they_come_from() -> None:
    refuse_unlike(_Choices([0, np.int64(6)], (np.int64(2), 1), np.float64(0.5)))  # type: ignore[arg-type]
    refuse_unlike(_Choices((), share=1, way="sum", flag=True))


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"months": 6}, "months: expected list of (a whole number), found 6"),
        ({"months": "06"}, "months: expected list of (a whole number), found '06'"),
        ({"months": (True,)}, "months: expected list of (a whole number), found (True,)"),
        ({"order": (1, 0, 0)}, "order: expected (a whole number, a whole number), found (1, 0, 0)"),
        ({"share": "half"}, "share: expected a number or None, found 'half'"),
        ({"way": "median"}, 'way: expected "mean" or "sum", found \'median\''),
        ({"flag": 1}, "flag: expected True or False, found 1"),
    ],
)
def test_a_choice_of_another_kind_is_named_with_what_is_expected(choice: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError) as refused:
        refuse_unlike(_Choices(**choice))
    assert refused.value.problems == (f"_Choices: {told}",)


def test_what_one_line_cannot_show_is_named_by_its_kind() -> None:
    with pytest.raises(ConfigError) as refused:
        expect(plan=(np.zeros(200), str), out=(5, str | os.PathLike))
    assert refused.value.problems == (
        "plan: expected a text, found a ndarray",
        "out: expected a text or a Path, found 5",
    )
