"""English. What if, annual targets and the next releases."""

from __future__ import annotations

TEXT = {
    "scenarios.title": "Scenarios",
    "whatif.section": "What if?",
    "whatif.and": "{first}; {second}",
    "whatif.costs": "“{label}” would cost {months} expected months below normal",
    "whatif.saves": "“{label}” would save {months} expected months below normal",
    "whatif.even": "No scenario moves the return by more than days",
    "whatif.none": "No scenario can be answered",
    "whatif.raises": "“{label}” would raise the chance of a slump within a year from {base} to {p}",
    "whatif.lowers": "“{label}” would lower the chance of a slump within a year from {base} to {p}",
    "whatif.calm_even": "The chance of a slump within a year stays at {base} in every scenario",
    "whatif.calm_unknown": "What the scenarios would do to growth",
    "whatif.title_calm": "A slump within a year: {base} in the baseline, {low} to {high} in the scenarios",
    "whatif.title_one_calm": "A slump within a year: {base} in the baseline, {low} in the scenarios",
    "whatif.subtitle_calm": "{title} · probability that a slump has begun by each month, % · {first} to {last}",
    "whatif.alt_point_calm": "{label}: a slump within a year {p}, by {last} {pend}.",
    "whatif.note_calm": (
        "All scenarios share the random shocks of the baseline, so that a difference is the assumption alone. "
        "Plausibility is how likely an assumed result is, or a related series to stray so far from its forecast; "
        "shocks and slopes, set by hand, have none."
    ),
    "whatif.target": "growth of {target} or more in {year} is {p} likely",
    "whatif.title": "Back within a year: {base} in the baseline, {low} to {high} in the scenarios",
    "whatif.title_one": "Back within a year: {base} in the baseline, {low} in the scenarios",
    "whatif.subtitle": (
        "{title} · probability of being back at normal up to each month, % · {first} to {last}"
    ),
    "whatif.legend.own": "scenario; the dot marks one year",
    "whatif.legend.baseline": "baseline",
    "whatif.alt": "Scenarios, one small chart each. {title}. {points}",
    "whatif.alt_point": "{label}: back within a year {p}, not by {last} {pnot}.",
    "whatif.note": (
        "All scenarios share the random shocks of the baseline, so that a difference is the assumption "
        "alone. Months earlier compares the medians, a minus means later; fewer months below normal "
        "compares the expected number within the horizon. Plausibility is how likely an assumed result is, or "
        "a related series to stray so far from its forecast; shocks and slopes, set by hand, have none."
    ),
    "refused.unreached": (
        "No answer: no outcome meets the condition; the highest comes to {a}. It lies {b} standard deviations above "
        "the expected value."
    ),
    "refused.outside": (
        "No answer: the outcomes all lie between {a} and {b}, and the condition does not. It lies {c} standard "
        "deviations from the expected value."
    ),
    "refused.far": (
        "No answer: too few outcomes come near the condition, which lies {a} standard deviations from the expected "
        "value."
    ),
    "refused.unheld": (
        "No answer: no outcome returns in a span that the judgement holds possible; it gives that span {a}%."
    ),
    "refused.few": "No answer: the condition leaves only {a} of {b} effective outcomes, and {c} are needed.",
    "refused.beyond": (
        "No answer: the condition lies {a} standard deviations from the expected value, and outcomes are moved by no "
        "more than {b}."
    ),
    "refused.unmoved": "No answer: the outcomes cannot be moved to what the condition says.",
    "refused.alike": "No answer: two of its conditions come to one and the same.",
    "refused.overtaken": "No answer: it speaks of months that are known by now.",
    "refused.other": "No answer: the condition lies beyond what the outcomes can carry.",
    "refused.unlearned": (
        "No answer: only {a} yearly growth rates show how the series go together, and {b} are needed."
    ),
    "next.section": "The next releases and the year",
    "next.heading": (
        "{month} is expected to print {median} {measure}; 80 of 100 outcomes lie between {lower} and {upper}"
    ),
    "next.related": (
        "{series}, {month} on a year ago{due}: one outcome in five stays under {low}, and the chance of being back by "
        "{by} is then {weak}; one in five exceeds {high}, and it is then {strong}."
    ),
    "next.due": " (usually out about {day})",
    "next.title": "What the next releases are expected to print",
    "targets.title": "Annual targets, and what the remaining months need",
    "targets.beyond": "beyond ±50%",
    "assumed.path": (
        "In “{label}”, {series} grows on a year ago, season and Tết aside, by {months}; 1% more of it has moved output "
        "here by {slope} (80%: {lower} to {upper})."
    ),
    "assumed.month": "{assumed} in {month} (expected {expected}, 80%: {lower} to {upper})",
    "nowcast.text": (
        "{months}: over, but not yet published. The forecast begins there with a nowcast from what has been "
        "published by {series}."
    ),
    "nowcast.due_title": "What is published next, and how far each usually moves the nowcast",
    "nowcast.more": " and {count} more",
    "nowcast.models": "Nowcast models, each a like share of the courses: {models}.",
    "nowcast.refused": (
        "Others have published later months, but no nowcast could be made of them; `forecast nowcast` tells why."
    ),
    "nowcast.told_stopped": "{indicator}: left out, without figures since {month}.",
    "nowcast.told_starts_late": "{indicator}: left out, too short.",
    "nowcast.told_constant": "{indicator}: left out, it never changes.",
    "nowcast.told_season": "{indicator}: left out, too short for a seasonal profile.",
    "nowcast.told_sign": "{indicator}: not positive in {month}, so its differences are used.",
    "nowcast.told_unit": "{indicator}: another unit from {month} on; the growth of that month is left out.",
}
