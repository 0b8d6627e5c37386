"""Files that a config is, or names: read, looked for, and told of in plain words where they are missing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from forecast.errors import ConfigError, DataError
from forecast.figures import recognises
from forecast.tables import nearest

_DATA = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".parquet", ".xml", ".json", ".px", ".duckdb", ".gz")


def source_of(file: Path) -> bytes:
    """Return the bytes of a config.

    Raises ConfigError with the nearest name where there is none, and for a file of data says what it is.
    """
    if file.suffix.lower() in _DATA and file.is_file():
        raise ConfigError(
            f"{file}: is {_kind(file)}, no config; `forecast check {file}` tells what is in it, and a config names "
            "it as its target (`forecast init NAME` makes one)"
        )
    try:
        return file.read_bytes()
    except IsADirectoryError:
        raise ConfigError(f"{file}: is a folder; name a config file in it") from None
    except FileNotFoundError:
        near = nearest(file.name, [p.name for p in file.parent.glob("*.yaml")])
        remedy = f'did you mean "{file.parent / near}"?' if near else "`forecast init NAME` makes a starter"
        raise ConfigError(f"{file}: no such config; {remedy}") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None


def _kind(file: Path) -> str:
    """What a file of data is, in words."""
    if file.suffix.lower() == ".duckdb":
        return "a store of vintages"
    try:
        return "a file of published figures" if recognises(file) else "a file of index levels or other data"
    except DataError:
        return "a file of data"


def find(name: str, beside: Path, folders: Sequence[Path], place: str, had_from: str | None = None) -> Path:
    """Look a file up beside the config, then in the data folders.

    place : of the key that names it · had_from : where such data can be had
    Raises ConfigError saying where it was sought.
    """
    extra = [Path(os.environ["FORECAST_DATA"])] if os.environ.get("FORECAST_DATA") else []
    sought = [beside, *folders, *extra]
    for folder in sought:
        if (folder / name).exists():
            return folder / name
    where = ", ".join(str(folder) for folder in sought)
    hint = f"; such data: {had_from}" if had_from else ""
    raise ConfigError(
        f"{place}: file {name!r} not found in {where}; put it there, or name its folder with --data DIR "
        f"or in FORECAST_DATA{hint}"
    )
