"""From a `Document` to one self-contained web page: the blocks of the PDF, readable on a phone and without network."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from forecast.charts import typeface
from forecast.outcome import Outcome, RecoveryResult
from forecast.report.blocks import Attachment, Break, Chart, Document
from forecast.report.render.embedded import for_script
from forecast.report.render.templates import FOLDER, filled
from forecast.report.words import Language

_IDENTIFIERS = re.compile(r'(\bid="|href="#|url\(#)')
_TAG = re.compile(r"<[^<>]*>")  # what a label says is left as it is
_FAMILY = re.compile(r"'Noto Sans'")


@dataclass(frozen=True)
class Switch:
    """Hold the distribution of the return month under each scenario, for the page's script to draw."""

    labels: tuple[str, ...]
    curves: str


def render(document: Document, charts: Mapping[str, str], outcome: Outcome, language: Language) -> str:
    """Return the report as one HTML file with its pictures, style and script inside.

    charts : SVG by name. Nothing is fetched from anywhere; without JavaScript only the scenario switch is missing.
    """
    counted = itertools.count(1)

    def number(word: str) -> str:
        return f"{word}-{next(counted)}"

    def picture(block: Chart) -> str:
        return _inside(charts[block.name], number("chart"), block.alt)

    blocks = document.blocks
    end = next((at for at, block in enumerate(blocks) if isinstance(block, Break)), len(blocks))
    return filled(
        "page",
        document=document,
        text=language.text,
        style=_fonts() + _file("page.css"),
        script=_file("page.js"),
        page_one=blocks[:end],
        rest=blocks[end + 1 :],
        switch=_switch(outcome, language) if outcome.slump is not None else None,
        downloads=[_download(attachment) for attachment in document.attachments],
        number=number,
        picture=picture,
    )


def _inside(picture: str, name: str, alt: str) -> str:
    """The picture inside the page, its identifiers made its own; its values in words for those who cannot see it."""
    svg = picture[picture.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _TAG.sub(lambda tag: _IDENTIFIERS.sub(rf"\g<1>{name}-", tag.group()), svg)
    svg = _TAG.sub(lambda tag: _FAMILY.sub("'Noto Sans', system-ui, sans-serif", tag.group()), svg)
    svg = svg.replace("*{stroke-linejoin", f"#{name} *{{stroke-linejoin", 1)
    svg = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', "", svg, count=1)
    svg = svg.replace("<svg", f'<svg id="{name}" role="img" aria-label="{escape(alt)}"', 1)
    return svg.strip()


def _file(name: str) -> str:
    return (Path(FOLDER) / name).read_text(encoding="utf-8")


def _fonts() -> str:
    """The bundled typeface inside the page: charts are drawn to its widths."""
    faces = []
    for weight, style in ((400, "Regular"), (600, "SemiBold")):
        content = base64.b64encode((typeface.FOLDER / f"NotoSans-{style}.ttf").read_bytes()).decode()
        source = f"url(data:font/ttf;base64,{content})"
        faces.append(f'@font-face {{ font-family: "Noto Sans"; font-weight: {weight}; src: {source}; }}\n')
    return "".join(faces)


def _download(attachment: Attachment) -> tuple[str, str, str]:
    """Name, address and description of a file that travels inside the page."""
    content = base64.b64encode(attachment.text.encode()).decode()
    return attachment.name, f"data:{attachment.media_type};base64,{content}", attachment.description


def _switch(outcome: Outcome, language: Language) -> Switch:
    answers = [answer for answer in outcome.recovery.values() if answer.distribution]
    curves = for_script({"curves": [_curve(answer, language) for answer in answers]})
    return Switch(tuple(language.label(answer.label) for answer in answers), curves)


def _curve(answer: RecoveryResult, language: Language) -> dict[str, object]:
    """The chances of one scenario month by month, and how the page says them."""
    said = [
        language.say(
            "html.said",
            month=language.month(row.month),
            by=language.odds(row.cumulative),
            inside=language.odds(row.probability),
        )
        for row in answer.distribution
    ]
    return {
        "label": language.label(answer.label),
        "by": [round(row.cumulative, 4) for row in answer.distribution],
        "months": [language.short(row.month) for row in answer.distribution],
        "said": said,
    }
