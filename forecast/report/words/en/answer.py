"""English. The fan and the month of return."""

from __future__ import annotations

TEXT = {
    "return.confirm": (
        "A return counts when the mean of {window} months stays at or above normal for {hold} months in a "
        "row: it is known {lag} months after it begins."
    ),
    "fan.title": (
        "Output in % of normal: {level} in {origin}; 80 of 100 outcomes lie between {lower} and {upper} in "
        "{month}"
    ),
    "fan.subtitle": "{title} · normal = {kind} = 100 · season and calendar removed · {first} to {last}",
    "fan.source": (
        "Source: figures published to {data_to}; own reconstruction and forecast. 10 in 100 outcomes fall "
        "outside the widest band."
    ),
    "fan.source_levels": (
        "Source: index levels published to {data_to}; own forecast. 10 in 100 outcomes fall outside the "
        "widest band."
    ),
    "fan.normal": "normal\n= 100",
    "fan.origin": "last month with data: {origin}",
    "fan.legend.published": "published months",
    "fan.legend.bridged": "filled-in months",
    "fan.legend.reconstructed": "reconstructed months, 80% band",
    "fan.legend.median": "median of outcomes",
    "fan.legend.band": "{share} of 100",
    "fan.legend.widest": "{share} of 100 outcomes",
    "fan.legend.observed": "published since",
    "fan.alt": "Fan chart. {title}. {points}",
    "fan.alt_point": "{month}: median {median}, 80% band {lower} to {upper}.",
    "fan.table": "The fan in numbers: level in % of normal",
    "return.section": "The month of return",
    "return.section_none": "Output and its normal scale",
    "return.heading_both": "In 80 of 100 outcomes output is back between {early} and {late}",
    "return.heading_in": "In more than 80 of 100 outcomes output is back in {early}",
    "return.heading_open": "In 90 of 100 outcomes output is back in {early} or later; {pnot} not by {last}",
    "return.heading_by": "In 90 of 100 outcomes output is back by {late}",
    "return.heading_wide": "The outcomes run from already back to not back by {last}",
    "return.heading_never": "{pnot} of the outcomes are not back by {last}",
    "return.heading_none": "The mean of the last {window} months is at {level} of the {kind}",
    "return.title": "Back by {first}: {p_first}; by {second}: {p_second}; not by {last}: {pnot}",
    "return.title_short": "Back by {last}: {p_last}; later: {pnot}",
    "return.subtitle": (
        "{title} · probability of return to normal, by month and up to each month · {first} to {last}"
    ),
    "return.source": "Source: forecast of {as_of} from figures published to {data_to}.",
    "return.by_axis": "back by the month, %",
    "return.in_axis": "return in the month, %",
    "return.after": "after\n{last}",
    "return.already": "already\nback",
    "return.alt": "Return chart. {title}. Already back: {already}. {points}",
    "return.alt_point": "Back by {month}: {p}.",
    "return.intervals": "When output is back: central intervals",
    "return.chances": "How likely a return is, by date",
    "milestones.title": "Milestones on the way back",
    "milestone.trough": "Trough passed",
    "milestone.normal": "Back at normal",
    "milestone.trend": "Back on the old trend",
    "definitions.title": "What normal means, and what each definition answers",
    "definitions.title_none": "What normal means, and how far output is from it",
    "definitions.used": "{kind} (used in this report)",
}
