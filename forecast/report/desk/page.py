"""One page per language that holds the sample, the levers and all that computes the answers."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template

import numpy as np

from forecast.outcome import Outcome
from forecast.report.desk.sample import Sample, text_of
from forecast.report.render.embedded import for_script
from forecast.report.words import Language
from forecast.scenario import Enough

_HERE = Path(__file__).parent

CODE = (
    "rows", "rates", "moves", "linear", "refused", "statements", "exact", "conditions", "judgement", "recovery",
    "onset", "answer", "words", "state", "yaml", "csv", "controls", "levers", "charts", "page",
)  # fmt: skip
"""Modules of the page, each after those that it uses."""

ENOUGH = Enough(number=40, share=0.02)
"""What an answer of the page needs, of its few rows. chosen: a chance is then known to 16 points; the page says so."""

SPOKEN = ("desk.", "finding.", "refused.", "odds.", "when.", "tile.", "rate.", "kind.")
"""Sentences that the page says, by the beginning of their keys."""


def render(
    sample: Sample, outcome: Outcome, all_rows: int, language: Language, languages: tuple[str, ...]
) -> str:
    """Return the desk as one HTML file that fetches nothing.

    all_rows : paths of the report · languages : in which there is a desk beside this one
    """
    own = tomllib.loads((_HERE / "words" / f"{language.code}.toml").read_text(encoding="utf-8"))
    words = replace(language, text=language.text | own).of(outcome.measure).text
    title = language.label(outcome.title)
    stand = words["desk.stand"].format(
        title=title, as_of=language.day(outcome.as_of), origin=language.month(outcome.origin)
    )
    footer = words["desk.footer" if sample.calm is None else "desk.footer_calm"]
    rows = {"rows": language.number(len(sample.grounds.paths.values), 0), "all": language.number(all_rows, 0)}
    links = [(f"report.{language.code}.html", words["desk.report"])]
    links += [(f"desk.{code}.html", words["desk.other"]) for code in languages if code != language.code]
    return Template((_HERE / "desk.html").read_text(encoding="utf-8")).substitute(
        code=escape(language.code),
        title=escape(f"{words['desk.title']}: {title}"),
        stand=escape(stand),
        footer=escape(footer.format(**rows)),
        noscript=escape(words["desk.noscript"]),
        links=" · ".join(f'<a href="{escape(address)}">{escape(label)}</a>' for address, label in links),
        style=_read("vendor/uplot.min.css") + _read("desk.css"),
        data=for_script(_data(sample, outcome)),
        language=for_script(_language(language, words)),
        library=_read("vendor/uplot.min.js"),
        script="\n".join(_read(f"code/{name}.js") for name in CODE),
    )


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _data(sample: Sample, outcome: Outcome) -> dict[str, object]:
    """What the answers stand on."""
    grounds = sample.grounds
    paths = grounds.paths
    draw = (
        paths.draw if any(len(of.steps) > 1 for of in sample.normals.values()) else np.zeros_like(paths.draw)
    )
    return {
        "name": outcome.name,
        "asOf": outcome.as_of,
        "origin": str(paths.origin),
        "past": paths.past,
        "months": [str(month) for month in paths.months],
        "horizon": grounds.horizon,
        "kind": grounds.kind,
        "window": grounds.window,
        "hold": grounds.hold,
        "threshold": grounds.threshold_pct,
        "enough": {"number": ENOUGH.number, "share": ENOUGH.share},
        "slumps": outcome.slump is not None,
        "calm": None if sample.calm is None else sample.calm.for_page(),
        "targets": {str(row.year): row.target_pct for row in outcome.targets},
        "levels": sample.levels.for_page(),
        "draw": text_of(draw.astype(np.uint16)),
        "draws": None if sample.calm is None else text_of(paths.draw.astype(np.uint16)),
        "model": text_of(np.unique(paths.model, return_inverse=True)[1].astype(np.uint16)),
        "normals": {kind: of.for_page() for kind, of in sample.normals.items()},
    }


def _language(language: Language, words: dict[str, str]) -> dict[str, object]:
    return {
        "decimal": language.decimal,
        "group": language.group,
        "monthPattern": language.month_pattern,
        "months": language.months,
        "shortMonths": language.short_months,
        "text": {key: text for key, text in words.items() if key.startswith(SPOKEN)},
    }
