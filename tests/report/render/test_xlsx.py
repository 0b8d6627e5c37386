"""The workbook holds every table of the report, numbers as numbers, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast import report
from forecast.errors import ConfigError
from forecast.outcome import Outcome
from forecast.report import blocks, phrases
from forecast.report.chapters import answer
from forecast.report.document import compose
from forecast.report.render import sheets, xlsx
from forecast.report.words import LANGUAGES
from tests.report import sample


def made(outcome: Outcome, code: str) -> bytes:
    language = LANGUAGES[code]
    document = compose(outcome, language)
    return xlsx.render(sheets.sheets(document, outcome, language), document.title, outcome.as_of, code)


def opened(outcome: Outcome, code: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made(outcome, code)))


@pytest.mark.parametrize("case", sample.pages())
def test_every_table_of_the_report_has_its_sheet(case: str) -> None:
    outcome = sample.EDGES[case]()
    code = ("vi", "en")[list(sample.EDGES).index(case) % 2]
    book = opened(outcome, code)
    titles = {page["A1"].value: page for page in book.worksheets}
    tables = []
    for block in compose(outcome, LANGUAGES[code]).blocks:
        if isinstance(block, blocks.Table):
            tables.append(block)
        elif isinstance(block, blocks.Side):
            tables += [block.left, block.right]
    assert len(tables) >= 7
    for table in tables:
        page = titles[table.title]
        heads = [place.value or "" for place in page[3]]
        assert heads[-len(table.columns) :] == [column.title for column in table.columns]
        assert page.max_row - 3 == sum(len(group.rows) for group in table.groups)
        assert page.freeze_panes == "A4"
    names = book.sheetnames
    assert all(len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_printed_numbers_are_numbers_with_their_format() -> None:
    outcome = sample.bac_ninh()
    page = opened(outcome, "vi")[_name(outcome, "vi", "data.figures")]
    row = [page.cell(4, at) for at in range(1, 9)]
    first = outcome.figures[0]
    assert [place.data_type for place in row[3:4]] == ["n"]
    assert_allclose(row[3].value, round(first.value, 2))
    chances = opened(outcome, "en")[_name(outcome, "en", "return.chances")]
    found = phrases.baseline(outcome)
    assert_allclose(chances["B6"].value, round(found.p_within_12, 2))
    assert chances["B6"].number_format == "0%"
    assert chances["B4"].value == "under 1%"


def test_sets_of_contradictory_figures_are_in_the_workbook() -> None:
    outcome = sample.bac_ninh()
    named = next(i for i, f in enumerate(outcome.figures) if f.status == "contradictory")
    told = tuple(replace(f, sets=(3,)) if i == named else f for i, f in enumerate(outcome.figures))
    pages = {page["A1"].value: page for page in opened(replace(outcome, figures=told), "en").worksheets}
    page = pages["Contradictory figures: 1"]
    assert [page.cell(3, page.max_column).value, page.cell(4, page.max_column).value] == ["Set", 3]


def _name(outcome: Outcome, code: str, key: str) -> str:
    language = LANGUAGES[code]
    title = language.text[key]
    made = sheets.sheets(compose(outcome, language), outcome, language)
    return next(sheet.name for sheet in made if sheet.title == title)


def test_the_long_tables_carry_every_month_with_all_digits() -> None:
    outcome = sample.what_if()
    book = opened(outcome, "en")
    fan = book["Fan by month"]
    assert [place.value for place in fan[3]][:3] == ["Month", "Median", "50% band: lower"]
    assert fan["A4"].value == datetime(2024, 5, 1)
    assert_allclose([fan.cell(4 + i, 2).value for i in range(36)], [row.median for row in outcome.fan])
    assert_allclose(fan["G15"].value, outcome.fan[11].lower_90)
    back = book["Return by month"]
    base = outcome.recovery["baseline"].distribution
    assert_allclose([back.cell(4 + i, 4).value for i in range(36)], [row.cumulative for row in base])
    assert back.max_row - 3 == sum(len(found.distribution) for found in outcome.recovery.values())
    past = book["History by month"]
    assert_allclose(past.cell(past.max_row, 3).value, outcome.history[-1].level_pct_of_normal)


def test_the_summary_opens_with_the_finding_and_links_to_every_sheet() -> None:
    outcome = sample.what_if()
    book = opened(outcome, "en")
    page = book.worksheets[0]
    assert page.title == "Summary"
    assert page["A4"].value == answer.headline(outcome, LANGUAGES["en"])
    linked = [row[0].hyperlink.location for row in page.iter_rows() if row[0].hyperlink]
    assert linked == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_the_same_outcome_gives_the_same_bytes_and_no_clock() -> None:
    outcome = sample.what_if()
    content = made(outcome, "en")
    assert content == made(outcome, "en")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = parts.read("docProps/core.xml").decode()
    assert about.count("2024-05-20T00:00:00Z") == 2


def test_the_users_words_are_never_a_formula() -> None:
    outcome = replace(sample.what_if(), title={"en": '=HYPERLINK("x")\x07'})
    page = opened(outcome, "en").worksheets[0]
    assert page["A1"].data_type == "s"
    assert page["A1"].value == '=HYPERLINK("x")'


@settings(deadline=None, max_examples=200, derandomize=True)
@given(
    st.floats(-99_999, 99_999), st.integers(0, 3), st.booleans(), st.booleans(), st.sampled_from(["en", "vi"])
)
def test_a_printed_number_keeps_its_value(
    value: float, digits: int, sign: bool, rate: bool, code: str
) -> None:
    language = LANGUAGES[code]
    printed = language.percent(value, digits, sign) if rate else language.number(value, digits, sign)
    found = sheets.cell(printed)
    assert isinstance(found.value, float)
    assert_allclose(found.value * (100 if rate else 1), float(f"{value:.{digits}f}"), rtol=1e-12, atol=1e-12)
    assert found.shown.endswith("%") == rate


@pytest.mark.parametrize(
    "text", ["82 – 95", "04/2024", "Apr 2025", "under 1%", "+3,1% đến +5%", "−", "1.23.4"]
)
def test_what_is_no_single_number_stays_text(text: str) -> None:
    assert sheets.cell(text) == sheets.Cell(text)


def test_it_is_written_only_where_asked_for(tmp_path: Path) -> None:
    written = report.write(sample.bac_ninh(), tmp_path, ["vi"], ["xlsx"])
    assert "report.vi.xlsx" in {file.name for file in written}
    assert "xlsx" not in report.USUAL


def test_without_openpyxl_it_says_how_to_have_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "installed", lambda: False)
    with pytest.raises(ConfigError, match=r"xlsx needs openpyxl, .*; pip install openpyxl"):
        report.write(sample.bac_ninh(), tmp_path, ["en"], ["xlsx"])


def test_next_releases_are_rates_with_their_limits() -> None:
    outcome = sample.what_if()
    page = opened(outcome, "vi")["Kỳ công bố tới"]
    first = outcome.next_releases[0]
    assert_allclose(
        [page.cell(4, at).value for at in (3, 6, 7)],
        [first.median / 100, first.lower_80 / 100, first.upper_80 / 100],
    )
