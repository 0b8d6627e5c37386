"""What can go wrong is told at once, and no more of it than a person reads."""

from __future__ import annotations

from forecast.errors import HEAD, SHOWN, TAIL, DataError


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
