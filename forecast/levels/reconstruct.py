"""`reconstruct`: published rates → index levels, with uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import norm

from forecast import calendar
from forecast.errors import DataError
from forecast.figures import Figures
from forecast.levels.contradiction import Contradiction, contradictions, slack
from forecast.levels.identification import Identification, identify
from forecast.levels.observation import Name, Observations, first_month, observe
from forecast.levels.posterior import Posterior, draw, fit, left_out
from forecast.levels.prior import NOISE, kernels
from forecast.levels.result import YEAR, Levels, scaled
from forecast.series import Floats, History

DRAWS_PER_HYPER = 10
LONGEST = 360
FALSE_ALARMS = 0.05
"""Probability that one of the figures of a clean series is called contradictory by its left-out residual."""

FAR_APART = 0.5
"""Percent points: figures that cannot all be true by at least so much are called contradictory."""


def reconstruct(
    figures: Figures,
    target: Name,
    related: Sequence[Name] = (),
    draws: int = 200,
    *,
    as_of: str | pd.Timestamp | pd.Period,
    rng: np.random.Generator,
    horizon: int = 0,
    country: str | None = "VN",
    holidays: Sequence[str] = ("tet",),
    start: str | pd.Period | None = None,
) -> Levels:
    """Infer the monthly level of a target from rates and index values published by `as_of`.

    target, related : (region, sector); each component of a later series (related ones in the order given, the
        target last) is a loading on the same component of every earlier one plus a part of its own
    draws : joint draws of levels and effects, ten at each of draws/10 draws of the hyperparameters
    horizon : months after the origin over which the seasonal and calendar effects of each draw are continued
    country, holidays : calendar regressors, as `calendar.regressors` takes them
    start : first month of the history and of the figures used; by default the history starts with the first
        month that a figure of the target says something about, and related figures of 30 years are used

    The history ends at the origin, the last month for which the target has a figure; figures of related series
    about later months are left out. A region that begins with a break begins its own history: nothing is chained.
    Model and priors: the modules beside this one. Raises DataError where the target or a related series has no
    figures by `as_of`.
    """
    known = figures.as_of(as_of)
    origin = known.origin(*target)
    names = [*related, target]
    if len(set(names)) < len(names):
        raise DataError(f"related series of {' '.join(target)}: a series is named twice; name each once")
    of_names = [first_month(known.select(*name)) for name in names]
    first = max(of_names[-1], origin - LONGEST + 1) if start is None else pd.Period(start, "M")
    earliest = max(min(of_names), origin - LONGEST + 1) if start is None else first
    months = pd.period_range(earliest, origin, freq="M")
    observations = observe(known, names, months)
    _check_informed(observations, names, months, figures.file)
    ahead = pd.period_range(months[0], periods=len(months) + horizon, freq="M")
    prior = kernels(months, horizon, calendar.regressors(ahead, country, holidays))
    posterior = fit(observations, prior, len(names))
    values, effects = draw(posterior, draws, DRAWS_PER_HYPER, rng)
    before = (first - earliest).n
    histories = _histories(
        observations, names, months[before:], np.exp(values[:, :, before:]), effects[:, :, before:]
    )
    identification = identify(observations, len(names) - 1, posterior.levels, months, first)
    return _levels(posterior, histories, identification, _noise(posterior, names))


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
    posterior: Posterior, histories: list[History], identification: Identification, noise: pd.DataFrame
) -> Levels:
    origin = histories[-1].origin
    window = max(origin - YEAR + 1, histories[-1].months[0]), origin
    anchored = [not history.reconstructed.all() for history in histories]
    placed = [h if fixed else scaled(h, window) for h, fixed in zip(histories, anchored, strict=True)]
    sets = contradictions(posterior.observations, posterior.levels, len(histories) - 1)
    fitted = _fitted(posterior, sets)
    suspects = fitted[fitted["status"] == "contradictory"]
    order = suspects["left_out_z"].abs().sort_values(ascending=False).index
    return Levels(
        placed[-1],
        {h.name: h for h in placed[:-1]},
        anchored[-1],
        window,
        fitted,
        suspects.loc[order].reset_index(drop=True),
        tuple(of.words for of in sets),
        identification,
        noise,
    )


def _fitted(posterior: Posterior, sets: Sequence[Contradiction]) -> pd.DataFrame:
    """Every figure with what the levels imply and how far it lies from what the others say."""
    o = posterior.observations
    implied = o.predict(posterior.levels)
    index = (o.table["measure"] == "index").to_numpy()
    fitted = np.where(index, np.exp(implied), 100.0 * np.expm1(implied))
    error, z = left_out(posterior)
    count = np.bincount(o.series)[o.series]
    far = np.abs(z) > norm.isf(FALSE_ALARMS / (2.0 * count))
    far[[row for of in sets if of.points >= FAR_APART for row in of.rows]] = True
    cell = ["region", "sector", "period", "measure"]
    superseded = o.table.duplicated(cell, keep="last").to_numpy()
    columns = ["region", "sector", "period", "measure", "value", "published", "source", "line"]
    return o.table[columns].assign(
        first_print=o.first,
        fitted=fitted,
        residual=o.table["value"].to_numpy() - fitted,
        left_out_residual=error * o.unit,
        left_out_z=z,
        slack=slack(o, posterior.levels),
        status=np.where(far, "contradictory", np.where(superseded, "superseded", "used")),
    )


def _noise(posterior: Posterior, names: Sequence[Name]) -> pd.DataFrame:
    rows = [
        ("_".join(names[q.row]), q.component, 100.0 * float(np.exp(value)))
        for q, value in zip(posterior.given, posterior.values, strict=True)
        if q.component in NOISE
    ]
    return pd.DataFrame(rows, columns=["series", "error", "sd_pct"])
