"""The order of day and month in dates of publication, as the months of the figures show it."""

from __future__ import annotations

from pathlib import Path

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
