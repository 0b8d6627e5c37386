"""The report: an `Outcome` becomes pages, tables and pictures, in English and Vietnamese."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from forecast.charts import style
from forecast.errors import ConfigError, expect
from forecast.outcome import Outcome
from forecast.report import csvs, pictures, placed, summary
from forecast.report.chapters import answer
from forecast.report.document import compose
from forecast.report.render import xlsx
from forecast.report.render.index import Entry, page
from forecast.report.words import LANGUAGES
from forecast.rooms import furnish

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from forecast.backtest.summary import Summary

__all__ = [
    "FORMATS",
    "LANGUAGES",
    "USUAL",
    "Entry",
    "chart",
    "check",
    "draw_levels",
    "draw_summary",
    "headline",
    "index",
    "summary",
    "write",
]

USUAL = ("pdf", "html")
FORMATS = (*USUAL, "xlsx")
_OWN = re.compile(
    rf"report\.json|{'|'.join(map(re.escape, csvs.TABLES))}|"
    rf"(?:report\.(?:{'|'.join(LANGUAGES)})\.(?:{'|'.join(FORMATS)}))|figures/\w+\.(?:{'|'.join(LANGUAGES)})\.svg"
)
"""Names of the files that a report may have."""


def write(
    outcome: Outcome,
    out: str | os.PathLike[str],
    languages: Sequence[str] = ("en", "vi"),
    formats: Sequence[str] = USUAL,
    desk: bool = False,
) -> list[Path]:
    """Write the report into the folder `out` and return the paths of its files.

    report.json, fan.csv, recovery.csv (where nothing slumps onset.csv), where there are any scenarios.csv and
    next_releases.csv; per language
    report.<lang>.pdf, report.<lang>.html, where asked for report.<lang>.xlsx, and figures/<chart>.<lang>.svg.
    desk : whether the desk will stand in the folder too, for the page to link to it
    The same outcome gives the same bytes. SHA256SUMS beside them lists the files; those that a report written to the
    folder before lists there, and this one does not have, are removed, other files stay. A failure leaves the folder
    as it was. Raises ConfigError for a language or format that is not made and where `out` cannot hold a report, as
    the folder of a run, DataError where a file to be removed was changed since.
    """
    expect(outcome=(outcome, Outcome), out=(out, str | os.PathLike))
    check(languages, formats)
    placed.before(Path(out), _OWN)  # what is refused is refused before the work
    return placed.place(_made(outcome, languages, formats, desk), Path(out), _OWN)


def _made(outcome: Outcome, languages: Sequence[str], formats: Sequence[str], desk: bool) -> dict[str, bytes]:
    """The content of every file of a report, by name."""
    from forecast.report.render import html, pdf, sheets

    files: dict[str, bytes | Future[bytes]] = {
        "report.json": outcome.to_json().encode(),
        **{name: text.encode() for name, text in csvs.files(outcome).items()},
    }
    with ThreadPoolExecutor(
        1
    ) as typesetter:  # without Python's lock: a PDF is set while the next pages are drawn
        for code in languages:
            language = LANGUAGES[code].of(outcome.measure)
            document = compose(outcome, language)
            charts = pictures.draw(outcome, language)
            for name, picture in charts.items():
                files[f"figures/{name}.{code}.svg"] = picture.encode()
            if "pdf" in formats:
                files[f"report.{code}.pdf"] = typesetter.submit(pdf.render, document, charts, outcome.as_of)
            if "html" in formats:
                files[f"report.{code}.html"] = html.render(
                    document, charts, outcome, language, _beside(code, languages, desk)
                ).encode()
            if "xlsx" in formats:
                filled = sheets.sheets(document, outcome, language)
                files[f"report.{code}.xlsx"] = xlsx.render(filled, document.title, outcome.as_of, code)
    return {name: of if isinstance(of, bytes) else of.result() for name, of in files.items()}


def _beside(code: str, languages: Sequence[str], desk: bool) -> list[tuple[str, str]]:
    """The other languages of the report and its desk, as addresses with their words."""
    own = LANGUAGES[code].text
    others = [(f"report.{other}.html", own["html.language"]) for other in languages if other != code]
    return [*others, *([(f"desk.{code}.html", own["html.desk"])] if desk else [])]


def headline(outcome: Outcome, code: str = "en") -> str:
    """Return the answer in one sentence."""
    return answer.headline(outcome, LANGUAGES[code].of(outcome.measure))


def index(entries: Sequence[Entry], code: str) -> str:
    """Return the page of many questions in one language, as HTML."""
    return page(entries, LANGUAGES[code])


def chart(outcome: Outcome, name: str, code: str = "en") -> Figure:
    """Return a chart of the report, such as "fan", in one language.

    Raises KeyError for a chart that it does not have, ConfigError for a language that is not made.
    """
    expect(outcome=(outcome, Outcome))
    check((code,), ())
    return pictures.chart(outcome, name, LANGUAGES[code].of(outcome.measure))


def draw_levels(bands: pd.DataFrame, name: str, path: Path) -> None:
    """Write a picture (SVG) of index levels by month: columns median, lower and upper, index points."""
    from forecast.charts.levels import levels

    path.write_bytes(style.svg(levels(bands, name)).encode())


def draw_summary(numbers: Summary, titles: Mapping[str, str], folder: Path) -> None:
    """Write the charts of a backtest's summary (SVG), one of each in every language."""
    from forecast.report import summary_charts

    folder.mkdir(parents=True, exist_ok=True)
    for code, language in LANGUAGES.items():
        drawn = summary_charts.charts(numbers, language.label(dict(titles)), language)
        for name, picture in drawn.items():
            (folder / f"{name}.{code}.svg").write_bytes(style.svg(picture).encode())


def check(languages: Sequence[str], formats: Sequence[str]) -> None:
    """Raise ConfigError naming everything that cannot be made, each with what can."""
    for key, words in (("languages", languages), ("formats", formats)):
        if isinstance(words, str):
            raise ConfigError(f'report.{key}: "{words}" is one word, not a list; write ["{words}"]')
    problems = [
        f'report.{key}[{i}]: "{word}" is not made; choose from {", ".join(made)}{_nearest(word, made)}'
        for key, words, made in (("languages", languages, tuple(LANGUAGES)), ("formats", formats, FORMATS))
        for i, word in enumerate(words)
        if word not in made
    ]
    if formats and not languages:
        problems.append(f"report.languages: none is given; choose from {', '.join(LANGUAGES)}")
    if "xlsx" in formats and not xlsx.installed():
        problems.append(f"report.formats: xlsx needs openpyxl, which is not installed; {xlsx.INSTALL}")
    if problems:
        raise ConfigError(*problems)


def _nearest(word: str, valid: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, valid, n=1)
    return f' (did you mean "{close[0]}"?)' if close else ""


furnish(__name__)
