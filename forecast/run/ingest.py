"""`ingest`: releases into a store of vintages, from files or a folder of them, and what each of them brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from forecast.config.files import files_in, unread
from forecast.errors import ConfigError, DataError, ForecastError
from forecast.figures.asked import day_asked
from forecast.parallel.progress import reported
from forecast.tables import AS_IT_IS, Layout, refuse_sheet
from forecast.vintages import Added, Store
from forecast.vintages.offers import Offer
from forecast.vintages.opening import BusyError

_SECTORS = 12  # sectors whose part in a single release is told; chosen: a screen
A_DAY = pd.Timedelta(days=1)  # by which it may be later elsewhere

OWN_DAY = "if it is a correction, give it its own day of publication"

_WORDS = {"first": "new", "revised": "revised", "same": "the same"}


def ingest(
    store: Path,
    named: Sequence[Path],
    published: str | None,
    layout: Layout = AS_IT_IS,
    complete: bool | None = None,
    take_out: str | None = None,
) -> Iterator[str]:
    """Add files, and the files of folders, to a store and yield what each brought, in lines of text.

    Each file is added as a whole or not at all, but for what contradicts the store: nothing is overwritten.
    published : day or month of publication of every file; else each file's name, title or column says it
    complete : of levels, as `vintages.Store.add` has it
    take_out : day or month of publication whose prints are deleted first, in one step with adding the first file
    Raises ConfigError for a date that is none and a folder without a file to read; DataError, when the
    others are stored, with every problem of the files that cannot be read, and what contradicts a print of its day.
    """
    if published is not None and _month_to_come(day_asked(published, "--published")):
        yield f"--published {published} is still to come by this machine's clock; is the year right?"
    files = [file for path in named for file in files_in(path)]
    refuse_sheet(layout.sheet, files)
    held = Store(store)
    lacking = _lacking(held)
    first = None if take_out is None else _first(held, files, published, layout, complete, take_out)
    problems, said = list[str](), set[str]()
    for file in reported(iter(files), len(files), "ingest" if len(files) > 1 else ""):
        try:
            if take_out is not None and first is not None:
                taken, added = held.instead(take_out, first)
                yield from _taken(taken, take_out)
                first = None
            else:
                added = held.ingest(file, published, layout, complete=complete)
        except BusyError as error:  # it would be waited for with every file
            raise DataError(*problems, *error.problems) from None
        except DataError as error:
            if first is not None:
                raise
            problems += error.problems
            continue
        except (OSError, ForecastError, KeyboardInterrupt):
            yield from problems  # of the files before: this ends the command
            raise
        yield f"{file}: {told(added)}"
        if len(files) == 1:
            yield from _by_sector(added.by_series)
        yield from (note for note in added.notes if note not in said)
        said |= set(added.notes)
        problems += [f"{file}: {sentence}; {OWN_DAY}" for sentence in added.sentences]
    yield from filter(None, map(unread, named))
    with suppress(BusyError):  # all is stored
        yield from (line for of, line in _lacking(held).items() if of not in lacking)
    if problems:
        raise DataError(*dict.fromkeys(problems))  # what is wrong with the store is so for every file


def _first(
    held: Store, files: Sequence[Path], published: str | None, layout: Layout, complete: bool | None,
    take_out: str,
) -> Offer:  # fmt: skip
    """Return what the first file offers; refuse files that could not follow a release, which would be lost."""
    day_asked(take_out, "--take-out")
    if absent := [path for path in (held.path, *files) if not path.exists()]:
        raise ConfigError(*(f"{path}: no such file; nothing was taken out" for path in absent))
    problems, offers = list[str](), list[Offer]()
    for file in files:
        try:
            offers.append(held.offered(file, published, layout, complete=complete))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(*problems, f"{held.path.name}: nothing was taken out")
    return offers[0]


def _taken(taken: Mapping[str, int], published: str) -> Iterator[str]:
    """Say what was stored under a date of publication and is no more."""
    for name, count in taken.items():
        yield f"{name}: {count} {'print' if count == 1 else 'prints'} published {published} taken out"


def _lacking(held: Store) -> dict[tuple[str, pd.Timestamp], str]:
    """In words, the levels that the newest releases lack, by name and last release; none where it cannot be read.

    Raises BusyError where others hold the store.
    """
    try:
        return {(of.series, of.published): str(of) for of in held.lacking(pd.Timestamp.max)}
    except BusyError:
        raise
    except DataError:
        return {}


def _month_to_come(day: pd.Timestamp) -> bool:
    """Whether a day lies in a month that has not begun anywhere on earth."""
    return day.to_period("M") > (pd.Timestamp.today() + A_DAY).to_period("M")


def told(added: Added) -> str:
    """Return in words what a release brought: first prints, revisions, prints that repeat, and what was known."""
    counts = added.by_series.sum()
    parts = [f"{int(counts[column])} {word}" for column, word in _WORDS.items()]
    return f"{', '.join(parts)}, {added.known} known before, {len(added.contradictions)} contradictions"


def _by_sector(by_series: pd.DataFrame) -> Iterator[str]:
    """Yield what a release brought to each sector, all its measures together; to the first of many."""
    sectors = by_series.groupby([str(name).rpartition("/")[0] or name for name in by_series.index]).sum()
    for name, counts in (
        sectors.sort_values("revised", ascending=False, kind="stable").head(_SECTORS).iterrows()
    ):
        yield f"  {name}: {', '.join(f'{int(counts[column])} {word}' for column, word in _WORDS.items())}"
    if len(sectors) > _SECTORS:
        yield f"  … {len(sectors) - _SECTORS} more"
