"""Which months after the origin the answer knows something of, and from whom."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Month, Number


@dataclass(frozen=True, config=STRICT)
class NowcastNote:
    """An indicator that was mended or left out: `kind` as `nowcast.Note` has it, `month` "" for the whole series."""

    indicator: str
    kind: str
    month: str


@dataclass(frozen=True, config=STRICT)
class Due:
    """The next release of an indicator: its day, the growth expected of it, and how far it usually moves the nowcast.

    expected : percent, or the indicator's own unit where it has no logarithm · effect_pct : standard deviation of what
        it does to the level at the end of the nowcast
    """

    day: Day
    indicator: str
    month: Month
    expected: Number
    effect_pct: Number


@dataclass(frozen=True, config=STRICT)
class Nowcast:
    """Months after the origin that others have published: which, who told of them, by which models.

    models : with what each chose; none where the figures of a reconstruction hold the news
    refused : why months that could be nowcast were not; "" otherwise · due : releases of the coming weeks
    """

    months: tuple[Month, ...]
    series: tuple[str, ...]
    models: tuple[str, ...]
    notes: tuple[NowcastNote, ...]
    refused: str
    due: tuple[Due, ...] = ()
