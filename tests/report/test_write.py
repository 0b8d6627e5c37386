"""The whole report: files, text, tags, attachments, and the same bytes twice."""

from __future__ import annotations

import datetime
import io
import os
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pypdf
import pytest

from forecast import report
from forecast.errors import ConfigError
from forecast.outcome import Outcome
from forecast.report import blocks, phrases
from forecast.report.chapters import answer, fan, next_releases, return_month, risks, scenarios
from forecast.report.document import compose
from forecast.report.render.pdf import render
from forecast.report.words import LANGUAGES
from tests.report import sample

LONGEST_REPORT = 9
TABLES = ("fan.csv", "recovery.csv", "scenarios.csv", "next_releases.csv", "needed.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("what_if")
    report.write(sample.what_if(), out)
    return out


@dataclass(frozen=True)
class Printed:
    """A report read back: its language, its structure and the text of each page."""

    code: str
    document: pypdf.PdfReader
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pages)


@pytest.fixture(scope="module", params=["en", "vi"])
def pdf(request: pytest.FixtureRequest, folder: Path) -> Printed:
    return printed(folder / f"report.{request.param}.pdf", request.param)


def printed(path: Path, code: str) -> Printed:
    document = pypdf.PdfReader(path)
    return Printed(code, document, tuple(flat(page.extract_text()) for page in document.pages))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def texts(value: object) -> list[str]:
    """Every text of a document's blocks."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if isinstance(value, blocks.Chart | blocks.Link | blocks.Column):
        return [getattr(value, "text", "") or getattr(value, "title", "")]
    if isinstance(value, blocks.Paragraph):
        return [value.text]
    return [t for name in getattr(value, "__dataclass_fields__", ()) for t in texts(getattr(value, name))]


def test_write_returns_the_files_it_wrote(folder: Path) -> None:
    expected = {
        "report.json",
        "SHA256SUMS",
        *TABLES,
        "report.en.pdf",
        "report.vi.pdf",
        "report.en.html",
        "report.vi.html",
    }
    charts = ("fan", "return_months", "revisions", "scenarios", "season")
    expected |= {f"figures/{name}.{code}.svg" for name in charts for code in ("en", "vi")}
    assert {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} == expected
    assert Outcome.from_json((folder / "report.json").read_text("utf-8")).origin == pd.Period("2024-04", "M")


@pytest.mark.slow
@pytest.mark.usefixtures("alone")
def test_the_same_outcome_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = report.write(sample.what_if(), tmp_path)
    assert again
    for file in again:
        assert file.read_bytes() == (folder / file.relative_to(tmp_path)).read_bytes(), file.name


def test_every_word_can_be_copied_from_the_pages(pdf: Printed) -> None:
    page_text = pdf.text
    squeezed = page_text.replace(" ", "")  # a line may break after a hyphen
    said = [
        word for text in texts(compose(sample.what_if(), LANGUAGES[pdf.code]).blocks) for word in text.split()
    ]
    assert len(said) > 800
    missing = {word for word in said if word not in squeezed}
    assert missing == set()
    assert unicodedata.is_normalized("NFC", page_text)
    assert "\ufffd" not in page_text


def test_charts_are_text_too(pdf: Printed) -> None:
    assert fan.title(sample.what_if(), LANGUAGES[pdf.code]) in pdf.text


def test_only_the_bundled_fonts_are_inside(pdf: Printed) -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.document.pages
        for font in page["/Resources"].get_object().get("/Font", {}).values()
    }
    assert names
    assert {name.split("+")[1] for name in names} <= {
        "NotoSans-Regular", "NotoSans-SemiBold", "NotoSans-Bold", "NotoSansItalic-Italic", "NotoSans-Italic",
    }  # fmt: skip


def test_page_one_stands_alone(pdf: Printed) -> None:
    outcome, language = sample.what_if(), LANGUAGES[pdf.code]
    first = pdf.pages[0]
    assert answer.headline(outcome, language) in first
    for name, said in sample.points(risks.section(outcome, language)):
        assert f"{name}. {said}" in first
    for latest in ("1.84%", "4.3%", "7.21%"):
        assert (latest if pdf.code == "en" else latest.replace(".", ",")) in first
    assert language.day(outcome.data_to) in first
    assert return_month.heading(outcome, language) in pdf.pages[1]
    assert scenarios.heading(outcome, language) in pdf.pages[2]
    assert any(next_releases.heading(outcome, language) in page for page in pdf.pages[2:4])
    assert len(pdf.pages) <= LONGEST_REPORT


@pytest.mark.parametrize("case", sample.pages("what_if"))
def test_every_case_fits_its_page_one(case: str, tmp_path: Path) -> None:
    outcome = sample.EDGES[case]()
    outcome = replace(outcome, figures=outcome.figures[:9])
    report.write(outcome, tmp_path, ["vi"])  # the longer language
    pages = printed(tmp_path / "report.vi.pdf", "vi").pages
    assert return_month.heading(outcome, LANGUAGES["vi"]) in pages[1]
    marked = any(LANGUAGES["vi"].text["afterwards.section"] in page for page in pages)
    assert marked == (outcome.outcome is not None)


def test_the_file_is_tagged_titled_and_claims_its_standards(pdf: Printed) -> None:
    code, document = pdf.code, pdf.document
    root = document.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == code
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    about = document.xmp_metadata
    assert about is not None
    xml = about.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xml
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xml
    assert "<pdfuaid:part>1</pdfuaid:part>" in xml
    metadata = document.metadata
    assert metadata is not None
    assert metadata.title is not None
    assert metadata.title.startswith(sample.what_if().title[code])
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == "2024-05-20"
    assert len(document.outline) > 3


def test_charts_and_tables_speak_to_a_screen_reader(pdf: Printed) -> None:
    code, document = pdf.code, pdf.document
    kinds: dict[str, int] = {}
    alts: list[str] = []

    def walk(node: pypdf.generic.PdfObject) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            kind = str(node.get("/S", ""))
            kinds[kind] = kinds.get(kind, 0) + 1
            if "/Alt" in node:
                alts.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(document.trailer["/Root"].get_object()["/StructTreeRoot"]["/K"])
    assert kinds["/Table"] >= 8
    assert kinds["/TH"] >= 40
    assert kinds["/H1"] >= 4
    outcome, language = sample.what_if(), LANGUAGES[code]
    said = [b.alt for b in compose(outcome, language).blocks if isinstance(b, blocks.Chart)]
    assert set(said) <= set(alts)
    assert language.percent(outcome.fan[11].median) in said[0]
    assert language.odds(phrases.baseline(outcome).p_within_12) in said[1]


def test_the_numbers_travel_inside_the_pdf(pdf: Printed, folder: Path) -> None:
    assert {name: content[0] for name, content in pdf.document.attachments.items()} == {
        name: (folder / name).read_bytes() for name in ("report.json", *TABLES)
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that a process works in")
def test_a_pdf_needs_no_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from forecast.report import pictures

    outcome = sample.bac_ninh()
    document, charts = compose(outcome, LANGUAGES["en"]), pictures.draw(outcome, LANGUAGES["en"])
    made = render(document, charts, "2024-05-20")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert render(document, charts, "2024-05-20") == made


def test_markup_in_the_users_words_prints_as_it_is(tmp_path: Path) -> None:
    title = r'Steel #1 $x$ *bold* _it_ "quoted" <tag> @ref [a] \ {b} 生'
    base = sample.bac_ninh()
    outcome = replace(base, title={"en": title}, figures=base.figures[:3])
    report.write(outcome, tmp_path, ["en"])
    first = flat(pypdf.PdfReader(tmp_path / "report.en.pdf").pages[0].extract_text())
    assert title.replace("生", "\ufffd") in first


def test_every_figure_stands_on_the_data_pages_with_its_source(pdf: Printed) -> None:
    outcome, text = sample.bac_ninh(), LANGUAGES[pdf.code].text
    linked = {
        str(note.get_object()["/A"]["/URI"])
        for page in pdf.document.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    assert linked == {f.source.split(" | ")[1] for f in outcome.figures if " | http" in f.source}
    printed_as = text["status.superseded"]
    assert pdf.text.count(printed_as) >= sum(f.status == "superseded" for f in outcome.figures)
    head = " ".join(text[f"column.{key}"] for key in ("value", "fitted", "residual"))
    assert sum(head in page for page in pdf.pages) >= 2  # repeated on every page of the long table


def test_contradictions_are_named() -> None:
    outcome, language = sample.bac_ninh(), LANGUAGES["en"]
    named = next(f for f in outcome.figures if f.status == "contradictory")
    tables = {b.title: b for b in compose(outcome, language).blocks if isinstance(b, blocks.Table)}
    (group,) = tables["Contradictory figures: 1"].groups
    assert group.title == "Bắc Ninh: manufacturing"
    assert group.rows == (
        (
            "year to date",
            language.short(named.period),
            language.number(named.value, 2),
            language.number(named.fitted or 0.0, 1),
            language.number(named.residual or 0.0, 1, sign=True),
            language.day(named.published),
        ),
    )
    clean = replace(outcome, figures=tuple(replace(f, status="used") for f in outcome.figures))
    titles = {b.title for b in compose(clean, language).blocks if isinstance(b, blocks.Table)}
    assert not any("Contradictory" in title for title in titles)


def contradicting() -> Outcome:
    """Two sets that share a figure, and a figure that lies far from all others."""
    outcome = sample.bac_ninh()
    sets = {3: (2,), 4: (1, 2), 5: (1,), 6: ()}
    found = tuple(
        replace(f, status="contradictory", sets=sets[i]) if i in sets else replace(f, status="used")
        for i, f in enumerate(outcome.figures)
    )
    return replace(outcome, figures=found)


@pytest.mark.parametrize(
    ("code", "column", "stated"),
    [
        ("en", "Set", "Sets of figures that cannot all be true: 2, numbered in the column “Set”"),
        ("vi", "Nhóm", "Có 2 nhóm số liệu không thể cùng đúng, đánh số ở cột “Nhóm”"),
    ],
)
def test_contradictory_figures_stand_set_by_set(code: str, column: str, stated: str) -> None:
    outcome, language = contradicting(), LANGUAGES[code]
    document = compose(outcome, language)
    title = language.say("data.contradictions", count="4")
    (found,) = (b for b in document.blocks if isinstance(b, blocks.Table) and b.title == title)
    assert found.columns[-1].title == column
    assert [row[-1] for row in found.groups[0].rows] == ["1", "1, 2", "2", ""]
    (said,) = (b.text for b in document.blocks if isinstance(b, blocks.Paragraph) and stated in b.text)
    assert language.text["data.in_no_set"] in said
    alone = replace(outcome, figures=tuple(replace(f, sets=()) for f in outcome.figures))
    told = str(compose(alone, language).blocks)
    assert stated[:12] not in told
    assert language.text["data.in_no_set"] not in told
    assert Outcome.from_json(outcome.to_json()).figures[4].sets == (1, 2)


def test_failed_fits_are_counted_by_reason() -> None:
    document = compose(sample.electrical(), LANGUAGES["en"])
    tables = {b.title: b for b in document.blocks if isinstance(b, blocks.Table)}
    rows = tables["Fits that failed: 7"].groups[0].rows
    assert rows == (("seasonal ARIMA", "7", "the likelihood has no maximum inside"),)


def test_tables_print_the_numbers_of_the_outcome() -> None:
    outcome, language = sample.usual(), LANGUAGES["en"]
    found = phrases.baseline(outcome)
    document = compose(outcome, language)
    tables = {b.title: b for b in document.blocks if isinstance(b, blocks.Table)}
    side = next(b for b in document.blocks if isinstance(b, blocks.Side))
    milestones = tables["Milestones on the way back"].groups[0].rows
    assert milestones[0] == ("Trough passed", "87%", "Aug 2023", "97%", "1%")
    assert milestones[1] == ("Back at normal", "under 1%", "Nov 2025", "44%", "40%")
    assert [row[1] for row in side.left.groups[0].rows] == [
        language.odds(p)
        for p in (
            found.p_already_back,
            found.p_within_6,
            found.p_within_12,
            found.p_within_24,
            found.p_not_within_horizon,
        )
    ]
    fan = tables["The fan in numbers: level in % of normal"]
    assert fan.columns[4].title == "Apr 2025"
    assert fan.groups[0].rows[0][4] == f"{outcome.fan[11].median:.0f}"
    assert fan.groups[0].rows[2][4] == f"{outcome.fan[11].lower_80:.0f}–{outcome.fan[11].upper_80:.0f}"


def test_notes_are_printed_on_page_one() -> None:
    outcome = replace(sample.bac_ninh(), notes=("slump_start_given", "a_new_note"))
    points = [b for b in compose(outcome, LANGUAGES["en"]).blocks if isinstance(b, blocks.Points)]
    assert points[1].items[-1] == (
        "Please note",
        "The start of the slump was set by the user, not dated by the rule. a new note",
    )


def test_unknown_language_and_format_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        report.write(sample.bac_ninh(), tmp_path / "out", ["en", "vie"], ["pdf", "docx"])
    assert caught.value.problems == (
        'report.languages[1]: "vie" is not made; choose from en, vi (did you mean "vi"?)',
        'report.formats[1]: "docx" is not made; choose from pdf, html, xlsx',
    )
    assert not (tmp_path / "out").exists()


def test_pages_in_no_language_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="report.languages: none is given; choose from en, vi"):
        report.write(sample.bac_ninh(), tmp_path / "out", [], ["html"])


def test_one_language_and_no_pdf(tmp_path: Path) -> None:
    written = report.write(sample.bac_ninh(), tmp_path, ["vi"], [])
    assert "report.vi.pdf" not in {file.name for file in written}
    assert (tmp_path / "figures" / "fan.vi.svg").is_file()
    assert not (tmp_path / "figures" / "fan.en.svg").exists()


def test_a_broken_document_never_passes_for_a_report() -> None:
    assert pypdf.PdfReader(io.BytesIO(_pdf_without_figures())).pages


def _pdf_without_figures() -> bytes:
    """A report of figures of which none is left, as a region with one figure may be."""
    from forecast.report import pictures
    from forecast.report.render import pdf

    outcome = replace(sample.bac_ninh(), figures=(), latest=())
    language = LANGUAGES["en"]
    return pdf.render(compose(outcome, language), pictures.draw(outcome, language), outcome.as_of)


def test_a_pdf_is_dated_by_its_report_and_by_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[dict[str, object]] = []
    monkeypatch.setattr("typst.compile", lambda _, **of: named.append(of) or b"")
    render(compose(sample.usual(), LANGUAGES["en"]), {}, "2024-05-20")
    assert named[0]["timestamp"] == datetime.datetime(2024, 5, 20, tzinfo=datetime.UTC)
