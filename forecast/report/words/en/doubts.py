"""English. What is odd about the data."""

from __future__ import annotations

TEXT = {
    "doubts": "Figures in doubt",
    "doubts.of": "{series}, {figures}",
    "doubts.figure": "{month} {measure} {value}",
    "doubts.contradiction": "{figures}: these contradict each other by {points} points.",
    "doubts.implausible": "{figures}: implausible, {expected} was to be expected.",
    "doubts.accepted": "{figures}: looks like a slip and is used all the same ({reason}).",
    "doubts.more": "{count} more are listed in the data part.",
    "doubts.without": (
        "Without the newest of these figures the chance of being back by {by} would be {without} instead of {now}, and "
        "half of the outcomes back {half} instead of {half_now}."
    ),
    "doubts.without_same": (
        "Without the newest of these figures the answer is the same: {without} back by {by}."
    ),
    "doubts.without_slump": (
        "Without the newest of these figures a slump would be under way, with a chance of {without} of being back "
        "by {by}."
    ),
    "doubts.without_no_slump": "Without the newest of these figures no slump would be under way.",
    "doubts.table": "Figures to be checked: {count}",
    "doubts.what": "What",
    "doubts.size": "Size",
    "doubts.place": "File and line",
    "doubts.points": "{points} points",
    "rate.level": "level",
    "finding.slip": "slip, accepted",
    "finding.implausible": "implausible",
    "finding.contradiction": "contradiction",
    "finding.unit": "another unit?",
    "finding.jump": "far from usual",
    "finding.future": "dated in the future",
    "finding.duplicate": "given twice",
}
