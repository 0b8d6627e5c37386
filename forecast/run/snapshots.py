"""What each report answered, kept in `<name>/history.parquet` beside the reports themselves."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from forecast.errors import ConfigError
from forecast.outcome import Outcome, Snapshot
from forecast.outcome.text import SCHEMA_VERSION, check_version
from forecast.places import fault

FILE = "history.parquet"
ENDS = ("early_50", "late_50", "early_80", "late_80")
NUMBERS = ("p_already_back", "p_within_12", "p_not_within_horizon")
MANIFEST = ("config_sha256", "data_sha256", "seed", "version")
MONTHS = ("slump_start", "median", *ENDS)
COLUMNS = ("as_of", "origin", "last_month", *MONTHS, *NUMBERS, *MANIFEST)
ASKED = "asked"
"""Digest of the question that was answered; histories of before it was kept have none."""

MONTH, DAY, TEXT = r"\d{4}-\d\d", r"\d{4}-\d\d-\d\d", r".+"


@dataclass(frozen=True)
class Told:
    """Hold what was answered, to which question (None where that was not kept), and of what it was made."""

    answer: Snapshot
    asked: str | None
    made: Mapping[str, Any]


def earlier(reports: Path, as_of: str) -> tuple[Told, ...]:
    """Return every row of before a day, oldest first; none where no report was kept.

    reports : the folder of one question. Raises ConfigError where the history cannot be read.
    """
    table = _read(reports / FILE)
    rows = table[table["as_of"] < as_of].to_dict("records")
    return tuple(
        Told(
            _snapshot(row),
            row[ASKED] if isinstance(row[ASKED], str) else None,
            {of: row[of] for of in MANIFEST},
        )
        for row in rows
    )


def check(reports: Path) -> None:
    """Raise ConfigError where the history of a question cannot be read."""
    _read(reports / FILE)


def kept(reports: Path, outcome: Outcome, asked: str | None = None) -> bytes:
    """Return the history with an answer and its manifest added, in the place of one of the same day."""
    table = _read(reports / FILE)
    others = table[table["as_of"] != outcome.as_of]
    rows = [*others.to_dict("records"), {**_row(outcome), ASKED: asked}]
    table = pd.DataFrame(rows, columns=[*COLUMNS, ASKED]).sort_values("as_of", ignore_index=True)
    table.attrs["schema_version"] = SCHEMA_VERSION
    return bytes(table.to_parquet(index=False, engine="pyarrow", write_page_checksum=True))


def _read(file: Path) -> pd.DataFrame:
    if wrong := fault(file):
        raise ConfigError(f"{file}: {wrong}; move it away to begin a new history")
    if not file.exists():
        return pd.DataFrame(columns=[*COLUMNS, ASKED])
    try:
        table = pd.read_parquet(  # a machine short of threads has no damaged history
            file, engine="pyarrow", use_threads=False, page_checksum_verification=True
        )
    except MemoryError:
        raise
    except Exception as error:  # pyarrow and pandas let errors of every kind through
        raise ConfigError(
            f"{file}: not a history of reports: {error}; move it away to begin a new one"
        ) from error
    missing = [name for name in COLUMNS if name not in table.columns]
    check_version(table.attrs, str(file))
    if missing:
        raise ConfigError(f"{file}: {', '.join(missing)} missing; move it away to begin a new history")
    foreign = [name for name in COLUMNS if not all(map(_holds(name), table[name]))]
    foreign += ["as_of"] if table["as_of"].duplicated().any() else []
    if foreign:
        raise ConfigError(
            f"{file}: not a history of reports: what stands under {', '.join(foreign)} no report has written; "
            "move it away to begin a new one"
        )
    return table if ASKED in table else table.assign(**{ASKED: None})


def _holds(name: str) -> Callable[[Any], bool]:
    """What tells whether a cell is of its column: a number, or a text of its form; a month may be missing."""
    if name in NUMBERS:
        return lambda cell: isinstance(cell, int | float) and 0.0 <= cell <= 1.0
    if name == "seed":
        return lambda cell: isinstance(cell, int | float) and math.isfinite(cell)
    form = {"as_of": DAY, **dict.fromkeys(("origin", "last_month", *MONTHS), MONTH)}.get(name, TEXT)
    return lambda cell: (
        re.fullmatch(form, cell) is not None
        if isinstance(cell, str)
        else name in MONTHS and bool(pd.isna(cell))
    )


def _row(outcome: Outcome) -> dict[str, Any]:
    answer = outcome.snapshot()
    months = (answer.slump_start, answer.median, *answer.interval_50, *answer.interval_80)
    return {
        "as_of": answer.as_of,
        "origin": str(answer.origin),
        "last_month": str(answer.last_month),
        **{name: None if month is None else str(month) for name, month in zip(MONTHS, months, strict=True)},
        **{name: getattr(answer, name) for name in NUMBERS},
        **made(vars(outcome.stamp)),
    }


def made(stamp: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row keeps of the stamp of its report. Raises KeyError or TypeError where that is none."""
    kept = {of: stamp[of] for of in MANIFEST if of != "version"}
    return {**kept, "version": stamp["versions"]["iip-forecast"]}


def _snapshot(row: Mapping[Hashable, Any]) -> Snapshot:
    month = {name: row[name] if isinstance(row[name], str) else None for name in MONTHS}
    return Snapshot(
        row["as_of"],
        row["origin"],
        row["last_month"],
        month["slump_start"],
        month["median"],
        (month["early_50"], month["late_50"]),
        (month["early_80"], month["late_80"]),
        *(float(row[name]) for name in NUMBERS),
    )
