"""`compare`: the measure and the month of WHAT against BASE, or the reason why it is no measure of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from forecast.arrays import YEAR
from forecast.tables.rates.spans import LAST_YEAR, Span

MOM, YOY, YTD, QUARTER, INDEX = "mom_pct", "yoy_pct", "ytd_yoy_pct", "qtr_yoy_pct", "index"


@dataclass(frozen=True)
class Measure:
    """Hold a measure of `figures.MEASURES` and the month it is about."""

    name: str
    period: pd.Period


@dataclass(frozen=True)
class Other:
    """Hold why a comparison that is understood is no measure of published figures."""

    reason: str


@dataclass(frozen=True)
class Rate:
    """Hold what the numbers of a column are.

    measure, period : as in `figures`; the month in which the stretch of time ends
    form : "index" where a heading says that its base is 100, "percent" where it speaks of a change, "" where only
        the numbers tell
    status : "estimate", "official" or ""
    note : how the heading was understood where that is not plain, "" else
    """

    measure: str
    period: pd.Period
    form: str = ""
    status: str = ""
    note: str = ""

    @property
    def before(self) -> pd.Period:
        """The month in which the stretch of time ends that it is compared with."""
        return self.period - (1 if self.measure == MOM else YEAR)


@dataclass(frozen=True)
class NoRate:
    """Hold why the numbers of a column are no rates.

    understood : False where the heading is not · lacks_time : True where a month or a year would mend that
    """

    reason: str
    understood: bool = True
    lacks_time: bool = False


def end(span: Span) -> int:
    """Return the month in which a span ends, 0 where it names none."""
    return {
        "month": span.last,
        "months": span.last,
        "range": span.last,
        "quarter": 3 * span.last,
        "year": 12,
    }.get(span.kind, 0)


def dated(span: Span, latest: pd.Period) -> Span:
    """Return a span without a year as the last one that had ended by a month, when that is clear.

    A month later in the year than `latest` is last year's only where half a year lies between them (December in a
    bulletin of January); nearer ones would be a forecast and stay without a year.
    """
    if span.year > 0 or not end(span):
        return span
    if end(span) <= latest.month:
        return replace(span, year=latest.year)
    return replace(span, year=latest.year - 1) if end(span) - latest.month >= 6 else span


def dated_by_base(what: Span, base: Span) -> Span:
    """Return WHAT with the one year for which it and its dated base make a measure; unchanged where none does."""
    if what.year > 0 or base.year <= 0:
        return what
    fitting = [
        replace(what, year=year)
        for year in (base.year, base.year + 1)
        if isinstance(compare(replace(what, year=year), base), Measure)
    ]
    return fitting[0] if len(fitting) == 1 else what


def compare(what: Span, base: Span) -> Measure | Other | None:
    """Return the measure of a dated span against its base, the reason for none, or None where it makes no sense."""
    period = pd.Period(year=what.year, month=end(what), freq="M")
    if _of_itself(what):
        if what.year % 100 != what.last:
            return None
        what = replace(what, kind="month", first=1)
    if base.kind == "base year":
        return Measure(INDEX, period) if what.kind == "month" else Other("index of several months")
    if what.kind == "range":
        return Other(f"rate of months {what.first} to {what.last} together")
    measure = {"month": YOY, "months": YTD, "quarter": QUARTER, "year": YTD}[what.kind]
    if base.kind in ("month before", "quarter before", "period before"):
        return _before(what, base, period)
    back = _years_back(what, base)
    if back is not None:
        if back == 1:
            return Measure(measure, period)
        return Other(f"rate of change against {back} years before") if back > 1 else None
    if what.kind == base.kind == "month":
        return _months(what, base, period)
    if what.kind == base.kind == "quarter":
        return _quarters(what, base)
    return None


def may_be_short(whats: Sequence[Span], near: pd.Period | None) -> bool:
    """Tell a range such as 4-12 that may be April 2012, as a bulletin of that month or the next would have it.

    near : the month by which spans without a year are dated
    """
    if near is None or len(whats) != 1:
        return False
    (span,) = whats
    short = span.kind == "range" and not span.year and span.first < span.last == near.year % 100
    return short and 0 <= near.month - span.first <= 1


def senseless(what: Span) -> str:
    """Say why a dated span makes no rate."""
    if what.kind == "range":
        short = f"{what.first}/{2000 + what.last}"
        return (
            f"{what.first}-{what.last} may be months of {what.year} or {short} with two digits of its year; where it "
            f"is the month, write it as {short}"
        )
    return "its two times make no rate"


def _of_itself(what: Span) -> bool:
    """Tell 12-12, which is a month with two digits of its year, as a Vietnamese spreadsheet shows it, and no range."""
    return what.kind == "range" and what.first == what.last


def _before(what: Span, base: Span, period: pd.Period) -> Measure | Other | None:
    """Return what a span makes of "the month before", "the quarter before" and "the period before"."""
    unit = {"month before": "month", "quarter before": "quarter"}.get(base.kind, what.kind)
    if unit != what.kind:
        return None
    if what.kind == "month":
        return Measure(MOM, period)
    return Other("rate of change against the quarter before") if what.kind == "quarter" else None


def _years_back(what: Span, base: Span) -> int | None:
    """Return how many years before WHAT lies the same stretch of another year; None where the base is another one."""
    if base.kind == "same" or (base.kind == what.kind and (base.last, base.first) == (what.last, what.first)):
        if base.year > 0:
            return what.year - base.year
        return 1 if base.kind == "same" or base.year == LAST_YEAR or what.kind == "year" else None
    return None


def _months(what: Span, base: Span, period: pd.Period) -> Measure | Other | None:
    """Return what one month makes of another."""
    if base.year == LAST_YEAR:
        base = replace(base, year=what.year - 1)
    if base.year == 0:  # without a year: the month before, or nothing that is clear
        return Measure(MOM, period) if base.last == (what.last - 2) % 12 + 1 else None
    months = 12 * (what.year - base.year) + what.last - base.last
    if months < 1:
        return None
    return Measure(MOM, period) if months == 1 else Other(f"rate of change against {months} months before")


def _quarters(what: Span, base: Span) -> Other | None:
    """Say that a quarter is held against another of its own year or of the year before."""
    year = what.year - 1 if base.year == LAST_YEAR else base.year or what.year
    quarters = 4 * (what.year - year) + what.last - base.last
    if quarters < 1:
        return None
    return Other(
        f"rate of change against {'the quarter' if quarters == 1 else f'{quarters} quarters'} before"
    )
