"""Text files: their encodings, separators, quotes and lines."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from forecast.errors import DataError
from forecast.tables.cells import Place, Sheet
from forecast.tables.opening import sheets, tcvn3

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "bulletins"

TEXTS = {
    "cp1252": ("Période;Énergie\n2024-01;103,4\n", "Monat,Verarbeitendes Gewerbe\nMär 2024,98.2\n"),
    "cp1250": (
        "Miesiąc;Ogółem\npaździernik 2024;98,2\nstyczeń 2024;1,5\n",
        "Měsíc;Průmysl\nříjen 2024;98,2\n",
    ),
    "cp1251": ("Месяц;Промышленность\nянварь 2024;98,2\n", "Период;Всего\n2024-01;98,2\n"),
    "koi8_r": ("Месяц;Промышленность\nянварь 2024;98,2\nфевраль 2024;99,1\n",),
    "cp1253": ("Μήνας;Δείκτης παραγωγής\nΙανουάριος 2024;98,2\n",),
    "cp1254": ("Ay;Sanayi üretim endeksi\nŞubat 2024;98,2\nAğustos 2024;99,1\n",),
    "cp932": ("時点,鉱工業指数\n2024年1月,98.2\n",),
    "gb18030": ("指标,工业增加值\n2024年1月,98.2\n", "月份,工业生产指数\n2024-01,98.2\n"),
    "big5": ("年月,工業生產指數\n2024年1月,98.2\n",),
    "cp949": ("시점,광공업생산지수\n2024.01,98.2\n",),
    "cp1258": ("Ngành;Công nghiệp chế biến, chế tạo\nTháng 1/2024;98,2\n",),
}


def one(path: Path, content: bytes) -> Sheet:
    path.write_bytes(content)
    (sheet,) = sheets(path)
    return sheet


def encoded(text: str, page: str) -> bytes:
    """Return the bytes; Windows' Vietnamese page has no letters of two marks, only the tone as one of its own."""
    if page != "cp1258":
        return text.encode(page)
    out = b""
    for letter in text:
        try:
            out += letter.encode(page)
        except UnicodeEncodeError:
            base, *signs = unicodedata.normalize("NFD", letter)
            tone = next(sign for sign in signs if sign in "\u0300\u0301\u0303\u0309\u0323")
            rest = unicodedata.normalize("NFC", base + "".join(sign for sign in signs if sign != tone))
            out += (rest + tone).encode(page)
    return out


@pytest.mark.parametrize(("page", "text"), [(page, text) for page, texts in TEXTS.items() for text in texts])
def test_code_pages_of_offices_are_recognised_and_said(tmp_path: Path, page: str, text: str) -> None:
    plain = one(tmp_path / "plain.csv", text.encode())
    sheet = one(tmp_path / "x.csv", encoded(text, page))
    assert sheet.rows == plain.rows
    (note,) = (note for note in sheet.notes if "encoding" in note)
    assert note.startswith(f"encoding {page} detected, by words such as ")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marks_of_order_and_none(tmp_path: Path, encoding: str) -> None:
    assert one(tmp_path / "x.csv", "tháng,IIP\n2024-01,98.2\n".encode(encoding)).rows == (
        ("tháng", "IIP"),
        ("2024-01", "98.2"),
    )


def test_one_sign_of_western_europe_is_no_language(tmp_path: Path) -> None:
    assert one(tmp_path / "x.csv", "month,IIP °C\n2024-01,98.2\n".encode("cp1252")).rows[0] == (
        "month",
        "IIP °C",
    )


def test_utf_8_with_a_broken_letter_is_refused_with_its_line(tmp_path: Path) -> None:
    content = "tháng,Toàn ngành công nghiệp\n2024-01,98.2\n".encode() * 5 + b"2024-02,9\xff\n"
    with pytest.raises(DataError) as caught:
        one(tmp_path / "x.csv", content)
    assert str(caught.value) == (
        "x.csv:11: byte 0xff is not UTF-8; save the file again with encoding UTF-8 (in Excel: CSV UTF-8)"
    )


def test_utf_8_cut_within_its_last_letter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"x\.csv:2: byte 0xe1 is not UTF-8"):
        one(tmp_path / "x.csv", "tháng,IIP\n2024-01,sơ bộ".encode()[:-1])


@pytest.mark.parametrize(
    ("text", "separator", "last"),
    [
        (
            "Source: X, Y\nData of October 24, 2024 (8:14 am)\n\nPeriod;Value\nJan-2024;98,2\nFeb-2024;99,1\n",
            ";",
            2,
        ),
        (
            "Notes; a, b\nmore; c\nPeriod,Value,Other\n2024-01,98.2,1\n2024-02,99.1,2\n2024-03,97.4,3\n",
            ",",
            3,
        ),
        (",2023,,,2024,,\nSector,10,11,12,1,2,3\nTotal,98.2,99.1,97.4,100.3,101.6,99.9\n", ",", 7),
        ("B|Mining,1,2\nC|Making,3,4\nmonth,5,6\n", ",", 3),
        ("freq,geo\\TIME_PERIOD\t2024-01\t2024-02\nM,DE\t98.2 p\t: c\n", "tab", 3),
        ('"a;b";"c,d"\n1,5;2,5\n', ";", 2),
        ("a|b\n1|2\n", "|", 2),
        ("period\n2024-01\n", ",", 1),
        ("sep=|\na;x|b\n1|2\n", ",", 2),
    ],
)
def test_separators(tmp_path: Path, text: str, separator: str, last: int) -> None:
    sheet = one(tmp_path / "x.csv", text.encode())
    said = {"tab": "separator 'tab' detected"}.get(separator, f"separator '{separator}' detected")
    assert sheet.notes == (() if separator == "," else (said,))
    assert sum(value is not None for value in sheet.rows[-1]) == last


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    sheet = one(tmp_path / "x.csv", b'month,"a\nb"\r\n\r\n2024-01,"1\n\n2"\r2024-02,3\n\n\n')
    assert sheet.rows == (("month", "a b"), (None, None), ("2024-01", "1 2"), ("2024-02", "3"))
    assert sheet.lines == (1, 3, 4, 7)
    assert sheet.place(Place(3, 1)) == "x.csv:7"


def test_ragged_rows_are_made_even_and_empty_columns_at_the_end_dropped(tmp_path: Path) -> None:
    sheet = one(tmp_path / "x.csv", b"a,b,,\n1\n1,2,3,,,\n")
    assert sheet.rows == (("a", "b", None), ("1", None, None), ("1", "2", "3"))


def test_a_stray_quote_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        one(tmp_path / "x.csv", b'a,b\n"1"x,2\n')
    assert str(caught.value) == 'x.csv:2: stray quote ("); double it inside a quoted text ("") or delete it'


def test_tcvn3_in_a_text_file(tmp_path: Path) -> None:
    text = "Th¸ng;C«ng nghiÖp chÕ biÕn;Khai th¸c má;Than ®¸\nTh¸ng 1/2008;98,2;99,1;97,4\n"
    sheet = one(tmp_path / "x.csv", text.encode("cp1252"))
    assert sheet.rows[0] == ("Tháng", "Công nghiệp chế biến", "Khai thác mỏ", "Than đá")
    assert sheet.rows[1][0] == "Tháng 1/2008"
    assert sheet.notes == ("separator ';' detected", "5 texts in TCVN3 were read as Vietnamese")


def test_tcvn3_leaves_other_texts_alone() -> None:
    german = [
        "Getränke",
        "Bekleidung",
        "Möbel",
        "für Öl",
        "Ausrüstungen",
        "Maß",
        "«Total»",
        "m²",
        "½",
        "20 °C",
        "µg",
    ]
    french = [
        "Énergie",
        "Pétrole",
        "août",
        "Île-de-France",
        "«Total»",
        "dépôt",
        "été",
        "à côté",
        "où",
        "São",
        "té",
    ]
    vietnamese = [
        "Tổng số",
        "Than đá",
        "Dầu thô",
        "Ô tô",
        "Sữa",
        "lóa",
        "Khí đốt hóa lỏng",
        "Tháng 4",
        "Bông",
    ]
    for texts in (german, french, vietnamese, german + french + vietnamese):
        assert tcvn3.read(texts) == {}


def test_tcvn3_of_names_capitals_and_abbreviations() -> None:
    texts = [
        "TæNG Sè",
        "§¾k L¾k",
        "Doanh nghiÖp Nhµ n\u00adíc (§P)",
        "lóa",
        "S¶n xuÊt",
        "Tæng c«ng ty",
        "Total",
    ]
    assert tcvn3.read(texts) == {
        "TæNG Sè": "TỔNG Số",
        "§¾k L¾k": "Đắk Lắk",
        "Doanh nghiÖp Nhµ n\u00adíc (§P)": "Doanh nghiệp Nhà nước (ĐP)",
        "lóa": "lúa",
        "S¶n xuÊt": "Sản xuất",
        "Tæng c«ng ty": "Tổng công ty",
    }


@pytest.mark.skipif(not SHARED.is_dir(), reason="the bulletins of ../shared are not here")
def test_labels_of_old_bulletins_are_those_that_their_fonts_show() -> None:
    cells: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    with (SHARED / "expected.csv").open(encoding="utf-8-sig") as file:
        for known in csv.DictReader(file):
            if known["file"] < "2011":  # later ones are in Unicode
                cells[known["file"], known["sheet"]].add((known["cell"], known["label"]))
    assert len(cells) == 7
    for (file, title), expected in cells.items():
        (sheet,) = sheets(SHARED / file, title)
        shown = {" ".join(str(value).casefold().split()) for _, value in sheet.filled()}
        missing = {label for _, label in expected if " ".join(label.casefold().split()) not in shown}
        assert not missing, (file, title)


@pytest.mark.parametrize(
    "content",
    [
        'month,iip\n="2021-01",="97.5"\n="2021-02",="98.5"\n',
        'month,iip\n"=""2021-01""","=""97.5"""\n"=""2021-02""","=""98.5"""\n',
        "month,iip\n'2021-01,'97.5\n'2021-02,'98.5\n",
    ],
)
def test_marks_that_keep_a_cell_as_text_are_no_part_of_it(content: str, tmp_path: Path) -> None:
    read = one(tmp_path / "levels.csv", content.encode())
    assert read.rows == (("month", "iip"), ("2021-01", "97.5"), ("2021-02", "98.5"))


def test_a_formula_that_shows_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    read = one(tmp_path / "levels.csv", b'month,iip\n2021-01,=""\n2021-02,98.5\n')
    assert read.rows[1] == ("2021-01", None)


def test_a_text_document_is_told_as_such_though_it_begins_as_json_does(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"{\\rtf1\\ansi month,IIP\n2023-01,100.2}")
    with pytest.raises(
        DataError, match=r"a\.csv: is a text document \(RTF\); save the table as CSV or Excel"
    ):
        sheets(file)
