"""The web page: the same document as the PDF, in one file that needs nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest

from forecast.report import pictures
from forecast.report.blocks import Chart, Document, Heading, Paragraph, Side, Table
from forecast.report.chapters import answer
from forecast.report.document import compose
from forecast.report.render import html
from forecast.report.words import LANGUAGES
from tests.report import sample

VOID = {"meta", "link", "br", "hr", "input", "img", "source"}


class Page(HTMLParser):
    """What a page holds: tags in order with their attributes, text, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def made(code: str, **changes: object) -> tuple[str, Document]:
    outcome = replace(sample.what_if(), **changes)  # type: ignore[arg-type]
    language = LANGUAGES[code]
    document = compose(outcome, language)
    return html.render(document, pictures.draw(outcome, language), outcome, language), document


@pytest.fixture(scope="module", params=["en", "vi"])
def page(request: pytest.FixtureRequest) -> tuple[str, Document]:
    return made(request.param)


def test_it_holds_every_text_of_the_document(page: tuple[str, Document]) -> None:
    text, document = page
    said = "".join(Page(text).said)
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            assert block.text in said
        for table in (block.left, block.right) if isinstance(block, Side) else (block,):
            if isinstance(table, Table):
                assert table.title in said
                assert all(c in said for g in table.groups for r in g.rows for c in r if isinstance(c, str))
    assert document.stand in said


def test_its_structure_is_that_of_a_readable_page(page: tuple[str, Document]) -> None:
    text, document = page
    found = Page(text)
    assert not found.open
    assert found.all("html") == [{"lang": document.language}]
    identifiers = [a["id"] for _, a in found.tags if "id" in a]
    assert len(identifiers) == len(set(identifiers))
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(found.all("caption")) == len(found.all("table"))
    assert all("scope" in cell for cell in found.all("th"))
    pictures = [svg for svg in found.all("svg") if svg.get("id", "").startswith("chart")]  # type: ignore[union-attr]
    assert [svg["aria-label"] for svg in pictures] == [b.alt for b in document.blocks if isinstance(b, Chart)]
    assert all(svg["role"] == "img" for svg in pictures)


def test_it_asks_for_nothing_from_anywhere(page: tuple[str, Document]) -> None:
    text, _ = page
    found = Page(text)
    for tag, attributes in found.tags:
        for name in ("src", "href", "xlink:href", "data", "poster"):
            address = attributes.get(name)
            if address is not None and not (tag == "a" and name == "href"):
                assert address.startswith(("#", "data:")), (tag, name, address)
    assert not re.search(r"url\((?!#|data:)", text)
    assert "@import" not in text
    references = set(re.findall(r'(?:xlink:)?href="#([^"]+)"|url\(#([^)]+)\)', text))
    identifiers = {a["id"] for _, a in found.tags if "id" in a}
    assert {one or other for one, other in references} <= identifiers
    assert len(text.encode()) < 1_500_000


def test_the_same_outcome_gives_the_same_page() -> None:
    assert made("vi")[0] == made("vi")[0]


def test_text_of_the_user_is_never_markup() -> None:
    text, _ = made("en", title={"en": "<b>A & B</b> \"x\" </script><script>alert('1')</script>"})
    assert "<b>A" not in text
    assert "alert('1')</script>" not in text
    assert text.count("<script") == 2  # the curves and the code that draws them


def test_the_curves_are_those_of_the_outcome() -> None:
    outcome = sample.what_if()
    text, _ = made("vi")
    (content,) = re.findall(r'<script type="application/json" id="answers">(.*?)</script>', text)
    told = json.loads(content)
    assert len(told["answers"]) == len(outcome.recovery)
    for curve, found in zip(told["answers"], outcome.recovery.values(), strict=True):
        assert curve["by"] == [round(row.cumulative, 4) for row in found.distribution]
        assert len(curve["said"]) == len(curve["months"]) == len(curve["by"])
        alone = replace(outcome, recovery={"baseline": found})
        assert curve["headline"] == answer.headline(alone, LANGUAGES["vi"])
    assert told["fan"]["limits"][1][0] == [round(row.lower_80, 2) for row in outcome.fan]
    assert told["fan"]["median"] == [round(row.median, 2) for row in outcome.fan]
    assert told["past"] == [round(row.level_pct_of_normal, 2) for row in outcome.history[-24:]]


def test_contents_and_neighbours_are_linked() -> None:
    text, document = made("en")
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    for at, heading in enumerate(headings, start=1):
        assert f'<a href="#part-{at}">{escape(heading.section or heading.text)}</a>' in text
        assert f'id="part-{at}">{escape(heading.text)}</h' in text
    outcome, language = sample.what_if(), LANGUAGES["en"]
    beside = [("report.vi.html", "Tiếng Việt"), ("desk.en.html", "The desk")]
    linked = html.render(document, pictures.draw(outcome, language), outcome, language, beside)
    assert '<a href="report.vi.html">Tiếng Việt</a><a href="desk.en.html">The desk</a>' in linked
    assert "desk.en.html" not in text


def test_without_a_slump_there_is_no_date_to_try() -> None:
    outcome, language = sample.no_slump(), LANGUAGES["vi"]
    text = html.render(compose(outcome, language), pictures.draw(outcome, language), outcome, language)
    assert "<script" not in text
    assert 'id="switch"' not in text
    assert not Page(text).open
