"""English. Method, models, attachments, reproduction and the glossary."""

from __future__ import annotations

TEXT = {
    "method.section": "Method",
    "method.heading": "How this forecast was made, and how to make it again",
    "method.read": "How to read the fan",
    "method.read_text": (
        "Of 100 outcomes that the models consider possible, 50 lie in the darkest band in any one month, "
        "80 up to the middle one, 90 up to the lightest; 10 lie outside. The dashed line is the median: "
        "half of the outcomes lie above. A level at normal in one month is not yet a return, so the share "
        "of outcomes above 100 in a month differs from the probability of being back."
    ),
    "method.words_title": "What the words of chance mean",
    "method.words": "{word}: {least}% and more",
    "method.rule": "Rule of recovery",
    "method.rule_text": (
        "Output is back in the first of {hold} consecutive months in which the mean gap of {window} months "
        "is not negative. {how} (noise of the three-month mean {sigma}, slump threshold {threshold}). "
        "Months beyond the horizon of {horizon} months are not dated but counted as “after {last}”."
    ),
    "method.rule_auto": "Window and hold follow from the noise of the series",
    "method.rule_given": "Window and hold were set by the user",
    "method.slump": "Slump and normal",
    "method.slump_text": (
        "The slump starts in {start} ({how}); the peak before it is the mean of {peak_from} to {peak_to}. "
        "Normal, season and calendar are frozen with the slump's start, so that the slump itself cannot "
        "lower normal. Calendar: {calendar}."
    ),
    "method.slump_dated": "dated by the rule",
    "method.slump_given": "set by the user",
    "method.no_slump": "No slump is under way at the origin. Calendar: {calendar}.",
    "method.onset": (
        "The chance that a slump begins is the share of outcomes in which the rule dates one, and on top {outside} a "
        "year for shocks from outside that no outcome holds."
    ),
    "method.pool": (
        "Every history draw is continued by every model, with its parameter and drift uncertainty: {paths} "
        "outcomes of each model from {draws} draws of the history (in all worth {effective} equally weighted "
        "ones), pooled with the weights of the table. A horizon of {horizon} months is followed."
    ),
    "method.pool_levels": (
        "The published history is continued by every model, with its parameter and drift uncertainty: "
        "{paths} outcomes of each model (in all worth {effective} equally weighted ones), pooled with the "
        "weights of the table. A horizon of {horizon} months is followed."
    ),
    "models.beside": "beside",
    "models.title": "Models of the pool and beside it",
    "failed.title": "Fits that failed: {count}",
    "failed.none": "No fit failed.",
    "stamp.title": "Reproduction",
    "stamp.command": "Command",
    "stamp.config": "Configuration, SHA-256",
    "stamp.data": "Data, SHA-256",
    "stamp.seed": "Seed",
    "stamp.versions": "Versions",
    "stamp.attached": "Attached to this PDF",
    "stamp.attached_text": "report.json (all numbers), {tables}",
    "glossary.title": "Words used",
    "attachment.json": "All numbers of this report",
    "attachment.fan.csv": "The fan: quantiles of the level in percent of normal, by month",
    "attachment.recovery.csv": "Probability of return in each month and by it",
    "attachment.scenarios.csv": "The scenarios compared: dates, months gained, growth, plausibility",
    "attachment.next_releases.csv": "What the next releases are expected to print, with intervals",
    "setting.model": "{value}",
    "setting.theta": "moving-average part {value}",
    "setting.lags": "{value} lags",
    "setting.drift_pct": "drift {value}% a month",
    "setting.constant_pct": "constant {value}% a month",
    "setting.drift_error_pct": "drift error {value}%",
    "setting.innovation_sd_pct": "monthly shock {value}%",
    "setting.window_months": "{value} months of data",
    "setting.block_months": "blocks of {value} months",
}

GLOSSARY = (
    ("Normal", "the path that output has to regain to count as recovered"),
    ("Gap", "level relative to normal less one, in percent"),
    ("Slump", "from the month the gap opened to the month of recovery"),
    ("Recovery month", "first month held at or above normal by the rule"),
    ("Already back", "the months that confirm recovery began at or before the last month with a figure"),
    ("Trough passed", "the lowest three-month mean of the slump is not ahead"),
    ("Relapse", "a new fall below normal within 12 months after a confirmed return"),
    ("Figure", "one number as an office or the press published it"),
    ("Outcome", "one simulated future joined to one equally likely history (a path)"),
    ("Origin", "last month with a figure of the target known to the forecast"),
    ("Horizon", "months followed after the origin"),
    ("Median", "half of the outcomes lie on either side"),
)
