"""Forecasts stored as they finish, one small file each, so that a run that was killed can go on."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from forecast.backtest.at_origin import Case, Piece
from forecast.backtest.targets import Given, Vintages
from forecast.errors import ConfigError
from forecast.estimate import LevelData
from forecast.places import fault, led_to, written_to

KEY = "backtest.key"


class Store:
    """A folder of pieces, a subfolder per series, for one backtest known by its key."""

    def __init__(self, folder: Path, key: str, resume: bool) -> None:
        """Open the folder, or the one that a link names: empty it, or go on with it where `resume`.

        Raises ConfigError where it holds another backtest that was to go on, or files that are none of ours.
        """
        self.folder, self.key = led_to(folder), key  # a link to another disk stays, and so does what it names
        mark = self.folder / KEY
        ours = mark.is_file()
        if self.folder.exists() and any(self.folder.iterdir()) and not ours:
            raise ConfigError(f"{folder}: holds other files; name a new folder for the forecasts")
        aside = self.folder.with_name(f".{self.folder.name}-old")
        shutil.rmtree(aside, ignore_errors=True)  # of a run that was killed while it emptied the folder
        if ours and not resume:
            self.folder.rename(aside)  # in one step: half emptied, it would pass for a folder of other files
            shutil.rmtree(aside)
        elif ours and mark.read_bytes() != key.encode():
            raise ConfigError(
                f"{folder}: was begun with another config, other data or another version; "
                "run without --resume to begin again"
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(mark, key)

    def get(self, case: Case) -> Piece | None:
        """Return the piece of a case, None where it is to be made: it is missing, damaged or of something else."""
        if fault(self._place(case)):
            return None
        try:
            kept = json.loads(self._place(case).read_text(encoding="utf-8"))
            ours = kept["sha256"] == self._seal(case, kept["piece"])
            return Piece.from_plain(kept["piece"]) if ours else None
        except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, case: Case, piece: Piece) -> None:
        """Keep a piece: the file appears whole or not at all."""
        plain = piece.to_plain()
        _write(self._place(case), _text({"sha256": self._seal(case, plain), "piece": plain}))

    def _seal(self, case: Case, plain: Mapping[str, Any]) -> str:
        """SHA-256 of a piece and of what it is of, so that no other backtest, series or origin can pass for it."""
        return _sum(_text({"of": [self.key, case.data.name, str(case.origin)], "piece": plain}))

    def _place(self, case: Case) -> Path:
        return self.folder / _folder_of(case.data.name) / f"{case.origin}.json"


def fingerprint(panel: Sequence[Given]) -> str:
    """Return the SHA-256 of the data that a backtest rests on, truth included."""
    digest = hashlib.sha256()
    beside: dict[tuple[int, int, pd.Timestamp], bytes] = {}
    for data in panel:
        digest.update(repr((data.name, data.as_of.isoformat())).encode())
        if isinstance(data, LevelData):
            digest.update(repr((data.release_lag_days, data.panel_lag_days)).encode())
            indicators = [given.as_of(data.as_of) for given in data.indicators]
            for given in indicators:
                digest.update(repr(given.indicators).encode())
            for table in (data.known.to_frame(), *(given.table for given in indicators)):
                digest.update(_content(table))
            shared = id(data.panel), data.lag_of_panel, data.as_of  # one table serves every series of a panel
            if shared not in beside:
                beside[shared] = hashlib.sha256(_content(data.published_panel)).digest()
            digest.update(beside[shared])
        elif isinstance(data, Vintages):
            digest.update(data.level.fingerprint().encode())
        else:
            digest.update(repr((data.target, data.related)).encode())
            digest.update(data.figures.as_of(data.as_of).fingerprint().encode())
    return digest.hexdigest()


def _content(table: pd.DataFrame) -> bytes:
    """Return the columns, months and numbers of a table as bytes."""
    return repr([*table.columns, *pd.PeriodIndex(table.index).asi8]).encode() + table.to_numpy().tobytes()


def _folder_of(series: str) -> str:
    """Name the folder of a series on any file system; the hash keeps apart what the letters do not."""
    return re.sub(r"[^A-Za-z0-9]+", "_", series)[:40] + "-" + _sum(series)[:8]


def _text(plain: Mapping[str, Any]) -> str:
    """JSON in which a number read back is written as before."""
    return json.dumps(plain, ensure_ascii=False)


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    with written_to(file.parent):
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)
