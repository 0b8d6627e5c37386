"""How good the forecasts have been: a backtest's summary in one sentence, one table and a few notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forecast.report.words import LANGUAGES, Language

Summary = Mapping[str, Any]
"""`Backtest.summary`."""

POOL = "pool"
CALIBRATED = 0.05
FEW_YEARS = 20


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


def text(summary: Summary, titles: Mapping[str, str], language: str = "en") -> str:
    """Return the whole record as plain text for a terminal."""
    words = LANGUAGES[language]
    lines = [finding(summary, words.label(dict(titles)), words)]
    if summary["models"]:
        table = rows(summary, words)
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        lines += ["", counts(summary, words), ""]
        lines += [
            "  ".join(
                [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            )
            for row in table
        ]
        lines += ["", words.text["record.legend"]]
    return "\n".join([*lines, *notes(summary, words)])
