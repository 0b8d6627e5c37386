"""`refuse_shifted`: headings that stand a column beside the numbers they head."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.errors import DataError
from forecast.series.timed import heading_says
from forecast.tables.blocks import Block


def refuse_shifted(block: Block, timed: Sequence[int], values: Sequence[int], empty: Sequence[str]) -> None:
    """Refuse a table whose headings have moved: each number would be called by its neighbour's name.

    timed, values : columns of time and of values · empty : headings under which nothing stands
    Raises DataError where a column of values has no heading and a heading no column, or a heading of months numbers.
    """
    bare = [j for j in values if not block.headings[j]]
    if bare and empty and len(bare) < len(values):
        raise DataError(
            f'{block.place(0, bare[0])}: numbers without a heading, and heading "{empty[-1]}" stands over nothing; '
            "move the headings over their columns, or delete those without one"
        )
    if any(block.headings[j] for j in timed):
        return
    for j in values:
        if heading_says(block, j, "month") or heading_says(block, j, "period"):
            raise DataError(
                f'{block.place(0, j)}: heading "{" ".join(block.headings[j])}" stands over numbers that are no months; '
                "move the headings over their columns"
            )
