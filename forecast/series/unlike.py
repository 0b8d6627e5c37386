"""`asked`: series that no heading calls rates, and that their unit or their kind of index keeps from being levels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from forecast.series.bases import base_stated
from forecast.series.layout import Grid, Line
from forecast.series.titles import BASE, is_percent
from forecast.series.values import numbers
from forecast.tables.blocks import Block
from forecast.tables.eras import common
from forecast.tables.headings import is_unit
from forecast.tables.languages import holds
from forecast.tables.rates import says

_LEAST = 50.0  # percent; chosen: levels in percent of a base come near 100 in some month


def asked(part: Grid, block: Block, until: pd.Period | None) -> Grid:
    """Return the series of a table, as rates chain indices and production in small percent without a base.

    until : last month by which values are judged, None for all
    Other levels in percent, such as interest rates, may be as small.
    """
    rows = (block.sheet.rows[r] for r in block.heading_rows)
    above = (
        *block.titles,
        block.sheet.title,
        *(str(value) for row in rows for value in row if value is not None),
    )
    if any(map(_has_base, above)):
        return part
    percent = next((text for text in above if is_unit(text) and is_percent(text)), "")
    of_production = any(says(text, "production") for text in above)
    lines = tuple(_judged(part, line, percent, of_production, until) for line in part.lines)
    return replace(part, lines=lines) if lines != part.lines else part


def _judged(
    part: Grid, line: Line, percent_above: str, production_above: bool, until: pd.Period | None
) -> Line:
    said = (line.name, *line.parts)
    if line.rate or any(map(_has_base, said)):
        return line
    if chain := next((text for text in said if holds(text, "chain_index")), ""):
        return replace(line, rate=chain)
    percent = next((text for text in said if is_percent(text)), percent_above)
    of_production = production_above or any(says(text, "production") for text in said)
    return replace(line, rate=percent) if percent and of_production and _small(part, line, until) else line


def _has_base(text: str) -> bool:
    return BASE.search(common(text)) is not None or base_stated(text) is not None


def _small(part: Grid, line: Line, until: pd.Period | None) -> bool:
    """Tell a series that stays far below 100."""
    seen = [cell.month <= until.ordinal if until is not None else True for cell in line.cells]
    values = numbers(part, [line], None, False, [])[0][line.name][seen]
    known = values[np.isfinite(values)]
    return known.size > 0 and bool((np.abs(known) < _LEAST).all())
