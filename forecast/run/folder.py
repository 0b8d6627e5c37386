"""The folder of one run, written beside its place and swapped in whole, together with its row of the history."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from forecast import report
from forecast.again.days import DAY, aside, day_of, is_aside
from forecast.again.folder import BACKTEST
from forecast.answers.onset import calm
from forecast.checksums import seal
from forecast.config import Question
from forecast.errors import ConfigError, ForecastError
from forecast.estimate import Estimate
from forecast.locking import locked
from forecast.outcome import Outcome
from forecast.places import held, led_to, nowhere, written_to
from forecast.report import desk
from forecast.run import paths_file, snapshots
from forecast.run.earlier import asked

_DIGITS = 16  # of a name that no other process chooses; chosen: eight bytes by chance
_SCRATCH = re.compile(rf"\.(?P<of>.+)-new-[0-9a-f]{{{_DIGITS}}}")
_DUE = re.compile(rf"\.{re.escape(snapshots.FILE)}-{DAY.pattern}-[0-9a-f]{{64}}")
"""Names of what a run has not finished, and of a history whose report is not in its place yet; no other is touched."""

WAIT = 600.0
"""Seconds that a run waits for others of its question to write theirs. chosen: many times what a run takes to
write."""


def grounds(
    question: Question, outcome: Outcome, answer: Estimate, languages: Sequence[str]
) -> dict[str, bytes]:
    """Return the files that further questions stand on, by name: paths, sectors, and the desks of web pages."""
    quiet = calm(answer)
    files = paths_file.files(answer, quiet)
    if "html" in question.config.report.formats:
        desks = desk.pages(answer.grounds, outcome, tuple(languages), quiet)
        files |= {name: page.encode() for name, page in desks.items()}
    return files


def write(
    question: Question, outcome: Outcome, grounds: Mapping[str, bytes], folder: Path, languages: Sequence[str]
) -> None:
    """Write a report into its folder and its row into the question's history, as one step.

    A crash leaves the last good report and its row. Several runs of one question take turns.
    Raises ForecastError where another holds the question longer than ten minutes.
    """
    home = folder.parent
    home.mkdir(parents=True, exist_ok=True)
    with locked(home, WAIT, _busy(home)):
        settle(home)
        with written_to(folder), beside(folder) as fresh:
            formats = question.config.report.formats
            report.write(outcome, fresh, languages, formats, desk="html" in formats)
            for name, content in grounds.items():
                (fresh / name).write_bytes(content)
            numbers = json.loads(outcome.to_json())
            manifest = {
                "schema_version": numbers["schema_version"],
                "config": question.source.decode("utf-8-sig"),
                **numbers["stamp"],
            }
            (fresh / "manifest.json").write_text(
                json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
            seal(fresh)
            publish(fresh, folder, snapshots.kept(home, outcome, asked(question)))


def publish(fresh: Path, folder: Path, history: bytes) -> None:
    """Put a report in its place and the history that tells of it beside it.

    The history waits under a name that holds the hash of its report until that stands: whatever moment a kill
    strikes, `settle` knows whether the report is there and its row is due.
    """
    due = folder.with_name(f".{snapshots.FILE}-{folder.name}-{_hash(fresh)}")
    replace_bytes(due, history)
    try:
        swap(fresh, folder)
    finally:
        _settle_row(due)


def settle(question: Path) -> None:
    """Finish or undo what killed runs of a question had begun; only for who holds its lock."""
    places = held(question)
    for old in places:
        if is_aside(old) and DAY.fullmatch(day_of(old)):
            restore(old.with_name(day_of(old)))
    for due in places:
        if _DUE.fullmatch(due.name):
            _settle_row(due)
    clear(question)


def clear(home: Path, name: str | None = None) -> None:
    """Delete from a folder what those that were killed left half written, of one name or of all."""
    for left in held(home):
        found = _SCRATCH.fullmatch(left.name)
        if found and name in (None, found["of"]):
            discard(left)


def _settle_row(due: Path) -> None:
    """Make a waiting history the question's where the report that it tells of stands in its place, else drop it."""
    day, _, digest = due.name.removeprefix(f".{snapshots.FILE}-").rpartition("-")
    if day and _hash(due.with_name(day)) == digest:
        due.replace(due.with_name(snapshots.FILE))
    else:
        due.unlink()


def settled(question: Path) -> None:
    """Settle a question where a killed run left anything; a question at peace is not touched."""
    if any(question.glob(".*")):
        with locked(question, WAIT, _busy(question)):
            settle(question)


def _busy(question: Path) -> ForecastError:
    return ForecastError(f"{question}: another run is writing to it (waited {WAIT:g} s); run again later")


def _hash(folder: Path) -> str:
    """SHA-256 of what a report says; of an empty text where there is none."""
    file = folder / "report.json"
    return sha256(file.read_bytes() if file.is_file() else b"").hexdigest()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside a place, for its content to be written whole before it takes the place.

    What has not been moved away in the end, by `publish` or `swap`, is deleted: a crash leaves what was there.
    """
    fresh = scratch(folder)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def swept(place: Path) -> Iterator[Path]:
    """Yield an empty folder as `beside` does, alone at the place, where nothing is left of those that were killed.

    Raises ForecastError where another holds the place longer than ten minutes.
    """
    with locked(place, WAIT, _busy(place.parent)):
        clear(place.parent, place.name)
        with beside(place) as fresh:
            yield fresh


def replace_bytes(file: Path, content: bytes) -> None:
    """Write a file beside its place and move it there in one step."""
    fresh = scratch(file)
    try:
        with fresh.open("wb") as written:
            written.write(content)
            written.flush()  # what Python still holds of it no disk has
            os.fsync(written.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def check_writable(out: Path) -> None:
    """Raise ConfigError where the folder of reports cannot be made or written to, before any work is done."""
    if wrong := nowhere(out):
        raise ConfigError(f"{out}: {wrong}; mend that link, or name another folder with --out")
    here = next(place for place in (out.absolute(), *out.absolute().parents) if place.exists())
    if not here.is_dir():
        raise ConfigError(f"{out}: cannot hold reports, {here} is a file; name another folder with --out")
    if not os.access(here, os.W_OK | os.X_OK):
        raise ConfigError(f"{out}: no permission to write in {here}; name another folder with --out")


def check_free(folder: Path) -> None:
    """Raise ConfigError where a report would take the place of a file, or share a folder with a backtest."""
    if wrong := nowhere(folder):
        raise ConfigError(
            f"{folder}: {wrong}, where the report's folder belongs; mend that link, or remove it"
        )
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: is a file where the report's folder belongs; move it away")
    if fixed := [
        of for of in (folder, *held(folder)) if of.is_dir() and not os.access(of, os.W_OK | os.X_OK)
    ]:
        raise ConfigError(
            f"{fixed[0]}: is read-only or another's, so that no new report can take its place; name another folder "
            "with --out, or give yourself the right to write there"
        )
    if (folder.parent / BACKTEST).exists():
        raise ConfigError(f"{folder.parent}: holds a backtest of this name; give the question another name")


def forecasts_of(backtest: Path) -> Path:
    """Return the folder in which a backtest keeps its forecasts, beside its own."""
    return backtest.with_name(f"{backtest.name}-forecasts")


def check_backtest(folder: Path) -> None:
    """Raise ConfigError where a backtest would take the place of anything else, or keep its forecasts nowhere.

    A link to a folder of forecasts that is still to be made is followed, as one to a disk that is not there is not.
    """
    forecasts = forecasts_of(folder)
    if not led_to(forecasts).parent.is_dir() and (wrong := nowhere(forecasts)):
        raise ConfigError(f"{forecasts}: {wrong}; mend that link, or remove it")
    if wrong := nowhere(folder):
        raise ConfigError(
            f"{folder}: {wrong}, where the backtest's folder belongs; mend that link, or remove it"
        )
    if folder.exists() and not folder.is_dir():
        raise ConfigError(f"{folder}: is a file where the backtest's folder belongs; move it away")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / BACKTEST).exists():
        raise ConfigError(f"{folder}: holds other files than a backtest's; give the backtest another name")


def swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; any failure puts the old one back."""
    old = aside(folder)
    restore(folder)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except BaseException:
        restore(folder)
        raise
    _drop(old)


def restore(folder: Path) -> None:
    """Bring back a report that a killed run had moved aside, or drop what it left of one already replaced."""
    old = aside(folder)
    if folder.exists():
        _drop(old)
    elif old.exists():
        old.rename(folder)


def _drop(old: Path) -> None:
    """Delete what was moved aside, first under a name that nobody reads, as the system may not let us."""
    if old.exists():
        gone = scratch(old.with_name(day_of(old)))
        old.rename(gone)
        discard(gone)


def scratch(place: Path) -> Path:
    """Return a name beside a place that no other process writes to."""
    return place.with_name(f".{place.name}-new-{secrets.token_hex(_DIGITS // 2)}")


def discard(place: Path) -> None:
    """Delete a file, or a folder with all it holds, as far as the system lets us."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)
