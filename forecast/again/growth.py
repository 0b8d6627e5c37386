"""`forecast needed`: what a year needs to reach a growth, from the paths of the last report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from forecast.again.folder import last
from forecast.again.table import laid_out
from forecast.again.typed import grown
from forecast.errors import ConfigError
from forecast.needed import Part, needed
from forecast.outcome import Needed, NeededRow, NeededSpan
from forecast.targets import MONTHS, QUARTER, AnnualTarget

Cells = tuple[str, ...]


def needed_told(
    config: Path,
    year: int,
    growth: str,
    quarters: str | None,
    sectors: Sequence[str],
    reports: Path,
    as_of: str | None = None,
) -> list[str]:
    """Return the lines that say what a year needs to grow so much, quarter by quarter, for the total and its sectors.

    growth : percent · quarters : four planned growths between commas, a blank for none · sectors : NAME=PERCENT each
    reports : the folder of all reports
    Raises ConfigError for the user's mistakes, all at once, DataError where the report is damaged or lacks its sectors.
    """
    target = _target(year, growth, quarters, sectors)
    report = last(config, reports, as_of, sectors=True)
    paths = report.grounds.paths
    held = {name: part for name, part in report.parts.items() if part.paths.months[-1].year >= year}
    if unknown := [name for name, _ in target.sectors if name not in held]:
        raise ConfigError(
            f"--sector {unknown[0]}: is none of the report's; it has {', '.join(held) or 'none'}"
        )
    try:
        answer = needed(
            Part(paths, report.grounds.normals[report.grounds.kind]),
            target,
            report.past,
            held,
            report.adds_up,
        )
    except ValueError as error:
        raise ConfigError(f"--year {year}: {error}") from None
    if answer is None:
        raise ConfigError(f"--year {year}: is over by {paths.origin}, the last month known; name a later one")
    return [
        f"{report.folder}: {paths.origin} is the last month known",
        *_lines(answer),
        *report.notes(config),
    ]


def _target(year: int, growth: str, quarters: str | None, sectors: Sequence[str]) -> AnnualTarget:
    """What is typed as a target. Raises ConfigError with everything that is not understood."""
    problems = []
    plan: tuple[float | None, ...] = ()
    own: list[tuple[str, float]] = []
    aim = 0.0
    try:
        aim = grown(growth)
    except ConfigError as error:
        problems += [f"--growth {problem}" for problem in error.problems]
    except ValueError:
        problems.append(f'--growth "{growth}" is no number; write percent, such as 8')
    try:
        plan = tuple(grown(text) if text.strip() else None for text in (quarters or "").split(","))
        plan = plan if quarters else ()
        if len(plan) not in (0, MONTHS // QUARTER):
            raise ValueError(quarters)
    except ConfigError as error:
        problems += [f"--quarters {problem}" for problem in error.problems]
    except ValueError:
        problems.append(f'--quarters "{quarters}" is not understood; write four growths, such as 7,8,8.5,8.5')
    for text in sectors:
        name, sign, value = text.partition("=")
        try:
            own.append((name.strip(), grown(value)))
        except ConfigError as error:
            problems += [f"--sector {name}: {problem}" for problem in error.problems]
        except ValueError:
            problems.append(
                f'--sector "{text}" is not understood; write NAME=PERCENT, such as manufacturing=9'
            )
    if problems:
        raise ConfigError(*problems)
    return AnnualTarget(year, aim, plan, tuple(own))


NOTICED = 0.05  # points of growth; chosen: what is printed


def _lines(needs: Needed) -> Iterator[str]:
    total = needs.rows[0]
    whole = next(span for span in total.spans if span.kind == "year")
    left = "1 month left needs" if needs.months_left == 1 else f"{needs.months_left} months left need"
    asked = (
        "has met that already, whatever its months left bring"
        if total.reached
        else f"its {left} {total.left_pct:+.1f} % on a year ago, or {total.of_normal_pct:.0f} % of normal"
    )
    yield f"{needs.year} grows {needs.target_pct:g} % with a chance of {_chance(whole.evenly_chance)}; {asked}"
    if needs.miss is not None and not total.reached:
        yield (
            f"if the quarter to {needs.miss.last} grows {needs.miss.expected_pct:+.1f} %, as expected, the rest needs "
            f"{needs.miss.rest_pct:+.1f} %; each point that it misses asks {needs.miss.per_point:.1f} more of the rest"
        )
    if needs.planned_pct is not None:
        yield f"the quarters as planned make {needs.planned_pct:+.1f} % of the year"
    if needs.sectors_pct is not None and abs(needs.sectors_pct - needs.target_pct) >= NOTICED:
        yield f"the targets of the sectors together make {needs.sectors_pct:+.1f} %, not {needs.target_pct:+.1f} %"
    yield from _table(total.spans)
    for row in needs.rows[1:]:
        yield ""
        yield _of_sector(row)
        yield from _table([span for span in row.spans if span.kind != "month"])


HEAD = (
    "",
    "weight",
    "expected",
    "80 %",
    "evenly",
    "chance",
    "by season",
    "chance",
    "planned",
    "chance",
    "seen",
)


def _table(spans: Sequence[NeededSpan]) -> list[str]:
    """A line per span, without the columns that nothing fills."""
    rows = [_row(span) for span in spans]
    held = [i for i in range(len(HEAD)) if any(row[i] for row in rows)]
    return laid_out([[row[i] for i in held] for row in rows], [HEAD[i] for i in held])


def _of_sector(row: NeededRow) -> str:
    share = "" if row.share is None else f", {100 * row.share:.0f} % of the total"
    given = "" if row.own else ", as the total's target asks"
    return f"{row.name}{share}: target {row.target_pct:.1f} %{given}"


def _row(span: NeededSpan) -> Cells:
    seen = "" if span.seen is None else f"{span.seen} of {span.seen_of}"
    return (
        _name(span), f"{100 * span.weight:.0f} %", _rate(span.expected_pct),
        "known" if span.known else f"{span.lower_80:+.1f} to {span.upper_80:+.1f}",
        _rate(span.evenly_pct), _chance(span.evenly_chance), _rate(span.season_pct), _chance(span.season_chance),
        _rate(span.planned_pct), _chance(span.planned_chance), seen,
    )  # fmt: skip


def _name(span: NeededSpan) -> str:
    if span.kind == "quarter":
        return f"Q{span.last.quarter}"
    return {"year": "year", "to_date": f"{span.last.month} months"}.get(span.kind, str(span.last))


def _rate(value: float | None) -> str:
    return "" if value is None else f"{value:+.1f} %"


def _chance(value: float | None) -> str:
    """A chance in whole percent; never 0 or 100, which no forecast can know."""
    if value is None:
        return ""
    whole = round(100 * value)
    return f"{whole} %" if 0 < whole < 100 else "under 1 %" if whole <= 0 else "over 99 %"
