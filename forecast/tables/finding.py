"""`Finding`: one odd thing about the data, with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Say one odd thing about the data: a kind to count by, a place, a plain sentence, and what they rest on.

    series : `<region>_<sector>` or the name of a level, "" for the whole file · months : reference months, YYYY-MM
    size : how large it is, in `unit`: "points" (percent, or of an index), "factor" or "months"; None where it has none
    stops : no answer rests on it · accepted : the reason for which a config lets one rest on it, "" where it does not
    figures : of each that it is about the measure ("level" for a level), month and value
    """

    kind: str
    place: str
    sentence: str
    series: str = ""
    months: tuple[str, ...] = ()
    size: float | None = None
    unit: str = ""
    stops: bool = False
    figures: tuple[tuple[str, str, float], ...] = ()
    accepted: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
