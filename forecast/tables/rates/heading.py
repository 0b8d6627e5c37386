"""`headings`: measure and month of every column of a table, or why a column holds no rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from forecast.arrays import YEAR
from forecast.tables.rates.compare import (
    Measure,
    NoRate,
    Other,
    Rate,
    compare,
    dated,
    end,
    may_be_short,
    senseless,
)
from forecast.tables.rates.dating import by_base_of, reference
from forecast.tables.rates.lexicon import REASONS, says
from forecast.tables.rates.spans import LAST_YEAR, Span
from forecast.tables.rates.statement import Statement, statement
from forecast.tables.rates.titles import WHOLE_TABLE, in_trimesters, of_all, of_the_data, shared_base, up_to

_NO_MONTH = "it does not say of which month, months or quarter its numbers are"
OF_QUARTER = "rate of a quarter that it does not name"
_NO_YEAR = "it names no year, and neither a title nor another heading does"
ANY_MONTH = "2024-06"  # a comparison without a month has one measure, whichever month it is of
_LIKE_BASE = {
    "month before": "month", "month": "month", "quarter before": "quarter", "quarter": "quarter", "months": "months"
}  # fmt: skip
"""Kind of a base -> that of what is compared with it, where it names a time of its own length."""


def headings(
    columns: Sequence[Sequence[str]], titles: Sequence[str] = (), latest: pd.Period | None = None
) -> tuple[Rate | NoRate, ...]:
    """Return for every column of a table what its heading says, with the titles above it.

    columns : per column the lines of its heading from the top down
    titles : lines above the table; they may name a month, a year, or a base for all columns
    latest : month of publication, after which no month of the table can lie; None where not known
    A heading that has no single reading is `NoRate(understood=False)`, its reason quoting it.

    >>> headings([("Tháng 4", "so với", "tháng trước")], ["Chỉ số sản xuất công nghiệp tháng 4 năm 2024"])[0].measure
    'mom_pct'
    """
    statements = [_repaired(texts) for texts in in_trimesters(columns, titles)]
    above = [statement([bare]) for title in titles if (bare := of_the_data(title))]
    base = shared_base(above)
    to_date = up_to([one for one, _ in statements], above)
    pairs = [
        (
            one,
            _what(one, above, to_date),
            one.base or (base if not one.compares else None) or _year_before(one),
        )
        for one, _ in statements
    ]
    year, note = reference(pairs, above, latest)
    return tuple(
        _resolved(
            one,
            what,
            held,
            above,
            year,
            order or _of_base(one, held, base) or (note if what is not None and what.year == 0 else ""),
        )
        for (one, what, held), (_, order) in zip(pairs, statements, strict=True)
    )


def speaks_of_rates(texts: Sequence[str]) -> bool:
    """Tell titles or headings that compare one time with another: what stands below are rates, not levels.

    A base year as 100 is no such comparison.

    >>> speaks_of_rates(["So với cùng kỳ năm trước (%)"]), speaks_of_rates(["IIP (2015 = 100)"])
    (True, False)
    """
    heading = statement(texts)
    if heading.base is None:
        return heading.growth and "%" in heading.text
    return heading.base.kind != "base year"


def measure_alone(text: str) -> str:
    """Return the measure that a text compares where it names no month of its own, "" else.

    >>> measure_alone("IIP so với cùng kỳ (%)"), measure_alone("MoM (%)"), measure_alone("T4/2024 so với cùng kỳ")
    ('yoy_pct', 'mom_pct', '')
    """
    whats = statement([text]).whats
    what = _merged(whats)
    if whats and (what is None or what.kind != "to date" or what.year > 0) or not speaks_of_rates([text]):
        return ""
    read = headings([(text,)], [ANY_MONTH])[0]
    return read.measure if isinstance(read, Rate) and not says(text, "average") else ""


def _repaired(texts: Sequence[str]) -> tuple[Statement, str]:
    """Return what a heading says; of one without sense, what it says with two neighbouring lines exchanged.

    Only where exactly one exchange makes a measure, and then with a note.
    """
    heading = statement(texts)
    if not heading.compares or heading.left_out or _sensible(heading):
        return heading, ""
    ways = [
        statement([*texts[:i], texts[i + 1], texts[i], *texts[i + 2 :]])
        for i in range(len(texts) - 1)
        if texts[i] != texts[i + 1]
    ]
    right = [way for way in ways if _sensible(way) and way.whats and _is_year_kept(heading, way)]
    if len(right) != 1 or not heading.whats:
        return heading, ""
    return right[0], f'heading "{heading.text}" has its lines in another order; read as "{right[0].text}"'


def _is_year_kept(heading: Statement, way: Statement) -> bool:
    """Tell lines in another order whose base is of the same year as it was, where both have a base."""
    return heading.base is None or way.base is None or heading.base.year == way.base.year


def _year_before(heading: Statement) -> Span | None:
    """Return the base of a growth of the year to date that names none: offices compare it with the same months."""
    kinds = {span.kind for span in heading.whats}
    growth = heading.growth and not heading.compares
    return Span("same") if growth and "to date" in kinds and kinds <= {"to date", "months"} else None


def _of_base(heading: Statement, base: Span | None, titled: Span | None) -> str:
    """Return the note of a growth whose base neither it nor a title names, "" for others."""
    if titled is not None or base is None or heading.compares or base != _year_before(heading):
        return ""
    return f'heading "{heading.text}" names no base; read as against the same months of the year before'


def _sensible(heading: Statement) -> bool:
    """Tell a heading whose own words make a measure, whatever its year."""
    if heading.strange or heading.base is None or len(heading.whats) > 2:
        return False
    what = _merged(heading.whats)
    if what is None:
        return not heading.whats
    if not end(what):
        return what.kind == "to date"
    year = heading.base.year + 1 if heading.base.year > 0 else 2000
    return any(
        compare(replace(what, year=what.year if what.year > 0 else y), heading.base) is not None
        for y in (year, year - 1)
    )


def _merged(whats: Sequence[Span]) -> Span | None:
    """Return the one span that WHAT comes to, None where there are more: "to date" makes of a month those up to it."""
    spans = [span for span in whats if span.kind != "to date"]
    to_date = len(spans) < len(whats)
    if len(spans) > 1:
        return None
    if not spans or spans[0].kind == "year" and to_date:
        return Span("to date", year=spans[0].year if spans else whats[0].year) if to_date else None
    return replace(spans[0], kind="months", last=end(spans[0]), first=1) if to_date else spans[0]


def _what(heading: Statement, above: Sequence[Statement], to_date: Span | None) -> Span | None:
    """Return the span that a heading is about, by itself or by the only one of its kind in the titles.

    to_date : what makes of a month of a heading without a base of its own all months up to it, None for nothing
    """
    if heading.whats or heading.left_out:
        return _merged((*heading.whats, *([to_date] if to_date and heading.base is None else [])))
    if heading.base is None:
        return None
    named = {span for title in above for span in title.whats if end(span) and span.kind != "year"}
    kind = _LIKE_BASE.get(heading.base.kind)
    fitting = [span for span in named if kind is None or span.kind == kind]
    return fitting[0] if len(fitting) == 1 else None


def _resolved(
    heading: Statement,
    what: Span | None,
    base: Span | None,
    above: Sequence[Statement],
    near: pd.Period | None,
    note: str,
) -> Rate | NoRate:
    """Return the rate of a heading, dated, or why it is none."""
    if (none := _no_rate(heading, what, base, above)) is not None:
        return none
    assert what is not None
    assert base is not None
    if what.kind == "to date" and near is not None and what.year in (0, near.year):
        what = Span("months", near.month, near.year)
    if what.year == LAST_YEAR or not end(what):
        return _unclear(heading, _NO_MONTH)
    if what.kind == "months" and what.year == 0 and near is not None and what.last > near.month:
        return _beyond(heading, what)
    by_base = by_base_of(what, base)
    if by_base is not None and by_base.year > 0:
        what = by_base
    elif near is not None:
        what = dated(what, near)
    if what.year <= 0:
        return _unclear(heading, _NO_YEAR)
    is_mean = what.kind == "months" and says(heading.text, "average")
    if is_mean and near is not None and what.last != near.month:
        return _unclear(heading, f"a mean of {what.last} months need not begin with the year")
    measure = None if may_be_short(heading.whats, near) else compare(what, base)
    if isinstance(measure, Other):
        return NoRate(measure.reason)
    if measure is None:
        return _unclear(heading, senseless(what))
    return Rate(measure.name, measure.period, _form(measure, heading, above), heading.status, note)


def _beyond(heading: Statement, what: Span) -> NoRate:
    """Say of months without a year that are more than those so far that they are the last twelve, or ask."""
    if what.last == YEAR:
        return NoRate(REASONS["rolling"])
    return _unclear(
        heading, f"{what.last} months are more than those of the year so far, and it names no year"
    )


def _no_rate(
    heading: Statement, what: Span | None, base: Span | None, above: Sequence[Statement]
) -> NoRate | None:
    """Return why the numbers of a heading are no rates whatever their month, None where they may be some."""
    if heading.left_out:
        return NoRate(REASONS[heading.left_out])
    if (titled := of_all(above)) is not None:
        if titled.left_out in WHOLE_TABLE:
            return NoRate(REASONS[titled.left_out])
        return _unclear(
            heading, f'the title "{titled.text}" speaks of a plan, a forecast or a mean of months'
        )
    if heading.strange:
        return _unclear(heading, f"{' '.join(dict.fromkeys(heading.strange))} is not understood")
    if base is None and not heading.compares and any(title.left_out == "amount" for title in above):
        return NoRate(REASONS["amount"])
    if base is None:
        return _unclear(heading, "it does not say with what its numbers are compared")
    if heading.bare and not any(title.compares or title.growth for title in above):
        return _unclear(heading, "it does not say whether its numbers are of that time or compared with it")
    if heading.quarterly and (what is None or what.kind != "quarter") and base.kind != "quarter before":
        named = any(span.kind in ("quarter", "range") for span in heading.whats)
        return _unclear(heading, _NO_MONTH) if named else NoRate(OF_QUARTER)
    if what is None:
        return _unclear(heading, _NO_MONTH)
    return None


def _form(measure: Measure, heading: Statement, above: Sequence[Statement]) -> str:
    if (
        measure.name == "index"
        or heading.is_100
        or any(title.is_100 and title.base == heading.base for title in above)
    ):
        return "index"
    return "percent" if heading.growth or any(title.growth for title in above) else ""


def _unclear(heading: Statement, why: str) -> NoRate:
    return NoRate(
        f'heading "{heading.text}": {why}', understood=False, lacks_time=why in (_NO_MONTH, _NO_YEAR)
    )
