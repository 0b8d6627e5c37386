"""The desk inside another page, and in the words of another measure."""

from __future__ import annotations

import re
from html import escape, unescape
from types import SimpleNamespace

import pytest

from forecast.errors import ConfigError
from forecast.report import desk
from forecast.report.render.embedded import for_script
from tests.report.desk.grounds import OUTCOME, calm, grounds
from tests.report.render.test_payloads import PAYLOADS


@pytest.mark.parametrize("code", ["en", "vi"])
def test_a_frame_holds_the_whole_page(code: str) -> None:
    frame = desk.framed(grounds(400), OUTCOME, code, rows=50)  # type: ignore[arg-type]
    (held,) = re.findall(r'srcdoc="([^"]*)"', frame)
    page = unescape(held)
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert frame.count("<") == 4  # what is inside the attribute is escaped


def test_another_measure_is_named_in_every_sentence_of_the_desk() -> None:
    sold = SimpleNamespace(**(vars(OUTCOME) | {"measure": {"en": "turnover"}, "title": {"en": "Sales"}}))
    frame = unescape(desk.framed(grounds(400), sold, rows=50))  # type: ignore[arg-type]
    said = re.findall(r'"(?:desk|finding|tile)\.[\w.]+": ?"([^"]*)"', frame)
    assert len(said) > 80
    assert [text for text in said if re.search(r"\boutput\b", text, re.IGNORECASE)] == []
    assert any("turnover" in text.lower() for text in said)


def test_texts_of_the_user_are_letters_in_the_desk() -> None:
    bad = "; ".join(PAYLOADS)
    said = SimpleNamespace(**(vars(OUTCOME) | {"title": {"en": bad}, "measure": {"en": bad}}))
    page, plain = (desk.pages(grounds(400), of, ("en",))["desk.en.html"] for of in (said, OUTCOME))  # type: ignore[arg-type]
    assert escape(bad) in page
    assert page.count(for_script(bad)[1:-1]) > 10  # within the words of the page
    for begin in ("<script", "</script", "<img", "<svg", "<iframe", "<template", "<math", "<!--", "</style"):
        assert page.lower().count(begin) == plain.lower().count(begin), begin


def test_a_desk_holds_no_more_rows_than_there_are_paths() -> None:
    page = desk.pages(grounds(400), OUTCOME, ("en",))["desk.en.html"]  # type: ignore[arg-type]
    assert "400 outcomes of the report's 400" in unescape(page)


def test_a_desk_of_another_state_than_its_outcome_is_refused() -> None:
    of = grounds(400)
    nothing = SimpleNamespace(**(vars(OUTCOME) | {"slump": None, "onset": "told"}))
    for make in (desk.framed, lambda of, outcome, calm=None: desk.pages(of, outcome, ("en",), calm)):
        with pytest.raises(ConfigError, match="add calm="):
            make(of, nothing)
        with pytest.raises(ConfigError, match="leave calm out"):
            make(of, OUTCOME, calm=calm(of))
