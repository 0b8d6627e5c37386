"""The last report of a question, read back as the grounds that scenarios stand on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from forecast.arrays import Floats
from forecast.errors import ConfigError, DataError
from forecast.needed import Part
from forecast.paths import PAST_MONTHS, Paths
from forecast.what_if import Grounds

PATH, NORMAL = "path", "normal"
PATHS, SECTORS, REPORT, MANIFEST = "paths.parquet", "sectors.parquet", "report.json", "manifest.json"

ADDS_UP = 1e-4
"""Relative difference of a sum of sectors from its total that is rounding. chosen: far over that of 32 bits."""


@dataclass(frozen=True, eq=False)
class Told:
    """What a report told, and what it stood on.

    past : levels of all months known, index points · changed : whether the config has changed since it was made
    """

    folder: Path
    grounds: Grounds
    past: pd.Series[float]
    changed: bool

    def notes(self, config: Path) -> list[str]:
        """Return what to know of the report before it is believed."""
        note = f"{config} has changed since this report; `forecast run {config}` makes a new one"
        return [note] if self.changed else []


def last(config: Path, reports: Path, as_of: str | None = None) -> Told:
    """Return the latest report on the question of a config, or that of a day.

    reports : the folder of all reports. Raises ConfigError where the config has no name or there is no such report,
    DataError where one is damaged.
    """
    source = config.read_bytes()
    question = reports / _name(source, config)
    days = sorted(file.parent for file in question.glob(f"*/{PATHS}") if not file.parent.name.startswith("."))
    chosen = [day for day in days if as_of is None or day.name == as_of]
    if not chosen:
        of = f" of {as_of}" if as_of else ""
        raise ConfigError(f"{question}: holds no report{of} with its paths; first: forecast run {config}")
    folder = chosen[-1]
    try:
        written = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        made_from = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["config"]
        past = pd.Series(
            [row["level"] for row in written["history"]],
            pd.PeriodIndex([row["month"] for row in written["history"]], freq="M"),
        )
        return Told(folder, _grounds(written, folder / PATHS), past, made_from != source.decode("utf-8-sig"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{folder}: is no whole report ({error}); run the question again") from None


def _name(source: bytes, config: Path) -> str:
    """The name of a question; its other keys are not judged here, the report exists."""
    try:
        tree = yaml.safe_load(source)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{config}: not valid YAML: {error}") from None
    except RecursionError:
        raise ConfigError(
            f"{config}: is nested too deeply; a config needs no more than a few levels"
        ) from None
    name = tree.get("name") if isinstance(tree, dict) else None
    if not isinstance(name, str) or not name.replace("_", "").isalnum():
        raise ConfigError(f"{config}: name: is missing or no word of letters, digits and _")
    return name


def _grounds(written: dict[str, Any], file: Path) -> Grounds:
    paths, normals = read_paths(file)
    rule, slump = written["rule"], written["slump"]
    since = slump["start"] if slump is not None else written["origin"]
    return Grounds(
        paths, normals, written["normal"]["kind"], rule["window"], rule["hold"], written["horizon"],
        pd.Period(since, "M"), rule["threshold_pct"],
    )  # fmt: skip


def read_paths(file: str | Path) -> tuple[Paths, dict[str, Floats]]:
    """Return the paths of a report and normal by definition, (k, months) each, row = history draw."""
    table = pd.read_parquet(file)
    months = pd.PeriodIndex(table.columns[4:], freq="M")
    values = table.iloc[:, 4:].to_numpy(dtype=np.float64)
    kind = table["kind"].to_numpy()
    own = table[kind == PATH]
    weights = own["weight"].to_numpy(dtype=float)
    paths = Paths(
        months, months[PAST_MONTHS - 1], values[kind == PATH], weights / weights.sum(),
        own["draw"].to_numpy(dtype=np.int64), own["model"].to_numpy(dtype=str),
    )  # fmt: skip
    names = table["model"].to_numpy()
    definitions = dict.fromkeys(names[kind == NORMAL])
    return paths, {name: values[(kind == NORMAL) & (names == name)] for name in definitions}


def read_sectors(file: Path, total: Paths) -> tuple[dict[str, Part], bool]:
    """Return the sectors of a report beside its paths, by name, and whether they add up to them; none without a file.

    Each has the months that the file holds.
    """
    if not file.exists():
        return {}, False
    table = pd.read_parquet(file)
    months = pd.PeriodIndex(table.columns[2:], freq="M")
    values = table.iloc[:, 2:].to_numpy(dtype=np.float64)
    kind, series = table["kind"].to_numpy(), table["series"].to_numpy()
    names = list(dict.fromkeys(series))
    own = {name: values[(kind == PATH) & (series == name)] for name in names}
    first = int(total.months.get_loc(months[0]))  # type: ignore[arg-type]
    whole = total.values[:, first : first + len(months)]
    adds_up = bool(np.allclose(np.sum(list(own.values()), axis=0), whole, rtol=ADDS_UP))
    return {
        name: Part(
            replace(total, months=months, values=own[name]), values[(kind == NORMAL) & (series == name)]
        )
        for name in names
    }, adds_up
