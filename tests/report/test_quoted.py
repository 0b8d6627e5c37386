"""Which field of report.json each sentence quotes, named by hand: also the words of chance, that stand for numbers.

A language that prints every number in full tells where it comes from, as no two numbers of the outcome are alike.
Sentences that are not named here are free; `test_numbers` sees that they quote numbers of report.json at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest

from forecast.outcome import Outcome
from forecast.report.document import compose
from forecast.report.words import LANGUAGES, Language
from tests.report.test_numbers import CASES, moved

QUOTED: dict[str, dict[str, dict[str, str]]] = {
    "everything": {
        "finding.usual": {"p12": "BASE.p_within_12", "pnot": "BASE.p_not_within_horizon"},
        "lead.level": {"level": "NOW.level_pct_of_normal", "lower": "NOW.lower", "upper": "NOW.upper"},
        "lead.gap": {"gap": "slump.gap_pct"},
        "lead.chances": {
            "p12": "BASE.p_within_12", "word12": "BASE.p_within_12",
            "pnot": "BASE.p_not_within_horizon", "wordnot": "BASE.p_not_within_horizon",
        },
        "tile.interval": {"lower": "NOW.lower", "upper": "NOW.upper"},
        "tile.not_within": {"p": "BASE.p_not_within_horizon"},
        "fan.title": {"level": "NOW.level_pct_of_normal", "lower": "fan.11.lower_80", "upper": "fan.11.upper_80"},
        "fan.alt_point": {"median": "fan.5.median", "lower": "fan.5.lower_80", "upper": "fan.5.upper_80"},
        "changes.most": {"points": "changes.rows.1.effect"},
        "changes.point_text": {"before": "changes.before", "now": "changes.now"},
        "changes.heading": {"before": "changes.before", "now": "changes.now"},
        "risk.trough_passed": {
            "p": "BASE.p_trough_passed", "word": "BASE.p_trough_passed", "level": "slump.trough_pct_of_normal",
        },
        "risk.relapse_text": {"p": "BASE.p_relapse", "word": "BASE.p_relapse"},
        "risk.watch_rate": {
            "median": "next_releases.1.median", "lower": "next_releases.1.lower_80",
            "upper": "next_releases.1.upper_80",
        },
        "risk.watch_hinge": {
            "low": "watch.low", "high": "watch.high", "weak": "watch.chance_low", "strong": "watch.chance_high",
        },
        "risk.definition_text": {"p": "BASE.p_within_12", "other": "normal.definitions.1.recovery.p_within_12"},
        "risk.models_text": {"low": "models.0.p_within_12", "high": "models.1.p_within_12"},
        "return.heading_open": {"pnot": "BASE.p_not_within_horizon"},
        "return.alt_point": {"p": "BASE.distribution.5.cumulative"},
        "return.title": {
            "p_first": "BASE.distribution.11.cumulative", "p_second": "BASE.distribution.23.cumulative",
            "pnot": "BASE.p_not_within_horizon",
        },
        "return.alt": {"already": "BASE.p_already_back"},
        "evolution.alt_point": {"p": "snapshots.0.p_within_12"},
        "assumed.path": {
            "months": "scenarios.2.assumed.0.assumed_pct scenarios.2.assumed.0.expected_pct "
            "scenarios.2.assumed.0.lower_80 scenarios.2.assumed.0.upper_80 scenarios.2.assumed.1.assumed_pct "
            "scenarios.2.assumed.1.expected_pct scenarios.2.assumed.1.lower_80 scenarios.2.assumed.1.upper_80",
            "slope": "scenarios.2.assumed.0.elasticity", "lower": "scenarios.2.assumed.0.elasticity_lower",
            "upper": "scenarios.2.assumed.0.elasticity_upper",
        },
        "whatif.costs": {"months": "-scenarios.1.months_below_gained"},
        "whatif.and": {"second": "targets.0.target_pct targets.0.probability"},
        "whatif.alt_point": {
            "p": "recovery.weak_orders.distribution.11.cumulative",
            "pnot": "recovery.weak_orders.p_not_within_horizon",
        },
        "whatif.title": {
            "base": "BASE.distribution.11.cumulative", "low": "recovery.weak_orders.distribution.11.cumulative",
            "high": "recovery.annual_target.distribution.11.cumulative",
        },
        "refused.unreached": {"a": "scenarios.4.refused_values.0", "b": "scenarios.4.refused_values.1"},
        "next.heading": {
            "median": "next_releases.1.median", "lower": "next_releases.1.lower_80",
            "upper": "next_releases.1.upper_80",
        },
        "next.related": {
            "low": "watch_related.0.watch.low", "high": "watch_related.0.watch.high",
            "weak": "watch_related.0.watch.chance_low", "strong": "watch_related.0.watch.chance_high",
        },
        "sectors.heading": {"now": "sectors.rows.1.now", "gap": "sectors.rows.0.now"},
        "sectors.alt_point": {"now": "sectors.rows.1.now"},
        "sectors.last": {"p": "sectors.rows.1.p_not_within_horizon"},
        "sensitivity.heading": {
            "base": "sensitivity.0.p_within_12", "low": "sensitivity.1.p_within_12",
            "high": "sensitivity.2.p_within_12",
        },
        "record.heading_unsure": {"skill": "record.0.skill_pct"},
        "record.weak": {"said": "record.0.by_age.0.skill_pct"},
        "record.age": {"said": "record.0.by_age.1.skill_pct"},
        "record.alone": {"said": "earlier_slumps.0.p_within_12", "p": "BASE.p_within_12"},
        "record.alt_point": {
            "ages": "record.0.by_age.0.skill_pct record.0.by_age.1.skill_pct record.0.by_age.3.skill_pct",
        },
        "adjusted.text": {"gap": "adjustment.gap_pct", "own": "adjustment.builtin_gap_pct"},
        "method.rule_text": {"sigma": "rule.sigma_pct", "threshold": "rule.threshold_pct"},
        "method.pool": {"effective": "BASE.effective_paths"},
    },
    "afterwards": {
        "finding.beyond": {"p12": "BASE.p_within_12", "pnot": "BASE.p_not_within_horizon"},
        "risk.watch_text": {"median": "fan.0.median", "lower": "fan.0.lower_80", "upper": "fan.0.upper_80"},
        "season.title": {"low": "season.0.months.1.effect_pct", "high": "season.0.months.2.effect_pct"},
        "afterwards.not_recovered_beyond": {"p": "BASE.p_not_within_horizon"},
    },
    "no_slump": {
        "finding.no_slump": {"p": "onset.cumulative.baseline.11", "level": "NOW.level_pct_of_normal"},
        "lead.onset": {"depth": "onset.depth_pct"},
        "tile.onset_by": {"p": "onset.cumulative.baseline.35"},
        "method.onset": {"outside": "onset.outside"},
    },
    "calm_what_if": {
        "whatif.raises": {"base": "onset.cumulative.baseline.11", "p": "onset.cumulative.weak_orders.11"},
        "whatif.alt_point_calm": {
            "p": "onset.cumulative.weak_orders.11", "pend": "onset.cumulative.weak_orders.35",
        },
        "whatif.title_calm": {
            "base": "onset.cumulative.baseline.11", "low": "onset.cumulative.upswing.11",
            "high": "onset.cumulative.weak_orders.11",
        },
    },
}  # fmt: skip
"""By case and sentence, where it stands first: the fields of its numbers. BASE is the baseline, NOW the origin."""

FULL = re.compile("⟨(.*?)⟩")


class Telling(Language):
    """Prints every number in full, and keeps what is said."""

    said: list[tuple[str, dict[str, str]]]

    def odds(self, p: float) -> str:
        return f"⟨{p!r}⟩"

    chance = odds

    def percent(self, value: float, digits: int = 0, sign: bool = False) -> Any:
        return f"⟨{value!r}⟩"

    number = percent

    def say(self, key: str, **values: str) -> str:
        self.said.append((key, values))
        return super().say(key, **values)


def told(outcome: Outcome) -> dict[str, dict[str, str]]:
    """Return of each sentence, where it stands first, the numbers in full of each of its values."""
    language = Telling(**{field.name: getattr(LANGUAGES["en"], field.name) for field in fields(Language)})
    object.__setattr__(language, "said", [])
    compose(outcome, language)
    first: dict[str, dict[str, str]] = {}
    for key, values in language.said:
        first.setdefault(key, {name: " ".join(FULL.findall(str(value))) for name, value in values.items()})
    return first


def leaves(value: Any, where: str = "") -> Iterator[tuple[str, float]]:
    """Yield every float with its path."""
    if isinstance(value, float):
        yield where, value
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, f"{where}.{key}" if where else str(key))


@pytest.mark.parametrize("case", list(QUOTED))
def test_a_sentence_quotes_the_fields_that_it_speaks_of(case: str) -> None:
    outcome = moved(CASES[case]())[0]
    at = dict(leaves(json.loads(outcome.to_json())))
    found = told(outcome)
    for key, quoted in QUOTED[case].items():
        for name, expected in quoted.items():
            numbers = [float(number) for number in found[key][name].split()]
            wanted = []
            for path in expected.split():
                path = path.replace("BASE", "recovery.baseline").replace(
                    "NOW", f"history.{len(outcome.history) - 1}"
                )
                wanted.append(-at[path[1:]] if path.startswith("-") else at[path])
            assert len(numbers) == len(wanted), (key, name)
            for number, value in zip(numbers, wanted, strict=True):
                assert number == pytest.approx(value, rel=1e-9) or number == pytest.approx(100 * value, rel=1e-9), (
                    key, name, expected,
                )  # fmt: skip
