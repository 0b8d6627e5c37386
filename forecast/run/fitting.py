"""What a config says that does not fit the data it names, refused before any work."""

from __future__ import annotations

from forecast import figures
from forecast.config import Question
from forecast.errors import ConfigError
from forecast.estimate import Data, LevelData

FIVE_YEARS = 60  # months of level that a normal is compared with; chosen: about one business cycle
OTHER_UNIT = 3.0
"""Times from which a normal given as a level is in another unit than the target. chosen: no plan trebles output."""


def normal_near(question: Question, data: Data) -> None:
    """Raise ConfigError for a normal given as a level in another unit than the target's, which no answer would show."""
    asked = question.config.normal.level
    if asked is None:
        return
    if isinstance(data, LevelData):
        of, level = "the middle of the last five years", float(data.known.iloc[-FIVE_YEARS:].median())
    elif "index" in set(data.figures.as_of(data.as_of).select(*data.target).table["measure"]):
        return
    else:
        of, level = "rates alone tell of it, so that the 12 months before the slump are", 100.0
    if not 1 / OTHER_UNIT < asked / level < OTHER_UNIT:
        raise ConfigError(
            f"{question.path}: normal.level: {asked:g} lies far from the target's level ({of} {level:g}); give index "
            "points of the same series"
        )


def since_before(question: Question, data: Data, as_of: str | None) -> None:
    """Raise ConfigError for a day to compare with that is not before the question's own, where the report has none."""
    since = question.config.report.since
    if since is not None and as_of is None:
        day_before(since, data, f"{question.path}: report.since", "the report before")


def day_before(since: str, data: Data, place: str, otherwise: str) -> None:
    """Raise ConfigError for a day to compare with that is not before the answer's.

    place : of the key or option, for the message · otherwise : what is compared with where no day is named
    """
    if figures.as_day(since) >= data.as_of:
        raise ConfigError(
            f"{place}: {since} is not before the day of the answer, {data.as_of.date()}; name an earlier day, or leave "
            f"it out to compare with {otherwise}"
        )
