"""No text that a user can give becomes code: not in the page, its script or its pictures, nor in PDF or workbook."""

from __future__ import annotations

import io
import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from forecast.outcome import FailedRow, Outcome
from forecast.report import csvs, index, pictures
from forecast.report.document import compose
from forecast.report.render import html, pdf, sheets, xlsx
from forecast.report.render.embedded import for_script
from forecast.report.render.index import Entry
from forecast.report.words import LANGUAGES
from tests.browser import CHROMIUM
from tests.report import sample
from tests.report.render.test_browser import WATCH

BAD = "window.pwned=1"
PAYLOADS = (
    "<!--<script>",
    "<!--",
    "-->",
    "--!>",
    "<script>",
    "</script>",
    f"</script><script>{BAD}</script>",
    f"</SCRIPT ><img src=x onerror={BAD}>",
    f"<img src=x onerror={BAD}>",
    f"<svg onload={BAD}>",
    f'"><svg/onload={BAD}>',
    f"' onfocus={BAD} autofocus='",
    f'" onmouseover="{BAD}" x="',
    f"javascript:{BAD}",
    f"</title><script>{BAD}</script>",
    f"</style><script>{BAD}</script>",
    f"</option></select><script>{BAD}</script>",
    f"</svg><script>{BAD}</script>",
    f"]]><script>{BAD}</script>",
    f"<![CDATA[<script>{BAD}</script>]]>",
    f'<iframe srcdoc="<script>{BAD}</script>">',
    f"<math><mtext></mtext><script>{BAD}</script>",
    f"<template><script>{BAD}</script></template>",
    "&lt;b&gt; &amp; &#60;script&#62;",
    f'\\"}};{BAD}//',
    f"\u2028{BAD}\u2029",
    "${window.pwned=1} {{7*7}} {0} %s %(x)s",
    r'#let x = "1" $\frac{ \href{a} #emph[x] */ /*',
    '=HYPERLINK("http://x","y")',
    'id="a" href="#b" url(#c) \'Noto Sans\' \u202etxt',
)


def hostile() -> Outcome:
    """An outcome with a payload in every text: each as a scenario, and as the source of a figure."""
    plain = sample.what_if()
    base = plain.recovery["baseline"]
    said = {f"s{i}": {"en": text, "vi": text} for i, text in enumerate(PAYLOADS)}
    answers = {name: replace(base, label=label) for name, label in said.items()}
    rows = [sample.scenario(answers[name], name, 20.0, {"2024": 3.1, "2025": 6.2}) for name in said]
    sources = [
        replace(plain.figures[i % len(plain.figures)], source=f"{text} | {text}" if i % 2 else text)
        for i, text in enumerate(PAYLOADS)
    ]
    return replace(
        plain,
        title={"en": "; ".join(PAYLOADS), "vi": "; ".join(PAYLOADS)},
        recovery={"baseline": base} | answers,
        scenarios=(plain.scenarios[0], *rows),
        figures=tuple(sources),
        failed=tuple(FailedRow("sarima", text, "2024-04", text) for text in PAYLOADS),
    )


@pytest.fixture(scope="module")
def page() -> str:
    outcome, language = hostile(), LANGUAGES["en"]
    return html.render(compose(outcome, language), pictures.draw(outcome, language), outcome, language)


PROBE = """<script>
document.body.dataset.found = JSON.stringify({
  pwned: window.pwned ?? null, wrong: window.wrong, hidden: document.getElementById("switch").hidden,
  options: [...document.querySelectorAll("#scenario option")].map((e) => e.textContent),
  title: document.title, heading: document.querySelector("h1").textContent,
  handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes])
    .filter((a) => a.name.startsWith("on") || /^\\s*javascript:/i.test(a.value)).length,
  scripts: document.scripts.length,
  cells: [...document.querySelectorAll("td, th")].map((e) => e.textContent),
  letters: [...document.querySelectorAll("svg text")].map((e) => e.textContent).join(" "),
});
</script>"""


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium in PATH or CHROMIUM")
def test_a_browser_shows_thirty_payloads_as_letters(page: str, tmp_path: Path) -> None:
    assert len(PAYLOADS) == 30
    watched = page.replace("<head>", f"<head>{WATCH}", 1)
    at = watched.rindex("</body>")
    (tmp_path / "page.html").write_text(watched[:at] + PROBE + watched[at:], encoding="utf-8")
    assert CHROMIUM is not None
    shown = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
         "--dump-dom", (tmp_path / "page.html").as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    (told,) = re.findall(r'data-found="([^"]*)"', shown)
    found = json.loads(unescape(told))
    assert found["pwned"] is None
    assert found["wrong"] == []
    assert not found["hidden"]
    assert found["handlers"] == 0
    assert found["scripts"] == 4  # the watch, the curves, the page's own and the probe
    plain = [" ".join(text.split()) for text in PAYLOADS]
    assert [" ".join(text.split()) for text in found["options"]][1:] == plain
    assert found["heading"] == "; ".join(PAYLOADS)
    for text in PAYLOADS:
        assert any(text in cell for cell in found["cells"]), text


def test_the_script_of_the_page_ends_where_it_is_meant_to(page: str) -> None:
    data = re.findall(r'<script type="application/json" id="answers">(.*?)</script>', page, re.DOTALL)
    assert len(data) == 1
    assert not re.search("[<>&\u2028\u2029]", data[0])
    assert [curve["label"] for curve in json.loads(data[0])["answers"]][1:] == list(PAYLOADS)
    assert page.count("<script") == 2


@pytest.mark.parametrize("text", PAYLOADS)
def test_data_for_a_script_come_back_as_they_were(text: str) -> None:
    assert json.loads(for_script({"said": [text]})) == {"said": [text]}


def test_a_number_that_no_script_reads_is_no_data() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        for_script({"chance": float("nan")})


def test_labels_inside_pictures_are_left_as_they_are(page: str) -> None:
    assert 'id="a" href="#b" url(#c) \'Noto Sans\'' in unescape(page)


def test_the_index_the_workbook_and_the_tables_hold_them_as_text() -> None:
    outcome, language = hostile(), LANGUAGES["en"]
    listed = index([Entry(outcome, 'a"b<c>/report.html')], "en")
    assert "<script" not in listed
    assert "<img" not in listed
    document = compose(outcome, language)
    book = openpyxl.load_workbook(
        io.BytesIO(
            xlsx.render(sheets.sheets(document, outcome, language), document.title, outcome.as_of, "en")
        )
    )
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == '=HYPERLINK("http://x","y")' for cell in cells)
    assert csvs.files(outcome).keys() >= {"fan.csv", "recovery.csv", "scenarios.csv"}


@pytest.mark.slow
def test_the_pdf_is_made_and_holds_them_as_letters() -> None:
    pypdf = pytest.importorskip("pypdf")
    outcome, language = hostile(), LANGUAGES["en"]
    content = pdf.render(compose(outcome, language), pictures.draw(outcome, language), outcome.as_of)
    read = pypdf.PdfReader(io.BytesIO(content))
    said = "".join(page.extract_text() for page in read.pages)
    assert "<!--<script>" in said
    assert "#let x" in said
    assert "/JavaScript" not in read.trailer["/Root"].get("/Names", {})
