"""How well levels are rebuilt from rates: `python benchmarks/levels.py [PART …]`, PART one of

patterns     32 European countries, rates rounded to 0.1 and 0.01, thinned in four patterns; of Bắc Ninh's cells once
             those that were first prints carry an error (and their revisions are figures too), once all
corruption   one figure made wrong: how often it is found and blamed; how often a clean set raises an alarm
national     Vietnam's published figures, each left out in turn, against two naive fills
bac_ninh     the levels with all figures known in the intervals of 2024-05-20
replicas     levels drawn from the model itself, thinned to Bắc Ninh's cells, first-print errors included
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.update({f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")})

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from forecast import calendar, figures, levels
from forecast.levels.likelihood import covariance, inverse, lower_root
from forecast.levels.observation import observe
from forecast.levels.posterior import Posterior, fit
from forecast.levels.prior import covariances, kernels, parameters

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FILE = DATA / "vietnam_published_figures.csv"
RATES = ("mom_pct", "yoy_pct", "ytd_yoy_pct")
VIETNAM, BAC_NINH = ("vietnam", "total"), ("bac_ninh", "total")
FIRST, LAST = pd.Period("2004-01", "M"), pd.Period("2018-12", "M")
ORIGIN, SEEN = pd.Period("2024-04", "M"), "2024-05-20"
PEAK = pd.Period("2022-08", "M")  # last of the 12 months that are 100 for Bắc Ninh's cells
SHIFT = 60  # months that Bắc Ninh's cells are moved back: whole years, so that calendar months agree
ISO = {"EL": "GR", "UK": "GB"}
FIRST_PRINT_SD = 0.01
PATTERNS = {  # years of figures; the figures of Bắc Ninh come with their own
    "complete": 8,
    "yoy + ytd": 15,
    "random 30 %": 10,
    "bac ninh's cells": 0,
    "bac ninh's cells, first prints": 0,
    "bac ninh's cells, all first prints": 0,
}
Cells = Sequence[tuple[pd.Period, str, bool]]
"""Month, measure and whether it was a first print."""

Window = tuple[pd.Period, pd.Period]


@dataclass(frozen=True, eq=False)
class Case:
    """Figures of a known truth: what to rebuild, from what, and over which months it is judged."""

    truth: pd.Series
    tables: tuple[pd.DataFrame, ...]
    window: Window
    judged: pd.PeriodIndex
    country: str | None
    seed: int

    @property
    def figures(self) -> figures.Figures:
        """What was published of the target and of its related series."""
        return figures.from_table(pd.concat(self.tables, ignore_index=True))

    def rebuild(self, draws: int = 200) -> levels.Levels:
        """The levels as of long after everything was published."""
        names = [str(table["region"].iloc[0]) for table in self.tables]
        return levels.reconstruct(
            self.figures, (names[0], "total"), [(name, "total") for name in names[1:]], draws,
            as_of="2030-12-31", rng=np.random.default_rng(self.seed), country=self.country,
        )  # fmt: skip


def european() -> pd.DataFrame:
    """Monthly levels of the 32 countries, one column each."""
    frame = pd.read_csv(DATA / "eu_manufacturing_nsa.csv")
    frame.index = pd.PeriodIndex(pd.to_datetime(frame.pop("date")), freq="M")
    return frame.drop(columns=["CH", "BA"])


def rest_of(panel: pd.DataFrame, country: str) -> pd.Series:
    """Mean of the other countries' growth, chained: a related series."""
    growth = np.log(panel.drop(columns=country)).diff().mean(axis=1).fillna(0.0)
    return 100.0 * np.exp(growth.cumsum())


def touched(period: pd.Period, measure: str) -> tuple[pd.PeriodIndex, pd.PeriodIndex]:
    """The months in the numerator and in the denominator of a rate."""
    above = pd.period_range(end=period, periods=period.month if measure == "ytd_yoy_pct" else 1, freq="M")
    return above, above - (1 if measure == "mom_pct" else 12)


def printed(
    y: pd.Series, region: str, cells: Cells, decimals: int, errors: dict[pd.Period, float] | None = None
) -> pd.DataFrame:
    """The figures an office would print: final ones a year later, and first prints with the errors given."""
    rows = []
    for period, measure, first in cells:
        above, below = touched(period, measure)
        if min(above[0], below[0]) < y.index[0] or period > y.index[-1]:
            continue
        seen = y[above].copy()
        hasty = first and errors is not None
        if hasty:
            seen[period] *= np.exp(errors[period])
        value = round(float(100.0 * (seen.sum() / y[below].sum() - 1.0)), decimals)
        day = period.end_time.normalize() + pd.Timedelta(days=5 if hasty else 400)
        rows.append((region, "total", period, measure, value, day, 0.5 * 10.0**-decimals))
    columns = ["region", "sector", "period", "measure", "value", "published", "half_unit"]
    return pd.DataFrame(rows, columns=columns)


def published_cells(name: tuple[str, str], every_vintage: bool) -> Cells:
    """The very cells published for a Vietnamese series by 2024-05-20: each once, or all vintages of each."""
    known = figures.read(FILE).as_of(SEEN)
    o = observe(
        known if every_vintage else known.latest(), [name], pd.period_range("2010-01", ORIGIN, freq="M")
    )
    return list(zip(o.table["period"], o.table["measure"], o.first, strict=True))


def cases(pattern: str, decimals: int, years: int) -> Iterator[Case]:
    """One case a country."""
    panel = european()
    months = pd.period_range(end=LAST, periods=12 * years, freq="M")
    every = [(period, measure, False) for measure in RATES for period in months]
    for seed, country in enumerate(panel.columns):
        rng, iso = np.random.default_rng(seed), ISO.get(country, country)
        y, rest, window = panel[country], rest_of(panel, country), (LAST - 11, LAST)
        if pattern in ("complete", "yoy + ytd"):
            cells = every if pattern == "complete" else [c for c in every if c[1] != "mom_pct"]
            yield Case(y, (printed(y[months], country, cells, decimals),), window, months, iso, seed)
        elif pattern == "random 30 %":
            chosen = [
                [c for c in every if rng.random() < 0.3 or c[:2] == (LAST, "yoy_pct")] for _ in range(2)
            ]
            tables = (
                printed(y[months], country, chosen[0], decimals),
                printed(rest[months], "rest", chosen[1], decimals),
            )
            yield Case(y, tables, window, months, iso, seed)
        else:
            yield bac_ninh_case(y, rest, country, iso, decimals, pattern.partition(", ")[2], seed)


def bac_ninh_case(
    y: pd.Series, rest: pd.Series, country: str, iso: str | None, decimals: int, hasty: str, seed: int
) -> Case:
    """Bắc Ninh's cells of one series and Vietnam's cells of a related one, moved back; its last two years judged.

    hasty : "first prints" gives the figures that were such an error, and has their revisions too; "all first prints"
        gives one to the last print of every cell
    """
    rng = np.random.default_rng(seed)
    tables = []
    for series, region, name in ((y, country, BAC_NINH), (rest, "rest", VIETNAM)):
        cells = published_cells(name, every_vintage=hasty == "first prints")
        moved = [(t - SHIFT, measure, first or hasty.startswith("all")) for t, measure, first in cells]
        error = dict(zip(series.index, FIRST_PRINT_SD * rng.standard_normal(len(series)), strict=True))
        tables.append(printed(series[: ORIGIN - SHIFT], region, moved, decimals, error if hasty else None))
    judged = pd.period_range(end=ORIGIN - SHIFT, periods=24, freq="M")
    return Case(y, tuple(tables), (PEAK - SHIFT - 11, PEAK - SHIFT), judged, iso, seed)


def errors_of(case: Case, found: levels.Levels) -> pd.DataFrame:
    """Error in percent of the window's mean and whether each interval holds the truth, by month judged.

    late : the error in percent of the mean of the last 12 months
    """
    out = {}
    for scale, window in (("error", case.window), ("late", (found.months[-12], found.months[-1]))):
        y = case.truth[found.months]
        y = 100.0 * y / y[(y.index >= window[0]) & (y.index <= window[1])].mean()
        values = found.rescaled(*window).history.values
        out[scale] = y - values.mean(axis=0)
        if scale == "error":
            for level in (50, 80, 95):
                lower, upper = np.quantile(values, [0.5 - level / 200, 0.5 + level / 200], axis=0)
                out[level] = (y >= lower) & (y <= upper)
    table = pd.DataFrame(out)
    return table[table.index.isin(case.judged)]


def summary(cases_: Sequence[pd.DataFrame]) -> str:
    """Root mean squared error, pooled, as mean and median of the cases' own, and coverage, in one line."""
    rows = pd.concat(cases_)
    rms = np.sqrt((rows["error"] ** 2).mean())
    own, late = (np.array([np.sqrt((of[e] ** 2).mean()) for of in cases_]) for e in ("error", "late"))
    return (
        f"rms error {rms:6.3f} % (by case: mean {own.mean():.3f}, median {np.median(own):.3f}, "
        f"largest {own.max():.2f}; "
        f"mean on the scale of the last 12 months {late.mean():.3f})  coverage "
        + " ".join(f"{c}: {rows[c].mean():.3f}" for c in (50, 80, 95))
    )


def patterns() -> None:
    """Errors and coverage by pattern and rounding, over all countries and months judged."""
    for decimals in (1, 2):
        for name, years in PATTERNS.items():
            start, rows = time.process_time(), []
            for case in cases(name, decimals, years):
                rows.append(errors_of(case, case.rebuild()))
            each = (time.process_time() - start) / len(rows)
            print(f"{name:31s} {10.0**-decimals:4.2f}  {summary(rows)}  {each:.1f} s", flush=True)


def corruption() -> None:
    """200 trials a row, six years of figures rounded to 0.1."""
    for name in ("complete", "yoy + ytd", "bac ninh's cells"):
        made = list(cases(name, 1, 6))
        for size in (0.0, 0.2, 0.5):
            found, blamed, rng = 0, 0, np.random.default_rng(1)
            for trial in range(200 if size else 32):
                case = made[trial % len(made)]
                table = case.tables[0].copy()
                wrong = int(rng.integers(len(table)))
                table.loc[wrong, "value"] += size * rng.choice([-1.0, 1.0])
                rebuilt = Case(
                    case.truth, (table, *case.tables[1:]), case.window, case.judged, case.country, trial
                ).rebuild(10)
                suspects = rebuilt.suspects[rebuilt.suspects["region"] == table["region"][0]]
                found += len(suspects) > 0
                if len(suspects):
                    first, cell = suspects.iloc[0], table.loc[wrong]
                    blamed += first["period"] == cell["period"] and first["measure"] == cell["measure"]
            trials = trial + 1
            words = "false alarms" if not size else f"{size} point: found"
            print(
                f"{name:18s} {words} {found / trials:.3f}  blamed rightly {blamed / trials:.3f}", flush=True
            )


def left_out_cells(posterior: Posterior, draws: int = 40) -> pd.DataFrame:
    """Each cell predicted from all others, its own vintages left out together.

    error in points and where the figure fell in its predictive distribution (pit), a mixture over draws of the
    hyperparameters.
    """
    o, linear, rng = posterior.observations, posterior.linear, np.random.default_rng(1)
    cells = [of.index.to_numpy() for _, of in o.table.groupby(["region", "sector", "period", "measure"])]
    errors, sds = np.zeros((2, draws, len(cells)))
    for d in range(draws):
        values = posterior.values + posterior.spread @ rng.standard_normal(len(posterior.values))
        across = covariances(posterior.given, values, len(posterior.levels))
        precision = inverse(lower_root(covariance(linear, across)))
        alpha = precision @ linear.residual
        for c, rows in enumerate(cells):
            block = np.linalg.inv(precision[np.ix_(rows, rows)])
            errors[d, c], sds[d, c] = (block @ alpha[rows])[-1], np.sqrt(block[-1, -1])
    last = np.array([rows[-1] for rows in cells])
    return o.table.loc[last, ["period", "measure", "value"]].assign(
        error=errors.mean(axis=0) * o.unit[last], pit=norm.cdf(errors / sds).mean(axis=0)
    )


def naive_fills(of: pd.DataFrame) -> pd.DataFrame:
    """Interpolated between neighbours, or the last one carried; for mom, among the same calendar month's."""
    step = 12 if of["measure"].iloc[0] == "mom_pct" else 1
    value = of.set_index("period")["value"]
    rows = []
    for period in value.index:
        others = value.drop(period)
        if step == 12:
            others = others[others.index.month == period.month]
        before, after = others[others.index < period], others[others.index > period]
        carried = before.iloc[-1] if len(before) else np.nan
        filled = carried
        if len(before) and len(after):
            a, b = before.index[-1], after.index[0]
            filled = carried + (after.iloc[0] - carried) * (period - a).n / (b - a).n
        rows.append((filled, carried))
    return pd.DataFrame(rows, index=value.index, columns=["interpolated", "carried"])


def posterior_of(names: Sequence[tuple[str, str]], as_of: str) -> Posterior:
    """Fit published series, the target last, as of a date."""
    known = figures.read(FILE).as_of(as_of)
    months = pd.period_range("2010-01", known.origin(*names[-1]), freq="M")
    return fit(observe(known, names, months), kernels(months, 0, calendar.regressors(months)), len(names))


def national() -> None:
    """Every published figure of Vietnam's total predicted from all others, by measure."""
    predicted = left_out_cells(posterior_of([VIETNAM], "2026-12-31"))
    for measure, of in [*predicted.groupby("measure"), ("all", predicted)]:
        words = f"{measure:12s} n {len(of):3d}"
        if measure != "all":
            naive = naive_fills(of)
            both = naive.notna().all(axis=1).to_numpy()
            truth = of["value"].to_numpy()[both]
            rms = [np.sqrt(np.mean((naive[c].to_numpy()[both] - truth) ** 2)) for c in naive]
            words += f"  rms {np.sqrt(np.mean(of['error'].to_numpy()[both] ** 2)):5.2f} points "
            words += f"(interpolated {rms[0]:5.2f}, carried {rms[1]:5.2f})"
        inside = [np.mean((of["pit"] - 0.5).abs() < level / 200) for level in (50, 80, 95)]
        print(words + "  coverage 50/80/95 " + "/".join(f"{share:.2f}" for share in inside))


def bac_ninh() -> None:
    """What is known now against the intervals of 2024-05-20, 12 months to August 2022 = 100."""
    known = figures.read(FILE)
    found = []
    for as_of in (SEEN, "2026-12-31"):
        rng = np.random.default_rng(1)
        made = levels.reconstruct(known, BAC_NINH, [VIETNAM], 1000, as_of=as_of, rng=rng)
        found.append(made.rescaled(PEAK - 11, PEAK).history)
    months = found[0].months[-24:]
    then, now = ([h.values[:, h.months.isin(months)] for h in found][i] for i in (0, 1))
    table = pd.DataFrame(
        {
            "then": then.mean(axis=0), "then_se": then.std(axis=0),
            "now": now.mean(axis=0), "now_se": now.std(axis=0),
        },
        index=months,
    )  # fmt: skip
    print(table.round(1).to_string())
    for level in (50, 80, 95):
        lower, upper = np.quantile(then, [0.5 - level / 200, 0.5 + level / 200], axis=0)
        mean = now.mean(axis=0)
        print(
            f"mean of what is known now in the {level} % interval: {np.mean((mean >= lower) & (mean <= upper)):.2f}"
        )


def drawn(rng: np.random.Generator, months: pd.PeriodIndex) -> npt.NDArray[np.float64]:
    """Log levels of a related series and of a target from the prior, hyperparameters included, (2, m)."""
    given = parameters(2)
    values = np.array([q.centre + min(q.spread, 0.7) * rng.standard_normal() for q in given])
    across = covariances(given, values, 2)
    prior = kernels(months, 0, calendar.regressors(months))
    out = np.tile(prior.mean, (2, 1))
    for component, factor in prior.factors.items():
        root = np.linalg.cholesky(across.across[component])
        out += root @ rng.standard_normal((2, factor.shape[1])) @ factor.T
    return out


def replicas() -> None:
    """Truths from the model itself: what is left of the coverage is what the approximations cost."""
    for hasty in ("", "first prints"):
        rows = []
        for seed in range(120):
            months = pd.period_range("2005-01", ORIGIN - SHIFT, freq="M")
            log = drawn(np.random.default_rng(1000 + seed), months)
            rest, y = (pd.Series(100.0 * np.exp(x - x.mean()), index=months) for x in log)
            case = bac_ninh_case(y, rest, "replica", "VN", 2, hasty, seed)
            rows.append(errors_of(case, case.rebuild()))
        share = [float(of[80].mean()) for of in rows]
        error = np.std(share) / np.sqrt(len(share))
        kind = hasty or "final figures"
        print(
            f"{len(rows)} replicas, {kind:13s}  {summary(rows)}  (se of 80: {error:.3f})",
            flush=True,
        )


PARTS: dict[str, Callable[[], None]] = {
    "patterns": patterns,
    "corruption": corruption,
    "national": national,
    "bac_ninh": bac_ninh,
    "replicas": replicas,
}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        print(f"== {part}", flush=True)
        PARTS[part]()
