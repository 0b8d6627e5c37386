"""A release as rows to be stored: figures, one level, a panel of levels, or many vintages at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import figures, series, tables
from forecast.errors import DataError
from forecast.figures import CELL, Figures, as_day, publication_rank
from forecast.figures.long import check_names
from forecast.series import months_of
from forecast.tables import Layout, Source, fail, parse_period, parse_published

Parsed = TypeVar("Parsed")

Release = Figures | pd.Series | pd.DataFrame
"""Figures, one monthly level (named), or a column per level."""


AHEAD = pd.Timedelta(days=31)
"""Days before its month by which a level may be out. chosen: a survey of the month to come; a plan or a mistyped year
lies further off."""


@dataclass(frozen=True, eq=False)
class Offer:
    """Hold the rows of a release.

    rows : name, kind ("figures" or "level"), region, sector, measure, period (ordinal), rank (yyyymmdd of
        publication, day 00 where unknown), value, half_unit, source, line
    complete : whether a series' release stands for the whole of it; None where from its first month on
    said : whether who adds it has said so, which then holds for a release that is stored as well
    notes : what was understood as its file was read
    """

    rows: pd.DataFrame
    complete: bool | None
    said: bool
    notes: tuple[str, ...] = ()


def offer(release: Release, published: str | None, complete: bool | None) -> Offer:
    """Return a release as rows.

    Raises DataError for levels without a date of publication or of months that began long after it, and for figures
    dated after the release.
    """
    if isinstance(release, Figures):
        return Offer(_figures(release, published), bool(complete), complete is not None, release.notes)
    panel = release.to_frame(release.name or "level") if isinstance(release, pd.Series) else release
    if published is None:
        raise DataError("levels carry no date of publication; give it as published (--published 2024-05-30)")
    day, day_known = _day(published)
    panel = panel.set_axis(months_of(panel.index, "release"), axis=0)
    names = panel.columns.astype(str)
    if names.has_duplicates:
        raise DataError(*(f'two columns are named "{of}"; rename one' for of in names[names.duplicated()]))
    long = panel.rename_axis("period").reset_index().melt("period", var_name="name").dropna()
    long = long.assign(published=day, published_day_known=day_known)
    early = long[pd.PeriodIndex(long["period"]).start_time > day + AHEAD]
    if len(early):
        first, last = early["period"].min(), early["period"].max()
        raise DataError(
            f"{early['name'].iloc[0]}: published {day:%Y-%m-%d}, before "
            f"{first if first == last else f'{first} to {last}'} had begun; correct the date, or leave forecasts out"
        )
    return Offer(_levels(long), complete, complete is not None, tuple(panel.attrs.get("notes", ())))


def vintages_offer(table: pd.DataFrame, complete: bool) -> Offer:
    """Return many vintages of levels as rows; every distinct date is parsed once.

    table : date, vintage, value and, where it holds several, series
    Raises DataError for missing columns, texts that are no dates, and one cell printed twice in a vintage.
    """
    lacking = [c for c in ("date", "vintage", "value") if c not in table.columns]
    if lacking:
        raise DataError(
            *(f'vintages: column "{c}" is missing; it has {", ".join(table.columns)}' for c in lacking)
        )
    table = table.dropna(subset=["value"])
    problems: list[str] = []
    months = _parsed(table["date"], parse_period, problems)
    days = _parsed(table["vintage"], parse_published, problems)
    if problems:
        fail(problems)
    long = pd.DataFrame(
        {
            "name": table["series"] if "series" in table.columns else "level",
            "period": pd.PeriodIndex(table["date"].map(months), freq="M"),
            "published": table["vintage"].map({t: day for t, (day, _) in days.items()}),
            "published_day_known": table["vintage"].map({t: day_known for t, (_, day_known) in days.items()}),
            "value": table["value"],
        }
    )
    cell = ["name", "period", "published", "published_day_known"]
    clash = long[long.groupby(cell)["value"].transform("nunique") > 1].drop_duplicates(cell)
    if len(clash):
        fail(
            [
                f"vintages: {row.name} {row.period} has two values in the vintage of {row.published:%Y-%m-%d}; keep one"
                for row in clash.itertuples(index=False)
            ]
        )
    return Offer(_levels(long.drop_duplicates()), complete, said=True)


def read_offer(
    path: str | Path, published: str | None, layout: Layout, complete: bool | None, held: Collection[str] = ()
) -> Offer:
    """Return a file of figures or of levels, whichever it holds, as rows.

    published, complete : as `Store.ingest` has them · held : levels whose names may be given to columns of the file
    Raises DataError with every problem of the file, and for what is said of it and serves the other kind.
    """
    name, opened = Path(path).name, tables.opened(path, layout.sheet)
    layout, under = _under_names(opened, layout, held)
    if figures.recognises(opened, layout):
        if complete is not None:
            raise DataError(
                f"{name}: holds figures, of which what a release lacks always stands; "
                "--complete and --no-complete serve levels, leave them out"
            )
        fill = {**layout.fill, **({} if published is None else {"published": published})}
        try:
            return offer(figures.read_as(opened, replace(layout, fill=fill)), published, None)
        except DataError:
            _refuse_named_levels(opened, name, layout)
            raise
    if layout.rates is not None:
        raise DataError(f"{name}: holds levels; --rates serves figures, leave it out")
    panel = series.read_panel(
        opened, sheet=layout.sheet, headings=layout.columns, decimal=layout.decimal, positive=True
    )
    return offer(_renamed(panel, under, name), published, complete)


def _under_names(opened: Source, layout: Layout, held: Collection[str]) -> tuple[Layout, dict[str, str]]:
    """Take from what is said of a file of levels the names of `held` levels, each with the heading it is given to."""
    under = {
        name: heading for name, heading in layout.columns.items() if name in held and _is_no_column(name)
    }
    rest = replace(layout, columns={of: layout.columns[of] for of in layout.columns if of not in under})
    return (rest, under) if under and not figures.recognises(opened, rest) else (layout, {})


def _renamed(panel: pd.DataFrame, under: dict[str, str], file: str) -> pd.DataFrame:
    """Give levels the names that they are stored under. Raises DataError for a heading that is none of them."""
    names, problems = list(map(str, panel.columns)), list[str]()
    for name, heading in under.items():
        if heading not in names:
            problems.append(f'{file}: no column "{heading}" of levels; {tables.suggestion(heading, names)}')
        elif name in names:
            problems.append(f'{file}: has a column "{name}" itself; leave --column "{name}={heading}" out')
    if problems:
        raise DataError(*problems)
    return panel.rename(columns={heading: name for name, heading in under.items()})


def _refuse_named_levels(opened: Source, name: str, layout: Layout) -> None:
    """Raise DataError where a file that is none of figures, as it is, has a level named by --column."""
    named = next(filter(_is_no_column, layout.columns), None)
    if (
        named is None
        or set(layout.fill) - {"published"}
        or figures.recognises(opened, Layout(layout.sheet, layout.decimal))
    ):
        return
    try:
        series.read_panel(opened, sheet=layout.sheet, decimal=layout.decimal)
    except DataError:
        return
    heading = layout.columns[named]
    raise DataError(
        f'{name}: holds levels, each named by its heading, and --column "{named}={heading}" names nothing '
        f'in it; leave it out, or store that level alone with --column "value={heading}"; for a name that the store '
        "does not hold change the heading"
    )


def _is_no_column(name: str) -> bool:
    """Whether no column of figures has a name."""
    try:
        check_names({name: ""})
    except DataError:
        return True
    return False


def rank_of(published: str) -> int:
    """Return the rank of a day or month of publication. Raises DataError for a text that is neither."""
    day, day_known = _day(published)
    return int(publication_rank(pd.DataFrame({"published": [day], "published_day_known": [day_known]}))[0])


def written(rank: int) -> str:
    """Return a rank as the date of publication that it is of: a day, or a month where the day is not known.

    >>> written(20240500), written(20240502)
    ('2024-05', '2024-05-02')
    """
    year, month, day = rank // 10000, rank // 100 % 100, rank % 100
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")


def released(ranks: pd.Series, store: str) -> npt.NDArray[np.object_]:
    """Return for each rank the release of a store that it is of, in words: where the line of its figure lies."""
    codes, distinct = pd.factorize(ranks)
    words = [f"{store}, release of {written(int(rank))}" for rank in distinct]
    return np.array(words, dtype=object)[codes]


def _parsed(column: pd.Series, parse: Callable[[str], Parsed], problems: list[str]) -> dict[object, Parsed]:
    """Parse every distinct text of a column once, adding what cannot be read to the problems."""
    parsed: dict[object, Parsed] = {}
    for text in column.unique():
        try:
            parsed[text] = parse(str(text))
        except ValueError as error:
            problems.append(f"vintages: {column.name} {error}")
    return parsed


def _day(published: str) -> tuple[pd.Timestamp, bool]:
    try:
        return parse_published(published)
    except ValueError as error:
        raise DataError(f"published {error}") from None


def _figures(figures: Figures, published: str | None) -> pd.DataFrame:
    table = figures.table
    if published is not None:
        limit = as_day(published)
        late = table[table["published"] > limit]
        if len(late):
            fail(
                [
                    f"{row.file}:{row.line}: published {row.published:%Y-%m-%d}, after the release "
                    f"of {limit:%Y-%m-%d} that holds it; correct one of the dates"
                    for row in late.itertuples()
                ]
            )
    rows = table[[*CELL, "value", "half_unit", "source", "line", "published"]].assign(
        name=table["region"] + "/" + table["sector"] + "/" + table["measure"],
        kind="figures",
        rank=publication_rank(table),
    )
    return _stored(rows).drop_duplicates(["name", "period", "rank", "value", "source"])


def _levels(long: pd.DataFrame) -> pd.DataFrame:
    numbers = pd.to_numeric(long["value"], errors="coerce")
    odd = long[~np.isfinite(numbers)]
    if len(odd):
        fail(
            [
                f"{row.name} {row.period}: {row.value} is not a finite number"
                for row in odd.itertuples(index=False)
            ]
        )
    rows = long.assign(
        value=numbers.astype(float),
        kind="level",
        region="",
        sector="",
        measure="index",
        half_unit=0.0,
        source="",
        line=0,
        rank=publication_rank(long),
    )
    return _stored(rows)


def _stored(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns and types of the store."""
    return rows.drop(columns=["published", "published_day_known"], errors="ignore").assign(
        name=rows["name"].astype(str),
        period=pd.PeriodIndex(rows["period"], freq="M").asi8.astype(np.int32),
        rank=rows["rank"].astype(np.int32),
    )
