"""What is odd about the series that inform a target known by its levels: like series, and indicators of any unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from forecast import nowcast, series
from forecast.config import Question
from forecast.config.sources import Indicators
from forecast.estimate import LevelData
from forecast.run.beside import Places, called, places
from forecast.run.data import last_seen
from forecast.tables import Finding

UNUSED = {
    "starts_late": "as it has too few months of growth so far",
    "stopped": "as it has been silent since {month}",
    "constant": "as it does not move",
    "season": "as it is too short, or quarterly, to take a season off",
}
"""Why an indicator is not used, by the kind of its note."""

Placing = Callable[[list[str]], Places]


def informing(question: Question, data: LevelData) -> Iterator[Finding]:
    """Yield what is odd about like series and indicators as known on the date of the data."""
    yield from _of_like(question, data)
    yield from _once_more(question, data)
    for given, panel, file in zip(
        question.config.indicators, data.indicators, question.indicators, strict=True
    ):
        known = panel.as_of(data.as_of)
        yield from _of_indicators(given, known, file, data.as_of)
        yield from _flash(known, data, file)


def _of_like(question: Question, data: LevelData) -> list[Finding]:
    """Those of like series, a value that is no level and that every model leaves out among them."""
    known, published, file = data.known_panel, data.published_panel, called(question)
    doubts = series.doubted_like(known, file)
    until = last_seen(data.as_of, data.lag_of_panel)
    found = list[Finding]()
    for name, told in doubts.items():
        none = published.index[published[name] <= 0]
        text = _no_level(published[name], none)
        odd = [Finding("unit", file or name, text, name, tuple(map(str, none)))] if text else []
        found += [*odd, *told]
    return _placed(found, lambda names: places(question, names, until))


def _once_more(question: Question, data: LevelData) -> Iterator[Finding]:
    """Name the like series that are the target on another base, which the models do without."""
    own = str(data.y.name or data.name)
    for name in series.copies(data.known, data.known_panel):
        text = f"{name}: not used, as it is {own} once more, in another unit or on another base"
        yield Finding("note", called(question) or name, text, name)


def _flash(known: nowcast.Panel, data: LevelData, file: Path) -> Iterator[Finding]:
    """Name the indicators that are the target once more, which tell the months that it lacks and nothing of later."""
    own = str(data.y.name or data.name)
    for name in series.copies(data.known, known.table):
        text = f"{name}: is {own} once more; it tells the months that {own} lacks, and nothing of later ones"
        yield Finding("note", file.name, text, name)


def _no_level(y: pd.Series, none: pd.Index) -> str:
    if not len(none):
        return ""
    more = f" (and {len(none) - 1} more to {none[-1]})" if len(none) > 1 else ""
    return f"{y.name}: {y[none[0]]:g} in {none[0]} is not positive, so no level, and left out{more}"


def _of_indicators(
    given: Indicators, known: nowcast.Panel, file: Path, day: pd.Timestamp
) -> Iterator[Finding]:
    """Name those that no model looks at, with the reason, which no number of the answer would show; judge the rest."""
    notes = nowcast.unused(known, nowcast.last_over(day))
    for note in notes:
        text = UNUSED[note.kind].format(month=note.month)
        yield Finding("note", file.name, f"{note.indicator}: not used, {text}", note.indicator)

    def placing(names: list[str]) -> Places:
        if given.store is not None:
            return {}
        return series.places_of_each(file, names, given.sheet, until=last_seen(day, given.release_lag_days))

    left = {note.indicator for note in notes}
    found = list[Finding]()
    for of in known.indicators:
        if of.name not in left:
            logs = of.transform == "log_difference"
            found += series.doubted_indicator(known.table[of.name], file.name, logs)
    yield from _placed(found, placing)


def _placed(found: Sequence[Finding], placing: Placing) -> list[Finding]:
    """The findings with their files and lines; these are read again only where there are any."""
    at = placing(list(dict.fromkeys(of.series for of in found))) if found else {}
    return [
        replace(of, place=at.get(of.series, {}).get(pd.Period(of.months[0], "M"), of.place)) for of in found
    ]
