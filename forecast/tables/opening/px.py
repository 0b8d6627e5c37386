"""PX files (PC-Axis): keywords with their values, ended by semicolons, the data last."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.moments import moment
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.cubes import Dimension, series
from forecast.tables.opening.encodings import decoded
from forecast.tables.opening.observations import number
from forecast.tables.opening.observations import sheet as as_sheet

_ENTRY = re.compile(
    r"""\s*(?P<key>[A-Z][A-Z0-9_-]*)(?:\[\w+\])?(?:\((?P<of>(?:[^"()]++|"[^"]*+")*+)\))?"""
    r"""\s*=(?P<value>(?:[^";]++|"[^"]*+")*+);"""
)
_TEXTS = re.compile(r'"([^"]*)"((?:\s*"[^"]*")*)')
_SPAN = re.compile(r'TLIST\(\s*([AHQMW])1\s*(?:,\s*"([^"]*)"\s*-\s*"([^"]*)")?\s*\)\s*,?')


def is_px(content: bytes) -> bool:
    """Tell whether text is a PX file: its keywords, ended by semicolons, before the data."""
    if re.match(rb"[A-Z][A-Z0-9-]*(?:\[\w+\])?\s*=", content[:200].lstrip(b"\xef\xbb\xbf \r\n\t")) is None:
        return False
    return re.search(rb"^(?:STUB|HEADING)\s*=", content, re.MULTILINE) is not None


def sheet(name: str, content: bytes, budget: Budget) -> Sheet:
    """Return the series of a PX file.

    Raises DataError for a file whose data do not fill its dimensions, or without a dimension of time.
    """
    text = _text(name, content)
    entries = _entries(text)
    names = _texts(entries.get(("STUB", ""), "")) + _texts(entries.get(("HEADING", ""), ""))
    if ("DATA", "") not in entries or not names:
        raise DataError(f"{name}: is a PX file without its data; fetch it again")
    if any(key == "KEYS" for key, _ in entries):
        raise DataError(f"{name}: is a PX file with keys in its data; fetch it without keys, or as CSV")
    dimensions = [_dimension(entries, one) for one in names]
    _refuse_apart(name, entries, dimensions)
    cells = entries["DATA", ""].replace(",", " ").split()
    count = math.prod(len(one.codes) for one in dimensions)
    if len(cells) != count:
        raise DataError(
            f"{name}: holds {len(cells):,} values for {count:,} places of its table; fetch it again"
        )
    try:
        numbers = [number(cell) for cell in cells]
    except ValueError as error:
        raise DataError(f"{name}: {error}") from None
    return as_sheet(name, "PX", [*series(name, dimensions, numbers, [""] * count)], budget)


def _entries(text: str) -> dict[tuple[str, str], str]:
    """Return the entries by keyword and what they are of; the first language is the file's own."""
    entries: dict[tuple[str, str], str] = {}
    at = 0
    while entry := _ENTRY.match(text, at):
        entries.setdefault((entry["key"], (entry["of"] or "").strip().strip('"')), entry["value"])
        at = entry.end()
    return entries


def _text(name: str, content: bytes) -> str:
    """Return the file as text, in the code page that it names."""
    declared = re.search(rb'CODEPAGE\s*=\s*"([\w-]+)"', content[:4000])
    if declared:
        try:
            return content.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # files that name one and use another are common
    return decoded(name, content)[0]


def _dimension(entries: Mapping[tuple[str, str], str], name: str) -> Dimension:
    labels = _texts(entries.get(("VALUES", name), ""))
    codes = _texts(entries.get(("CODES", name), "")) or labels
    timed = ("TIMEVAL", name) in entries
    if timed and not labels:
        labels = codes = _texts(_SPAN.sub("", entries["TIMEVAL", name]))
    return Dimension(name, tuple(codes), tuple(labels or codes), timed)


def _refuse_apart(name: str, entries: Mapping[tuple[str, str], str], dimensions: Sequence[Dimension]) -> None:
    """Raise DataError for a dimension whose values name months that its calendar does not have."""
    for one in dimensions:
        span = _SPAN.match(entries.get(("TIMEVAL", one.name), "").strip())
        if span is None or span[1] != "M":
            continue
        rest = _texts(_SPAN.sub("", entries["TIMEVAL", one.name]))
        timed = _months([span[2], span[3]] if span[2] else rest)
        said = _months(one.labels) or _months(one.codes)
        if timed and said and not min(timed) <= min(said) <= max(said) <= max(timed):
            raise DataError(
                f'{name}: "{one.name}" goes from {min(said)} to {max(said)} by its VALUES, and from {min(timed)} to '
                f"{max(timed)} by its TIMEVAL; fetch it again, or correct the one that is wrong"
            )


def _months(texts: Sequence[str]) -> list[str]:
    """Return months as 2024-04, none where a text is no month.

    >>> _months(["202404", "2024M05"]), _months(["2024", "Total"])
    (['2024-04', '2024-05'], [])
    """
    moments = [moment(re.sub(r"^(\d{4})M?(\d\d)$", r"\1-\2", text)) for text in texts]
    named = [
        f"{one.year}-{one.month:02d}" for one in moments if one and one.year and one.month and one.span == 1
    ]
    return named if len(named) == len(texts) else []


def _texts(value: str) -> list[str]:
    """Return the texts of an entry; one over several lines is put together.

    >>> _texts('"Total","Manu"\\n"facturing"')
    ['Total', 'Manufacturing']
    """
    return ["".join(re.findall(r'"([^"]*)"', text[0])) for text in _TEXTS.finditer(value)]
