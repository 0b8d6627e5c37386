"""One call answers: a series, figures, a config or a mapping, by the very question that a YAML asks."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

import forecast as fc
from forecast.run import run
from forecast.series import sample
from tests.run.test_run import question

REPO = Path(__file__).parents[2]
SMALL = {"horizon": 12, "paths": 200, "models": ["random_walk_drift", "random_walk_drift_block"]}
DAY = "2009-09-30"
WEAK = [{"name": "weak", "shock": {"start": "2009-11", "size_pct": -5}}]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORECAST_DATA", raising=False)


@pytest.fixture(scope="module")
def level() -> pd.Series:
    return sample("elec_equip").rename("Turnover, makers")


@pytest.fixture(scope="module")
def answered(level: pd.Series) -> fc.Outcome:
    return fc.answer(level, as_of=DAY, scenarios=WEAK, **SMALL)


def numbers(outcome: fc.Outcome) -> str:
    """Everything but how to make the report again."""
    stamp = replace(outcome.stamp, command="", config_sha256="", data_sha256="")
    return replace(outcome, stamp=stamp).to_json()


@pytest.mark.parametrize("later", [-1.0, float("inf"), "n/a", None])
def test_a_month_of_after_the_day_is_not_looked_at_in_memory_either(
    level: pd.Series, answered: fc.Outcome, later: object
) -> None:
    spoiled = level.astype(object)
    spoiled["2012-03"] = later
    spoiled = pd.concat([spoiled, spoiled.iloc[-1:] * 2])  # a month twice, too
    assert numbers(fc.answer(spoiled, as_of=DAY, scenarios=WEAK, **SMALL)) == numbers(answered)


def test_a_text_among_like_series_in_memory_is_told(level: pd.Series) -> None:
    table = pd.DataFrame({"a": level, "b": (2 * level).astype(object)})
    table.loc["2005-03", "b"] = "n/a"
    with pytest.raises(fc.errors.DataError, match='"n/a" in 2005-03 is not a number'):
        fc.answer(table, as_of=DAY, target={"column": "a", "like": ["b"]}, **SMALL)


def test_a_series_gets_the_answer_that_a_yaml_gets(level: pd.Series, answered: fc.Outcome) -> None:
    level.rename_axis("month").to_csv("levels.csv")
    tree = {
        "name": "turnover_makers",
        "title": {"en": "Turnover, makers", "vi": "Turnover, makers"},
        "target": {"levels": "levels.csv", "column": "Turnover, makers"},
        "scenarios": WEAK,
        **SMALL,
    }
    Path("question.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    written = run("question.yaml", DAY, "reports")
    assert numbers(written) == numbers(answered)
    assert written.stamp.data_sha256 == answered.stamp.data_sha256
    assert written.stamp.config_sha256 == sha256(Path("question.yaml").read_bytes()).hexdigest()
    assert numbers(fc.answer("question.yaml", as_of=DAY)) == numbers(answered)
    assert numbers(fc.answer(tree, as_of=pd.Period("2009-09", "M"))) == numbers(answered)
    longer = fc.answer("question.yaml", as_of=DAY, horizon=18)
    assert longer.horizon == 18
    assert numbers(longer) == numbers(fc.answer(level, as_of=DAY, scenarios=WEAK, **{**SMALL, "horizon": 18}))


def test_any_monthly_index_gets_the_same_answer(level: pd.Series, answered: fc.Outcome) -> None:
    stamped = level.sample(frac=1.0, random_state=1)
    stamped.index = stamped.index.to_timestamp(how="end")
    assert numbers(fc.answer(stamped, as_of=DAY, scenarios=WEAK, **SMALL)) == numbers(answered)
    table = pd.DataFrame({"IIP": level, "Turnover, makers": level})
    chosen = fc.answer(table, as_of=DAY, scenarios=WEAK, target={"column": "Turnover, makers"}, **SMALL)
    assert numbers(chosen) == numbers(answered)


def test_a_month_that_the_index_skips_is_told_as_a_gap(level: pd.Series) -> None:
    found = fc.answer(level.drop(level.index[100]), as_of=DAY, **SMALL)
    assert "gaps" in found.notes
    assert str(found.origin) == "2009-09"


def test_like_series_stand_in_the_same_table(level: pd.Series) -> None:
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"IIP": level, "like": level * np.exp(rng.normal(0, 0.01, len(level)))})
    asked = {**SMALL, "models": ["panel_autoregression"], "as_of": DAY}
    alone = fc.answer(table, target={"column": "IIP"}, **asked)
    beside = fc.answer(table, target={"column": "IIP", "like": ["lik*"]}, **asked)
    assert (alone.models[0].summary["series"], beside.models[0].summary["series"]) == (1, 2)
    with pytest.raises(fc.DataError, match='no series of the table given is "lice"; did you mean "like"'):
        fc.answer(table, target={"column": "IIP", "like": ["lice"]}, **asked)


@pytest.mark.slow
def test_figures_get_the_answer_that_a_yaml_gets(tmp_path: Path) -> None:
    file = question(tmp_path / "q")
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    kept = {key: tree[key] for key in ("target", "as_of", "title", "calendar")}
    asked = {**kept, "name": "bac_ninh_total", "draws": 20, "report": {"since": "2024-05-01"}, **SMALL}
    file.write_text(yaml.safe_dump(asked, allow_unicode=True), encoding="utf-8")
    found = fc.read_figures(file.parent / "data/figures.csv").select("bac_ninh")
    del asked["target"]  # the only region need not be named
    in_memory = fc.answer(found, **asked)
    assert numbers(in_memory) == numbers(fc.answer(file))
    assert in_memory.changes is not None
    assert in_memory.stamp.command == "forecast.answer(…)"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"horizn": 12}, 'question: horizn: unknown key; did you mean "horizon"?'),
        ({"target": {"colum": "a"}}, 'question: target.colum: unknown key; did you mean "column"?'),
        ({"horizon": "long"}, 'question: horizon: "long" is not a whole number'),
        ({"models": ["sarimax"]}, 'did you mean "sarima"?'),
        ({"scenarios": [{"name": "x", "shok": {}}]}, "question: scenarios.0.shok: unknown key"),
        ({"target": "IIP"}, "question: target: is no mapping"),
        ({"target": {"column": "IIP"}}, 'no column "IIP"'),
        ({"column": "IIP"}, "question: column: unknown key; it is one of target"),
        (
            {"scenarios": {"name": "x"}},
            "question: scenarios: this value is no list; begin each of its parts with a dash, in"
            " Python write [ ] around it",
        ),
        ({"as_of": pd.NaT}, 'date NaT is none; give a day as "2024-05-20"'),
        ({"as_of": 202306}, 'date 202306 is none; give a day as "2024-05-20" or a month as "2024-05"'),
        ({"seed": {1: object()}}, "question: seed.1: object has no place in a config"),
    ],
)
def test_what_a_yaml_refuses_is_refused_in_the_same_words(level: pd.Series, keys: dict, said: str) -> None:
    with pytest.raises(fc.ForecastError) as told:
        fc.answer(level, **keys)
    assert said in str(told.value)


def test_numbers_and_days_of_numpy_are_those_of_python(level: pd.Series) -> None:
    plain = fc.answer(
        level, as_of="2009-09", normal={"kind": "target", "level": 101.5}, annual_targets={2010: 2.0},
        scenarios=[{"name": "weak", "shock": {"start": "2009-11", "size_pct": -5.0}}], **SMALL,
    )  # fmt: skip
    of_numpy = fc.answer(
        level, as_of=np.datetime64("2009-09"), normal={"kind": np.str_("target"), "level": np.float64(101.5)},
        annual_targets={np.int64(2010): np.float64(2)},
        scenarios=np.array([{"name": "weak", "shock": {"start": np.datetime64("2009-11"), "size_pct": np.int8(-5)}}]),
        **SMALL,
    )  # fmt: skip
    assert numbers(of_numpy) == numbers(plain)
    assert str(plain.as_of) == "2009-09-30"


def test_the_remedies_of_refused_tables_answer(level: pd.Series) -> None:
    table = pd.DataFrame({"a": level, "b": 2 * level})
    assert fc.answer(table, target={"column": "b"}, **SMALL).name == "b"
    rows = {"region": "x", "sector": "total", "measure": "yoy_pct", "value": 3.0, "published": "2023-03-01"}
    written = pd.DataFrame([{**rows, "period": "2023-02"}])
    with pytest.raises(fc.DataError, match=r"no table of figures yet; make one with fc\.figures\.from_table"):
        fc.Figures(written)
    assert len(fc.figures.from_table(written).table) == 1
    with pytest.raises(
        fc.DataError, match="level: holds complex numbers; give the part that is meant, as y.real"
    ):
        fc.answer(level.rename("level") + 1j)
    with pytest.raises(fc.DataError, match=r"'x' is no series; name it as \(region, sector\)"):
        fc.reconstruct(fc.figures.from_table(written), "x", "total")  # type: ignore[arg-type]
    with pytest.raises(fc.ConfigError, match="horizon: 0 is none; give 1 or more"):
        fc.Plan(horizon=0)
    with pytest.raises(fc.ConfigError, match="paths: nan is none; give 1 or more"):
        fc.Plan(paths=float("nan"))  # type: ignore[arg-type]
    with pytest.raises(fc.ConfigError, match="horizon: -1 is none; give 1 or more"):
        fc.fit("theta", level).forecast(-1)


def test_levels_that_are_none_are_refused(level: pd.Series) -> None:
    with pytest.raises(fc.DataError, match=r"-4 in 2001-03 is not positive; an index level is above 0"):
        fc.answer(level.where(level.index != pd.Period("2001-03", "M"), -4.0))
    with pytest.raises(
        fc.DataError, match=r'the table holds 2 series \(a, b\); .* as target={"column": "a"}$'
    ):
        fc.answer(pd.DataFrame({"a": level, "b": level}))
    with pytest.raises(fc.DataError, match="not of list"):
        fc.answer([1.0, 2.0])  # type: ignore[arg-type]
    with pytest.raises(fc.DataError, match="holds no number"):
        fc.answer(level * np.nan)


def test_one_series_is_asked_for_alike_at_every_door(level: pd.Series) -> None:
    """A table of one column is its column, one of several and what names no months is refused."""
    plan = fc.Plan(horizon=12, models=("random_walk_drift",), paths=100)
    spec = fc.Sarima((0, 1, 1), (0, 1, 1))
    doors = {
        "monthly": fc.monthly,
        "fit": lambda y: fc.fit("theta", y).forecast(2, paths=50)["median"],
        "sarima": lambda y: fc.sarima.fit(spec, y).forecast(2)["median"],
        "estimate": lambda y: fc.estimate(y, plan).to_frame()["median"],
    }
    several = pd.DataFrame({"a": level, "b": level})
    twice = pd.concat([level, level], axis=1)
    for name, door in doors.items():
        pd.testing.assert_series_equal(door(level.to_frame()), door(level), check_names=False)
        with pytest.raises(fc.DataError, match=r'holds 2 series \(a, b\); give one column, as frame\["a"\]'):
            door(several)
        with pytest.raises(fc.DataError, match="holds several columns .*; keep one, or rename the others"):
            door(twice)
        for nameless in (level.to_numpy(), level.to_list()) if name in ("monthly", "estimate") else ():
            with pytest.raises(
                fc.DataError, match=f"found {type(nameless).__name__}, which names none; make it pd.Ser"
            ):
                door(nameless)
        with pytest.raises(fc.DataError, match=r"found dict, which names none; make it pd\.Series\(y\)"):
            door({str(month): value for month, value in level.items()})
    made = pd.Series(level.to_list(), pd.period_range("2015-01", periods=len(level), freq="M"))
    assert (
        len(fc.monthly(made))
        == len(fc.monthly(pd.Series({str(t): v for t, v in level.items()})))
        == len(level)
    )


def test_what_is_no_level_is_refused_alike_at_every_door(level: pd.Series) -> None:
    plan = fc.Plan(horizon=12, models=("random_walk_drift",), paths=100)
    last = level.index[-1].end_time.normalize()
    for value, why in (
        (np.inf, "inf in 1999-03 is too large for a number"),
        (0.0, "0 in 1999-03 is not positive"),
    ):
        y = level.mask(level.index == "1999-03", value)
        for door in (
            fc.answer,
            fc.backtest,
            lambda y: fc.fit("theta", y),
            lambda y: fc.estimate(y, plan),
            lambda y: fc.estimate(fc.LevelData(y, "x", last), plan),
            lambda y: fc.adjust.adjust(y, fc.adjust.Builtin()),
        ):
            with pytest.raises(fc.DataError, match=why):
                door(y)


def test_an_infinite_level_of_a_like_series_is_none() -> None:
    y = sample("elec_equip")
    months = y.index == "1999-03"
    panel = pd.DataFrame({"a": y.mask(months, np.inf), "b": y.mask(months, 0.0), "c": y})
    known = fc.LevelData(y, "x", y.index[-1].end_time.normalize(), panel=panel).known_panel
    assert known.loc["1999-03"].isna().to_list() == [True, True, False]


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ({"models": ("x",)}, 'models: model "x" is not one of sarima, '),
        ({"beside": ("thetaa",)}, 'beside: model "thetaa" is not one of .*; did you mean "theta"'),
        ({"models": "theta"}, r"models: 'theta' is no list of names; write models=\(\"autoregression\",\)"),
        ({"models": (3,)}, 'models: model "3" is not one of'),
        ({"models": ("theta", "theta")}, "models: theta, theta: name each once"),
        ({"horizon": 2.5}, "horizon: 2.5 is no whole number; give 1 or more"),
        ({"horizon": "24"}, "horizon: '24' is no whole number; give 1 or more"),
        ({"draws": True}, "draws: True is no whole number"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused_when_it_is_made(choice: dict[str, Any], why: str) -> None:
    with pytest.raises(fc.ConfigError, match=why):
        fc.Plan(**choice)


def test_days_and_draws_that_are_none_are_refused() -> None:
    figures = fc.read_figures(REPO / "configs/data/vietnam_published_figures.csv")
    for nothing in (None, [2024, 5], 20240520):
        with pytest.raises(fc.DataError, match='date .* is none; give a day as "2024-05-20"'):
            figures.as_of(nothing)  # type: ignore[arg-type]
    for draws, why in ((0, "0 is none"), (2.5, "2.5 is no whole number")):
        with pytest.raises(fc.ConfigError, match=f"draws: {why}; give 1 or more"):
            fc.reconstruct(figures, ("bac_ninh", "total"), draws=draws)  # type: ignore[arg-type]


def test_a_report_is_written_from_an_outcome(answered: fc.Outcome) -> None:
    files = fc.write_report(answered, "my_report", ["en"], ["html"])
    assert Path("my_report/report.en.html") in files
    assert all(file.is_file() for file in files)
    assert Path("my_report/report.json").read_text(encoding="utf-8") == answered.to_json()


def test_notes_of_the_whole_file_are_of_no_earlier_day() -> None:
    """What was noted of later rows of figures in memory is not known on the day."""
    read = fc.read_figures(Path(__file__).parents[2] / "configs/data/vietnam_published_figures.csv")
    noted = replace(read, notes=("rows of 2025 were understood so",))
    asked = {"target": {"region": "bac_ninh"}, "draws": 20, **SMALL}
    told = [fc.answer(noted, as_of=day, **asked).findings for day in ("2024-05-20", None)]
    assert [any("rows of 2025" in row.said for row in rows) for rows in told] == [False, True]


def test_an_outcome_is_not_changed_in_place_and_copies_are_whole(answered: fc.Outcome) -> None:
    own = dict(answered.recovery)
    for change in (
        lambda: answered.recovery.pop("baseline"),
        lambda: answered.recovery.update(baseline=None),
        lambda: answered.title.clear(),
        lambda: answered.recovery.__setitem__("weak", own["baseline"]),
    ):
        with pytest.raises(TypeError, match=r"not changed in place; make another with dataclasses\.replace"):
            change()
    assert dict(answered.recovery) == own
    for again in (
        copy.deepcopy(answered),
        pickle.loads(pickle.dumps(answered)),
        fc.Outcome.from_json(answered.to_json()),
    ):
        assert again == answered
        assert again.to_json() == answered.to_json()
    other = replace(answered, recovery={**answered.recovery, "weak": own["baseline"]})
    assert other.recovery["weak"] == own["baseline"]
