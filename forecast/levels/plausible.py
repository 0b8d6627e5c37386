"""`judge`: which of the newest figures cannot be what the office meant, and which are only implausible.

A figure is compared with what all other figures of its series say of it: the reconstruction's model at the centre of
its prior, which no figure moves, with standard errors widened by how far the older figures lie from their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import calendar
from forecast.arrays import Floats, robust_sd
from forecast.errors import FitError
from forecast.figures import CELL, Figures
from forecast.levels.mode import Search
from forecast.levels.observation import Name, Observations, first_month, observe
from forecast.levels.posterior import Posterior, left_out
from forecast.levels.prior import kernels, parameters
from forecast.series import NEWEST
from forecast.tables import Finding

SLIP_SDS, RECORD_SDS = 6.0, 2.0
"""Standard errors that a slip is away at least; the second where it is a record too. chosen: on all 325 origins of the
shipped figures, none of which is then refused."""

RECORD = 1.5
"""Times the largest rate of any other month from which a rate is a record. chosen: as SLIP_SDS."""

FITS_SDS, FITS_SHARE, FITS_MOST = 2.5, 0.33, 5.0
"""Standard errors that what was meant may be away: 2.5, or a third of the slip's own distance, but no more than five.
chosen: with SLIP_SDS; of slips that move a figure by over 40 points 99 % are then seen."""

TOLD_SDS = 4.0
"""Standard errors from which a figure is told as implausible. chosen: one print in a hundred of the shipped figures."""

TURNED_SDS, TURNED_FITS = 3.0, 1.0
"""Standard errors from which a rate is told that is nothing at all, or would fit within the second had it the other
sign. chosen: from 2.5 on the shipped monthly round had one in doubt; from 3 on three lost signs in four are told."""

GROSS_SDS = 9.0
"""Standard errors from which an older figure is set aside, lest it speak against a newest one. chosen: half as far
again as the largest distance among the shipped figures."""

LEAST = 0.03
"""Log points (3 percent points of a rate) that either is away at least. chosen: what is less decides no answer."""

MEMORY = 72
"""Months of figures that are looked at. chosen: six years pin the season, and a fit takes a tenth of a second."""

_ENOUGH, _FEW_WIDEN = (
    8,
    2.0,
)
"""Figures that tell how far they usually lie; with fewer, twice what the prior says. chosen: the spread of eight is
known to a quarter."""
_STEPS = 4  # of Gauss–Newton; chosen: monthly rates are linear in logs, and sums nearly so
_FEWEST = 4  # figures of other months that a record is told from; chosen: the largest of fewer is no record
_FEWEST_FIGURES = 3  # figures that tell anything of a level; chosen: a change and one to hold it against
_EIGHTY = 1.28  # Φ⁻¹(.9): standard errors to either end of an 80 % interval
_POWERS = (1, -1, 2, -2, 3, -3)
"""Of ten by which a decimal point is misplaced; chosen: up to a separator misread, a thousand."""


@dataclass(frozen=True, eq=False)
class _LeftOut:
    """Hold what the other figures say of each: log expected and its standard error, (n,), on the scale of y."""

    observations: Observations
    expected: Floats
    sd: Floats
    newest: npt.NDArray[np.bool_]

    @property
    def away(self) -> Floats:
        """Standard errors from what is expected, (n,); 0 for less than LEAST, and for older figures that are no gross
        error.
        """
        error = np.abs(self.observations.y - self.expected)
        counts = (error > LEAST) & (self.newest | (error > GROSS_SDS * self.sd))
        return np.where(counts, error / self.sd, 0.0)


def judge(
    figures: Figures, name: Name, country: str | None = None, holidays: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Return the figures of the newest months that are slips, which stop a run, or implausible.

    figures : as known · name : region and sector · country, holidays : as `reconstruct` takes them
    A slip is far from what the others say, and a power of ten of it, or the rate that it would be as a ratio or an
    index, is not; or it is printed finer than any other and fits when read so. A rate of nothing, or that would fit
    with the other sign, is implausible from nearer on. What is far off, a gross error of an older month too, is set
    aside before the others are judged. None where fewer than three figures lie within six years.
    """
    own, findings = figures.select(*name), list[Finding]()
    while (of := _leave_out(own, name, country, holidays)) is not None:
        worst = int(np.argmax(of.away))
        if of.away[worst] <= TOLD_SDS:
            odd = [i for i in map(int, np.flatnonzero(of.away)) if _meant(of, i) or _seems(of, i)]
            findings += [_finding(of, i, name) for i in odd]
            break
        rest = _without(own, of.observations.table.iloc[worst])
        if of.newest[worst]:
            apart = _leave_out(own, name, country, holidays, beside=rest)
            findings.append(_finding(apart or of, worst, name))
        if not len(rest.table):
            break
        own = rest
    return tuple(_changed_over(of, figures.select(*name), name, country, holidays) for of in findings)


def _changed_over(
    finding: Finding, own: Figures, name: Name, country: str | None, holidays: Sequence[str]
) -> Finding:
    """The finding, with the other rate of its month that it may be changed over with: each fits as the other."""
    ((measure, month, value),) = finding.figures
    last = own.table[~own.table.duplicated(CELL, keep="last") & (own.table["measure"] != "index")]
    of_month = last[last["period"].astype(str) == month]
    mine, others = (of_month[is_] for is_ in (of_month["measure"] == measure, of_month["measure"] != measure))
    if finding.stops or len(mine) != 1:
        return finding
    for at, other in others.iterrows():
        both = [mine.index[0], at]
        table = own.table.copy()
        table.loc[both, ["value", "half_unit"]] = table.loc[both[::-1], ["value", "half_unit"]].to_numpy()
        of = _leave_out(replace(own, table=table), name, country, holidays)
        if of is not None and other["value"] != value and (of.away[_rows_of(of, month)] <= TURNED_FITS).all():
            fits = f"; changed over with {other['measure']} {other['value']:g} both would fit"
            return replace(finding, sentence=finding.sentence + fits)
    return finding


def _rows_of(of: _LeftOut, month: str) -> npt.NDArray[np.bool_]:
    return (of.observations.table["period"].astype(str) == month).to_numpy()


def _without(figures: Figures, row: pd.Series) -> Figures:
    """The figures without one; lines do not tell it from others where they come from several files."""
    same = np.logical_and.reduce([figures.table[name] == row[name] for name in (*CELL, "value", "published")])
    return replace(figures, table=figures.table[~same].reset_index(drop=True))


def _leave_out(
    figures: Figures, name: Name, country: str | None, holidays: Sequence[str], beside: Figures | None = None
) -> _LeftOut | None:
    """Leave out one figure after the other; the sums in rates are linearised where those `beside` alone would lie."""
    months, origin = _months(figures, name), figures.origin(*name)
    o = observe(figures, [name], months)
    if len(o.y) < _FEWEST_FIGURES:
        return None
    prior = kernels(months, 0, calendar.regressors(months, country, holidays))
    search = Search(o, prior, parameters(1))
    start = Search(observe(beside, [name], months), prior, search.given) if beside is not None else search
    levels, _, linear = start.settled(search.centre, prior.mean[None, : prior.months], 1.0, _STEPS)
    spread = np.zeros((len(search.given), len(search.given)))
    linear = linear if beside is None else search.at(levels)
    try:
        error, z, _ = left_out(Posterior(o, prior, search.given, search.centre, spread, levels, linear))
    except FitError:
        return None
    newest = (o.table["period"] > origin - NEWEST).to_numpy()
    older = np.abs(z[~newest])
    widened = max(1.0, robust_sd(older, centre=0.0)) if len(older) >= _ENOUGH else _FEW_WIDEN
    return _LeftOut(o, o.y - error, np.abs(error / z) * widened, newest)


def _months(figures: Figures, name: Name) -> pd.PeriodIndex:
    origin = figures.origin(*name)
    return pd.period_range(max(first_month(figures), origin - MEMORY + 1), origin, freq="M")


def _meant(of: _LeftOut, i: int) -> tuple[str, float] | None:
    """What the figure seems to be and the value that was meant, the nearest that fits; None where it is no slip.

    A value that has another number of decimals than the series comes later, and last where it has more.
    """
    table = of.observations.table
    row, away = table.iloc[i], of.away[i]
    index, usual = row["measure"] == "index", float(table["half_unit"].drop(table.index[i]).min())
    finer = len(table) > _ENOUGH and row["half_unit"] < 0.5 * usual
    far = away > (RECORD_SDS if _is_record(table, i) else SLIP_SDS)
    fits = min(max(FITS_SDS, FITS_SHARE * away), FITS_MOST)
    readings = []
    for what, value, small in _readings(float(row["value"]), index):
        off = _off(of, i, value)
        if (far and off <= fits) or (small and finer and off <= FITS_SDS):
            readings.append((_printed_otherwise(value, _decimals(usual)), off, what, value))
    return min(readings)[2:] if readings else None


def _off(of: _LeftOut, i: int, value: float) -> float:
    """Standard errors from what is expected of a figure to another value of it; inf for one that leaves no output."""
    size = value if of.observations.table["measure"].iloc[i] == "index" else 1.0 + value / 100.0
    return float(abs(np.log(size) - of.expected[i]) / of.sd[i]) if size > 0 else np.inf


def _decimals(half_unit: float) -> int:
    return max(1, round(-math.log10(2.0 * half_unit)))


def _seems(of: _LeftOut, i: int) -> str:
    """What a rate may be that is far off: one without its sign, or none; empty where it is neither."""
    row = of.observations.table.iloc[i]
    if row["measure"] == "index" or row["value"] >= 100.0 or of.away[i] <= TURNED_SDS:
        return ""
    if row["value"] == 0:
        return "is it one that is not known?"
    return f"{-row['value']:.10g} would fit" if _off(of, i, -row["value"]) <= TURNED_FITS else ""


def _printed_otherwise(value: float, decimals: int) -> int:
    """2 where a value needs more decimals, 1 where it needs fewer, else 0."""
    more, as_many = (abs(value - round(value, d)) > 1e-9 for d in (decimals, decimals - 1))
    return 2 if more else 0 if as_many else 1


def _is_record(table: pd.DataFrame, i: int) -> bool:
    """Whether a rate is far beyond those of other months: of its own measure, of all where it has few."""
    row = table.iloc[i]
    others = table[(table["period"] != row["period"]) & (table["measure"] != "index")]
    own = others[others["measure"] == row["measure"]]
    values = (own if len(own) >= _ENOUGH else others)["value"].abs()
    return bool(
        row["measure"] != "index" and len(values) >= _FEWEST and abs(row["value"]) > RECORD * values.max()
    )


def _readings(value: float, index: bool) -> Iterator[tuple[str, float, bool]]:
    """What else the figure may have been meant as: in words, the value, and whether it was then printed too small."""
    for power in _POWERS:
        times = f"{10 ** abs(power)} times too {'large' if power > 0 else 'small'}"
        yield times, value / 10.0**power, power < 0
    if not index:
        yield "a ratio", 100.0 * (value - 1.0), True
        yield "a rate with its base as 100", value - 100.0, False


def _finding(of: _LeftOut, i: int, name: Name) -> Finding:
    row, meant = of.observations.table.iloc[i], _meant(of, i)
    index = row["measure"] == "index"
    low, middle, high = (
        np.exp(x) if index else 100.0 * np.expm1(x)
        for x in of.expected[i] + _EIGHTY * of.sd[i] * np.array([-1.0, 0.0, 1.0])
    )
    figure = f"{' '.join(name)}: {row['measure']} {row['value']:g} of {row['period']}"
    expected = f"the other figures lead one to expect {middle:.1f}, between {low:.1f} and {high:.1f}"
    other = f": {_seems(of, i)}" if _seems(of, i) else ""
    seems = f" is implausible{other}"
    if meant:
        would = "would fit" if low <= meant[1] <= high else "would be nearer"
        seems = f" seems to be {meant[0]}: {meant[1]:.10g} {would}"
    return Finding(
        "slip" if meant else "implausible",
        f"{row['file']}:{row['line']}",
        f"{figure}{seems}; {expected}",
        series="_".join(name),
        months=(str(row["period"]),),
        size=float(row["value"] - middle),
        unit="points",
        stops=meant is not None,
        figures=((str(row["measure"]), str(row["period"]), float(row["value"])),),
    )
