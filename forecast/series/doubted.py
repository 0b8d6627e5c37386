"""A doubtful level in words: of the target, and of the series beside it that inform it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.series.gross import gross
from forecast.series.plausible import LAST_SDS, NEWEST, Doubtful, Panel, judge
from forecast.tables import Finding

_FITS = 0.20
"""Log points from what is expected up to which a level over its power of ten fits. chosen: no month of a quiet series
surprises by more; an erratic one may by LAST_SDS."""


def doubted(blank: Finding, of: Doubtful) -> Finding:
    """Say of a newest level that it is a slip, or that it is implausible."""
    level = f"{blank.series}: {of.value:.15g} in {of.month}"
    if of.slip:
        text = f"{level} seems to be {of.outside or _meant(of)}; {_rounded(of.expected)} is expected"
        text += (
            f"; the {of.stays - 1} months after it are like it, as after a change of unit" if of.stays else ""
        )
    else:
        seems = f"; {of.seems}" if of.seems else ""
        text = f"{level} is implausible: {_away(of)}{seems}"
    return replace(
        blank, kind="slip" if of.slip else "implausible", sentence=text, size=of.value / of.expected, unit="factor",
        stops=of.slip, figures=(("level", str(of.month), of.value),),
    )  # fmt: skip


def doubted_like(table: pd.DataFrame, file: str) -> dict[str, list[Finding]]:
    """Return what cannot be meant in levels like the target, by name: slips of the newest months, which stop a run as
    the target's do, and what lies far outside the ten years before.

    table : index points as known, a column each, NaN where not published or not positive · file : the name of each
        where empty
    """
    found, beside = {}, Panel(table)
    for name in table:
        y, place = between(table[name]), file or str(name)
        slips = [of for of in judge(y, beside) if of.slip]
        stopped = {of.month for of in slips}
        rest = [of for of in gross(y) if of.month not in stopped]
        found[str(name)] = [doubted(_blank(y, place, [of]), of) for of in slips] + _told(
            y, place, rest, "level"
        )
    return found


def doubted_indicator(y: pd.Series, file: str, logs: bool) -> list[Finding]:
    """Return what cannot be meant in an indicator: told and never stopped, as a true one may leap tenfold in a month.

    y, logs : as `gross` takes them
    """
    known = between(y)
    return _told(known, file, gross(known, logs), "indicator")


def between(y: pd.Series) -> pd.Series:
    """A column from its first to its last value."""
    return y.loc[y.first_valid_index() : y.last_valid_index()]


def _told(y: pd.Series, file: str, odd: Sequence[Doubtful], measure: str) -> list[Finding]:
    """A finding for each of the newest months, and one for all before them."""
    found = []
    newest = pd.PeriodIndex(y.index)[-1] - NEWEST
    older = [of for of in odd if of.month <= newest]
    for told in (*([of] for of in odd if of.month > newest), *([older] if older else [])):
        first, alone = told[0], told is not older
        text = _away(first) if alone else "it lies far outside the ten years before"
        text += f"; it seems to be {_meant(first)}" if first.power else ""
        text += f" (and {len(told) - 1} more to {told[-1].month})" if len(told) > 1 else ""
        factor = first.value > 0 and first.expected > 0
        size = first.value / first.expected if factor else first.value - first.expected
        found.append(replace(
            _blank(y, file, told), kind="implausible",
            sentence=f"{y.name}: {first.value:.15g} in {first.month} is implausible: {text}",
            size=size, unit="factor" if factor else "points",
            figures=tuple((measure, str(of.month), of.value) for of in told),
        ))  # fmt: skip
    return found


def _blank(y: pd.Series, file: str, told: Sequence[Doubtful]) -> Finding:
    return Finding("", file, "", str(y.name), tuple(str(of.month) for of in told))


def _meant(of: Doubtful) -> str:
    """Say what a level seems to be: a power of ten too large or small, which would fit, or else of wrong digits."""
    if _fits(of):
        times = f"{10 ** abs(of.power)} times too {'large' if of.power > 0 else 'small'}"
        return f"{times}: {of.value / 10.0**of.power:.10g} would fit"
    digits = f"{abs(of.power)} digit{'s' if abs(of.power) > 1 else ''}"
    return f"{digits} too {'long' if of.power > 0 else 'short'}, or to have its decimal sign misplaced"


def _fits(of: Doubtful) -> bool:
    """Tell whether a level over its power of ten lies near what is expected."""
    if not (of.value > 0 and of.expected > 0):
        return True
    error = math.log(of.value / of.expected)
    usual = abs(error / of.sds) if of.sds else math.nan
    return abs(error - of.power * math.log(10.0)) <= float(np.fmax(LAST_SDS * usual, _FITS))


def _away(of: Doubtful) -> str:
    usual = f"{abs(of.sds):.0f} times the usual surprise"
    return f"{_rounded(of.expected)} is expected, and it lies {usual} away"


def _rounded(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
