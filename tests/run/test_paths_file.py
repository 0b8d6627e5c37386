"""From `paths.parquet` alone the printed rates, the gap and the month of return are made again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from pyarrow import parquet

import forecast as fc
from forecast import config, tables
from forecast.errors import DataError
from forecast.estimate import Estimate
from forecast.run import answered
from forecast.run.paths_file import of_paths

REPO = Path(__file__).parents[2]
TITLE = {"en": "X", "vi": "X"}
SMALL = {
    "title": TITLE,
    "horizon": 18,
    "paths": 300,
    "draws": 20,
    "seed": 5,
    "models": ["noisy_walk", "sarima_airline"],
}
LEVELS = {"target": {"sample": "elec_equip"}, "as_of": "2009-09", "normal": {"kind": "same_month"}}
FIGURES = {
    "target": {"figures": str(REPO / "configs/data/vietnam_published_figures.csv"), "region": "bac_ninh"},
    "as_of": "2024-05-20",
    "calendar": {"country": "VN", "holidays": ["tet"]},
}


@pytest.fixture(
    scope="module", params=[LEVELS, pytest.param(FIGURES, marks=pytest.mark.slow)], ids=["levels", "figures"]
)
def run(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[fc.Outcome, Estimate, Path]:
    outcome, found = answered(config.parse({"name": "small", **SMALL, **request.param}))
    file = tmp_path_factory.mktemp("run") / "paths.parquet"
    file.write_bytes(of_paths(found))
    return outcome, found, file


def test_the_file_is_refused_as_data(run: tuple[fc.Outcome, Estimate, Path]) -> None:
    with pytest.raises(DataError, match="holds the simulated paths of a report, which this program wrote"):
        tables.sheets(run[2])


def test_the_file_holds_two_years_and_normal_by_every_definition(
    run: tuple[fc.Outcome, Estimate, Path],
) -> None:
    outcome, found, file = run
    table = pd.read_parquet(file)
    assert list(table.columns[:4]) == ["kind", "model", "draw", "weight"]
    origin = list(table.columns).index(str(outcome.origin))
    assert origin == 4 + 23
    assert len(table.columns) - origin - 1 == found.paths.horizon
    definitions = [row.kind for row in outcome.normal.definitions]
    normal = table[table["kind"] == "normal"]
    assert list(dict.fromkeys(normal["model"])) == definitions
    assert len(normal) == len(definitions) * len(found.history.values)
    paths, normals = fc.read_paths(file)
    first = found.paths.past - 24
    assert_allclose(paths.values, found.paths.values[:, first:], rtol=1e-6)
    assert_allclose(paths.weights, found.paths.weights, rtol=1e-12)
    assert_array_equal(paths.draw, found.paths.draw)
    assert_array_equal(paths.model, found.paths.model)
    for kind in definitions:
        assert_allclose(normals[kind], found.normals[kind][:, first:], rtol=1e-6)


def test_texts_are_listed_once_and_levels_are_not(run: tuple[fc.Outcome, Estimate, Path]) -> None:
    columns = parquet.ParquetFile(run[2]).metadata.row_group(0)
    named = {(of := columns.column(j)).path_in_schema: of.encodings for j in range(columns.num_columns)}
    listed = {name for name, encodings in named.items() if "RLE_DICTIONARY" in encodings}
    assert listed == {"kind", "model"}


def test_rates_are_made_again(run: tuple[fc.Outcome, Estimate, Path]) -> None:
    _, found, file = run
    table = pd.read_parquet(file).query("kind == 'path'")
    for month in found.paths.future_months[:14]:
        at = (month - found.paths.origin).n - 1
        yoy = 100 * (table[str(month)] / table[str(month - 12)].astype(float) - 1)
        assert_allclose(yoy, found.paths.printed("yoy_pct")[:, at], atol=1e-4)
        if month.year == found.paths.origin.year + 1 or month.month == 12:
            year = [pd.Period(year=month.year, month=m, freq="M") for m in range(1, month.month + 1)]
            now, before = (table[[str(m - lag) for m in year]].sum(axis=1) for lag in (0, 12))
            assert_allclose(100 * (now / before - 1), found.paths.printed("ytd_yoy_pct")[:, at], atol=1e-4)


def test_gap_and_return_are_made_again(run: tuple[fc.Outcome, Estimate, Path]) -> None:
    outcome, found, file = run
    table = pd.read_parquet(file)
    months = list(table.columns[4:])
    now, window, hold = months.index(str(outcome.origin)), outcome.rule.window, outcome.rule.hold
    path = table[table["kind"] == "path"]
    level, weight, draw = path[months].to_numpy(float), path["weight"].to_numpy(), path["draw"].to_numpy()
    for row in outcome.normal.definitions:
        normal = table.query("kind == 'normal' and model == @row.kind")[months].to_numpy(float)
        gap = np.log(level) - np.log(normal)[draw]
        each = [gap[draw == k][0, now - window + 1 : now + 1].mean() for k in range(len(normal))]
        assert_allclose(100 * np.expm1(np.mean(each)), row.gap_pct, atol=1e-4)
        back = np.full(len(level), np.inf)
        for i, course in enumerate(gap):
            for t in range(found.plan.horizon, 1 - hold, -1):  # the earliest is kept
                runs = [course[now + t + j - window + 1 : now + t + j + 1].mean() for j in range(hold)]
                back[i] = t if min(runs) >= 0 else back[i]
        n = 1 / np.square(weight).sum()
        within = (n * weight[back <= 12].sum() + 0.5 * 12 / found.plan.horizon) / (n + 1)
        assert_allclose(within, row.recovery.p_within_12, atol=1e-9)
        already = n * weight[back <= 0].sum() / (n + 1)
        assert_allclose(already, row.recovery.p_already, atol=1e-9)
