"""Excel, Parquet and SDMX-ML: the one door to the libraries that open them."""

from __future__ import annotations

import contextlib
import importlib
import io
import logging
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forecast.errors import DataError
from forecast.tables.words import suggestion

Records = tuple[list[list[str]], list[int], list[str]]
"""Cells of every record, the line of each, and notes."""


def is_excel(content: bytes) -> bool:
    """Tell whether the bytes are an .xlsx workbook."""
    return content[:4] == b"PK\x03\x04" and (b"xl/" in content or b"[Content_Types]" in content)


def is_parquet(content: bytes) -> bool:
    """Tell whether the bytes are a Parquet file."""
    return content[:4] == b"PAR1"


def is_xml(content: bytes) -> bool:
    """Tell whether the bytes are XML or HTML."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def excel(path: Path, sheet: str | None) -> tuple[str, Records]:
    """Return the name for messages and the cells of a sheet, merged cells filled downwards.

    Raises DataError for a damaged workbook, an unknown sheet, or a choice of sheets without one named.
    """
    book = _opened(path)
    filled = [s.title for s in book.worksheets if s.sheet_state == "visible" and s.max_row * s.max_column > 1]
    if sheet is not None and sheet not in book.sheetnames:
        raise DataError(f'{path.name}: no sheet "{sheet}"; {suggestion(sheet, book.sheetnames)}')
    if sheet is None and len(filled) > 1:
        raise DataError(
            f"{path.name}: {len(filled)} sheets hold data ({', '.join(filled)}); name one as sheet"
        )
    if sheet is None and not filled:
        raise DataError(f"{path.name}: is empty; expected a header row and at least one row")
    chosen = book[sheet or filled[0]]
    _refuse_unsaved(path, chosen)
    grid = [[_cell(cell.value, cell.number_format) for cell in row] for row in chosen.iter_rows()]
    notes = []
    for area in chosen.merged_cells.ranges:
        if area.max_row > area.min_row:
            for row in range(area.min_row, area.max_row):
                grid[row][area.min_col - 1] = grid[area.min_row - 1][area.min_col - 1]
            notes.append(f"merged cells {area.coord} were filled down")
    name = path.name if len(book.sheetnames) == 1 else f"{path.name}[{chosen.title}]"
    return name, (grid, list(range(1, len(grid) + 1)), notes)


def _refuse_unsaved(path: Path, sheet: Any) -> None:
    """Raise DataError for formulas whose results no program has saved: they would read as empty cells."""
    with zipfile.ZipFile(path) as archive:
        pages = [archive.read(part) for part in archive.namelist() if part.startswith("xl/worksheets/")]
    if not any(b"<f>" in page or b"<f " in page for page in pages):
        return
    formulas = _opened(path, values=False)[sheet.title]
    unsaved = [
        cell.coordinate
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f" and sheet[cell.coordinate].value is None
    ]
    if unsaved:
        raise DataError(
            f"{path.name}: cell {unsaved[0]} holds a formula without its result ({len(unsaved)} such cells); "
            "open and save the file in Excel, or write the values"
        )


def parquet(path: Path) -> Records:
    """Return the cells of a Parquet file, its named index first; lines count from 2, below the header.

    Raises DataError for a damaged file.
    """
    import pyarrow

    try:
        frame = pd.read_parquet(path, engine="pyarrow")
    except (pyarrow.ArrowException, OSError):
        raise DataError(f"{path.name}: is Parquet but damaged or cut short; write it again") from None
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index()
    return _records(frame)


def sdmx_ml(path: Path) -> Records:
    """Return the observations of an SDMX-ML file: a column per dimension, TIME_PERIOD, OBS_VALUE.

    Raises DataError where the file is other XML or HTML, and where sdmx1 is not installed.
    """
    content = path.read_bytes()
    head = content[:4000].lower()
    if b"sdmx" not in head:
        what = "an HTML page" if b"<html" in head or b"<table" in head else "XML, but not SDMX"
        raise DataError(f"{path.name}: is {what}; save the table as CSV or Excel")
    sdmx = _optional("sdmx", path, "SDMX-ML", "sdmx")
    logging.getLogger("sdmx").setLevel(
        logging.ERROR
    )  # it asks for a structure message that files come without
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):  # sdmx1 prints on failing
            warnings.simplefilter("ignore")
            data = sdmx.read_sdmx(io.BytesIO(content), format="XML").data
            frames = [sdmx.to_pandas(part).rename("OBS_VALUE").reset_index() for part in data]
    except Exception as error:  # sdmx1 lets lxml's, its own and plain errors through
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{path.name}: is not whole SDMX-ML ({reason}); fetch it again") from None
    if not frames:
        raise DataError(f"{path.name}: is SDMX-ML without data; fetch the data message, not the structure")
    return _records(pd.concat(frames, ignore_index=True))


def _opened(path: Path, values: bool = True) -> Any:
    openpyxl = _optional("openpyxl", path, "an Excel workbook", "excel")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which carry no figures
            return openpyxl.load_workbook(path, data_only=values)
    except Exception as error:  # zip, XML and openpyxl errors have no common class
        raise DataError(
            f"{path.name}: is a damaged workbook ({error}); open and save it again in Excel"
        ) from None


def _optional(module: str, path: Path, kind: str, extra: str) -> ModuleType:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise DataError(f"{path.name}: is {kind}; to read it: pip install iip-forecast[{extra}]") from None


def _records(frame: pd.DataFrame) -> Records:
    cells = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return [[str(c) for c in frame.columns], *cells], list(range(1, len(cells) + 2)), []


def _cell(value: Any, number_format: str = "") -> str:
    """Return a typed cell as text: ISO dates, floats by their shortest digits, percentages as shown."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool | np.bool_):
        return str(value).upper()
    if isinstance(value, int | float | np.integer | np.floating):
        if "%" in number_format:
            return f"{float(f'{100 * value:.12g}')!r}%"
        # A spreadsheet's own 106.3 − 100 is 6.299999999999997: the digits beyond the twelfth are its arithmetic.
        return repr(
            float(f"{float(value):.12g}") if isinstance(value, float | np.floating) else int(value)
        ).removesuffix(".0")
    return str(value).strip()
