"""What is typed at the desk or stands in its address is what the answer stands on, or said not to be."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest

from forecast.report.desk.page import render
from forecast.report.desk.sample import sampled
from forecast.report.render.embedded import for_script
from forecast.report.words import LANGUAGES
from tests.browser import in_a_browser
from tests.report.desk import oracle
from tests.report.desk.grounds import OUTCOME, calm
from tests.report.desk.test_browser import ALL, CALM, TARGETS, apart, probed, tell

pytestmark = in_a_browser

KEPT = sampled(ALL, 400)
TYPING = """
const box = (id) => document.getElementById(id).nextElementSibling;
const told = (id) => document.getElementById(id + '-fault').textContent;
const set = (of, to, event = 'input') => { of.value = to; of.dispatchEvent(new Event(event)); };
const choose = (id, to) => set(document.getElementById(id), to, 'change');
const spec = () => desk.state.read(location.hash)[desk.state.read(location.hash).now];
const said = (id) => document.getElementById(id).innerText;
"""


def page(code: str = "en", outcome: Any = OUTCOME, kept: Any = KEPT) -> str:
    return render(kept, outcome, 6_000, LANGUAGES[code], ("en", "vi"))


def link(a: Any, b: Any = None) -> str:
    return "#" + quote(json.dumps({"now": "a", "a": a, "b": b or {}}))


def test_a_number_is_taken_as_typed(tmp_path: Path) -> None:
    typed = {
        "shock-size-0": -12.74, "shock-half-0": 2.5, "slope-growth": 0.33, "year-value-2024": -0.35,
        "print-value-0": -6.27, "judge-chance": 33.25, "normal-scale": 97.35, "rule-window": 4, "rule-horizon": 13,
    }  # fmt: skip
    probe = (
        TYPING
        + "choose('year-mode-2024', 'growth_pct'); choose('print-rate-0', 'yoy_pct'); choose('judge-by', '2025-03');"
        + f"Object.entries({for_script(typed)}).forEach(([id, to]) => set(box(id), to));"
        + "choose('shock-start-0', '2024-09');"
        + tell(
            f"{{ spec: spec(), boxes: Object.keys({for_script(typed)}).map((id) => Number(box(id).value)),"
            "    aloud: document.getElementById('shock-size-0').getAttribute('aria-valuetext'),"
            "    faults: [...document.querySelectorAll('#levers .mark')].map((of) => of.textContent).join('') }"
        )
    )
    told = probed(page(), probe, tmp_path)
    assert told["spec"] == {
        "shock": [{"start": "2024-09", "size_pct": -12.74, "half_life": 2.5}],
        "slope": [{"start": "2024-05", "growth_pct": 0.33}],
        "condition": [{"year": 2024, "growth_pct": -0.35}],
        "next_print": {"2024-05": {"yoy_pct": -6.27}},
        "judgement": [{"by": "2025-03", "chance_pct": 33.25}],
        "normal": {"kind": "pre_slump_peak", "scale_pct": 97.35},
        "recovery": {"window": 4, "hold": 3},
        "horizon": 13,
    }
    assert told["boxes"] == list(typed.values())
    assert told["aloud"] == "−12.74 %"
    assert told["faults"] == ""


def test_a_target_and_a_link_off_the_steps_of_a_slider_stay_as_they_are(tmp_path: Path) -> None:
    outcome = SimpleNamespace(**(vars(OUTCOME) | {"targets": (SimpleNamespace(year=2024, target_pct=-1.3),)}))
    given = {
        "shock": [{"start": "2024-07", "size_pct": 12.7, "half_life": 2.5}],
        "next_print": {"2024-05": {"yoy_pct": -6.3}},
    }
    probe = (
        TYPING
        + "choose('year-mode-2024', 'growth_pct');"
        + tell("{ spec: spec(), box: box('year-value-2024').value }")
    )
    told = probed(page(outcome=outcome), probe, tmp_path, link(given))
    assert told["spec"] == {**given, "condition": [{"year": 2024, "growth_pct": -1.3}]}
    assert told["box"] == "-1.3"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", {
            "shock-size-0": "Not taken: −120 is out of range, which is above −100 and up to 1,000,000. "
            "The answer keeps −8.",
            "shock-half-0": "Not taken: 0.001 is out of range, which is from 0.01 to 12,000. The answer keeps 6.",
            "slope-growth": "Not taken: 0.05 is next to nothing; write 5 for 5%. The answer keeps 0.",
            "year-value-2024": "Not taken: 106.3 looks like a level with the year before as 100; write 6.3 for its "
            "growth. The answer keeps 6.",
            "judge-chance": "Not taken: 100 is out of range, which is from 1 to below 100. The answer keeps 50.",
            "rule-hold": "Not taken: 2.5 is no whole number from 1 to 6. The answer keeps 3.",
            "rule-horizon": "Not taken: 36 is no whole number from 12 to 24. The answer keeps 24.",
            "normal-scale": "Not taken: no number is given. The answer keeps 100.",
        }),
        ("vi", {
            "shock-size-0": "Không nhận: −120 nằm ngoài phạm vi cho phép, lớn hơn −100 và không quá 1.000.000. "
            "Kết quả vẫn tính theo −8.",
        }),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_is_said_to_be_not_taken(
    code: str, words: dict[str, str], tmp_path: Path
) -> None:
    wrong = {
        "shock-size-0": -120, "shock-half-0": 0.001, "slope-growth": 0.05, "year-value-2024": 106.3,
        "judge-chance": 100, "rule-hold": 2.5, "rule-horizon": 36, "normal-scale": "",
    }  # fmt: skip
    probe = (
        TYPING
        + f"Object.entries({for_script(wrong)}).forEach(([id, to]) => set(box(id), to));"
        + f"const faults = Object.fromEntries(Object.keys({for_script(words)}).map((id) => [id, told(id)]));"
        + "const before = spec();"
        + "set(box('shock-size-0'), -8.25); const after = told('shock-size-0');"
        + "const hidden = document.getElementById('shock-size-0-fault').hidden;"
        + tell("{ faults, before, after, size: spec().shock[0].size_pct, hidden }")
    )
    given = {"shock": [{"start": "2024-07", "size_pct": -8, "half_life": 6}]}
    told = probed(page(code), probe, tmp_path, link(given))
    assert told == {"faults": words, "before": given, "after": "", "size": -8.25, "hidden": True}


def test_two_prints_of_one_month_are_both_used(tmp_path: Path) -> None:
    probe = (
        TYPING
        + "choose('print-rate-0', 'yoy_pct'); choose('print-month-0', '2024-06'); set(box('print-value-0'), -5.2);"
        + "choose('print-rate-1', 'ytd_yoy_pct'); choose('print-month-1', '2024-06'); set(box('print-value-1'), -2.1);"
        + "const both = spec(), answer = desk.answer(both), yaml = said('yaml');"
        + "dispatchEvent(new Event('hashchange'));"
        + "const again = spec(), shown = [0, 1].map((i) => box('print-value-' + i).value);"
        + "choose('print-rate-1', 'yoy_pct'); const clash = said('findings');"
        + tell("{ both, again, shown, answer, yaml, clash }")
    )
    told = probed(page(), probe, tmp_path)
    both = {
        "next_print": {"2024-06": {"yoy_pct": -5.2}},
        "condition": [{"month": "2024-06", "ytd_yoy_pct": -2.1, "exactly": True}],
    }
    assert told["both"] == told["again"] == both
    assert told["shown"] == ["-5.2", "-2.1"]
    assert apart(told["answer"], json.loads(json.dumps(oracle.answer(KEPT.grounds, both, TARGETS)))) == []
    assert told["answer"]["prints"]["yoy_pct"][1] == pytest.approx([-5.2] * 3)
    assert told["answer"]["prints"]["ytd_yoy_pct"][1] == pytest.approx([-2.1] * 3)
    assert "ytd_yoy_pct: -2.1" in told["yaml"]
    assert "contradict each other; keep one of them." in told["clash"]


def test_what_no_lever_shows_is_kept_and_said(tmp_path: Path) -> None:
    shocks = [{"start": f"2024-0{month}", "size_pct": 1} for month in (6, 7, 8, 9)]
    late = str(KEPT.grounds.paths.months[-1])
    given = {
        "shock": shocks, "slope": [{"start": late, "growth_pct": 2}, {"start": "2024-08", "growth_pct": 1}],
        "condition": [{"month": "2024-09", "level_at_least": 80}],
    }  # fmt: skip
    probe = (
        TYPING
        + "const before = spec(), beside = said('beside'); set(box('shock-half-0'), 4); const after = spec();"
        + "document.getElementById('clear').click();"
        + tell("{ before, beside, after, cleared: spec(), hidden: document.getElementById('beside').hidden }")
    )
    told = probed(page(), probe, tmp_path, link(given))
    assert told["before"] == given
    assert told["after"]["shock"] == [{**shocks[0], "half_life": 4}, *shocks[1:]]
    assert told["after"]["slope"] == given["slope"][::-1]
    assert told["after"]["condition"] == given["condition"]
    rest = f"{{shock: [{{start: 2024-09, size_pct: 1}}], slope: [{{start: {late}, growth_pct: 2}}], "
    assert (
        f"also holds what no lever shows: {rest}condition: [{{month: 2024-09, level_at_least: 80}}]}}"
        in told["beside"]
    )
    assert (told["cleared"], told["hidden"]) == ({}, True)


def test_the_way_to_the_answers_keeps_the_scenarios(tmp_path: Path) -> None:
    given = {"shock": [{"start": "2024-07", "size_pct": -8}]}
    probe = (
        TYPING
        + "history.replaceState(null, '', '#answers'); dispatchEvent(new Event('hashchange'));"
        + tell("spec()")
    )
    assert probed(page(), probe, tmp_path, link(given)) == given


@pytest.mark.parametrize("short", [True, False], ids=["too short to tell", "nothing slumps"])
def test_where_no_slump_is_dated_no_lever_speaks_of_a_return(short: bool, tmp_path: Path) -> None:
    outcome = SimpleNamespace(**(vars(CALM) | {"onset": None})) if short else CALM
    text = page(outcome=outcome, kept=KEPT if short else sampled(ALL, 400, calm(ALL)))
    hidden = {"judgement": [{"by": "2025-03", "chance_pct": 90}], "recovery": {"window": 1}, "horizon": 12}
    own = {"normal": {"kind": "trend", "scale_pct": 96}}
    probe = (
        TYPING
        + "const opened = spec(), beside = said('beside'); set(box('normal-scale'), 97);"
        + "const isGone = (of) => !document.getElementById('lever-' + of).offsetHeight;"
        + tell(
            "{ opened, beside, after: spec(), wrong: window.wrong, kinds: said('normal-kind'),"
            "  gone: ['judgement', 'rule', 'normal'].filter(isGone) }"
        )
    )
    told = probed(text, probe, tmp_path, link(own | hidden))
    assert told["opened"] == own
    assert told["after"] == {"normal": {"kind": "trend", "scale_pct": 97}}
    assert told["gone"] == ["judgement", "rule"]
    assert told["wrong"] == []
    parts = "Your own judgement, When output counts as back, Horizon"
    assert told["beside"] == f"Left out of the link, since this report dates no slump: {parts}."
    assert "recent peak" in told["kinds"]
    assert "pre-slump" not in told["kinds"]
