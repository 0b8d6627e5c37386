"""Excel, Parquet and SDMX-ML: the door to the libraries that open them."""

from __future__ import annotations

from pathlib import Path

from forecast.errors import DataError

Records = tuple[list[list[str]], list[int], list[str]]


def is_excel(content: bytes) -> bool:
    """Tell whether the bytes are an .xlsx workbook."""
    return content[:4] == b"PK\x03\x04" and b"xl/" in content


def is_parquet(content: bytes) -> bool:
    """Tell whether the bytes are a Parquet file."""
    return content[:4] == b"PAR1"


def is_xml(content: bytes) -> bool:
    """Tell whether the bytes are XML or HTML."""
    return content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"


def excel(path: Path, sheet: str | None) -> tuple[list[list[str]], list[int], list[str], str]:
    raise DataError(f"{path.name}: Excel later")


def parquet(path: Path) -> Records:
    raise DataError(f"{path.name}: Parquet later")


def sdmx_ml(path: Path) -> Records:
    raise DataError(f"{path.name}: SDMX later")
