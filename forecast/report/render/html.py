"""From a `Document` to one self-contained web page: the blocks of the PDF, readable on a phone and without network."""

from __future__ import annotations

import base64
import itertools
import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from forecast.charts import typeface
from forecast.outcome import Outcome
from forecast.report.blocks import Attachment, Block, Break, Chart, Document, Heading
from forecast.report.render.switch import switch_of
from forecast.report.render.templates import FOLDER, filled
from forecast.report.words import Language

_IDENTIFIERS = re.compile(r'(\bid="|href="#|url\(#)')
_TAG = re.compile(r"<[^<>]*>")  # what a label says is left as it is
_FAMILY = re.compile(r"'Noto Sans'")


def render(
    document: Document,
    charts: Mapping[str, str],
    outcome: Outcome,
    language: Language,
    beside: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the report as one HTML file with its pictures, style and script inside.

    charts : SVG by name · beside : files in the same folder that the page links to, each with its words
    Nothing is fetched from anywhere; without JavaScript only the scenario switch is missing.
    """
    counted, parts = itertools.count(1), itertools.count(1)

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
        switch=switch_of(outcome, language) if outcome.slump is not None else None,
        beside=beside,
        parts=[(f"part-{i}", part) for i, part in enumerate(_parts(blocks), start=1)],
        downloads=[_download(attachment) for attachment in document.attachments],
        number=number,
        anchor=lambda: f"part-{next(parts)}",
        picture=picture,
    )


def _parts(blocks: Sequence[Block]) -> list[str]:
    """What the contents list: the short name of each part, or its message where it has none."""
    return [block.section or block.text for block in blocks if isinstance(block, Heading)]


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
