"""A linear equation of the target's growth on its own lags and a panel's growth: what bridge and lags share.

    y_t = Σ_{i≤p} a_i y_{t−i} + Σ_{j≤q} (b_j' x_{t−j} + c_j x̄_{t−j}) + e_t

All growth is standardised, x̄ is the panel's mean. Missing months of x are filled by the indicators' own
autoregressions, so that the whole is affine in what is known: `filled` is at once nowcast and expectation of releases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from forecast.arrays import MAD_TO_SD, Floats
from forecast.nowcast.filling import Filling


@dataclass(frozen=True)
class Layout:
    """Count the right-hand side: target lags p, indicator lags q beside the month itself, indicators s."""

    target_lags: int
    panel_lags: int
    indicators: int

    @property
    def width(self) -> int:
        """Number of regressors."""
        return self.target_lags + (self.panel_lags + 1) * (self.indicators + 1)

    @property
    def reach(self) -> int:
        """Months before its own that the equation looks back."""
        return max(self.target_lags, self.panel_lags)

    def row(self, tables: Floats, t: int) -> Floats:
        """Return the regressors of month t, (m, width), from complete tables (m, months, 1 + s), the target first."""
        own = [tables[:, t - i, 0:1] for i in range(1, self.target_lags + 1)]
        panel = []
        for j in range(self.panel_lags + 1):
            x = tables[:, t - j, 1:]
            panel += [x, x.mean(axis=1, keepdims=True)]
        return np.concatenate([*own, *panel], axis=1)


@dataclass(frozen=True, eq=False)
class Scale:
    """Hold mean and deviation of every column, (1 + s,), of growth clipped at robust deviations from the median."""

    mean: Floats
    deviation: Floats
    low: Floats
    high: Floats

    @classmethod
    def of(cls, growth: Floats, clip: float) -> Scale:
        """Estimate from growth (t, 1 + s), NaN where unknown; the clip counts robust standard deviations."""
        centre = np.nanmedian(growth, axis=0)
        robust = MAD_TO_SD * np.nanmedian(np.abs(growth - centre), axis=0)
        reach = np.where(robust > 0, clip * robust, np.inf)
        low, high = centre - reach, centre + reach
        clipped = np.clip(growth, low, high)
        return cls(np.nanmean(clipped, axis=0), np.nanstd(clipped, axis=0), low, high)

    def standardised(self, growth: Floats, *, clipped: bool = False) -> Floats:
        """Return (growth − mean)/deviation, clipped first for an estimate."""
        inside = np.clip(growth, self.low, self.high) if clipped else growth
        return np.asarray((inside - self.mean) / self.deviation)


@dataclass(frozen=True, eq=False)
class Equation:
    """Hold an estimated equation.

    columns : target, then indicators · beta : (width,) · root : (width, r), β + root·N(0, I) draws β
    residual : (t,) of the months of the estimate, without clipping, inflated for the parameters spent
    mean_error : standard error of the target's mean growth, standardised
    """

    columns: tuple[str, ...]
    layout: Layout
    scale: Scale
    filling: Filling
    beta: Floats
    root: Floats
    residual: Floats
    mean_error: float
    details: dict[str, Any] = field(default_factory=dict)

    def filled(self, tables: Floats) -> Floats:
        """Return the tables with every unknown month replaced by its expectation, (m, months, 1 + s) growth.

        Tables have NaN in the same cells; the target's are its last months.
        """
        z = self._panel_filled(self.scale.standardised(tables), None)
        for t in range(_known(tables), z.shape[1]):
            z[:, t, 0] = self.layout.row(z, t) @ self.beta
        return np.asarray(self.scale.mean + self.scale.deviation * z)

    def simulate(self, tables: Floats, draw: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
        """Draw growth of the target in its unknown months, (n, h): coefficients, mean and shocks are drawn.

        tables : (k, months, 1 + s), one per history draw · draw : (n,) the history draw of each path. The shocks of a
        month are the residuals of one past month, of target and indicators together.
        """
        n, past = len(draw), _known(tables)
        z = self._panel_filled(self.scale.standardised(tables), None)
        start = max(0, _first_ragged(tables) - max(self.layout.reach, self.filling.coefficients.shape[1]))
        z = z[:, start:]
        gaps = np.isnan(tables[0, start:, 1:])
        months = rng.integers(len(self.residual), size=(n, z.shape[1]))
        tail = z[draw]
        tail[:, :, 1:][:, gaps] = np.nan
        tail[:, :, 1:] = self.filling.filled(tail[:, :, 1:], self.filling.residuals[months])
        beta = self.beta + rng.standard_normal((n, self.root.shape[1])) @ self.root.T
        shift = self.mean_error * rng.standard_normal(n)
        for t in range(past - start, tail.shape[1]):
            row = self.layout.row(tail, t)
            tail[:, t, 0] = (row * beta).sum(axis=1) + shift + self.residual[months[:, t]]
        return np.asarray(self.scale.mean[0] + self.scale.deviation[0] * tail[:, past - start :, 0])

    def summary(self) -> dict[str, Any]:
        """Return what was chosen in the estimate, plain numbers and words."""
        return {**self.details, "residual_sd_pct": float(self.residual.std() * self.scale.deviation[0])}

    def _panel_filled(self, z: Floats, shocks: Floats | None) -> Floats:
        out = z.copy()
        out[:, :, 1:] = self.filling.filled(z[:, :, 1:], shocks)
        return out


def training(
    growth: Floats, layout: Layout, scale: Scale, filling: Filling, *, clipped: bool
) -> tuple[Floats, Floats]:
    """Return regressors (t, width) and the target's standardised growth (t,) of the months whose target is known."""
    z = scale.standardised(growth, clipped=clipped)[None]
    z[:, :, 1:] = filling.filled(z[:, :, 1:])
    rows = range(layout.reach, _known(z))
    return np.concatenate([layout.row(z, t) for t in rows]), z[0, layout.reach : _known(z), 0]


def _known(tables: Floats) -> int:
    """Number of months up to the last one of the target that is known."""
    return int(np.flatnonzero(np.isfinite(tables[0, :, 0]))[-1]) + 1


def _first_ragged(tables: Floats) -> int:
    """The first month after the last figure of the column that ends earliest, or of the target."""
    known = np.isfinite(tables[0])
    return int(known.shape[0] - np.argmax(known[::-1], axis=0).max())
