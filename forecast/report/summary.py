"""How good the forecasts have been: a backtest's summary in one sentence, one table and a few notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from forecast.report.words import LANGUAGES, Language

if TYPE_CHECKING:
    from forecast.backtest.summary import Skill, Summary

POOL = "pool"
CALIBRATED = 0.05
"""Level of the test of uniformity. chosen: as usual."""

NO_BETTER = 0.5
"""Percent of the naive rule's error under which nothing is called saved. chosen: what rounds to none."""

FEW_YEARS = 20
"""Start years under which a reader is told that sampling error is rough. chosen: the bootstrap draws whole years."""

GROUPS = {
    "before": "summary.part_before",
    "held_back": "summary.part_held_back",
    "without_fullest": "summary.part_without_fullest",
}


def finding(summary: Summary, title: str, language: Language) -> str:
    """Return the message of a record: by how much the pool beats the best naive rule, and whether that is sure."""
    if not summary["models"]:
        return language.say("summary.none", months=str(summary["headline"]["follow_up_at_least"]))
    pool = summary["models"][POOL]
    if pool["skill_pct"] is None or pool["skill_pct"] <= NO_BETTER:
        return language.say("summary.finding_weak", title=title)
    if pool["skill_interval_pct"] is None:
        return language.say("summary.finding_rough", title=title, skill=language.percent(pool["skill_pct"]))
    lower, upper = pool["skill_interval_pct"]
    return language.say(
        "summary.finding" if lower > 0 else "summary.finding_unsure",
        title=title,
        skill=language.percent(pool["skill_pct"]),
        lower=language.percent(lower, sign=True),
        upper=language.percent(upper, sign=True),
    )


def counts(summary: Summary, language: Language) -> str:
    """Return how many slumps and forecasts a record rests on, and whether it is in real time."""
    headline = summary["headline"]
    real = summary["protocol"]["data"].startswith("real time")
    return language.say(
        "summary.counts",
        episodes=str(headline["episodes"]),
        origins=str(headline["origins"]),
        months=str(headline["follow_up_at_least"]),
        data="; ".join(
            [language.text["summary.real" if real else "summary.pseudo"], *_truth(summary, language)]
        ),
    )


def _truth(summary: Summary, language: Language) -> list[str]:
    """Which release the forecasts were judged by, where it is not the latest."""
    release = summary["protocol"]["truth"]
    return [] if release == "latest" else [language.text["summary.truth"].format(release=release)]


def rows(summary: Summary, language: Language) -> list[tuple[str, ...]]:
    """Return the table, head first: model, error, skill with its interval, coverage, calibrated or not."""
    head = (
        "summary.model",
        "summary.error",
        "summary.skill",
        "summary.interval",
        "summary.covered",
        "summary.calibrated",
    )
    table = [tuple(language.text[key] for key in head)]
    best = summary["best_naive"]
    for name, model in summary["models"].items():
        table.append(
            (
                language.name("model", name),
                language.number(model["crps"], 2),
                *((language.text["summary.best"], "") if name == best else _against(model, language)),
                language.percent(100 * model["coverage_80"]),
                _calibrated(model["uniformity_p"], language),
            )
        )
    return table


def _against(model: Skill, language: Language) -> tuple[str, str]:
    """Skill and its interval; a dash where the best naive rule made no error to save."""
    if model["skill_pct"] is None:
        return "–", ""
    skill = language.percent(model["skill_pct"], sign=True)
    if model["skill_interval_pct"] is None:
        return skill, "–"
    lower, upper = (language.number(end, 0, sign=True) for end in model["skill_interval_pct"])
    return skill, f"{lower} … {upper}%"


def _calibrated(p: float | None, language: Language) -> str:
    if p is None:
        return "–"
    return language.text["summary.yes"] if p >= CALIBRATED else language.text["summary.no"]


def notes(summary: Summary, language: Language) -> list[str]:
    """Return what a reader must know beside the table: what was left out, what failed, how rough it is."""
    series = summary["series"]
    out = [
        language.say("summary.left_out", series=row["series"], reason=row["reason"])
        for row in series["left_out"]
    ]
    if series["without_slump"]:
        out.append(language.say("summary.quiet", count=str(len(series["without_slump"]))))
    failed = sum(model["failed"] for model in summary["models"].values())
    if failed:
        out.append(language.say("summary.failed", count=str(failed)))
    years = summary["headline"]["start_years"]
    if 0 < years < FEW_YEARS:
        out.append(language.say("summary.few", years=str(years)))
    return out


def by_age(summary: Summary, language: Language) -> list[tuple[str, ...]]:
    """Return the pool by months since the slump began, head first: errors beside two rules, and the test."""
    head = (
        "summary.age",
        "summary.age_forecasts",
        "summary.age_pool",
        "summary.age_best",
        "summary.age_earlier",
        "summary.age_p",
    )
    table = [tuple(language.text[key] for key in head)]
    best = summary["best_naive"]
    if best is None:
        return table
    for row in summary["by_months_since_start"]:
        p = row["worse_than_kaplan_meier_p"]
        errors = (row["crps"][name] for name in (POOL, best, "kaplan_meier"))
        table.append(
            (
                str(row["months"]),
                str(row["origins"]),
                *(language.number(error, 2) for error in errors),
                "–" if p is None else language.number(p, 2),
            )
        )
    return table


def calibration(summary: Summary, language: Language) -> str:
    """Return the shares of the pool's outcomes inside its central intervals, and the test of uniformity."""
    pool = summary["models"][POOL]
    inside = (pool["coverage_50"], pool["coverage_80"], pool["coverage_90"])
    shares = " · ".join(language.percent(100 * share) for share in inside)
    if pool["uniformity_p"] is None:
        return language.say("summary.pit_rough", shares=shares)
    return language.say("summary.pit", shares=shares, p=language.number(pool["uniformity_p"], 2))


def by_start(summary: Summary, language: Language) -> list[str]:
    """Return the pool's skill on the slumps that its choice saw, on those held back, and without the fullest years."""
    out = []
    for row in summary["by_slump_start"]:
        if row["skill_pct"] is None:
            continue
        values = {
            "skill": language.percent(row["skill_pct"], sign=True),
            "origins": str(row["origins"]),
            "episodes": str(row["episodes"]),
        }
        if row["skill_interval_pct"] is None:
            sentence = language.text["summary.part_rough"].format(**values)
        else:
            lower, upper = (language.percent(end, sign=True) for end in row["skill_interval_pct"])
            sentence = language.text["summary.part_said"].format(lower=lower, upper=upper, **values)
        first, last = row["fullest"]
        out.append(
            language.say(
                GROUPS[row["part"]],
                said=sentence,
                year=str(row["held_back_from"]),
                first=str(first),
                last=str(last),
            )
        )
    return out


def relapse(summary: Summary, language: Language) -> list[str]:
    """Return how well the chance of a relapse was stated; nothing where none could be followed for its year."""
    rows = {row["model"]: row for row in summary["relapse"]}
    if POOL not in rows:
        return []
    pool = rows[POOL]
    return [
        language.say(
            "summary.relapse",
            stated=language.percent(100 * pool["stated"]),
            relapsed=language.percent(100 * pool["relapsed"]),
            count=str(pool["forecasts"]),
            brier=language.number(pool["brier"], 3),
            naive=language.number(pool["brier_earlier"], 3),
        )
    ]


def text(summary: Summary, titles: Mapping[str, str], code: str = "en") -> str:
    """Return the whole summary as plain text for a terminal."""
    language = LANGUAGES[code]
    lines = [finding(summary, language.label(dict(titles)), language)]
    if summary["models"]:
        lines += ["", counts(summary, language), "", *_aligned(rows(summary, language))]
        lines += ["", language.text["summary.legend"], "", calibration(summary, language)]
        lines += [*by_start(summary, language), *relapse(summary, language)]
        lines += ["", *_aligned(by_age(summary, language)), "", language.text["summary.age_legend"]]
    return "\n".join([*lines, *notes(summary, language)])


def _aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines of a table, the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in table
    ]
