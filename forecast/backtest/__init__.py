"""`backtest`: the production forecast at many origins of many series, scored against naive rules."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from forecast import __version__, charts
from forecast.backtest import gather, listing, scores, values
from forecast.backtest.at_origin import JOINT_MONTHS, POOL, Case, Piece, forecasts_at
from forecast.backtest.earlier import learned
from forecast.backtest.episodes import Origins
from forecast.backtest.gather import Judged, judged
from forecast.backtest.relapses import relapse_record
from forecast.backtest.scores import NAIVE, NAIVE_MODELS
from forecast.backtest.store import Store, fingerprint
from forecast.backtest.summary import Counts, Protocol, Summary
from forecast.backtest.targets import Given, Target, Vintages, of_levels, refuse_other, target
from forecast.display import SelfShown, Shown
from forecast.errors import expect
from forecast.estimate import LevelData, Plan
from forecast.parallel import Crew, generator, in_order, one_thread, pmap
from forecast.rooms import furnish

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "NAIVE", "POOL", "Backtest", "Given", "Origins", "Summary", "Vintages", "backtest", "fingerprint", "of_levels",
]  # fmt: skip

Spread = Callable[[Callable[[Any], Any], Sequence[Any], str], Iterator[tuple[int, Any]]]
"""`pmap` with its jobs or scheduler chosen: function, items, and what progress calls the work."""


@dataclass(frozen=True, eq=False, repr=False)
class Backtest(SelfShown):
    """Hold a backtest as plain tables, the ones of the files it is written to.

    recovery_forecasts : series, slump_start, origin, model, horizon, probability
    recovery_outcomes : series, slump_start, origin, recovered_after (NaN where not observed), follow_up
    point_forecasts : series, origin, model, horizon, median, q05 … q95, observed, measure (level in index points, or
        yoy_pct)
    scores : a row per forecast of a recovery month · failed : model, series, origin, reason
    flagged : series, origin, reason: forecasts that rest on a figure that looks like a slip
    summary : counts and the record of each model · learned : what the slumps teach, for production
    """

    recovery_forecasts: pd.DataFrame
    recovery_outcomes: pd.DataFrame
    point_forecasts: pd.DataFrame
    scores: pd.DataFrame
    failed: pd.DataFrame
    flagged: pd.DataFrame
    summary: Summary
    learned: dict[str, Any]

    def _shown(self) -> Shown:
        """The record of every model, the best naive rule named."""
        headline, best = self.summary["headline"], self.summary["best_naive"]
        slumps = "slump" if headline["episodes"] == 1 else "slumps"
        caption = (
            f"{headline['origins']} forecasts in {headline['episodes']} {slumps}, each followed at least "
            f"{headline['follow_up_at_least']} months"
        )
        rows = [
            (
                f"{name} (best naive rule)" if name == best else name,
                f"{record['crps']:.2f}",
                "–" if record["skill_pct"] is None else f"{record['skill_pct']:+.0f} %",
                f"{100 * record['coverage_80']:.0f} %",
            )
            for name, record in self.summary["models"].items()
        ]
        return Shown(caption, ("", "error, months", "skill", "inside 80 %"), rows)

    def to_frame(self) -> pd.DataFrame:
        """Return the record of every model over the forecasts that were followed to the end, a row each.

        crps : mean error in months, lower is better · skill_pct : on the best naive rule · coverage_80 : share of
        returns inside the 80 % interval · and the further numbers of `summary`
        """
        plain = {
            name: {key: value for key, value in record.items() if isinstance(value, int | float)}
            for name, record in self.summary["models"].items()
        }
        return pd.DataFrame.from_dict(plain, orient="index", dtype=float).rename_axis("model")

    def plot(self, ax: Axes | None = None) -> Figure:
        """Draw the mean error of every model, the smallest on top."""
        errors = self.to_frame()["crps"].sort_values()
        return charts.bars(errors, title=self._shown().caption, label="error, months (CRPS)", ax=ax)


@one_thread
def backtest(
    panel: Sequence[Given] | pd.Series | pd.DataFrame,
    plan: Plan = Plan(beside=NAIVE_MODELS),  # noqa: B008  # frozen
    origins: Origins = Origins(),  # noqa: B008  # frozen
    seed: int = 1,
    *,
    truth: int | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    store: str | Path | None = None,
    resume: bool = False,
    progress: bool = False,
) -> Backtest:
    """Run `estimate` at the origins of every slump of a panel and score it against what came true.

    panel : targets whose `as_of` ends what is known as truth; an origin sees what was published by its own day. Or
        index levels on any monthly index, one series or a column each, without revisions
    truth : which release of each month came true, from 1, where releases are known; None for the latest of all
    jobs, scheduler : as in `parallel.pmap`; they change no number
    store : folder where each forecast is kept as it finishes · resume : make only those that it lacks

    First every (series, origin) by itself; then, in order of time and from stored forecasts, what needs other
    slumps: hazards and Kaplan–Meier see only slumps and recoveries known at the origin. A model that could not be
    fitted is scored as `constant_hazard` and flagged. A series that cannot be forecast from is left out and listed.
    Raises DataError where no series has a slump to forecast from and for a panel that is none of these, ConfigError
    for a truth that levels without releases do not hold, ForecastError where over 1 % of fits failed.
    """
    expect(plan=(plan, Plan), origins=(origins, Origins), seed=(seed, int))
    if isinstance(panel, pd.Series | pd.DataFrame):
        panel = of_levels(panel.to_frame(panel.name or "level") if isinstance(panel, pd.Series) else panel)
    refuse_other(panel)
    stored = None if store is None else Store(Path(store), _key(panel, plan, origins, seed, truth), resume)
    bare, table = _parted(panel)
    look = partial(target, plan=plan, origins=origins, seed=seed, release=truth)
    work = partial(forecasts_at, plan=plan, origins=origins, seed=seed, panel=table)
    with Crew() as crew:

        def spread(do: Callable[[Any], Any], items: Sequence[Any], name: str) -> Iterator[tuple[int, Any]]:
            return pmap(do, items, jobs, scheduler, describe=name if progress else "", crew=crew)

        targets = _targets(bare, look, spread)
        tasks = [(of, case) for of in targets for case in of.cases]
        tried = _forecasts(tasks, origins.refit_every, work, stored, spread)
    forecasts = [m for m in tried if not m.piece.left_out and m.follow_up >= origins.least_follow_up]
    listing.refuse_nothing(forecasts, tried, targets)
    listing.refuse_failures(forecasts, plan)
    counted = listing.counts(forecasts, tried, targets)
    protocol = listing.protocol(panel, plan, origins, truth)
    known_on = max(data.as_of for data in panel)
    return _scored(forecasts, targets, counted, protocol, known_on, plan, seed)


def _parted(panel: Sequence[Given]) -> tuple[list[Given], pd.DataFrame | None]:
    """Take off the table that all series share: it travels to each worker once and not with every forecast."""
    tables = [data.panel for data in panel if isinstance(data, LevelData)]
    if not tables or any(table is not tables[0] for table in tables):
        return list(panel), None
    return [replace(data, panel=None) if isinstance(data, LevelData) else data for data in panel], tables[0]


def _targets(panel: Sequence[Given], look: Callable[[Given], Target], spread: Spread) -> list[Target]:
    """Look at every series from its end; of those that share a name, only the first."""
    first = list({data.name: data for data in reversed(panel)}.values())[::-1]
    seen = in_order(spread(look, first, "slumps dated"))
    counts = Counter(data.name for data in panel)
    same_name = "the panel holds another series of this name; only the first was used"
    repeated = [t.name for t in seen for _ in range(counts[t.name] - 1)]
    return [*seen, *(Target(name, seen[0].plan, left_out=same_name) for name in repeated)]


def _forecasts(
    tasks: Sequence[tuple[Target, Case]],
    refit_every: int,
    work: Callable[[Sequence[Case]], list[Piece]],
    stored: Store | None,
    spread: Spread,
) -> list[Judged]:
    """Make the forecasts that are not kept yet, keeping each as it finishes; return all in order.

    Origins that share an estimation are made together, and made again together where one of them is missing.
    """
    cases = [case for _, case in tasks]
    forecasts = {
        i: judged(*tasks[i], piece) for i, case in enumerate(cases) if stored and (piece := stored.get(case))
    }
    left = [run for run in _runs(cases, refit_every) if any(i not in forecasts for i in run)]
    left.sort(key=lambda run: cases[run[0]].origin)  # series of one day share what the panel was on it
    for index, pieces in spread(work, [[cases[i] for i in run] for run in left], "forecasts"):
        for i, piece in zip(left[index], pieces, strict=True):
            if stored is not None:
                stored.put(cases[i], piece)
            forecasts[i] = judged(*tasks[i], piece)
    return [forecasts[i] for i in range(len(cases))]


def _runs(cases: Sequence[Case], length: int) -> list[list[int]]:
    """Positions of up to `length` successive origins of one slump of one target."""
    runs: list[list[int]] = []
    for i, case in enumerate(cases):
        before = cases[runs[-1][0]] if runs else None
        same = before is not None and (before.data.name, before.start) == (case.data.name, case.start)
        if same and len(runs[-1]) < length:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _scored(
    forecasts: Sequence[Judged],
    targets: Sequence[Target],
    counted: Counts,
    protocol: Protocol,
    known_on: pd.Timestamp,
    plan: Plan,
    seed: int,
) -> Backtest:
    """Add the rules that need other slumps, score everything and sum it up."""
    dated = [episode for one in targets for episode in one.episodes]
    wide, outcomes = gather.recovery_tables(forecasts, dated, plan)
    points = gather.point_forecasts(forecasts, plan)
    table = scores.scored(wide, outcomes)
    scales = values.scales_of([m.piece for m in forecasts])
    summary: Summary = {
        **counted,
        "protocol": protocol,
        **scores.record(table, wide, gather.dated_models(plan), generator(seed, "bootstrap")),
        "levels": values.values_record(points, scales, "level"),
        "rates": values.values_record(points, scales, "yoy_pct"),
        "relapse": relapse_record(gather.relapse_table(forecasts, dated), plan.horizon),
        "joint": values.joint_record([m.energy for m in forecasts], min(JOINT_MONTHS, plan.horizon)),
    }
    return Backtest(
        gather.recovery_forecasts(wide), gather.recovery_outcomes(outcomes), points, table,
        gather.failures(forecasts), gather.flagged(forecasts), summary, learned(dated, known_on, plan.models),
    )  # fmt: skip


_KEPT = tuple(field.name for field in fields(Piece))  # forecasts stored in another form are not gone on with


def _key(panel: Sequence[Given], plan: Plan, origins: Origins, seed: int, truth: int | None) -> str:
    """Name everything that a stored forecast depends on."""
    return hashlib.sha256(
        repr((__version__, _KEPT, plan, origins, seed, truth, fingerprint(panel))).encode()
    ).hexdigest()


furnish(__name__, backtest)
