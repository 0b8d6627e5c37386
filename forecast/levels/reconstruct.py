"""`reconstruct`: published rates → index levels, with uncertainty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from forecast import calendar
from forecast.arrays import YEAR, Floats
from forecast.errors import DataError, expect, refuse_uncounted
from forecast.figures import CELL, Figures
from forecast.levels.identification import Identification, identify
from forecast.levels.judged import Judged
from forecast.levels.observation import Name, Observations, first_month, observe
from forecast.levels.posterior import Posterior, draw, fit
from forecast.levels.prior import NOISE, kernels, kinds
from forecast.levels.result import Levels, scale_to, times
from forecast.levels.sectors import GIVEN_SD, AddingUp, add_up, estimate_shares, shares_given
from forecast.parallel import one_thread
from forecast.series import History

DRAWS_PER_HYPER = 10
"""Histories per draw of the hyperparameters (method page)."""

DRAWN_TOGETHER = 2 * DRAWS_PER_HYPER
"""Draws at hyperparameters and at their opposite: the fewest that owe nothing to the others but their strata."""

LONGEST = 360
"""Months reconstructed; chosen: 30 years bound the work, and what is older says nothing of now."""
MOST_AHEAD = 12
"""Months after the origin that related series are followed. chosen: a year, the span of the longest rate."""


@one_thread
def reconstruct(
    figures: Figures,
    target: Name,
    related: Sequence[Name] = (),
    draws: int = 1_000,
    *,
    as_of: str | pd.Timestamp | pd.Period | None = None,
    rng: np.random.Generator | None = None,
    horizon: int = 0,
    country: str | None = "VN",
    holidays: Sequence[str] | None = None,
    start: str | pd.Period | None = None,
    sectors: Sequence[str] | Mapping[str, float] = (),
    shares_year: int | None = None,
    describe: str = "",
) -> Levels:
    """Infer the monthly level of a target from rates and index values published by `as_of`.

    target, related : (region, sector); each component of a later series (related ones in the order given, the
        target last) is a loading on the same component of every earlier one plus a part of its own
    as_of : by default the latest publication · rng : by default one seeded with 1
    draws : joint draws of levels and effects, ten at each of draws/10 draws of the hyperparameters
    horizon : months after the origin over which the seasonal and calendar effects of each draw are continued
    country, holidays : calendar regressors, as `calendar.regressors` takes them
    start : first month of the history and of the figures used; by default the history starts with the first
        month that a figure of the target says something about, and related figures of 30 years are used
    sectors : sectors of the target's region that make it up, reconstructed jointly with it. With their shares of
        the target in `shares_year` (by default over the whole history), or with shares that the figures tell,
        they add up to it as contributions; else each keeps a scale of its own
    describe : what progress on standard error calls the work; "" shows nothing

    The history ends at the origin, the last month for which the target has a figure. Where related series have
    figures about later months, up to a year, `continued` goes on through those: a nowcast. A region that begins with
    a break begins its own history: nothing is chained.
    Model and priors: the modules beside this one. Raises DataError where the target or a related series has no
    figures by `as_of`.
    """
    refuse_uncounted(draws=draws)
    expect(figures=(figures, Figures))
    names = _names(target, related, sectors)
    rng = np.random.default_rng(1) if rng is None else rng
    published = figures.as_of(figures.table["published"].max() if as_of is None else as_of)
    origin = published.origin(*target)
    last = min(max([origin, *(published.origin(*name) for name in related)]), origin + MOST_AHEAD)
    begun = _begin(published, names, target, origin)
    earliest, first = begun if start is None else (pd.Period(start, "M"),) * 2
    months = pd.period_range(earliest, last, freq="M")
    horizon = max(horizon - (last - origin).n, 0)
    observations = observe(published, names, months)
    _check_informed(observations, names, months, figures.file)
    adding = _adding_up(observations, len(related), sectors, shares_year, months, origin)
    ahead = pd.period_range(months[0], periods=len(months) + horizon, freq="M")
    prior = kernels(months, horizon, calendar.regressors(ahead, country, holidays))
    posterior = fit(observations, prior, len(names), len(sectors), kinds(names))
    x, effects, biases = draw(posterior, draws, DRAWS_PER_HYPER, rng, describe)
    if adding is not None:
        x, effects = add_up(posterior, adding, x, effects, rng)
    since = (first - earliest).n
    histories = _histories(
        observations, names, months[since:], np.exp(x[:, :, since:]), effects[:, :, since:]
    )
    pinned = identify(observations, len(related), posterior.levels, months, first, origin)
    noise = _noise(posterior, names)
    bias = biases[:, len(related)]
    return _levels(posterior, histories, len(related), origin, adding is not None, pinned, noise, bias)


def _names(target: Name, related: Sequence[Name], sectors: Iterable[str]) -> list[Name]:
    """All series in their order: related ones, the target, its sectors. Raises DataError for what names none."""
    for name in (target, *related):
        if isinstance(name, str) or len(name) != 2:
            raise DataError(f'{name!r} is no series; name it as (region, sector), as ("bac_ninh", "total")')
    names = [*related, target, *((target[0], sector) for sector in sectors)]
    if len(set(names)) < len(names):
        raise DataError(f"reconstruction of {' '.join(target)}: a series is named twice; name each once")
    return names


def _begin(
    published: Figures, names: Sequence[Name], target: Name, origin: pd.Period
) -> tuple[pd.Period, pd.Period]:
    """First month that a figure of any series says something about, and of the target; 30 years before at most."""
    of = {name: first_month(published.select(*name)) for name in names}
    limit = origin - LONGEST + 1
    return max(min(of.values()), limit), max(of[target], limit)


def _adding_up(
    observations: Observations,
    total: int,
    sectors: Sequence[str] | Mapping[str, float],
    year: int | None,
    months: pd.PeriodIndex,
    origin: pd.Period,
) -> AddingUp | None:
    """Shares as given or as the figures tell; None where neither. Raises DataError for shares that cannot be."""
    if not sectors:
        return None
    base = np.asarray(months <= origin if year is None else months.year == year)
    if not isinstance(sectors, Mapping):
        estimated = estimate_shares(observations, total, len(sectors))
        return None if estimated is None else AddingUp(total, *estimated, base)
    problems = shares_given(list(sectors), list(sectors.values()))
    if not base.any():
        problems.append(f"shares of the sectors: {year} is not within {months[0]} to {months[-1]}")
    if problems:
        raise DataError(*problems)
    shares = np.array(list(sectors.values()))
    return AddingUp(total, shares / shares.sum(), np.full(len(shares), GIVEN_SD), base)


def _check_informed(
    observations: Observations, names: Sequence[Name], months: pd.PeriodIndex, file: str
) -> None:
    count = np.bincount(observations.series, minlength=len(names))
    problems = [
        f"{file}: no figure of {' '.join(name)} lies within {months[0]} to {months[-1]}; choose an earlier start"
        for name, n in zip(names, count, strict=True)
        if n == 0
    ]
    if problems:
        raise DataError(*problems)


def _histories(
    observations: Observations, names: Sequence[Name], months: pd.PeriodIndex, values: Floats, effects: Floats
) -> list[History]:
    """One history per series, draws in the same order."""
    table = observations.table
    out = []
    for i, name in enumerate(names):
        printed = table[(observations.series == i) & (table["measure"] == "index")]
        inferred = ~months.isin(list(printed["period"]))
        out.append(History(months, values[:, i], effects[:, i], inferred, "_".join(name)))
    return out


def _levels(
    posterior: Posterior,
    histories: list[History],
    target: int,
    origin: pd.Period,
    adds_up: bool,
    identification: Identification,
    noise: pd.DataFrame,
    bias: Floats,
) -> Levels:
    window = max(origin - YEAR + 1, histories[target].months[0]), origin
    anchored = [not of.reconstructed.all() for of in histories]
    one = np.ones((len(histories[target].values), 1))
    factors = [one if fixed else scale_to(of, window) for of, fixed in zip(histories, anchored, strict=True)]
    continued = times(histories[target], factors[target])
    sectors = [of.until(origin) for of in histories[target + 1 :]]
    on_scale = [factors[target]] * len(sectors) if adds_up else factors[target + 1 :]
    return Levels(
        history=continued.until(origin),
        continued=continued,
        related={of.name: times(of, f) for of, f in zip(histories[:target], factors, strict=False)},
        sectors={of.name: times(of, f) for of, f in zip(sectors, on_scale, strict=True)},
        adds_up=adds_up,
        anchored=anchored[target],
        window=window,
        judged=Judged(posterior, target),
        identification=identification,
        noise=noise,
        bias=bias,
    )


def _noise(posterior: Posterior, names: Sequence[Name]) -> pd.DataFrame:
    """Standard deviation of each kind of error, and from how many revised first prints that of these was learned."""
    o = posterior.observations
    revised = o.first & o.table.duplicated(CELL, keep="last").to_numpy()
    rows = [
        (
            "_".join(names[q.row]),
            q.component,
            100.0 * float(np.exp(value)),
            100.0 * float(np.exp(q.centre)),
            int(revised[o.series == q.row].sum()) if q.component == "first_print" else 0,
        )
        for q, value in zip(posterior.given, posterior.values, strict=True)
        if q.component in NOISE
    ]
    return pd.DataFrame(rows, columns=["series", "error", "sd_pct", "default_pct", "revised"])
