"""Growth needed in the quarters left of every year that has a target."""

from __future__ import annotations

import pandas as pd

from forecast.estimate import Estimate
from forecast.needed import Part
from forecast.needed import needed as needed_of
from forecast.outcome import Needed


def needed(estimate: Estimate) -> tuple[Needed, ...]:
    """Return what each year with a target still needs, for the total and its sectors; without years that are over."""
    history, parts = estimate.history, estimate.sectors
    total = Part(estimate.paths, estimate.normals[estimate.plan.normal.kind])
    past = pd.Series(history.values.mean(axis=0), index=history.months)
    sectors = {} if parts is None else {
        name: Part(paths, parts.normals[name]) for name, paths in parts.paths.items()
    }  # fmt: skip
    adds_up = parts is not None and parts.adds_up
    wanted = (t for t in estimate.plan.annual_targets if t.year >= estimate.paths.origin.year)
    years = (needed_of(total, target, past, sectors, adds_up) for target in wanted)
    return tuple(one for one in years if one is not None)
