"""Keys of an annual target: growth of the year, a plan by quarter, targets by sector."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from forecast.config.forms import Percent, Strict, Word
from forecast.targets import AnnualTarget

Growth = Annotated[Percent, Field(gt=-100)]


class YearTarget(Strict):
    """Growth of a year, with a plan by quarter and targets by sector."""

    growth_pct: Percent = Field(gt=-100, description="growth of the annual mean, percent")
    quarters: tuple[Growth | None, ...] = Field(
        (),
        description="planned growth of the four quarters on a year ago, percent; null for one without a plan",
    )
    sectors: dict[Word, Growth] = Field(
        default_factory=dict, description="growth of the year by sector, percent, of those named in sectors"
    )

    @model_validator(mode="after")
    def _four_quarters(self) -> YearTarget:
        if len(self.quarters) not in (0, 4):
            raise ValueError(
                f"quarters: {len(self.quarters)} are given; a year has four, write null for one without a plan"
            )
        return self

    def of(self, year: int) -> AnnualTarget:
        """Return it as the target of a year."""
        return AnnualTarget(year, self.growth_pct, self.quarters, tuple(self.sectors.items()))
