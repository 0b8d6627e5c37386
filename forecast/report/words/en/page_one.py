"""English. Page one: the finding, key numbers, what changed, risks and what to watch."""

from __future__ import annotations

TEXT = {
    "odds.under": "under 1%",
    "odds.over": "over 99%",
    "quarter": "Q{number} {year}",
    "page.subject": "When is industrial output back at its normal scale?",
    "page.stand": (
        "Forecast of {as_of} · last month with a figure: {origin} · published to {data_to} · {next}"
    ),
    "page.next": "next: {month}",
    "page.next_due": "next: {month}, about {day}",
    "page.footer": "{title} · forecast of {as_of}",
    "finding.no_slump": (
        "Output in {origin} is at {level} of its normal scale and no slump is under way; {p} chance that one begins "
        "within a year"
    ),
    "finding.short_history": (
        "Output in {origin} is at {level} of its normal scale; the history is too short to tell a slump"
    ),
    "finding.already": (
        "{p} chance that output is already back at its normal scale; {p12} that it is back within a year"
    ),
    "finding.already_sure": "{p} chance that output is already back at its normal scale",
    "finding.soon": "{p} chance that output is back at its normal scale by {month}",
    "finding.usual": (
        "{p12} chance that output is back at its normal scale within a year; half of the outcomes by "
        "{median}, {pnot} not by {last}"
    ),
    "finding.beyond": (
        "{p12} chance that output is back at its normal scale within a year; {pnot} not by {last}"
    ),
    "finding.hardly": "{pnot} chance that output is not back at its normal scale by {last}",
    "lead.level": "In {origin} output is at {level} of normal (80% interval {lower} to {upper}).",
    "lead.level_known": "In {origin} output is at {level} of normal.",
    "lead.mean": "The mean of the last {window} months is at {level} of normal.",
    "lead.onset": (
        "A slump begins where the mean of three months lies {depth} or more below the highest twelve months of the "
        "three years before."
    ),
    "lead.gap": "The mean gap of the last {window} months is {gap}; the slump began in {start}.",
    "lead.chances": "Back within a year: {p12} ({word12}). Not back by {last}: {pnot} ({wordnot}).",
    "tile.latest": "Latest figures, as published",
    "tile.computed": "Latest rates, from published levels",
    "tile.level": "Output in {origin}",
    "tile.level_unit": "of its normal scale",
    "tile.interval": "80%: {lower} to {upper}",
    "tile.median": "Half are back by",
    "tile.range": "80% of outcomes:",
    "tile.ahead": "Expected in {month}",
    "tile.onset": "A slump begins within 12 months",
    "tile.onset_by": "by {last}: {p}",
    "tile.within": "Back within 12 months",
    "tile.not_within": "not by {last}: {p}",
    "when.already": "already",
    "span": "{lower} to {upper}",
    "when.after": "after {month}",
    "risks": "Risks and what to watch",
    "risk.trough": "Trough",
    "risk.trough_passed": (
        "{p} ({word}): the trough is behind. So far the lowest three-month mean, to {trough}, is {level} "
        "of normal."
    ),
    "risk.relapse": "Relapse",
    "risk.relapse_text": (
        "Of the outcomes that return, {p} fall more than about {depth} below normal again within 12 months ({word})."
    ),
    "risk.direction": "Direction",
    "risk.direction_up": (
        "Tilted upwards: in {month} the 80% band reaches from −{down} to +{up} points around the median path."
    ),
    "risk.direction_down": (
        "Tilted downwards: in {month} the 80% band reaches from −{down} to +{up} points around the median path."
    ),
    "risk.direction_even": (
        "Balanced: in {month} the 80% band reaches from −{down} to +{up} points around the median path."
    ),
    "risk.watch": "Sign to watch",
    "risk.watch_text": "{month} is expected at {median} of normal (80%: {lower} to {upper}).",
    "risk.watch_rate": "{month} is expected at {median} on a year ago (80%: {lower} to {upper}).",
    "risk.watch_calm": "Less than {lower} would be weaker than 90 of 100 outcomes.",
    "risk.definition": "What normal means",
    "risk.definition_text": (
        "The definition moves the answer: {p} within a year against {used}, {other} against {kind}."
    ),
    "risk.models": "Models disagree",
    "risk.models_text": "Return within a year: {low} by {low_name}, {high} by {high_name}.",
    "risk.watch_hinge": (
        "One outcome in five prints less than {low} on a year ago, and then the chance of being back by {by} is "
        "{weak}; one in five prints more than {high}, and then it is {strong}."
    ),
    "changes.section": "What changed",
    "changes.nothing": "Nothing to compare with",
    "changes.nothing_text": (
        "There is no earlier report on this question, none that reaches this far, or nothing was published since."
    ),
    "changes.heading": "Since {since} the chance of being back by {by} went from {before} to {now}",
    "changes.point": "Since {since}",
    "changes.heading_same": "Since {since} the chance of being back by {by} has stayed at {now}",
    "changes.point_same": "The chance of being back by {by} has stayed at {now}.",
    "changes.point_text": "The chance of being back by {by} went from {before} to {now}. {most}",
    "changes.most": "The release of {published} ({region}) moved it most: {points} points.",
    "changes.title": "Effect of each release on the chance of being back by {by}",
    "changes.total": "Since {since}",
    "changes.expected": "expected {value}",
    "changes.more": "and {count} more",
    "changes.note": (
        "Each release is added to the data in the order of publication and the whole question is answered again; "
        "its effect, in percentage points, is the answer with it less the answer without. The rows add up to the "
        "change."
    ),
    "changes.yoy": "Effect on {month} on a year ago, points",
    "evolution.title": "Half of the outcomes back: {before} in the report of {day}, {now} now",
    "evolution.title_same": "Half of the outcomes back: {now}, as in the report of {day}",
    "evolution.subtitle": "{title} · month of return by the date of the report; above, the chance within a year",
    "evolution.source": "Source: earlier reports on this question, each with what was known on its date.",
    "evolution.legend.median": "half of the outcomes",
    "evolution.legend.50": "50 of 100",
    "evolution.legend.80": "80 of 100 outcomes",
    "evolution.legend.after": "after the horizon",
    "evolution.alt": "The answer from report to report. {title}. {points}",
    "evolution.alt_point": "{day}: half {half}, 80 of 100 {most}, within a year {p}.",
    "evolution.table": "What each report answered",
    "evolution.report": "Report of",
    "evolution.origin": "Last month known",
    "evolution.most": "80 of 100 outcomes",
    "notes": "Please note",
    "note.no_slump": "No slump is under way. What counts as normal: {normal}.",
    "note.slump_start_given": "The start of the slump was set by the user, not dated by the rule.",
    "note.short_history": (
        "The history is shorter than the six years that dating a slump needs; where you know that one is under way, "
        "name its first month in the config: slump: {start: YYYY-MM}."
    ),
    "note.stale": (
        "The last month with a figure lies four months or more before the date of this report; chances and the horizon "
        "count from that month."
    ),
    "note.reconstructed": (
        "No index level was published; the levels are reconstructed from rates and uncertain."
    ),
    "note.gaps": (
        "Some months were not published; their levels are put on the line between those around them, season aside."
    ),
    "note.holidays_unknown": (
        "Holidays are not known for all of these years; in the others working days are weekdays less their usual "
        "number of holidays, and a moving holiday without a date moves nothing."
    ),
    "note.failed_fits": "Some fits failed; they are listed and the others carry the forecast.",
}
