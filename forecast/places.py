"""What stands at a place that a user names, where it can be neither read nor written to: a link to nothing, a pipe."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forecast.errors import DataError
from forecast.rooms import furnish

__all__ = ["fault", "held", "led_to", "misnamed", "nowhere", "spelt", "there", "twice_spelt", "written_to"]


@contextmanager
def written_to(place: Path) -> Iterator[None]:
    """Name the file or folder that is written, where the system's error does not: a full disk shows in the writing."""
    try:
        yield
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(place)) from None


def there(place: Path) -> bool:
    """Tell whether there is such a file or folder; one that cannot be, as of ten thousand letters, is not there."""
    try:
        return place.exists()
    except (OSError, ValueError):
        return False


def spelt(file: Path) -> Path | None:
    """Return a file as it is named, or as the disk spells the same letters: accents may be signs of their own there."""
    return file if there(file) else twice_spelt(file)


def twice_spelt(file: Path) -> Path | None:
    """Return another file that is called by the same letters, their accents spelt in another way; None for none."""
    if file.name.isascii() or not there(file.parent):
        return None
    asked = unicodedata.normalize("NFC", file.name)
    alike = (p for p in file.parent.iterdir() if unicodedata.normalize("NFC", p.name) == asked)
    return next((p for p in alike if p.name != file.name), None)


def nowhere(place: Path) -> str:
    """Say, of a place or the first folder above it that is a link to nothing or to itself, that it is; else ""."""
    for of in (place, *place.parents):
        if there(of):
            return ""
        if _is_link(of):
            said = f"is a link that leads nowhere (to {os.readlink(of)})"
            return said if of == place else f"{of} {said}"
    return ""


def held(folder: Path) -> list[Path]:
    """Return what a folder holds, sorted; nothing where it is none. Raises PermissionError where it may not be read."""
    return sorted(folder.iterdir()) if folder.is_dir() else []


def fault(file: Path) -> str:
    """Say why a file cannot be read, "" where it may be: a link to nothing, or a pipe, which is read without end."""
    if not there(file):
        return nowhere(file)
    return "" if file.is_file() or file.is_dir() else "is a device or pipe"


def misnamed(place: str | Path) -> str:
    """Say that a name is not UTF-8, which no report, table or store can hold, "" for others.

    >>> misnamed("caf\\udce9/x.csv")
    'caf\\\\udce9/x.csv: its name, or one of its folders, is not UTF-8; rename it'
    """
    try:
        str(place).encode()
    except UnicodeEncodeError:
        shown = str(place).encode(errors="backslashreplace").decode()
        return f"{shown}: its name, or one of its folders, is not UTF-8; rename it"
    return ""


def led_to(named: Path) -> Path:
    """Return what a link names, also where it is still to be made; a place that is none stays as it is named.

    Raises DataError where links lead in a circle.
    """
    try:
        return named.resolve() if _is_link(named) else named
    except (OSError, RuntimeError):  # the second until Python 3.12
        raise DataError(f"{named}: {nowhere(named)}; name the file itself") from None


def _is_link(place: Path) -> bool:
    try:
        return place.is_symlink()
    except (OSError, ValueError):
        return False


furnish(__name__)
