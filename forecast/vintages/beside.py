"""The files that a store keeps beside it, by their names, and the place of a store however it is called."""

from __future__ import annotations

import re
from pathlib import Path

from forecast.errors import DataError
from forecast.places import led_to, spelt, twice_spelt

_OWN = re.compile(r"\.wal$|\.damaged-\d+$|^\..+\.(good|lock|copying|begun|mended)$", re.IGNORECASE)


def kept(path: Path) -> Path:
    """Return the place of the copy that is kept of a store's last good state, its accents as the disk spells them."""
    return _as_spelt(path.with_name(f".{path.name}.good"))


def _as_spelt(place: Path) -> Path:
    return spelt(place) or place


def is_kept(path: Path) -> bool:
    """Whether a file is called as the copy of a store is."""
    return path.match(kept(Path("*")).name)


def is_own(path: Path) -> bool:
    """Whether a file is called as one that a store keeps beside it, or that is left of a damaged one."""
    return _OWN.search(path.name) is not None


def copying(path: Path) -> Path:
    """Return where a copy is made before it is moved to its place."""
    return path.with_name(f".{path.name}.copying")


def begun(path: Path) -> Path:
    """Return where a new store is begun before it is moved to its place."""
    return path.with_name(f".{path.name}.begun")


def mending(path: Path) -> Path:
    """Return where it is written that a damaged store was mended, until that is told."""
    return _as_spelt(path.with_name(f".{path.name}.mended"))


def log(path: Path) -> Path:
    """Return DuckDB's log of what was committed and is not in the file yet."""
    return path.with_name(f"{path.name}.wal")


def place_of(named: Path) -> Path:
    """Return the place of a store: where a link leads, its accents as the disk spells them or those of its copy.

    Raises DataError where links lead in a circle, and where two files of that name lie there.
    """
    if (found := spelt(named)) is not None:
        if twin := twice_spelt(found):
            raise DataError(
                f"{named}: lies there twice, its accents spelt in two ways; move one of {found.name!a} and "
                f"{twin.name!a} away"
            )
        return led_to(found)
    end = led_to(named)
    if end.name and (copy := spelt(kept(end))) is not None:
        return end.with_name(copy.name[1 : -len(".good")])
    return end
