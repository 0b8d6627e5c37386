"""What the ages of earlier slumps alone would say, beside the answer."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report.phrases import baseline
from forecast.report.words import Language


def told(outcome: Outcome, language: Language) -> list[str]:
    """Return it as a sentence of the record; nothing where no earlier slump is known."""
    if not outcome.earlier_slumps:
        return []
    panels = [
        language.text["record.alone_point"].format(
            title=language.label(row.title),
            p=language.odds(row.p_within_12),
            slumps=row.slumps,
            ended=row.ended,
        )
        for row in outcome.earlier_slumps
    ]
    ours = language.odds(baseline(outcome).p_within_12)
    return [language.say("record.alone", said="; ".join(panels), p=ours)]
