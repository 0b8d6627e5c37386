"""The fields that say when output is back, computed anew: slump, normal, history, fan and the month of return."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from forecast import adjust
from forecast.paths import Paths
from tests.oracle import plain
from tests.oracle.questions import Asked

BANDS = {50: (0.25, 0.75), 80: (0.1, 0.9), 90: (0.05, 0.95)}


@dataclass(frozen=True)
class Slump:
    start: pd.Period
    peak_from: pd.Period
    peak_to: pd.Period
    sigma: float
    window: int
    hold: int
    under_way: bool


@dataclass(frozen=True, eq=False)
class Oracle:
    """One question seen through its history, its paths and its plan alone."""

    asked: Asked

    @property
    def plan(self):
        return self.asked.found.plan

    @property
    def history(self):
        return self.asked.found.history

    @property
    def paths(self) -> Paths:
        return self.asked.found.paths

    @property
    def h(self) -> int:
        return self.plan.horizon

    @property
    def weights(self) -> np.ndarray:
        return self.paths.weights

    @cached_property
    def origin(self) -> pd.Period:
        return self.history.months[-1]

    @cached_property
    def at(self) -> int:
        """Position of the origin on the paths."""
        return list(self.paths.months).index(self.origin)

    def month(self, h: int | None) -> str | None:
        return None if h is None else str(self.origin + h)

    @cached_property
    def z(self) -> np.ndarray:
        """Log levels less their effects, (k, m)."""
        m = len(self.history.months)
        return np.log(self.history.values) - self.history.effects[:, :m]

    @cached_property
    def slump(self) -> Slump:
        """The slump dated month by month with what was known: the effects of an exact level are estimated each time."""
        theta, spec, months = self.plan.slump.threshold_pct, self.plan.slump, self.history.months
        exact = self.asked.found.levels is None

        def seen(t: int, upto: int) -> np.ndarray:
            if not exact:
                return self.z.mean(axis=0)[: upto + 1]
            x = self.plan.regressors(months)
            log = np.log(self.history.values[0])
            known = adjust.estimate_profile(log[: t + 1], months[: t + 1], None if x is None else x[: t + 1])
            return log[: upto + 1] - known.effects(months[: upto + 1], None if x is None else x[: upto + 1])

        def dated(t: int) -> tuple[Slump, int | None]:
            z = seen(t, t)
            end, sigma = plain.peak_end(z, t), plain.noise(z)
            window, hold = plain.rule(sigma, theta)
            window, hold = spec.window or window, spec.hold or hold
            gap = plain.means(seen(t, len(months) - 1), window) - z[end - 11 : end + 1].mean()
            over = plain.back(gap, hold, t + 1, len(months))
            return Slump(months[t], months[end - 11], months[end], sigma, window, hold, over is None), over

        t = 71
        while t < len(months):
            if plain.starts(seen(t, t), t, theta):
                found, over = dated(t)
                if over is None:
                    return found
                t = (
                    over + found.hold - 1 + found.hold
                )  # confirmed k − 1 months later, and k months after that
            else:
                t += 1
        now, _ = dated(len(months) - 1)
        return Slump(now.start, now.peak_from, now.peak_to, now.sigma, now.window, now.hold, False)

    def normal(self, kind: str, months: pd.PeriodIndex) -> np.ndarray:
        """A definition of normal on any months, (k, months) index points."""
        own = self.history.months
        at = np.array([(m - own[0]).n for m in months])
        start = (self.slump.start - own[0]).n
        end = self.before_the_fall(start)
        if kind == "same_month":
            return self.history.values[:, end - 12 + (at - end) % 12]
        if kind == "trend":
            level = np.empty((len(self.z), len(at)))
            for i, z in enumerate(self.z):
                slope, last = np.polyfit(np.arange(end - 60, end) - (start - 1), z[end - 60 : end], 1)
                for j, t in enumerate(at):
                    ahead = t - (start - 1)
                    months_grown = min(ahead, 24) + sum(0.97**n for n in range(1, ahead - 24 + 1))
                    level[i, j] = last + slope * months_grown
        else:
            if kind == "pre_slump_peak":
                first, end = (self.slump.peak_from - own[0]).n, (self.slump.peak_to - own[0]).n + 1
            else:
                first = end - (self.plan.normal.months if kind == self.plan.normal.kind else 12)
            level = np.repeat(self.z[:, first:end].mean(axis=1)[:, None], len(at), axis=1)
        return np.exp(level + self.history.effects[:, at])

    def before_the_fall(self, start: int) -> int:
        """The end of the months that stood: those next to the start that lost half of its own loss did not."""
        z, months = self.z.mean(axis=0), self.history.months
        peak = z[(self.slump.peak_from - months[0]).n : (self.slump.peak_to - months[0]).n + 1].mean()
        loss, end = peak - z[start - 2 : start + 1].mean(), start
        while (
            loss >= 3 * self.slump.sigma
            and peak - z[end - 1] >= loss / 2
            and months[end - 1] > self.slump.peak_to
        ):
            end -= 1
        return end

    def normal_of_paths(self, kind: str, paths: Paths | None = None) -> np.ndarray:
        paths = self.paths if paths is None else paths
        return self.normal(kind, paths.months)[paths.draw]

    def dates(self, paths: Paths | None = None, kind: str | None = None, **other: int) -> plain.Dates:
        """The recovery month on paths, by the rule in use or with another window, hold or horizon."""
        paths = self.paths if paths is None else paths
        normal = self.normal_of_paths(kind or self.plan.normal.kind, paths)
        return self.dated(np.log(paths.values / normal), paths, **other)

    def dated(self, gap: np.ndarray, paths: Paths, **other: int) -> plain.Dates:
        rule = {"window": self.slump.window, "hold": self.slump.hold, "horizon": self.h} | other
        start = (self.slump.start - paths.months[0]).n
        return plain.dates(gap, paths.weights, self.at, start, **rule, theta=self.plan.slump.threshold_pct)

    @cached_property
    def base(self) -> plain.Dates:
        return self.dates()

    def milestone(self, dates: plain.Dates) -> dict:
        median = dates.quantile(0.5)
        return {
            "median": self.month(median),
            "median_after": self.month(dates.horizon) if median is None else None,
            "p_already": dates.by(0),
            "p_within_12": dates.by(12),
            "p_not_within_horizon": 1 - dates.by(dates.horizon),
        }

    def recovery(self, name: str, paths: Paths) -> dict:
        dates = self.dates(paths)
        by = [dates.by(h) for h in range(self.h + 1)]
        low = dates.lowest_median()
        trough = {
            "median": self.month(low),
            "median_after": self.month(self.h) if low is None else None,
            "p_already": dates.lowest_by(0),
            "p_within_12": dates.lowest_by(12),
            "p_not_within_horizon": 1 - dates.lowest_by(self.h),
        }
        bands = {f"interval_{s}": [self.month(dates.quantile(q)) for q in ends] for s, ends in BANDS.items()}
        return {
            "label": {"en": name.upper()},
            "median": self.month(dates.quantile(0.5)),
            "median_after": self.month(self.h) if dates.quantile(0.5) is None else None,
            **bands,
            "p_already_back": by[0],
            "p_within_6": by[6],
            "p_within_12": by[12],
            "p_within_24": by[min(24, self.h)],
            "p_not_within_horizon": 1 - by[-1],
            "p_relapse": dates.relapse,
            "p_trough_passed": dates.lowest_by(0),
            "effective_paths": dates.effective,
            "distribution": [
                {"month": self.month(h), "probability": by[h] - by[h - 1], "cumulative": by[h]}
                for h in range(1, self.h + 1)
            ],
            "old_trend": self.milestone(self.dates(paths, "trend")),
            "trough": trough if self.slump.under_way else None,
            "p_within_12_error": self.error(dates, paths),
        }

    def error(self, dates: plain.Dates, paths: Paths) -> float:
        """Monte-Carlo error of the chance within a year: courses of a nowcast, draws (by twenty if more), or paths."""
        back = dates.T <= 12
        p = (paths.weights * back).sum()
        groups = paths.draw // 20 if paths.draw.max() >= 20 else paths.draw
        if (
            self.asked.found.ahead.nowcast is not None
        ):  # of the paths as simulated: a scenario moves them, not the groups
            begun = [level.hex() for level in self.asked.found.paths.values[:, self.paths.past].tolist()]
            groups = np.array([begun.index(level) for level in begun])
        groups = np.arange(len(groups)) if len(set(groups.tolist())) == 1 else groups
        apart = np.array(
            [(paths.weights * (back - p))[groups == g].sum() for g in dict.fromkeys(groups.tolist())]
        )
        return float(np.sqrt((apart**2).sum() * len(apart) / (len(apart) - 1)))

    def gap_pct(self, kind: str) -> float:
        """Mean gap of the last months known, over draws of the history, percent."""
        last = self.history.months[-self.slump.window :]
        gap = np.log(self.history.values[:, -self.slump.window :]) - np.log(self.normal(kind, last))
        return float(100 * (np.exp(gap.mean()) - 1))

    @cached_property
    def pct(self) -> np.ndarray:
        """The history in percent of normal, (k, m)."""
        return 100 * self.history.values / self.normal(self.plan.normal.kind, self.history.months)

    def slump_told(self) -> dict | None:
        if not self.slump.under_way:
            return None
        smooth = plain.means(self.pct.mean(axis=0), 3)
        first = (self.slump.start - self.history.months[0]).n
        trough = min(range(first, len(smooth)), key=lambda t: smooth[t])
        return {
            "start": str(self.slump.start), "start_given": False,
            "peak_from": str(self.slump.peak_from), "peak_to": str(self.slump.peak_to),
            "trough": str(self.history.months[trough]), "trough_pct_of_normal": smooth[trough],
            "gap_pct": self.gap_pct(self.plan.normal.kind),
        }  # fmt: skip

    def rule_told(self) -> dict:
        return {
            "window": self.slump.window, "hold": self.slump.hold, "automatic": self.plan.slump.window is None,
            "sigma_pct": 100 * (np.exp(self.slump.sigma) - 1), "threshold_pct": self.plan.slump.threshold_pct,
        }  # fmt: skip

    def kinds(self) -> list[str]:
        return list(dict.fromkeys([self.plan.normal.kind, self.plan.also.kind, "trend"]))

    def normal_told(self) -> dict:
        m = len(self.history.months)
        last, effect = self.history.months[-1:], self.history.effects[:, m - 1]
        level = {
            kind: float(np.exp((np.log(self.normal(kind, last))[:, 0] - effect).mean()))
            for kind in self.kinds()
        }
        rows = [
            {"kind": kind, "level": level[kind], "gap_pct": self.gap_pct(kind),
             "recovery": self.milestone(self.dates(kind=kind))}
            for kind in self.kinds()
        ]  # fmt: skip
        return {"kind": self.plan.normal.kind, "level": level[self.plan.normal.kind], "definitions": rows}

    def history_told(self) -> list[dict]:
        level = self.history.values.mean(axis=0)
        return [
            {"month": str(month), "level": level[t], "level_pct_of_normal": np.median(self.pct[:, t]),
             "lower": np.quantile(self.pct[:, t], 0.1), "upper": np.quantile(self.pct[:, t], 0.9),
             "kind": "published" if self.asked.found.levels is None else "reconstructed"}
            for t, month in enumerate(self.history.months)
        ]  # fmt: skip

    def fan(self) -> list[dict]:
        normal = self.normal_of_paths(self.plan.normal.kind)
        rows = []
        for h in range(1, self.h + 1):
            pct = 100 * self.paths.values[:, self.at + h] / normal[:, self.at + h]
            row = {"month": self.month(h), "median": plain.quantile(pct, self.weights, 0.5)}
            for share, (low, high) in BANDS.items():
                row[f"lower_{share}"] = plain.quantile(pct, self.weights, low)
                row[f"upper_{share}"] = plain.quantile(pct, self.weights, high)
            rows.append(row)
        return rows
