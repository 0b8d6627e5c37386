"""The order of the report: an `Outcome` in, a `Document` out, in one language."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import (
    appendix,
    choices,
    csvs,
    doubts,
    findings,
    next_print,
    parts,
    past_slumps,
    planning,
    risks,
    spoken,
    tables,
    tiles,
    what_changed,
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
        *appendix.data(outcome, language),
        *appendix.method(outcome, language),
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
        Points(language.text["changes.section"], what_changed.changed(outcome, language)),
        Points(
            language.text["risks"],
            doubts.doubts(outcome, language) + risks.risks(outcome, language) + _notes(outcome, language),
        ),
        Break(),
    ]


def _notes(outcome: Outcome, language: Language) -> tuple[tuple[str, str], ...]:
    """The plain warnings of the run, in one point."""
    normal = findings.kind(outcome.normal.kind, outcome, language, "explain")
    said = " ".join(
        language.say("note.no_slump", normal=normal) if code == "no_slump" else language.name("note", code)
        for code in outcome.notes
    )
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
    """What each release since the report before did to the answer, and how it moved from report to report."""
    found, blocks = outcome.changes, list[Block]()
    if found is not None:
        blocks += [
            Heading(what_changed.heading(found, language), language.text["changes.section"]),
            tables.changes(found, language),
            Paragraph(language.text["changes.note"], "note"),
        ]
    if what_changed.told(outcome):
        if found is None:
            said = what_changed.evolution_title(outcome, language)
            blocks.append(Heading(said, language.text["changes.section"]))
        blocks += [
            Chart("evolution", what_changed.evolution_spoken(outcome, language)),
            tables.evolution(outcome, language),
        ]
    return blocks


def _planning(outcome: Outcome, language: Language) -> list[Block]:
    """What if, the annual targets and the next releases, as far as the outcome holds them."""
    blocks: list[Block] = []
    if outcome.scenarios:
        blocks.append(Heading(planning.what_if(outcome, language), language.text["whatif.section"]))
        if planning.drawn(outcome):
            blocks.append(Chart("scenarios", spoken.scenarios(outcome, language)))
        blocks.append(tables.scenarios(outcome, language))
        said = [language.text[planning.of_kind("whatif.note", outcome)], *planning.assumed(outcome, language)]
        blocks.append(Paragraph(" ".join(said), "note"))
    if outcome.targets or outcome.next_releases:
        blocks.append(Heading(planning.coming(outcome, language), language.text["next.section"]))
    if outcome.targets:
        blocks.append(tables.targets(outcome, language))
    if outcome.next_releases:
        blocks.append(tables.next_releases(outcome, language))
        blocks += [Paragraph(said, "note") for said in planning.watched(outcome, language)]
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
