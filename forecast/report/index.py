"""The page of many questions: one line each, what changed most first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from forecast.outcome import Outcome
from forecast.report import findings
from forecast.report.words import Language

STYLE = """body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; }
body { font: 1rem/1.5 "Noto Sans", system-ui, sans-serif; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: #52606d; padding: .5rem 0; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid #cbd2d9; text-align: left; vertical-align: top; }
td.number { text-align: right; white-space: nowrap; }
thead th { border-bottom: 2px solid #1f2933; }
tbody th { font-weight: 600; min-width: 11rem; }
a { color: #1f4e79; }
"""


@dataclass(frozen=True)
class Entry:
    """One question: its outcome and the address of its report."""

    outcome: Outcome
    address: str


def page(entries: Sequence[Entry], language: Language) -> str:
    """Return the index as HTML, sorted by how far the chance of a return within 12 months has moved."""
    text = language.text
    rows = "\n".join(_row(entry, language) for entry in sorted(entries, key=_moved))
    heads = "".join(
        f'<th scope="col">{escape(text[key])}</th>'
        for key in ("index.question", "index.answer", "tile.median", "tile.within", "index.change")
    )
    return f"""<!doctype html>
<html lang="{language.code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(text["index.title"])}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(text["index.title"])}</h1>
<div class="scroll" role="region" tabindex="0" aria-labelledby="sorted">
<table>
<caption id="sorted">{escape(text["index.sorted"])}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</main>
</body>
</html>
"""


def _moved(entry: Entry) -> tuple[float, str]:
    """Largest change first; questions without an earlier report last, by name."""
    told = entry.outcome.snapshots
    if not told:
        return 1.0, entry.outcome.name
    return -abs(findings.baseline(entry.outcome).p_within_12 - told[-1].p_within_12), entry.outcome.name


def _row(entry: Entry, language: Language) -> str:
    outcome, found = entry.outcome, findings.baseline(entry.outcome)
    if not outcome.snapshots:
        change = language.text["index.first"]
    else:
        before = outcome.snapshots[-1]
        moved = 100 * (found.p_within_12 - before.p_within_12)
        change = language.say(
            "index.points" if round(moved) else "index.same",
            points=language.number(moved, 0, sign=True),
            as_of=language.day(before.as_of),
        )
    slumps = outcome.slump is not None
    half = findings.when(found, outcome, language) if slumps else "–"
    within = language.odds(found.p_within_12) if slumps else "–"
    return (
        f'<tr><th scope="row"><a href="{escape(entry.address)}">{escape(language.label(outcome.title))}</a><br>'
        f"{escape(language.day(outcome.as_of))}</th>"
        f"<td>{escape(findings.headline(outcome, language))}</td>"
        f'<td class="number">{escape(half)}</td>'
        f'<td class="number">{escape(within)}</td><td>{escape(change)}</td></tr>'
    )
