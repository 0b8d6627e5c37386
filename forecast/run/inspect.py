"""`forecast check`, `reconstruct` and `ingest`: what the data say before any forecast is made."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from forecast import config, figures, levels, report, series
from forecast.errors import ConfigError
from forecast.parallel import generator
from forecast.run import backtest
from forecast.run.data import load
from forecast.vintages import Store

HOLIDAYS = {"VN": ("tet",)}


def check(file: Path, data: tuple[Path, ...] = ()) -> list[str]:
    """Read a config with its data, a file of figures or one of levels, and return what is worth knowing.

    Raises ConfigError or DataError with everything wrong, at once.
    """
    if file.suffix.lower() in (".yaml", ".yml"):
        if config.is_backtest(file):
            targets = backtest.panel(config.read_backtest(file, data))
            return [f"{file}: ready to run; a backtest of {len(targets)} series"]
        asked = config.read(file, data)
        known = load(asked, None, show_outcome=False)
        return [f"{file}: ready to run; as of {known.as_of.date()}"]
    if not figures.recognises(file):
        findings = series.check_file(file)
        panel = series.read_panel(file) if not findings else None
        line = f"{file}: index levels" if panel is None else _spans(file, panel)
        return [line, *map(str, findings)]
    read = figures.read(file)
    table = read.table
    line = (
        f"{file}: {len(table)} figures of {table['region'].nunique()} regions, {table['period'].min()} to "
        f"{table['period'].max()}, published to {table['published'].max().date()}"
    )
    return [line, *read.notes, *map(str, figures.check(read))]


def _spans(file: Path, panel: pd.DataFrame) -> str:
    return f"{file}: {panel.shape[1]} series of index levels, {panel.index[0]} to {panel.index[-1]}"


def reconstruct(
    file: Path,
    target: tuple[str, str],
    related: tuple[tuple[str, str], ...],
    country: str | None,
    as_of: str | None,
    out: Path,
) -> list[Path]:
    """Write index levels with intervals (levels.csv), every figure with its fit (figures.csv) and a picture.

    Raises DataError where the target has no figures by the date.
    """
    read = figures.read(file, until=as_of)
    day = figures.as_day(as_of) if as_of else read.table["published"].max()
    if country is not None and len(country) != 2:
        raise ConfigError(f'country "{country}" is no ISO code of two letters, such as VN')
    found = levels.reconstruct(
        read, target, related, as_of=day, rng=generator(0, *target, str(day.date()), "reconstruct"),
        country=country, holidays=HOLIDAYS.get(country or "", ()), describe=f"levels of {' '.join(target)}",
    )  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    written = [out / "levels.csv", out / "figures.csv", out / "levels.svg"]
    found.intervals(0.8).rename_axis("month").to_csv(written[0], float_format="%.4f")
    found.fitted.to_csv(written[1], index=False, float_format="%.4f")
    report.draw_levels(found.intervals(0.8), f"{target[0]}, {target[1]}", written[2])
    return written


def ingest(store: Path, file: Path, published: str | None) -> list[str]:
    """Add a release to a store of vintages and say what it brought; contradictions are shown, nothing overwritten.

    Raises DataError with every problem of the file, in which case the store is as it was.
    """
    added = Store(store).ingest(file, published)
    line = f"{store}: {added.new} new, {added.known} known before, {len(added.contradictions)} contradictions"
    return [line, *added.notes, *added.sentences]
