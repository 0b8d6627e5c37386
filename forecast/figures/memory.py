"""`from_table`: figures that a table in memory holds, typed, checked and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecast import tables
from forecast.errors import DataError
from forecast.figures.signs import of_frame
from forecast.figures.table import CELL, COLUMNS, MEASURES, Figures, publication_rank
from forecast.figures.times import day_held, either_order, period_held
from forecast.tables import suggestion

Read = TypeVar("Read")

_DAYS_FIRST = "dates were read as day/month/year"


def from_table(table: pd.DataFrame, file: str = "figures", notes: tuple[str, ...] = ()) -> Figures:
    """Return Figures from rows already in memory, typed and sorted.

    table : region, sector, period, measure, value (percent or index points), published; optional
        published_day_known (True), source (""), half_unit (0.05), line (row number from 1), file (as given)
    Text of a period or a date of publication is read as that of a file: days before months, and a month of publication
    counts as its last day. A time of publication counts as its day, by the clock of its own zone.
    A column that holds nothing but marks of rises and falls ("down", "▼") says the signs of values without any.
    Raises DataError for missing columns, unknown measures, values that are no finite numbers, what names no month or
    no day, what no office can have printed, and contradictions.
    """
    lacking = [c for c in (*CELL, "value", "published") if c not in table.columns]
    if lacking:
        raise DataError(*(f'{file}: column "{c}" is missing' for c in lacking))
    table = table.reset_index(drop=True)
    if "line" in table:
        table["line"] = table["line"].fillna(pd.Series(table.index + 1))
    defaults: dict[str, Any] = {
        "published_day_known": True, "source": "", "half_unit": 0.05, "line": table.index + 1, "file": file,
    }  # fmt: skip
    out = table.assign(**{name: of for name, of in defaults.items() if name not in table})[list(COLUMNS)]
    problems = list[str]()
    out["period"], out["published"], known, told = _times(out, problems)
    out["published_day_known"] = out["published_day_known"].astype(bool) & known
    out["value"] = _numbers(out.assign(value=of_frame(table, file, COLUMNS)), problems)
    out["source"] = out["source"].fillna("").astype(str)
    if problems:
        tables.fail(problems)
    out = out.astype({"value": float, "half_unit": float, "line": int})
    out = out.assign(rank=publication_rank(out)).sort_values([*CELL, "rank", "line"], ignore_index=True)
    problems += _wrong(out)
    problems += _contradictions(out)
    if problems:
        raise DataError(*problems)
    return Figures(out.drop(columns="rank"), file, (*notes, *told))


def _times(
    table: pd.DataFrame, problems: list[str]
) -> tuple[pd.Series, pd.Series, npt.NDArray[np.bool_], tuple[str, ...]]:
    """Return period, day of publication and whether the day itself is known, of each row, and how dates were read."""
    period, published, known = table["period"], table["published"], np.ones(len(table), dtype=bool)
    texts = [of for column in (period, published) for of in column.unique() if isinstance(of, str)]
    if period.dtype != pd.PeriodDtype("M") or period.hasnans:
        pairs = list(zip(period, table["measure"], strict=True))
        months = _each(table, pairs, lambda pair: period_held(*pair), problems)
        period = pd.Series(pd.PeriodIndex(months, freq="M"))
    if published.dtype.kind != "M" or published.hasnans:
        days = _each(table, list(published), day_held, problems)
        known = np.array([of is None or of[1] for of in days], dtype=bool)
        published = pd.Series([None if of is None else of[0] for of in days])
    if isinstance(published.dtype, pd.DatetimeTZDtype):
        published = published.dt.tz_localize(None)
    days_of = published.astype("datetime64[ns]").dt.normalize()
    return period, days_of, known, (_DAYS_FIRST,) if any(map(either_order, texts)) else ()


def _each(
    table: pd.DataFrame, entries: Sequence[object], read: Callable[..., Read], problems: list[str]
) -> list[Read | None]:
    """Return what each entry of a column is read as, None for one that is a problem with its row."""
    out: list[Read | None] = []
    for entry, file, line in zip(entries, table["file"], table["line"], strict=True):
        try:
            out.append(read(entry))
        except ValueError as error:
            problems.append(f"{file}:{line}: {error}")
            out.append(None)
    return out


def _numbers(table: pd.DataFrame, problems: list[str]) -> pd.Series:
    """Return the values of a table, those that are no numbers named with their rows."""
    value = table["value"]
    numbers = pd.to_numeric(value, errors="coerce")
    problems += [
        f'{row.file}:{row.line}: {row.measure} "{row.value}" is not a number; give it as one, 6.25 for 6.25 %'
        for row in table[numbers.isna() & value.notna()].itertuples()
    ]
    return numbers


def _wrong(table: pd.DataFrame) -> list[str]:
    """Name the rows without a region or a sector, of an unknown measure, and what no office can have printed."""
    problems = [
        f"{row.file}:{row.line}: {name} is empty; name it"
        for name in ("region", "sector")
        for row in table[table[name].isna() | (table[name] == "")].itertuples()
    ]
    problems += [
        f'{row.file}:{row.line}: unknown measure "{row.measure}"; {suggestion(str(row.measure), MEASURES)}'
        for row in table[~table["measure"].isin(list(MEASURES))].itertuples()
    ]
    problems += [
        f"{row.file}:{row.line}: {row.measure} {row.value} is not a finite number"
        for row in table[~np.isfinite(table["value"])].itertuples()
    ]
    problems += [
        f"{row.file}:{row.line}: half_unit {row.half_unit} is no size; give half of the last printed digit, 0.05"
        for row in table[~((table["half_unit"] > 0) & np.isfinite(table["half_unit"]))].itertuples()
    ]
    odd = table["value"] <= np.where(table["measure"] == "index", 0.0, -100.0)
    odd |= table["published"] < pd.PeriodIndex(table["period"]).start_time
    odd |= (table["measure"] == "qtr_yoy_pct") & (pd.PeriodIndex(table["period"]).month % 3 > 0)
    return problems + [
        f"{row['file']}:{row['line']}: {problem}"
        for row in table[odd].to_dict("records")
        for problem in impossible(row)
    ]


def impossible(row: Mapping[Any, object]) -> list[str]:
    """Say what no office can have printed."""
    value, measure, period = row["value"], row["measure"], row["period"]
    if measure == "index" and isinstance(value, float) and value <= 0:
        return [f"index {value:g} is not positive; an index level is above 0"]
    if measure != "index" and isinstance(value, float) and value <= -100:
        return [f"{measure} {value:g} would mean output of nothing or less; expected a rate above -100"]
    published = row["published"]
    if (
        isinstance(period, pd.Period)
        and isinstance(published, pd.Timestamp)
        and (published.year, published.month) < (period.year, period.month)
    ):
        return [
            f"published {published:%Y-%m-%d}, before {period} had begun; correct the month or the date of publication, "
            "or leave rows of plans and forecasts out"
        ]
    if measure == "qtr_yoy_pct" and isinstance(period, pd.Period) and period.month % 3:
        return [f"period {period} does not end a quarter, as {measure} needs; write month 03, 06, 09 or 12"]
    return []


def _contradictions(table: pd.DataFrame) -> list[str]:
    """Name the cells printed with two values on one date of publication."""
    groups = table.groupby([*CELL, "rank"], sort=False)
    clash = table[groups["value"].transform("nunique") > 1]
    problems = []
    for _, rows in clash.groupby([*CELL, "rank"], sort=False):
        first, last = rows.iloc[0], rows.iloc[rows["line"].argmax()]
        one_file = rows["file"].nunique() == 1
        values = " and ".join(
            f"{row.value:g} ({'line ' if one_file else f'{row.file}:'}{row.line})"
            for row in rows.itertuples()
        )
        day = f"{first.published:%Y-%m-%d}" if first.published_day_known else f"{first.published:%Y-%m}"
        problems.append(
            f"{last.file}:{last.line}: {first.region} {first.sector} {first.period} {first.measure} "
            f"is {values}, both published {day}; keep one or correct a date of publication"
            + ("" if one_file else ", or name the sheet or file that counts")
        )
    return problems
