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
        "compares the expected number within the horizon. Plausibility is how likely an assumed result is; "
        "shocks and slopes, set by hand, have none."
    ),
    "refused.unreached": "No answer: no outcome meets the condition; the highest comes to {a}.",
    "refused.outside": "No answer: the outcomes all lie between {a} and {b}, and the condition does not.",
    "refused.far": "No answer: too few outcomes come near the condition.",
    "refused.few": "No answer: the condition leaves only {a} of {b} effective outcomes, and {c} are needed.",
    "refused.overtaken": "No answer: it speaks of months that are known by now.",
    "refused.other": "No answer: the condition lies beyond what the outcomes can carry.",
    "next.section": "The next releases and the year",
    "next.heading": (
        "{month} is expected to print {median} {measure}; 80 of 100 outcomes lie between {lower} and {upper}"
    ),
    "next.title": "What the next releases are expected to print",
    "targets.title": "Annual targets, and what the remaining months need",
    "targets.beyond": "beyond ±50%",
}
