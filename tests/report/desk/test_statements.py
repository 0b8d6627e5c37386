"""The desk refuses what Python refuses, in words, and answers what Python answers, with its numbers."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from pydantic import ValidationError

from forecast.config.assumptions import scenario
from forecast.config.scenarios import Scenario
from forecast.errors import ConfigError
from forecast.report.render.embedded import for_script
from tests.browser import in_a_browser
from tests.report.desk import oracle
from tests.report.desk.grounds import HORIZON, ORIGIN
from tests.report.desk.specs import specs
from tests.report.desk.test_browser import TARGETS, apart, probed, tell
from tests.report.desk.test_levers import KEPT, link, page

pytestmark = in_a_browser

ODD: list[Any] = [
    None, -100, 0, 0.05, 106, 1e9, 2.5, -1e300, "abc", "", [], {}, [[]], "2024-04", "2023-11", "2031-01", "2024-13",
    "2024-06", 2023, 2024, 2030, {"start": "2024-06", "size_pct": 5}, {"yoy_pct": 1, "mom_pct": 1},
]  # fmt: skip
KEYS = [
    "shock", "slope", "condition", "next_print", "normal", "recovery", "horizon", "judgement", "month", "year",
    "exactly", "half_life", "kind", "level_at_least", "ytd_yoy_pct", "growth_pct", "start", "2024-07", "__proto__",
    "toString", "x",
]  # fmt: skip


def mutated(spec: Any, rng: np.random.Generator) -> Any:
    """A scenario with one place changed, taken out, doubled or put in."""
    spec = copy.deepcopy(spec)
    holders = [of for of in walked(spec) if isinstance(of, dict | list)]
    at = holders[rng.integers(len(holders))]
    odd = ODD[rng.integers(len(ODD))]
    if not at or rng.random() < 0.15:
        at.append(odd) if isinstance(at, list) else at.update({KEYS[rng.integers(len(KEYS))]: odd})
        return spec
    place = list(at)[rng.integers(len(at))] if isinstance(at, dict) else int(rng.integers(len(at)))
    what = rng.random()
    if what < 0.15:
        del at[place]
    elif what < 0.25 and isinstance(at, list):
        at.append(copy.deepcopy(at[place]))
    elif what < 0.35:
        at[place] = at[place][0] if isinstance(at[place], list) and at[place] else [at[place]]
    else:
        at[place] = odd
    return spec


def walked(of: Any) -> list[Any]:
    inner = of.values() if isinstance(of, dict) else of if isinstance(of, list) else ()
    return [of, *(deeper for one in inner for deeper in walked(one))]


def refused(spec: dict[str, Any]) -> bool:
    """Whether Python finds something wrong with a scenario."""
    keys = {key: value for key, value in spec.items() if key != "horizon"}
    horizon = spec.get("horizon", HORIZON)
    if not isinstance(horizon, int) or not 12 <= horizon <= HORIZON or {"name", "label"} & keys.keys():
        return True
    try:
        asked = scenario("x", [Scenario.model_validate({"name": "x", **keys})])
    except (ValidationError, ConfigError, KeyError):
        return True
    return bool(replace(KEPT.grounds, horizon=horizon).wrong_with(asked))


OPENED = """
const opened = (address) => {
  history.replaceState(null, '', address);
  dispatchEvent(new Event('hashchange'));
  const said = document.body.innerText, count = (of) => document.querySelectorAll(of).length;
  const ranges = [...document.querySelectorAll('#levers input[type=range]')];
  const full = document.getElementById('findings').innerText && count('.chart canvas') === 3;
  return { empty: !full || !ranges.every((of) => Number.isFinite(of.taken)),
           odd: (said.match(/NaN|undefined|\\[object|Infinity|null/) || [null])[0] };
};
"""


def test_300_scenarios_at_random_are_answered_or_refused_as_in_python(tmp_path: Path) -> None:
    rng = np.random.default_rng(11)
    asked = [mutated(spec, rng) if rng.random() < 0.7 else spec for spec in specs(300, 12)]
    opening = f"{for_script([link(spec) for spec in asked])}.map(opened)"
    answering = f"JSON.parse({for_script(json.dumps(asked))}).map((spec) => desk.answer(spec))"
    probe = OPENED + tell(f"{{ answers: {answering}, pages: {opening}, wrong: window.wrong }}")
    told = probed(page(), probe, tmp_path)
    assert told["wrong"] == []
    assert [
        (spec, seen) for spec, seen in zip(asked, told["pages"], strict=True) if seen["empty"] or seen["odd"]
    ] == []
    wrong = [(here["refused"] or {}).get("code") == "wrong" for here in told["answers"]]
    assert [spec for spec, is_wrong in zip(asked, wrong, strict=True) if is_wrong != refused(spec)] == []
    assert 100 < sum(wrong) < 250
    differing = [
        (spec, place)
        for spec, here, is_wrong in zip(asked, told["answers"], wrong, strict=True)
        if not is_wrong
        for place in apart(here, json.loads(json.dumps(oracle.answer(KEPT.grounds, spec, TARGETS))))
    ]
    assert differing == []


MONTH, LAST, AFTER = "2024-06", *(str(KEPT.grounds.paths.months[-1] + beyond) for beyond in (0, 1))
SIZES = (-99.99, -100, 0.1, -0.09, 79.99, 80, 149.99, 150, 1e6, 1e7)
EDGES: list[dict[str, Any]] = [
    *({"shock": {"start": MONTH, "size_pct": of}} for of in SIZES),
    *({"shock": [{"start": of, "size_pct": 5}]} for of in ("2024-05", LAST, "2024-04", AFTER)),
    *({"shock": [{"start": MONTH, "size_pct": 5, "half_life": of}]} for of in (0.01, 0.009, 0, 12_000, 12_001, None)),
    *({"slope": {"start": MONTH, "growth_pct": of}} for of in (-99.99, -100, 0.1, 0.09)),
    *({"condition": [{"month": MONTH, "mom_pct": of, "exactly": True}]} for of in (-100, -99, 80, 0.01)),
    *({"condition": [{"month": MONTH, "mom_pct": of, "exactly": False}]} for of in (-100, -99, 80, 0.01)),
    *({"condition": [{"month": MONTH, "level_at_least": of}]} for of in (1e-9, 0, 1e12, 1e13)),
    *({"condition": [{"year": 2024, of: 4, "exactly": True}]} for of in ("growth_pct", "growth_at_least_pct")),
    *({"condition": [{"year": of, "growth_pct": 4}]} for of in (2023, 2024, 2026, 2027, 2024.5)),
    *({"next_print": {of: {"yoy_pct": -7}}} for of in ("2024-05", LAST, "2024-04")),
    *({"judgement": {"by": MONTH, "chance_pct": of}} for of in (0.99, 1, 99.99, 100)),
    *({"judgement": {"by": str(ORIGIN + of), "chance_pct": 40}} for of in (HORIZON, HORIZON + 1)),
    *({"judgement": {"by": str(ORIGIN + of), "chance_pct": 40}, "horizon": 15} for of in (15, 16)),
    *({"normal": {"scale_pct": of}} for of in (0.99, 1, 1_000, 1_001)),
    *({"recovery": {"window": of}} for of in (0, 1, 12, 13)), *({"recovery": {"hold": of}} for of in (0, 1, 6, 7)),
    {"recovery": {}}, {"normal": {}}, {"normal": None}, {"shock": None}, {"shock": []},
    *({"shock": [{"start": MONTH, "size_pct": 0.5}] * of} for of in (100, 101)),
]  # fmt: skip


def test_the_bounds_of_every_number_are_those_of_python(tmp_path: Path) -> None:
    longer = replace(KEPT, grounds=replace(KEPT.grounds, hold=6))
    answering = f"JSON.parse({for_script(json.dumps(EDGES))}).map((spec) => desk.answer(spec))"
    told = probed(page(kept=longer), tell(answering), tmp_path)
    wrong = [(here["refused"] or {}).get("code") == "wrong" for here in told]
    assert [spec for spec, is_wrong in zip(EDGES, wrong, strict=True) if is_wrong != refused(spec)] == []
    differing = [
        (spec, place)
        for spec, here, is_wrong in zip(EDGES, told, wrong, strict=True)
        if not is_wrong
        for place in apart(here, json.loads(json.dumps(oracle.answer(longer.grounds, spec, TARGETS))))
    ]
    assert differing == []


def test_no_address_ends_in_an_error_or_an_empty_page(tmp_path: Path) -> None:
    scenarios: list[Any] = [None, 5, "x", [], [1], {"a": None}, {"shock": "2024-06"}, {"now": []}]
    whole: list[Any] = [
        *({"now": "a", "a": of, "b": {}} for of in scenarios), *({"now": "b", "a": {}, "b": of} for of in scenarios),
        {"a": {}}, {"now": 3, "b": {"shock": [{"start": "2024-07", "size_pct": -8}]}},
    ]  # fmt: skip
    cut = link({"shock": [{"start": "2024-07", "size_pct": -8}]})[:-9]
    addresses = [
        *("#" + quote(json.dumps(of)) for of in whole),
        cut,
        cut[:31],
        "#{",
        "#%7B%",
        "#answers",
        "#",
        "#5",
        "#null",
    ]
    probe = OPENED + tell(
        f"{{ pages: {for_script(addresses)}.map(opened), wrong: window.wrong, cut: (opened({cut!r}),"
        "    document.getElementById('findings').innerText) }"
    )
    told = probed(page(), probe, tmp_path)
    assert told["wrong"] == []
    assert [
        (address, seen)
        for address, seen in zip(addresses, told["pages"], strict=True)
        if seen["empty"] or seen["odd"]
    ] == []
    assert "Scenario A: No answer. The link: it is not written as a config writes a scenario." in told["cut"]


SAID: dict[str, list[tuple[dict[str, Any], str]]] = {"en": [
    ({"shock": [{"start": "2024-04", "size_pct": -8}]},
     "Shock: April 2024 is not among the months to come, after April 2024 and up to September 2027."),
    ({"condition": [{"year": 2030, "growth_pct": 4}]},
     "Growth of a year: 2030 is not among the years whose growth is told here (2024, 2025, 2026)."),
    ({"normal": {"kind": "foo"}}, "What counts as normal: this definition is not compared in the report."),
    ({"recovery": {"window": 99}}, "When output counts as back: 99 is no whole number from 1 to 12."),
    ({"horizon": 600}, "Horizon: 600 is no whole number from 12 to 24."),
    ({"based_on": "x"}, "based_on: this page knows no such assumption."),
    ({"next_print": {"2024-06": {"yoy_pct": 1, "mom_pct": 1}}},
     "The next print: it is not written as a config writes a scenario."),
    ({"judgement": [{"by": "2024-09", "chance_pct": 60}, {"by": "2024-12", "chance_pct": 40}]},
     "Your own judgement: two of its statements contradict each other; keep one of them."),
    ({"judgement": {"by": "2026-04", "chance_pct": 60}, "horizon": 18},
     "Your own judgement: April 2026 lies beyond the horizon, which is after April 2024 and up to October 2025; "
     "name an earlier month or a longer horizon."),
], "vi": [
    ({"judgement": {"by": "2026-05", "chance_pct": 60}},
     "Nhận định của bạn: tháng 5/2026 nằm ngoài tầm dự báo, từ sau tháng 4/2024 đến hết tháng 4/2026; "
     "hãy chọn tháng sớm hơn hoặc tầm dự báo dài hơn."),
    ({"slope": [{"start": "2024-02", "growth_pct": 4}]},
     "Xu thế: tháng 2/2024 không thuộc các tháng dự báo, từ sau tháng 4/2024 đến hết tháng 9/2027."),
]}  # fmt: skip


@pytest.mark.parametrize("code", SAID)
def test_a_link_that_says_what_cannot_be_is_refused_in_words(code: str, tmp_path: Path) -> None:
    addresses = for_script([link(given) for given, _ in SAID[code]])
    finding = f"{addresses}.map((of) => (opened(of), document.getElementById('findings').innerText))"
    told = probed(page(code), OPENED + tell(f"{{ said: {finding}, wrong: window.wrong }}"), tmp_path)
    begin = {"en": "Scenario A: No answer. ", "vi": "Kịch bản A: Không có kết quả. "}[code]
    assert [said[said.index(begin) + len(begin) :] for said in told["said"]] == [
        words for _, words in SAID[code]
    ]
    assert told["wrong"] == []
