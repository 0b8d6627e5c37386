"""A folder of reports made without a run: paths, normal and sectors, and what a report says of them."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

from forecast.run.paths_file import files
from forecast.what_if import Grounds
from tests.test_needed import GROUNDS, PAST, split

CONFIG = """\
name: made # of nothing
title: {en: Made, vi: Made}
target: {sample: elec_equip}
as_of: 2009-09
scenarios: # compared
  - {name: baseline}
"""
DAY = "2024-05-20"


def report_in(folder: Path, grounds: Grounds = GROUNDS) -> Path:
    """Write a report under `reports` of a folder and return its config."""
    config = folder / "made.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    day = folder / "reports" / "made" / DAY
    day.mkdir(parents=True)
    parts = split()
    sectors = SimpleNamespace(
        paths={name: part.paths for name, part in parts.items()},
        normals={name: part.normal for name, part in parts.items()},
    )
    answer = SimpleNamespace(paths=grounds.paths, normals=grounds.normals, sectors=sectors)
    for name, content in files(answer).items():  # type: ignore[arg-type]
        (day / name).write_bytes(content)
    told = {
        "rule": {"window": grounds.window, "hold": grounds.hold, "threshold_pct": grounds.threshold_pct},
        "slump": {"start": str(grounds.slump_start)},
        "as_of": DAY,
        "origin": str(grounds.paths.origin),
        "normal": {"kind": grounds.kind},
        "horizon": grounds.horizon,
        "sectors": {"adds_up": True},
        "history": [{"month": str(month), "level": level} for month, level in PAST.items()],
    }
    (day / "report.json").write_text(json.dumps(told), encoding="utf-8")
    (day / "manifest.json").write_text(json.dumps({"config": CONFIG}), encoding="utf-8")
    return config
