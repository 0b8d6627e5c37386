"""All draws of a history at once: models fit and simulate them as arrays, a row each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from forecast.arrays import TOGETHER, Floats, Rows, alike
from forecast.errors import FitError

F = TypeVar("F")
N = TypeVar("N", bound=np.generic)
Found = list[F | FitError]
"""A fit per draw, or why there is none."""


def only(fits: Found[F]) -> F:
    """Return the fit of a single draw. Raises what it failed with."""
    (one,) = fits
    if isinstance(one, FitError):
        raise one
    return one


def fitted(known: npt.NDArray[np.bool_], work: Callable[[Rows], Sequence[F | FitError]]) -> Found[F]:
    """Fit rows with the same months known (k, …) together; where that fails, each by itself."""
    of_row: dict[int, F | FitError] = {}

    def put(rows: Rows) -> None:
        try:
            of_row.update(zip(rows.tolist(), work(rows), strict=True))
        except FitError as error:
            if len(rows) == 1:
                of_row[int(rows[0])] = error
            for row in rows if len(rows) > 1 else ():
                put(np.array([row]))

    for rows in alike(known):
        put(rows)
    return [of_row[row] for row in range(len(known))]


def simulated(
    fits: Sequence[F],
    horizon: int,
    counts: Sequence[int],
    rngs: Sequence[np.random.Generator],
    shape: Callable[[F, int], Hashable],
    work: Callable[[list[F], Rows, list[np.random.Generator]], Floats],
    together: int = TOGETHER,
) -> Floats:
    """Simulate counts[i] paths of each fit, in the order of the fits, (Σ counts, horizon).

    shape : what fits, of so many paths, must share to be simulated as one array, at most `together` in one go
    work : fits, which of them each row is of, generators
    """
    ends = np.cumsum(counts)
    out = np.empty((int(ends[-1]), horizon))
    groups: dict[Hashable, list[int]] = {}
    for i, fit in enumerate(fits):
        groups.setdefault(shape(fit, counts[i]), []).append(i)
    for members in groups.values():
        for first in range(0, len(members), together):
            part = members[first : first + together]
            rows = np.concatenate([np.arange(ends[i] - counts[i], ends[i]) for i in part])
            of = np.repeat(np.arange(len(part)), [counts[i] for i in part])
            out[rows] = work([fits[i] for i in part], of, [rngs[i] for i in part])
    return out


def stacked(parts: Sequence[npt.NDArray[N]]) -> npt.NDArray[N]:
    """Return one array of what each draw has drawn, draws in order."""
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def alone(panel: npt.ArrayLike | None) -> Floats | None:
    """Return a panel (n, s) as that of one draw, (1, n, s)."""
    return None if panel is None else np.asarray(panel, dtype=float)[None]


def with_panel(z: Floats, panel: Floats | None) -> Floats:
    """Return log levels of the target (k, n) and, after it, of the panel (k, n, s) index points: (k, 1 + s, n)."""
    if panel is None:
        return z[:, None]
    return np.concatenate([z[:, None], np.log(panel).transpose(0, 2, 1)], axis=1)
