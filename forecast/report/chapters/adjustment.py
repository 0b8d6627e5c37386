"""The level seasonally adjusted by a second method, beside the built-in profile."""

from __future__ import annotations

from forecast.outcome import Adjustment, Outcome
from forecast.report.blocks import Block, Column, Paragraph, Row, Table, table
from forecast.report.columns import words
from forecast.report.words import Language


def section(outcome: Outcome, language: Language) -> list[Block]:
    """Return the gap by the other adjustment; nothing where none was asked for."""
    if outcome.adjustment is None:
        return []
    sentence = told(outcome.adjustment, outcome.rule.window, language)
    return [Paragraph(sentence), _table(outcome.adjustment, language)]


def told(adjusted: Adjustment, window: int, language: Language) -> str:
    """Return the gap by another seasonal adjustment beside the built-in one, and what it chose."""
    method = language.text[f"adjusted.by_{adjusted.method}"]
    sentences = [
        language.say(
            "adjusted.text",
            method=method,
            window=str(window),
            gap=language.percent(adjusted.gap_pct, sign=True),
            own=language.percent(adjusted.builtin_gap_pct, sign=True),
        )
    ]
    if adjusted.model:
        none = language.text["adjusted.none"]
        calendar = [language.regressor(name) for name in adjusted.regressors]
        outliers = [
            language.text[f"adjusted.{one.kind}"].format(month=language.month(one.month))
            for one in adjusted.outliers
        ]
        sentences.append(
            language.say(
                "adjusted.model",
                method=method,
                model=adjusted.model,
                regressors=", ".join(calendar) or none,
                outliers=", ".join(outliers) or none,
            )
        )
    sentences += [language.text[f"adjusted.{code}"] for code in adjusted.notes]
    return " ".join(sentences)


def _table(adjustment: Adjustment, language: Language) -> Table:
    """The last months, seasonally adjusted by two methods."""
    columns = (
        words(language, "column.month", 1.6),
        *(Column(language.short(row.month), share=1.0) for row in adjustment.months),
    )
    rows: list[Row] = [
        (language.text[name], *("" if v is None else language.number(v, 0) for v in values))
        for name, values in (
            (f"adjusted.by_{adjustment.method}", [row.level_pct for row in adjustment.months]),
            ("adjusted.builtin", [row.builtin_pct for row in adjustment.months]),
        )
    ]
    return table(language.text["adjusted.title"], columns, rows)
