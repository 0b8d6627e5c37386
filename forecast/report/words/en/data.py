"""English. The data: figures, revisions, season, another seasonal adjustment."""

from __future__ import annotations

TEXT = {
    "data.section": "The data",
    "data.heading": (
        "{count} published figures carry this forecast; half are reproduced within {typical} points"
    ),
    "data.heading_plain": "{count} published figures carry this forecast",
    "data.heading_levels": "{count} published index levels carry this forecast, {first} to {last}",
    "data.note": (
        "Levels are reconstructed from all figures together: each rate is a ratio of levels, first prints "
        "carry an error that later prints correct. “Model” is the rate that the reconstructed levels "
        "imply; its difference from the published one is in percentage points. Superseded figures are "
        "earlier prints of the same cell; they stay in the estimation as first prints."
    ),
    "data.contradictions": "Contradictory figures: {count}",
    "data.some_contradictions": (
        "Contradictory figures disagree with the rest by more than rounding and usual revisions explain."
    ),
    "data.sets": (
        "Sets of figures that cannot all be true: {count}, numbered in the column “Set”, furthest apart first; "
        "without any one of its figures the others of a set can."
    ),
    "data.in_no_set": "A figure in no set lies far from what all the others say.",
    "data.no_contradictions": (
        "No figure contradicts the others by more than rounding and usual revisions explain."
    ),
    "data.summary": "How well the published figures are reproduced",
    "data.history": "Reconstructed history: level in % of normal, season and calendar removed",
    "data.history_levels": "Published levels, index points",
    "data.figures": "Every figure used, with its source; linked titles open the page",
    "data.group": "{region}: {sector}",
    "status.used": "used",
    "status.superseded": "superseded",
    "status.published": "published",
    "status.reconstructed": "reconstructed",
    "status.contradictory": "contradictory",
    "revisions.title": (
        "Of {count} figures printed again with another value, {up} went up; half moved by {typical} points or less"
    ),
    "revisions.subtitle": "{areas} · latest print less the first, percentage points, by reference month",
    "revisions.source": "Source: figures published to {data_to}.",
    "revisions.alt": "Revisions. {title}. {points}",
    "revisions.alt_point": "{month}, {measure}: {first} became {last}.",
    "season.title": "Season and calendar move output from {low} in {low_month} to {high} in {high_month}",
    "season.title_tet": "{month}: {early} where Tết falls on {early_day}, {late} where it falls on {late_day}",
    "season.legend": "Tết on {day}",
    "season.subtitle": "{title} · effect of season and calendar on the level, %, by calendar month",
    "season.source": (
        "Source: own estimate from figures published to {data_to}. Bars: 80 of 100 draws of the history."
    ),
    "season.source_levels": "Source: own estimate from index levels published to {data_to}.",
    "season.alt": "Seasonal pattern. {title}. {points}",
    "adjusted.title": "Seasonally adjusted level in % of the pre-slump peak, by two methods",
    "adjusted.text": (
        "By {method} the mean of the last {window} months lies {gap} from the pre-slump peak; by the built-in "
        "profile, which dates the slump and the return, {own}."
    ),
    "adjusted.model": "{method} chose the model {model}; calendar: {regressors}; outliers: {outliers}.",
    "adjusted.AO": "single month {month}",
    "adjusted.LS": "level shift from {month}",
    "adjusted.TC": "temporary change from {month}",
    "adjusted.calendar.working_days": "working days",
    "adjusted.calendar.leap_year": "leap year",
    "adjusted.calendar.before": "days before {holiday}",
    "adjusted.calendar.during": "days of {holiday}",
    "adjusted.calendar.after": "days after {holiday}",
    "adjusted.none": "none",
    "adjusted.x13_unavailable": "X-13 is not available on this platform; STL was used in its place.",
    "adjusted.by_stl": "STL",
    "adjusted.by_x13": "X-13",
    "adjusted.builtin": "Built-in",
}
