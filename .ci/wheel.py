"""What an installed wheel must do without source tree and compiler; `.ci/run package` and cibuildwheel run it."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
import tempfile
from importlib import import_module
from pathlib import Path

import forecast

WRITTEN = ("report.en.html", "report.en.pdf", "report.vi.html", "report.vi.pdf", "fan.csv", "paths.parquet")


def main() -> None:
    """Make the demo's report by the installed command, on the native kernel."""
    home = Path(forecast.__file__).parents[1]
    assert not (home / "pyproject.toml").exists(), (
        f"{home} is the source tree; run this where the wheel is installed"
    )
    import_module("forecast.models.sarima._kernel")
    program = Path(sysconfig.get_path("scripts"), "iip-forecast" + (".exe" if os.name == "nt" else ""))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "demo"], cwd=folder, check=True)
        report = Path(folder, "reports", "bac_ninh", "2024-05-20")
        assert not (missing := [name for name in WRITTEN if not (report / name).stat().st_size]), missing
        answer = json.loads((report / "report.json").read_text(encoding="utf-8"))
        assert (answer["name"], answer["origin"]) == ("bac_ninh", "2024-04")


if __name__ == "__main__":
    main()
