"""Words of averages, totals and codes that some language calls a month: the neighbours decide, never a clash."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series
from forecast.tables.axis import axis
from forecast.tables.languages import month_names, words, words_of_tables
from forecast.tables.moments import SPOKEN

ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SLOVENE = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "avg", "sep", "okt", "nov", "dec"]
COLLISIONS = sorted((words("total_of_year") | words_of_tables()) & set(month_names()))

SPOKEN_COLLISIONS = [
    (word, code)
    for word in COLLISIONS
    for code in sorted(frozenset().union(*month_names()[word].values()) & SPOKEN)
]


def _months(texts: list[str]) -> list[int | None]:
    return [None if m is None or m.span != 1 else m.month for m in axis(texts).moments]


def test_the_collisions_are_known() -> None:
    assert ("avg", "sl") in SPOKEN_COLLISIONS


@pytest.mark.parametrize("word", COLLISIONS)
def test_a_thirteenth_heading_is_never_a_month(word: str) -> None:
    assert _months([*ENGLISH, word]) == [*range(1, 13), None]
    assert _months([word, *ENGLISH]) == [None, *range(1, 13)]


@pytest.mark.parametrize(("word", "code"), SPOKEN_COLLISIONS)
def test_a_language_that_knows_the_word_as_a_month_needs_it_in_turn(word: str, code: str) -> None:
    (month,) = (m for m, codes in month_names()[word].items() if code in codes)
    names = {
        m: name
        for name, told in month_names().items()
        for m, known in told.items()
        if code in known and name not in words_of_tables()
    }
    beside = [names[m] for m in range(1, month)]
    assert _months([*beside, word]) == list(range(1, month + 1))
    assert _months([*beside[:-1], word]) == [*range(1, month - 1), None]


def test_august_in_slovene_is_a_month() -> None:
    assert _months(SLOVENE) == list(range(1, 13))
    assert _months([*SLOVENE[:8]]) == list(range(1, 9))


def test_an_unspoken_code_does_not_hide_a_language() -> None:
    polish = (
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
    )
    assert _months(["id", *polish.split()]) == [None, *range(1, 13)]


@pytest.mark.parametrize("down", [True, False])
def test_avg_is_left_out_as_an_average(tmp_path: Path, down: bool) -> None:
    values = [[str(100 * y + m) for m in range(1, 13)] for y in (1, 2)]
    if down:
        lines = ["Month,2020,2021", *(f"{n},{a},{b}" for n, a, b in zip(ENGLISH, *values, strict=True))]
        lines.append("Avg,106.5,206.5")
    else:
        lines = [",".join(["Year", *ENGLISH, "Avg"])]
        lines += [",".join([str(y), *row, "6.5"]) for y, row in zip((2020, 2021), values, strict=True)]
    path = tmp_path / "iip.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    y = series.read(path)
    assert y.to_list() == [float(v) for row in values for v in row]
    assert any("Avg" in item for item in y.attrs["left_out"])
