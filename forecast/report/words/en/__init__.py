"""English: every sentence and label of a report."""

from __future__ import annotations

from forecast.report.words.en import (
    answer,
    codes,
    columns,
    data,
    doubts,
    method,
    page_one,
    parts,
    planning,
    trust,
    web,
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

CHANCES = (  # whole percent at least -> word; the scale of the IPCC, narrowed
    (99, "virtually certain"),
    (90, "very likely"),
    (66, "likely"),
    (34, "about as likely as not"),
    (10, "unlikely"),
    (1, "very unlikely"),
    (0, "almost impossible"),
)

TEXT = {
    **page_one.TEXT,
    **answer.TEXT,
    **planning.TEXT,
    **parts.TEXT,
    **trust.TEXT,
    **data.TEXT,
    **doubts.TEXT,
    **method.TEXT,
    **codes.TEXT,
    **columns.TEXT,
    **web.TEXT,
}

GLOSSARY = method.GLOSSARY
