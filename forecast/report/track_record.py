"""How good the forecasts have been: a backtest's summary in one sentence, one table and a few notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forecast.report.words import LANGUAGES, Language

Summary = Mapping[str, Any]
"""`Backtest.summary`."""

POOL, EARLIER = "pool", "earlier_slumps"
CALIBRATED = 0.05
FEW_YEARS = 20
PARTS = {
    "before": "record.part_before",
    "held_back": "record.part_held_back",
    "without_fullest": "record.part_without_fullest",
}


def finding(summary: Summary, title: str, words: Language) -> str:
    """Return the message of a record: by how much the pool beats the best naive rule, and whether that is sure."""
    if not summary["models"]:
        return words.say("record.none", months=str(summary["headline"]["follow_up_at_least"]))
    pool = summary["models"][POOL]
    if pool["skill_pct"] is None or pool["skill_pct"] <= 0.5:
        return words.say("record.finding_weak", title=title)
    if pool["skill_interval_pct"] is None:
        return words.say("record.finding_rough", title=title, skill=words.percent(pool["skill_pct"]))
    lower, upper = pool["skill_interval_pct"]
    return words.say(
        "record.finding" if lower > 0 else "record.finding_unsure",
        title=title,
        skill=words.percent(pool["skill_pct"]),
        lower=words.percent(lower, sign=True),
        upper=words.percent(upper, sign=True),
    )


def counts(summary: Summary, words: Language) -> str:
    """Return how many slumps and forecasts a record rests on, and whether it is in real time."""
    kept = summary["headline"]
    real = summary["protocol"]["data"].startswith("real time")
    return words.say(
        "record.counts",
        episodes=str(kept["episodes"]),
        origins=str(kept["origins"]),
        months=str(kept["follow_up_at_least"]),
        data="; ".join([words.text["record.real" if real else "record.pseudo"], *_truth(summary, words)]),
    )


def _truth(summary: Summary, words: Language) -> list[str]:
    """Which release the forecasts were judged by, where it is not the latest."""
    release = summary["protocol"]["truth"]
    return [] if release == "latest" else [words.text["record.truth"].format(release=release)]


def rows(summary: Summary, words: Language) -> list[tuple[str, ...]]:
    """Return the table, head first: model, error, skill with its interval, coverage, calibrated or not."""
    head = (
        "record.model",
        "record.error",
        "record.skill",
        "record.interval",
        "record.covered",
        "record.calibrated",
    )
    table = [tuple(words.text[key] for key in head)]
    best = summary["best_naive"]
    for name, found in summary["models"].items():
        table.append(
            (
                words.name("model", name),
                words.number(found["crps"], 2),
                *((words.text["record.best"], "") if name == best else _against(found, words)),
                words.percent(100 * found["coverage_80"]),
                _calibrated(found["uniformity_p"], words),
            )
        )
    return table


def _against(found: Mapping[str, Any], words: Language) -> tuple[str, str]:
    """Skill and its interval; a dash where the best naive rule made no error to save."""
    if found["skill_pct"] is None:
        return "–", ""
    skill = words.percent(found["skill_pct"], sign=True)
    if found["skill_interval_pct"] is None:
        return skill, "–"
    lower, upper = (words.number(end, 0, sign=True) for end in found["skill_interval_pct"])
    return skill, f"{lower} … {upper}%"


def _calibrated(p: float | None, words: Language) -> str:
    if p is None:
        return "–"
    return words.text["record.yes"] if p >= CALIBRATED else words.text["record.no"]


def notes(summary: Summary, words: Language) -> list[str]:
    """Return what a reader must know beside the table: what was left out, what failed, how rough it is."""
    series = summary["series"]
    out = [
        words.say("record.left_out", series=row["series"], reason=row["reason"]) for row in series["left_out"]
    ]
    if series["without_slump"]:
        out.append(words.say("record.quiet", count=str(len(series["without_slump"]))))
    failed = sum(found["failed"] for found in summary["models"].values())
    if failed:
        out.append(words.say("record.failed", count=str(failed)))
    years = summary["headline"]["start_years"]
    if 0 < years < FEW_YEARS:
        out.append(words.say("record.few", years=str(years)))
    return out


def by_age(summary: Summary, words: Language) -> list[tuple[str, ...]]:
    """Return the pool by months since the slump began, head first: errors beside two rules, and the test."""
    head = (
        "record.age",
        "record.age_forecasts",
        "record.age_pool",
        "record.age_best",
        "record.age_earlier",
        "record.age_p",
    )
    table = [tuple(words.text[key] for key in head)]
    for row in summary["by_months_since_start"]:
        p = row["worse_than_kaplan_meier_p"]
        errors = (row["crps"][name] for name in (POOL, summary["best_naive"], "kaplan_meier"))
        table.append(
            (
                str(row["months"]),
                str(row["origins"]),
                *(words.number(error, 2) for error in errors),
                "–" if p is None else words.number(p, 2),
            )
        )
    return table


def calibration(summary: Summary, words: Language) -> str:
    """Return the shares of the pool's outcomes inside its central intervals, and the test of uniformity."""
    pool = summary["models"][POOL]
    shares = " · ".join(words.percent(100 * pool[f"coverage_{width}"]) for width in (50, 80, 90))
    if pool["uniformity_p"] is None:
        return words.say("record.pit_rough", shares=shares)
    return words.say("record.pit", shares=shares, p=words.number(pool["uniformity_p"], 2))


def parts(summary: Summary, words: Language) -> list[str]:
    """Return the pool's skill on the slumps that its choice saw, on those held back, and without the fullest years."""
    out = []
    for row in summary["by_slump_start"]:
        if row["skill_pct"] is None:
            continue
        told = {
            "skill": words.percent(row["skill_pct"], sign=True),
            "origins": str(row["origins"]),
            "episodes": str(row["episodes"]),
        }
        if row["skill_interval_pct"] is None:
            said = words.text["record.part_rough"].format(**told)
        else:
            lower, upper = (words.percent(end, sign=True) for end in row["skill_interval_pct"])
            said = words.text["record.part_said"].format(lower=lower, upper=upper, **told)
        first, last = row["fullest"]
        out.append(
            words.say(
                PARTS[row["part"]],
                said=said,
                year=str(row["held_back_from"]),
                first=str(first),
                last=str(last),
            )
        )
    return out


def relapse(summary: Summary, words: Language) -> list[str]:
    """Return how well the chance of a relapse was stated; nothing where none could be followed for its year."""
    rows = {row["model"]: row for row in summary["relapse"]}
    if POOL not in rows:
        return []
    pool, naive = rows[POOL], rows[EARLIER]
    return [
        words.say(
            "record.relapse",
            stated=words.percent(100 * pool["stated"]),
            relapsed=words.percent(100 * pool["relapsed"]),
            count=str(pool["forecasts"]),
            brier=words.number(pool["brier"], 3),
            naive=words.number(naive["brier"], 3),
        )
    ]


def text(summary: Summary, titles: Mapping[str, str], language: str = "en") -> str:
    """Return the whole record as plain text for a terminal."""
    words = LANGUAGES[language]
    lines = [finding(summary, words.label(dict(titles)), words)]
    if summary["models"]:
        lines += ["", counts(summary, words), "", *_aligned(rows(summary, words))]
        lines += ["", words.text["record.legend"], "", calibration(summary, words)]
        lines += [*parts(summary, words), *relapse(summary, words)]
        lines += ["", *_aligned(by_age(summary, words)), "", words.text["record.age_legend"]]
    return "\n".join([*lines, *notes(summary, words)])


def _aligned(table: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines of a table, the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in table
    ]
