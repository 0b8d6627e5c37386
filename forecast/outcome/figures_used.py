"""What the office had printed: the latest rates, and every figure that the answer rests on."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic.dataclasses import dataclass

from forecast.outcome.kinds import STRICT, Day, Month, Number, Published


@dataclass(frozen=True, config=STRICT)
class LatestFigure:
    """The latest print of one rate of the target."""

    measure: str
    period: Month
    value: Number
    published: Day


@dataclass(frozen=True, config=STRICT)
class FigureRow:
    """One published figure and how well the reconstruction reproduces it, percent.

    sets : numbers of the sets of figures, each of which cannot all be true, that it is in
    """

    region: str
    sector: str
    period: Month
    measure: str
    value: Number
    published: Published
    source: str
    status: str  # "used", "superseded" or "contradictory"
    fitted: Number | None
    residual: Number | None
    sets: tuple[int, ...] = ()


def target(latest: Iterable[LatestFigure], figures: Iterable[FigureRow]) -> tuple[str, str] | None:
    """Return the region and sector whose figures are the latest ones; None where no figure says."""
    newest = {(row.measure, row.period, row.value, row.published) for row in latest}
    return next(
        (
            (row.region, row.sector)
            for row in figures
            if (row.measure, row.period, row.value, row.published) in newest
        ),
        None,
    )
