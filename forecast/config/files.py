"""Files that a config is, or names: read, looked for, and told of in plain words where they are missing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from forecast.errors import ConfigError, DataError
from forecast.figures import recognises
from forecast.places import fault, misnamed, nowhere, spelt, there
from forecast.tables import nearest
from forecast.vintages.beside import kept, place_of
from forecast.vintages.keeping import refuse_lost
from forecast.yaml_text import BYTES, most_bytes

_DATA = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".parquet", ".xml", ".json", ".px", ".duckdb", ".gz")


def source_of(file: Path) -> bytes:
    """Return the bytes of a config.

    Raises ConfigError with the nearest name where there is none, and for a file of data says what it is.
    """
    if wrong := misnamed(file):
        raise ConfigError(wrong)
    if file.suffix.lower() in _DATA and there(file) and file.is_file():
        raise ConfigError(
            f"{file}: is {_kind(file)}, no config; `forecast check {file}` tells what is in it, and a config names "
            "it as its target (`forecast init NAME` makes one)"
        )
    if wrong := fault(file):
        raise ConfigError(f"{file}: {wrong}; name a config file")
    most = most_bytes()
    try:
        with file.open("rb") as opened:
            source = opened.read(most + 1)
    except IsADirectoryError:
        raise ConfigError(f"{file}: is a folder; name a config file in it") from None
    except FileNotFoundError:
        near = nearest(file.name, [p.name for p in file.parent.glob("*.yaml")])
        remedy = f'did you mean "{file.parent / near}"?' if near else "`forecast init NAME` makes a starter"
        raise ConfigError(f"{file}: no such config; {remedy}") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    if len(source) > most:
        raise ConfigError(
            f"{file}: has more than {most:,} bytes, as no config does; name a config, or allow more with the "
            f"environment variable {BYTES}"
        )
    return source


def _kind(file: Path) -> str:
    """What a file of data is, in words."""
    if file.suffix.lower() == ".duckdb":
        return "a store of vintages"
    try:
        return "a file of published figures" if recognises(file) else "a file of index levels or other data"
    except DataError:
        return "a file of data"


def find(
    name: str,
    beside: Path,
    folders: Sequence[Path],
    place: str,
    had_from: str | None = None,
    folder_too: bool = False,
) -> Path:
    """Look a file up beside the config, then in the data folders.

    place : of the key that names it · had_from : where such data can be had · folder_too : whether a folder of files
        will do as well
    Raises ConfigError saying where it was sought, for a store that is gone and whose copy is not, and for a folder
    where a file is needed.
    """
    extra = [Path(os.environ["FORECAST_DATA"])] if os.environ.get("FORECAST_DATA") else []
    sought = [beside, *folders, *extra]
    for folder in sought:
        if (found := spelt(folder / os.path.expanduser(name))) is not None:
            if found.is_dir() and not folder_too:
                raise ConfigError(f"{place}: {name!r} is a folder; name a file in it")
            if wrong := fault(found):
                raise ConfigError(f"{place}: {name!r} {wrong}; name a file")
            return found
    _refuse_lost([folder / os.path.expanduser(name) for folder in sought], place)
    near = next(filter(None, (_near(folder, name) for folder in sought)), None)
    name = name if len(name) <= 200 else f"{name[:200]}…"
    where = ", ".join(str(folder) for folder in sought)
    hint = f'did you mean "{near}"? Else ' if near else ""
    source = f"; such data: {had_from}" if had_from else ""
    raise ConfigError(
        f"{place}: file {name!r} not found in {where}; {hint}put it there, or name its folder with --data DIR "
        f"or in FORECAST_DATA{source}"
    )


def _refuse_lost(files: Sequence[Path], place: str) -> None:
    """Raise ConfigError for a store that is gone and whose copy is not, and for a link that leads nowhere."""
    for file in files:
        try:
            if there(kept(place_of(file))):
                refuse_lost(place_of(file))
        except DataError as error:
            raise ConfigError(*(f"{place}: {of}" for of in error.problems)) from None
        if wrong := nowhere(file):
            raise ConfigError(f"{place}: {file}: {wrong}; mend that link, or name another file")


def _near(folder: Path, name: str) -> str | None:
    """What is there under a name much like one that is not: other case, ending or blanks, backslashes in its path."""
    meant = Path(name.strip().replace("\\", "/"))
    try:
        files = (p for p in (folder / meant.parent).iterdir() if not p.name.startswith("."))
        names = [p.name for p in files if p.suffix.lower() != ".yaml"]
    except (OSError, ValueError):
        return None
    close = nearest(meant.name, names)
    return (meant.parent / close).as_posix() if close else None


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
    ".px",
    ".json",
    ".xml",
    ".htm",
    ".html",
)
"""Endings of the files of a folder that are taken; a file named by itself may be called anything."""

_NAMED = 5  # files of a folder that are named; chosen: a line


def files_in(path: Path) -> tuple[Path, ...]:
    """Return a file itself, and of a folder its files of data in the order of their names.

    Raises ConfigError for a folder that holds none.
    """
    if not path.is_dir():
        return (path,)
    inside = tuple(file for file in _files(path) if file.suffix.lower() in READ)
    if not inside:
        raise ConfigError(f"{path}: holds no file of data ({', '.join(READ)}); name another folder or a file")
    return inside


def unread(path: Path) -> str:
    """Say which files of a folder are not taken; "" where there are none, or for a file."""
    others = [file.name for file in _files(path) if file.suffix.lower() not in READ] if path.is_dir() else []
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    named = ", ".join(others[:_NAMED])
    return (
        f"{path.name}: not read, by their endings: {named}{more}; save a table as .csv or .xlsx"
        if others
        else ""
    )


def _files(folder: Path) -> list[Path]:
    """The files of a folder by name, hidden ones aside."""
    return sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
