"""SDMX-ML and SDMX-JSON: data messages of statistics offices, with or without their structure.

The messages are simple and their structure is often not sent along, or named otherwise than the header says, at
which full readers stop; here only what a data message itself holds is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.marks import NO_VALUE, says_none
from forecast.tables.opening.actions import DELETED, deletes
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.observations import Observation, Observed, number, sheet

_TIME = ("TIME_PERIOD", "TIME")
_STATUS = ("OBS_STATUS", "OBS_FLAG")
_TITLES = ("TITLE", "TITLE_COMPL", "TITLE_EN", "NAME")
_CODES = ("IDBANK", "SERIES_CODE", "CODE")
_ATTRIBUTES = frozenset(
    (
        *_TITLES,
        *_CODES,
        "LAST_UPDATE",
        "UNIT_MEASURE",
        "UNIT_MULT",
        "UNIT",
        "DECIMALS",
        "BASE_PER",
        "COLLECTION",
    )
    + ("TIME_FORMAT", "TIME_PER_COLLECT", "SOURCE_AGENCY", "PUBL_ECB", "COMPILATION", "COVERAGE", "NAT_TITLE")
    + (
        "OBS_CONF",
        "CONF_STATUS",
        "TITLE_FR",
        "DATE_JO",
        "STOPPED",
        "DISS_ORG",
        "SCALE",
        "EMBARGO_TIME",
        "REF_PERIOD",
        "action",
    )
)
"""Attributes that structure-specific messages write among the dimensions of a series."""


def is_message(content: bytes) -> bool:
    """Tell whether XML is an SDMX message."""
    return b"sdmx" in content[:4000].lower()


def sheet_of_xml(name: str, content: bytes, budget: Budget) -> Sheet:
    """Return the series of an SDMX-ML data message, generic or specific to its structure.

    Raises DataError for XML that is damaged, or holds no data.
    """
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise DataError(f"{name}: is not whole SDMX-ML ({error}); fetch it again") from None
    try:
        series = [*_series(root)]
    except ValueError as error:
        raise DataError(f"{name}: {error}") from None
    return sheet(name, "SDMX-ML", series, budget)


def _series(root: Element) -> Iterator[Observed]:
    """Yield the series of a message, those of flat observations gathered by their dimensions."""
    if any(map(_deletes, root.iter())):
        raise ValueError(DELETED)
    for data in (one for one in root.iter() if _local(one.tag) == "DataSet"):
        flat: dict[tuple[tuple[str, str], ...], list[Observation]] = {}
        for part in data:
            if _local(part.tag) == "Series":
                dimensions, attributes = _described(part)
                seen = [_observation(_fields(one)) for one in part if _local(one.tag) == "Obs"]
                yield _observed(dimensions, attributes, seen)
            elif _local(part.tag) == "Obs":
                fields = _fields(part)
                key = tuple(
                    (k, v)
                    for k, v in fields.items()
                    if k not in (*_TIME, *_STATUS, "OBS_VALUE", *_ATTRIBUTES)
                )
                flat.setdefault(key, []).append(_observation(fields))
        for key, seen in flat.items():
            yield _observed(dict(key), {}, seen)


def _deletes(part: Element) -> bool:
    """Tell a part of a message that says of its data that they are to be deleted."""
    said = {_local(key): value for key, value in part.attrib.items()}.get("action", "")
    of_all = part.text or "" if _local(part.tag) == "DataSetAction" else ""
    return deletes(said) or deletes(of_all)


def _described(series: Element) -> tuple[dict[str, str], dict[str, str]]:
    """Return the dimensions and the attributes of a series."""
    dimensions = {_local(k): v for k, v in series.attrib.items() if _local(k) not in _ATTRIBUTES}
    attributes = {_local(k): v for k, v in series.attrib.items() if _local(k) in _ATTRIBUTES}
    for part in series:
        if _local(part.tag) == "SeriesKey":
            dimensions |= _values(part)
        elif _local(part.tag) == "Attributes":
            attributes |= _values(part)
    return dimensions, attributes


def _fields(observation: Element) -> dict[str, str]:
    """Return what one observation says, its time and value under the names of the standard."""
    fields = {_local(k): v for k, v in observation.attrib.items()}
    for part in observation:
        kind = _local(part.tag)
        if kind in ("ObsKey", "Attributes"):
            fields |= _values(part)
        elif kind == "Time":
            fields["TIME_PERIOD"] = part.text or ""
        elif kind in ("ObsDimension", "ObsValue"):
            fields["TIME_PERIOD" if kind == "ObsDimension" else "OBS_VALUE"] = part.get("value", "")
    return fields


def _values(part: Element) -> dict[str, str]:
    """Return the pairs of a generic message: `id` in its version 2.1, `concept` before."""
    return {one.get("id") or one.get("concept") or "": one.get("value", "") for one in part}


def _observation(fields: Mapping[str, str]) -> Observation:
    period = next((fields[name] for name in _TIME if name in fields), "")
    status = next((fields[name] for name in _STATUS if name in fields), "")
    value = number(fields.get("OBS_VALUE", ""))
    if value is not None and says_none(_STATUS[0], status):
        raise ValueError(f"the OBS_STATUS of {period} {NO_VALUE.format(status)}")
    return Observation(period, value, status)


def _observed(
    dimensions: Mapping[str, str], attributes: Mapping[str, str], seen: Sequence[Observation]
) -> Observed:
    code, title = (
        next((attributes[n] for n in names if attributes.get(n)), "") for names in (_CODES, _TITLES)
    )
    frequency = dimensions.get("FREQ") or dimensions.get("freq") or attributes.get("FREQ", "")
    key = ".".join(dimensions.values()) or code or "value"
    return Observed(key, seen, code, title, frequency)


def _local(tag: str) -> str:
    """Return a name of XML without its namespace."""
    return tag.rpartition("}")[2]


def sheet_of_json(name: str, message: Mapping[str, Any], budget: Budget) -> Sheet:
    """Return the series of an SDMX-JSON data message, of version 1 or 2.

    Raises DataError for a message whose parts do not fit together.
    """
    data = message.get("data", message)
    try:
        sets = data["dataSets"]
        deleted = any(deletes(str(one.get("action", ""))) for one in sets)
        structures = data.get("structures") or [data["structure"]]
        series = [
            one
            for data_set in sets
            for one in _series_of_json(data_set, structures[data_set.get("structure", 0)])
        ]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise DataError(f"{name}: is not whole SDMX-JSON; fetch it again") from None
    if deleted:
        raise DataError(f"{name}: {DELETED}")
    return sheet(name, "SDMX-JSON", series, budget)


def _series_of_json(data: Mapping[str, Any], structure: Mapping[str, Any]) -> Iterator[Observed]:
    """Yield the series of one data set: of series, or of flat observations whose last position is time."""
    levels = structure["dimensions"]
    of_series, of_observation = levels.get("series") or [], levels["observation"]
    time = next(i for i, one in enumerate(of_observation) if one["id"] in _TIME)
    status = [one["id"] for one in (structure.get("attributes") or {}).get("observation") or []]
    statuses = (structure.get("attributes") or {}).get("observation") or []
    where = next((i for i, word in enumerate(status) if word in _STATUS), None)
    gathered: dict[tuple[int, ...], list[Observation]] = {}
    described = [*of_series, *(one for i, one in enumerate(of_observation) if i != time)]
    for key, part in (data.get("series") or {"": data}).items():
        for place, seen in part["observations"].items():
            positions = [int(p) for p in place.split(":")]
            period = _id(of_observation[time]["values"][positions.pop(time)])
            mark = ""
            if where is not None and len(seen) > 1 + where and seen[1 + where] is not None:
                mark = _id(statuses[where]["values"][seen[1 + where]])
            value = None if seen[0] is None else number(str(seen[0]))
            whole = (*(int(p) for p in key.split(":") if p), *positions)
            gathered.setdefault(whole, []).append(Observation(period, value, mark))
    for whole, observations in gathered.items():
        chosen = [(one["id"], one["values"][p]) for one, p in zip(described, whole, strict=True)]
        names = "; ".join(_name(value) for _, value in chosen)
        frequency = next((_id(value) for word, value in chosen if word.upper() == "FREQ"), "")
        yield Observed(".".join(_id(value) for _, value in chosen), observations, "", names, frequency)


def _id(value: Mapping[str, Any]) -> str:
    return str(value.get("id") or value.get("name") or value.get("start"))


def _name(value: Mapping[str, Any]) -> str:
    name = value.get("name", value.get("id", ""))
    return str(next(iter(name.values()), "") if isinstance(name, dict) else name)
