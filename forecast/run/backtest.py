"""One backtest, run and written: config in, tables, record and pictures in its folder in one step."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from forecast import __version__, config, figures, report, series
from forecast.backtest import Backtest, Given, Origins, Vintages, backtest, fingerprint
from forecast.config import BacktestQuestion, texts
from forecast.estimate import FigureData, LevelData
from forecast.outcome.record import record_of
from forecast.run.data import chosen
from forecast.run.folder import restore, swap
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
    given, work = panel(asked), work or Work()
    folder = Path(out) / asked.config.name
    folder.parent.mkdir(parents=True, exist_ok=True)
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
    return _levels(series.read_panel(asked.data, names, wanted.sheet, positive=True), asked)


def _levels(table: pd.DataFrame, asked: BacktestQuestion) -> list[Given]:
    """A target for each column, which sees the other columns too."""
    wanted = asked.config.panel
    last = table.index[-1].end_time.normalize() if wanted.until == "auto" else _month_end(wanted.until)
    lag = wanted.release_lag_days
    return [
        LevelData(
            table[name].loc[table[name].first_valid_index() :],
            str(name),
            last + pd.Timedelta(days=lag),
            lag,
            table,
            wanted.like_lag_days,
        )
        for name in table
    ]


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
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        outcomes = found.recovery_outcomes.astype({"recovered_after": "Int64"})
        tables = {
            "recovery_forecasts": found.recovery_forecasts,
            "recovery_outcomes": outcomes,
            "point_forecasts": found.point_forecasts,
            "scores": found.scores.astype({"recovered_after": "Int64"}),
            "failed": found.failed,
        }
        for name, table in tables.items():
            table.to_csv(fresh / f"{name}.csv", index=False, float_format=NUMBERS, lineterminator="\n")
        _json(fresh / "summary.json", {"name": asked.config.name, **found.summary})
        record = record_of(asked.config.name, texts(asked.config.title), found.summary)
        _json(
            fresh / "learned.json",
            {"name": asked.config.name, **found.learned, "record": record and asdict(record)},
        )
        _json(fresh / "manifest.json", _manifest(asked, given))
        report.draw_record(found.summary, texts(asked.config.title), fresh / "figures")
        fresh.chmod(0o755)
        swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


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
