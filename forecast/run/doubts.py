"""What is odd about the data of a question: found once, told by `check`, `run` and the report, and what stops a run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from forecast import figures, levels, series
from forecast.config import Question
from forecast.config.keys import Accepted
from forecast.errors import DataError
from forecast.estimate import Data, FigureData, LevelData
from forecast.figures import Figures
from forecast.parallel import SOON, reported
from forecast.run import beside
from forecast.run.data import last_seen, origin_of
from forecast.run.declared import denied
from forecast.run.informing import informing
from forecast.run.stored import of_store
from forecast.tables import Finding

KINDS = (
    "slip",
    "implausible",
    "repeated",
    "changed_over",
    "renamed",
    "contradiction",
    "declared",
    "coarse",
    "unit",
    "jump",
    "future",
    "duplicate",
)
"""Kinds of findings by how much they weigh; others weigh less."""

JUDGED = 40
"""Series of a file that are compared with what the others of their figures say: a tenth of a second each. chosen:
four seconds at most."""


def findings(question: Question, data: Data, as_of: str | None = None) -> tuple[Finding, ...]:
    """Return what is odd about the data of a question as known on its date, what weighs most first.

    as_of : a date that was asked over the config's
    What a config accepts is marked so and stops nothing.
    """
    dated = bool(as_of or question.config.as_of)
    odd = _of_levels(question, data, dated) if isinstance(data, LevelData) else _of_figures(question, data)
    odd = (*odd, *denied(question, data))
    accepts = question.config.accept
    idle = _idle(accepts, odd, origin_of(data), question.path.name)
    return tuple(_accepted(of, accepts) for of in sorted((*odd, *idle), key=_weight))


def of_file(read: Figures) -> tuple[Finding, ...]:
    """Return what is odd about a file of figures, of whatever question."""
    names = sorted(read.table[["region", "sector"]].drop_duplicates().itertuples(index=False, name=None))
    newest = reported(iter(names[:JUDGED]), min(JUDGED, len(names)), "series judged", SOON)
    judged = [of for name in newest for of in levels.judge(read, name)]
    more = f"the newest figures of {len(names) - JUDGED} of {len(names)} series were not judged by the others"
    left = [Finding("note", read.file, more)] if len(names) > JUDGED else []
    return _once((*left, *judged, *figures.check(read, today=pd.Timestamp.today())))


def refuse(odd: Sequence[Finding]) -> None:
    """Raise DataError with every finding that no answer can rest on, each with the way to accept it."""
    stops = [of for of in odd if of.stops]
    if stops:
        raise DataError(*(f"{of}{_way(of)}" for of in stops))


def _weight(of: Finding) -> int:
    """Stops first, then what contradicts or is far off, then what is missing or understood."""
    return 0 if of.stops else KINDS.index(of.kind) + 1 if of.kind in KINDS else len(KINDS) + 1


def _way(of: Finding) -> str:
    """How to go on; a day still to come can only be corrected, and its finding says so."""
    if not _may_be_accepted(of):
        return ""
    return f'; correct it, or accept it in the config: accept: [{{period: {of.months[-1]}, reason: "…"}}]'


def _of_figures(question: Question, data: FigureData) -> tuple[Finding, ...]:
    """Those of the target, of its related series and of its sectors."""
    plan = question.plan
    parts = [(data.target[0], sector) for sector, _ in plan.sectors]
    names = list(dict.fromkeys([data.target, *data.related, *parts]))
    published = data.figures.as_of(data.as_of)
    wanted = [
        name in set(names) for name in zip(published.table["region"], published.table["sector"], strict=True)
    ]
    ended = [of for of in figures.renamed(published) if of.series in {"_".join(name) for name in names}]
    published = replace(published, table=published.table[wanted].reset_index(drop=True))
    judged = [of for name in names for of in levels.judge(published, name, plan.country, plan.holidays)]
    checked = figures.check(published, data.as_of, pd.Timestamp.today())
    return _once(dict.fromkeys((*judged, *checked, *ended)))


def _of_levels(question: Question, data: LevelData, dated: bool) -> tuple[Finding, ...]:
    """Those of the target's column; where there are any its files are read again, for lines and other columns."""
    target, y = question.config.target, data.known.rename(question.config.target.column or data.name)
    file = beside.called(question) or str(y.name)
    every = _beside(question, data, dated)
    goes_on = list(_renamed(data, y, file, dated))
    others = (*goes_on, *informing(question, data), *of_store(data, dated))
    marked = [Finding("note", file, of, str(y.name)) for of in data.y.attrs.get("forecasts", ())]
    odd = series.check(y, file, panel=data.known_panel if every is None else every.loc[: y.index[-1]])
    odd = (*odd, *(() if goes_on or every is None else _ended(y, file, data, every)))
    if odd and question.files and target.store is None:
        odd = tuple(_placed(odd, question, last_seen(data.as_of, data.release_lag_days)))
    return (*odd, *marked, *others)


def _renamed(data: LevelData, y: pd.Series, file: str, dated: bool) -> Iterator[Finding]:
    """Say where the level known goes on in its file under another name, which a date that is asked for is to have."""
    until = last_seen(data.as_of, data.release_lag_days) if dated else None
    for of in data.y.attrs.get("renamed", ()):
        if of.last == y.index[-1].ordinal and (until is None or of.first <= until.ordinal):
            yield of._replace(name=str(y.name)).finding(file, float(y.iloc[-1]))


def _placed(odd: Sequence[Finding], question: Question, until: pd.Period | None) -> Iterator[Finding]:
    """The findings, each with the file and line of its last month; one that no file holds has none."""
    target, places = question.config.target, dict[str, str]()
    for file in question.files:
        of = series.places_of(file, target.column, target.sheet, target.columns, until)
        places = {str(month): place for month, place in of.items()} | places
    yield from (replace(of, place=places.get(of.months[-1], of.place)) for of in odd)


def _ended(y: pd.Series, file: str, data: LevelData, every: pd.DataFrame) -> Iterator[Finding]:
    """Say where the level known ends before the other series of its table do, a longer lag of its own aside."""
    last = pd.Period(y.index[-1])
    out = last.end_time.normalize() + pd.Timedelta(days=data.release_lag_days)
    ahead = max((last_seen(out, data.lag_of_panel) or last).ordinal - last.ordinal, 0)
    if late := series.ended(y, every.set_axis(pd.PeriodIndex(every.index) - ahead)):
        yield Finding("stale", file, late, str(y.name), (str(last),))


def _beside(question: Question, data: LevelData, dated: bool) -> pd.DataFrame | None:
    """The other series of the target's table, as known on a date that is asked for.

    None where there is no table, or one of its series cannot be read, which is no fault of the target.
    """
    until = last_seen(data.as_of, data.lag_of_panel) if dated else None
    try:
        every = beside.table(question, until)
    except DataError:
        return None
    return (
        None
        if every is None
        else every.drop(columns=[str(data.y.name), question.config.target.column], errors="ignore")
    )


def _once(odd: Collection[Finding]) -> tuple[Finding, ...]:
    """Leave out a jump or a unit that is said at the same place as a slip or as implausible."""
    places = {of.place for of in odd if of.kind in ("slip", "implausible")}
    return tuple(of for of in odd if of.kind not in ("jump", "unit") or of.stops or of.place not in places)


def _accepted(of: Finding, accepts: Sequence[Accepted]) -> Finding:
    """The finding, with the reason for which the config accepts it."""
    reason = next((accept.reason for accept in accepts if _speaks_of(accept, of)), None)
    return of if reason is None else replace(of, stops=False, accepted=reason)


def _idle(
    accepts: Sequence[Accepted], odd: Sequence[Finding], origin: pd.Period, config: str
) -> Iterator[Finding]:
    """Tell of what a config accepts and nothing known stops; months after the last known are for later releases."""
    for n, accept in enumerate(accepts):
        if accept.period <= str(origin) and not any(_speaks_of(accept, of) for of in odd):
            said = f"nothing of {accept.period} that it names stops a run: nothing is accepted, and it can be deleted"
            yield Finding("note", f"{config}: accept.{n}", said)


def _may_be_accepted(of: Finding) -> bool:
    """Whether a config may let an answer rest on it: not on a day to come, which would be the day of the answer."""
    return of.stops and of.kind != "future"


def _speaks_of(accept: Accepted, of: Finding) -> bool:
    return (
        _may_be_accepted(of)
        and accept.period in of.months
        and accept.series in (None, of.series)
        and (accept.measure is None or accept.measure in {measure for measure, *_ in of.figures})
    )
