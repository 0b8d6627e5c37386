"""What the numbers allow to be said: which sentence is true of an `Outcome`. The sentences are in `words`."""

from __future__ import annotations

from forecast.outcome import Adjustment, Milestone, NextRelease, Outcome, RecoveryResult, Snapshot
from forecast.report.words import Language

YEAR = 12
SOON_MONTHS = 3

SURE = 0.95
"""Probability from which a title states one date or one chance alone."""


def baseline(outcome: Outcome) -> RecoveryResult:
    """Return the scenario that the report is about: the baseline, which always comes first."""
    return outcome.recovery.get("baseline") or next(iter(outcome.recovery.values()))


def last_month(outcome: Outcome) -> str:
    """Return the last month of the horizon."""
    return baseline(outcome).distribution[-1].month


def headline(outcome: Outcome, language: Language) -> str:
    """Return the finding of the whole report."""
    found, say = baseline(outcome), language.say
    if outcome.slump is None:
        level = language.percent(outcome.history[-1].level_pct_of_normal)
        values = {"level": level, "origin": language.month(outcome.origin)}
        if outcome.onset is None:
            return say("finding.short_history", **values)
        return say("finding.no_slump", p=language.odds(outcome.onset.within(YEAR)), **values)
    p12, pnot = language.odds(found.p_within_12), language.odds(found.p_not_within_horizon)
    last = language.month(last_month(outcome))
    if found.p_already_back >= SURE:
        return say("finding.already_sure", p=language.odds(found.p_already_back))
    if found.p_already_back >= 0.5:
        return say("finding.already", p=language.odds(found.p_already_back), p12=p12)
    for row in found.distribution[:SOON_MONTHS]:
        if row.cumulative >= SURE:
            return say("finding.soon", p=language.odds(row.cumulative), month=language.month(row.month))
    if found.p_not_within_horizon >= SURE:
        return say("finding.hardly", pnot=pnot, last=last)
    if found.median is None:
        return say("finding.beyond", p12=p12, pnot=pnot, last=last)
    return say("finding.usual", p12=p12, median=language.month(found.median), pnot=pnot, last=last)


def kind(code: str, outcome: Outcome, language: Language, word: str = "kind") -> str:
    """Return the name of a definition of normal, or with word "explain" what it means; not all need a slump."""
    current = f"{word}.{code}_now"
    if outcome.slump is None and current in language.text:
        return language.text[current]
    return language.name(word, code)


def lead(outcome: Outcome, language: Language) -> str:
    """Return the two or three sentences under the title."""
    now, found = outcome.history[-1], baseline(outcome)
    sentences = [
        language.say(
            "lead.level" if now.upper > now.lower else "lead.level_known",
            origin=language.month(outcome.origin),
            level=language.percent(now.level_pct_of_normal),
            lower=language.percent(now.lower),
            upper=language.percent(now.upper),
        )
    ]
    if outcome.slump is None:
        last = [row.level_pct_of_normal for row in outcome.history[-outcome.rule.window :]]
        mean = language.percent(sum(last) / len(last))
        sentences.append(language.say("lead.mean", window=str(len(last)), level=mean))
        if outcome.onset is not None:
            depth = language.percent(outcome.onset.depth_pct, 1)
            sentences.append(language.say("lead.onset", depth=depth))
    else:
        sentences.append(
            language.say(
                "lead.gap",
                window=str(outcome.rule.window),
                gap=language.percent(outcome.slump.gap_pct),
                start=language.month(outcome.slump.start),
            )
        )
        sentences.append(
            language.say(
                "lead.chances",
                p12=language.odds(found.p_within_12),
                word12=language.chance(found.p_within_12),
                last=language.month(last_month(outcome)),
                pnot=language.odds(found.p_not_within_horizon),
                wordnot=language.chance(found.p_not_within_horizon),
            )
        )
    return " ".join(sentences)


def confirmation(outcome: Outcome, language: Language) -> str:
    """Return when a return counts, and how much later it is known."""
    rule = outcome.rule
    return language.say(
        "return.confirm", window=str(rule.window), hold=str(rule.hold), lag=str(rule.hold - 1)
    )


def when(milestone: Milestone | RecoveryResult, outcome: Outcome, language: Language) -> str:
    """Return the median month as a table prints it: a month, "already", or "after" the horizon."""
    already = milestone.p_already if isinstance(milestone, Milestone) else milestone.p_already_back
    if already >= 0.5:
        return language.text["when.already"]
    return moment(milestone.median, outcome, language)


def moment(month: str | None, outcome: Outcome | Snapshot, language: Language) -> str:
    """Return a quantile of the recovery month as a table prints it; None lies beyond the horizon."""
    if month is None:
        last = outcome.last_month if isinstance(outcome, Snapshot) else last_month(outcome)
        return language.text["when.after"].format(month=language.short(last))
    return language.text["when.already"] if month <= outcome.origin else language.short(month)


def span(interval: tuple[str | None, str | None], outcome: Outcome | Snapshot, language: Language) -> str:
    """Return an interval of the recovery month in one piece, a single date where both ends print alike."""
    early, late = (moment(month, outcome, language) for month in interval)
    return early if early == late else f"{early} – {late}"


def next_yoy(outcome: Outcome) -> NextRelease | None:
    """Return the forecast of the next growth on a year ago."""
    return next((row for row in outcome.next_releases if row.measure == "yoy_pct"), None)


def as_printed(row: NextRelease, language: Language) -> dict[str, str]:
    """Return a release and its 80 % interval in the words of a sentence, rates as the office prints them."""
    values = {"median": row.median, "lower": row.lower_80, "upper": row.upper_80}
    rates = {name: language.percent(value, 1, sign=True) for name, value in values.items()}
    return {"month": language.month(row.month)} | rates


def return_heading(outcome: Outcome, language: Language) -> str:
    """Return what the central 80 % of the recovery month says; without a slump where output stands."""
    found = baseline(outcome)
    if outcome.slump is None:
        used = next(row for row in outcome.normal.definitions if row.kind == outcome.normal.kind)
        return language.say(
            "return.heading_none",
            window=str(outcome.rule.window),
            level=language.percent(100 + used.gap_pct),
            kind=kind(used.kind, outcome, language),
        )
    early, late = found.interval_80
    values = {
        "last": language.month(last_month(outcome)),
        "pnot": language.odds(found.p_not_within_horizon),
        "early": language.month(early) if early else "",
        "late": language.month(late) if late else "",
    }
    if early is None:
        return language.say("return.heading_never", **values)
    already = early <= outcome.origin
    if late is None:
        return language.say("return.heading_wide" if already else "return.heading_open", **values)
    if late <= outcome.origin:
        return language.say("finding.already_sure", p=language.odds(found.p_already_back))
    if early == late:
        return language.say("return.heading_in", **values)
    return language.say("return.heading_by" if already else "return.heading_both", **values)


def return_title(outcome: Outcome, language: Language) -> str:
    """Return the message of the return chart: the chances at one and two years and what is left."""
    rows = baseline(outcome).distribution
    left = language.odds(baseline(outcome).p_not_within_horizon)
    if len(rows) <= 24:
        return language.say(
            "return.title_short",
            last=language.month(rows[-1].month),
            p_last=language.odds(rows[-1].cumulative),
            pnot=left,
        )
    return language.say(
        "return.title",
        first=language.month(rows[11].month),
        p_first=language.odds(rows[11].cumulative),
        second=language.month(rows[23].month),
        p_second=language.odds(rows[23].cumulative),
        last=language.month(rows[-1].month),
        pnot=left,
    )


def fan_title(outcome: Outcome, language: Language) -> str:
    """Return the message of the fan chart: where output stands, and the 80 % band a year on."""
    then = outcome.fan[min(11, len(outcome.fan) - 1)]
    return language.say(
        "fan.title",
        level=language.percent(outcome.history[-1].level_pct_of_normal),
        origin=language.month(outcome.origin),
        lower=language.number(then.lower_80, 0),
        upper=language.percent(then.upper_80),
        month=language.month(then.month),
    )


def afterwards(outcome: Outcome, language: Language) -> str:
    """Return what came true, beside the chance that the forecast had given it."""
    seen, found = outcome.outcome, baseline(outcome)
    assert seen is not None
    if seen.recovery_month is not None:
        given = seen.probability_given if seen.probability_given is not None else found.p_already_back
        return language.say(
            "after.recovered", month=language.month(seen.recovery_month), p=language.odds(given)
        )
    month = seen.not_recovered_by or seen.data_to
    by = {row.month: row.cumulative for row in found.distribution}
    if month in by:
        return language.say(
            "after.not_recovered", month=language.month(month), p=language.odds(1 - by[month])
        )
    if month <= outcome.origin:
        return language.say(
            "after.not_recovered", month=language.month(month), p=language.odds(1 - found.p_already_back)
        )
    return language.say(
        "after.not_recovered_beyond",
        month=language.month(month),
        last=language.month(last_month(outcome)),
        p=language.odds(found.p_not_within_horizon),
    )


def adjusted(found: Adjustment, window: int, language: Language) -> str:
    """Return the gap by another seasonal adjustment beside the built-in one, and what it chose."""
    method = language.text[f"adjusted.by_{found.method}"]
    sentences = [
        language.say(
            "adjusted.text",
            method=method,
            window=str(window),
            gap=language.percent(found.gap_pct, sign=True),
            own=language.percent(found.builtin_gap_pct, sign=True),
        )
    ]
    if found.model:
        none = language.text["adjusted.none"]
        calendar = [language.regressor(name) for name in found.regressors]
        outliers = [
            language.text[f"adjusted.{one.kind}"].format(month=language.month(one.month))
            for one in found.outliers
        ]
        sentences.append(
            language.say(
                "adjusted.model",
                method=method,
                model=found.model,
                regressors=", ".join(calendar) or none,
                outliers=", ".join(outliers) or none,
            )
        )
    sentences += [language.text[f"adjusted.{code}"] for code in found.notes]
    return " ".join(sentences)
