"""English: every sentence and label of a report."""

from __future__ import annotations

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

CHANCES = (  # whole percent at least -> word; the scale of the IPCC, narrowed
    (99, "virtually certain"),
    (90, "very likely"),
    (66, "likely"),
    (34, "about as likely as not"),
    (10, "unlikely"),
    (1, "very unlikely"),
    (0, "almost impossible"),
)

TEXT = {
    "odds.under": "under 1%",
    "odds.over": "over 99%",
    "quarter": "Q{number} {year}",
    # The web page
    "html.skip": "Skip to the report",
    "html.section": "Try it",
    "html.title": "When output is back, by scenario",
    "html.scenario": "Scenario",
    "html.month": "Month",
    "html.curve": "Chance that output is back at normal, by month; the text below reads the chosen month",
    "html.said": "{by} chance that output is back by {month}; {inside} that it returns in that very month.",
    # The page of many questions
    "index.title": "When is output back at its normal scale?",
    "index.sorted": "Sorted by how far the chance of a return within 12 months has moved since the report before",
    "index.question": "Question",
    "index.answer": "Answer",
    "index.change": "Since the last report",
    "index.first": "first report",
    "index.same": "no change since {as_of}",
    "index.points": "{points} points within 12 months since {as_of}",
    # Page one
    "page.subject": "When is industrial output back at its normal scale?",
    "page.stand": (
        "Forecast of {as_of} · last month with a figure: {origin} · published to {data_to} · {next}"
    ),
    "page.next": "next: {month}",
    "page.next_due": "next: {month}, about {day}",
    "page.footer": "{title} · forecast of {as_of}",
    "finding.no_slump": "Output in {origin} is at {level} of its normal scale; no slump is under way",
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
    "tile.within": "Back within 12 months",
    "tile.not_within": "not by {last}: {p}",
    "when.already": "already",
    "span": "{lower} to {upper}",
    "when.after": "after {month}",
    # Risks and what to watch
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
    "risk.watch_hinge": (
        "One outcome in five prints less than {low} on a year ago, and then the chance of being back by {by} is "
        "{weak}; one in five prints more than {high}, and then it is {strong}."
    ),
    "risk.watch_calm": "Less than {lower} would be weaker than 90 of 100 outcomes.",
    "return.confirm": (
        "A return counts when the mean of {window} months stays at or above normal for {hold} months in a "
        "row: it is known {lag} months after it begins."
    ),
    "risk.definition": "What normal means",
    "risk.definition_text": (
        "The definition moves the answer: {p} within a year against {used}, {other} against {kind}."
    ),
    "risk.models": "Models disagree",
    "risk.models_text": "Return within a year: {low} by {low_name}, {high} by {high_name}.",
    # Fan chart
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
    "fan.legend.reconstructed": "reconstructed months, 80% band",
    "fan.legend.median": "median of outcomes",
    "fan.legend.band": "{share} of 100",
    "fan.legend.widest": "{share} of 100 outcomes",
    "fan.legend.observed": "published since",
    "fan.alt": "Fan chart. {title}. {points}",
    "fan.alt_point": "{month}: median {median}, 80% band {lower} to {upper}.",
    "fan.table": "The fan in numbers: level in % of normal",
    # Return
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
    "scenarios.title": "Scenarios",
    # What if, targets, next releases
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
        "compares the expected number within the horizon. Plausibility is how likely an assumed result is, or "
        "a related series to stray so far from its forecast; shocks and slopes, set by hand, have none."
    ),
    "assumed.path": (
        "In “{label}”, {series} grows on a year ago, season and Tết aside, by {months}; 1% more of it has moved output "
        "here by {slope} (80%: {lower} to {upper})."
    ),
    "assumed.month": "{assumed} in {month} (expected {expected}, 80%: {lower} to {upper})",
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
    "refused.unlearned": (
        "No answer: only {a} yearly growth rates show how the series go together, and {b} are needed."
    ),
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
    # Nowcast
    "nowcast.text": (
        "{months}: over, but not yet published. The forecast begins there with a nowcast from what has been "
        "published by {series}."
    ),
    "nowcast.due_title": "What is published next, and how far each usually moves the nowcast",
    "nowcast.more": " and {count} more",
    "nowcast.models": "Nowcast models, each a like share of the courses: {models}.",
    "nowcast.refused": "Others have published later months, but no nowcast could be made of them: {reason}.",
    "nowcast.told_stopped": "{indicator}: left out, without figures since {month}.",
    "nowcast.told_starts_late": "{indicator}: left out, too short.",
    "nowcast.told_constant": "{indicator}: left out, it never changes.",
    "nowcast.told_season": "{indicator}: left out, too short for a seasonal profile.",
    "nowcast.told_sign": "{indicator}: not positive in {month}, so its differences are used.",
    "nowcast.told_unit": "{indicator}: another unit from {month} on; the growth of that month is left out.",
    "nowcast_model.factor": "dynamic factor model",
    "nowcast_model.bridge": "bridge equations",
    "nowcast_model.lags": "regression on lags of the panel",
    # What changed
    "changes.section": "What changed",
    "changes.nothing": "Nothing to compare with",
    "changes.nothing_text": "There is no earlier report on this question, or nothing was published since.",
    "changes.heading": "Since {since} the chance of being back by {by} went from {before} to {now}",
    "changes.point": "Since {since}",
    "changes.heading_same": "Since {since} the chance of being back by {by} has stayed at {now}",
    "changes.point_same": "The chance of being back by {by} has stayed at {now}.",
    "changes.point_text": "The chance of being back by {by} went from {before} to {now}. {most}",
    "changes.most": "The release of {published} ({region}) moved it most: {points} points.",
    "changes.title": "Effect of each release on the chance of being back by {by}",
    "changes.yoy": "Effect on {month} on a year ago, points",
    "changes.total": "Since {since}",
    "changes.expected": "expected {value}",
    "changes.more": "and {count} more",
    "changes.note": (
        "Each release is added to the data in the order of publication and the whole question is answered again; "
        "its effect, in percentage points, is the answer with it less the answer without. The rows add up to the "
        "change."
    ),
    # Columns
    "column.printed": "What it printed",
    "column.effect": "Effect, points",
    "column.event": "Event",
    "column.by_then": "Back",
    "column.probability": "Chance",
    "column.in_words": "In words",
    "column.already": "Already",
    "column.within_6": "Within 6 months",
    "column.within_12": "Within 12 months",
    "column.within_24": "Within 24 months",
    "column.half": "Half of the outcomes by",
    "column.not": "Not by {last}",
    "column.share": "Outcomes",
    "column.early": "From",
    "column.late": "To",
    "column.share_of": "{share} of 100",
    "column.definition": "Definition",
    "column.level": "Level, index points",
    "column.gap": "Mean gap of {window} months",
    "column.scenario": "Scenario",
    "column.growth": "Growth {year}",
    "column.gained": "Months earlier",
    "column.gained_mean": "Fewer months below normal",
    "column.plausible": "Plausibility",
    "column.target": "Target",
    "column.reached": "Probability",
    "column.expected": "Expected (80% interval)",
    "column.remaining": "Months left",
    "column.needed_yoy": "They need, on a year ago",
    "column.needed_mom": "Or a month, season aside",
    "column.seen": "Past spans that grew so much",
    "column.could_move": "Moves the level by",
    "column.growth_expected": "Growth expected",
    "column.month": "Month",
    "column.median": "Median",
    "column.band": "{share}% band",
    "column.period": "Period",
    "column.measure": "Rate",
    "column.value": "Published",
    "column.fitted": "Model",
    "column.residual": "Differs by",
    "column.published": "Date",
    "column.status": "Status",
    "column.series": "Series",
    "column.source": "Source",
    "column.count": "Figures",
    "column.superseded": "Superseded",
    "column.contradictory": "Contradictory",
    "column.typical": "Typical difference, points",
    "column.largest": "Largest, points",
    "column.year": "Year",
    "column.model": "Model",
    "column.weight": "Weight",
    "column.settings": "Estimated on one draw",
    "column.reason": "Reason",
    "column.fits": "Fits",
    "column.observed": "Published since",
    "column.inside": "In 80% band",
    # Data
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
    # Method
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
    "notes": "Please note",
    "note.no_slump": "No slump is under way: normal is the highest 12-month mean of the last 36 months.",
    "note.slump_start_given": "The start of the slump was set by the user, not dated by the rule.",
    "note.short_history": (
        "The history is shorter than the six years that dating a slump needs; where you know that one is under way, "
        "name its first month in the config: slump: {start: YYYY-MM}."
    ),
    "note.reconstructed": (
        "No index level was published; the levels are reconstructed from rates and uncertain."
    ),
    "note.failed_fits": "Some fits failed; they are listed and the others carry the forecast.",
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
    # Revisions and season
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
    # Workbook
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
    # Afterwards
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
    # Codes
    "measure.mom_pct": "on previous month",
    "measure.yoy_pct": "on same month a year ago",
    "measure.ytd_yoy_pct": "year to date",
    "measure.qtr_yoy_pct": "quarter on year ago",
    "measure.index": "index level",
    "rate.mom_pct": "on month",
    "rate.yoy_pct": "on year",
    "rate.ytd_yoy_pct": "year to date",
    "rate.qtr_yoy_pct": "quarter on year",
    "rate.index": "index",
    "kind.pre_slump_peak": "pre-slump peak",
    "kind.trend": "old trend",
    "kind.same_month": "same month before the slump",
    "kind.pre_slump_mean": "mean before the slump",
    "kind.target": "target level",
    "explain.pre_slump_peak": "highest 12-month mean of the three years before the slump, held constant",
    "kind.pre_slump_peak_now": "recent peak",
    "kind.pre_slump_mean_now": "mean before the last month",
    "kind.same_month_now": "same month a year ago",
    "explain.pre_slump_peak_now": "highest 12-month mean of the last three years, held constant",
    "explain.trend_now": "trend of the last five years, its growth fading after two years",
    "explain.same_month_now": "the same month of the last year",
    "explain.pre_slump_mean_now": "mean level of the months before the last one",
    "explain.trend": "trend of the five years before the slump, its growth fading after two years",
    "explain.same_month": "the same month of the year before the slump",
    "explain.pre_slump_mean": "mean level of the months before the slump",
    "explain.target": "a level given by the user",
    "model.sarima": "seasonal ARIMA",
    "model.random_walk_drift": "random walk with drift",
    "model.random_walk_drift_block": "random walk with drift, block bootstrap",
    "model.autoregression": "autoregression",
    "model.autoregression_heavy_shocks": "autoregression, scale raised by heavy shocks",
    "model.noisy_walk": "noise-aware random walk",
    "model.regression": "regression",
    "model.structural": "structural model",
    "model.sarima_airline": "seasonal ARIMA, airline model",
    "model.panel_autoregression": "autoregression with the panel and the slump's depth",
    "model.boosting": "boosted trees",
    "model.exponential_smoothing": "exponential smoothing",
    "model.theta": "Theta",
    # Settings of a model, with their unit
    "setting.model": "{value}",
    "setting.theta": "moving-average part {value}",
    "setting.lags": "{value} lags",
    "setting.drift_pct": "drift {value}% a month",
    "setting.constant_pct": "constant {value}% a month",
    "setting.drift_error_pct": "drift error {value}%",
    "setting.innovation_sd_pct": "monthly shock {value}%",
    "setting.window_months": "{value} months of data",
    "setting.block_months": "blocks of {value} months",
    "calendar.none": "none",
    "calendar.VN: tet": "working days and holidays of Viet Nam, Tết",
    "sector.total": "all industry",
    "sector.manufacturing": "manufacturing",
    "sector.mining": "mining",
    "sector.electricity": "electricity",
    "sector.water": "water and waste",
    "sector.electronics": "electronics",
    "region.indicators": "Like series and indicators",
    "region.vietnam": "Viet Nam",
    "region.bac_ninh": "Bắc Ninh",
    "region.bac_ninh_merged": "Bắc Ninh (with Bắc Giang)",
    # Track record: what a backtest found
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
    "adjusted.title": "Seasonally adjusted level in % of the pre-slump peak, by two methods",
    "adjusted.text": (
        "By {method} the mean of the last {window} months lies {gap} from the pre-slump peak; by the built-in "
        "profile, which dates the slump and the return, {own}."
    ),
    "adjusted.model": "{method} chose the model {model}; calendar: {regressors}; outliers: {outliers}.",
    "adjusted.none": "none",
    "adjusted.x13_unavailable": "X-13 is not available on this platform; STL was used in its place.",
    "adjusted.by_stl": "STL",
    "adjusted.by_x13": "X-13",
    "adjusted.builtin": "Built-in",
    "parts.section": "Which part holds it back",
    "parts.heading": "{sector} holds output back most: {now} of the gap of {gap} points in {origin}",
    "parts.heading_last": "{sector} is the last to return: not by {last} in {p} of the outcomes",
    "parts.heading_ahead": "No sector lies below its own normal in {origin}",
    "parts.last": "Last to return to its own normal: {sector} ({p} not by {last}).",
    "parts.weights": (
        "The weights of the sectors are not known, so that the gap cannot be split among them; each is shown "
        "against its own normal. A config may give shares: sectors: {{manufacturing: 0.9, …}}."
    ),
    "parts.adds": (
        "Contributions are points of the total's normal; in every simulated path and month they sum to its gap."
    ),
    "parts.title": "Sectors: the gap, what comes of it, and the return to their own normal",
    "parts.sector": "Sector",
    "parts.share": "Share of normal",
    "parts.level": "Mean of {window} months, of its normal",
    "parts.trough": "At the trough, {month}",
    "parts.now": "In {month}",
    "parts.after": "Expected {month}",
    "parts.chart_title": "Contributions to the gap: {now} points in {origin}, {later} expected by {month}",
    "parts.subtitle": "{title}: points of normal, expected values after {origin}",
    "parts.alt": "Contributions of the sectors to the gap, month by month. {title}. {points}",
    "parts.alt_point": "{sector}: {now} points in {origin}.",
    "parts.total_gap": "gap",
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
    "model.pool": "pool",
    "model.constant_hazard": "constant hazard",
    "model.kaplan_meier": "Kaplan–Meier of earlier slumps",
    "model.gap_over_trend": "gap over trend",
    "model.seasonal_naive": "seasonal naive",
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
