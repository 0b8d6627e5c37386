"""A question's folder holds answers to it alone: another series is refused, another normal not compared."""

from __future__ import annotations

import importlib
import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from forecast import config, figures
from forecast.checksums import Sums, seal
from forecast.errors import ConfigError
from forecast.estimate import FigureData, LevelData
from forecast.outcome import Outcome
from forecast.outcome.answer import HistoryMonth
from forecast.outcome.figures_used import LatestFigure
from forecast.run import snapshots
from forecast.run.earlier import asked, earlier
from forecast.run.folder import replace_bytes
from tests.report import sample

MONTHS = pd.period_range("2018-01", "2024-04", freq="M")


def level(seed: int) -> pd.Series:
    """A level with a season that all of them share and noise that they do not."""
    noise = 0.01 * np.random.default_rng(seed).standard_normal(len(MONTHS))
    return pd.Series(100 * np.exp(0.05 * np.sin(2 * np.pi * MONTHS.month / 12) + noise), MONTHS)


def data(y: pd.Series) -> LevelData:
    return LevelData(y, "toy", y.index[-1].end_time.normalize())


def question(more: str = "") -> config.Question:
    return config.parse(
        {"name": "toy", "title": "Toy", "target": {"levels": "x"}, **config_of(more)}, level(1).to_frame()
    )


def config_of(more: str) -> dict[str, Any]:
    return {"normal": {"kind": "trend"}} if more else {}


def kept(reports: Path, y: pd.Series, more: str = "", horizon: int = 36) -> Outcome:
    """A report of a level and its row of the history, as a run leaves them."""
    history = tuple(
        HistoryMonth(month, value, value, value, value, "published") for month, value in y.items()
    )
    day = str(y.index[-1].end_time.date())
    answer = sample.recovery(lambda h: 0.01 * h, horizon=horizon, origin=str(y.index[-1]))
    outcome = replace(
        sample.with_recovery(answer), as_of=day, origin=y.index[-1], unit="levels", history=history, figures=(),
        latest=(), horizon=horizon,
    )  # fmt: skip
    (reports / day).mkdir(parents=True)
    (reports / day / "report.json").write_text(outcome.to_json(), encoding="utf-8")
    replace_bytes(reports / snapshots.FILE, snapshots.kept(reports, outcome, asked(question(more))))
    return outcome


def test_a_report_on_another_series_with_the_same_season_stops_a_run(tmp_path: Path) -> None:
    kept(tmp_path, level(1)[:-1])
    with pytest.raises(
        ConfigError, match=r"2024-03-31: is a report on another series \(growth of 74 months.*move"
    ):
        earlier(question(), data(level(2)), tmp_path, "2024-04-30")


def test_a_copy_beside_the_reports_is_not_looked_at(tmp_path: Path) -> None:
    kept(tmp_path, level(1)[:-1])
    kept(tmp_path / "other", level(2)[:-1])
    (tmp_path / "other/2024-03-31").rename(tmp_path / "2024-03-31 copy")
    assert len(earlier(question(), data(level(1)), tmp_path, "2024-04-30").every) == 1


def test_the_same_series_revised_and_on_another_base_is_the_same(tmp_path: Path) -> None:
    kept(tmp_path, level(1)[:-1])
    revised = level(1) / 1.5
    revised.iloc[-24:] *= 1 + 0.01 * np.random.default_rng(3).standard_normal(24)
    before = earlier(question(), data(revised), tmp_path, "2024-04-30")
    assert (len(before.every), before.asked_so, before.findings) == (1, before.every, ())


def test_a_noisier_series_is_another_whichever_of_the_two_came_first(tmp_path: Path) -> None:
    """Its own noise must not widen what is let pass: then the right one would be kept out of its own folder."""
    noise = 0.05 * np.random.default_rng(5).standard_normal(len(MONTHS))
    calm = pd.Series(100 * np.exp(np.cumsum(np.full(len(MONTHS), 0.002) + 0.1 * noise)), MONTHS)
    wild = calm * np.exp(noise - noise.mean())
    for name, first, second in (("calm", calm, wild), ("wild", wild, calm)):
        kept(tmp_path / name, first[:-1])
        with pytest.raises(ConfigError, match="is a report on another series"):
            earlier(question(), data(second), tmp_path / name, "2024-04-30")


def test_an_adjusted_level_may_be_revised_in_most_months(tmp_path: Path) -> None:
    """Growth is revised by two thirds of its usual size: the same series where it is declared adjusted."""
    growth, noise = (0.01 * np.random.default_rng(seed).standard_normal(len(MONTHS)) for seed in (1, 2))
    first, revised, other = (
        pd.Series(100 * np.exp(np.cumsum(of)), MONTHS) for of in (growth, growth + 2 / 3 * noise, noise)
    )
    kept(tmp_path, first[:-1])
    target = {"levels": "x", "seasonally_adjusted": True}
    adjusted = config.parse({"name": "toy", "title": "Toy", "target": target}, first.to_frame())
    assert len(earlier(adjusted, data(revised), tmp_path, "2024-04-30").every) == 1
    for asked_of, y in ((question(), revised), (adjusted, other)):
        with pytest.raises(ConfigError, match="is a report on another series"):
            earlier(asked_of, data(y), tmp_path, "2024-04-30")


def test_the_latest_report_is_compared_or_said_not_to_be_and_another_series_is_seen_behind_it(
    tmp_path: Path,
) -> None:
    kept(tmp_path, level(1)[:-2])
    kept(tmp_path, level(1)[:-1])
    day = tmp_path / "2024-03-31"
    whole = (day / "report.json").read_text("utf-8")
    seal(day)
    for name, make, said in (
        ("report.json", os.mkfifo, "is a device or pipe"),
        (
            "report.json",
            lambda _: None,
            "its report.json is missing; run the question again with --as-of 2024-03-31",
        ),
        ("SHA256SUMS", os.mkfifo, "SHA256SUMS: is a device or pipe"),
        ("SHA256SUMS", lambda _: None, "SHA256SUMS: is not there, and version 1.0.0 writes it"),
    ):
        for file, content in (("SHA256SUMS", ""), ("report.json", whole.replace('"0.1.0"', '"1.0.0"'))):
            (day / file).unlink(missing_ok=True)
            (day / file).write_text(content, "utf-8")
        seal(day)
        (day / name).unlink()
        make(day / name)
        every = earlier(question(), data(level(1)), tmp_path, "2024-04-30").findings
        (told,) = (
            line for line in every if "is of another run" not in str(line)
        )  # of the version of the row
        assert f"{tmp_path.name}/2024-03-31: the report was not compared with: " in str(told)
        assert said in str(told)
        with pytest.raises(ConfigError, match="2024-02-29: is a report on another series"):
            earlier(question(), data(level(2)), tmp_path, "2024-04-30")


def test_another_normal_is_not_compared_and_that_is_told(tmp_path: Path) -> None:
    kept(tmp_path, level(1)[:-2])
    kept(tmp_path, level(1)[:-1], "trend")
    before = earlier(question(), data(level(1)), tmp_path, "2024-04-30")
    assert [one.as_of for one in before.every] == ["2024-02-29", "2024-03-31"]
    assert [one.as_of for one in before.asked_so] == ["2024-02-29"]
    (told,) = before.findings
    assert str(told).endswith(
        "history.parquet: 1 of 2 earlier reports asked for another normal, slump, rule, horizon or target: not compared"
    )


def test_an_answer_over_another_horizon_is_not_compared_and_that_is_told(tmp_path: Path) -> None:
    kept(tmp_path, level(1)[:-3])
    kept(tmp_path, level(1)[:-2], horizon=24)
    kept(tmp_path, level(1)[:-1])
    before = earlier(question(), data(level(1)), tmp_path, "2024-04-30")
    assert [one.as_of for one in before.asked_so] == ["2024-01-31", "2024-03-31"]
    (told,) = before.findings
    assert "1 of 3 earlier reports asked for another" in str(told)


def test_a_report_that_the_history_has_lost_is_told_until_it_is_made_again(tmp_path: Path) -> None:
    reports = tmp_path / "toy"
    kept(reports, level(1)[:-4])
    restored = (reports / snapshots.FILE).read_bytes()
    kept(reports, level(1)[:-3])
    kept(reports, level(1)[:-2])
    for history, what in (
        (restored, "2024-02-29 and of 1 before it"),
        (None, "2024-02-29 and of 2 before it"),
    ):
        if history is None:
            (reports / snapshots.FILE).unlink()
        else:
            (reports / snapshots.FILE).write_bytes(history)
        (told,) = earlier(question(), data(level(1)), reports, "2024-04-30").findings
        assert str(told) == (
            f"toy/history.parquet: has no row of the report of {what}: not compared; run the question again with "
            "--as-of and that day, or move that folder away"
        )
    for left_out in (4, 3, 2):
        y = level(1)[:-left_out]
        shutil.rmtree(reports / str(y.index[-1].end_time.date()))
        kept(reports, y)
    assert earlier(question(), data(level(1)), reports, "2024-04-30").findings == ()


def test_a_row_of_another_run_than_the_report_beside_it_is_told_until_it_is_made_again(
    tmp_path: Path,
) -> None:
    reports, place = tmp_path / "toy", tmp_path / "toy/2024-03-31"
    kept(reports, level(1)[:-3])
    kept(reports, level(1)[:-2])
    first = kept(reports, level(1)[:-1])
    assert earlier(question(), data(level(1)), reports, "2024-04-30").findings == ()
    shutil.copytree(place, tmp_path / "old report")
    shutil.copy(reports / snapshots.FILE, tmp_path / "old history")
    versions = {**first.stamp.versions, "iip-forecast": "0.2.0"}
    for other in (
        {"seed": 9},
        {"config_sha256": "f" * 64},
        {"data_sha256": "f" * 64},
        {"versions": versions},
    ):
        again = replace(first, stamp=replace(first.stamp, **other))
        (place / "report.json").write_text(again.to_json(), encoding="utf-8")
        replace_bytes(reports / snapshots.FILE, snapshots.kept(reports, again, asked(question())))
        assert earlier(question(), data(level(1)), reports, "2024-04-30").findings == ()
        shutil.copy(tmp_path / "old history", reports / snapshots.FILE)
        (told,) = earlier(question(), data(level(1)), reports, "2024-04-30").findings
        assert str(told).startswith(
            "toy/history.parquet: its row of the report of 2024-03-31 is of another run"
        )
        replace_bytes(reports / snapshots.FILE, snapshots.kept(reports, again, asked(question())))
        shutil.copy(tmp_path / "old report/report.json", place / "report.json")
        (told,) = earlier(question(), data(level(1)), reports, "2024-04-30").findings
        assert str(told).endswith("run the question again with --as-of and that day")


def test_a_run_that_ends_while_history_and_reports_are_read_is_seen_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report is in its place, its row follows, as one that a run for another day leaves for a moment."""
    outcome = kept(tmp_path, level(1)[:-1])
    again = replace(outcome, stamp=replace(outcome.stamp, seed=9))
    (tmp_path / "2024-03-31/report.json").write_text(again.to_json(), encoding="utf-8")
    real, reads = snapshots.earlier, list[int]()

    def read(reports: Path, day: str) -> tuple[snapshots.Told, ...]:
        reads.append(1)
        rows = real(reports, day)
        replace_bytes(reports / snapshots.FILE, snapshots.kept(reports, again, asked(question())))
        return rows

    monkeypatch.setattr(snapshots, "earlier", read)
    assert earlier(question(), data(level(1)), tmp_path, "2024-04-30").findings == ()
    assert len(reads) == 2


def test_a_report_that_another_replaces_as_it_is_read_is_not_called_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, fresh = tmp_path / "2024-03-31", tmp_path / "fresh"
    outcome = kept(tmp_path, level(1)[:-1])
    seal(place)
    shutil.copytree(place, fresh)
    again = replace(outcome, stamp=replace(outcome.stamp, seed=9))
    (fresh / "report.json").write_text(again.to_json(), encoding="utf-8")
    seal(fresh)
    module = importlib.import_module("forecast.run.earlier")
    real = module.sums

    def read(folder: Path, mend: str) -> Sums:
        known = real(folder, mend)
        if fresh.exists():
            shutil.rmtree(place)
            fresh.rename(place)
        return known

    monkeypatch.setattr(module, "sums", read)
    assert module.outcome_in(place / "report.json") == again


def test_a_history_of_before_questions_were_kept_is_compared_whole(tmp_path: Path) -> None:
    kept(tmp_path, level(1)[:-1])
    file = tmp_path / snapshots.FILE
    pd.read_parquet(file).drop(columns=[snapshots.ASKED]).to_parquet(file)
    assert len(earlier(question(), data(level(1)), tmp_path, "2024-04-30").asked_so) == 1


def test_months_that_an_earlier_report_knew_and_the_data_lack_are_told(tmp_path: Path) -> None:
    kept(tmp_path, level(1))
    old = LevelData(level(1)[:-4], "toy", pd.Timestamp("2024-05-31"))
    (told,) = earlier(question(), old, tmp_path, "2024-05-31").findings
    assert "2024-04 was known to the report of 2024-04-30, and now 2023-12 is the last month" in told.sentence


def test_another_region_of_the_same_file_stops_a_run(tmp_path: Path) -> None:
    told = sample.bac_ninh()
    of = next(row for row in told.figures if len(row.published) == len("2024-03-31"))
    newest = LatestFigure(of.measure, of.period, of.value, of.published)
    outcome = replace(told, as_of="2024-03-31", latest=(newest,))
    (tmp_path / "2024-03-31").mkdir()
    (tmp_path / "2024-03-31/report.json").write_text(outcome.to_json(), encoding="utf-8")
    other = cast(Any, SimpleNamespace(as_of=lambda _: SimpleNamespace(origin=lambda *_: MONTHS[-1])))
    with pytest.raises(ConfigError, match=r"is a report on another series \(bac_ninh .*, not hanoi total\)"):
        earlier(
            question(),
            FigureData(other, ("hanoi", "total"), (), pd.Timestamp("2024-04-30")),
            tmp_path,
            "2024-04-30",
        )


def test_figures_overwritten_since_the_report_before_are_told(tmp_path: Path) -> None:
    told = sample.bac_ninh()
    of = next(row for row in told.figures if len(row.published) == len("2024-03-31"))
    (tmp_path / told.as_of).mkdir()
    (tmp_path / told.as_of / "report.json").write_text(told.to_json(), encoding="utf-8")
    table = pd.DataFrame(
        {
            "region": of.region, "sector": of.sector, "period": [of.period], "measure": of.measure,
            "published": pd.Timestamp(of.published),
        }
    )  # fmt: skip
    for value, n in ((of.value, 0), (of.value + 0.5, 1)):
        read = figures.from_table(table.assign(value=value))
        data = FigureData(read, (of.region, of.sector), (), pd.Timestamp("2030-01-31"))
        every = earlier(question(), data, tmp_path, "2030-01-31").findings
        found = [line for line in every if "has no row" not in str(line)]
        assert len(found) == n
        assert all(f"(now {value:g}), and 1 in all, are not as the report of" in str(line) for line in found)
        assert earlier(question(), data, tmp_path, told.as_of).findings == ()  # its own day is made anew


def test_a_report_before_that_was_changed_is_not_compared_with_and_that_is_told(tmp_path: Path) -> None:
    y = level(1)
    kept(tmp_path / "toy", y[:-1])
    day = tmp_path / "toy" / str(y.index[-2].end_time.date())
    seal(day)
    assert earlier(question(), data(y), tmp_path / "toy", "2024-04-30").findings == ()
    file = day / "report.json"
    file.write_text(file.read_text("utf-8").replace('"horizon": 36', '"horizon": 35'), "utf-8")
    (told,) = earlier(question(), data(y), tmp_path / "toy", "2024-04-30").findings
    assert str(told).startswith("toy/2024-03-31: the report was not compared with: has been changed since")
    assert str(told).endswith("make it again with the command in its manifest.json, or move it away")
    assert earlier(question(), data(y), tmp_path / "toy", "2024-03-31").findings == ()
