"""Findings as lines for the screen: what is alike in one line, the newest first, no more than can be read."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.outcome import FindingRow
from forecast.tables import Finding

SHOWN = 10
"""Findings printed where not all are asked for. chosen: half a screen."""

_KINDS = {
    "note": ("note", "notes"),
    "gap": ("gap", "gaps"),
    "jump": ("jump", "jumps"),
    "unit": ("doubtful unit", "doubtful units"),
    "duplicate": ("duplicate", "duplicates"),
    "future": ("date still to come", "dates still to come"),
    "stale": ("series that stopped moving", "series that stopped moving"),
    "coarse": ("series that is not monthly", "series that are not monthly"),
    "repeated": ("copy of other months", "copies of other months"),
    "changed_over": ("series of rates changed over", "series of rates changed over"),
    "renamed": ("series that goes on under another name", "series that go on under another name"),
    "declared": ("doubt about what the config says", "doubts about what the config says"),
    "slip": ("slip", "slips"),
    "implausible": ("implausible figure", "implausible figures"),
    "contradiction": ("contradiction", "contradictions"),
}


def rows_told(rows: Sequence[FindingRow]) -> list[str]:
    """Return the findings of an outcome as `told` has them."""
    findings = [
        Finding(row.code, row.place, row.said, row.series, tuple(map(str, row.months))) for row in rows
    ]
    return told(findings, elsewhere="`forecast check CONFIG --show` prints them all")


def told(
    findings: Sequence[Finding], show: bool = False, elsewhere: str = "--show prints them all"
) -> list[str]:
    """Return a line that counts the findings by kind, then a line for each: all, or SHOWN of them and how many more.

    Findings of one kind that say the same of several series are one line; notes on a whole file are a line each. Within
    a kind the newest come first, kinds in the order of their newest; where not all are shown, each kind has its newest
    before any has a second.
    """
    if not findings:
        return []
    kinds: dict[str, list[tuple[str, str]]] = {}
    for finding, line in _merged(findings):
        kinds.setdefault(finding.kind, []).append((_newest(finding), line))
    for of in kinds.values():
        of.sort(key=lambda item: item[0], reverse=True)  # stable: what is equally new stays in its order
    order = sorted(kinds, key=lambda kind: kinds[kind][0][0], reverse=True)
    counted = [_counted(kind, sum(f.kind == kind for f in findings)) for kind in order]
    ranked = sorted((rank, place) for place, kind in enumerate(order) for rank in range(len(kinds[kind])))
    chosen = ranked if show else ranked[:SHOWN]
    lines = [kinds[order[place]][rank][1] for place, rank in sorted((place, rank) for rank, place in chosen)]
    more = len(ranked) - len(chosen)
    return [", ".join(counted), *lines, *([f"and {more} more lines; {elsewhere}"] if more else [])]


def _merged(findings: Sequence[Finding]) -> list[tuple[Finding, str]]:
    """The first of each set of findings that say the same of several series, and their line."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        of_file = finding.kind == "note" and not finding.series
        sentence = finding.sentence if of_file else finding.sentence.partition(": ")[2] or finding.sentence
        alike.setdefault((finding.kind, sentence), []).append(finding)
    out = []
    for (_, sentence), of in alike.items():
        first, (name, *_) = of[0], of[0].sentence.partition(": ")
        alone = len(of) == 1 or sentence == first.sentence
        out.append(
            (first, str(first) if alone else f"{first.place}: {name} and {len(of) - 1} more: {sentence}")
        )
    return out


def _newest(finding: Finding) -> str:
    """The latest month that a finding speaks of, as YYYY-MM; "" where it names none."""
    return max(finding.months, default="")


def _counted(kind: str, n: int) -> str:
    one, many = _KINDS.get(kind, (kind, f"{kind}s"))
    return f"{n} {one if n == 1 else many}"
