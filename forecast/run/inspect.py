"""`forecast check`, `reconstruct` and `ingest`: what the data say before any forecast is made."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from forecast import calendar, config, figures, levels, report, series, tables
from forecast.errors import ConfigError
from forecast.estimate import begin
from forecast.figures.asked import day_asked
from forecast.levels.reconstruct import DRAWS_PER_HYPER
from forecast.parallel import SOON, announced, generator, reported
from forecast.run import backtest
from forecast.run.data import load, months_around
from forecast.run.doubts import findings, of_file, refuse
from forecast.run.folder import check_writable, swept
from forecast.run.shown import figures_shown, ingest_command
from forecast.run.told import told
from forecast.tables import AS_IT_IS, Layout, refuse_sheet
from forecast.vintages import Store
from forecast.vintages.opening import is_store, verify


def check(
    file: Path, data: tuple[Path, ...] = (), layout: Layout = AS_IT_IS, everything: bool = False
) -> list[str]:
    """Read a config with its data, a file of figures or one of levels, or a store, and return what is worth knowing.

    everything : all that was understood and left out of a file of figures and every finding, not the first, last and
        newest alone
    Raises ConfigError or DataError with everything wrong, at once.
    """
    if file.suffix.lower() in (".yaml", ".yml"):
        refuse_options(file, "a config, whose target says how its files are read", layout)
        if config.is_backtest(file):
            targets = backtest.panel(config.read_backtest(file, data))
            return [f"{file}: ready to run; a backtest of {len(targets)} series"]
        question = config.read(file, data)
        loaded = load(question, None, show_outcome=False)
        with announced(f"checking {file.name}"):
            odd = findings(question, loaded)
        refuse(odd)
        begin(loaded, replace(question.plan, draws=DRAWS_PER_HYPER), question.config.seed)
        months = months_around(loaded, question.plan)
        unknown = calendar.beyond_known(months, question.plan.country, question.plan.holidays)
        return [
            f"{file}: ready to run; as of {loaded.as_of.date()}",
            *(f"{file}: calendar: {of}" for of in unknown),
            *told(odd, everything),
        ]
    if is_store(file):
        refuse_options(file, "a store, which is kept in one form", layout, data, everything)
        return _held(file)
    refuse_options(file, "a file of data, which names no others", data=data)
    refuse_sheet(layout.sheet, [file])
    with announced(f"checking {file.name}"):
        return _file_of_data(file, layout, everything)


def _file_of_data(file: Path, layout: Layout, everything: bool) -> list[str]:
    """Read a file of figures or one of levels, and return what is worth knowing."""
    opened = tables.opened(file, layout.sheet)
    if not figures.recognises(opened, layout):
        only_for_figures = Layout(fill=layout.fill, rates=layout.rates)
        refuse_options(
            file, "a file of levels, which holds neither rates nor days of publication", only_for_figures
        )
        panel, odd = series.check_file(
            opened, layout, partial(reported, describe="series checked", after=SOON)
        )
        known = panel.dropna(how="all").index  # a table of years has rows of months to come
        span = f"{panel.shape[1]} series of index levels, {known[0]} to {known[-1]}"
        return [f"{file}: {span}", *told(odd, everything)]
    read = figures.read_as(opened, layout)
    table = read.table
    refuse_day_in_vain(file, layout, read)
    line = (
        f"{file}: {_counted(len(table), 'figure')} of {_counted(table['region'].nunique(), 'region')}, "
        f"{table['period'].min()} to {table['period'].max()}, published to {table['published'].max().date()}"
    )
    store_it = f"to store it: {ingest_command(file, layout)}"
    return [line, *figures_shown(read, everything), *told(of_file(read), everything), store_it]


def refuse_options(
    file: Path, what: str, layout: Layout = AS_IT_IS, data: tuple[Path, ...] = (), everything: bool = False
) -> None:
    """Raise ConfigError for options of `check` that would do nothing for what the file is."""
    fill = {name: value for name, value in layout.fill.items() if name != "published"}
    given = {
        "--sheet": layout.sheet, "--decimal": layout.decimal, "--column": layout.columns, "--fill": fill,
        "--published": layout.fill.get("published"), "--rates": layout.rates, "--data": data, "--show": everything,
    }  # fmt: skip
    if idle := [option for option, value in given.items() if value]:
        raise ConfigError(f"{file}: {', '.join(idle)}: would do nothing for {what}; leave it out")


def refuse_day_in_vain(file: Path, layout: Layout, read: figures.Figures) -> None:
    """Raise ConfigError for a day of publication given to figures that all have their own."""
    day = layout.fill.get("published")
    if day is not None and not (read.table["published"] == figures.as_day(day)).any():
        in_vain = Layout(fill={"published": day})
        refuse_options(file, "figures that have their own days of publication", in_vain)


def _held(file: Path) -> list[str]:
    """What a store of vintages holds, a line per series."""
    store = Store(file)
    held = store.series()
    verify(store.path, store.wait)
    lines = [
        f"{row['series']}: {_counted(row['prints'], 'print')} of {row['first']} to {row['last']}, published "
        f"{row['first_published']:%Y-%m-%d} to {row['last_published']:%Y-%m-%d}"
        for row in held.to_dict("records")
    ]
    return [f"{file}: a store of {len(held)} series", *lines]


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def reconstruct(
    file: Path,
    target: tuple[str, str],
    related: tuple[tuple[str, str], ...],
    country: str | None,
    as_of: str | None,
    out: Path,
    layout: Layout = AS_IT_IS,
) -> tuple[list[Path], list[str]]:
    """Write index levels with intervals (levels.csv), suspects.csv, every figure with its fit (figures.csv), a picture.

    Returns the files, and in words what the figures leave open and which of them cannot all be true.
    Raises DataError where the target has no figures by the date, ConfigError for no country, date or folder.
    """
    if country is not None and len(country) != 2:
        raise ConfigError(f'country "{country}" is no ISO code of two letters, such as VN')
    check_writable(out)
    refuse_sheet(layout.sheet, [file])
    read = figures.read_as(file, layout, until=as_of)
    day = day_asked(as_of, "as_of") if as_of else read.table["published"].max()
    reconstructed = levels.reconstruct(
        read, target, related, as_of=day, rng=generator(0, *target, str(day.date()), "reconstruct"),
        country=country, describe=f"levels of {' '.join(target)}",
    )  # fmt: skip
    written = _write(reconstructed, f"{target[0]}, {target[1]}", out)
    words = [f"{_counted(len(reconstructed.suspects), 'suspect figure')} of {len(reconstructed.fitted)}"]
    sets = len(reconstructed.contradictions)
    words += [f"set {n} of {sets}: {words}" for n, words in enumerate(reconstructed.contradictions, start=1)]
    return written, [*reconstructed.identification.words(), *words]


def _write(reconstructed: levels.Levels, name: str, out: Path) -> list[Path]:
    """Write the files of a reconstruction, each moved to its place when all are whole."""
    out.mkdir(parents=True, exist_ok=True)
    with swept(out / "reconstruct") as fresh:
        reconstructed.intervals(0.8).rename_axis("month").to_csv(fresh / "levels.csv", float_format="%.4f")
        for table, file in ((reconstructed.suspects, "suspects.csv"), (reconstructed.fitted, "figures.csv")):
            numbered = table.assign(sets=[" ".join(map(str, of)) for of in table["sets"]])
            numbered.to_csv(fresh / file, index=False, float_format="%.4f")
        report.draw_levels(reconstructed.intervals(0.8), name, fresh / "levels.svg")
        names = ("levels.csv", "suspects.csv", "figures.csv", "levels.svg")
        return [(fresh / file).replace(out / file) for file in names]
