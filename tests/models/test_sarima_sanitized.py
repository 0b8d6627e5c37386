"""The kernel under AddressSanitizer and UndefinedBehaviorSanitizer: all orders, sizes and columns it may meet."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from forecast.models.sarima import likelihood

pytestmark = pytest.mark.slow

EXERCISE = """
import itertools
import sys

sys.path.insert(0, sys.argv[1])
import _kernel
import numpy as np

rng = np.random.default_rng(0)


def fit(orders, series, rest, gaps, starts):
    (draws, N), C, k = series.shape, rest.shape[1] + 1, sum(orders[:4])
    empty = [np.empty(shape) for shape in [(draws, k)] * 3 + [draws, (draws, C, C), (draws, k, k)]]
    status = np.empty(draws, dtype=np.int32)
    for known in (1, 0):
        _kernel.fit(orders, (draws, N, C, gaps, len(starts), known), series, rest, starts, *empty, status)


def evaluate(orders, series, rest, gaps, points, form, full):
    N, C = len(series), rest.shape[1] + 1
    r = max(orders[0] + orders[4] * orders[2], orders[1] + orders[4] * orders[3], 1)
    shapes = [(len(points), N, C), (len(points), r, C), (len(points), r, r)]
    extra = [np.empty(shape) if full else None for shape in shapes]
    out = np.empty(len(points)), np.empty((len(points), C, C))
    _kernel.evaluate(orders, (N, C, gaps, len(points), form), series, rest, points, *out, *extra)


pulses = np.zeros((70, 2))
pulses[[20, 41], [0, 1]] = 1.0
for variant in ("avx2", "baseline"):
    _kernel.variant(variant)
    for p, q, P, Q, s in itertools.product((0, 1, 2, 5), (0, 1, 2, 5), (0, 1, 2), (0, 1, 2), (4, 12)):
        orders, k = (p, q, P, Q, s), p + q + P + Q
        for N in (1, 2, 13, 29, 70):
            for C in (1, 2, 3, 6):
                points = rng.uniform(-0.5, 0.5, (int(rng.integers(1, 7)), k))
                for form in (0, 1, 2):
                    evaluate(orders, rng.normal(size=N), rng.normal(size=(N, C - 1)), 0, points, form, form == 1)
        if k < 6 or (p, q, P, Q) == (5, 5, 2, 2):
            starts = rng.uniform(-1.5, 1.5, (int(rng.integers(1, 4)), k))
            fit(orders, rng.normal(size=(2, 70)), pulses, 2, starts)
            fit(orders, rng.normal(size=(1, 40)), np.empty((40, 0)), 0, starts)
    for series in (np.zeros(50), np.full(50, np.nan), np.full(50, np.inf), np.full(50, 1e300), np.arange(50.0)):
        fit((2, 2, 1, 1, 12), series[None], np.ones((50, 1)), 0, rng.uniform(-1.5, 1.5, (3, 6)))
        evaluate((1, 1, 0, 1, 12), series, np.ones((50, 2)), 1, np.array([[0.999999, -1, -1], [2, 3, 4.0]]), 2, True)
    for bad in ((-1, 0, 0, 0, 1), (10**6, 0, 0, 0, 1), (1, 1, 1, 1, 0), (10**6, 10**6, 0, 0, 1)):
        try:
            evaluate(bad, np.ones(5), np.ones((5, 0)), 0, np.ones((1, 1)), 0, False)
        except (ValueError, MemoryError):
            continue
        raise SystemExit(f"{bad} was accepted")
print("clean")
"""


def library(compiler: str, name: str) -> str:
    return subprocess.run(
        [compiler, f"-print-file-name={name}"], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_kernel_is_clean_under_sanitizers(tmp_path: Path) -> None:
    compiler = os.environ.get("CC", "gcc")
    source = Path(likelihood.__file__).with_name("_kernel.c")
    flags = [
        "-g",
        "-O1",
        "-std=c11",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-shared",
        "-fPIC",
    ]
    target = tmp_path / "_kernel.so"
    command = [
        compiler,
        *flags,
        f"-I{sysconfig.get_paths()['include']}",
        str(source),
        "-o",
        str(target),
        "-lm",
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
        asan = library(compiler, "libasan.so")
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no compiler with sanitizers: {error}")
    (tmp_path / "exercise.py").write_text(EXERCISE)
    environment = os.environ | {
        "LD_PRELOAD": asan,
        "ASAN_OPTIONS": "detect_leaks=0",
        "OPENBLAS_NUM_THREADS": "1",
    }
    arguments = [sys.executable, str(tmp_path / "exercise.py"), str(tmp_path)]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "clean\n"), done.stderr[-4000:]
