"""What the cells of one axis tell of one another: the order of days and months, fiscal years, quarters, zones, eras."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from forecast.tables.cells import Value
from forecast.tables.counts import LATE
from forecast.tables.eras import common, from_buddhist, is_thai
from forecast.tables.forms import Moment, century, month_end, of_no_office, two_years
from forecast.tables.zones import local_months

Moments = list[Moment | None]
Problems = list[tuple[int, str]]

_QUARTERS: tuple[Value, ...] = (None, "I", "II", "III", "IV")
_TRIMESTER = re.compile(r"T ?[1-4](?:[ /-]?\d{4})?")
_R_YEAR = re.compile(r"X\d{4}")  # or October 2015, by its Roman number
_FEWEST = 3  # chosen: what goes on thrice is no accident


def _order(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Read dates of figures month first where a day over 12, or a first of every month, proves it."""
    open_ = [i for i, m in enumerate(moments) if m is not None and m.doubt == "order"]
    american = [i for i, m in enumerate(moments) if m is not None and m.doubt == "month first"]
    european = [i for i, m in enumerate(moments) if m is not None and m.doubt == "day first"]
    if american and european:
        problems.append(
            (
                american[0],
                f'"{values[american[0]]}" is month first, "{values[european[0]]}" day first; write 2024-04-15',
            )
        )
        return
    if not american and not european and len(open_) > 1:
        seconds = {m.month for i in open_ if (m := moments[i]) is not None}
        firsts = {m.day for i in open_ if (m := moments[i]) is not None}
        if seconds == {1} and firsts != {1}:
            american = open_
    if not american:
        return
    notes.append("dates were read as month/day/year")
    for i in open_:
        m = moments[i]
        assert m is not None
        moments[i] = m._replace(month=m.day, day=m.month, doubt="month first")


def _fiscal(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Take 2005-06 for a fiscal year where its neighbours are years too, for a month where they are its months."""
    named = [i for i, m in enumerate(moments) if m is not None]
    settled = dict(enumerate(moments))
    several = sum(m is not None and m.doubt in ("fiscal", "split") for m in moments) > 1
    for k, i in enumerate(named):
        m = moments[i]
        assert m is not None
        if m.doubt != "fiscal" or m.year is None or m.month is None:
            continue
        after = [j for j in named[k + 1 : k + 3] if not _is_own_year(moments[j], m)][:1]
        before = _before([(j, moments[j]) for j in named[:k]], m)
        beside = [n for j in before + after if (n := moments[j]) is not None]
        yearly = [
            n for n in beside if n.doubt == "fiscal" or n.span == 12 or _under(n, None if several else m)
        ]
        near = [
            n
            for n in beside
            if n.year is not None and n.month is not None and n.span == 1
            and abs(12 * (n.year - m.year) + n.month - m.month) <= 2 and n.doubt != "fiscal"
        ]  # fmt: skip
        if near or not beside or len(yearly) < len(beside) and len(named) < 4:
            settled[i] = m._replace(doubt="")
        elif yearly:
            settled[i] = two_years(m)
        else:
            settled[i] = m._replace(doubt="")
    for i in named:
        moments[i] = settled[i]


def _is_own_year(total: Moment | None, month: Moment) -> bool:
    """Tell the year of a month, whose total stands behind its December."""
    return total is not None and total.span == 12 and not total.doubt and total.year == month.year


def _before(named: Sequence[tuple[int, Moment | None]], month: Moment) -> list[int]:
    """Return the neighbour before a month, quarters and the total of the year before behind its December aside.

    named : what stands before it
    """
    year = (month.year or 0) - 1
    for i, m in reversed(named):
        if m is None or m.year != year or m.doubt or m.span == 1 and m.month != 12:
            break
        if m.span == 1:
            return [i]
    return [i for i, _ in named[-1:]]


def _under(name: Moment, month: Moment | None) -> bool:
    """Tell a month by name under or before a label that is a year; it is none where the name goes on from its month."""
    bare = name.year is None and name.month is not None and name.span == 1 and name.doubt != "bare"
    return bare and (month is None or name.month != (month.month or 0) % 12 + 1)


def _quarters(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Take 2023T4, 2024T1, or IV 2023, I 2024, for quarters where no number over 4 occurs and the years go on.

    Roman figures alone, I to IV, are quarters too.
    """
    romans = [i for i, v in enumerate(values) if v in ("I", "II", "III", "IV")]
    if romans and all(v in ("I", "II", "III", "IV") for v in values if v not in (None, "")):
        for i in romans:  # without V to XII they count quarters
            moments[i] = Moment(None, 3 * _QUARTERS.index(values[i]), 3)
        return
    _of_french(values, moments)
    open_ = [i for i, m in enumerate(moments) if m is not None and m.doubt == "t"]
    over = [m for m in moments if m is not None and m.span == 1 and m.month is not None and m.month > 4]
    years = {m.year for i in open_ if (m := moments[i]) is not None and m.year is not None}
    numbers = {m.month for i in open_ if (m := moments[i]) is not None}
    if open_ and not over and len(years) > 1 and 4 in numbers:
        for i in open_:
            m = moments[i]
            if m is not None and m.month is not None:
                moments[i] = m._replace(month=3 * m.month, span=3, doubt="")


def _of_french(values: Sequence[Value], moments: Moments) -> None:
    """Take T1 to T4, which alone may be months, for the quarters of an axis that names those months otherwise."""
    named = {i: m for i, m in enumerate(moments) if m is not None and m.month is not None and m.span == 1}
    quarters = [i for i in named if _TRIMESTER.fullmatch(str(values[i]).strip())]
    months = {(m.year, m.month) for i, m in named.items() if i not in quarters}
    if all((named[i].year, named[i].month) in months for i in quarters):
        for i in quarters:
            moments[i] = named[i]._replace(month=3 * (named[i].month or 0), span=3, doubt="")


def _dotted(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Take 2019.1 for October where the others have two digits: a spreadsheet dropped the last zero."""
    open_ = [i for i, m in enumerate(moments) if m is not None and m.doubt == "dotted"]
    two_digits = any(
        m is not None and m.doubt == "" and m.span == 1 and m.month is not None and m.month < 10
        for m in moments
    )
    if not open_ or not two_digits:
        return
    for i in open_:
        m = moments[i]
        assert m is not None
        if m.month == 1:
            moments[i] = m._replace(month=10, doubt="")
        else:
            problems.append((i, f'"{values[i]}" is not a month beside {values[0]}; write it as 2024-04'))
    notes.append(f'"{values[open_[0]]}" was read as October, the zero that a spreadsheet drops')


def _universal(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Move time stamps in UTC to the local midnight that they are, where all of them begin or end a month."""
    stamped = {
        i: datetime(m.year, m.month, m.day) + timedelta(seconds=round(3600 * (m.clock or 0)))
        for i, m in enumerate(moments)
        if m is not None and m.utc and m.year is not None and m.month is not None and m.day is not None
    }
    if all(of.time() == time() for of in stamped.values()):
        return
    readings = local_months(list(stamped.values()))
    if len(readings) != 1:
        i = next(iter(stamped))
        months = [f"{of[0]:%Y-%m}" for of in readings]
        what = (
            f"is a midnight in a zone of the west or of the east: write the month that is meant, {' or '.join(months)}"
            if months
            else "is a time stamp in UTC and no local midnight; write the month as 2024-04"
        )
        problems.append((i, f'"{values[i]}" {what}'))
        return
    for i, d in zip(stamped, readings[0], strict=True):
        moments[i] = Moment(d.year, d.month, day=1)
    notes.append("time stamps in UTC were read as the local midnights, or ends of a day, that they are")


def _moved(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Refuse time stamps late on the last day of every month: midnights of a first day that lost their zone."""
    named = [(i, m) for i, m in enumerate(moments) if m is not None and m.day is not None]
    late = [(i, m) for i, m in named if not m.utc and (m.clock or 0) >= LATE and (m.clock or 0) % 0.5 == 0]
    if len(named) > 1 and len(late) == len(named) and all(month_end(m) for _, m in late):
        i, m = late[0]
        after = f"{m.year}-{m.month:02d} or the month after"
        problems.append((i, f'"{values[i]}" is late on the last day: write the month that is meant, {after}'))


def _eras(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Read years that are all of the Buddhist era as common ones, and tell years of any other era but the common."""
    foreign = [i for i, v in enumerate(values) if isinstance(v, str) and moments[i] and common(v) != v]
    dated = [(i, m) for i, m in enumerate(moments) if m is not None and m.year is not None]
    years = [from_buddhist(m.year or 0) for _, m in dated]
    if dated and None not in years:
        for (i, m), year in zip(dated, years, strict=True):
            moments[i] = m._replace(year=year)
            foreign.append(i)
    if foreign:
        first = moments[foreign[0]]
        meant = f" as {first.year}" if first is not None and first.year is not None else ""
        notes.append(f'years of another era such as "{values[foreign[0]]}" were read{meant}')


def _short(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Tell two-digit years read as those of the last century; refuse them beside Thai names of months."""
    late = [
        (i, m.year)
        for i, m in enumerate(moments)
        if m is not None and m.doubt == "short" and m.year is not None and m.year < century(0)
    ]
    thai = [(i, year) for i, year in late if is_thai(str(values[i]))]
    for i, year in thai[:1]:
        meant = f'"{values[i]}" may be of {year} or of {year % 100 + 2500} in the Buddhist era'
        problems.append(
            (i, f"{meant}; write years in full, or above the table พ.ศ. or a base such as 2564=100")
        )
    for i, year in () if thai else late[:1]:
        notes.append(f'two-digit years such as "{values[i]}" were read as {year}')


def _of_r(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Take X2015, X2016 for years, as R heads them, where no other month stands beside."""
    named = [i for i, m in enumerate(moments) if m is not None]
    if len(named) > 1 and all(_R_YEAR.fullmatch(str(values[i])) for i in named):
        for i in named:
            moments[i] = Moment(int(str(values[i])[1:]), None, 12)


def _spelt(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Take Apr-24, as which spreadsheets show 2024-04, for that month; 24-Apr may be a day and stays in doubt."""
    refused = {i for i, _ in problems}
    for i, m in enumerate(moments):
        if m is not None and m.doubt == "short" and i not in refused and str(values[i]).strip()[:1].isalpha():
            moments[i] = m._replace(doubt="")


def _years(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Refuse years that no statistics office has."""
    for i, m in enumerate(moments):
        if m is not None and m.year is not None and (problem := of_no_office(values[i], m)):
            problems.append((i, problem))


def _in_turn(values: Sequence[Value], moments: Moments, notes: list[str], problems: Problems) -> None:
    """Give months without a year that of a neighbour where all go on month by month: Jan 2023, Feb, …, Jan 2024."""
    named = [(i, m) for i, m in enumerate(moments) if m is not None and m.span == 1]
    years = [m for m in moments if m is not None and m.span == 12]
    doubtful = any(m.doubt in ("bare", "fiscal") or m.month is None for _, m in named)
    anchors = [(k, m) for k, (_, m) in enumerate(named) if m.year is not None]
    if years or doubtful or not anchors or len(anchors) == len(named) or len(named) < _FEWEST:
        return
    k, anchor = anchors[0]
    for step in (1, -1):
        ordinals = [anchor.ordinal + step * (i - k) for i in range(len(named))]
        turn = [Moment(1970 + n // 12, n % 12 + 1) for n in ordinals]
        if all(
            m.month == w.month and m.year in (None, w.year) for (_, m), w in zip(named, turn, strict=True)
        ):
            for (i, m), whole in zip(named, turn, strict=True):
                moments[i] = m._replace(year=whole.year)
            notes.append("years were carried on from month to month")
            return


SETTLING = (_of_r, _order, _fiscal, _quarters, _dotted, _universal, _moved, _short, _eras, _in_turn, _years)
"""What settles the moments of an axis, in this order."""

OF_TEXTS = (_dotted, _universal, _moved, _short, _spelt, _eras)
"""Those of them that settle months which need not follow one another."""
