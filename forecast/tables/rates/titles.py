"""What a title says of all columns of its table: months, and that its numbers are no published rates.

It alone decides which parts of a title are of another time than the data: its number, an issue, days, publication.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from forecast.tables.languages import holds
from forecast.tables.moments import moment
from forecast.tables.rates.compare import end
from forecast.tables.rates.lexicon import fitting, lexicons, says
from forecast.tables.rates.spans import Span
from forecast.tables.rates.statement import Statement, statement

WHOLE_TABLE = ("contribution", "adjusted", "annualised", "per mille")
"""Reasons of `lexicon.REASONS` that a title gives for all columns."""

_TO_DATE = Span("to date")

_OF_TRIMESTERS = ("es", "fr", "pt")
_TRIMESTER = re.compile(r"\b(?:T([1-4])|([1-4])T)(?![^\W\d])(?:(?<=T)(?=\d{2})|\b)")

_MONTHLY = ("thang", "month", "monat", "mens", "mes")
"""Beginnings of words by which a title speaks of single months beside those to date."""

_NUMBERED = re.compile(
    r"""^\W*(?:
        (?:biểu|bảng|phụ\ lục|table|tab|annex|appendix|tabelle|tableau|cuadro|quadro|anexo|annexe)\.?
        (?:\s*(?:số|no|nr|n°))?[\s:.]*(?=[\w./-]*\d)[\w./-]+
        | \d{1,2}(?:\.\d{1,2})*[.)](?=\s+[^\W\d])
    )[\s:.–—-]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""The number of a table at the head of its title: "Biểu 2.", "Table 3 -", "Biểu 01-2024/CTK:", "1."."""

_ISSUE = re.compile(
    r"\b(?:bulletin|bản tin|newsletter|issue)\s*(?:no\.?|số|nr\.?)?\s*\d{1,3}\s*/\s*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""The number of a bulletin in its year, which is no month: "Bulletin No. 5/2024"."""

_DAY = re.compile(
    r"""\b(?:ngày\s+)?\d{1,2}\s*
        (?:[/.-]\s*\d{1,2}\s*[/.-] | (?:st|nd|rd|th|\.)?\s+(?:tháng\s+\d{1,2}\s+năm|[^\W\d]{3,}\.?))
        \s*(?:19|20)\d\d\b
        | \b[^\W\d]{3,}\.?\s+\d{1,2},\s*(?:19|20)\d\d\b
        | \b(?:19|20)\d\d-\d\d-\d\d\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What may be a day: no office dates its months so."""

_PUBLISHED = re.compile(
    r"""\b(?:next\ release|released?|release\ date|updated?|embargo(?:ed)?|printed|retrieved|source|published|stand
        |quelle
        |nguồn|cập\ nhật|ngày\ in|in\ ngày|công\ bố|phát\ hành|fuente|actualizado|mis\ à\ jour
        )\b[^()\[\]–—;|]*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is said of publication, to the end of its part of the title."""

SPOKEN_OF = "an adjustment, contributions, per mille, a plan, a forecast or a mean of months"


def of_all(above: Sequence[Statement]) -> Statement | None:
    """Return the title that says of all columns that they are no published rates, None where none does.

    One that names production or compares, or a line of which every word is understood, such as a unit in brackets.
    """
    for title in above:
        of_table = says(title.text, "production") or title.compares
        if title.left_out in WHOLE_TABLE and (of_table or not title.strange):
            return title
        if of_table and title.status != "official" and holds(title.text, "outlook"):
            return title
        if title.compares and not _of_base_year(title) and _mean(title.text):
            return title
    return None


def shared_base(above: Sequence[Statement]) -> Span | None:
    """Return the base that the titles name for all columns, None where they name none or several."""
    bases = {title.base for title in above if title.base is not None and title.base.kind != "base year"}
    return bases.pop() if len(bases) == 1 else None


def up_to(headings: Sequence[Statement], above: Sequence[Statement]) -> Span | None:
    """Return what titles make of single months where that is those from January on, None where they do not.

    They then speak of nothing else, nor do headings.
    """
    titled = {span.kind for title in above for span in title.whats} - {"year"}
    headed = {span.kind for one in headings for span in one.whats} - {"year"}
    monthly = any(word.startswith(_MONTHLY) for title in above for word in title.strange)
    only = titled == {_TO_DATE.kind} and headed == {"month"} and not monthly
    return _TO_DATE if only else None


def in_trimesters(columns: Sequence[Sequence[str]], titles: Sequence[str]) -> list[list[str]]:
    """Return headings with T1 to T4 as quarters where those beside them and the titles are of a language of trimesters.

    >>> in_trimesters([["T2 2024 / T1 2024"], ["Mai 2024 / mai 2023", "évolution"]], [])[0]
    ['trimestre 2 2024 / trimestre 1 2024']
    >>> in_trimesters([["T2/2024"], ["so với cùng kỳ"]], ["Production"])[0]
    ['T2/2024']
    """
    rest = "\n".join(_TRIMESTER.sub("", text) for texts in (*columns, titles) for text in texts)
    known = {language.name: language.strangers(rest) for language in lexicons()}
    spoken = fitting(rest).name in _OF_TRIMESTERS and known[fitting(rest).name] < known["vi"]
    if not spoken:
        return [list(texts) for texts in columns]
    return [
        [_TRIMESTER.sub(r"trimestre \1\2 ", text).replace("  ", " ").strip() for text in texts]
        for texts in columns
    ]


def of_the_data(title: str) -> str:
    """Return a title without what names another time than that of its data: its number, an issue, days, publication.

    >>> of_the_data("Biểu 2. Chỉ số sản xuất công nghiệp tháng 4 năm 2024")
    'Chỉ số sản xuất công nghiệp tháng 4 năm 2024'
    >>> of_the_data("Table 3 - Industrial production, April 2024 - released 6 May 2024")
    'Industrial production, April 2024 -'
    >>> of_the_data("Biểu 01-2024/CTK: Chỉ số sản xuất công nghiệp"), of_the_data("Tháng 4/2024")
    ('Chỉ số sản xuất công nghiệp', 'Tháng 4/2024')
    """
    title = _DAY.sub(lambda hit: " " if _is_day(hit[0]) else hit[0], title)
    for pattern in (_NUMBERED, _ISSUE, _PUBLISHED):
        title = pattern.sub(" ", title)
    return " ".join(title.split())


def _is_day(text: str) -> bool:
    when = moment(text)
    return when is not None and when.day is not None


def _mean(text: str) -> bool:
    """Tell whether a title speaks of a mean of months other than that of a base: (monthly average 2015 = 100)."""
    parts = (part for part in re.split(r"[(),;:]", text) if says(part, "average"))
    return any(not _of_base_year(statement([part])) for part in parts)


def _of_base_year(said: Statement) -> bool:
    return said.base is not None and said.base.kind == "base year"


def objection(titles: Sequence[str]) -> str:
    """Say why the figures below titles are no published rates, "" where no title says so; comments (#) do not count.

    >>> objection(["Chỉ số giá tiêu dùng"]), objection(["Chỉ số sản xuất công nghiệp tháng 4"])
    ('the title "Chỉ số giá tiêu dùng" is of another subject', '')
    """
    titles = [text for text in titles if not text.startswith("#")]
    title = of_all([statement([text]) for text in titles])
    if title is not None:
        return f'the title "{title.text}" speaks of {SPOKEN_OF}'
    other = next((text for text in titles if says(text, "another table")), "")
    if not other or any(says(text, "production") for text in titles):
        return ""
    return f'the title "{other}" is of another subject'


def months_of_title(title: str) -> tuple[pd.Period, ...]:
    """Return the months that a title of production names with their years.

    >>> [str(m) for m in months_of_title("Chỉ số sản xuất công nghiệp tháng 4 năm 2024")]
    ['2024-04']
    """
    if not says(title, "production"):
        return ()
    spans = (
        span
        for span in statement([of_the_data(title)]).whats
        if span.kind in ("month", "months", "quarter", "range")
    )
    return tuple(pd.Period(year=s.year, month=end(s), freq="M") for s in spans if s.year > 0)
