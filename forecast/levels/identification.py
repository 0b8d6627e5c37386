"""What figures pin down about levels by themselves, without any prior: rank and open directions, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast.arrays import Floats
from forecast.levels.observation import Observations

Ints = npt.NDArray[np.int64]

_TINY = 1e-7
"""Share of the largest singular value that counts as none; chosen: the root of rounding error."""
_NAMED_GROUPS = 3  # chosen: what fits a sentence


@dataclass(frozen=True, eq=False)
class Identification:
    """Hold what the figures of one series say of its m log levels.

    rank : independent directions pinned · unknowns : m
    group : (m,) months with one number have exact ratios to each other; −1 where no figure touches the month
    seasonal_open : directions, 0 to 11, in which a fixed seasonal profile may move unseen
    anchored : True where an index figure gives the scale
    """

    months: pd.PeriodIndex
    rank: int
    unknowns: int
    group: Ints
    seasonal_open: int
    anchored: bool

    def words(self) -> tuple[str, ...]:
        """Say in plain sentences what is pinned and what is open."""
        free = self.unknowns - self.rank
        out = [f"The figures pin {self.rank} of {self.unknowns} directions of the monthly level."]
        if not self.anchored:
            out.append("The scale is open: rates give only ratios.")
        if self.seasonal_open:
            out.append(
                f"The seasonal profile is open in {self.seasonal_open} of 11 directions: "
                "ratios between different calendar months rest on the model."
            )
        if free > (not self.anchored):
            sizes = [(int(np.sum(self.group == g)), g) for g in range(int(self.group.max()) + 1)]
            named = sorted((s for s in sizes if s[0] > 1), key=lambda s: (-s[0], s[1]))[:_NAMED_GROUPS]
            out += [
                f"Ratios are exact, but for errors, among {spans(self.months[self.group == g])}."
                for _, g in named
            ]
        else:
            out.append("All ratios between months are pinned.")
        untouched = self.months[self.group < 0]
        if len(untouched):
            out.append(
                f"No figure says anything about {spans(untouched)}: these months rest on the model alone."
            )
        return tuple(out)


def identify(
    observations: Observations,
    series: int,
    levels: Floats,
    months: pd.PeriodIndex,
    first: pd.Period,
    last: pd.Period,
) -> Identification:
    """Take the rank of the figures of one series, linearised at log levels (p, m), and what its null space moves.

    first, last : the months between which levels are asked for; no figure of the series reaches beyond them
    """
    mine = observations.series == series
    wanted = np.asarray((months >= first) & (months <= last))
    jacobian = observations.jacobian(levels)[mine][:, wanted]  # (n, m)
    months = months[wanted]
    m = len(months)
    _, sizes, directions = np.linalg.svd(jacobian)
    rank = int(np.sum(sizes > _TINY * sizes[0]))
    null = directions[rank:].T  # (m, m − rank)
    season = (np.eye(12) - 1.0 / 12.0)[:, :11][months.month - 1]  # (m, 11)
    seen = np.linalg.svd(jacobian @ season, compute_uv=False)
    open_profile = 11 - int(np.sum(seen > _TINY * sizes[0]))
    touched = (np.abs(jacobian) > 0).any(axis=0)
    return Identification(
        months,
        rank,
        m,
        _groups(null, touched),
        open_profile,
        bool((~observations.below[mine].any(axis=1)).any()),
    )


def _groups(null: Floats, touched: npt.NDArray[np.bool_]) -> Ints:
    """Number the sets of months that every open direction moves together, −1 where untouched."""
    group = np.full(len(null), -1, dtype=np.int64)
    heads: list[Floats] = []
    for t in np.flatnonzero(touched):
        for g, head in enumerate(heads):
            if np.max(np.abs(null[t] - head), initial=0.0) < np.sqrt(_TINY):
                group[t] = g
                break
        else:
            group[t] = len(heads)
            heads.append(null[t])
    return group


def spans(months: pd.PeriodIndex) -> str:
    """Name months as runs.

    >>> spans(pd.PeriodIndex(["2024-01", "2024-02", "2024-05"], freq="M"))
    '2024-01 to 2024-02, 2024-05'
    """
    runs: list[list[pd.Period]] = []
    for month in months:
        if runs and month == runs[-1][1] + 1:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in runs)
