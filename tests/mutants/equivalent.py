"""Mutants that no test can kill, each with the reason: they change no number that is printed.

They are known by the words of their line, so that a line that changes loses its excuse.
"""

from __future__ import annotations

ALIKE = "np.linalg.eigvalsh(_correlation(variance)).min()"
BRACKET = "low, high = self.growth[0] - 6 * self.sd, self.growth[-1] + 6 * self.sd"
DUAL = "there.value > here.value + 1e-14"
SURPRISE = "likelihood = np.exp(np.minimum(surprise - surprise[paths.weights > 0].max(), 0.0))"

EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("forecast/slump.py", "t = 0 if given is None else given", "0 -> 1"):
        "no slump is dated before the 36th month",
    ("forecast/recovery/each.py", "back = at >= 0", "at >= 0 -> at > 0"):
        "a return is sought from the third month on at the earliest",
    (
        "forecast/answers/changes.py",
        "expected = float(quantiles(values[:, at], paths.weights, (0.5,))[0, 0])", "0 -> -1",
    ): "one month and one share are asked about: the first is the last",
    (
        "forecast/report/chapters/needed.py", "if need is None or chance is None:",
        "need is None or chance is None -> need is None and chance is None",
    ): "what is not needed has no chance either",
    ("forecast/slump.py", "if t <= YEAR - 1 or not np.isfinite(means[from_:]).any():", "t <= YEAR - 1 -> t < YEAR - 1"):
        "eleven months hold no mean of twelve",
    (
        "forecast/report/chapters/record.py",
        '{"color": SOFT, "marker": "s", "linewidth": 1.1, "linestyle": (0, (4, 1.5))},', "0 -> 1",
    ): "where the first dash of a line begins on paper",
    (
        "forecast/answers/scenarios.py",
        "middle, lower, upper = quantiles(expected[:, None], paths.weights, (0.5, 0.1, 0.9))[:, 0].tolist()", "0 -> -1",
    ): "growth of one month is asked about: the first is the last",
    ("forecast/report/chapters/season.py", "ASIDE = 0.09", "0.09 -> 0.099"): "a distance on paper",
    (
        "forecast/report/chapters/record.py",
        "saved = sorted(record.skill_pct or 0.0 for record in outcome.record)", "0.0 -> 0.1",
    ): "up to half a percent nothing is called saved",
    (
        "forecast/recovery/distribution.py", "reached = np.flatnonzero(self.cumulative >= q - 1e-12)",
        "self.cumulative >= q - 1e-12 -> self.cumulative > q - 1e-12",
    ): "what lies below by the limit itself is rounding error either way",
    (
        "forecast/answers/afterwards.py", "gap = (np.log(history.values) - log_normal).mean(axis=0)",
        "(np.log(history.values) - log_normal).mean -> (np.log(history.values) - log_normal).sum",
    ): "only the sign of the mean gap is read",
    (
        "forecast/estimate/__init__.py",
        'table["gap_pct"] = quantiles(gap, paths.weights, [0.5])[0]', "0 -> -1",
    ): "one share is asked about: the first is the last",
    ("forecast/report/chapters/season.py", "late_day=language.day(later[0].tet),", "0 -> -1"): "one year is later",
    (
        "forecast/recovery/each.py",
        "seen = max(min(sought.start - 2, paths.past - sought.lead), 0)  # months before say nothing of this slump",
        "max -> min",
    ): "months before the slump are left out for speed alone",
    ("forecast/answers/changes.py", "*added[0].series,", "0 -> -1"): "what a row adds is of one series",
    ("forecast/answers/changes.py", "if added[0].series == INDICATORS:", "0 -> -1"): "what a row adds is of one series",
    ("forecast/answers/next_releases.py", BRACKET, "6 -> 5"): "ends of a search: what is sought lies well inside",
    ("forecast/answers/next_releases.py", BRACKET, "6 -> 7"): "ends of a search: what is sought lies well inside",
    (
        "forecast/answers/watch.py",
        "low, high = quantiles(growth[:, None], paths.weights, (FIFTH, 1.0 - FIFTH))[:, 0]", "0 -> -1",
    ): "one column of growth was asked about: the first is the last",
    ("forecast/estimate/panel.py", "return np.where(own, values[:, np.where(own, at, 0)], np.nan)", "0 -> -1"):
        "what is taken for a month that the series has not is left out",
    ("forecast/scenario/exact.py", f"if {ALIKE} < ALIKE:", f"{ALIKE} < ALIKE -> {ALIKE} <= ALIKE"):
        "a computed root is never the limit",
    ("forecast/scenario/exact.py", SURPRISE, "paths.weights > 0 -> paths.weights >= 0"):
        "weights are scaled to sum to one: it takes a path without weight hundreds of logs likelier than all others",
    ("forecast/scenario/tilting.py", f"while {DUAL} and size > 1e-9:", f"{DUAL} -> {DUAL.replace('>', '>=')}"):
        "a rise by the limit itself is rounding error either way",
    ("forecast/report/chapters/return_month.py", '("column.already", answer.p_already_back, 0),', "0 -> 1"):
        "every horizon has a first month",
    (
        "forecast/report/chapters/scenarios.py",
        '"whatif.saves" if _gain(row) > 0 else "whatif.costs",', "_gain(row) > 0 -> _gain(row) >= 0",
    ): "a gain told is 0.1 or more",
    (
        "forecast/report/chapters/scenario_panels.py",
        'BESIDE: Any = {"color": SOFT, "linewidth": 1.1, "linestyle": (0, (3, 1.5))}', "1.1 -> 1.2100000000000002",
    ): "the width of a line on paper",
    (
        "forecast/report/chapters/changes.py",
        "WIDE, NARROW = 0.44, 0.22  # of the bars, reports; chosen: by eye", "0.44 -> 0.48400000000000004",
    ): "the width of a bar on paper",
}  # fmt: skip
"""File, line and text of a mutant, and why it changes nothing."""


def reason(file: str, line: str, text: str) -> str | None:
    """Return why a mutant changes nothing; None where it is not known to be equivalent."""
    return EQUIVALENT.get((file, line.strip(), text))
