"""Why `forecast score` has nothing to score: no report there, or none that had forecast what a release prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from forecast.again.days import DAY, day_of
from forecast.again.folder import REPORT
from forecast.answers.next_releases import MEASURES
from forecast.figures import Row, grouped
from forecast.places import nowhere

if TYPE_CHECKING:
    from forecast.run.score import Forecasts

_ALL = "name the folder of all reports, in which each question has its own"


def no_reports(reports: Path) -> str:
    """Say why a folder holds no report at the place of one: FOLDER/<name>/<as_of>/report.json."""
    if wrong := nowhere(reports):
        return f"{reports}: {wrong}; mend that link, or {_ALL}: --reports DIR"
    if not reports.is_dir():
        return f"{reports}: {'is no' if reports.exists() else 'no such'} folder; {_ALL}: --reports DIR"
    for upward, pattern in enumerate((f"*/{REPORT}", REPORT)):
        if any(reports.glob(pattern)):
            right = reports.resolve().parents[upward]
            return f"{reports}: lies too deep; {_ALL}: --reports {right}"
    if deeper := sorted(reports.glob(f"*/*/*/{REPORT}")):
        return f"{reports}: does not lie deep enough; {_ALL}: --reports {deeper[0].parents[2]}"
    if lacking := missing(reports):
        return lacking
    return f"{reports}: holds no report; `forecast run CONFIG --out {reports}` writes one, or {_ALL}: --reports DIR"


def missing(reports: Path) -> str:
    """Say which folder of a day holds no report under a folder of all, "" where each does."""
    days = (of for of in sorted(reports.glob("*/*")) if of.is_dir() and DAY.fullmatch(of.name))
    lacking = [of for of in days if not (of / REPORT).exists()]
    return without_report(lacking[-1], len(lacking) - 1) if lacking else ""


def without_report(day: Path, others: int = 0) -> str:
    """Say that the folder of a day holds no report, and how many others hold none."""
    more = f", as in {others} more" if others else ""
    return f"{day}: its {REPORT} is missing{more}; run the question again with --as-of {day_of(day)}"


def unscored(rows: Sequence[Row], forecasts: Sequence[Forecasts]) -> Iterator[str]:
    """Yield why no report had forecast any of the figures of a release, a reason for each kind of them."""
    of_reports = {of.series for of in forecasts}
    others = {name: own for name, own in grouped(rows, "region", "sector").items() if name not in of_reports}
    if others:
        named = ", ".join(sorted(" ".join(of) for of in of_reports))
        yield f"no report is on {_few(' '.join(name) for name in others)}; the reports there are on {named}"
    own = [row for row in rows if (row.region, row.sector) in of_reports]
    if measures := dict.fromkeys(row.measure for row in own if row.measure not in MEASURES):
        yield f"a report forecasts {', '.join(MEASURES)}, and not {', '.join(measures)}"
    told = [row for row in own if row.measure in MEASURES]
    for name, series in grouped(told, "region", "sector").items():
        newest = max(series, key=lambda row: (row.period, row.published))
        yield _why_not(newest, [of for of in forecasts if of.series == name])


def _why_not(row: Row, forecasts: Sequence[Forecasts]) -> str:
    """Say why no report on the series of a figure of a release, its newest, had forecast it."""
    figure = f"{row.region} {row.sector} {row.measure} of {row.period}, published {row.published:%Y-%m-%d},"
    before = [of for of in forecasts if of.as_of < row.published]
    if not before:
        first = min(of.as_of for of in forecasts)
        return (
            f"{figure} was out when the first report was made, as of {first:%Y-%m-%d}; a report forecasts what is not "
            "out by its day: run one as of an earlier day, with --as-of"
        )
    latest = max(before, key=lambda of: of.as_of)
    report = f"the report before it, as of {latest.as_of:%Y-%m-%d}"
    if (row.period, row.measure) in latest.known:
        return (
            f"{figure} is a revision: {report}, knew a print of it, and the first print is what is forecast"
        )
    if row.period <= latest.origin:
        return f"{figure} is of a month known already: {report}, knew months to {latest.origin}"
    last = max((month for month, _ in latest.rows), default=latest.origin)
    return (
        f"{figure} lies beyond what was forecast: {report}, tells the months from {latest.origin + 1} to {last}; run "
        "one with the figures of the months between"
    )


def _few(names: Iterable[str], at_most: int = 3) -> str:
    """Return the first of some names and how many more there are."""
    listed = sorted(names)
    more = f" and {len(listed) - at_most} more" if listed[at_most:] else ""
    return ", ".join(listed[:at_most]) + more
