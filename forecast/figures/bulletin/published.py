"""`published`: the day on which a bulletin was published, by its name or by what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from forecast.errors import DataError
from forecast.tables import parse_published, unaccented

_NAMES = (
    re.compile(
        r"(?<!\d)(?P<y>20\d{2}|19\d{2})[-_.]?(?P<m>\d{2})[-_.]?(?P<d>\d{2})(?!\d)"
    ),  # 2024-10-29, 20241029
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[-_.](?P<m>\d{1,2})[-_.](?P<y>20\d{2}|19\d{2})(?!\d)"),  # 29-10-2024
)
_DATELINE = re.compile(
    r"(?:^|, ?|cong bo |ban hanh |published |released )ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})\.?$"
)

_SAID = re.compile(
    r"(?:ngay )?(?:cong bo|published|released|release date|date of (?:publication|release))(?: on|:)* (.+)"
)


def published(file: str, texts: Iterable[str], declared: str | None) -> tuple[pd.Timestamp | None, bool, str]:
    """Return the day of publication, whether it is known to the day, and a note where the file said it.

    texts : lines of the bulletin that may be its dateline · declared : by the user, which counts first,
    where the file says another day with a note
    None where nothing says it. Raises DataError where what is said is no date.
    """
    said = {"the file's name": by_name(file), "its dateline": by_dateline(texts)}
    days = {where: day for where, day in said.items() if day is not None}
    where, text = next(iter(days.items()), ("", None))
    note = f"published {text}, by {where}" if text is not None else ""
    if declared is not None:
        text, note = declared, ""
    others = {f"{where} says {day}" for where, day in days.items() if _same(day, text) is False}
    if others:
        note = f"{note or f'published {text}, as given'}; {' and '.join(sorted(others))}"
    if text is None:
        return None, False, ""
    try:
        return *parse_published(text), note
    except ValueError as error:
        raise DataError(f"{file}: published {error}") from None


def by_name(name: str) -> str | None:
    """Return the day that a file's name holds, None where it holds none or several.

    >>> by_name("2024-10-29-02.-Bieu-T10.2024.xlsx"), by_name("Bieu-T10.2024.xlsx")
    ('2024-10-29', None)
    """
    for pattern in _NAMES:
        days = {_day(hit["y"], hit["m"], hit["d"]) for hit in pattern.finditer(name)} - {None}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def by_dateline(texts: Iterable[str]) -> str | None:
    """Return the day of a dateline ("Hà Nội, ngày 29 tháng 10 năm 2024"), None where there is none or several.

    >>> by_dateline(["Released: 29 May 2024"]), by_dateline(["Next release: 29 June 2024"])
    ('2024-05-29', None)
    """
    days = set()
    for text in texts:
        if hit := _DATELINE.search(" ".join(unaccented(text).split())):
            days.add(_day(hit[3], hit[2], hit[1]))
        elif hit := _SAID.fullmatch(" ".join(unaccented(text).split())):
            days.add(_as_day(hit[1]))
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _same(day: str, text: str | None) -> bool | None:
    """Tell whether a date is the day, or in the month, that a text names; None where that names none."""
    try:
        published, known = parse_published(text or "")
    except ValueError:
        return None
    return day == f"{published:%Y-%m-%d}" if known else day.startswith(f"{published:%Y-%m}")


def _as_day(text: str) -> str | None:
    """Return a date as ISO text, None for a text that is none or is only a month."""
    try:
        day, known = parse_published(text)
    except ValueError:
        return None
    return f"{day:%Y-%m-%d}" if known else None


def _day(year: str, month: str, day: str) -> str | None:
    """Return a date as ISO text, None where the calendar has no such day."""
    text = f"{year}-{int(month):02d}-{int(day):02d}"
    try:
        parse_published(text)
    except ValueError:
        return None
    return text
