"""The folder of one run, written beside its place and swapped in whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from forecast import report
from forecast.config import Question
from forecast.errors import ConfigError
from forecast.estimate import Estimate
from forecast.outcome import Outcome
from forecast.run.paths_file import write_paths


def write(
    asked: Question, outcome: Outcome, answer: Estimate, folder: Path, languages: Sequence[str]
) -> None:
    """Write everything into a folder beside the target, then swap: a crash leaves the last good report."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    restore(folder)
    fresh = _beside(folder, "new")
    shutil.rmtree(fresh, ignore_errors=True)  # of a run that was killed while it wrote
    fresh.mkdir()
    try:
        report.write(outcome, fresh, languages, asked.config.report.formats)
        write_paths(answer, fresh / "paths.parquet")
        manifest = {"config": asked.source.decode("utf-8-sig"), **json.loads(outcome.to_json())["stamp"]}
        (fresh / "manifest.json").write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def replace_bytes(file: Path, content: bytes) -> None:
    """Write a file beside its place and move it there in one step."""
    fresh = _beside(file, "new")
    fresh.write_bytes(content)
    fresh.replace(file)


def check_writable(out: Path) -> None:
    """Raise ConfigError where the folder of reports cannot be made or written to, before any work is done."""
    here = next(place for place in (out.absolute(), *out.absolute().parents) if place.exists())
    if not here.is_dir():
        raise ConfigError(f"{out}: cannot hold reports, {here} is a file; name another folder with --out")
    if not os.access(here, os.W_OK | os.X_OK):
        raise ConfigError(f"{out}: no permission to write in {here}; name another folder with --out")


def swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; any failure puts the old one back."""
    old = _beside(folder, "old")
    restore(folder)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        restore(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def restore(folder: Path) -> None:
    """Bring back a report that a killed run had moved aside, or drop what it left of one already replaced."""
    old = _beside(folder, "old")
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        old.rename(folder)


def _beside(place: Path, word: str) -> Path:
    return place.with_name(f".{place.name}-{word}")
