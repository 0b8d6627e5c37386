"""The order of the report: an `Outcome` in, a `Document` out, in one language."""

from __future__ import annotations

import statistics

from forecast.outcome import Outcome
from forecast.report import (
    choices,
    csvs,
    findings,
    next_print,
    parts,
    past_slumps,
    planning,
    revisions,
    season,
    spoken,
    tables,
    tiles,
)
from forecast.report.blocks import (
    Attachment,
    Block,
    Break,
    Chart,
    Document,
    Heading,
    Paragraph,
    Points,
    Side,
)
from forecast.report.words import Language


def compose(outcome: Outcome, language: Language) -> Document:
    """Return the report: page one, the return, what could come, the data, the method.

    What happened since is shown where it is asked for; a part without content leaves no gap.
    """
    title = language.label(outcome.title)
    blocks = [
        *_page_one(outcome, language),
        *_return(outcome, language),
        *_changes(outcome, language),
        *_planning(outcome, language),
        *_sectors(outcome, language),
        *_hangs(outcome, language),
        *_record(outcome, language),
        *_data(outcome, language),
        *_method(outcome, language),
        *_afterwards(outcome, language),
    ]
    return Document(
        language=language.code,
        title=title,
        subject=language.text["page.subject"],
        stand=language.say(
            "page.stand",
            as_of=language.day(outcome.as_of),
            origin=language.month(outcome.origin),
            data_to=language.day(outcome.data_to),
            next=next_print.said(outcome, language),
        ),
        footer=language.say("page.footer", title=title, as_of=language.day(outcome.as_of)),
        blocks=tuple(blocks),
        attachments=_attachments(outcome, language),
    )


def _page_one(outcome: Outcome, language: Language) -> list[Block]:
    return [
        Heading(findings.headline(outcome, language)),
        Paragraph(findings.lead(outcome, language), "lead"),
        tiles.tiles(outcome, language),
        Chart("fan", spoken.fan(outcome, language)),
        tables.fan(outcome, language),
        Points(language.text["changes.section"], findings.changed(outcome, language)),
        Points(language.text["risks"], findings.risks(outcome, language) + _notes(outcome, language)),
        Break(),
    ]


def _notes(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """The plain warnings of the run, in one point."""
    said = " ".join(language.name("note", code) for code in outcome.notes)
    return ((language.text["notes"], said),) if said else ()


def _return(outcome: Outcome, language: Language) -> list[Block]:
    heading = findings.return_heading(outcome, language)
    if outcome.slump is None:
        return [
            Heading(heading, language.text["return.section_none"]),
            tables.definitions(outcome, language),
        ]
    return [
        Heading(heading, language.text["return.section"]),
        Chart("return_months", spoken.return_months(outcome, language)),
        Side(tables.chances(outcome, language), tables.intervals(outcome, language)),
        Paragraph(findings.confirmation(outcome, language)),
        tables.milestones(outcome, language),
        tables.definitions(outcome, language),
    ]


def _changes(outcome: Outcome, language: Language) -> list[Block]:
    """What each release since the report before did to the answer."""
    found = outcome.changes
    if found is None:
        return []
    return [
        Heading(findings.change_heading(found, language), language.text["changes.section"]),
        tables.changes(found, language),
        Paragraph(language.text["changes.note"], "note"),
    ]


def _planning(outcome: Outcome, language: Language) -> list[Block]:
    """What if, the annual targets and the next releases, as far as the outcome holds them."""
    blocks: list[Block] = []
    if outcome.scenarios:
        blocks.append(Heading(planning.what_if(outcome, language), language.text["whatif.section"]))
        if planning.answered(outcome):
            blocks.append(Chart("scenarios", spoken.scenarios(outcome, language)))
        blocks.append(tables.scenarios(outcome, language))
        said = [language.text["whatif.note"], *planning.assumed(outcome, language)]
        blocks.append(Paragraph(" ".join(said), "note"))
    if outcome.targets or outcome.next_releases:
        blocks.append(Heading(planning.coming(outcome, language), language.text["next.section"]))
    if outcome.targets:
        blocks.append(tables.targets(outcome, language))
    if outcome.next_releases:
        blocks.append(tables.next_releases(outcome, language))
    if outcome.nowcast is not None:
        blocks.append(Paragraph(planning.nowcast(outcome.nowcast, language), "note"))
        if outcome.nowcast.due:
            blocks.append(tables.due(outcome.nowcast, language))
    return blocks


def _sectors(outcome: Outcome, language: Language) -> list[Block]:
    """Which part holds output back, where sectors were asked for."""
    if outcome.sectors is None:
        return []
    chart = [Chart("sectors", parts.spoken(outcome, language))] if outcome.sectors.adds_up else []
    return [
        Heading(parts.heading(outcome, language), language.text["parts.section"]),
        *chart,
        tables.sectors(outcome, language),
        Paragraph(parts.explained(outcome, language), "note"),
    ]


def _hangs(outcome: Outcome, language: Language) -> list[Block]:
    """How the answer moves with the choices that were made for it."""
    if not outcome.sensitivity:
        return []
    return [
        Heading(choices.heading(outcome, language), language.text["hangs.section"]),
        tables.sensitivity(outcome, language),
        Paragraph(choices.note(outcome, language), "note"),
    ]


def _record(outcome: Outcome, language: Language) -> list[Block]:
    """How good such dates were on past slumps, where the pool has been tried on any."""
    if not outcome.record or outcome.slump is None:
        return []
    return [
        Heading(past_slumps.heading(outcome, language), language.text["track.section"]),
        Points("", past_slumps.explained(outcome, language)),
        Chart("track_record", past_slumps.spoken(outcome, language)),
        tables.record(outcome, language),
        Paragraph(language.text["track.note"], "note"),
    ]


def _data(outcome: Outcome, language: Language) -> list[Block]:
    blocks: list[Block] = [Heading(_data_heading(outcome, language), language.text["data.section"])]
    if not outcome.figures:
        return [
            *blocks,
            *_season(outcome, language),
            *_adjusted(outcome, language),
            tables.history(outcome, language),
        ]
    contradictory = any(row.status == "contradictory" for row in outcome.figures)
    stated = "data.some_contradictions" if contradictory else "data.no_contradictions"
    return [
        *blocks,
        Paragraph(language.text["data.note"] + " " + language.text[stated]),
        *([tables.contradictions(outcome, language)] if contradictory else []),
        tables.reproduction(outcome, language),
        *([Chart("revisions", revisions.spoken(outcome, language))] if revisions.revisions(outcome) else []),
        *_season(outcome, language),
        *_adjusted(outcome, language),
        tables.history(outcome, language),
        tables.figures(outcome, language),
    ]


def _season(outcome: Outcome, language: Language) -> list[Block]:
    """The seasonal pattern, with Tết where the calendar has it; none where the levels came adjusted."""
    return [Chart("season", season.spoken(outcome, language))] if outcome.season else []


def _adjusted(outcome: Outcome, language: Language) -> list[Block]:
    """The gap by another seasonal adjustment, where one was asked for."""
    found = outcome.adjustment
    if found is None:
        return []
    return [
        Paragraph(findings.adjusted(found, outcome.rule.window, language)),
        tables.adjusted(outcome, language),
    ]


def _data_heading(outcome: Outcome, language: Language) -> str:
    if not outcome.figures:
        return language.say(
            "data.heading_levels",
            count=language.number(len(outcome.history), 0),
            first=language.short(outcome.history[0].month),
            last=language.short(outcome.history[-1].month),
        )
    misses = [abs(row.residual) for row in outcome.figures if row.residual is not None]
    count = language.number(len(outcome.figures), 0)
    if not misses:
        return language.say("data.heading_plain", count=count)
    return language.say("data.heading", count=count, typical=language.number(statistics.median(misses), 2))


def _method(outcome: Outcome, language: Language) -> list[Block]:
    text = language.text
    blocks: list[Block] = [
        Heading(text["method.heading"], text["method.section"]),
        Points(
            "",
            (
                (text["method.read"], text["method.read_text"]),
                (text["method.words_title"], _chance_words(language)),
                (text["method.rule"], _rule(outcome, language)),
                (text["method.slump"], _slump(outcome, language)),
                (text["models.title"], _pool(outcome, language)),
            ),
        ),
        tables.models(outcome, language),
    ]
    if outcome.failed:
        blocks.append(tables.failed(outcome, language))
    else:
        blocks.append(Paragraph(text["failed.none"], "note"))
    stamp = outcome.stamp
    versions = ", ".join(f"{name} {version}" for name, version in stamp.versions.items())
    blocks.append(Points(text["glossary.title"], language.glossary, columns=2))
    blocks.append(
        Points(
            text["stamp.title"],
            (
                (text["stamp.command"], stamp.command),
                (text["stamp.seed"], str(stamp.seed)),
                (text["stamp.config"], stamp.config_sha256),
                (text["stamp.data"], stamp.data_sha256),
                (text["stamp.versions"], versions),
                (text["stamp.attached"], _attached(outcome, language)),
            ),
        )
    )
    return blocks


def _chance_words(language: Language) -> str:
    steps = [
        language.text["method.words"].format(word=word, least=least) if least else word
        for least, word in language.chances
    ]
    return "; ".join(steps) + "."


def _rule(outcome: Outcome, language: Language) -> str:
    rule = outcome.rule
    return language.say(
        "method.rule_text",
        window=str(rule.window),
        hold=str(rule.hold),
        how=language.text["method.rule_auto" if rule.automatic else "method.rule_given"],
        sigma=language.percent(rule.sigma_pct, 1),
        threshold=language.percent(rule.threshold_pct, 1),
        horizon=str(outcome.horizon),
        last=language.month(findings.last_month(outcome)),
    )


def _slump(outcome: Outcome, language: Language) -> str:
    slump = outcome.slump
    if slump is None:
        return language.say("method.no_slump", calendar=language.name("calendar", outcome.calendar))
    return language.say(
        "method.slump_text",
        start=language.month(slump.start),
        how=language.text["method.slump_given" if slump.start_given else "method.slump_dated"],
        peak_from=language.month(slump.peak_from),
        peak_to=language.month(slump.peak_to),
        calendar=language.name("calendar", outcome.calendar),
    )


def _pool(outcome: Outcome, language: Language) -> str:
    return language.say(
        "method.pool" if outcome.unit == "figures" else "method.pool_levels",
        paths=language.number(outcome.stamp.paths, 0),
        effective=language.number(findings.baseline(outcome).effective_paths, 0),
        draws=language.number(outcome.stamp.draws, 0),
        horizon=str(outcome.horizon),
    )


def _afterwards(outcome: Outcome, language: Language) -> list[Block]:
    seen = outcome.outcome
    if seen is None:
        return []
    bands = {row.month: row for row in outcome.fan}
    within = [
        bands[row.month].lower_80 <= row.level_pct_of_normal <= bands[row.month].upper_80
        for row in seen.months
        if row.month in bands
    ]
    return [
        Break(),
        Heading(findings.afterwards(outcome, language), language.text["after.section"]),
        Paragraph(language.say("after.mark", as_of=language.day(outcome.as_of)), "mark"),
        Chart("afterwards", spoken.afterwards(outcome, language)),
        Paragraph(
            language.say(
                "after.inside",
                inside=str(sum(within)),
                count=str(len(within)),
                data_to=language.month(seen.data_to),
            )
        ),
        tables.afterwards(outcome, language),
        *_printed(outcome, language),
    ]


def _printed(outcome: Outcome, language: Language) -> list[Block]:
    """The rates printed since, beside what had been expected of each."""
    assert outcome.outcome is not None
    rows = outcome.outcome.printed
    if not rows:
        return []
    inside = sum(row.lower_80 <= row.value <= row.upper_80 for row in rows)
    said = language.say("after.printed_inside", inside=str(inside), count=str(len(rows)))
    return [Paragraph(said), tables.printed(outcome, language)]


def _attachments(outcome: Outcome, language: Language) -> tuple[Attachment, ...]:
    return (
        Attachment("report.json", "application/json", language.text["attachment.json"], outcome.to_json()),
        *(
            Attachment(name, "text/csv", language.name("attachment", name), text)
            for name, text in csvs.files(outcome).items()
        ),
    )


def _attached(outcome: Outcome, language: Language) -> str:
    return language.text["stamp.attached_text"].format(tables=", ".join(csvs.files(outcome)))
