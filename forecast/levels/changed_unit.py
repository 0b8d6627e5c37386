"""`changed_units`: rates whose newest months have all slipped in the same way, and so bear each other witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
import pandas as pd

from forecast.figures import CELL, Figures
from forecast.levels.leave_out import ENOUGH, LeftOut, leave_out
from forecast.levels.observation import Name
from forecast.levels.readings import decimals, may_be_true, printed_otherwise, readings
from forecast.series import NEWEST
from forecast.tables import Finding

RECORD = 1.5
"""Times the largest rate of other months from which one is a record. chosen: on all 325 origins of the shipped figures,
none of which is then refused."""

RECORD_SDS, FITS_SDS = 2.0, 2.5
"""Standard errors that a record is away at least for a slip, and that what was meant may be. chosen: with RECORD."""

_FEWEST, _MANY = 2, 3
"""Months that make a run, one alone is judged by the others unless it is much finer; and months that are not all whole
numbers by chance. chosen: one true rate in ten is one."""

_MUCH_FINER = 0.05
"""Share of the half unit of older months under which a run is two decimals finer, or more. chosen: an office may begin
to print one more."""

_MOST_SDS = 5.0  # of a month of a run that may be odd itself; chosen: as of a single month


@dataclass(frozen=True, eq=False)
class _Run:
    """Hold the newest months of a rate that are all odd in the same way.

    last : the last print of each, newest first · prints : labels of all their prints
    usual, largest : the least half unit of older ones, and their largest value whatever its sign
    """

    last: pd.DataFrame
    prints: pd.Index
    usual: float
    largest: float

    @property
    def much_finer(self) -> bool:
        """Tell months that no office that goes on as before has printed."""
        return bool((self.last["half_unit"] < _MUCH_FINER * self.usual).all())


@dataclass(frozen=True)
class _Meant:
    """Hold what a month was meant as, and how far that and what is printed lie, in standard errors."""

    value: float
    off: float
    off_as_printed: float


def changed_units(
    figures: Figures, name: Name, country: str | None, holidays: Sequence[str]
) -> tuple[list[Finding], Figures]:
    """Return a slip for each rate whose newest months are all misprinted in the same way, and the other figures.

    figures : of one series
    A run of the newest months, two to six, is looked at where each is printed finer than any older month of the rate,
    or is a record; one alone where it is two decimals finer. It is a slip where one reading has the decimals of the
    older months and fits what the figures outside the run lead one to expect, in the median month, and together
    nearer than what is printed unless that is two decimals finer.
    """
    runs = dict(_runs(figures.table))
    for together, gone in _attempts(figures.table, runs):
        found = {}
        for measure in together:
            fitting = [
                _fitting(figures, gone, row, runs[measure], name, country, holidays)
                for _, row in runs[measure].last.iterrows()
            ]
            if (best := _shared(fitting, runs[measure].much_finer)) is not None:
                found[measure] = _finding(runs[measure].last, name, best, [of[best] for of in fitting])
        if found:
            slipped = pd.Index([label for measure in found for label in runs[measure].prints])
            return list(found.values()), _but(figures, slipped)
    return [], figures


def _attempts(table: pd.DataFrame, runs: Mapping[str, _Run]) -> Iterator[tuple[tuple[str, ...], pd.Index]]:
    """Yield rates to be judged and the labels of what is left out then: all runs, one, all figures of its months."""
    if len(runs) > 1:
        yield tuple(runs), pd.Index([label for run in runs.values() for label in run.prints])
    yield from (((measure,), run.prints) for measure, run in runs.items())
    for measure, run in runs.items():
        yield (measure,), table.index[table["period"].isin(run.last["period"])]


def _runs(table: pd.DataFrame) -> Iterator[tuple[str, _Run]]:
    """Yield the rates whose newest months are all finer than older ones, or all records."""
    rates = table[table["measure"] != "index"]
    for measure, own in rates.groupby("measure", sort=False):
        last = own[~own.duplicated(CELL, keep="last")].sort_values("period", ascending=False)
        is_newest = last["period"] > last["period"].max() - NEWEST
        newest, older = last[is_newest], last[~is_newest]
        if len(older) < ENOUGH:
            continue
        usual, largest = float(older["half_unit"].min()), float(older["value"].abs().max())
        finer, record = newest["half_unit"] < 0.5 * usual, newest["value"].abs() > RECORD * largest
        length = max(len(list(takewhile(bool, is_odd))) for is_odd in (finer, record))
        prints = own.index[own["period"].isin(newest["period"][:length])]
        run = _Run(newest[:length], prints, usual, largest)
        if length >= _FEWEST or (length and run.much_finer):
            yield str(measure), run


def _but(figures: Figures, labels: pd.Index) -> Figures:
    """The figures without some."""
    return replace(figures, table=figures.table.drop(index=labels).reset_index(drop=True))


def _fitting(
    figures: Figures, gone: pd.Index, row: pd.Series, run: _Run, name: Name, country: str | None,
    holidays: Sequence[str],
) -> dict[str, _Meant]:  # fmt: skip
    """What one month of a run may have been meant as, in words, by the figures that are not gone with the runs."""
    others, beside = (_but(figures, labels) for labels in (gone[gone != row.name], gone))
    of = leave_out(others, name, country, holidays, beside=beside)
    if of is None:
        return {}
    return dict(_readings(of, of.place(row), row, run))


def _readings(of: LeftOut, i: int, row: pd.Series, run: _Run) -> Iterator[tuple[str, _Meant]]:
    printed = of.off(i, float(row["value"]))
    many = len(run.last) >= _MANY
    for of_it in readings(float(row["value"]), index=False):
        off = of.off(i, of_it.value)
        odd = row["half_unit"] < 0.5 * run.usual if of_it.too_small else printed > RECORD_SDS
        true = not many and may_be_true(of_it, row["value"], row["half_unit"], run.usual)
        fits = off <= _MOST_SDS and printed_otherwise(of_it.value, decimals(run.usual)) < 2
        if odd and fits and not true and abs(of_it.value) <= RECORD * run.largest:
            yield of_it.what, _Meant(of_it.value, off, printed)


def _shared(fitting: Sequence[Mapping[str, _Meant]], much_finer: bool) -> str | None:
    """The reading that fits all months, the nearest of several; None where none does, or what is printed is nearer."""

    def off(what: str) -> float:
        return sum(of[what].off for of in fitting)

    best = min(sorted(set.intersection(*map(set, fitting))), key=off, default=None)
    if best is None or np.median([of[best].off for of in fitting]) > FITS_SDS:
        return None
    nearer = much_finer or off(best) < sum(of[best].off_as_printed for of in fitting)
    return best if nearer else None


def _finding(run: pd.DataFrame, name: Name, what: str, meant: Sequence[_Meant]) -> Finding:
    """The slip of all months of a run, at the place of the newest."""
    newest, months = run.iloc[0], [str(month) for month in run["period"]][::-1]
    printed = ", ".join(f"{value:g}" for value in run["value"][::-1])
    values = ", ".join(f"{of.value:.10g}" for of in reversed(meant))
    measure = str(newest["measure"])
    span = f"{months[0]} to {months[-1]} each seem" if len(run) > 1 else f"{months[0]} seems"
    return Finding(
        "slip",
        f"{newest['file']}:{newest['line']}",
        f"{' '.join(name)}: {measure} {printed} of {span} to be {what}: {values} would fit what the other figures lead "
        "one to expect",
        series="_".join(name),
        months=tuple(months),
        size=float(newest["value"]) - meant[0].value,
        unit="points",
        stops=True,
        figures=tuple(
            (measure, str(month), float(value))
            for month, value in zip(run["period"], run["value"], strict=True)
        ),
    )
