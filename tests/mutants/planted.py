"""Mistakes that people made or that once lived, planted again: each in the words of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.mutants.rooms import REPO
from tests.mutants.running import Mutant


@dataclass(frozen=True)
class Planted:
    """A mistake: what it is, its file, how the file reads there, and how it reads with the mistake."""

    what: str
    file: str
    true: str
    mistaken: str


PLANTED = (
    Planted(
        "months gained with the sign turned",
        "forecast/recovery/distribution.py", "int((max(base.median, base.origin) - max(self.median, self.origin)).n)",
        "int((max(self.median, self.origin) - max(base.median, base.origin)).n)",
    ),
    Planted(
        "expected months gained with the sign turned",
        "forecast/answers/scenarios.py",
        "base.mean_months_below - answer.mean_months_below", "answer.mean_months_below - base.mean_months_below",
    ),
    Planted(
        "the gap at the origin a point off",
        "forecast/answers/definitions.py", "100.0 * np.expm1(log_gap.mean())", "100.0 * np.expm1(log_gap.mean()) + 1.0",
    ),
    Planted(
        "the 80 % band of the fan drawn at 70",
        "forecast/answers/answer.py", "FAN = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)",
        "FAN = (0.05, 0.15, 0.25, 0.50, 0.75, 0.85, 0.95)",
    ),
    Planted(
        "the 80 % band of the history at 70",
        "forecast/answers/answer.py", "np.quantile(pct, [0.1, 0.9], axis=0)", "np.quantile(pct, [0.15, 0.85], axis=0)",
    ),
    Planted(
        "the 80 % interval of the next releases at 70",
        "forecast/answers/next_releases.py", "0.75, 0.1, 0.9, 0.05, 0.95)", "0.75, 0.15, 0.85, 0.05, 0.95)",
    ),
    Planted(
        "the 80 % interval of an annual target at 70",
        "forecast/answers/targets.py", "paths.weights, (0.1, 0.5, 0.9)", "paths.weights, (0.15, 0.5, 0.85)",
    ),
    Planted(
        "the 80 % interval of the season at 70",
        "forecast/answers/season.py", "(0.5, 0.1, 0.9)", "(0.5, 0.15, 0.85)",
    ),
    Planted(
        "the 80 % interval of an assumed series at 70",
        "forecast/answers/scenarios.py", "expected[:, None], paths.weights, (0.5, 0.1, 0.9)",
        "expected[:, None], paths.weights, (0.5, 0.15, 0.85)",
    ),
    Planted(
        "the 80 % interval of an elasticity at 70",
        "forecast/answers/scenarios.py", "[:, None], paths.weights, (0.5, 0.1, 0.9))[:, 0].tolist()\n    rows",
        "[:, None], paths.weights, (0.5, 0.15, 0.85))[:, 0].tolist()\n    rows",
    ),
    Planted(
        "the 90 % interval of the return at 95",
        "forecast/recovery/distribution.py", "return self.interval(0.9)", "return self.interval(0.95)",
    ),
    Planted(
        "the 80 % interval of the return at 70",
        "forecast/recovery/distribution.py", "return self.interval(0.8)", "return self.interval(0.7)",
    ),
    Planted(
        "intervals of the return of 80 and 90 % swapped",
        "forecast/answers/answer.py",
        "interval_80=recovery.interval_80,\n        interval_90=recovery.interval_90,",
        "interval_80=recovery.interval_90,\n        interval_90=recovery.interval_80,",
    ),
    Planted(
        "rows of 80 and 90 % swapped in the table of the return",
        "forecast/report/chapters/return_month.py",
        "(80, answer.interval_80), (90, answer.interval_90)", "(80, answer.interval_90), (90, answer.interval_80)",
    ),
    Planted(
        "columns of 80 and 90 % swapped in the fan",
        "forecast/answers/answer.py", "q10[t], q90[t], q05[t], q95[t]", "q05[t], q95[t], q10[t], q90[t]",
    ),
    Planted(
        "columns of 80 and 90 % swapped in the table of next releases",
        "forecast/report/chapters/next_releases.py",
        "(row.lower_80, row.upper_80),\n                    (row.lower_90, row.upper_90),",
        "(row.lower_90, row.upper_90),\n                    (row.lower_80, row.upper_80),",
    ),
    Planted(
        "within 6 months read as within 7",
        "forecast/recovery/distribution.py", "self.by(min(6, self.horizon))", "self.by(min(7, self.horizon))",
    ),
    Planted(
        "within 24 months read as within 25",
        "forecast/recovery/distribution.py", "self.by(min(24, self.horizon))", "self.by(min(25, self.horizon))",
    ),
    Planted(
        "the trough sought over the whole history",
        "forecast/answers/answer.py", "trough = start + int(np.argmin(smooth[start:]))",
        "trough = int(np.nanargmin(smooth))",
    ),
    Planted(
        "a model's weight as its share of the rows",
        "forecast/answers/models.py", "float(estimate.paths.weights[estimate.paths.model == name].sum())",
        "float((estimate.paths.model == name).mean())",
    ),
    Planted(
        "the year of a relapse counted with the month of confirmation",
        "forecast/rule.py", "recovery[:, None] + hold + np.arange", "recovery[:, None] + hold - 1 + np.arange",
    ),
    Planted(
        "the window of the peak a month late, which is a leak",
        "forecast/slump.py", "means = trailing_mean(z[:t], YEAR)\n    from_ = max(t - PEAK_YEARS * YEAR, YEAR - 1)",
        "means = trailing_mean(z[: t + 1], YEAR)\n    from_ = max(t + 1 - PEAK_YEARS * YEAR, YEAR - 1)",
    ),
    Planted(
        "the window of the peak a month short",
        "forecast/slump.py", "from_ = max(t - PEAK_YEARS * YEAR, YEAR - 1)",
        "from_ = max(t + 1 - PEAK_YEARS * YEAR, YEAR - 1)",
    ),
    Planted(
        "the next slump sought a month too early",
        "forecast/slump.py", "+ 2 * slump.hold - 1", "+ 2 * slump.hold - 2",
    ),
    Planted(
        "the next slump sought from the recovery on",
        "forecast/slump.py", "+ 2 * slump.hold - 1", "+ 1",
    ),
    Planted(
        "the word for a relapse from the chance of a trough",
        "forecast/report/chapters/return_month.py", "word=language.chance(answer.p_relapse)",
        "word=language.chance(answer.p_trough_passed)",
    ),
    Planted(
        "lower edges of all bands equal",
        "forecast/answers/answer.py", "FanMonth(month, q50[t], q25[t], q75[t], q10[t], q90[t], q05[t], q95[t])",
        "FanMonth(month, q50[t], q05[t], q75[t], q05[t], q90[t], q05[t], q95[t])",
    ),
    Planted(
        "lower edges of all bands equal in the picture",
        "forecast/report/chapters/fan.py", 'getattr(row, f"lower_{share}")', "row.lower_90",
    ),
    Planted(
        "lower edges of all bands equal in the table",
        "forecast/report/chapters/fan.py", 'getattr(m, f"lower_{share}")', "m.lower_90",
    ),
    Planted(
        "the window ignored in what the answer hangs on",
        "forecast/answers/sensitivity.py", "window or slump.window", "slump.window",
    ),
    Planted(
        "the hold ignored in what the answer hangs on",
        "forecast/answers/sensitivity.py", "hold or slump.hold", "slump.hold",
    ),
    Planted(
        "the seed without the name of the model",
        "forecast/estimate/simulate.py", "str(history.origin), name, i) for i", "str(history.origin), i) for i",
    ),
    Planted(
        "the seed without the origin",
        "forecast/estimate/simulate.py", "history.name, str(history.origin), name, i) for i",
        "history.name, name, i) for i",
    ),
    Planted(
        "the trend of a related series a month late",
        "forecast/estimate/related.py", "months = np.arange(len(pool.months)) - pool.past + 1.0",
        "months = np.arange(len(pool.months)) - pool.past",
    ),
    Planted(
        "a month published a day before its release",
        "forecast/estimate/plan.py", "pd.Timedelta(days=lag_days) <= as_of", "pd.Timedelta(days=lag_days - 1) <= as_of",
    ),
)  # fmt: skip


def mutants(proven_by: Mapping[str, tuple[str, ...]]) -> list[Mutant]:
    """Return the planted mistakes as mutants. Raises ValueError where a file does not hold the true words once."""
    return [_planted(one, proven_by[one.file]) for one in PLANTED]


def _planted(one: Planted, tests: tuple[str, ...]) -> Mutant:
    source = (REPO / one.file).read_text(encoding="utf-8")
    if source.count(one.true) != 1:
        raise ValueError(f"{one.file}: {one.what}: found {source.count(one.true)} times: {one.true}")
    line = source[: source.index(one.true)].count("\n") + 1
    return Mutant(one.file, line, one.what, source.replace(one.true, one.mistaken), tests)
