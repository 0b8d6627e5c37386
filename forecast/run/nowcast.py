"""What is known of the months that are over but not published, told in lines: the quick look between two reports."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from forecast import config
from forecast.answers.changes import changes
from forecast.answers.next_releases import next_releases
from forecast.answers.nowcast import nowcast as told_by_others
from forecast.answers.watch import watch
from forecast.estimate import estimate
from forecast.figures.asked import day_asked
from forecast.outcome import Changes, NextRelease, Watch
from forecast.run.data import load, plan_of
from forecast.run.doubts import findings, refuse
from forecast.run.fitting import day_before

_RATES = {"mom_pct": "on previous month", "yoy_pct": "on a year ago", "ytd_yoy_pct": "year to date"}


def nowcast(
    path: str | os.PathLike[str],
    as_of: str | None = None,
    since: str | None = None,
    data: Sequence[Path] = (),
) -> list[str]:
    """Return what the coming prints are expected to be, who told of them, and what each release since a day did.

    as_of : day or month that overrides the config's · since : day or month of comparison; no comparison without it
    Scenarios and sectors are not asked. Raises as `run` does.
    """
    if as_of is not None:
        day_asked(as_of, "as_of")
    earlier = None if since is None else day_asked(since, "since")
    question = config.read(path, data)
    loaded = load(question, as_of, show_outcome=False)
    if since is not None:
        day_before(since, loaded, "--since", "nothing")
    refuse(findings(question, loaded, as_of))
    answer = estimate(loaded, plan_of(question, as_of).alone(), question.config.seed)
    lines = [
        f"{question.config.name} as of {loaded.as_of.date()}: last month published {answer.history.origin}"
    ]
    others = told_by_others(answer, loaded.as_of)
    if others is not None and others.refused:
        lines.append(f"no nowcast: {others.refused}")
    elif others is not None:
        lines.append(f"{', '.join(map(str, others.months))}: nowcast from {', '.join(others.series)}")
    lines += [_print(row) for row in next_releases(answer)]
    lines += [
        f"due {row.day}: {row.indicator} of {row.month}, usually moves the nowcast by {row.effect_pct:.1f}%"
        for row in (others.due if others is not None else ())
    ]
    hinge = watch(answer)
    if hinge is not None and hinge.tells:
        lines.append(_hinge(hinge))
    if earlier is not None:
        lines += _news(
            changes(loaded, answer, earlier, question.config.seed),
            str(earlier.date()),
        )
    return lines


def _print(row: NextRelease) -> str:
    return (
        f"{row.month} {_RATES[row.measure]}: {row.median:+.1f}% "
        f"(80%: {row.lower_80:+.1f}% to {row.upper_80:+.1f}%)"
    )


def _hinge(seen: Watch) -> str:
    return (
        f"{seen.month} under {seen.low:+.1f}% on a year ago (one in five): {100 * seen.chance_low:.0f}% back by "
        f"{seen.by}; over {seen.high:+.1f}% (one in five): {100 * seen.chance_high:.0f}%"
    )


def _news(changed: Changes | None, since: str) -> list[str]:
    if changed is None:
        return [f"nothing was published since {since}, nothing could be said then, or a slump has ended"]
    what = "back by" if changed.event == "return" else "a slump begun by"
    chances = f"{100 * changed.before:.0f}% -> {100 * changed.now:.0f}%"
    moved = f"since {changed.since}: {chances} {what} {changed.by}"
    entered = [f"on {changed.since} no slump was under way; one is now"] if changed.entered else []
    lines = [*entered, f"{moved}; each release, points on that chance and on {changed.month} on a year ago:"]
    for row in changed.rows:
        effects = f"{100 * row.effect:+.1f}, {row.effect_on_yoy:+.1f}"
        days = row.published if row.first is None else f"{row.first} to {row.published}"
        lines.append(f"  {days} {row.region} {row.sector}: {effects}")
    return lines
