"""What a report of a fault needs to say of the machine: versions and parts, no path, no name of a user."""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from forecast import __version__
from forecast.adjust import x13_available
from forecast.models.sarima import likelihood

PACKAGE = "iip-forecast"
SET = (
    "FORECAST_DATA",
    "X13PATH",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "OPENBLAS_CORETYPE",
    "MKL_NUM_THREADS",
)


def environment() -> list[str]:
    """Return versions, system and optional parts as lines of "name: value", ready to paste into an issue.

    Of environment variables only those that change the work are named, and only that they are set.
    """
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return [
        f"{PACKAGE}: {__version__}",
        f"python: {platform.python_implementation()} {sys.version.split()[0]}",
        f"system: {system}, {os.cpu_count()} processors",
        f"text: {sys.getfilesystemencoding()}, {locale.getpreferredencoding(False)}, printed as {sys.stdout.encoding}",
        f"native kernel: {'yes' if likelihood.kernel is not None else 'no, the slower exact form'}",
        f"X-13ARIMA-SEATS: {'yes' if x13_available() else 'no, STL in its place'}",
        f"set: {', '.join(name for name in SET if os.environ.get(name)) or 'none'}",
        *(f"{name}: {_installed(name)}" for name in _packages()),
    ]


def _packages() -> list[str]:
    """The packages that ours asks for, extras last; none where it runs from a folder without being installed."""
    try:
        lines = requires(PACKAGE) or []
    except PackageNotFoundError:
        return []
    named = [(" extra" in line, re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in lines]
    return [name for _, name in sorted(named)]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
