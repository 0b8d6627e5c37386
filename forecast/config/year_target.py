"""Keys of an annual target: growth of the year, a plan by quarter, targets by sector."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from forecast.config.forms import Growth, Strict, Word
from forecast.targets import AnnualTarget

Plan = tuple[Growth | None, ...]


def _four(quarters: Plan) -> Plan:
    if len(quarters) not in (0, 4):
        raise ValueError(f"{len(quarters)} are given; a year has four, write null for one without a plan")
    return quarters


class YearTarget(Strict):
    """Growth of a year, with a plan by quarter and targets by sector."""

    growth_pct: Growth = Field(description="growth of the annual mean, percent")
    quarters: Annotated[Plan, AfterValidator(_four)] = Field(
        (),
        description="planned growth of the four quarters on a year ago, percent; null for one without a plan",
    )
    sectors: dict[Word, Growth] = Field(
        default_factory=dict, description="growth of the year by sector, percent, of those named in sectors"
    )

    def of(self, year: int) -> AnnualTarget:
        """Return it as the target of a year."""
        return AnnualTarget(year, self.growth_pct, self.quarters, tuple(self.sectors.items()))
