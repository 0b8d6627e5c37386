"""One question, answered: config in, `Outcome` out, and everything written to its folder in one step."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from forecast import __version__, config, figures, series
from forecast.errors import ConfigError
from forecast.estimate import Data, FigureData, LevelData, estimate
from forecast.outcome import Outcome, Stamp
from forecast.outcome.afterwards import observed
from forecast.outcome.assemble import Labelled, assemble
from forecast.parallel import pmap
from forecast.run.folder import write

STAMPED = ("numpy", "pandas", "scipy", "statsmodels", "matplotlib", "typst", "holidays")
BASELINE = {"en": "Baseline", "vi": "Kịch bản cơ sở"}


def run(
    question: str | os.PathLike[str] | config.Question,
    as_of: str | None = None,
    out: str | os.PathLike[str] | None = None,
    *,
    languages: Sequence[str] = (),
    data: Sequence[Path] = (),
    show_outcome: bool = False,
) -> Outcome:
    """Answer the question of a config and write reports/<name>/<as_of>/ under `out` (default: reports).

    as_of : day or month that overrides the config's; omitted in both, the latest publication in the data
    languages : override the config's · data : folders searched for its files
    show_outcome : add what became known after `as_of`, on a marked page
    Returns the outcome. Raises ConfigError or DataError for the user's mistakes, FitError where nothing could be
    fitted; in each case an earlier report in the folder is untouched.
    """
    asked = question if isinstance(question, config.Question) else config.read(question, data)
    known = load(asked, as_of)
    answer = estimate(known, asked.plan, asked.config.seed)
    outcome = assemble(known, answer, _labelled(asked, known, as_of))
    if show_outcome:
        outcome = replace(outcome, outcome=observed(known, answer, asked.config.seed))
    write(asked, outcome, answer, folder_of(outcome, out), tuple(languages) or asked.config.report.languages)
    return outcome


def folder_of(outcome: Outcome, out: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder that holds everything of one run, <out>/<name>/<as_of>."""
    return Path(out or "reports") / outcome.name / outcome.as_of


def load(asked: config.Question, as_of: str | None = None) -> Data:
    """Read a question's data, with the date that decides what is seen of them."""
    target = asked.config.target
    date = as_of or asked.config.as_of
    if asked.data is not None and target.figures is not None:
        assert target.region is not None
        read = figures.read(asked.data)
        related = tuple((s.region, s.sector) for s in asked.config.related)
        for region, sector in ((target.region, target.sector), *related):
            read.select(region, sector)
        day = _day(date) if date else read.table["published"].max()
        read.as_of(day).origin(target.region, target.sector)
        return FigureData(read, (target.region, target.sector), related, day)
    y = (
        series.sample(target.sample)
        if target.sample
        else series.read(asked.data or "", target.column, target.sheet)
    )
    last = pd.PeriodIndex(y.index)[-1].end_time.normalize() + pd.Timedelta(days=target.release_lag_days)
    known = LevelData(y, asked.config.name, _day(date) if date else last, target.release_lag_days)
    known.known  # noqa: B018 - says at the door where nothing was published by the date
    return known


def _day(text: str) -> pd.Timestamp:
    """A day, or the last day of a month. Raises ConfigError for another form."""
    try:
        if len(text) == len("2024-05"):
            return pd.Period(text, freq="M").end_time.normalize()
        return pd.Timestamp(pd.to_datetime(text, format="%Y-%m-%d"))
    except ValueError:
        raise ConfigError(f'as_of "{text}" is no date; expected YYYY-MM-DD or YYYY-MM') from None


def _labelled(asked: config.Question, known: Data, as_of: str | None) -> Labelled:
    asks = asked.config
    date = f" --as-of {as_of}" if as_of else ""
    stamp = Stamp(
        command=f"forecast run {asked.path.as_posix() if not asked.path.is_absolute() else asked.path.name}{date}",
        config_sha256=sha256(asked.source).hexdigest(),
        data_sha256=_fingerprint(known),
        seed=asks.seed,
        paths=asks.paths,
        draws=asks.draws,
        versions={
            "iip-forecast": __version__,
            "python": sys.version.split()[0],
            **{p: version(p) for p in STAMPED},
        },
    )
    holidays = "".join(
        f": {', '.join(asks.calendar.holidays)}" for _ in [0] if asks.calendar and asks.calendar.holidays
    )
    calendar = f"{asks.calendar.country}{holidays}" if asks.calendar else "none"
    return Labelled(asks.name, asks.title.model_dump(), BASELINE, calendar, stamp)


def _fingerprint(known: Data) -> str:
    """Hash of the data that the forecast could see, so that what came later moves nothing."""
    if isinstance(known, FigureData):
        return known.figures.as_of(known.as_of).fingerprint()
    return sha256(known.known.to_csv().encode()).hexdigest()
