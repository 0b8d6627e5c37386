"""One backtest, run and written: config in, tables, record and pictures in its folder in one step."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from forecast import __version__, config, figures, report, series
from forecast.backtest import Backtest, Given, Origins, Vintages, backtest, fingerprint, of_levels
from forecast.config import BacktestQuestion, texts
from forecast.errors import ConfigError
from forecast.estimate import FigureData
from forecast.locking import locked
from forecast.outcome.record import record_of
from forecast.outcome.serial import SCHEMA_VERSION
from forecast.run.data import chosen
from forecast.run.folder import BACKTEST, beside, check_backtest, check_writable, discard, restore, swap
from forecast.vintages import Store

STAMPED = ("numpy", "pandas", "scipy", "statsmodels")
NUMBERS = "%.8g"


@dataclass(frozen=True)
class Work:
    """Hold how a backtest is worked through, none of which moves a number.

    jobs : processes · scheduler : of a Dask cluster, instead · resume : go on with what a killed run had made
    """

    jobs: int = 1
    scheduler: str | None = None
    resume: bool = False


def run_backtest(
    path: str | Path, out: str | Path = "reports", data: Sequence[Path] = (), work: Work | None = None
) -> tuple[str, Path]:
    """Run the backtest of a config and write <out>/<name>/; return its record in words and the folder.

    Forecasts are kept as they finish in <out>/<name>-forecasts/, from where `resume` goes on.
    Raises ConfigError or DataError for the user's mistakes, ForecastError where over 1 % of fits failed; in each
    case what the folder held before is untouched.
    """
    asked = config.read_backtest(path, data)
    folder = Path(out) / asked.config.name
    check_writable(folder.parent)
    check_backtest(folder)
    given, work = panel(asked), work or Work()
    folder.parent.mkdir(parents=True, exist_ok=True)
    busy = ConfigError(
        f"{folder}: another backtest of this name is at work; wait for it, or name another --out"
    )
    with locked(folder, 0.0, busy):
        found = backtest(
            given,
            asked.plan,
            Origins(**asked.config.origins.model_dump()),
            asked.config.seed,
            truth=None if asked.config.truth == "latest" else asked.config.truth,
            jobs=work.jobs,
            scheduler=work.scheduler,
            store=folder.with_name(f"{folder.name}-forecasts"),
            resume=work.resume,
            progress=True,
        )
        _write(asked, found, given, folder)
    return report.track_record.text(found.summary, texts(asked.config.title)), folder


def panel(asked: BacktestQuestion) -> list[Given]:
    """Read the targets of a backtest. Raises DataError with every problem, such as a column that is not there."""
    wanted = asked.config.panel
    if wanted.sample is not None:
        return _levels(series.sample(wanted.sample).to_frame(wanted.sample), asked)
    assert asked.data is not None
    if wanted.figures is not None:
        return [_figures(asked)]
    if wanted.store is not None:
        held = Store(asked.data).series()
        names = _chosen(asked, list(held.loc[held["kind"] == "level", "series"]))
        last = held["last_published"].max() if wanted.until == "auto" else _month_end(wanted.until)
        return [Vintages(asked.data, name, last) for name in names]
    names = _chosen(asked, list(series.read_panel(asked.data, sheet=wanted.sheet).columns))
    return _levels(series.read_panel(asked.data, names, wanted.sheet), asked)


def _levels(table: pd.DataFrame, asked: BacktestQuestion) -> list[Given]:
    """A target for each column, up to the month that the config ends with."""
    wanted = asked.config.panel
    lag = wanted.release_lag_days
    last = None if wanted.until == "auto" else _month_end(wanted.until) + pd.Timedelta(days=lag)
    return of_levels(table, last, lag, wanted.like_lag_days)


def _figures(asked: BacktestQuestion) -> FigureData:
    """Published figures of one target. Raises DataError where it or a related series has none."""
    wanted = asked.config.panel
    assert asked.data is not None
    assert wanted.region is not None
    read = figures.read(asked.data)
    target, related = (
        (wanted.region, wanted.sector),
        tuple((s.region, s.sector) for s in asked.config.related),
    )
    for region, sector in (target, *related):
        read.select(region, sector)
    return FigureData(read, target, related, read.table["published"].max())


def _month_end(month: str) -> pd.Timestamp:
    return pd.Period(month, freq="M").end_time.normalize()


def _chosen(asked: BacktestQuestion, names: Sequence[str]) -> list[str]:
    """The names that the config's patterns choose, in the order of the file."""
    wanted = asked.config.panel
    assert asked.data is not None
    return chosen(names, wanted.columns, wanted.without, f"{asked.path}: panel", asked.data.name)


def _write(asked: BacktestQuestion, found: Backtest, given: Sequence[Given], folder: Path) -> None:
    """Write everything into a folder beside the target, then swap: a crash leaves what was there."""
    restore(folder)
    for left in folder.parent.glob(f".{folder.name}-new*"):  # of a backtest that was killed while it wrote
        discard(left)
    with beside(folder) as fresh:
        outcomes = found.recovery_outcomes.astype({"recovered_after": "Int64"})
        tables = {
            "recovery_forecasts": found.recovery_forecasts,
            "recovery_outcomes": outcomes,
            "point_forecasts": found.point_forecasts,
            "scores": found.scores.astype({"recovered_after": "Int64"}),
            "failed": found.failed,
            "flagged": found.flagged,
        }
        for name, table in tables.items():
            table.to_csv(fresh / f"{name}.csv", index=False, float_format=NUMBERS, lineterminator="\n")
        _json(fresh / BACKTEST, {"name": asked.config.name, **found.summary})
        record = record_of(
            asked.config.name, texts(asked.config.title), found.summary, found.learned["known_on"]
        )
        _json(
            fresh / "learned.json",
            {
                "schema_version": SCHEMA_VERSION,
                "name": asked.config.name,
                **found.learned,
                "record": record and asdict(record),
            },
        )
        _json(fresh / "manifest.json", _manifest(asked, given))
        report.draw_record(found.summary, texts(asked.config.title), fresh / "figures")
        swap(fresh, folder)


def _json(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _manifest(asked: BacktestQuestion, given: Sequence[Given]) -> dict[str, Any]:
    """What the numbers depend on; neither a path nor a number of processes, which they do not."""
    return {
        "command": f"forecast backtest {asked.path.name if asked.path.is_absolute() else asked.path.as_posix()}",
        "config": asked.source.decode("utf-8-sig"),
        "config_sha256": sha256(asked.source).hexdigest(),
        "data_sha256": fingerprint(given),
        "seed": asked.config.seed,
        "versions": {
            "iip-forecast": __version__,
            "python": sys.version.split()[0],
            **{package: version(package) for package in STAMPED},
        },
    }
