"""The order of day and month in dates of publication, as the months of the figures show it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast import figures
from forecast.errors import DataError

US, VIETNAM = (
    "days of publication were read as month/day/year",
    "days of publication were read as day/month/year",
)


def read(tmp_path: Path, *dates: tuple[str, str]) -> figures.Figures:
    """Read one figure for each period and date of publication."""
    path = tmp_path / "f.csv"
    rows = [f"bn,total,{period},yoy_pct,{6 + i},{day}" for i, (period, day) in enumerate(dates)]
    path.write_text("\n".join(("region,sector,period,measure,value,published", *rows, "")), encoding="utf-8")
    return figures.read(path)


@pytest.mark.parametrize(
    ("dates", "published", "note"),
    [
        ((("2024-03", "04/10/2024"), ("2024-04", "05/10/2024")), ["2024-04-10", "2024-05-10"], US),
        ((("2024-03", "04-10-2024"), ("2024-04", "05-25-2024")), ["2024-04-10", "2024-05-25"], US),
        ((("2024-10", "11/10/2024"), ("2024-11", "12/10/2024")), ["2024-11-10", "2024-12-10"], US),
        ((("2024-03", "10/04/2024"), ("2024-04", "10/05/2024")), ["2024-04-10", "2024-05-10"], ""),
        ((("2024-03", "04/05/2024"), ("2024-04", "05/06/2024")), ["2024-05-04", "2024-06-05"], VIETNAM),
        ((("2022-03", "04/10/2024"), ("2022-04", "05/10/2024")), ["2024-10-04", "2024-10-05"], VIETNAM),
        ((("2024-03", "04/10/2024"),), ["2024-10-04"], VIETNAM),
        ((("2022-03", "29/10/2024"), ("2022-04", "05/11/2024")), ["2024-10-29", "2024-11-05"], ""),
        ((("2024-03", "04/04/2024"), ("2024-04", "05/05/2024")), ["2024-04-04", "2024-05-05"], ""),
    ],
)
def test_the_months_show_the_order(
    tmp_path: Path, dates: tuple[tuple[str, str], ...], published: list[str], note: str
) -> None:
    told = read(tmp_path, *dates)
    assert told.table["published"].dt.strftime("%Y-%m-%d").tolist() == published
    assert [n for n in told.notes if "publication" in n] == ([note] if note else [])


def test_a_revision_a_year_later_does_not_hide_the_order(tmp_path: Path) -> None:
    told = read(tmp_path, ("2024-03", "04/10/2024"), ("2024-04", "05/10/2024"), ("2024-03", "06/10/2025"))
    assert told.table["published"].dt.month.tolist() == [4, 6, 5]
    assert US in told.notes


def test_a_date_before_its_month_asks_for_the_order(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='"12/10/2018" is read day/month/year: is 2018-12-10 meant[?]'):
        read(tmp_path, ("2018-11", "12/10/2018"))
    with pytest.raises(DataError) as error:
        read(tmp_path, ("2018-11", "05/10/2018"))  # nor would 10 May be after it
    assert "meant" not in str(error.value)


def settled(tmp_path: Path, *periods: str) -> tuple[list[str], tuple[str, ...]]:
    path = tmp_path / "f.csv"
    rows = [f"{period},yoy_pct,{i}.5" for i, period in enumerate(periods)]
    path.write_text("\n".join(["period,measure,value", *rows]) + "\n", encoding="utf-8")
    read = figures.read(path, fill={"region": "bn", "sector": "total", "published": "2025-06-30"})
    table = read.table.sort_values("value")
    return [str(period) for period in table["period"]], read.notes


@pytest.mark.parametrize(
    ("periods", "months"),
    [
        (("2024.09", "2024.1", "2024.11"), ["2024-09", "2024-10", "2024-11"]),
        (("2024-03-31T17:00:00Z", "2024-04-30T17:00:00Z"), ["2024-04", "2024-05"]),
        (("ม.ค. 2567", "ก.พ. 2567"), ["2024-01", "2024-02"]),
        (("2567-01", "2567-02"), ["2024-01", "2024-02"]),
    ],
)
def test_months_are_what_those_beside_them_make_of_them(
    tmp_path: Path, periods: tuple[str, ...], months: list[str]
) -> None:
    read, notes = settled(tmp_path, *periods)
    assert read == months
    assert any("read as" in note or "were read" in note for note in notes)


def test_midnights_without_their_zone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r'f.csv:2: "2024-03-31 17:00" is late on the last day: write the month'
    ):
        settled(tmp_path, "2024-03-31 17:00", "2024-04-30 17:00")


def test_typed_midnights_in_utc_are_the_local_ones(tmp_path: Path) -> None:
    stamps = pd.to_datetime(["2024-03-31 17:00", "2024-04-30 17:00"], utc=True)
    pd.DataFrame({"period": stamps, "yoy_pct": [6.3, 7.1]}).to_parquet(tmp_path / "f.parquet")
    fill = {"region": "bn", "sector": "total", "published": "2024-06-30"}
    table = figures.read(tmp_path / "f.parquet", fill=fill).table
    assert [str(period) for period in table["period"]] == ["2024-04", "2024-05"]


@pytest.mark.parametrize("shown", ["{name}-{short}", "{name} {short}", "Thg{month}-{short}"])
def test_months_as_a_spreadsheet_shows_them_are_those_that_it_was_given(shown: str, tmp_path: Path) -> None:
    head = "region,sector,period,measure,value,published,source\n"
    months = pd.period_range("2023-01", "2024-03", freq="M")
    rows = [
        f"a,total,{shown.format(name=f'{m:%b}', short=f'{m:%y}', month=m.month)},yoy_pct,3.1,{m + 1}-10,x\n"
        for m in months
    ]
    path = tmp_path / "figures.csv"
    path.write_text(head + "".join(rows), encoding="utf-8")
    assert figures.read(path).table["period"].to_list() == list(months)


def test_a_day_of_a_month_without_a_year_stays_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text(
        "region,sector,period,measure,value,published,source\na,total,23-Jan,yoy_pct,3.1,2023-02-10,x\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match='figures.csv:2: period "23-Jan" has a two-digit year'):
        figures.read(path)
