"""The planner's desk: a page that answers while a lever moves, from a sample of the paths that it holds.

`sample` chooses and packs the rows · `page` puts them with the code into one file per language · `code` is what runs in
the browser, a module for each step of an answer · `vendor` holds the chart library, uPlot, and its licence
"""

from __future__ import annotations

from html import escape

from forecast.errors import ConfigError
from forecast.onset import Calm
from forecast.outcome import Outcome
from forecast.paths import PAST_MONTHS
from forecast.report.desk.page import render
from forecast.report.desk.sample import Sample, sampled
from forecast.report.words import LANGUAGES
from forecast.what_if import Grounds

__all__ = ["framed", "pages"]


def pages(
    grounds: Grounds, outcome: Outcome, languages: tuple[str, ...], calm: Calm | None = None
) -> dict[str, str]:
    """Return desk.<lang>.html for each language, by name. The same grounds give the same text.

    calm : where nothing slumps, what the chance of the next slump is told from
    Raises ConfigError where `calm` belongs to another state than the outcome tells of.
    """
    _same_state(outcome, calm)
    sample = sampled(grounds.since(PAST_MONTHS), calm=calm)
    return {f"desk.{code}.html": _page(sample, grounds, outcome, code, languages) for code in languages}


def framed(
    grounds: Grounds,
    outcome: Outcome,
    code: str = "en",
    rows: int = 200,
    height: int = 900,
    calm: Calm | None = None,
) -> str:
    """Return the desk as an element of another page, such as a notebook's, from a sample of so many rows.

    calm : as `pages` takes it, and refuses it
    """
    _same_state(outcome, calm)
    page = _page(sampled(grounds.since(PAST_MONTHS), rows, calm), grounds, outcome, code, (code,))
    title = escape(LANGUAGES[code].label(outcome.title))
    frame = f'<iframe title="{title}" srcdoc="{escape(page)}" width="100%" height="{height}"></iframe>'
    return f"<div>{frame}</div>"  # notebooks warn of a frame that stands alone


def _same_state(outcome: Outcome, calm: Calm | None) -> None:
    if outcome.onset is not None and calm is None:
        raise ConfigError(
            "desk: nothing slumps, and the chance that a slump begins is told from histories that are not given; add "
            "calm=forecast.answers.onset.calm(estimate)"
        )
    if outcome.onset is None and calm is not None:
        raise ConfigError("desk: this outcome tells no chance that a slump begins; leave calm out")


def _page(sample: Sample, grounds: Grounds, outcome: Outcome, code: str, languages: tuple[str, ...]) -> str:
    return render(sample, outcome, len(grounds.paths.values), LANGUAGES[code], languages)
