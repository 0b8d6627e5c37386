"""The desk as a page: nothing fetched, nothing complained of, room on a phone, rules of accessibility, every lever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser import in_a_browser
from tests.report.desk.test_browser import kept, page, probed, tell  # noqa: F401  # kept is a fixture
from tests.report.render.test_browser import WATCH, broken_rules

pytestmark = in_a_browser

SPEC = {
    "shock": [{"start": "2024-07", "size_pct": -8, "half_life": 6}],
    "normal": {"kind": "trend", "scale_pct": 96},
}
B = {"judgement": [{"by": "2025-03", "chance_pct": 40}], "next_print": {"2024-05": {"yoy_pct": -6}}}
ADDRESS = "#" + quote(json.dumps({"now": "b", "a": SPEC, "b": B}))

MOVED = """
const dead = [...document.querySelectorAll("#levers details")].filter((e) => { e.open = true; return !e.open; });
const controls = [...document.querySelectorAll("#levers input[type=range], #levers select")];
const unmoved = controls.filter((e) => {
  document.getElementById("clear").click();
  e.focus();
  if (document.activeElement !== e) return true;
  const before = e.value;
  if (e.tagName === "SELECT") e.selectedIndex = e.options.length - 1;
  else { e.stepUp(2); if (e.value === before) e.stepDown(2); }
  e.dispatchEvent(new Event(e.tagName === "SELECT" ? "change" : "input"));
  const ranged = e.type !== "range" || e.getAttribute("aria-valuetext");
  return e.value === before || !ranged;
}).map((e) => e.id);
document.body.dataset.found = JSON.stringify({ count: controls.length, unmoved, wrong: window.wrong });
"""
SEEN = """JSON.parse(JSON.stringify({
  wide: [...document.querySelectorAll("body *")]
    .filter((e) => !e.closest(".chart, pre, script, .skip") && e.getBoundingClientRect().right > 361)
    .map((e) => e.outerHTML.slice(0, 80)),
  page: document.documentElement.scrollWidth, wrong: window.wrong,
  fetched: performance.getEntriesByType("resource").length, took: desk.tookMs,
}))"""


@pytest.mark.parametrize("code", ["en", "vi"])
def test_it_has_room_on_a_phone_and_needs_nothing_else(kept: Any, code: str, tmp_path: Path) -> None:  # noqa: F811
    narrow = page(kept, code).replace("<head>", "<head><style>html { width: 360px }</style>", 1)
    told = probed(narrow, tell(SEEN), tmp_path, ADDRESS, phone=True)
    assert told["wide"] == []
    assert told["wrong"] == []
    assert told["fetched"] == 0
    assert told["took"] > 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_breaks_no_rule_of_accessibility(kept: Any, dark: bool, tmp_path: Path) -> None:  # noqa: F811
    text = page(kept, "vi").replace(
        "<head>", f"<head>{WATCH}<script>location.hash = {ADDRESS!r};</script>", 1
    )
    assert broken_rules(text, tmp_path, dark) == []


def test_every_lever_is_reached_and_moved_by_the_keyboard(kept: Any, tmp_path: Path) -> None:  # noqa: F811
    told = probed(page(kept), MOVED, tmp_path)
    assert told["count"] >= 25
    assert (told["unmoved"], told["wrong"]) == ([], [])


def test_an_address_opens_the_desk_that_wrote_it(kept: Any, tmp_path: Path) -> None:  # noqa: F811
    state = tell(
        "{ address: location.hash, state: desk.state.read(location.hash), levers: desk.levers.read(),"
        " yaml: document.getElementById('yaml').textContent,"
        " said: document.getElementById('findings').textContent }"
    )
    first = probed(page(kept), state, tmp_path, ADDRESS)
    assert first["state"] == {"now": "b", "a": SPEC, "b": B}
    assert first["levers"] == B
    assert "chance_pct: 40" in first["yaml"]
    (tmp_path / "again").mkdir()
    assert probed(page(kept), state, tmp_path / "again", first["address"]) == first
    (tmp_path / "plain").mkdir()
    plain = probed(page(kept), state, tmp_path / "plain")
    assert plain["said"] != first["said"]
    assert plain["state"] == {"now": "a", "a": {}, "b": {}}


def test_a_lever_writes_the_address(kept: Any, tmp_path: Path) -> None:  # noqa: F811
    move = (
        "const size = document.getElementById('shock-size-0');"
        "size.value = '-8'; size.dispatchEvent(new Event('input'));"
    )
    state = "desk.state.read(location.hash).a"
    probe = move + tell(f"{{ a: {state}, same: desk.answer({state}).by[12] }}")
    told = probed(page(kept), probe, tmp_path)
    assert [shock["size_pct"] for shock in told["a"]["shock"]] == [-8]
    plain = probed(page(kept), tell("desk.answer({}).by[12]"), tmp_path)
    assert told["same"] < plain
