"""The last report of a question, read back as the grounds that scenarios stand on."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from forecast.again.days import day_of, days, is_aside, steady
from forecast.again.kept import AGAIN, read_calm, read_paths, read_sectors
from forecast.checksums import Sums, sums
from forecast.errors import ConfigError, DataError
from forecast.figures.asked import days_asked
from forecast.paths import Paths
from forecast.places import fault, nowhere
from forecast.rule import LONGEST_HOLD, LONGEST_WINDOW, RELAPSE_MONTHS
from forecast.what_if import Grounds
from forecast.yaml_text import most_bytes, parsed

if TYPE_CHECKING:
    from forecast.needed import Part
    from forecast.onset import Calm

PATHS, SECTORS, CALM = "paths.parquet", "sectors.parquet", "calm.parquet"
REPORT, MANIFEST, BACKTEST = "report.json", "manifest.json", "summary.json"
"""Files of a report, and the one by which the folder of a backtest is known."""

SERIES = ("region", "sector", "column", "sample")
"""Keys of a target that say which series it is."""

NAMED = 3  # days that a message lists; chosen: a line

LARGEST = 100_000_000
"""Bytes of a report.json or manifest.json that are read. chosen: hundreds of times what a long one takes."""


@dataclass(frozen=True, eq=False)
class Report:
    """What a report told, and what it stood on.

    slumps : whether a slump was under way · onset : whether, where none was, it told of the chance that one begins
    calm : what that is told from; None in a report of a version that did not keep it
    past : levels of all months known, index points
    parts, adds_up : sectors by name and whether they add up, as `read_sectors` has them; none where not asked for
    changed : whether the config has changed since it was made
    """

    folder: Path
    grounds: Grounds
    slumps: bool
    onset: bool
    calm: Calm | None
    past: pd.Series[float]
    parts: Mapping[str, Part]
    adds_up: bool
    changed: bool

    def notes(self, config: Path) -> list[str]:
        """Return what to know of the report before it is believed."""
        changed = f"{config} has changed since this report; `forecast run {config}` makes a new one"
        aside = f"{self.folder} was moved aside by a run that was killed; the next run of the question puts it back"
        return [changed] * self.changed + [aside] * is_aside(self.folder)


def last(config: Path, reports: Path, as_of: str | None = None, sectors: bool = False) -> Report:
    """Return the latest report on the question of a config, or that of a day; a damaged one is not passed over.

    reports : the folder of all reports · as_of : a day, or a month of whose reports the latest is meant
    sectors : whether they are read too. One that a run replaces meanwhile is read again, never half of each.
    Raises ConfigError where the config has no name, the day is none or there is no such report, DataError where one is
    damaged.
    """
    return steady(lambda: _last(config, reports, as_of, sectors), lambda report: not is_aside(report.folder))


def _last(config: Path, reports: Path, as_of: str | None, sectors: bool) -> Report:
    source = _source(config)
    question = reports / _name(source, config)
    held = days(question)
    chosen = held if as_of is None else _within(held, *days_asked(as_of, "--as-of"))
    if not chosen and (question / BACKTEST).exists():
        raise ConfigError(f"{question}: holds a backtest of this name; give the question another name")
    if wrong := nowhere(chosen[-1] if chosen else question):
        raise DataError(f"{chosen[-1] if chosen else question}: {wrong}; mend that link, or remove it")
    if not chosen:
        asked, others = (f" --as-of {as_of}", f", only of {_listed(held)}") if as_of and held else ("", "")
        of = f" of {as_of}" if as_of else ""
        raise ConfigError(
            f"{question}: holds no report{of} with its paths{others}; first: forecast run {config}{asked}"
        )
    report, made_from = _read(chosen[-1], sectors)
    changed = made_from != source.decode("utf-8-sig", errors="replace")
    if changed and (other := _other_series(made_from, source, config, report.folder)):
        raise ConfigError(
            f"{report.folder}: is a report on another series ({other}); give this question another name, or move "
            f"{question} away"
        )
    return replace(report, changed=changed)


def _read(folder: Path, sectors: bool) -> tuple[Report, str]:
    """A report, held against the checksums as they stood at first, and the config that it was made from."""
    known = sums(folder, AGAIN)
    written, manifest = _object(folder / REPORT, known), _object(folder / MANIFEST, known)
    if written.get("as_of") != day_of(folder):
        raise DataError(
            f"{folder}: holds the report of {written.get('as_of')}; give the folder that day as its name again"
        )
    paths, normals = read_paths(folder / PATHS, known)
    try:
        grounds = _grounds(written, paths, normals)
        past = _past(written["history"])
        slumps, depth = written["slump"] is not None, _depth(written.get("onset"))
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{folder / REPORT}: is not as a run writes it ({_short(error)}); {AGAIN}") from None
    calm = None if slumps or depth is None else read_calm(folder / CALM, paths, grounds.horizon, depth, known)
    parts, adds_up = read_sectors(folder / SECTORS, paths, known) if sectors else ({}, False)
    if sectors and not parts and written.get("sectors") is not None:
        raise DataError(f"{folder / SECTORS}: is not there, and the report told of sectors; run it again")
    made_from = manifest.get("config")
    if not isinstance(made_from, str):
        raise DataError(f"{folder / MANIFEST}: does not hold the config; {AGAIN}")
    onset = not slumps and depth is not None
    return Report(folder, grounds, slumps, onset, calm, past, parts, adds_up, False), made_from


def _within(days: Sequence[Path], first: pd.Timestamp, last: pd.Timestamp) -> list[Path]:
    return [day for day in days if f"{first:%Y-%m-%d}" <= day_of(day) <= f"{last:%Y-%m-%d}"]


def _other_series(made_from: str, source: bytes, config: Path, folder: Path) -> str:
    """What tells the series of a report from that of a config, by their targets; "" where nothing does."""
    then, now = (
        {"sector": "total", **of} if isinstance(of := parsed(text, file)[0].get("target"), dict) else {}
        for text, file in ((made_from.encode(), folder / MANIFEST), (source, config))
    )
    both = [key for key in SERIES if key in then and key in now]
    return ", ".join(f"{key} {then[key]}, not {now[key]}" for key in both if then[key] != now[key])


def _listed(days: Sequence[Path]) -> str:
    """The latest days, the newest first."""
    names = [day_of(day) for day in reversed(days[-NAMED:])]
    return ", ".join(names) + (f" and {len(days) - NAMED} before" if len(days) > NAMED else "")


def _source(config: Path) -> bytes:
    """The bytes of a config; the room of configs says what is wrong where there is none, or one without end."""
    if not config.is_file() or config.stat().st_size > most_bytes():
        from forecast.config.files import source_of  # opening the room costs more than the answer

        return source_of(config)
    return config.read_bytes()


def _name(source: bytes, config: Path) -> str:
    """The name of a question; its other keys are not judged here, the report exists."""
    tree = parsed(source, config)[0]
    if "panel" in tree and "target" not in tree:
        raise ConfigError(
            f"{config}: panel: is of a backtest, which keeps no paths; name the config of a question"
        )
    name = tree.get("name")
    if not isinstance(name, str) or not name.replace("_", "").isalnum():
        raise ConfigError(f"{config}: name: is missing or no word of letters, digits and _")
    return name


def _object(file: Path, known: Sums) -> dict[str, Any]:
    """The JSON object that a file holds. Raises DataError where it is damaged, or far larger than a report."""
    if wrong := fault(file):
        raise DataError(f"{file}: {wrong}; {AGAIN}")
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as error:
        raise DataError(f"{file}: cannot be read ({error.strerror}); {AGAIN}") from None
    if len(content) > LARGEST:
        raise DataError(f"{file}: is larger than any report; {AGAIN}")
    try:
        tree = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file}: is no JSON ({_short(error)}); {AGAIN}") from None
    known.check(file.name, content)
    if not isinstance(tree, dict):
        raise DataError(f"{file}: holds no JSON object; {AGAIN}")
    known.require(_version(tree))
    return tree


def _version(tree: dict[str, Any]) -> str:
    """The version of this program that a report, or its manifest, says it was written by; "" where it says none."""
    stamp = tree.get("stamp", tree)
    versions = stamp.get("versions") if isinstance(stamp, dict) else None
    return str(versions.get("iip-forecast", "")) if isinstance(versions, dict) else ""


def _grounds(written: dict[str, Any], paths: Paths, normals: dict[str, Any]) -> Grounds:
    """What a report says that it stands on. Raises KeyError, TypeError or ValueError where it cannot."""
    rule, slump, kind = written["rule"], written["slump"], written["normal"]["kind"]
    since = pd.Period(slump["start"] if slump is not None else written["origin"], "M")
    window, hold, horizon = (
        _whole(rule["window"], LONGEST_WINDOW), _whole(rule["hold"], LONGEST_HOLD), _whole(written["horizon"], 10_000),
    )  # fmt: skip
    threshold = rule["threshold_pct"]
    if type(threshold) not in (int, float) or not 0 < threshold < 100:
        raise ValueError("a threshold is a number between 0 and 100")
    if str(written["origin"]) != str(paths.origin) or not paths.months[0].year - 300 < since.year < 2200:
        raise ValueError("its months are not those of its paths")
    if kind not in normals or paths.horizon < horizon + hold - 1 + RELAPSE_MONTHS:
        raise ValueError("its normal or horizon is not that of its paths")
    return Grounds(paths, normals, kind, window, hold, horizon, since, threshold)


def _depth(onset: Any) -> float | None:
    """How far output falls where a slump begins, percent. Raises KeyError, TypeError or ValueError where it is none."""
    if onset is None:
        return None
    if not 0 < (depth := float(onset["depth_pct"])) < 100:
        raise ValueError("a slump begins between 0 and 100 percent below")
    return depth


def _past(history: Any) -> pd.Series[float]:
    """Levels of the months known. Raises KeyError, TypeError or ValueError where they are none."""
    past = pd.Series(
        [float(row["level"]) for row in history], pd.PeriodIndex([row["month"] for row in history], freq="M")
    )
    if not past.map(math.isfinite).all() or not past.gt(0).all():
        raise ValueError("a level of its history is no number above zero")
    if not past.index.equals(pd.period_range(past.index[0], periods=len(past), freq="M")):
        raise ValueError("months of its history do not follow each other")
    return past


def _whole(value: Any, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise ValueError(f"a window, hold or horizon is a whole number from 1 to {most}")
    return value


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]
