"""SHA-256 of the files of a folder, beside them as `SHA256SUMS`, so that a changed digit is seen when one is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

from forecast.errors import DataError
from forecast.places import fault
from forecast.rooms import furnish

__all__ = ["SUMS", "Sums", "seal", "sums"]

SUMS = "SHA256SUMS"
"""A line per file, its SHA-256, two blanks and its name, as `sha256sum --check` reads them."""

_SINCE = 1
"""First part of the number of the first version that writes them."""


def seal(folder: Path) -> None:
    """Write the checksums of all files of a folder and of those below it into the folder."""
    files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    lines = [f"{_sum(folder / name)}  {name}\n" for name in files if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class Sums:
    """Hold the checksums of a folder as they stood at one moment, whatever takes its place since.

    known : SHA-256 by file, None where the folder had none · mend : what to do where something is wrong
    """

    folder: Path
    known: Mapping[str, str] | None
    mend: str

    def check(self, name: str, content: bytes) -> None:
        """Raise DataError where what was read of a file is not what the checksums say, or they came only since.

        A folder without checksums is believed; `require` tells whether it may be.
        """
        if self.known is None:
            if _known(self.folder, self.mend) is not None:
                raise DataError(f"{self.folder}: was replaced while it was read; ask again")
        elif self.known.get(name) != sha256(content).hexdigest():
            raise DataError(
                f"{self.folder / name}: has been changed since it was written (its SHA-256 is not that in {SUMS}); "
                f"{self.mend}"
            )

    def require(self, version: str) -> None:
        """Raise DataError where the folder lacks checksums though the version that wrote it writes them.

        version : of this program, as a file of the folder names it; "" where it names none
        """
        first = re.match(r"\d+", version)
        if first is not None and int(first[0]) >= _SINCE and self.known is None:
            raise DataError(
                f"{self.folder / SUMS}: is not there, and version {version} writes it; {self.mend}"
            )

    def lists(self, name: str) -> bool:
        """Tell whether the checksums name a file, there or not."""
        return self.known is not None and name in self.known


def sums(folder: Path, mend: str) -> Sums:
    """Return the checksums of a folder. Raises DataError where they are damaged."""
    return Sums(folder, _known(folder, mend), mend)


def _known(folder: Path, mend: str) -> dict[str, str] | None:
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
