"""Cubes of statistics offices, every value at a place in a box of dimensions: JSON-stat and PX (PC-Axis)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.moments import moment
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.encodings import decoded
from forecast.tables.opening.observations import Observation, Observed, number, sheet

_TIME = re.compile(r"time|period|periodo|month|mes|mois|monat|kk|tid|quarter|year|tlist.*", re.IGNORECASE)
_ENTRY = re.compile(
    r"""\s*(?P<key>[A-Z][A-Z0-9_-]*)(?:\[\w+\])?(?:\((?P<of>(?:[^"()]++|"[^"]*+")*+)\))?"""
    r"""\s*=(?P<value>(?:[^";]++|"[^"]*+")*+);"""
)
_TEXTS = re.compile(r'"([^"]*)"((?:\s*"[^"]*")*)')
_SPAN = re.compile(r'TLIST\(\s*([AHQMW])1\s*(?:,\s*"([^"]*)"\s*-\s*"([^"]*)")?\s*\)\s*,?')


@dataclass(frozen=True)
class Dimension:
    """Hold one side of a cube: its name, the codes and labels of its places, and whether it is time."""

    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    time: bool = False


def sheet_of_json(name: str, message: Mapping[str, Any], budget: Budget) -> Sheet:
    """Return the series of a JSON-stat message, of version 1 or 2; of several data sets, all.

    Raises DataError for a message whose parts do not fit together, or without a dimension of time.
    """
    parts = [message] if message.get("class") == "dataset" else [*message.values()]
    if message.get("class") == "collection":
        parts = list(message.get("link", {}).get("item", []))
    cubes = [one for one in parts if isinstance(one, dict) and "value" in one]
    series: list[Observed] = []
    for cube in cubes:
        try:
            series += _series(name, *_json_cube(cube), budget)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            raise DataError(f"{name}: is not whole JSON-stat; fetch it again") from None
    return sheet(name, "JSON-stat", series, budget)


def _json_cube(cube: Mapping[str, Any]) -> tuple[list[Dimension], list[float | None], list[str]]:
    """Return the dimensions of a data set, its values in their order, and their marks of status."""
    about = cube["dimension"]
    ids, sizes = cube.get("id") or about["id"], cube.get("size") or about["size"]
    times = (cube.get("role") or about.get("role") or {}).get("time") or []
    dimensions = []
    for key, size in zip(ids, sizes, strict=True):
        category = about[key].get("category", {})
        index, label = category.get("index"), category.get("label") or {}
        codes = list(label) if index is None else _in_order(index)
        labels = tuple(str(label.get(code, code)) for code in codes)
        if len(codes) != size:
            raise ValueError(key)
        dimensions.append(Dimension(about[key].get("label") or key, tuple(codes), labels, key in times))
    count = math.prod(sizes)
    numbers = _spread(cube["value"], count)
    marks = ["" if mark is None else str(mark) for mark in _spread(cube.get("status") or {}, count)]
    return dimensions, [None if x is None else number(str(x)) for x in numbers], marks


def _in_order(index: Any) -> list[str]:
    """Return the codes of a dimension: listed in order, or each with its place."""
    return sorted(index, key=lambda code: int(index[code])) if isinstance(index, dict) else list(index)


def _spread(given: Any, count: int) -> list[Any]:
    """Return one value per place of a cube: a list as it is, a mapping by place, one text for all."""
    if isinstance(given, dict):
        return [given.get(str(i)) for i in range(count)]
    if isinstance(given, str):
        return [given] * count
    if len(given) != count:
        raise ValueError(len(given))
    return list(given)


def is_px(content: bytes) -> bool:
    """Tell whether text is a PX file: its keywords, ended by semicolons, before the data."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return re.match(rb"(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE)\s*=\s*\"", head) is not None


def sheet_of_px(name: str, content: bytes, budget: Budget) -> Sheet:
    """Return the series of a PX file.

    Raises DataError for a file whose data do not fill its dimensions, or without a dimension of time.
    """
    text = _px_text(name, content)
    entries = _px_entries(text)
    names = _texts(entries.get(("STUB", ""), "")) + _texts(entries.get(("HEADING", ""), ""))
    if ("DATA", "") not in entries or not names:
        raise DataError(f"{name}: is a PX file without its data; fetch it again")
    if any(key == "KEYS" for key, _ in entries):
        raise DataError(f"{name}: is a PX file with keys in its data; fetch it without keys, or as CSV")
    dimensions = [_px_dimension(entries, one) for one in names]
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
    return sheet(name, "PX", [*_series(name, dimensions, numbers, [""] * count, budget)], budget)


def _px_entries(text: str) -> dict[tuple[str, str], str]:
    """Return the entries by keyword and what they are of; the first language is the file's own."""
    entries: dict[tuple[str, str], str] = {}
    at = 0
    while entry := _ENTRY.match(text, at):
        entries.setdefault((entry["key"], (entry["of"] or "").strip().strip('"')), entry["value"])
        at = entry.end()
    return entries


def _px_text(name: str, content: bytes) -> str:
    """Return the file as text, in the code page that it names."""
    declared = re.search(rb'CODEPAGE\s*=\s*"([\w-]+)"', content[:4000])
    if declared:
        try:
            return content.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # files that name one and use another are common
    return decoded(name, content)[0]


def _px_dimension(entries: Mapping[tuple[str, str], str], name: str) -> Dimension:
    labels = _texts(entries.get(("VALUES", name), ""))
    codes = _texts(entries.get(("CODES", name), "")) or labels
    timed = ("TIMEVAL", name) in entries
    if timed and not labels:
        labels = codes = _texts(_SPAN.sub("", entries["TIMEVAL", name]))
    return Dimension(name, tuple(codes), tuple(labels or codes), timed)


def _texts(value: str) -> list[str]:
    """Return the texts of an entry; one over several lines is put together.

    >>> _texts('"Total","Manu"\\n"facturing"')
    ['Total', 'Manufacturing']
    """
    return ["".join(re.findall(r'"([^"]*)"', found[0])) for found in _TEXTS.finditer(value)]


def _series(
    name: str,
    dimensions: Sequence[Dimension],
    numbers: Sequence[float | None],
    marks: Sequence[str],
    budget: Budget,
) -> Iterator[Observed]:
    """Yield the series of a cube that hold a value: one for each place of all dimensions but time."""
    if len(numbers) > budget.cells:
        raise budget.refusal(name, f"holds {len(numbers):,} values", "cells")
    steps = [math.prod(len(one.codes) for one in dimensions[i + 1 :]) for i in range(len(dimensions))]
    timed, calendar = _calendar(name, dimensions, steps)
    others = [i for i in range(len(dimensions)) if i not in timed]
    telling = [i for i in others if len(dimensions[i].codes) > 1] or others
    for place in product(*(range(len(dimensions[i].codes)) for i in others)):
        start = sum(at * steps[i] for i, at in zip(others, place, strict=True))
        at_of = dict(zip(others, place, strict=True))
        seen = [Observation(p, numbers[start + k], marks[start + k]) for p, k in calendar]
        labels = "; ".join(dimensions[i].labels[at_of[i]] for i in telling) or "value"
        codes = ".".join(dimensions[i].codes[at_of[i]] for i in others)
        title = "; ".join(dimensions[i].labels[at_of[i]] for i in others)
        if any(one.value is not None for one in seen):
            yield Observed(labels, seen, "" if codes == title.replace("; ", ".") else codes, title)


def _calendar(
    name: str, dimensions: Sequence[Dimension], steps: Sequence[int]
) -> tuple[tuple[int, ...], list[tuple[str, int]]]:
    """Return the dimensions of time, one or those of years and of months, and each period with its distance."""
    time = _time(name, dimensions)
    years = _periods(dimensions[time])
    parts = [i for i, one in enumerate(dimensions) if i != time and _parts_of_year(one.labels)]
    if len(parts) != 1 or any((found := moment(year)) is None or found.month for year in years):
        return (time,), [(period, i * steps[time]) for i, period in enumerate(years)]
    part = parts[0]
    return (time, part), [
        (_joined(year, label), i * steps[time] + k * steps[part])
        for i, year in enumerate(years)
        for k, label in enumerate(dimensions[part].labels)
    ]


def _parts_of_year(labels: Sequence[str]) -> bool:
    """Tell the labels of a dimension of months, which may hold a total or quarters besides."""
    found = [moment(label) for label in labels]
    return 2 * sum(one is not None and one.year is None and one.span == 1 for one in found) > len(labels) > 1


def _joined(year: str, label: str) -> str:
    """Return a month of a year; what is none counts as the year.

    >>> _joined("2024", "February"), _joined("2024", "Total")
    ('2024-02', '2024')
    """
    whole, part = moment(year), moment(label)
    if whole is None or whole.year is None or part is None or part.month is None or part.span not in (1, 3):
        return year
    return f"{whole.year}-{part.month:02d}" if part.span == 1 else f"{whole.year}-Q{part.month // 3}"


def _time(name: str, dimensions: Sequence[Dimension]) -> int:
    """Return which dimension is time: the one declared so, or whose labels are periods."""
    declared = [i for i, one in enumerate(dimensions) if one.time]
    read = [
        i for i, one in enumerate(dimensions) if one.codes and all(_is_period(text) for text in _periods(one))
    ]
    named = [i for i in read if _TIME.fullmatch(dimensions[i].name)]
    for found in (declared, named, read):
        if len(found) == 1:
            return found[0]
    shown = ", ".join(f'"{one.name}"' for one in dimensions)
    raise DataError(f"{name}: none of its dimensions ({shown}) is time; fetch it with one")


def _periods(dimension: Dimension) -> tuple[str, ...]:
    """Return the periods of a dimension as its labels say them, or its codes where the labels are no periods."""
    return dimension.labels if all(map(_is_period, dimension.labels)) else dimension.codes


def _is_period(text: str) -> bool:
    found = moment(text)
    return found is not None and found.year is not None
