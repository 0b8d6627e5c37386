"""Files that a config is, or names: read, looked for, and told of in plain words where they are missing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from forecast.errors import ConfigError
from forecast.tables import nearest


def source_of(file: Path) -> bytes:
    """Return the bytes of a config. Raises ConfigError with the nearest name where there is none."""
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


READ = (
    ".csv",
    ".tsv",
    ".txt",
    ".xls",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".ods",
    ".parquet",
    ".gz",
    ".xml",
    ".htm",
    ".html",
)
"""Endings of the files of a folder that are taken; a file named by itself may be called anything."""


def files_in(path: Path) -> tuple[Path, ...]:
    """Return a file itself, and of a folder its files of data in the order of their names.

    Raises ConfigError for a folder that holds none.
    """
    if not path.is_dir():
        return (path,)
    inside = tuple(
        sorted(p for p in path.iterdir() if p.suffix.lower() in READ and not p.name.startswith("."))
    )
    if not inside:
        raise ConfigError(f"{path}: holds no file of data ({', '.join(READ)}); name another folder or a file")
    return inside
