"""The desk in a browser: the numbers of Python to 1e-9, and a page that anyone can use."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest

from forecast.report.desk.page import render
from forecast.report.desk.sample import Sample, sampled
from forecast.report.render.embedded import for_script
from forecast.report.words import LANGUAGES
from tests.browser import found, in_a_browser
from tests.report.desk import oracle
from tests.report.desk.grounds import OUTCOME, calm, grounds
from tests.report.desk.specs import specs
from tests.report.desk.test_rule import CASES
from tests.report.render.test_browser import WATCH

pytestmark = in_a_browser

TARGETS = {2024: 6.0}
PLAIN: list[dict[str, Any]] = [{}, {"next_print": {"2024-05": {"yoy_pct": -9.0}}}]
ALL = grounds()
CALM = SimpleNamespace(**(vars(OUTCOME) | {"slump": None, "onset": "known"}))


@pytest.fixture(scope="module")
def kept() -> Sample:
    return sampled(ALL, 1_000)


def page(kept: Sample, code: str = "en") -> str:
    return render(kept, OUTCOME, 6_000, LANGUAGES[code], ("en", "vi"))  # type: ignore[arg-type]


def probed(text: str, probe: str, folder: Path, address: str = "", phone: bool = False) -> Any:
    """What a probe at the end of a page found, the page opened in a folder of its own."""
    end = text.rindex("</body>")
    head = text.replace(
        "<head>", f"<head>{WATCH}<script>if (!location.hash) location.hash = {address!r};</script>", 1
    )
    end = head.rindex("</body>")
    (folder / "page.html").write_text(f"{head[:end]}<script>{probe}</script>{head[end:]}", encoding="utf-8")
    return found(folder / "page.html", phone=phone)


def tell(expression: str) -> str:
    return f"document.body.dataset.found = JSON.stringify({expression});"


def test_every_lever_gives_the_numbers_of_python_on_the_same_rows(kept: Sample, tmp_path: Path) -> None:
    asked = [*specs(), *PLAIN]
    told = probed(page(kept), tell(f"{for_script(asked)}.map((spec) => desk.answer(spec))"), tmp_path)
    differing = []
    refused = 0
    for spec, here in zip(asked, told, strict=True):
        there = json.loads(json.dumps(oracle.answer(kept.grounds, spec, TARGETS)))
        refused += here["refused"] is not None
        differing += [(spec, place) for place in apart(here, there)]
    assert differing == []
    assert refused <= 25


def test_where_nothing_slumps_the_next_slump_is_that_of_python(tmp_path: Path) -> None:
    kept = sampled(ALL, 1_000, calm(ALL))
    assert kept.calm is not None
    asked = [*specs(20), *PLAIN]
    probe = (
        f"{{ answers: {for_script(asked)}.map((spec) => desk.answer(spec)), wrong: window.wrong,"
        " said: document.body.innerText, charts: document.querySelectorAll('.chart canvas').length,"
        " csv: desk.csv.file({ base: desk.answer({}) }) }"
    )
    text = render(kept, CALM, 6_000, LANGUAGES["en"], ("en", "vi"))  # type: ignore[arg-type]
    told = probed(text, tell(probe), tmp_path)
    differing = []
    for spec, here in zip(asked, told["answers"], strict=True):
        answer = oracle.answer(kept.grounds, spec, TARGETS, calm=kept.calm.calm)
        differing += [(spec, place) for place in apart(here, json.loads(json.dumps(answer)))]
    assert differing == []
    by = kept.calm.calm.by_month(kept.grounds.paths)
    assert 0.1 < by[11] < 0.9
    assert f"{round(100 * by[11])}% chance that one begins within a year" in told["said"]
    assert [word for word in ("back", "return") if word in told["said"].replace("Back to", "")] == []
    assert (told["charts"], told["wrong"]) == (2, [])
    assert told["csv"].splitlines()[0].startswith("month,base_slump_begun_by,base_q05")
    assert told["csv"].splitlines()[12].split(",")[1] == f"{by[11]:.6f}"


def apart(here: Any, there: Any, place: str = "") -> list[str]:
    """Places at which two answers differ by more than 1e-9."""
    if isinstance(here, dict) and isinstance(there, dict):
        if here.keys() != there.keys():
            return [f"{place}: {sorted(here)} {sorted(there)}"]
        return [said for key in here for said in apart(here[key], there[key], f"{place}.{key}")]
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        return [
            s for i, pair in enumerate(zip(here, there, strict=True)) for s in apart(*pair, f"{place}.{i}")
        ]
    if isinstance(here, float | int) and isinstance(there, float | int):
        return [] if abs(here - there) <= 1e-9 * max(1.0, abs(there)) else [f"{place}: {here} {there}"]
    return [] if here == there else [f"{place}: {here} {there}"]


def test_the_rule_of_recovery_is_that_of_python(kept: Sample, tmp_path: Path) -> None:
    probe = tell(
        f"{for_script(CASES)}.map(({{ runs, rule }}) => {{"
        "  const gap = runs.flatMap(([pct, count]) => Array(count).fill(Math.log1p(pct / 100)));"
        "  const month = desk.recovery.month(gap, rule);"
        "  return month === Infinity ? [null, null] : [month, desk.recovery.relapses(gap, month, rule)];"
        "})"
    )
    told = probed(page(kept), probe, tmp_path)
    assert told == [[case["month"], case["relapse"]] for case in CASES]


def test_where_nothing_slumps_a_link_moves_no_hidden_lever(tmp_path: Path) -> None:
    text = render(sampled(ALL, 1_000, calm(ALL)), CALM, 6_000, LANGUAGES["en"], ("en", "vi"))  # type: ignore[arg-type]
    hidden = {"judgement": [{"by": "2025-03", "chance_pct": 90}], "recovery": {"window": 1}, "horizon": 12}
    shown = {"shock": [{"start": "2024-07", "size_pct": -8}]}
    probe = tell(
        "{ said: document.getElementById('findings').textContent, yaml: document.getElementById('yaml').textContent }"
    )
    told = []
    for at, spec in enumerate((shown, shown | hidden)):
        (tmp_path / str(at)).mkdir()
        address = "#" + quote(json.dumps({"now": "a", "a": spec, "b": {}}))
        told.append(probed(text, probe, tmp_path / str(at), address))
    assert told[0] == told[1]
    assert "-8" in told[1]["yaml"]
