"""Lines of one text above months down the rows name the series below them where the months come again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from forecast import series
from forecast.errors import DataError

MONTHS = pd.period_range("2022-01", "2024-06", freq="M")
TOTAL = [round(97.3 + (5 * i) % 13 + 0.1 * i, 1) for i in range(len(MONTHS))]
MINING = [round(203.0 - v, 1) for v in TOTAL]
Row = Sequence[object]


def months(values: Sequence[float], first: int = 0) -> list[Row]:
    return [(str(m), v) for m, v in zip(MONTHS[first:], values[first:], strict=True)]


def put(folder: Path, rows: Sequence[Row], kind: str = "csv") -> Path:
    path = folder / f"x.{kind}"
    wide = [[*row, *[None] * (2 - len(row))] for row in rows]
    if kind == "csv":
        text = "\n".join(";".join("" if v is None else str(v) for v in row) for row in wide)
        path.write_text(text + "\n", encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in wide:
            book.worksheets[0].append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("blank", [[], [()]], ids=["close", "parted"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_months_that_come_again_below_lines_are_series_of_those_names(
    tmp_path: Path, kind: str, blank: list[Row]
) -> None:
    rows = [("Month", "Index"), ("Total industry",), *months(TOTAL), *blank, ("Mining",), *months(MINING)]
    panel = series.read_panel(put(tmp_path, rows, kind))
    assert list(panel) == ["Total industry", "Mining"]
    np.testing.assert_allclose(panel.to_numpy().T, [TOTAL, MINING])
    assert not any("not understood" in note for note in panel.attrs["notes"])


def test_a_section_may_begin_later_and_hold_a_remark(tmp_path: Path) -> None:
    total = months(TOTAL)
    rows = [("Month", "Index"), ("Total industry",), *total[:9], ("Page 2",), *total[9:], ("Mining",)]
    panel = series.read_panel(put(tmp_path, [*rows, *months(MINING, 5)]))
    assert list(panel.count()) == [30, 25]
    assert '"Page 2" stands among the months and was not understood' in panel.attrs["notes"]


@pytest.mark.parametrize("line", ["Revised", "2020 = 100", "Note: new sample", "Data of 2023"])
def test_a_line_that_names_no_series_above_months_again_is_refused(tmp_path: Path, line: str) -> None:
    rows = [("Month", "Index"), ("Total industry",), *months(TOTAL), (line,), *months(MINING)]
    with pytest.raises(DataError, match="x.csv:33: the months of Index below"):
        series.read_panel(put(tmp_path, rows))


def test_headings_repeated_below_each_line_help_where_the_first_series_has_no_line(tmp_path: Path) -> None:
    heading: Row = ("Month", "Index")
    rows = [heading, *months(TOTAL), ("Mining",), *months(MINING)]
    with pytest.raises(DataError, match="repeat the row of headings below each such line"):
        series.read_panel(put(tmp_path, rows))
    again = [("Total",), heading, *months(TOTAL), ("Mining",), heading, *months(MINING)]
    assert list(series.read_panel(put(tmp_path, again))) == ["Index (Total)", "Index (Mining)"]
