"""Rows of "***" or "-----" alone within a table of levels are rules: no series, no heading and no error."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series

NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LEVELS = [round(97.3 + (5 * i) % 13 + 0.1 * i, 1) for i in range(48)]
YEARS = [f"{2020 + k};" + ";".join(map(str, LEVELS[12 * k : 12 * k + 12])) for k in range(4)]
HEADER = "Year;" + ";".join(NAMES)


def put(folder: Path, rows: list[str]) -> Path:
    file = folder / "x.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("rule", ["***", "-----", "====", "* * *", "—————"])
@pytest.mark.parametrize("cells", [1, 13])
def test_a_rule_among_years_is_passed_over_and_told(tmp_path: Path, rule: str, cells: int) -> None:
    drawn = ";".join([rule] * cells)
    got = series.read_panel(put(tmp_path, [HEADER, drawn, *YEARS[:2], drawn, *YEARS[2:], drawn]))
    assert got.shape == (48, 1)
    assert got.iloc[:, 0].to_list() == LEVELS
    assert f'line 2 "{rule}" and 2 more like it were taken as rules between rows' in got.attrs["notes"]


@pytest.mark.parametrize("rule", ["***", "_____"])
def test_a_rule_between_sections_names_none(tmp_path: Path, rule: str) -> None:
    rows = [HEADER, "Mining", *YEARS[:2], rule, *YEARS[2:], rule, "Water", *YEARS]
    got = series.read_panel(put(tmp_path, rows))
    assert [name.split()[0] for name in got] == ["Mining", "Water"]
    assert [got[name].to_list() for name in got] == [LEVELS, LEVELS]


@pytest.mark.parametrize("rule", ["***;***", "====;===="])
def test_a_rule_among_months_is_no_heading(tmp_path: Path, rule: str) -> None:
    months = [f"{2020 + i // 12}-{i % 12 + 1:02d};{v}" for i, v in enumerate(LEVELS)]
    assert series.read(put(tmp_path, ["Month;IIP", *months[:12], rule, *months[12:]])).to_list() == LEVELS
