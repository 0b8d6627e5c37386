"""`parted`: lines of one text among the rows of a series that goes on below them: remarks, and no other series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from forecast.series.bases import base_stated
from forecast.series.crosswise import is_crosswise
from forecast.series.labelled import without_brackets
from forecast.series.periods import Across, Down
from forecast.series.placed import Since
from forecast.series.rates import of_section, rate_of
from forecast.series.rows import is_remark
from forecast.series.titles import adjustment_of, base_said
from forecast.tables.blocks import Block
from forecast.tables.footnotes import numbers_page
from forecast.tables.headings import heading_text
from forecast.tables.kinds import Kind, kind
from forecast.tables.languages import folded_name, holds, words
from forecast.tables.marks import is_forecast, is_provisional
from forecast.tables.moments import moment

_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_FOOTNOTE = re.compile(r"[*†‡§°¹²³]|[(\[]?(?:\d{1,2}|[^\W\d_])\)|[^\W\d_]{1,2}\s*=")
"""What the text of a footnote begins with: "* revised", "1) revised", "p = provisional"."""

Times = Mapping[tuple[str, ...], Sequence[int]]
"""What the labels of rows say -> their years, or their months of the year."""


@dataclass(frozen=True)
class _Part:
    """Hold rows without a line of one text between them.

    lines : those directly above · above : the times of the rows before that they all go on from, none where they begin
    anew
    """

    lines: tuple[int, ...]
    times: Times
    above: Times


def parted(block: Block, over: Across, when: Down) -> tuple[Block, tuple[str, ...], Since]:
    """Return a table with months or years across without the remarks among its rows, what to tell, and what to refuse.

    A line of one text heads a section where the rows below begin anew. Where all of them go on from those above, it is
    a remark if its words can be one; a series that begins with the next year may be meant by others.
    So is a sentence on a January, wherever it stands.
    """
    crosswise = is_crosswise(over, when)
    parts = list(_joined(_parts(block, over, when, crosswise)))
    sectioned = crosswise or sum(not part.above for part in parts) > 1
    named = ""
    remarks = {r: "" for r in _alone(block) if not of_section(_text(block, r))}
    refused: list[tuple[int, str]] = []
    for part in parts:
        texts = {r: _text(block, r) for r in part.lines if r not in remarks}
        if not part.above:
            own = [r for r, text in texts.items() if not is_plain_remark(text)]
            remarks |= {r: named for r in texts if own and r not in own}
            named = texts[own[-1]] if own else next(reversed(texts.values()), named)
        elif sectioned and texts and not _heads(next(reversed(texts.values())), named):
            said = [_strange(block, r, named, part, crosswise) for r in texts]
            refused += [one for one in said if one is not None][:1]
            remarks |= dict.fromkeys(texts, named) if not any(said) else {}
        elif not sectioned:
            based = [r for r, text in texts.items() if _says_base(text) or _says_kind(text)]
            refused += [of for r in based if (of := _strange(block, r, named, part, crosswise))][:1]
            remarks |= {r: named for r, text in texts.items() if r not in based and _says_nothing(text)}
    body = tuple((None,) * len(row) if r in remarks else row for r, row in enumerate(block.body))
    told = tuple(_told(block, r, of) for r, of in remarks.items())
    return (replace(block, body=body) if remarks else block), told, tuple(refused)


def _says_nothing(text: str) -> bool:
    """Tell a line that says neither a time nor a forecast of the rows below it."""
    return moment(text) is None and not is_forecast(text)


def _says_base(text: str) -> bool:
    """Tell a line that says the base of the rows below it."""
    return base_said([text]) is not None or base_stated(text) is not None or holds(text, "rebased")


def _says_kind(text: str) -> bool:
    """Tell a line that makes of the rows below it rates or adjusted levels, a remark that begins as one aside."""
    return not is_remark(text) and bool(adjustment_of([text]) or rate_of([of_section(text)]))


def _joined(parts: Iterable[tuple[tuple[int, ...], Times]]) -> Iterator[_Part]:
    """Yield the parts of a table with the rows that each goes on from."""
    above: dict[tuple[str, ...], list[int]] = {}
    for lines, times in parts:
        goes_on = _goes_on(above, times)
        yield _Part(lines, times, dict(above) if goes_on else {})
        above = {name: [*(above[name] if goes_on else ()), *own] for name, own in times.items()}


def _heads(text: str, named: str) -> bool:
    """Tell a line that heads rows even where they go on: the section's own again, forecasts, another base after one."""
    return text == named or is_forecast(text) or None not in (base_said([text]), base_said([named]))


def _parts(
    block: Block, over: Across, when: Down, crosswise: bool
) -> Iterator[tuple[tuple[int, ...], Times]]:
    """Yield rows of numbers from one line of one text to the next: the lines above them, and their times."""
    read = when.axes[0] if crosswise else when.of("year") or when.of("whole") or when.of("mixed")
    if read is None:
        return
    alone = set(_alone(block))
    lines: list[int] = []
    times: dict[tuple[str, ...], list[int]] = {}
    time: int | None = None
    for r, (row, own) in enumerate(zip(block.body, read.moments, strict=True)):
        if r in alone:
            if times:
                yield tuple(lines), times
                lines, times = [], {}
            lines.append(r)
            continue
        stated = None if own is None else own.month if crosswise else own.year
        time = stated or time
        if time is None or not any(kind(v) is Kind.NUMBER for v in row):
            continue
        labels = tuple(
            folded_name(str(v))
            for j, v in enumerate(row)
            if j not in when.columns and j not in over.months and kind(v) is Kind.TEXT
        )
        times.setdefault(labels, []).append(time)
    if times:
        yield tuple(lines), times


def _alone(block: Block) -> Iterator[int]:
    """Yield the rows of one text."""
    for r, row in enumerate(block.body):
        filled = [v for v in row if v not in (None, "")]
        if len(filled) == 1 and kind(filled[0]) is Kind.TEXT:
            yield r


def _goes_on(above: Times, below: Times) -> bool:
    """Tell rows each of which begins with the time next to those of its name above, in their direction."""
    falling = any(times[0] > times[-1] for times in (*above.values(), *below.values()))
    return all(
        name in above
        and (max(times) == min(above[name]) - 1 if falling else min(times) == max(above[name]) + 1)
        for name, times in below.items()
    )


def _strange(block: Block, r: int, named: str, part: _Part, crosswise: bool) -> tuple[int, str] | None:
    """Return what to say of a line where rows go on that is no plain remark, behind its month; None for a remark."""
    text, base = _text(block, r), _says_base(_text(block, r))
    if not base and not (not named and _says_kind(text)) and (crosswise or may_be_remark(text, named)):
        return None
    name, times = next(iter(part.times.items()))
    one, other = part.above[name][-1], times[0]
    place = block.place(r, next(j for j, v in enumerate(block.body[r]) if v not in (None, "")))
    rows = f'the rows of "{named}" go on' if named else "the rows go on"
    remedy = (
        "link the two parts to one base, or delete the line where both are on it"
        if base
        else 'where it is a remark, begin it with "Note:"; where another series begins, write the name of its series '
        "into each row, in a column of its own"
    )
    month = 0 if crosswise else pd.Period(year=max(one, other), month=1, freq="M").ordinal
    said = f'"{text}" stands in a line of its own where {rows} from {one} to {other}; {remedy}'
    return month, f"{place}: {said}"


def is_plain_remark(text: str) -> bool:
    """Tell a line that cannot name a section: of a source, a note, a page, or of signs alone."""
    return is_remark(text) or numbers_page(text) or not any(map(str.isalpha, text))


def may_be_remark(text: str, named: str) -> bool:
    """Tell a line that may be a remark within a section: on its status, in brackets, a footnote, or its name again."""
    again, bare = folded_name(named), folded_name(without_brackets(text))
    return (
        is_plain_remark(text)
        or _BRACKETED.fullmatch(text) is not None
        or _FOOTNOTE.match(text) is not None
        or is_provisional(text)
        or folded_name(text) in words("revised") | words("provisional")
        or bool(again)
        and bare == again
        or holds(text, "continued")
    )


def _text(block: Block, r: int) -> str:
    return next(heading_text(v).strip() for v in block.body[r] if v not in (None, ""))


def _told(block: Block, r: int, named: str) -> str:
    """Say that a line was taken as a remark."""
    of = f' of "{named}"' if named else ""
    return f'line {block.sheet.lines[block.rows[r]]} "{_text(block, r)}" among the rows{of} was taken as a remark'
