"""The files of a report in a folder of the user's, as one step in place of those of the report before."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from forecast.checksums import SUMS, Sums, seal, sums
from forecast.errors import ConfigError
from forecast.places import nowhere, written_to

_ONE_AT_A_TIME = Lock()
_MEND = "move it away, or write to another folder"


def before(out: Path, own: re.Pattern[str]) -> Sums:
    """Return the checksums of the report that was written to a folder before; of none where there was none.

    own : names that a report's files may have
    Raises ConfigError where `out` is no folder or holds the checksums of other files, as those of a run.
    """
    if wrong := nowhere(out):
        raise ConfigError(f"out: {out} {wrong}; name another folder")
    here = next(place for place in (out.absolute(), *out.absolute().parents) if place.exists())
    if not here.is_dir():
        raise ConfigError(f"out: {here} is a file; name a folder")
    known = sums(out, _MEND)
    if known.known is not None and not (known.lists("report.json") and all(map(own.fullmatch, known.known))):
        raise ConfigError(
            f"out: {out} holds the {SUMS} of a run or of other files, not of a report alone; name another folder"
        )
    return known


def place(files: Mapping[str, bytes], out: Path, own: re.Pattern[str]) -> list[Path]:
    """Write files into a folder and take away those of the report before that are not among them; return their paths.

    All are written aside first, and any failure leaves the folder as it was; threads take turns.
    Raises DataError where one to be taken away was changed since, ConfigError as `before` and where one may not be
    replaced.
    """
    with _ONE_AT_A_TIME:
        return _place(files, out, before(out, own))


def _place(files: Mapping[str, bytes], out: Path, known: Sums) -> list[Path]:
    left = [name for name in known.known or () if name not in files and os.path.lexists(out / name)]
    _refuse_fixed(out, [*left, *files])
    for name in left:
        known.check(name, (out / name).read_bytes())
    with written_to(out):
        out.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=out, prefix=".report-", ignore_cleanup_errors=True) as aside:
            fresh, old = Path(aside) / "new", Path(aside) / "old"
            for name, content in files.items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_bytes(content)
            seal(fresh)
            _exchange(out, [*left, *files], list(files), fresh, old)
    for folder in {(out / name).parent for name in left} - {out}:
        with suppress(OSError):  # it holds other files
            folder.rmdir()
    return [out / name for name in files]


def _refuse_fixed(out: Path, names: Iterable[str]) -> None:
    for file in map(out.joinpath, names):
        if file.is_dir():
            raise ConfigError(f"out: {file} is a folder where a file of the report belongs; {_MEND}")
        if file.exists() and not os.access(file, os.W_OK):
            raise ConfigError(
                f"out: {file} is read-only or another's, so that no new one can take its place; {_MEND}"
            )


def _exchange(out: Path, gone: Iterable[str], come: Iterable[str], fresh: Path, old: Path) -> None:
    """Move old files out and new ones in, undoing all of it where one fails.

    The checksums go last and come first, so that whenever a kill strikes they name every file of a report there.
    """
    moved: list[tuple[Path, Path]] = []
    ways = [
        *((out / name, old / name) for name in (*gone, SUMS)),
        *((fresh / name, out / name) for name in (SUMS, *come)),
    ]
    try:
        for source, target in ways:
            if os.path.lexists(source):
                target.parent.mkdir(parents=True, exist_ok=True)
                source.rename(target)
                moved.append((source, target))
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        raise
