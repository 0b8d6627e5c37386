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
from forecast.run.data import last_seen
from forecast.tables import Finding

UNUSED = {
    "starts_late": "as it has too few months of growth so far",
    "stopped": "as it has been silent since {month}",
    "constant": "as it does not move",
    "season": "as it is too short, or quarterly, to take a season off",
}
"""Why an indicator is not used, by the kind of its note."""

Lines = Callable[[list[str]], dict[str, dict[pd.Period, int]]]


def informing(question: Question, data: LevelData) -> Iterator[Finding]:
    """Yield what is odd about like series and indicators as known on the date of the data."""
    yield from _of_like(question, data)
    for given, panel, file in zip(
        question.config.indicators, data.indicators, question.indicators, strict=True
    ):
        yield from _of_indicators(given, panel.as_of(data.as_of), file, data.as_of)


def _of_like(question: Question, data: LevelData) -> list[Finding]:
    """Those of like series, a value that is no level and that every model leaves out among them."""
    target, until = question.config.target, last_seen(data.as_of, data.lag_of_panel)
    known, published = data.known_panel, data.published_panel
    file = "" if question.data is None else question.data.name
    doubts = series.doubted_like(known, file)

    def lines(names: list[str]) -> dict[str, dict[pd.Period, int]]:
        if question.data is None:
            return {}
        return series.lines_of_each(question.data, names, target.sheet, target.columns, until)

    found = list[Finding]()
    for name, told in doubts.items():
        none = published.index[published[name] <= 0]
        text = _no_level(published[name], none)
        odd = [Finding("unit", file or name, text, name, tuple(map(str, none)))] if text else []
        found += [*odd, *told]
    return _placed(found, lines)


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

    def lines(names: list[str]) -> dict[str, dict[pd.Period, int]]:
        until = last_seen(day, given.release_lag_days)
        return {} if given.store is not None else series.lines_of_each(file, names, given.sheet, until=until)

    left = {note.indicator for note in notes}
    found = list[Finding]()
    for of in known.indicators:
        if of.name not in left:
            logs = of.transform == "log_difference"
            found += series.doubted_indicator(known.table[of.name], file.name, logs)
    yield from _placed(found, lines)


def _placed(found: Sequence[Finding], lines: Lines) -> list[Finding]:
    """The findings of a file with their lines; it is read again only where there are any."""
    at = lines(list(dict.fromkeys(of.series for of in found))) if found else {}
    placed = []
    for of in found:
        line = at.get(of.series, {}).get(pd.Period(of.months[0], "M"))
        placed.append(of if line is None else replace(of, place=f"{of.place}:{line}"))
    return placed
