"""`forecast check` and `forecast reconstruct`: what the data say before any forecast is made."""

from __future__ import annotations

from pathlib import Path

from forecast import config, figures, levels, report, series
from forecast.errors import ConfigError, DataError
from forecast.parallel import generator
from forecast.run import Options, load

HOLIDAYS = {"VN": ("tet",)}


def check(file: Path, data: tuple[Path, ...] = ()) -> list[str]:
    """Read a config with its data, a file of figures or one of levels, and return what is worth knowing.

    Raises ConfigError or DataError with everything wrong, at once.
    """
    if file.suffix.lower() in (".yaml", ".yml"):
        asked = config.read(file, data)
        known = load(asked, Options(data=data))
        return [f"{file}: ready to run; as of {known.as_of.date()}"]
    try:
        read = figures.read(file)
    except DataError as as_figures:
        try:
            table = series.read_panel(file)
        except DataError:
            raise as_figures from None
        return [f"{file}: {table.shape[1]} series of index levels, {table.index[0]} to {table.index[-1]}"]
    table = read.table
    line = (
        f"{file}: {len(table)} figures of {table['region'].nunique()} regions, {table['period'].min()} to "
        f"{table['period'].max()}, published to {table['published'].max().date()}"
    )
    return [line, *read.notes, *map(str, figures.check(read))]


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
        country=country, holidays=HOLIDAYS.get(country or "", ()),
    )  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    written = [out / "levels.csv", out / "figures.csv", out / "levels.svg"]
    found.intervals(0.8).rename_axis("month").to_csv(written[0], float_format="%.4f")
    found.fitted.to_csv(written[1], index=False, float_format="%.4f")
    report.draw_levels(found.intervals(0.8), f"{target[0]}, {target[1]}", written[2])
    return written
