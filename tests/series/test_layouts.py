"""Every number of a table is found again, however it is laid out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast import series
from tests.series.made import LAYOUTS, Facts, write

NAMES = ("Total", "Khai khoáng", "Manufacture of food, beverages", "Énergie", "Électricité et gaz")
LANGUAGES = (
    "en",
    "vi",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "ru",
    "pl",
    "hr",
    "tr",
    "id",
    "nl",
    "th",
    "ko",
    "ja",
    "ar",
    "el",
)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Draw what a file holds."""
    start = pd.Period(year=draw(st.integers(1990, 2022)), month=draw(st.integers(1, 12)), freq="M")
    months = pd.period_range(start, periods=draw(st.integers(7, 40)), freq="M")
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    missing = draw(st.sets(st.integers(1, len(months) - 2), max_size=3))
    values = {
        name: [
            None if i in missing else float(v)
            for i, v in enumerate(rng.uniform(60, 150, len(months)).round(2))
        ]
        for name in names
    }
    title = draw(
        st.sampled_from(
            [(), ("Index of industrial production, by sector",), ("Bảng 1. Chỉ số sản xuất", "2015 = 100")]
        )
    )
    return Facts(
        months,
        values,
        draw(st.sampled_from(LANGUAGES)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(["", "..", ":", "n.a.", "-"])),
        draw(st.sampled_from(["name", "iso", "slash", "T", "M", "day", "short"])),
        draw(st.sampled_from(["", "p", "(P)", "*"])),
        title,
        draw(st.sampled_from([(), ("Source: the office",)])),
    )


def found_again(made: Facts, layout: str, ending: str, separator: str, decimal: str) -> None:
    """Write a table, read it, and find every number, month and name."""
    rows = LAYOUTS[layout](made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a.{ending}")
        write(path, rows, made, decimal, separator)
        panel = series.read_panel(path)
    values = sum(v is not None for known in made.series.values() for v in known)
    account = panel.attrs["account"]
    assert account.startswith(
        f"{values + made.extra[0]:,} numbers: {values:,} values of {len(made.series)} series"
    )
    assert len(panel.attrs["left_out"]) > 0 or made.extra[0] == 0
    names = {name if len(made.series) > 1 else panel.columns[0]: name for name in made.series}
    assert set(panel.columns) == set(names)
    for column, name in names.items():
        known = pd.Series(made.series[name], index=made.months, dtype=float).dropna()
        pd.testing.assert_series_equal(
            panel[column].dropna(), known, check_names=False, check_freq=False, check_index_type=False
        )


@settings(deadline=None, max_examples=20, derandomize=True)
@given(facts(), st.sampled_from(sorted(LAYOUTS)), st.sampled_from(["csv;,", "csv,.", "csv\t.", "xlsx,."]))
def test_every_number_is_found_again(made: Facts, layout: str, form: str) -> None:
    found_again(made, layout, form[:-2], form[-2], form[-1])


@pytest.mark.slow
@settings(deadline=None, max_examples=3000)
@given(facts(), st.sampled_from(sorted(LAYOUTS)), st.sampled_from(["csv;,", "csv,.", "csv\t.", "xlsx,."]))
def test_every_number_is_found_again_at_length(made: Facts, layout: str, form: str) -> None:
    found_again(made, layout, form[:-2], form[-2], form[-1])
