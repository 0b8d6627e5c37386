"""The README's Python part runs as written, and agrees with statsmodels."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import matplotlib.figure
import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.series import sample

REPO = Path(__file__).parents[1]
README = (REPO / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the lines leave behind, run in a folder beside the configs."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "configs").symlink_to(REPO / "configs")
    (block,) = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        exec(compile(block, "README.md", "exec"), names)
        names["written"] = [file.resolve() for file in names["files"]]
    return names


@pytest.mark.slow
@pytest.mark.documentation
def test_a_newcomer_gets_an_answer_a_picture_a_table_and_a_report(done: dict[str, Any]) -> None:
    assert isinstance(done["outcome"], fc.Outcome)
    assert str(done["outcome"].origin) == "2009-12"
    assert isinstance(done["figure"], matplotlib.figure.Figure)
    assert len(done["table"]) == 24
    assert {"report.en.pdf", "report.vi.html", "report.json"} <= {file.name for file in done["written"]}
    assert all(file.is_file() for file in done["written"])


@pytest.mark.slow
@pytest.mark.documentation
def test_a_newcomer_gets_a_record(done: dict[str, Any]) -> None:
    record = done["record"]
    assert {"pool", "random_walk_drift_block"} <= set(record.index)
    assert (record["crps"] > 0).all()


@pytest.mark.slow
@pytest.mark.documentation
def test_our_model_is_that_of_statsmodels(done: dict[str, Any]) -> None:
    ours, theirs = done["ours"], done["theirs"]
    forecast = ours.forecast(12)["median"]
    assert_allclose(forecast, np.exp(theirs.forecast(12)), rtol=1e-3)
    assert list(forecast.index) == list(theirs.forecast(12).index)
    assert_allclose(ours.params, theirs.params[:2], atol=0.01)


def test_the_file_is_the_sample_that_a_library_ships() -> None:
    y = pd.read_csv(REPO / "configs/data/elec_equip.csv", index_col="month")["turnover"]
    pd.testing.assert_series_equal(fc.monthly(y), sample("elec_equip"), check_names=False)


def test_the_readme_says_what_opens_the_notebooks() -> None:
    for text in (README, (REPO / "docs/how_to/python.md").read_text(encoding="utf-8")):
        assert "jupyterlab" in text
