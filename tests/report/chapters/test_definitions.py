"""How far the definition of normal moves the answer is told from ten points on, and of the one that moves it most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecast.outcome import Outcome
from forecast.report.chapters import definitions as chapter
from forecast.report.words import LANGUAGES
from tests.report import sample

EN = LANGUAGES["en"]


def stated(**p_within_12: float) -> Outcome:
    """The usual answer, with other chances by definition; the one in use keeps the answer's own."""
    outcome = sample.usual()
    answer = outcome.recovery["baseline"]
    like = outcome.normal.definitions[0]
    own = replace(like, kind=outcome.normal.kind, recovery=replace(like.recovery, p_within_12=0.40))
    others = tuple(
        replace(like, kind=kind, recovery=replace(like.recovery, p_within_12=p))
        for kind, p in p_within_12.items()
    )
    return replace(
        outcome,
        recovery={**outcome.recovery, "baseline": replace(answer, p_within_12=0.40)},
        normal=replace(outcome.normal, definitions=(own, *others)),
    )


@pytest.mark.parametrize(
    ("chances", "told"),
    [
        ({"trend": 0.13, "same_month": 0.52}, "13%"),
        ({"trend": 0.32, "same_month": 0.61}, "61%"),
        ({"trend": 0.31, "same_month": 0.49}, None),
        ({}, None),
    ],
)
def test_the_farthest_definition_is_told_where_it_is_far(chances: dict[str, float], told: str | None) -> None:
    said = chapter.spread(stated(**chances), EN)
    if told is None:
        assert said == ()
    else:
        ((_, sentence),) = said
        assert "40%" in sentence
        assert told in sentence


def test_without_a_slump_no_definition_is_far() -> None:
    assert chapter.spread(replace(stated(trend=0.1), slump=None), EN) == ()
