"""The definitions of the method page, each in a few plain lines; nothing of the package but the paths themselves."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

RELAPSE_YEAR = 12


def months_apart(later: str, earlier: str) -> int:
    """Months from one to another, each YYYY-MM."""
    return 12 * (int(later[:4]) - int(earlier[:4])) + int(later[5:]) - int(earlier[5:])


def quantile(values: np.ndarray, weights: np.ndarray, q: float) -> float:
    """The smallest value that outcomes of a share q do not exceed."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weights[order])
    return float(values[order][np.flatnonzero(below > q - 1e-12)[0]])


def means(values: np.ndarray, window: int) -> np.ndarray:
    """Mean of the last months along the last axis; NaN where there are too few."""
    out = np.full(values.shape, np.nan)
    for t in range(window - 1, values.shape[-1]):
        out[..., t] = values[..., t - window + 1 : t + 1].mean(axis=-1)
    return out


def noise(z: np.ndarray) -> float:
    """1.4826·MAD of the 3-month mean less the centred 12-month mean over the last six years."""
    z = z[-72:]
    apart = []
    for t in range(6, len(z) - 6):
        centred = (0.5 * z[t - 6] + z[t - 5 : t + 6].sum() + 0.5 * z[t + 6]) / 12
        apart.append(z[t - 1 : t + 2].mean() - centred)
    return float(1.4826 * np.median(np.abs(np.array(apart) - np.median(apart))))


def rule(sigma: float, threshold_pct: float) -> tuple[int, int]:
    """Window and hold: 3 and 3 where three sigmas stay above the least fall, else 3 and 6."""
    return 3, 3 if 3 * sigma <= -np.log(1 - threshold_pct / 100) else 6


def peak_end(z: np.ndarray, t: int) -> int:
    """Last month of the highest 12-month mean of those that end in the 36 months before t."""
    ends = range(max(t - 36, 11), t)
    return max(ends, key=lambda e: z[e - 11 : e + 1].mean())


def starts(z: np.ndarray, t: int, threshold_pct: float) -> bool:
    """Whether a slump starts at t, seen at t."""
    seen = z[: t + 1]
    end = peak_end(seen, t)
    fall = seen[t - 2 : t + 1].mean() - seen[end - 11 : end + 1].mean()
    return bool(fall <= min(np.log(1 - threshold_pct / 100), -3 * noise(seen)))


def back(gap: np.ndarray, hold: int, first: int, last: int) -> int | None:
    """First month from `first` to `last` of `hold` months in a row with a gap, already averaged, not below 0."""
    for t in range(first, min(last, len(gap) - hold) + 1):
        if all(gap[t + i] >= 0 for i in range(hold)):
            return t
    return None


@dataclass(frozen=True)
class Dates:
    """The recovery month, in months after the origin, on each path (inf beyond the horizon), and what follows.

    lowest : the month of the lowest 3-month mean gap, inf where it is the last of a fall that nothing ended
    """

    T: np.ndarray
    lowest: np.ndarray
    fell: np.ndarray
    weights: np.ndarray
    horizon: int
    hold: int

    @property
    def effective(self) -> float:
        return 1 / float((self.weights**2).sum())

    def by(self, h: int) -> float:
        """F(h) = (N·P + ½·h/H)/(N + 1), for h up to 0 without the second term; 0 before the first T there can be."""
        if h < 1 - self.hold:
            return 0.0
        n, share = self.effective, float(self.weights[h >= self.T].sum())
        return (n * share + 0.5 * max(h, 0) / self.horizon) / (n + 1)

    def quantile(self, q: float) -> int | None:
        """First month by which the chance of a return reaches q; None beyond the horizon."""
        months = range(min(1 - self.hold, 1), self.horizon + 1)
        return next((h for h in months if self.by(h) >= q - 1e-12), None)

    @property
    def relapse(self) -> float | None:
        """Share of the returning paths that fall by more than half the threshold in the year after confirmation."""
        returned = np.isfinite(self.T)
        total = self.weights[returned].sum()
        return float(self.weights[returned & self.fell].sum() / total) if total > 0 else None

    def lowest_by(self, h: int) -> float:
        return float(self.weights[self.lowest <= h].sum())

    def lowest_median(self) -> int | None:
        found = quantile(self.lowest, self.weights, 0.5)
        return int(found) if np.isfinite(found) else None


def dates(
    gap: np.ndarray,
    weights: np.ndarray,
    origin: int,
    start: int,
    window: int,
    hold: int,
    horizon: int,
    theta: float,
) -> Dates:
    """Find the recovery month of each path. gap (n, months) logs · origin, start : positions · theta : percent."""
    averaged, three = means(gap, window), means(gap, 3)
    T, lowest, fell = np.full(len(gap), np.inf), np.zeros(len(gap)), np.zeros(len(gap), bool)
    for i, row in enumerate(averaged):
        at = back(row, hold, origin + 1 - hold, origin + horizon)
        if at is not None:
            T[i] = at - origin
            year = three[i, at + hold : at + hold + RELAPSE_YEAR]
            fell[i] = (year < np.log(1 - theta / 100) / 2).any()
        months = [t for t in range(start, origin + int(min(T[i], horizon)) + 1) if t >= 2]
        months = months if T[i] > 0 else [t for t in range(start, origin + 1) if t >= 2]
        best = min(months, key=lambda t: three[i, t])
        lowest[i] = np.inf if at is None and best == origin + horizon else best - origin
    return Dates(T, lowest, fell, weights, horizon, hold)


def pooled(members: list[Dates]) -> np.ndarray:
    """Weights of the paths of all members under which the share back by each month is their logit pool."""
    first, horizon = 1 - members[0].hold, members[0].horizon
    months = np.arange(first, horizon + 1)
    share = np.array([[m.weights[h >= m.T].sum() for h in months] for m in members]).clip(0.001, 0.999)
    pool = 1 / (1 + np.exp(-np.log(share / (1 - share)).mean(axis=0)))
    mass = dict(zip([*months.tolist(), np.inf], np.diff([0, *pool, 1]), strict=True))
    T = np.concatenate([m.T for m in members])
    plain = np.concatenate([m.weights for m in members]) / len(members)
    weights, owed, cells = np.zeros(len(T)), 0.0, sorted(mass)
    reached = [cell for cell in cells if plain[cell == T].sum() > 0]
    for cell in cells:
        owed += mass[cell]
        if cell in reached or cell > reached[-1]:
            to = min(cell, reached[-1])
            weights[to == T] += owed * plain[to == T] / plain[to == T].sum()
            owed = 0.0
    return weights


def normal_under(x: float, rates: np.ndarray, sd: float) -> np.ndarray:
    """P(a rate printed with a Gaussian error of log points stays under x), of each rate, percent."""
    z = (math.log1p(x / 100) - np.log1p(rates / 100)) / sd
    return np.array([0.5 * math.erfc(-of / math.sqrt(2)) for of in z])
