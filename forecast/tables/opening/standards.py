"""Observations in a standard of data exchange as a long table."""

from __future__ import annotations

from pathlib import Path

from forecast.tables import workbook
from forecast.tables.cells import Sheet


def is_xml(content: bytes) -> bool:
    """Tell whether the bytes are XML."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def sheet(path: Path) -> Sheet:
    """Return the observations of an SDMX-ML file, a column per dimension.

    Raises DataError where the file is other XML, and where sdmx1 is not installed.
    """
    rows, lines, notes = workbook.sdmx_ml(path)
    cells = tuple(tuple(cell or None for cell in row) for row in rows)
    return Sheet(path.name, "", cells, tuple(lines), notes=tuple(notes))
