"""The whole report in one language: an `Outcome` in, a `Document` out."""

from __future__ import annotations

from forecast.outcome import Outcome
from forecast.report import csvs
from forecast.report.blocks import Attachment, Block, Document
from forecast.report.chapters import READING_ORDER, next_releases
from forecast.report.words import Language


def compose(outcome: Outcome, language: Language) -> Document:
    """Return the report in its reading order; a topic without content leaves no gap."""
    title = language.label(outcome.title)
    return Document(
        language=language.code,
        title=title,
        subject=language.text["page.subject"],
        stand=language.say(
            "page.stand",
            as_of=language.day(outcome.as_of),
            origin=language.month(outcome.origin),
            data_to=language.day(outcome.data_to),
            next=next_releases.next_print(outcome, language),
        ),
        footer=language.say("page.footer", title=title, as_of=language.day(outcome.as_of)),
        blocks=told(outcome, language),
        attachments=_attachments(outcome, language),
    )


def told(outcome: Outcome, language: Language) -> tuple[Block, ...]:
    """Return what the report says, in its reading order, without the files that travel with it."""
    return tuple(block for chapter in READING_ORDER for block in chapter(outcome, language))


def _attachments(outcome: Outcome, language: Language) -> tuple[Attachment, ...]:
    return (
        Attachment("report.json", "application/json", language.text["attachment.json"], outcome.to_json()),
        *(
            Attachment(name, "text/csv", language.name("attachment", name), text)
            for name, text in csvs.files(outcome).items()
        ),
    )
