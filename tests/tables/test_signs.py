"""Marks and words of rises and falls, alone and in other texts."""

from __future__ import annotations

import pytest

from forecast.tables.kinds import is_damaged
from forecast.tables.meant import says_change
from forecast.tables.signs import FALL, FLAT, RISE, direction, speaks_of_falls, speaks_of_signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        *[(mark, RISE) for mark in ("+", "▲", "△", "↑", "(+)", "↗️")],
        *[(mark, FALL) for mark in ("-", "−", "–", "▼", "▽", "↓", "(-)")],
        *[(word, RISE) for word in ("Tăng", "tang", "up", "Increase", "en hausse", "Anstieg", "рост", "alza")],
        *[(word, FALL) for word in ("Giảm:", "giam", "Down", "decreased", "en baisse", "Rückgang", "снижение")],
        *[(line, FALL) for line in ("Các ngành giảm", "Industries with decline", "Giảm mạnh", "Setores em queda")],
        *[(word, FLAT) for word in ("=", "→", "không đổi", "unchanged", "без изменений")],
        *[(text, None) for text in ("", "p", "r", "*", "2.9 ▼", "Tăng/giảm", "các ngành", "Tháng 4 giảm")],
        *[(text, None) for text in ("Feather and down", "Baja California", "Giám sát", "Thiết bị giảm chấn", "tầng")],
    ],
)  # fmt: skip
def test_a_text_says_a_direction_or_none(text: str, sign: int | None) -> None:
    assert direction(text) == sign


def test_a_text_speaks_of_falls_alone() -> None:
    assert speaks_of_falls("Decrease on the same month")
    assert not speaks_of_falls("Tăng, giảm so với cùng kỳ")
    assert not speaks_of_falls("Baja California")


@pytest.mark.parametrize(
    ("heading", "signs"),
    [
        ("Tăng/giảm", True), ("+/-", True), ("±", True), ("Dấu", True), ("direction", True), ("Sens", True),
        ("Trend", False), ("Xu hướng", False), ("Ghi chú", False), ("4 tháng đầu năm", False),
    ],
)  # fmt: skip
def test_a_heading_is_of_signs_or_of_something_else(heading: str, signs: bool) -> None:
    assert speaks_of_signs(heading) is signs


def test_words_and_spoilt_numbers_in_the_place_of_a_number() -> None:
    assert all(map(says_change, ("không đổi", "unchanged", "2,9 giảm", "baisse 2,9 %", "fall of 2.9")))
    assert not any(map(says_change, ("Tăng", "Tháng 4 giảm", "2.9", "2.9 tấn", 2.9, None)))
    assert all(map(is_damaged, ("10l.5", "1O3,2", "I0.5", "~6", "#REF!", "1,,2")))
    assert not any(map(is_damaged, ("m/m-12", "No.10", "C10.1", "T4/24", "2015=100", "10.5", None)))
