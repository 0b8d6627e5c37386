"""The folders of a question's reports by day: whole ones, damaged ones, and what a killed run has moved aside."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from forecast.places import nowhere

DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""Name of the folder of a report; a copy beside it has another and is not looked at."""

_PARTS = ("report.*", "desk.*", "*.csv", "*.parquet", "manifest.json", "SHA256SUMS", "figures")
"""What a run writes into the folder of a day."""


def days(question: Path) -> list[Path]:
    """Return the folder of each report of a question, oldest first, damaged ones too: none is passed over.

    A day's folder counts where it holds any part of a report or is a link that leads nowhere, what a run that was
    killed has moved aside where nothing stands in its place.
    """
    places = sorted(question.glob("*"), key=day_of)
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


def is_aside(folder: Path) -> bool:
    """Tell whether a run has moved a folder aside."""
    return folder.name.startswith(".") and folder.name.endswith("-old")


def _holds_any(folder: Path) -> bool:
    if not folder.is_dir():
        return bool(nowhere(folder))
    return any(fnmatch(part.name, name) for part in folder.iterdir() for name in _PARTS)
