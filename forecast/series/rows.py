"""`periods`: the month of each row, or why the row has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from forecast.errors import DataError
from forecast.series.fiscal import Shared, calendar_years
from forecast.series.labelled import is_total, is_weight
from forecast.series.periods import Down
from forecast.series.tally import span_reason
from forecast.tables import parse_period
from forecast.tables.axis import Axis
from forecast.tables.blocks import Block
from forecast.tables.cells import Value
from forecast.tables.headings import heading_text, is_unit
from forecast.tables.kinds import Kind, is_year, kind
from forecast.tables.languages import folded_name, words
from forecast.tables.marks import is_forecast
from forecast.tables.moments import Moment
from forecast.tables.rates.statement import of_quarter


@dataclass(frozen=True)
class When:
    """Hold what the rows of a table say of time.

    months : row -> month's ordinal · marks : row -> mark of status · left_out : row -> reason and label
    wrong : row -> what is not understood of it · halves : those of them that may go on from the row above
    """

    months: Mapping[int, int]
    marks: Mapping[int, str]
    left_out: Mapping[int, tuple[str, str]]
    notes: tuple[str, ...]
    wrong: dict[int, str]
    halves: frozenset[int]


def periods(block: Block, when: Down) -> When:
    """Return the month of every row with numbers; one that is not understood is a problem that quotes it."""
    months: dict[int, int] = {}
    marks: dict[int, str] = {}
    left: dict[int, tuple[str, str]] = {}
    wrong = {row: text for a in when.axes for row, text in a.problems}
    problems: dict[int, str] = {}
    halves: list[int] = []
    read, understood = moments(block, when)
    last = max((r for a in when.axes for r, m in enumerate(a.moments) if m is not None), default=-1)
    for r, moment in enumerate(read):
        place = block.place(r, when.columns[0])
        if r in wrong:
            problems[r] = f"{place}: period {wrong[r]}"
        elif moment is not None and moment.whole:
            months[r] = moment.ordinal
            if moment.mark:
                marks[r] = moment.mark
        elif moment is None and _alone(block, when, r):
            halves.append(r)
            problems[r] = (
                f'{place}: "{block.body[r][when.columns[0]]}" stands alone in its line, where a month is expected; '
                "does it go on from the line above? Join the two lines, or delete it"
            )
        elif _numbers(block, when, r):
            year = "" if months else _year_alone(block, when, r)
            text = year or _label(block, when, r)
            reason = "annual total" if year else _reason(moment, text, before=not months)
            if reason is None and r > last and is_remark(text):
                reason = "number of a remark"
            if reason is None:
                problems[r] = f"{place}: period {_why(text, moment)}"
            else:
                left[r] = (reason, text)
    notes = (*(note for a in when.axes for note in a.notes), *understood)
    if set(when.kinds) >= {"year", "month"} and "whole" not in when.kinds and len(set(when.columns)) > 1:
        notes += ("year and month were read from two columns",)
    return When(months, marks, left, notes, problems, frozenset(halves))


def _alone(block: Block, when: Down, r: int) -> bool:
    """Tell a line of a text that holds one number and nothing else, in the column of months, and is no year."""
    row = block.body[r]
    value = row[when.columns[0]]
    alone = sum(v not in (None, "") for v in row) == 1 and bool(block.sheet.counts)
    return alone and kind(value) is Kind.NUMBER and not is_year(value)


def moments(block: Block, when: Down) -> tuple[tuple[Moment | None, ...], tuple[str, ...]]:
    """Return the moment of each row, the year that it shares put to its month, and what was understood.

    Raises DataError where a year is no calendar year and nothing says in which one its months lie.
    """
    whole = when.of("whole") or when.of("mixed")
    years, parts = (whole, whole) if whole else (when.of("year"), when.of("month"))
    out: list[Moment | None] = [None] * len(block.rows)
    shared: dict[int, Shared] = {}
    if years is None or parts is None:
        return tuple(out), ()
    open_ = whole is None or any(m is not None and m.year is None for m in whole.moments)
    label, since = None, 0
    for r, (own, part) in enumerate(zip(years.moments, parts.moments, strict=True)):
        if part is None and whole is None and own is not None and own.span not in (1, 12):
            out[r] = own
            continue
        if own is not None and own.year is not None:
            since = since if whole is None and own.year == (label and label.year) else r
            label = own
        out[r] = part
        if part is None or label is None:
            continue
        if part.year is None or whole is None:
            shared_mark = label.mark if is_forecast(label.mark) else ""
            mark = part.mark or shared_mark or ("" if whole else own.mark if own else "")
            out[r] = part._replace(year=label.year, doubt=part.doubt if whole else "", mark=mark)
        if open_ and part.month is not None and part.span == 1:
            place = block.place(r, when.columns[0])
            shared[r] = Shared(label, part.month, since, _texts(block, when, r), place)
    _refuse_totals_above(block, when, years, out)
    years_of, notes = calendar_years(list(shared.values()))
    for r, year in zip(shared, years_of, strict=True):
        of = out[r]
        out[r] = None if of is None else of._replace(year=year)
    return tuple(out), notes


def _refuse_totals_above(block: Block, when: Down, years: Axis, read: Sequence[Moment | None]) -> None:
    """Refuse months under a column of totals of years, the last of which may be theirs or that of the year before."""
    total = [
        own is not None
        and own.year is not None
        and (of is None or of.month is None)
        and _numbers(block, when, r)
        for r, (own, of) in enumerate(zip(years.moments, read, strict=True))
    ]
    above = [r for r, (one, next_) in enumerate(pairwise(total)) if one and not next_]
    if len(above) != 1 or above[0] == 0 or not total[above[0] - 1] or any(total[above[0] + 1 :]):
        return
    last, r = years.moments[above[0]], above[0] + 1
    own, month = years.moments[r], read[r]
    if last is None or last.year is None or month is None or own is not None and own.year is not None:
        return
    raise DataError(
        f"{block.place(r, when.columns[0])}: the months below the totals of {last.year - 1} and {last.year} may be of "
        f"{last.year} or of {last.year + 1}; write their year beside the first of them, or 2024-04 in each"
    )


def _texts(block: Block, when: Down, r: int) -> tuple[Value, ...]:
    """Return the texts of a row that say nothing of time."""
    return tuple(v for j, v in enumerate(block.body[r]) if j not in when.columns and kind(v) is Kind.TEXT)


def _numbers(block: Block, when: Down, r: int) -> bool:
    return any(kind(v) is Kind.NUMBER for j, v in enumerate(block.body[r]) if j not in when.columns)


def _label(block: Block, when: Down, r: int) -> str:
    """Return what a row says where others say their month, or its first text."""
    own = [block.body[r][j] for j in when.columns[-1:]]
    texts: list[Value] = [
        v for v in (*own, *block.body[r]) if v not in (None, "") and kind(v) is not Kind.NUMBER
    ]
    return heading_text(own[0] if own and own[0] not in (None, "") else texts[0] if texts else "")


def _year_alone(block: Block, when: Down, r: int) -> str:
    """Return the year of a row whose month is empty, "" where it has none, or stands in one column with it."""
    if when.kinds != ("year", "month") or block.body[r][when.columns[1]] not in (None, ""):
        return ""
    return heading_text(block.body[r][when.columns[0]])


def _reason(moment: Moment | None, text: str, before: bool) -> str | None:
    """Return why a row of numbers is no month, None where nothing says.

    before : whether it stands above the first month, where codes, units and weights have their rows
    """
    if moment is not None:
        return span_reason(moment) if moment.span != 1 else None
    plain = folded_name(text.strip(" :"))
    if of_quarter(text):
        return "rate of a quarter"
    if is_total(text):
        return "annual total"
    if is_weight(text):
        return "weight"
    if before and (
        is_unit(text) or plain in words("metadata") or plain in words("code") or plain in words("title_row")
    ):
        return "number of a row of metadata"
    return None


def is_remark(text: str) -> bool:
    """Tell a line of a source or a note below a table.

    >>> is_remark("Nguồn: Cục Thống kê"), is_remark("Tháng 4")
    (True, False)
    """
    plain = folded_name(text)
    return any(plain == word or plain.startswith((word + " ", word + ":")) for word in words("remark"))


def _why(text: str, moment: Moment | None) -> str:
    """Say why a text is no month."""
    if moment is not None and moment.year is None:
        return f'"{text}" is not a month with its year; write it as 2024-04'
    try:
        parse_period(text)
    except ValueError as error:
        return str(error)
    return f'"{text}" is not a month here; write it as 2024-04'
