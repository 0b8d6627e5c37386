"""SHA-256 of the files of a folder, beside them as `SHA256SUMS`, so that a changed digit is seen when one is read."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

from forecast.errors import DataError
from forecast.rooms import furnish

__all__ = ["SUMS", "check", "seal"]

SUMS = "SHA256SUMS"
"""A line per file, its SHA-256, two blanks and its name, as `sha256sum --check` reads them."""


def seal(folder: Path) -> None:
    """Write the checksums of all files of a folder and of those below it into the folder."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    lines = [f"{_sum(folder / name)}  {name}\n" for name in files if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def check(file: Path, mend: str) -> None:
    """Raise DataError where a file does not hold what the checksums of its folder say.

    mend : what to do then. A folder of a version that wrote no checksums is believed.
    """
    try:
        lines = (file.parent / SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        raise DataError(f"{file.parent / SUMS}: cannot be read; {mend}") from None
    sums = {name: known for known, _, name in (line.partition("  ") for line in lines)}
    if sums.get(file.name) != _sum(file):
        raise DataError(
            f"{file}: has been changed since it was written (its SHA-256 is not that in {SUMS}); {mend}"
        )


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


furnish(__name__)
