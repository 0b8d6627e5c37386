"""English. Web page, index of many questions, workbook."""

from __future__ import annotations

TEXT = {
    "html.skip": "Skip to the report",
    "html.section": "Try it",
    "html.title": "When output is back, by scenario",
    "html.scenario": "Scenario",
    "html.month": "Month",
    "html.curve": "Chance that output is back at normal, by month; the text below reads the chosen month",
    "html.said": "{by} chance that output is back by {month}; {inside} that it returns in that very month.",
    "index.title": "When is output back at its normal scale?",
    "index.sorted": "Sorted by how far the chance of a return within 12 months has moved since the report before",
    "index.question": "Question",
    "index.answer": "Answer",
    "index.change": "Since the last report",
    "index.first": "first report",
    "index.same": "no change since {as_of}",
    "index.points": "{points} points within 12 months since {as_of}",
    "workbook.summary": "Summary",
    "workbook.history": "History by month",
    "workbook.history_title": "The history: index points, percent of normal, 80% interval",
    "workbook.fan": "Fan by month",
    "workbook.return": "Return by month",
    "workbook.next": "Next releases",
    "workbook.lower": "lower",
    "workbook.upper": "upper",
    "workbook.of_normal": "% of normal",
    "workbook.in_month": "Return in the month",
    "workbook.by_month": "Back by the month",
}
