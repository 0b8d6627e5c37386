import json
import os
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
import yaml

from forecast import config
from forecast.errors import ConfigError
from forecast.models import POOL, REGISTRY
from forecast.targets import AnnualTarget

REPO = Path(__file__).parents[2]
GOOD = """\
name: mine
title: {en: "Mine", vi: "Của tôi"}
as_of: 2024-05-20
target: {figures: data.csv, region: bac_ninh}
seed: 3
"""


RELATED = "related: [{region: vietnam, sector: total}]\n"


def written(folder: Path, text: str) -> Path:
    (folder / "data.csv").write_text("x", encoding="utf-8")
    file = folder / "q.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.read(written(folder, text))
    return [line.replace(f"{folder}/", "") for line in caught.value.problems]


def test_a_config_becomes_a_plan(tmp_path: Path):
    text = GOOD + "slump: {start: 2022-10, threshold_pct: 8}\nrecovery: {window: 1, hold: 2}\nhorizon: 24\n"
    asked = config.read(written(tmp_path, text + "calendar: {country: NO}\n"))
    assert asked.plan.horizon == 24
    assert asked.plan.slump.start == pd.Period("2022-10", "M")
    assert (asked.plan.slump.window, asked.plan.slump.hold, asked.plan.slump.threshold_pct) == (1, 2, 8.0)
    assert asked.plan.country == "NO"  # Norway, not the boolean that YAML 1.1 would make of it
    assert asked.data == tmp_path / "data.csv"
    assert asked.plan.models == POOL


def test_a_target_is_a_growth_or_a_plan(tmp_path: Path):
    plan = "{growth_pct: 8, quarters: [null, 7, 8.5, 8.5], sectors: {mining: 9}}"
    text = f"{GOOD}sectors: [mining]\nannual_targets: {{2025: {plan}, 2024: 6.5}}\n"
    assert config.read(written(tmp_path, text)).plan.annual_targets == (
        AnnualTarget(2024, 6.5),
        AnnualTarget(2025, 8.0, (None, 7.0, 8.5, 8.5), (("mining", 9.0),)),
    )


def test_a_scenario_holds_its_own_assumptions_after_those_it_is_based_on(tmp_path: Path):
    text = (
        GOOD
        + RELATED
        + """\
scenarios:
  - {name: steps, shock: [{start: 2024-07, size_pct: -3}, {start: 2025-01, size_pct: -2, half_life: 6}]}
  - name: both
    based_on: steps
    slope: [{start: 2024-08, growth_pct: 2}]
    judgement: {by: 2025-12, chance_pct: 40}
    assume: {vietnam_total: {yoy_pct: {2024-12: 8.0, 2024-06: 7.0}}}
"""
    )
    text += "  - {name: more, based_on: both, slope: {start: 2025-08, growth_pct: 3}, "
    text += "judgement: {by: 2026-12, chance_pct: 60}}\n"
    steps, both, more = config.read(written(tmp_path, text)).plan.scenarios
    assert [s.growth_pct for s in more.slopes] == [2.0, 3.0]
    assert [j.chance_pct for j in more.judgements] == [40.0, 60.0]
    assert (more.shocks, more.assumed) == (both.shocks, both.assumed)
    assert [(str(s.start), s.size_pct, s.half_life) for s in steps.shocks] == [
        ("2024-07", -3.0, None), ("2025-01", -2.0, 6.0),
    ]  # fmt: skip
    assert both.shocks == steps.shocks
    assert [s.growth_pct for s in both.slopes] == [2.0]
    (assumed,) = both.assumed
    assert [(str(m), g) for m, g in assumed.yoy_pct] == [("2024-06", 7.0), ("2024-12", 8.0)]


def test_a_seasonally_adjusted_target_takes_the_smaller_threshold(tmp_path: Path):
    text = GOOD.replace("region: bac_ninh", "region: bac_ninh, seasonally_adjusted: true")
    assert config.read(written(tmp_path, text)).plan.slump.threshold_pct == 5.0


def test_every_mistake_is_told_at_once_with_line_and_nearest_word(tmp_path: Path):
    text = (
        GOOD.replace("seed: 3", "seed: three").replace("2024-05-20", "2024-13")
        + "horizn: 36\nhorizon: soon\n"
    )
    text += "models: [sarimaa]\nnormal: {kind: pre_slump_peek}\nreport: {formats: [docx]}\n"
    assert sorted(problems(tmp_path, text)) == [
        'q.yaml:10: report.formats.0: "docx" is not one of pdf, html, xlsx; valid: pdf, html, xlsx',
        'q.yaml:3: as_of: "2024-13" is no date',
        'q.yaml:5: seed: "three" is not a whole number',
        'q.yaml:6: horizn: unknown key; did you mean "horizon"?',
        'q.yaml:7: horizon: "soon" is not a whole number',
        f'q.yaml:8: models.0: "sarimaa" is not one of {", ".join(REGISTRY)}; did you mean "sarima"?',
        'q.yaml:9: normal.kind: "pre_slump_peek" is not one of pre_slump_peak, trend, same_month, pre_slump_mean, '
        'target; did you mean "pre_slump_peak"?',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty or no mapping"),
        ("- a\n- b\n", "is empty or no mapping"),
        ("month,iip\n2024-01,98.5\n", "is empty or no mapping"),
        (
            GOOD + "annual_targets: {2024: 6,0}\n",
            "annual_targets: 6,0 has a decimal comma, which begins a new entry here; write 6.0",
        ),
        ("name: [\n", "q.yaml:2: not valid YAML"),
        (GOOD + "seed: 4\n", "q.yaml:6: seed: given twice; keep one"),
        (GOOD.replace("name: mine\n", ""), "q.yaml:1: name: missing; this key is required"),
        (GOOD.replace("2024-05-20", "2024-01-20\u00a0"), "it holds a no-break space, take that out"),
        (GOOD.replace("name: mine", "name: Mine/yours"), "does not have the form of lower-case letters"),
        (
            GOOD.replace("region: bac_ninh", "levels: b.csv"),
            "name exactly one of figures, levels, store, sample",
        ),
        (GOOD.replace(", region: bac_ninh", ""), "figures need a region"),
        (GOOD.replace("figures: data.csv, region: bac_ninh", "store: data.csv"), "a store needs a region"),
        (
            GOOD.replace("figures: data.csv, region: bac_ninh", "levels: data.csv") + RELATED,
            "related: informs a target known by published figures",
        ),
        (GOOD + "horizon: 9\n", "should be greater than or equal to 12"),
        (GOOD + "nowcast: {courses: 50}\n", "one known by figures is nowcast by its related series"),
        (
            GOOD.replace("region: bac_ninh", "region: bac_ninh, release_lag_days: 40"),
            "figures and stores have their own, leave it out",
        ),
        (GOOD + "scenarios: [{name: a, based_on: b}]\n", '"a" is based on "b", which does not exist'),
        (GOOD + "scenarios: [{name: a, based_on: b}, {name: b, based_on: a}]\n", '"a" is based on itself'),
        (GOOD + "scenarios: [{name: a}, {name: a}]\n", "two have the same name"),
        (GOOD + "scenarios: [{name: a, condition: [{year: 2024}]}]\n", "a condition says one thing"),
        (GOOD + "models: [noisy_walk, structural, noisy_walk]\n", "models: noisy_walk stands there twice"),
        (GOOD + "beside: [structural, structural]\n", "beside: structural stands there twice"),
        (
            GOOD
            + "scenarios: [{name: a, condition: [{year: 2024, growth_at_least_pct: 6, exactly: true}]}]\n",
            "so none is to hold exactly; leave `exactly` out",
        ),
        (
            GOOD + "scenarios: [{name: a, shock: {start: 2024-07, size_pct: -8, half_life: 0}}]\n",
            "greater than or equal to 0.01",
        ),
        (
            GOOD + "scenarios: [{name: a, shock: {start: auto, size_pct: -8}}]\n",
            "does not have the form YYYY-MM",
        ),
        (
            GOOD
            + "scenarios: [{name: a, shock: [{start: 2024-07, size_pct: 1}, {start: 2024-7, size_pct: 1}]}]\n",
            'scenarios.0.shock.1.start: "2024-7" does not have the form YYYY-MM, such as 2024-07',
        ),
        (
            GOOD + RELATED + "scenarios: [{name: a, assume: {vietnam_totl: {holds_at_pct: 7}}}]\n",
            '"a" assumes a path of "vietnam_totl", which is no related series; did you mean "vietnam_total"?',
        ),
        (
            GOOD + "scenarios: [{name: a, assume: {vietnam_total: {holds_at_pct: 7}}}]\n",
            '"a" assumes a path of "vietnam_total", which is no related series; there is none',
        ),
        (
            GOOD + RELATED + "scenarios: [{name: a, assume: {vietnam_total: {yoy: {2024-07: 7}}}}]\n",
            'scenarios.0.assume.vietnam_total.yoy: unknown key; did you mean "yoy_pct"?',
        ),
        (
            GOOD + RELATED + "scenarios: [{name: a, assume: {vietnam_total: {yoy_pct: {2024-13: 7}}}}]\n",
            '"2024-13" does not have the form YYYY-MM, such as 2024-07',
        ),
        (
            GOOD + RELATED + "scenarios: [{name: a, assume: {vietnam_total: {}}}]\n",
            "say exactly one of yoy_pct, holds_at_pct, returns_to_trend_by",
        ),
        (
            GOOD + "scenarios: [{name: a, based_on: b, condition: [{year: 2024, growth_pct: 1}]}, "
            "{name: b, condition: [{year: 2024, growth_pct: 2}]}]\n",
            "scenario a: growth of 2024 2 % contradicts growth of 2024 1 %; keep one of them",
        ),
        (
            GOOD + "related: [{region: vietnam}, {region: bac_ninh}]\n",
            "related: bac_ninh total is the target itself, or stands there twice",
        ),
        (
            GOOD + "related: [{region: vietnam}, {region: vietnam, sector: total}]\n",
            "related: vietnam total is the target itself, or stands there twice",
        ),
        (GOOD + "slump: {start: 2024-13}\n", "does not have the form YYYY-MM, such as 2024-07, or auto"),
        (GOOD + "recovery: {hold: 9}\n", 'recovery.hold: "9" should be less than or equal to 6'),
        (GOOD + "recovery: automatic\n", 'recovery: "automatic" is not one of auto; did you mean "auto"?'),
        (GOOD + "normal: {kind: target}\n", "normal target needs a level"),
        (GOOD + "calendar: {country: Vietnam}\n", "calendar.country"),
        (GOOD.replace("data.csv", "other.csv"), "file 'other.csv' not found in"),
        (GOOD.replace("2024-05-20", "2024-02-31"), 'as_of: "2024-02-31" is no date'),
        (GOOD + "a: &a [*a]\n", "nested too deeply"),
    ],
)
def test_a_wrong_config_gets_one_plain_message(tmp_path: Path, text: str, message: str):
    found = problems(tmp_path, text)
    assert len(found) == 1, found
    assert message in found[0]


def test_wrong_encoding_is_named(tmp_path: Path):
    file = tmp_path / "q.yaml"
    file.write_bytes("name: é".encode("latin-1"))
    with pytest.raises(ConfigError, match="byte 6 is not UTF-8; save the file as UTF-8"):
        config.read(file)
    file.write_bytes("name: e".encode("utf-16-le"))
    with pytest.raises(ConfigError, match="q.yaml:1: holds a zero byte, as text in UTF-16 does; save"):
        config.read(file)


def test_a_missing_config_points_to_its_neighbour(tmp_path: Path):
    written(tmp_path, GOOD).rename(tmp_path / "bac_ninh.yaml")
    with pytest.raises(ConfigError, match=r"no such config; did you mean \"[^\"]*bac_ninh.yaml\""):
        config.read(tmp_path / "bac_nin.yaml")
    with pytest.raises(ConfigError, match="is a folder"):
        config.read(tmp_path)


def test_data_are_found_beside_the_config_then_in_data_then_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = written(tmp_path, GOOD)
    (tmp_path / "data.csv").unlink()
    given, environment = tmp_path / "given", tmp_path / "environment"
    for folder in (given, environment):
        folder.mkdir()
        (folder / "data.csv").write_text("x", encoding="utf-8")
    monkeypatch.setenv("FORECAST_DATA", str(environment))
    assert config.read(file).data == environment / "data.csv"
    assert config.read(file, [given]).data == given / "data.csv"


STARTER = REPO / "forecast" / "starter" / "question.yaml"


def test_every_key_of_the_schema_is_described():
    parts = json.loads(config.schema())["$defs"]
    bare = [f"{name}.{key}" for name, part in parts.items() for key, node in part["properties"].items()
            if not node.get("description")]  # fmt: skip
    assert bare == []
    assert [name for name, part in parts.items() if not part.get("description")] == []


@pytest.mark.parametrize("file", [*sorted((REPO / "configs").glob("*.yaml")), STARTER], ids=lambda p: p.stem)
def test_shipped_configs_fit_the_schema(file: Path):
    tree = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    schema = json.loads(config.schema())
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(_numbers(tree)))
    assert not errors, errors[0].message


@pytest.mark.parametrize(
    ("place", "key"),
    [((), "horizn"), (("target",), "regio"), (("report",), "lang"), (("scenarios", 0), "labl"), (("title",), "vii"),
     (("sectors",), "Manufacturing X")],
)  # fmt: skip
def test_the_schema_refuses_a_misspelt_key(place: tuple[str | int, ...], key: str):
    tree = _numbers(
        yaml.load((REPO / "configs/bac_ninh.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    )
    tree["sectors"] = {"manufacturing": 0.9, "electricity": 0.1}
    valid = jsonschema.Draft202012Validator(json.loads(config.schema()))
    assert list(valid.iter_errors(tree)) == []
    here = tree
    for part in place:
        here = here[part]
    here[key] = next(iter(here.values()))
    assert list(valid.iter_errors(tree)) != []


QUESTIONS = [f for f in sorted((REPO / "configs").glob("*.yaml")) if not config.is_backtest(f)]


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda p: p.stem)
def test_shipped_configs_are_read(file: Path):
    assert config.read(file).config.name == file.stem


def _numbers(value):
    """What an editor sees: scalars typed, dates still text."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


HOSTILE = {
    "a list for a number": ("seed: [1]\n", "q.yaml:5: seed: this value is not a whole number"),
    "nothing for a number": ("seed: ~\n", "q.yaml:5: seed: is empty; expected a whole number"),
    "no number": (
        "annual_targets: {2024: .nan}\n",
        'q.yaml:5: annual_targets.2024: ".nan" is not a number with a',
    ),
    "nan": (
        "annual_targets: {2024: nan}\n",
        'q.yaml:5: annual_targets.2024: "nan" should be a finite number',
    ),
    "infinite": ("slump: {start: auto, threshold_pct: inf}\n", "q.yaml:5: slump.threshold_pct"),
    "beyond a float": ("slump: {start: auto, threshold_pct: 1e999}\n", "q.yaml:5: slump.threshold_pct"),
    "huge": (
        "annual_targets: {2024: 1e308}\n",
        'annual_targets.2024: "1e308" should be less than or equal to 1000000',
    ),
    "tiny": ("normal: {kind: target, level: 1e-400}\n", "q.yaml:5: normal.level"),
    "a year of three quarters": (
        "annual_targets: {2024: {growth_pct: 6, quarters: [5, 6, 7]}}\n",
        "q.yaml:5: annual_targets.2024.quarters: 3 are given; a year has four, write null for one without a plan",
    ),
    "a quarter without growth": (
        "annual_targets: {2024: {growth_pct: 6, quarters: [5, 6, x, 7]}}\n",
        'q.yaml:5: annual_targets.2024.quarters.2: "x" is not a number with a decimal point',
    ),
    "a sector that is not asked for": (
        "sectors: [mining]\nannual_targets: {2024: {growth_pct: 6, sectors: {minning: 7}}}\n",
        'annual_targets: 2024 has one for "minning", which is not among sectors; did you mean "mining"?',
    ),
    "a target as a level": (
        "annual_targets: {2024: 106}\n",
        'q.yaml:5: annual_targets.2024: "106" looks like a level with the year before as 100; write 6 for its growth',
    ),
    "a target as a share": (
        "sectors: [mining]\nannual_targets: {2024: {growth_pct: 0.06, sectors: {mining: 7.5}}}\n",
        'q.yaml:6: annual_targets.2024.growth_pct: "0.06" is next to nothing; write 6 for 6 %',
    ),
    "a shock as a share": (
        "scenarios: [{name: a, shock: {start: 2024-07, size_pct: -0.08}}]\n",
        'q.yaml:5: scenarios.0.shock.size_pct: "-0.08" is next to nothing; write -8 for -8 %',
    ),
    "a sign that is no hyphen": (
        "scenarios: [{name: a, shock: {start: 2024-07, size_pct: −8}}]\n",
        'q.yaml:5: scenarios.0.shock.size_pct: "−8" is not a number with a decimal point; write -8',
    ),
    "one text for a list": (
        "calendar: {country: VN, holidays: tet}\n",
        'q.yaml:5: calendar.holidays: "tet" is no list; write [tet]',
    ),
    "percent with its sign": (
        'annual_targets: {2024: "6.5%"}\n',
        'annual_targets.2024: "6.5%" is not a number with a decimal point; write 6.5',
    ),
    "a mapping for a list": (
        "scenarios: {a: {}}\n",
        "q.yaml:5: scenarios: this value is no list; begin each of its",
    ),
    "a year before all": ("annual_targets: {1699: 6}\n", "greater than or equal to 1700"),
    "a year after all": ("annual_targets: {2200: 6}\n", "less than or equal to 2199"),
    "a month before all": (
        "slump: {start: 1699-12}\n",
        'slump.start: "1699-12" does not have the form YYYY-MM',
    ),
    "a day after all": (
        "report: {since: 2200-01-01}\n",
        'q.yaml:5: report.since: "2200-01-01" does not have the form',
    ),
    "a year far off": ("annual_targets: {999999999999: 6}\n", "q.yaml:5: annual_targets"),
    "a seed of 2^64": ("seed: 18446744073709551616\n", "q.yaml:5: seed: "),
    "a seed of 5000 digits": (f"seed: {'9' * 5000}\n", "q.yaml:5: seed: "),
    "the year 0": ("slump: {start: 0000-01}\n", 'slump.start: "0000-01" does not have the form YYYY-MM'),
    "a word of 200 letters": (f"sectors: [{'a' * 200}]\n", "should have at most 100 characters"),
    "a list as key": ("? [a, b]\n: c\n", "q.yaml:5: a list or mapping is no key"),
    "a circle": ("a: &a [*a]\n", "nested too deeply"),
    "nested 900 deep": (f"a: {'[' * 900}{']' * 900}\n", "q.yaml:5: nested too deeply"),
    "nested mappings": ("".join(f"{' ' * i}a:\n" for i in range(900)), "nested too deeply"),
    "two hundred scenarios": (
        f"scenarios: [{', '.join(f'{{name: s{i}}}' for i in range(200))}]\n",
        "q.yaml:5: scenarios: tuple should have at most 100 items",
    ),
}


@pytest.mark.parametrize(("more", "message"), HOSTILE.values(), ids=HOSTILE)
def test_what_no_question_means_is_refused_with_its_line(tmp_path: Path, more: str, message: str) -> None:
    found = problems(tmp_path, GOOD.replace("seed: 3\n", "") + more)
    assert len(found) == 1, found
    assert message in found[0]
    assert len(found[0]) < 1000


def test_aliases_that_multiply_are_counted_as_what_they_stand_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 8)]
    (found,) = problems(tmp_path, GOOD + "\n".join(levels) + "\n")
    assert (
        "comes to more than 5,000 values, aliases counted each time; write fewer, or allow more with" in found
    )
    monkeypatch.setenv("FORECAST_MAX_CONFIG_NODES", "a few")
    assert problems(tmp_path, GOOD) == ['FORECAST_MAX_CONFIG_NODES: "a few" is no whole number above zero']


def test_a_config_larger_than_any_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(ConfigError, match=r"large\.yaml: has more than 500,000 bytes, as no config does"):
        config.read(large)
    monkeypatch.setenv("FORECAST_MAX_CONFIG_BYTES", "9")
    with pytest.raises(
        ConfigError, match="more than 9 bytes.*environment variable FORECAST_MAX_CONFIG_BYTES"
    ):
        config.read(large)


def test_a_config_that_is_a_pipe_or_leads_nowhere_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^/dev/full: is a device or pipe; name a config file$"):
        config.read("/dev/full")
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("mars.yaml")
    for name, said in (
        ("pipe", "is a device or pipe; name a config file"),
        ("loop", "is a link that leads nowhere (to loop.yaml); name a config file"),
        ("gone", "is a link that leads nowhere (to mars.yaml); name a config file"),
    ):
        with pytest.raises(ConfigError) as refused:
            config.read(tmp_path / f"{name}.yaml")
        assert refused.value.problems == (f"{tmp_path / name}.yaml: {said}",)


@pytest.mark.parametrize("name", ["data\\0.csv", "a" * 5000, "x/" * 3000])
def test_a_file_that_cannot_be_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    (found,) = problems(tmp_path, GOOD.replace("data.csv", f'"{name}"'))
    assert "q.yaml:4: target: " in found
    assert len(found) < 1500


@pytest.mark.parametrize("sign", ["\\0", "\\x1b"])
def test_a_title_that_no_page_can_show_is_refused(tmp_path: Path, sign: str) -> None:
    (found,) = problems(tmp_path, GOOD.replace('en: "Mine"', f'en: "a{sign}b"'))
    assert "as character 2, which no page can show; delete it" in found


def test_a_plain_title_serves_every_language_of_the_report(tmp_path: Path):
    asked = config.read(written(tmp_path, GOOD.replace('{en: "Mine", vi: "Của tôi"}', "Mine")))
    assert config.texts(asked.config.title) == {"en": "Mine", "vi": "Mine"}
    english = GOOD.replace(', vi: "Của tôi"', "")
    assert config.read(
        written(tmp_path, english + "report: {languages: [en]}\n")
    ).config.report.languages == ("en",)
    assert problems(tmp_path, english) == [
        "q.yaml:2: title: the report is written in vi too; add the text in it, or write one text without a language "
        "for all"
    ]


def test_what_is_wrong_in_one_config_comes_at_once_in_the_order_of_its_lines(tmp_path: Path):
    text = GOOD.replace("data.csv, region: bac_ninh", "none.csv, region: Bắc Ninh")
    text += "annual_targets: {2024: 6,0}\ncalendar: {country: CN, holidays: [tet]}\nhorizon: 3\n"
    found = problems(tmp_path, text)
    assert [line.split(": ")[0] for line in found] == [
        "q.yaml:4",
        "q.yaml:4",
        "q.yaml:6",
        "q.yaml:7",
        "q.yaml:8",
    ]
    assert "file 'none.csv' not found" in found[0]
    assert found[1].endswith(
        '"Bắc Ninh" does not have the form of lower-case letters, digits and _; write bac_ninh'
    )
    assert found[2].endswith("6,0 has a decimal comma, which begins a new entry here; write 6.0")
    assert "would do nothing in CN; write chinese_new_year" in found[3]


@pytest.mark.parametrize(
    ("sectors", "said"),
    [
        ("{manufacturing: 0.9, water: 0.08}", "not positive with sum 1"),
        ("[water, mining, water]", "water stands there twice"),
    ],
)
def test_sectors_that_make_no_whole_are_refused(tmp_path: Path, sectors: str, said: str):
    (found,) = problems(tmp_path, f"{GOOD}sectors: {sectors}\n")
    assert found.startswith("q.yaml:6: sectors: ")
    assert said in found


def test_a_word_for_a_list_of_mappings_is_answered_with_their_keys(tmp_path: Path):
    said = '"all" is no list; expected parts with keys such as period, reason, series'
    assert problems(tmp_path, GOOD + "accept: all\n") == [f"q.yaml:6: accept: {said}"]
    (found,) = problems(tmp_path, GOOD + "beside: sarima\n")
    assert found.endswith('"sarima" is no list; write [sarima]')


def test_a_block_written_decimal_comma_is_answered_with_the_point(tmp_path: Path):
    (found,) = problems(tmp_path, GOOD + "annual_targets:\n  2024: 6,5\n")
    assert found == 'q.yaml:7: annual_targets.2024: "6,5" is not a number with a decimal point; write 6.5'


def test_a_file_of_data_is_told_to_be_one(tmp_path: Path):
    file = tmp_path / "levels.csv"
    file.write_text("month,iip\n2024-01,101.5\n", encoding="utf-8")
    with pytest.raises(
        ConfigError, match="is a file of index levels or other data, no config; `forecast check"
    ):
        config.read(file)


@pytest.mark.parametrize("said", ["84", "on"])
def test_a_country_that_is_none_has_no_letters_to_write(said: str, tmp_path: Path):
    (told,) = problems(tmp_path, f"{GOOD}calendar: {{country: {said}}}\n")
    assert told.endswith(f'"{said}" does not have the form of two capital letters, such as VN')


@pytest.mark.parametrize("to", ["s.duckdb", "x/s.duckdb"])
def test_a_link_to_no_file_of_data_is_said_to_lead_nowhere(tmp_path: Path, to: str) -> None:
    (tmp_path / "s.duckdb").symlink_to(to)
    (tmp_path / "t.duckdb").write_bytes(b"near")
    file = written(tmp_path, GOOD.replace("figures: data.csv", "store: s.duckdb"))
    with pytest.raises(
        ConfigError,
        match=rf"^{file}:\d+: target: .*s\.duckdb: is a link that leads nowhere \(to {to}\); [^?]*$",
    ):
        config.read(file)


def test_a_pipe_is_no_file_of_data(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (told,) = problems(tmp_path, GOOD.replace("data.csv", "pipe.csv"))
    assert told == "q.yaml:4: target: 'pipe.csv' is a device or pipe; name a file"


@pytest.mark.parametrize("of", ["figures", "levels"])
def test_a_list_of_no_files_names_none(tmp_path: Path, of: str) -> None:
    (told,) = problems(tmp_path, GOOD.replace("figures: data.csv", f"{of}: []"))
    assert told == f"q.yaml:4: target.{of}: is empty or a list; expected text"


def test_a_store_that_is_gone_is_told_by_its_copy(tmp_path: Path):
    (tmp_path / ".s.duckdb.good").write_bytes(b"kept")
    (tmp_path / ".t.duckdb.lock").touch()
    file = written(tmp_path, GOOD.replace("figures: data.csv", "store: s.duckdb"))
    with pytest.raises(
        ConfigError, match=r"q\.yaml:\d+: target: s\.duckdb: is not there, and \.s\.duckdb\.good"
    ):
        config.read(file)
    file = written(tmp_path, GOOD.replace("figures: data.csv", "store: t.duckdb"))
    with pytest.raises(ConfigError, match=r"'t\.duckdb' not found in [^;]*; put it there"):
        config.read(file)
