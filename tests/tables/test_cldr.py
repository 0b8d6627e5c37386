"""Words of a language, where the machine names a zone of time that is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os
from forecast.tables import rates
print(rates.headings([("T4/2024 so với cùng kỳ",)])[0].measure, os.environ.get("TZ"))
"""


@pytest.mark.parametrize("zone", [":{}/text", "{}/text", "{}/cut", "{}", ":", "", "No/Where", None])
def test_a_damaged_zone_of_time_keeps_no_heading_from_being_read(tmp_path: Path, zone: str | None) -> None:
    (tmp_path / "text").write_text("root:x:0:0\n")
    (tmp_path / "cut").write_bytes(b"TZif2")
    said = {} if zone is None else {"TZ": zone.format(tmp_path)}
    known = {name: value for name, value in os.environ.items() if name != "TZ"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=known | said, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout == f"yoy_pct {said.get('TZ')}\n"
