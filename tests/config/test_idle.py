"""What a config says and nothing would follow is refused, and what may be meant otherwise is asked about."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forecast import config
from forecast.errors import ConfigError
from forecast.scenario import Condition

LEVELS = 'name: mine\ntitle: "Mine"\ntarget: {levels: data.csv}\n'
BACKTEST = 'name: mine\ntitle: "Mine"\npanel: {levels: data.csv}\n'


def read(folder: Path, text: str) -> config.Question:
    (folder / "data.csv").write_text("x", encoding="utf-8")
    file = folder / "q.yaml"
    file.write_text(text, encoding="utf-8")
    return config.read(file)


def scenario(keys: str) -> str:
    return f"{LEVELS}scenarios: [{{name: baseline}}, {{name: a, {keys}}}]\n"


IDLE = {
    "assumptions of the baseline": (
        LEVELS + "scenarios: [{name: baseline, shock: {start: 2024-07, size_pct: -8}}]\n",
        "q.yaml:4: scenarios.0: baseline is what the others are compared with and assumes nothing; give the scenario "
        "with shock another name",
    ),
    "a condition on a year and a month": (
        scenario("condition: [{year: 2024, month: 2024-12, yoy_pct: 3}]"),
        "q.yaml:4: scenarios.1.condition.0: a condition says one thing",
    ),
    "a level without its kind": (
        LEVELS + "normal: {level: 90}\n",
        "q.yaml:4: normal: level: belongs to target and would do nothing beside pre_slump_peak, trend; write "
        "kind: target, or leave it out",
    ),
    "years of another kind": (
        LEVELS + "normal: {kind: trend, years: 5}\n",
        "normal: years: belongs to same_month and would do nothing beside trend;",
    ),
    "rates of levels": (
        LEVELS.replace("data.csv", "data.csv, rates: index"),
        "q.yaml:3: target: rates: serves figures and would do nothing beside levels; leave it out",
    ),
    "a column of levels that is none": (
        LEVELS.replace("data.csv", "data.csv, columns: {perido: month}"),
        'target: columns: levels have no column "perido"; did you mean "period"?',
    ),
    "a sheet of a store": (
        LEVELS.replace("levels: data.csv", "store: data.csv, column: a, sheet: S1"),
        "target: sheet: serves figures or levels and would do nothing beside store;",
    ),
    "a threshold as a share": (
        LEVELS + "slump: {threshold_pct: 0.075}\n",
        'q.yaml:4: slump.threshold_pct: "0.075" is next to nothing; write 7.5 for 7.5 %',
    ),
    "a chance as a share": (
        scenario("judgement: {by: 2025-12, chance_pct: 0.4}"),
        'scenarios.1.judgement.chance_pct: "0.4" is next to nothing; write 40 for 40 %',
    ),
    "a condition as a level": (
        scenario("condition: [{year: 2024, growth_pct: 106}]"),
        'growth_pct: "106" looks like a level with the year before as 100; write 6',
    ),
    **{
        f"a level for growth: {keys}": (
            scenario(keys),
            f'"{level}" looks like a level with the year before as 100; write {meant} for its growth, or +{level}',
        )
        for keys, level, meant in (
            ("slope: {start: 2024-07, growth_pct: 104}", "104", "4"),
            ("shock: {start: 2024-07, size_pct: 92}", "92", "-8"),
            ("next_print: {2024-07: {yoy_pct: 104.5}}", "104.5", "4.5"),
            ("next_print: {2024-07: {mom_pct: 98}}", "98", "-2"),
            ("condition: [{month: 2024-12, ytd_yoy_pct: 108}]", "108", "8"),
        )
    },
    **{
        f"one year twice: {again}": (
            f"{LEVELS}annual_targets: {{2019: 5, {again}: 6}}\n",
            "name a year twice; keep one",
        )
        for again in ("02019", "+2019", "2019.0", "2_019", "' 2019'")
    },
    "a country in small letters": (
        LEVELS + "calendar: {country: vn}\n",
        'calendar.country: "vn" does not have the form of two capital letters, such as VN; write VN',
    ),
    "a shock of nothing": (
        scenario("shock: {start: 2024-07, size_pct: 0}"), 'shock.size_pct: "0" changes nothing; leave it out'
    ),
    "a model beside the pool and in it": (
        LEVELS + "models: [noisy_walk]\nbeside: [noisy_walk, sarima]\n",
        "beside: noisy_walk would do nothing beside models, where it is pooled already; leave it out",
    ),
    "a blank title": (LEVELS.replace("Mine", "  "), "q.yaml:2: title: \"  \" is blank; write what readers call it"),
    "a measure of braces": (LEVELS + "measure: '{p}'\n", "measure: holds a brace; write a word"),
}  # fmt: skip


@pytest.mark.parametrize("case", IDLE)
def test_what_nothing_would_follow_is_refused(tmp_path: Path, case: str) -> None:
    text, expected = IDLE[case]
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert [line for line in caught.value.problems if expected in line], caught.value.problems


def test_a_backtest_names_what_would_do_nothing(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("x", encoding="utf-8")
    file = tmp_path / "b.yaml"
    for text, expected in {
        BACKTEST.replace(
            "data.csv", "data.csv, region: x"
        ): "region: serves figures and would do nothing beside",
        BACKTEST + "normal: {level: 90}\n": "normal: level: belongs to target",
        BACKTEST + "origins: {every: 6, after_start: [0]}\n": "after_start: would do nothing beside every",
        BACKTEST.replace("levels: data.csv", "store: data.csv, sheet: S1"): (
            "sheet: serves levels and would do nothing beside store"
        ),
        BACKTEST.replace("levels: data.csv", "sample: elec_equip, columns: [a]"): (
            "columns: serves levels or store and would do nothing beside sample"
        ),
        BACKTEST.replace("levels", "store") + "nowcast: {courses: 50}\n": "nowcast: serves a panel of levels",
        BACKTEST + "indicators: [{store: data.csv, release_lag_days: 3}]\n": (
            "release_lag_days: serves levels and would do nothing beside store"
        ),
    }.items():
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError, match=expected):
            config.read_backtest(file)


def test_what_serves_is_read_and_the_baseline_is_always_there(tmp_path: Path) -> None:
    """A scenario may stand on the baseline without naming it."""
    text = (
        "normal: {kind: same_month, years: 3}\nscenarios: [{name: a, based_on: baseline, "
        "condition: [{year: 2024, growth_at_least_pct: 6}]}]\n"
    )
    question = read(
        tmp_path, LEVELS.replace("data.csv", "data.csv, column: a, sheet: S1, decimal: ','") + text
    )
    assert question.plan.normal.years == 3
    assert [s.conditions for s in question.plan.scenarios] == [(Condition(2024, 6.0),)]


def test_a_default_that_is_written_out_is_idle_nowhere(tmp_path: Path) -> None:
    text = LEVELS.replace("data.csv", "data.csv, sector: total, like: [], fill: {}")
    written = read(tmp_path, text + "normal: {kind: trend, also: pre_slump_peak, years: 1, months: 12}\n")
    assert written.plan == read(tmp_path, LEVELS + "normal: {kind: trend, also: pre_slump_peak}\n").plan


def test_a_file_is_found_whichever_way_its_accents_are_spelt_and_the_nearest_is_named(tmp_path: Path) -> None:
    import unicodedata

    (tmp_path / unicodedata.normalize("NFD", "dữ liệu.csv")).write_text("x", encoding="utf-8")
    found = read(tmp_path, LEVELS.replace("data.csv", unicodedata.normalize("NFC", "dữ liệu.csv"))).data
    assert found is not None
    assert found.read_text("utf-8") == "x"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/iip.csv").write_text("x", encoding="utf-8")
    for wrong, right in {
        "sub\\iip.csv": "sub/iip.csv",
        "DATA.CSV": "data.csv",
        "'data.csv '": "data.csv",
    }.items():
        with pytest.raises(ConfigError, match=f'not found in .*did you mean "{right}"'):
            read(tmp_path, LEVELS.replace("data.csv", wrong))


def test_true_crises_and_what_is_written_with_its_sign_are_growth(tmp_path: Path) -> None:
    for given, growth in (
        ("-40", -40.0),
        ("60", 60.0),
        ("+134.6", 134.6),
        ("'+92'", 92.0),
        ("210", 210.0),
        ("0.05", 0.05),
    ):
        question = read(tmp_path, scenario(f"next_print: {{2024-07: {{yoy_pct: {given}}}}}"))
        ((condition,),) = [s.conditions for s in question.plan.scenarios]
        assert condition.yoy_pct == growth
    shocks = read(
        tmp_path, scenario("shock: [{start: 2024-07, size_pct: -45}, {start: 2024-08, size_pct: +92}]")
    )
    assert [shock.size_pct for shock in shocks.plan.scenarios[0].shocks] == [-45.0, 92.0]


def test_an_assumed_path_of_levels_is_asked_about(tmp_path: Path) -> None:
    text = LEVELS.replace("levels: data.csv", "figures: data.csv, region: a") + "related: [{region: b}]\n"
    for path in ("yoy_pct: {2024-12: 104}", "holds_at_pct: 104"):
        with pytest.raises(
            ConfigError, match=r'"104" looks like a level .* write 4 for its growth, or \+104 for'
        ):
            read(tmp_path, f"{text}scenarios: [{{name: a, assume: {{b_total: {{{path}}}}}}}]\n")
    plain = read(tmp_path, f"{text}scenarios: [{{name: a, assume: {{b_total: {{holds_at_pct: -4}}}}}}]\n")
    assert plain.plan.scenarios[0].assumed[0].holds_at_pct == -4.0


def test_a_month_has_one_spelling_and_stands_under_it_once(tmp_path: Path) -> None:
    """Another spelling is refused; were it read, one of two entries would be lost."""
    text = LEVELS.replace("levels: data.csv", "figures: data.csv, region: a") + "related: [{region: b}]\n"
    for month in ("2024-5", "May 2024", "2024-05-01", "2024-005", "' 2024-05'"):
        for keys in (
            f"next_print: {{2024-05: {{yoy_pct: 3}}, {month}: {{yoy_pct: 4}}}}",
            f"assume: {{b_total: {{yoy_pct: {{2024-05: 3, {month}: 4}}}}}}",
        ):
            with pytest.raises(ConfigError, match="YYYY-MM"):
                read(tmp_path, f"{text}scenarios: [{{name: a, {keys}}}]\n")


def test_keys_of_a_mapping_that_are_one_in_a_config_are_given_twice() -> None:
    for targets in ({2019: 5, "2019": 6}, {2019: 5, np.int64(2020): 4, "2020": 3}):
        tree = {"name": "mine", "title": "Mine", "target": {"levels": "x"}, "annual_targets": targets}
        with pytest.raises(ConfigError, match=r"^question: annual_targets\.20\d\d: given twice; keep one$"):
            config.parse(tree, pd.DataFrame({"x": [1.0]}))
