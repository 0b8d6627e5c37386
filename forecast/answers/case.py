"""`Case`: a question as it was answered, from which every topic takes what it tells."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from forecast.estimate import Data, Estimate
from forecast.outcome import Labels, Snapshot, Stamp
from forecast.tables import Finding


@dataclass(frozen=True)
class Labelled:
    """What a report needs beside the numbers: names, and how to make it again."""

    name: str
    title: Labels
    scenarios: dict[str, Labels]  # the baseline among them
    calendar: str
    stamp: Stamp
    measure: Labels | None = None  # what the series measures, where it is not output


@dataclass(frozen=True, eq=False)
class Case:
    """Hold the data, the estimate made of them, and what is to be told beside the answer.

    findings : what is odd about the data · earlier : answers of earlier reports, oldest first
    since : the day that the answer is compared with, None for no comparison
    adjust : the second seasonal adjustment, "x13" or "stl", None for none
    later : the data with what became known after the day of the report, None where that is not told
    """

    data: Data
    estimate: Estimate
    labelled: Labelled
    findings: tuple[Finding, ...] = ()
    earlier: tuple[Snapshot, ...] = ()
    since: pd.Timestamp | None = None
    adjust: str | None = None
    later: Data | None = None

    @property
    def seed(self) -> int:
        """Seed of all draws that are made for a topic."""
        return self.labelled.stamp.seed
