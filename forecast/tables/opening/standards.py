"""Files in a standard of data exchange, and plain JSON: told by what is in them, each read by its own module."""

from __future__ import annotations

from forecast.errors import DataError
from forecast.tables.cells import Sheet
from forecast.tables.opening import damage, jsonstat, px, records, sdmx
from forecast.tables.opening.budget import Budget
from forecast.tables.opening.encodings import decoded


def sheet(name: str, content: bytes, budget: Budget) -> Sheet | None:
    """Return the series of a file in a standard, or the records of plain JSON, None where it is neither.

    Raises DataError for XML and JSON of other kinds, and for damaged files.
    """
    head = content[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"<"):
        if not sdmx.is_message(content):
            raise DataError(f"{name}: is XML, but not SDMX; save the table as CSV or Excel")
        return sdmx.sheet_of_xml(name, content, budget)
    wide = content[:4000].replace(b"\x00", b"").lstrip(b"\xff\xfe \r\n\t")  # UTF-16, with its mark or without
    if (wide if b"\x00" in content[:4] else head).startswith((b"{", b"[")):
        return _json(name, content, budget)
    if px.is_px(content):
        return px.sheet(name, content, budget)
    return None


def _json(name: str, content: bytes, budget: Budget) -> Sheet | None:
    text, _ = decoded(name, content)
    try:
        message = damage.loaded(name, text)
    except damage.DamagedError:
        if (lines := damage.lines(name, text)) and (table := records.sheet(name, lines, budget)) is not None:
            return table
        if text.startswith("[") and not damage.begins_as_json(text):
            return None  # a table may begin so
        raise
    if isinstance(message, dict):
        data = message.get("data", message)
        if isinstance(data, dict) and "dataSets" in data:
            return sdmx.sheet_of_json(name, message, budget)
        if message.get("class") in ("dataset", "collection") or any(
            isinstance(one, dict) and "dimension" in one for one in message.values()
        ):
            return jsonstat.sheet(name, message, budget)
    if (table := records.sheet(name, message, budget)) is not None:
        return table
    raise DataError(
        f"{name}: is JSON, but neither JSON-stat nor SDMX-JSON, records such as {records.EXAMPLE} "
        "nor columns and data; save the table as CSV, Excel or Parquet"
    )
