"""The shipped reports are what the program gives: every value under every key of `report.json`, made again whole.

Keys may move once, by the table in CHANGELOG; values may not, but for the rounding of another processor.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from forecast.run import Options, answer

REPO = Path(__file__).parents[2]
MADE = {"versions": {}, "command": ""}
"""What a report says of the machine and the command line that made it."""

REPORTS = sorted(path.parent for path in REPO.glob("reports/*/*/report.json"))
MOVED = re.compile(r"^\| `report\.json` \| `([\w.]+)` \| `([\w.]+)` \|$", re.MULTILINE)


ROUNDING = 1e-6
"""Part of a number by which another processor's may differ. Seen between two: 4e-8, of a probability 1e-9."""


def apart(one: object, other: object, place: str = "") -> list[str]:
    """Name the places in which two reports differ by more than rounding."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [found for key in one for found in apart(one[key], other[key], f"{place}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            found
            for i, pair in enumerate(zip(one, other, strict=True))
            for found in apart(*pair, f"{place}.{i}")
        ]
    numbers = isinstance(one, float) and isinstance(other, float)
    same = math.isclose(one, other, rel_tol=ROUNDING, abs_tol=ROUNDING) if numbers else one == other
    return [] if same else [f"{place}: {one!r} is not {other!r}"]


def moved(content: dict[str, Any], table: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a report with its keys where a later version has them; a path of keys is written with dots."""
    content = json.loads(json.dumps(content))
    for before, after in table:
        at, (*way, last) = content, before.split(".")
        for key in way:
            at = at[key]
        value = at.pop(last)
        at, (*way, last) = content, after.split(".")
        for key in way:
            at = at.setdefault(key, {})
        at[last] = value
    return content


def test_reports_differ_by_more_than_rounding_where_a_value_a_key_or_a_row_does() -> None:
    report = {"p": 0.25, "rows": [{"month": "2024-05", "level": 80.0}]}
    assert apart(report, {"p": 0.25 + 1e-7, "rows": [{"month": "2024-05", "level": 80.00001}]}) == []
    assert apart(report, {"p": 0.26, "rows": [{"month": "2024-06", "level": 80.0}]}) == [
        ".p: 0.25 is not 0.26", ".rows.0.month: '2024-05' is not '2024-06'",
    ]  # fmt: skip
    assert len(apart(report, {"p": 0.25, "rows": []})) == len(apart(report, {"p": 0.25})) == 1


def test_keys_move_by_a_table() -> None:
    lines = "| `report.json` | `rule.hold` | `judged.by.hold` |\n| `other.csv` | `a` | `b` |\n"
    table = MOVED.findall(lines)
    assert table == [("rule.hold", "judged.by.hold")]
    content = {"rule": {"hold": 3, "window": 2}}
    assert moved(content, table) == {"rule": {"window": 2}, "judged": {"by": {"hold": 3}}}
    assert moved(content, []) == content


@pytest.mark.slow
@pytest.mark.parametrize("folder", REPORTS, ids=lambda folder: folder.parent.name)
def test_a_shipped_report_is_made_again_to_the_digit(folder: Path, tmp_path: Path) -> None:
    name = folder.parent.name
    shipped = json.loads((folder / "report.json").read_text("utf-8"))
    if (history := folder.parent / "history.parquet").exists():
        (tmp_path / name).mkdir()
        (tmp_path / name / history.name).write_bytes(history.read_bytes())
    options = Options(out=tmp_path, languages=("en",), show_outcome=shipped["outcome"] is not None)
    _, made = answer(REPO / "configs" / f"{name}.yaml", options)
    again = json.loads((made / "report.json").read_text("utf-8"))
    table = MOVED.findall((REPO / "CHANGELOG.md").read_text("utf-8"))
    expected = moved(shipped, table)
    for report in (again, expected):
        report["stamp"] |= MADE
    assert apart(again, expected) == []
