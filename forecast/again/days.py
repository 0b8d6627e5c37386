"""The folders of a question's reports by day: whole ones, damaged ones, and what a killed run has moved aside."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeVar

from forecast.errors import DataError
from forecast.places import held, nowhere

T = TypeVar("T")

DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""Name of the folder of a report; a copy beside it has another and is not looked at."""

_PARTS = ("report.*", "desk.*", "*.csv", "*.parquet", "manifest.json", "SHA256SUMS", "figures")
"""What a run writes into the folder of a day."""


_TRIES, _PAUSE = 5, 0.02
"""Times that a report is read again, and seconds before each. chosen: a report takes another's place in far less."""


def steady(read: Callable[[], T], still: Callable[[T], bool] = lambda _: True) -> T:
    """Return what is read of reports; again where it is refused, or not `still` so, as a run may be replacing one."""
    for _ in range(_TRIES):
        with suppress(DataError, FileNotFoundError):
            if still(found := read()):
                return found
        time.sleep(_PAUSE)
    return read()


def days(question: Path) -> list[Path]:
    """Return the folder of each report of a question, oldest first, damaged ones too: none is passed over.

    A day's folder counts where it holds any part of a report or is a link that leads nowhere, what a run that was
    killed has moved aside where nothing stands in its place.
    """
    return steady(lambda: _standing(question))


def _standing(question: Path) -> list[Path]:
    places = sorted(held(question), key=day_of)
    names = {place.name for place in places}
    own = (place for place in places if place.name == day_of(place) or day_of(place) not in names)
    return [place for place in own if DAY.fullmatch(day_of(place)) and _holds_any(place)]


def aside(folder: Path) -> Path:
    """Return where a run keeps the report that it takes the place of, until its own stands there."""
    return folder.with_name(f".{folder.name}-old")


def day_of(folder: Path) -> str:
    """Return the day of the folder of a report, in its place or moved aside.

    >>> day_of(Path("q/.2024-05-20-old"))
    '2024-05-20'
    """
    return folder.name.removeprefix(".").removesuffix("-old") if is_aside(folder) else folder.name


def now(folder: Path) -> Path:
    """Return where the report of a folder of `days` stands by now: in its place, or where a run has moved it aside."""
    place = folder.with_name(day_of(folder))
    return aside(place) if not os.path.lexists(place) and aside(place).exists() else place


def is_aside(folder: Path) -> bool:
    """Tell whether a run has moved a folder aside."""
    return folder.name.startswith(".") and folder.name.endswith("-old")


def _holds_any(folder: Path) -> bool:
    """Whether a place holds a part of a report. Raises FileNotFoundError where it has gone since it was listed."""
    try:
        parts = os.listdir(folder)
    except NotADirectoryError:
        return False
    except OSError:
        if nowhere(folder):
            return True
        raise
    return any(fnmatch(part, name) for part in parts for name in _PARTS)
