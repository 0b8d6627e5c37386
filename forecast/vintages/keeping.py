"""The last good state of a store: a copy after every ingest, gone on with where the store is damaged."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from forecast.errors import DataError
from forecast.places import written_to
from forecast.vintages.beside import copying, kept, log, mending
from forecast.vintages.offers import written
from forecast.vintages.opening import UNSEALED, DamageError, format_of, opened, understood, verify
from forecast.vintages.sealing import seals


@dataclass(frozen=True)
class Held:
    """Hold what a store has, and had.

    seals, prints : of each release, by its series' name and rank, its seal and how many prints it has
    states : the seals of its states, the last one last; none where its format has no seals
    newest : the seal of what it has, without what it had
    """

    seals: dict[tuple[str, int], str]
    prints: dict[tuple[str, int], int]
    states: tuple[str, ...]
    newest: str


def held(path: Path, wait: float) -> Held:
    """Return what a store has, and had. Raises DataError where it cannot be read."""
    with understood(path):
        connection = opened(path, wait, read_only=True)
        try:
            version = format_of(path, connection)
            if not version:
                return Held({}, {}, (), "")
            sealed = version > UNSEALED
            rows = seals(connection, sealed)
            asked = "SELECT seal, releases FROM states ORDER BY number"
            states = connection.execute(asked).fetchall() if sealed else []
        finally:
            connection.close()
    return Held(
        {(name, rank): seal for name, rank, seal, _ in rows},
        {(name, rank): count for name, rank, _, count in rows},
        tuple(str(seal) for seal, _ in states),
        str(states[-1][1]) if states else "",
    )


def keep(path: Path) -> list[str]:
    """Copy a store that was just written; return a note where that is not possible. Only for who holds its lock."""
    try:
        _copied(path, kept(path))
    except OSError as error:
        return [f"{path.name}: no copy could be kept for the case of damage ({error.strerror})"]
    return []


def mended(path: Path, wait: float) -> list[str]:
    """Put the copy in the place of a damaged store, which is set aside; return notes of that, or of one not told yet.

    Only for who holds its lock. A store that is byte for byte its copy is whole; another is read in full.
    Raises DataError where a store is damaged and no copy is kept, is not there and one is, or does not come from that.
    """
    copy = kept(path)
    if not path.exists():
        refuse_lost(path)
        return []
    if copy.exists() and not log(path).exists() and filecmp.cmp(path, copy, shallow=False):
        return _untold(path)
    try:
        verify(path, wait)
    except DamageError:
        if not copy.exists():
            raise
        _check_copy(path, copy, wait)
        _put_back(path, copy, _unlike(path, copy, wait))
    else:
        if copy.exists():
            _refuse_other(path, copy, wait)
    return _untold(path)


def _put_back(path: Path, copy: Path, unlike: str) -> None:
    """Set a damaged store aside with its log, write down that it was, then put its copy in its place."""
    aside = next(p for n in count(1) if _is_free(p := path.with_name(f"{path.name}.damaged-{n}"), path))
    _copied(path, aside)
    if log(path).exists():
        _copied(log(path), log(aside))
    note = (
        f"{path.name}: was damaged and is set aside as {aside.name}; it was gone on with from the state that was "
        f"copied last, and what was written or taken out since is not in it{unlike}"
    )
    try:
        with written_to(path):
            shutil.copyfile(copy, copying(path))
            mending(path).write_text(note, encoding="utf-8")
    except OSError:
        for half in (copying(path), mending(path)):
            half.unlink(missing_ok=True)
        raise
    log(path).unlink(missing_ok=True)  # before: it would be played into the copy
    copying(path).replace(path)


def _is_free(aside: Path, path: Path) -> bool:
    """Whether a store can be set aside there: nothing is, or the same, as after a try on a full disk."""
    same = aside.exists() and filecmp.cmp(path, aside, shallow=False)
    if same and log(aside).exists():
        return log(path).exists() and filecmp.cmp(log(path), log(aside), shallow=False)
    return same or not aside.exists()


def _copied(source: Path, target: Path) -> None:
    """Copy a file of the store, whole or not at all."""
    fresh = copying(source)
    try:
        shutil.copyfile(source, fresh)
        fresh.replace(target)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _untold(path: Path) -> list[str]:
    """Return the note of a mend that nobody was told of yet."""
    if not mending(path).exists():
        return []
    note = mending(path).read_text(encoding="utf-8", errors="replace")
    return [note] if note else []


def refuse_lost(path: Path) -> None:
    """Raise DataError where a store is gone and its copy is not: a new one would write over that."""
    copy = kept(path)
    if copy.exists():
        aside = f"move {log(path).name} away, then " if log(path).exists() else ""
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
    lacked, more = _days_beyond(own, kept_one), _days_beyond(kept_one, own)
    way = f"move {_both(path)} away and rename {copy.name} to {path.name} to go on with that, or move {copy.name} away"
    if _is_damaged(copy, wait):
        way = f"{copy.name} is damaged: move or delete it"
    changed = _days_changed(own, kept_one)
    of = f", which holds more of {_days(lacked)}" if lacked else ""
    also = f" (the store holds more of {_days(more)})" if more else ""
    other = f" (what the two hold of {_days(changed)} is not the same)" if changed else ""
    raise DataError(
        f"{path.name}: does not come from {copy.name} beside it, the state that was copied last{of}{also}{other}, as "
        "where an older store, or another of its name, was put here; nothing was added: "
        f"{way} to go on with the store as it is"
    )


def _comes_from(own: Held, kept_one: Held) -> bool:
    """Whether a store was once in the state of its copy, or holds the same.

    Of a copy without seals: whether it has of each release the same, or more prints.
    """
    if kept_one.states:
        return kept_one.states[-1] in own.states or kept_one.newest == own.newest
    return not _days_beyond(own, kept_one) and not _days_changed(own, kept_one)


def _unlike(path: Path, copy: Path, wait: float) -> str:
    """Say of which releases a copy holds less, more or others than its damaged store, where that can still be read."""
    try:
        own, of_copy = held(path, wait), held(copy, wait)
    except DataError:
        return ""
    gone, back = _days_beyond(of_copy, own), _days_beyond(own, of_copy)
    in_copy, in_own = {rank for _, rank in of_copy.seals}, {rank for _, rank in own.seals}
    said = {
        "nothing of {}: ingest these again": gone - in_copy,
        "less of {} than the damaged one: ingest these again": gone & in_copy,
        "{}, which the damaged one had not: take these out where they were": back - in_own,
        "more of {} than the damaged one": back & in_own,
        "{} as before a change: make that again": _days_changed(own, of_copy) if own.states else set(),
    }
    return "".join(f"; it has {what.format(_days(days))}" for what, days in said.items() if days)


def _days_beyond(here: Held, there: Held) -> set[int]:
    """Return the days of publication of which one store has a release that another has not, or has more prints."""
    return {
        of[1]
        for of, seal in there.seals.items()
        if of not in here.seals or (here.seals[of] != seal and here.prints[of] < there.prints[of])
    }


def _days_changed(here: Held, there: Held) -> set[int]:
    """Return the days of publication of which two stores have as many prints of a release, and not the same."""
    both = here.seals.keys() & there.seals.keys()
    return {of[1] for of in both if here.seals[of] != there.seals[of] and here.prints[of] == there.prints[of]}


def _days(ranks: Iterable[int]) -> str:
    """Name days of publication in their order."""
    return ", ".join(written(rank) for rank in sorted(ranks))


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
    return f"{path.name} and {log(path).name}" if log(path).exists() else path.name
