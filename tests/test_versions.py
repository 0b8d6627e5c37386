"""Files of every version so far open, and those of a later one say how to go on."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from forecast.answers.record import learned, shipped
from forecast.backtest.earlier import known_again
from forecast.errors import ConfigError, DataError
from forecast.outcome import Outcome
from forecast.outcome.text import SCHEMA_VERSION
from forecast.run import snapshots
from forecast.run.folder import replace_bytes
from forecast.run.score import score
from forecast.vintages import Store
from tests.report import sample

KEPT = Path(__file__).parent / "fixtures" / "versions"
VERSIONS = [f"v{number}" for number in range(SCHEMA_VERSION + 1)]
REPORT = Path("reports/bac_ninh/2024-05-20")
POOL = ("autoregression", "noisy_walk", "panel_autoregression")
LATER = SCHEMA_VERSION + 1


def test_one_of_each_version_is_kept() -> None:
    assert sorted(path.name for path in KEPT.glob("v*")) == sorted(VERSIONS)
    for number, version in enumerate(VERSIONS):
        files = [KEPT / version / REPORT / "report.json", KEPT / version / "learned.json"]
        said = [json.loads(file.read_text("utf-8")).get("schema_version", 0) for file in files]
        assert said == [number, number]


def test_a_report_is_headed_by_its_version() -> None:
    assert sample.usual().to_json().startswith(f'{{\n "schema_version": {SCHEMA_VERSION},\n "name"')


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_report_opens(version: str) -> None:
    kept = (KEPT / version / REPORT / "report.json").read_text("utf-8")
    outcome = Outcome.from_json(kept)
    (found,) = outcome.recovery.values()
    assert (str(outcome.origin), outcome.horizon, len(outcome.figures)) == ("2024-04", 36, 3)
    assert (str(found.median), found.p_within_12) == ("2025-11", 0.44)
    assert outcome.next_releases[1].median == 24.0
    again = json.loads(outcome.to_json())
    came_since = {"findings": [], "without": None, "needed": [], "measure": None}
    before = json.loads(kept)
    for answer in before["recovery"].values():
        answer["p_within_12_error"] = None
    assert again == {**came_since, **before, "schema_version": SCHEMA_VERSION}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_history_opens_and_goes_on(version: str, tmp_path: Path) -> None:
    shutil.copy(KEPT / version / REPORT.parent / snapshots.FILE, tmp_path)
    (row,) = snapshots.earlier(tmp_path, "2024-06-01")
    said = row.answer
    assert (said.as_of, str(said.origin), str(said.median), said.p_within_12) == (
        "2024-05-20",
        "2024-04",
        "2025-11",
        0.44,
    )
    replace_bytes(tmp_path / snapshots.FILE, snapshots.kept(tmp_path, sample.electrical()))
    assert pd.read_parquet(tmp_path / snapshots.FILE).attrs == {"schema_version": SCHEMA_VERSION}
    assert snapshots.earlier(tmp_path, "2024-06-01")[-1].answer == said


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_backtest_learned_opens(version: str) -> None:
    (record,) = shipped(POOL, KEPT / version)
    assert (record.panel, record.skill_interval_pct, record.reliability[0].observed) == (
        "toy",
        (-2.5, 30.0),
        0.5,
    )
    months, ended = known_again(learned(KEPT / version / "learned.json"), pd.Timestamp("2021-01-31"))
    assert (months.tolist(), ended.tolist()) == ([17], [True])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_release_is_scored_against_an_earlier_report(version: str, tmp_path: Path) -> None:
    release = tmp_path / "release.csv"
    release.write_text(
        "region,sector,period,measure,value,published,source\nbac_ninh,total,2024-05,yoy_pct,25,2024-06-10,\n"
    )
    line, inside = score(release, KEPT / version / "reports")
    assert "2024-05: +25, forecast +24.0 (80 %: +12.0 to +37.0) as of 2024-05-20" in line
    assert inside == "1 of 1 figures inside their 80 % intervals"


@pytest.mark.parametrize("version", VERSIONS)
def test_an_earlier_store_opens_and_goes_on(version: str, tmp_path: Path) -> None:
    file = tmp_path / "store.duckdb"
    file.write_bytes(gzip.decompress((KEPT / version / "store.duckdb.gz").read_bytes()))
    store = Store(file)
    known = store.level("iip", "2023-06-01")
    assert known.tolist() == [100.0, 101.5, 99.25]
    store.add(known * 2.0, "2023-06-15")
    assert store.level("iip", "2023-06-30").tolist() == [200.0, 203.0, 198.5]
    assert store.level("iip", "2023-06-01").tolist() == [100.0, 101.5, 99.25]


def test_a_later_version_says_how_to_go_on(tmp_path: Path) -> None:
    upgrade = rf"later version .*schema_version {LATER}.*reads up to {SCHEMA_VERSION}.*pip install --upgrade"
    content = {**json.loads(sample.usual().to_json()), "schema_version": LATER}
    with pytest.raises(ConfigError, match=rf"^report\.json: .*{upgrade}"):
        Outcome.from_json(json.dumps(content))

    replace_bytes(tmp_path / snapshots.FILE, snapshots.kept(tmp_path, sample.usual()))
    table = pd.read_parquet(tmp_path / snapshots.FILE)
    table.attrs["schema_version"] = LATER
    table.to_parquet(tmp_path / snapshots.FILE)
    before = (tmp_path / snapshots.FILE).read_bytes()
    with pytest.raises(ConfigError, match=rf"history\.parquet: .*{upgrade}"):
        snapshots.kept(tmp_path, sample.usual())
    assert (tmp_path / snapshots.FILE).read_bytes() == before

    (tmp_path / "learned.json").write_text(json.dumps({"schema_version": LATER}))
    with pytest.raises(ConfigError, match=rf"learned\.json: .*{upgrade}"):
        shipped(POOL, tmp_path)

    made = tmp_path / REPORT
    shutil.copytree(KEPT / VERSIONS[-1] / REPORT, made)
    (made / "report.json").write_text(json.dumps(content))
    (tmp_path / "release.csv").write_text("region,sector,period,measure,value,published,source\n")
    with pytest.raises(DataError, match=rf"report\.json: .*{upgrade}"):
        score(tmp_path / "release.csv", tmp_path / "reports")


def test_a_later_store_says_how_to_go_on(tmp_path: Path) -> None:
    file = tmp_path / "store.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE about AS SELECT 99 AS format")
    with pytest.raises(DataError, match=r"later version .*store format 99.*pip install --upgrade"):
        Store(file).as_of("2024-01-01")


def test_a_field_that_came_later_takes_its_default_and_one_without_is_told() -> None:
    content = json.loads(sample.usual().to_json())
    without = {key: value for key, value in content.items() if key != "adjustment"}
    assert Outcome.from_json(json.dumps(without)).adjustment is None
    del without["origin"]
    with pytest.raises(
        ConfigError, match=re.escape("report.json: origin is missing, which this version needs")
    ):
        Outcome.from_json(json.dumps(without))
