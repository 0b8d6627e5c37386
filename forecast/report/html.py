"""From a `Document` to one self-contained web page: the blocks of the PDF, readable on a phone and without network."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

from forecast.outcome import Outcome, RecoveryResult
from forecast.report import typeface
from forecast.report.blocks import (
    Attachment,
    Block,
    Break,
    Chart,
    Document,
    Facts,
    Heading,
    Link,
    Paragraph,
    Points,
    Row,
    Side,
    Span,
    Table,
    Tiles,
)
from forecast.report.embedded import for_script
from forecast.report.words import Language

_HERE = Path(__file__).parent
_IDENTIFIERS = re.compile(r'(\bid="|href="#|url\(#)')
_TAG = re.compile(r"<[^<>]*>")  # what a label says is left as it is
_FAMILY = re.compile(r"'Noto Sans'")


def render(document: Document, charts: Mapping[str, str], outcome: Outcome, language: Language) -> str:
    """Return the report as one HTML file with its pictures, style and script inside.

    charts : SVG by name. Nothing is fetched from anywhere; without JavaScript only the scenario switch is missing.
    """
    text = language.text
    counted = _Counter()
    body = "\n".join(_block(block, charts, counted) for block in document.blocks)
    first, rest = body.split(_AFTER_PAGE_ONE, 1) if _AFTER_PAGE_ONE in body else (body, "")
    switch = _switch(outcome, language) if outcome.slump is not None else ""
    script = f"<script>\n{(_HERE / 'page.js').read_text(encoding='utf-8')}</script>\n" if switch else ""
    return f"""<!doctype html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{escape(document.subject)}">
<title>{escape(document.title)}</title>
<style>
{_fonts()}{(_HERE / "page.css").read_text(encoding="utf-8")}</style>
</head>
<body>
<a class="skip" href="#content">{escape(text["html.skip"])}</a>
<header>
<h1>{escape(document.title)}</h1>
<p>{escape(document.stand)}</p>
</header>
<main id="content">
{first}
{switch}
{rest}
</main>
<footer>
<p>{escape(document.footer)}</p>
<ul>
{"".join(_download(attachment) for attachment in document.attachments)}</ul>
</footer>
{script}</body>
</html>
"""


class _Counter:
    """Numbers for the identifiers of one page, in the order of its parts."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, word: str) -> str:
        self._last += 1
        return f"{word}-{self._last}"


_AFTER_PAGE_ONE = '<div class="break"></div>'


def _block(block: Block, charts: Mapping[str, str], counted: _Counter) -> str:
    match block:
        case Heading():
            section = f'<p class="section">{escape(block.section)}</p>\n' if block.section else ""
            level = block.level + 1
            return f"{section}<h{level}>{escape(block.text)}</h{level}>"
        case Paragraph():
            return f'<p class="{escape(block.style)}">{escape(block.text)}</p>'
        case Tiles():
            return _tiles(block)
        case Points():
            return _points(block)
        case Chart():
            return _chart(block, charts[block.name], counted)
        case Table():
            return _table(block, counted)
        case Side():
            return (
                f'<div class="side">\n{_table(block.left, counted)}\n{_table(block.right, counted)}\n</div>'
            )
        case Break():
            return _AFTER_PAGE_ONE


def _tiles(block: Tiles) -> str:
    out = []
    for tile in block.tiles:
        if isinstance(tile, Facts):
            pairs = "".join(f"<dt>{escape(what)}</dt><dd>{escape(value)}</dd>" for what, value in tile.pairs)
            content = f"<dl>{pairs}</dl>"
        else:
            lines = "".join(f"<p>{escape(line)}</p>" for line in tile.lines)
            content = f'<p class="value">{escape(tile.value)}</p>{lines}'
        out.append(f'<div class="tile"><p class="label">{escape(tile.label)}</p>{content}</div>')
    return '<div class="tiles">\n' + "\n".join(out) + "\n</div>"


def _points(block: Points) -> str:
    title = f"<h3>{escape(block.title)}</h3>\n" if block.title else ""
    items = "\n".join(f"<dt>{escape(word)}</dt><dd>{escape(said)}</dd>" for word, said in block.items)
    wide = ' class="columns"' if block.columns > 1 else ""
    return f"{title}<dl{wide}>\n{items}\n</dl>"


def _chart(block: Chart, picture: str, counted: _Counter) -> str:
    """The picture inside the page, its identifiers made its own; its values in words for those who cannot see it."""
    name = counted.next("chart")
    svg = picture[picture.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = _TAG.sub(lambda tag: _IDENTIFIERS.sub(rf"\g<1>{name}-", tag.group()), svg)
    svg = _TAG.sub(lambda tag: _FAMILY.sub("'Noto Sans', system-ui, sans-serif", tag.group()), svg)
    svg = svg.replace("*{stroke-linejoin", f"#{name} *{{stroke-linejoin", 1)
    svg = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', "", svg, count=1)
    svg = svg.replace("<svg", f'<svg id="{name}" role="img" aria-label="{escape(block.alt)}"', 1)
    return f'<figure class="scroll" tabindex="0">\n{svg.strip()}\n</figure>'


def _table(table: Table, counted: _Counter) -> str:
    name = counted.next("table")
    head = "".join(f'<th scope="col" class="{c.align}">{escape(c.title)}</th>' for c in table.columns)
    bodies = []
    for group in table.groups:
        title = (
            f'<tr><th scope="rowgroup" class="group" colspan="{len(table.columns)}">{escape(group.title)}</th></tr>\n'
            if group.title
            else ""
        )
        rows = "\n".join(_row(row, table) for row in group.rows)
        bodies.append(f"<tbody>\n{title}{rows}\n</tbody>")
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}">\n<table>\n'
        f'<caption id="{name}">{escape(table.title)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n{''.join(bodies)}\n</table>\n</div>"
    )


def _row(row: Row, table: Table) -> str:
    cells, at = [], 0
    for cell in row:
        align = table.columns[at].align
        tag = 'th scope="row"' if at == 0 and align == "left" else "td"
        if isinstance(cell, Span):
            cells.append(f'<td class="left" colspan="{cell.columns}">{escape(cell.text)}</td>')
            at += cell.columns
            continue
        said = (
            f'<a href="{escape(cell.address)}" rel="noreferrer">{escape(cell.text)}</a>'
            if isinstance(cell, Link)
            else escape(cell)
        )
        cells.append(f'<{tag} class="{align}">{said}</{tag[:2]}>')
        at += 1
    return f"<tr>{''.join(cells)}</tr>"


def _fonts() -> str:
    """The bundled typeface inside the page: charts are drawn to its widths."""
    faces = []
    for weight, style in ((400, "Regular"), (600, "SemiBold")):
        content = base64.b64encode((typeface.FOLDER / f"NotoSans-{style}.ttf").read_bytes()).decode()
        source = f"url(data:font/ttf;base64,{content})"
        faces.append(f'@font-face {{ font-family: "Noto Sans"; font-weight: {weight}; src: {source}; }}\n')
    return "".join(faces)


def _download(attachment: Attachment) -> str:
    content = base64.b64encode(attachment.text.encode()).decode()
    address = f"data:{attachment.media_type};base64,{content}"
    return (
        f'<li><a download="{escape(attachment.name)}" href="{address}">{escape(attachment.name)}</a>: '
        f"{escape(attachment.description)}</li>\n"
    )


def _switch(outcome: Outcome, language: Language) -> str:
    """The distribution of the return month under each scenario, month by month, for the page's script to draw."""
    text = language.text
    answers = {name: found for name, found in outcome.recovery.items() if found.distribution}
    curves = [_curve(found, language) for found in answers.values()]
    labels = (language.label(found.label) for found in answers.values())
    options = "".join(f"<option>{escape(label)}</option>" for label in labels)
    data = for_script({"curves": curves})
    return f"""<section id="switch" hidden>
<p class="section">{escape(text["html.section"])}</p>
<h2>{escape(text["html.title"])}</h2>
<p><label>{escape(text["html.scenario"])} <select id="scenario">{options}</select></label></p>
<svg id="curve" viewBox="0 0 640 240" role="img" aria-label="{escape(text["html.curve"])}"></svg>
<p><label>{escape(text["html.month"])} <input id="month" type="range" min="0" step="1"></label></p>
<p><output id="said" aria-live="polite"></output></p>
<script type="application/json" id="curves">{data}</script>
</section>"""


def _curve(found: RecoveryResult, language: Language) -> dict[str, object]:
    said = [
        language.say(
            "html.said",
            month=language.month(row.month),
            by=language.odds(row.cumulative),
            inside=language.odds(row.probability),
        )
        for row in found.distribution
    ]
    return {
        "label": language.label(found.label),
        "by": [round(row.cumulative, 4) for row in found.distribution],
        "months": [language.short(row.month) for row in found.distribution],
        "said": said,
    }
