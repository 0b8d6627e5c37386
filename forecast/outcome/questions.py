"""The planner's questions, answered in rows: what if, targets, next releases, and what the answer hangs on."""

from __future__ import annotations

from dataclasses import dataclass

Labels = dict[str, str]
"""One text per language code, e.g. {"en": "Baseline", "vi": "Kịch bản cơ sở"}."""


@dataclass(frozen=True)
class AssumedMonth:
    """One month of the path that a scenario assumes of a related series: yearly growth, season and calendar aside.

    assumed_pct : median over paths · expected_pct, lower_80, upper_80 : what the series is forecast to grow by
    elasticity, elasticity_lower, elasticity_upper : percent that the target moves with one percent of the series,
        median and 80 % interval
    """

    series: str
    month: str
    assumed_pct: float
    expected_pct: float
    lower_80: float
    upper_80: float
    elasticity: float
    elasticity_lower: float
    elasticity_upper: float


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario beside the baseline. Months gained are positive where output is back earlier.

    months_gained : difference of the medians, None where one lies beyond the horizon
    months_below : expected months below normal within the horizon, E[min(T, H)] · months_below_gained : against
        the baseline · annual_growth : median by year, percent · plausibility : None without conditions
        and assumed paths
    refused : why there is no answer; then every number is None · refused_code, refused_values : the same for reports
        in other languages: a word of `forecast.scenario` and the numbers that its sentence quotes
    """

    name: str
    label: Labels
    median: str | None
    median_after: str | None
    p_within_12: float | None
    months_gained: int | None
    months_below: float | None
    months_below_gained: float | None
    annual_growth: dict[str, float]
    plausibility: float | None
    refused: str | None
    refused_code: str | None = None
    refused_values: tuple[float, ...] = ()
    assumed: tuple[AssumedMonth, ...] = ()


@dataclass(frozen=True)
class TargetRow:
    """An annual target: its probability, what is expected, and what the remaining months need, percent.

    needed_yoy_pct : growth of the remaining months together on the same months a year ago
    needed_mom_pct : constant monthly growth from the origin that meets the target, season aside
    history_share : share of past months whose growth over as many months reached needed_yoy_pct
    """

    year: int
    target_pct: float
    probability: float
    expected_pct: float
    lower_80: float
    upper_80: float
    remaining_months: int
    needed_yoy_pct: float | None
    needed_mom_pct: float | None
    history_share: float | None


@dataclass(frozen=True)
class NextRelease:
    """What the office will print for one coming month, percent."""

    month: str
    measure: str
    median: float
    lower_50: float
    upper_50: float
    lower_80: float
    upper_80: float
    lower_90: float
    upper_90: float


@dataclass(frozen=True)
class PrintedSince:
    """A rate printed after `as_of`, percent, beside its forecast: `share_below` is the probability of less."""

    month: str
    measure: str
    value: float
    published: str
    median: float
    lower_80: float
    upper_80: float
    share_below: float


@dataclass(frozen=True)
class Variation:
    """The answer under one other choice, all else as it was; the first row of a report is the answer itself.

    choice : "as_answered", "normal", "hold", "window", "horizon", "without" or "with" a model
    value : what was chosen instead
    """

    choice: str
    value: str
    median: str | None
    median_after: str | None
    p_within_12: float
    p_not_within_horizon: float


@dataclass(frozen=True)
class SectorRow:
    """One sector of the target, or the total itself under the name "total".

    share_of_normal : its part of the total's normal at the origin, None where weights are not known
    level_pct_of_normal : mean of the last `window` months in percent of its own normal
    at_trough, now, after_12, after_24 : contribution to the total's gap in points of the total's normal, at the origin
        (`now`) and expected after it; None where weights are not known or the horizon is shorter
    """

    name: str
    share_of_normal: float | None
    level_pct_of_normal: float
    at_trough: float | None
    now: float | None
    after_12: float | None
    after_24: float | None
    median: str | None
    median_after: str | None
    p_within_12: float
    p_not_within_horizon: float


@dataclass(frozen=True)
class SectorMonth:
    """Contributions of the sectors to the gap in one month, points of the total's normal; they sum to the gap."""

    month: str
    contributions: dict[str, float]


@dataclass(frozen=True)
class Sectors:
    """Which part holds the total back. rows : the total first · months : empty where weights are not known."""

    adds_up: bool
    trough: str
    rows: tuple[SectorRow, ...]
    months: tuple[SectorMonth, ...]


@dataclass(frozen=True)
class Watch:
    """What a weak or a strong next month would say of the return.

    low, high : growth of the month on a year ago that one outcome in five stays under, or exceeds, percent
    chance_low, chance_high : of being back by the month `by` in those outcomes
    """

    month: str
    low: float
    high: float
    by: str
    chance_low: float
    chance_high: float


@dataclass(frozen=True)
class RelatedWatch:
    """The same for the next month of a related series."""

    region: str
    sector: str
    watch: Watch


@dataclass(frozen=True)
class Onset:
    """The chance that a slump begins, where none is under way.

    depth_pct : how far the 3-month mean then lies below its peak, percent
    outside : yearly chance of a slump that no path holds, which the chances contain
    cumulative : by scenario, the probability by each month after the origin
    """

    depth_pct: float
    outside: float
    cumulative: dict[str, tuple[float, ...]]

    def within(self, months: int, scenario: str = "baseline") -> float:
        """Return the probability within so many months, or within the horizon where that is shorter."""
        return self.cumulative[scenario][:months][-1]


@dataclass(frozen=True)
class NowcastNote:
    """An indicator that was mended or left out: `kind` as `nowcast.Told` has it, `month` "" for the whole series."""

    indicator: str
    kind: str
    month: str


@dataclass(frozen=True)
class Due:
    """The next release of an indicator: its day, the growth expected of it, and how far it usually moves the nowcast.

    expected : percent, or the indicator's own unit where it has no logarithm · effect_pct : standard deviation of what
        it does to the level at the end of the nowcast
    """

    day: str
    indicator: str
    month: str
    expected: float
    effect_pct: float


@dataclass(frozen=True)
class Nowcast:
    """Months after the origin that others have published: which, who told of them, by which models.

    models : with what each chose; none where the figures of a reconstruction hold the news
    refused : why months that could be nowcast were not; "" otherwise · due : releases of the coming weeks
    """

    months: tuple[str, ...]
    series: tuple[str, ...]
    models: tuple[str, ...]
    notes: tuple[NowcastNote, ...]
    refused: str
    due: tuple[Due, ...] = ()
