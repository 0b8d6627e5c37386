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

SHOWN = 3
"""Days that a message names. chosen: a line."""


@dataclass(frozen=True)
class Held:
    """Hold what a store has, and had.

    prints : how many a release has, by its series' name and rank · states : the seals of its states, the last one last;
        none where its format has no seals
    """

    prints: dict[tuple[str, int], int]
    states: tuple[str, ...]


def held(path: Path, wait: float) -> Held:
    """Return what a store has, and had. Raises DataError where it cannot be read."""
    with understood(path):
        connection = opened(path, wait, read_only=True)
        try:
            version = format_of(path, connection)
            if not version:
                return Held({}, ())
            rows = connection.execute(
                "SELECT s.name, p.rank, count(*) FROM prints p JOIN series s ON s.id = p.series GROUP BY ALL"
            ).fetchall()
            asked = "SELECT seal FROM states ORDER BY number"
            states = connection.execute(asked).fetchall() if version > UNSEALED else []
        finally:
            connection.close()
    return Held(
        {(str(name), int(rank)): int(count) for name, rank, count in rows}, tuple(str(of) for (of,) in states)
    )


def keep(path: Path) -> list[str]:
    """Copy a store that was just written; return a note where that is not possible. Only for who holds its lock."""
    fresh = _copying(path)
    try:
        shutil.copyfile(path, fresh)
        fresh.replace(kept(path))
    except OSError as error:
        fresh.unlink(missing_ok=True)
        return [f"{path.name}: no copy could be kept for the case of damage ({error.strerror})"]
    return []


def mended(path: Path, wait: float) -> list[str]:
    """Put the copy in the place of a damaged store, which is set aside; return a note where that was needed.

    Only for who holds its lock. A store that is byte for byte its copy is whole; another is read in full.
    Raises DataError where a store is damaged and no copy is kept, is not there and one is, or does not come from that.
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
            _refuse_other(path, copy, wait)
        return []
    aside = next(p for n in count(1) if not (p := path.with_name(f"{path.name}.damaged-{n}")).exists())
    shutil.copyfile(path, aside)
    if _log(path).exists():
        _log(path).replace(_log(aside))
    fresh = _copying(path)
    shutil.copyfile(copy, fresh)
    fresh.replace(path)
    return [
        f"{path.name}: was damaged and is set aside as {aside.name}; this release was added to the state that was "
        f"copied last, and what was written or taken out since is not in it{unlike}"
    ]


def refuse_lost(path: Path) -> None:
    """Raise DataError where a store is gone and its copy is not: a new one would write over that."""
    copy = kept(path)
    if copy.exists():
        aside = f"move {_log(path).name} away and " if _log(path).exists() else ""
        way = f"{aside}rename that to {path.name} to go on with it, or delete it to begin a new store"
        if _is_damaged(copy, 0.0):
            way = "that is damaged too; delete it to begin a new store, and ingest its releases again"
        raise DataError(
            f"{path.name}: is not there, and {copy.name} beside it holds the state that was copied last: {way}"
        )


def _refuse_other(path: Path, copy: Path, wait: float) -> None:
    """Raise DataError where the store never was in the state of its copy: the copy of this one would lose that."""
    own = held(path, wait)
    try:
        kept_one = held(copy, wait)
    except DamageError:
        return  # the store is whole, and its copy helps nobody
    if _comes_from(own, kept_one):
        return
    lacked, more = _days_lacked(own, kept_one), _days_lacked(kept_one, own)
    way = f"move {_both(path)} away and rename {copy.name} to {path.name} to go on with that, or move {copy.name} away"
    if _is_damaged(copy, wait):
        way = f"{copy.name} is damaged: move or delete it"
    of = f", which holds more of {_days(lacked)}" if lacked else ""
    also = f" (the store holds more of {_days(more)})" if more else ""
    raise DataError(
        f"{path.name}: does not come from {copy.name} beside it, the state that was copied last{of}{also}, as where an "
        f"older store, or another of its name, was put here; nothing was added: {way} to go on with the store as it is"
    )


def _comes_from(own: Held, kept_one: Held) -> bool:
    """Whether a store was once in the state of its copy; of a copy without seals, whether it has as many prints."""
    if kept_one.states:
        return kept_one.states[-1] in own.states
    return not _days_lacked(own, kept_one)


def _unlike(path: Path, copy: Path, wait: float) -> str:
    """Say which releases only a damaged store holds, where it can still be read, and which only its copy does."""
    try:
        own, of_copy = held(path, wait), held(copy, wait)
    except DataError:
        return ""
    gone, back = _days_lacked(of_copy, own), _days_lacked(own, of_copy)
    return (f"; it has nothing of {_days(gone)}: ingest these again" if gone else "") + (
        f"; it has {_days(back)}, which the damaged one had not: take these out where they were"
        if back
        else ""
    )


def _days_lacked(here: Held, there: Held) -> list[int]:
    """Return the days of publication of which a store has fewer prints than another."""
    return sorted({of[1] for of, count in there.prints.items() if here.prints.get(of, 0) < count})


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


def _check_copy(path: Path, copy: Path, wait: float) -> None:
    try:
        verify(copy, wait)
    except DataError:
        raise DataError(
            f"{path.name}: is damaged, and so is the copy {copy.name}; both were left as they are: ingest its "
            "releases again into a new store"
        ) from None


def _both(path: Path) -> str:
    """Return the names of a store and, where there is one, of its log."""
    return f"{path.name} and {_log(path).name}" if _log(path).exists() else path.name


def _copying(path: Path) -> Path:
    return path.with_name(f".{path.name}.copying")


def _log(path: Path) -> Path:
    """DuckDB's log of what was committed and is not in the file yet."""
    return path.with_name(f"{path.name}.wal")
