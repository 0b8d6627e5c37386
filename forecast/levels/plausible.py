"""`judge`: which of the newest figures cannot be what the office meant, and which are only implausible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.figures import CELL, Figures
from forecast.levels.changed_unit import changed_units
from forecast.levels.leave_out import ENOUGH, LeftOut, leave_out, without
from forecast.levels.observation import Name
from forecast.levels.readings import decimals, may_be_true, printed_otherwise, readings
from forecast.series.values import FILLERS
from forecast.tables import Finding

RECORD, RECORD_SDS, FITS_SDS = 1.5, 2.0, 2.5
"""Times the largest rate of other months from which one is a record, standard errors that a record is away at least
for a slip, and that what was meant may be. chosen: on all 325 origins of the shipped figures, none then refused."""

_FITS_SHARE, _FITS_MOST = 0.33, 5.0
"""Share of a slip's own distance that what was meant may be away as well, and standard errors at most. chosen: so that
98 % of slips that move a figure by over 40 points are seen, and of all origins of the shipped figures none."""

_MUCH_FINER, _SELDOM = 0.05, 0.1
"""Share of the half unit of others under which one is two decimals finer, or more, and of other months that then lie as
near to what an unmoved output is printed as. chosen: an office may begin to print one more; one in ten."""

SLIP_SDS = 6.0
"""Standard errors that a slip is away at least where it is no record. chosen: on all 325 origins of the shipped
figures, none of which is then refused."""

TOLD_SDS = 4.0
"""Standard errors from which a figure is told as implausible. chosen: one print in a hundred of the shipped figures."""

TURNED_SDS, TURNED_FITS = 3.0, 1.0
"""Standard errors from which a rate is told that is nothing at all, or would fit within the second had it the other
sign. chosen: from 2.5 on the shipped monthly round had one in doubt; from 3 on three lost signs in four are told."""

_FEWEST = 4  # figures of other months that a record is told from; chosen: the largest of fewer is no record
_EIGHTY = 1.28  # Φ⁻¹(.9): standard errors to either end of an 80 % interval


def judge(
    figures: Figures, name: Name, country: str | None = None, holidays: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Return the figures of the newest months that are slips, which stop a run, or implausible.

    figures : as known · name : region and sector · country, holidays : as `reconstruct` takes them
    A slip is far from what the others say, and a power of ten of it, or the rate that it would be as a ratio or an
    index, is not; or it is printed finer than any other and fits when read so. Months that slipped together are one
    finding, and set aside first. A rate of nothing, or that would fit
    with the other sign, is implausible from nearer on. What is far off, a gross error of an older month too, is set
    aside before the others are judged, but no figure is found that those bear out, as the fall of a year ago does a
    rise, and a boom of the months beside it one more. None where fewer than three figures lie within six years.
    """
    together, own = changed_units(figures.select(*name), name, country, holidays)
    findings, kept = list[Finding](), own
    while (of := leave_out(own, name, country, holidays)) is not None:
        worst = int(np.argmax(of.away))
        if of.away[worst] <= TOLD_SDS:
            half_units = of.observations.table["half_unit"].to_numpy(dtype=float)
            much_finer = half_units < _MUCH_FINER * np.partition(half_units, 1)[1]  # that is, than any other
            looked_at = np.flatnonzero((of.away > 0.0) | (of.newest & much_finer))
            odd = [i for i in map(int, looked_at) if _meant(of, i) or _seems(of, i)]
            findings += [_finding(of, i, name) for i in odd]
            break
        row = of.observations.table.iloc[worst]
        rest = without(own, row)
        if of.newest[worst]:
            apart = leave_out(own, name, country, holidays, beside=rest) or of
            any_aside = len(kept.table) > len(own.table)
            first = _at_first(kept, row, name, country, holidays) if any_aside else None
            at = first or (apart, worst)
            if at[0].away[at[1]] > TOLD_SDS:
                found = _finding(*(at if _meant(*at) is None else (apart, worst)), name)
                findings.append(found)
                kept = without(kept, row) if found.stops else kept
        if not len(rest.table):
            break
        own = rest
    alone = (_changed_over(of, figures.select(*name), name, country, holidays) for of in findings)
    return (*together, *alone)


def _at_first(
    figures: Figures, row: pd.Series, name: Name, country: str | None, holidays: Sequence[str]
) -> tuple[LeftOut, int] | None:
    """What the others say where none but slips are set aside, and the place of a figure there; None for no fit."""
    of = leave_out(figures, name, country, holidays)
    return None if of is None else (of, of.place(row))


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
        of = leave_out(replace(own, table=table), name, country, holidays)
        if of is not None and other["value"] != value and (of.away[_rows_of(of, month)] <= TURNED_FITS).all():
            fits = f"; changed over with {other['measure']} {other['value']:g} both would fit"
            return replace(finding, sentence=finding.sentence + fits)
    return finding


def _rows_of(of: LeftOut, month: str) -> npt.NDArray[np.bool_]:
    return (of.observations.table["period"].astype(str) == month).to_numpy()


def _meant(of: LeftOut, i: int) -> tuple[str, float | None] | None:
    """What the figure seems to be and the value that was meant, the nearest that fits; None where it is no slip.

    A value with more decimals than the series was never printed, and one with fewer comes later: else the true fall of
    a crisis would be ten times too large. A small rate that is no finer than others is one, and one two decimals finer
    where others are as small.
    """
    table = of.observations.table
    row, away = table.iloc[i], of.away[i]
    index, usual = row["measure"] == "index", float(table["half_unit"].drop(table.index[i]).min())
    finer = len(table) > ENOUGH and row["half_unit"] < 0.5 * usual
    far = away > (RECORD_SDS if _is_record(table, i) else SLIP_SDS)
    fits = min(max(FITS_SDS, _FITS_SHARE * away), _FITS_MOST)
    if far and not index and row["value"] in FILLERS:
        return "a code for one that is not known", None
    fitting = list[tuple[int, float, str, float]]()
    for of_it in readings(float(row["value"]), index):
        off, otherwise = of.off(i, of_it.value), printed_otherwise(of_it.value, decimals(usual))
        as_small = row["half_unit"] < _MUCH_FINER * usual and not _seldom(table, i, of_it.unmoved)
        fits_well = (far and off <= fits) or (of_it.too_small and finer and not as_small and off <= FITS_SDS)
        true = not index and may_be_true(of_it, row["value"], row["half_unit"], usual)
        if fits_well and otherwise < 2 and not true:
            fitting.append((otherwise, off, of_it.what, of_it.value))
    return min(fitting)[2:] if fitting else None


def _seldom(table: pd.DataFrame, i: int, unmoved: float) -> bool:
    """Whether rates of the same measure in other months seldom lie as near to what an unmoved output is printed as."""
    row = table.iloc[i]
    others = table[(table["measure"] == row["measure"]) & (table["period"] != row["period"])]["value"]
    near = (others - unmoved).abs() <= abs(row["value"] - unmoved)
    return not len(others) or bool(near.mean() <= _SELDOM)


def _seems(of: LeftOut, i: int) -> str:
    """What a rate may be that is far off: one without its sign, or none; empty where it is neither."""
    row = of.observations.table.iloc[i]
    if row["measure"] == "index" or row["value"] >= 100.0 or of.away[i] <= TURNED_SDS:
        return ""
    if row["value"] == 0:
        return "is it one that is not known?"
    return f"{-row['value']:.10g} would fit" if of.off(i, -row["value"]) <= TURNED_FITS else ""


def _is_record(table: pd.DataFrame, i: int) -> bool:
    """Whether a rate is far beyond those of other months: of its own measure, of all where it has few."""
    row = table.iloc[i]
    others = table[(table["period"] != row["period"]) & (table["measure"] != "index")]
    own = others[others["measure"] == row["measure"]]
    values = (own if len(own) >= ENOUGH else others)["value"].abs()
    return bool(
        row["measure"] != "index" and len(values) >= _FEWEST and abs(row["value"]) > RECORD * values.max()
    )


def _finding(of: LeftOut, i: int, name: Name) -> Finding:
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
        what, value = meant
        would = "would fit" if value is not None and low <= value <= high else "would be nearer"
        seems = f" seems to be {what}" + ("" if value is None else f": {value:.10g} {would}")
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
