"""English. Track record, what the answer hangs on, what happened afterwards."""

from __future__ import annotations

TEXT = {
    "after.section": "What happened afterwards",
    "after.mark": "Published after {as_of}: no forecast in this report has seen this page.",
    "after.recovered": "Output was back at normal in {month}; the forecast had given {p} to a return by then",
    "after.not_recovered": (
        "Output was not back at normal by {month}; the forecast had given {p} to no return by then"
    ),
    "after.not_recovered_beyond": (
        "Output was not back at normal by {month}; the forecast had given {p} to no return by {last}"
    ),
    "after.inside": "{inside} of {count} months lie inside the 80% band; data to {data_to}.",
    "after.title": "What was published since, against the forecast of {as_of}",
    "after.table": "Level in % of normal: forecast and what was published since",
    "after.printed": "What was printed since, against its forecast",
    "after.printed_inside": "Of {count} rates printed first since then, {inside} lie inside their 80% intervals.",
    "after.share": "Chance of less",
    "after.yes": "yes",
    "after.no": "no",
    "track.section": "Track record",
    "track.heading": "On past slumps such dates were {skill} better than the best naive rule's",
    "track.heading_unsure": (
        "On past slumps such dates were {skill} better than the best naive rule's, which may be chance"
    ),
    "track.heading_weak": (
        "On {weak} of {count} panels of past slumps such dates were no better than the best naive rule's"
    ),
    "track.text": (
        "The pool of this report, by the same code, made {origins} forecasts in {episodes} past slumps of other "
        "regions and industries, each followed for {months} months; {data}. One region's own slumps are too few to "
        "judge by."
    ),
    "track.later": (
        "The record was judged by data to {day}: later than this report's date, it holds slumps that nobody could "
        "have known of then. It moves no number of the answer."
    ),
    "track.tried": "What was tried",
    "track.doubt": "Where to doubt it",
    "track.at_age": "At this age",
    "track.age_alone": "By age alone",
    "track.age": (
        "This slump is {age} months old. Share of the naive rule's error that was saved in slumps of about that age: "
        "{said}."
    ),
    "track.age_point": "{title}, {months} months after the start: {skill}",
    "track.chance": "What was saved may be chance, as its 90% interval reaches zero: {said}.",
    "track.alone": (
        "Had it only its age to go by, the share of earlier slumps that lasted so long and were back within 12 months "
        "(Kaplan–Meier) would be its chance: {said}. This report states {p}."
    ),
    "track.alone_point": "{title}: {p} ({ended} of {slumps} slumps over)",
    "track.weak": "No better than the naive rule: {said}.",
    "track.subtitle": (
        "Left: share of the best naive rule's error saved, %, by months since the slump began. Right: share that "
        "was back within 12 months (up) by stated chance (across), %"
    ),
    "track.source": "Source: backtests ({titles}).",
    "track.alt": "Track record. {title}. Error saved by months since the slump began. {points}",
    "track.alt_point": "{title}: {ages}.",
    "track.title": "Dates on past slumps beside the best naive rule's",
    "track.panel": "Panel",
    "track.slumps": "Slumps",
    "track.forecasts": "Forecasts",
    "track.error": "Error, months",
    "track.naive": "Best naive rule: its error",
    "track.skill": "Better by",
    "track.interval": "90% interval",
    "track.covered": "In 80% interval",
    "track.note": (
        "Error: mean CRPS of the recovery month, the distance between the stated distribution and the month that "
        "came. 90% interval: from whole start years drawn anew. The record informs the reader; it moves no "
        "forecast."
    ),
    "hangs.section": "What the answer hangs on",
    "hangs.heading": (
        "Back within a year: {base} as answered, {low} to {high} under other choices; “{most}” moves it most"
    ),
    "hangs.heading_never": (
        "Not back within the horizon: {base} as answered, {low} to {high} under other choices; “{most}” moves it most"
    ),
    "hangs.title": "The same paths under other choices",
    "hangs.choice": "Choice",
    "choice.as_answered": "As answered",
    "choice.normal": "Normal: {value}",
    "choice.hold": "Months held: {value}",
    "choice.window": "Months averaged: {value}",
    "choice.horizon": "Horizon in months: {value}",
    "choice.without": "Without: {value}",
    "choice.with": "Added to the pool: {value}",
    "hangs.not": "Not within the horizon",
    "hangs.note": (
        "One choice at a time, all else as in the answer. As answered: normal is the {normal}, held for {hold} "
        "months, averaged over {window}, horizon {horizon} months."
    ),
    "record.finding": "On {title} dates are {skill} better than the best naive rule's ({lower} to {upper})",
    "record.finding_unsure": "On {title} dates are {skill} better than the best naive rule's, "
    "which may be chance ({lower} to {upper})",
    "record.finding_rough": "On {title} dates are {skill} better than the best naive rule's; "
    "too few slumps to tell whether by chance",
    "record.finding_weak": "On {title} dates are no better than the best naive rule's: skill is weak here",
    "record.counts": "{episodes} slumps, {origins} forecasts, each followed for {months} months; {data}",
    "record.few": "Years in which the slumps began: {years}, so that sampling error is known roughly or not at all.",
    "record.real": "each with the figures published by its own day (real time)",
    "record.pseudo": "each with the latest data cut at its own day (pseudo real time)",
    "record.truth": "judged by release {release} of each month",
    "record.none": "No forecast could be followed for {months} months: there is no record yet.",
    "record.left_out": "Left out: {series} ({reason}).",
    "record.quiet": "Without a slump: {count} series.",
    "record.failed": "Fits that failed: {count}; scored as the constant hazard.",
    "record.model": "rule or model",
    "record.error": "error, months",
    "record.skill": "better by",
    "record.interval": "90% interval",
    "record.covered": "in 80% interval",
    "record.calibrated": "calibrated",
    "record.yes": "yes",
    "record.no": "no",
    "record.best": "best naive rule",
    "record.legend": "Error: mean CRPS of the recovery month. Better by: share of the best naive rule's error "
    "that is saved, its interval from whole start years drawn anew. Calibrated: the stated chances pass a test "
    "at the 5% level.",
    "record.skill_title": "Against the best naive rule, by months since the slump began",
    "record.skill_subtitle": "{title}: share of the error of {best} that is saved, %; "
    "below each month the number of forecasts",
    "record.reliability_title": "Back within {months} months: {stated} stated on average, {happened} came true",
    "record.reliability_subtitle": "{title}: share that was back (up) by stated chance (across), %; "
    "area: number of forecasts",
    "record.pit_title": "{inside} of the dates fell inside the central 80% intervals",
    "record.pit_subtitle": "{title}: share of the outcomes in each tenth of the stated distribution, %",
    "record.levels_title": "Levels {months} months ahead: {inside} fell inside the 80% intervals",
    "record.levels_subtitle": "{title}: share of observed levels inside the intervals, %, by horizon in months",
    "record.source": "Source: {counts}.",
    "record.sized": "by {count} months",
    "record.pit": "Outcomes inside the pool's central 50, 80 and 90% intervals: {shares}. Cramér–von Mises test "
    "against stated chances that are right: p = {p}.",
    "record.pit_rough": "Outcomes inside the pool's central 50, 80 and 90% intervals: {shares}; too few start years "
    "for a test.",
    "record.part_before": "Slumps that began before {year} (the pool was chosen on such of US industries): {said}.",
    "record.part_held_back": "Slumps that began in {year} or later, held back from every choice: {said}.",
    "record.part_without_fullest": "All slumps but those of {first}–{last}, the two years with the most: {said}.",
    "record.part_said": "{skill} ({lower} to {upper}), {origins} forecasts in {episodes} slumps",
    "record.part_rough": "{skill}, {origins} forecasts in {episodes} slumps",
    "record.age": "months since the slump began",
    "record.age_forecasts": "forecasts",
    "record.age_pool": "pool's error",
    "record.age_best": "best naive rule's",
    "record.age_earlier": "Kaplan–Meier's",
    "record.age_p": "p",
    "record.age_legend": "p: chance of so large an error of the pool beside Kaplan–Meier's, were it no worse; under "
    "0.05 the pool is worse.",
    "record.relapse": "Relapse within a year of the return: {stated} stated on average, {relapsed} came true "
    "({count} forecasts); Brier score {brier}, {naive} for the share of earlier slumps.",
}
