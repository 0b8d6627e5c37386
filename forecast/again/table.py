"""Two answers side by side: dates, chances, annual growth and the next print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from forecast.arrays import YEAR, Floats
from forecast.paths import Paths, quantiles
from forecast.recovery import Recovery
from forecast.what_if import Answer

if TYPE_CHECKING:
    from forecast.onset import Calm

Row = tuple[str, str, str, str]


def rows(base: Answer, changed: Answer, slumps: bool = True, calm: Calm | None = None) -> list[Row]:
    """Return a row per number: what it is, in the baseline, under the scenario, and how far they lie apart.

    slumps : whether a slump is under way, from which output may be back; where none is the chance that one begins is
        told, as far as it is known · calm : what it is told from
    """
    of = base.recovery
    out = _back(of, changed.recovery) if slumps else []
    if calm is not None:
        begun = [calm.by_month(paths) for paths in (base.paths, changed.paths)]
        months = sorted({min(YEAR, of.horizon), of.horizon})
        out += [_chances(f"a slump begins by {of.origin + h}", *(by[h - 1] for by in begun)) for h in months]
    for year in _years(base.paths):
        growth = [_quantiles(paths.annual_growth(year), paths) for paths in (base.paths, changed.paths)]
        out.append(_growth(f"growth of {year}", growth))
    ahead = [
        _quantiles(paths.until(1).printed("yoy_pct")[:, 0], paths) for paths in (base.paths, changed.paths)
    ]
    out.append(_growth(f"{of.origin + 1} on a year ago", ahead))
    return out


def _back(of: Recovery, to: Recovery) -> list[Row]:
    """When output is back."""
    last = of.origin + of.horizon
    return [
        ("half back by", _when(of, 0.5), _when(to, 0.5), _earlier(to.gained_on(of))),
        ("80 % of outcomes", _span(of), _span(to), ""),
        _chances("already back", of.p_already_back, to.p_already_back),
        _chances(f"back by {of.origin + min(YEAR, of.horizon)}", of.p_within_12, to.p_within_12),
        _chances(f"not by {last}", of.p_not_within_horizon, to.p_not_within_horizon),
        _months("months below normal", of.mean_months_below, to.mean_months_below),
    ]


def laid_out(table: Sequence[Sequence[str]], head: Sequence[str]) -> list[str]:
    """Return rows as lines of one width per column, numbers to the right."""
    every = [head, *table]
    width = [max(len(row[i]) for row in every) for i in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width[i]) if i == 0 else cell.rjust(width[i]) for i, cell in enumerate(row)
        ).rstrip()
        for row in every
    ]


def _when(answer: Recovery, q: float) -> str:
    month = answer.quantile(q)
    if month is None:
        return f"after {answer.origin + answer.horizon}"
    return str(month) if month > answer.origin else "already"


def _span(answer: Recovery) -> str:
    return f"{_when(answer, 0.1)} to {_when(answer, 0.9)}"


def _earlier(months: int | None) -> str:
    if months is None:
        return ""
    if months == 0:
        return "as soon"
    unit = "month" if abs(months) == 1 else "months"
    return f"{abs(months)} {unit} {'earlier' if months > 0 else 'later'}"


def _chances(what: str, here: float, there: float) -> Row:
    return what, f"{100 * here:.1f} %", f"{100 * there:.1f} %", f"{100 * (there - here):+.1f} points"


def _months(what: str, here: float, there: float) -> Row:
    return what, f"{here:.1f}", f"{there:.1f}", f"{there - here:+.1f}"


def _growth(what: str, each: Sequence[tuple[float, float, float]]) -> Row:
    (_, here, _), (_, there, _) = each
    growth = [f"{middle:+.1f} % ({lower:+.1f} to {upper:+.1f})" for lower, middle, upper in each]
    return what, growth[0], growth[1], f"{there - here:+.1f} points"


def _quantiles(values: Floats, paths: Paths) -> tuple[float, float, float]:
    """The 10, 50 and 90 % points of a value of each path."""
    lower, middle, upper = quantiles(values[:, None], paths.weights, (0.1, 0.5, 0.9))[:, 0].tolist()
    return lower, middle, upper


def _years(paths: Paths) -> list[int]:
    """The year of the first month to come and the next, where the paths hold them and the year before."""
    first = int(paths.future_months[0].year)
    held = paths.months
    return [y for y in (first, first + 1) if held[0] <= pd.Period(f"{y - 1}-01", "M") and held[-1].year > y]
