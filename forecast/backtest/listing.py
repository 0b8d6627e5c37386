"""What a backtest was made of, counted and listed, and the reasons to refuse it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from forecast.backtest.at_origin import NOT_CHOSEN, models_of
from forecast.backtest.episodes import Origins
from forecast.backtest.gather import Judged
from forecast.backtest.parts import slumps
from forecast.backtest.summary import Counts, Protocol
from forecast.backtest.targets import Given, Target, Vintages
from forecast.errors import DataError, ForecastError
from forecast.estimate import FigureData, Plan
from forecast.models import UPDATED

MOST_FAILURES = 0.01
"""Share of fits that may fail before a backtest counts for nothing. chosen: so few forecasts by the constant hazard
move no mean."""

SHOWN = 8  # reasons quoted in an error; chosen: a screen

REAL_TIME = "real time: every origin sees the figures published by its own day"
PSEUDO_REAL_TIME = "pseudo real time: every origin sees the latest data, cut at its own day"


def counts(forecasts: Sequence[Judged], tried: Sequence[Judged], targets: Sequence[Target]) -> Counts:
    """Count and list what was forecast from, what never slumped and what could not be used."""
    used = {m.target.name for m in forecasts}
    quiet = [t for t in targets if t.name not in used and not t.left_out]
    return {
        "series": {
            "given": len(targets),
            "forecast_from": len(used),
            "without_slump": [t.name for t in quiet if not (t.episodes or t.cases)],
            "without_origin": [t.name for t in quiet if t.episodes or t.cases],
            "left_out": [{"series": t.name, "reason": t.left_out} for t in targets if t.left_out],
        },
        "episodes": slumps(m.key[:2] for m in forecasts),
        "origins": len(forecasts),
        "origins_left_out": [
            {"series": m.piece.series, "origin": str(m.piece.origin), "reason": m.piece.left_out}
            for m in tried
            if m.piece.left_out
        ],
    }


def protocol(panel: Sequence[Given], plan: Plan, origins: Origins, truth: int | None) -> Protocol:
    """State what was asked, in the words of the config."""
    real_time = any(isinstance(data, FigureData | Vintages) for data in panel)
    return {
        "data": REAL_TIME if real_time else PSEUDO_REAL_TIME,
        "truth": truth or "latest",
        "threshold_pct": plan.slump.threshold_pct,
        "seasonally_adjusted": plan.slump.seasonally_adjusted,
        "window": plan.slump.window or "auto",
        "hold": plan.slump.hold or "auto",
        "normal": plan.normal.kind,
        "horizon": plan.horizon,
        "paths": plan.paths,
        "origins": f"every {origins.every} months"
        if origins.every
        else f"{', '.join(map(str, origins.after_start))} months after the slump's start",
        "least_follow_up": origins.least_follow_up,
        "window_months": origins.window or "all",
        "refit_every": origins.refit_every,
        "refitted_at_every_origin": [
            m for m in models_of(plan) if origins.refit_every == 1 or m not in UPDATED
        ],
        "pool": list(plan.models),
    }


def refuse_nothing(forecasts: Sequence[Judged], tried: Sequence[Judged], targets: Sequence[Target]) -> None:
    """Raise DataError, with what was wrong with each series and origin, where there is nothing to score."""
    if forecasts:
        return
    quiet = sum(not t.left_out for t in targets)
    out = [f"{t.name}: {t.left_out}" for t in targets if t.left_out]
    kept = sum(not m.piece.left_out for m in tried)
    reasons = Counter(m.piece.left_out for m in tried if m.piece.left_out)
    if reasons and not kept and not reasons.keys() & NOT_CHOSEN:
        head = f"none of the panel's slumps can be forecast from: all {len(tried)} origins were left out"
    elif not quiet:
        head = "no series of the panel can be forecast from: all were left out"
    else:
        head = (
            f"no series of the panel has a slump to forecast from ({quiet} had none that could be followed); "
            "a lower threshold_pct, other origins, longer series or a smaller least_follow_up may help"
        )
    raise DataError(head, *_shown(_by_reason(tried, reasons), "reasons"), *_shown(out, "series"))


def _by_reason(tried: Sequence[Judged], reasons: Counter[str]) -> list[str]:
    """Why origins were left out, the most frequent reason first, each with the first origin that it holds for."""
    first = {m.piece.left_out: m.case for m in reversed(tried)}
    return [
        f"{first[why]!r}: {why}" if count == 1 else f"{count} origins, {first[why]!r} the first: {why}"
        for why, count in reasons.most_common()
    ]


def _shown(lines: Sequence[str], what: str) -> list[str]:
    more = [f"and {len(lines) - SHOWN} {what} more"] if len(lines) > SHOWN else []
    return [*lines[:SHOWN], *more]


def refuse_failures(forecasts: Sequence[Judged], plan: Plan) -> None:
    """Raise ForecastError, with the first reasons, where over 1 % of the fits failed."""
    failed = [(m.case, model, why) for m in forecasts for model, why in m.piece.failed.items()]
    fits = len(forecasts) * len(models_of(plan))
    if len(failed) <= MOST_FAILURES * fits:
        return
    raise ForecastError(
        f"{len(failed)} of {fits} fits failed; over {MOST_FAILURES:.0%} a backtest says nothing about the models",
        *_shown([f"{case!r} {model}: {why}" for case, model, why in failed], "fits"),
    )
