"""How many paths a reweighting must leave for an answer to stand on."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from forecast.paths import Paths
from forecast.scenario.refusal import RefusedError

TIE = 1e-6
"""By how much fewer paths are as many: weights add up to one but for rounding."""


@dataclass(frozen=True)
class Enough:
    """The least effective number of paths, and its least share of those before."""

    number: float
    share: float

    def check(self, result: Paths, before: Paths, words: str) -> None:
        """Raise RefusedError where fewer are left. words : what the paths were weighed by."""
        least = max(self.number, self.share * before.effective_number)
        if result.effective_number < least - TIE:
            left, of, needed = (
                floor(result.effective_number + TIE),
                round(before.effective_number),
                ceil(least - TIE),
            )
            raise RefusedError(
                f"condition {words} is refused: only {left} of {of} effective paths meet it, "
                f"and {needed} are needed; more paths, or a condition nearer to what is expected, leave more",
                "few", left, of, needed,
            )  # fmt: skip


LEAST = Enough(number=200, share=0.02)
"""What a scenario of a report needs. chosen: a chance is then known to 3.5 points at worst."""
