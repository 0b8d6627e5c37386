"""What is odd about the data, and what the answer would be without the newest figures that are."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Month, Number


@dataclass(frozen=True, config=STRICT)
class FindingRow:
    """One odd thing about the data.

    code : what kind it is, e.g. "slip", "implausible", "contradiction", "gap" · place : file and line
    series : `<region>_<sector>` or the name of a level · months : reference months · size : how large, in `unit`:
        "points" or "factor", None where it has none · newest : whether it concerns one of the six newest months
    doubt : whether the answer is given without it too
    figures : measure ("level" for a level), month and value of each figure that it is about
    accepted : why the answer rests on it all the same, as the config says · said : in English, as `check` says it
    """

    code: str
    place: str
    series: str
    months: tuple[Month, ...]
    size: Number | None
    unit: str
    newest: bool
    doubt: bool
    figures: tuple[tuple[str, Month, Number], ...]
    accepted: str
    said: str


@dataclass(frozen=True, config=STRICT)
class Without:
    """The answer without the newest figures that are implausible or contradict each other.

    figures : what was left out, as in a finding · origin : the last month known without them · by : the month of both
        chances of being back, or, where no slump is under way with or without, that one has begun by it, shares
    medians : None beyond the horizon, and where no slump is under way with or without
    slump_now, slump_without : whether one is under way
    """

    figures: tuple[tuple[str, Month, Number], ...]
    origin: Month
    by: Month
    now: Number
    without: Number
    median_now: Month | None
    median_without: Month | None
    slump_now: bool
    slump_without: bool
