"""The planner's desk: a page that answers while a lever moves, from a sample of the paths that it holds.

`sample` chooses and packs the rows · `page` puts them with the code into one file per language · `code` is what runs in
the browser, a module for each step of an answer · `vendor` holds the chart library, uPlot, and its licence
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from forecast.outcome import Outcome
from forecast.paths import PAST_MONTHS
from forecast.report.desk.page import render
from forecast.report.desk.sample import Sample, sampled
from forecast.report.words import LANGUAGES
from forecast.what_if import Grounds

__all__ = ["framed", "write"]


def write(grounds: Grounds, outcome: Outcome, out: Path, languages: tuple[str, ...]) -> list[Path]:
    """Write desk.<lang>.html for each language and return their paths. The same grounds give the same bytes."""
    sample = sampled(grounds.since(PAST_MONTHS))
    written = []
    for code in languages:
        written.append(out / f"desk.{code}.html")
        written[-1].write_text(_page(sample, grounds, outcome, code, languages), encoding="utf-8")
    return written


def framed(grounds: Grounds, outcome: Outcome, code: str = "en", rows: int = 200, height: int = 900) -> str:
    """Return the desk as an element of another page, such as a notebook's, from a sample of so many rows."""
    page = _page(sampled(grounds.since(PAST_MONTHS), rows), grounds, outcome, code, (code,))
    title = escape(LANGUAGES[code].label(outcome.title))
    return f'<iframe title="{title}" srcdoc="{escape(page)}" width="100%" height="{height}" frameborder="0"></iframe>'


def _page(sample: Sample, grounds: Grounds, outcome: Outcome, code: str, languages: tuple[str, ...]) -> str:
    return render(sample, outcome, len(grounds.paths.values), LANGUAGES[code], languages)
