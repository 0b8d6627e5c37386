"""`rows`: whose figures each row of a bulletin's table holds, by its label and the lines above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from forecast.figures.bulletin.places import is_nation, province
from forecast.figures.vocabulary import ALIASES, is_ownership, is_sector, sector_word
from forecast.tables import fold, rates
from forecast.tables.blocks import Block
from forecast.tables.cells import Sheet
from forecast.tables.headings import is_unit
from forecast.tables.kinds import Kind, kind
from forecast.tables.labels import bare, marks_of, without_marks, without_number
from forecast.tables.signs import direction

_SHARE_OF_PLACES = 0.25
"""Of labels that are provinces or the nation, from which rows are places; chosen: sectors are hardly ever named so."""
_FEW_PLACES = 3  # chosen: as few distinct words cannot be a column of names
_CODE = re.compile(r"(?:[A-Z]{0,2}\d+|[A-Z]{1,2}|[IVX]+)[.)]?")  # B, 05, C10, IV.


NATION = "nation"
"""Region of rows of the nation, which is the bulletin's own or around it (`work.Work.region_of`)."""


@dataclass(frozen=True)
class Row:
    """Hold the label of one row of a table, whole.

    position : in `Block.body` · column : of the label, for what lies below what
    numbered : whether the row holds numbers · section : the line without numbers above it
    parent : label of the nearest row above whose label stands further left, "" for none
    place : what a column of places beside the labels names, "" for none
    headed : whether the heading above the label says that it is a place
    """

    position: int
    label: str
    column: int
    numbered: bool
    section: str = ""
    parent: str = ""
    place: str = ""
    headed: bool = False


@dataclass(frozen=True)
class Series:
    """Say whose figures a row holds: region "" is that of the bulletin, `NATION` that or the nation around it."""

    position: int
    region: str
    sector: str
    parent: str


@dataclass(frozen=True)
class State:
    """Hold what a table that goes on below takes over: whether its rows are places, and the place last named."""

    places: bool = False
    region: str = ""


def rows(block: Block, stubs: Sequence[int], values: Sequence[int]) -> list[Row]:
    """Return the labelled rows: names over two lines joined, lines without numbers given to the rows below them.

    stubs, values : positions in the body's rows of the columns of labels and of numbers
    """
    ranked = _ranked(block, stubs)
    of_places = next((c for c in ranked if _holds_places(block, c, [o for o in ranked if o != c])), None)
    ranked = [c for c in ranked if c != of_places]
    labelled = []
    place = ""
    for i, cells in enumerate(block.body):
        place = str(cells[of_places] or place) if of_places is not None else ""
        column = next((c for c in ranked if kind(cells[c]) in (Kind.TEXT, Kind.DATE)), None)
        text = "" if column is None else str(cells[column])
        label = text if is_sector(text) else " ".join(text.split())
        numbered = any(kind(cells[c]) is Kind.NUMBER for c in values)
        headed = column is not None and _headed_places(block, column)
        labelled.append(Row(i, label, -1 if column is None else column, numbered, place=place, headed=headed))
    if labelled and labelled[-1].label and _goes_on_below(block):
        labelled[-1] = replace(labelled[-1], label=f"{labelled[-1].label} {block.foot[0]}")
    return _placed(_sectioned(_joined(labelled)))


def _goes_on_below(block: Block) -> bool:
    """Tell a first line below the body that begins in a small letter; a mark and its meaning stand in two cells."""
    cells = [v for r in block.foot_rows[:1] for v in block.sheet.rows[r] if v not in (None, "")]
    return len(cells) == 1 and str(cells[0])[:1].islower()


def series(
    labelled: Sequence[Row], titles: Sequence[str], state: State, sheet: Sheet
) -> tuple[list[Series], State]:
    """Return whose figures each row with numbers holds, and what a table that goes on below takes over.

    sheet : of the table, which tells what letters are marks
    """
    marks = marks_of(sheet)
    labels = [_plain(row.label, marks) for row in labelled if row.numbered]
    title = " ".join(titles)
    districts = rates.says(title, "districts")
    headed = any(row.headed for row in labelled)
    titled = (districts or headed or rates.says(title, "places")) and not _sectors_once(labels)
    places, region = titled or state.places or _mostly_places(labels), state.region
    nested = _repeats_sectors(labels) and not districts
    # one total is of all places, wherever it stands
    own_total = sum(sector_word(label) == "total" for label in labels) == 1
    out: list[Series] = []
    own: list[tuple[Series, str]] = []  # those without a word of the project, by their labels
    for row in labelled:
        places = places or rates.says(row.section, "places") or rates.says(row.section, "districts")
        if not row.numbered or not row.label:
            continue
        label = _plain(row.label, marks)
        sector = sector_word(label) if is_sector(label) else ""
        if row.place:
            place = _plain(row.place, marks)
            region = NATION if is_nation(place) else province(place) or fold(place) or place
        elif is_nation(label) or (places and own_total and sector_word(label) == "total"):
            region, sector = "" if districts else NATION, "total"
        elif places and _is_place(label, nested):
            region, sector = (None if districts else province(label)) or fold(label) or label, "total"
        out.append(Series(row.position, region, sector, fold(_plain(row.parent, marks))))
        own += [] if sector else [(out[-1], row.label)]
    return _told_apart(_named(out, own, marks)), State(places, region)


def _plain(label: str, marks: Collection[str]) -> str:
    return without_number(without_marks(label, marks))


def _named(
    owners: Sequence[Series], own: Sequence[tuple[Series, str]], marks: Collection[str]
) -> list[Series]:
    """Return the series with the names of those that the project has no word for, each told from all others."""
    known = [one for one in owners if one.sector]
    plain = bare(
        [*(label for _, label in own), *(one.sector for one in known)],
        [(one.region, one.parent) for one in (*(one for one, _ in own), *known)],
        marks,
    )
    names = {one.position: fold(plain[label]) or plain[label] for one, label in own}
    return [replace(one, sector=one.sector or names[one.position]) for one in owners]


def _told_apart(owners: Sequence[Series]) -> list[Series]:
    """Return the series with a name that stands below several parents led by its parent: "Trung ương" of each."""
    parents: dict[tuple[str, str], set[str]] = {}
    for one in owners:
        parents.setdefault((one.region, one.sector), set()).add(one.parent)
    return [
        replace(one, sector=f"{one.parent}_{one.sector}")
        if one.parent and len(parents[one.region, one.sector]) > 1
        else one
        for one in owners
    ]


def _ranked(block: Block, stubs: Sequence[int]) -> list[int]:
    """Return the columns of labels, the one that tells most rows apart first; codes and units are none."""
    telling = {}
    for c in stubs:
        texts = {str(row[c]) for row in block.body if kind(row[c]) is Kind.TEXT}
        names = {t for t in texts if not is_unit(t) and _CODE.fullmatch(t) is None}
        if len(names) * 2 > len(texts):
            telling[c] = len(names)
    return sorted(telling, key=lambda c: (-telling[c], c))


def _holds_places(block: Block, c: int, others: Sequence[int]) -> bool:
    """Tell a column of places beside the labels: by its heading, or because most of its texts are provinces.

    others : columns of labels, which have one wherever a place is named; else the place is a label itself
    """
    named = [row for row in block.body if kind(row[c]) is Kind.TEXT]
    if not all(any(kind(row[o]) in (Kind.TEXT, Kind.DATE) for o in others) for row in named):
        return False
    texts = {str(row[c]) for row in named}
    known = sum(is_nation(text) or province(text) is not None for text in texts)
    return _headed_places(block, c) or known * 2 > len(texts)


def _headed_places(block: Block, c: int) -> bool:
    return any(fold(text) in ("region", *ALIASES["region"]) for text in block.headings[c])


def _joined(labelled: Sequence[Row]) -> list[Row]:
    """Return the rows with names over two lines made one.

    A line that goes on, in a small letter, belongs to the one above it, whichever of the two has the numbers; not in
    a table whose names all begin so.
    """
    small = sum(_goes_on(row.label) for row in labelled)
    if small * 2 > len(labelled):
        return list(labelled)
    out: list[Row] = []
    for row in labelled:
        last = out[-1] if out else None
        if last is not None and _goes_on(row.label) and last.label and not (row.numbered and last.numbered):
            position = row.position if row.numbered else last.position
            whole = f"{last.label} {row.label}"
            out[-1] = replace(last, position=position, label=whole, numbered=row.numbered or last.numbered)
        else:
            out.append(row)
    return out


def _goes_on(label: str) -> bool:
    return direction(label) is None and label[:1].islower() or label[:1] in ("(", ";", ",")


def _sectioned(labelled: Sequence[Row]) -> list[Row]:
    """Return the rows, each with the last line without numbers above it and the row that it is a part of."""
    section = ""
    out: list[Row] = []
    for row in labelled:
        if not row.numbered:
            section = row.label
        parent = next((r.label for r in reversed(out) if r.label and r.column < row.column), "")
        out.append(replace(row, section=section, parent=parent))
    return out


def _placed(labelled: Sequence[Row]) -> list[Row]:
    """Return the rows with the place that the line above them names, where such lines name several."""
    places = {row.section for row in labelled if is_nation(row.section) or province(row.section) is not None}
    return [replace(r, place=r.section) if len(places) > 1 and r.section in places else r for r in labelled]


def _mostly_places(labels: Sequence[str]) -> bool:
    places = sum(is_nation(label) or province(label) is not None for label in labels)
    return places >= _FEW_PLACES and places >= _SHARE_OF_PLACES * len(labels)


def _is_place(label: str, nested: bool) -> bool:
    """Tell a label of a table of places from what splits a place; where sectors stand below each, from these."""
    if is_ownership(label) or is_sector(label):
        return False
    return not nested or province(label) is not None


def _repeats_sectors(labels: Sequence[str]) -> bool:
    """Tell a table with the same sectors below several places."""
    count = Counter(sector_word(label) for label in labels if is_sector(label))
    count.pop("total", None)
    return max(count.values(), default=0) > 1


def _sectors_once(labels: Sequence[str]) -> bool:
    """Tell a table of sectors, although its title speaks of places: several sectors, each in one row."""
    count = Counter(sector_word(label) for label in labels if is_sector(label))
    count.pop("total", None)
    return len(count) > 1 and max(count.values()) == 1
