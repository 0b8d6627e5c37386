"""The engines that the seasonal ARIMA benchmark compares, behind one small interface.

A peer that is not installed is a row that says so; nothing here is needed to run the toolkit.
"""

from __future__ import annotations

import os

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is imported: single-thread CPU time is what is compared

from sarima_peers.engines import ENGINES  # noqa: E402
from sarima_peers.interface import Engine, NotInstalledError, Problem  # noqa: E402

__all__ = ["ENGINES", "Engine", "NotInstalledError", "Problem"]
