"""What a question answered before, as far as its folder holds answers to this question and not to another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forecast.again.days import day_of, days, now, steady
from forecast.again.folder import REPORT
from forecast.checksums import sums
from forecast.config import Question
from forecast.errors import ConfigError, DataError, ForecastError
from forecast.estimate import Data, FigureData
from forecast.outcome import Outcome, Snapshot
from forecast.outcome.text import AGAIN, read
from forecast.places import fault
from forecast.run import snapshots
from forecast.run.data import origin_of
from forecast.run.unscored import without_report
from forecast.tables import Finding

COMMON = 24
"""Months of growth from which two levels are compared. chosen: two years tell a season."""

ALIKE = 0.5
"""Part of its usual distance from its middle by which growth of one series may differ in the middle month. chosen:
half of the months or more are hardly revised, and another series with the same season lies further off."""

ALIKE_ADJUSTED = 1.0
"""The same of levels declared adjusted, whose growth is small and revised every year. chosen: of five years of US
output 3 % of vintages differ from that of three months before by more than 0.5, none by over 0.9; of pairs of US
industries two thirds differ by more than 1."""


@dataclass(frozen=True)
class Earlier:
    """Answers given before: all, those to this very question, and what is to be told of them."""

    every: tuple[Snapshot, ...] = ()
    asked_so: tuple[Snapshot, ...] = ()
    findings: tuple[Finding, ...] = ()


def earlier(question: Question, data: Data, reports: Path, day: str) -> Earlier:
    """Return what reports of the days before answered. reports : the folder of one question.

    Raises ConfigError where the history cannot be read, or the latest report there is of another series.
    """
    files, rows, parted = steady(partial(_beside, reports, day), lambda found: not found[-1])
    every = tuple(row.answer for row in rows)
    _same_series(data, reports, question.config.target.seasonally_adjusted)
    so = tuple(
        row.answer
        for row in rows
        if row.asked in (None, asked(question))
        and (row.answer.last_month - row.answer.origin).n == question.plan.horizon
    )
    before, unread = _latest(files)
    told = [*unread, *_rewritten(data, before), *_forgotten(files, every, reports), *_parted(parted, reports)]
    if len(so) < len(every):
        n = len(every) - len(so)
        other = "another normal, slump, rule, horizon or target"
        text = f"{n} of {len(every)} earlier reports asked for {other}: not compared"
        told.append(Finding("note", f"{reports.name}/{snapshots.FILE}", text))
    origin = origin_of(data)
    if every and every[-1].origin > origin:
        text = (
            f"{every[-1].origin} was known to the report of {every[-1].as_of}, and now {origin} is the last month; "
            "was something taken out of the data?"
        )
        told.append(Finding("gap", reports.name, text, months=(str(every[-1].origin),)))
    return Earlier(every, so, tuple(told))


def asked(question: Question) -> str:
    """Return a digest of what an answer is to: the series, normal, slump and rule, whatever files and models."""
    asks = question.config
    of = asks.target
    parts = (
        of.region, of.sector, of.column, of.sample, of.seasonally_adjusted,
        question.plan.normal, asks.slump, asks.recovery,
    )  # fmt: skip
    return sha256(repr(parts).encode()).hexdigest()


def _files(reports: Path, day: str | None = None) -> list[Path]:
    """Return what each report of a folder tells, or each before a day, oldest first."""
    return [folder / REPORT for folder in days(reports) if day is None or day_of(folder) < day]


def _beside(reports: Path, day: str) -> tuple[list[Path], tuple[snapshots.Told, ...], list[str]]:
    """Return the reports of before a day, the rows of the history, and the days of which the two differ."""
    files = _files(reports, day)  # before the history, to which a run beside this one may add both
    rows = snapshots.earlier(reports, day)
    made = {row.answer.as_of: row.made for row in rows}
    known = ((file, made[of]) for file in files if (of := day_of(file.parent)) in made)
    return files, rows, [day_of(file.parent) for file, own in known if _made(file) not in (None, own)]


def _made(file: Path) -> dict[str, Any] | None:
    """Of what a report was made, as its row keeps it; None where the file does not tell, which is said elsewhere."""
    with suppress(OSError, ValueError, RecursionError, KeyError, TypeError):
        if not fault(file):
            return snapshots.made(json.loads(file.read_bytes())["stamp"])
    return None


def _parted(days: Sequence[str], reports: Path) -> Iterator[Finding]:
    """Yield the rows that tell of another report than stands there, as where one of the two was brought back."""
    if days:
        text = (
            f"its row of the report of {days[-1]}{f' and of {len(days) - 1} before it' if days[1:] else ''} is of "
            "another run than the report that stands there (its config, data, seed or version), as where an older copy "
            "of one of them was put back; run the question again with --as-of and that day"
        )
        yield Finding("note", f"{reports.name}/{snapshots.FILE}", text)


def _forgotten(files: Sequence[Path], every: Sequence[Snapshot], reports: Path) -> Iterator[Finding]:
    """Yield the reports of which the history has no row, as where it was brought back from an older copy."""
    known = {one.as_of for one in every}
    days = [of for file in files if (of := day_of(file.parent)) not in known]
    if days:
        text = (
            f"has no row of the report of {days[-1]}{f' and of {len(days) - 1} before it' if days[1:] else ''}: not "
            "compared; run the question again with --as-of and that day, or move that folder away"
        )
        yield Finding("note", f"{reports.name}/{snapshots.FILE}", text)


def _latest(files: Sequence[Path]) -> tuple[list[tuple[Path, Outcome]], list[Finding]]:
    """Return the latest of some reports, and what to tell where that cannot be read."""
    if not files:
        return [], []
    file, reports = files[-1], files[-1].parents[1]
    try:
        return [(file.parent, outcome_in(file))], []
    except (ForecastError, OSError, ValueError) as error:
        place, why = (
            f"{reports.name}/{file.parent.name}",
            str(error).splitlines()[0].removeprefix(f"{file}: "),
        )
        return [], [Finding("note", place, f"the report was not compared with: {why}")]


def outcome_in(file: Path) -> Outcome:
    """Return what a `report.json` tells. Raises DataError or ConfigError where it is not as a run wrote it."""
    return steady(lambda: _outcome(now(file.parent) / file.name))


def _outcome(file: Path) -> Outcome:
    known = sums(file.parent, AGAIN)
    if wrong := fault(file):
        raise DataError(f"{file}: {wrong}; {AGAIN}")
    if not file.exists():
        raise DataError(without_report(file.parent))
    content = file.read_bytes()
    known.check(file.name, content)
    outcome = read(Outcome, content.decode("utf-8"), str(file))
    known.require(outcome.stamp.versions.get("iip-forecast", ""))
    return outcome


def _same_series(data: Data, reports: Path, adjusted: bool) -> None:
    """Raise ConfigError where the latest report of a folder that can be read is of another series than the data."""
    whole = (found for file in reversed(_files(reports)) for found in _latest([file])[0])
    for folder, last in islice(whole, 1):
        if difference := _difference(data, last, ALIKE_ADJUSTED if adjusted else ALIKE):
            raise ConfigError(
                f"{folder}: is a report on another series ({difference}); give this question another name, or move "
                f"{reports} away"
            )


def _rewritten(data: Data, before: Sequence[tuple[Path, Outcome]]) -> Iterator[Finding]:
    """Yield, where the last report before a day had figures otherwise, that those published on one day have changed."""
    if not isinstance(data, FigureData):
        return
    own = data.figures.as_of(data.as_of).select(*data.target)
    now = {(row.measure, row.period, f"{row.published:%Y-%m-%d}"): row.value for row in own.rows()}
    for folder, last in before:
        changed = [
            f"{row.measure} {row.value:g} of {row.period} (now {value:g})"
            for row in last.figures
            if (row.region, row.sector) == data.target
            and (value := now.get((row.measure, row.period, str(row.published)), row.value)) != row.value
        ]
        if changed:
            text = (
                f"{changed[0]}, and {len(changed)} in all, are not as the report of {last.as_of} had them, published "
                "on the same day; a revised figure is a new line with its own day"
            )
            yield Finding("note", folder.parent.name, text)


def _difference(data: Data, last: Outcome, alike: float) -> str:
    """What tells the series of a report from that of the data; "" where nothing does. alike : as `ALIKE`"""
    if isinstance(data, FigureData):
        newest = {(row.measure, row.period, row.value, row.published) for row in last.latest}
        series = {
            (row.region, row.sector)
            for row in last.figures
            if (row.measure, row.period, row.value, row.published) in newest
        }  # several where they print the same
        if not series or data.target in series:
            return ""
        return f"{' or '.join(' '.join(of) for of in sorted(series))}, not {' '.join(data.target)}"
    if last.unit == "figures":
        return ""
    before = pd.Series(
        [row.level for row in last.history], pd.PeriodIndex([row.month for row in last.history])
    )
    growth = pd.DataFrame({"before": before, "now": data.known}).map(np.log).diff().dropna()
    if len(growth) < COMMON:
        return ""
    apart = float((growth["now"] - growth["before"]).abs().median())
    usual = float(
        (growth - growth.median()).abs().median().min()
    )  # the smaller, whichever of the two was first
    if apart <= alike * usual:
        return ""
    return f"growth of {len(growth)} months known to both is {100 * apart:.1f} points apart in the middle one"
