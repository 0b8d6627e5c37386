"""The last good state of a store: a copy after every ingest, gone on with where the store is damaged."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from forecast.errors import DataError
from forecast.vintages.offers import written
from forecast.vintages.opening import UNSEALED, DamageError, format_of, kept, opened, understood, verify
from forecast.vintages.sealing import state

SHOWN = 3
"""Days that a message names. chosen: a line."""


@dataclass(frozen=True)
class Held:
    """Hold what a store has.

    prints : how many a release has, by its series' name and rank · state : the seal of the store, "" for none
    """

    prints: dict[tuple[str, int], int]
    state: str


def held(path: Path, wait: float) -> Held:
    """Return what a store has. Raises DataError where it cannot be read."""
    with understood(path):
        connection = opened(path, wait, read_only=True)
        try:
            version = format_of(path, connection)
            if not version:
                return Held({}, "")
            rows = connection.execute(
                "SELECT s.name, p.rank, count(*) FROM prints p JOIN series s ON s.id = p.series GROUP BY ALL"
            ).fetchall()
            sealed = state(connection) if version > UNSEALED else ""
        finally:
            connection.close()
    return Held({(str(name), int(rank)): int(count) for name, rank, count in rows}, sealed)


def keep(path: Path) -> list[str]:
    """Copy a store that was just written; return a note where that is not possible. Only for who holds its lock."""
    fresh = _copying(path)
    try:
        shutil.copyfile(path, fresh)
        fresh.replace(kept(path))
        taking(path).unlink(missing_ok=True)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        return [f"{path.name}: no copy could be kept for the case of damage ({error.strerror})"]
    return []


def mended(path: Path, wait: float) -> list[str]:
    """Put the copy in the place of a damaged store, which is set aside; return a note where that was needed.

    Only for who holds its lock. A store that is byte for byte its copy is whole; another is read in full.
    Raises DataError where a store is damaged and no copy is kept, is not there and one is, or is older than that.
    """
    copy = kept(path)
    if not path.exists():
        refuse_lost(path)
        return []
    if copy.exists() and not _log(path).exists() and filecmp.cmp(path, copy, shallow=False):
        return []
    try:
        verify(path, wait)
    except DamageError:
        if not copy.exists():
            raise
        _check_copy(path, copy, wait)
        unlike = _unlike(path, copy, wait)
    else:
        if copy.exists():
            _refuse_older(path, copy, wait)
        return []
    aside = next(p for n in count(1) if not (p := path.with_name(f"{path.name}.damaged-{n}")).exists())
    shutil.copyfile(path, aside)
    if _log(path).exists():
        _log(path).replace(_log(aside))
    fresh = _copying(path)
    shutil.copyfile(copy, fresh)
    fresh.replace(path)
    return [
        f"{path.name}: was damaged and is set aside as {aside.name}; this release was added to the state after the "
        f"last ingest, and what another program wrote since is not in it{unlike}"
    ]


def refuse_lost(path: Path) -> None:
    """Raise DataError where a store is gone and its copy is not: a new one would write over that."""
    copy = kept(path)
    if copy.exists():
        way = f"rename that to {path.name} to go on with it, or delete it to begin a new store"
        if _is_damaged(copy, 0.0):
            way = "that is damaged too; delete it to begin a new store, and ingest its releases again"
        raise DataError(f"{path.name}: is not there, and {copy.name} beside it holds its last state: {way}")


def _refuse_older(path: Path, copy: Path, wait: float) -> None:
    """Raise DataError where the copy holds what the store lacks: the copy of this state would lose it."""
    own = held(path, wait)
    if taking(path).exists() and taking(path).read_text() == own.state:
        return
    try:
        of_copy = held(copy, wait).prints
    except DamageError:
        return  # the store is whole, and its copy helps nobody
    lacked = sorted({of[1] for of, count in of_copy.items() if own.prints.get(of, 0) < count})
    if lacked:
        way = f"rename {copy.name} to {path.name} to go on with it, or move or delete it"
        if _is_damaged(copy, wait):
            way = f"{copy.name} is damaged: move or delete it"
        raise DataError(
            f"{path.name}: lacks what {copy.name} beside it, the state after the last ingest, holds of "
            f"{_days(lacked)}, as where an older store was put back; nothing was added: {way} to go on with the store "
            "as it is"
        )


def _unlike(path: Path, copy: Path, wait: float) -> str:
    """Say which releases only a damaged store holds, where it can still be read, and which only its copy does."""
    try:
        own, of_copy = held(path, wait).prints, held(copy, wait).prints
    except DataError:
        return ""
    gone, back = (
        sorted({of[1] for of, count in here.items() if there.get(of, 0) < count})
        for here, there in ((own, of_copy), (of_copy, own))
    )
    return (f"; it has nothing of {_days(gone)}: ingest these again" if gone else "") + (
        f"; it has {_days(back)}, which the damaged one had not: take these out where they were"
        if back
        else ""
    )


def _days(ranks: Sequence[int]) -> str:
    """Name the last of some days of publication, and how many there are before."""
    more = f" and {len(ranks) - SHOWN} before" if ranks[SHOWN:] else ""
    return ", ".join(written(rank) for rank in ranks[-SHOWN:]) + more


def _is_damaged(copy: Path, wait: float) -> bool:
    try:
        verify(copy, wait)
    except DamageError:
        return True
    return False


def taking(path: Path) -> Path:
    """Return the mark, beside a store, that holds its seal after releases were taken out, until its copy is renewed."""
    return path.with_name(f".{path.name}.taking")


def _check_copy(path: Path, copy: Path, wait: float) -> None:
    try:
        verify(copy, wait)
    except DataError:
        raise DataError(
            f"{path.name}: is damaged, and so is the copy {copy.name}; both were left as they are: ingest its "
            "releases again into a new store"
        ) from None


def _copying(path: Path) -> Path:
    return path.with_name(f".{path.name}.copying")


def _log(path: Path) -> Path:
    """DuckDB's log of what was committed and is not in the file yet."""
    return path.with_name(f"{path.name}.wal")
