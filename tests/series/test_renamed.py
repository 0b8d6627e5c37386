"""A series that ends where another of nearly its name begins: told by check, and no answer rests on its older part."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from forecast import figures, series
from forecast.cli import main
from forecast.tables import nearest_name

MONTHS = pd.period_range("2021-01", "2024-12", freq="M")
INDUSTRY = [97.5 + (7 * i) % 12 + 0.1 * i for i in range(len(MONTHS))]
QUESTION = """\
name: q
title: {en: Q, vi: Q}
paths: 300
horizon: 12
models: [noisy_walk]
target: {levels: x.csv, column: Industry}
"""


def _anew(folder: Path, newest: int, heads: str = "month,Industry (2020=100),Mining (2020=100)") -> Path:
    """Write two series, the heading of which is repeated with other names before the newest months."""
    lines = [f"{m},{v:.1f},{v + 6.6:.1f}" for m, v in zip(MONTHS, INDUSTRY, strict=True)]
    path = folder / "x.csv"
    path.write_text("\n".join(["month,Industry,Mining", *lines[:-newest], heads, *lines[-newest:]]) + "\n")
    return path


@pytest.mark.parametrize("newest", [1, 2, 6])
@pytest.mark.parametrize(
    "name", ["Industry (2020=100)", "Industries", "Industri", "Industry, new", "INDUSTRIE"]
)
def test_check_and_reading_say_where_a_series_goes_on(tmp_path: Path, newest: int, name: str) -> None:
    path = _anew(tmp_path, newest, f'month,"{name}",Mining')
    last, line = MONTHS[-newest - 1], len(MONTHS) - newest + 1
    said = f'Industry: ends in {last}, and "{name}" begins in {last + 1}; where they are one, put all months'
    _, odd = series.check_file(path)
    (told,) = [of for of in odd if of.kind == "renamed"]
    assert str(told).startswith(f"x.csv:{line}: {said}")
    assert (told.series, told.months, told.stops) == ("Industry", (str(last),), True)
    assert not [of for of in odd if of.kind == "stale"]
    assert any(note.startswith(said) for note in series.read(path, "Industry").attrs["notes"])
    for other in (series.read(path, "Mining"), series.read(path, "Industry", until=last)):
        assert other.attrs["renamed"] == ()


def test_a_misspelt_key_of_the_newest_record_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    records = [
        {"month": str(m), "Industry": v, "Mining": v + 1} for m, v in zip(MONTHS, INDUSTRY, strict=True)
    ]
    records[-1] = {"month": "2024-12", "Industri": 94.0, "Mining": 100.6}
    path.write_text(json.dumps(records))
    (told,) = [of for of in series.check_file(path)[1] if of.kind == "renamed"]
    assert 'Industry: ends in 2024-11, and "Industri" begins in 2024-12' in told.sentence


@pytest.mark.parametrize("name", ["Food", "strike", "Index"])
def test_another_name_over_its_own_column_is_told_whatever_it_is(tmp_path: Path, name: str) -> None:
    path = _anew(tmp_path, 2, f"month,{name},Mining")
    (told,) = [of for of in series.check_file(path)[1] if of.kind == "renamed"]
    assert (told.stops, told.months) == (True, ("2024-10",))
    said = f'ends in 2024-10, and its column goes on in 2024-11 as "{name}", by the heading at x.csv:48'
    assert said in told.sentence
    assert series.read(path, "Mining").attrs["renamed"] == ()
    path.write_text(path.read_text().replace(f"month,{name}", "month,Industry"))
    assert series.read(path, "Industry").to_list() == pytest.approx([round(v, 1) for v in INDUSTRY])


def test_another_series_that_begins_beside_is_no_other_name(tmp_path: Path) -> None:
    rows = [
        f"{m},{v:.1f},," if m < MONTHS[-2] else f"{m},,{v:.1f},x"
        for m, v in zip(MONTHS, INDUSTRY, strict=True)
    ]
    path = tmp_path / "x.csv"
    path.write_text("\n".join(["month,Industry,Food,remark", *rows]) + "\n")
    assert "renamed" not in [of.kind for of in series.check_file(path)[1]]


def test_a_heading_that_cuts_the_target_off_stops_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _anew(tmp_path, 5, "Date,Index,Mining")
    (tmp_path / "q.yaml").write_text(QUESTION)
    for command in ("check", "run"):
        assert main([command, "q.yaml"]) == 2
        assert (
            'Industry: ends in 2024-07, and its column goes on in 2024-08 as "Index"'
            in capsys.readouterr().err
        )


def test_a_series_that_begins_long_after_or_before_is_another(tmp_path: Path) -> None:
    text = _anew(tmp_path, 6).read_text().splitlines()
    for dropped in ([*text[:-9], *text[-7:]], [*text[:-11], *text[-7:]]):
        path = tmp_path / "y.csv"
        path.write_text("\n".join(dropped) + "\n")
        kinds = [of.kind for of in series.check_file(path)[1]]
        assert ("renamed" in kinds) == (len(dropped) == len(text) - 2)


def test_a_run_is_refused_until_it_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _anew(tmp_path, 1)
    config = tmp_path / "q.yaml"
    config.write_text(QUESTION)
    said = 'x.csv:48: Industry: ends in 2024-11, and "Industry (2020=100)" begins in 2024-12'
    for command in ("check", "run"):
        assert main([command, "q.yaml"]) == 2
        assert said in capsys.readouterr().err
    config.write_text(QUESTION + "as_of: 2024-11-30\n")
    assert main(["check", "q.yaml"]) == 0
    assert "ends in" not in capsys.readouterr().out
    config.write_text(QUESTION + "accept: [{period: 2024-11, reason: it was closed}]\n")
    assert main(["check", "q.yaml"]) == 0
    assert said in capsys.readouterr().out


def test_figures_under_another_name_are_told_and_stop_a_run() -> None:
    months = pd.period_range("2023-01", "2024-04", freq="M")
    rows = [
        ("here", "Industri" if i > 13 else "Industry", str(m), "yoy_pct", 2.5 + i % 5, str(m.end_time.date()))
        for i, m in enumerate(months)
    ]
    rows += [("here", "mining", *row[2:]) for row in rows]
    columns = ["region", "sector", "period", "measure", "value", "published"]
    read = figures.from_table(pd.DataFrame(rows, columns=columns), "a.csv")
    (told,) = figures.renamed(read)
    assert told.sentence.startswith("here Industry: ends in 2024-02, and here Industri begins in 2024-03")
    assert told in figures.check(read)
    assert not figures.renamed(read.as_of("2024-02-29"))


def test_names_of_one_series() -> None:
    assert nearest_name("C10", ["C11", "C12"]) is None
    assert nearest_name("Mining [B]", ["Manufacturing", "mining and quarrying"]) == "mining and quarrying"
    assert nearest_name("Công nghiệp (2015=100)", ["Cong nghiep, 2020=100"]) == "Cong nghiep, 2020=100"
    assert nearest_name("B", ["BC", "B10"]) is None
