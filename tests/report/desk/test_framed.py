"""The desk inside another page, and in the words of another measure."""

from __future__ import annotations

import re
from html import unescape
from types import SimpleNamespace

import pytest

from forecast.report import desk
from tests.report.desk.grounds import OUTCOME, grounds


@pytest.mark.parametrize("code", ["en", "vi"])
def test_a_frame_holds_the_whole_page(code: str) -> None:
    frame = desk.framed(grounds(400), OUTCOME, code, rows=50)  # type: ignore[arg-type]
    (held,) = re.findall(r'srcdoc="([^"]*)"', frame)
    page = unescape(held)
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert frame.count("<") == 2  # what is inside the attribute is escaped


def test_another_measure_is_named_in_every_sentence_of_the_desk() -> None:
    sold = SimpleNamespace(**(vars(OUTCOME) | {"measure": {"en": "turnover"}, "title": {"en": "Sales"}}))
    frame = unescape(desk.framed(grounds(400), sold, rows=50))  # type: ignore[arg-type]
    said = re.findall(r'"(?:desk|finding|tile)\.[\w.]+": ?"([^"]*)"', frame)
    assert len(said) > 80
    assert [text for text in said if re.search(r"\boutput\b", text, re.IGNORECASE)] == []
    assert any("turnover" in text.lower() for text in said)
