"""`forecast backtest` from config to files: what is written, what is said, and what is refused."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from forecast import config, series, tables
from forecast.backtest import fingerprint
from forecast.cli import DONE, USER_ERROR, main
from forecast.errors import ConfigError, DataError
from forecast.nowcast import Indicator
from forecast.run.backtest import panel
from forecast.run.inspect import check
from tests.backtest.panels import SHARED

REPO = Path(__file__).parents[2]
CONFIGS = REPO / "configs"
SMALL = CONFIGS / "backtest_small.yaml"
LEVELS = """\
name: mine
title: {en: "Mine", vi: "Của tôi"}
panel: {levels: mine.csv, columns: ["A*"], without: [A2], seasonally_adjusted: true, until: 1999-12,
        release_lag_days: 40, had_from: "the office, https://office.example"}
origins: {every: 6}
"""


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small backtest, as `make test` runs it."""
    out = tmp_path_factory.mktemp("out")
    assert main(["backtest", str(SMALL), "--out", str(out)]) == DONE
    return out


def test_the_command_writes_its_files_and_says_what_they_mean(
    written: Path, capsys: pytest.CaptureFixture[str]
):
    folder = written / "backtest_small"
    names = {
        "recovery_forecasts.csv", "recovery_outcomes.csv", "point_forecasts.csv", "scores.csv", "failed.csv",
        "flagged.csv", "summary.json", "learned.json", "manifest.json", "SHA256SUMS",
    }  # fmt: skip
    charts = {f"figures/{chart}.{code}.svg" for chart in ("skill", "reliability", "pit", "levels")
              for code in ("en", "vi")}  # fmt: skip
    assert set(files(folder)) == names | charts
    heads = {name: (folder / name).read_text(encoding="utf-8").split("\n")[0] for name in names}
    assert heads["recovery_forecasts.csv"] == "series,slump_start,origin,model,horizon,probability"
    assert heads["recovery_outcomes.csv"] == "series,slump_start,origin,recovered_after,follow_up"
    assert heads["point_forecasts.csv"] == (
        "series,origin,model,horizon,median,q05,q10,q25,q75,q90,q95,observed,measure"
    )
    assert heads["failed.csv"] == "model,series,origin,reason"
    assert heads["flagged.csv"] == "series,origin,reason"
    assert main(["backtest", str(SMALL), "--out", str(written), "--resume"]) == DONE
    said = capsys.readouterr().out
    assert "2 slumps, 30 forecasts, each followed for 24 months" in said
    assert "pseudo real time" in said
    assert "best naive rule" in said
    assert str(folder) in said


def test_every_table_of_a_backtest_is_refused_as_data(written: Path):
    for file in sorted((written / "backtest_small").glob("*.csv")):
        with pytest.raises(DataError, match=rf"{file.name}: holds .* a backtest, which this program wrote"):
            tables.sheets(file)


def test_a_date_not_observed_is_a_blank_and_a_date_is_a_whole_number(written: Path):
    outcomes = (written / "backtest_small/recovery_outcomes.csv").read_text(encoding="utf-8").splitlines()
    fields = [line.split(",") for line in outcomes[1:]]
    assert {row[3] == "" for row in fields} == {True, False}
    assert all(row[3] == "" or row[3].isdigit() for row in fields)
    assert all(row[4].isdigit() for row in fields)


@pytest.mark.slow
def test_going_on_after_a_stop_gives_the_bytes_of_an_undisturbed_run(written: Path, tmp_path: Path):
    shutil.copytree(written / "backtest_small-forecasts", tmp_path / "backtest_small-forecasts")
    pieces = sorted((tmp_path / "backtest_small-forecasts").glob("*/*.json"))
    for piece in pieces[::4]:
        piece.unlink()
    (pieces[1].with_name(f".{pieces[1].name}.123")).write_text(
        "{", encoding="utf-8"
    )  # half written when killed
    assert main(["backtest", str(SMALL), "--out", str(tmp_path), "--resume"]) == DONE
    assert files(tmp_path / "backtest_small") == files(written / "backtest_small")


def test_the_manifest_names_what_the_numbers_depend_on_and_nothing_else(written: Path, tmp_path: Path):
    manifest = json.loads((written / "backtest_small/manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "forecast backtest backtest_small.yaml"
    assert manifest["seed"] == 20160531
    text = json.dumps(manifest)
    assert str(written) not in text
    assert "jobs" not in text


def data_of(folder: Path, text: str, columns: str = "A1,A2,A3,B") -> Path:
    months = pd.period_range("1990-01", "2000-12", freq="M")
    rows = [f"{m},{100 + i},{99 + i},{98 + i},{97 + i}" for i, m in enumerate(months)]
    (folder / "mine.csv").write_text("\n".join([f"month,{columns}", *rows]), encoding="utf-8")
    file = folder / "b.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_panel_is_chosen_by_patterns_and_cut_at_its_last_month(tmp_path: Path):
    asked = config.read_backtest(data_of(tmp_path, LEVELS))
    targets = panel(asked)
    assert [t.name for t in targets] == ["A1", "A3"]
    assert asked.plan.slump.threshold_pct == 5.0
    assert {str(t.known.index[-1]) for t in targets} == {"1999-12"}
    assert {t.release_lag_days for t in targets} == {40}
    assert check(asked.path) == [f"{asked.path}: ready to run; a backtest of 2 series"]


@pytest.mark.parametrize(("until", "side"), [("1989-12", "before the first"), ("2001-01", "after the last")])
def test_an_end_that_lies_outside_the_data_is_refused(tmp_path: Path, until: str, side: str):
    asked = config.read_backtest(data_of(tmp_path, LEVELS.replace("1999-12", until)))
    with pytest.raises(
        ConfigError,
        match=f"panel: until: {until} lies {side} month of the data, which reach from 1990-01 to 2000-12",
    ):
        check(asked.path)


def test_every_target_sees_the_indicators_and_they_are_nowcast_from(tmp_path: Path):
    given = LEVELS + "indicators: [{levels: mine.csv, columns: [B], release_lag_days: 3}]\n"
    asked = config.read_backtest(data_of(tmp_path, given))
    targets = panel(asked)
    for target in targets:
        (seen,) = target.indicators
        assert seen.indicators == (Indicator("B", 3),)
    assert asked.plan.nowcast is not None
    assert config.read_backtest(data_of(tmp_path, LEVELS)).plan.nowcast is None
    later = [replace(one, indicators=(replace(seen, indicators=(Indicator("B", 4),)),)) for one in targets]
    assert len({fingerprint(one) for one in (targets, later, panel(asked))}) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("levels: mine.csv", "levels: yours.csv"), "file 'yours.csv' not found in"),
        (("levels: mine.csv", "levels: ."), "panel: '.' is a folder; name a file in it"),
        (("levels: mine.csv", "levels: yours.csv"), "such data: the office, https://office.example"),
        (('["A*"]', "[C9]"), 'panel.columns: no series of mine.csv is "C9"'),
        (("without: [A2]", "without: [A22]"), 'did you mean "A2"?'),
        (("every: 6", "evry: 6"), 'origins.evry: unknown key; did you mean "every"?'),
        (("every: 6", "every: 0"), 'origins.every: "0" should be greater than or equal to 1'),
        (
            ("levels: mine.csv", "levels: mine.csv, sample: elec_equip"),
            "name exactly one of levels, store, figures",
        ),
        (("levels: mine.csv", "figures: mine.csv"), "figures need a region"),
        (("panel:", "target:"), "target: a backtest has a panel instead"),
        (
            ("name: mine", "name: mine\nindicators: [{levels: no.csv}]"),
            "b.yaml:2: indicators: file 'no.csv' not found",
        ),
        (
            ("name: mine", "name: mine\nindicators: [{levels: mine.csv, columns: [PMI]}]"),
            'indicators.0.columns: no series of mine.csv is "PMI"',
        ),
    ],
)
def test_a_wrong_config_is_refused_in_plain_words(
    tmp_path: Path, change: tuple[str, str], message: str, capsys: pytest.CaptureFixture[str]
):
    file = data_of(tmp_path, LEVELS.replace(*change))
    assert main(["backtest", str(file), "--out", str(tmp_path / "out")]) == USER_ERROR
    assert message in capsys.readouterr().err


def test_two_columns_of_one_name_are_refused_by_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = data_of(tmp_path, LEVELS, columns="A1,A3,A3,B")
    assert main(["backtest", str(file), "--out", str(tmp_path / "out")]) == USER_ERROR
    assert '2 series are named "A3"; rename all but one' in capsys.readouterr().err


def test_a_backtest_is_not_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["run", str(SMALL), "--out", str(tmp_path)]) == USER_ERROR
    assert "panel: is of a backtest; `forecast backtest" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["backtest_us", "backtest_eu", "backtest_de", "backtest_small", "backtest_bac_ninh"]
)
@pytest.mark.slow
def test_shipped_backtests_are_read(name: str):
    if name in ("backtest_us", "backtest_eu", "backtest_de") and not SHARED.exists():
        pytest.skip("shared data are not on this machine")
    asked = config.read_backtest(CONFIGS / f"{name}.yaml", [SHARED])
    assert asked.config.name == name
    sizes = {
        "backtest_us": 12, "backtest_eu": 32, "backtest_de": 100, "backtest_small": 1, "backtest_bac_ninh": 1,
    }  # fmt: skip
    assert len(panel(asked)) == sizes[name]


@pytest.mark.slow
def test_a_series_with_a_zero_is_left_out_of_a_panel_and_the_others_are_forecast(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    y = series.sample("elec_equip")
    table = pd.DataFrame({"good": y, "shut": y.where(y.index != "2009-01", 0.0)})
    table.rename_axis("month").to_csv(tmp_path / "levels.csv")
    text = SMALL.read_text(encoding="utf-8").replace("{sample: elec_equip}", "{levels: levels.csv}")
    (tmp_path / "b.yaml").write_text(text.replace("every: 4", "every: 24"), encoding="utf-8")
    assert main(["backtest", str(tmp_path / "b.yaml"), "--out", str(tmp_path)]) == DONE
    summary = json.loads((tmp_path / "backtest_small/summary.json").read_text(encoding="utf-8"))
    (left,) = summary["series"]["left_out"]
    assert left["series"] == "shut"
    assert left["reason"].startswith("0 in 2009-01 is not positive; an index level is above 0")
    assert set(pd.read_csv(tmp_path / "backtest_small/point_forecasts.csv")["series"]) == {"good"}
