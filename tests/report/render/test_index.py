"""The page of many questions: one line each, what changed most first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecast import report
from tests.report import sample


def entry(name: str, before: float | None) -> report.Entry:
    told = () if before is None else (sample.snapshot("2024-04-20", before),)
    title = {"en": f"The {name} & co", "vi": f"Vùng {name}"}
    outcome = replace(sample.usual(), name=name, title=title, snapshots=told)
    return report.Entry(outcome, f"{name}/2024-05-20/report.en.html")


def test_what_changed_most_comes_first() -> None:
    now = sample.usual().recovery["baseline"].p_within_12
    entries = [entry("new", None), entry("calm", now - 0.01), entry("moved", now + 0.12)]
    text = report.index(entries, "en")
    assert text.index("The moved &amp; co") < text.index("The calm &amp; co") < text.index("The new &amp; co")
    assert "−12 points within 12 months since 20 Apr 2024" in text
    assert "first report" in text
    assert 'href="moved/2024-05-20/report.en.html"' in text


@pytest.mark.parametrize("code", ["en", "vi"])
def test_it_gives_the_answer_in_its_language(code: str) -> None:
    text = report.index([entry("north", None)], code)
    assert f'<html lang="{code}">' in text
    assert report.headline(sample.usual(), code) in text


def test_an_answer_that_did_not_move_and_one_without_a_slump_say_so() -> None:
    chance = sample.no_slump().recovery["baseline"].p_within_12
    told = (sample.snapshot("2024-04-30", chance),)
    calm = report.Entry(replace(sample.no_slump(), snapshots=told), "a.html")
    text = report.index([calm], "en")
    assert "<td>No change since 30 Apr 2024</td>" in text
    assert text.count('<td class="number">–</td>') == 2
    same = "<td>Không đổi so với 30/4/2024</td>"
    assert same in report.index([calm], "vi")
