"""`changed_units`: rates whose newest months have all slipped in the same way, and so bear each other witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
import pandas as pd

from forecast.arrays import Floats
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

_FITS_SHARE, _FITS_MOST = 0.33, 5.0
"""Share of a slip's own distance that what was meant may be away as well, and standard errors at most. chosen: so that
98 % of slips that move a figure by over 40 points are seen, and of all origins of the shipped figures none."""

_FEWEST, _MANY = 2, 3
"""Months that make a run, one alone is judged by the others unless it is much finer; and months that are not all whole
numbers, nor all near each other, by chance. chosen: one true rate in ten is one."""

MUCH_FINER = 0.05
"""Share of the half unit of older months under which a run is two decimals finer, or more. chosen: an office may begin
to print one more."""

_NARROW, _NARROW_ALONE, _OF_RUNS = 0.1, 0.05, 0.1
"""Share that the range of a run, and of one of three months, is at most of the range that this share of older runs as
long stays within. chosen: a ratio or a fraction has a hundredth, and its rounding; of true runs of five panels three in
30,000 are as narrow and lie at nothing or at one."""

_WIDENS = 50.0  # times that a narrow run is wider at least where read as meant; chosen: half of a hundred

_SELDOM = 0.1
"""Share of older runs as long that lie as near to what an unmoved output is printed as, at most. chosen as _NARROW."""

_MOST_SDS, _MOST_MOVED = 5.0, (25.0, 60.0)
"""Standard errors of a month of a run that may be odd itself; and percent of one or two, and of more, known by their
decimals or their range. chosen: as of a single month; the falls of most factories in April 2020, of which two are less
sure."""


@dataclass(frozen=True, eq=False)
class _Run:
    """Hold the newest months of a rate that are all odd in the same way.

    last : the last print of each, newest first · prints : labels of all their prints
    usual : the least half unit of older ones · older : their values, newest first
    records : whether all of its months are · beside : whether it is read as an index beside others of its newest month
    """

    last: pd.DataFrame
    prints: pd.Index
    usual: float
    older: Floats
    records: bool
    beside: bool = False

    @property
    def near_100(self) -> bool:
        """Tell records that lie about 100, as indices with their base as 100 do."""
        most = max(RECORD * self.largest, _MOST_MOVED[len(self.last) >= _MANY])
        return self.records and bool((self.last["value"] - 100.0).abs().max() <= most)

    @property
    def largest(self) -> float:
        """The largest value of older months whatever its sign."""
        return float(np.abs(self.older).max())

    @property
    def much_finer(self) -> bool:
        """Tell months that no office that goes on as before has printed."""
        return bool(self.last["half_unit"].min() < MUCH_FINER * self.usual)

    @property
    def narrow(self) -> bool:
        """Tell months that lie far nearer to each other than older ones did."""
        return _narrow(self.last, self.older)

    def seldom(self, unmoved: float) -> bool:
        """Tell months nearer to what an unmoved output is printed as than older ones were."""
        return seldom(self.last["value"].to_numpy(dtype=float), _as_long(self.older, len(self.last)), unmoved)


@dataclass(frozen=True)
class _Meant:
    """Hold what a month was meant as, and how far that and what is printed lie, in standard errors.

    within : how far what was meant may lie
    clear : whether the decimals or the range of its run speak for that, or other rates that lie about 100 as well, so
        that not each month has to fit
    sure : whether the decimals of three months or more do, so that none has to: a fall may have lasted through all
    """

    value: float
    off: float
    off_as_printed: float
    within: float
    clear: bool
    sure: bool


def changed_units(
    figures: Figures, name: Name, country: str | None, holidays: Sequence[str]
) -> tuple[list[Finding], Figures]:
    """Return a slip for each rate whose newest months are all misprinted in the same way, and the other figures.

    figures : of one series
    A run of the newest months, two to six, is looked at where each is printed finer than any older month of the rate,
    or is a record; one alone where it is two decimals finer, or where all records of its month lie about 100. It is a
    slip where one reading has the decimals of the older months and fits what the figures outside the run lead one to
    expect, in the median month, and together nearer than what is printed unless that is clear.
    """
    runs = dict(_runs(figures.table))
    for together, gone in _attempts(figures.table, runs):
        found = {}
        for measure, run in together.items():
            rows = (row for _, row in run.last.iterrows())
            fitting = [_fitting(figures, gone, row, run, name, country, holidays) for row in rows]
            if (best := _shared(fitting)) is not None:
                found[measure] = _finding(run.last, name, best, [of[best] for of in fitting])
        beside = any(run.beside for run in together.values())
        if len(found) >= (len(together) if beside else 1):
            slipped = pd.Index([label for measure in found for label in runs[measure].prints])
            return list(found.values()), _but(figures, slipped)
    return [], figures


def fits_within(away: float) -> float:
    """Return the standard errors that what was meant may be away where what is printed is so many."""
    return min(max(FITS_SDS, _FITS_SHARE * away), _FITS_MOST)


def seldom(values: Floats, runs: Floats, unmoved: float) -> bool:
    """Tell whether older runs are seldom all as near to what an unmoved output is printed as.

    values : (m,) · runs : (r, m)
    """
    return bool(np.mean((np.abs(runs - unmoved) <= np.abs(values - unmoved).max()).all(axis=1)) <= _SELDOM)


def _attempts(table: pd.DataFrame, runs: Mapping[str, _Run]) -> Iterator[tuple[dict[str, _Run], pd.Index]]:
    """Yield runs to be judged and the labels of what is left out then: all that may be indices, all but single months,
    one, all figures of its months.
    """
    own = {measure: run for measure, run in runs.items() if len(run.last) >= _FEWEST or run.much_finer}
    for together in (_indices(runs), own):
        if len(together) > 1:
            yield together, pd.Index([label for run in together.values() for label in run.prints])
    yield from (({measure: run}, run.prints) for measure, run in own.items())
    for measure, run in own.items():
        yield {measure: run}, table.index[table["period"].isin(run.last["period"])]


def _indices(runs: Mapping[str, _Run]) -> dict[str, _Run]:
    """All records of the newest month where they lie about 100; none where one does not, and so bears the rise out."""
    newest = {measure: run.last["period"].iloc[0] for measure, run in runs.items() if run.records}
    of_newest = {measure: runs[measure] for measure, month in newest.items() if month == max(newest.values())}
    if not all(run.near_100 for run in of_newest.values()):
        return {}
    return {measure: replace(run, beside=True) for measure, run in of_newest.items()}


def _runs(table: pd.DataFrame) -> Iterator[tuple[str, _Run]]:
    """Yield the rates whose newest months are all finer than older ones, all records, or near each other."""
    rates = table[table["measure"] != "index"]
    for measure, own in rates.groupby("measure", sort=False):
        last = own[~own.duplicated(CELL, keep="last")].sort_values("period", ascending=False)
        is_newest = last["period"] > last["period"].max() - NEWEST
        newest, older = last[is_newest], last[~is_newest]
        if len(older) < ENOUGH:
            continue
        usual, values = float(older["half_unit"].min()), older["value"].to_numpy(dtype=float)
        finer = newest["half_unit"] < 0.5 * usual
        record = newest["value"].abs() > RECORD * np.abs(values).max()
        narrow = (n for n in range(len(newest), _MANY - 1, -1) if _narrow(newest[:n], values))
        length = max(_finer(list(finer)), len(list(takewhile(bool, record))), next(narrow, 0))
        prints = own.index[own["period"].isin(newest["period"][:length])]
        if length:
            yield str(measure), _Run(newest[:length], prints, usual, values, bool(record[:length].all()))


def _finer(is_finer: Sequence[bool]) -> int:
    """Return how many of the newest months are finer, of three or more all but one: its last decimals may be zeros."""
    ending = (n for n in range(len(is_finer), 0, -1) if is_finer[n - 1])
    return next((n for n in ending if sum(is_finer[:n]) >= n - (n >= _MANY)), 0)


def _narrow(newest: pd.DataFrame, older: Floats) -> bool:
    """Whether months lie far nearer to each other than the values of older ones; such as stand still do not count."""
    values, runs = newest["value"].to_numpy(dtype=float), _as_long(older, len(newest))
    if len(values) < _MANY or len(runs) < ENOUGH or np.ptp(values) == 0.0:
        return False
    width = np.ptp(values) + 2.0 * newest["half_unit"].max()
    share = _NARROW if len(values) > _MANY else _NARROW_ALONE
    return bool(width < share * np.quantile(np.ptp(runs, axis=1), _OF_RUNS))


def _as_long(older: Floats, months: int) -> Floats:
    """Runs of so many older months, (r, months)."""
    return np.lib.stride_tricks.sliding_window_view(older, min(months, len(older)))


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
    value, many = float(row["value"]), len(run.last) >= _MANY
    printed = of.off(i, value)
    for of_it in readings(value, index=False):
        if run.beside and (of_it.too_small or of_it.too_large):
            continue
        off, narrow = of.off(i, of_it.value), run.narrow and of_it.times >= _WIDENS
        finer = run.much_finer and row["half_unit"] * of_it.times > 0.5 * run.usual
        clear = of_it.too_small and (narrow or (finer and run.seldom(of_it.unmoved)))
        clear = clear or (run.beside and len(run.last) >= _FEWEST and printed > RECORD_SDS)
        odd = row["half_unit"] < 0.5 * run.usual if of_it.too_small else printed > RECORD_SDS
        true = not many and may_be_true(of_it, value, row["half_unit"], run.usual)
        as_fine = narrow or printed_otherwise(of_it.value, decimals(run.usual)) < 2
        most = max(RECORD * run.largest, _MOST_MOVED[many] if clear else 0.0)
        fits = clear or (odd and off <= _MOST_SDS and not (of_it.too_small and run.much_finer))
        if fits and as_fine and not true and abs(of_it.value) <= most:
            within = fits_within(printed) if run.beside else FITS_SDS
            sure = many and clear and finer
            yield of_it.what, _Meant(of_it.value, off, printed, within, clear, sure)


def _shared(fitting: Sequence[Mapping[str, _Meant]]) -> str | None:
    """The reading that fits all months, the nearest of several; None where none does, or what is printed is nearer.

    Of months whose decimals or range are clear half are enough, and what is printed is not asked.
    """

    def off(what: str) -> float:
        return sum(of[what].off for of in fitting)

    def fits(what: str) -> bool:
        if all(of[what].sure for of in fitting):
            return True
        clear = all(of[what].clear for of in fitting)
        shares = [of[what].off / of[what].within for of in fitting]
        middle = np.quantile(shares, 0.5, method="lower") if clear else np.median(shares)
        return bool(middle <= 1.0 and (clear or off(what) < sum(of[what].off_as_printed for of in fitting)))

    return min(filter(fits, sorted(set.intersection(*map(set, fitting)))), key=off, default=None)


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
