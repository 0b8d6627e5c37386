"""A page's share of the paths: few rows that stand for all, each number in two bytes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecast.arrays import Rows
from forecast.onset import OUTSIDE, PAST, Calm
from forecast.paths import Paths
from forecast.what_if import Grounds

Floats = npt.NDArray[np.float64]

ROWS = 2_000
"""Paths of a page. chosen: the page stays under 2.5 MB and answers in under 100 ms."""

STEPS = 65_535  # of a level between its least and its largest: what 16 bits hold


@dataclass(frozen=True, eq=False)
class Packed:
    """Positive numbers as whole steps of their logarithm, exp(low + step·q), q in 0..65535."""

    low: float
    step: float
    steps: npt.NDArray[np.uint16]

    @property
    def values(self) -> Floats:
        """The numbers again, each within half a step."""
        return np.asarray(np.exp(self.low + self.step * self.steps))

    def for_page(self) -> dict[str, object]:
        """Return the parts as a page holds them."""
        return {"low": self.low, "step": self.step, "bytes": text_of(self.steps)}


@dataclass(frozen=True, eq=False)
class PackedCalm:
    """What the chance that a slump begins is told from, as the page holds it: exp of each log level and effect."""

    past: Packed
    effects: Packed
    depth: float

    @property
    def calm(self) -> Calm:
        """The numbers again."""
        return Calm(np.log(self.past.values), np.log(self.effects.values), self.depth)

    def for_page(self) -> dict[str, object]:
        """Return the parts as a page holds them."""
        return {
            "past": self.past.for_page(), "effects": self.effects.for_page(),
            "depth": self.depth, "outside": OUTSIDE,
        }  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sample:
    """What a page stands on.

    grounds : of the rows kept, with equal weights and the numbers as the page holds them
    levels : of the rows · normals : by definition, a row per history draw that is left
    calm : of the same draws, where nothing slumps · past, effects : its parts as the page holds them
    """

    grounds: Grounds
    levels: Packed
    normals: Mapping[str, Packed]
    calm: PackedCalm | None = None


def packed(values: Floats) -> Packed:
    """Return positive numbers in two bytes each, none further off than half a step of their logarithm.

    >>> wide = packed(np.array([50.0, 100.0, 200.0]))
    >>> wide.steps.tolist(), bool(np.allclose(wide.values, [50, 100, 200], rtol=1.1e-5))
    ([0, 32768, 65535], True)
    """
    logs = np.log(values)
    low = float(logs.min())
    step = float(logs.max() - low) / STEPS or 1.0  # one number alone has no range
    return Packed(low, step, np.round((logs - low) / step).astype(np.uint16))


def sampled(grounds: Grounds, rows: int = ROWS, calm: Calm | None = None) -> Sample:
    """Return rows that stand for all paths, drawn evenly along their month of return and then their last level.

    rows : how many, at most as many as there are paths · calm : where nothing slumps, of the next slump in its place
    Systematic sampling of the ordered paths: every chance of a return is met to 1/rows, at equal weights.
    """
    paths = grounds.paths
    rows = min(rows, len(paths.values))
    months = grounds.back(paths).months if calm is None else calm.months(paths)
    order = np.lexsort((paths.values[:, -1], months))
    reached = np.cumsum(paths.weights[order])
    at = order[np.searchsorted(reached, (np.arange(rows) + 0.5) / rows * reached[-1])]
    draws, draw = np.unique(paths.draw[at], return_inverse=True)
    levels = packed(paths.values[at])
    normals = {
        kind: packed(normal[draws] if len(normal) > 1 else normal) for kind, normal in grounds.normals.items()
    }
    own = Paths(
        paths.months,
        paths.origin,
        levels.values,
        np.full(rows, 1.0 / rows),
        draw.astype(np.int64),
        paths.model[at],
    )
    return Sample(
        replace(grounds, paths=own, normals={kind: of.values for kind, of in normals.items()}),
        levels,
        normals,
        None if calm is None else _packed_calm(calm, draws),
    )


def _packed_calm(calm: Calm, draws: Rows) -> PackedCalm:
    """The draws that are left, of the months that a peak is sought in."""
    return PackedCalm(
        packed(np.exp(calm.past[draws, -PAST:])), packed(np.exp(calm.effects[draws])), calm.depth
    )


def text_of(whole: npt.NDArray[np.uint16]) -> str:
    """Return whole numbers as text for a page, two bytes each, the lower first."""
    return base64.b64encode(whole.astype("<u2").tobytes()).decode()
