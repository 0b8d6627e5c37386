"""How many paths a reweighting must leave for an answer to stand on."""

from __future__ import annotations

from dataclasses import dataclass

from forecast.paths import Paths
from forecast.scenario.refusal import RefusedError


@dataclass(frozen=True)
class Enough:
    """The least effective number of paths, and its least share of those before."""

    number: float
    share: float

    def check(self, result: Paths, before: Paths, words: str) -> None:
        """Raise RefusedError where fewer are left. words : what the paths were weighed by."""
        least = max(self.number, self.share * before.effective_number)
        if result.effective_number < least:
            left, of = round(result.effective_number), round(before.effective_number)
            raise RefusedError(
                f"condition {words} is refused: only {left} of {of} effective paths meet it, "
                f"and {least:.0f} are needed",
                "few", left, of, round(least),
            )  # fmt: skip


LEAST = Enough(number=200, share=0.02)
"""What a scenario of a report needs. chosen: a chance is then known to 3.5 points at worst."""
