"""One forecast of a backtest: `estimate`, as production runs it, reduced to what is scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from forecast.arrays import YEAR, Floats
from forecast.backtest.episodes import Episode, Origins, open_gap
from forecast.backtest.flags import slips
from forecast.errors import DataError, FitError, GapError
from forecast.estimate import Data, Estimate, Fits, LevelData, Plan, estimate
from forecast.models import UpdatableFit
from forecast.paths import Paths, quantiles
from forecast.recovery import Recovery
from forecast.score import seasonal_scale
from forecast.series import History
from forecast.slump import FIRST_CANDIDATE, Slump

POOL = "pool"
LEVELS_ONLY = ("seasonal_naive",)
MEASURES = ("level", "yoy_pct")
"""What is forecast beside dates: index points, and growth on the same month a year before in percent."""

POINT_HORIZONS = (1, 3, 6, 12)  # chosen: next month, quarter, half-year and year
JOINT_MONTHS, JOINT_PATHS = 12, 100
"""Scored as whole paths; chosen: a year, and few paths, as the cost grows with their square."""
QUANTILES = (0.5, 0.05, 0.1, 0.25, 0.75, 0.9, 0.95)
"""The median first, then the ends of the 90, 80 and 50 % intervals."""
TREND_MONTHS = 120  # 10 years, the trend of the naive rules (method page)

QUIET, CLOSED, OTHER_MONTH = "no slump under way", "the gap is closed", "not one of the months chosen"
NOT_CHOSEN = frozenset({QUIET, CLOSED, OTHER_MONTH})
"""Reasons to leave a month out that other origins or a lower threshold may mend."""


@dataclass(frozen=True, eq=False)
class Case:
    """A forecast to be made: the data as known on their `as_of`, and their last month then.

    start : of the slump, as dated beforehand; None where only `estimate` can date it
    earlier : slumps of the series as known then; None for a level that is not revised, of which all know them
    """

    data: Data
    origin: pd.Period
    start: pd.Period | None = None
    earlier: tuple[Episode, ...] | None = None

    def __repr__(self) -> str:
        return f"{self.data.name} {self.origin}"


@dataclass(frozen=True, eq=False)
class Piece:
    """Hold what one origin said, small enough to keep thousands.

    slump : as known at the origin; None where nothing was forecast, and `left_out` says why
    gap, growth : gap of the last month, and mean growth a month over 10 years, both in logs of the adjusted level
    base : mean level of the peak window as known at the origin, index points
    scale : (measures,) mean absolute change of the past over 12 months
    probability : by model, P(recovered by origin + h), (H,) · points : by model, (measures, horizons, quantiles)
    joint : by model, some of the paths, (paths, months) 100·log(level/base)
    relapse : by model, P(falls back within a year of the confirmation), among paths back within the horizon
    failed : by model, why it could not be fitted · partly : the same of models fitted on some history draws only
    flagged : newest figures that look like slips, for which production would have refused to answer
    """

    series: str
    origin: pd.Period
    slump: Slump | None
    gap: float = np.nan
    growth: float = np.nan
    base: float = np.nan
    scale: Floats = field(default_factory=lambda: np.full(len(MEASURES), np.nan))
    probability: dict[str, Floats] = field(default_factory=dict)
    points: dict[str, Floats] = field(default_factory=dict)
    joint: dict[str, Floats] = field(default_factory=dict)
    relapse: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    partly: tuple[tuple[str, str], ...] = ()
    flagged: tuple[str, ...] = ()
    left_out: str = ""

    @property
    def elapsed(self) -> int:
        """Months since the slump's start."""
        assert self.slump is not None
        return int((self.origin - self.slump.start).n)

    def to_plain(self) -> dict[str, Any]:
        """Return numbers and words that JSON keeps exactly."""
        s = self.slump
        return {
            "series": self.series,
            "origin": str(self.origin),
            "slump": None if s is None else _plain_slump(s),
            "gap": _number(self.gap),
            "growth": _number(self.growth),
            "base": _number(self.base),
            "scale": [_number(value) for value in self.scale.tolist()],
            "probability": {name: p.tolist() for name, p in self.probability.items()},
            "points": {name: p.tolist() for name, p in self.points.items()},
            "joint": {name: p.tolist() for name, p in self.joint.items()},
            "relapse": self.relapse,
            "failed": self.failed,
            "partly": [list(row) for row in self.partly],
            "flagged": list(self.flagged),
            "left_out": self.left_out,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Piece:
        """Return the piece that `to_plain` was made from."""
        return cls(
            series=plain["series"],
            origin=pd.Period(plain["origin"], freq="M"),
            slump=None if plain["slump"] is None else _slump(plain["slump"]),
            **{name: np.nan if plain[name] is None else plain[name] for name in ("gap", "growth", "base")},
            scale=np.array([np.nan if value is None else value for value in plain["scale"]]),
            probability={name: np.asarray(p) for name, p in plain["probability"].items()},
            points={name: np.asarray(p) for name, p in plain["points"].items()},
            joint={name: np.asarray(p) for name, p in plain["joint"].items()},
            relapse=plain["relapse"],
            failed=plain["failed"],
            partly=tuple((model, reason) for model, reason in plain["partly"]),
            flagged=tuple(plain["flagged"]),
            left_out=plain["left_out"],
        )


def forecasts_at(
    cases: Sequence[Case], plan: Plan, origins: Origins, seed: int, panel: pd.DataFrame | None = None
) -> list[Piece]:
    """Make the forecasts of some origins of one target: models are estimated at the first, then only updated.

    A model that could not be estimated at the first is at the next.
    """
    pieces: list[Piece] = []
    fits: dict[tuple[str, int], UpdatableFit] = {}
    for case in cases:
        piece, new = _forecast_at(case, plan, origins, seed, panel, fits)
        pieces.append(piece)
        fits = {**fits, **new}
    return pieces


def _forecast_at(
    case: Case, plan: Plan, origins: Origins, seed: int, panel: pd.DataFrame | None, earlier: Fits
) -> tuple[Piece, Fits]:
    """Make one forecast with what was known at the origin; return what will be scored, and the fits.

    panel : levels of all series of the panel, of which the forecast sees what was published by its day
    A slump dated beforehand, month by month with what was known in each, is not dated again: it would be the same.
    A case without one is left out where, as known then, none is under way, the gap is closed or the month is not
    chosen; every case where a model needs a month that is not published.
    """
    name, origin, data = case.data.name, case.origin, case.data
    if isinstance(data, LevelData):
        data = _seen(case, data, origins.window, panel)
    if case.start is not None:
        plan = replace(plan, slump=replace(plan.slump, start=case.start))
    try:
        estimated = estimate(data, plan, seed, earlier)
    except FitError as error:
        if case.start is None or isinstance(error, GapError):
            return Piece(name, origin, None, left_out="; ".join(error.problems[1:] or error.problems)), {}
        nothing = Slump(case.start, True, case.start, case.start, np.nan, 1, 1)
        reasons = dict(problem.split(": ", 1) for problem in error.problems[1:])
        failed = {m: reasons.get(m, error.problems[0]) for m in models_of(plan)}
        return Piece(name, origin, nothing, failed=failed), {}
    except DataError as error:
        return Piece(name, origin, None, left_out=str(error)), {}
    reason = _gap(estimated) or ("" if case.start is not None else _not_chosen(estimated, plan, origins))
    if reason:
        return Piece(name, origin, None, left_out=reason), estimated.fits
    return replace(_kept(estimated, plan), flagged=slips(data, plan)), estimated.fits


def _seen(case: Case, data: LevelData, window: int | None, panel: pd.DataFrame | None) -> LevelData:
    """The level with its panel, cut to the sliding window; a slump is always seen with the years that date it."""
    data = replace(data, panel=panel) if panel is not None else data
    if window is None or case.start is None:
        return data
    since = (case.origin - case.start).n
    return replace(data, y=data.known.iloc[-max(window, since + FIRST_CANDIDATE) :])


def models_of(plan: Plan) -> tuple[str, ...]:
    """Return the models that are simulated: the pool's members, then those beside it."""
    return tuple(dict.fromkeys((*plan.models, *plan.beside)))


def _gap(estimated: Estimate) -> str:
    """Why a model cannot go on from an origin whose last months are not all published; "" where all can.

    Such an origin is left out for every model, so that all are scored on identical ones.
    """
    return next((f"{row.model}: {row.reason}" for row in estimated.failed if row.gap), "")


def _not_chosen(estimated: Estimate, plan: Plan, origins: Origins) -> str:
    slump = estimated.slump
    if not slump.under_way:
        return QUIET
    if not open_gap(estimated.history, slump, plan)[-slump.window :].mean() < 0.0:
        return CLOSED
    if not origins.chosen((estimated.history.origin - slump.start).n):
        return OTHER_MONTH
    return ""


def _kept(estimated: Estimate, plan: Plan) -> Piece:
    history, pool = estimated.history, estimated.recovery[plan.normal.kind]
    growth = np.diff(history.adjusted, axis=1)[:, -TREND_MONTHS:]
    dates = {name: member for name, member in estimated.members.items() if name not in LEVELS_ONLY}
    missing = {name: _why(estimated, name) for name in models_of(plan) if name not in estimated.members}
    simulated = {**estimated.simulated, POOL: estimated.paths}
    base = _peak_level(history, estimated.slump)
    return Piece(
        estimated.name,
        history.origin,
        replace(estimated.slump, sigma=np.nan, profile=None),
        float(open_gap(history, estimated.slump, plan)[-1]),
        float(np.nanmean(growth)),
        base,
        _scales(history.values.mean(axis=0)),
        {name: _ahead(recovery) for name, recovery in {**dates, POOL: pool}.items()},
        {name: _points(paths, plan) for name, paths in simulated.items()},
        {name: _joint(paths, base) for name, paths in simulated.items()},
        {name: p for name, one in {**dates, POOL: pool}.items() if (p := one.p_relapse) is not None},
        missing,
        tuple((row.model, row.reason) for row in estimated.failed if row.model in estimated.members),
    )


def _ahead(dates: Recovery) -> Floats:
    """P(T ≤ 1), …, P(T ≤ H)."""
    return np.asarray(dates.cumulative[-dates.horizon :])


def _points(paths: Paths, plan: Plan) -> Floats:
    """Quantiles of each measure at the horizons, (measures, horizons, quantiles)."""
    at = [h - 1 for h in POINT_HORIZONS if h <= plan.horizon]
    near = paths.until(at[-1] + 1)
    measures = (near.future, *(near.printed(measure) for measure in MEASURES[1:]))
    return np.stack([quantiles(values[:, at], paths.weights, QUANTILES).T for values in measures])


def _joint(paths: Paths, base: float) -> Floats:
    """Paths at even steps of the cumulative weight, to a thousandth of a percent: enough to score them as wholes."""
    steps = (np.arange(JOINT_PATHS) + 0.5) / JOINT_PATHS
    middle = np.cumsum(paths.weights) - paths.weights / 2.0  # the ends would tie with the steps
    rows = np.minimum(np.searchsorted(middle, steps), len(middle) - 1)
    return np.round(100.0 * np.log(paths.future[rows, :JOINT_MONTHS] / base), 3)


def _scales(past: Floats) -> Floats:
    """Mean absolute change over 12 months of the past level (m,) and of its yearly growth, NaN where too short."""
    growth = 100.0 * (past[YEAR:] / past[:-YEAR] - 1.0)
    return np.array([_scale(past), _scale(growth)])


def _scale(past: Floats) -> float:
    try:
        return seasonal_scale(past)
    except DataError:
        return np.nan


def _peak_level(history: History, slump: Slump) -> float:
    inside = (history.months >= slump.peak_from) & (history.months <= slump.peak_to)
    return float(np.nanmean(history.values[:, inside]))


def _why(estimated: Estimate, model: str) -> str:
    return next((row.reason for row in estimated.failed if row.model == model), "not fitted")


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain_slump(slump: Slump) -> list[Any]:
    months = [str(m) for m in (slump.start, slump.peak_from, slump.peak_to)]
    return [*months, slump.window, slump.hold]


def _slump(plain: list[Any]) -> Slump:
    start, peak_from, peak_to = (pd.Period(m, freq="M") for m in plain[:3])
    return Slump(start, True, peak_from, peak_to, np.nan, *plain[3:])
