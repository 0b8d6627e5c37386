"""SHA-256 of the files of a folder, beside them as `SHA256SUMS`, so that a changed digit is seen when one is read."""

from __future__ import annotations

import re
from hashlib import file_digest
from pathlib import Path

from forecast.errors import DataError
from forecast.places import fault
from forecast.rooms import furnish

__all__ = ["SUMS", "check", "lists", "require", "seal"]

SUMS = "SHA256SUMS"
"""A line per file, its SHA-256, two blanks and its name, as `sha256sum --check` reads them."""

_SINCE = 1
"""First part of the number of the first version that writes them."""


def seal(folder: Path) -> None:
    """Write the checksums of all files of a folder and of those below it into the folder."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    lines = [f"{_sum(folder / name)}  {name}\n" for name in files if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def check(file: Path, mend: str) -> None:
    """Raise DataError where a file does not hold what the checksums of its folder say.

    mend : what to do then. A folder without checksums is believed; `require` tells whether it may be.
    """
    sums = _sums(file.parent, mend)
    if sums is None:
        return
    if wrong := fault(file):
        raise DataError(f"{file}: {wrong}; {mend}")
    if sums.get(file.name) != _sum(file):
        raise DataError(
            f"{file}: has been changed since it was written (its SHA-256 is not that in {SUMS}); {mend}"
        )


def require(folder: Path, version: str, mend: str) -> None:
    """Raise DataError where a folder lacks checksums though the version that wrote it writes them.

    version : of this program, as a file of the folder names it; "" where it names none
    """
    first = re.match(r"\d+", version)
    if first is not None and int(first[0]) >= _SINCE and _sums(folder, mend) is None:
        raise DataError(f"{folder / SUMS}: is not there, and version {version} writes it; {mend}")


def lists(file: Path, mend: str) -> bool:
    """Tell whether the checksums of its folder name a file, there or not. Raises DataError where they are damaged."""
    return file.name in (_sums(file.parent, mend) or {})


def _sums(folder: Path, mend: str) -> dict[str, str] | None:
    """The checksums of a folder by file; None where it has none."""
    file = folder / SUMS
    if wrong := fault(file):
        raise DataError(f"{file}: {wrong}; {mend}")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise DataError(f"{file}: cannot be read; {mend}") from None
    return {name: known for known, _, name in (line.partition("  ") for line in lines)}


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


furnish(__name__)
