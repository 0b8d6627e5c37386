"""The files for machines."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast import tables
from forecast.errors import DataError
from forecast.report import csvs
from tests.report import sample
from tests.report.test_numbers import everything, moved


@pytest.mark.parametrize("case", sample.EDGES)
def test_all_masses_of_recovery_csv_sum_to_one(case: str) -> None:
    outcome = sample.EDGES[case]()
    table = pd.read_csv(io.StringIO(csvs.recovery(outcome)))
    assert table.columns.tolist() == ["scenario", "month", "probability", "cumulative"]
    assert table["scenario"].unique().tolist() == list(outcome.recovery)
    for name, found in outcome.recovery.items():
        rows = table[table["scenario"] == name]
        assert rows["month"].iloc[0] == "already back"
        assert rows["month"].iloc[-1] == f"after {found.distribution[-1].month}"
        assert_allclose(rows["probability"].sum(), 1.0, atol=1e-8)
        assert_allclose(rows["probability"].cumsum(), rows["cumulative"], atol=1e-8)
        assert_allclose(rows["cumulative"].iloc[12], found.p_within_12, atol=1e-9)


@pytest.mark.parametrize("case", sample.EDGES)
def test_every_table_of_a_report_is_refused_as_data(case: str, tmp_path: Path) -> None:
    written = csvs.files(sample.EDGES[case]())
    assert "fan.csv" in written
    for name, text in written.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=rf"{name}: holds .* a report.*, which this program wrote"):
            tables.sheets(tmp_path / name)


def test_fan_csv_keeps_the_order_of_its_bands() -> None:
    outcome = sample.bac_ninh()
    table = pd.read_csv(io.StringIO(csvs.fan(outcome)))
    assert table["month"].tolist() == [str(row.month) for row in outcome.fan]
    assert_allclose(table["upper_90"], [row.upper_90 for row in outcome.fan], rtol=1e-9)
    ordered = ["lower_90", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_90"]
    assert (table[ordered].diff(axis=1).iloc[:, 1:] > 0).all(axis=None)


def test_next_releases_csv_holds_every_release_as_it_is() -> None:
    outcome = sample.what_if()
    table = pd.read_csv(io.StringIO(csvs.next_releases(outcome)))
    limits = ["lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90"]
    assert table.columns.tolist() == ["month", "measure", "median", *limits]
    rows = [(str(month), *rest) for month, *rest in map(astuple, outcome.next_releases)]
    assert [tuple(row) for row in table.itertuples(index=False)] == rows


def test_scenarios_csv_leaves_blank_what_is_not_known() -> None:
    outcome = sample.what_if()
    table = pd.read_csv(io.StringIO(csvs.scenarios(outcome))).set_index("scenario")
    assert table.index.tolist() == [row.name for row in outcome.scenarios]
    assert_allclose(table.loc["weak_orders", "months_below_gained"], 21.5 - 32.4)
    assert_allclose(table.loc["strong_exports", "growth_2025_pct"], 11.0)
    assert table.loc["weak_orders", "median_after"] == "2027-04"
    assert table.loc["weak_orders", ["median", "months_gained", "plausibility", "refused"]].isna().all()
    assert table.loc["boom"].drop("refused").isna().all()
    assert table.loc["boom", "refused"] == outcome.scenarios[4].refused


def test_where_nothing_slumps_the_next_slump_stands_for_the_return() -> None:
    outcome = sample.calm_what_if()
    told = outcome.onset
    assert told is not None
    assert list(csvs.files(outcome)) == ["fan.csv", "onset.csv", "scenarios.csv"]
    table = pd.read_csv(io.StringIO(csvs.onset(outcome)))
    assert table.columns.tolist() == ["scenario", "month", "cumulative"]
    for name, by in told.cumulative.items():
        rows = table[table["scenario"] == name]
        assert rows["month"].tolist() == [str(outcome.origin + h) for h in range(1, outcome.horizon + 1)]
        assert_allclose(rows["cumulative"], by, rtol=1e-9)
    compared = pd.read_csv(io.StringIO(csvs.scenarios(outcome))).set_index("scenario")
    assert compared.columns[0] == "onset_within_12"
    assert not compared.columns.isin(csvs.COMPARED).any()
    assert_allclose(compared.loc["weak_orders", "onset_within_12"], told.within(12, "weak_orders"), rtol=1e-9)
    assert compared.loc["boom"].drop("refused").isna().all()
    short = replace(outcome, onset=None)
    assert list(csvs.files(short)) == ["fan.csv", "scenarios.csv"]
    assert pd.read_csv(io.StringIO(csvs.scenarios(short))).columns[1].startswith("growth_")


def test_an_outcome_without_scenarios_and_releases_has_no_such_tables() -> None:
    assert list(csvs.files(sample.bac_ninh())) == ["fan.csv", "recovery.csv"]
    assert list(csvs.files(sample.releases_alone())) == ["fan.csv", "recovery.csv", "next_releases.csv"]


def plain(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_every_cell_is_that_of_report_json_to_ten_digits() -> None:
    outcome = moved(everything())[0]
    report = json.loads(outcome.to_json())
    fan_rows = [[row["month"], *(f"{row[k]:.10g}" for k in row if k != "month")] for row in report["fan"]]
    head = ["month", "median", *(f"{end}_{share}" for share in (50, 80, 90) for end in ("lower", "upper"))]
    assert plain(csvs.fan(outcome)) == [head, *fan_rows]
    rows = [["scenario", "month", "probability", "cumulative"]]
    for name, of in report["recovery"].items():
        already, after = f"{of['p_already_back']:.10g}", f"{of['p_not_within_horizon']:.10g}"
        rows.append([name, "already back", already, already])
        rows += [
            [name, m["month"], f"{m['probability']:.10g}", f"{m['cumulative']:.10g}"]
            for m in of["distribution"]
        ]
        rows.append([name, f"after {of['distribution'][-1]['month']}", after, "1"])
    assert plain(csvs.recovery(outcome)) == rows
    soon = [[r["month"], r["measure"], *(f"{r[k]:.10g}" for k in head[1:])] for r in report["next_releases"]]
    assert plain(csvs.next_releases(outcome)) == [["month", "measure", *head[1:]], *soon]
    years = sorted({year for row in report["scenarios"] for year in row["annual_growth"]})
    names = ["median", "median_after", "p_within_12", "months_gained", "months_below", "months_below_gained"]

    def cell(value: Any) -> str:
        return "" if value is None else value if isinstance(value, str) else f"{value:.10g}"

    told = [
        [r["name"], *(cell(r[n]) for n in names), *(cell(r["annual_growth"].get(y)) for y in years),
         cell(r["plausibility"]), cell(r["refused"])]
        for r in report["scenarios"]
    ]  # fmt: skip
    heads = ["scenario", *names, *(f"growth_{year}_pct" for year in years), "plausibility", "refused"]
    assert plain(csvs.scenarios(outcome)) == [heads, *told]
