"""`in_full`: months whose short year counts in an era that their sheet names, with that year in full.

An era is named by a title, a heading, a base or a cell above: 令和 over 6年4月, 民國 over 113/04, 2564=100 over Jan-65.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from forecast.tables.cells import Place, Sheet, Value
from forecast.tables.eras import LETTERS, REPUBLIC, buddhist_in, named, year_of
from forecast.tables.forms import century
from forecast.tables.kinds import Kind, kind, whole_number
from forecast.tables.languages import folded_name, words
from forecast.tables.moments import moment

_FEWEST = 3  # chosen: what goes on thrice is no accident
_FEWEST_LETTERED = 6  # chosen: twice as many, as R1.1, R1.2 may be numbers of rows
_SHORT = re.compile(r"(?<!\d)\d\d(?!\d)")
_BARE = re.compile(r"(?P<era>)(?P<year>\d{1,3}|元)年(?P<month>\d{1,2})月")
_LETTERED = re.compile(rf"(?P<era>[{''.join(LETTERS)}])(?P<year>\d{{1,2}}|元)[年./-](?P<month>\d{{1,2}})月?")
_REPUBLIC = re.compile(r"(?P<era>)(?P<year>\d{2,3})[年/-](?P<month>\d\d?)月?")
_IN_FIGURES = re.compile(r"(?P<era>)(?P<year>\d{2,3})\.?(?P<month>\d\d)")
_OF_BASE = re.compile(r"[^\W\d]{0,4}\d{1,3}年(?:平均)?\s*(?:[=＝]|基準|基期)")


def in_full(sheet: Sheet) -> Sheet:
    """Return a sheet whose months with the short year of an era that it names have the year in full."""
    texts = {v for row in sheet.rows for v in row if isinstance(v, str)}
    changed = _buddhist(sheet, texts)
    counted = {} if all(map(str.isascii, texts)) else _counted(sheet, texts)
    if not changed and not counted:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for (r, c), text in {**changed, **counted}.items():
        rows[r][c] = text
    notes = sheet.notes
    if counted:
        place, text = next(iter(counted.items()))
        notes += (f'years of an era such as "{sheet.rows[place.row][place.column]}" were read as {text[:4]}',)
    return replace(sheet, rows=tuple(map(tuple, rows)), notes=notes)


def _buddhist(sheet: Sheet, texts: Set[str]) -> dict[Place, str]:
    """Return the months of two-digit years that are of the Buddhist era, with 25 in front.

    Years up to 40, and years that go on from 99 to 00, are common ones whatever a base or a title counts in.
    """
    short = {text: int(_SHORT.findall(text)[0]) for text in texts if _is_short(text)}
    years = set(short.values())
    said = (text for text in texts - short.keys() if kind(text) is not Kind.NUMBER)  # 2565 may be a value
    if all(century(year) >= century(0) for year in years) or not any(
        buddhist_in(text, years) for text in said
    ):
        return {}
    cells = {place: str(value) for place, value in sheet.filled() if value in short}
    if any({short[a], short[b]} == {99, 0} for a, b in pairwise(cells.values())):
        return {}
    return {place: _SHORT.sub(r"25\g<0>", text) for place, text in cells.items()}


def _is_short(text: str) -> bool:
    when = moment(text) if len(_SHORT.findall(text)) == 1 else None
    return when is not None and when.doubt == "short"


def _counted(sheet: Sheet, texts: Set[str]) -> dict[Place, str]:
    """Return the months of the eras of Japan and of the Republic of China as 2024-04."""
    republic = any(REPUBLIC in named(text) for text in texts)
    if not republic and not any(_BARE.fullmatch(text) or _LETTERED.fullmatch(text) for text in texts):
        return {}
    eras = {era for text in texts for era in named(_OF_BASE.sub("", text))}
    sole = next(iter(eras)) if len(eras) == 1 else ""
    out: dict[Place, str] = {}
    for line in _lines(sheet):
        cells = {place: sheet.rows[place.row][place.column] for place in line}
        out.update(_carried(cells, sole))
        out.update(_written_so(cells, _LETTERED, ""))
        if republic:
            out.update(_written_so(cells, _REPUBLIC, REPUBLIC))
        if any(isinstance(v, str) and _heads_republic(v) for v in cells.values()):
            out.update(_written_so(cells, _IN_FIGURES, REPUBLIC))
    return out


def _heads_republic(text: str) -> bool:
    """Tell a heading of time in the era of the Republic of China: 民國年月, 日期(民國)."""
    bare = folded_name(re.sub(r"[中华華]*民[國国]|[()（）]", "", text))
    return REPUBLIC in named(text) and any(bare in words(of) for of in ("period", "year", "month"))


def _lines(sheet: Sheet) -> Iterator[Sequence[Place]]:
    """Yield the filled cells of every column and of every row."""
    columns: dict[int, list[Place]] = {}
    rows: dict[int, list[Place]] = {}
    for place, _ in sheet.filled():
        columns.setdefault(place.column, []).append(place)
        rows.setdefault(place.row, []).append(place)
    yield from (*columns.values(), *rows.values())


def _carried(cells: Mapping[Place, Value], era: str) -> Iterator[tuple[Place, str]]:
    """Yield 6年4月 with the year that the era named before it in the line, or alone in the sheet, makes of it."""
    for place, value in cells.items():
        if not isinstance(value, str):
            continue
        if (hit := _BARE.fullmatch(value)) and era and len(hit["year"]) < 3:
            yield place, _written(hit, era)
        elif moment(value) is not None:
            era = next(iter(named(value)), era)


def _written_so(cells: Mapping[Place, Value], form: re.Pattern[str], era: str) -> Iterator[tuple[Place, str]]:
    """Yield the months of a line that are written in a form, where no number of the line is none.

    Each is the month after the one before, which 113/04 under 民國 need not be.
    era : of all of them, "" where each has the letter of its own
    """
    texts = {place: _text(value) for place, value in cells.items()}
    numbers = {
        place: hit for place, text in texts.items() if (hit := form.fullmatch(text)) or _is_number(text)
    }
    hits = {place: hit for place, hit in numbers.items() if hit and 1 <= int(hit["month"]) <= 12}
    months = [_month(hit, era) for hit in hits.values()]
    goes_on = form is _REPUBLIC or all(b - a == 1 for a, b in pairwise(months))
    if goes_on and len(months) >= (_FEWEST if era else _FEWEST_LETTERED) and len(hits) == len(numbers):
        yield from ((place, _written(hit, era)) for place, hit in hits.items())


def _text(value: Value) -> str:
    """Return a cell as its file shows it: 113.04 has two decimals."""
    if isinstance(value, float):
        return f"{value:.2f}" if whole_number(value) is None else str(whole_number(value))
    return value if isinstance(value, str) else ""


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[\d.,]+", text) is not None


def _month(hit: re.Match[str], era: str) -> int:
    return 12 * year_of(LETTERS.get(hit["era"], era), hit["year"]) + int(hit["month"])


def _written(hit: re.Match[str], era: str) -> str:
    return f"{year_of(LETTERS.get(hit['era'], era), hit['year'])}-{int(hit['month']):02d}"
