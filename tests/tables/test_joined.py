"""Rows of a text that another separator sets apart are told and not lost among the footnotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]


def written(tmp_path: Path, *tail: str, separator: str = ",", columns: int = 1) -> Path:
    """Return a file of months and values with some lines below it."""
    heading = separator.join(["month", "IIP", "Mining"][: columns + 1])
    rows = [separator.join([m, *(f"{100 + i + c}.4" for c in range(columns))]) for i, m in enumerate(MONTHS)]
    path = tmp_path / "x.csv"
    path.write_text("\n".join([heading, *rows, *tail, ""]), encoding="utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        series.read(path, "IIP")
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "separator", "month"),
    [
        ("2024-01;126.4", ",", "2024-01"),
        ("2024-01\t126.4", ",", "2024-01"),
        ("2024-01|126.4", ";", "2024-01"),
        ("2024-01,126.4", "\t", "2024-01"),
        ("| 2024-01 | 126.4 |", ",", "2024-01"),
        ("Jan 2024;126.4", ",", "Jan 2024"),
        ("Jan 2024: 126.4", ",", "Jan 2024"),
        ("2024-01 126.4", ";", "2024-01"),
        ('"2024-01,126.4"', ",", "2024-01"),
        ("2024-01.126.4", ",", "2024-01"),
        ("01/2024.126.4", ";", "01/2024"),
    ],
)
def test_a_last_row_with_another_separator_is_refused_and_its_remedies_work(
    tmp_path: Path, line: str, separator: str, month: str
) -> None:
    told = refused(written(tmp_path, line, separator=separator))
    sign = "tabs" if separator == "\t" else f'"{separator}"'
    row = f"{month}{separator}126.4"
    shown = row.replace("\t", "<tab>")
    assert told.startswith('x.csv:26: "')
    assert f"are set apart by {sign}; write it as {shown}, or begin the line with" in told
    mended = series.read(written(tmp_path, row, separator=separator))
    assert (str(mended.index[-1]), mended.iloc[-1]) == ("2024-01", 126.4)
    noted = series.read(written(tmp_path, f"Note: {line}".replace('"', ""), separator=separator))
    assert str(noted.index[-1]) == "2023-12"


def test_every_such_row_is_told(tmp_path: Path) -> None:
    told = refused(written(tmp_path, "2024-01;126.4;127.4", "2024-02;..;128.4", columns=2))
    assert 'x.csv:26: "2024-01;126.4;127.4" stands in one cell' in told
    assert 'x.csv:27: "2024-02;..;128.4" stands in one cell' in told
    assert 'x.csv:26: "2024;1;126.4"' in refused(written(tmp_path, "2024;1;126.4", columns=2))
    assert "; set its cells apart so, or begin" in refused(written(tmp_path, "2024-01,126,4", separator=";"))


@pytest.mark.parametrize(
    "line",
    [
        "Dec 2023 figures are provisional.",
        "Data for 2023-12: revised on 12.01.2024",
        "2023-12-31: 12.01.2024",
        "12/01/2024 | 3",
        "June 14 2024",
        "14 June 2024 10:30",
        "Jan 2024: 126.4 before the revision",
        "1) Jan 2024; 126.4",
        "2023: 111.9",
        "Version 2023.12.1",
        "See notes 1; 2; 3",
        "Source: GSO; 2024; 12",
    ],
)
def test_a_true_footnote_stays_one(tmp_path: Path, line: str) -> None:
    read = series.read(written(tmp_path, line, columns=2), "IIP")
    assert (str(read.index[-1]), len(read)) == ("2023-12", 24)


def test_a_table_in_markdown_that_ends_within_a_row_is_refused(tmp_path: Path) -> None:
    rows = ["| month | IIP |", "|---|---|", *(f"| {m} | {100 + i}.4 |" for i, m in enumerate(MONTHS))]
    whole = "\n".join(rows)
    for end in (" |", ".4 |", "23.4 |"):
        (path := tmp_path / "x.csv").write_text(whole.removesuffix(end))
        assert refused(path).startswith('x.csv:26: ends without the "|" that closes the other rows')
    path.write_text(whole)
    assert series.read(path).iloc[-1] == 123.4
    path.write_text("\n".join(row.removesuffix(" |") for row in rows))
    assert series.read(path).iloc[-1] == 123.4


def test_a_table_with_another_separator_above_is_no_title(tmp_path: Path) -> None:
    (path := tmp_path / "x.csv").write_text(
        "2023-01  101.4\n2023-02  102.4\n\nmonth\tExports\n2023-01\t9.4\n2023-02\t9.5\n"
    )
    with pytest.raises(DataError, match='x.csv:1: "2023-01  101.4" stands in one cell'):
        series.read(path)
    path.write_text("May 2024: 104.5\n" + written(tmp_path / ".").read_text())
    assert len(series.read(path)) == 24
