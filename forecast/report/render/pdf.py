"""From a `Document` to PDF bytes: accessible (PDF/UA-1), archivable (PDF/A-3a). The only door to Typst."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from forecast.charts import typeface
from forecast.report import blocks

STANDARDS = ["a-3a", "ua-1"]
_TEMPLATE = Path(__file__).parent / "report.typ"


def render(document: blocks.Document, charts: Mapping[str, str], as_of: str) -> bytes:
    """Return the report as a PDF; `as_of` is its date, so that the same report has the same bytes.

    Text reaches the template as data, never as markup: a title with #, $ or quotes prints as it is.
    """
    date = datetime.datetime.fromisoformat(as_of).replace(tzinfo=datetime.UTC)
    content = {
        "language": document.language,
        "font": typeface.FAMILY,
        "title": document.title,
        "subject": document.subject,
        "stand": document.stand,
        "footer": document.footer,
        "blocks": [_plain(block) for block in document.blocks],
    }
    files = {
        "main.typ": _TEMPLATE.read_bytes(),
        "report.json": _json(_printable(content) | {"attachments": _plain(document.attachments)}),
        **{f"{name}.svg": picture.encode() for name, picture in charts.items()},
    }
    pdf = typst.compile(  # type: ignore[call-overload] # its stub forgets files by name
        files,
        root=str(_TEMPLATE.parent),  # the working folder by default, which may be gone
        font_paths=[str(typeface.FOLDER)],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        timestamp=date,
    )
    assert isinstance(pdf, bytes)
    return pdf


def _plain(value: Any) -> Any:
    """A block as JSON holds it, tagged with what it is; pictures travel as files."""
    if hasattr(value, "__dataclass_fields__"):
        fields = {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__ if name != "draw"}
        return {"is": type(value).__name__.lower()} | fields
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _printable(value: Any) -> Any:
    """All texts in characters that the bundled fonts hold; addresses of links stay as they are."""
    if isinstance(value, str):
        return typeface.printable(value)
    if isinstance(value, dict):
        return {key: item if key == "address" else _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
