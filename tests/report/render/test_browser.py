"""The web page in a browser: it works on a phone, complains of nothing, and breaks no rule of accessibility."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from forecast.report.blocks import Tile
from forecast.report.chapters import answer
from forecast.report.words import LANGUAGES
from tests.browser import AXE, found, in_a_browser
from tests.report import sample
from tests.report.render.test_html import made

pytestmark = in_a_browser

WATCH = """<script>
window.wrong = [];
window.addEventListener("error", (event) => window.wrong.push(event.message));
console.error = (...said) => window.wrong.push(said.join(" "));
</script>"""
PROBE = """<script>
const wide = [...document.querySelectorAll("body *")]
  .filter((e) => !e.closest(".scroll, svg, script, .skip") && e.getBoundingClientRect().right > 361)
  .map((e) => e.tagName);
const select = document.getElementById("scenario");
const before = document.getElementById("said").textContent;
select.selectedIndex = 1;
select.dispatchEvent(new Event("change"));
const after = document.getElementById("said").textContent;
const headline = document.querySelector("main h2").textContent;
const tiles = [...document.querySelectorAll(".tile .value")].map((e) => e.textContent);
const place = (e) => e.getBoundingClientRect(), slider = place(document.getElementById("month"));
const thumb = slider.left + 8 + (slider.width - 16) * month_share();
function month_share() { const m = document.getElementById("month"); return Number(m.value) / Number(m.max); }
const dot = place(document.querySelector("#curve circle"));
const apart = Math.abs(thumb - (dot.left + dot.right) / 2);
const curve = document.getElementById("curve"), box = curve.getBoundingClientRect();
curve.dispatchEvent(new PointerEvent("pointermove", { clientX: box.right }));
const hovered = document.getElementById("said").textContent;
const month = document.getElementById("month");
month.stepDown();
month.dispatchEvent(new Event("input"));
document.querySelector("nav details").open = true;
const unreachable = [...document.querySelectorAll("a, select, input, .scroll")].filter((e) => {
  if (!e.checkVisibility()) return false;
  e.focus();
  return document.activeElement !== e;
});
document.body.dataset.found = JSON.stringify({
  wide, wrong: window.wrong, before, after, hovered, stepped: document.getElementById("said").textContent,
  unreachable: unreachable.map((e) => e.outerHTML.slice(0, 80)),
  hidden: document.getElementById("switch").hidden, headline, value: month.getAttribute("aria-valuetext"),
  fetched: performance.getEntriesByType("resource").length, apart, tiles,
});
</script>"""
RULES = """<script>
axe.run(document).then((result) => {
  document.body.dataset.found = JSON.stringify({
    passed: result.passes.map((rule) => rule.id),
    broken: result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)}`)),
  });
});
</script>"""


@pytest.mark.parametrize("code", ["en", "vi"])
def test_it_shows_it_without_complaint_on_a_phone(code: str, tmp_path: Path) -> None:
    text, _ = made(code)
    narrow = text.replace("<head>", f"<head>{WATCH}<style>html {{ width: 360px }}</style>", 1)
    (tmp_path / "page.html").write_text(narrow.replace("</body>", PROBE + "</body>"), encoding="utf-8")
    told = found(tmp_path / "page.html", phone=True)
    assert told["wide"] == []
    assert told["wrong"] == []
    assert not told["hidden"]
    outcome, language = sample.what_if(), LANGUAGES[code]
    base, scenario = list(outcome.recovery.values())[:2]
    assert told["unreachable"] == []
    alone = replace(outcome, recovery={"baseline": scenario})
    assert told["headline"] == answer.headline(alone, language) != answer.headline(outcome, language)
    shown = [tile.value for tile in answer.tiles(alone, language).tiles if isinstance(tile, Tile)]
    assert told["tiles"] == shown
    assert told["value"] == language.short(scenario.distribution[-2].month)
    assert told["fetched"] == 0
    assert told["apart"] < 1.0  # the thumb of the slider stands on the marker of the curve
    for said, one, at in (
        (told["before"], base, 11),  # opens a year on
        (told["after"], scenario, 11),
        (told["hovered"], scenario, -1),
        (told["stepped"], scenario, -2),
    ):
        row = one.distribution[at]
        assert said.startswith(f"{language.label(one.label)}: {language.odds(row.cumulative)}")
        assert language.month(row.month) in said


@pytest.mark.parametrize("code", ["en", "vi"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_breaks_no_rule_of_accessibility(code: str, dark: bool, tmp_path: Path) -> None:
    assert broken_rules(made(code)[0], tmp_path, dark) == []


def test_the_rules_find_what_is_broken(tmp_path: Path) -> None:
    spoiled = made("en")[0].replace(' lang="en"', "", 1)
    assert [rule.split(":")[0] for rule in broken_rules(spoiled, tmp_path)] == ["html-has-lang"]


def broken_rules(text: str, folder: Path, dark: bool = False) -> list[str]:
    rules = f"<script>{AXE.read_text(encoding='utf-8')}</script>{RULES}"
    end = text.rindex("</body>")
    (folder / "page.html").write_text(text[:end] + rules + text[end:], encoding="utf-8")
    told = found(folder / "page.html", dark=dark)
    assert {"color-contrast", "html-has-lang", "image-alt"} & set(told["passed"])
    broken: list[str] = told["broken"]
    return broken
