"""`changed_units`: rates whose newest months were all printed in another unit, and so bear each other witness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecast.arrays import Floats, Rows, robust_sd
from forecast.figures import CELL, Figures
from forecast.levels.expected import expect, log_t
from forecast.levels.leave_out import ENOUGH
from forecast.levels.observation import Name
from forecast.levels.readings import readings
from forecast.series import NEWEST
from forecast.tables import Finding

LEAST = 8.0
"""Log ratio from which a run is a slip. chosen: of true rates of the US, industries of Germany and the shipped figures
none is over 6.9."""

_SELDOM = 0.01
"""Probability that output rests, and, for each decimal, that an office prints more or fewer from a month on. chosen:
once in fifty years of half years."""

_ROUNDED, _LOST = 0.5, 0.1
"""Share of ratios and fractions that were rounded by a decimal or one more; and of last decimals, zeros that may be
lost. chosen: half; one in ten is a zero."""

_CONVERTED = 100.0  # times that a change is too small as a ratio or a fraction

_RESTING = 1.0  # points from nothing that rates then lie; chosen: of a level that hardly moves

_MORE = 4  # decimals more at most; chosen: as a ratio of two decimals more has


@dataclass(frozen=True, eq=False)
class _Run:
    """Hold the newest rates of a measure as meant otherwise.

    rows : their places among all newest ones · meant : values · times : by which changes are then printed too small
    gain : log ratio of the probabilities of what is printed, as meant and as printed, but for those of the values
    """

    table: pd.DataFrame
    rows: Rows
    what: str
    meant: Floats
    times: float
    gain: float


def changed_units(
    figures: Figures, name: Name, country: str | None, holidays: Sequence[str]
) -> tuple[list[Finding], Figures]:
    """Return a slip for each rate whose newest months were all printed in another unit, and the other figures.

    figures : of one series
    Of each run of newest months, of one measure or of several, two hypotheses are weighed: that it says what it says,
    and that all of it was meant otherwise, in one way. It is a slip where the latter gives what is printed, values and
    decimals, a far higher probability.
    """
    findings, left = list[Finding](), figures
    while slip := _likeliest(left, name, country, holidays):
        for run in slip:
            findings.append(_finding(run, name))
            own = left.table["measure"] == run.table["measure"].iloc[0]
            is_of = own & (left.table["period"] >= run.table["period"].iloc[0])
            left = replace(left, table=left.table[~is_of].reset_index(drop=True))
    return findings, left


def _likeliest(figures: Figures, name: Name, country: str | None, holidays: Sequence[str]) -> list[_Run]:
    """The runs that are likeliest to be meant otherwise, together; empty where what is printed is likelier."""
    newest = figures.table["period"] > figures.origin(*name) - NEWEST
    last = figures.table[~(newest & figures.table.duplicated(CELL, keep="last"))]
    table = _newest(last, newest)
    tried = list(_together(table))
    expected = expect(replace(figures, table=last), table.index, name, country, holidays) if tried else None
    if expected is None:
        return []
    as_meant, as_printed = expected
    x, half_units = (table[of].to_numpy(dtype=float) for of in ("value", "half_unit"))
    every = np.ones(len(x), dtype=bool)
    printed = as_printed.log_density(x, half_units, every)
    rests = log_t(x / _RESTING) - np.log(_RESTING)

    def ratio(runs: Sequence[_Run]) -> float:
        values, half_units_meant, others = x.copy(), half_units.copy(), every.copy()
        for run in runs:
            values[run.rows], others[run.rows] = run.meant, False
            half_units_meant[run.rows[run.meant != x[run.rows]]] *= run.times
        resting = np.log(_SELDOM) + rests[~others].sum() + as_printed.log_density(x, half_units, others)
        meant = sum(run.gain for run in runs) + as_meant.log_density(values, half_units_meant, every)
        return float(meant - np.logaddexp(printed, resting))

    ratios = [ratio(runs) for runs in tried]
    return tried[int(np.argmax(ratios))] if max(ratios) > LEAST else []


def _newest(last: pd.DataFrame, newest: pd.Series) -> pd.DataFrame:
    """The newest rates, oldest first, of measures of which enough are older, with what is usual of these."""
    digits = np.round(-np.log10(2.0 * last["half_unit"])).astype(int)
    rates = last.assign(digits=digits)[last["measure"] != "index"].sort_values(["period", "measure"])
    older = rates[~newest[rates.index] & ~rates.duplicated(CELL, keep="last")].groupby("measure")
    usual = older.agg(
        count=("value", "size"),
        usual=("digits", "max"),
        centre=("value", "median"),
        spread=("value", robust_sd),
    )
    return rates[newest[rates.index]].join(usual[usual["count"] >= ENOUGH], on="measure", how="inner")


def _together(newest: pd.DataFrame) -> Iterator[list[_Run]]:
    """Yield the runs that are to be judged: one by one, and all measures that are read alike from a month on."""
    alike: dict[tuple[str, pd.Period], list[_Run]] = {}
    for measure in sorted(set(newest["measure"])):
        for run in _runs(newest, np.flatnonzero(newest["measure"] == measure)):
            alike.setdefault((run.what, run.table["period"].iloc[0]), []).append(run)
    for runs in alike.values():
        yield from ([run] for run in runs if len(run.rows) > 1)
        if len(runs) > 1:
            yield runs


def _runs(newest: pd.DataFrame, rows: Rows) -> Iterator[_Run]:
    """Yield the readings of the newest rates of a measure, at some rows, that are not unlikely by older ones alone.

    None by a misplaced point that may be true: a fall that has its own, or small ones no finer than others.
    """
    own = newest.iloc[rows]
    x, digits, usual = own["value"].to_numpy(dtype=float), own["digits"].to_numpy(), int(own["usual"].iloc[0])
    spread = max(own["spread"].iloc[0], own["half_unit"].max())
    read = [{of.what: of for of in readings(value, index=False)} for value in x]
    goes_on = _log_decimals(digits, usual, _SELDOM, range(len(x)))
    for at in range(len(x)):
        for what, times in ((of.what, of.times) for of in read[-1].values()):
            meant = np.array([of[what].value if what in of else -100.0 for of in read[at:]])
            decimals = digits[at:] - round(np.log10(times))
            is_true = 1.0 < times != _CONVERTED and decimals.max() < usual
            is_true |= times < 1.0 and ((x[at:] < 0.0) & (digits[at:] >= usual)).any()
            if is_true or (meant <= -100.0).any() or (meant == x[at:]).all() or decimals.max() < 0:
                continue
            away, away_printed = ((of - own["centre"].iloc[0]) / spread for of in (meant, x[at:]))
            moved = (meant != x[at:]).sum()  # nothing is nothing in any unit
            gain = _printed(digits[:at], usual) - goes_on + moved * float(np.log(times))
            usually = (log_t(away) - log_t(away_printed)).sum()
            if gain + usually > 0.0:
                gain += _log_decimals(decimals, usual, _ROUNDED if times == _CONVERTED else _SELDOM, (0,))
            if gain + usually > 0.0:
                yield _Run(own[at:], rows[at:], what, meant, times, gain)


def _log_decimals(digits: Rows, usual: int, fewer: float, begins: Sequence[int]) -> float:
    """Log probability of decimals where so many are usual, or more or fewer are printed from one of some places on.

    fewer : probability of one fewer
    """
    each = [
        _printed(digits[:at], usual)
        + _printed(digits[at:], to)
        + abs(to - usual) * np.log(fewer if to < usual else _SELDOM)
        for to in range(usual + _MORE + 1)
        for at in begins
    ]
    return float(np.logaddexp.reduce(each) - np.log(len(begins)))


def _printed(digits: Rows, to: int) -> float:
    """Log probability of decimals printed to so many, of which last zeros may be lost."""
    if (digits > to).any():
        return -np.inf
    return float(np.sum(np.log(1.0 - _LOST) + np.log(_LOST) * (to - digits)))


def _finding(run: _Run, name: Name) -> Finding:
    """The slip of all months of a run, at the place of the newest."""
    table, newest, months = run.table, run.table.iloc[-1], tuple(map(str, run.table["period"]))
    printed = ", ".join(f"{value:g}" for value in table["value"])
    values = ", ".join(f"{value:.10g}" for value in run.meant)
    measure = str(newest["measure"])
    span = f"{months[0]} to {months[-1]} each seem" if len(months) > 1 else f"{months[0]} seems"
    return Finding(
        "slip",
        f"{newest['file']}:{newest['line']}",
        f"{' '.join(name)}: {measure} {printed} of {span} to be {run.what}: {values} would fit what the other figures "
        "lead one to expect",
        series="_".join(name),
        months=months,
        size=float(newest["value"] - run.meant[-1]),
        unit="points",
        stops=True,
        figures=tuple(
            (measure, *of) for of in zip(months[::-1], map(float, table["value"][::-1]), strict=True)
        ),
    )
