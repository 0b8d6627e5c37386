"""Bytes into text: marks of order, UTF-8, and the code pages of offices where there is neither."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence

from forecast.errors import DataError
from forecast.tables.languages import folded_name, month_names
from forecast.tables.opening import tcvn3

_MARKS = (  # a mark of UTF-16 begins that of UTF-32, so the longer comes first
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SINGLE = (
    "cp1252", "cp1258", "cp1250", "cp1251", "cp1254", "cp1253", "cp1257", "koi8_r", "cp1255", "cp1256", "cp874",
)  # fmt: skip
_SINGLE_LATIN = ("cp1252", "cp1258", "cp1250", "cp1254", "cp1257")
_DOUBLE = ("cp932", "gb18030", "big5", "cp949", "euc_jp")
_SAMPLE = 200_000  # bytes that decide; chosen: some thousands of lines
_HIGH = re.compile(rb"[\x80-\xff]+")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WESTERN = re.compile("[ðþýøìœ]|[¹³¿¥¯¼¾ª¢](?=[a-z])", re.IGNORECASE)
"""Turkish, Polish and Czech letters as Western Europe's page would have them; Icelandic and Danish have them too."""
_THAI = re.compile(r"ม\.ค\.|มกราคม|เดือน")
"""January or "month", which no text of another code page spells when it is read as Thai."""
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")


def decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text, and a note where it is not plain UTF-8.

    Raises DataError for bytes that are no text, and for damaged UTF-8.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(name, content, encoding)
    if b"\x00" in content:
        even, odd = (content[start:_SAMPLE:2].count(0) / len(content[:_SAMPLE]) for start in (0, 1))
        if not (max(even, odd) > 0.2 and min(even, odd) < 0.01):
            raise DataError(f"{name}: is not a text file (it holds zero bytes); save it as CSV in UTF-8")
        return _strictly(name, content, "UTF-16-LE" if odd > even else "UTF-16-BE")
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return _by_code_page(name, content, error)


def _strictly(name: str, content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return content.decode(encoding), (f"{encoding} detected",)
    except UnicodeDecodeError:
        raise DataError(f"{name}: is {encoding} but cut short or damaged; save it again as UTF-8") from None


def _by_code_page(name: str, content: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    """Return text of a code page; the note quotes a word, as no code page proves itself.

    Raises DataError where the file is UTF-8 but for a few bytes, and where no code page fits.
    """
    broken = content.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= letter <= "\udcff" for letter in broken)
    good = sum(letter > "\x7f" for letter in broken) - bad
    line = content.count(b"\n", 0, error.start) + 1
    cut = good and error.reason == "unexpected end of data"
    page = _code_page(content) if bad > good / 10 and not cut else None
    if page is None:
        raise DataError(
            f"{name}:{line}: byte 0x{content[error.start]:02x} is not UTF-8; "
            "save the file again with encoding UTF-8 (in Excel: CSV UTF-8)"
        )
    text = unicodedata.normalize("NFC", content.decode(page))
    if page == "cp1252" and tcvn3.read(_cells(text)):
        return text, ()  # its cells are told to be TCVN3 later, each for itself
    telling = next((word for word in _WORD.findall(text) if not word.isascii()), "")
    return text, (
        f'encoding {page} detected, by words such as "{telling}"; save as UTF-8 if that looks wrong',
    )


def _code_page(content: bytes) -> str | None:
    """Return the likeliest code page, or None where none gives words."""
    sample = content[:_SAMPLE].rpartition(b"\n")[0] or content[:_SAMPLE]
    texts = {
        page: text for page in (*_SINGLE, *_DOUBLE) if (text := _tried(content, sample, page)) is not None
    }
    runs = _HIGH.findall(sample)
    paired = sum(len(run) for run in runs if len(run) > 1) > sum(len(run) for run in runs) / 2
    likely = [page for page in texts if paired or page in _SINGLE]
    if "cp1252" in likely and tcvn3.read(_cells(texts["cp1252"])):
        return "cp1252"
    if "cp1258" in likely and _is_vietnamese(texts["cp1258"]):
        return "cp1258"
    if "cp874" in likely and _THAI.search(texts["cp874"]):
        return "cp874"
    likely = [page for page in likely if page != "cp874"]
    months = {page: _month_words(texts[page]) for page in likely}
    if months and (most := max(months.values())):
        return next(page for page in likely if months[page] == most)
    return _ranked(sample, texts, likely)


def _tried(content: bytes, sample: bytes, page: str) -> str | None:
    """Return the sample in a code page, or None where the file holds bytes that it lacks or no words come out."""
    try:
        content.decode(page)
        text = sample.decode(page)
    except UnicodeDecodeError:
        return None
    return None if _HALF_WIDTH.search(text) else text


def _ranked(sample: bytes, texts: dict[str, str], likely: Sequence[str]) -> str | None:
    """Return the first of charset-normalizer's candidates; Western Europe's page where its words read as well."""
    import charset_normalizer

    ranked = [one.encoding for one in charset_normalizer.from_bytes(sample, cp_isolation=list(likely))]
    latin = not ranked or ranked[0] in _SINGLE_LATIN
    if "cp1252" in likely and latin and not _NOT_WESTERN.search(texts["cp1252"]):
        return "cp1252"
    return ranked[0] if ranked else None


def _month_words(text: str) -> int:
    """Return how many different names of months with letters beyond ASCII a text holds; a short one alone is chance."""
    words = {word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()}
    months = {word for word in words if len(word) > 2 and folded_name(word) in month_names()}
    return len(months) if len(months) > 1 or any(len(word) > 4 for word in months) else 0


def _is_vietnamese(text: str) -> bool:
    """Tell whether most words beyond ASCII are Vietnamese, with two marks on a letter at least once."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    vietnamese = sum(map(tcvn3.vietnamese, words))
    return vietnamese > 0.8 * len(words) and any("ạ" <= letter <= "ỹ" for word in words for letter in word)


def _cells(text: str) -> list[str]:
    return re.split(r"[\n\r,;\t|]+", text)
