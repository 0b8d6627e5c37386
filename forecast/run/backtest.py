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
from forecast.again.folder import BACKTEST
from forecast.answers.record import record_of
from forecast.backtest import Backtest, Given, Origins, Vintages, backtest, fingerprint, of_levels
from forecast.checksums import seal
from forecast.config import BacktestQuestion, texts
from forecast.errors import ConfigError
from forecast.estimate import FigureData
from forecast.locking import locked
from forecast.outcome.text import SCHEMA_VERSION
from forecast.places import written_to
from forecast.run.data import asked_by, chosen, indicators
from forecast.run.folder import beside, check_backtest, check_writable, clear, forecasts_of, restore, swap
from forecast.tables import refuse_sheet
from forecast.vintages import Store

STAMPED = ("numpy", "pandas", "scipy", "statsmodels")
NUMBERS = "%.8g"
_Moment = pd.Period | pd.Timestamp


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
    question = config.read_backtest(path, data)
    folder = Path(out) / question.config.name
    check_writable(folder.parent)
    check_backtest(folder)
    given, work = panel(question), work or Work()
    folder.parent.mkdir(parents=True, exist_ok=True)
    busy = ConfigError(
        f"{folder}: another backtest of this name is at work; wait for it, or name another --out"
    )
    with locked(folder, 0.0, busy):
        result = backtest(
            given,
            question.plan,
            Origins(**question.config.origins.model_dump()),
            question.config.seed,
            truth=None if question.config.truth == "latest" else question.config.truth,
            jobs=work.jobs,
            scheduler=work.scheduler,
            store=forecasts_of(folder),
            resume=work.resume,
            progress=True,
        )
        _write(question, result, given, folder)
    return report.summary.text(result.summary, texts(question.config.title)), folder


def panel(question: BacktestQuestion) -> list[Given]:
    """Read the targets of a backtest. Raises DataError with every problem, such as a column that is not there."""
    wanted = question.config.panel
    if wanted.sample is not None:
        return _levels(series.sample(wanted.sample).to_frame(wanted.sample), question)
    assert question.data is not None
    if wanted.figures is not None:
        return [_figures(question)]
    if wanted.store is not None:
        with asked_by(f"{question.path}: panel"):
            held = Store(question.data).series()
        names = _chosen(question, list(held.loc[held["kind"] == "level", "series"]))
        own = held[held["series"].isin(names)]
        _refuse_until(question, own["first_published"].min(), own["last_published"].max())
        last = held["last_published"].max() if wanted.until == "auto" else _month_end(wanted.until)
        return [Vintages(question.data, name, last) for name in names]
    refuse_sheet(wanted.sheet, [question.data])
    table = series.read_panel(question.data, sheet=wanted.sheet)
    table = table[_chosen(question, list(table.columns))]
    known = table.index[table.notna().any(axis=1)]
    return _levels(table[known[0] : known[-1]], question)


def _levels(table: pd.DataFrame, question: BacktestQuestion) -> list[Given]:
    """A target for each column, up to the month that the config ends with."""
    wanted = question.config.panel
    lag = wanted.release_lag_days
    _refuse_until(question, table.index[0], table.index[-1])
    last = None if wanted.until == "auto" else _month_end(wanted.until) + pd.Timedelta(days=lag)
    return of_levels(table, last, lag, wanted.like_lag_days, indicators(question))


def _refuse_until(question: BacktestQuestion, first: _Moment, last: _Moment) -> None:
    """Raise ConfigError where the config ends the data before they begin, or only after they end themselves."""
    until, place = question.config.panel.until, f"{question.path}: panel: until"
    begins, ends = (pd.Period(moment, freq="M") for moment in (first, last))
    if until != "auto" and not begins <= pd.Period(until, freq="M") <= ends:
        side = "before the first" if pd.Period(until, freq="M") < begins else "after the last"
        raise ConfigError(
            f"{place}: {until} lies {side} month of the data, which reach from {begins} to {ends}; name one of them, "
            "or leave it out"
        )


def _figures(question: BacktestQuestion) -> FigureData:
    """Published figures of one target. Raises DataError where it or a related series has none."""
    wanted = question.config.panel
    assert question.data is not None
    assert wanted.region is not None
    read = figures.read(question.data)
    target, related = (
        (wanted.region, wanted.sector),
        tuple((s.region, s.sector) for s in question.config.related),
    )
    for region, sector in (target, *related):
        read.select(region, sector)
    return FigureData(read, target, related, read.table["published"].max())


def _month_end(month: str) -> pd.Timestamp:
    return pd.Period(month, freq="M").end_time.normalize()


def _chosen(question: BacktestQuestion, names: Sequence[str]) -> list[str]:
    """The names that the config's patterns choose, in the order of the file."""
    wanted = question.config.panel
    assert question.data is not None
    return chosen(names, wanted.columns, wanted.without, f"{question.path}: panel", question.data.name)


def _write(question: BacktestQuestion, result: Backtest, given: Sequence[Given], folder: Path) -> None:
    """Write everything into a folder beside the target, then swap: a crash leaves what was there."""
    restore(folder)
    clear(folder.parent, folder.name)  # of what was killed while it wrote
    with written_to(folder), beside(folder) as fresh:
        outcomes = result.recovery_outcomes.astype({"recovered_after": "Int64"})
        tables = {
            "recovery_forecasts": result.recovery_forecasts,
            "recovery_outcomes": outcomes,
            "point_forecasts": result.point_forecasts,
            "scores": result.scores.astype({"recovered_after": "Int64"}),
            "failed": result.failed,
            "flagged": result.flagged,
        }
        for name, table in tables.items():
            table.to_csv(fresh / f"{name}.csv", index=False, float_format=NUMBERS, lineterminator="\n")
        _json(fresh / BACKTEST, {"name": question.config.name, **result.summary})
        record = record_of(
            question.config.name, texts(question.config.title), result.summary, result.learned["known_on"]
        )
        _json(
            fresh / "learned.json",
            {
                "schema_version": SCHEMA_VERSION,
                "name": question.config.name,
                **result.learned,
                "record": record and asdict(record),
            },
        )
        _json(fresh / "manifest.json", _manifest(question, given))
        report.draw_summary(result.summary, texts(question.config.title), fresh / "figures")
        seal(fresh)
        swap(fresh, folder)


def _json(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _manifest(question: BacktestQuestion, given: Sequence[Given]) -> dict[str, Any]:
    """What the numbers depend on; neither a path nor a number of processes, which they do not."""
    path = question.path.name if question.path.is_absolute() else question.path.as_posix()
    return {
        "command": f"forecast backtest {path}",
        "config": question.source.decode("utf-8-sig"),
        "config_sha256": sha256(question.source).hexdigest(),
        "data_sha256": fingerprint(given),
        "seed": question.config.seed,
        "versions": {
            "iip-forecast": __version__,
            "python": sys.version.split()[0],
            **{package: version(package) for package in STAMPED},
        },
    }
