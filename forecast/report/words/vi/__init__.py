"""Tiếng Việt: every sentence and label of a report, in the vocabulary of Vietnamese statistics offices."""

from __future__ import annotations

from forecast.report.words.vi import (
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

CHANCES = (
    (99, "gần như chắc chắn"),
    (90, "rất nhiều khả năng"),
    (66, "nhiều khả năng"),
    (34, "khả năng có và không gần ngang nhau"),
    (10, "ít khả năng"),
    (1, "rất ít khả năng"),
    (0, "gần như không thể"),
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
