"""`forecast whatif`: a scenario answered from the paths of the last report, beside its baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from forecast.again.days import day_of
from forecast.again.folder import Report, last
from forecast.again.table import laid_out, rows
from forecast.again.typed import scenario
from forecast.errors import ConfigError, DataError
from forecast.paths import Paths
from forecast.scenario import Definition, Scenario, problems
from forecast.what_if import Answer

UNNAMED = "whatif"


def whatif(
    config: Path,
    typed: Mapping[str, Sequence[str]],
    reports: Path,
    as_of: str | None = None,
    save: str | None = None,
) -> list[str]:
    """Return the lines that answer a scenario typed lever by lever, and write it into the config where named.

    typed : by lever, as `typed.FORMS` has them · reports : the folder of all reports · save : the scenario's name
    Raises ConfigError for the user's mistakes and RefusedError where the paths cannot carry the scenario; nothing is
    written then.
    """
    report = last(config, reports, as_of)
    grounds = report.grounds
    what_if = scenario(UNNAMED if save is None else save, typed, grounds.paths.origin)
    if what_if == Scenario(what_if.name):
        raise ConfigError(f"{config}: no lever is moved; name one, such as --shock 2024-07:-8:6")
    if what_if.judgements and not report.slumps:
        why = "no slump is under way" if report.onset else "the history is too short to tell a slump"
        raise ConfigError(f"{config}: {why}, so that there is no return to judge; leave --judge out")
    base = Answer(grounds.paths, grounds.back(grounds.paths), None, None)
    answer = grounds.under(what_if)
    lines = laid_out(
        rows(base, answer, report.slumps, report.calm), ("", "baseline", "what if", "difference")
    )
    out = [
        f"{report.folder}: {grounds.paths.origin} is the last month known",
        *lines,
        *_calm(report, config, what_if),
        *_told_of(answer, grounds.paths),
        *report.notes(config),
    ]
    if save is not None:
        # reading a config whole costs more than the answer
        from forecast.again.save import save_scenario

        outlived = [] if as_of is None else _outlived(config, report, what_if, reports)
        out += [save_scenario(config, what_if), *outlived]
    return out


def _outlived(config: Path, report: Report, saved: Scenario, reports: Path) -> list[str]:
    """That a scenario saved from an earlier report cannot be asked as of the latest, where that can be read."""
    try:
        latest = last(config, reports)
    except DataError:
        return []
    grounds, day = latest.grounds, day_of(report.folder)
    now = grounds.paths
    return [
        f"{problem}; it is saved for {day} alone: forecast run {config} --as-of {day}"
        for problem in problems(saved, now.months, now.origin, grounds.horizon)[:1]
    ]


def _calm(report: Report, config: Path, asked: Scenario) -> list[str]:
    """That nothing slumps, where nothing does, and what is not known then."""
    if report.slumps:
        return []
    if not report.onset:
        return ["the history is too short to tell a slump"]
    more = f"; how likely one is in a scenario a new report tells: forecast run {config}"
    idle = "; its chance does not depend on what counts as normal or as back"
    moved = asked.definition != Definition()
    return [f"no slump is under way{idle if moved else ''}{'' if report.calm else more}"]


def _told_of(answer: Answer, before: Paths) -> list[str]:
    """How far the scenario lies from what is expected, and how many paths still speak."""
    out = []
    if answer.plausibility is not None:
        out.append(
            f"{100 * answer.plausibility:.1f} % of the outcomes lie as far out as what is assumed; "
            "that is no chance that it happens"
        )
    if answer.distance is not None:
        out.append(f"the judgement lies {answer.distance:.2f} nats from the forecast")
    left, of = answer.paths.effective_number, before.effective_number
    if round(left) != round(of):
        out.append(f"{left:,.0f} of {of:,.0f} effective paths are left")
    return out
