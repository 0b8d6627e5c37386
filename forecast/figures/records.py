"""`records`: rows of text as typed rows, each checked before it is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.figures.indexed import as_rate, index_form, percent_form
from forecast.figures.lines import IN_PER_MILLE, Lines
from forecast.figures.long import TextRow
from forecast.figures.memory import impossible
from forecast.figures.order import in_order, settled
from forecast.figures.table import MEASURES, Day, NotYetPublishedError, as_day
from forecast.figures.times import period_of
from forecast.figures.vocabulary import INDEX_UNITS, MEASURE_WORDS, NOT_A_UNIT, sector_word
from forecast.tables import Layout, Style, rates, suggestion
from forecast.tables.labels import bare
from forecast.tables.signs import FALL, marked_label

INDEX_FORM = "index"
"""A rate printed with its base as 100: 106.3 for +6.3 %."""

Record = dict[str, object]

_LARGEST_FALL = (
    50.0  # percent; chosen: what is larger beside a word of a fall is an index with its base as 100
)
_COARSEST = 1.0
"""Percent or index points of a last printed digit, at most; chosen: offices print whole ones, and 100 is a base."""
_WORD = re.compile("[a-z0-9_]+")


def records(
    table: Lines, texts: Sequence[TextRow], layout: Layout, until: Day | None
) -> tuple[list[Record], tuple[str, ...]]:
    """Return one typed row per figure, and what was understood.

    until : rows published later are not even looked at
    Raises DataError with every problem at once, each with its line and its remedy.
    """
    texts, dated = in_order(texts)
    if until is not None:
        texts = _published_by(texts, until, table.file)
    texts, meant = settled(texts, table.file)
    try:
        style, notes = tables.detect_style([row.cells["value"].rstrip("% ") for row in texts], layout.decimal)
    except ValueError as error:
        raise DataError(f"{table.file}: {error}") from None
    notes += (*dated, *meant)
    problems: list[str] = []
    typed = [_record(row, style, table.file, problems, layout.rates == INDEX_FORM) for row in texts]
    form = {None: index_form, INDEX_FORM: percent_form}.get(layout.rates)
    problems = problems or (form(typed, table.file) if form is not None else [])
    if problems:
        tables.fail(problems)
    for name in ("region", "sector"):
        notes += _one_spelling(typed, name)
    return typed, notes


def _published_by(rows: Sequence[TextRow], until: Day, file: str) -> list[TextRow]:
    """Drop the rows published after a day; a row whose date cannot be read stays, to be reported."""
    printed = [row for row in rows if not later(row.cells["published"], until)]
    if not printed:
        raise not_yet(file, until, [row.cells["published"] for row in rows])
    return printed


def not_yet(file: str, until: Day, published: Sequence[str]) -> NotYetPublishedError:
    """Return the error that says of figures that all were published after a day."""
    first = min(tables.parse_published(day)[0] for day in published)
    return NotYetPublishedError(
        f"{file}: no figure had been published by {as_day(until):%Y-%m-%d}; "
        f"the first was published on {first:%Y-%m-%d}"
    )


def later(published: str, until: Day) -> bool:
    """Tell a date of publication after a day; one that cannot be read is none."""
    try:
        return tables.parse_published(published)[0] > as_day(until)
    except ValueError:
        return False


def _record(row: TextRow, style: Style, file: str, problems: list[str], index_form: bool) -> Record:
    """Return one typed row, adding what is wrong with it to the problems."""
    place = f"{file}:{row.line}"
    cells = row.cells
    problems_before = len(problems)
    empty = [name for name in ("measure", "period", "published") if not cells[name]]
    if len(empty) > 1:
        first = next((cell for cell in cells.values() if cell), "")
        problems.append(
            f'{place}: "{first}" is no figure, its {" and ".join(empty)} are empty; '
            "delete rows of totals, units and remarks"
        )
        return {}
    for name in ("region", "sector"):
        if not cells[name]:
            problems.append(f"{place}: {name} is empty; name it")
    measure = cells["measure"]
    if measure not in MEASURES:
        measure = MEASURE_WORDS.get(tables.fold(measure)) or rates.measure_alone(measure) or measure
    if measure not in MEASURES:
        problems.append(f'{place}: unknown measure "{measure}"; {suggestion(measure, MEASURES)}')
    out: Record = {
        "region": cells["region"],
        "sector": sector_word(marked_label(cells["sector"])[0]),
        "measure": measure,
        "source": cells.get("source", ""),
        "line": row.line,
    }
    if index_form and cells.get("unit", "").strip().casefold() in INDEX_UNITS:
        cells = {**cells, "unit": ""}
    for part in (_period, _value, _published):
        try:
            out.update(part(cells, measure, style))
        except ValueError as error:
            problems.append(f"{place}: {error}")
    if index_form and measure != "index" and "value" in out:
        out["value"] = as_rate(out["value"], tables.decimals(cells["value"], style))
    if len(problems) == problems_before:
        problems.extend(f"{place}: {p}{_exchanged(out, cells['published'])}" for p in impossible(out))
    return out


def _period(cells: Mapping[str, str], measure: str, style: Style) -> Record:
    return {"period": period_of(cells["period"], measure)}


def _published(cells: Mapping[str, str], measure: str, style: Style) -> Record:
    try:
        day, day_known = tables.parse_published(cells["published"])
    except ValueError as error:
        raise ValueError(f"published {error}") from None
    return {"published": day, "published_day_known": day_known}


def _value(cells: Mapping[str, str], measure: str, style: Style) -> Record:
    """Return the value and its rounding half-unit."""
    if any(rates.per_mille(cells.get(name, "")) for name in ("measure", "unit", "sector")):
        raise ValueError(IN_PER_MILLE)
    text = cells["value"]
    if measure != "index":
        text = text.removesuffix("%").strip()
    if tables.missing(text):
        raise ValueError(f"{measure} is empty; give the printed figure or delete the row")
    try:
        value = tables.parse_number(text, style)
    except ValueError as error:
        raise ValueError(f"{measure} {error}") from None
    label, said = marked_label(cells["sector"])
    if said == FALL and measure != "index" and 0 < value < _LARGEST_FALL:
        raise ValueError(
            f'{measure} {text} stands beside "{cells["sector"]}" without a sign; write it as a fall where it is one, '
            f'and name the sector "{label}"'
        )
    return {
        "value": value,
        "half_unit": _half_unit(cells.get("unit", ""), measure, tables.decimals(text, style), style),
    }


def _half_unit(unit: str, measure: str, decimals: int, style: Style) -> float:
    """Return half of the rounding unit: the one stated, else the last printed digit, 0.1 at the coarsest."""
    name = unit.strip().casefold()
    if measure != "index" and name in INDEX_UNITS:
        raise ValueError(
            f'unit "{unit}" is none of a rate: write one whose base is 100 less 100 and with unit "%", or declare '
            "rates: index where all are so; a change in points is no figure, leave it out"
        )
    if name in NOT_A_UNIT:
        return 0.5 * 10.0 ** -max(decimals, 1)
    try:
        size = tables.parse_number(unit, style)
    except ValueError:
        size = 0.0
    if not 0 < size <= _COARSEST:
        raise ValueError(f'unit "{unit}" is neither "%" nor the size of the last printed digit, such as 0.1')
    return size / 2


def _exchanged(row: Mapping[str, object], text: str) -> str:
    """Return a date of publication with day and month changed over where only so it could be, as a question."""
    published, period = row["published"], row["period"]
    assert isinstance(published, pd.Timestamp)
    assert isinstance(period, pd.Period)
    exchanged = tables.day_first(text)
    if exchanged == text or published.day > 12 or published.to_period("M") >= period:
        return ""
    meant = published.replace(month=published.day, day=published.month)
    if meant.to_period("M") < period:
        return ""
    return f'; "{text}" is read day/month/year: is {meant:%Y-%m-%d} meant? Write it so'


def _one_spelling(records: list[Record], name: str) -> tuple[str, ...]:
    """Write a region or a sector as the words of a config, one spelling for all, and say so.

    Accents, capitals, spaces, underscores, marks and numbers of rows make no other region: "1. Hải Phòng *" is
    hai_phong.
    """
    first: dict[str, str] = {}
    spelling: dict[str, str] = {}
    notes: list[str] = []
    others = [of for of in ("region", "sector", "period", "measure", "published") if of != name]
    beside = [tuple(str(record[of]) for of in others) for record in records]
    plain = bare([str(record[name]) for record in records], beside)
    for record in sorted(records, key=lambda r: (r["published"], r["line"])):
        written = str(record[name])
        if written not in spelling:
            label = plain[written]
            own = label if _WORD.fullmatch(label) else tables.fold(label) or label
            spelling[written] = first.setdefault(tables.fold(label), own)
            if spelling[written] != written:
                notes.append(f'{name} "{written}" is read as "{spelling[written]}" (line {record["line"]})')
        record[name] = spelling[written]
    return tuple(notes)
