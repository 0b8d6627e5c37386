"""The folder of one run, written beside its place and swapped in whole."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from forecast import report
from forecast.config import Question
from forecast.estimate import Estimate
from forecast.outcome import Outcome


def write(
    asked: Question, outcome: Outcome, answer: Estimate, folder: Path, languages: Sequence[str]
) -> None:
    """Write everything into a folder beside the target, then swap: a crash leaves the last good report."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    restore(folder)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        report.write(outcome, fresh, languages, asked.config.report.formats)
        _write_paths(answer, fresh / "paths.parquet")
        manifest = {"config": asked.source.decode("utf-8-sig"), **json.loads(outcome.to_json())["stamp"]}
        (fresh / "manifest.json").write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        fresh.chmod(0o755)
        swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def replace_text(file: Path, text: str) -> None:
    """Write a text file beside its place and move it there in one step."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.name}-", delete=False
    ) as fresh:
        fresh.write(text)
    Path(fresh.name).chmod(0o644)
    Path(fresh.name).replace(file)


def swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; any failure puts the old one back."""
    old = _aside(folder)
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
    old = _aside(folder)
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        old.rename(folder)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-old")


def _write_paths(answer: Estimate, file: Path) -> None:
    """The future of every path: model, history draw, weight and one column per month, index points (32 bit)."""
    paths = answer.paths
    columns = {
        str(month): paths.future[:, h].astype(np.float32) for h, month in enumerate(paths.future_months)
    }
    table = pd.DataFrame({"model": paths.model, "draw": paths.draw, "weight": paths.weights, **columns})
    table.to_parquet(file, index=False)
