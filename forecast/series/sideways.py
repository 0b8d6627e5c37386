"""`read_across`: months across the headings, a row or several per series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from forecast.series.columns import Columns, Role, columns, marks, says, with_labels
from forecast.series.fiscal import Shared, calendar_years, compared
from forecast.series.grouped import Groups, apart, as_one, groups
from forecast.series.labelled import is_total_of, mark_of_titles, no_year, year_of_corner, year_of_titles
from forecast.series.layout import Cell, Grid, Line
from forecast.series.naming import labels, plain, sections, telling
from forecast.series.periods import Across, Down, told_above, year_above
from forecast.series.placed import of_columns
from forecast.series.rates import rate_of, titled
from forecast.series.remarked import beside_rows
from forecast.series.short import cut_across
from forecast.series.tally import Tally, span_reason
from forecast.tables.blocks import Block
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.marks import is_forecast
from forecast.tables.moments import Moment, moment, two_years
from forecast.tables.rates.statement import of_quarter

UNNAMED = "level"


def read_across(block: Block, over: Across, when: Down) -> Grid:
    """Return the series of a table with months across its headings, the years there too or down its rows."""
    when = _without_sections(block, over, when)
    corner = year_of_corner(block)
    timed = [j for j, m in enumerate(over.moments) if m is not None and (j or corner is None)]
    labels_of, wrong = _years(block, over, when)
    dated = [
        r for r in range(len(block.rows)) if any(kind(block.body[r][j]) is not Kind.EMPTY for j in timed)
    ]
    tally = Tally(block)
    rows = tally.without_totals(dated, when.of("year") if labels_of else None, when.columns)
    labels_of = {r: label for r, label in labels_of.items() if r in rows or r not in dated}
    years, understood = _calendar(block, over, labels_of)
    roles = with_labels(block, columns(block, rows, [*timed, *when.columns], None), rows)
    beside = beside_rows(block, roles, rows, timed, when.columns, labels_of)
    roles = beside.roles
    strange = _leave_columns(block, over, roles, rows, tally)
    headed = {j: m.ordinal for j in over.months if (m := over.moments[j]) is not None and m.year is not None}
    unread, later = of_columns(block, over, headed, strange)
    for r in range(len(block.rows)):
        if r not in dated:
            for j in roles.of(*Role):
                tally.add("number of a row without months", "", r, j)
    ended, too_short = cut_across(block, over, labels_of, rows)
    problems = [*unread, *wrong, *too_short]
    by = groups(over)
    planned = {r: label.mark for r, label in labels_of.items() if is_forecast(label.mark)}
    lines, told = _lines(block, over, by, roles, rows, when.columns, years, planned)
    problems = problems or tally.missed(lines, (*when.columns, *strange))
    note = "years were read down and months across" if years else "months were read across the header"
    if years and not when.columns and {m.year for m in labels_of.values()} == {year_above(block)[0]}:
        note = told_above(block)
    notes = (*block.sheet.notes, *block.notes, *over.notes, *(told for a in when.axes for told in a.notes))
    return Grid(
        block.sheet.file,
        block.first_place,
        lines,
        tally.items(),
        (*notes, *understood, *as_one(over, by), *ended, *told, note, *beside.notes),
        tuple(problems),
        block.sheet.lettered,
        block.title,
        since=(*later, *beside.since),
    )


def _without_sections(block: Block, over: Across, when: Down) -> Down:
    """Drop a column of labels whose years stand only in rows of their own, above the rows of numbers."""
    numbers = [any(kind(row[j]) is Kind.NUMBER for j in over.months) for row in block.body]
    return when.only(
        [
            j
            for j, read in zip(when.columns, when.axes, strict=True)
            if any(n and m is not None for n, m in zip(numbers, read.moments, strict=True))
        ]
    )


def _lines(
    block: Block,
    over: Across,
    by: Groups,
    roles: Columns,
    rows: Sequence[int],
    timed: Sequence[int],
    years: Mapping[int, Mapping[int, int]],
    planned: Mapping[int, str],
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the series by the labels of their rows, where these come again by their section's too, and notes."""
    labelled, aside = _without_asides(labels(block, roles, rows, timed), [years.get(r, {}) for r in rows])
    above = sections(block, rows)
    keys, told = plain(block, labelled, [tuple(years.get(r, {}).values()) for r in rows])
    sectioned, told_above = plain(block, [[line] for line in above])
    name_by = telling(keys, roles) or tuple(range(len(keys[0]) if keys else 0))
    names = [" ".join(key[k] for k in name_by if key[k]) or UNNAMED for key in keys]
    again = Counter((name, *years.get(r, {}).values()) for name, r in zip(names, rows, strict=True))
    repeated = {name for (name, *_), n in again.items() if n > 1}
    besides = apart(by)
    cells_of: dict[str, list[Cell]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for name, key, section, (line,), r in zip(names, labelled, above, sectioned, rows, strict=True):
        row = f"{line} {name}".strip() if name in repeated else name
        flags = planned.get(r) or (section if is_forecast(section) else " ".join(marks(block, roles, r)))
        for said, among in by.items():
            whole = " ".join((*besides[said], row) if row != UNNAMED or not besides[said] else besides[said])
            parts.setdefault(whole, (name, *key, section, *said))
            cells_of.setdefault(whole, []).extend(_cells(block, over, among, years.get(r, {}), r, flags))
    lines = [
        Line(name, parts[name], tuple(cells), rate_of((name, *parts[name])))
        for name, cells in cells_of.items()
        if cells
    ]
    return titled(lines, block), (*aside, *told, *(told_above if repeated else ()))


def _without_asides(
    labelled: Sequence[list[str]], years: Sequence[Mapping[int, int]]
) -> tuple[list[list[str]], tuple[str, ...]]:
    """Return labels that name no series where each stands beside a year of its own, and a note of them.

    A numbering of rows, remarks in every row, another table beside: no series has one year that no other has.
    """
    each = [set(of.values()) for of in years]
    once = len(each) > 1 and all(len(of) == 1 for of in each) and len(set.union(*each)) == len(each)
    if not once or not all(map(any, labelled)) or len(set(map(tuple, labelled))) < len(labelled):
        return list(labelled), ()
    shown = ", ".join(f'"{" ".join(filter(None, key))}"' for key in labelled[:3])
    more = ", …" if len(labelled) > 3 else ""
    return [[""] * len(key) for key in labelled], (
        f"{shown}{more} stand beside one year each and name no series",
    )


def _cells(
    block: Block, over: Across, among: Sequence[int], years: Mapping[int, int], r: int, flags: str
) -> list[Cell]:
    """Return the cells of one row in some of the columns of months.

    years : of its columns, where the headings name months alone · flags : its marks of status, or of its year
    """
    line = block.sheet.lines[block.rows[r]]
    out = []
    for j in among:
        m = over.moments[j]
        if m is None or m.year is None and j not in years:
            continue
        whole = m if m.year is not None else m._replace(year=years[j])
        out.append(
            Cell(whole.ordinal, line, block.sheet.column(block.columns[j]), block.body[r][j], m.mark or flags)
        )
    return out


def _leave_columns(
    block: Block, over: Across, roles: Columns, rows: Sequence[int], tally: Tally
) -> dict[int, str]:
    """Leave out the columns that are no month, and return what is not understood of them."""
    problems: dict[int, str] = {}
    for j, m in enumerate(over.moments):
        if m is None or j in over.months:
            continue
        if m.month is None and (foreign := _foreign(over, j)):
            problems[j] = (
                f'{block.first_place}: heading "{foreign}" beside {m.year} is no month; write months as 2024-04'
            )
        for r in rows:
            tally.add(span_reason(m), " ".join(block.headings[j]), r, j)
    for j in roles.of(Role.VALUE, Role.WEIGHT, Role.CODE, Role.STATUS, Role.LABEL):
        reason = _no_month(block, j, roles)
        text = " ".join(block.headings[j])
        if reason is None:
            problems[j] = (
                f'{block.first_place}: heading "{text}" stands over numbers and names no month; '
                "write months as 2024-04, and delete the column where it holds something else"
            )
            continue
        for r in rows:
            tally.add(reason, text, r, j)
    return problems


def _foreign(over: Across, j: int) -> str:
    """Return the text over a column of a year that neither names its total nor stands over months too."""
    shared = {text for k in over.months for text in over.rest[k]}
    year = None if (m := over.moments[j]) is None else m.year
    return next((t for t in over.rest[j] if t not in shared and not is_total_of(t, year)), "")


def _no_month(block: Block, j: int, roles: Columns) -> str | None:
    """Return why a column beside months is left out, None where nothing says."""
    role = roles.roles[j]
    if role is Role.WEIGHT:
        return "weight"
    if role in (Role.CODE, Role.STATUS, Role.LABEL):
        return "code"
    if rate_of(block.headings[j]):
        return "rate of a quarter" if any(map(of_quarter, block.headings[j])) else "change"
    if says(block, j, "total_of_year"):
        return "annual total"
    return "code" if j == 0 and (not block.headings[j] or _before_labels(block, roles)) else None


def _before_labels(block: Block, roles: Columns) -> bool:
    """Tell a first column of whole numbers before one of labels: codes, ranks, numbers of rows."""
    figures = [whole_number(row[0]) for row in block.body if row[0] not in (None, "")]
    return None not in figures and 1 in roles.of(Role.LABEL)


def _calendar(
    block: Block, over: Across, labels_of: Mapping[int, Moment]
) -> tuple[dict[int, dict[int, int]], tuple[str, ...]]:
    """Return the calendar year of each column of each row, and what was understood of fiscal years."""
    listed = {
        (r, j): Shared(label, m.month, r, compared(over.rest[j], j), block.place(r, j))
        for r, label in labels_of.items()
        for j in over.months
        if (m := over.moments[j]) is not None and m.month is not None and m.year is None
    }
    years, notes = calendar_years(list(listed.values()))
    out: dict[int, dict[int, int]] = {}
    for (r, j), year in zip(listed, years, strict=True):
        out.setdefault(r, {})[j] = year
    return out, notes


def _years(block: Block, over: Across, when: Down) -> tuple[dict[int, Moment], list[str]]:
    """Return the year of each row where the headings name months alone, and what is wrong with it.

    It stands in a column of its own, in a row of its own above, in a title, or in the corner of the headings.
    """
    if all((m := over.moments[j]) is not None and m.year is not None for j in over.months):
        return {}, []
    read = when.of("year") or when.of("whole") or when.of("mixed")
    year = None if read else year_of_corner(block) or year_above(block)[0]
    label = None if year is None else Moment(year, None, 12, mark=mark_of_titles(block.titles))
    out: dict[int, Moment] = {}
    for r, row in enumerate(block.body):
        filled = [v for v in row if v not in (None, "")]
        numbers = any(kind(row[j]) is Kind.NUMBER for j in over.months)
        m = read.moments[r] if read else None
        if m is not None and m.year is not None:
            label = m
        elif read is None and len(filled) == 1:
            label = _section_year(str(filled[0]).removesuffix(".0")) or label
        elif read is not None and numbers and row[when.columns[0]] not in (None, ""):
            text = row[when.columns[0]]
            return out, [f'{block.place(r, when.columns[0])}: year "{text}" is not a year such as 2024']
        if label is None and numbers:
            return out, [no_year(block, r)]
        if label is not None:
            out[r] = label
    return out, []


def _section_year(text: str) -> Moment | None:
    """Return the year that a row of one text names for the rows below it."""
    label = moment(text)
    if label is not None and label.doubt in ("split", "fiscal"):
        return two_years(label)
    year = year_of_titles([text])
    return None if year is None else Moment(year, None, 12)
