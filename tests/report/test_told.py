"""Each cell of a table and each number of a file for machines is the field of report.json that it claims to be.

`test_numbers` shows that a number on a page is one of report.json; here, cell by cell, that it is the right one: fields
are named by hand, on an outcome in which no two numbers are alike.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape

import openpyxl
import pandas as pd
import pytest

from forecast.outcome import Outcome
from forecast.report import blocks
from forecast.report.document import compose
from forecast.report.render import html, sheets, xlsx
from tests.report import sample
from tests.report.cells import EN, TABLES, odds, pct, rows_of, when
from tests.report.test_numbers import CASES, everything, moved


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Every part of a report, each float moved by a share of its own, no two ends of an interval alike."""
    found = moved(everything())[0]
    ends = [pd.Period("2024-06", "M") + 3 * i for i in range(6)]
    intervals = {f"interval_{share}": (ends[i], ends[5 - i]) for i, share in enumerate((90, 80, 50))}
    baseline = replace(found.recovery["baseline"], **intervals)  # type: ignore[arg-type]
    return replace(found, recovery=found.recovery | {"baseline": baseline})


@pytest.fixture(scope="module")
def document(outcome: Outcome) -> blocks.Document:
    return compose(outcome, EN)


def title(key: str) -> str:
    """How the title of a table begins."""
    return EN.text[key].split("{")[0]


@pytest.mark.parametrize("key", list(TABLES))
def test_a_table_holds_the_fields_that_it_names(
    outcome: Outcome, document: blocks.Document, key: str
) -> None:
    make, columns = TABLES[key]
    found = next(one for one in sample.tables(document.blocks) if one.title.startswith(title(key)))
    assert list(rows_of(found, columns)) == make(outcome)


def tiles(outcome: Outcome) -> list[tuple[str, ...]]:
    """Key numbers of page one: the number, then the lines under it; the latest figures come first."""
    found = next(block for block in compose(outcome, EN).blocks if isinstance(block, blocks.Tiles))
    return [(str(tile.value), *map(str, tile.lines)) for tile in found.tiles if isinstance(tile, blocks.Tile)]


def test_key_numbers_are_those_of_the_answer(outcome: Outcome) -> None:
    now, a = outcome.history[-1], outcome.recovery["baseline"]
    level, half, within = tiles(outcome)
    band = EN.say("tile.interval", lower=f"{now.lower:.0f}", upper=pct(now.upper))
    assert (level[0], level[-1]) == (pct(now.level_pct_of_normal), band)
    early, late = (when(month, outcome.fan[-1].month, outcome.origin) for month in a.interval_80)
    assert (half[0], half[-1]) == (when(a.median, outcome.fan[-1].month, outcome.origin), f"{early} – {late}")
    assert within[:2] == (odds(a.p_within_12), EN.chance(a.p_within_12))
    assert odds(a.p_not_within_horizon) in within[2]


def test_key_numbers_without_a_slump_are_the_level_a_year_on_and_the_chance_that_one_begins() -> None:
    outcome = moved(CASES["no_slump"]())[0]
    assert outcome.onset is not None
    _, ahead, begins = tiles(outcome)
    then, by = outcome.fan[11], outcome.onset.cumulative["baseline"]
    band = EN.say("tile.interval", lower=f"{then.lower_80:.0f}", upper=pct(then.upper_80))
    assert (ahead[0], ahead[-1]) == (pct(then.median), band)
    assert begins[:2] == (odds(by[11]), EN.chance(by[11]))
    assert odds(by[-1]) in begins[2]


def test_the_same_rows_stand_on_the_web_page(outcome: Outcome, document: blocks.Document) -> None:
    drawn = {block.name: "<svg></svg>" for block in sample.charts(document.blocks)}
    page = html.render(document, drawn, outcome, EN)
    rows = [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S) for row in re.findall(r"<tr.*?</tr>", page, re.S)
    ]
    text = {tuple(unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in row) for row in rows}
    for key, (make, columns) in TABLES.items():
        for expected in make(outcome):
            there = {
                row[columns] if isinstance(columns, slice) else tuple(row[i] for i in columns)
                for row in text
                if len(row) > 4 or isinstance(columns, slice)
            }
            assert expected in there, key


def test_the_workbook_holds_the_rows_as_numbers(outcome: Outcome, document: blocks.Document) -> None:
    """A chance is its whole percent as a share, a rate its printed digits: what a spreadsheet computes with."""
    made = xlsx.render(sheets.sheets(document, outcome, EN), document.title, outcome.as_of, "en")
    pages = {page["A1"].value: page for page in openpyxl.load_workbook(io.BytesIO(made)).worksheets}
    for key in ("return.chances", "definitions.title", "sensitivity.title", "models.title", "sectors.title"):
        page = next(page for name, page in pages.items() if str(name).startswith(title(key)))
        make, columns = TABLES[key]
        rows = list(page.iter_rows(min_row=4, values_only=True))
        for row, expected in zip(rows, make(outcome), strict=True):
            for value, text in zip(row[columns], expected, strict=False):
                if re.fullmatch(r"[+−]?[\d.]+%?", text):
                    number = float(text.replace("−", "-").rstrip("%")) / (100 if text.endswith("%") else 1)
                    assert value == pytest.approx(number, abs=1e-12), (key, text)


def test_growth_on_a_year_ago_carries_its_sign_in_sentences() -> None:
    told = [
        block.text for block in compose(sample.what_if(), EN).blocks if isinstance(block, blocks.Paragraph)
    ]
    assert any("+1.3%" in text and "+8.9%" in text for text in told)
